//! A fact: a value with its place, its rule and an honest confidence.

use crate::model::{Ratio, RuleId, Span};
use serde::{Deserialize, Serialize};

/// A value read from a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// How sure bukti is, calibrated: of facts at 0.9, nine in ten are right.
    pub confidence: Ratio,
    /// Where it was read; `None` where the whole document speaks.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Which rule read it.
    pub rule: RuleId,
}
