//! An answer: what a region gives itself for a question before anyone verifies it.

use crate::model::QuestionId;
use serde::{Deserialize, Serialize};

/// The self-assessed answer to one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    pub question: QuestionId,
    /// The points the region gives itself.
    pub points: f64,
    /// What it remarked; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
