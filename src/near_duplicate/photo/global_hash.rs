//! Hashes of a whole picture: pHash (signs of low DCT coefficients) and dHash (signs of
//! differences between neighbours), independent of each other. The hashes of a turned or
//! mirrored picture follow from its own by moving bits, so that one picture needs one entry.

use super::plane::Plane;
use std::f32::consts::PI;

/// One of the eight symmetries of a square: turns by quarters, mirrored or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Symmetry {
    /// Left becomes right.
    pub flip_x: bool,
    /// Top becomes bottom.
    pub flip_y: bool,
    /// Rows and columns change places, after the flips.
    pub swap: bool,
}

/// All eight; the first changes nothing.
pub(super) const SYMMETRIES: [Symmetry; 8] = {
    let mut symmetries = [Symmetry {
        flip_x: false,
        flip_y: false,
        swap: false,
    }; 8];
    let mut n = 0;
    while n < 8 {
        #[allow(clippy::indexing_slicing, reason = "a constant, checked by rustc")]
        {
            symmetries[n] = Symmetry {
                flip_x: n & 1 != 0,
                flip_y: n & 2 != 0,
                swap: n & 4 != 0,
            };
        }
        n += 1;
    }
    symmetries
};

/// Columns 1, 3, 5, 7 of an 8 × 8 grid of bits, row by row from the lowest.
const ODD_COLUMNS: u64 = 0xaaaa_aaaa_aaaa_aaaa;
/// Rows 1, 3, 5, 7.
const ODD_ROWS: u64 = 0xff00_ff00_ff00_ff00;

/// Returns the pHash (Zauner 2010): the signs of the 8 × 8 lowest DCT-II coefficients, row by
/// row from the lowest bit, without the mean. Brightness and contrast do not change it.
pub(super) fn phash(picture: &Plane) -> u64 {
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
            .map(|(y, phash)| phash.get(column).copied().unwrap_or(0.0) * wave(row, y));
        bits |= u64::from(terms.sum::<f32>() > 0.0) << n;
    }
    bits
}

/// Returns the dHash in both directions: the bits of an 8 × 8 grid are set where the picture
/// grows brighter to the right, and where it grows brighter downwards.
pub(super) fn dhash(picture: &Plane) -> [u64; 2] {
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

/// Returns the pHash of the picture after `symmetry`.
pub(super) fn turned_phash(phash: u64, symmetry: Symmetry) -> u64 {
    let mut phash = phash;
    if symmetry.flip_x {
        phash ^= ODD_COLUMNS;
    }
    if symmetry.flip_y {
        phash ^= ODD_ROWS;
    }
    // The mean has no sign.
    (if symmetry.swap {
        transposed(phash)
    } else {
        phash
    }) & !1
}

/// Returns the dHash of the picture after `symmetry`.
pub(super) fn turned_dhash([right, down]: [u64; 2], symmetry: Symmetry) -> [u64; 2] {
    let (mut right, mut down) = (right, down);
    if symmetry.flip_x {
        (right, down) = (!reversed_columns(right), reversed_columns(down));
    }
    if symmetry.flip_y {
        (right, down) = (right.swap_bytes(), !down.swap_bytes());
    }
    match symmetry.swap {
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

    fn turned(picture: &Plane, symmetry: Symmetry) -> Plane {
        let side = picture.width;
        let flip = |at: usize, flip: bool| if flip { side - 1 - at } else { at };
        let value = |n: usize| {
            let (x, y) = (n % side, n / side);
            let (x, y) = if symmetry.swap { (y, x) } else { (x, y) };
            picture.at(flip(x, symmetry.flip_x), flip(y, symmetry.flip_y))
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
        for symmetry in SYMMETRIES {
            let turned = turned(&picture, symmetry);
            let phash = phash(&turned) ^ turned_phash(super::phash(&picture), symmetry);
            assert!(phash.count_ones() <= 1, "{symmetry:?}: {phash:064b}");
            let expected = turned_dhash(dhash(&picture), symmetry);
            for (found, expected) in dhash(&turned).into_iter().zip(expected) {
                assert!((found ^ expected).count_ones() <= 1, "{symmetry:?}");
            }
        }
    }

    #[test]
    fn brightness_and_contrast_change_nothing() {
        let picture = picture();
        let mut pale = picture.clone();
        pale.values.iter_mut().for_each(|v| *v = *v * 0.6 + 70.0);
        assert_eq!(phash(&pale), phash(&picture));
        assert_eq!(dhash(&pale), dhash(&picture));
    }
}
