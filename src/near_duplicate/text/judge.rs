//! Compares two texts: are they one document read twice?
//!
//! Misreading is random: a letter here, a word there, each time differently. Another document
//! made from the same template differs systematically: the same word is replaced by the same
//! other word every time, whole names differ. So the kind of difference decides, not its amount.

use super::align::{Step, align, letter_similarity};
use crate::model::{Date, DateRole, DocumentFacts, Fact, Page, Ratio, SameText, Years};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Most words compared of one text.
const MOST_WORDS: usize = 20_000;
/// Least share of the shorter text that stands in the other, too.
const SHARED: f32 = 0.6;
/// Least letters of a replaced word that counts, and the similarity below which the two are
/// different words.
const LONG: usize = 5;
const OTHER: f32 = 0.5;
/// Largest share of replaced words in one document: without misreading, and how much of the
/// share of misread words is added. A word misread in more than half of its letters is rare even
/// where a third of the words are misread (`tests/measure/near_duplicate.rs`).
const OTHERS: f32 = 0.012;
const OTHERS_MISREAD: f32 = 0.03;
/// Least times that a word is replaced by the same other word in another document, and how many
/// times more often than it is kept: misreading seldom repeats itself, and never every time.
const TIMES: u32 = 2;
const EVERY_TIME: u32 = 2;

/// What is known of a document that can keep it from being another: its facts, made small, so
/// that those of a whole archive fit into memory. Values are told apart by hashes of 64 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    number: Option<Known<u64>>,
    also_numbered: Box<[u64]>,
    year: Option<Known<i16>>,
    /// Kind, government and years, where they are known for sure.
    kind: Option<u64>,
    government: Option<u64>,
    years: Option<Years>,
    enacted: Option<Known<Date>>,
    is_draft: bool,
}

/// A value, and whether it is confident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known<T> {
    value: T,
    sure: bool,
}

impl<T: Copy + PartialEq> Known<T> {
    fn new(value: T, confidence: Ratio) -> Self {
        Self {
            value,
            sure: confidence.is_confident(),
        }
    }

    fn from_fact(fact: Option<&Fact<T>>) -> Option<Self> {
        fact.map(|fact| Self::new(fact.value, fact.confidence))
    }
}

impl Identity {
    /// Returns what can keep a document from being another.
    pub fn from_facts(facts: &DocumentFacts) -> Self {
        let number = facts.number.known();
        let also = facts.also_numbered.iter().map(|also| hashed(&also.value));
        let years = facts.years.as_ref();
        let draft = facts.draft.as_ref();
        Self {
            number: number.map(|fact| Known::new(hashed(&fact.value), fact.confidence)),
            also_numbered: also.collect(),
            year: Known::from_fact(facts.year.known()),
            kind: facts.kind.confident().map(|kind| hashed(&kind.id)),
            government: facts
                .issuer
                .confident()
                .map(|issuer| hashed(&issuer.government)),
            years: years
                .filter(|fact| fact.confidence.is_confident())
                .map(|fact| fact.value),
            enacted: Known::from_fact(facts.date(DateRole::Enacted)),
            is_draft: draft
                .is_some_and(|fact| fact.value && fact.confidence.is_confident()),
        }
    }

    /// Returns a hash of number and year, where both are known, however surely.
    pub(super) fn name(&self) -> Option<u32> {
        let (number, year) = (self.number?.value, self.year?.value);
        Some(hashed(&(number, year)) as u32)
    }
}

/// Returns a hash of a value, the same in one run of the program.
fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Tells whether the facts of two documents allow them to be one: no confident fact of one
/// contradicts a confident fact of the other.
pub fn may_be_one(a: &Identity, b: &Identity) -> bool {
    fn unlike<T: Copy + PartialEq>(a: Option<Known<T>>, b: Option<Known<T>>) -> bool {
        a.zip(b)
            .is_some_and(|(a, b)| a.sure && b.sure && a.value != b.value)
    }
    fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a != b)
    }
    let also = |one: &Identity, other: &Identity| {
        other
            .number
            .is_some_and(|number| one.also_numbered.contains(&number.value))
    };
    let is_otherwise_numbered = unlike(a.number, b.number) && !also(a, b) && !also(b, a);
    !(is_otherwise_numbered
        || unlike(a.year, b.year)
        || differ(a.kind, b.kind)
        || differ(a.government, b.government)
        || a.is_draft != b.is_draft
        || differ(a.years, b.years)
        || unlike(a.enacted, b.enacted)
        || doubts(a, b) >= 2)
}

/// Counts which of number, year and day were read in both, however surely, and differ: one may
/// be misread, two are another document.
fn doubts(a: &Identity, b: &Identity) -> usize {
    fn differ<T: Copy + PartialEq>(a: Option<Known<T>>, b: Option<Known<T>>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a.value != b.value)
    }
    let doubts = [
        differ(a.number, b.number),
        differ(a.year, b.year),
        differ(a.enacted, b.enacted),
    ];
    doubts.iter().filter(|differ| **differ).count()
}

