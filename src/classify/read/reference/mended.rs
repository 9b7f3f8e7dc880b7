//! What a number that was misread may have been: letters that look alike, strokes read as
//! figures.

use super::part::{as_figures, cut_year, hides_stroke, is_cased, part};

/// What a text may be, at most.
const MOST: usize = 48;
/// Ways to read one part.
const MOST_OF_PART: usize = 12;
/// A part with no more figures hides no stroke among them.
const SHORT: usize = 5;

/// Returns all numbers that a text may be; itself alone where every part has a form.
pub(crate) fn mended(text: &str) -> Vec<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let text = cut_year(&text.replace('|', "1"));
    let mut found = vec![String::new()];
    for (n, read) in text.split('/').enumerate() {
        let ways = ways(read);
        let longer = found.iter().flat_map(|before| {
            let join = if n == 0 { "" } else { "/" };
            ways.iter().map(move |way| format!("{before}{join}{way}"))
        });
        found = longer.take(MOST).collect();
    }
    found
}

/// Returns the ways to read one part, those by single letters before those by strokes.
fn ways(read: &str) -> Vec<String> {
    let mut ways: Vec<String> = Vec::new();
    if part(read).is_some() {
        ways.push(read.to_owned());
    } else {
        ways.extend(by_letters(read));
    }
    let is_long = read.len() > SHORT && read.bytes().all(|b| b.is_ascii_digit());
    if ways.is_empty() || is_long {
        ways.extend(by_stroke(read));
    }
    ways.truncate(MOST_OF_PART);
    if ways.is_empty() {
        ways.push(read.to_owned());
    }
    ways
}

/// Returns the ways to read a part as one.
fn by_letters(read: &str) -> Vec<String> {
    let count = read.chars().filter(char::is_ascii_digit).count();
    let all = read.chars().filter(|c| c.is_alphanumeric()).count();
    let letters: String = read.chars().map(as_letter).collect();
    let mut ways = match count * 2 >= all {
        true => figures(read),
        false => vec![cased(read), letters],
    };
    ways.retain(|way| part(way).is_some());
    if ways.is_empty() && count * 2 < all {
        ways = figures(read);
        ways.retain(|way| part(way).is_some());
    }
    ways
}

/// Returns the ways to read a part as two, a stroke between them having been read as one of the
/// figures or letters that look like it.
fn by_stroke(read: &str) -> Vec<String> {
    let places = read.char_indices().filter(|(_, c)| "17Il(f".contains(*c));
    let halves = places.filter_map(|(at, c)| {
        let (left, right) = (read.get(..at)?, read.get(at + c.len_utf8()..)?);
        (!left.is_empty() && !right.is_empty()).then_some((left, right))
    });
    let one = |half: &str| -> Vec<String> {
        match part(half) {
            Some(_) => vec![half.to_owned()],
            None => by_letters(half),
        }
    };
    let ways = halves.flat_map(|(left, right)| {
        let (left, right) = (one(left), one(right));
        let pairs = left
            .iter()
            .flat_map(|left| right.iter().map(move |right| format!("{left}/{right}")));
        pairs.collect::<Vec<_>>()
    });
    ways.collect()
}

/// Returns a part with figures for all its letters; several where a letter may be one of
/// several.
fn figures(read: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for c in read.chars() {
        let figures = as_figures(c);
        let longer = found.iter().flat_map(|before| {
            figures
                .iter()
                .map(move |figure| format!("{before}{figure}"))
        });
        found = longer.take(MOST_OF_PART).collect();
    }
    found
}

/// Writes a word as words are set where letters have the same shape in both cases: `DINSoS`,
/// `BAppEDA`.
fn cased(read: &str) -> String {
    const SAME_SHAPE: &str = "cosuvwxzkp";
    let word = |word: &str| {
        let upper = |c: char| match SAME_SHAPE.contains(c) {
            true => c.to_ascii_uppercase(),
            false => c,
        };
        let lower = |c: char| match SAME_SHAPE.contains(c.to_ascii_lowercase()) {
            true => c.to_ascii_lowercase(),
            false => c,
        };
        let upper: String = word.chars().map(upper).collect();
        let first = word.chars().take(1);
        let lower: String = first.chain(word.chars().skip(1).map(lower)).collect();
        let tries = [word.to_owned(), upper, lower];
        let found = tries.into_iter().find(|word| is_cased(word));
        found.unwrap_or_else(|| word.to_owned())
    };
    let mut words: Vec<String> = Vec::new();
    let mut rest = read;
    while let Some(at) = rest.find(|c: char| !c.is_alphanumeric()) {
        let (before, after) = (rest.get(..at), rest.get(at..));
        let mark: String = after.unwrap_or_default().chars().take(1).collect();
        words.push(word(before.unwrap_or_default()));
        rest = rest.get(at + mark.len()..).unwrap_or_default();
        words.push(mark);
    }
    words.push(word(rest));
    words.concat()
}

/// Returns the nearest sound reading by letters that look alike, for a person to look at; the
/// text itself where there is none.
pub(super) fn repaired(text: &str) -> String {
    let parts: Vec<String> = text
        .split('/')
        .map(|text| match part(text) {
            Some(_) => text.to_owned(),
            None => repaired_part(text),
        })
        .collect();
    parts.join("/")
}

fn repaired_part(text: &str) -> String {
    if let Some(sound) = by_letters(text).into_iter().next() {
        return sound;
    }
    // `2512020` is 25, a stroke and 2020.
    if hides_stroke(text) {
        let cut = text.len() - 5;
        let (run, year) = (text.get(..cut), text.get(cut + 1..));
        if let (Some(run), Some(year)) = (run.filter(|run| !run.is_empty()), year) {
            return format!("{run}/{year}");
        }
    }
    text.to_owned()
}

fn as_letter(c: char) -> char {
    match c {
        '0' => 'O',
        '1' => 'I',
        '5' => 'S',
        '8' => 'B',
        '4' => 'A',
        '6' => 'G',
        _ => c.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_and_strokes_are_told() {
        for (read, may_be) in [
            ("188.As/05g0/DINSoS/202S", "188.45/0590/DINSOS/2025"),
            ("188.A510603/BasHUkum/2025", "188.45/0603/BasHukum/2025"),
            ("005/42L/2020", "005/426/2020"),
            ("44010342/I12020", "440/0342/I/2020"),
            ("188.45/0581 /BAppEDA/2025", "188.45/0581/BAPPEDA/2025"),
            ("005/|23 /2020", "005/123/2020"),
        ] {
            let all = mended(read);
            assert!(all.iter().any(|one| one == may_be), "{read}: {all:?}");
        }
        assert_eq!(mended("005/164/2020"), ["005/164/2020"]);
    }
}
