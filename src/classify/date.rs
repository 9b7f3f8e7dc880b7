//! Finds dates and what they are for: the words before a date say so, and a date without such
//! words is nobody's. Days and years are figures or words (`dua puluh`), months are names with
//! OCR's slips, figures or Roman numerals.

use super::fuzzy;
use super::stream::{Hit, Stream};
use crate::framework::doctype::{Grammar, fold_letter};
use crate::model::{Date, DateRole};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Letters between `Ditetapkan di` and its date: the name of a place, `pada tanggal`, a title.
const REACH: usize = 110;
/// The same for `Pada hari ini`, whose date is written out.
const REACH_SPELLED: usize = 190;
/// Roman months as letters' numbers have them.
const ROMAN: [&str; 12] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];

/// Is a date found, with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) role: DateRole,
    pub(crate) date: Date,
    pub(crate) range: Range<usize>,
    /// What had to be repaired to read it; 0 for nothing.
    pub(crate) repair: f32,
}

/// Compiles a pattern written in this file; one that never matches if it is wrong, which the
/// tests would show.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// `4 Januari 2017`, also glued together, with `bulan` and `tahun` between.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?P<d>[0-9OIl|]{1,2})\s*[-.,/]?\s*(?:bulan\s*)?(?P<m>[\p{L}0-9|!]{3,10}?)[\s.,/-]*(?:tahun\s*)?(?P<y>[12][0-9OoIl|S]\s?[0-9OoIl|S]{2})(?:\D|$)",
    )
});
/// `04-01-2017`, `4/1/2017`, `4-I-2017`.
static FIGURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<d>[0-9]{1,2})\s*[-./]\s*(?P<m>[0-9]{1,2}|[IVX]{1,4})\s*[-./]\s*(?P<y>[12][0-9]{3})(?:\D|$)",
    )
});
/// `tanggal dua puluh bulan Maret tahun dua ribu dua puluh tiga`.
static SPELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)tanggal\s+(?P<d>[\p{L}\s-]+?),?\s+bulan\s+(?P<m>\p{L}+),?\s+tahun\s+(?P<y>[\p{L}\s-]+)",
    )
});
/// `5 s.d. ` or `30 Januari – ` before the last day of a range.
static RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?P<d>[0-9]{1,2})\s*(?P<m>\p{L}{3,10})?\s*(?P<y>[12][0-9]{3})?\s*(?:s\.?\s*/?\s*d\.?|sampai\s+dengan|sampai|hingga|-|–|&|dan)\s*(?:\p{L}+,?\s*)?(?:tanggal\s*)?$",
    )
});

/// Finds all dates whose role the words before them tell, in order of place.
pub(crate) fn find(stream: &Stream, grammar: &Grammar) -> Vec<Found> {
    let mut found = Vec::new();
    let starts = stream.word_starts(0..stream.len());
    // In two columns the words stand anywhere in a line, but then with a capital.
    let is_set_off = |&at: &usize| {
        let word = stream
            .token(at)
            .map_or("", |token| token.word.text.as_str());
        stream.may_begin(at) || word.starts_with(char::is_uppercase)
    };
    for at in starts.filter(is_set_off) {
        let hits = grammar.dates.iter().filter_map(|words| {
            stream
                .phrase_at(at, &words.words)
                .map(|hit| (words.role, hit))
        });
        let best =
            hits.reduce(|best, next| if next.1.beats(&best.1) { next } else { best });
        if let Some((role, hit)) = best {
            found.extend(after(stream, grammar, role, hit));
        }
    }
    found
}

/// Reads the date that follows a role's words, and the first day too where it ends a range.
fn after(stream: &Stream, grammar: &Grammar, role: DateRole, hit: Hit) -> Vec<Found> {
    let reach = if role == DateRole::Activity {
        REACH_SPELLED
    } else {
        REACH
    };
    let zone = Zone::new(stream, hit.end, reach);
    let Some((date, at, repair)) = zone.first_date(grammar) else {
        return Vec::new();
    };
    let last = Found {
        role,
        date,
        range: zone.letters(at.clone()),
        repair,
    };
    let first = zone.range_start(grammar, at.start, date);
    match (role, first) {
        (DateRole::Activity, Some((first, at))) => vec![
            Found {
                role,
                date: first,
                range: zone.letters(at),
                repair,
            },
            Found {
                role: DateRole::ActivityEnd,
                ..last
            },
        ],
        _ => vec![last],
    }
}

