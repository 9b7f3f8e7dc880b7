//! Where we stand: the assessment rolled up from question to indicator, section and total, in
//! words for people. Both languages are carried; a writer picks one.

use crate::model::{
    Bilingual, Date, Digest, EsignSummary, IndicatorId, Level, Locality, OfficeId,
    Outcome, Points, QuestionId, QuestionState, Ratio, RuleId, SectionCode, Standing,
};
use serde::Serialize;
use std::ops::AddAssign;

/// What the parts of an evaluation are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartNames {
    /// A group of indicators.
    pub section: Bilingual,
    /// A numbered topic.
    pub indicator: Bilingual,
    /// What evidence proves.
    pub question: Bilingual,
}

/// How many questions stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct StateCounts {
    /// Valid.
    pub valid: u32,
    /// To review.
    pub review: u32,
    /// Weak.
    pub weak: u32,
    /// Invalid.
    pub invalid: u32,
    /// Missing.
    pub missing: u32,
    /// Not judged.
    pub not_applicable: u32,
}

impl StateCounts {
    /// Counts one more question.
    pub fn add(&mut self, state: QuestionState) {
        *match state {
            QuestionState::Valid => &mut self.valid,
            QuestionState::Review => &mut self.review,
            QuestionState::Weak => &mut self.weak,
            QuestionState::Invalid => &mut self.invalid,
            QuestionState::Missing => &mut self.missing,
            QuestionState::NotApplicable => &mut self.not_applicable,
        } += 1;
    }

    /// Returns how many questions are in this state.
    pub fn count_in(&self, state: QuestionState) -> u32 {
        match state {
            QuestionState::Valid => self.valid,
            QuestionState::Review => self.review,
            QuestionState::Weak => self.weak,
            QuestionState::Invalid => self.invalid,
            QuestionState::Missing => self.missing,
            QuestionState::NotApplicable => self.not_applicable,
        }
    }
}

impl AddAssign for StateCounts {
    fn add_assign(&mut self, other: Self) {
        self.valid += other.valid;
        self.review += other.review;
        self.weak += other.weak;
        self.invalid += other.invalid;
        self.missing += other.missing;
        self.not_applicable += other.not_applicable;
    }
}

/// Adds up what is known; a sum of nothing known is not known.
pub(crate) fn add_known(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (None, None) => None,
        (a, b) => Some(a.unwrap_or(0.0) + b.unwrap_or(0.0)),
    }
}

/// A sum over questions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Coverage {
    /// Their points.
    pub points: Points,
    /// How they stand.
    pub states: StateCounts,
    /// What the region gave itself for them, where it said so.
    pub own: Option<f64>,
}

/// A document as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRef {
    /// Its digest.
    pub sha256: Digest,
    /// Its first location.
    pub path: String,
    /// How many locations it has.
    pub locations: u32,
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Remark {
    /// The rule that speaks.
    pub rule: RuleId,
    /// Whether the rule is our own and not read from a source.
    pub inferred: bool,
    /// The result of it.
    pub outcome: Outcome,
    /// How bad it is.
    pub level: Level,
    /// The document it is about; `None` where the question as a whole is.
    pub document: Option<DocumentRef>,
    /// The page to look at, from 1.
    pub page: Option<u32>,
    /// The words that stand there.
    pub quote: Option<String>,
    /// What is wrong.
    pub text: Bilingual,
    /// What to do.
    pub remedy: Option<Bilingual>,
}

/// A piece of evidence as a report shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceLine {
    /// The document.
    pub document: DocumentRef,
    /// Its kind in words.
    pub kind: Option<Bilingual>,
    /// How it stands.
    pub standing: Standing,
    /// How sure bukti is that it is about the question.
    pub confidence: Ratio,
    /// The share of the question's points its legal form can bring.
    pub share: Ratio,
    /// The framework's term that ties it.
    pub term: String,
    /// The page of that term, from 1.
    pub page: Option<u32>,
    /// The sentence around it.
    pub quote: Option<String>,
    /// What its electronic signatures came to, where it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub esign: Option<Box<EsignSummary>>,
}

/// An office as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeRef {
    /// Its id.
    pub id: OfficeId,
    /// Its short name.
    pub short: String,
}

/// A question as a report shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionReport {
    /// The question.
    pub id: QuestionId,
    /// Its printed number, with its part.
    pub number: String,
    /// What is asked.
    pub ask: Bilingual,
    /// How it stands.
    pub state: QuestionState,
    /// Its points.
    pub points: Points,
    /// What the region gave itself for it, where it said so.
    pub own: Option<f64>,
    /// Who owns the evidence.
    pub offices: Vec<OfficeRef>,
    /// What speaks for it, best first.
    pub evidence: Vec<EvidenceLine>,
    /// How many more pieces were weighed.
    pub further: u32,
    /// The districts and villages of which none of it is, as far as they are listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<Locality>,
    /// What to know and to do, worst first.
    pub remarks: Vec<Remark>,
}

