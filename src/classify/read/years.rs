//! The years a document is for: `TAHUN ANGGARAN 2023`, `TAHUN 2021-2026` in its title.

use super::number::{self, Value};
use super::reference;
use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::Grammar;
use crate::model::Years;
use std::ops::Range;

/// Digits of a year.
const YEAR: usize = 4;
/// Letters between the years of a span: `SAMPAI DENGAN TAHUN`.
const BETWEEN: usize = 20;
/// The longest plan is the one for twenty years (`RPJPD`).
const LONGEST: i16 = 25;

/// The years found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) years: Years,
    pub(crate) range: Range<usize>,
    pub(crate) repair: f32,
}

/// Finds the years a title speaks of: those of a budget before others, of others the last. A
/// year that belongs to the number of a cited document is none.
pub(crate) fn find(
    stream: &Stream,
    grammar: &Grammar,
    title: Range<usize>,
) -> Option<Found> {
    let mut best: Option<(bool, Found)> = None;
    for at in stream.word_starts(title.clone()) {
        let is_taken = best.as_ref().is_some_and(|(_, found)| at < found.range.end);
        let word = stream.any_at(at, &grammar.year).filter(|_| !is_taken);
        let Some(word) = word else {
            continue;
        };
        let budget = stream.any_at(word.end, &grammar.budget);
        let start = budget.map_or(word.end, |hit| hit.end);
        let Some((from, repair)) = year_at(stream, start, title.end) else {
            continue;
        };
        if is_of_number(stream, grammar, at) {
            continue;
        }
        let end = start + YEAR;
        let last = until(stream, grammar, end..title.end);
        let span = last.filter(|(to, _)| (from..=from + LONGEST).contains(to));
        let (to, end) = span.unwrap_or((from, end));
        let found = Found {
            years: Years { from, to },
            range: at..end,
            repair,
        };
        let is_budget = budget.is_some();
        if best.as_ref().is_none_or(|(was, _)| is_budget || !was) {
            best = Some((is_budget, found));
        }
    }
    best.map(|(_, found)| found)
}

/// Reads four figures.
fn year_at(stream: &Stream, start: usize, limit: usize) -> Option<(i16, f32)> {
    let end = start + YEAR;
    if end > limit {
        return None;
    }
    match number::year(&stream.between(start, end)) {
        Value::Read { value, repair } => Some((value, repair)),
        _ => None,
    }
}

/// Reads the last year of a span, after `-`, `s.d.` or another `TAHUN`; gives where it ends.
fn until(
    stream: &Stream,
    grammar: &Grammar,
    after: Range<usize>,
) -> Option<(i16, usize)> {
    let mut start = after.start;
    let limit = after.end.min(start + BETWEEN);
    let mut is_joined = stream
        .between(start.saturating_sub(1), start + 1)
        .iter()
        .any(|(_, text)| text.contains(['-', '–', '—', '/']));
    let words = [
        (&grammar.date_until, true),
        (&grammar.year, false),
        (&grammar.budget, false),
    ];
    for (phrases, joins) in words {
        if let Some(hit) = stream.any_at(start, phrases).filter(|hit| hit.end <= limit) {
            is_joined |= joins;
            start = hit.end;
        }
    }
    if !is_joined {
        return None;
    }
    let (year, _) = year_at(stream, start, after.end)?;
    Some((year, start + YEAR))
}

/// Tells whether `NOMOR` and a number stand before this `TAHUN`.
fn is_of_number(stream: &Stream, grammar: &Grammar, at: usize) -> bool {
    let Some(number) = stream.word_before(at) else {
        return false;
    };
    let word = stream.word_before(number);
    let has_label = |at: usize| {
        stream.any_at(at, &grammar.number).is_some()
            || stream.exact_at(at, &grammar.number_short).is_some()
    };
    has_label(number) || word.is_some_and(has_label)
}

/// Returns the year that a title ends with (`RENJA 2025`).
pub(crate) fn last(stream: &Stream, title: Range<usize>) -> Option<Found> {
    let word = stream.word_starts(title.clone()).last()?;
    let text = stream.folded(word..title.end.min(stream.word_end(word)));
    let year: i16 = std::str::from_utf8(text).ok()?.parse().ok()?;
    (text.len() == YEAR && reference::YEARS.contains(&year)).then_some(Found {
        years: Years {
            from: year,
            to: year,
        },
        range: word..word + YEAR,
        repair: 0.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    fn years(title: &str) -> Option<String> {
        let types = DocTypes::builtin().unwrap();
        let page = page(title);
        let stream = Stream::new([&page]);
        let found = find(&stream, types.grammar(), 0..stream.len());
        found.map(|found| found.years.to_string())
    }

    #[test]
    fn a_title_says_for_which_years() {
        for (title, expected) in [
            ("PENJABARAN APBD TAHUN ANGGARAN 2023", Some("2023")),
            ("RENCANA AKSI DAERAH TAHUN 2021-2026", Some("2021–2026")),
            ("RENCANA AKSI DAERAH TAHUN 2021 – 2026", Some("2021–2026")),
            (
                "RAD KLA TAHUN 2021 SAMPAI DENGAN TAHUN 2025",
                Some("2021–2025"),
            ),
            ("RAD KLA TAHUN 2021 s.d. 2025", Some("2021–2025")),
            (
                "PERUBAHAN ATAS PERATURAN BUPATI NOMOR 8 TAHUN 2017 TENTANG PENJABARAN APBD \
                 TAHUN ANGGARAN 2018",
                Some("2018"),
            ),
            (
                "PERUBAHAN ATAS PERATURAN BUPATI NOMOR 8 TAHUN 2017 TENTANG PAJAK",
                None,
            ),
            ("LAPORAN TAHUN 2022 DAN RENCANA", Some("2022")),
            ("KABUPATEN LAYAK ANAK", None),
        ] {
            assert_eq!(years(title).as_deref(), expected, "{title}");
        }
    }
}
