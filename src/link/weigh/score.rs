//! Which question of an indicator: takes what a document says of each question, its kind,
//! office and witnesses, gives what tells it from its siblings, with the reasons. Apart from
//! `ground`, which says whether the document is about the indicator at all.

use super::evidence::{Evidence, Said};
use super::weights as w;
use crate::link::plan::{Asked, Plan};
use crate::link::read::reader::Zone;
use crate::link::read::witness::Witness;
use crate::model::{DocTypeId, DocumentFacts, Reason};

/// How many things are weighed about a question beside the others of its indicator.
pub(crate) const ASKED: usize = 9;
/// What each of them is, in order.
pub(crate) const NAMES: [&str; ASKED] = [
    "behind", "lead", "kind", "focus", "code", "family", "level", "tied", "excluded",
];

/// The judgement on one question.
#[derive(Debug, Clone)]
pub(crate) struct Score {
    /// The question, by index.
    pub question: usize,
    /// Its log-odds against a question that nothing speaks for, set by hand. Only differences
    /// between questions count, so that no prior is needed: how many questions the framework
    /// has does not matter.
    pub odds: f32,
    /// What the path and the document's level add to its indicator, in log-odds.
    pub filed: f32,
    /// What tells it from the other questions of its indicator, in the order of [`NAMES`].
    pub asked: [f32; ASKED],
    /// What moved the odds, and how far.
    pub reasons: Vec<(Reason, f32)>,
}

impl Score {
    fn add(&mut self, reason: Reason, odds: f32) {
        self.odds += odds;
        if odds != 0.0 {
            self.reasons.push((reason, odds));
        }
    }
}

/// Judges every question the document says anything of.
pub(crate) fn judge(
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
                odds: 0.0,
                filed: 0.0,
                asked: [0.0; ASKED],
                reasons: Vec::new(),
            };
            weigh_words(&mut score, said, evidence.gate);
            weigh_form(&mut score, plan, question, facts, witness);
            weigh_path(&mut score, plan, question, witness);
            score.filed += level_offset(question, witness);
            let excluded = weigh_exclusions(&mut score, plan, question, evidence, facts);
            let flag = |told: bool| if told { 1.0 } else { 0.0 };
            score.asked = [
                0.0,
                0.0,
                kind_of(plan, question, facts),
                said.focus.loud,
                flag(witness.questions.contains(&at)),
                flag(witness.families.contains(&at)),
                level_of(question, witness),
                0.0,
                flag(excluded),
            ];
            score
        })
        .collect();
    compare(plan, &mut scores);
    scores
}

/// Notes how far each question is behind or ahead of the others of its subject.
fn compare(plan: &Plan, scores: &mut [Score]) {
    let about = |score: &Score| plan.questions.get(score.question).map(|q| q.about);
    let all: Vec<_> = scores.iter().map(|s| (about(s), s.odds)).collect();
    for (at, score) in scores.iter_mut().enumerate() {
        let others = all
            .iter()
            .enumerate()
            .filter(|(other, (subject, _))| *other != at && *subject == about(score));
        let others: Vec<f32> = others.map(|(_, (_, odds))| *odds).collect();
        let next = others.iter().copied().fold(0.0, f32::max);
        let ahead = score.odds - next;
        let tied = others
            .iter()
            .any(|odds| (odds - score.odds).abs() < w::TIED_WITHIN);
        let [behind, lead, _, _, _, _, _, ties, _] = &mut score.asked;
        *behind = ahead.clamp(-w::BEHIND_MOST, 0.0);
        *lead = ahead.clamp(0.0, w::AHEAD_MOST);
        *ties = if tied { 1.0 } else { 0.0 };
    }
}

/// Returns how well a question takes the document's kind, -1 to 1, as sure as the kind is.
fn kind_of(plan: &Plan, question: &Asked, facts: &DocumentFacts) -> f32 {
    let kind = facts.kind.known();
    kind.map_or(0.0, |kind| {
        kind_fit(plan, question, &kind.value.id) * kind.confidence.get()
    })
}

/// Returns how well the best of an indicator's questions takes the document's kind.
pub(crate) fn kind_of_indicator(plan: &Plan, at: usize, facts: &DocumentFacts) -> f32 {
    let asked = plan
        .questions
        .iter()
        .filter(|question| question.about == at);
    let fits = asked.map(|question| kind_of(plan, question, facts));
    fits.reduce(f32::max).unwrap_or(0.0)
}

/// Returns whether a question is asked of the document's level: 1 yes, -1 no, 0 where the
/// document names none and the question is the government's own.
fn level_of(question: &Asked, witness: &Witness) -> f32 {
    let top = question.levels.contains(&0);
    match witness.level {
        Some(level) if question.levels.contains(&level) && level > 0 => 1.0,
        Some(level) if !question.levels.contains(&level) => -1.0,
        None if !top => -1.0,
        _ => 0.0,
    }
}

/// Returns what the document's level adds to its indicator: too few papers of villages are
/// known to fit it.
fn level_offset(question: &Asked, witness: &Witness) -> f32 {
    match witness.level {
        Some(level) if level > 0 && question.levels.contains(&level) => w::PAPER_OF_LEVEL,
        Some(level) if level > 0 => w::PAPER_OF_OTHER_LEVEL,
        _ => 0.0,
    }
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

/// Weighs what the path says. Names of files and folders are claims by a person; no paper
/// with a known truth has any, so that these stay set by hand.
fn weigh_path(score: &mut Score, plan: &Plan, question: &Asked, witness: &Witness) {
    let mut filed = 0.0;
    if witness.questions.contains(&score.question) {
        score.add(Reason::CodeInPath, w::CODE_IN_PATH);
        filed += w::CODE_IN_PATH;
    } else if witness.families.contains(&score.question) {
        score.add(Reason::CodeInPath, w::FAMILY_IN_PATH);
        filed += w::FAMILY_IN_PATH;
    } else if !(witness.questions.is_empty() && witness.families.is_empty()) {
        score.odds += w::OTHER_CODE;
        filed += w::OTHER_CODE;
    }
    if witness.files_under(question) {
        score.add(Reason::TermInPath, w::INDICATOR_IN_PATH);
        filed += w::INDICATOR_IN_PATH;
    } else if !(witness.indicators.is_empty()
        || witness.indicators.contains(&question.about))
    {
        filed += w::OTHER_INDICATOR;
    }
    let section = plan.indicators.get(question.about).and_then(|i| i.section);
    if let (Some(named), Some(section)) = (witness.section, section) {
        filed += if named == section {
            w::SECTION_IN_PATH
        } else {
            w::OTHER_SECTION
        };
    }
    score.filed += filed;
}

fn weigh_exclusions(
    score: &mut Score,
    plan: &Plan,
    question: &Asked,
    evidence: &Evidence,
    facts: &DocumentFacts,
) -> bool {
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
    excluded
}
