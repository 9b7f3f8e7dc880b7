//! What makes a paper a document: its number, its signature, its attachment, and that it is no
//! longer a draft.

use super::rule::{Piece, Ruling};
use crate::framework::rules::Parameters;
use crate::model::{Reading, Unsure};

/// Does it bear a number, where its kind needs one?
pub(super) fn numbered(piece: &Piece, parameters: &Parameters) -> Ruling {
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
pub(super) fn draft(piece: &Piece, _: &Parameters) -> Ruling {
    match &piece.evidence.facts.draft {
        Some(draft) if draft.value => {
            Ruling::fail_if_confident(draft.confidence).at(draft)
        }
        _ => Ruling::pass(),
    }
}

/// Is it signed? An empty signature field says no; who signed on paper only a person can see.
pub(super) fn signed(piece: &Piece, _: &Parameters) -> Ruling {
    let office = piece.case.question.signed_by.as_ref();
    let fields = piece.evidence.metadata.signature_fields;
    let ruling = match (fields, office) {
        (Some((0, 1..)), _) => Ruling::fail(),
        (_, Some(_)) => Ruling::review(),
        (_, None) => return Ruling::skip(),
    };
    ruling.with([office.map_or("", |office| office.as_str())])
}

/// Is the list of members attached, where it is asked for?
pub(super) fn members(piece: &Piece, _: &Parameters) -> Ruling {
    if piece.case.question.member_list_required {
        Ruling::review()
    } else {
        Ruling::skip()
    }
}
