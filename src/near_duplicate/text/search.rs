//! An index of many text fingerprints that finds the pairs worth comparing in full: those that
//! share rare shingles, and those with the same number and year. Shingles that all decrees of an
//! office share do not count.

use super::hash;
use crate::model::{DocumentFacts, TextFingerprint};
use crate::near_duplicate::candidates::{SharedKeys, key};

/// Least keys that a candidate pair shares; facts that differ then exclude most pairs cheaply.
/// The same number and year count as so many keys.
const LEAST_SHARED: u32 = 2;

/// An index of text fingerprints. They are numbered from 0, in the order of adding.
#[derive(Debug, Default)]
pub struct TextIndex {
    keys: Vec<u64>,
    count: u32,
}

impl TextIndex {
    /// Adds a fingerprint, with the facts of its document.
    pub fn add(&mut self, fingerprint: &TextFingerprint, facts: &DocumentFacts) {
        let number = self.count;
        if let (Some(own), Some(year)) = (facts.number.value(), facts.year.value()) {
            let shared =
                (0..LEAST_SHARED).map(|n| hash(format!("{own} {year} {n}").as_bytes()));
            self.keys.extend(shared.map(|value| key(value, number)));
        }
        self.keys
            .extend(fingerprint.hashes.iter().map(|value| key(*value, number)));
        self.count += 1;
    }

    /// Returns the candidate pairs that are `wanted`, in order, the smaller number first.
    pub fn pairs(self, wanted: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
        let mut shared = SharedKeys::default();
        shared.count(self.keys, Vec::new(), wanted);
        shared.at_least(LEAST_SHARED)
    }
}
