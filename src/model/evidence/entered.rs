//! What was typed into the national form for a question: kept with the tick, so that what has
//! changed since then is seen.

use crate::model::{Digest, QuestionId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a question's part of the form holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryContent {
    /// The points the region gives itself; `None` where it has not answered.
    pub points: Option<f64>,
    /// What it remarked; may be empty.
    pub note: String,
    /// The documents that are attached.
    pub evidence: BTreeSet<Digest>,
}

/// The tick on a question: it was typed into the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered {
    /// The question.
    pub question: QuestionId,
    /// Who typed it in.
    pub author: String,
    /// When: RFC 3339, UTC.
    pub made: String,
    /// What there was to type in then.
    pub content: EntryContent,
}
