//! The signature of a document and its signatory, as far as its pages show them.

use crate::model::Fact;
use serde::{Deserialize, Serialize};

/// The state of a signature, by what stands in its place.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SignatureState {
    /// Pen strokes, or the picture of some.
    Hand,
    /// A seal and no stroke that could be told from it.
    Stamp,
    /// `ttd`: a copy (`salinan`) that says its original is signed.
    Ttd,
    /// An electronic signature in the file, and what was signed stands as it was signed.
    Digital,
    /// An electronic signature in the file that is broken, or whose content was changed since.
    DigitalInvalid,
    /// An electronic signature in the file that cannot be judged.
    DigitalUnchecked,
    /// A print, scan or saving of a document that says it is signed electronically: the signature
    /// itself is not in the file.
    DigitalCopy,
    /// A field for an electronic signature that nobody signed.
    DigitalEmpty,
    /// The place is there and has nothing in it.
    None,
}

/// The state of a document's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// What stands in its place.
    pub state: SignatureState,
    /// Whether a seal stands there, too; `None` where that cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamped: Option<bool>,
}

/// In whose place someone signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acting {
    /// `Plt.`: has the tasks of an office that nobody holds.
    Plt,
    /// `Plh.`: has them for some days, while the holder is away.
    Plh,
    /// `Pj.`: was appointed until one is elected.
    Pj,
    /// `Pjs.`: the same, while the holder stands for election.
    Pjs,
    /// `a.n.`: signs in the name of another.
    An,
    /// `u.b.`: signs for one who was to sign in the name of another.
    Ub,
}

/// Who signed, as the block around the signature says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signatory {
    /// The name with its titles, as printed.
    pub name: String,
    /// The office, as printed, without what says who acts for whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Fact<String>>,
    /// Set where another than the holder of the office signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting: Option<Fact<Acting>>,
}
