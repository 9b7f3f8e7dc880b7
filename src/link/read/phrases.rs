//! Many phrases looked for at once: takes sequences of word ids, gives where each stands in a
//! text, in one pass. A trie over words rather than letters, so that a form of a word or a
//! forgiven slip costs nothing here.

use super::vocab::WordId;
use std::collections::HashMap;

/// A place where a phrase was found, in words of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which phrase, as numbered by the caller.
    pub phrase: usize,
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
}

/// A set of phrases.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    steps: HashMap<(u32, WordId), u32>,
    ends: HashMap<u32, usize>,
    nodes: u32,
}

impl Phrases {
    /// Adds a phrase; of equal phrases the first keeps its number, which is returned.
    pub fn add(&mut self, words: &[WordId], phrase: usize) -> usize {
        let mut node = 0;
        for &word in words {
            let nodes = &mut self.nodes;
            node = *self.steps.entry((node, word)).or_insert_with(|| {
                *nodes += 1;
                *nodes
            });
        }
        *self.ends.entry(node).or_insert(phrase)
    }

    /// Returns every place where a phrase stands, by first word, shorter phrases first.
    pub fn find(&self, words: &[WordId]) -> Vec<Found> {
        let mut found = Vec::new();
        for start in 0..words.len() {
            let mut node = 0;
            for (offset, &word) in words.iter().skip(start).enumerate() {
                let Some(&next) = self.steps.get(&(node, word)) else {
                    break;
                };
                node = next;
                if let Some(&phrase) = self.ends.get(&node) {
                    let end = start + offset + 1;
                    found.push(Found { phrase, start, end });
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_nested_phrases_and_never_crosses_an_unknown_word() {
        let mut phrases = Phrases::default();
        assert_eq!(phrases.add(&[1, 2], 7), 7);
        assert_eq!(phrases.add(&[1, 2, 3], 8), 8);
        assert_eq!(phrases.add(&[1, 2], 9), 7, "known already");
        let at = |phrase, start, end| Found { phrase, start, end };
        assert_eq!(
            phrases.find(&[1, 2, 3, 0, 1, 2, 0, 3]),
            [at(7, 0, 2), at(8, 0, 3), at(7, 4, 6)]
        );
        assert!(phrases.find(&[]).is_empty());
    }
}
