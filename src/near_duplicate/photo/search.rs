//! An index of many photo fingerprints that finds the pairs worth comparing in full.
//!
//! Whole photos: the pHash of the same photo differs in some of its 64 bits, but seldom in each
//! of its four bands of 16. Each band is a key ([`super::super::candidates`]), for all eight
//! symmetries.
//!
//! Parts of photos: 58 bits of the descriptor of each of the strongest corners are indexed in an
//! LSH forest (Bawa et al. 2005): sorted under several permutations of the bits. The same corner
//! has some bits wrong, but seldom early in every permutation, so in one of them it is a
//! neighbour. Only the few nearest on each side are looked at, so that the cost of one photo
//! does not grow with the archive; a corner that hundreds of photos share has hundreds of equal
//! neighbours and is hardly found. A pair of photos is a candidate where several matched corners
//! agree on one map.

use super::corner::mirrored_descriptor;
use super::geometry::{Affine, Keypoint, Match, match_corners};
use super::global_hash::{SYMMETRIES, turned_phash};
use super::overlay::frame;
use crate::model::PhotoFingerprint;
use crate::near_duplicate::candidates::{SharedKeys, key};
use std::collections::BTreeSet;

/// The bits of a descriptor that are indexed: set in about half of all corners and little
/// correlated. Most other bits are not: the orientation points to the brighter side, so a pair
/// of points along it nearly always compares the same. Chosen on 23,000 corners of 120 photos:
/// set in 30 to 70 % of them, correlated with none before by more than 0.5.
const SELECTED_BITS: [usize; 58] = [
    98, 226, 72, 200, 156, 154, 28, 172, 26, 168, 3, 44, 40, 219, 254, 126, 48, 91, 75,
    176, 114, 37, 82, 210, 136, 29, 58, 157, 165, 80, 8, 103, 167, 208, 39, 23, 162, 100,
    228, 243, 115, 71, 234, 199, 171, 43, 191, 85, 187, 213, 13, 27, 155, 56, 63, 121,
    244, 116,
];
/// Permutations of the bits, and corners of a photo that are indexed. Both, and the four below,
/// were set by `tests/measure/near_duplicate.rs`: recall on crops first, then few candidates.
const PERMUTATIONS: usize = 8;
const INDEXED: usize = 256;
/// Bits of a permutation that are sorted by.
const SORTED: usize = 32;
/// Leading bits that neighbours must have in common, and how many are looked at on each side.
const LEAST_SHARED: u32 = 16;
const REACH: usize = 6;
/// Largest Hamming distance of the 58 bits of two neighbours; chance gives 29.
const KEY_DISTANCE: u32 = 11;
/// Least matched corners of a candidate, and how many of them must agree on one map.
const LEAST_MATCHED: usize = 3;
const LEAST_AGREED: usize = 3;
/// Most matches of a pair of photos from which maps are made.
const MOST_MATCHES: usize = 48;
/// Largest residual of an inlier, in pixels.
const NEAR: f32 = 9.0;
/// Bits of a pHash in a key.
const BAND: u32 = 16;

/// A corner as it is indexed.
#[derive(Debug, Clone, Copy)]
struct Feature {
    /// The selected bits of its descriptor, and of its mirrored descriptor.
    own: u64,
    mirrored: u64,
    keypoint: Keypoint,
}

/// An index of photo fingerprints. They are numbered from 0, in the order of adding.
#[derive(Debug, Default)]
pub struct PhotoIndex {
    features: Vec<Feature>,
    /// Where the features of each photo begin.
    starts: Vec<usize>,
    /// Width of each photo, on which its features lie.
    widths: Vec<f32>,
    phash: Vec<u64>,
}

/// Two matched corners: the other photo, whether it is mirrored, and the two corners' numbers.
type MatchedCorners = (u32, bool, u32, u32);

impl PhotoIndex {
    /// Adds a fingerprint.
    pub fn add(&mut self, fingerprint: &PhotoFingerprint) {
        self.starts.push(self.features.len());
        let strongest = fingerprint.corners.iter().take(INDEXED);
        self.features.extend(strongest.map(|corner| Feature {
            own: selected_bits(corner.descriptor),
            mirrored: selected_bits(mirrored_descriptor(corner.descriptor)),
            keypoint: Keypoint::new(corner),
        }));
        self.widths.push(frame(fingerprint).0);
        self.phash.push(fingerprint.phash);
    }

