//! Lays the small picture of one photo over that of another and tells how alike they are there.

use super::geometry::{Motion, Point};
use crate::model::{PRINT_SIDE, PhotoPrint, Raster};
use std::collections::BTreeMap;

/// Returns the width and height on which the corners of a print lie.
pub(super) fn frame(print: &PhotoPrint) -> (f32, f32) {
    let (width, height) = (print.size.0 as f32, print.size.1 as f32);
    let scale = (PRINT_SIDE as f32 / width.max(height).max(1.0)).min(1.0);
    ((width * scale).round(), (height * scale).round())
}

/// What laying one small picture over the other shows.
pub(super) struct Overlay {
    /// Correlation of the greys where both are, −1 to 1.
    pub likeness: f32,
    /// Of the squares in which something is to be seen, the share in which the greys go
    /// together, each by itself: two steps further up a street much of the picture is nearly
    /// the same and no square quite; under a stamp a photo is the same in all others.
    pub agreeing: f32,
    /// How many such squares there are.
    pub squares: usize,
    /// Share of all squares that agree, those in which nothing is to be seen among them: two
    /// evening skies under one stamp agree in the stamp alone.
    pub agreeing_of_all: f32,
    /// Shares of both photos that lie on each other.
    pub of_a: f32,
    pub of_b: f32,
}

/// Lays the first small picture over the second as `motion` says, and compares. `None` where
/// too little of them meets, or one is flat there.
pub(super) fn overlay(
    a: &PhotoPrint,
    b: &PhotoPrint,
    motion: &Motion,
    mirror: bool,
) -> Option<Overlay> {
    let shared = Shared::of(a, b, motion, mirror);
    let (aw, ah) = frame(a);
    let (bw, bh) = frame(b);
    let of_a = shared.meetings.len() as f32 / a.thumb.luma.len().max(1) as f32;
    let likeness = shared.likeness()?;
    let (agreeing, squares, all) = shared.agreeing();
    Some(Overlay {
        likeness,
        agreeing,
        squares,
        agreeing_of_all: agreeing * squares as f32 / all.max(1) as f32,
        of_a,
        of_b: (of_a * aw * ah * motion.growth() / (bw * bh).max(1.0)).min(1.0),
    })
}

/// Returns the motion, moved, turned and stretched a little so that the small pictures agree
/// best (Lucas and Kanade 1981, on greys brought to one mean and spread). Corners are right to
/// within some pixels, and one photo laid a pixel aside is as unlike itself as another is.
pub(super) fn refined(
    a: &PhotoPrint,
    b: &PhotoPrint,
    motion: Motion,
    mirror: bool,
) -> Motion {
    const ROUNDS: usize = 6;
    let step = |motion: &Motion| Shared::of(a, b, motion, mirror).better(motion, b);
    let rounds = std::iter::successors(Some(motion), step);
    rounds.take(ROUNDS + 1).last().unwrap_or(motion)
}

/// Returns the value between the pixels of a small picture.
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

/// A place of the first small picture that lies on the second.
struct Meeting {
    /// Where it is in the first small picture, in its pixels.
    place: Point,
    /// The same as the motion takes it, in pixels of the frame.
    from: Point,
    /// Where it lies in the other small picture, in that one's pixels.
    to: Point,
    own: f32,
    other: f32,
}

/// The part that two small pictures share.
struct Shared {
    meetings: Vec<Meeting>,
}

impl Shared {
    /// Least places for a comparison that says anything.
    const LEAST_PLACES: usize = 100;

    fn of(a: &PhotoPrint, b: &PhotoPrint, motion: &Motion, mirror: bool) -> Self {
        let (aw, ah) = frame(a);
        let (bw, bh) = frame(b);
        let columns = a.thumb.width.max(1) as usize;
        let (step_x, step_y) = (aw / columns as f32, ah / a.thumb.height.max(1) as f32);
        let (to_x, to_y) = (b.thumb.width as f32 / bw, b.thumb.height as f32 / bh);
        let mut meetings = Vec::new();
        for (at, value) in a.thumb.luma.iter().enumerate() {
            let place = ((at % columns) as f32 + 0.5, (at / columns) as f32 + 0.5);
            let across = place.0 * step_x;
            let from = (if mirror { aw - across } else { across }, place.1 * step_y);
            let (right, below) = motion.of(from);
            if (0.0..bw).contains(&right) && (0.0..bh).contains(&below) {
                let (x, y) = (right * to_x - 0.5, below * to_y - 0.5);
                meetings.push(Meeting {
                    place,
                    from,
                    to: (x, y),
                    own: f32::from(*value),
                    other: between(&b.thumb, x, y),
                });
            }
        }
        Self { meetings }
    }

