//! The table from a rule's id to the function that judges, and what such a function is given
//! and gives. Everything else about a rule is data.

use super::place::Listed;
use super::rules::{
    condition, formal, issuer, kind, period, photo, readable, reuse, signed, standing,
    whole,
};
use super::{Acts, Context, Evidence, place, twin};
use crate::framework::{
    Framework, Question,
    rules::{Parameters, Rule, Rules},
};
use crate::model::{
    DocTypeId, Fact, LevelId, Link, Outcome, QuestionId, Ratio, RuleId, Span, Standing,
};
use std::collections::BTreeMap;

/// Judges one document for one question.
pub(super) type DocumentJudge = fn(&Piece, &Parameters) -> Ruling;
/// Judges one question with all its evidence.
pub(super) type QuestionJudge = fn(&Whole, &Parameters) -> Ruling;

/// Every rule on a document.
const DOCUMENT: [(&str, DocumentJudge); 38] = [
    ("topic.confident", kind::topic),
    ("kind.accepted", kind::accepted),
    ("kind.rung", kind::rung),
    ("kind.excluded", kind::excluded),
    ("period.window", period::window),
    ("period.in_force", period::in_force),
    ("period.repealed", standing::repealed),
    ("period.amended", standing::amended),
    ("period.unknown", standing::unknown),
    ("date.present", period::dated),
    ("number.present", formal::numbered),
    ("draft", formal::draft),
    ("signature.present", signed::present),
    ("signature.stamped", signed::stamped),
    ("signature.office", signed::by_office),
    ("attachment.present", condition::attachment),
    ("attachment.members", condition::members),
    ("matrix.filled", condition::filled),
    ("pages.complete", condition::pages),
    ("closing.present", condition::closing),
    ("personal.child", condition::child),
    ("personal.number", condition::numbers),
    ("issuer.region", issuer::region),
    ("issuer.level", issuer::level),
    ("pages.legible", readable::legible),
    ("pages.ocr", readable::ocr),
    ("file.complete", readable::complete),
    ("file.waiting", readable::waiting),
    ("file.gone", readable::gone),
    ("file.changed", readable::changed),
    ("photo.date", photo::date),
    ("photo.activity", photo::activity),
    ("photo.caption", photo::caption),
    ("photo.reused", reuse::photo),
    ("photo.repeated", twin::photo),
    ("document.shared", reuse::shared),
    ("document.copies", reuse::copies),
    ("document.rescanned", twin::text),
];

/// Every rule on a question.
const QUESTION: [(&str, QuestionJudge); 7] = [
    ("evidence.present", whole::present),
    ("answer.negative", whole::negative),
    ("count.reached", whole::count),
    ("decree.present", whole::decree),
    ("matrix.present", whole::matrix),
    ("photo.alone", whole::photo_alone),
    ("coverage.share", whole::share),
];

/// Returns the function of a rule on a document.
pub(super) fn on_document(id: &RuleId) -> Option<DocumentJudge> {
    find(&DOCUMENT, id)
}

/// Returns the function of a rule on a question.
pub(super) fn on_question(id: &RuleId) -> Option<QuestionJudge> {
    find(&QUESTION, id)
}

/// Is every rule with its function, looked up once for all evidence.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub document: Vec<(&'a Rule, DocumentJudge)>,
    pub question: Vec<(&'a Rule, QuestionJudge)>,
}

impl<'a> Table<'a> {
    /// Looks up the functions, in the order of the data.
    pub fn new(rules: &'a Rules) -> Self {
        let all = || rules.all().iter();
        Self {
            document: all()
                .filter_map(|r| Some((r, on_document(&r.id)?)))
                .collect(),
            question: all()
                .filter_map(|r| Some((r, on_question(&r.id)?)))
                .collect(),
        }
    }
}

fn find<F: Copy>(table: &[(&str, F)], id: &RuleId) -> Option<F> {
    table
        .iter()
        .find(|(name, _)| *name == id.as_str())
        .map(|(_, judge)| *judge)
}

/// Is the question at hand, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    pub framework: &'a Framework,
    pub rules: &'a Rules,
    pub table: &'a Table<'a>,
    pub context: &'a Context,
    pub listed: &'a Listed<'a>,
    pub acts: &'a Acts,
    pub question: &'a Question,
}

/// Is one document held against the question at hand.
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

/// Is what the rules on a question need to know of a piece of evidence: few enough values that
/// any number of documents fits into memory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sort {
    pub standing: Standing,
    pub kind: Option<DocTypeId>,
    /// The level and the letters of the name of the place it is of, where that is known.
    pub place: Option<(LevelId, String)>,
}

impl Sort {
    /// Sorts a piece that stands so.
    pub fn of(piece: &Piece, standing: Standing) -> Self {
        Self {
            standing,
            kind: piece.kind().cloned(),
            place: place::of(piece),
        }
    }
}

/// Is how many pieces of evidence there are of each sort.
pub(super) type Tally = BTreeMap<Sort, u32>;

/// Is the question at hand with all its evidence.
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

/// Is what a function says.
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
    fn new(outcome: Outcome) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::rules::About;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_and_the_data_name_the_same_rules() {
        let rules = Rules::builtin().unwrap();
        let of = |about| -> BTreeSet<&str> {
            let rules = rules.all().iter().filter(|rule| rule.about == about);
            rules.map(|rule| rule.id.as_str()).collect()
        };
        let document: BTreeSet<&str> = DOCUMENT.iter().map(|(id, _)| *id).collect();
        let question: BTreeSet<&str> = QUESTION.iter().map(|(id, _)| *id).collect();
        assert_eq!(of(About::Document), document);
        assert_eq!(of(About::Question), question);
    }
}
