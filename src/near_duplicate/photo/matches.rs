//! Compares two fingerprints of photos: are they of the same photo, and how does one lie in the
//! other?
//!
//! Matched corners propose affine maps; those with the most inliers are verified by laying one
//! thumbnail over the other, square by square. A photo with too few corners is found only as a
//! whole, by its global hashes and its thumbnail.

use super::corner::mirrored_descriptor;
use super::geometry::{Affine, Keypoint, Match, match_corners};
use super::global_hash::{SYMMETRIES, Symmetry, turned_dhash, turned_phash};
use super::overlay::{Overlay, frame, overlay, refined};
use crate::model::{Corner, FINGERPRINT_SIDE, Part, PhotoFingerprint, Ratio, SamePhoto};

/// Largest Hamming distance between two descriptors of 256 bits that match.
const DESCRIPTOR_DISTANCE: u32 = 72;
/// Largest ratio of the best distance to the second best (Lowe's ratio test): a corner of a
/// fence has many like it.
const RATIO: f32 = 0.9;
/// Maps are proposed from so many matches, the nearest first.
const PROPOSERS: usize = 120;
/// Largest residual of an inlier in pixels, first and after fitting.
const NEAR: f32 = 9.0;
const NEARER: f32 = 6.0;
/// Least inliers, and how many of the best maps are verified on the thumbnails.
const LEAST_CORNERS: usize = 4;
const TRIED: usize = 4;
/// Proposed maps that are fitted: many of the best are nearly the same.
const FITTED: usize = 24;
/// Least share of squares in which the thumbnails agree. Measured by
/// `tests/measure/correlation.rs` on 306 photos, 32 of them taken while walking up one street, 13
/// of them portraits in one frame. The same photo agrees in nearly all squares and correlates
/// by 0.95; two photos agree in 0.74 of the squares at most.
const AGREEING: f32 = 0.8;
/// Least correlation that must go with it, or least inliers: half of a photo may lie under a
/// stamp.
const CORRELATION: f32 = 0.9;
const SOME: usize = 20;
/// Inliers from which fewer squares are enough, and their share: half of the photo may be
/// hidden. Two photos with 40 inliers had 0.48, and more where both bear the same stamp.
const MANY: (usize, f32) = (45, 0.5);
/// Least share of all squares, flat ones included, that must agree then.
const MANY_OF_ALL: f32 = 0.4;
/// Correlation and share of squares of a small photo that was saved again. Two photos with as
/// many inliers had 0.48 of the squares.
const SMALL: (f32, f32) = (0.97, 0.65);
/// Inliers from which correlation alone is enough: a fine texture, shrunk twice, agrees in no
/// square. No two photos had as many.
const TEXTURE: (usize, f32) = (80, 0.66);
/// The same for a photo saved so small that JPEG blocks show in every square. Two photos with
/// as many inliers correlated by 0.78.
const COARSE: (usize, f32) = (60, 0.95);
/// Least squares for their share to count, and the correlation needed where there are fewer.
const LEAST_SQUARES: usize = 4;
const CORRELATION_OF_FEW: f32 = 0.97;
/// Correlation, or inliers, from which refining the map is worth the work.
const WORTH_FITTING: (f32, usize) = (0.5, SOME);
const CORRELATION_ALONE: f32 = 0.93;
/// Largest Hamming distances of the global hashes.
const PHASH_DISTANCE: u32 = 8;
const DHASH_DISTANCE: u32 = 20;
/// Share of a photo from which the whole of it is shared: crops cut off more.
const ALL: f32 = 0.93;

/// Returns how two photos are the same one; `None` where they are two photos.
pub fn same(a: &PhotoFingerprint, b: &PhotoFingerprint) -> Option<SamePhoto> {
    by_corners(a, b).or_else(|| by_global_hash(a, b))
}

