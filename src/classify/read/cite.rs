//! Reads how a text names another document: `Peraturan Daerah Kabupaten X Nomor 5 Tahun 2012`.

use super::number::{self, Value};
use crate::classify::kind::heading;
use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::{DocType, DocTypes, Grammar, SignPlace};
use crate::lexicon::phrase::{Phrase, fold_letter};
use crate::model::Cited;
use std::ops::Range;

/// Letters between the kind and `NOMOR`: the longest name of a ministry has 60.
const TO_NUMBER: usize = 110;
/// Letters of a number: `100.3.3.2/401/35.07.013/2024` has 22.
const NUMBER: usize = 40;
/// Digits of a year.
const YEAR: usize = 4;

/// Another document named in a text.
#[derive(Debug, Clone)]
pub(crate) struct Cite {
    pub(crate) cited: Cited,
    /// From the kind to the year.
    pub(crate) range: Range<usize>,
    /// What its figures had to be repaired for.
    pub(crate) repair: f32,
    /// The greatest cost by letter of the words around them.
    pub(crate) cost: f32,
}

/// Finds the documents named in a range, in order of place.
pub(crate) fn all(stream: &Stream, types: &DocTypes, range: Range<usize>) -> Vec<Cite> {
    let mut cites: Vec<Cite> = Vec::new();
    for start in stream.word_starts(range) {
        if cites.last().is_some_and(|cite| start < cite.range.end) {
            continue;
        }
        cites.extend(at(stream, types, start));
    }
    cites
}

/// Reads the document that is named from here on.
pub(crate) fn at(stream: &Stream, types: &DocTypes, start: usize) -> Option<Cite> {
    let grammar = types.grammar();
    let (kind, name) = kind_at(stream, types, start)?;
    let reach = (name.end + TO_NUMBER).min(stream.len());
    let label = stream
        .word_starts(name.end..reach)
        .take_while(|&at| !is_over(stream, types, at))
        .find_map(|at| number_word(stream, grammar, at))?;
    let reach = (label.end + NUMBER).min(stream.len());
    let year = year_word(stream, grammar, label.end..reach);
    let (value, year_value, end) = match year {
        Some(year) => {
            let figures = year.end..(year.end + YEAR).min(stream.len());
            let mut pieces = stream.between(label.end, year.start);
            let is_mark = |text: &str| {
                let letters: Vec<u8> = text.chars().filter_map(fold_letter).collect();
                let marks = &grammar.relation.number_marks;
                marks.iter().any(|mark| mark.letters() == letters)
            };
            if pieces.len() > 1 && pieces.last().is_some_and(|(_, text)| is_mark(text)) {
                pieces.pop();
            }
            let value = number::number(&pieces);
            let read = number::year(&stream.between(figures.start, figures.end));
            (value, read, figures.end)
        }
        None => lettered(stream, grammar, label.end..reach)?,
    };
    let (number, repair) = read(value)?;
    let (year_value, more) = read(year_value)?;
    let words = stream.text(start..label.start);
    Some(Cite {
        cited: Cited {
            kind: kind.id.clone(),
            label: words.split_whitespace().collect::<Vec<_>>().join(" "),
            number,
            year: year_value,
        },
        range: start..end,
        repair: repair + more,
        cost: name.cost.max(label.cost),
    })
}

fn read<T>(value: Value<T>) -> Option<(T, f32)> {
    match value {
        Value::Read { value, repair } => Some((value, repair)),
        _ => None,
    }
}

/// Reads the words of a kind that is numbered.
fn kind_at<'d>(
    stream: &Stream,
    types: &'d DocTypes,
    at: usize,
) -> Option<(&'d DocType, Hit)> {
    let signs = types.signs(SignPlace::Heading);
    let laws = signs.filter(|(kind, _)| kind.class.is_law());
    heading::sign_at(stream, laws, at).map(|(kind, _, hit)| (kind, hit))
}

/// Tells whether the name of a document cannot go on here: it is the text's own, or another
/// one's begins, or its title.
fn is_over(stream: &Stream, types: &DocTypes, at: usize) -> bool {
    let grammar = types.grammar();
    let is = |phrases: &[Phrase]| stream.is_word(at, phrases);
    is(&grammar.relation.of_itself)
        || is(&grammar.about)
        || is(&grammar.relation.parts)
        || kind_at(stream, types, at).is_some()
}

