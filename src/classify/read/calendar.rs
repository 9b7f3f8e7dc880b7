//! Reads days of the calendar: in figures, with the name of the month, or all in words.

use crate::classify::text::fuzzy::Ahead;
use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::fold_letter;
use crate::lexicon::words::{DayWords, any_of, words};
use crate::model::Date;
use regex::{Captures, Match, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Roman months as letters' numbers have them.
const ROMAN: [&str; 12] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];

/// Returns the month that a Roman number names.
pub(crate) fn roman(text: &str) -> Option<i8> {
    let at = ROMAN.iter().position(|roman| *roman == text)?;
    i8::try_from(at + 1).ok()
}

/// Compiles a pattern written in this file; one that never matches if it is wrong, which the
/// tests would show.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// Returns the pattern of a word before a day, a month or a year.
fn before(label: fn(&DayWords) -> &[String]) -> String {
    any_of(label(&words().dates))
}

/// Returns the pattern of what stands between the first and the last day: initials or words.
fn until() -> String {
    let dates = &words().dates;
    let initials: Vec<String> = dates
        .until_initials
        .chars()
        .map(|letter| format!(r"{letter}\.?"))
        .collect();
    let written = any_of(&dates.until);
    format!("{}|{written}", initials.join(r"\s*/?\s*"))
}

/// `4 Januari 2017`, also glued together, with `bulan` and `tahun` between.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let [month, year] = [before(|d| &d.month), before(|d| &d.year)];
    pattern(&format!(
        r"(?i)(?P<d>[0-9OIl|]{{1,2}})\s*[-.,/]?\s*(?:{month}\s*)?(?P<m>[\p{{L}}0-9|!]{{3,10}}?)[\s.,/-]*(?:{year}\s*)?(?P<y>[12][0-9OoIl|S]\s?[0-9OoIl|S]\s?[0-9OoIl|S])(?:\D|$)",
    ))
});
/// `04-01-2017`, `4/1/2017`, `4-I-2017`.
static FIGURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<d>[0-9]{1,2})\s*[-./]\s*(?P<m>[0-9]{1,2}|[IVX]{1,4})\s*[-./]\s*(?P<y>[12][0-9]{3})(?:\D|$)",
    )
});
/// `tanggal dua puluh bulan Maret tahun dua ribu dua puluh tiga`.
static SPELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let [day, month, year] = [
        before(|d| &d.day),
        before(|d| &d.month),
        before(|d| &d.year),
    ];
    pattern(&format!(
        r"(?i){day}\s+(?P<d>[0-9]{{1,2}}|[\p{{L}}\s-]+?),?\s+{month}\s+(?P<m>\p{{L}}+),?\s+{year}\s+(?P<y>[\p{{L}}\s-]+)",
    ))
});
/// `5 s.d. ` or `30 Januari – ` before the last day of a range.
static RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let (until, and, day) = (until(), before(|d| &d.and), before(|d| &d.day));
    pattern(&format!(
        r"(?i)(?P<d>[0-9]{{1,2}})\s*(?P<m>\p{{L}}{{3,10}})?\s*(?P<y>[12][0-9]{{3}})?\s*(?:{until}|-|–|&|{and})\s*(?:\p{{L}}+,?\s*)?(?:{day}\s*)?$",
    ))
});

/// What stands between the first and the last day.
static UNTIL: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&format!(r"(?i)^[\s,]*(?:{}|-|–)\s+", until())));

/// What a day of two figures loses that are set apart: the first may belong to something else.
const APART: f32 = 0.1;

/// Reads all dates of a text, in order.
pub(crate) fn dates(text: &str, grammar: &Grammar) -> Vec<(Date, Range<usize>, f32)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..)
        && let Some((date, at, repair)) = first_date(rest, grammar)
    {
        let at = at.start + from..at.end + from;
        from = at.end;
        found.push((date, at, repair));
    }
    found
}

