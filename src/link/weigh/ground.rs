//! On what ground a document speaks of an indicator: takes the cues, gives for each indicator
//! what a fitted model weighs ([`super::fitted`]). Only words that name the indicator's own
//! matter count here; what any paper says (`sosialisasi`, `pembentukan tim`) is no ground.
//! Apart from `evidence`, which tells one question of an indicator from another.

use super::evidence::Evidence;
use super::score;
use super::weights;
use crate::link::plan::{Plan, TrapFor};
use crate::link::read::cue::{Cues, Hit, Snare, is_caught};
use crate::link::read::reader::{Reading, Zone};
use crate::link::read::witness::Witness;
use crate::model::DocumentFacts;
use std::collections::{BTreeMap, BTreeSet};

/// How many things are weighed about a document and an indicator.
pub(crate) const GROUNDS: usize = 16;
/// What each of them is, in order.
pub(crate) const NAMES: [&str; GROUNDS] = [
    "title",
    "head",
    "file",
    "first",
    "rest",
    "alone",
    "explained",
    "lead",
    "strongest",
    "cues",
    "gate",
    "kind",
    "other kind",
    "trap",
    "lower",
    "not lower",
];
/// Distinct cues from which more of them say nothing new.
const CUES_MOST: usize = 6;
/// What the strongest ground outside the body is below, where the body must speak.
const QUIET: f32 = 0.2;

/// How strongly a document speaks of one indicator, 0 to 1 each, by place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Voice {
    title: f32,
    head: f32,
    file: f32,
    first: f32,
    rest: f32,
    /// The strongest single cue outside folders and citations.
    strongest: f32,
    /// The share of the subject's words that its cues are.
    explained: f32,
    cues: usize,
    trapped: bool,
}

impl Voice {
    fn at(&mut self, zone: Zone) -> Option<&mut f32> {
        match zone {
            Zone::Title => Some(&mut self.title),
            Zone::Head => Some(&mut self.head),
            Zone::File => Some(&mut self.file),
            Zone::First => Some(&mut self.first),
            Zone::Rest => Some(&mut self.rest),
            Zone::Folder | Zone::Cited => None,
        }
    }

    /// Returns how strongly the subject's places speak.
    fn loud(&self) -> f32 {
        self.title.max(self.head).max(self.file)
    }

    /// Returns one number for all places.
    fn all(&self) -> f32 {
        let zones = [
            (Zone::Title, self.title),
            (Zone::Head, self.head),
            (Zone::File, self.file),
            (Zone::First, self.first),
            (Zone::Rest, self.rest),
        ];
        let silent = zones
            .iter()
            .map(|(zone, said)| 1.0 - weights::of_zone(*zone) * said);
        1.0 - silent.product::<f32>()
    }
}

/// Returns what the model weighs, for each indicator the document speaks of at all.
pub(crate) fn grounds(
    plan: &Plan,
    cues: &Cues,
    reading: &Reading,
    evidence: &Evidence,
    witness: &Witness,
    facts: &DocumentFacts,
) -> Vec<Option<[f32; GROUNDS]>> {
    let voices: Vec<Voice> = (0..plan.indicators.len())
        .map(|at| voice(plan, cues, reading, at))
        .collect();
    let loudest = voices.iter().map(Voice::loud).fold(0.0, f32::max);
    let all: Vec<f32> = voices.iter().map(Voice::all).collect();
    let flag = |told: bool| if told { 1.0 } else { 0.0 };
    let gate = flag(evidence.gate);
    let ground = |(at, voice): (usize, &Voice)| {
        let others = all.iter().enumerate().filter(|(other, _)| *other != at);
        let next = others.map(|(_, said)| *said).fold(0.0, f32::max);
        let said = all.get(at).copied().unwrap_or(0.0);
        let cues = voice.cues.min(CUES_MOST) as f32;
        let kind = score::kind_of_indicator(plan, at, facts);
        let level = level(plan, at, witness);
        (said > 0.0).then(|| {
            [
                voice.title,
                voice.head,
                voice.file,
                voice.first,
                voice.rest,
                if loudest < QUIET { voice.first } else { 0.0 },
                voice.explained,
                said - next,
                voice.strongest,
                cues.ln_1p() / (CUES_MOST as f32).ln_1p(),
                gate,
                kind.max(0.0),
                (-kind).max(0.0),
                flag(voice.trapped),
                flag(level == Level::Its),
                flag(level == Level::Lower),
            ]
        })
    };
    voices.iter().enumerate().map(ground).collect()
}

