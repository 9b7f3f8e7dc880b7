//! Relations of one document to another, as its own text states them: always from the new document
//! to the old one.

use crate::model::{DocTypeId, Fact};
use serde::{Deserialize, Serialize};

/// Another document as a text names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cited {
    /// Its kind.
    pub kind: DocTypeId,
    /// Its kind in the words of the law, with whatever names the government:
    /// `Peraturan Bupati Demak`.
    pub label: String,
    /// Its number, normalised like a document's own.
    pub number: String,
    /// The year that belongs to the number.
    pub year: i16,
}

/// The role of a relation: the act of a document on another.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum RelationRole {
    /// `Perubahan atas`: changes it; the old one stays in force.
    Amends,
    /// `dicabut dan dinyatakan tidak berlaku`: ends it.
    Repeals,
    /// Ends parts of it.
    RepealsInPart,
}

/// A relation from the document it was read in to an older one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// What is done to the other document.
    pub role: RelationRole,
    /// The other document, and where it is named.
    #[serde(flatten)]
    pub fact: Fact<Cited>,
}
