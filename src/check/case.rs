//! What a rule is given, and what it says: the case of one document or one question, and a
//! ruling. Apart from the table of rules, which knows every rule while every rule knows this.

use super::listed::Listed;
use super::{Acts, Context, Evidence};
use crate::framework::{Framework, Question, rules::Rules};
use crate::model::{
    DocTypeId, Fact, LevelId, Link, Outcome, QuestionId, Ratio, Span, Standing,
};
use std::collections::BTreeMap;

/// The question at hand, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    pub framework: &'a Framework,
    pub rules: &'a Rules,
    pub context: &'a Context,
    pub listed: &'a Listed<'a>,
    pub acts: &'a Acts,
    pub question: &'a Question,
}

/// A document held against the question at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub case: Case<'a>,
    pub evidence: &'a Evidence<'a>,
    pub link: &'a Link,
    /// The questions it is confidently linked to.
    pub served: &'a [QuestionId],
}

impl<'a> Piece<'a> {
    /// Returns the kind as read, confident or not.
    pub fn kind(&self) -> Option<&'a DocTypeId> {
        self.evidence.facts.kind.value().map(|kind| &kind.id)
    }

    /// Tells whether it counts while in force, whatever its year.
    pub fn counts_in_force(&self) -> bool {
        let question = self.case.question;
        let period = self.case.framework.period(&question.period);
        period.is_some_and(|period| period.in_force)
            || self
                .kind()
                .is_some_and(|kind| self.case.framework.counts_in_force(kind))
    }
}

/// What the rules on a question need to know of a piece of evidence: few enough values that
/// any number of documents fits into memory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sort {
    pub standing: Standing,
    pub kind: Option<DocTypeId>,
    /// The level and the letters of the name of the place it is of, where that is known.
    pub place: Option<(LevelId, String)>,
}

/// How many pieces of evidence there are of each sort.
pub(super) type Tally = BTreeMap<Sort, u32>;

/// The question at hand with all its evidence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole<'a> {
    pub case: Case<'a>,
    pub pieces: &'a Tally,
}

impl<'a> Whole<'a> {
    /// Returns the evidence that was not rejected, by sort.
    pub fn standing(&self) -> impl Iterator<Item = (&'a Sort, u32)> {
        self.pieces
            .iter()
            .filter(|(sort, _)| sort.standing != Standing::Rejected)
            .map(|(sort, count)| (sort, *count))
    }

    /// Counts the evidence that was not rejected.
    pub fn count(&self) -> u32 {
        self.standing().map(|(_, count)| count).sum()
    }

    /// Tells whether evidence of one of these kinds stands.
    pub fn has(&self, kinds: &[DocTypeId]) -> bool {
        self.standing()
            .any(|(sort, _)| sort.kind.as_ref().is_some_and(|k| kinds.contains(k)))
    }
}

/// What a function says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ruling {
    pub outcome: Outcome,
    /// Values for the rule's words, in the order its data names them.
    pub details: Vec<String>,
    /// Where in the document it shows.
    pub place: Option<Span>,
    /// The share of the points the document can bring at most, where the rule says so. A fault
    /// with a share takes no points beyond it.
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

    /// Fails where bukti is confident of what it read, asks a person where it is not.
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

    pub fn worth(mut self, share: Ratio) -> Self {
        self.share = Some(share);
        self
    }
}

/// Joins ids as a detail carries a list.
pub(super) fn list<'a, T: AsRef<str> + 'a>(
    ids: impl IntoIterator<Item = &'a T>,
) -> String {
    let ids: Vec<&str> = ids.into_iter().map(AsRef::as_ref).collect();
    ids.join(",")
}

/// Shows a share or a confidence as a whole percentage.
pub(super) fn percent(ratio: Ratio) -> String {
    format!("{:.0}%", ratio.get() * 100.0)
}
