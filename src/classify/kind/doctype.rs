//! Decides what kind of document this is: by its heading, else by the head of a letter, else
//! by being a picture with few words, else by words anywhere on its first page.

use super::heading::{self, Heading};
use super::letter::{self, Head};
use super::media;
use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::{Class, DocType, DocTypes, Grammar, Sign, SignPlace};
use crate::model::Extraction;
use std::ops::Range;

/// The kind found, by what found it.
#[derive(Debug, Clone)]
pub(crate) enum Kind<'d> {
    /// By a heading.
    Heading(Heading<'d>),
    /// By the head of a letter.
    Letter(Letter<'d>),
    /// By being a picture that is no page.
    Picture(media::Picture<'d>),
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
            Self::Picture(picture) => picture.kind.class,
            Self::Text { kind, .. } => kind.class,
        }
    }
}

/// What says that a letter is of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// Its subject names it.
    Subject,
    /// Its text asks someone to come, and says when and where.
    Text,
    /// Nothing: it is a letter.
    Head,
}

/// A letter.
#[derive(Debug, Clone)]
pub(crate) struct Letter<'d> {
    pub(crate) kind: &'d DocType,
    pub(crate) sign: &'d Sign,
    /// The words that say so: the subject, the text, or the `Nomor` line.
    pub(crate) at: Range<usize>,
    pub(crate) by: By,
    pub(crate) head: Head,
}

/// Decides what kind of document this is.
pub(crate) fn recognise<'d>(
    extraction: &Extraction,
    stream: &Stream,
    types: &'d DocTypes,
) -> Option<Kind<'d>> {
    let heading =
        heading::find(stream, types).map(|heading| relabelled(heading, stream, types));
    let letter = letter(extraction, stream, types);
    match (heading, letter) {
        (Some(heading), _) if heading.kind.wraps && heading.is_good() => {
            Some(Kind::Heading(heading))
        }
        (Some(heading), Some(letter))
            if heading.at.start > stream.start_of(letter.head.number_label.start)
                || heading.has_words_only() && letter.head.has_number(stream) =>
        {
            Some(Kind::Letter(letter))
        }
        (Some(heading), _)
            if heading.is_good() && !is_of_picture(&heading, extraction, types) =>
        {
            Some(Kind::Heading(heading))
        }
        (_, Some(letter)) => Some(Kind::Letter(letter)),
        (heading, None) => by_line(extraction, stream, types)
            .or_else(|| media::picture(extraction, types).map(Kind::Picture))
            .or_else(|| media::sheet(extraction, types).map(Kind::Picture))
            .or_else(|| heading.map(Kind::Heading))
            .or_else(|| by_text(stream, types)),
    }
}

/// Tells whether words like those of a heading stand on a picture that is no page: a banner
/// names an activity, too.
fn is_of_picture(heading: &Heading, extraction: &Extraction, types: &DocTypes) -> bool {
    extraction.media_type.is_picture()
        && heading.has_words_only()
        && !heading.is_whole_line
        && (heading.at.cost > 0.0
            || heading.kind.activity
            || media::has_contacts(extraction, types))
}

/// Gives a heading the kind that a label with a colon on its page says, if one does: an abstract
/// repeats the heading of what it is about.
fn relabelled<'d>(
    heading: Heading<'d>,
    stream: &Stream,
    types: &'d DocTypes,
) -> Heading<'d> {
    let labelled = stream.line_starts(0..stream.len()).find_map(|at| {
        let (kind, sign, hit) = sign_at(stream, types, SignPlace::Label, at)?;
        (hit.cost == 0.0 && has_colon(stream, &hit)).then_some((kind, sign))
    });
    match labelled {
        Some((kind, sign)) => Heading {
            of: Some((kind, sign)),
            ..heading
        },
        None => heading,
    }
}

/// Reads a letter: its head, and its kind by its subject or by what it asks.
fn letter<'d>(
    extraction: &Extraction,
    stream: &Stream,
    types: &'d DocTypes,
) -> Option<Letter<'d>> {
    let page = stream.word(0)?.page;
    let page = extraction.pages.iter().find(|p| p.number == page);
    let width = page.and_then(|page| page.size).map(|(width, _)| width);
    let head = letter::head(stream, types.grammar(), width)?;
    let of_subject = head.subject.iter().find_map(|token| {
        let at = stream.start_of(*token);
        let found = sign_at(stream, types, SignPlace::Subject, at)?;
        (stream.token_index(at) == *token).then_some(found)
    });
    let plain = || types.signs(SignPlace::Letter).next();
    let invited = invitation(stream, types.grammar(), head.end);
    let (kind, sign, at, by) = if let Some((kind, sign, hit)) = of_subject {
        (kind, sign, hit.range(), By::Subject)
    } else if let Some((at, (kind, sign))) = invited.zip(
        types
            .signs(SignPlace::Subject)
            .find(|(kind, _)| kind.activity),
    ) {
        (kind, sign, at, By::Text)
    } else {
        let (kind, sign) = plain()?;
        let label = head.number_label.clone();
        let at = stream.start_of(label.start)..stream.start_of(label.end);
        (kind, sign, at, By::Head)
    };
    Some(Letter {
        kind,
        sign,
        at,
        by,
        head,
    })
}

/// Finds the words that ask someone to come, where labels below say when and where.
fn invitation(stream: &Stream, grammar: &Grammar, from: usize) -> Option<Range<usize>> {
    /// Labels of a meeting: a day, and an hour or a place.
    const LABELS: usize = 2;
    let words = &grammar.letter;
    let asks = stream
        .word_starts(from..stream.len())
        .filter_map(|at| stream.quick_at(at, &words.invites))
        .find(Hit::is_nearly_exact)?;
    let mut lines = stream.line_starts(from..stream.len());
    let labels = lines.by_ref().filter(|&at| {
        let label = stream.any_at(at, &words.meeting);
        label.is_some_and(|hit| hit.cost == 0.0 && has_colon(stream, &hit))
    });
    let mut words_of_time = stream.word_starts(from..stream.len());
    let day = words_of_time.any(|at| stream.is_word(at, &words.days));
    (labels.count() >= LABELS || day).then(|| asks.range())
}

/// Tells whether a colon follows: the mark of a form's line.
fn has_colon(stream: &Stream, hit: &Hit) -> bool {
    let next = stream.between(hit.end, stream.line_end(hit.start));
    next.first().is_some_and(|(_, text)| text.starts_with(':'))
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

/// Finds a whole line on a picture that gives a kind away: `DIBERIKAN KEPADA` on a certificate
/// whose own name is drawn.
fn by_line<'d>(
    extraction: &Extraction,
    stream: &Stream,
    types: &'d DocTypes,
) -> Option<Kind<'d>> {
    let found = by_text(stream, types).filter(|_| extraction.media_type.is_picture());
    found.filter(|kind| match kind {
        Kind::Text { at, .. } => {
            at.cost == 0.0 && stream.line_end(at.start) <= at.end + 1
        }
        _ => false,
    })
}

/// Finds words on the first page that give a kind away.
fn by_text<'d>(stream: &Stream, types: &'d DocTypes) -> Option<Kind<'d>> {
    stream.line_starts(0..stream.len()).find_map(|at| {
        let (kind, sign, at) = sign_at(stream, types, SignPlace::Text, at)?;
        Some(Kind::Text { kind, sign, at })
    })
}
