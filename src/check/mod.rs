//! Step 5: does it hold up? Takes what was recognised and linked, holds it against the rules
//! of `schema/rules.json` as a strict verifier would, and says how every question stands.
//!
//! Words, levels and parameters are data; here is only the judging, one function a rule (the
//! table is in `rule`). A rule gives one [`Outcome`](crate::model::Outcome); what a program cannot tell is
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
//! Likely points are the maximum, times the share of the legal form, times the share that
//! evidence so standing keeps; both shares are data and say that they are inferred.

mod formal;
mod issuer;
mod judge;
mod kind;
mod period;
mod photo;
mod readable;
mod reuse;
mod rule;
mod whole;

#[cfg(test)]
mod tests;

use crate::framework::{Framework, rules::Rules};
use crate::model::{
    Assessment, Date, Digest, DocumentFacts, DocumentName, Government, Link, MediaType,
    Metadata, Note, QuestionId, QuestionResult, Ratio,
};
use rule::{Case, Piece, Table};
use std::collections::BTreeMap;

/// Is one document as the check sees it.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    /// Its digest.
    pub digest: Digest,
    /// Every place it was found in; the first names it.
    pub paths: &'a [String],
    /// Its format.
    pub media_type: MediaType,
    /// How many pages it declares.
    pub page_count: u32,
    /// What was recognised.
    pub facts: &'a DocumentFacts,
    /// What the file says about itself.
    pub metadata: &'a Metadata,
    /// What went wrong while it was read.
    pub notes: &'a [Note],
    /// How well it can be read.
    pub legibility: Legibility,
    /// Which questions it could prove.
    pub links: &'a [Link],
}

/// Is how well a document's pages can be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Legibility {
    /// The pages that are blurred, too small or cut off, from 1. A blank page is none of them.
    pub unclear: Vec<u32>,
    /// Mean confidence over the pages read by OCR; none where no OCR ran.
    pub ocr_confidence: Option<Ratio>,
}

/// Is what evidence is judged for.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// Whose archive it is; where nobody said, no rule on issuers applies.
    pub region: Option<Government>,
    /// The year of the verification; periods are offsets from it.
    pub year: i16,
    /// The day the judgement is made for.
    pub as_of: Date,
}

/// Judges every question of the framework. The order of `evidence` does not matter.
pub fn check(
    evidence: &[Evidence],
    framework: &Framework,
    rules: &Rules,
    context: &Context,
) -> Assessment {
    let mut linked: BTreeMap<&QuestionId, Vec<(&Evidence, &Link)>> = BTreeMap::new();
    let mut served: BTreeMap<Digest, Vec<QuestionId>> = BTreeMap::new();
    for document in evidence {
        for link in document.links {
            linked
                .entry(&link.question)
                .or_default()
                .push((document, link));
        }
        served.insert(document.digest, questions_served(document));
    }
    let table = Table::new(rules);
    let questions: Vec<QuestionResult> = framework
        .questions()
        .iter()
        .map(|question| {
            let case = Case {
                framework,
                rules,
                table: &table,
                context,
                question,
            };
            let links = linked.remove(&question.id).unwrap_or_default();
            let pieces = links.into_iter().map(|(evidence, link)| Piece {
                case,
                evidence,
                link,
                served: served.get(&evidence.digest).map_or(&[], Vec::as_slice),
            });
            judge::question(case, pieces)
        })
        .collect();
    Assessment {
        framework: framework.id().to_owned(),
        region: context.region.clone(),
        year: context.year,
        as_of: context.as_of,
        documents_seen: evidence.len() as u32,
        documents: names(evidence, &questions),
        questions,
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

/// Returns how to name the documents that the results speak of.
fn names(
    evidence: &[Evidence],
    questions: &[QuestionResult],
) -> BTreeMap<Digest, DocumentName> {
    let by_digest: BTreeMap<Digest, &Evidence> =
        evidence.iter().map(|e| (e.digest, e)).collect();
    questions
        .iter()
        .flat_map(|question| &question.evidence)
        .filter_map(|weighed| by_digest.get(&weighed.document))
        .map(|document| {
            let name = DocumentName {
                path: document.paths.first().cloned().unwrap_or_default(),
                locations: document.paths.len() as u32,
                pages: document.page_count,
            };
            (document.digest, name)
        })
        .collect()
}
