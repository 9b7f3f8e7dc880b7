//! A finding: one rule, held against one document or question, and what came of it. The words
//! are SARIF 2.1.0's (kind, level, rule, location).

use crate::model::{Digest, QuestionId, RuleId, Span};
use serde::{Deserialize, Serialize};

/// The result of a rule (SARIF 2.1.0 §3.27.9, less `informational` and `open`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Checked, and it holds.
    Pass,
    /// Checked, and it does not hold.
    Fail,
    /// Could not be decided; a person must look.
    Review,
    /// The rule does not apply here.
    NotApplicable,
}

/// How bad a failed rule is (SARIF 2.1.0 §3.27.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Good to know.
    Note,
    /// A strict verifier may strip the points.
    Warning,
    /// A verifier will strip the points.
    Error,
}

impl Level {
    /// Returns the name that SARIF and the classes of our pages use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// The question judged.
    pub question: QuestionId,
    /// The document judged; `None` where the question as a whole is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Digest>,
}

/// Where in the document the finding points.
pub type Place = Option<Span>;

/// A rule held against one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule, as `schema/rules.json` names it.
    pub rule: RuleId,
    /// What it is about.
    #[serde(flatten)]
    pub subject: Subject,
    /// The result of it.
    pub outcome: Outcome,
    /// How bad it is.
    pub level: Level,
    /// Where to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Place,
    /// Values for the rule's message, in the order the message names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
}
