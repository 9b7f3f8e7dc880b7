//! What only photos are asked: when they were taken, and their caption.

use super::{
    period,
    rule::{Piece, Ruling},
};
use crate::framework::rules::Parameters;
use crate::model::{Date, Fact, Ratio, RuleId};

/// Was it taken in the years the question asks for? A date on the photo speaks first, then
/// what the camera wrote; without either a person must find out.
pub(super) fn date(piece: &Piece, parameters: &Parameters) -> Ruling {
    if !is_photo(piece, parameters) {
        return Ruling::skip();
    }
    let on_photo = period::best_date(piece.evidence.facts, &parameters.roles).cloned();
    match on_photo.or_else(|| by_camera(piece)) {
        Some(date) => period::in_window(piece, &date),
        None => Ruling::review().with(period::window_details(piece, String::new())),
    }
}

/// Does it carry a caption, where the question asks for one?
pub(super) fn caption(piece: &Piece, parameters: &Parameters) -> Ruling {
    if is_photo(piece, parameters) && piece.case.question.caption_required {
        Ruling::review()
    } else {
        Ruling::skip()
    }
}

pub(super) fn is_photo(piece: &Piece, parameters: &Parameters) -> bool {
    piece.kind().is_some() && parameters.covers(piece.kind())
}

/// Returns the day the camera says it was taken.
fn by_camera(piece: &Piece) -> Option<Fact<Date>> {
    let captured = piece.evidence.metadata.camera.as_ref()?.captured.as_ref()?;
    let value: Date = captured.get(..10)?.parse().ok()?;
    Some(Fact {
        value,
        confidence: Ratio::CONFIDENT,
        span: None,
        rule: RuleId::from("camera"),
    })
}
