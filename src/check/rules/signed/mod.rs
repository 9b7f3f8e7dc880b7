//! Rules on the signature: who signed, and how, as far as the pages show it.

pub(crate) mod electronic;

use super::kind::contains_phrase;
use crate::check::case::{EvidenceCase, Ruling};
use crate::framework::rules::Parameters;
use crate::model::{Fact, Reading, Signature, SignatureState};

/// Is it signed, or a copy that says its original is?
pub(crate) fn present(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !parameters.covers(piece.kind()) {
        return match piece.evidence.metadata.signature_fields {
            Some((0, 1..)) => Ruling::fail(),
            _ => Ruling::skip(),
        };
    }
    let Reading::Known(fact) = &piece.evidence.facts.signature else {
        return Ruling::review();
    };
    if is_told_apart(fact.value.state) {
        return Ruling::skip();
    }
    let ruling = match (is_signed(fact.value.state), fact.confidence.is_confident()) {
        (Some(true), true) => Ruling::pass(),
        (Some(false), true) => Ruling::fail(),
        _ => Ruling::review(),
    };
    ruling.at(fact)
}

/// Is there a seal beside a signature by hand? Copies and digital signatures carry none.
pub(crate) fn stamped(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let signature = piece.evidence.facts.signature.known();
    let by_hand = |fact: &&Fact<Signature>| fact.value.state == SignatureState::Hand;
    let (Some(fact), true) = (signature.filter(by_hand), parameters.covers(piece.kind()))
    else {
        return Ruling::skip();
    };
    let ruling = match fact.value.stamped {
        Some(true) => Ruling::pass(),
        Some(false) => Ruling::fail_if_confident(fact.confidence),
        None => Ruling::review(),
    };
    ruling.at(fact)
}

/// Did the office sign that the question asks for?
pub(crate) fn by_office(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let Some(office) = &piece.case.question.signed_by else {
        return Ruling::skip();
    };
    let facts = piece.evidence.facts;
    let is_signed = facts
        .signature
        .confident()
        .and_then(|signature| is_signed(signature.state));
    let signatory = facts.signatory.known();
    let printed = signatory.and_then(|signatory| signatory.value.office.as_ref());
    let found = printed.map_or("", |office| office.value.as_str());
    let known = piece.case.framework.office(office);
    let fits =
        known.is_some_and(|known| known.spellings().any(|s| contains_phrase(found, s)));
    let is_sure = printed.is_some_and(|office| office.confidence.is_confident())
        && signatory.is_some_and(|signatory| signatory.confidence.is_confident());
    let ruling = match (is_signed, fits, is_sure) {
        (Some(false), ..) | (_, false, true) => Ruling::fail(),
        (Some(true), true, true) => Ruling::pass(),
        _ => Ruling::review(),
    };
    let place = printed.map(|office| office.span.clone());
    Ruling {
        place: place.flatten(),
        ..ruling
    }
    .with([office.as_str(), found])
}

/// Tells whether rules of their own say what is wrong with it (`electronic`).
fn is_told_apart(state: SignatureState) -> bool {
    matches!(
        state,
        SignatureState::DigitalInvalid
            | SignatureState::DigitalUnchecked
            | SignatureState::DigitalCopy
    )
}

/// Tells whether a state means signed (`true`) or not signed (`false`); `None` where it cannot be
/// told: for a seal alone, a signature that cannot be judged, a print.
fn is_signed(state: SignatureState) -> Option<bool> {
    match state {
        SignatureState::Hand | SignatureState::Ttd | SignatureState::Digital => {
            Some(true)
        }
        SignatureState::None
        | SignatureState::DigitalEmpty
        | SignatureState::DigitalInvalid => Some(false),
        SignatureState::Stamp
        | SignatureState::DigitalUnchecked
        | SignatureState::DigitalCopy => None,
    }
}
