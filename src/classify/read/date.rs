//! Finds dates and what they are for: the words before a date say so, and a date without such
//! words is nobody's.

use super::calendar;
use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::{DateWords, Grammar};
use crate::lexicon::phrase::fold_letter;
use crate::model::{Date, DateRole};
use std::{ops::Range, slice};

/// Letters between `Ditetapkan di` and its date: the name of a place, `pada tanggal`, a title.
const REACH: usize = 110;
/// The same for `Pada hari ini`, whose date is written out.
const REACH_SPELLED: usize = 190;
/// The same for `berlaku sejak`, with its other end. The first day must come at once: behind
/// `berlaku sejak tanggal diundangkan` stands a date of another kind.
const REACH_VALID: usize = 80;
const VALID_AT_ONCE: usize = 12;
/// The same for a label in a form.
const REACH_LABEL: usize = 30;
/// The same for words in a sentence: `hari Senin sampai dengan Rabu, tanggal 5 s.d. 7 Mei 2024`.
const REACH_SENTENCE: usize = 60;

/// A date found, with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) role: DateRole,
    pub(crate) date: Date,
    pub(crate) range: Range<usize>,
    /// What had to be repaired to read it; 0 for nothing.
    pub(crate) repair: f32,
    /// Whether a sentence tells it, which may speak of something else.
    pub(crate) in_sentence: bool,
    /// Whether it counts only where no other words give a date of its role.
    pub(crate) instead: bool,
    /// Whether it is the day the paper was made only if the paper records that very day.
    pub(crate) is_also: bool,
}

/// Finds all dates whose role the words before them tell, in order of place.
pub(crate) fn find(stream: &Stream, grammar: &Grammar) -> Vec<Found> {
    let mut found = Vec::new();
    let starts = stream.word_starts(0..stream.len());
    // In two columns the words stand anywhere in a line, but then with a capital.
    // In a text without lines a sentence mentions when another document was enacted.
    for at in starts {
        let is_set_off = stream.begins_line(at) || stream.is_capital(at);
        let hits = grammar.dates.iter().filter_map(|words| {
            // Validity is spoken of in the middle of sentences.
            let is_valid =
                matches!(words.role, DateRole::ValidFrom | DateRole::ValidUntil);
            let hit = match words.in_sentence {
                true => stream.quick_at(at, slice::from_ref(&words.words)),
                false => (is_set_off || is_valid)
                    .then(|| stream.phrase_at(at, &words.words))
                    .flatten(),
            }?;
            // Within a line the words have nothing but themselves to be known by:
            // `DITANDATANGANI OLEH` is two look-alikes from `Ditandatangani di`.
            let is_whole = words.in_sentence || stream.begins_word(hit.end);
            let is_known_by_place = stream.begins_line(at) && !words.in_sentence;
            let is_these = is_known_by_place || hit.is_nearly_exact() && is_whole;
            is_these.then_some((words, hit))
        });
        let best =
            hits.reduce(|best, next| if next.1.beats(&best.1) { next } else { best });
        if let Some((words, hit)) = best {
            found.extend(after(stream, grammar, words, hit));
        }
    }
    found
}

/// Reads the date that follows a role's words, and the first day too where it ends a range.
fn after(stream: &Stream, grammar: &Grammar, words: &DateWords, hit: Hit) -> Vec<Found> {
    let (role, in_sentence) = (words.role, words.in_sentence);
    let reach = match role {
        _ if words.is_label => REACH_LABEL,
        _ if in_sentence => REACH_SENTENCE,
        DateRole::Activity => REACH_SPELLED,
        DateRole::ValidFrom | DateRole::ValidUntil => REACH_VALID,
        _ => REACH,
    };
    let zone = Zone::new(stream, hit.end, reach);
    let mut found = read(&zone, grammar, role, in_sentence);
    if words.is_label {
        found.retain(|found| found.range.start - hit.end <= VALID_AT_ONCE);
    }
    for found in &mut found {
        found.instead = words.instead;
    }
    let also = words.also.zip(found.first()).map(|(role, first)| Found {
        role,
        is_also: true,
        ..first.clone()
    });
    found.into_iter().chain(also).collect()
}

/// Reads the day of the activity that is written on a photo; none where it bears several days
/// that are no range.
pub(crate) fn on_photo(stream: &Stream, grammar: &Grammar) -> Vec<Found> {
    let zone = Zone::new(stream, 0, stream.len());
    let found = read(&zone, grammar, DateRole::Activity, false);
    let Some(end) = found.iter().map(|found| found.range.end).max() else {
        return found;
    };
    let rest = Zone::new(stream, end, stream.len() - end);
    match calendar::first_date(&rest.text, grammar) {
        Some((other, ..)) if found.iter().all(|found| found.date != other) => Vec::new(),
        _ => found,
    }
}

