//! Two documents that are one: the same text read twice, the same photo shown twice. What is
//! alike was found when it was indexed; whether it harms depends on what each is evidence for,
//! and that it is the same is for a person to see.

use crate::model::{DocTypeId, Link, QuestionId, Ratio};

/// Another document that has something in common with the one at hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Twin {
    /// Where it is.
    pub path: String,
    /// Whether they share a photo; if not, their text is one.
    pub is_photo: bool,
    /// What it is.
    pub kind: Option<DocTypeId>,
    /// The questions it is evidence for.
    pub serves: Vec<QuestionId>,
}

impl Twin {
    /// Returns the questions that a document of these links is evidence for: those it is
    /// confidently linked to, or else the likeliest candidate.
    pub fn serves(links: &[Link], candidate_from: Ratio) -> Vec<QuestionId> {
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
