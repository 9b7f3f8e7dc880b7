//! A near-duplicate of a document, as rules see it. Near-duplicates were found when the archive
//! was indexed.

use crate::model::{DocTypeId, Link, QuestionId, Ratio};

/// A near-duplicate of the judged document.
#[derive(Debug, Clone, PartialEq)]
pub struct Twin {
    /// Where it is.
    pub path: String,
    /// Do they share a photo? If not, they have the same text.
    pub is_photo: bool,
    /// What it is.
    pub kind: Option<DocTypeId>,
    /// The questions it is evidence for.
    pub serves: Vec<QuestionId>,
}

impl Twin {
    /// Returns the questions that a document with these links is evidence for: those of confident
    /// links, or else that of the likeliest candidate.
    pub fn questions_served(links: &[Link], candidate_from: Ratio) -> Vec<QuestionId> {
        let confident = links.iter().filter(|link| link.confidence.is_confident());
        let mut served: Vec<QuestionId> =
            confident.map(|link| link.question.clone()).collect();
        if served.is_empty() {
            let candidates = links.iter().filter(|l| l.confidence >= candidate_from);
            let best = candidates.max_by(|a, b| {
                let by_confidence = a.confidence.get().total_cmp(&b.confidence.get());
                by_confidence.then_with(|| b.question.cmp(&a.question))
            });
            served.extend(best.map(|link| link.question.clone()));
        }
        served.sort();
        served.dedup();
        served
    }
}
