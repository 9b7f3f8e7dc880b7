//! From what the rules say to how a question stands, and to points.

use super::rule::{Case, Piece, Ruling, Stands, Whole};
use crate::framework::rules::{Rule, Rules};
use crate::model::{
    Digest, Finding, Level, Outcome, Points, QuestionResult, QuestionState, Ratio,
    Standing, Subject, Weighed,
};
use std::cmp::Reverse;

/// Is one piece of evidence with what the rules said of it.
struct Judged<'a> {
    stands: Stands<'a>,
    /// The share of the points its form can bring.
    share: Ratio,
    /// The share of the points it likely keeps, form and faults together.
    worth: Ratio,
    findings: Vec<Finding>,
}

/// Judges one question with the documents linked to it.
pub(super) fn question<'a>(
    case: Case<'a>,
    linked: impl Iterator<Item = Piece<'a>>,
) -> QuestionResult {
    let least = case.rules.candidate_from();
    let mut pieces: Vec<Judged> = linked
        .filter(|piece| piece.link.confidence >= least)
        .map(judge_piece)
        .filter(|judged| !was_never_evidence(&judged.stands))
        .collect();
    pieces.sort_by_cached_key(rank);

    let stands: Vec<Stands> = pieces.iter().map(|p| p.stands.clone()).collect();
    let whole = Whole {
        case,
        pieces: &stands,
    };
    let table = case.table.question.iter();
    let said: Said = table
        .map(|(rule, judge)| (*rule, judge(&whole, &rule.parameters)))
        .collect();
    let own = standing(&said);
    let mut findings = findings(case, None, said);

    let further = pieces
        .len()
        .saturating_sub(case.rules.evidence_per_question());
    let state = state(case, pieces.first(), own);
    let points = points(case, pieces.first(), own, state);
    pieces.truncate(case.rules.evidence_per_question());
    findings.extend(
        pieces
            .iter_mut()
            .flat_map(|p| std::mem::take(&mut p.findings)),
    );
    QuestionResult {
        question: case.question.id.clone(),
        indicator: case.question.indicator.clone(),
        state,
        points,
        offices: case.question.offices.clone(),
        evidence: pieces.iter().map(weighed).collect(),
        further: further as u32,
        findings,
    }
}

/// What each rule said.
type Said<'a> = Vec<(&'a Rule, Ruling)>;

fn judge_piece(piece: Piece) -> Judged {
    let case = piece.case;
    let table = case.table.document.iter();
    let said: Said = table
        .map(|(rule, judge)| (*rule, judge(&piece, &rule.parameters)))
        .collect();
    let share = said.iter().filter_map(|(_, ruling)| ruling.share).fold(
        Ratio::ONE,
        |least, share| if share < least { share } else { least },
    );
    // A fault whose cost is in the share takes nothing more.
    let other: Vec<_> = said
        .iter()
        .filter(|(_, r)| r.share.is_none())
        .cloned()
        .collect();
    let worth = Ratio::new(share.get() * kept(case.rules, standing(&other)).get());
    Judged {
        share,
        worth,
        stands: Stands {
            piece,
            standing: standing(&said),
        },
        findings: findings(case, Some(piece.evidence.digest), said),
    }
}

/// Returns how something stands of which the rules said this.
fn standing(said: &[(&Rule, Ruling)]) -> Standing {
    said.iter()
        .filter_map(|(rule, ruling)| {
            let level = rule.says.get(&ruling.outcome)?.level;
            Some(match (ruling.outcome, level) {
                (Outcome::Fail, Level::Error) => Standing::Rejected,
                (Outcome::Fail, Level::Warning) => Standing::Weak,
                (Outcome::Review, Level::Error | Level::Warning) => Standing::Review,
                _ => Standing::Accepted,
            })
        })
        .max()
        .unwrap_or(Standing::Accepted)
}

/// Returns what is worth telling: every outcome that has words.
fn findings(case: Case, document: Option<Digest>, said: Said) -> Vec<Finding> {
    said.into_iter()
        .filter_map(|(rule, ruling)| {
            Some(Finding {
                rule: rule.id.clone(),
                subject: Subject {
                    question: case.question.id.clone(),
                    document,
                },
                outcome: ruling.outcome,
                level: rule.says.get(&ruling.outcome)?.level,
                place: ruling.place,
                details: ruling.details,
            })
        })
        .collect()
}

/// Tells whether this was only ever a candidate, and a bad one.
fn was_never_evidence(stands: &Stands) -> bool {
    stands.standing == Standing::Rejected && !stands.piece.link.confidence.is_confident()
}

/// Sorts the piece worth most to the front; equal pieces in an order that does not depend on
/// how they came.
fn rank(judged: &Judged) -> (Reverse<u32>, Standing, Reverse<u32>, Digest) {
    let thousandths = |ratio: Ratio| Reverse((ratio.get() * 1000.0).round() as u32);
    (
        thousandths(judged.worth),
        judged.stands.standing,
        thousandths(judged.stands.piece.link.confidence),
        judged.stands.piece.evidence.digest,
    )
}

/// Returns the share of its points that evidence so standing likely keeps.
fn kept(rules: &Rules, standing: Standing) -> Ratio {
    match standing {
        Standing::Accepted => Ratio::ONE,
        Standing::Review => rules.points().review,
        Standing::Weak => rules.points().weak,
        Standing::Rejected => Ratio::ZERO,
    }
}

/// Returns how the question stands, given its best piece and what the rules say of the whole.
fn state(case: Case, best: Option<&Judged>, own: Standing) -> QuestionState {
    let Some(best) = best else {
        return match own {
            Standing::Rejected => QuestionState::Missing,
            Standing::Weak => QuestionState::Weak,
            Standing::Review => QuestionState::Review,
            Standing::Accepted if case.question.max > 0.0 => QuestionState::Missing,
            Standing::Accepted => QuestionState::NotApplicable,
        };
    };
    match best.stands.standing.max(own) {
        Standing::Accepted => QuestionState::Valid,
        Standing::Review => QuestionState::Review,
        Standing::Weak => QuestionState::Weak,
        Standing::Rejected => QuestionState::Invalid,
    }
}

/// Returns the points: what the best piece claims by its form, and what of that likely stays.
fn points(
    case: Case,
    best: Option<&Judged>,
    own: Standing,
    state: QuestionState,
) -> Points {
    let max = case.question.max;
    let (claimed, likely) = match (best, state) {
        (_, QuestionState::Missing | QuestionState::NotApplicable) => (0.0, 0.0),
        (None, _) => (max, max * share(kept(case.rules, own))),
        (Some(best), _) => {
            let form = share(best.share);
            let whole = form * share(kept(case.rules, own));
            (max * form, max * share(best.worth).min(whole))
        }
    };
    Points {
        max,
        likely,
        at_risk: claimed - likely,
    }
    .rounded()
}

/// Widens a ratio without the noise of its binary form: 0.7 stays 0.7.
fn share(ratio: Ratio) -> f64 {
    f64::from((ratio.get() * 1000.0).round()) / 1000.0
}

fn weighed(judged: &Judged) -> Weighed {
    let piece = &judged.stands.piece;
    Weighed {
        document: piece.evidence.digest,
        kind: piece.kind().cloned(),
        confidence: piece.link.confidence,
        cue: piece.link.cue.clone(),
        standing: judged.stands.standing,
        share: judged.share,
    }
}
