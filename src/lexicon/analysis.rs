//! Text analysis: tokens are folded and stemmed, and stop words are marked. Apart because search
//! and linking must agree on it.

use super::words::words;
use std::{borrow::Cow, cmp::Ordering, ops::Range};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word, lower case, without accents.
    pub folded: String,
    /// Where it stands, in bytes of the text it was taken from.
    pub range: Range<usize>,
}

/// Returns the word in lower case without accents (`Société` → `societe`).
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the words of a text: runs of letters and digits, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let belongs = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        while chars.next_if(|(_, c)| !belongs(*c)).is_some() {}
        let start = chars.peek()?.0;
        while chars.next_if(|(_, c)| belongs(*c)).is_some() {}
        let end = chars.peek().map_or(text.len(), |(at, _)| *at);
        let folded = text.get(start..end).map(fold).unwrap_or_default();
        Some(Token {
            folded,
            range: start..end,
        })
    })
}

/// Returns the stem of a folded word by the Snowball rules for Indonesian
/// (`pencegahan` → `cegah`).
pub fn stem(folded: &str) -> Cow<'_, str> {
    let is_word = folded.len() > 3 && folded.bytes().all(|b| b.is_ascii_alphabetic());
    if !is_word {
        return Cow::Borrowed(folded);
    }
    frostem::Stemmer::new(frostem::Algorithm::Indonesian).stem(folded)
}

/// Returns the folded words of a text that say something about its subject, in order.
pub fn telling(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = tokens(text).map(|token| token.folded);
    words.filter(|word| !is_stop_word(word))
}

/// Returns the stems of the words that say something, each once, in order.
pub fn stems(text: &str) -> Vec<String> {
    let stems = telling(text).map(|word| stem(&word).into_owned());
    let mut stems: Vec<String> = stems.collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Returns the share of words two texts have in common (Dice's coefficient), 0 to 1; 0 where
/// neither has any. Each has its words once, in order.
pub fn word_overlap<W: Ord>(one: &[W], other: &[W]) -> f32 {
    let all = one.len() + other.len();
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut both = 0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        let order = a.cmp(b);
        both += usize::from(order == Ordering::Equal);
        if order != Ordering::Greater {
            one.next();
        }
        if order != Ordering::Less {
            other.next();
        }
    }
    2.0 * both as f32 / all.max(1) as f32
}

/// Tells whether a folded word says nothing about the subject.
///
/// Function words and the boilerplate of letters; chosen by hand, kept short, since the
/// ranking already discounts frequent words.
pub fn is_stop_word(folded: &str) -> bool {
    words().stop.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "Perda No. 188.45/12 – ‘Kawasan’ Société";
        let found: Vec<(String, &str)> =
            tokens(text).map(|t| (t.folded, &text[t.range])).collect();
        let expected = [
            ("perda", "Perda"),
            ("no", "No"),
            ("188", "188"),
            ("45", "45"),
            ("12", "12"),
            ("kawasan", "Kawasan"),
            ("societe", "Société"),
        ];
        assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b)));
    }

    #[test]
    fn stems_bring_forms_of_a_word_together() {
        for forms in [["pencegahan", "mencegah"], ["perlindungan", "melindungi"]] {
            assert_eq!(stem(forms[0]), stem(forms[1]), "{forms:?}");
        }
        assert_eq!(stem("188"), "188");
    }

    #[test]
    fn texts_are_compared_by_the_stems_of_their_words() {
        let one = stems("Pencegahan dan Perlindungan");
        assert_eq!(one, stems("yang mencegah untuk melindungi"));
        assert!((word_overlap(&one, &one) - 1.0).abs() < f32::EPSILON);
        assert!(
            (word_overlap(&one, &stems("pencegahan")) - 2.0 / 3.0).abs() < f32::EPSILON
        );
        let none = stems("yang dan untuk");
        assert!(none.is_empty() && word_overlap(&none, &none) <= 0.0);
    }

    #[test]
    fn stop_words_say_nothing() {
        assert!(is_stop_word("yang") && !is_stop_word("anak"));
    }
}
