//! Finds the framework's terms in a document: takes a [`Reading`], gives every place where a
//! term stands and means what the framework means. Apart because what is a trap is decided
//! here, before anything is weighed.

use super::phrases::Found;
use super::reader::{Passage, Reading, Zone};
use super::vocab::WordId;
use crate::link::plan::{Plan, TrapFor};
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

/// A place where a trap stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Snare {
    /// The trap, by index.
    pub trap: usize,
    /// The passage, by index.
    pub passage: usize,
    pub zone: Zone,
    pub start: usize,
    pub end: usize,
}

impl Snare {
    /// Tells whether this takes the words of `hit` away: they meet, and the term is not the
    /// longer, more telling phrase around the trap.
    fn catches(&self, hit: &Hit) -> bool {
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
    pub snares: Vec<Snare>,
    /// Whose terms each snare makes false, by index of the snare.
    set: BTreeMap<TrapFor, Vec<usize>>,
}

impl Cues {
    /// Finds the terms and the traps of a document.
    pub fn find(plan: &Plan, reading: &Reading) -> Self {
        let mut cues = Self::default();
        for (at, passage) in reading.passages.iter().enumerate() {
            cues.search(plan, at, passage);
        }
        for (at, snare) in cues.snares.iter().enumerate() {
            let of = plan.traps.get(snare.trap).map_or(&[][..], |trap| &trap.of);
            for whom in of {
                cues.set.entry(*whom).or_default().push(at);
            }
        }
        let general: Vec<&Snare> = cues.set_for(TrapFor::All).collect();
        let names: Vec<&Snare> = cues.set_for(TrapFor::Name).collect();
        let stands = |hit: &Hit| {
            !is_caught(hit, &general) && !names.iter().any(|name| name.hides(hit))
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
        cues.hush_heading(plan);
        cues
    }

    fn search(&mut self, plan: &Plan, at: usize, passage: &Passage) {
        let stems: Vec<WordId> = passage.tokens.iter().map(|t| t.sense.stem).collect();
        let words: Vec<WordId> = passage.tokens.iter().map(|t| t.sense.word).collect();
        let is_name = matches!(passage.zone, Zone::File | Zone::Folder);
        for found in plan.by_stem.find(&stems) {
            self.add(at, passage, found, 1.0);
        }
        for found in plan.by_word.find(&words) {
            let written = passage.tokens.get(found.start);
            let in_capitals = written.is_some_and(|token| token.capitals);
            let term = plan.terms.get(found.phrase);
            if in_capitals || is_name || term.is_some_and(|term| !term.capitals) {
                self.add(at, passage, found, 1.0);
            }
        }
        if matches!(passage.zone, Zone::Title | Zone::File) {
            self.search_loosely(plan, at, passage, &words);
        }
        for found in plan.trap_words.find(&words) {
            self.snares.push(Snare {
                trap: found.phrase,
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

    /// Lets the heading count as body where the title speaks for itself: below a title stand
    /// the names of those present, the place, and the first of many subjects.
    fn hush_heading(&mut self, plan: &Plan) {
        let speaks = |hit: &Hit| {
            let term = plan.terms.get(hit.term);
            hit.zone == Zone::Title && term.is_some_and(|t| !t.indicators.is_empty())
        };
        if !self.hits.iter().any(speaks) {
            return;
        }
        let zones = self.hits.iter_mut().map(|hit| &mut hit.zone);
        for zone in zones.chain(self.snares.iter_mut().map(|snare| &mut snare.zone)) {
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
        plan: &Plan,
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
        for (phrase, term) in plan.terms.iter().enumerate() {
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
                let other = plan.terms.get(hit.term);
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

    /// Returns the snares set for exactly this.
    pub fn set_for(&self, whom: TrapFor) -> impl Iterator<Item = &Snare> {
        let set = self.set.get(&whom).map_or(&[][..], Vec::as_slice);
        set.iter().filter_map(|at| self.snares.get(*at))
    }
}

/// Tells whether any of these snares takes the words of a hit away.
pub(crate) fn is_caught(hit: &Hit, snares: &[&Snare]) -> bool {
    snares.iter().any(|snare| snare.catches(hit))
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
