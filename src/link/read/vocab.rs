//! Words of the framework, numbered: takes folded words, gives their ids, and forgives the
//! slips OCR makes in long words. Apart so that everything after it compares numbers.

use crate::lexicon::analysis;
use std::collections::{BTreeSet, HashMap};

/// Numbers a word or a stem; [`UNKNOWN`] stands for all that the framework never uses.
pub(crate) type WordId = u32;

/// The id of every word outside the vocabulary. No phrase contains it, so it ends any match.
pub(crate) const UNKNOWN: WordId = 0;

/// Letters from which a word may carry one wrong letter. Shorter words turn into other words
/// (`bayi`, `bayu`); measured on the engine's output, long words carry most slips.
const SLIP_FROM: usize = 7;
/// Letters from which an unknown word may be several that the reader joined: the longest word
/// of one piece that a banner is likely to hold by itself is shorter.
const JOINED_FROM: usize = 9;
/// Letters of the shortest word that is looked for inside a joined one: shorter ones (`asi`,
/// `usia`) stand in any long word.
const PIECE_FROM: usize = 4;
/// Letters of the longest such word.
const PIECE_TO: usize = 20;
/// Letters that the longest known piece has at least.
const PIECE_LONGEST: usize = 6;
/// Share of the letters that known pieces explain at least, in percent.
const EXPLAINED: usize = 60;

/// What the framework knows about a word met in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sense {
    /// The word itself.
    pub word: WordId,
    /// Its stem.
    pub stem: WordId,
    /// Whether a letter had to be forgiven.
    pub slipped: bool,
}

/// The set of words that occur in the framework's phrases.
#[derive(Debug, Default)]
pub(crate) struct Vocab {
    words: HashMap<String, Sense>,
    stems: HashMap<String, WordId>,
    /// A long word, and each form of it that lacks one letter → the word.
    near: HashMap<String, String>,
    /// Words that begin the names of several offices: `dinas`, `badan`.
    office_heads: BTreeSet<WordId>,
    /// Words in the names of offices.
    office_words: BTreeSet<WordId>,
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

    /// Adds a word in the name of an office; `is_head` where several names begin with it.
    pub fn learn_office(&mut self, folded: &str, is_head: bool) {
        let word = self.learn(folded).word;
        if is_head {
            self.office_heads.insert(word);
        }
        self.office_words.insert(word);
    }

    /// Tells whether names of offices begin with a word.
    pub fn begins_office(&self, word: WordId) -> bool {
        self.office_heads.contains(&word)
    }

    /// Tells whether a word stands in names of offices.
    pub fn names_office(&self, word: WordId) -> bool {
        self.office_words.contains(&word)
    }

    /// Returns the words that a reader joined into one (`cegahstunting`): the pieces in
    /// order, what lies between them left out. Nothing where the word is known, or where known
    /// words do not explain most of it.
    fn part(&self, folded: &str) -> Option<Vec<Sense>> {
        let letters = folded.as_bytes();
        let plain = letters.iter().all(u8::is_ascii_alphabetic);
        if letters.len() < JOINED_FROM || !plain {
            return None;
        }
        // For each end: most letters explained so far, with fewest pieces, and the last piece.
        let mut best: Vec<(usize, usize, usize)> = vec![(0, 0, 0)];
        for end in 1..=letters.len() {
            let mut here = best.last().map(|(known, pieces, _)| (*known, *pieces, 0))?;
            let from = end.saturating_sub(PIECE_TO);
            for start in from..=end.saturating_sub(PIECE_FROM) {
                let known = folded.get(start..end);
                let piece = known.is_some_and(|piece| self.words.contains_key(piece));
                let before = best.get(start).filter(|_| piece && end > start);
                let Some((explained, pieces, _)) = before else {
                    continue;
                };
                let length = end - start;
                let more = (explained + length, pieces + 1);
                let better = more.0 > here.0 || more.0 == here.0 && more.1 < here.1;
                if better {
                    here = (more.0, more.1, length);
                }
            }
            best.push(here);
        }
        let mut pieces = Vec::new();
        let mut end = letters.len();
        while end > 0 {
            let length = best.get(end).map_or(0, |(_, _, length)| *length);
            if length > 0 {
                pieces.push(folded.get(end - length..end)?);
            }
            end -= length.max(1);
        }
        pieces.reverse();
        let explained: usize = pieces.iter().map(|piece| piece.len()).sum();
        let longest = pieces.iter().map(|piece| piece.len()).max().unwrap_or(0);
        let holds = pieces.len() >= 2
            && longest >= PIECE_LONGEST
            && explained * 100 >= letters.len() * EXPLAINED;
        holds.then(|| pieces.into_iter().map(|piece| self.read(piece)).collect())
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
pub(crate) struct Senses<'a> {
    vocab: &'a Vocab,
    seen: HashMap<String, Vec<Sense>>,
}

impl<'a> Senses<'a> {
    /// Begins a document.
    pub fn new(vocab: &'a Vocab) -> Self {
        Self {
            vocab,
            seen: HashMap::new(),
        }
    }

    /// Returns the vocabulary.
    pub fn vocab(&self) -> &'a Vocab {
        self.vocab
    }

    /// Returns what the framework knows about a folded word; of one that several words were
    /// joined into, about each of them.
    pub fn read(&mut self, folded: String) -> &[Sense] {
        let vocab = self.vocab;
        let fresh = |folded: &String| {
            let sense = vocab.read(folded);
            let parted = (sense == Sense::default()).then(|| vocab.part(folded));
            parted.flatten().unwrap_or_else(|| vec![sense])
        };
        self.seen.entry(folded).or_insert_with_key(fresh)
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
    fn joined_words_are_parted_and_long_words_are_not() {
        let mut vocab = Vocab::default();
        for word in ["cegah", "stunting", "dini", "anak", "perkawinan"] {
            vocab.learn(word);
        }
        let parted = |text: &str| vocab.part(text).map(|pieces| pieces.len());
        assert_eq!(parted("cegahstuntingsedinimung"), Some(3));
        assert_eq!(parted("stopperkawinananak"), Some(2));
        for whole in ["stuntingnya", "beranakpinak", "keanekaragaman", "cegahanak"] {
            assert_eq!(parted(whole), None, "{whole}");
        }
    }

    #[test]
    fn another_form_of_a_word_shares_only_its_stem() {
        let mut vocab = Vocab::default();
        let known = vocab.learn("pencegahan");
        let other = vocab.read("mencegah");
        assert_eq!((other.word, other.stem), (UNKNOWN, known.stem));
    }
}
