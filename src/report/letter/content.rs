//! A letter as both its forms write it.

use crate::model::Lang;

/// What stands in a letter, in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub(super) lang: Lang,
    /// Whose letter it is, line by line.
    pub(super) head: [String; 3],
    /// Number, urgency, attachment, subject: name and value.
    pub(super) about: [(&'static str, String); 4],
    /// Where and when.
    pub(super) dated: String,
    /// To whom, line by line.
    pub(super) to: Vec<String>,
    /// The sentence before the points.
    pub(super) opening: String,
    /// The points.
    pub(super) points: Vec<String>,
    /// The sentence after them.
    pub(super) closing: String,
    /// Who signs, line by line.
    pub(super) signed: [String; 3],
    /// Who gets a copy.
    pub(super) copies: Vec<String>,
    /// The heading of the attachment.
    pub(super) attachment: String,
    /// The heads of its table.
    pub(super) columns: [String; 5],
    /// Its rows.
    pub(super) rows: Vec<[String; 5]>,
}
