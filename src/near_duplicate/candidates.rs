//! Finds candidate pairs: fingerprints that share keys and are worth comparing in full. Equal
//! keys are brought together by sorting, so the cost grows with the number of fingerprints and
//! not with the number of pairs.

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
pub(super) struct SharedKeys(PairCounts);

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
        let mut add = |a: Key, b: Key| {
            let (a, b) = (number(a).min(number(b)), number(a).max(number(b)));
            if a != b && wanted(a, b) {
                self.0.add(a, b, 1);
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
            for (n, a) in group.iter().enumerate() {
                group
                    .iter()
                    .skip(n + 1)
                    .take(reach(group))
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
    }

    /// Returns the pairs with at least `least` keys in common, in order.
    pub fn at_least(self, least: u32) -> Vec<(u32, u32)> {
        self.0.at_least(least)
    }
}

/// Returns how many that follow it each of a group is paired with.
fn reach<T>(group: &[T]) -> usize {
    if group.len() > COMMON { 2 } else { COMMON }
}

/// Pairs held before they are counted, 8 bytes each.
const PENDING: usize = 2_000_000;

/// The fingerprints that share each key, of keys that are not too common. What nobody shares is
/// dropped at once, so that of a large archive only this stays in memory.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// Numbers of fingerprints, ascending in each group.
    members: Vec<u32>,
    /// The end of each group in `members`, with what a pair of it counts.
    ends: Vec<(u32, u8)>,
}

impl Groups {
    /// Adds the groups of `keys` that have between 2 and `most` members, one of them `wanted`.
    /// A pair of them counts `counts`.
    pub fn add(
        &mut self,
        mut keys: Vec<Key>,
        most: usize,
        counts: u8,
        wanted: impl Fn(u32) -> bool,
    ) {
        keys.sort_unstable();
        keys.dedup();
        for group in keys.chunk_by(|a, b| value(*a) == value(*b)) {
            let is_rare = (2..=most.min(HOPELESS)).contains(&group.len());
            if is_rare && group.iter().any(|key| wanted(number(*key))) {
                self.members.extend(group.iter().map(|key| number(*key)));
                self.ends.push((self.members.len() as u32, counts));
            }
        }
    }

    /// Returns the count of members of all groups.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Returns the pairs with a count of at least `least` whose smaller number is one of
    /// `first`, in order. Pairs that are not `wanted` are left out.
    pub fn pairs(
        &self,
        first: std::ops::Range<u32>,
        least: u32,
        wanted: impl Fn(u32, u32) -> bool,
    ) -> Vec<(u32, u32)> {
        let mut counts = PairCounts::default();
        let mut start = 0;
        for (end, count) in &self.ends {
            let end = *end as usize;
            let group = self.members.get(start..end).unwrap_or_default();
            start = end;
            let from = group.partition_point(|number| *number < first.start);
            for (at, a) in group.iter().enumerate().skip(from) {
                if *a >= first.end {
                    break;
                }
                let others = group.iter().skip(at + 1).take(reach(group));
                for b in others.filter(|b| wanted(*a, **b)) {
                    counts.add(*a, *b, *count);
                }
            }
        }
        counts.at_least(least)
    }
}

/// Returns the numbers of a pair: the first in the upper 32 bits, the second in the lower 32.
fn numbers(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// How much each pair of fingerprints counts.
#[derive(Debug, Default)]
struct PairCounts {
    pending: Vec<u64>,
    counted: Vec<(u64, u32)>,
}

impl PairCounts {
    fn add(&mut self, a: u32, b: u32, times: u8) {
        let pair = u64::from(a) << 32 | u64::from(b);
        self.pending
            .extend(std::iter::repeat_n(pair, usize::from(times)));
        if self.pending.len() >= PENDING {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.pending.sort_unstable();
        let new = self.pending.chunk_by(|a, b| a == b);
        let new = new.filter_map(|same| Some((*same.first()?, same.len() as u32)));
        self.counted.extend(new);
        self.pending.clear();
        self.counted.sort_unstable_by_key(|(pair, _)| *pair);
        self.counted.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            kept.1 += if same { later.1 } else { 0 };
            same
        });
    }

    fn at_least(mut self, least: u32) -> Vec<(u32, u32)> {
        self.settle();
        let enough = self.counted.iter().filter(|(_, count)| *count >= least);
        enough.map(|(pair, _)| numbers(*pair)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    impl SharedKeys {
        fn counts(&mut self) -> BTreeMap<(u32, u32), u32> {
            self.0.settle();
            let counted = self.0.counted.iter();
            counted
                .map(|(pair, count)| (numbers(*pair), *count))
                .collect()
        }
    }

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
        assert_eq!(shared.counts(), BTreeMap::from([((0, 1), 2), ((0, 2), 1)]));
        assert_eq!(shared.at_least(2), [(0, 1)]);

        let all = (0..=HOPELESS as u32).map(|n| key(1, n)).collect();
        let mut shared = SharedKeys::default();
        shared.count(all, Vec::new(), |_, _| true);
        assert!(shared.counts().is_empty());
    }

    #[test]
    fn groups_give_the_pairs_that_counting_at_once_gives() {
        let mut state = 7_u64;
        let mut dice = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        let own: Vec<Key> = (0..4000)
            .map(|_| key(dice(90) as u32 * 7, dice(200) as u32))
            .collect();
        let is_wanted = |number: u32| number.is_multiple_of(3);
        let wanted = |a: u32, b: u32| is_wanted(a) || is_wanted(b);
        let mut shared = SharedKeys::default();
        shared.count(own.clone(), Vec::new(), wanted);
        let expected = shared.at_least(3);
        let mut groups = Groups::default();
        for part in 0..3 {
            let part = |key: &&Key| value(**key) % 3 == part;
            let keys = own.iter().filter(part).copied().collect();
            groups.add(keys, HOPELESS, 1, is_wanted);
        }
        let stripes =
            [0..60, 60..61, 61..200].map(|first| groups.pairs(first, 3, wanted));
        assert!(expected.len() > 50, "{}", expected.len());
        assert_eq!(stripes.concat(), expected);
    }

    #[test]
    fn what_nobody_wanted_shares_or_too_many_share_is_no_group() {
        let keys = vec![key(1, 0), key(1, 1), key(2, 1), key(2, 2), key(3, 2)];
        let mut groups = Groups::default();
        groups.add(keys, 2, 2, |number| number == 0);
        assert_eq!(groups.members, [0, 1]);
        assert_eq!(groups.pairs(0..9, 2, |_, _| true), [(0, 1)]);
        groups.add((0..5).map(|n| key(9, n)).collect(), 4, 1, |_| true);
        assert_eq!(groups.len(), 2);
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
