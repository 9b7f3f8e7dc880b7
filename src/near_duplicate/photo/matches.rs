//! Takes two fingerprints of photos and tells whether, and how, they are of the same photo.
//!
//! Corners that look alike propose how one photo would lie in the other; the proposal that most
//! corners agree to is then held against the two small pictures, square by square. Both must
//! agree. A photo with too few corners is known again only as a whole, by its two hashes and
//! its small picture.

use super::broad::{WAYS, Way, turned_slopes, turned_waves};
use super::corner::mirrored;
use super::geometry::{Motion, Pair, Spot, pair};
use super::overlay::{Overlay, frame, overlay, refined};
use crate::model::{Corner, PRINT_SIDE, Part, PhotoPrint, Ratio, SamePhoto};

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
/// How the small pictures must agree, measured by `tests/measure/likeness.rs` on 306 photos, 32
/// of them taken while walking up one street, 13 of them portraits in one frame. One photo:
/// in nearly all squares and alike by 0.95; two: in 0.74 of the squares at most.
const AGREEING: f32 = 0.8;
/// Likeness that goes with it, or corners: half of a photo may lie under a stamp.
const LIKENESS: f32 = 0.9;
const SOME: usize = 20;
/// With so many corners, squares that agree for one photo half of which is hidden; two photos
/// with 40: 0.48, and more where both bear one stamp.
const MANY: (usize, f32) = (45, 0.5);
/// And the share of all squares that must agree then.
const MANY_OF_ALL: f32 = 0.4;
/// A small photo saved again: all of it is like the other, and half of its squares by
/// themselves; two photos with as many corners: 0.48 of the squares.
const SMALL: (f32, f32) = (0.97, 0.65);
/// With so many, likeness alone: a fine texture, shrunk twice, agrees in no square. No two
/// photos have had as many.
const TEXTURE: (usize, f32) = (80, 0.66);
/// The same for a photo saved so small that blocks stand in every square; two photos with as
/// many corners: 0.78.
const COARSE: (usize, f32) = (60, 0.95);
/// Squares from which their share says something, and likeness for fewer.
const LEAST_SQUARES: usize = 4;
const LIKENESS_OF_FEW: f32 = 0.97;
/// Likeness, or corners, from which a better fit is worth the work.
const WORTH_FITTING: (f32, usize) = (0.5, SOME);
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
        let seen = laid(a, b, motion, mirror, corners)?;
        is_one(&seen, corners).then(|| SamePhoto {
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
        let seen = laid(a, b, motion, is_mirrored, 0)?;
        (is_one(&seen, 0) && seen.likeness >= LIKENESS_ALONE).then(|| SamePhoto {
            part: Part::Whole,
            mirrored: is_mirrored,
            quarters: motion.quarters(),
            likeness: Ratio::new(seen.likeness),
            corners: 0,
        })
    })
}

/// Lays one photo on the other as well as can be.
fn laid(
    a: &PhotoPrint,
    b: &PhotoPrint,
    motion: Motion,
    mirror: bool,
    corners: usize,
) -> Option<Overlay> {
    let seen = overlay(a, b, &motion, mirror)?;
    let (likeness, many) = WORTH_FITTING;
    if is_one(&seen, corners) || (seen.likeness < likeness && corners < many) {
        return Some(seen);
    }
    overlay(a, b, &refined(a, b, motion, mirror), mirror)
}

/// Tells whether what lies on each other is one photo.
fn is_one(seen: &Overlay, corners: usize) -> bool {
    if seen.squares < LEAST_SQUARES {
        return seen.likeness >= LIKENESS_OF_FEW;
    }
    (seen.agreeing >= AGREEING && (seen.likeness >= LIKENESS || corners >= SOME))
        || (corners >= MANY.0
            && seen.agreeing >= MANY.1
            && seen.agreeing_of_all >= MANY_OF_ALL)
        || (corners >= SOME && seen.likeness >= SMALL.0 && seen.agreeing >= SMALL.1)
        || (corners >= TEXTURE.0 && seen.likeness >= TEXTURE.1)
        || (corners >= COARSE.0 && seen.likeness >= COARSE.1)
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

fn part(of_a: f32, of_b: f32) -> Part {
    match (of_a >= ALL, of_b >= ALL) {
        (true, true) => Part::Whole,
        (true, false) => Part::FirstInSecond,
        (false, true) => Part::SecondInFirst,
        (false, false) => Part::Overlap,
    }
}