/// Tells whether number and year are known of both, so that [`may_be_one`] could compare them.
pub fn are_named(a: &Identity, b: &Identity) -> bool {
    let is_named = |one: &Identity| one.number.is_some() && one.year.is_some();
    is_named(a) && is_named(b)
}

/// The words of a text as they are compared.
#[derive(Debug)]
pub struct Words(Vec<String>);

impl Words {
    /// Returns the words of a document's pages.
    pub fn from_pages(pages: &[Page]) -> Self {
        Self(words(pages))
    }
}

/// Returns how the texts of two documents are one; `None` where they are two documents. Where
/// the two are not `named`, one replaced year is enough to make them two: last year's decree
/// differs in little else.
pub fn same(a: &Words, b: &Words, named: bool) -> Option<SameText> {
    let (Words(a), Words(b)) = (a, b);
    let mut tally = Tally::default();
    for step in align(a, b) {
        tally.add_step(step, a, b);
    }
    let share = |words: &[String]| tally.both as f32 / words.len().max(1) as f32;
    let (of_first, of_second) = (share(a), share(b));
    let misread = tally.misread as f32 / tally.both.max(1) as f32;
    let others = tally.others as f32 / tally.both.max(1) as f32;
    let is_one = of_first.max(of_second) >= SHARED
        && others <= OTHERS + OTHERS_MISREAD * misread
        && !tally.has_constant()
        && (named || tally.years == 0);
    is_one.then(|| SameText {
        of_first: Ratio::new(of_first),
        of_second: Ratio::new(of_second),
        misread: Ratio::new(misread),
    })
}

/// Returns the words of a text as they are compared.
fn words(pages: &[Page]) -> Vec<String> {
    let lines = pages.iter().flat_map(|page| &page.lines);
    let words = lines.flat_map(|line| &line.words);
    let bare = words.map(|word| {
        let letters = word.text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect::<String>()
    });
    bare.filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .collect()
}

/// Counts of kept, misread and replaced words.
#[derive(Default)]
struct Tally<'w> {
    both: u32,
    misread: u32,
    others: u32,
    /// Years replaced by another year.
    years: u32,
    /// How often a word is kept, and how often it is replaced by another.
    itself: HashMap<&'w str, u32>,
    instead: HashMap<(&'w str, &'w str), u32>,
}

impl<'w> Tally<'w> {
    fn add_step(&mut self, step: Step, a: &'w [String], b: &'w [String]) {
        match step {
            Step::Both(at, there, similarity) => {
                self.both += 1;
                let (Some(own), Some(other)) = (a.get(at), b.get(there)) else {
                    return;
                };
                if similarity < 1.0 {
                    self.misread += 1;
                    self.number(own, other);
                } else {
                    *self.itself.entry(own).or_default() += 1;
                }
            }
            Step::Replaced(at, len, there, other_len) => {
                let own = a.get(at..at + len).unwrap_or_default();
                let other = b.get(there..there + other_len).unwrap_or_default();
                self.instead(own, other);
            }
        }
    }

    /// Notes a replaced number: one digit of difference makes it another number.
    fn number(&mut self, own: &'w str, other: &'w str) {
        let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        if is_number(own) && is_number(other) {
            let is_year = |word: &str| {
                word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
            };
            self.years += u32::from(is_year(own) && is_year(other) && own != other);
            *self.instead.entry((own, other)).or_default() += 1;
        }
    }

    fn instead(&mut self, own: &'w [String], other: &'w [String]) {
        let nearest = |word: &String, among: &[String]| {
            let similarity = among.iter().map(|other| letter_similarity(word, other));
            similarity.fold(0.0, f32::max)
        };
        let foreign = |words: &[String], among: &[String]| {
            let long = words.iter().filter(|word| word.len() >= LONG);
            long.filter(|word| nearest(word, among) < OTHER).count() as u32
        };
        self.others += foreign(own, other).min(foreign(other, own));
        for (own, other) in own.iter().zip(other) {
            let is_word = |word: &str| word.len() >= 4;
            if is_word(own) && is_word(other) && letter_similarity(own, other) < OTHER {
                *self.instead.entry((own, other)).or_default() += 1;
            } else {
                self.number(own, other);
            }
        }
    }

    /// Tells whether one word is replaced by the same other word every time.
    fn has_constant(&self) -> bool {
        self.instead.iter().any(|((own, other), times)| {
            let stays = |word| self.itself.get(word).copied().unwrap_or(0);
            *times >= TIMES.max(EVERY_TIME * stays(*own).max(stays(*other)))
        })
    }
}
