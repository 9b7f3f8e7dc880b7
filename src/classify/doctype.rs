//! Decides what kind of document this is: by its heading, else by the head of a letter, else
//! by being a picture with few words, else by words anywhere on its first page.

use super::heading::{self, Heading};
use super::stream::{Hit, Stream};
use crate::framework::doctype::{Class, DocType, DocTypes, Phrase, Sign, SignPlace};
use crate::model::Extraction;
use std::ops::Range;

/// A letter's head is over after so many letters at the latest.
const MAX_LETTER_HEAD: usize = 900;

/// Is the kind found, by what found it.
#[derive(Debug, Clone)]
pub(crate) enum Kind<'d> {
    /// By a heading.
    Heading(Heading<'d>),
    /// By the head of a letter.
    Letter(Letter<'d>),
    /// By being a picture with few words.
    Photo {
        kind: &'d DocType,
        label: &'d str,
        has_camera: bool,
    },
    /// By words on the first page.
    Text {
        kind: &'d DocType,
        sign: &'d Sign,
        at: Hit,
    },
}

impl Kind<'_> {
    /// Returns the class of the kind.
    pub(crate) fn class(&self) -> Class {
        match self {
            Self::Heading(heading) => heading.kind.class,
            Self::Letter(letter) => letter.kind.class,
            Self::Photo { kind, .. } | Self::Text { kind, .. } => kind.class,
        }
    }
}

/// Is the head of a letter.
#[derive(Debug, Clone)]
pub(crate) struct Letter<'d> {
    pub(crate) kind: &'d DocType,
    pub(crate) sign: &'d Sign,
    /// The words that say so: the matter, or the `Nomor` line.
    pub(crate) at: Range<usize>,
    /// Whether the matter names the kind.
    pub(crate) by_subject: bool,
    /// The letters of the number's value.
    pub(crate) number: Range<usize>,
    /// Where the head is over.
    pub(crate) end: usize,
}

/// Decides what kind of document this is.
pub(crate) fn recognise<'d>(
    extraction: &Extraction,
    stream: &Stream,
    types: &'d DocTypes,
) -> Option<Kind<'d>> {
    let heading = heading::find(stream, types);
    let letter = letter(stream, types);
    match (heading, letter) {
        (Some(heading), Some(letter)) if heading.at.start > letter.number.start => {
            Some(Kind::Letter(letter))
        }
        (Some(heading), _) if heading.is_good() => Some(Kind::Heading(heading)),
        (_, Some(letter)) => Some(Kind::Letter(letter)),
        (heading, None) => photo(extraction, types)
            .or_else(|| heading.map(Kind::Heading))
            .or_else(|| by_text(stream, types)),
    }
}

/// Reads the head of a letter: `Nomor :` and `Hal :` or `Kepada`, each beginning a line.
fn letter<'d>(stream: &Stream, types: &'d DocTypes) -> Option<Letter<'d>> {
    let words = &types.grammar().letter;
    let reach = stream.len().min(MAX_LETTER_HEAD);
    let line = |phrases: &[Phrase]| {
        let lines = stream.line_starts(0..reach);
        lines
            .filter_map(|at| stream.any_at(at, phrases))
            .find(|hit| has_colon(stream, hit))
    };
    let number = line(&words.number)?;
    let subject = line(&words.subject);
    let addressee = stream.find(0..reach, &words.addressee);
    let end = subject
        .map(|hit| stream.line_end(hit.start))
        .or(addressee.map(|hit| hit.end))?;
    let of_subject = subject.and_then(|subject| {
        let mut starts = stream.word_starts(subject.end..end);
        starts.find_map(|at| sign_at(stream, types, SignPlace::Subject, at))
    });
    let (kind, sign, at) = if let Some((kind, sign, hit)) = of_subject {
        (kind, sign, hit.range())
    } else {
        let (kind, sign) = types.signs(SignPlace::Letter).next()?;
        (kind, sign, number.range())
    };
    let value = number.end..number_end(stream, number.end);
    Some(Letter {
        kind,
        sign,
        at,
        by_subject: of_subject.is_some(),
        number: value,
        end,
    })
}

/// Tells whether a colon follows: the mark of a form's line.
fn has_colon(stream: &Stream, hit: &Hit) -> bool {
    let next = stream.between(hit.end, stream.line_end(hit.start));
    next.first().is_some_and(|(_, text)| text.starts_with(':'))
}

/// Returns where a letter's number is over: at the first word without figure or stroke, since
/// place and date often share its line.
fn number_end(stream: &Stream, start: usize) -> usize {
    let line_end = stream.line_end(start.saturating_sub(1));
    let mut starts = stream.word_starts(start..line_end);
    let is_part = |at: usize| {
        let word = stream
            .token(at)
            .map_or("", |token| token.word.text.as_str());
        word.contains(|c: char| c.is_ascii_digit() || c == '/' || c == '-')
    };
    starts.find(|&at| !is_part(at)).unwrap_or(line_end)
}

/// Returns the best sign of a place that is read here.
fn sign_at<'d>(
    stream: &Stream,
    types: &'d DocTypes,
    place: SignPlace,
    at: usize,
) -> Option<(&'d DocType, &'d Sign, Hit)> {
    let signs = types.signs(place);
    let hits = signs.filter_map(|(kind, sign)| {
        Some((kind, sign, stream.phrase_at(at, &sign.words)?))
    });
    hits.reduce(|best, next| if next.2.beats(&best.2) { next } else { best })
}

/// A picture with few words is a photo.
fn photo<'d>(extraction: &Extraction, types: &'d DocTypes) -> Option<Kind<'d>> {
    let rule = types.photo()?;
    let words: usize = extraction
        .pages
        .iter()
        .flat_map(|page| &page.lines)
        .map(|line| line.words.len())
        .sum();
    let is_photo = extraction.media_type.is_picture() && words <= rule.max_words;
    let camera = extraction.metadata.camera.as_ref();
    let has_camera =
        camera.is_some_and(|camera| camera.captured.is_some() || camera.make.is_some());
    let kind = types.get(rule.kind.as_str())?;
    is_photo.then_some(Kind::Photo {
        kind,
        label: &rule.label,
        has_camera,
    })
}

/// Finds words on the first page that give a kind away.
fn by_text<'d>(stream: &Stream, types: &'d DocTypes) -> Option<Kind<'d>> {
    stream.line_starts(0..stream.len()).find_map(|at| {
        let (kind, sign, at) = sign_at(stream, types, SignPlace::Text, at)?;
        Some(Kind::Text { kind, sign, at })
    })
}
