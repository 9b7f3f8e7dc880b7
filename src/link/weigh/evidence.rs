//! Adds up the cues: takes hits, gives for every indicator and question how strong the evidence
//! for it is, in prominent places (title, heading, file name) and in the body (text, folders).
//! Apart because adding must never count the same words twice.

use super::weights;
use crate::link::compiled::{CompiledFramework, CompiledUse, NegativeScope, Use};
use crate::link::read::cue::{Cues, Hit, NegativeHit, is_negated};
use std::collections::BTreeMap;

/// How strong the evidence for something is, 0 to 1 each.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Strength {
    /// In title, heading and file name.
    pub prominent: f32,
    /// In body and folder names.
    pub body: f32,
}

impl Strength {
    /// Joins evidence from two sources, as if they were independent.
    pub fn or(self, other: Self) -> Self {
        let join = |a: f32, b: f32| 1.0 - (1.0 - a) * (1.0 - b);
        Self {
            prominent: join(self.prominent, other.prominent),
            body: join(self.body, other.body),
        }
    }

    /// Returns a share of it.
    pub fn times(self, share: f32) -> Self {
        Self {
            prominent: self.prominent * share,
            body: self.body * share,
        }
    }
}

/// The evidence for one question.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct QuestionEvidence {
    /// That the document is about the question's subject.
    pub subject: Strength,
    /// That the document is about this question rather than its siblings.
    pub specificity: Strength,
    /// The strongest hit.
    pub best: Option<Hit>,
    /// A negative phrase in a prominent place.
    pub negative: Option<NegativeHit>,
}

/// The evidence for everything the framework asks.
pub(crate) struct Evidence {
    /// For each question, in the framework's order.
    pub questions: Vec<QuestionEvidence>,
    /// Whether a word of the framework's subject stands in a prominent place.
    pub gate: bool,
    /// For each exclusion, whether a prominent place shows it.
    pub excluded: Vec<bool>,
}

impl Evidence {
    /// Adds up the cues of a document.
    pub fn gather(compiled: &CompiledFramework, cues: &Cues) -> Self {
        let by_owner = hits_by_owner(compiled, cues);
        let indicators: Vec<_> = (0..compiled.indicators.len())
            .map(|at| Account::for_indicator(compiled, cues, &by_owner, at))
            .collect();
        let questions = (0..compiled.questions.len())
            .map(|at| question_evidence(compiled, cues, &by_owner, &indicators, at))
            .collect();
        let prominent = |hit: &&Hit| weights::is_prominent(hit.zone);
        let terms = || {
            cues.hits
                .iter()
                .filter(prominent)
                .filter_map(|h| compiled.terms.get(h.term))
        };
        Self {
            questions,
            gate: terms().any(|term| term.gate),
            excluded: (0..compiled.excluded_kinds.len())
                .map(|at| terms().any(|term| term.excludes.contains(&at)))
                .collect(),
        }
    }
}

/// Hits by the indicator or question that uses their term, each with the use's weight.
struct HitsByOwner<'a> {
    indicators: BTreeMap<usize, Vec<(&'a Hit, f32)>>,
    questions: BTreeMap<usize, Vec<(&'a Hit, f32)>>,
}

/// Groups hits by who uses their term.
fn hits_by_owner<'a>(compiled: &CompiledFramework, cues: &'a Cues) -> HitsByOwner<'a> {
    let mut by_owner = HitsByOwner {
        indicators: BTreeMap::new(),
        questions: BTreeMap::new(),
    };
    for hit in &cues.hits {
        let Some(term) = compiled.terms.get(hit.term) else {
            continue;
        };
        let file = |uses: &[Use], into: &mut BTreeMap<usize, Vec<(&'a Hit, f32)>>| {
            for used in uses {
                into.entry(used.at).or_default().push((hit, used.weight));
            }
        };
        file(&term.indicators, &mut by_owner.indicators);
        file(&term.questions, &mut by_owner.questions);
    }
    by_owner
}

/// What the hits of one indicator or question add up to.
struct Account {
    subject: Strength,
    specificity: Strength,
    best: Option<(Hit, f32)>,
}

impl Account {
    fn for_indicator(
        compiled: &CompiledFramework,
        cues: &Cues,
        by_owner: &HitsByOwner,
        at: usize,
    ) -> Self {
        let negative_hits: Vec<&NegativeHit> =
            cues.negative_in(NegativeScope::Indicator(at)).collect();
        let hits = by_owner.indicators.get(&at).map_or(&[][..], Vec::as_slice);
        let uses = |_| CompiledUse {
            specificity: 0.0,
            subject: 1.0,
        };
        Self::add(compiled, hits, &negative_hits, at, uses)
    }

