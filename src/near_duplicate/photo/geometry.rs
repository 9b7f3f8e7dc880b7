//! Takes pairs of places in two photos and tells how one photo lies in the other: moved, turned
//! and scaled, mirrored or not, a little stretched.

use super::corner::STEP;
use crate::model::Corner;
use std::collections::BTreeSet;
use std::f32::consts::{PI, TAU};

pub(super) type Point = (f32, f32);

/// Where a corner is, and how it was seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    place: (u16, u16),
    lean: u8,
    level: u8,
}

impl Spot {
    pub fn of(corner: &Corner) -> Self {
        Self {
            place: (corner.x, corner.y),
            lean: corner.lean,
            level: corner.level,
        }
    }

    /// Returns its place in pixels.
    fn pixels(self) -> Point {
        (
            f32::from(self.place.0) / 16.0,
            f32::from(self.place.1) / 16.0,
        )
    }

    /// Returns its lean in radians.
    fn radians(self) -> f32 {
        f32::from(self.lean) / 256.0 * TAU
    }
}

/// Two places that look alike: in one photo and in the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub from: Point,
    pub to: Point,
    /// How far the other's surroundings are turned against this one's, in radians.
    pub turn: f32,
    /// How much larger the other is shown.
    pub scale: f32,
}

/// Pairs two corners that look alike; with `mirror`, as the first photo, so wide, looks in one.
pub(super) fn pair(a: Spot, b: Spot, mirror: bool, width: f32) -> Pair {
    let (mut from, mut own) = (a.pixels(), a.radians());
    if mirror {
        from.0 = width - from.0;
        own = PI - own;
    }
    Pair {
        from,
        to: b.pixels(),
        turn: b.radians() - own,
        scale: STEP.powi(i32::from(b.level) - i32::from(a.level)),
    }
}

/// A way from one photo's places to the other's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Motion {
    pub xx: f32,
    pub xy: f32,
    pub yx: f32,
    pub yy: f32,
    pub dx: f32,
    pub dy: f32,
}

/// Least and most that one photo is larger than the other: as far as the pyramid of corners
/// reaches.
const SCALES: std::ops::RangeInclusive<f32> = 0.27..=3.7;
/// How much one direction may be stretched against the other: a photo pulled wide in an office
/// program.
const STRETCH: f32 = 1.5;
/// Radians by which what two pairs say of the turn may differ from what their places say.
const LEEWAY: f32 = 0.5;
/// The same for the scale, as a factor: two steps of the pyramid.
const SCALE_LEEWAY: f32 = 1.5;

impl Motion {
    /// Returns the motion that brings two places onto their fellows without stretching, where
    /// it agrees with what their surroundings say.
    pub fn through(a: &Pair, b: &Pair) -> Option<Self> {
        let (fx, fy) = (b.from.0 - a.from.0, b.from.1 - a.from.1);
        let (tx, ty) = (b.to.0 - a.to.0, b.to.1 - a.to.1);
        let square = fx * fx + fy * fy;
        // Two places next to each other say little about anything else.
        if square < 400.0 {
            return None;
        }
        let (cos, sin) = ((fx * tx + fy * ty) / square, (fx * ty - fy * tx) / square);
        let (scale, turn) = (cos.hypot(sin), sin.atan2(cos));
        let agrees = |pair: &Pair| {
            let ratio = pair.scale / scale;
            (1.0 / SCALE_LEEWAY..=SCALE_LEEWAY).contains(&ratio)
                && angle(pair.turn, turn) <= LEEWAY
        };
        (SCALES.contains(&scale) && agrees(a) && agrees(b)).then(|| Self {
            xx: cos,
            xy: -sin,
            yx: sin,
            yy: cos,
            dx: a.to.0 - cos * a.from.0 + sin * a.from.1,
            dy: a.to.1 - sin * a.from.0 - cos * a.from.1,
        })
    }

