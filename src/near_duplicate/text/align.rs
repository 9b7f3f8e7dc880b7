//! Aligns the words of two texts; letters may be misread.

use std::collections::HashMap;

/// A step of an alignment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// The same word in both: its index in each, and the similarity of its letters, 0 to 1.
    Both(usize, usize, f32),
    /// Other words at the same place: the first index and the count in each text.
    Replaced(usize, usize, usize, usize),
}

/// Least similarity of the letters of one word read twice.
pub(super) const ONE_WORD: f32 = 0.6;
/// Most words of a gap that are compared each with each; a longer gap is a page that one text
/// lacks.
const GAP: usize = 120;

/// Aligns two texts.
pub(super) fn align(a: &[String], b: &[String]) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut from_a, mut from_b) = (0, 0);
    for (at_a, at_b) in anchors(a, b).into_iter().chain([(a.len(), b.len())]) {
        fill(a, b, (from_a, at_a), (from_b, at_b), &mut steps);
        if at_a < a.len() {
            steps.push(Step::Both(at_a, at_b, 1.0));
        }
        (from_a, from_b) = (at_a + 1, at_b + 1);
    }
    steps
}

/// Returns the places of word pairs that are unique in each text, in an order that holds in both
/// (patience diff).
fn anchors(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let (in_a, in_b) = (once(a), once(b));
    let mut both: Vec<(usize, usize)> = Vec::new();
    for (at, pair) in a.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let pair = (first.as_str(), second.as_str());
        if let (Some(Some(_)), Some(Some(there))) = (in_a.get(&pair), in_b.get(&pair)) {
            both.push((at, *there));
        }
    }
    rising(&both)
}

/// Returns the place of each word pair of a text; `None` of those that it has more than once.
fn once(words: &[String]) -> HashMap<(&str, &str), Option<usize>> {
    let mut places = HashMap::with_capacity(words.len());
    for (at, pair) in words.windows(2).enumerate() {
        if let [first, second] = pair {
            places
                .entry((first.as_str(), second.as_str()))
                .and_modify(|place| *place = None)
                .or_insert(Some(at));
        }
    }
    places
}

/// Returns the longest subsequence of the pairs that increases in the second number, too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let place = ends.partition_point(|end| second(*end) < pair.1);
        before.push(place.checked_sub(1).and_then(|p| ends.get(p).copied()));
        match ends.get_mut(place) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut at = ends.last().copied();
    let mut chain = Vec::new();
    while let Some(here) = at {
        chain.extend(pairs.get(here));
        at = before.get(here).copied().flatten();
    }
    chain.reverse();
    chain
}

/// Aligns the words between two anchors.
fn fill(
    a: &[String],
    b: &[String],
    (a0, a1): (usize, usize),
    (b0, b1): (usize, usize),
    steps: &mut Vec<Step>,
) {
    let own = a.get(a0..a1).unwrap_or_default();
    let other = b.get(b0..b1).unwrap_or_default();
    if own.is_empty() || other.is_empty() || own.len().max(other.len()) > GAP {
        return;
    }
    let (mut done_a, mut done_b) = (0, 0);
    let matched = best(own, other);
    let ends = matched
        .iter()
        .copied()
        .chain([(own.len(), other.len(), 0.0)]);
    for (at_a, at_b, similarity) in ends {
        if at_a > done_a && at_b > done_b {
            let (len_a, len_b) = (at_a - done_a, at_b - done_b);
            steps.push(Step::Replaced(a0 + done_a, len_a, b0 + done_b, len_b));
        }
        if similarity > 0.0 {
            steps.push(Step::Both(a0 + at_a, b0 + at_b, similarity));
        }
        (done_a, done_b) = (at_a + 1, at_b + 1);
    }
}

