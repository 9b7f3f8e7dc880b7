//! Outcomes of checks of digests and signature values.

use serde::{Deserialize, Serialize};

/// The outcome of a check of digest or signature value.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Checked {
    /// It fits.
    Good,
    /// It does not.
    Bad,
    /// The algorithm is not known here.
    Unsupported,
    /// It was not come to.
    NotChecked,
}

/// A check and the algorithm it was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlgorithmCheck {
    /// The outcome.
    pub outcome: Checked,
    /// The algorithm, by its usual name (`SHA-256`, `RSASSA-PKCS1-v1_5 SHA-256`), else its OID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
}

impl AlgorithmCheck {
    /// The check that was not made.
    pub const NOT_CHECKED: Self = Self {
        outcome: Checked::NotChecked,
        algorithm: None,
    };
}
