//! Affine maps between two photos: fitted to matched corners, they say how one photo lies in
//! the other (moved, turned, scaled, a little stretched).

use super::corner::STEP;
use crate::model::Corner;
use std::collections::BTreeSet;
use std::f32::consts::{PI, TAU};

pub(super) type Point = (f32, f32);

/// A corner without its descriptor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keypoint {
    place: (u16, u16),
    orientation: u8,
    level: u8,
}

impl Keypoint {
    pub fn new(corner: &Corner) -> Self {
        Self {
            place: (corner.x, corner.y),
            orientation: corner.orientation,
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

    /// Returns its orientation in radians.
    fn radians(self) -> f32 {
        f32::from(self.orientation) / 256.0 * TAU
    }
}

/// Two corners that look alike, one in each photo; places in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub from: Point,
    pub to: Point,
    /// How far the second corner is turned against the first, in radians.
    pub turn: f32,
    /// How many times larger the second photo shows it.
    pub scale: f32,
}

/// Returns the match of two corners. With `mirror`, the first photo, `width` pixels wide, is
/// mirrored left to right first.
pub(super) fn match_corners(a: Keypoint, b: Keypoint, mirror: bool, width: f32) -> Match {
    let (mut from, mut own) = (a.pixels(), a.radians());
    if mirror {
        from.0 = width - from.0;
        own = PI - own;
    }
    Match {
        from,
        to: b.pixels(),
        turn: b.radians() - own,
        scale: STEP.powi(i32::from(b.level) - i32::from(a.level)),
    }
}

/// An affine map from pixels of one photo to pixels of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Affine {
    pub xx: f32,
    pub xy: f32,
    pub yx: f32,
    pub yy: f32,
    pub dx: f32,
    pub dy: f32,
}

/// Smallest and largest scale from one photo to the other: as far as the pyramid reaches.
const SCALES: std::ops::RangeInclusive<f32> = 0.27..=3.7;
/// Largest ratio of the two scales across and down: a photo pulled wide in an office program.
const STRETCH: f32 = 1.5;
/// Radians by which the turn of a match may differ from the turn of the map.
const LEEWAY: f32 = 0.5;
/// Factor by which the scale of a match may differ from the map's: two steps of the pyramid.
const SCALE_LEEWAY: f32 = 1.5;

impl Affine {
    /// Returns the similarity (turn, scale, shift) that maps both matches exactly; `None` where
    /// it disagrees with the orientations or levels of their corners.
    pub fn from_two(a: &Match, b: &Match) -> Option<Self> {
        let (fx, fy) = (b.from.0 - a.from.0, b.from.1 - a.from.1);
        let (tx, ty) = (b.to.0 - a.to.0, b.to.1 - a.to.1);
        let square = fx * fx + fy * fy;
        // Two places close together determine the map badly.
        if square < 400.0 {
            return None;
        }
        let (cos, sin) = ((fx * tx + fy * ty) / square, (fx * ty - fy * tx) / square);
        let (scale, turn) = (cos.hypot(sin), sin.atan2(cos));
        let agrees = |pair: &Match| {
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

    /// Returns the affine map that fits the matches best by least squares; `None` where it is no
    /// map between two photos.
    pub fn least_squares<'p>(
        pairs: impl Iterator<Item = &'p Match> + Clone,
    ) -> Option<Self> {
        let count = pairs.clone().count() as f64;
        let mean = |of: fn(&Match) -> f32| {
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
        let affine = Self {
            xx: xx as f32,
            xy: xy as f32,
            yx: yx as f32,
            yy: yy as f32,
            dx: (tx - xx * fx - xy * fy) as f32,
            dy: (ty - yx * fx - yy * fy) as f32,
        };
        affine.is_sane().then_some(affine)
    }

    /// Returns where a place of the first photo is in the second.
    pub fn apply(&self, (x, y): Point) -> Point {
        (
            self.xx * x + self.xy * y + self.dx,
            self.yx * x + self.yy * y + self.dy,
        )
    }

    /// Returns the distance between the mapped and the matched place, in pixels of the second
    /// photo.
    pub fn residual(&self, pair: &Match) -> f32 {
        let (x, y) = self.apply(pair.from);
        (x - pair.to.0).hypot(y - pair.to.1)
    }

    /// Counts the matches whose residual is at most `near` pixels.
    pub fn count_inliers(&self, pairs: &[Match], near: f32) -> usize {
        pairs
            .iter()
            .filter(|pair| self.residual(pair) <= near)
            .count()
    }

    /// Counts the places of the inliers; corners found on several levels are one place.
    pub fn count_inlier_places(&self, pairs: &[Match], near: f32) -> usize {
        let agree = pairs.iter().filter(|pair| self.residual(pair) <= near);
        let cell = |(x, y): Point| ((x / 6.0) as u32, (y / 6.0) as u32);
        let cells: BTreeSet<_> = agree.map(|pair| cell(pair.to)).collect();
        cells.len()
    }

    /// Returns the factor by which areas grow (the determinant).
    pub fn area_factor(&self) -> f32 {
        self.xx * self.yy - self.xy * self.yx
    }

    /// Returns the turn, rounded to quarters, clockwise, 0 to 3.
    pub fn quarter_turns(&self) -> u8 {
        let turn = (self.yx - self.xy).atan2(self.xx + self.yy);
        (turn / std::f32::consts::FRAC_PI_2).round().rem_euclid(4.0) as u8
    }

    /// Tells whether this can be a map between two photos: a little stretch, almost no shear.
    fn is_sane(&self) -> bool {
        let (across, down) = (self.xx.hypot(self.yx), self.xy.hypot(self.yy));
        let upright = self.area_factor() / (across * down).max(1e-6);
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

    fn pair(from: Point, to: Point) -> Match {
        Match {
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
        let affine = Affine::from_two(&pair(a, moved(a)), &pair(b, moved(b))).unwrap();
        let far = (400.0, 333.0);
        assert!(affine.residual(&pair(far, moved(far))) < 0.01);
        assert_eq!(affine.quarter_turns(), 1);
        assert!((affine.area_factor() - 4.0).abs() < 1e-3);
        let other = Match {
            turn: 0.0,
            ..pair(b, moved(b))
        };
        assert_eq!(Affine::from_two(&pair(a, moved(a)), &other), None);
    }

    #[test]
    fn many_pairs_allow_a_little_stretching_and_no_mirror() {
        let points = [(0.0, 0.0), (300.0, 10.0), (280.0, 200.0), (15.0, 190.0)];
        let stretched = points.map(|(x, y)| pair((x, y), (1.2 * x, y + 4.0)));
        let affine = Affine::least_squares(stretched.iter()).unwrap();
        assert!(stretched.iter().all(|p| affine.residual(p) < 0.01));
        let flipped = points.map(|(x, y)| pair((x, y), (400.0 - x, y)));
        assert_eq!(Affine::least_squares(flipped.iter()), None);
    }
}
