//! Rules on the issuer of a document, against the region of the archive and the level that the
//! question asks for.

use crate::check::case::{EvidenceCase, Ruling, list};
use crate::check::names::is_same;
use crate::framework::rules::Parameters;
use crate::model::Government;

/// Did the region itself issue it? Governments of another level are for [`level`].
pub(crate) fn region(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let Some(region) = &piece.case.context.region else {
        return Ruling::skip();
    };
    if !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    let Some(fact) = piece.evidence.facts.issuer.known() else {
        return Ruling::review().with(["", &region.name]);
    };
    let issuer = &fact.value.government;
    let ruling = match (rank(piece, issuer), rank(piece, region)) {
        _ if is_same(issuer, region) => Ruling::pass(),
        (Some(issuer), Some(region)) if issuer != region => return Ruling::skip(),
        (Some(_), Some(_)) => Ruling::fail_if_confident(fact.confidence),
        _ => Ruling::review(),
    };
    ruling.at(fact).with([&issuer.name, &region.name])
}

/// Is its issuer of a level the question asks for, or the region itself?
pub(crate) fn level(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let region = piece.case.context.region.as_ref();
    let issuer = piece.evidence.facts.issuer.known();
    let (Some(region), Some(fact), true) =
        (region, issuer, parameters.covers(piece.kind()))
    else {
        return Ruling::skip();
    };
    let name = &fact.value.government.name;
    let own = rank(piece, region);
    let found = piece.case.rules.issuer_level(name);
    let (Some(own), Some((rank, level))) = (own, found) else {
        return Ruling::skip();
    };
    let levels = &piece.case.question.levels;
    let ruling = if rank == own || levels.contains(level) {
        Ruling::pass()
    } else if rank < own {
        Ruling::fail_if_confident(fact.confidence)
    } else if is_below_all(piece, rank) {
        Ruling::review()
    } else {
        Ruling::pass()
    };
    ruling.at(fact).with([name.clone(), list(levels)])
}

/// Tells whether a rank is below every level the question asks for.
fn is_below_all(piece: &EvidenceCase, rank: usize) -> bool {
    let levels = piece.case.question.levels.iter();
    levels
        .filter_map(|level| piece.case.rules.level_rank(level))
        .all(|asked| rank > asked)
}

fn rank(piece: &EvidenceCase, government: &Government) -> Option<usize> {
    let level = piece.case.rules.issuer_level(&government.name);
    level.map(|(rank, _)| rank)
}
