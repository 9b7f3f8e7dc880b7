//! Lays the thumbnail of one photo over that of another, as an affine map says, and correlates
//! their greys.

use super::geometry::{Affine, Point};
use crate::model::{FINGERPRINT_SIDE, PhotoFingerprint, Raster};
use std::collections::BTreeMap;

/// Returns the width and height, in pixels, of the picture on which the corners lie.
pub(super) fn frame(fingerprint: &PhotoFingerprint) -> (f32, f32) {
    let (width, height) = (fingerprint.size.0 as f32, fingerprint.size.1 as f32);
    let scale = (FINGERPRINT_SIDE as f32 / width.max(height).max(1.0)).min(1.0);
    ((width * scale).round(), (height * scale).round())
}

/// How far two thumbnails agree where one lies over the other.
pub(super) struct Overlay {
    /// Correlation of the greys of the shared part, −1 to 1.
    pub correlation: f32,
    /// Share of the squares with contrast whose greys correlate, each square by itself. Two
    /// steps further up a street, the whole correlates but hardly any square; a photo under a
    /// stamp correlates in all other squares.
    pub agreeing: f32,
    /// How many squares have contrast.
    pub squares: usize,
    /// Share of all squares, flat ones included, that agree: two evening skies under one stamp
    /// agree in the stamp alone.
    pub agreeing_of_all: f32,
    /// Share of each photo that the other covers.
    pub of_a: f32,
    pub of_b: f32,
}

/// Lays the first thumbnail over the second by `affine` and compares them. Returns `None` where
/// they share too little, or one is flat there.
pub(super) fn overlay(
    a: &PhotoFingerprint,
    b: &PhotoFingerprint,
    affine: &Affine,
    mirror: bool,
) -> Option<Overlay> {
    let shared = Shared::new(a, b, affine, mirror);
    let (aw, ah) = frame(a);
    let (bw, bh) = frame(b);
    let of_a = shared.pixels.len() as f32 / a.thumb.luma.len().max(1) as f32;
    let correlation = shared.correlation()?;
    let (agreeing, squares, all) = shared.agreeing();
    Some(Overlay {
        correlation,
        agreeing,
        squares,
        agreeing_of_all: agreeing * squares as f32 / all.max(1) as f32,
        of_a,
        of_b: (of_a * aw * ah * affine.area_factor() / (bw * bh).max(1.0)).min(1.0),
    })
}

/// Returns the map changed a little so that the thumbnails agree best (Lucas and Kanade 1981, on
/// greys brought to one mean and deviation). Corners are exact to some pixels only, and a photo
/// shifted by one pixel of a thumbnail correlates with itself no better than with another.
pub(super) fn refined(
    a: &PhotoFingerprint,
    b: &PhotoFingerprint,
    affine: Affine,
    mirror: bool,
) -> Affine {
    const ROUNDS: usize = 6;
    let step = |affine: &Affine| Shared::new(a, b, affine, mirror).better(affine, b);
    let rounds = std::iter::successors(Some(affine), step);
    rounds.take(ROUNDS + 1).last().unwrap_or(affine)
}

/// Returns the grey at a place between pixels (bilinear).
fn between(picture: &Raster, x: f32, y: f32) -> f32 {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let at = |x: usize, y: usize| {
        let (x, y) = (
            x.min(width.saturating_sub(1)),
            y.min(height.saturating_sub(1)),
        );
        picture
            .luma
            .get(y * width + x)
            .copied()
            .map_or(0.0, f32::from)
    };
    let (x, y) = (x.max(0.0), y.max(0.0));
    let (left, top) = (x as usize, y as usize);
    let (right, below) = (x - left as f32, y - top as f32);
    let upper = at(left, top) * (1.0 - right) + at(left + 1, top) * right;
    let lower = at(left, top + 1) * (1.0 - right) + at(left + 1, top + 1) * right;
    upper * (1.0 - below) + lower * below
}

/// A pixel of the first thumbnail that lies on the second.
struct SharedPixel {
    /// Its place in the first thumbnail, in pixels.
    place: Point,
    /// The same place in pixels of the frame, which the map takes.
    from: Point,
    /// Its place in the second thumbnail, in pixels.
    to: Point,
    own: f32,
    other: f32,
}

/// The part that two thumbnails share.
struct Shared {
    pixels: Vec<SharedPixel>,
}

impl Shared {
    /// Least pixels for a comparison.
    const LEAST_PLACES: usize = 100;

