//! Rules on a question as a whole: is there evidence, is there enough, and of what sort.

use super::case::{Ruling, Whole, list};
use crate::framework::rules::Parameters;
use crate::model::{LevelId, Locality};
use std::collections::BTreeSet;

/// Is there any evidence? One that brings no points, or whose good answer is "no", needs none.
pub(crate) fn present(whole: &Whole, _: &Parameters) -> Ruling {
    let question = whole.case.question;
    match whole.pieces.is_empty() {
        _ if question.negative => Ruling::skip(),
        true if question.max <= 0.0 => Ruling::skip(),
        true => Ruling::fail().with([list(&question.kinds)]),
        false => Ruling::pass(),
    }
}

/// Is the answer "no", where that is the good one? No document can say.
pub(crate) fn negative(whole: &Whole, _: &Parameters) -> Ruling {
    if whole.case.question.negative {
        Ruling::review()
    } else {
        Ruling::skip()
    }
}

/// Are there as many pieces as are asked for?
pub(crate) fn count(whole: &Whole, _: &Parameters) -> Ruling {
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
pub(crate) fn decree(whole: &Whole, parameters: &Parameters) -> Ruling {
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

/// Is the matrix there? Whether it is filled in is asked of the matrix.
pub(crate) fn matrix(whole: &Whole, parameters: &Parameters) -> Ruling {
    if !whole.case.question.matrix_required || whole.pieces.is_empty() {
        return Ruling::skip();
    }
    let kinds = parameters.kinds.iter().flatten();
    match whole.has(parameters.kinds.as_deref().unwrap_or_default()) {
        true => Ruling::pass(),
        false => Ruling::fail().with([list(kinds)]),
    }
}

/// Is there more than photos, where more is accepted?
pub(crate) fn photo_alone(whole: &Whole, parameters: &Parameters) -> Ruling {
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

/// How many districts or villages have evidence, of how many there are, and which have none?
/// What the share is worth is for a person to say.
pub(crate) fn share(whole: &Whole, parameters: &Parameters) -> Ruling {
    let levels = &whole.case.question.levels;
    let asked: Vec<_> = levels
        .iter()
        .filter(|level| parameters.at_levels.contains(level))
        .collect();
    let count = whole.count();
    if asked.is_empty() || count == 0 {
        return Ruling::skip();
    }
    let listed = |level: &&LevelId| whole.case.context.places.get(*level).map(Vec::len);
    let all: Option<usize> = asked.iter().map(listed).sum();
    let present = present_places(whole);
    let places = present
        .iter()
        .filter(|(level, _)| asked.contains(level))
        .count();
    let lacking = lacking(whole);
    let details = |places: usize, all: &str, lacking: &str| {
        let all = all.to_owned();
        [
            count.to_string(),
            places.to_string(),
            all,
            list(levels),
            lacking.to_owned(),
        ]
    };
    match all {
        None => Ruling::review().with(details(places, "?", "?")),
        Some(all) => match lacking.is_empty() {
            true => Ruling::pass(),
            false => Ruling::review(),
        }
        .with(details(
            all - lacking.len(),
            &all.to_string(),
            &names(&lacking),
        )),
    }
}

/// Returns the listed districts and villages that the question asks for and that none of its
/// evidence is of. Villages of one name in two districts count as one: a document seldom says
/// which.
pub(crate) fn lacking(whole: &Whole) -> Vec<Locality> {
    let present = present_places(whole);
    let levels = whole.case.question.levels.iter();
    let listed = levels.filter_map(|level| whole.case.context.places.get(level));
    listed
        .flatten()
        .filter(|place| !present.contains(&(&place.level, place.key())))
        .cloned()
        .collect()
}

/// Returns the places whose documents stand, by level and the letters of their name.
fn present_places<'a>(whole: &Whole<'a>) -> BTreeSet<(&'a LevelId, String)> {
    let places = whole.standing().filter_map(|(sort, _)| sort.place.as_ref());
    places.map(|(level, key)| (level, key.clone())).collect()
}

/// Returns the first names of a list, and how many more there are.
fn names(places: &[Locality]) -> String {
    /// What a reader takes in; the letters and the JSON have all.
    const SHOWN: usize = 8;
    let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
    match names.get(..SHOWN).filter(|_| names.len() > SHOWN) {
        Some(first) => format!("{}, … (+{})", first.join(", "), names.len() - SHOWN),
        None => names.join(", "),
    }
}
