//! Rules on whether a person can read the file: its pages, and the notes of its reader.

use crate::check::case::{EvidenceCase, Ruling, percent};
use crate::framework::rules::Parameters;
use crate::model::{NoteCode, Span};

/// Can every page be read? A photo is looked at, not read.
pub(crate) fn legible(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    let unclear = &piece.evidence.legibility.unclear;
    let Some(first) = unclear.first() else {
        return Ruling::pass();
    };
    let pages: Vec<String> = unclear.iter().map(ToString::to_string).collect();
    Ruling {
        place: Some(page(*first)),
        ..Ruling::fail()
    }
    .with([pages.join(", ")])
}

/// Was its scanned text read with enough confidence? A photo has none to speak of.
pub(crate) fn ocr(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let confidence = piece.evidence.legibility.ocr_confidence;
    let (Some(found), Some(least), true) = (
        confidence,
        parameters.least,
        parameters.covers(piece.kind()),
    ) else {
        return Ruling::skip();
    };
    if found >= least {
        Ruling::pass()
    } else {
        Ruling::fail().with([percent(found)])
    }
}

/// Was the whole file read?
pub(crate) fn complete(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let notes = piece.evidence.notes;
    let first = |codes: &[NoteCode]| notes.iter().find(|note| codes.contains(&note.code));
    let failed = first(&parameters.fail_notes).map(|note| (Ruling::fail(), note));
    let open = || first(&parameters.review_notes).map(|note| (Ruling::review(), note));
    match failed.or_else(open) {
        None => Ruling::pass(),
        Some((ruling, note)) => Ruling {
            place: note.page.map(page),
            ..ruling
        }
        .with([name(note.code)]),
    }
}

/// Are there pages that a later run is still to read?
pub(crate) fn waiting(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    match piece.evidence.waiting {
        0 => Ruling::pass(),
        pages => Ruling::review().with([pages.to_string()]),
    }
}

/// Is the file still where it was read?
pub(crate) fn gone(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    match piece.evidence.gone {
        true => Ruling::fail(),
        false => Ruling::pass(),
    }
}

/// Does its place still hold the bytes that were read, as far as `verify` knows?
pub(crate) fn changed(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    match piece.evidence.changed {
        true => Ruling::fail(),
        false => Ruling::pass(),
    }
}

pub(crate) fn page(number: u32) -> Span {
    Span {
        page: number,
        rect: None,
        quote: String::new(),
    }
}

/// Returns the name of a note code in JSON.
fn name(code: NoteCode) -> String {
    <&str>::from(code).to_owned()
}