    fn new(
        a: &PhotoFingerprint,
        b: &PhotoFingerprint,
        affine: &Affine,
        mirror: bool,
    ) -> Self {
        let (aw, ah) = frame(a);
        let (bw, bh) = frame(b);
        let columns = a.thumb.width.max(1) as usize;
        let (step_x, step_y) = (aw / columns as f32, ah / a.thumb.height.max(1) as f32);
        let (to_x, to_y) = (b.thumb.width as f32 / bw, b.thumb.height as f32 / bh);
        let mut pixels = Vec::new();
        for (at, value) in a.thumb.luma.iter().enumerate() {
            let place = ((at % columns) as f32 + 0.5, (at / columns) as f32 + 0.5);
            let across = place.0 * step_x;
            let from = (if mirror { aw - across } else { across }, place.1 * step_y);
            let (right, below) = affine.apply(from);
            if (0.0..bw).contains(&right) && (0.0..bh).contains(&below) {
                let (x, y) = (right * to_x - 0.5, below * to_y - 0.5);
                pixels.push(SharedPixel {
                    place,
                    from,
                    to: (x, y),
                    own: f32::from(*value),
                    other: between(&b.thumb, x, y),
                });
            }
        }
        Self { pixels }
    }

    /// Returns the correlation after a plane is subtracted from each: any two skies grow brighter
    /// the same way. `None` where the part is too small, or one is flat.
    fn correlation(&self) -> Option<f32> {
        const LEAST_SPREAD: f32 = 2.0;
        let count = self.pixels.len() as f32;
        if self.pixels.len() < Self::LEAST_PLACES {
            return None;
        }
        let places: Vec<Point> = self.pixels.iter().map(|m| m.place).collect();
        let values = |of: fn(&SharedPixel) -> f32| {
            self.pixels.iter().map(of).collect::<Vec<f32>>()
        };
        let own = level(&places, &values(|m| m.own));
        let other = level(&places, &values(|m| m.other));
        let sums = Sums::new(own.into_iter().zip(other));
        let is_flat = sums.aa.min(sums.bb) < LEAST_SPREAD * LEAST_SPREAD * count;
        (!is_flat).then(|| sums.correlation())
    }

    /// Returns the share of agreeing squares among those with contrast, the number of those, and
    /// the number of all squares.
    fn agreeing(&self) -> (f32, usize, usize) {
        /// Side of a square in pixels of the thumbnail, and the least pixels of a square.
        const SQUARE: f32 = 8.0;
        const LEAST: usize = 24;
        /// Least standard deviation of grey, in either thumbnail, of a square with contrast.
        const SEEN: f32 = 5.0;
        const AGREES: f32 = 0.9;
        let mut squares = BTreeMap::<(u32, u32), Vec<(f32, f32)>>::new();
        for pixel in &self.pixels {
            let (x, y) = pixel.place;
            let square = squares.entry(((x / SQUARE) as u32, (y / SQUARE) as u32));
            square.or_default().push((pixel.own, pixel.other));
        }
        let full = || squares.values().filter(|greys| greys.len() >= LEAST);
        let seen: Vec<f32> = full()
            .filter_map(|greys| {
                let count = greys.len() as f32;
                let mean = |of: fn(&(f32, f32)) -> f32| {
                    greys.iter().map(of).sum::<f32>() / count
                };
                let (own, other) = (mean(|g| g.0), mean(|g| g.1));
                let sums = Sums::new(greys.iter().map(|(a, b)| (a - own, b - other)));
                (sums.aa.max(sums.bb) >= SEEN * SEEN * count).then(|| sums.correlation())
            })
            .collect();
        let agreeing = seen
            .iter()
            .filter(|correlation| **correlation >= AGREES)
            .count();
        (
            agreeing as f32 / seen.len().max(1) as f32,
            seen.len(),
            full().count(),
        )
    }

    /// Returns the map after one step of Lucas and Kanade; `None` where there is too little to
    /// compare.
    fn better(&self, affine: &Affine, b: &PhotoFingerprint) -> Option<Affine> {
        /// Damping of Levenberg, as a share of the diagonal: some direction may have no contrast.
        const DAMPING: f64 = 1e-3;
        let count = self.pixels.len() as f64;
        if self.pixels.len() < Self::LEAST_PLACES {
            return None;
        }
        let mean = |of: fn(&SharedPixel) -> f32| {
            self.pixels.iter().map(|m| f64::from(of(m))).sum::<f64>() / count
        };
        let (own, other) = (mean(|m| m.own), mean(|m| m.other));
        let sums = Sums::new(
            self.pixels
                .iter()
                .map(|m| (m.own - own as f32, m.other - other as f32)),
        );
        if sums.aa.min(sums.bb) < count as f32 {
            return None;
        }
        let gain = f64::from(sums.bb / sums.aa).sqrt();
        let (bw, bh) = frame(b);
        let (to_x, to_y) = (b.thumb.width as f32 / bw, b.thumb.height as f32 / bh);
        let (mut normal, mut wanted) = ([[0.0; 6]; 6], [0.0; 6]);
        for m in &self.pixels {
            let (u, v) = (
                f64::from(m.from.0) / SIDE - 0.5,
                f64::from(m.from.1) / SIDE - 0.5,
            );
            let grey = |dx: f32, dy: f32| between(&b.thumb, m.to.0 + dx, m.to.1 + dy);
            // The gradient of its grey, per pixel of the frame.
            let dx = f64::from((grey(0.5, 0.0) - grey(-0.5, 0.0)) * to_x);
            let dy = f64::from((grey(0.0, 0.5) - grey(0.0, -0.5)) * to_y);
            let gradient = [dx * u, dx * v, dx, dy * u, dy * v, dy];
            let miss = (f64::from(m.own) - own) * gain - (f64::from(m.other) - other);
            wanted = plus(wanted, miss, gradient);
            for (row, slope) in normal.iter_mut().zip(gradient) {
                *row = plus(*row, slope, gradient);
            }
        }
        for (n, row) in normal.iter_mut().enumerate() {
            if let Some(value) = row.get_mut(n) {
                *value = value.mul_add(1.0 + DAMPING, 1e-6);
            }
        }
        let [xx, xy, dx, yx, yy, dy] = solved(&normal, wanted);
        Some(Affine {
            xx: affine.xx + (xx / SIDE) as f32,
            xy: affine.xy + (xy / SIDE) as f32,
            dx: affine.dx + (dx - 0.5 * (xx + xy)) as f32,
            yx: affine.yx + (yx / SIDE) as f32,
            yy: affine.yy + (yy / SIDE) as f32,
            dy: affine.dy + (dy - 0.5 * (yx + yy)) as f32,
        })
    }
}

