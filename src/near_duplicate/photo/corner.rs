//! Finds the corners (keypoints) of a picture: places that are found again when the picture was
//! cropped, shrunk, turned, mirrored, brightened or compressed.
//!
//! Corners are maxima of the smaller eigenvalue of the structure tensor (Shi and Tomasi 1994)
//! on an image pyramid. Each has an orientation and a binary descriptor, the comparisons of
//! pairs of points turned by the orientation (rotated BRIEF, as in ORB, Rublee et al. 2011).
//! The pattern of pairs is symmetric about the axis of the orientation. The descriptor of the
//! corner seen in a mirror is therefore the same bits in another order
//! ([`mirrored_descriptor`]), and need not be kept.

use super::plane::Plane;
use crate::model::{Corner, MAX_CORNERS};
use std::f32::consts::TAU;

/// Factor by which each level of the pyramid is smaller than the one before; ORB's choice.
pub(super) const STEP: f32 = 1.2;
/// Levels: the smallest is a third of the first, so that a photo is known again in a screenshot
/// that shows it at a third of its width.
const LEVELS: u8 = 7;
/// Radius of the descriptor's patch, in pixels of the corner's level.
const REACH: u8 = 15;
/// Pixels along the edge of a level without corners: the whole patch must lie on the picture,
/// smoothed.
const MARGIN: usize = REACH as usize + 3;
/// Least strength of a corner: one grey level per pixel in both directions.
const LEAST: f32 = 1.0;
/// Side of a cell in pixels of the first level, and how many corners of one cell come before
/// the other cells' are taken: a crop must keep some corners wherever it cuts.
const CELL: f32 = 48.0;
const IN_A_CELL: usize = 4;

/// A corner as it was found on a level.
struct Found {
    x: usize,
    y: usize,
    level: u8,
    strength: f32,
}

/// Returns the corners of a picture, the strongest first, at most [`MAX_CORNERS`]. None lies
/// where `hidden` (x and y in pixels of the picture) is true: something covers the photo there.
pub(super) fn corners(picture: &Plane, hidden: impl Fn(f32, f32) -> bool) -> Vec<Corner> {
    let mut planes = Vec::new();
    let mut all: Vec<Found> = Vec::new();
    for level in 0..LEVELS {
        let scale = STEP.powi(i32::from(level));
        let side = |side: usize| (side as f32 / scale).round() as usize;
        let (width, height) = (side(picture.width), side(picture.height));
        if width.min(height) <= 2 * MARGIN {
            break;
        }
        let plane = picture.resized(width, height);
        let mut found = maxima(&plane, level);
        let (dx, dy) = scales(picture, &plane);
        found.retain(|corner| !hidden(corner.x as f32 * dx, corner.y as f32 * dy));
        found.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        all.extend(spread(found, quota(level), scale));
        planes.push(plane.blurred(2));
    }
    all.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    let pattern = pattern();
    let describe = |found: &Found| {
        let plane = planes.get(usize::from(found.level))?;
        let orientation = orientation(plane, found.x, found.y);
        let (dx, dy) = scales(picture, plane);
        let sixteenths = |at: usize, d: f32| (((at as f32 + 0.5) * d) * 16.0) as u16;
        Some(Corner {
            x: sixteenths(found.x, dx),
            y: sixteenths(found.y, dy),
            orientation: (orientation / TAU * 256.0).round() as i32 as u8,
            level: found.level,
            descriptor: descriptor(plane, found, orientation, &pattern),
        })
    };
    all.iter().filter_map(describe).collect()
}

/// Returns the descriptor of the same corner in the mirrored picture.
pub(super) fn mirrored_descriptor(descriptor: [u64; 4]) -> [u64; 4] {
    let [a, b, c, d] = descriptor;
    [c, d, a, b]
}

/// Returns how many pixels of the picture one pixel of a level is, across and down.
fn scales(picture: &Plane, plane: &Plane) -> (f32, f32) {
    (
        picture.width as f32 / plane.width as f32,
        picture.height as f32 / plane.height as f32,
    )
}

/// Returns how many corners a level may give, in proportion to its side.
fn quota(level: u8) -> usize {
    let all: f32 = (0..LEVELS).map(|n| STEP.powi(-i32::from(n))).sum();
    (MAX_CORNERS as f32 * STEP.powi(-i32::from(level)) / all) as usize
}

/// Takes `quota` corners off a level, the strongest of each cell before the rest.
fn spread(found: Vec<Found>, quota: usize, scale: f32) -> Vec<Found> {
    let mut cells = std::collections::HashMap::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for corner in found {
        let cell = |at: usize| (at as f32 * scale / CELL) as u32;
        let count = cells.entry((cell(corner.x), cell(corner.y))).or_insert(0);
        *count += 1;
        if *count <= IN_A_CELL {
            first.push(corner);
        } else {
            rest.push(corner);
        }
    }
    first.extend(rest);
    first.truncate(quota);
    first
}

