//! In what condition a document is: what seems to be missing from it, and what it holds that
//! must not be passed on.

use crate::model::{Fact, Ratio, Rect, RuleId};
use serde::{Deserialize, Serialize};

/// A part that a complete document has and this one does not.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MissingPart {
    /// The text refers to its attachment (`lampiran`), and none follows.
    Attachment,
    /// The numbers printed on the pages leave some out.
    Pages,
    /// A regulation or decision without the lines that close it (`Ditetapkan di …`).
    Closing,
}

/// A missing part, with the words that announce it; the value says what is missing, as printed
/// (`Lampiran`, `3–4`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MissingPartFact {
    /// Which part is missing.
    #[serde(rename = "lack")]
    pub part: MissingPart,
    /// Where that shows.
    #[serde(flatten)]
    pub fact: Fact<String>,
}

/// A kind of personal data.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    /// `NIK`: the number of a person.
    Nik,
    /// `Nomor KK`: the number of a family.
    Kk,
    /// Who a child is that was harmed or stands before the law.
    Child,
}

/// Marks a place with personal data. The data itself is kept nowhere but on the page, so that
/// no list, log or export repeats it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonalMark {
    /// What stands there.
    pub kind: PersonalKind,
    /// The page, from 1.
    pub page: u32,
    /// The box around it; `None` for formats without a page.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub rect: Option<Rect>,
    /// How sure bukti is.
    pub confidence: Ratio,
    /// Which rule found it.
    pub rule: RuleId,
}
