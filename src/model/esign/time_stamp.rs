//! Time-stamps after RFC 3161, verified.

use crate::model::{CertificateName, Checked, EsignReason, Trust};
use serde::{Deserialize, Serialize};

/// A time-stamp token (RFC 3161), held against what it stamps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeStamp {
    /// The time that the authority vouches for, RFC 3339, UTC.
    pub time: String,
    /// Whether it is for these bytes: the message imprint.
    pub imprint: Checked,
    /// Whether the authority's own signature on it holds.
    pub value: Checked,
    /// The authority's certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<CertificateName>,
    /// What vouches for the authority.
    pub trust: Trust,
    /// What is to be said of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<EsignReason>,
}

impl TimeStamp {
    /// Tells whether imprint and signature hold, whoever the authority is.
    pub fn is_sound(&self) -> bool {
        self.imprint == Checked::Good && self.value == Checked::Good
    }

    /// Tells whether it is sound and its authority is one the user trusts: only then it dates.
    pub fn is_trusted(&self) -> bool {
        self.is_sound() && self.trust.state == crate::model::TrustState::Anchored
    }
}