/// Returns the local maxima of corner strength on a level.
fn maxima(plane: &Plane, level: u8) -> Vec<Found> {
    let strength = strength(plane);
    let mut found = Vec::new();
    for y in MARGIN..plane.height - MARGIN {
        let (above, row, below) =
            (strength.row(y - 1), strength.row(y), strength.row(y + 1));
        let around = above.windows(3).zip(row.windows(3)).zip(below.windows(3));
        for (x, ((above, row), below)) in around
            .enumerate()
            .take(plane.width - MARGIN - 1)
            .skip(MARGIN - 1)
        {
            let &[left, here, right] = row else { continue };
            let before = above.iter().chain([&left]).all(|other| here > *other);
            let after = below.iter().chain([&right]).all(|other| here >= *other);
            if here >= LEAST && before && after {
                found.push(Found {
                    x: x + 1,
                    y,
                    level,
                    strength: here,
                });
            }
        }
    }
    found
}

/// Returns the smaller eigenvalue of the structure tensor at each pixel.
fn strength(plane: &Plane) -> Plane {
    let empty = || vec![0.0; plane.values.len()];
    let (mut xx, mut yy, mut xy) = (empty(), empty(), empty());
    let squares = xx
        .chunks_exact_mut(plane.width)
        .zip(yy.chunks_exact_mut(plane.width))
        .zip(xy.chunks_exact_mut(plane.width));
    for (y, ((xx, yy), xy)) in squares.enumerate() {
        let (Some(up), row, below) = (y.checked_sub(1), plane.row(y), plane.row(y + 1))
        else {
            continue;
        };
        let across = row.windows(3);
        let down = plane.row(up).iter().zip(below).skip(1);
        let into = xx.iter_mut().zip(yy).zip(xy).skip(1);
        for (((xx, yy), xy), (across, (up, down))) in into.zip(across.zip(down)) {
            let &[left, _, right] = across else { continue };
            let (dx, dy) = ((right - left) / 2.0, (down - up) / 2.0);
            (*xx, *yy, *xy) = (dx * dx, dy * dy, dx * dy);
        }
    }
    let smooth = |values: Vec<f32>| {
        let plane = Plane {
            width: plane.width,
            height: plane.height,
            values,
        };
        plane.blurred(2)
    };
    let (xx, yy, xy) = (smooth(xx), smooth(yy), smooth(xy));
    let sums = xx.values.iter().zip(&yy.values).zip(&xy.values);
    let lesser = |((xx, yy), xy): ((&f32, &f32), &f32)| {
        let half = (xx - yy) / 2.0;
        xx.midpoint(*yy) - (half * half + xy * xy).sqrt()
    };
    Plane {
        width: plane.width,
        height: plane.height,
        values: sums.map(lesser).collect(),
    }
}

/// Returns the direction from a corner to the intensity centroid of its patch (as in ORB), in
/// radians, clockwise from the right.
fn orientation(plane: &Plane, x: usize, y: usize) -> f32 {
    let reach = i32::from(REACH);
    let (mut across, mut down) = (0.0, 0.0);
    for dy in -reach..=reach {
        let half = f64::from(reach * reach - dy * dy).sqrt() as usize;
        let row = plane.row(y.wrapping_add_signed(dy as isize));
        let stretch = row
            .get(x.saturating_sub(half)..=x + half)
            .unwrap_or_default();
        let mut sum = 0.0;
        for (n, value) in stretch.iter().enumerate() {
            across += (n as f32 - half as f32) * value;
            sum += value;
        }
        down += dy as f32 * sum;
    }
    down.atan2(across).rem_euclid(TAU)
}

type Point = (f32, f32);

/// Returns the pairs of points that a descriptor compares. Half are drawn from a normal
/// distribution with a fixed seed (BRIEF's G II, Calonder et al. 2010), half are their mirror
/// images.
fn pattern() -> Vec<(Point, Point)> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut even = || {
        // xorshift64 (Marsaglia 2003).
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 24) as f32
    };
    let mut point = || loop {
        // Twelve even draws add up to a bell of deviation 1 around 6.
        let mut bell = || (0..12).map(|_| even()).sum::<f32>() - 6.0;
        let (x, y) = (bell() * 6.5, bell() * 6.5);
        if x.hypot(y) <= f32::from(REACH) - 0.5 {
            return (x, y);
        }
    };
    let mut pairs = Vec::new();
    while pairs.len() < 128 {
        let (a, b): (Point, Point) = (point(), point());
        if (a.0 - b.0).hypot(a.1 - b.1) >= 4.0 {
            pairs.push((a, b));
        }
    }
    let mirror = |((ax, ay), (bx, by)): &(Point, Point)| ((*ax, -ay), (*bx, -by));
    let mirrored: Vec<_> = pairs.iter().map(mirror).collect();
    pairs.extend(mirrored);
    pairs
}

/// Returns the descriptor of a corner: a bit is set where the first point of a pair is darker.
fn descriptor(
    plane: &Plane,
    found: &Found,
    orientation: f32,
    pattern: &[(Point, Point)],
) -> [u64; 4] {
    let (sin, cos) = orientation.sin_cos();
    let value = |(x, y): Point| {
        let (x, y) = (cos * x - sin * y, sin * x + cos * y);
        let at = |centre: usize, d: f32| (centre as f32 + d).round().max(0.0) as usize;
        plane.at(at(found.x, x), at(found.y, y))
    };
    let mut bits = [0_u64; 4];
    for (word, pairs) in bits.iter_mut().zip(pattern.chunks(64)) {
        for (n, (a, b)) in pairs.iter().enumerate() {
            *word |= u64::from(value(*a) < value(*b)) << n;
        }
    }
    bits
}
