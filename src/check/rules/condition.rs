//! Rules on the condition of a document: is all of it there, and does it show personal data that
//! must not be passed on?

use super::readable::page;
use crate::check::case::{EvidenceCase, Ruling};
use crate::framework::rules::Parameters;
use crate::model::{MissingPart, PersonalKind, Ratio};

/// Is the attachment there that its text speaks of?
pub(crate) fn attachment(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    missing_part_ruling(piece, parameters, MissingPart::Attachment)
}

/// Are all pages there, by the numbers printed on them?
pub(crate) fn pages(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    missing_part_ruling(piece, parameters, MissingPart::Pages)
}

/// Does a regulation or decision end as one ends?
pub(crate) fn closing(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    missing_part_ruling(piece, parameters, MissingPart::Closing)
}

/// Is the list of members there, where it is asked for? It may stand in the decision itself.
/// Where none was found, only a missing attachment says that there is none.
pub(crate) fn members(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    if !piece.case.question.member_list_required {
        return Ruling::skip();
    }
    let members = piece.evidence.facts.members.as_ref();
    match (members, missing_part(piece, MissingPart::Attachment)) {
        (Some(members), _) if members.confidence.is_confident() => {
            Ruling::pass().at(members)
        }
        (Some(members), _) => Ruling::review().at(members),
        (None, Some(fact)) => Ruling::fail_if_confident(fact.confidence).at(fact),
        (None, None) => Ruling::review(),
    }
}

/// Is the matrix filled in, where one is asked for? A form without a row is none; a row that may
/// lack a figure is for a person to see.
pub(crate) fn filled(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let is_matrix = piece.kind().is_some() && parameters.covers(piece.kind());
    if !is_matrix || !piece.case.question.matrix_required {
        return Ruling::skip();
    }
    let Some(rows) = &piece.evidence.facts.rows else {
        return Ruling::review().with(["?", "?"]);
    };
    let (total, full) = (rows.value.total(), rows.value.full);
    let ruling = match (total, full) {
        _ if rows.value.empty == total => Ruling::fail_if_confident(rows.confidence),
        _ if full == total && rows.confidence.is_confident() => Ruling::pass(),
        _ => Ruling::review(),
    };
    let open = (total - full).to_string();
    ruling.at(rows).with([open, total.to_string()])
}

/// Does it show who a child is that was harmed or stands before the law? That costs no points;
/// it must not be handed in.
pub(crate) fn child(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    personal(piece, |kind| kind == PersonalKind::Child)
}

/// Does it show the numbers of persons or families?
pub(crate) fn numbers(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    personal(piece, |kind| kind != PersonalKind::Child)
}

fn missing_part_ruling(
    piece: &EvidenceCase,
    parameters: &Parameters,
    wanted: MissingPart,
) -> Ruling {
    if !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    match missing_part(piece, wanted) {
        Some(fact) => Ruling::fail_if_confident(fact.confidence)
            .at(fact)
            .with([fact.value.as_str()]),
        None => Ruling::pass(),
    }
}

fn missing_part<'a>(
    piece: &EvidenceCase<'a>,
    wanted: MissingPart,
) -> Option<&'a crate::model::Fact<String>> {
    let missing = piece.evidence.facts.missing_parts.iter();
    missing
        .filter(|missing| missing.part == wanted)
        .map(|missing| &missing.fact)
        .max_by(|a, b| a.confidence.get().total_cmp(&b.confidence.get()))
}

fn personal(piece: &EvidenceCase, wanted: impl Fn(PersonalKind) -> bool) -> Ruling {
    let marks = piece.evidence.facts.personal.iter();
    let marks: Vec<_> = marks.filter(|mark| wanted(mark.kind)).collect();
    let Some(first) = marks.first() else {
        return Ruling::pass();
    };
    let is_sure = marks.iter().any(|mark| mark.confidence.is_confident());
    let ruling = match is_sure {
        true => Ruling::fail(),
        false => Ruling::review(),
    };
    let mut pages: Vec<u32> = marks.iter().map(|mark| mark.page).collect();
    pages.dedup();
    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
    Ruling {
        place: Some(page(first.page)),
        ..ruling.with_share(Ratio::ONE)
    }
    .with([pages.join(", ")])
}
