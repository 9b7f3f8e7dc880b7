//! What is recognised of the codes printed on a document.

use crate::model::Fact;
use serde::{Deserialize, Serialize};

/// What a printed code stands for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum CodeRole {
    /// An electronic signature: it stands on a page whose words speak of one, or in the place of
    /// the signature.
    Signature,
    /// Something else: a form to fill in, the web page of an office.
    Other,
}

/// A printed code that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeFact {
    /// What it stands for.
    pub role: CodeRole,
    /// Its text and its place.
    #[serde(flatten)]
    pub fact: Fact<String>,
}
