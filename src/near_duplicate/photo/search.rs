//! Takes the fingerprints of many photos and gives the pairs worth comparing in full.
//!
//! Whole photos first: the same one differs in some of its 64 waves, but seldom in each of four
//! choices of 16; each choice is a key ([`super::super::near`]), for all eight ways to turn it.
//!
//! Then parts. Of each of the strongest corners 58 telling bits are kept. They are sorted under
//! several orders of their bits (an LSH forest, Bawa et al. 2005): a corner seen again has some
//! bits wrong, but seldom early in every order, and then stands next to its fellow. Only the few
//! nearest on each side are looked at, however many there are, so that the cost of a photo does
//! not grow with the archive; what hundreds of photos share has hundreds of equal neighbours
//! and says little, by itself. A pair of photos is worth comparing where several corners met
//! and agree how one photo would lie in the other.

use super::broad::{WAYS, turned_waves};
use super::corner::mirrored;
use super::geometry::{Motion, Pair, Spot, pair};
use super::overlay::frame;
use crate::model::PhotoPrint;
use crate::near_duplicate::near::{Votes, key};
use std::collections::BTreeSet;

/// The pairs of points that keys are made of: those that tell most, being set in about half of
/// all corners and not tied to each other. Most others are not: a corner leans to the brighter
/// side, so that a pair along its lean is nearly always the same. Taken from 23,000 corners of
/// 120 photos: set in 30 to 70 % of them, correlated with none before by more than 0.5.
const TELLING: [usize; 58] = [
    98, 226, 72, 200, 156, 154, 28, 172, 26, 168, 3, 44, 40, 219, 254, 126, 48, 91, 75,
    176, 114, 37, 82, 210, 136, 29, 58, 157, 165, 80, 8, 103, 167, 208, 39, 23, 162, 100,
    228, 243, 115, 71, 234, 199, 171, 43, 191, 85, 187, 213, 13, 27, 155, 56, 63, 121,
    244, 116,
];
/// Orders of the bits, and corners of a photo that are looked for. Both, and the four below,
/// were set by `tests/measure/likeness.rs`: recall on crops first, then as few pairs as can be.
const ORDERS: usize = 8;
const LOOKED_FOR: usize = 256;
/// Bits of an order that are sorted by; the rest only break ties.
const SORTED: usize = 32;
/// Leading bits that neighbours must have in common, and how many are looked at on each side.
const LEAST_SHARED: u32 = 16;
const REACH: usize = 6;
/// Bits of all 58 in which two corners that met may differ; two of chance differ in 29.
const DIFFER: u32 = 11;
/// Corners that must have met, and how many of them must agree on one way to lie.
const LEAST_MET: usize = 3;
const LEAST_AGREED: usize = 3;
/// Meetings of two photos that are weighed; more are a proof by their number.
const WEIGHED: usize = 48;
/// Pixels by which the place of a corner may be beside what two others say.
const NEAR: f32 = 9.0;
/// Waves in a key of the whole photo.
const BAND: u32 = 16;

/// A corner as it is searched for.
#[derive(Debug, Clone, Copy)]
struct Feature {
    /// Its telling bits, and those it has in a mirror.
    own: u64,
    mirrored: u64,
    spot: Spot,
}

/// The fingerprints of many photos, ready to be searched. Each is named by the order in
/// which it came, from 0.
#[derive(Debug, Default)]
pub struct Photos {
    features: Vec<Feature>,
    /// Where the features of each photo begin.
    starts: Vec<usize>,
    /// Width of each photo, on which its features lie.
    widths: Vec<f32>,
    waves: Vec<u64>,
}

/// Two corners that met: the photo it was, whether in a mirror, and the corners' numbers.
type Met = (u32, bool, u32, u32);

impl Photos {
    /// Takes one more.
    pub fn add(&mut self, print: &PhotoPrint) {
        self.starts.push(self.features.len());
        let strongest = print.corners.iter().take(LOOKED_FOR);
        self.features.extend(strongest.map(|corner| Feature {
            own: telling(corner.pairs),
            mirrored: telling(mirrored(corner.pairs)),
            spot: Spot::of(corner),
        }));
        self.widths.push(frame(print).0);
        self.waves.push(print.waves);
    }

