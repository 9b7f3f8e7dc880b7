//! Which bytes a signature covers, and what was added or changed after them.

use crate::model::EsignRule;
use serde::{Deserialize, Serialize};

/// The bytes of a file that a signature covers (`/ByteRange`, ISO 32000-2, 12.8.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "covers")]
pub enum SignedCoverage {
    /// The whole file but for the signature itself.
    WholeFile,
    /// The file up to the end of an earlier revision.
    Revision {
        /// Which one, from 1.
        revision: u32,
        /// How many revisions the file has.
        of: u32,
        /// Where the covered bytes end, counted from `%PDF`.
        end_bytes: u64,
    },
    /// Nothing that can be named: the range is not in its form.
    Malformed {
        /// In which way.
        fault: ByteRangeFault,
    },
    /// There is no signature.
    None,
}

/// A way in which `/ByteRange` or `/Contents` is not in its form.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ByteRangeFault {
    /// There is none, or it is no array of four whole numbers.
    Missing,
    /// It does not begin at the first byte.
    NotFromStart,
    /// A number is negative or zero where it must not be.
    NotPositive,
    /// Its parts overlap or are in disorder.
    Overlap,
    /// It reaches beyond the end of the file.
    BeyondEnd,
    /// The gap is not exactly the `<…>` of this signature's `/Contents`.
    Gap,
    /// `/Contents` is missing, twice, no hexadecimal string, or not in the file where it says.
    Contents,
    /// It ends inside a revision.
    InsideRevision,
    /// The covered bytes do not hold the signature's own dictionary.
    NotItself,
}

/// A kind of change after a signature.
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
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ChangeKind {
    /// Validation data (DSS) or a document time-stamp: no content.
    ValidationData,
    /// Title, author, XMP: said, and no harm.
    Metadata,
    /// Another signature, with its field.
    Signature,
    /// A value of a form field, with its appearance.
    FormFilled,
    /// An annotation, where `DocMDP` permits it.
    Annotation,
    /// Something that cannot be judged.
    Unjudged,
    /// Something else.
    Other,
}

/// A change after a signature.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LaterChange {
    /// Its kind.
    pub kind: ChangeKind,
    /// The rule that saw it.
    pub rule: EsignRule,
    /// What was changed, as the path of PDF keys or the name of the field.
    pub what: String,
    /// On which page, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}