    /// Returns the candidate pairs, in order, the smaller number first; only those of which at
    /// least one is `asked` for.
    pub fn pairs(&self, asked: impl Fn(u32) -> bool) -> Vec<(u32, u32)> {
        let mut pairs = self.pairs_by_global_hash(|a, b| asked(a) || asked(b));
        let forest: Vec<Vec<u64>> = (0..PERMUTATIONS)
            .map(|permutation| self.sorted_features(permutation))
            .collect();
        for number in (0..self.count()).filter(|number| asked(*number)) {
            for other in self.sharing_corners(number, &forest) {
                pairs.push((number.min(other), number.max(other)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Returns all features sorted under one permutation: its bits in the upper half, the
    /// feature's number in the lower.
    fn sorted_features(&self, permutation: usize) -> Vec<u64> {
        let all = (0_u64..).zip(&self.features);
        let mut sorted_features: Vec<u64> = all
            .map(|(number, feature)| {
                u64::from(permuted(feature.own, permutation)) << 32 | number
            })
            .collect();
        sorted_features.sort_unstable();
        sorted_features
    }

    /// Returns the photos that share several corners with this one, which agree on one map.
    fn sharing_corners(&self, number: u32, forest: &[Vec<u64>]) -> Vec<u32> {
        let mut matched: Vec<MatchedCorners> = Vec::new();
        let range = self.range(number);
        for (at, feature) in (range.start as u32..)
            .zip(self.features.get(range.clone()).unwrap_or_default())
        {
            for (is_mirrored, bits) in [(false, feature.own), (true, feature.mirrored)] {
                for (permutation, sorted_features) in forest.iter().enumerate() {
                    for other in neighbours(sorted_features, permuted(bits, permutation))
                    {
                        if range.contains(&(other as usize)) || !self.is_like(bits, other)
                        {
                            continue;
                        }
                        matched.push((self.photo_of(other), is_mirrored, at, other));
                    }
                }
            }
        }
        matched.sort_unstable();
        matched.dedup();
        let of_photo = matched.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
        let agreed = of_photo.filter(|matched| self.agrees(number, matched));
        let photos: BTreeSet<u32> = agreed.flatten().map(|matched| matched.0).collect();
        photos.into_iter().collect()
    }

    fn range(&self, number: u32) -> std::ops::Range<usize> {
        let start = |n: usize| self.starts.get(n).copied();
        let number = number as usize;
        start(number).unwrap_or(0)..start(number + 1).unwrap_or(self.features.len())
    }

    fn photo_of(&self, feature: u32) -> u32 {
        let after = self
            .starts
            .partition_point(|start| *start <= feature as usize);
        after.saturating_sub(1) as u32
    }

    fn is_like(&self, bits: u64, other: u32) -> bool {
        let other = self.features.get(other as usize);
        other.is_some_and(|other| (other.own ^ bits).count_ones() <= KEY_DISTANCE)
    }

    /// Tells whether matched corners of two photos agree on one map.
    fn agrees(&self, number: u32, matched: &[MatchedCorners]) -> bool {
        let distinct = |of: fn(&MatchedCorners) -> u32| {
            matched.iter().map(of).collect::<BTreeSet<_>>()
        };
        if distinct(|matched| matched.2)
            .len()
            .min(distinct(|matched| matched.3).len())
            < LEAST_MATCHED
        {
            return false;
        }
        let width = self.widths.get(number as usize).copied().unwrap_or(0.0);
        let keypoint = |at: u32| {
            self.features
                .get(at as usize)
                .map(|feature| feature.keypoint)
        };
        let pairs: Vec<Match> = matched
            .iter()
            .take(MOST_MATCHES)
            .filter_map(|(_, is_mirrored, own, other)| {
                Some(match_corners(
                    keypoint(*own)?,
                    keypoint(*other)?,
                    *is_mirrored,
                    width,
                ))
            })
            .collect();
        pairs.iter().enumerate().any(|(n, a)| {
            let others = pairs.iter().skip(n + 1);
            let mut affines = others.filter_map(|b| Affine::from_two(a, b));
            affines.any(|affine| affine.count_inlier_places(&pairs, NEAR) >= LEAST_AGREED)
        })
    }

    fn pairs_by_global_hash(&self, wanted: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
        let mut shared = SharedKeys::default();
        for band in 0..u64::BITS / BAND {
            let part = |phash: u64| (phash >> (band * BAND)) as u32 & ((1 << BAND) - 1);
            let all = || (0..).zip(&self.phash);
            let own = all().map(|(number, phash)| key(part(*phash), number));
            let asked = all().flat_map(|(number, phash)| {
                let turned = SYMMETRIES
                    .iter()
                    .skip(1)
                    .map(|symmetry| turned_phash(*phash, *symmetry));
                turned.map(move |phash| key(part(phash), number))
            });
            shared.count(own.collect(), asked.collect(), |a, b| {
                wanted(a, b) && self.are_near(a, b)
            });
        }
        shared.at_least(1)
    }

    fn are_near(&self, a: u32, b: u32) -> bool {
        const NEAR: u32 = 10;
        let phash = |number: u32| self.phash.get(number as usize).copied();
        let (Some(a), Some(b)) = (phash(a), phash(b)) else {
            return false;
        };
        SYMMETRIES
            .iter()
            .any(|symmetry| (turned_phash(a, *symmetry) ^ (b & !1)).count_ones() <= NEAR)
    }
}

/// Returns the selected bits of a descriptor.
fn selected_bits(descriptor: [u64; 4]) -> u64 {
    SELECTED_BITS.iter().fold(0, |sum, at| {
        let word = descriptor.get(at / 64).copied().unwrap_or(0);
        sum << 1 | (word >> (at % 64) & 1)
    })
}

/// Returns the first bits under a permutation of the selected bits.
fn permuted(bits: u64, permutation: usize) -> u32 {
    (0..SORTED).fold(0, |sum, n| {
        // Another stride for each order, all prime to 58: no bit twice in one.
        let at = (permutation * 11 + n * (2 * permutation + 1)) % SELECTED_BITS.len();
        sum << 1 | (bits >> at & 1) as u32
    })
}

/// Returns the numbers of the features nearest to a key that share its first bits.
fn neighbours(sorted_features: &[u64], key: u32) -> impl Iterator<Item = u32> + '_ {
    let at = sorted_features.partition_point(|entry| ((*entry >> 32) as u32) < key);
    let (before, after) = sorted_features.split_at(at);
    let shares = move |entry: &&u64| {
        ((**entry >> 32) as u32 ^ key).leading_zeros() >= LEAST_SHARED
    };
    let before = before.iter().rev().take(REACH).take_while(shares);
    let after = after.iter().take(REACH).take_while(shares);
    before.chain(after).map(|entry| *entry as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_has_no_bit_twice() {
        for permutation in 0..PERMUTATIONS {
            let seen = |at: usize| permuted(1 << at, permutation).count_ones();
            let bits: u32 = (0..SELECTED_BITS.len()).map(seen).sum();
            assert_eq!(bits as usize, SORTED, "{permutation}");
            assert!(
                (0..SELECTED_BITS.len()).all(|at| seen(at) <= 1),
                "{permutation}"
            );
        }
    }

    #[test]
    fn only_the_nearest_that_share_enough_are_neighbours() {
        let key = 0x1234_5678_u32;
        let entry = |key: u32, number: u64| u64::from(key) << 32 | number;
        let mut sorted_features = vec![entry(key ^ 1, 1), entry(key, 2), entry(!key, 3)];
        sorted_features.sort_unstable();
        let mut found: Vec<u32> = neighbours(&sorted_features, key).collect();
        found.sort_unstable();
        assert_eq!(found, [1, 2]);
        let many: Vec<u64> = (0..1000).map(|number| entry(key, number)).collect();
        assert_eq!(neighbours(&many, key).count(), REACH);
    }
}
