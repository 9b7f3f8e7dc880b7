//! Turns rulings into the standing of evidence, the state of a question, and points.

use super::case::{Case, EvidenceCase, QuestionCase, Ruling, Tally};
use super::place;
use super::table::Table;
use crate::framework::rules::{Rule, Rules};
use crate::model::{
    Digest, EsignReport, Finding, Level, Outcome, Points, QuestionResult, QuestionState,
    Ratio, Standing, Subject, Weighed,
};
use std::cmp::Reverse;

/// The rulings of all rules on one case.
type Rulings<'a> = Vec<(&'a Rule, Ruling)>;

/// The order of evidence: most points first, then better standing, then confidence of the link.
/// The digest makes it independent of the order of input.
type Rank = (Reverse<u32>, Standing, Reverse<u32>, Digest);

/// The evidence for one question: the best k pieces in full, all of it counted by class.
#[derive(Debug, Default)]
pub(super) struct TopEvidence {
    best: Vec<Judged>,
    tally: Tally,
    further: u32,
}

/// A piece of evidence with its findings.
#[derive(Debug)]
struct Judged {
    rank: Rank,
    /// The share of the points it likely keeps after its form and its faults.
    worth: Ratio,
    weighed: Weighed,
    findings: Vec<Finding>,
}

impl TopEvidence {
    /// Returns the position of a rank among the best `most`; `None` where it is worse than all.
    fn position_of(&self, rank: &Rank, most: usize) -> Option<usize> {
        let at = self.best.partition_point(|judged| judged.rank < *rank);
        (at < most).then_some(at)
    }

    fn put(&mut self, at: usize, judged: Judged, most: usize) {
        self.best.insert(at, judged);
        if self.best.len() > most {
            self.best.truncate(most);
            self.further += 1;
        }
    }
}

/// Judges one piece of evidence and adds it to the evidence of its question. Returns whether it is
/// among the best so far.
pub(super) fn judge_evidence(
    piece: &EvidenceCase,
    table: &Table,
    top: &mut TopEvidence,
) -> bool {
    let case = piece.case;
    let table = table.document.iter();
    let rulings: Rulings = table
        .map(|(rule, judge)| (*rule, judge(piece, &rule.parameters)))
        .collect();
    let stands = standing(rulings.iter());
    if was_never_evidence(piece, stands) {
        return false;
    }
    let share = rulings
        .iter()
        .filter_map(|(_, ruling)| ruling.share)
        .fold(Ratio::ONE, lower);
    // A fault that limits the share costs nothing more.
    let other = standing(rulings.iter().filter(|(_, ruling)| ruling.share.is_none()));
    let worth = Ratio::new(share.get() * share_kept(case.rules, other).get());
    *top.tally
        .entry(place::evidence_class(piece, stands))
        .or_default() += 1;
    let rank = rank(piece, worth, stands);
    let most = case.rules.evidence_per_question();
    let Some(at) = top.position_of(&rank, most) else {
        top.further += 1;
        return false;
    };
    let judged = Judged {
        rank,
        worth,
        weighed: weighed(piece, stands, share),
        findings: findings(case, Some(piece.evidence.digest), rulings),
    };
    top.put(at, judged, most);
    true
}

/// Returns the result of a question, given all its evidence.
pub(super) fn judge_question(
    case: Case,
    table: &Table,
    top: TopEvidence,
) -> QuestionResult {
    let TopEvidence {
        mut best,
        tally,
        further,
    } = top;
    let question_case = QuestionCase {
        case,
        classes: &tally,
    };
    let table = table.question.iter();
    let rulings: Rulings = table
        .map(|(rule, judge)| (*rule, judge(&question_case, &rule.parameters)))
        .collect();
    let own = standing(rulings.iter());
    let lacking = super::question::lacking(&question_case);
    let mut findings = findings(case, None, rulings);
    let state = state(case, best.first(), own);
    let points = points(case, best.first(), own, state);
    findings.extend(
        best.iter_mut()
            .flat_map(|judged| std::mem::take(&mut judged.findings)),
    );
    QuestionResult {
        question: case.question.id.clone(),
        indicator: case.question.indicator.clone(),
        state,
        points,
        offices: case.question.offices.clone(),
        evidence: best.into_iter().map(|judged| judged.weighed).collect(),
        further,
        lacking,
        findings,
    }
}

/// Returns the standing that follows from rulings: the worst of them.
fn standing<'a>(rulings: impl Iterator<Item = &'a (&'a Rule, Ruling)>) -> Standing {
    rulings
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

/// Returns the findings: the rulings whose outcome has words in the data.
fn findings(case: Case, document: Option<Digest>, rulings: Rulings) -> Vec<Finding> {
    rulings
        .into_iter()
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

/// Tells whether a piece is a rejected candidate, which is no evidence at all.
fn was_never_evidence(piece: &EvidenceCase, standing: Standing) -> bool {
    standing == Standing::Rejected && !piece.link.confidence.is_confident()
}

fn rank(piece: &EvidenceCase, worth: Ratio, standing: Standing) -> Rank {
    let thousandths = |ratio: Ratio| Reverse((ratio.get() * 1000.0).round() as u32);
    (
        thousandths(worth),
        standing,
        thousandths(piece.link.confidence),
        piece.evidence.digest,
    )
}

/// Returns the share of its points that evidence of this standing likely keeps.
fn share_kept(rules: &Rules, standing: Standing) -> Ratio {
    match standing {
        Standing::Accepted => Ratio::ONE,
        Standing::Review => rules.points().review,
        Standing::Weak => rules.points().weak,
        Standing::Rejected => Ratio::ZERO,
    }
}

fn lower(a: Ratio, b: Ratio) -> Ratio {
    if b < a { b } else { a }
}

/// Returns the state of a question, given its best piece and the standing by its own rules.
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
    match best.weighed.standing.max(own) {
        Standing::Accepted => QuestionState::Valid,
        Standing::Review => QuestionState::Review,
        Standing::Weak => QuestionState::Weak,
        Standing::Rejected => QuestionState::Invalid,
    }
}

/// Returns the points: those claimed by the form of the best piece, and those likely kept.
fn points(
    case: Case,
    best: Option<&Judged>,
    own: Standing,
    state: QuestionState,
) -> Points {
    let max = case.question.max;
    let (claimed, likely) = match (best, state) {
        (_, QuestionState::Missing | QuestionState::NotApplicable) => (0.0, 0.0),
        (None, _) => (max, max * share(share_kept(case.rules, own))),
        (Some(best), _) => {
            let form = share(best.weighed.share);
            let by_rules = form * share(share_kept(case.rules, own));
            (max * form, max * share(best.worth).min(by_rules))
        }
    };
    Points {
        max,
        likely,
        at_risk: claimed - likely,
    }
    .rounded()
}

/// Returns a ratio as `f64`, rounded to thousandths: 0.7 stays 0.7.
fn share(ratio: Ratio) -> f64 {
    f64::from((ratio.get() * 1000.0).round()) / 1000.0
}

fn weighed(piece: &EvidenceCase, standing: Standing, share: Ratio) -> Weighed {
    let esign = piece.evidence.metadata.esign.as_deref();
    Weighed {
        document: piece.evidence.digest,
        kind: piece.kind().cloned(),
        confidence: piece.link.confidence,
        cue: piece.link.cue.clone(),
        standing,
        share,
        esign: esign.and_then(EsignReport::summary).map(Box::new),
    }
}
