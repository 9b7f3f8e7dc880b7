//! The table from the id of a rule to its function. Everything else about a rule is data.

use super::case::{EvidenceCase, QuestionCase, Ruling};
use super::question;
use super::rules::{
    code, condition, formal, issuer, kind, period, photo, readable, reuse, signed,
    standing, twin,
};
use crate::framework::rules::{Parameters, Rule, Rules};
use crate::model::RuleId;

/// Judges one document for one question.
pub(super) type DocumentJudge = fn(&EvidenceCase, &Parameters) -> Ruling;
/// Judges one question with all its evidence.
pub(super) type QuestionJudge = fn(&QuestionCase, &Parameters) -> Ruling;

/// Every rule on a document.
const DOCUMENT: [(&str, DocumentJudge); 48] = [
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
    ("draft.unsent", formal::unsent),
    ("signature.present", signed::present),
    ("signature.stamped", signed::stamped),
    ("signature.office", signed::by_office),
    ("signature.broken", signed::electronic::unbroken),
    ("signature.altered", signed::electronic::unaltered),
    ("signature.unchecked", signed::electronic::judged),
    ("signature.download", signed::electronic::downloaded_whole),
    ("signature.copy", signed::electronic::original),
    ("code.host", code::host),
    ("code.secure", code::secure),
    ("code.copied", code::copied),
    ("code.number", code::contradicted),
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
    ("evidence.present", question::present),
    ("answer.negative", question::negative),
    ("count.reached", question::count),
    ("decree.present", question::decree),
    ("matrix.present", question::matrix),
    ("photo.alone", question::photo_alone),
    ("coverage.share", question::share),
];

/// Returns the function of a rule on a document.
pub(super) fn on_document(id: &RuleId) -> Option<DocumentJudge> {
    find(&DOCUMENT, id)
}

/// Returns the function of a rule on a question.
pub(super) fn on_question(id: &RuleId) -> Option<QuestionJudge> {
    find(&QUESTION, id)
}

/// Every rule with its function, looked up once for all evidence.
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
