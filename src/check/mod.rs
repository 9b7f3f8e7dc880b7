//! Step 5: does it hold up? Takes what was recognised and linked, holds it against the rules
//! of `schema/rules.json` as a strict verifier would, and says how every question stands.
//!
//! Words, levels and parameters are data; here is only the judging, one function a rule (the
//! table is in `table`). A rule gives one [`Outcome`](crate::model::Outcome); what a program cannot tell is
//! [`Review`](crate::model::Outcome::Review), so that "not checked" never looks like "passed".
//!
//! From outcomes to a state:
//!
//! 1. A document is weighed for a question if its link is at least a candidate.
//! 2. It is rejected if a rule fails at level error, weak if one fails at warning, to review if
//!    one is open at warning or above, else accepted. A rejected document that was only a
//!    candidate was never evidence: it is passed over.
//! 3. The question is as good as its evidence, and no better than its own rules allow:
//!    valid, review, weak; invalid if every piece is rejected, missing if there is none.
//!
//! Documents are taken one by one, and of each question only the evidence that is shown is
//! kept, with a tally of the rest: an archive of any size is judged in little memory. What one
//! document does to another ([`Acts`]) has to be known before the first is judged.
//!
//! Likely points are the maximum, times the share of the legal form, times the share that
//! evidence so standing keeps; both shares are data and say that they are inferred.

pub(crate) mod case;
pub(crate) mod names;
pub(crate) mod listed;
mod input;
mod rules;
mod acts;
mod judge;
mod place;
mod table;
mod whole;
mod twin;

#[cfg(test)]
mod tests;

pub use acts::Acts;
pub use twin::Twin;

use self::case::{Case, Piece};
pub use self::input::{Context, Evidence, Legibility};
use self::listed::Listed;
use self::table::Table;
use crate::framework::{Framework, Question, rules::Rules};
use crate::model::{Assessment, Digest, DocumentName, QuestionId};
use judge::Tray;
use std::collections::{BTreeMap, BTreeSet};

/// Judges every question of the framework. The order of `evidence` does not matter.
pub fn check(
    evidence: &[Evidence],
    framework: &Framework,
    rules: &Rules,
    context: &Context,
) -> Assessment {
    let mut acts = Acts::default();
    for document in evidence {
        acts.add(document.digest, document.facts);
    }
    let mut checker = Checker::new(framework, rules, context, &acts);
    for document in evidence {
        checker.add(document);
    }
    let present = evidence.iter().filter(|document| !document.gone);
    checker.finish(present.count() as u32)
}

/// Judges every question of the framework, one document after the other, in any order.
#[derive(Debug)]
pub struct Checker<'a> {
    framework: &'a Framework,
    rules: &'a Rules,
    context: &'a Context,
    acts: &'a Acts,
    table: Table<'a>,
    listed: Listed<'a>,
    /// What there is for each question, in the framework's order.
    trays: Vec<Tray>,
    tray_of: BTreeMap<&'a QuestionId, usize>,
    names: BTreeMap<Digest, DocumentName>,
}

impl<'a> Checker<'a> {
    /// Begins; `acts` hold what all the documents do to one another.
    pub fn new(
        framework: &'a Framework,
        rules: &'a Rules,
        context: &'a Context,
        acts: &'a Acts,
    ) -> Self {
        let questions = framework.questions();
        Self {
            framework,
            rules,
            context,
            acts,
            table: Table::new(rules),
            listed: Listed::new(framework, context),
            trays: questions.iter().map(|_| Tray::default()).collect(),
            tray_of: (0..).zip(questions).map(|(n, q)| (&q.id, n)).collect(),
            names: BTreeMap::new(),
        }
    }

    /// Takes in one document with all that it could prove.
    pub fn add(&mut self, document: &Evidence) {
        let served = questions_served(document);
        let least = self.rules.candidate_from();
        let mut trays = std::mem::take(&mut self.trays);
        let mut is_kept = false;
        for link in document.links.iter().filter(|l| l.confidence >= least) {
            let Some(&at) = self.tray_of.get(&link.question) else {
                continue;
            };
            let (Some(question), Some(tray)) =
                (self.framework.questions().get(at), trays.get_mut(at))
            else {
                continue;
            };
            let piece = Piece {
                case: self.case(question),
                evidence: document,
                link,
                served: &served,
            };
            is_kept |= judge::piece(&piece, &self.table, tray);
        }
        self.trays = trays;
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
            question,
        }
    }

    /// Says how every question stands, of so many documents; those that could prove nothing
    /// need not have been taken in.
    pub fn finish(mut self, documents_seen: u32) -> Assessment {
        let trays = std::mem::take(&mut self.trays);
        let mut questions = Vec::with_capacity(trays.len());
        for (question, tray) in self.framework.questions().iter().zip(trays) {
            questions.push(judge::question(self.case(question), &self.table, tray));
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

/// Returns how to name a document.
fn name(document: &Evidence) -> DocumentName {
    DocumentName {
        path: document.paths.first().cloned().unwrap_or_default(),
        locations: document.paths.len() as u32,
        pages: document.page_count,
    }
}
