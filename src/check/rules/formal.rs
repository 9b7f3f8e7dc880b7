//! What makes a paper a document: its number, and that it is no longer a draft.

use crate::check::case::{EvidenceCase, Ruling};
use crate::framework::rules::Parameters;
use crate::model::{Reading, Unsure};

/// Does it bear a number, where its kind needs one?
pub(crate) fn numbered(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    match &piece.evidence.facts.number {
        Reading::Known(number) if number.confidence.is_confident() => Ruling::pass(),
        Reading::Known(number) => Ruling::review().at(number),
        Reading::Unsure(Unsure::Blank) => Ruling::fail(),
        Reading::Unsure(Unsure::NotStated) if piece.case.question.must_be_numbered => {
            Ruling::fail()
        }
        Reading::Unsure(_) => Ruling::review(),
    }
}

/// The rule that reads a text never sent; what to do about one is known.
const UNSENT: &str = "draft.unsent";

/// Is it more than a draft?
pub(crate) fn draft(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    match &piece.evidence.facts.draft {
        Some(draft) if draft.rule.as_str() == UNSENT => Ruling::skip(),
        Some(draft) if draft.value => {
            Ruling::fail_if_confident(draft.confidence).at(draft)
        }
        _ => Ruling::pass(),
    }
}

/// Was it sent, if a correspondence program made it?
pub(crate) fn unsent(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let draft = piece.evidence.facts.draft.as_ref();
    match draft.filter(|draft| draft.rule.as_str() == UNSENT) {
        Some(draft) => Ruling::fail_if_confident(draft.confidence).at(draft),
        None => Ruling::skip(),
    }
}
