//! Takes a picture and gives what it is in broad strokes: two hashes of the whole that are made
//! independently of each other, one from slow waves, one from slopes. All eight ways to turn and
//! mirror a picture are bit tricks on them, so that one picture needs one entry.

use super::plane::Plane;
use std::f32::consts::PI;

/// One of the eight ways to turn and mirror a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// Left becomes right.
    pub flip_x: bool,
    /// Top becomes bottom.
    pub flip_y: bool,
    /// Rows and columns change places, after the flips.
    pub swap: bool,
}

/// All of them, the picture as it is first.
pub(super) const WAYS: [Way; 8] = {
    let mut ways = [Way {
        flip_x: false,
        flip_y: false,
        swap: false,
    }; 8];
    let mut n = 0;
    while n < 8 {
        #[allow(clippy::indexing_slicing, reason = "a constant, checked by rustc")]
        {
            ways[n] = Way {
                flip_x: n & 1 != 0,
                flip_y: n & 2 != 0,
                swap: n & 4 != 0,
            };
        }
        n += 1;
    }
    ways
};

/// Columns 1, 3, 5, 7 of an 8 × 8 grid of bits, row by row from the lowest.
const ODD_COLUMNS: u64 = 0xaaaa_aaaa_aaaa_aaaa;
/// Rows 1, 3, 5, 7.
const ODD_ROWS: u64 = 0xff00_ff00_ff00_ff00;

/// Returns the signs of the 64 slowest waves of a picture (DCT-II), but for the mean. The
/// same picture brighter or with more contrast has the same (as in pHash, Zauner 2010).
pub(super) fn waves(picture: &Plane) -> u64 {
    const SIDE: usize = 32;
    let small = picture.resized(SIDE, SIDE);
    let wave =
        |n: usize, at: usize| (PI * n as f32 * (at as f32 + 0.5) / SIDE as f32).cos();
    let across: Vec<Vec<f32>> = (0..SIDE)
        .map(|y| {
            let along = |n: usize| {
                let row = small.row(y).iter().enumerate();
                row.map(|(x, value)| value * wave(n, x)).sum()
            };
            (0..8).map(along).collect()
        })
        .collect();
    let mut bits = 0;
    for n in 1..64 {
        let (row, column) = (n / 8, n % 8);
        let terms = across
            .iter()
            .enumerate()
            .map(|(y, waves)| waves.get(column).copied().unwrap_or(0.0) * wave(row, y));
        bits |= u64::from(terms.sum::<f32>() > 0.0) << n;
    }
    bits
}

/// Returns where a picture grows brighter from cell to cell of an 8 × 8 grid: to the right, and
/// downwards (dHash in both directions).
pub(super) fn slopes(picture: &Plane) -> [u64; 2] {
    let (wide, high) = (picture.resized(9, 8), picture.resized(8, 9));
    let (mut right, mut down) = (0, 0);
    for y in 0..8 {
        for x in 0..8 {
            let bit = |is_brighter: bool| u64::from(is_brighter) << (8 * y + x);
            right |= bit(wide.at(x + 1, y) > wide.at(x, y));
            down |= bit(high.at(x, y + 1) > high.at(x, y));
        }
    }
    [right, down]
}

/// Returns the waves of a picture turned so.
pub(super) fn turned_waves(waves: u64, way: Way) -> u64 {
    let mut waves = waves;
    if way.flip_x {
        waves ^= ODD_COLUMNS;
    }
    if way.flip_y {
        waves ^= ODD_ROWS;
    }
    // The mean has no sign.
    (if way.swap { transposed(waves) } else { waves }) & !1
}

/// Returns the slopes of a picture turned so.
pub(super) fn turned_slopes([right, down]: [u64; 2], way: Way) -> [u64; 2] {
    let (mut right, mut down) = (right, down);
    if way.flip_x {
        (right, down) = (!reversed_columns(right), reversed_columns(down));
    }
    if way.flip_y {
        (right, down) = (right.swap_bytes(), !down.swap_bytes());
    }
    match way.swap {
        true => [transposed(down), transposed(right)],
        false => [right, down],
    }
}

fn reversed_columns(bits: u64) -> u64 {
    bits.reverse_bits().swap_bytes()
}

fn transposed(bits: u64) -> u64 {
    (0..64).fold(0, |sum, n| sum | (bits >> n & 1) << (n % 8 * 8 + n / 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture without any symmetry.
    fn picture() -> Plane {
        let values = (0..72 * 72).map(|n| {
            let (x, y) = ((n % 72) as f32, (n / 72) as f32);
            128.0
                + 60.0 * (x / 11.0).sin()
                + 40.0 * (y / 7.0 + x / 23.0).cos()
                + x * y / 90.0
        });
        Plane {
            width: 72,
            height: 72,
            values: values.collect(),
        }
    }

    fn turned(picture: &Plane, way: Way) -> Plane {
        let side = picture.width;
        let flip = |at: usize, flip: bool| if flip { side - 1 - at } else { at };
        let value = |n: usize| {
            let (x, y) = (n % side, n / side);
            let (x, y) = if way.swap { (y, x) } else { (x, y) };
            picture.at(flip(x, way.flip_x), flip(y, way.flip_y))
        };
        Plane {
            width: side,
            height: side,
            values: (0..side * side).map(value).collect(),
        }
    }

    #[test]
    fn a_turned_picture_has_the_turned_hashes() {
        let picture = picture();
        for way in WAYS {
            let turned = turned(&picture, way);
            let waves = waves(&turned) ^ turned_waves(super::waves(&picture), way);
            assert!(waves.count_ones() <= 1, "{way:?}: {waves:064b}");
            let expected = turned_slopes(slopes(&picture), way);
            for (found, expected) in slopes(&turned).into_iter().zip(expected) {
                assert!((found ^ expected).count_ones() <= 1, "{way:?}");
            }
        }
    }

    #[test]
    fn brightness_and_contrast_change_nothing() {
        let picture = picture();
        let mut pale = picture.clone();
        pale.values.iter_mut().for_each(|v| *v = *v * 0.6 + 70.0);
        assert_eq!(waves(&pale), waves(&picture));
        assert_eq!(slopes(&pale), slopes(&picture));
    }
}
