//! Which question of an indicator: takes the evidence for each question, the document's kind
//! and office and the hints of its path, gives what tells it from its siblings, with the reasons.
//! Apart from `ground`, which says whether the document is about the indicator at all.

use super::evidence::{Evidence, QuestionEvidence};
use super::weights as w;
use crate::link::compiled::{CompiledFramework, CompiledQuestion};
use crate::link::read::hints::PathHints;
use crate::link::read::reader::Zone;
use crate::model::{DocTypeId, DocumentFacts, Reading, Reason, Unsure};

/// How many things are weighed about a question beside the others of its indicator.
pub(crate) const ASKED: usize = 10;
/// What each of them is, in order.
pub(crate) const NAMES: [&str; ASKED] = [
    "behind",
    "lead",
    "kind",
    "specificity",
    "code",
    "family",
    "level",
    "tied",
    "excluded",
    "policy of another kind",
];

/// The judgement on one question.
#[derive(Debug, Clone)]
pub(crate) struct Score {
    /// The question, by index.
    pub question: usize,
    /// Its log-odds against a question without any evidence, set by hand. Only differences
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

/// Judges every question that there is any evidence for.
pub(crate) fn judge(
    compiled: &CompiledFramework,
    evidence: &Evidence,
    hints: &PathHints,
    facts: &DocumentFacts,
) -> Vec<Score> {
    let asked = compiled
        .questions
        .iter()
        .zip(&evidence.questions)
        .enumerate();
    let mut scores: Vec<Score> = asked
        .filter(|(at, (question, found))| {
            found.best.is_some() || hints.names(*at) || hints.files_under(question)
        })
        .map(|(at, (question, found))| {
            let mut score = Score {
                question: at,
                odds: 0.0,
                filed: 0.0,
                asked: [0.0; ASKED],
                reasons: Vec::new(),
            };
            weigh_words(&mut score, found, evidence.gate);
            let policy = policy_of_another_kind(compiled, question, facts);
            weigh_form(&mut score, compiled, question, facts, hints, policy);
            weigh_path(&mut score, compiled, question, hints);
            score.filed += level_offset(question, hints);
            let excluded =
                weigh_exclusions(&mut score, compiled, question, evidence, facts);
            let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
            score.asked = [
                0.0,
                0.0,
                kind_of(compiled, question, facts),
                found.specificity.prominent,
                flag(hints.questions.contains(&at)),
                flag(hints.families.contains(&at)),
                level_of(question, hints),
                0.0,
                flag(excluded),
                policy,
            ];
            score
        })
        .collect();
    compare(compiled, &mut scores);
    scores
}

/// Notes how far each question is behind or ahead of the others of its subject.
fn compare(compiled: &CompiledFramework, scores: &mut [Score]) {
    let about = |score: &Score| compiled.questions.get(score.question).map(|q| q.about);
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
        let [behind, lead, _, _, _, _, _, ties, ..] = &mut score.asked;
        *behind = ahead.clamp(-w::BEHIND_MOST, 0.0);
        *lead = ahead.clamp(0.0, w::AHEAD_MOST);
        *ties = if tied { 1.0 } else { 0.0 };
    }
}

/// Returns how well a question takes the document's kind, -1 to 1, as sure as the kind is.
fn kind_of(
    compiled: &CompiledFramework,
    question: &CompiledQuestion,
    facts: &DocumentFacts,
) -> f32 {
    let kind = facts.kind.known();
    kind.map_or(0.0, |kind| {
        kind_fit(compiled, question, &kind.value.id) * kind.confidence.get()
    })
}

/// Returns how surely a document is not what a question on policy asks for, 0 to 1. Whether
/// there is a rule or a budget on a matter only the rule or the budget itself shows: a poster, a
/// letter or a report on it belongs to the matter's own questions. A rule says what it is in its
/// heading, so that a paper of which no kind is read is hardly one.
fn policy_of_another_kind(
    compiled: &CompiledFramework,
    question: &CompiledQuestion,
    facts: &DocumentFacts,
) -> f32 {
    if question.about == question.indicator {
        return 0.0;
    }
    match &facts.kind {
        Reading::Known(_) => (-kind_of(compiled, question, facts)).max(0.0),
        Reading::Unsure(Unsure::NotStated) => w::NO_KIND_READ,
        Reading::Unsure(_) => 0.0,
    }
}

/// Returns how well the best of an indicator's questions takes the document's kind.
pub(crate) fn kind_of_indicator(
    compiled: &CompiledFramework,
    at: usize,
    facts: &DocumentFacts,
) -> f32 {
    let asked = compiled
        .questions
        .iter()
        .filter(|question| question.about == at);
    let fits = asked.map(|question| kind_of(compiled, question, facts));
    fits.reduce(f32::max).unwrap_or(0.0)
}

/// Returns whether a question is asked of the document's level: 1 yes, -1 no, 0 where the
/// document names none and the question is the government's own.
fn level_of(question: &CompiledQuestion, hints: &PathHints) -> f32 {
    let top = question.levels.contains(&0);
    match hints.level {
        Some(level) if question.levels.contains(&level) && level > 0 => 1.0,
        Some(level) if !question.levels.contains(&level) => -1.0,
        None if !top => -1.0,
        _ => 0.0,
    }
}