/// Returns the alignment with the greatest sum of similarities.
fn best(a: &[String], b: &[String]) -> Vec<(usize, usize, f32)> {
    let width = b.len() + 1;
    let mut sums = vec![0.0_f32; (a.len() + 1) * width];
    let mut similarities = vec![0.0_f32; a.len() * b.len()];
    let get = |sums: &[f32], i: usize, j: usize| {
        sums.get(i * width + j).copied().unwrap_or(0.0)
    };
    for (i, word) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            let one = word_similarity(word, other);
            let both = one + get(&sums, i + 1, j + 1);
            let skip = get(&sums, i + 1, j).max(get(&sums, i, j + 1));
            if let Some(slot) = similarities.get_mut(i * b.len() + j) {
                *slot = one;
            }
            if let Some(slot) = sums.get_mut(i * width + j) {
                *slot = if one > 0.0 { both.max(skip) } else { skip };
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::new();
    while i < a.len() && j < b.len() {
        let one = similarities.get(i * b.len() + j).copied().unwrap_or(0.0);
        let here = get(&sums, i, j);
        let both = one + get(&sums, i + 1, j + 1);
        if one > 0.0 && both >= here - 1e-4 {
            found.push((i, j, one));
            (i, j) = (i + 1, j + 1);
        } else if get(&sums, i + 1, j) >= get(&sums, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Returns the similarity of two words; 0 where they are different words.
fn word_similarity(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    if !may_be_near(a, b) {
        return 0.0;
    }
    let similarity = letter_similarity(a, b);
    if similarity >= ONE_WORD {
        similarity
    } else {
        0.0
    }
}

/// Tells whether two words can be one by their lengths and by the letters that only one of them
/// has, each of which is a step apart: true of few, and cheap to see.
fn may_be_near(a: &str, b: &str) -> bool {
    let letters = |word: &str| {
        let bits = word.bytes().map(|letter| 1_u64 << (letter % 64));
        bits.fold(0, |all, letter| all | letter)
    };
    let (own, other) = (letters(a), letters(b));
    let only = (own & !other).count_ones().max((other & !own).count_ones());
    let steps = only.max(a.len().abs_diff(b.len()) as u32);
    let most = a.len().max(b.len()) as f32;
    // A hair less, for rounding.
    1.0 - steps as f32 / most >= ONE_WORD - 1e-4
}

/// Returns the normalised Levenshtein similarity of two words, 0 to 1.
pub(super) fn letter_similarity(a: &str, b: &str) -> f32 {
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    if (short as f32) < 0.5 * long as f32 {
        return 0.0;
    }
    strsim::normalized_levenshtein(a, b) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn misread_words_are_found_and_others_stand_instead() {
        let a = words("keputusan bupati tentang forum anak kecamatan sawit tahun 2023");
        let b =
            words("keputusan bupatl tentang f0rum anak kecamatan banyudono tahun 2023");
        let steps = align(&a, &b);
        assert!(steps.contains(&Step::Replaced(6, 1, 6, 1)), "{steps:?}");
        let both = steps.iter().filter(|s| matches!(s, Step::Both(..)));
        assert_eq!(both.count(), 8, "{steps:?}");
    }

    #[test]
    fn words_that_cannot_be_near_are_not() {
        let text = "keputusan bupati bupatl tentang f0rum forum anak kecamatan banyudono 2023 \
                    2024 anakanak kec pecamatan tentan tang";
        for a in text.split_whitespace() {
            for b in text.split_whitespace() {
                let similarity = letter_similarity(a, b);
                let expected = if similarity >= ONE_WORD {
                    similarity
                } else {
                    0.0
                };
                let found = word_similarity(a, b);
                assert!((found - expected).abs() < 1e-6, "{a} {b}");
            }
        }
    }

    #[test]
    fn a_line_that_one_lacks_is_no_difference() {
        let a = words("satu dua tiga empat lima enam tujuh delapan");
        let b = words("satu dua tiga tujuh delapan");
        let steps = align(&a, &b);
        assert_eq!(steps.len(), 5, "{steps:?}");
        assert!(steps.iter().all(|s| matches!(s, Step::Both(..))));
    }
}
