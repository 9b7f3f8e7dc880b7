//! Compares two texts: are they one document read twice?
//!
//! Misreading is random: a letter here, a word there, each time differently. Another document
//! made from the same template differs systematically: the same word is replaced by the same
//! other word every time, whole names differ. So the kind of difference decides, not its amount.

use super::align::{Step, align, letter_similarity};
use crate::model::{DateRole, DocumentFacts, Fact, Page, Ratio, Reading, SameText};
use std::collections::HashMap;

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

/// Tells whether the facts of two documents allow them to be one: no confident fact of one
/// contradicts a confident fact of the other.
pub fn may_be_one(a: &DocumentFacts, b: &DocumentFacts) -> bool {
    fn unlike<T>(a: &Reading<T>, b: &Reading<T>, same: impl Fn(&T, &T) -> bool) -> bool {
        let both = a.confident().zip(b.confident());
        both.is_some_and(|(a, b)| !same(a, b))
    }
    let sure = |fact: &Fact<bool>| fact.value && fact.confidence.is_confident();
    let is_draft = |facts: &DocumentFacts| facts.draft.as_ref().is_some_and(sure);
    let also = |facts: &DocumentFacts, number: &String| {
        facts
            .also_numbered
            .iter()
            .any(|other| other.value == *number)
    };
    let number = |x: &String, y: &String| x == y || also(a, y) || also(b, x);
    let years = |facts: &DocumentFacts| {
        let years = facts.years.as_ref();
        years
            .filter(|y| y.confidence.is_confident())
            .map(|y| y.value)
    };
    let enacted = |facts: &DocumentFacts| {
        let date = facts.date(DateRole::Enacted);
        date.filter(|d| d.confidence.is_confident())
            .map(|d| d.value)
    };
    let differ = |a: Option<_>, b: Option<_>| a.zip(b).is_some_and(|(a, b)| a != b);
    !(unlike(&a.number, &b.number, number)
        || unlike(&a.year, &b.year, i16::eq)
        || unlike(&a.kind, &b.kind, |a, b| a.id == b.id)
        || unlike(&a.issuer, &b.issuer, |a, b| a.government == b.government)
        || is_draft(a) != is_draft(b)
        || years(a).zip(years(b)).is_some_and(|(a, b)| a != b)
        || differ(enacted(a), enacted(b))
        || doubts(a, b) >= 2)
}

/// Counts which of number, year and day were read in both, however surely, and differ: one may
/// be misread, two are another document.
fn doubts(a: &DocumentFacts, b: &DocumentFacts) -> usize {
    fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a != b)
    }
    let enacted = |facts: &DocumentFacts| facts.date(DateRole::Enacted).map(|d| d.value);
    let doubts = [
        differ(a.number.value(), b.number.value()),
        differ(a.year.value(), b.year.value()),
        differ(enacted(a).as_ref(), enacted(b).as_ref()),
    ];
    doubts.iter().filter(|differ| **differ).count()
}

/// Tells whether number and year are known of both, so that [`may_be_one`] could compare them.
pub fn are_named(a: &DocumentFacts, b: &DocumentFacts) -> bool {
    let is_named = |facts: &DocumentFacts| {
        facts.number.value().is_some() && facts.year.value().is_some()
    };
    is_named(a) && is_named(b)
}

/// Returns how the texts of two documents are one; `None` where they are two documents. Where
/// the two are not `named`, one replaced year is enough to make them two: last year's decree
/// differs in little else.
pub fn same(a: &[Page], b: &[Page], named: bool) -> Option<SameText> {
    let (a, b) = (words(a), words(b));
    let mut tally = Tally::default();
    for step in align(&a, &b) {
        tally.add_step(step, &a, &b);
    }
    let share = |words: &[String]| tally.both as f32 / words.len().max(1) as f32;
    let (of_first, of_second) = (share(&a), share(&b));
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
