//! Words of the framework, numbered: takes folded words, gives their ids, and forgives the
//! slips OCR makes in long words. Apart so that everything after it compares numbers.

use crate::model::analysis;
use std::collections::HashMap;

/// Numbers a word or a stem; [`UNKNOWN`] stands for all that the framework never uses.
pub(super) type WordId = u32;

/// The id of every word outside the vocabulary. No phrase contains it, so it ends any match.
pub(super) const UNKNOWN: WordId = 0;

/// Letters from which a word may carry one wrong letter. Shorter words turn into other words
/// (`bayi`, `bayu`); measured on the engine's output, long words carry most slips.
const SLIP_FROM: usize = 7;

/// Is what the framework knows about a word met in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sense {
    /// The word itself.
    pub word: WordId,
    /// Its stem.
    pub stem: WordId,
    /// Whether a letter had to be forgiven.
    pub slipped: bool,
}

/// Is the set of words that occur in the framework's phrases.
#[derive(Debug, Default)]
pub(super) struct Vocab {
    words: HashMap<String, Sense>,
    stems: HashMap<String, WordId>,
    /// A long word, and each form of it that lacks one letter → the word.
    near: HashMap<String, String>,
    last: WordId,
}

impl Vocab {
    /// Adds a folded word.
    pub fn learn(&mut self, folded: &str) -> Sense {
        if let Some(sense) = self.words.get(folded) {
            return *sense;
        }
        let stem = analysis::stem(folded).into_owned();
        let mut next = || {
            self.last += 1;
            self.last
        };
        let word = next();
        let stem = *self.stems.entry(stem).or_insert_with(next);
        let sense = Sense {
            word,
            stem,
            slipped: false,
        };
        self.words.insert(folded.to_owned(), sense);
        for form in slips(folded) {
            self.near.entry(form).or_insert_with(|| folded.to_owned());
        }
        sense
    }

    /// Returns what the framework knows about a folded word.
    pub fn read(&self, folded: &str) -> Sense {
        if let Some(sense) = self.words.get(folded) {
            return *sense;
        }
        let stem = analysis::stem(folded);
        if let Some(&stem) = self.stems.get(stem.as_ref()) {
            return Sense {
                stem,
                ..Sense::default()
            };
        }
        self.forgive(folded).unwrap_or_default()
    }

    /// Finds a long word of the vocabulary one letter away: added, lost or changed.
    fn forgive(&self, folded: &str) -> Option<Sense> {
        let known = slips(folded)
            .filter_map(|form| self.near.get(&form))
            .find(|known| one_slip_apart(known, folded))?;
        let sense = self.words.get(known)?;
        Some(Sense {
            slipped: true,
            ..*sense
        })
    }
}

/// Reads the words of one document, each different word once.
pub(super) struct Senses<'a> {
    vocab: &'a Vocab,
    seen: HashMap<String, Sense>,
}

impl<'a> Senses<'a> {
    /// Begins a document.
    pub fn new(vocab: &'a Vocab) -> Self {
        Self {
            vocab,
            seen: HashMap::new(),
        }
    }

    /// Returns what the framework knows about a folded word.
    pub fn read(&mut self, folded: String) -> Sense {
        let vocab = self.vocab;
        let fresh = |folded: &String| vocab.read(folded);
        *self.seen.entry(folded).or_insert_with_key(fresh)
    }
}

/// Gives a long word and each form of it that lacks one letter; nothing for a short word.
fn slips(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    let long = letters.len() >= SLIP_FROM && letters.iter().any(|c| c.is_alphabetic());
    let count = if long { letters.len() + 1 } else { 0 };
    (0..count).map(move |gap| {
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != gap);
        kept.map(|(_, c)| *c).collect()
    })
}

/// Tells whether two words differ by one letter added, lost or changed.
fn one_slip_apart(a: &str, b: &str) -> bool {
    let same_head = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let tail = |word: &str, skip: usize| -> String { word.chars().skip(skip).collect() };
    tail(a, same_head + 1) == tail(b, same_head + 1)
        || tail(a, same_head) == tail(b, same_head + 1)
        || tail(a, same_head + 1) == tail(b, same_head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_forgive_one_letter_and_short_ones_none() {
        let mut vocab = Vocab::default();
        let child = vocab.learn("anak");
        let marriage = vocab.learn("perkawinan");
        for (found, known) in [
            ("perkawinan", Some(marriage)),
            ("perkavvinan", None),
            ("perkawlnan", Some(marriage)),
            ("perkawinn", Some(marriage)),
            ("perkawinaan", Some(marriage)),
            ("anal", None),
            ("anak", Some(child)),
        ] {
            let sense = vocab.read(found);
            assert_eq!(sense.word, known.map_or(UNKNOWN, |k| k.word), "{found}");
        }
        assert!(vocab.read("perkawlnan").slipped);
    }

    #[test]
    fn another_form_of_a_word_shares_only_its_stem() {
        let mut vocab = Vocab::default();
        let known = vocab.learn("pencegahan");
        let other = vocab.read("mencegah");
        assert_eq!((other.word, other.stem), (UNKNOWN, known.stem));
    }
}