    /// Returns the pairs that may be of one photo, in order, the smaller number first; only
    /// those of which at least one is `asked` for.
    pub fn pairs(&self, asked: impl Fn(u32) -> bool) -> Vec<(u32, u32)> {
        let mut pairs = self.alike_as_a_whole(|a, b| asked(a) || asked(b));
        let forest: Vec<Vec<u64>> = (0..ORDERS).map(|order| self.sorted(order)).collect();
        for number in (0..self.count()).filter(|number| asked(*number)) {
            for other in self.alike_in_part(number, &forest) {
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

    /// Returns all features under one order: its first bits above, the feature's number below.
    fn sorted(&self, order: usize) -> Vec<u64> {
        let all = (0_u64..).zip(&self.features);
        let mut sorted: Vec<u64> = all
            .map(|(number, feature)| {
                u64::from(ordered(feature.own, order)) << 32 | number
            })
            .collect();
        sorted.sort_unstable();
        sorted
    }

    /// Returns the photos of which several corners met this one's and agree.
    fn alike_in_part(&self, number: u32, forest: &[Vec<u64>]) -> Vec<u32> {
        let mut met: Vec<Met> = Vec::new();
        let range = self.range(number);
        for (at, feature) in (range.start as u32..)
            .zip(self.features.get(range.clone()).unwrap_or_default())
        {
            for (is_mirrored, bits) in [(false, feature.own), (true, feature.mirrored)] {
                for (order, sorted) in forest.iter().enumerate() {
                    for other in neighbours(sorted, ordered(bits, order)) {
                        if range.contains(&(other as usize)) || !self.is_like(bits, other)
                        {
                            continue;
                        }
                        met.push((self.photo_of(other), is_mirrored, at, other));
                    }
                }
            }
        }
        met.sort_unstable();
        met.dedup();
        let of_photo = met.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
        let agreed = of_photo.filter(|met| self.agrees(number, met));
        let photos: BTreeSet<u32> = agreed.flatten().map(|met| met.0).collect();
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
        other.is_some_and(|other| (other.own ^ bits).count_ones() <= DIFFER)
    }

    /// Tells whether corners of two photos that met agree how one lies in the other.
    fn agrees(&self, number: u32, met: &[Met]) -> bool {
        let distinct = |of: fn(&Met) -> u32| met.iter().map(of).collect::<BTreeSet<_>>();
        if distinct(|met| met.2).len().min(distinct(|met| met.3).len()) < LEAST_MET {
            return false;
        }
        let width = self.widths.get(number as usize).copied().unwrap_or(0.0);
        let spot = |at: u32| self.features.get(at as usize).map(|feature| feature.spot);
        let pairs: Vec<Pair> = met
            .iter()
            .take(WEIGHED)
            .filter_map(|(_, is_mirrored, own, other)| {
                Some(pair(spot(*own)?, spot(*other)?, *is_mirrored, width))
            })
            .collect();
        pairs.iter().enumerate().any(|(n, a)| {
            let others = pairs.iter().skip(n + 1);
            let mut motions = others.filter_map(|b| Motion::through(a, b));
            motions.any(|motion| motion.supported(&pairs, NEAR) >= LEAST_AGREED)
        })
    }

    fn alike_as_a_whole(&self, wanted: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
        let mut votes = Votes::default();
        for band in 0..u64::BITS / BAND {
            let part = |waves: u64| (waves >> (band * BAND)) as u32 & ((1 << BAND) - 1);
            let all = || (0..).zip(&self.waves);
            let own = all().map(|(number, waves)| key(part(*waves), number));
            let asked = all().flat_map(|(number, waves)| {
                let turned = WAYS.iter().skip(1).map(|way| turned_waves(*waves, *way));
                turned.map(move |waves| key(part(waves), number))
            });
            votes.count(own.collect(), asked.collect(), |a, b| {
                wanted(a, b) && self.are_near(a, b)
            });
        }
        votes.at_least(1)
    }

    fn are_near(&self, a: u32, b: u32) -> bool {
        const NEAR: u32 = 10;
        let waves = |number: u32| self.waves.get(number as usize).copied();
        let (Some(a), Some(b)) = (waves(a), waves(b)) else {
            return false;
        };
        WAYS.iter()
            .any(|way| (turned_waves(a, *way) ^ (b & !1)).count_ones() <= NEAR)
    }
}

/// Returns the telling bits of a corner.
fn telling(pairs: [u64; 4]) -> u64 {
    TELLING.iter().fold(0, |sum, at| {
        let word = pairs.get(at / 64).copied().unwrap_or(0);
        sum << 1 | (word >> (at % 64) & 1)
    })
}

/// Returns the telling bits in another order, the first of them.
fn ordered(bits: u64, order: usize) -> u32 {
    (0..SORTED).fold(0, |sum, n| {
        // Another stride for each order, all prime to 58: no bit twice in one.
        let at = (order * 11 + n * (2 * order + 1)) % TELLING.len();
        sum << 1 | (bits >> at & 1) as u32
    })
}

/// Returns the numbers of the features next to a key that share its first bits.
fn neighbours(sorted: &[u64], key: u32) -> impl Iterator<Item = u32> + '_ {
    let at = sorted.partition_point(|entry| ((*entry >> 32) as u32) < key);
    let (before, after) = sorted.split_at(at);
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
        for order in 0..ORDERS {
            let seen = |at: usize| ordered(1 << at, order).count_ones();
            let bits: u32 = (0..TELLING.len()).map(seen).sum();
            assert_eq!(bits as usize, SORTED, "{order}");
            assert!((0..TELLING.len()).all(|at| seen(at) <= 1), "{order}");
        }
    }

    #[test]
    fn only_the_nearest_that_share_enough_are_neighbours() {
        let key = 0x1234_5678_u32;
        let entry = |key: u32, number: u64| u64::from(key) << 32 | number;
        let mut sorted = vec![entry(key ^ 1, 1), entry(key, 2), entry(!key, 3)];
        sorted.sort_unstable();
        let mut found: Vec<u32> = neighbours(&sorted, key).collect();
        found.sort_unstable();
        assert_eq!(found, [1, 2]);
        let many: Vec<u64> = (0..1000).map(|number| entry(key, number)).collect();
        assert_eq!(neighbours(&many, key).count(), REACH);
    }
}
