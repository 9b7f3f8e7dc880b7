//! From what the rules say to how a question stands, and to points.

use super::case::{Case, Piece, Ruling, Tally, Whole};
use super::place;
use super::table::Table;
use crate::framework::rules::{Rule, Rules};
use crate::model::{
    Digest, Finding, Level, Outcome, Points, QuestionResult, QuestionState, Ratio,
    Standing, Subject, Weighed,
};
use std::cmp::Reverse;

/// What each rule said.
type Said<'a> = Vec<(&'a Rule, Ruling)>;

/// The order in which evidence is shown: the piece worth most first; equal pieces in an
/// order that does not depend on how they came.
type Rank = (Reverse<u32>, Standing, Reverse<u32>, Digest);

/// What there is for one question: the best pieces in full, all of them counted by sort.
#[derive(Debug, Default)]
pub(super) struct Tray {
    best: Vec<Judged>,
    tally: Tally,
    further: u32,
}

/// A piece of evidence with what the rules said of it.
#[derive(Debug)]
struct Judged {
    rank: Rank,
    /// The share of the points it likely keeps, form and faults together.
    worth: Ratio,
    weighed: Weighed,
    findings: Vec<Finding>,
}

impl Tray {
    /// Finds the place of a piece among the best `most`; none where it is worse than those.
    fn place(&self, rank: &Rank, most: usize) -> Option<usize> {
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

/// Judges one piece of evidence and puts it into the question's tray; tells whether it is among
/// the best so far.
pub(super) fn piece(piece: &Piece, table: &Table, tray: &mut Tray) -> bool {
    let case = piece.case;
    let table = table.document.iter();
    let said: Said = table
        .map(|(rule, judge)| (*rule, judge(piece, &rule.parameters)))
        .collect();
    let stands = standing(said.iter());
    if was_never_evidence(piece, stands) {
        return false;
    }
    let share = said
        .iter()
        .filter_map(|(_, ruling)| ruling.share)
        .fold(Ratio::ONE, least);
    // A fault whose cost is in the share takes nothing more.
    let other = standing(said.iter().filter(|(_, ruling)| ruling.share.is_none()));
    let worth = Ratio::new(share.get() * kept(case.rules, other).get());
    *tray.tally.entry(place::sort(piece, stands)).or_default() += 1;
    let rank = rank(piece, worth, stands);
    let most = case.rules.evidence_per_question();
    let Some(at) = tray.place(&rank, most) else {
        tray.further += 1;
        return false;
    };
    let judged = Judged {
        rank,
        worth,
        weighed: weighed(piece, stands, share),
        findings: findings(case, Some(piece.evidence.digest), said),
    };
    tray.put(at, judged, most);
    true
}

/// Says how a question stands, all its evidence being in the tray.
pub(super) fn question(case: Case, table: &Table, tray: Tray) -> QuestionResult {
    let Tray {
        mut best,
        tally,
        further,
    } = tray;
    let whole = Whole {
        case,
        pieces: &tally,
    };
    let table = table.question.iter();
    let said: Said = table
        .map(|(rule, judge)| (*rule, judge(&whole, &rule.parameters)))
        .collect();
    let own = standing(said.iter());
    let lacking = super::whole::lacking(&whole);
    let mut findings = findings(case, None, said);
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

/// Returns how something stands of which the rules said this.
fn standing<'a>(said: impl Iterator<Item = &'a (&'a Rule, Ruling)>) -> Standing {
    said.filter_map(|(rule, ruling)| {
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
fn was_never_evidence(piece: &Piece, standing: Standing) -> bool {
    standing == Standing::Rejected && !piece.link.confidence.is_confident()
}

fn rank(piece: &Piece, worth: Ratio, standing: Standing) -> Rank {
    let thousandths = |ratio: Ratio| Reverse((ratio.get() * 1000.0).round() as u32);
    (
        thousandths(worth),
        standing,
        thousandths(piece.link.confidence),
        piece.evidence.digest,
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

fn least(a: Ratio, b: Ratio) -> Ratio {
    if b < a { b } else { a }
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
    match best.weighed.standing.max(own) {
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
            let form = share(best.weighed.share);
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

fn weighed(piece: &Piece, standing: Standing, share: Ratio) -> Weighed {
    Weighed {
        document: piece.evidence.digest,
        kind: piece.kind().cloned(),
        confidence: piece.link.confidence,
        cue: piece.link.cue.clone(),
        standing,
        share,
    }
}
