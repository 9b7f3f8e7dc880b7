//! Takes two fingerprints of photos and tells whether, and how, they are of the same photo.
//!
//! Corners that look alike propose how one photo would lie in the other; the proposal that most
//! corners agree to is then held against the two small pictures, pixel by pixel. Both must
//! agree. A photo with too few corners is known again only as a whole, by its two hashes and
//! its small picture.

use super::broad::{WAYS, Way, turned_slopes, turned_waves};
use super::corner::mirrored;
use super::geometry::{Motion, Pair, Point, Spot, pair};
use crate::model::{Corner, PRINT_SIDE, Part, PhotoPrint, Raster, Ratio, SamePhoto};

/// Pairs of points, of 256, in which the surroundings of one corner may differ in two prints.
const DIFFER: u32 = 72;
/// How much nearer the best fellow must be than the next: a fence has many like it.
const CLEARLY: f32 = 0.9;
/// Proposals are made from so many pairs, the most alike first.
const PROPOSERS: usize = 120;
/// Pixels by which a corner may lie beside its place, first and after fitting.
const NEAR: f32 = 9.0;
const NEARER: f32 = 6.0;
/// Least corners that agree, and how many of the best proposals are held against the pictures.
const LEAST_CORNERS: usize = 4;
const TRIED: usize = 4;
/// Proposals that are fitted: many of the best are nearly one.
const FITTED: usize = 24;
/// Least likeness of the small pictures for so many corners and more: few are a hint, many a
/// proof of their own. Measured (`tests/measure/likeness.rs`): small pictures of one photo are
/// alike by 0.98 and more, of a texture by 0.7; of two photos by 0.89 at most, by accident.
const LIKENESS: [(usize, f32); 3] = [(45, 0.66), (10, 0.85), (0, 0.94)];
const LIKENESS_ALONE: f32 = 0.93;
/// Bits in which the hashes of a whole photo may differ.
const WAVES_DIFFER: u32 = 8;
const SLOPES_DIFFER: u32 = 20;
/// Share of a photo from which all of it is meant: crops cut off more.
const ALL: f32 = 0.93;

/// Tells how two photos are the same one; `None` where they are two.
pub fn same(a: &PhotoPrint, b: &PhotoPrint) -> Option<SamePhoto> {
    by_corners(a, b).or_else(|| as_a_whole(a, b))
}

fn by_corners(a: &PhotoPrint, b: &PhotoPrint) -> Option<SamePhoto> {
    let ways = [false, true].into_iter();
    let proposed = ways.flat_map(|mirror| {
        let found = agreed(&pairs(a, b, mirror)).into_iter();
        found.map(move |(motion, corners)| (motion, corners, mirror))
    });
    let seen = proposed.filter_map(|(motion, corners, mirror)| {
        let seen = overlay(a, b, &motion, mirror)?;
        let asked = LIKENESS.iter().find(|(least, _)| corners >= *least);
        asked
            .is_some_and(|(_, least)| seen.likeness >= *least)
            .then(|| SamePhoto {
                part: part(seen.of_a, seen.of_b),
                mirrored: mirror,
                quarters: motion.quarters(),
                likeness: Ratio::new(seen.likeness),
                corners: corners as u16,
            })
    });
    seen.max_by_key(|same| same.corners)
}

/// Compares photos without corners by their hashes and their small pictures.
fn as_a_whole(a: &PhotoPrint, b: &PhotoPrint) -> Option<SamePhoto> {
    let fits = |way: &&Way| {
        let waves = turned_waves(a.waves, **way) ^ (b.waves & !1);
        let slopes = turned_slopes(a.slopes, **way);
        let slopes = slopes.iter().zip(b.slopes).map(|(a, b)| a ^ b);
        waves.count_ones() <= WAVES_DIFFER
            && slopes.map(u64::count_ones).sum::<u32>() <= SLOPES_DIFFER
    };
    WAYS.iter().filter(fits).find_map(|way| {
        let (motion, is_mirrored) = onto(frame(a), frame(b), *way);
        let seen = overlay(a, b, &motion, is_mirrored)?;
        (seen.likeness >= LIKENESS_ALONE).then(|| SamePhoto {
            part: Part::Whole,
            mirrored: is_mirrored,
            quarters: motion.quarters(),
            likeness: Ratio::new(seen.likeness),
            corners: 0,
        })
    })
}