/// Reads `NOMOR`, or `No` before a mark or a figure.
fn number_word(stream: &Stream, grammar: &Grammar, at: usize) -> Option<Hit> {
    if let Some(hit) = stream.any_at(at, &grammar.number) {
        return Some(hit);
    }
    let hit = stream.exact_at(at, &grammar.number_short)?;
    let next = stream.between(hit.end, hit.end + 1);
    let next = next.first().and_then(|(_, text)| text.chars().next());
    next.is_some_and(|c| c.is_ascii_digit() || ".:".contains(c))
        .then_some(hit)
}

/// Finds `TAHUN`, also glued to the figures before it.
fn year_word(stream: &Stream, grammar: &Grammar, range: Range<usize>) -> Option<Hit> {
    for at in range {
        let is_about = stream.begins_word(at)
            && stream
                .any_at(at, &grammar.about)
                .is_some_and(|hit| hit.cost < 0.1);
        if is_about {
            return None;
        }
        let hit = match stream.begins_word(at) {
            true => stream.any_at(at, &grammar.year),
            false => stream.exact_at(at, &grammar.year),
        };
        if hit.is_some() {
            return hit;
        }
    }
    None
}

/// Reads `188.45/123/KEP/2022`, which holds its year.
fn lettered(
    stream: &Stream,
    grammar: &Grammar,
    range: Range<usize>,
) -> Option<(Value<String>, Value<i16>, usize)> {
    let end = stream
        .word_starts(range.clone())
        .find(|&at| {
            stream.any_at(at, &grammar.about).is_some()
                || stream.any_at(at, &grammar.letter.date).is_some()
        })
        .unwrap_or(range.end);
    let first = stream.word_end(range.start);
    let end = match stream.folded(range.start..first).is_empty() {
        true => end,
        false => end.min(first),
    };
    let value = number::number(&stream.between(range.start, end));
    let Value::Read { value: text, .. } = &value else {
        return None;
    };
    let year = number::year_within(text).filter(|_| text.contains('/'))?;
    let year = Value::Read {
        value: year,
        repair: 0.0,
    };
    Some((value, year, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::words::cited_name;

    fn cited(text: &str) -> Vec<String> {
        let types = DocTypes::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        let cites = all(&stream, &types, 0..stream.len());
        cites.iter().map(|cite| cited_name(&cite.cited)).collect()
    }

    #[test]
    fn documents_are_named_in_many_ways() {
        for (text, expected) in [
            (
                "sesuai Peraturan Daerah Kabupaten Demak Nomor 5 Tahun 2012 tentang X",
                "Peraturan Daerah Kabupaten Demak Nomor 5 Tahun 2012",
            ),
            (
                "Undang- Undang Nomor 03 Tahun 1997",
                "Undang- Undang Nomor 3 Tahun 1997",
            ),
            (
                "PERATURAN BUPATI\nDEMAK NOMOR 20TAHUN 2013 TENTANG",
                "PERATURAN BUPATI DEMAK Nomor 20 Tahun 2013",
            ),
            (
                "Keputusan Bupati Bantul Nomor 188.45/12/KEP/2020 tentang",
                "Keputusan Bupati Bantul Nomor 188.45/12/KEP/2020 Tahun 2020",
            ),
            (
                "Undang-undang Nomor 29 Prp. Tahun 1960",
                "Undang-undang Nomor 29 Tahun 1960",
            ),
            (
                "Peraturan Pemerintah No. 9 tahun 1975",
                "Peraturan Pemerintah Nomor 9 Tahun 1975",
            ),
        ] {
            assert_eq!(cited(text), [expected], "{text}");
        }
    }

    #[test]
    fn the_text_itself_and_gazettes_are_not_named_documents() {
        for text in [
            "Peraturan Bupati ini mulai berlaku, Lembaran Daerah Tahun 2012 Nomor 5",
            "Peraturan Daerah tentang Pajak Nomor 5 Tahun 2012",
            "Peraturan Daerah Nomor ... Tahun 2012",
            "Peraturan Daerah Pasal 3 Nomor 5 Tahun 2012",
        ] {
            assert_eq!(cited(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn one_kind_ends_where_the_next_begins() {
        let text = "Peraturan Bupati ini, Peraturan Bupati X Nomor 3 Tahun 2001 dan \
                    Keputusan Bupati Nomor 4 Tahun 2002";
        assert_eq!(
            cited(text),
            [
                "Peraturan Bupati X Nomor 3 Tahun 2001",
                "Keputusan Bupati Nomor 4 Tahun 2002"
            ]
        );
    }
}
