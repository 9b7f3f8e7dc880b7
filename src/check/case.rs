//! Cases, which rules take, and rulings, which they return. They are apart from the table of
//! rules, which imports every rule while every rule imports this file.

use super::listed::Listed;
use super::{Acts, CodeBearers, Context, Evidence};
use crate::framework::{Framework, Question, rules::Rules};
use crate::model::{
    DocTypeId, Fact, LevelId, Link, Outcome, QuestionId, Ratio, Span, Standing,
};
use std::collections::BTreeMap;

/// What the cases of one question share: the question, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    pub framework: &'a Framework,
    pub rules: &'a Rules,
    pub context: &'a Context,
    pub listed: &'a Listed<'a>,
    pub acts: &'a Acts,
    pub codes: &'a CodeBearers,
    pub question: &'a Question,
}

/// One document as evidence for one question.
#[derive(Debug, Clone, Copy)]
pub(super) struct EvidenceCase<'a> {
    pub case: Case<'a>,
    pub evidence: &'a Evidence<'a>,
    pub link: &'a Link,
    /// The questions it is confidently linked to.
    pub served: &'a [QuestionId],
}

impl<'a> EvidenceCase<'a> {
    /// Returns the kind as read, confident or not.
    pub fn kind(&self) -> Option<&'a DocTypeId> {
        self.evidence.facts.kind.value().map(|kind| &kind.id)
    }

    /// Tells whether the document counts while it is in force, whatever its year.
    pub fn counts_in_force(&self) -> bool {
        let question = self.case.question;
        let period = self.case.framework.period(&question.period);
        period.is_some_and(|period| period.in_force)
            || self
                .kind()
                .is_some_and(|kind| self.case.framework.counts_in_force(kind))
    }
}

/// The class of a piece of evidence: all that rules on a question need of it. There are few
/// classes, so evidence of any number of documents is counted in little memory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EvidenceClass {
    pub standing: Standing,
    pub kind: Option<DocTypeId>,
    /// The place it is about, where that is known: its level, and its name as [`Locality::key`](crate::model::Locality::key)
    /// folds it.
    pub place: Option<(LevelId, String)>,
}

/// The number of pieces of evidence of each class.
pub(super) type Tally = BTreeMap<EvidenceClass, u32>;

/// One question with all its evidence, counted by class.
#[derive(Debug, Clone, Copy)]
pub(super) struct QuestionCase<'a> {
    pub case: Case<'a>,
    pub classes: &'a Tally,
}

impl<'a> QuestionCase<'a> {
    /// Returns the classes that are not rejected, with their counts.
    pub fn not_rejected(&self) -> impl Iterator<Item = (&'a EvidenceClass, u32)> {
        self.classes
            .iter()
            .filter(|(class, _)| class.standing != Standing::Rejected)
            .map(|(class, count)| (class, *count))
    }

    /// Counts the evidence that was not rejected.
    pub fn count(&self) -> u32 {
        self.not_rejected().map(|(_, count)| count).sum()
    }

    /// Tells whether evidence of one of these kinds is not rejected.
    pub fn has(&self, kinds: &[DocTypeId]) -> bool {
        self.not_rejected()
            .any(|(class, _)| class.kind.as_ref().is_some_and(|k| kinds.contains(k)))
    }
}

/// The result of one rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ruling {
    pub outcome: Outcome,
    /// Values for the rule's words, in the order in which its data names them.
    pub details: Vec<String>,
    /// Where in the document the reason stands.
    pub place: Option<Span>,
    /// Largest share of the points that the document can bring, where the rule limits it. A
    /// fault with a share costs nothing more.
    pub share: Option<Ratio>,
}

impl Ruling {
    pub(super) fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            details: Vec::new(),
            place: None,
            share: None,
        }
    }

    pub fn pass() -> Self {
        Self::new(Outcome::Pass)
    }

    pub fn fail() -> Self {
        Self::new(Outcome::Fail)
    }

    pub fn review() -> Self {
        Self::new(Outcome::Review)
    }

    pub fn skip() -> Self {
        Self::new(Outcome::NotApplicable)
    }

    /// Returns a failure where the fact was read with confidence, else a review.
    pub fn fail_if_confident(confidence: Ratio) -> Self {
        if confidence.is_confident() {
            Self::fail()
        } else {
            Self::review()
        }
    }

    pub fn with<S: Into<String>>(mut self, details: impl IntoIterator<Item = S>) -> Self {
        self.details = details.into_iter().map(Into::into).collect();
        self
    }

    pub fn at<T>(mut self, fact: &Fact<T>) -> Self {
        self.place.clone_from(&fact.span);
        self
    }

    pub fn with_share(mut self, share: Ratio) -> Self {
        self.share = Some(share);
        self
    }
}

/// Returns ids joined by commas, as a detail has them.
pub(super) fn list<'a, T: AsRef<str> + 'a>(
    ids: impl IntoIterator<Item = &'a T>,
) -> String {
    let ids: Vec<&str> = ids.into_iter().map(AsRef::as_ref).collect();
    ids.join(",")
}

/// Returns a share or a confidence as a whole percentage.
pub(super) fn percent(ratio: Ratio) -> String {
    format!("{:.0}%", ratio.get() * 100.0)
}
