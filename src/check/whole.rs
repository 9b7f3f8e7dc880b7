//! Rules on a question as a whole: is there evidence, is there enough, and of what sort.

use super::{
    photo::is_photo,
    rule::{Ruling, Whole, list},
};
use crate::framework::rules::Parameters;

/// Is there any evidence? One that brings no points, or whose good answer is "no", needs none.
pub(super) fn present(whole: &Whole, _: &Parameters) -> Ruling {
    let question = whole.case.question;
    match whole.pieces {
        _ if question.negative => Ruling::skip(),
        [] if question.max <= 0.0 => Ruling::skip(),
        [] => Ruling::fail().with([list(&question.kinds)]),
        _ => Ruling::pass(),
    }
}

/// Is the answer "no", where that is the good one? No document can say.
pub(super) fn negative(whole: &Whole, _: &Parameters) -> Ruling {
    if whole.case.question.negative {
        Ruling::review()
    } else {
        Ruling::skip()
    }
}

/// Are there as many pieces as are asked for?
pub(super) fn count(whole: &Whole, _: &Parameters) -> Ruling {
    let least = whole.case.question.min_count as usize;
    if least <= 1 || whole.pieces.is_empty() {
        return Ruling::skip();
    }
    let count = whole.standing().count();
    if count >= least {
        Ruling::pass()
    } else {
        Ruling::fail().with([count.to_string(), least.to_string()])
    }
}

/// Is the matrix there? Whether it is filled in only a person can tell.
pub(super) fn matrix(whole: &Whole, parameters: &Parameters) -> Ruling {
    if !whole.case.question.matrix_required || whole.pieces.is_empty() {
        return Ruling::skip();
    }
    let kinds = parameters.kinds.iter().flatten();
    let is_matrix = |kind| parameters.kinds.iter().flatten().any(|k| k == kind);
    let found = whole
        .standing()
        .any(|piece| piece.kind().is_some_and(is_matrix));
    let ruling = if found {
        Ruling::review()
    } else {
        Ruling::fail()
    };
    ruling.with([list(kinds)])
}

/// Is there more than photos, where more is accepted?
pub(super) fn photo_alone(whole: &Whole, parameters: &Parameters) -> Ruling {
    let question = whole.case.question;
    let others = || {
        question
            .kinds
            .iter()
            .filter(|kind| !parameters.covers(Some(kind)))
    };
    let mut standing = whole.standing().peekable();
    if others().next().is_none() || standing.peek().is_none() {
        return Ruling::skip();
    }
    if standing.all(|piece| is_photo(piece, parameters)) {
        Ruling::fail().with([list(others())])
    } else {
        Ruling::pass()
    }
}

/// Does the evidence cover enough of the districts or villages? It takes their whole number.
pub(super) fn share(whole: &Whole, parameters: &Parameters) -> Ruling {
    let levels = &whole.case.question.levels;
    let count = whole.standing().count();
    let is_asked = levels
        .iter()
        .any(|level| parameters.at_levels.contains(level));
    if is_asked && count > 0 {
        Ruling::review().with([count.to_string(), list(levels)])
    } else {
        Ruling::skip()
    }
}
