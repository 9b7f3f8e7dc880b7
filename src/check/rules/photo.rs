//! Rules on photos: when they were taken, and their caption.

use super::period;
use crate::check::case::{EvidenceCase, Ruling};
use crate::framework::rules::Parameters;
use crate::model::{Date, DateRole, Fact, Ratio, RuleId};

/// Was it taken in the years the question asks for? A date on the photo comes first, then the
/// date of the camera; without either a person must find out.
pub(crate) fn date(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !is_photo(piece, parameters) {
        return Ruling::skip();
    }
    let on_photo = period::best_date(piece.evidence.facts, &parameters.roles).cloned();
    match on_photo.or_else(|| by_camera(piece)) {
        Some(date) => period::in_window(piece, &date),
        None => Ruling::review().with(period::window_details(piece, String::new())),
    }
}

/// Was it taken on the days of the activity it names? The camera's clock and the caption are
/// independent evidence.
pub(crate) fn activity(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let facts = piece.evidence.facts;
    let taken = facts.date(DateRole::Captured).cloned();
    let taken = taken.or_else(|| by_camera(piece));
    let (Some(taken), Some(begins), Some(most), true) = (
        taken,
        facts.date(DateRole::Activity),
        parameters.most_days,
        is_photo(piece, parameters),
    ) else {
        return Ruling::skip();
    };
    let ends = facts.date(DateRole::ActivityEnd).unwrap_or(begins);
    let before = taken.value.days_until(begins.value);
    let after = ends.value.days_until(taken.value);
    let apart = before.max(after);
    let is_sure = taken.confidence.is_confident() && begins.confidence.is_confident();
    match (apart <= i32::from(most), is_sure) {
        (true, _) => Ruling::pass(),
        (false, true) => Ruling::fail(),
        (false, false) => Ruling::review(),
    }
    .at(begins)
    .with([taken.value.to_string(), begins.value.to_string()])
}

/// Does it carry a caption, where the question asks for one? It has to name activity, date and
/// place; where one of them was not found, a person looks.
pub(crate) fn caption(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !is_photo(piece, parameters) || !piece.case.question.caption_required {
        return Ruling::skip();
    }
    let facts = piece.evidence.facts;
    let names_activity = piece.link.cue.span.is_some() || facts.title.known().is_some();
    let names_date = [DateRole::Activity, DateRole::Captured, DateRole::Letter]
        .iter()
        .any(|role| facts.date(*role).is_some_and(|date| date.span.is_some()));
    let place = facts.place.as_ref();
    let names_place = place.is_some_and(|place| place.confidence.is_confident());
    match (names_activity, names_date, names_place) {
        (true, true, true) => Ruling::pass(),
        (false, false, false) => Ruling::fail(),
        _ => Ruling::review(),
    }
}

pub(crate) fn is_photo(piece: &EvidenceCase, parameters: &Parameters) -> bool {
    piece.kind().is_some() && parameters.covers(piece.kind())
}

/// Returns the day the camera says it was taken.
fn by_camera(piece: &EvidenceCase) -> Option<Fact<Date>> {
    let captured = piece.evidence.metadata.camera.as_ref()?.captured.as_ref()?;
    let value: Date = captured.get(..10)?.parse().ok()?;
    Some(Fact {
        value,
        confidence: Ratio::CONFIDENT,
        span: None,
        rule: RuleId::from("camera"),
    })
}
