//! Reads a document's own number and year from the place the heading gives them, and says how
//! far they can be trusted. Handwritten and stamped digits are misread most: whatever had to
//! be repaired costs confidence, and what costs too much is only a candidate.

use super::reference::YEARS;
use super::reference::{self, Reference};
use crate::classify::text::fuzzy;
use crate::classify::text::stream::Token;
use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::fold_letter;
use std::ops::Range;

/// A repaired reading that costs more is a candidate, not a value.
const MAX_REPAIR: f32 = 0.5;
/// Regulations are numbered from 1 in each year; the highest number in the corpora is 545.
const MAX_DIGITS: usize = 4;

/// A value as read, with what its reading costs: 0 as printed, 1 anything goes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<T> {
    /// Nothing is written there, or dots to write on.
    Blank,
    /// It reads so.
    Read { value: T, repair: f32 },
    /// It may read so.
    Illegible { candidate: String },
}

/// The words between `NOMOR` and what comes next.
pub(crate) type Pieces<'s, 'a> = [(&'s Token<'a>, &'a str)];

/// Reads a number, normalised: no leading zeros, no white space.
pub(crate) fn number(pieces: &Pieces) -> Value<String> {
    let texts: Vec<&str> = pieces.iter().map(|(_, text)| *text).collect();
    read(&texts.join(" "))
}

/// Returns where the number's words stand, in bytes, in what a second reader read, which may
/// hold the words around them, too.
pub(crate) fn own_words(text: &str, grammar: &Grammar) -> Range<usize> {
    // `4TAHUN 2018`: the year's word may be glued to the figures.
    let before_year = |word: &str| {
        let mut places = word.char_indices().map(|(at, _)| at);
        places.find(|at| {
            let rest = word.get(*at..).unwrap_or_default();
            let letters: Vec<u8> = rest.chars().filter_map(fold_letter).collect();
            let mut years = grammar.year.iter();
            years.any(|year| letters.starts_with(year.letters()))
        })
    };
    let start = after_label(text, grammar);
    let mut end = start;
    let (mut last, mut has_digit) = ("", false);
    for word in text.get(start..).unwrap_or_default().split(' ') {
        let joins = word.starts_with(['/', '-'])
            || last.ends_with(['/', '-'])
            || names_office(last, word);
        let is_word = word.chars().all(|c| !c.is_ascii_digit() && c != '/');
        if let Some(own) = before_year(word) {
            end += if own > 0 {
                own + usize::from(end > start)
            } else {
                0
            };
            break;
        }
        if has_digit && is_word && !joins && word.len() > 1 {
            break;
        }
        has_digit |= word.contains(|c: char| c.is_ascii_digit());
        end += word.len() + usize::from(end > start);
        last = word;
    }
    start..end.min(text.len())
}

/// Returns where a text goes on behind `NOMOR :`, in bytes; 0 where that is not there.
fn after_label(text: &str, grammar: &Grammar) -> usize {
    let letters: Vec<u8> = text.chars().filter_map(fold_letter).collect();
    let labels = grammar.number.iter();
    let hits = labels.filter_map(|label| fuzzy::prefix(&letters, label.letters()));
    let label = hits.min_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut left = label.map_or(0, |hit| hit.len);
    let begins = text.char_indices().find(|(_, c)| {
        let is_letter = fold_letter(*c).is_some();
        let is_own = left == 0 && (is_letter || *c == '/');
        left = left.saturating_sub(usize::from(is_letter));
        is_own
    });
    begins.map_or(text.len(), |(at, _)| at)
}

/// Tells whether a word goes on with a number that ends like `…/2020/Res`: the police write
/// behind the year which of their offices it is, and where.
pub(crate) fn names_office(last: &str, next: &str) -> bool {
    let is_name = |text: &str| {
        text.len() > 1
            && text.starts_with(char::is_uppercase)
            && text.chars().all(char::is_alphabetic)
    };
    let mut parts = last.rsplit('/');
    let (unit, year) = (parts.next(), parts.next());
    let is_year = year
        .filter(|year| year.len() == 4)
        .and_then(|year| year.parse().ok())
        .is_some_and(|year: i16| YEARS.contains(&year));
    is_year && unit.is_some_and(is_name) && is_name(next)
}

/// Reads a number in a text that holds nothing else, normalised.
pub(crate) fn read(joined: &str) -> Value<String> {
    // `NO. 8, LD 2025/NO.8`: the gazette's own number follows.
    let joined = match joined.split_once(", ") {
        Some((first, _)) if first.contains(|c: char| c.is_ascii_digit()) => {
            first.to_owned()
        }
        _ => joined.to_owned(),
    };
    let trimmed = joined.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let bare = trimmed.trim_matches('/');
    if bare.trim().is_empty() {
        return if joined.chars().all(is_filler) {
            Value::Blank
        } else {
            Value::Illegible { candidate: joined }
        };
    }
    if bare.contains('/') || trimmed.starts_with('/') || bare.matches('.').count() > 1 {
        return letter_number(trimmed);
    }
    if is_refined(bare) {
        let value = bare.to_owned();
        return Value::Read { value, repair: 0.0 };
    }
    let dirt = joined
        .chars()
        .filter(|&c| !c.is_alphanumeric() && !is_filler(c))
        .count();
    plain_number(bare, dirt as f32 * 0.6)
}

/// Tells whether a char stands around a number, or where one is still to be written.
fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ':' | '.' | '_' | '-' | '–' | '…' | '=' | '·' | ',' | '/')
}

