//! Rules on whether a regulation is still in force, by what other documents of the archive did
//! to it. What no document of the archive says, a person must look up.

use crate::check::acts::{Act, Certainty};
use crate::check::case::{EvidenceCase, Ruling};
use crate::framework::rules::Parameters;
use crate::model::RelationRole;

/// Was it repealed by another document of the archive?
pub(crate) fn repealed(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    let acts = acts(piece);
    let of = |role| acts.iter().find(move |(act, _)| act.role == role);
    let in_full = of(RelationRole::Repeals);
    let in_part = || of(RelationRole::RepealsInPart);
    match in_full {
        Some((act, Certainty::Sure)) => Ruling::fail().with([act_name(act)]),
        Some((act, Certainty::Doubtful)) => Ruling::review().with([act_name(act)]),
        None => match in_part() {
            Some((act, _)) => Ruling::review().with([act_name(act)]),
            None => Ruling::pass(),
        },
    }
}

/// Is there an amendment that belongs beside it? The newest is named.
pub(crate) fn amended(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    let acts = acts(piece);
    let amendment = acts
        .iter()
        .find(|(act, _)| act.role == RelationRole::Amends);
    match amendment {
        Some((act, _)) => Ruling::review().with([act_name(act)]),
        None => Ruling::pass(),
    }
}

/// Does nothing in the archive speak of its end? Then it is still to be looked up elsewhere.
pub(crate) fn unknown(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !piece.counts_in_force() || !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    let ends = |(act, _): &(&Act, Certainty)| act.role != RelationRole::Amends;
    match acts(piece).iter().any(ends) {
        true => Ruling::skip(),
        false => Ruling::review(),
    }
}

fn acts<'a>(piece: &EvidenceCase<'a>) -> Vec<(&'a Act, Certainty)> {
    let (evidence, case) = (piece.evidence, piece.case);
    case.acts
        .acts_on(evidence.digest, evidence.facts, case.context.as_of)
}

fn act_name(act: &Act) -> String {
    act.name.clone()
}
