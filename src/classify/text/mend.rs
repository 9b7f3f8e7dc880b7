//! Letters that OCR takes for others where no Indonesian word has them: an `l` before a
//! consonant is an `I` (`ljazah`), an `O` among figures a nought (`2O23`).

/// Vowels of Indonesian words.
const VOWELS: &str = "aeiouAEIOU";

/// Returns a text as it must have been printed.
pub(crate) fn mended(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(word).collect();
    words.join(" ")
}

fn word(word: &str) -> String {
    let mut chars = word.chars();
    let is_small = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
    let (first, second) = (chars.next(), chars.next());
    let is_capital_i = first == Some('l')
        && is_small(second)
        && second.is_some_and(|c| !VOWELS.contains(c))
        && is_small(chars.next());
    if is_capital_i {
        return word.replacen('l', "I", 1);
    }
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let noughts = word.chars().filter(|c| matches!(c, 'O' | 'o')).count();
    let is_figure = word.starts_with(|c: char| c.is_ascii_digit())
        && digits >= 2
        && word.chars().filter(|c| c.is_alphabetic()).count() == noughts;
    match is_figure {
        true => word.replace(['O', 'o'], "0"),
        false => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_word_has_was_misread() {
        for (read, printed) in [
            ("Pengambilan ljazah", "Pengambilan Ijazah"),
            ("lzin dan lndeks", "Izin dan Indeks"),
            ("TAHUN 2O23", "TAHUN 2023"),
            ("2O2O-2025", "2020-2025"),
            ("laporan lingkungan lembaga", "laporan lingkungan lembaga"),
            ("Pasal 1 ayat 2o", "Pasal 1 ayat 2o"),
            ("5OKM lt. 2", "5OKM lt. 2"),
        ] {
            assert_eq!(mended(read), printed);
        }
    }
}
