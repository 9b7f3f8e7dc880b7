//! An evaluation: what it asks, and who owns the evidence.

use super::body::alias_key;
use super::letter::LetterTexts;
use super::types::{
    Category, Exclusion, GovernmentLevel, Indicator, Ladder, Office, Period, Question,
    Remark, Section, Source, Threshold,
};
use crate::model::{
    Bilingual, DocTypeId, ExclusionId, IndicatorId, OfficeId, PartNames, PeriodId,
    QuestionId, SectionCode, SourceKey,
};
use std::collections::BTreeMap;

/// What an evaluation asks and who owns the evidence: read once, never changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    pub(super) body: super::body::Body,
    pub(super) offices: Vec<Office>,
    pub(super) question_at: BTreeMap<QuestionId, usize>,
    pub(super) office_by_alias: BTreeMap<String, usize>,
}

impl Framework {
    /// Returns the framework's id, as given at `init`.
    pub fn id(&self) -> &str {
        &self.body.id
    }

    /// Returns the edition of the instrument.
    pub fn edition(&self) -> &str {
        &self.body.edition
    }

    /// Returns the name of the evaluation.
    pub fn name(&self) -> &Bilingual {
        &self.body.name
    }

    /// Returns what its parts are called.
    pub fn part_names(&self) -> PartNames {
        PartNames {
            section: self.body.section_name.clone(),
            indicator: self.body.indicator_name.clone(),
            question: self.body.question_name.clone(),
        }
    }

    /// Returns which personal data its documents may show.
    pub fn personal_data(&self) -> &Bilingual {
        &self.body.personal_data
    }

    /// Returns the words of its letters.
    pub fn letter(&self) -> &LetterTexts {
        &self.body.letter
    }

    /// Returns the laws it rests on.
    pub fn legal_basis(&self) -> &[String] {
        &self.body.legal_basis
    }

    /// Returns the points of the whole.
    pub fn total_max(&self) -> f64 {
        self.body.total_max
    }

    /// Returns the remarks on the whole.
    pub fn remarks(&self) -> &[Remark] {
        &self.body.notes
    }

    /// Returns the sources, by key.
    pub fn sources(&self) -> &BTreeMap<SourceKey, Source> {
        &self.body.sources
    }

    /// Returns the categories from low to high.
    pub fn categories(&self) -> &[Category] {
        &self.body.categories
    }

    /// Returns the category that a score brings; none below the lowest. A score between the
    /// highest of one and the lowest of the next belongs to the lower one.
    pub fn category_of(&self, points: f64) -> Option<&Category> {
        self.body
            .categories
            .iter()
            .rev()
            .find(|category| points >= category.min)
    }

    /// Returns the scores that matter by themselves.
    pub fn thresholds(&self) -> &[Threshold] {
        &self.body.thresholds
    }

    /// Returns a period rule.
    pub fn period(&self, id: &PeriodId) -> Option<&Period> {
        self.body.periods.get(id)
    }

    /// Returns whether documents of this kind count while in force under every period.
    pub fn counts_in_force(&self, kind: &DocTypeId) -> bool {
        self.body.in_force_kinds.contains(kind)
    }

    /// Returns the levels of government from high to low.
    pub fn levels(&self) -> &[GovernmentLevel] {
        &self.body.levels
    }

    /// Returns the ladder of legal forms.
    pub fn ladder(&self) -> &Ladder {
        &self.body.ladder
    }

    /// Returns a document that some questions do not accept.
    pub fn exclusion(&self, id: &ExclusionId) -> Option<&Exclusion> {
        self.body
            .exclusions
            .iter()
            .find(|exclusion| exclusion.id == *id)
    }

    /// Returns the phrases one of which a document on the framework's subject carries.
    pub fn gate_terms(&self) -> &[String] {
        &self.body.gate_terms
    }

    /// Returns the phrases that make a match false in every question.
    pub fn negative_phrases(&self) -> &[String] {
        &self.body.negative_phrases
    }

    /// Returns the sections in order.
    pub fn sections(&self) -> &[Section] {
        &self.body.sections
    }

    /// Returns a section.
    pub fn section(&self, code: &SectionCode) -> Option<&Section> {
        self.body
            .sections
            .iter()
            .find(|section| section.code == *code)
    }

    /// Returns the indicators in order.
    pub fn indicators(&self) -> &[Indicator] {
        &self.body.indicators
    }

    /// Returns an indicator.
    pub fn indicator(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.body
            .indicators
            .iter()
            .find(|indicator| indicator.id == *id)
    }

    /// Returns the indicator with this printed number.
    pub fn indicator_by_number(&self, number: u32) -> Option<&Indicator> {
        self.body
            .indicators
            .iter()
            .find(|indicator| indicator.number == number)
    }

    /// Returns the indicators of a section in order.
    pub fn indicators_of(
        &self,
        section: &SectionCode,
    ) -> impl Iterator<Item = &Indicator> {
        self.body
            .indicators
            .iter()
            .filter(move |indicator| indicator.section == *section)
    }

    /// Returns the questions in order.
    pub fn questions(&self) -> &[Question] {
        &self.body.questions
    }

    /// Returns a question.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.body.questions.get(*self.question_at.get(id)?)
    }

    /// Returns the questions of an indicator in order.
    pub fn questions_of(
        &self,
        indicator: &IndicatorId,
    ) -> impl Iterator<Item = &Question> {
        self.body
            .questions
            .iter()
            .filter(move |question| question.indicator == *indicator)
    }

    /// Returns the offices in file order.
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// Returns an office.
    pub fn office(&self, id: &OfficeId) -> Option<&Office> {
        self.offices.iter().find(|office| office.id == *id)
    }

    /// Returns the office written this way: full name, abbreviation or alias, case,
    /// punctuation and extra spaces aside.
    pub fn office_by_alias(&self, text: &str) -> Option<&Office> {
        self.offices
            .get(*self.office_by_alias.get(&alias_key(text))?)
    }
}