fn by_corners(a: &PhotoFingerprint, b: &PhotoFingerprint) -> Option<SamePhoto> {
    let symmetries = [false, true].into_iter();
    let proposed = symmetries.flat_map(|mirror| {
        let found = best_affines(&matched_corners(a, b, mirror)).into_iter();
        found.map(move |(affine, corners)| (affine, corners, mirror))
    });
    let overlay = proposed.filter_map(|(affine, corners, mirror)| {
        let overlay = best_overlay(a, b, affine, mirror, corners)?;
        is_one(&overlay, corners).then(|| SamePhoto {
            part: shared_part(overlay.of_a, overlay.of_b),
            mirrored: mirror,
            quarters: affine.quarter_turns(),
            likeness: Ratio::new(overlay.correlation),
            corners: corners as u16,
        })
    });
    overlay.max_by_key(|same| same.corners)
}

/// Compares two photos by their global hashes and thumbnails.
fn by_global_hash(a: &PhotoFingerprint, b: &PhotoFingerprint) -> Option<SamePhoto> {
    let fits = |symmetry: &&Symmetry| {
        let phash = turned_phash(a.phash, **symmetry) ^ (b.phash & !1);
        let dhash = turned_dhash(a.dhash, **symmetry);
        let dhash = dhash.iter().zip(b.dhash).map(|(a, b)| a ^ b);
        phash.count_ones() <= PHASH_DISTANCE
            && dhash.map(u64::count_ones).sum::<u32>() <= DHASH_DISTANCE
    };
    SYMMETRIES.iter().filter(fits).find_map(|symmetry| {
        let (affine, is_mirrored) = frame_affine(frame(a), frame(b), *symmetry);
        let overlay = best_overlay(a, b, affine, is_mirrored, 0)?;
        (is_one(&overlay, 0) && overlay.correlation >= CORRELATION_ALONE).then(|| {
            SamePhoto {
                part: Part::Whole,
                mirrored: is_mirrored,
                quarters: affine.quarter_turns(),
                likeness: Ratio::new(overlay.correlation),
                corners: 0,
            }
        })
    })
}

/// Lays one photo over the other, refining the map where it may help.
fn best_overlay(
    a: &PhotoFingerprint,
    b: &PhotoFingerprint,
    affine: Affine,
    mirror: bool,
    corners: usize,
) -> Option<Overlay> {
    let found = overlay(a, b, &affine, mirror)?;
    let (least, many) = WORTH_FITTING;
    if is_one(&found, corners) || (found.correlation < least && corners < many) {
        return Some(found);
    }
    overlay(a, b, &refined(a, b, affine, mirror), mirror)
}

/// Tells whether an overlay with so many inliers shows the same photo.
fn is_one(overlay: &Overlay, corners: usize) -> bool {
    if overlay.squares < LEAST_SQUARES {
        return overlay.correlation >= CORRELATION_OF_FEW;
    }
    (overlay.agreeing >= AGREEING
        && (overlay.correlation >= CORRELATION || corners >= SOME))
        || (corners >= MANY.0
            && overlay.agreeing >= MANY.1
            && overlay.agreeing_of_all >= MANY_OF_ALL)
        || (corners >= SOME
            && overlay.correlation >= SMALL.0
            && overlay.agreeing >= SMALL.1)
        || (corners >= TEXTURE.0 && overlay.correlation >= TEXTURE.1)
        || (corners >= COARSE.0 && overlay.correlation >= COARSE.1)
}

/// Returns the map of one whole frame onto another under a symmetry, and whether the first is
/// mirrored before.
fn frame_affine(
    (aw, ah): (f32, f32),
    (bw, bh): (f32, f32),
    symmetry: Symmetry,
) -> (Affine, bool) {
    let is_mirrored = symmetry.flip_x ^ symmetry.flip_y ^ symmetry.swap;
    // In a mirror first: left and right of the first photo change places.
    let flip_x = symmetry.flip_x ^ is_mirrored;
    let sign = |flip: bool| if flip { -1.0 } else { 1.0 };
    let (sx, sy) = (sign(flip_x), sign(symmetry.flip_y));
    let ((xx, xy), (yx, yy)) = match symmetry.swap {
        false => ((sx * bw / aw, 0.0), (0.0, sy * bh / ah)),
        true => ((0.0, sy * bw / ah), (sx * bh / aw, 0.0)),
    };
    let start = |a: f32, b: f32, side: f32| if a + b < 0.0 { side } else { 0.0 };
    let affine = Affine {
        xx,
        xy,
        yx,
        yy,
        dx: start(xx, xy, bw),
        dy: start(yx, yy, bh),
    };
    (affine, is_mirrored)
}