/// Reads `188.45/123/KEP/2022`: parts between strokes, none of them empty.
fn letter_number(text: &str) -> Value<String> {
    match reference::read(text) {
        Reference::Blank => Value::Blank,
        Reference::Sound(value) => Value::Read { value, repair: 0.0 },
        Reference::Odd(candidate) => Value::Illegible { candidate },
    }
}

/// Tells whether figures with one point between them are a number (`0482.2`, `41.1`), which
/// keeps its noughts.
fn is_refined(text: &str) -> bool {
    let mut parts = text.split('.');
    let is_figures = |part: Option<&str>| {
        part.is_some_and(|part| {
            !part.is_empty()
                && part.len() <= 4
                && part.bytes().all(|b| b.is_ascii_digit())
        })
    };
    is_figures(parts.next()) && is_figures(parts.next()) && parts.next().is_none()
}

/// Reads `5`, `15a`, `01`, and `I` written for 1.
fn plain_number(text: &str, dirt: f32) -> Value<String> {
    let mut parts = text.split_whitespace();
    let first = parts.next().unwrap_or_default();
    let rest: String = parts.collect();
    let is_suffix = |s: &str| matches!(s.as_bytes(), [b'a'..=b'e' | b'A'..=b'E']);
    let (digits, suffix, mut repair) = match split_suffix(first) {
        (digits, "") if is_suffix(&rest) => (digits.to_owned(), rest, dirt + 0.1),
        (digits, suffix) if rest.is_empty() => {
            (digits.to_owned(), suffix.to_owned(), dirt)
        }
        _ => (format!("{first}{rest}"), String::new(), dirt + 0.5),
    };
    let mut value = String::new();
    for c in digits.chars().filter(|c| c.is_alphanumeric()) {
        let (digit, cost) = as_digit(c);
        value.push(digit.unwrap_or(c));
        repair += cost;
    }
    let value = value.trim_start_matches('0').to_owned() + &suffix.to_lowercase();
    let has_digit = value.starts_with(|c: char| c.is_ascii_digit());
    if repair > MAX_REPAIR || !has_digit || value.len() > MAX_DIGITS + suffix.len() {
        let candidate = if has_digit { value } else { text.to_owned() };
        return Value::Illegible { candidate };
    }
    Value::Read { value, repair }
}

/// Splits the letter off `15a`.
fn split_suffix(text: &str) -> (&str, &str) {
    let ends_in_letter = text.ends_with(['a', 'b', 'c', 'd', 'e', 'A', 'C', 'E']);
    let cut = text.len().saturating_sub(1);
    match text.split_at_checked(cut) {
        Some((digits, suffix))
            if ends_in_letter && digits.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            (digits, suffix)
        }
        _ => (text, ""),
    }
}

/// Returns the digit a char stands for, and what taking it for that costs. `S` stood for 8 as
/// often as for 5 in `id_ocr_heads`, so it is never read; typists write `I` and `l` for 1.
fn as_digit(c: char) -> (Option<char>, f32) {
    match c {
        '0'..='9' => (Some(c), 0.0),
        'I' | 'l' | '|' | 'i' => (Some('1'), 0.15),
        'O' | 'o' => (Some('0'), 0.2),
        'Z' | 'z' => (Some('2'), 0.6),
        'B' => (Some('8'), 0.6),
        'S' | 's' => (Some('5'), 1.0),
        _ => (None, 2.0),
    }
}