/// An indicator as a report shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorReport {
    /// The indicator.
    pub id: IndicatorId,
    /// Its printed number.
    pub number: u32,
    /// Its full name.
    pub name: Bilingual,
    /// Its name for tables.
    pub short: Bilingual,
    /// The sum over its questions.
    pub coverage: Coverage,
    /// Its questions.
    pub questions: Vec<QuestionReport>,
}

/// A section as a report shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionReport {
    /// The section.
    pub code: SectionCode,
    /// Its name.
    pub name: Bilingual,
    /// The sum over its questions.
    pub coverage: Coverage,
    /// Its indicators.
    pub indicators: Vec<IndicatorReport>,
}

/// A line to be reached: a category or a threshold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Its name.
    pub name: Bilingual,
    /// The points it takes.
    pub points: f64,
    /// The points still lacking, counted on what likely remains; 0 where it is reached.
    pub lacking: f64,
    /// Whether the figure is a guess.
    pub inferred: bool,
}

/// Where the total stands among the categories.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Standings {
    /// The category on what the evidence claims; `None` below the lowest.
    pub claimed: Option<Bilingual>,
    /// The category on what likely remains after verification.
    pub likely: Option<Bilingual>,
    /// The next category up from `likely`.
    pub next: Option<Mark>,
    /// The scores that matter by themselves.
    pub thresholds: Vec<Mark>,
    /// The outcome of such scores in verifications of the past.
    pub forecast: Option<Forecast>,
    /// The cheapest path to the next category.
    pub lift: Option<CheapestPath>,
}

/// A score with the category it brings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// The points.
    pub points: f64,
    /// The category; `None` below the lowest.
    pub category: Option<Bilingual>,
}

/// What would remain of a score if it fell as others fell before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// The score: self-assessed, or else what the evidence claims.
    pub from: Score,
    /// Whether it is self-assessed.
    pub is_own: bool,
    /// As in the worst of the regions.
    pub low: Score,
    /// As in the middle one.
    pub middle: Score,
    /// As in the best.
    pub high: Score,
    /// How many regions there are figures of.
    pub regions: u32,
}

/// The cheapest path to the next category, by effort.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheapestPath {
    /// The category.
    pub to: Bilingual,
    /// The score after it.
    pub reaches: f64,
    /// The questions, and what each of them brings.
    pub steps: Vec<Gap>,
}

/// The score of an earlier check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// The day it was made for.
    pub as_of: Date,
    /// What likely remained.
    pub likely: f64,
    /// What was at risk.
    pub at_risk: f64,
}

/// A question that stands otherwise than in an earlier check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The question.
    pub question: QuestionId,
    /// How it stood.
    pub from: QuestionState,
    /// How it stands.
    pub to: QuestionState,
    /// What its likely points moved by.
    pub points: f64,
    /// What is said against it now and was not before.
    pub new_faults: Vec<Bilingual>,
    /// What was said against it then and is no longer.
    pub mended: Vec<Bilingual>,
}

/// How things moved since an earlier check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Since {
    /// The number of the earlier check.
    pub run: i64,
    /// The day it was made for.
    pub as_of: Date,
    /// The year of verification it was made for.
    pub year: i16,
    /// What the likely points of all questions moved by.
    pub points: f64,
    /// The questions that stand otherwise, what moved most first.
    pub changes: Vec<Change>,
}

/// Where a question is found in the report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gap {
    /// The question.
    pub question: QuestionId,
    /// The points to be won.
    pub points: f64,
}

/// What one office has to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfficeReport {
    /// The office.
    #[serde(flatten)]
    pub office: OfficeRef,
    /// Its full name.
    pub name: Bilingual,
    /// The sum over its questions. A question of several offices is counted at each.
    pub coverage: Coverage,
    /// Its questions that want attention, most points first.
    pub tasks: Vec<Gap>,
}

/// The whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The framework's id.
    pub framework: String,
    /// The evaluation's name.
    pub name: Bilingual,
    /// What its parts are called; for people, not for programs.
    #[serde(skip)]
    pub part_names: PartNames,
    /// The edition of the instrument.
    pub edition: String,
    /// Whose archive this is.
    pub region: Option<String>,
    /// The year of the verification.
    pub year: i16,
    /// The day the judgement is made for.
    pub as_of: Date,
    /// How many documents were looked at.
    pub documents: u32,
    /// The sum over all questions.
    pub total: Coverage,
    /// Where the total stands.
    pub standings: Standings,
    /// Where the figures for likely points come from.
    pub method: Bilingual,
    /// The sections in order.
    pub sections: Vec<SectionReport>,
    /// The questions with points to be won, most points first.
    pub gaps: Vec<Gap>,
    /// Who has to act, most points first.
    pub offices: Vec<OfficeReport>,
    /// Earlier checks, oldest first.
    pub history: Vec<Trend>,
    /// What moved since the earlier check that was asked for.
    pub since: Option<Since>,
}

impl Report {
    /// Returns every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &QuestionReport> {
        self.sections
            .iter()
            .flat_map(|section| &section.indicators)
            .flat_map(|indicator| &indicator.questions)
    }
}