/// Returns the matched corners of two fingerprints, the nearest first; with `mirror`, of the
/// first photo mirrored left to right.
fn matched_corners(
    a: &PhotoFingerprint,
    b: &PhotoFingerprint,
    mirror: bool,
) -> Vec<Match> {
    let width = frame(a).0;
    let mut pairs = Vec::new();
    for corner in &a.corners {
        let own = match mirror {
            true => mirrored_descriptor(corner.descriptor),
            false => corner.descriptor,
        };
        let (mut best, mut second) = ((u32::MAX, None), u32::MAX);
        for other in &b.corners {
            let distance = hamming(own, other.descriptor);
            if distance < best.0 {
                // The same place found on two levels is no second best.
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
            && distance <= DESCRIPTOR_DISTANCE
            && (distance as f32) < RATIO * second as f32
        {
            let (own, other) = (Keypoint::new(corner), Keypoint::new(other));
            pairs.push((distance, match_corners(own, other, mirror, width)));
        }
    }
    pairs.sort_by_key(|(distance, _)| *distance);
    pairs.into_iter().map(|(_, pair)| pair).collect()
}

pub(super) fn hamming(a: [u64; 4], b: [u64; 4]) -> u32 {
    let words = a.iter().zip(b);
    words.map(|(a, b)| (a ^ b).count_ones()).sum()
}

fn close(a: &Corner, b: &Corner) -> bool {
    a.x.abs_diff(b.x) <= 64 && a.y.abs_diff(b.y) <= 64
}

/// Returns the maps with the most inliers, and how many each has; the best first.
fn best_affines(pairs: &[Match]) -> Vec<(Affine, usize)> {
    let proposers: Vec<&Match> = pairs.iter().take(PROPOSERS).collect();
    let mut scored = Vec::new();
    for (n, a) in proposers.iter().enumerate() {
        let others = proposers.iter().skip(n + 1);
        for affine in others.filter_map(|b| Affine::from_two(a, b)) {
            let support = affine.count_inliers(pairs, NEAR);
            if support >= LEAST_CORNERS {
                scored.push((support, affine));
            }
        }
    }
    scored.sort_by_key(|(support, _)| std::cmp::Reverse(*support));
    let mut found: Vec<(Affine, usize)> = Vec::new();
    for (_, affine) in scored.into_iter().take(FITTED) {
        let Some((affine, corners)) = fit_to_inliers(pairs, affine) else {
            continue;
        };
        let middle = (FINGERPRINT_SIDE as f32 / 2.0, FINGERPRINT_SIDE as f32 / 2.0);
        let known = |(other, _): &(Affine, usize)| {
            let ((x, y), (u, v)) = (affine.apply(middle), other.apply(middle));
            (x - u).hypot(y - v) < 2.0 * NEAR
        };
        if !found.iter().any(known) {
            found.push((affine, corners));
        }
    }
    found.truncate(TRIED);
    found
}

/// Fits a map to its inliers by least squares, three times, and counts them.
fn fit_to_inliers(pairs: &[Match], mut affine: Affine) -> Option<(Affine, usize)> {
    for near in [NEAR, NEARER, NEARER] {
        let agrees = |match_corners: &&Match| affine.residual(match_corners) <= near;
        affine = Affine::least_squares(pairs.iter().filter(agrees))?;
    }
    let corners = affine.count_inlier_places(pairs, NEARER);
    (corners >= LEAST_CORNERS).then_some((affine, corners))
}

fn shared_part(of_a: f32, of_b: f32) -> Part {
    match (of_a >= ALL, of_b >= ALL) {
        (true, true) => Part::Whole,
        (true, false) => Part::FirstInSecond,
        (false, true) => Part::SecondInFirst,
        (false, false) => Part::Overlap,
    }
}
