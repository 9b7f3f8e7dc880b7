//! Takes the fingerprints of many photos and gives the pairs worth comparing in full.
//!
//! A corner seen again differs in some of its 256 pairs of points, but seldom in all of several
//! choices of 22 of them; a whole photo differs in some of its 64 waves, but seldom in all of
//! four choices of 16. Each choice is a key ([`super::super::near`]).

use super::broad::{WAYS, turned_waves};
use super::corner::mirrored;
use crate::likeness::near::{Key, Votes, key};
use crate::model::PhotoPrint;

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
        // 176 places, each in one choice only, spread over all 256.
        let at = (n * TABLES + table) * 16 / 11;
        let word = pairs.get(at / 64).copied().unwrap_or(0);
        sum << 1 | (word >> (at % 64) & 1) as u32
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_pair_of_points_is_in_two_choices() {
        let all: Vec<usize> = (0..TABLES * BITS).map(|n| n * 16 / 11).collect();
        let distinct: BTreeSet<&usize> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert!(all.iter().all(|at| *at < 256));
    }
}
