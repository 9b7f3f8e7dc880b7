//! On what grounds a document is about an indicator: takes the cues, gives for each indicator
//! what a fitted model weighs ([`super::fitted`]). Only words that name the indicator's own
//! matter count here; what any paper says (`sosialisasi`, `pembentukan tim`) is no ground.
//! Apart from `evidence`, which tells one question of an indicator from another.

use super::evidence::Evidence;
use super::score;
use super::weights;
use crate::link::compiled::{CompiledFramework, NegativeScope};
use crate::link::read::cue::{Cues, Hit, NegativeHit, is_negated};
use crate::link::read::hints::PathHints;
use crate::link::read::reader::{Reading, Zone};
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
    "negative",
    "lower",
    "not lower",
];
/// Distinct cues from which more of them say nothing new.
const CUES_MOST: usize = 6;
/// Prominent evidence below this is faint: then the body counts by itself.
const FAINT: f32 = 0.2;

/// How strong the evidence for one indicator is, 0 to 1 each, by place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct IndicatorEvidence {
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
    negated: bool,
}

impl IndicatorEvidence {
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

    /// Returns the strongest prominent evidence.
    fn prominent(&self) -> f32 {
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
        let absent = zones
            .iter()
            .map(|(zone, strength)| 1.0 - weights::zone_weight(*zone) * strength);
        1.0 - absent.product::<f32>()
    }
}

/// Returns what the model weighs, for each indicator that there is any evidence for.
pub(crate) fn grounds(
    compiled: &CompiledFramework,
    cues: &Cues,
    reading: &Reading,
    evidence: &Evidence,
    hints: &PathHints,
    facts: &DocumentFacts,
) -> Vec<Option<[f32; GROUNDS]>> {
    let each: Vec<IndicatorEvidence> = (0..compiled.indicators.len())
        .map(|at| indicator_evidence(compiled, cues, reading, at))
        .collect();
    let most_prominent = each
        .iter()
        .map(IndicatorEvidence::prominent)
        .fold(0.0, f32::max);
    let all: Vec<f32> = each.iter().map(IndicatorEvidence::all).collect();
    let flag = |covered: bool| if covered { 1.0 } else { 0.0 };
    let gate = flag(evidence.gate);
    let ground = |(at, own): (usize, &IndicatorEvidence)| {
        let others = all.iter().enumerate().filter(|(other, _)| *other != at);
        let next = others.map(|(_, strength)| *strength).fold(0.0, f32::max);
        let strength = all.get(at).copied().unwrap_or(0.0);
        let cues = own.cues.min(CUES_MOST) as f32;
        let kind = score::kind_of_indicator(compiled, at, facts);
        let level = level(compiled, at, hints);
        (strength > 0.0).then(|| {
            [
                own.title,
                own.head,
                own.file,
                own.first,
                own.rest,
                if most_prominent < FAINT {
                    own.first
                } else {
                    0.0
                },
                own.explained,
                strength - next,
                own.strongest,
                cues.ln_1p() / (CUES_MOST as f32).ln_1p(),
                gate,
                kind.max(0.0),
                (-kind).max(0.0),
                flag(own.negated),
                flag(level == Level::Its),
                flag(level == Level::Lower),
            ]
        })
    };
    each.iter().enumerate().map(ground).collect()
}

/// Adds up the cues that name an indicator's own matter.
fn indicator_evidence(
    compiled: &CompiledFramework,
    cues: &Cues,
    reading: &Reading,
    indicator: usize,
) -> IndicatorEvidence {
    let negative_hits: Vec<&NegativeHit> = cues
        .negative_in(NegativeScope::Indicator(indicator))
        .collect();
    let own = |hit: &Hit| {
        let term = compiled.terms.get(hit.term)?;
        Some(term.own.get(&indicator)? * term.tells_subject)
    };
    let counts_here = |hit: &&Hit| !is_negated(hit, &negative_hits) && own(hit).is_some();
    let hits: Vec<&Hit> = cues.hits.iter().filter(counts_here).collect();
    let mut best: BTreeMap<(usize, Zone), f32> = BTreeMap::new();
    let mut covered: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
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
        let whole = hit.within.and_then(|whole| compiled.terms.get(whole));
        let elsewhere = whole.is_some_and(|whole| !whole.own.contains_key(&indicator));
        let part = if elsewhere { weights::PART } else { 1.0 };
        let value = own(hit).unwrap_or(0.0) * hit.quality * part;
        let known = best.entry((hit.term, hit.zone)).or_default();
        *known = known.max(value);
        if matches!(hit.zone, Zone::Title | Zone::Head) {
            covered
                .entry(hit.passage)
                .or_default()
                .extend(hit.start..hit.end);
        }
    }
    let mut found = IndicatorEvidence {
        negated: negative_hits
            .iter()
            .any(|negative| weights::is_prominent(negative.zone)),
        ..IndicatorEvidence::default()
    };
    let mut terms = BTreeSet::new();
    for ((term, zone), value) in best {
        let value = value.min(0.95);
        let Some(strength) = found.at(zone) else {
            continue;
        };
        *strength = 1.0 - (1.0 - *strength) * (1.0 - value);
        found.strongest = found.strongest.max(value);
        terms.insert(term);
    }
    found.cues = terms.len();
    found.explained = explained(reading, &covered);
    found
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

fn level(compiled: &CompiledFramework, at: usize, hints: &PathHints) -> Level {
    let mut asked = compiled
        .questions
        .iter()
        .filter(|question| question.about == at);
    if asked.clone().any(|question| question.levels.contains(&0)) {
        return Level::Top;
    }
    let strength = hints.level;
    if asked
        .any(|question| strength.is_some_and(|level| question.levels.contains(&level)))
    {
        Level::Its
    } else {
        Level::Lower
    }
}

/// Returns the largest share of a title's words that cues stand on; of the heading's, where
/// no title is known.
fn explained(reading: &Reading, covered: &BTreeMap<usize, BTreeSet<usize>>) -> f32 {
    let has_title = reading.passages.iter().any(|p| p.zone == Zone::Title);
    let shares = covered.iter().filter_map(|(at, words)| {
        let passage = reading.passages.get(*at)?;
        let counts = !has_title || passage.zone == Zone::Title;
        let all = passage.tokens.iter().filter(|token| !token.stop).count();
        counts.then(|| words.len() as f32 / all.max(1) as f32)
    });
    shares.fold(0.0, f32::max)
}