/// Reads the year after `TAHUN`.
pub(crate) fn year(pieces: &Pieces) -> Value<i16> {
    let joined: String = pieces.iter().map(|(_, text)| *text).collect();
    let written: String = joined
        .chars()
        .skip_while(|c| !c.is_alphanumeric())
        .take(4)
        .collect();
    if written.is_empty() {
        return Value::Blank;
    }
    let mut repair = 0.0;
    let mut digits = String::new();
    for c in written.chars() {
        let (digit, cost) = as_digit(c);
        digits.push(digit.unwrap_or(c));
        repair += cost;
    }
    match digits
        .parse::<i16>()
        .ok()
        .filter(|year| YEARS.contains(year))
    {
        Some(value) if repair <= MAX_REPAIR => Value::Read { value, repair },
        Some(value) => Value::Illegible {
            candidate: value.to_string(),
        },
        None => Value::Illegible { candidate: written },
    }
}

/// Returns the year a letter's number ends with (`188.45/123/KEP/2022`).
pub(crate) fn year_within(number: &str) -> Option<i16> {
    let parts = number.rsplit(['/', '-', '.']);
    parts
        .filter(|part| part.len() == 4)
        .find_map(|part| part.parse().ok().filter(|year| YEARS.contains(year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::Stream;
    use crate::classify::text::stream::tests::page;

    fn read_number(text: &str) -> Value<String> {
        let page = page(&format!("NOMOR {text}"));
        let stream = Stream::new([&page]);
        number(&stream.between(5, stream.len()))
    }

    #[test]
    fn numbers_are_normalised() {
        for (text, expected) in [
            ("5", "5"),
            (": 24", "24"),
            ("01", "1"),
            (":  007", "7"),
            ("15a", "15a"),
            ("11 A", "11a"),
            ("I", "1"),
            ("l", "1"),
            ("188.45/123/KEP/2022", "188.45/123/KEP/2022"),
            (": 005 / 123 / DP3A / 2023", "005/123/DP3A/2023"),
            ("SE- 7 /PB/2012", "SE-7/PB/2012"),
            (
                "100.3.3.2/401/35.07.013/2024",
                "100.3.3.2/401/35.07.013/2024",
            ),
            ("300/112/pem", "300/112/pem"),
            ("100.3.3.2/165/KESRA-2026", "100.3.3.2/165/KESRA-2026"),
        ] {
            let Value::Read { value, .. } = read_number(text) else {
                panic!("{text}")
            };
            assert_eq!(value, expected);
        }
    }

    #[test]
    fn what_is_not_there_is_blank() {
        for text in [
            "",
            ":",
            "......",
            "____",
            "188.45/    /KEP/2022",
            "463/…/2023",
            ": - ",
        ] {
            assert_eq!(read_number(text), Value::Blank, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_a_candidate_at_most() {
        for (text, candidate) in [
            ("1S", "15"),
            ("S", "5"),
            ("}3. /", "3"),
            ("1 32", "132"),
            ("66TA", "66TA"),
            ("ii a", "11a"),
            ("12345", "12345"),
        ] {
            match read_number(text) {
                Value::Illegible { candidate: found } => assert_eq!(found, candidate),
                Value::Read { repair, .. } => assert!(repair > 0.3, "{text}"),
                Value::Blank => panic!("{text}"),
            }
        }
    }

    #[test]
    fn the_police_name_their_office_behind_the_year() {
        let types = crate::lexicon::doctype::DocTypes::builtin().unwrap();
        let second = |text: &str| read(&text[own_words(text, types.grammar())]);
        let sound = |value: &str| Value::Read {
            value: value.to_owned(),
            repair: 0.0,
        };
        let own = second(": B/10/I/REN.5.1./2020/Res Sukamaju");
        assert_eq!(own, sound("B/10/I/REN.5.1./2020/ResSukamaju"));
        let place = second(": B/10/I/2020/Kec Sukamaju, 3 Mei 2020");
        assert_eq!(place, sound("B/10/I/2020/Kec"));
        assert_eq!(second("NOMOR:5 TAHUN 2020"), sound("5"));
        assert_eq!(second("4TAHUN 2018"), sound("4"));
    }

    #[test]
    fn years_are_read() {
        let read = |text: &str| {
            let page = page(&format!("TAHUN {text}"));
            let stream = Stream::new([&page]);
            year(&stream.between(5, stream.len()))
        };
        assert_eq!(
            read(": 2019"),
            Value::Read {
                value: 2019,
                repair: 0.0
            }
        );
        assert_eq!(
            read("2O16"),
            Value::Read {
                value: 2016,
                repair: 0.2
            }
        );
        assert_eq!(
            read("201S"),
            Value::Illegible {
                candidate: "2015".into()
            }
        );
        assert_eq!(
            read("20"),
            Value::Illegible {
                candidate: "20".into()
            }
        );
        assert_eq!(read("...."), Value::Blank);
        assert_eq!(year_within("188.45/2023/KEP"), Some(2023));
        assert_eq!(year_within("440/4789/SJ"), None);
    }
}
