//! Takes the fingerprints of many texts and gives the pairs worth comparing in full: those that
//! share sequences which few others have, and those of one number and year. What all decrees of
//! an office share says nothing.

use super::hash;
use crate::model::{DocumentFacts, TextPrint};
use crate::near_duplicate::near::{Votes, key};

/// Rare sequences that must be shared; what was recognised then rules most pairs out, for the
/// price of a glance. A number of one year counts as so many.
const LEAST_VOTES: u32 = 2;

/// The fingerprints of many texts, ready to be searched. Each is named by the order in which
/// it came, from 0.
#[derive(Debug, Default)]
pub struct Texts {
    keys: Vec<u64>,
    count: u32,
}

impl Texts {
    /// Takes one more, with what was recognised in it.
    pub fn add(&mut self, print: &TextPrint, facts: &DocumentFacts) {
        let number = self.count;
        if let (Some(own), Some(year)) = (facts.number.value(), facts.year.value()) {
            let votes =
                (0..LEAST_VOTES).map(|n| hash(format!("{own} {year} {n}").as_bytes()));
            self.keys.extend(votes.map(|value| key(value, number)));
        }
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
