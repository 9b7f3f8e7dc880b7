//! Finds the words of a page that a query looks for, to be lit on its picture and counted.

use super::query::{Clause, Match, SearchQuery};
use crate::lexicon::analysis;
use crate::model::{LinePart, Page};
use std::collections::BTreeMap;

/// What a query looks for, ready to be held against the words of many pages: a word that comes
/// again is not looked at again.
#[derive(Debug)]
pub struct Matcher<'q> {
    wanted: Vec<&'q Match>,
    known: BTreeMap<String, Option<usize>>,
}

/// A word of a page, folded, with its line and its number on that line.
struct Placed {
    line: usize,
    word: usize,
    folded: String,
}

impl<'q> Matcher<'q> {
    /// Takes the parts of a query that must be there.
    pub fn new(query: &'q SearchQuery) -> Self {
        let wanted = query.clauses.iter().filter(|clause| !clause.not);
        Self {
            wanted: wanted.map(|clause: &Clause| &clause.what).collect(),
            known: BTreeMap::new(),
        }
    }

    /// Returns which part of the query, from 0, a folded word fits first.
    pub fn fitting(&mut self, folded: &str) -> Option<usize> {
        if let Some(known) = self.known.get(folded) {
            return *known;
        }
        let fitting = self.wanted.iter().position(|what| what.fits(folded));
        self.known.insert(folded.to_owned(), fitting);
        fitting
    }

    /// Returns the hits on a page, in reading order: words that fit, one after another on a line,
    /// are one hit. Of a phrase only words that stand as it says are hits. Lines are counted with
    /// those beside ([`Page::all_lines`]).
    pub fn hits(&mut self, page: &Page) -> Vec<LinePart> {
        let placed = placed(page);
        let mut is_hit = vec![false; placed.len()];
        for (at, token) in placed.iter().enumerate() {
            let Some(first) = self.fitting(&token.folded) else {
                continue;
            };
            // A word may be one of a phrase and fit a later part, too.
            for what in self.wanted.iter().skip(first) {
                let len = match what {
                    Match::Phrase(words) => phrase_len(words, placed.get(at..)),
                    single => usize::from(single.fits(&token.folded)),
                };
                is_hit
                    .iter_mut()
                    .skip(at)
                    .take(len)
                    .for_each(|hit| *hit = true);
            }
        }
        let hits = placed.iter().zip(&is_hit).filter(|(_, is_hit)| **is_hit);
        joined(hits.map(|(token, _)| (token.line, token.word)))
    }
}

fn placed(page: &Page) -> Vec<Placed> {
    let lines = page.all_lines().enumerate();
    let words = lines.flat_map(|(line, of)| {
        let words = of.words.iter().enumerate();
        words.map(move |(word, of)| (line, word, of))
    });
    words
        .flat_map(|(line, word, of)| {
            analysis::tokens(&of.text).map(move |token| Placed {
                line,
                word,
                folded: token.folded,
            })
        })
        .collect()
}

/// Returns how many words the phrase has, where it stands at the head of these; else 0.
fn phrase_len(phrase: &[String], words: Option<&[Placed]>) -> usize {
    let words = words.unwrap_or_default();
    let stands = words.len() >= phrase.len()
        && phrase
            .iter()
            .zip(words)
            .all(|(one, other)| *one == other.folded);
    match stands {
        true => phrase.len(),
        false => 0,
    }
}

/// Joins neighbours on a line.
fn joined(places: impl Iterator<Item = (usize, usize)>) -> Vec<LinePart> {
    let mut parts: Vec<LinePart> = Vec::new();
    for (line, word) in places {
        match parts.last_mut() {
            Some(last) if last.line == line && last.words.end >= word => {
                last.words.end = word + 1;
            }
            _ => parts.push(LinePart {
                line,
                words: word..word + 1,
            }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Line;

    fn hits(text: &[&str], query: &str) -> Vec<(usize, std::ops::Range<usize>)> {
        let page = Page {
            lines: text.iter().map(|line| Line::plain(line)).collect(),
            ..Page::empty(1, None)
        };
        let query = SearchQuery::parse(query).unwrap();
        let hits = Matcher::new(&query).hits(&page);
        hits.into_iter().map(|hit| (hit.line, hit.words)).collect()
    }

    #[test]
    fn words_that_stand_together_are_one_hit() {
        let text = ["Kawasan Tanpa Rokok dan rokok", "bukan: merokok, rokok"];
        assert_eq!(hits(&text, "rokok"), [(0, 2..3), (0, 4..5), (1, 1..3)]);
        assert_eq!(
            hits(&text, "kawasan tanpa rokok"),
            [(0, 0..3), (0, 4..5), (1, 1..3)]
        );
        assert_eq!(hits(&text, "kawa* -rokok"), [(0, 0..1)]);
        assert_eq!(hits(&text, "rokk~"), [(0, 2..3), (0, 4..5), (1, 2..3)]);
        assert_eq!(hits(&text, ""), []);
    }

    #[test]
    fn a_phrase_is_lit_where_it_stands_and_over_the_end_of_a_line() {
        let text = ["rokok tanpa kawasan", "kawasan tanpa", "rokok anak-anak"];
        assert_eq!(
            hits(&text, "\"kawasan tanpa rokok\""),
            [(1, 0..2), (2, 0..1)]
        );
        assert_eq!(hits(&text, "\"tanpa kawasan\" rokok").len(), 2);
        assert_eq!(hits(&text, "anak-anak"), [(2, 1..2)], "two words in one");
        // The last word of the page begins a phrase that does not go on.
        assert_eq!(hits(&["kawasan"], "\"kawasan tanpa\""), []);
    }
}
