//! Rules on the kind and topic of a document, against what the question asks for.

use crate::check::case::{EvidenceCase, Ruling, list, percent};
use crate::framework::{Exclusion, rules::Parameters};
use crate::lexicon::analysis;
use crate::model::{Ratio, Reason};

/// Is it on the topic? A candidate is weak; a negative phrase is for a person to judge.
pub(crate) fn topic(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let link = piece.link;
    let negative = link.negative.as_ref();
    let ruling = match (link.confidence.is_confident(), negative) {
        (false, _) => Ruling::fail(),
        (true, Some(_)) => Ruling::review(),
        (true, None) => Ruling::pass(),
    };
    let place = negative
        .and_then(|cue| cue.span.clone())
        .or(link.cue.span.clone());
    let negative = negative.map_or("", |cue| cue.term.as_str());
    let confidence = percent(link.confidence);
    Ruling { place, ..ruling }.with([confidence.as_str(), &link.cue.term, negative])
}

/// Is it of a kind the question accepts? Where the list of kinds is itself a guess, another
/// kind is for a person to judge.
pub(crate) fn accepted(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let question = piece.case.question;
    let kinds = list(&question.kinds);
    let Some(fact) = piece.evidence.facts.kind.known() else {
        return Ruling::review().with([String::new(), kinds]);
    };
    let ruling = match question.kinds.contains(&fact.value.id) {
        true if fact.confidence.is_confident() => Ruling::pass(),
        true => Ruling::review(),
        false if question.is_inferred("kinds") => Ruling::review(),
        false => Ruling::fail_if_confident(fact.confidence),
    };
    ruling
        .at(fact)
        .with([fact.value.id.as_str().to_owned(), kinds])
}

/// Does it stand on the highest rung of the ladder that the question accepts?
pub(crate) fn rung(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let question = piece.case.question;
    let ladder = piece.case.framework.ladder();
    let share = piece.kind().and_then(|kind| ladder.share(kind));
    let (Some(share), Some(kind), true) = (share, piece.kind(), question.by_ladder)
    else {
        return Ruling::skip();
    };
    let best = ladder
        .rungs
        .iter()
        .find(|rung| rung.kinds.iter().any(|kind| question.kinds.contains(kind)));
    let ratio = Ratio::new(share as f32);
    match best.filter(|best| share < best.share) {
        None => Ruling::pass().with_share(ratio),
        Some(best) => Ruling::fail().with_share(ratio).with([
            kind.as_str().to_owned(),
            percent(ratio),
            list(
                best.kinds
                    .iter()
                    .filter(|kind| question.kinds.contains(kind)),
            ),
        ]),
    }
}

/// Is it none of the documents that the question does not count?
pub(crate) fn excluded(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let case = piece.case;
    if case.question.excludes.is_empty() {
        return Ruling::skip();
    }
    let of_this_kind = |exclusion: &&Exclusion| {
        piece
            .kind()
            .is_none_or(|kind| exclusion.kinds.contains(kind))
    };
    let exclusions = case.question.excludes.iter();
    let possible = exclusions
        .filter_map(|id| case.framework.exclusion(id))
        .filter(of_this_kind);
    for exclusion in possible {
        let name = [exclusion.id.as_str()];
        if piece.link.reasons.contains(&Reason::Excluded) {
            return Ruling::fail().with(name);
        }
        let Some(title) = piece.evidence.facts.title.known() else {
            return Ruling::review().with(name);
        };
        if exclusion
            .terms
            .iter()
            .any(|term| contains_phrase(&title.value, term))
        {
            return Ruling::fail_if_confident(title.confidence)
                .at(title)
                .with(name);
        }
    }
    Ruling::pass()
}

/// Tells whether a text contains a phrase word by word, ignoring case and accents.
pub(crate) fn contains_phrase(text: &str, phrase: &str) -> bool {
    let words = |text: &str| {
        let words: Vec<String> = analysis::tokens(text).map(|t| t.folded).collect();
        format!(" {} ", words.join(" "))
    };
    words(text).contains(&words(phrase))
}
