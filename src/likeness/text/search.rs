//! Takes the fingerprints of many texts and gives the pairs worth comparing in full: those that
//! share sequences which few others have. What all decrees of an office share says nothing.

use crate::likeness::near::{Votes, key};
use crate::model::TextPrint;

/// Rare sequences that must be shared.
const LEAST_VOTES: u32 = 3;

/// Is the fingerprints of many texts, ready to be searched. Each is named by the order in which
/// it came, from 0.
#[derive(Debug, Default)]
pub struct Texts {
    keys: Vec<u64>,
    count: u32,
}

impl Texts {
    /// Takes one more.
    pub fn add(&mut self, print: &TextPrint) {
        let number = self.count;
        self.keys
            .extend(print.sample.iter().map(|value| key(*value, number)));
        self.count += 1;
    }

    /// Returns the pairs that may be of one document, in order, the smaller number first; only
    /// those that are `wanted`.
    pub fn pairs(self, wanted: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
        let mut votes = Votes::default();
        votes.count(self.keys, Vec::new(), wanted);
        votes.at_least(LEAST_VOTES)
    }
}
