//! Looks for the document's own number further down: in the headings of its attachments and in
//! the closing lines of the gazette. A repeat confirms what the heading says; alone it is only
//! a candidate, since most numbers in a body are those of other documents.

use crate::classify::kind::heading::Heading;
use crate::classify::read::number;
use crate::classify::read::number::Value;
use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::Phrase;
use std::ops::Range;

/// The closing line of a gazette and the heading of an attachment are set in capitals; the same
/// words in small letters cite those of another document.
const IN_CAPITALS: f32 = 0.8;
/// Letters between a kind and its `NOMOR`, or a gazette and its `TAHUN`.
const REACH: usize = 70;

/// A number with a year, found outside the heading.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Repeat {
    pub(crate) number: String,
    pub(crate) year: i16,
    /// Whether it stands in an attachment's heading, which repeats the document's own.
    pub(crate) is_attachment: bool,
    /// Whether it is the gazette's number, often but not always the document's.
    pub(crate) is_gazette: bool,
    pub(crate) range: Range<usize>,
}

/// Finds repeats after the heading, in the whole document.
pub(crate) fn find(stream: &Stream, grammar: &Grammar, heading: &Heading) -> Vec<Repeat> {
    let kind = [heading.sign.words.clone()];
    let from = heading
        .title
        .as_ref()
        .map_or(heading.at.end, |title| title.end);
    let mut found = Vec::new();
    for at in stream.word_starts(from..stream.len()) {
        if let Some(hit) = stream.any_at(at, &kind) {
            found.extend(numbered(stream, grammar, hit));
        } else if stream.begins_line(at)
            && stream.capitals(at..stream.word_end(at)) >= IN_CAPITALS
            && let Some(hit) = stream.any_at(at, &grammar.gazettes)
        {
            found.extend(gazette(stream, grammar, hit));
        }
    }
    found
}

/// Reads `NOMOR 5 TAHUN 2017` after a kind.
fn numbered(stream: &Stream, grammar: &Grammar, kind: Hit) -> Option<Repeat> {
    let reach = (kind.end + REACH).min(stream.len());
    let label = first(stream, kind.end..reach, &grammar.number, &grammar.about)?;
    let year = first(
        stream,
        label.end..(label.end + 24).min(stream.len()),
        &grammar.year,
        &[],
    )?;
    let value = value_of(number::number(&stream.between(label.end, year.start)))?;
    let line_end = stream.line_end(year.start);
    let found = value_of(number::year(&stream.between(year.end, line_end)))?;
    Some(Repeat {
        number: value,
        year: found,
        is_attachment: is_attachment(stream, grammar, kind.start),
        is_gazette: false,
        range: label.start..(year.end + 4).min(stream.len()),
    })
}

/// Reads `TAHUN 2017 NOMOR 5` after a gazette's name.
fn gazette(stream: &Stream, grammar: &Grammar, name: Hit) -> Option<Repeat> {
    let reach = (name.end + REACH).min(stream.len());
    let year = first(stream, name.end..reach, &grammar.year, &[])?;
    let label = first(
        stream,
        year.end..(year.end + 16).min(stream.len()),
        &grammar.number,
        &[],
    )?;
    let found = value_of(number::year(&stream.between(year.end, label.start)))?;
    let end = stream.word_end(label.end).min(stream.line_end(label.start));
    let value = value_of(number::number(&stream.between(label.end, end)))?;
    Some(Repeat {
        number: value,
        year: found,
        is_attachment: false,
        is_gazette: true,
        range: year.start..end,
    })
}

/// Finds the first of some phrases, unless one of others comes before it.
fn first(
    stream: &Stream,
    range: Range<usize>,
    phrases: &[Phrase],
    stops: &[Phrase],
) -> Option<Hit> {
    stream
        .word_starts(range)
        .take_while(|&at| stops.is_empty() || stream.any_at(at, stops).is_none())
        .find_map(|at| stream.any_at(at, phrases))
}

fn value_of<T>(value: Value<T>) -> Option<T> {
    match value {
        Value::Read { value, repair } if repair < 0.2 => Some(value),
        _ => None,
    }
}

/// Tells whether `LAMPIRAN`, with its Roman number, stands before a kind, in capitals.
fn is_attachment(stream: &Stream, grammar: &Grammar, at: usize) -> bool {
    /// `LAMPIRAN XVIII` has 13 letters.
    const LONGEST: usize = 16;
    let hit = stream.find(at.saturating_sub(LONGEST)..at, &grammar.attachment);
    hit.is_some_and(|hit| {
        let is_numeral = stream
            .folded(hit.end..at.max(hit.end))
            .iter()
            .all(|c| b"IVXL1".contains(c));
        is_numeral && stream.capitals(hit.start..at) >= IN_CAPITALS
    })
}
