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

/// Is it more than a draft?
pub(crate) fn draft(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    match &piece.evidence.facts.draft {
        Some(draft) if draft.value => {
            Ruling::fail_if_confident(draft.confidence).at(draft)
        }
        _ => Ruling::pass(),
    }
}