/// Finds the date of a letter near its head: `Manado, 12 Januari 2023`, `Tanggal : …`.
pub(crate) fn letter_date(
    stream: &Stream,
    grammar: &Grammar,
    end: usize,
) -> Option<Found> {
    stream.line_starts(0..end).find_map(|line| {
        let zone = Zone::new(stream, line, stream.line_end(line) - line);
        let (date, at, repair) = zone.first_date(grammar)?;
        let before = zone.text.get(..at.start)?.trim_end();
        let names_place =
            before.ends_with(',') && before.split_whitespace().count() <= 12;
        let folded: Vec<u8> = before.chars().filter_map(fold_letter).collect();
        let is_dated = grammar
            .letter
            .date
            .iter()
            .any(|phrase| fuzzy::prefix(&folded, phrase.letters()).is_some());
        (names_place || is_dated).then(|| Found {
            role: DateRole::Letter,
            date,
            range: zone.letters(at),
            repair,
        })
    })
}

/// Is the text after some words, with the way back to its letters.
struct Zone {
    start: usize,
    text: String,
}

impl Zone {
    fn new(stream: &Stream, start: usize, reach: usize) -> Self {
        let end = (start + reach).min(stream.len());
        let words: Vec<&str> = stream
            .between(start, end)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        Self {
            start,
            text: words.join(" "),
        }
    }

    /// Returns the letters that a range of bytes holds.
    fn letters(&self, bytes: Range<usize>) -> Range<usize> {
        let count = |end: usize| {
            let text = self.text.get(..end).unwrap_or(&self.text);
            text.chars().filter(|&c| fold_letter(c).is_some()).count()
        };
        self.start + count(bytes.start)..self.start + count(bytes.end)
    }

    /// Reads the first date; figures in brackets win over the same date in words.
    fn first_date(&self, grammar: &Grammar) -> Option<(Date, Range<usize>, f32)> {
        let named = first_valid(NAMED.as_ref(), &self.text, |c| named_date(grammar, c));
        let figures = first_valid(FIGURES.as_ref(), &self.text, figure_date);
        let spelled =
            first_valid(SPELLED.as_ref(), &self.text, |c| spelled_date(grammar, c));
        let readings = [named, figures, spelled];
        readings
            .into_iter()
            .flatten()
            .min_by_key(|(_, at, _)| at.start)
    }

    /// Reads the first day of a range that ends with the date at `end`.
    fn range_start(
        &self,
        grammar: &Grammar,
        end: usize,
        last: Date,
    ) -> Option<(Date, Range<usize>)> {
        let captures = RANGE.as_ref()?.captures(self.text.get(..end)?)?;
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
        if let Some((date, repair)) = read(&captures) {
            let end = captures.name("y")?.end();
            return Some((date, at.start()..end, repair));
        }
        from = captures.name("d")?.end();
    }
    None
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
    let roman = ROMAN.iter().position(|roman| *roman == month);
    let month = match roman {
        Some(n) => i8::try_from(n + 1).ok()?,
        None => month.parse().ok()?,
    };
    let day = captures.name("d")?.as_str().parse().ok()?;
    let year = captures.name("y")?.as_str().parse().ok()?;
    Some((Date::new(year, month, day)?, 0.0))
}

