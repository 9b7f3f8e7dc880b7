//! From evidence to confidence: takes what a document says of each question, its kind, office
//! and witnesses, gives log-odds with the reasons that moved them. Apart so that the whole
//! judgement can be read on one page.

use super::evidence::{Evidence, Said};
use super::plan::{Asked, Plan};
use super::reader::Zone;
use super::weights as w;
use super::witness::Witness;
use crate::model::{DocTypeId, DocumentFacts, Ratio, Reason};
use std::collections::BTreeMap;

/// Is the judgement on one question.
#[derive(Debug, Clone)]
pub(super) struct Score {
    /// The question, by index.
    pub question: usize,
    /// Its log-odds.
    pub odds: f32,
    /// The highest confidence it may have.
    pub cap: f32,
    /// What moved the odds, and how far.
    pub reasons: Vec<(Reason, f32)>,
}

impl Score {
    /// Returns the confidence.
    pub fn confidence(&self) -> Ratio {
        Ratio::new((1.0 / (1.0 + (-self.odds).exp())).min(self.cap))
    }

    fn add(&mut self, reason: Reason, odds: f32) {
        self.odds += odds;
        if odds != 0.0 {
            self.reasons.push((reason, odds));
        }
    }
}

/// Judges every question the document says anything of.
pub(super) fn judge(
    plan: &Plan,
    evidence: &Evidence,
    witness: &Witness,
    facts: &DocumentFacts,
) -> Vec<Score> {
    let asked = plan.questions.iter().zip(&evidence.questions).enumerate();
    let mut scores: Vec<Score> = asked
        .filter(|(at, (question, said))| {
            said.best.is_some() || witness.names(*at) || witness.files_under(question)
        })
        .map(|(at, (question, said))| {
            let mut score = Score {
                question: at,
                odds: w::BIAS,
                cap: 1.0,
                reasons: Vec::new(),
            };
            weigh_words(&mut score, said, evidence.gate);
            weigh_form(&mut score, plan, question, facts, witness);
            weigh_path(&mut score, plan, question, witness);
            weigh_exclusions(&mut score, plan, question, evidence, facts);
            score
        })
        .collect();
    cap_ties(plan, witness, &mut scores);
    compete(plan, &mut scores);
    scores
}

fn weigh_words(score: &mut Score, said: &Said, gate: bool) {
    let subject = said.subject;
    let spoken = (subject.loud.max(0.6 * subject.soft) / w::FOCUS_WITH).min(1.0);
    let focus = said
        .focus
        .times(w::FOCUS_ALONE + (1.0 - w::FOCUS_ALONE) * spoken);
    let loud = w::SUBJECT_LOUD * subject.loud + w::FOCUS_LOUD * focus.loud;
    let soft = w::SUBJECT_SOFT * subject.soft * (1.0 - subject.loud)
        + w::FOCUS_SOFT * focus.soft * (1.0 - focus.loud);
    let named = said.best.is_some_and(|hit| hit.zone == Zone::File);
    let where_loud = if named {
        Reason::TermInPath
    } else {
        Reason::TermInTitle
    };
    score.add(where_loud, loud);
    score.add(Reason::TermInText, soft);
    if !gate {
        score.odds += w::NO_GATE;
    }
    if said.snare.is_some() {
        score.add(Reason::Trap, w::TRAP);
    }
    if subject.loud < w::SPEAKS {
        score.cap = w::CAP_SILENT;
    }
}

fn weigh_form(
    score: &mut Score,
    plan: &Plan,
    question: &Asked,
    facts: &DocumentFacts,
    witness: &Witness,
) {
    if let Some(kind) = facts.kind.known() {
        let sure = kind.confidence.get();
        let fit = kind_fit(plan, question, &kind.value.id);
        if fit >= 0.0 {
            score.add(Reason::KindFits, w::KIND_FITS * fit * sure);
        } else {
            score.add(Reason::KindDiffers, -w::KIND_DIFFERS * fit * sure);
        }
    }
    let office = facts
        .issuer
        .value()
        .and_then(|issuer| issuer.office.as_ref());
    if office.is_some_and(|office| question.offices.contains(office)) {
        score.add(Reason::OfficeFits, w::OFFICE_FITS);
    }
    let top = question.levels.contains(&0);
    score.odds += match witness.level {
        Some(level) if question.levels.contains(&level) && level > 0 => w::LEVEL_FITS,
        Some(level) if !question.levels.contains(&level) => w::LEVEL_DIFFERS,
        None if !top => w::LEVEL_UNSAID,
        _ => 0.0,
    };
}

