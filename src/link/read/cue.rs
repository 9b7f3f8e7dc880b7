//! Finds the framework's terms in a document: takes a [`Reading`], gives every place where a
//! term stands and means what the framework means. Apart because negative phrases are applied
//! here, before anything is weighed.

use super::phrases::Found;
use super::reader::{Passage, Reading, Zone};
use super::vocab::WordId;
use crate::link::compiled::{CompiledFramework, NegativeScope};
use std::collections::{BTreeMap, BTreeSet};

/// Words that may stand between or around the words of a term in a title, in another order:
/// `kekerasan terhadap perempuan dan anak` for `perempuan dan anak korban kekerasan`.
const LOOSE_BY: usize = 4;
/// What a term found loosely counts.
const LOOSE: f32 = 0.65;
/// Words of the longest term; none of the framework's has more.
const LONGEST: usize = 12;
/// What a term found through a forgiven letter counts.
const SLIPPED: f32 = 0.9;

/// A place where a term stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    /// The term, by index.
    pub term: usize,
    /// The passage, by index.
    pub passage: usize,
    pub zone: Zone,
    /// First word, and one past the last.
    pub start: usize,
    pub end: usize,
    /// 1, or less where it was found loosely.
    pub quality: f32,
    /// The longest term around it, by index.
    pub within: Option<usize>,
}

impl Hit {
    /// Returns what hits are sorted by: passage, then first word.
    pub fn place(&self) -> (usize, usize) {
        (self.passage, self.start)
    }

    /// Returns the first place where a hit may stand that holds this one.
    pub fn earliest_around(&self) -> (usize, usize) {
        (self.passage, self.start.saturating_sub(LONGEST))
    }

    /// Tells whether `other` stands inside this, in the same passage, and is shorter.
    pub fn holds(&self, other: &Self) -> bool {
        self.passage == other.passage
            && self.start <= other.start
            && other.end <= self.end
            && other.end - other.start < self.end - self.start
    }
}

/// A place where a negative phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NegativeHit {
    /// The phrase, by index.
    pub phrase: usize,
    /// The passage, by index.
    pub passage: usize,
    pub zone: Zone,
    pub start: usize,
    pub end: usize,
}

impl NegativeHit {
    /// Tells whether this takes the words of `hit` away: they meet, and the term is not the
    /// longer, more telling phrase around this one.
    fn negates(&self, hit: &Hit) -> bool {
        let meets = self.start < hit.end && hit.start < self.end;
        let inside_hit = hit.start <= self.start && self.end <= hit.end;
        let shorter = self.end - self.start < hit.end - hit.start;
        self.passage == hit.passage && meets && !(inside_hit && shorter)
    }

    /// Tells whether `hit` is only a part of this name.
    fn hides(&self, hit: &Hit) -> bool {
        let inside = self.start <= hit.start && hit.end <= self.end;
        let shorter = hit.end - hit.start < self.end - self.start;
        self.passage == hit.passage && inside && shorter
    }
}

/// What was found in a document.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    pub hits: Vec<Hit>,
    pub negative_hits: Vec<NegativeHit>,
    /// The negative hits by whose terms they make false, by index.
    by_scope: BTreeMap<NegativeScope, Vec<usize>>,
}

impl Cues {
    /// Finds the terms and the negative phrases of a document.
    pub fn find(compiled: &CompiledFramework, reading: &Reading) -> Self {
        let mut cues = Self::default();
        for (at, passage) in reading.passages.iter().enumerate() {
            cues.search(compiled, at, passage);
        }
        for (at, negative) in cues.negative_hits.iter().enumerate() {
            let scopes = compiled
                .negative_phrases
                .get(negative.phrase)
                .map_or(&[][..], |phrase| &phrase.scopes);
            for scope in scopes {
                cues.by_scope.entry(*scope).or_default().push(at);
            }
        }
        let general: Vec<&NegativeHit> = cues.negative_in(NegativeScope::All).collect();
        let names: Vec<&NegativeHit> = cues.negative_in(NegativeScope::Name).collect();
        let stands = |hit: &Hit| {
            !is_negated(hit, &general) && !names.iter().any(|name| name.hides(hit))
        };
        let hits = cues
            .hits
            .iter()
            .filter(|hit| stands(hit))
            .copied()
            .collect();
        cues.hits = hits;
        cues.hits.sort_by_key(Hit::place);
        cues.find_wholes();
        cues.demote_heading(compiled);
        cues
    }

    fn search(&mut self, compiled: &CompiledFramework, at: usize, passage: &Passage) {
        let stems: Vec<WordId> = passage.tokens.iter().map(|t| t.sense.stem).collect();
        let words: Vec<WordId> = passage.tokens.iter().map(|t| t.sense.word).collect();
        let is_name = matches!(passage.zone, Zone::File | Zone::Folder);
        for found in compiled.by_stem.find(&stems) {
            self.add(at, passage, found, 1.0);
        }
        for found in compiled.by_word.find(&words) {
            let written = passage.tokens.get(found.start);
            let in_capitals = written.is_some_and(|token| token.capitals);
            let term = compiled.terms.get(found.phrase);
            if in_capitals || is_name || term.is_some_and(|term| !term.capitals) {
                self.add(at, passage, found, 1.0);
            }
        }
        if matches!(passage.zone, Zone::Title | Zone::File) {
            self.search_loosely(compiled, at, passage, &words);
        }
        for found in compiled.by_negative.find(&words) {
            self.negative_hits.push(NegativeHit {
                phrase: found.phrase,
                passage: at,
                zone: passage.zone,
                start: found.start,
                end: found.end,
            });
        }
    }

