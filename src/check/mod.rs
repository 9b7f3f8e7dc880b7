//! Step 5: does it hold up? Judges documents and their links by the rules of `schema/rules.json`,
//! as a strict verifier would, and returns the state of every question.
//!
//! The words, levels and parameters of a rule are data; code has one function for each rule (the
//! list is in `table`). A function returns one [`Outcome`](crate::model::Outcome). What a program
//! cannot decide is [`Review`](crate::model::Outcome::Review), so that "not checked" never looks
//! like "passed".
//!
//! From outcomes to a state:
//!
//! 1. A document is weighed for a question if its link is at least a candidate.
//! 2. It is rejected if a rule fails at level error, weak if one fails at warning, to review if
//!    one is open at warning or above, else accepted. A rejected document that was only a
//!    candidate is left out.
//! 3. The question is as good as its best evidence, and no better than its own rules allow:
//!    valid, review, weak; invalid if all evidence is rejected, missing if there is none.
//!
//! Documents are judged one by one. For each question only the top k pieces of evidence are kept,
//! with counts of the rest, so an archive of any size needs little memory. What one document
//! does to another ([`Acts`]: it repeals or amends it), and which bear the same code
//! ([`CodeBearers`]), must be known before the first is judged.
//!
//! Likely points are the maximum, times the share of the legal form, times the share that
//! evidence of this standing keeps. Both shares are data, marked as inferred.

pub(crate) mod case;
pub(crate) mod names;
pub(crate) mod listed;
mod input;
mod rules;
mod acts;
mod judge;
mod place;
mod table;
mod question;
mod twin;

#[cfg(test)]
mod tests;

pub use self::rules::code::CodeBearers;
pub use acts::Acts;
pub use twin::Twin;

use self::case::{Case, EvidenceCase};
pub use self::input::{Context, Evidence, Legibility};
use self::listed::Listed;
use self::table::Table;
use crate::framework::{Framework, Question, rules::Rules};
use crate::model::{Assessment, Digest, DocumentName, QuestionId};
use judge::TopEvidence;
use std::collections::{BTreeMap, BTreeSet};

/// Judges every question of the framework. The order of `evidence` does not matter.
pub fn check(
    evidence: &[Evidence],
    framework: &Framework,
    rules: &Rules,
    context: &Context,
) -> Assessment {
    let mut acts = Acts::default();
    let mut codes = CodeBearers::default();
    for document in evidence {
        acts.add(document.digest, document.facts);
        let path = document.paths.first().map_or("", String::as_str);
        codes.add(document.digest, path, document.facts);
    }
    let mut checker = Checker::new(framework, rules, context, (&acts, &codes));
    for document in evidence {
        checker.add(document);
    }
    let present = evidence.iter().filter(|document| !document.gone);
    checker.finish(present.count() as u32)
}

/// A check in progress: takes documents one after the other, in any order.
#[derive(Debug)]
pub struct Checker<'a> {
    framework: &'a Framework,
    rules: &'a Rules,
    context: &'a Context,
    acts: &'a Acts,
    codes: &'a CodeBearers,
    table: Table<'a>,
    listed: Listed<'a>,
    /// The evidence for each question, in the framework's order.
    top_evidence: Vec<TopEvidence>,
    index_of: BTreeMap<&'a QuestionId, usize>,
    names: BTreeMap<Digest, DocumentName>,
}

impl<'a> Checker<'a> {
    /// Returns a check of no documents yet. `acts` must hold the acts of all documents, `codes`
    /// the codes of all that are evidence.
    pub fn new(
        framework: &'a Framework,
        rules: &'a Rules,
        context: &'a Context,
        (acts, codes): (&'a Acts, &'a CodeBearers),
    ) -> Self {
        let questions = framework.questions();
        Self {
            framework,
            rules,
            context,
            acts,
            codes,
            table: Table::new(rules),
            listed: Listed::new(framework, context),
            top_evidence: questions.iter().map(|_| TopEvidence::default()).collect(),
            index_of: (0..).zip(questions).map(|(n, q)| (&q.id, n)).collect(),
            names: BTreeMap::new(),
        }
    }

    /// Judges one document for every question that it could prove.
    pub fn add(&mut self, document: &Evidence) {
        let served = questions_served(document);
        let least = self.rules.candidate_from();
        let mut top_evidence = std::mem::take(&mut self.top_evidence);
        let mut is_kept = false;
        for link in document.links.iter().filter(|l| l.confidence >= least) {
            let Some(&at) = self.index_of.get(&link.question) else {
                continue;
            };
            let (Some(question), Some(top)) =
                (self.framework.questions().get(at), top_evidence.get_mut(at))
            else {
                continue;
            };
            let piece = EvidenceCase {
                case: self.case(question),
                evidence: document,
                link,
                served: &served,
            };
            is_kept |= judge::judge_evidence(&piece, &self.table, top);
        }
        self.top_evidence = top_evidence;
        if is_kept {
            self.names.insert(document.digest, name(document));
        }
    }

    fn case<'c>(&'c self, question: &'c Question) -> Case<'c> {
        Case {
            framework: self.framework,
            rules: self.rules,
            context: self.context,
            listed: &self.listed,
            acts: self.acts,
            codes: self.codes,
            question,
        }
    }

    /// Returns the results of all questions. `documents_seen` also counts documents without links,
    /// which need not have been added.
    pub fn finish(mut self, documents_seen: u32) -> Assessment {
        let top_evidence = std::mem::take(&mut self.top_evidence);
        let mut questions = Vec::with_capacity(top_evidence.len());
        for (question, top) in self.framework.questions().iter().zip(top_evidence) {
            questions.push(judge::judge_question(self.case(question), &self.table, top));
        }
        let shown: BTreeSet<Digest> = questions
            .iter()
            .flat_map(|question| &question.evidence)
            .map(|weighed| weighed.document)
            .collect();
        self.names.retain(|digest, _| shown.contains(digest));
        Assessment {
            framework: self.framework.id().to_owned(),
            region: self.context.region.clone(),
            year: self.context.year,
            as_of: self.context.as_of,
            documents_seen,
            documents: self.names,
            questions,
        }
    }
}

/// Returns the questions a document is confidently linked to, in order of id.
fn questions_served(document: &Evidence) -> Vec<QuestionId> {
    let mut served: Vec<QuestionId> = document
        .links
        .iter()
        .filter(|link| link.confidence.is_confident())
        .map(|link| link.question.clone())
        .collect();
    served.sort();
    served.dedup();
    served
}

/// Returns the name of a document for a reader.
fn name(document: &Evidence) -> DocumentName {
    DocumentName {
        path: document.paths.first().cloned().unwrap_or_default(),
        locations: document.paths.len() as u32,
        pages: document.page_count,
    }
}