/// Reads the first date of a text: its day, its bytes and what reading it cost.
pub(crate) fn first_date(
    text: &str,
    grammar: &Grammar,
) -> Option<(Date, Range<usize>, f32)> {
    let named = first_valid(NAMED.as_ref(), text, |c| named_date(grammar, c));
    let figures = first_valid(FIGURES.as_ref(), text, figure_date);
    let spelled = first_valid(SPELLED.as_ref(), text, |c| spelled_date(grammar, c));
    let readings = [named, figures, spelled];
    readings
        .into_iter()
        .flatten()
        .min_by_key(|(_, at, _)| at.start)
}

/// Reads the first day of a range that ends with the date at `end`.
pub(crate) fn range_start(
    text: &str,
    grammar: &Grammar,
    end: usize,
    last: Date,
) -> Option<(Date, Range<usize>)> {
    let captures = RANGE.as_ref()?.captures(text.get(..end)?)?;
    let day = captures.name("d")?.as_str().parse().ok()?;
    let month = match captures.name("m") {
        Some(name) => month(grammar, name.as_str())?.0,
        None => last.month(),
    };
    let year = captures
        .name("y")
        .and_then(|year| year.as_str().parse().ok());
    let date = Date::new(year.unwrap_or(last.year()), month, day)?;
    (date <= last).then_some((date, captures.get(0)?.range()))
}

/// Reads the last day of a range whose first day ends at `start`.
pub(crate) fn range_end(
    text: &str,
    grammar: &Grammar,
    start: usize,
) -> Option<(Date, Range<usize>)> {
    /// Bytes between `s.d.` and the day: `tanggal`, the name of a day of the week.
    const NEAR: usize = 24;
    let rest = text.get(start..)?;
    let until = UNTIL.as_ref()?.find(rest)?;
    let (date, at, _) = first_date(rest.get(until.end()..)?, grammar)?;
    let shift = start + until.end();
    (at.start <= NEAR).then_some((date, at.start + shift..at.end + shift))
}

/// Returns the first match that is a day of the calendar.
fn first_valid(
    pattern: Option<&Regex>,
    text: &str,
    read: impl Fn(&Captures) -> Option<(Date, f32)>,
) -> Option<(Date, Range<usize>, f32)> {
    let mut from = 0;
    while let Some(captures) = pattern?.captures_at(text, from) {
        let at = captures.get(0)?;
        let day = captures.name("d")?;
        // The `l` of `tanggal Januari 2015` is no 1: a letter is a figure only by itself.
        let is_tail = day.as_str().starts_with(char::is_alphabetic)
            && text
                .get(..day.start())
                .is_some_and(|before| before.ends_with(char::is_alphabetic));
        if let Some((date, repair)) = read(&captures).filter(|_| !is_tail) {
            let end = captures.name("y")?.end();
            return match tens(text, &day, date) {
                Some((date, start)) => Some((date, start..end, repair + APART)),
                None => Some((date, at.start()..end, repair)),
            };
        }
        from = captures.name("d")?.end();
    }
    None
}

/// Takes the figure before a day of one figure, set apart by a space, for its tens: stamps and
/// careful hands write `2 2 November`. The day it makes, and where it begins.
fn tens(text: &str, day: &Match, date: Date) -> Option<(Date, usize)> {
    let before = text.get(..day.start())?.strip_suffix(' ')?;
    let figure = before.chars().next_back().filter(char::is_ascii_digit)?;
    let is_alone = before
        .strip_suffix(figure)?
        .ends_with(|c: char| c.is_whitespace() || ",.:".contains(c));
    let tens = i8::try_from(figure.to_digit(10)?).ok()?;
    let fits = is_alone && day.as_str().len() == 1 && (1..=3).contains(&tens);
    let day = fits.then_some(tens * 10 + date.day())?;
    let date = Date::new(date.year(), date.month(), day)?;
    Some((date, before.len() - 1))
}

fn named_date(grammar: &Grammar, captures: &Captures) -> Option<(Date, f32)> {
    let (day, day_repair) = figures(captures.name("d")?.as_str())?;
    let (month, month_repair) = month(grammar, captures.name("m")?.as_str())?;
    let (year, year_repair) = figures(captures.name("y")?.as_str())?;
    let date = Date::new(year, month, i8::try_from(day).ok()?)?;
    Some((date, day_repair + month_repair + year_repair))
}

