//! Rules on a question: is there evidence, is there enough, and of which classes?

use super::case::{QuestionCase, Ruling, list};
use crate::framework::rules::Parameters;
use crate::model::{LevelId, Locality};
use std::collections::BTreeSet;

/// Is there any evidence? A question without points, or whose good answer is "no", needs none.
pub(crate) fn present(question_case: &QuestionCase, _: &Parameters) -> Ruling {
    let question = question_case.case.question;
    match question_case.classes.is_empty() {
        _ if question.negative => Ruling::skip(),
        true if question.max <= 0.0 => Ruling::skip(),
        true => Ruling::fail().with([list(&question.kinds)]),
        false => Ruling::pass(),
    }
}

/// Is the answer "no", where that is the good one? No document can prove it.
pub(crate) fn negative(question_case: &QuestionCase, _: &Parameters) -> Ruling {
    if question_case.case.question.negative {
        Ruling::review()
    } else {
        Ruling::skip()
    }
}

/// Is there as much evidence as the question asks for?
pub(crate) fn count(question_case: &QuestionCase, _: &Parameters) -> Ruling {
    let least = question_case.case.question.min_count;
    if least <= 1 || question_case.classes.is_empty() {
        return Ruling::skip();
    }
    let count = question_case.count();
    if count >= least {
        Ruling::pass()
    } else {
        Ruling::fail().with([count.to_string(), least.to_string()])
    }
}

/// Is a decision among the evidence, where only a decision shows that something was set up?
pub(crate) fn decree(question_case: &QuestionCase, parameters: &Parameters) -> Ruling {
    if !question_case.case.question.decree_required || question_case.classes.is_empty() {
        return Ruling::skip();
    }
    let asked = parameters.kinds.iter().flatten();
    let kinds: Vec<_> = asked
        .filter(|kind| question_case.case.question.kinds.contains(kind))
        .cloned()
        .collect();
    match question_case.has(&kinds) {
        true => Ruling::pass(),
        false => Ruling::fail().with([list(&kinds)]),
    }
}

/// Is the matrix there? Whether it is filled in is asked of the matrix.
pub(crate) fn matrix(question_case: &QuestionCase, parameters: &Parameters) -> Ruling {
    if !question_case.case.question.matrix_required || question_case.classes.is_empty() {
        return Ruling::skip();
    }
    let kinds = parameters.kinds.iter().flatten();
    match question_case.has(parameters.kinds.as_deref().unwrap_or_default()) {
        true => Ruling::pass(),
        false => Ruling::fail().with([list(kinds)]),
    }
}

/// Is there more than photos, where more is accepted?
pub(crate) fn photo_alone(
    question_case: &QuestionCase,
    parameters: &Parameters,
) -> Ruling {
    let question = question_case.case.question;
    let others = || {
        question
            .kinds
            .iter()
            .filter(|kind| !parameters.covers(Some(kind)))
    };
    let mut standing = question_case.not_rejected().peekable();
    if others().next().is_none() || standing.peek().is_none() {
        return Ruling::skip();
    }
    let is_photo = |kind: &Option<_>| kind.is_some() && parameters.covers(kind.as_ref());
    if standing.all(|(class, _)| is_photo(&class.kind)) {
        Ruling::fail().with([list(others())])
    } else {
        Ruling::pass()
    }
}

/// How many districts or villages have evidence, of how many there are, and which have none?
/// What the share is worth is for a person to say.
pub(crate) fn share(question_case: &QuestionCase, parameters: &Parameters) -> Ruling {
    let levels = &question_case.case.question.levels;
    let asked: Vec<_> = levels
        .iter()
        .filter(|level| parameters.at_levels.contains(level))
        .collect();
    let count = question_case.count();
    if asked.is_empty() || count == 0 {
        return Ruling::skip();
    }
    let listed =
        |level: &&LevelId| question_case.case.context.places.get(*level).map(Vec::len);
    let all: Option<usize> = asked.iter().map(listed).sum();
    let present = present_places(question_case);
    let places = present
        .iter()
        .filter(|(level, _)| asked.contains(level))
        .count();
    let lacking = lacking(question_case);
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

/// Returns the listed districts and villages that the question asks for and that have no
/// evidence. Villages of the same name in two districts count as one: a document seldom says
/// which one it is about.
pub(crate) fn lacking(question_case: &QuestionCase) -> Vec<Locality> {
    let present = present_places(question_case);
    let levels = question_case.case.question.levels.iter();
    let listed = levels.filter_map(|level| question_case.case.context.places.get(level));
    listed
        .flatten()
        .filter(|place| !present.contains(&(&place.level, place.key())))
        .cloned()
        .collect()
}

/// Returns the places with evidence that is not rejected, by level and folded name.
fn present_places<'a>(
    question_case: &QuestionCase<'a>,
) -> BTreeSet<(&'a LevelId, String)> {
    let places = question_case
        .not_rejected()
        .filter_map(|(class, _)| class.place.as_ref());
    places.map(|(level, key)| (level, key.clone())).collect()
}

/// Returns the first names of a list, and how many more there are.
fn names(places: &[Locality]) -> String {
    /// Names in a line of a table; the letters and the JSON have all.
    const SHOWN: usize = 8;
    let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
    match names.get(..SHOWN).filter(|_| names.len() > SHOWN) {
        Some(first) => format!("{}, … (+{})", first.join(", "), names.len() - SHOWN),
        None => names.join(", "),
    }
}