    fn for_question(
        compiled: &CompiledFramework,
        cues: &Cues,
        by_owner: &HitsByOwner,
        at: usize,
    ) -> Self {
        let owner = compiled
            .questions
            .get(at)
            .map_or(0, |question| question.about);
        let negative_hits: Vec<&NegativeHit> = cues
            .negative_in(NegativeScope::Question(at))
            .chain(cues.negative_in(NegativeScope::Indicator(owner)))
            .collect();
        let hits = by_owner.questions.get(&at).map_or(&[][..], Vec::as_slice);
        let silent = CompiledUse {
            specificity: 0.0,
            subject: 0.0,
        };
        let uses = |term| compiled.uses.get(&(term, at)).copied().unwrap_or(silent);
        Self::add(compiled, hits, &negative_hits, owner, uses)
    }

    /// Adds up hits: of nested ones the longest, of equal ones the best place, and a little
    /// for each repetition.
    fn add(
        compiled: &CompiledFramework,
        hits: &[(&Hit, f32)],
        negative_hits: &[&NegativeHit],
        about: usize,
        uses: impl Fn(usize) -> CompiledUse,
    ) -> Self {
        let free = |hit: &Hit| !is_negated(hit, negative_hits);
        // Sorted by place, so that what may stand around a hit is near it.
        let whole = |hit: &Hit| {
            let from = hits.partition_point(|(h, _)| h.place() < hit.earliest_around());
            let near = hits.iter().skip(from);
            !near
                .take_while(|(other, _)| other.place() <= hit.place())
                .any(|(other, _)| other.holds(hit) && other.quality >= hit.quality)
        };
        let mut terms: BTreeMap<(usize, bool), (Hit, f32, usize)> = BTreeMap::new();
        for (hit, weight) in hits.iter().filter(|(hit, _)| free(hit) && whole(hit)) {
            let whole = hit.within.and_then(|whole| compiled.terms.get(whole));
            let elsewhere = whole.is_some_and(|whole| !whole.about.contains(&about));
            let part = if elsewhere { weights::PART } else { 1.0 };
            let value = weight * hit.quality * part * weights::zone_weight(hit.zone);
            let place = (hit.term, weights::is_prominent(hit.zone));
            let (best, most, times) = terms.entry(place).or_insert((**hit, value, 0));
            *times += 1;
            if value > *most {
                (*best, *most) = (**hit, value);
            }
        }
        let mut account = Self {
            subject: Strength::default(),
            specificity: Strength::default(),
            best: None,
        };
        for ((at, is_prominent), (hit, value, times)) in terms {
            let again = 1.0 + weights::REPEATED * (times as f32).ln();
            let value = value * again.min(weights::REPEATED_MOST);
            let side = |value: f32| {
                let value = value.min(0.95);
                let (prominent, body) = if is_prominent {
                    (value, 0.0)
                } else {
                    (0.0, value)
                };
                Strength { prominent, body }
            };
            let uses = uses(at);
            let subject = compiled
                .terms
                .get(at)
                .map_or(0.0, |term| term.tells_subject);
            let subject = subject * uses.subject;
            let specificity = uses.specificity;
            account.subject = account.subject.or(side(value * subject));
            account.specificity = account.specificity.or(side(value * specificity));
            let worth = value * (subject + specificity);
            if account.best.is_none_or(|(_, most)| worth > most) {
                account.best = Some((hit, worth));
            }
        }
        account
    }
}

/// Adds up the evidence for one question: its own, and what it inherits from its indicator.
fn question_evidence(
    compiled: &CompiledFramework,
    cues: &Cues,
    by_owner: &HitsByOwner,
    indicators: &[Account],
    at: usize,
) -> QuestionEvidence {
    let own = Account::for_question(compiled, cues, by_owner, at);
    let question = compiled.questions.get(at);
    let about = question.and_then(|question| indicators.get(question.about));
    let inherited =
        about.map_or(Strength::default(), |a| a.subject.times(weights::INHERITED));
    let best = own.best.or(about.and_then(|account| account.best));
    let prominent_hit = |whom| {
        cues.negative_in(whom)
            .find(|negative| weights::is_prominent(negative.zone))
            .copied()
    };
    let owner = question.map_or(0, |question| question.about);
    let is_topic = question.is_some_and(|question| question.about != question.indicator);
    QuestionEvidence {
        subject: own.subject.or(inherited),
        specificity: if is_topic {
            own.specificity.times(weights::TOPIC_SPECIFICITY)
        } else {
            own.specificity
        },
        best: best.map(|(hit, _)| hit),
        negative: prominent_hit(NegativeScope::Question(at))
            .or_else(|| prominent_hit(NegativeScope::Indicator(owner)))
            .or_else(|| prominent_hit(NegativeScope::All)),
    }
}