/// Reads the first date of a zone, and the other end where it is one of a range.
fn read(zone: &Zone, grammar: &Grammar, role: DateRole, in_sentence: bool) -> Vec<Found> {
    let Some((date, at, repair)) = calendar::first_date(&zone.text, grammar) else {
        return Vec::new();
    };
    let last = Found {
        role,
        date,
        range: zone.letters(at.clone()),
        repair,
        in_sentence,
        instead: false,
        is_also: false,
    };
    let first = calendar::range_start(&zone.text, grammar, at.start, date);
    let is_valid = matches!(role, DateRole::ValidFrom | DateRole::ValidUntil);
    if is_valid && at.start > VALID_AT_ONCE {
        return Vec::new();
    }
    let end = match role {
        DateRole::Activity => Some(DateRole::ActivityEnd),
        DateRole::ValidFrom => Some(DateRole::ValidUntil),
        _ => None,
    };
    match (end, first) {
        (Some(end), None) => {
            let other = calendar::range_end(&zone.text, grammar, at.end);
            let other = other.map(|(date, at)| Found {
                role: end,
                date,
                range: zone.letters(at),
                ..last.clone()
            });
            [last].into_iter().chain(other).collect()
        }
        (Some(end), Some((first, at))) => vec![
            Found {
                date: first,
                range: zone.letters(at),
                ..last.clone()
            },
            Found { role: end, ..last },
        ],
        _ => vec![last],
    }
}

/// Some text, with the way back to its letters.
pub(crate) struct Zone {
    start: usize,
    pub(crate) text: String,
}

impl Zone {
    pub(crate) fn new(stream: &Stream, start: usize, reach: usize) -> Self {
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
    pub(crate) fn letters(&self, bytes: Range<usize>) -> Range<usize> {
        let count = |end: usize| {
            let text = self.text.get(..end).unwrap_or(&self.text);
            text.chars().filter(|&c| fold_letter(c).is_some()).count()
        };
        self.start + count(bytes.start)..self.start + count(bytes.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    fn dates(text: &str) -> Vec<(DateRole, String)> {
        let types = DocTypes::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        let found = find(&stream, types.grammar());
        found
            .into_iter()
            .map(|f| (f.role, f.date.to_string()))
            .collect()
    }

    #[test]
    fn a_photo_bears_the_day_of_its_activity() {
        let on_photo = |text: &str| {
            let types = DocTypes::builtin().unwrap();
            let page = page(text);
            let stream = Stream::new([&page]);
            let found = on_photo(&stream, types.grammar());
            let days = found.into_iter().map(|f| f.date.to_string());
            days.collect::<Vec<_>>()
        };
        let one = on_photo("SOSIALISASI KAWASAN TANPA ROKOK\n12 MARET 2024");
        assert_eq!(one, ["2024-03-12"]);
        let range = on_photo("Jambore Anak\n5 s.d. 7 Mei 2024\nAula Kecamatan");
        assert_eq!(range, ["2024-05-05", "2024-05-07"]);
        let twice = on_photo("12 Maret 2024\nJl. Merdeka\n12 Maret 2024 09:31");
        assert_eq!(twice, ["2024-03-12"]);
        assert_eq!(on_photo("17 Agustus 1945\n12 Maret 2024"), [""; 0]);
        assert_eq!(on_photo("RAMAH ANAK"), [""; 0]);
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
                "Pada hari ini Jumat tanggal 31 Bulan Agustus tahun Dua ribu delapan belas",
                "2018-08-31",
            ),
            (
                "Ditetapkan Di : X\nPada Tanggal : 29 Agustus 201 8",
                "2018-08-29",
            ),
            ("Tanggal Pengesahan : 4 Juli 2022", "2022-07-04"),
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
    fn a_sentence_tells_when_it_was() {
        for (text, expected) in [
            (
                "Kegiatan dilaksanakan pada hari Minggu tanggal 5 Mei 2024 di aula",
                vec!["2024-05-05"],
            ),
            (
                "telah diselenggarakan pada tanggal 5 s.d. 7 Mei 2024 di aula",
                vec!["2024-05-05", "2024-05-07"],
            ),
            (
                "yang akan dilaksanakan pada hari yang sama tahun depan",
                vec![],
            ),
            ("dilaksanakan sesuai Perda tanggal 5 Mei 2024", vec![]),
        ] {
            let days: Vec<String> = dates(text).into_iter().map(|d| d.1).collect();
            assert_eq!(days, expected, "{text}");
        }
    }

    #[test]
    fn validity_has_two_ends_too() {
        let text = "Surat ini berlaku sejak tanggal 1 Januari 2023 sampai dengan 31 \
                    Desember 2023";
        let expected = [
            (DateRole::ValidFrom, "2023-01-01".to_owned()),
            (DateRole::ValidUntil, "2023-12-31".to_owned()),
        ];
        assert_eq!(dates(text), expected);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "Ditetapkan di Manado\npada tanggal .... 2017",
            "Ditetapkan di Manado\npada tanggal 31 Februari 2017",
            "Undang-Undang tanggal 4 Januari 2017",
            "Perjanjian yang telah ditandatangani di Praha pada tanggal 29 Mei 1961",
            "Ditetapkan di Manado\npada tanggal Januari 2015",
            "SURAT YG DITANDATANGAN! QLEH KADIS PALING LAMBAT TGL 15 FEBRUARI 2020",
        ] {
            assert_eq!(dates(text), [], "{text}");
        }
    }
}