/// Adds up the cues that name an indicator's own matter.
fn voice(plan: &Plan, cues: &Cues, reading: &Reading, indicator: usize) -> Voice {
    let snares: Vec<&Snare> = cues.set_for(TrapFor::Indicator(indicator)).collect();
    let own = |hit: &Hit| {
        let term = plan.terms.get(hit.term)?;
        Some(term.own.get(&indicator)? * term.tells_subject)
    };
    let speaks = |hit: &&Hit| !is_caught(hit, &snares) && own(hit).is_some();
    let hits: Vec<&Hit> = cues.hits.iter().filter(speaks).collect();
    let mut best: BTreeMap<(usize, Zone), f32> = BTreeMap::new();
    let mut told: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for hit in &hits {
        // Sorted by place, so that what may stand around a hit is near it.
        let from = hits.partition_point(|other| other.place() < hit.earliest_around());
        let mut around = hits.iter().skip(from);
        if around
            .by_ref()
            .take_while(|other| other.place() <= hit.place())
            .any(|other| other.holds(hit) && other.quality >= hit.quality)
        {
            continue;
        }
        let whole = hit.within.and_then(|whole| plan.terms.get(whole));
        let elsewhere = whole.is_some_and(|whole| !whole.own.contains_key(&indicator));
        let part = if elsewhere { weights::PART } else { 1.0 };
        let value = own(hit).unwrap_or(0.0) * hit.quality * part;
        let known = best.entry((hit.term, hit.zone)).or_default();
        *known = known.max(value);
        if matches!(hit.zone, Zone::Title | Zone::Head) {
            told.entry(hit.passage)
                .or_default()
                .extend(hit.start..hit.end);
        }
    }
    let mut voice = Voice {
        trapped: snares.iter().any(|snare| weights::is_loud(snare.zone)),
        ..Voice::default()
    };
    let mut terms = BTreeSet::new();
    for ((term, zone), value) in best {
        let value = value.min(0.95);
        let Some(said) = voice.at(zone) else {
            continue;
        };
        *said = 1.0 - (1.0 - *said) * (1.0 - value);
        voice.strongest = voice.strongest.max(value);
        terms.insert(term);
    }
    voice.cues = terms.len();
    voice.explained = explained(reading, &told);
    voice
}

/// Which level of government an indicator is asked of, as far as the document goes.
#[derive(PartialEq)]
enum Level {
    /// A village or a district is asked, and the document is one's.
    Its,
    /// A village or a district is asked, and the document is not known to be one's.
    Lower,
    /// The government itself is asked.
    Top,
}

fn level(plan: &Plan, at: usize, witness: &Witness) -> Level {
    let mut asked = plan
        .questions
        .iter()
        .filter(|question| question.about == at);
    if asked.clone().any(|question| question.levels.contains(&0)) {
        return Level::Top;
    }
    let said = witness.level;
    if asked.any(|question| said.is_some_and(|level| question.levels.contains(&level))) {
        Level::Its
    } else {
        Level::Lower
    }
}

/// Returns the largest share of a title's words that cues stand on; of the heading's, where
/// no title is known.
fn explained(reading: &Reading, told: &BTreeMap<usize, BTreeSet<usize>>) -> f32 {
    let has_title = reading.passages.iter().any(|p| p.zone == Zone::Title);
    let shares = told.iter().filter_map(|(at, words)| {
        let passage = reading.passages.get(*at)?;
        let counts = !has_title || passage.zone == Zone::Title;
        let all = passage.tokens.iter().filter(|token| !token.stop).count();
        counts.then(|| words.len() as f32 / all.max(1) as f32)
    });
    shares.fold(0.0, f32::max)
}