/// Returns the width and height on which the corners of a print lie.
pub(super) fn frame(print: &PhotoPrint) -> (f32, f32) {
    let (width, height) = (print.size.0 as f32, print.size.1 as f32);
    let scale = (PRINT_SIDE as f32 / width.max(height).max(1.0)).min(1.0);
    ((width * scale).round(), (height * scale).round())
}

/// Returns the motion that lays one frame onto another, turned `way`, after a mirror where the
/// way has one.
fn onto((aw, ah): (f32, f32), (bw, bh): (f32, f32), way: Way) -> (Motion, bool) {
    let is_mirrored = way.flip_x ^ way.flip_y ^ way.swap;
    // In a mirror first: left and right of the first photo change places.
    let flip_x = way.flip_x ^ is_mirrored;
    let sign = |flip: bool| if flip { -1.0 } else { 1.0 };
    let (sx, sy) = (sign(flip_x), sign(way.flip_y));
    let ((xx, xy), (yx, yy)) = match way.swap {
        false => ((sx * bw / aw, 0.0), (0.0, sy * bh / ah)),
        true => ((0.0, sy * bw / ah), (sx * bh / aw, 0.0)),
    };
    let start = |a: f32, b: f32, side: f32| if a + b < 0.0 { side } else { 0.0 };
    let motion = Motion {
        xx,
        xy,
        yx,
        yy,
        dx: start(xx, xy, bw),
        dy: start(yx, yy, bh),
    };
    (motion, is_mirrored)
}

/// Returns the corners of two prints that look alike, the most alike first; with `mirror`, as
/// the first photo looks in one.
fn pairs(a: &PhotoPrint, b: &PhotoPrint, mirror: bool) -> Vec<Pair> {
    let width = frame(a).0;
    let mut pairs = Vec::new();
    for corner in &a.corners {
        let own = match mirror {
            true => mirrored(corner.pairs),
            false => corner.pairs,
        };
        let (mut best, mut second) = ((u32::MAX, None), u32::MAX);
        for other in &b.corners {
            let distance = differ(own, other.pairs);
            if distance < best.0 {
                // The same place seen on two levels is no rival.
                second = match best.1 {
                    Some(before) if close(before, other) => second,
                    _ => best.0,
                };
                best = (distance, Some(other));
            } else if distance < second && !best.1.is_some_and(|best| close(best, other))
            {
                second = distance;
            }
        }
        if let (distance, Some(other)) = best
            && distance <= DIFFER
            && (distance as f32) < CLEARLY * second as f32
        {
            let (own, other) = (Spot::of(corner), Spot::of(other));
            pairs.push((distance, pair(own, other, mirror, width)));
        }
    }
    pairs.sort_by_key(|(distance, _)| *distance);
    pairs.into_iter().map(|(_, pair)| pair).collect()
}

pub(super) fn differ(a: [u64; 4], b: [u64; 4]) -> u32 {
    let words = a.iter().zip(b);
    words.map(|(a, b)| (a ^ b).count_ones()).sum()
}

fn close(a: &Corner, b: &Corner) -> bool {
    a.x.abs_diff(b.x) <= 64 && a.y.abs_diff(b.y) <= 64
}

/// Returns the motions that most pairs agree to, and how many do; the best first.
fn agreed(pairs: &[Pair]) -> Vec<(Motion, usize)> {
    let proposers: Vec<&Pair> = pairs.iter().take(PROPOSERS).collect();
    let mut scored = Vec::new();
    for (n, a) in proposers.iter().enumerate() {
        let others = proposers.iter().skip(n + 1);
        for motion in others.filter_map(|b| Motion::through(a, b)) {
            let support = motion.supporters(pairs, NEAR);
            if support >= LEAST_CORNERS {
                scored.push((support, motion));
            }
        }
    }
    scored.sort_by_key(|(support, _)| std::cmp::Reverse(*support));
    let mut found: Vec<(Motion, usize)> = Vec::new();
    for (_, motion) in scored.into_iter().take(FITTED) {
        let Some((motion, corners)) = fitted(pairs, motion) else {
            continue;
        };
        let middle = (PRINT_SIDE as f32 / 2.0, PRINT_SIDE as f32 / 2.0);
        let known = |(other, _): &(Motion, usize)| {
            let ((x, y), (u, v)) = (motion.of(middle), other.of(middle));
            (x - u).hypot(y - v) < 2.0 * NEAR
        };
        if !found.iter().any(known) {
            found.push((motion, corners));
        }
    }
    found.truncate(TRIED);
    found
}