/// Side of a frame. Places are divided by it, so that all unknowns are of one magnitude.
const SIDE: f64 = FINGERPRINT_SIDE as f64;

/// Sums of squares and products of pairs of values.
struct Sums {
    aa: f32,
    bb: f32,
    ab: f32,
}

impl Sums {
    fn new(pairs: impl Iterator<Item = (f32, f32)>) -> Self {
        let none = Self {
            aa: 0.0,
            bb: 0.0,
            ab: 0.0,
        };
        pairs.fold(none, |sums, (a, b)| Self {
            aa: sums.aa + a * a,
            bb: sums.bb + b * b,
            ab: sums.ab + a * b,
        })
    }

    fn correlation(&self) -> f32 {
        self.ab / (self.aa * self.bb).sqrt().max(1e-3)
    }
}

/// Returns `a + times · b`.
fn plus(a: [f64; 6], times: f64, b: [f64; 6]) -> [f64; 6] {
    let mut b = b.into_iter();
    a.map(|value| b.next().unwrap_or(0.0).mul_add(times, value))
}

fn dot(a: &[f64; 6], b: &[f64; 6]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Solves `matrix · x = wanted` for a matrix that is symmetric and positive, by conjugate
/// gradients: six steps are exact but for rounding.
fn solved(matrix: &[[f64; 6]; 6], wanted: [f64; 6]) -> [f64; 6] {
    let (mut x, mut rest, mut toward) = ([0.0; 6], wanted, wanted);
    let mut left = dot(&rest, &rest);
    let enough = left * 1e-12;
    for _ in 0..12 {
        if left <= enough {
            break;
        }
        let along = matrix.map(|row| dot(&row, &toward));
        let far = left / dot(&toward, &along).max(f64::MIN_POSITIVE);
        x = plus(x, far, toward);
        rest = plus(rest, -far, along);
        let next = dot(&rest, &rest);
        toward = plus(rest, next / left, toward);
        left = next;
    }
    x
}

/// Returns the values less the plane that fits them best.
fn level(places: &[Point], values: &[f32]) -> Vec<f32> {
    let count = values.len().max(1) as f32;
    let mx = places.iter().map(|p| p.0).sum::<f32>() / count;
    let my = places.iter().map(|p| p.1).sum::<f32>() / count;
    let mean = values.iter().sum::<f32>() / count;
    let [mut xx, mut xy, mut yy, mut xv, mut yv] = [0.0_f32; 5];
    for ((x, y), value) in places.iter().zip(values) {
        let (x, y, value) = (x - mx, y - my, value - mean);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
        (xv, yv) = (xv + x * value, yv + y * value);
    }
    let determinant = (xx * yy - xy * xy).max(1e-3);
    let across = (xv * yy - yv * xy) / determinant;
    let down = (yv * xx - xv * xy) / determinant;
    let rest = places.iter().zip(values);
    rest.map(|((x, y), value)| value - mean - across * (x - mx) - down * (y - my))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_equations_are_solved() {
        let mut matrix = [[0.5; 6]; 6];
        for (n, row) in matrix.iter_mut().enumerate() {
            row[n] = 2.0 + n as f64;
        }
        let x = [3.0, -1.0, 0.5, 2.0, 0.0, -4.0];
        let found = solved(&matrix, matrix.map(|row| dot(&row, &x)));
        let apart = plus(found, -1.0, x);
        assert!(dot(&apart, &apart) < 1e-9, "{found:?}");
    }
}