    /// Notes the longest term around each.
    fn find_wholes(&mut self) {
        let mut starting: BTreeMap<(usize, usize), Vec<Hit>> = BTreeMap::new();
        for hit in self.hits.iter().filter(|hit| hit.quality > LOOSE) {
            starting
                .entry((hit.passage, hit.start))
                .or_default()
                .push(*hit);
        }
        for hit in &mut self.hits {
            let around = starting.range(hit.earliest_around()..=hit.place());
            let holders = around
                .flat_map(|(_, hits)| hits)
                .filter(|other| other.holds(hit));
            let longest = holders.max_by_key(|other| other.end - other.start);
            hit.within = longest.map(|other| other.term);
        }
    }

    /// Counts the heading as body where the title has terms of its own: below a title stand the
    /// names of those present, the place, and the first of many subjects.
    fn demote_heading(&mut self, compiled: &CompiledFramework) {
        let names_indicator = |hit: &Hit| {
            let term = compiled.terms.get(hit.term);
            hit.zone == Zone::Title && term.is_some_and(|t| !t.indicators.is_empty())
        };
        if !self.hits.iter().any(names_indicator) {
            return;
        }
        let zones = self.hits.iter_mut().map(|hit| &mut hit.zone);
        for zone in zones.chain(
            self.negative_hits
                .iter_mut()
                .map(|negative| &mut negative.zone),
        ) {
            if *zone == Zone::Head {
                *zone = Zone::First;
            }
        }
    }

    fn add(&mut self, at: usize, passage: &Passage, found: Found, quality: f32) {
        let words = passage.tokens.get(found.start..found.end);
        let slipped = words.is_some_and(|w| w.iter().any(|t| t.sense.slipped));
        self.hits.push(Hit {
            term: found.phrase,
            passage: at,
            zone: passage.zone,
            start: found.start,
            end: found.end,
            quality: if slipped { quality * SLIPPED } else { quality },
            within: None,
        });
    }

    /// Finds terms of several words whose words all stand close together, in any order, each
    /// in its own form: `sistem kerja perlindungan anak` is about no `pekerja anak`.
    fn search_loosely(
        &mut self,
        compiled: &CompiledFramework,
        at: usize,
        passage: &Passage,
        words: &[WordId],
    ) {
        let exact: Vec<Hit> = self
            .hits
            .iter()
            .filter(|hit| hit.passage == at)
            .copied()
            .collect();
        let there: BTreeSet<WordId> = words.iter().copied().collect();
        for (phrase, term) in compiled.terms.iter().enumerate() {
            let stands = |wording: &&Vec<WordId>| {
                wording.len() > 1 && wording.iter().all(|word| there.contains(word))
            };
            let mut wordings = term.wordings.iter().filter(stands).peekable();
            if wordings.peek().is_none() || exact.iter().any(|hit| hit.term == phrase) {
                continue;
            }
            let place = wordings.find_map(|wording| window(wording, words));
            let Some((start, end)) = place else {
                continue;
            };
            // Words that belong to a phrase on another subject are not free for this one:
            // `profil kekerasan terhadap anak` is no `profil anak`.
            let taken = exact.iter().any(|hit| {
                let other = compiled.terms.get(hit.term);
                let elsewhere = other.is_some_and(|other| {
                    other.stems.len() > 1 && other.about.is_disjoint(&term.about)
                });
                elsewhere && hit.start < end && start < hit.end
            });
            if !taken {
                self.add(at, passage, Found { phrase, start, end }, LOOSE);
            }
        }
    }

    /// Returns the negative hits of exactly this scope.
    pub fn negative_in(
        &self,
        scope: NegativeScope,
    ) -> impl Iterator<Item = &NegativeHit> {
        let hits = self.by_scope.get(&scope).map_or(&[][..], Vec::as_slice);
        hits.iter().filter_map(|at| self.negative_hits.get(*at))
    }
}

/// Tells whether any of these makes a hit no evidence.
pub(crate) fn is_negated(hit: &Hit, negative_hits: &[&NegativeHit]) -> bool {
    negative_hits.iter().any(|negative| negative.negates(hit))
}

/// Returns the narrowest place where all the words of a term stand, if narrow enough.
fn window(term: &[WordId], text: &[WordId]) -> Option<(usize, usize)> {
    let first = |word: &WordId, from: usize| {
        text.iter()
            .skip(from)
            .position(|found| found == word)
            .map(|at| at + from)
    };
    let mut best: Option<(usize, usize)> = None;
    let starts = text
        .iter()
        .enumerate()
        .filter(|(_, word)| term.contains(word));
    for (start, _) in starts {
        let places: Option<Vec<usize>> = term.iter().map(|w| first(w, start)).collect();
        let Some(end) = places.and_then(|p| p.into_iter().max()) else {
            break;
        };
        let width = end + 1 - start;
        if width <= term.len() + LOOSE_BY
            && best.is_none_or(|(from, to)| width < to - from)
        {
            best = Some((start, end + 1));
        }
    }
    best
}
