//! Marks: ink on a page that no word explains, such as pen strokes, seals and pictures over text.
//! `ocr` finds them on the picture; `classify` judges them with the text.

use crate::model::{Ratio, Rect};
use serde::{Deserialize, Serialize};

/// The kind of a mark by its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InkKind {
    /// Strokes: a pen's, a drawing's, or print that was not read.
    Strokes,
    /// Strokes along a circle of 16 to 50 mm: a seal or a round logo.
    Ring,
    /// A picture that the file lays over its text; nobody looked at what it shows.
    Picture,
}

/// Ink that no word explains.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct InkMark {
    /// What it looks like.
    pub kind: InkKind,
    /// Where, in the unit of the page's size.
    pub rect: Rect,
    /// The longer side of its largest connected piece, in the same unit. A pen writes in
    /// large pieces, print that was not read is many small ones.
    pub piece: f32,
    /// Share of `rect` that is ink; 1 for pictures.
    pub ink: Ratio,
}