/// Returns what the document's level adds to its indicator: too few papers of villages are
/// known to fit it.
fn level_offset(question: &CompiledQuestion, hints: &PathHints) -> f32 {
    match hints.level {
        Some(level) if level > 0 && question.levels.contains(&level) => w::PAPER_OF_LEVEL,
        Some(level) if level > 0 => w::PAPER_OF_OTHER_LEVEL,
        _ => 0.0,
    }
}

fn weigh_words(score: &mut Score, found: &QuestionEvidence, gate: bool) {
    let subject = found.subject;
    let spoken =
        (subject.prominent.max(0.6 * subject.body) / w::SPECIFICITY_WITH).min(1.0);
    let specificity = found
        .specificity
        .times(w::SPECIFICITY_ALONE + (1.0 - w::SPECIFICITY_ALONE) * spoken);
    let prominent = w::SUBJECT_PROMINENT * subject.prominent
        + w::SPECIFICITY_PROMINENT * specificity.prominent;
    let body = w::SUBJECT_BODY * subject.body * (1.0 - subject.prominent)
        + w::SPECIFICITY_BODY * specificity.body * (1.0 - specificity.prominent);
    let named = found.best.is_some_and(|hit| hit.zone == Zone::File);
    let prominent_reason = if named {
        Reason::TermInPath
    } else {
        Reason::TermInTitle
    };
    score.add(prominent_reason, prominent);
    score.add(Reason::TermInText, body);
    if !gate {
        score.odds += w::NO_GATE;
    }
    if found.negative.is_some() {
        score.add(Reason::NegativePhrase, w::NEGATIVE);
    }
}

fn weigh_form(
    score: &mut Score,
    compiled: &CompiledFramework,
    question: &CompiledQuestion,
    facts: &DocumentFacts,
    hints: &PathHints,
    policy: f32,
) {
    if let Some(kind) = facts.kind.known() {
        let sure = kind.confidence.get();
        let fit = kind_fit(compiled, question, &kind.value.id);
        if fit >= 0.0 {
            score.add(Reason::KindFits, w::KIND_FITS * fit * sure);
        } else {
            score.add(Reason::KindDiffers, -w::KIND_DIFFERS * fit * sure);
        }
    }
    score.add(Reason::KindDiffers, w::POLICY_OF_ANOTHER_KIND * policy);
    let office = facts
        .issuer
        .value()
        .and_then(|issuer| issuer.office.as_ref());
    if office.is_some_and(|office| question.offices.contains(office)) {
        score.add(Reason::OfficeFits, w::OFFICE_FITS);
    }
    let top = question.levels.contains(&0);
    score.odds += match hints.level {
        Some(level) if question.levels.contains(&level) && level > 0 => w::LEVEL_FITS,
        Some(level) if !question.levels.contains(&level) => w::LEVEL_DIFFERS,
        None if !top => w::LEVEL_UNSAID,
        _ => 0.0,
    };
}

/// Returns how well a question takes a kind, -1 to 1.
fn kind_fit(
    compiled: &CompiledFramework,
    question: &CompiledQuestion,
    kind: &DocTypeId,
) -> f32 {
    if let Some(at) = question.kinds.iter().position(|accepted| accepted == kind) {
        return (1.0 - w::KIND_LATER * at as f32).max(0.5);
    }
    let kin = compiled.kinship.get(kind);
    let near = question
        .kinds
        .iter()
        .filter_map(|accepted| kin?.get(accepted));
    let nearest = near.copied().fold(0.0, f32::max);
    (nearest / w::KIN_NEUTRAL - 1.0).min(0.0)
}

/// Weighs what the path says. Names of files and folders are claims by a person; no paper
/// with a known truth has any, so that these stay set by hand.
fn weigh_path(
    score: &mut Score,
    compiled: &CompiledFramework,
    question: &CompiledQuestion,
    hints: &PathHints,
) {
    let mut filed = 0.0;
    if hints.questions.contains(&score.question) {
        score.add(Reason::CodeInPath, w::CODE_IN_PATH);
        filed += w::CODE_IN_PATH;
    } else if hints.families.contains(&score.question) {
        score.add(Reason::CodeInPath, w::FAMILY_IN_PATH);
        filed += w::FAMILY_IN_PATH;
    } else if !(hints.questions.is_empty() && hints.families.is_empty()) {
        score.odds += w::OTHER_CODE;
        filed += w::OTHER_CODE;
    }
    if hints.files_under(question) {
        score.add(Reason::TermInPath, w::INDICATOR_IN_PATH);
        filed += w::INDICATOR_IN_PATH;
    } else if !(hints.indicators.is_empty() || hints.indicators.contains(&question.about))
    {
        filed += w::OTHER_INDICATOR;
    }
    let section = compiled
        .indicators
        .get(question.about)
        .and_then(|i| i.section);
    if let (Some(named), Some(section)) = (hints.section, section) {
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
    compiled: &CompiledFramework,
    question: &CompiledQuestion,
    evidence: &Evidence,
    facts: &DocumentFacts,
) -> bool {
    let kind = facts.kind.value().map(|kind| &kind.id);
    let excluded = question.excludes.iter().any(|&at| {
        let holds = evidence.excluded.get(at).copied().unwrap_or(false);
        let kinds = compiled.excluded_kinds.get(at);
        let of_kind =
            |kinds: &Vec<_>| kinds.is_empty() || kind.is_none_or(|k| kinds.contains(k));
        holds && kinds.is_some_and(of_kind)
    });
    if excluded {
        score.add(Reason::Excluded, w::EXCLUDED);
    }
    excluded
}