/// Returns how well a question takes a kind, -1 to 1.
fn kind_fit(plan: &Plan, question: &Asked, kind: &DocTypeId) -> f32 {
    if let Some(at) = question.kinds.iter().position(|accepted| accepted == kind) {
        return (1.0 - w::KIND_LATER * at as f32).max(0.5);
    }
    let kin = plan.kinship.get(kind);
    let near = question
        .kinds
        .iter()
        .filter_map(|accepted| kin?.get(accepted));
    let nearest = near.copied().fold(0.0, f32::max);
    (nearest / w::KIN_NEUTRAL - 1.0).min(0.0)
}

fn weigh_path(score: &mut Score, plan: &Plan, question: &Asked, witness: &Witness) {
    if witness.questions.contains(&score.question) {
        score.add(Reason::CodeInPath, w::CODE_IN_PATH);
    } else if witness.families.contains(&score.question) {
        score.add(Reason::CodeInPath, w::FAMILY_IN_PATH);
    } else if !(witness.questions.is_empty() && witness.families.is_empty()) {
        score.odds += w::OTHER_CODE;
    }
    if witness.files_under(question) {
        score.add(Reason::TermInPath, w::INDICATOR_IN_PATH);
        score.cap = score.cap.max(w::CAP_FILED);
    } else if !(witness.indicators.is_empty()
        || witness.indicators.contains(&question.about))
    {
        score.odds += w::OTHER_INDICATOR;
    }
    let section = plan.indicators.get(question.about).and_then(|i| i.section);
    if let (Some(named), Some(section)) = (witness.section, section) {
        score.odds += if named == section {
            w::SECTION_IN_PATH
        } else {
            w::OTHER_SECTION
        };
    }
}

fn weigh_exclusions(
    score: &mut Score,
    plan: &Plan,
    question: &Asked,
    evidence: &Evidence,
    facts: &DocumentFacts,
) {
    let kind = facts.kind.value().map(|kind| &kind.id);
    let excluded = question.excludes.iter().any(|&at| {
        let told = evidence.excluded.get(at).copied().unwrap_or(false);
        let kinds = plan.excluded_kinds.get(at);
        let of_kind =
            |kinds: &Vec<_>| kinds.is_empty() || kind.is_none_or(|k| kinds.contains(k));
        told && kinds.is_some_and(of_kind)
    });
    if excluded {
        score.add(Reason::Excluded, w::EXCLUDED);
    }
}

/// Caps the questions of one indicator that the document does not tell apart, or that it
/// speaks of less than of several others.
fn cap_ties(plan: &Plan, witness: &Witness, scores: &mut [Score]) {
    let indicator =
        |score: &Score| plan.questions.get(score.question).map(|q| q.indicator);
    let all: Vec<_> = scores.iter().map(|s| (indicator(s), s.odds)).collect();
    for score in scores.iter_mut() {
        let tied = all.iter().filter(|(other, odds)| {
            *other == indicator(score) && *odds >= score.odds - w::TIED_WITHIN
        });
        if tied.count() >= w::TIED_FROM && !witness.questions.contains(&score.question) {
            score.cap = score.cap.min(w::CAP_TIED);
        }
    }
}

/// Lets questions of one indicator, then indicators, compete: a document that speaks of one
/// thing clearly speaks of the others in passing.
fn compete(plan: &Plan, scores: &mut [Score]) {
    let mut best: BTreeMap<usize, f32> = BTreeMap::new();
    let subject =
        |score: &Score| plan.questions.get(score.question).map_or(0, |q| q.about);
    for score in scores.iter() {
        let best = best.entry(subject(score)).or_insert(score.odds);
        *best = best.max(score.odds);
    }
    let top = best.values().copied().fold(f32::MIN, f32::max);
    for score in scores.iter_mut() {
        let sibling = best.get(&subject(score)).copied().unwrap_or(score.odds);
        let behind = w::BEHIND_SIBLING * (sibling - score.odds)
            + w::BEHIND_SUBJECT * (top - sibling);
        score.odds -= behind.min(w::BEHIND_MOST);
    }
}