fn spelled_date(grammar: &Grammar, captures: &Captures) -> Option<(Date, f32)> {
    let (month, repair) = month(grammar, captures.name("m")?.as_str())?;
    let day = i8::try_from(spelled(captures.name("d")?.as_str())?).ok()?;
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
    let names = (1_i8..).zip(&grammar.months);
    let hits = names.flat_map(|(n, names)| names.iter().map(move |name| (n, name)));
    hits.filter_map(|(n, name)| {
        let hit = fuzzy::prefix(&letters, name.letters())?;
        (hit.len == letters.len()).then_some((n, hit.cost / 5.0))
    })
    .min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Reads a number in words, as far as words of numbers go: `dua ribu dua puluh tiga`.
fn spelled(text: &str) -> Option<i16> {
    const ONES: [&str; 10] = [
        "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan",
        "sembilan",
    ];
    let (mut total, mut group, mut seen) = (0_i16, 0_i16, false);
    for word in text.to_lowercase().split(|c: char| !c.is_alphabetic()) {
        let one = ONES
            .iter()
            .position(|one| *one == word)
            .and_then(|n| i16::try_from(n).ok());
        match (word, one) {
            ("", _) => continue,
            (_, Some(n)) => group += n,
            ("sepuluh", _) => group += 10,
            ("sebelas", _) => group += 11,
            // `tiga belas` is 13, `dua puluh` 20: the last unit is counted anew.
            ("belas", _) => group += 10,
            ("puluh", _) => group += group % 10 * 9,
            ("seratus", _) => group += 100,
            ("ratus", _) => group *= 100,
            ("seribu", _) => total += 1000,
            ("ribu", _) => {
                total = group.checked_mul(1000)?;
                group = 0;
            }
            _ => break,
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
    use super::super::stream::tests::page;
    use super::*;
    use crate::framework::doctype::DocTypes;

    fn dates(text: &str) -> Vec<(DateRole, String)> {
        let types = DocTypes::builtin();
        let page = page(text);
        let stream = Stream::of([&page]);
        let found = find(&stream, types.grammar());
        found
            .into_iter()
            .map(|f| (f.role, f.date.to_string()))
            .collect()
    }

    #[test]
    fn roles_are_told_apart() {
        let text = "Ditetapkan di Manado\npada tanggal 4 Januari 2017\nGUBERNUR,\nttd\n\
            Diundangkan di Manado\npada tanggal, 5 Pebruari 2O17";
        let expected = [
            (DateRole::Enacted, "2017-01-04".to_owned()),
            (DateRole::Promulgated, "2017-02-05".to_owned()),
        ];
        assert_eq!(dates(text), expected);
    }

    #[test]
    fn a_date_is_read_in_every_dress() {
        for (text, expected) in [
            ("Ditetapkan di X padatanggal 31 JULI 2013", "2013-07-31"),
            (
                "Ditetapkan di Manado pada tanggal 15Nopember2016",
                "2016-11-15",
            ),
            (
                "Ditetapkan di Manado\nPada tanggal 5 5EPTERNBER 2018",
                "2018-09-05",
            ),
            ("Ditetapkan di Bekasi pada tanggal 20-12-2024", "2024-12-20"),
            (
                "Ditetapkan di Bekasi pada tanggal 20-XII-2024",
                "2024-12-20",
            ),
            ("Hari/Tanggal : Senin, 5 Februari 2024", "2024-02-05"),
            (
                "Pada hari ini Jumat, tanggal 20 bulan September tahun 2019",
                "2019-09-20",
            ),
            (
                "Pada hari ini Senin tanggal dua puluh satu bulan Maret tahun dua ribu \
                 dua puluh tiga",
                "2023-03-21",
            ),
        ] {
            let found = dates(text);
            assert_eq!(
                found.first().map(|d| d.1.as_str()),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn a_range_has_two_ends() {
        for text in [
            "Hari/Tanggal : Senin s.d. Rabu, 5 s.d. 7 Februari 2024",
            "Hari/Tanggal : 5 - 7 Februari 2024",
            "Hari/Tanggal : 5 Februari s/d 7 Februari 2024",
        ] {
            let expected = [
                (DateRole::Activity, "2024-02-05".to_owned()),
                (DateRole::ActivityEnd, "2024-02-07".to_owned()),
            ];
            assert_eq!(dates(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "Ditetapkan di Manado\npada tanggal .... 2017",
            "Ditetapkan di Manado\npada tanggal 31 Februari 2017",
            "Undang-Undang tanggal 4 Januari 2017",
        ] {
            assert_eq!(dates(text), [], "{text}");
        }
    }

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