    /// Returns the correlation of the two, less what both grow brighter across and downwards:
    /// any two skies are alike in that. `None` where there is too little, or one is flat.
    fn likeness(&self) -> Option<f32> {
        const LEAST_SPREAD: f32 = 2.0;
        let count = self.meetings.len() as f32;
        if self.meetings.len() < Self::LEAST_PLACES {
            return None;
        }
        let places: Vec<Point> = self.meetings.iter().map(|m| m.place).collect();
        let values =
            |of: fn(&Meeting) -> f32| self.meetings.iter().map(of).collect::<Vec<f32>>();
        let own = level(&places, &values(|m| m.own));
        let other = level(&places, &values(|m| m.other));
        let sums = Sums::of(own.into_iter().zip(other));
        let is_flat = sums.aa.min(sums.bb) < LEAST_SPREAD * LEAST_SPREAD * count;
        (!is_flat).then(|| sums.correlation())
    }

    /// Returns the share of squares that agree, of how many, and how many there are at all.
    fn agreeing(&self) -> (f32, usize, usize) {
        /// Side of a square in pixels of the small picture, and least of them in one.
        const SQUARE: f32 = 8.0;
        const LEAST: usize = 24;
        /// Least spread of greys in a square, in one picture, by which something is seen there.
        const SEEN: f32 = 5.0;
        const AGREES: f32 = 0.9;
        let mut squares = BTreeMap::<(u32, u32), Vec<(f32, f32)>>::new();
        for meeting in &self.meetings {
            let (x, y) = meeting.place;
            let square = squares.entry(((x / SQUARE) as u32, (y / SQUARE) as u32));
            square.or_default().push((meeting.own, meeting.other));
        }
        let full = || squares.values().filter(|greys| greys.len() >= LEAST);
        let seen: Vec<f32> = full()
            .filter_map(|greys| {
                let count = greys.len() as f32;
                let mean = |of: fn(&(f32, f32)) -> f32| {
                    greys.iter().map(of).sum::<f32>() / count
                };
                let (own, other) = (mean(|g| g.0), mean(|g| g.1));
                let sums = Sums::of(greys.iter().map(|(a, b)| (a - own, b - other)));
                (sums.aa.max(sums.bb) >= SEEN * SEEN * count).then(|| sums.correlation())
            })
            .collect();
        let agreeing = seen.iter().filter(|likeness| **likeness >= AGREES).count();
        (
            agreeing as f32 / seen.len().max(1) as f32,
            seen.len(),
            full().count(),
        )
    }

    /// Returns the motion after one step towards the best agreement with `b`; `None` where
    /// there is none to be had.
    fn better(&self, motion: &Motion, b: &PhotoPrint) -> Option<Motion> {
        /// Keeps a step sane where nothing tells one direction: a share of what tells.
        const DAMPING: f64 = 1e-3;
        let count = self.meetings.len() as f64;
        if self.meetings.len() < Self::LEAST_PLACES {
            return None;
        }
        let mean = |of: fn(&Meeting) -> f32| {
            self.meetings.iter().map(|m| f64::from(of(m))).sum::<f64>() / count
        };
        let (own, other) = (mean(|m| m.own), mean(|m| m.other));
        let sums = Sums::of(
            self.meetings
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
        for m in &self.meetings {
            let (u, v) = (
                f64::from(m.from.0) / SIDE - 0.5,
                f64::from(m.from.1) / SIDE - 0.5,
            );
            let grey = |dx: f32, dy: f32| between(&b.thumb, m.to.0 + dx, m.to.1 + dy);
            // How its grey changes for each pixel of the frame across and down.
            let dx = f64::from((grey(0.5, 0.0) - grey(-0.5, 0.0)) * to_x);
            let dy = f64::from((grey(0.0, 0.5) - grey(0.0, -0.5)) * to_y);
            let slopes = [dx * u, dx * v, dx, dy * u, dy * v, dy];
            let miss = (f64::from(m.own) - own) * gain - (f64::from(m.other) - other);
            wanted = plus(wanted, miss, slopes);
            for (row, slope) in normal.iter_mut().zip(slopes) {
                *row = plus(*row, slope, slopes);
            }
        }
        for (n, row) in normal.iter_mut().enumerate() {
            if let Some(value) = row.get_mut(n) {
                *value = value.mul_add(1.0 + DAMPING, 1e-6);
            }
        }
        let [xx, xy, dx, yx, yy, dy] = solved(&normal, wanted);
        Some(Motion {
            xx: motion.xx + (xx / SIDE) as f32,
            xy: motion.xy + (xy / SIDE) as f32,
            dx: motion.dx + (dx - 0.5 * (xx + xy)) as f32,
            yx: motion.yx + (yx / SIDE) as f32,
            yy: motion.yy + (yy / SIDE) as f32,
            dy: motion.dy + (dy - 0.5 * (yx + yy)) as f32,
        })
    }
}

/// Side of a frame, by which places are brought to the size of everything else that is fitted.
const SIDE: f64 = PRINT_SIDE as f64;

/// Sums of squares and products of pairs of values.
struct Sums {
    aa: f32,
    bb: f32,
    ab: f32,
}

impl Sums {
    fn of(pairs: impl Iterator<Item = (f32, f32)>) -> Self {
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

/// Takes the plane that fits them best away from values at places.
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
