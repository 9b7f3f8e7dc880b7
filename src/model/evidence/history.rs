//! What a check came to, kept small, so that a later one can say what moved.

use crate::model::{Date, Points, QuestionId, QuestionState, RuleId};
use serde::{Deserialize, Serialize};

/// A check that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct PastCheck {
    /// Its number.
    pub id: i64,
    /// When it ran: RFC 3339, UTC.
    pub made: String,
    /// The day it was made for.
    pub as_of: Date,
    /// The year of verification.
    pub year: i16,
    /// The points of all questions.
    pub points: Points,
}

/// How one question stood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stood {
    /// The question.
    pub question: QuestionId,
    /// How it stood.
    pub state: QuestionState,
    /// What likely remained.
    pub likely: f64,
    /// The rules that spoke against it or its best evidence, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<RuleId>,
}
