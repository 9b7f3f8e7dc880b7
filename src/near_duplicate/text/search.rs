//! Proposes the pairs of texts worth comparing: those that share a few hashes of their sketches,
//! or the number and year of a paper where few have it. All sketches of a large archive do not
//! fit into memory; they are read in parts, and of each part only what several texts share stays.

use super::judge::Identity;
use crate::model::TextFingerprint;
use crate::near_duplicate::candidates::{Groups, key};
use std::ops::Range;

/// Least keys that a candidate pair shares; facts that differ then exclude most pairs cheaply.
/// The same number and year count as so many keys.
const LEAST_SHARED: u8 = 2;
/// Papers of one number and year from which the two say nothing: every village has its
/// regulation number 1 of the year. A second scan among them shares hashes.
const NUMBERED_MOST: usize = 8;
/// Hashes held at a time, 8 bytes each.
const HELD: u64 = 8_000_000;
/// Members of groups from which no more parts are read, 4 bytes each: then some hashes of every
/// text have been compared, drawn evenly.
const MEMBERS_MOST: usize = 20_000_000;
/// Members of groups for which pairs are counted at a time.
const STRIPE: usize = 4_000_000;

/// An index of text fingerprints. They are numbered from 0, in the order of reading.
#[derive(Debug)]
pub struct TextIndex {
    groups: Groups,
    count: u32,
    compared: f32,
}

impl TextIndex {
    /// Reads the fingerprints of the documents whose `identities` are given, in their order.
    /// `scan` calls its argument with each fingerprint and is called several times where there
    /// are many. Pairs without a `wanted` document are left out.
    ///
    /// # Errors
    /// Those of `scan`.
    pub fn read<E>(
        identities: &[Identity],
        wanted: impl Fn(u32) -> bool,
        mut scan: impl FnMut(&mut dyn FnMut(&TextFingerprint)) -> Result<(), E>,
    ) -> Result<Self, E> {
        let count = identities.len() as u32;
        let mut groups = Groups::default();
        let named = (0..).zip(identities);
        let named = named.filter_map(|(n, identity)| Some(key(identity.name()?, n)));
        groups.add(named.collect(), NUMBERED_MOST, LEAST_SHARED, &wanted);
        let all = u64::from(count) * super::SKETCH_SIZE as u64;
        let parts = all.div_ceil(HELD).max(1) as u32;
        let mut read = 0;
        while read < parts && groups.len() < MEMBERS_MOST {
            // Of one size from the start: a list that grows is held twice while it does.
            let about = all / u64::from(parts);
            let mut keys = Vec::with_capacity((about + about / 16) as usize);
            let mut number = 0;
            scan(&mut |fingerprint| {
                let hashes = fingerprint.hashes.iter();
                let part = hashes.filter(|hash| **hash % parts == read);
                keys.extend(part.map(|hash| key(*hash, number)));
                number += 1;
            })?;
            groups.add(keys, usize::MAX, 1, &wanted);
            read += 1;
        }
        Ok(Self {
            groups,
            count,
            compared: read as f32 / parts as f32,
        })
    }

    /// Returns the share of the hashes that were compared: less than 1 only in an archive with
    /// very many texts that share most of their words.
    pub fn compared(&self) -> f32 {
        self.compared
    }

    /// Returns ranges of numbers, in order, that together are all: for each, the pairs fit into
    /// memory.
    pub fn stripes(&self) -> impl Iterator<Item = Range<u32>> + use<> {
        let count = self.count;
        let stripes = self.groups.len().div_ceil(STRIPE).max(1) as u32;
        let size = count.div_ceil(stripes).max(1);
        (0..count)
            .step_by(size as usize)
            .map(move |first| first..count.min(first.saturating_add(size)))
    }

    /// Returns the candidate pairs that are `wanted` whose smaller number is one of `first`, in
    /// order, the smaller number first.
    pub fn pairs(
        &self,
        first: Range<u32>,
        wanted: impl Fn(u32, u32) -> bool,
    ) -> Vec<(u32, u32)> {
        self.groups.pairs(first, u32::from(LEAST_SHARED), wanted)
    }
}
