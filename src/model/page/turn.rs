//! Quarter turns of a page, and of the boxes on it.

use crate::model::Rect;
use serde::{Deserialize, Serialize};

/// How often a page must be turned a quarter to the right to stand upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It stands upright.
    #[default]
    None,
    /// Once.
    Right,
    /// Twice: it stands on its head.
    Half,
    /// Three times.
    Left,
}

impl Turn {
    /// Returns the quarters to the right, 0 to 3.
    pub fn quarters(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Right => 1,
            Self::Half => 2,
            Self::Left => 3,
        }
    }

    /// Tells whether the page stands upright as it is.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }

    /// Tells whether width and height change places.
    pub fn is_sideways(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }

    /// Returns the turn back.
    #[must_use]
    pub fn back(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::Right,
            other => other,
        }
    }

    /// Returns width and height of the turned page.
    pub fn size<T>(self, (width, height): (T, T)) -> (T, T) {
        if self.is_sideways() {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// Returns where a rectangle of a page of that width and height lies once it is turned.
    #[must_use]
    pub fn apply(self, rect: Rect, (width, height): (f32, f32)) -> Rect {
        let Rect { x0, y0, x1, y1 } = rect;
        match self {
            Self::None => rect,
            Self::Right => Rect {
                x0: height - y1,
                y0: x0,
                x1: height - y0,
                y1: x1,
            },
            Self::Half => Rect {
                x0: width - x1,
                y0: height - y1,
                x1: width - x0,
                y1: height - y0,
            },
            Self::Left => Rect {
                x0: y0,
                y0: width - x1,
                x1: y1,
                y1: width - x0,
            },
        }
    }

    /// Returns where a rectangle of the turned page lies on the page as it was, which has that
    /// width and height.
    #[must_use]
    pub fn undo(self, rect: Rect, size: (f32, f32)) -> Rect {
        self.back().apply(rect, self.size(size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_goes_round_and_comes_back() {
        let rect = Rect::from([1.0, 2.0, 4.0, 3.0]);
        let size = (10.0, 20.0);
        for (turn, turned) in [
            (Turn::None, [1.0, 2.0, 4.0, 3.0]),
            (Turn::Right, [17.0, 1.0, 18.0, 4.0]),
            (Turn::Half, [6.0, 17.0, 9.0, 18.0]),
            (Turn::Left, [2.0, 6.0, 3.0, 9.0]),
        ] {
            assert_eq!(turn.apply(rect, size), turned.into(), "{turn:?}");
            assert_eq!(turn.undo(turned.into(), size), rect, "{turn:?}");
        }
    }
}
