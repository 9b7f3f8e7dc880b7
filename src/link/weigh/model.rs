//! From evidence to confidence: the fitted logistic model. A document is about an indicator
//! (`ground`), and of that indicator's questions it proves this one (`score`): the confidence
//! of a link is the product of both.

use super::fitted;
use super::ground::GROUNDS;
use super::score::ASKED;
use super::weights;
use crate::model::{IndicatorId, QuestionId, Ratio};

/// What linking weighed about a document and one question, for those who fit the model or
/// measure it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The question.
    pub question: QuestionId,
    /// The indicator it is about: of a policy on a topic, the topic's.
    pub about: IndicatorId,
    /// What the path and the document's level add to the log-odds that the document is about the indicator.
    pub filed: f32,
    /// What speaks for the indicator, in the order of [`Weighed::GROUNDS`].
    pub grounds: [f32; GROUNDS],
    /// What tells the question from its siblings, in the order of [`Weighed::ASKED`].
    pub asked: [f32; ASKED],
}

impl Weighed {
    /// The names of what speaks for an indicator.
    pub const GROUNDS: [&str; GROUNDS] = super::ground::NAMES;
    /// The names of what tells a question from its siblings.
    pub const ASKED: [&str; ASKED] = super::score::NAMES;

    /// Returns the confidence that the document is about the indicator.
    pub fn about_it(&self) -> f32 {
        sigmoid(weighed(&fitted::INDICATOR, &self.grounds) + self.filed)
    }

    /// Returns the confidence that the question is the right one, if the indicator is.
    pub fn asks_for_it(&self) -> f32 {
        sigmoid(weighed(&fitted::QUESTION, &self.asked))
    }

    /// Returns the confidence of the link.
    pub fn confidence(&self) -> Ratio {
        Ratio::new(self.joined(self.about_it(), self.asks_for_it()))
    }

    /// Makes one confidence of both. Where the document does not tell several questions apart
    /// and no code in the path does, none of them is certain.
    pub fn joined(&self, about: f32, asks: f32) -> f32 {
        let [_, _, _, _, code, _, _, tied, ..] = self.asked;
        let most = if tied > 0.0 && code <= 0.0 {
            weights::CAP_TIED
        } else {
            1.0
        };
        (about * asks).min(most)
    }
}

/// Adds up what each thing counts; the first weight is that of nothing.
fn weighed(weights: &[f32], values: &[f32]) -> f32 {
    let (nothing, weights) = weights.split_first().unwrap_or((&0.0, &[]));
    let each = weights
        .iter()
        .zip(values)
        .map(|(weight, value)| weight * value);
    nothing + each.sum::<f32>()
}

fn sigmoid(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}
