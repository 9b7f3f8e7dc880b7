//! Decisions of persons on whether a document proves a question. A decision overrides every
//! suggestion. The record is append-only: an undo is one more entry.

use crate::model::{Digest, Lang, QuestionId};
use serde::{Deserialize, Serialize};

/// What a person decided.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// The document proves the question.
    Accept,
    /// It does not.
    Reject,
}

impl Verdict {
    /// Returns the name that JSON and the catalog use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns it in words.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Accept => lang.pick("diterima", "accepted"),
            Self::Reject => lang.pick("ditolak", "rejected"),
        }
    }

    /// Returns the verdict of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}

/// Who decided, when, and what they remarked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Who.
    pub author: String,
    /// When: RFC 3339, UTC.
    pub made: String,
    /// What they remarked; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A decision on one document and one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The document, by content: it may move and be renamed.
    pub document: Digest,
    /// The question.
    pub question: QuestionId,
    /// What was decided.
    pub verdict: Verdict,
    /// By whom, and when.
    pub decided: Decided,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_one_name() {
        for verdict in [Verdict::Accept, Verdict::Reject] {
            assert_eq!(Verdict::from_name(verdict.as_str()), Some(verdict));
            let json = serde_json::to_string(&verdict).unwrap();
            assert_eq!(json, format!("\"{}\"", verdict.as_str()));
        }
        assert_eq!(Verdict::from_name("maybe"), None);
    }
}