fn figure_date(captures: &Captures) -> Option<(Date, f32)> {
    let month = captures.name("m")?.as_str();
    let month = match roman(month) {
        Some(month) => month,
        None => month.parse().ok()?,
    };
    let day = captures.name("d")?.as_str().parse().ok()?;
    let year = captures.name("y")?.as_str().parse().ok()?;
    Some((Date::new(year, month, day)?, 0.0))
}

fn spelled_date(grammar: &Grammar, captures: &Captures) -> Option<(Date, f32)> {
    let (month, repair) = month(grammar, captures.name("m")?.as_str())?;
    let day = captures.name("d")?.as_str();
    let day = day.parse().ok().or_else(|| spelled(day));
    let day = i8::try_from(day?).ok()?;
    let year = spelled(captures.name("y")?.as_str())?;
    Some((Date::new(year, month, day)?, repair))
}

/// Reads figures with letters among them, and what that costs.
fn figures(text: &str) -> Option<(i16, f32)> {
    let mut repair = 0.0;
    let mut digits = String::new();
    for c in text.chars() {
        let (digit, cost) = match c {
            'O' | 'o' => ('0', 0.15),
            'I' | 'l' | '|' => ('1', 0.15),
            'S' => ('5', 0.4),
            _ if c.is_whitespace() => continue,
            _ => (c, 0.0),
        };
        digits.push(digit);
        repair += cost;
    }
    Some((digits.parse().ok()?, repair))
}

/// Reads the name of a month, 1 to 12, and what that costs.
fn month(grammar: &Grammar, text: &str) -> Option<(i8, f32)> {
    let letters: Vec<u8> = text.chars().filter_map(fold_letter).collect();
    let ahead = Ahead::new(&letters);
    let names = (1_i8..).zip(&grammar.months);
    let hits = names.flat_map(|(n, names)| names.iter().map(move |name| (n, name)));
    hits.filter_map(|(n, name)| {
        let hit = ahead.prefix(&letters, name.letters())?;
        (hit.len == letters.len()).then_some((n, hit.cost / 5.0))
    })
    .min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Reads a number in words, as far as words of numbers go: `dua ribu dua puluh tiga`.
fn spelled(text: &str) -> Option<i16> {
    let numbers = &words().numbers;
    let (mut total, mut group, mut seen) = (0_i16, 0_i16, false);
    for word in text.to_lowercase().split(|c: char| !c.is_alphabetic()) {
        if word.is_empty() {
            continue;
        }
        let one = numbers.ones.iter().position(|one| one == word);
        if let Some(one) = one.and_then(|n| i16::try_from(n).ok()) {
            group += one;
        } else if word == numbers.ten || word == numbers.teens {
            group += 10;
        } else if word == numbers.eleven {
            group += 11;
        } else if word == numbers.tens {
            // `tiga belas` is 3 and 10; in `dua puluh` the 2 is counted ten times.
            group += group % 10 * 9;
        } else if word == numbers.hundred {
            group += 100;
        } else if word == numbers.hundreds {
            group *= 100;
        } else if word == numbers.thousand {
            total += 1000;
        } else if word == numbers.thousands {
            total = group.checked_mul(1000)?;
            group = 0;
        } else {
            break;
        }
        if !(0..=3000).contains(&group) {
            return None;
        }
        seen = true;
    }
    seen.then_some(total + group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        for (text, expected) in [
            ("dua puluh", 20),
            ("tiga belas", 13),
            ("sebelas", 11),
            ("dua ribu sembilan belas", 2019),
            ("dua ribu dua puluh tiga bertempat", 2023),
            ("seribu sembilan ratus sembilan puluh delapan", 1998),
        ] {
            assert_eq!(spelled(text), Some(expected), "{text}");
        }
        assert_eq!(spelled("tanpa"), None);
    }
}
