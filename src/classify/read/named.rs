//! Reads one line of a list as people keep it: `Perda No. 5 Th 2022 ttg Kawasan Tanpa Rokok`,
//! `Perbup 12/2021`. Short forms are written out, then the line is read as a text that names a
//! document.

use super::cite;
use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::DocTypes;
use crate::lexicon::words::{EntryWords, any_of, words};
use crate::model::{Cited, Line, Page};
use regex::Regex;
use std::sync::LazyLock;

/// A document as a list names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// Kind, number and year, where all three are given.
    pub cited: Option<Cited>,
    /// What it is about; the whole line where nothing else is given.
    pub title: String,
}

/// Short forms with what they stand for, in the order they are written out.
static SHORT: LazyLock<Vec<(Regex, String)>> = LazyLock::new(|| {
    let EntryWords {
        number,
        year,
        about,
    } = &words().entries;
    let [numbers, years, abouts] =
        [number, year, about].map(|forms| any_of(&forms.short));
    let (number, year) = (&number.full, &year.full);
    let forms = [
        (
            format!(r"(?i)\b{numbers}\b[ .:]*(\d)"),
            format!("{number} $1"),
        ),
        (
            format!(r"(?i)\b{years}\b[ .:]*((?:19|20)\d\d)\b"),
            format!("{year} $1"),
        ),
        (
            format!(
                r"(?i)^([[:alpha:] ]+?) (?:{number} )?(\d+[a-z]?)[ /]+((?:19|20)\d\d)\b"
            ),
            format!("$1 {number} $2 {year} $3"),
        ),
        (
            format!(r"(?i)^([[:alpha:] ]+?) (?:{number} )?(\d+[a-z]? {year})\b"),
            format!("$1 {number} $2"),
        ),
        (format!(r"(?i)\b{abouts}\b\.?"), about.full.clone()),
    ];
    let made = forms.into_iter().map(|(form, full)| {
        // The test below goes through every one.
        Regex::new(&form).ok().map(|form| (form, full))
    });
    made.flatten().collect()
});

/// Reads a line.
pub fn named(line: &str, kinds: &DocTypes) -> Named {
    let mut text = line.split_whitespace().collect::<Vec<_>>().join(" ");
    for (form, full) in SHORT.iter() {
        text = form.replace_all(&text, full).into_owned();
    }
    let mut page = Page::empty(1, None);
    page.lines.push(Line::plain(&text));
    let stream = Stream::new([&page]);
    let Some(cite) = cite::all(&stream, kinds, 0..stream.len())
        .into_iter()
        .next()
    else {
        return Named {
            cited: None,
            title: text,
        };
    };
    let rest = stream.text(cite.range.end..stream.len());
    let entries = &words().entries;
    let mut parts = rest
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .split(' ')
        .peekable();
    let about = parts
        .peek()
        .is_some_and(|word| word.eq_ignore_ascii_case(&entries.about.full));
    let title: Vec<&str> = parts.skip(usize::from(about)).collect();
    Named {
        cited: Some(cite.cited),
        title: title.join(" ").trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_form_is_a_form() {
        assert_eq!(SHORT.len(), 5);
    }

    #[test]
    fn lists_are_read_as_people_keep_them() {
        let kinds = DocTypes::builtin().unwrap();
        let cases = [
            (
                "Perda No. 5 Th 2022 ttg Kawasan Tanpa Rokok",
                ("perda", "5", 2022, "Kawasan Tanpa Rokok"),
            ),
            ("Perbup 12/2021", ("perkada", "12", 2021, "")),
            (
                "Peraturan Daerah Kabupaten Bantul Nomor 7 Tahun 2018 tentang Kabupaten Layak Anak",
                ("perda", "7", 2018, "Kabupaten Layak Anak"),
            ),
            ("Perwali 03 Tahun 2020", ("perkada", "3", 2020, "")),
            (
                "Keputusan Bupati Nomor 188.45/12/KEP/2023 tentang Gugus Tugas",
                ("kepkada", "188.45/12/KEP/2023", 2023, "Gugus Tugas"),
            ),
        ];
        for (line, (kind, number, year, title)) in cases {
            let named = named(line, &kinds);
            let cited = named.cited.unwrap_or_else(|| panic!("{line}"));
            let read = (cited.kind.as_str(), cited.number.as_str(), cited.year);
            assert_eq!(read, (kind, number, year), "{line}");
            assert_eq!(named.title, title, "{line}");
        }
        let only = named("Kawasan Tanpa Rokok", &kinds);
        assert_eq!(
            (only.cited, only.title.as_str()),
            (None, "Kawasan Tanpa Rokok")
        );
    }
}
