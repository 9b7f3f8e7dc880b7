//! Takes the fingerprints of many photos and gives the pairs worth comparing in full.
//!
//! A corner seen again differs in some of its 256 pairs of points, but seldom in each of several
//! choices of 22 of them; a whole photo differs in some of its 64 waves, but seldom in each of
//! four choices of 16. Each choice is a key ([`super::super::near`]).

use super::broad::{WAYS, turned_waves};
use super::corner::mirrored;
use crate::likeness::near::{Key, Votes, key};
use crate::model::PhotoPrint;

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
/// Choices of pairs of points, pairs in each, and corners of a photo that are looked for.
const TABLES: usize = 8;
const BITS: usize = 22;
const LOOKED_FOR: usize = 128;
/// Keys that must be shared. By chance two of 100,000 photos share 0.03.
const LEAST_VOTES: u32 = 3;
/// Waves in a key of the whole photo.
const BAND: u32 = 16;

/// Is the fingerprints of many photos, ready to be searched. Each is named by the order in
/// which it came, from 0.
#[derive(Debug, Default)]
pub struct Photos {
    corners: Vec<Vec<[u64; 4]>>,
    waves: Vec<u64>,
}

impl Photos {
    /// Takes one more.
    pub fn add(&mut self, print: &PhotoPrint) {
        let strongest = print.corners.iter().take(LOOKED_FOR);
        self.corners
            .push(strongest.map(|corner| corner.pairs).collect());
        self.waves.push(print.waves);
    }

    /// Returns the pairs that may be of one photo, in order, the smaller number first; only
    /// those that are `wanted`.
    pub fn pairs(&self, wanted: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
        let mut votes = Votes::default();
        for table in 0..TABLES {
            let keys = |way: fn([u64; 4]) -> [u64; 4]| -> Vec<Key> {
                let all = (0..).zip(&self.corners);
                all.flat_map(|(number, corners)| {
                    let keys =
                        corners.iter().map(move |pairs| choice(way(*pairs), table));
                    keys.map(move |value| key(value, number))
                })
                .collect()
            };
            votes.count(keys(|pairs| pairs), keys(mirrored), &wanted);
        }
        let mut pairs = votes.at_least(LEAST_VOTES);
        pairs.extend(self.alike_as_a_whole(&wanted));
        pairs.sort_unstable();
        pairs.dedup();
        pairs
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

/// Returns one choice of the pairs of points around a corner.
fn choice(pairs: [u64; 4], table: usize) -> u32 {
    (0..BITS).fold(table as u32, |sum, n| {
        // Another stride for each choice, all prime to 58: no pair twice in one.
        let at = (table * 11 + n * (2 * table + 1)) % TELLING.len();
        let at = TELLING.get(at).copied().unwrap_or(0);
        let word = pairs.get(at / 64).copied().unwrap_or(0);
        sum << 1 | (word >> (at % 64) & 1) as u32
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_choice_has_no_pair_of_points_twice() {
        for table in 0..TABLES {
            let seen = |n: usize| {
                let at = TELLING[(table * 11 + n * (2 * table + 1)) % TELLING.len()];
                let mut pairs = [0_u64; 4];
                pairs[at / 64] |= 1 << (at % 64);
                choice(pairs, table)
            };
            let distinct: BTreeSet<u32> = (0..BITS).map(seen).collect();
            assert_eq!(distinct.len(), BITS, "{table}");
        }
    }
}
