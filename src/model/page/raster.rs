//! Grey pictures, and rectangles on them.

use serde::{Deserialize, Serialize};

/// A rectangle on a page as a person reads it (after the rotation that the file asks for and
/// after [`Page::turn`](crate::model::Page::turn)): origin top left, x to the right, y down, in
/// points (1/72 inch) for PDF and in pixels for a picture file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f32; 4]", into = "[f32; 4]")]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl From<[f32; 4]> for Rect {
    fn from([x0, y0, x1, y1]: [f32; 4]) -> Self {
        Self { x0, y0, x1, y1 }
    }
}

impl Rect {
    /// Returns the smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Returns the width, in the page's unit.
    pub fn width(self) -> f32 {
        self.x1 - self.x0
    }

    /// Returns the part that both share; `None` where there is none.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let both = Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (both.x0 < both.x1 && both.y0 < both.y1).then_some(both)
    }

    /// Returns the rectangle with every side moved outwards by `by`.
    #[must_use]
    pub fn grown(self, by: f32) -> Self {
        Self {
            x0: self.x0 - by,
            y0: self.y0 - by,
            x1: self.x1 + by,
            y1: self.y1 + by,
        }
    }

    /// Returns the height, in the page's unit.
    pub fn height(self) -> f32 {
        self.y1 - self.y0
    }
}

/// A grey picture of a page as a person sees it (rotation applied), row by row from the
/// top left, one byte a pixel, 0 black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width * height` bytes.
    pub luma: Vec<u8>,
}
