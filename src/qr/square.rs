//! Which three finder patterns are the corners of one code: of one size, two sides of one length
//! at a right angle. The fourth corner follows.

use super::finder::Finder;
use crate::model::Rect;

/// Modules between the middles of two patterns: version 1 has 14, version 40 has 170.
const APART: std::ops::RangeInclusive<f32> = 10.0..=190.0;
/// Share by which modules of patterns of one code, its sides, and its angle may differ.
const UNEVEN: f32 = 0.35;
/// Modules from the middle of a pattern to the edge of the code.
const EDGE: f32 = 3.5;

/// A square that looks like a code.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Square {
    /// The middle of the pattern at its right angle, of that to the right of it and of that
    /// below it as the code is read, and of its fourth corner.
    corners: [(f32, f32); 4],
    /// The side of a module in pixels.
    pub module: f32,
    /// How far it is from a square; 0 is one.
    error: f32,
}

impl Square {
    /// Returns the upright rectangle around it.
    pub fn rect(&self) -> Rect {
        let [first, rest @ ..] = self.corners.map(|(x, y)| Rect {
            x0: x,
            y0: y,
            x1: x,
            y1: y,
        });
        let around = rest.into_iter().fold(first, Rect::union);
        around.grown(EDGE * self.module)
    }

    /// Returns how many modules lie between the middles of two patterns.
    pub fn modules_apart(&self) -> f32 {
        let [corner, right, below, _] = self.corners;
        let side = |to: (f32, f32)| (to.0 - corner.0).hypot(to.1 - corner.1);
        side(right).midpoint(side(below)) / self.module.max(f32::MIN_POSITIVE)
    }

    /// Returns a place in pixels, given in sides between the middles of patterns from the first.
    pub fn at(&self, across: f32, down: f32) -> (f32, f32) {
        let [corner, right, below, _] = self.corners;
        let place = |corner: f32, right: f32, below: f32| {
            corner + across * (right - corner) + down * (below - corner)
        };
        (
            place(corner.0, right.0, below.0),
            place(corner.1, right.1, below.1),
        )
    }
}

/// Returns the squares between patterns, the most even first.
pub(super) fn squares(finders: &[Finder]) -> Vec<Square> {
    let mut squares = Vec::new();
    for (n, a) in finders.iter().enumerate() {
        for (m, b) in finders.iter().enumerate().skip(n + 1) {
            let thirds = finders.iter().skip(m + 1);
            squares.extend(thirds.filter_map(|c| square([*a, *b, *c])));
        }
    }
    squares.sort_by(|a, b| a.error.total_cmp(&b.error));
    squares
}

fn square(finders: [Finder; 3]) -> Option<Square> {
    let [a, b, c] = finders;
    let modules = [a.module, b.module, c.module];
    let least = modules.into_iter().fold(f32::MAX, f32::min);
    let most = modules.into_iter().fold(0.0, f32::max);
    if most > (1.0 + UNEVEN) * least {
        return None;
    }
    let [corner, one, other] = clockwise(by_right_angle(a, b, c));
    let (side, other_side) = (distance(corner, one), distance(corner, other));
    let diagonal = distance(one, other);
    let long = side.max(other_side).max(f32::MIN_POSITIVE);
    let uneven = (side - other_side).abs() / long;
    let skewed = (diagonal / side.hypot(other_side).max(f32::MIN_POSITIVE) - 1.0).abs();
    // Across a code that is turned, its patterns are longer by the angle.
    let turn = (one.x - corner.x).abs().max((one.y - corner.y).abs()) / side.max(1.0);
    let module = turn * (a.module + b.module + c.module) / 3.0;
    let is_one =
        uneven <= UNEVEN && skewed <= UNEVEN / 2.0 && APART.contains(&(long / module));
    is_one.then(|| Square {
        corners: [
            (corner.x, corner.y),
            (one.x, one.y),
            (other.x, other.y),
            (one.x + other.x - corner.x, one.y + other.y - corner.y),
        ],
        module,
        error: uneven + skewed + (most / least - 1.0),
    })
}

/// Returns the pattern opposite the longest side first.
fn by_right_angle(a: Finder, b: Finder, c: Finder) -> [Finder; 3] {
    let (ab, bc, ca) = (distance(a, b), distance(b, c), distance(c, a));
    if bc >= ab && bc >= ca {
        [a, b, c]
    } else if ca >= ab && ca >= bc {
        [b, c, a]
    } else {
        [c, a, b]
    }
}

/// Puts the pattern to the right of the corner before that below it.
fn clockwise([corner, one, other]: [Finder; 3]) -> [Finder; 3] {
    let right = (one.x - corner.x) * (other.y - corner.y);
    let left = (one.y - corner.y) * (other.x - corner.x);
    match right >= left {
        true => [corner, one, other],
        false => [corner, other, one],
    }
}

fn distance(a: Finder, b: Finder) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}