    /// Returns the motion, stretching allowed, that brings many places nearest to their
    /// fellows (least squares).
    pub fn nearest<'p>(pairs: impl Iterator<Item = &'p Pair> + Clone) -> Option<Self> {
        let count = pairs.clone().count() as f64;
        let mean = |of: fn(&Pair) -> f32| {
            pairs.clone().map(|p| f64::from(of(p))).sum::<f64>() / count.max(1.0)
        };
        let (fx, fy) = (mean(|p| p.from.0), mean(|p| p.from.1));
        let (tx, ty) = (mean(|p| p.to.0), mean(|p| p.to.1));
        let [mut xx, mut xy, mut yy, mut px, mut qx, mut py, mut qy] = [0.0_f64; 7];
        for pair in pairs {
            let (x, y) = (f64::from(pair.from.0) - fx, f64::from(pair.from.1) - fy);
            let (u, v) = (f64::from(pair.to.0) - tx, f64::from(pair.to.1) - ty);
            (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
            (px, qx) = (px + u * x, qx + u * y);
            (py, qy) = (py + v * x, qy + v * y);
        }
        let determinant = xx * yy - xy * xy;
        if determinant < 1.0 {
            return None;
        }
        let solve = |p: f64, q: f64| {
            (
                (p * yy - q * xy) / determinant,
                (q * xx - p * xy) / determinant,
            )
        };
        let ((xx, xy), (yx, yy)) = (solve(px, qx), solve(py, qy));
        let motion = Self {
            xx: xx as f32,
            xy: xy as f32,
            yx: yx as f32,
            yy: yy as f32,
            dx: (tx - xx * fx - xy * fy) as f32,
            dy: (ty - yx * fx - yy * fy) as f32,
        };
        motion.is_sane().then_some(motion)
    }

    pub fn of(&self, (x, y): Point) -> Point {
        (
            self.xx * x + self.xy * y + self.dx,
            self.yx * x + self.yy * y + self.dy,
        )
    }

    /// Returns how far a pair is from what the motion says, in pixels of the other photo.
    pub fn misses(&self, pair: &Pair) -> f32 {
        let (x, y) = self.of(pair.from);
        (x - pair.to.0).hypot(y - pair.to.1)
    }

    /// Counts the pairs that agree, within so many pixels.
    pub fn supporters(&self, pairs: &[Pair], near: f32) -> usize {
        pairs
            .iter()
            .filter(|pair| self.misses(pair) <= near)
            .count()
    }

    /// Counts the places that agree; corners seen on several levels are one place.
    pub fn supported(&self, pairs: &[Pair], near: f32) -> usize {
        let agree = pairs.iter().filter(|pair| self.misses(pair) <= near);
        let cell = |(x, y): Point| ((x / 6.0) as u32, (y / 6.0) as u32);
        let cells: BTreeSet<_> = agree.map(|pair| cell(pair.to)).collect();
        cells.len()
    }

    /// Returns how many times larger areas become.
    pub fn growth(&self) -> f32 {
        self.xx * self.yy - self.xy * self.yx
    }

    /// Returns the turn in whole quarters, clockwise, 0 to 3.
    pub fn quarters(&self) -> u8 {
        let turn = (self.yx - self.xy).atan2(self.xx + self.yy);
        (turn / std::f32::consts::FRAC_PI_2).round().rem_euclid(4.0) as u8
    }

    /// A photo is turned, scaled, and stretched a little, never sheared into a sliver.
    fn is_sane(&self) -> bool {
        let (across, down) = (self.xx.hypot(self.yx), self.xy.hypot(self.yy));
        let upright = self.growth() / (across * down).max(1e-6);
        SCALES.contains(&across)
            && SCALES.contains(&down)
            && (1.0 / STRETCH..=STRETCH).contains(&(across / down))
            && upright > 0.94
    }
}

/// Returns the angle between two directions.
fn angle(a: f32, b: f32) -> f32 {
    let between = (a - b).rem_euclid(TAU);
    between.min(TAU - between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(from: Point, to: Point) -> Pair {
        Pair {
            from,
            to,
            turn: std::f32::consts::FRAC_PI_2,
            scale: 2.0,
        }
    }

    /// Twice as large, a quarter turn clockwise, moved.
    fn moved((x, y): Point) -> Point {
        (-2.0 * y + 300.0, 2.0 * x + 10.0)
    }

    #[test]
    fn two_pairs_tell_turn_scale_and_place() {
        let (a, b) = ((10.0, 20.0), (110.0, 90.0));
        let motion = Motion::through(&pair(a, moved(a)), &pair(b, moved(b))).unwrap();
        let far = (400.0, 333.0);
        assert!(motion.misses(&pair(far, moved(far))) < 0.01);
        assert_eq!(motion.quarters(), 1);
        assert!((motion.growth() - 4.0).abs() < 1e-3);
        let other = Pair {
            turn: 0.0,
            ..pair(b, moved(b))
        };
        assert_eq!(Motion::through(&pair(a, moved(a)), &other), None);
    }

    #[test]
    fn many_pairs_allow_a_little_stretching_and_no_mirror() {
        let points = [(0.0, 0.0), (300.0, 10.0), (280.0, 200.0), (15.0, 190.0)];
        let stretched = points.map(|(x, y)| pair((x, y), (1.2 * x, y + 4.0)));
        let motion = Motion::nearest(stretched.iter()).unwrap();
        assert!(stretched.iter().all(|p| motion.misses(p) < 0.01));
        let flipped = points.map(|(x, y)| pair((x, y), (400.0 - x, y)));
        assert_eq!(Motion::nearest(flipped.iter()), None);
    }
}