/// Fits a motion to the pairs that agree to it, stretching allowed, and counts them.
fn fitted(pairs: &[Pair], mut motion: Motion) -> Option<(Motion, usize)> {
    for near in [NEAR, NEARER, NEARER] {
        let agrees = |pair: &&Pair| motion.misses(pair) <= near;
        motion = Motion::nearest(pairs.iter().filter(agrees))?;
    }
    let corners = motion.supported(pairs, NEARER);
    (corners >= LEAST_CORNERS).then_some((motion, corners))
}

/// Is what laying one small picture over the other shows.
struct Overlay {
    likeness: f32,
    /// Shares of both photos that lie on each other.
    of_a: f32,
    of_b: f32,
}

/// Lays the first small picture over the second as `motion` says, and compares.
fn overlay(
    a: &PhotoPrint,
    b: &PhotoPrint,
    motion: &Motion,
    mirror: bool,
) -> Option<Overlay> {
    let (aw, ah) = frame(a);
    let (bw, bh) = frame(b);
    let columns = a.thumb.width.max(1) as usize;
    let (step_x, step_y) = (aw / columns as f32, ah / a.thumb.height.max(1) as f32);
    let mut shared = Shared::default();
    for (at, value) in a.thumb.luma.iter().enumerate() {
        let place = ((at % columns) as f32 + 0.5, (at / columns) as f32 + 0.5);
        let (across, down) = (place.0 * step_x, place.1 * step_y);
        let (right, below) = motion.of((if mirror { aw - across } else { across }, down));
        if (0.0..bw).contains(&right) && (0.0..bh).contains(&below) {
            let right = right / bw * b.thumb.width as f32 - 0.5;
            let below = below / bh * b.thumb.height as f32 - 0.5;
            shared.places.push(place);
            shared.own.push(f32::from(*value));
            shared.other.push(between(&b.thumb, right, below));
        }
    }
    let of_a = shared.own.len() as f32 / a.thumb.luma.len().max(1) as f32;
    Some(Overlay {
        likeness: shared.likeness()?,
        of_a,
        of_b: (of_a * aw * ah * motion.growth() / (bw * bh).max(1.0)).min(1.0),
    })
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

/// Is the part that two small pictures share: each place with the value it has in both.
#[derive(Default)]
struct Shared {
    places: Vec<Point>,
    own: Vec<f32>,
    other: Vec<f32>,
}

impl Shared {
    /// Returns the correlation of the two, less what both grow brighter across and downwards:
    /// any two skies are alike in that. `None` where there is too little, or one is flat.
    fn likeness(&self) -> Option<f32> {
        const LEAST_PLACES: usize = 100;
        const LEAST_SPREAD: f32 = 2.0;
        let count = self.places.len() as f32;
        if self.places.len() < LEAST_PLACES {
            return None;
        }
        let (own, other) = (
            level(&self.places, &self.own),
            level(&self.places, &self.other),
        );
        let sum = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let (aa, bb) = (sum(&own, &own), sum(&other, &other));
        let is_flat = aa.min(bb) < LEAST_SPREAD * LEAST_SPREAD * count;
        (!is_flat).then(|| sum(&own, &other) / (aa * bb).sqrt())
    }
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

fn part(of_a: f32, of_b: f32) -> Part {
    match (of_a >= ALL, of_b >= ALL) {
        (true, true) => Part::Whole,
        (true, false) => Part::FirstInSecond,
        (false, true) => Part::SecondInFirst,
        (false, false) => Part::Overlap,
    }
}
