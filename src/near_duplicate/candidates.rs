//! Finds candidate pairs: fingerprints that share keys and are worth comparing in full. Equal
//! keys are brought together by sorting, so the cost grows with the number of fingerprints and
//! not with the number of pairs.

use std::collections::BTreeMap;

/// Most fingerprints that may share a key and still be paired each with each. A key shared by
/// more is a letterhead's corner or a sentence of the law; then only neighbours are paired, so
/// that twenty scans of one paper are still found.
const COMMON: usize = 24;
/// A key shared by more fingerprints than this is left out.
const HOPELESS: usize = 400;

/// A key of one fingerprint: the key in the upper 32 bits, the number of the fingerprint in
/// the lower 32.
pub(super) type Key = u64;

/// Makes a key.
pub(super) fn key(value: u32, number: u32) -> Key {
    u64::from(value) << 32 | u64::from(number)
}

fn value(key: Key) -> u32 {
    (key >> 32) as u32
}

fn number(key: Key) -> u32 {
    key as u32
}

/// How many keys each pair of fingerprints shares.
#[derive(Debug, Default)]
pub(super) struct SharedKeys(BTreeMap<(u32, u32), u32>);

impl SharedKeys {
    /// Counts the keys that fingerprints share: `own` with each other, and `own` with `probes`,
    /// the keys of other forms of a fingerprint (turned, mirrored). Pairs that are not `wanted`
    /// are left out.
    pub fn count(
        &mut self,
        mut own: Vec<Key>,
        mut probes: Vec<Key>,
        wanted: impl Fn(u32, u32) -> bool,
    ) {
        own.sort_unstable();
        own.dedup();
        probes.sort_unstable();
        probes.dedup();
        let mut pairs = Vec::new();
        let mut add = |a: Key, b: Key| {
            let (a, b) = (number(a).min(number(b)), number(a).max(number(b)));
            if a != b && wanted(a, b) {
                pairs.push(u64::from(a) << 32 | u64::from(b));
            }
        };
        let mut probes = probes.as_slice();
        for group in own.chunk_by(|a, b| value(*a) == value(*b)) {
            let Some(first) = group.first().map(|key| value(*key)) else {
                continue;
            };
            let before = probes.partition_point(|key| value(*key) < first);
            let (_, rest) = probes.split_at(before);
            let (here, after) =
                rest.split_at(rest.partition_point(|k| value(*k) == first));
            probes = after;
            if group.len() > HOPELESS {
                continue;
            }
            let reach = if group.len() > COMMON { 2 } else { COMMON };
            for (n, a) in group.iter().enumerate() {
                group
                    .iter()
                    .skip(n + 1)
                    .take(reach)
                    .for_each(|b| add(*a, *b));
            }
            if group.len() <= COMMON && here.len() <= COMMON {
                for a in here {
                    for b in group {
                        add(*a, *b);
                    }
                }
            }
        }
        pairs.sort_unstable();
        for same in pairs.chunk_by(|a, b| a == b) {
            if let Some(pair) = same.first() {
                let pair = ((pair >> 32) as u32, *pair as u32);
                *self.0.entry(pair).or_default() += same.len() as u32;
            }
        }
    }

    /// Returns the pairs with at least `least` keys in common, in order.
    pub fn at_least(self, least: u32) -> Vec<(u32, u32)> {
        let shared = self.0.into_iter();
        shared
            .filter(|(_, shared)| *shared >= least)
            .map(|(pair, _)| pair)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shares_keys_is_paired_once_and_what_all_share_says_nothing() {
        let own = vec![
            key(7, 0),
            key(7, 1),
            key(7, 1),
            key(8, 1),
            key(8, 0),
            key(9, 2),
        ];
        let mut shared = SharedKeys::default();
        shared.count(own, vec![key(9, 0), key(9, 2)], |_, _| true);
        assert_eq!(shared.0, BTreeMap::from([((0, 1), 2), ((0, 2), 1)]));
        assert_eq!(shared.at_least(2), [(0, 1)]);

        let all = (0..=HOPELESS as u32).map(|n| key(1, n)).collect();
        let mut shared = SharedKeys::default();
        shared.count(all, Vec::new(), |_, _| true);
        assert!(shared.0.is_empty());
    }

    #[test]
    fn twenty_nine_scans_of_one_paper_stay_together() {
        let own = (0..29).map(|n| key(1, n)).collect();
        let mut shared = SharedKeys::default();
        shared.count(own, Vec::new(), |a, b| a != 3 || b != 4);
        let pairs = shared.at_least(1);
        assert!(!pairs.contains(&(3, 4)));
        assert!((0..28).all(|n| n == 3 || pairs.contains(&(n, n + 1))));
        assert!(pairs.len() < 2 * 29);
    }
}
