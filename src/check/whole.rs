//! Rules on a question as a whole: is there evidence, is there enough, and of what sort.

use super::rule::{Ruling, Whole, list};
use crate::framework::rules::Parameters;
use std::collections::BTreeSet;

/// Is there any evidence? One that brings no points, or whose good answer is "no", needs none.
pub(super) fn present(whole: &Whole, _: &Parameters) -> Ruling {
    let question = whole.case.question;
    match whole.pieces.is_empty() {
        _ if question.negative => Ruling::skip(),
        true if question.max <= 0.0 => Ruling::skip(),
        true => Ruling::fail().with([list(&question.kinds)]),
        false => Ruling::pass(),
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
    let least = whole.case.question.min_count;
    if least <= 1 || whole.pieces.is_empty() {
        return Ruling::skip();
    }
    let count = whole.count();
    if count >= least {
        Ruling::pass()
    } else {
        Ruling::fail().with([count.to_string(), least.to_string()])
    }
}

/// Is a decision among the evidence, where only a decision shows that something was set up?
pub(super) fn decree(whole: &Whole, parameters: &Parameters) -> Ruling {
    if !whole.case.question.decree_required || whole.pieces.is_empty() {
        return Ruling::skip();
    }
    let asked = parameters.kinds.iter().flatten();
    let kinds: Vec<_> = asked
        .filter(|kind| whole.case.question.kinds.contains(kind))
        .cloned()
        .collect();
    match whole.has(&kinds) {
        true => Ruling::pass(),
        false => Ruling::fail().with([list(&kinds)]),
    }
}

/// Is the matrix there? Whether it is filled in only a person can tell.
pub(super) fn matrix(whole: &Whole, parameters: &Parameters) -> Ruling {
    if !whole.case.question.matrix_required || whole.pieces.is_empty() {
        return Ruling::skip();
    }
    let kinds = parameters.kinds.iter().flatten();
    let found = whole.has(parameters.kinds.as_deref().unwrap_or_default());
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
    let is_photo = |kind: &Option<_>| kind.is_some() && parameters.covers(kind.as_ref());
    if standing.all(|(sort, _)| is_photo(&sort.kind)) {
        Ruling::fail().with([list(others())])
    } else {
        Ruling::pass()
    }
}

/// How many districts or villages have evidence, of how many there are? What the share is worth
/// is for a person to say.
pub(super) fn share(whole: &Whole, parameters: &Parameters) -> Ruling {
    let levels = &whole.case.question.levels;
    let asked: Vec<_> = levels
        .iter()
        .filter(|level| parameters.at_levels.contains(level))
        .collect();
    let count = whole.count();
    if asked.is_empty() || count == 0 {
        return Ruling::skip();
    }
    let issuers = whole
        .standing()
        .filter_map(|(sort, _)| sort.issuer.as_ref());
    let places: BTreeSet<&String> = issuers
        .filter(|(level, _)| asked.contains(&level))
        .map(|(_, name)| name)
        .collect();
    let all = asked
        .iter()
        .map(|level| whole.case.context.places.get(*level));
    let all: Option<u32> = all.map(Option::<&u32>::copied).sum();
    let details = [
        count.to_string(),
        places.len().to_string(),
        all.map_or_else(|| "?".to_owned(), |all| all.to_string()),
        list(levels),
    ];
    match all {
        Some(all) if places.len() as u32 >= all => Ruling::pass(),
        _ => Ruling::review(),
    }
    .with(details)
}
