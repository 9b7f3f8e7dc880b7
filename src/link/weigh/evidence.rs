//! Adds up what the cues say: takes hits, gives for every indicator and question how strongly
//! the document speaks of it, loudly (title, heading, file name) and softly (body, folders).
//! Apart because adding must never count the same words twice.

use super::weights;
use crate::link::plan::{Plan, Says, TrapFor, Use};
use crate::link::read::cue::{Cues, Hit, Snare, is_caught};
use std::collections::BTreeMap;

/// How strongly a document speaks of something, 0 to 1 each.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Strength {
    /// In title, heading and file name.
    pub loud: f32,
    /// In body and folder names.
    pub soft: f32,
}

impl Strength {
    /// Joins two accounts of the same thing, as if they were independent.
    pub fn or(self, other: Self) -> Self {
        let join = |a: f32, b: f32| 1.0 - (1.0 - a) * (1.0 - b);
        Self {
            loud: join(self.loud, other.loud),
            soft: join(self.soft, other.soft),
        }
    }

    /// Returns a share of it.
    pub fn times(self, share: f32) -> Self {
        Self {
            loud: self.loud * share,
            soft: self.soft * share,
        }
    }
}

/// What a document says about one question.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said {
    /// That it is about the question's subject.
    pub subject: Strength,
    /// That it is about this question rather than its siblings.
    pub focus: Strength,
    /// The place that says it best.
    pub best: Option<Hit>,
    /// A trap in a loud place.
    pub snare: Option<Snare>,
}

/// What a document says about everything.
pub(crate) struct Evidence {
    /// For each question, in the framework's order.
    pub questions: Vec<Said>,
    /// Whether a word of the framework's subject stands in a loud place.
    pub gate: bool,
    /// For each exclusion, whether the title tells it.
    pub excluded: Vec<bool>,
}

impl Evidence {
    /// Adds up the cues of a document.
    pub fn gather(plan: &Plan, cues: &Cues) -> Self {
        let tellings = tellings(plan, cues);
        let indicators: Vec<_> = (0..plan.indicators.len())
            .map(|at| Account::of_indicator(plan, cues, &tellings, at))
            .collect();
        let questions = (0..plan.questions.len())
            .map(|at| said(plan, cues, &tellings, &indicators, at))
            .collect();
        let loud = |hit: &&Hit| weights::is_loud(hit.zone);
        let terms = || {
            cues.hits
                .iter()
                .filter(loud)
                .filter_map(|h| plan.terms.get(h.term))
        };
        Self {
            questions,
            gate: terms().any(|term| term.gate),
            excluded: (0..plan.excluded_kinds.len())
                .map(|at| terms().any(|term| term.excludes.contains(&at)))
                .collect(),
        }
    }
}

/// Maps whom a hit speaks for to the hits.
struct Tellings<'a> {
    indicators: BTreeMap<usize, Vec<(&'a Hit, f32)>>,
    questions: BTreeMap<usize, Vec<(&'a Hit, f32)>>,
}

fn tellings<'a>(plan: &Plan, cues: &'a Cues) -> Tellings<'a> {
    let mut tellings = Tellings {
        indicators: BTreeMap::new(),
        questions: BTreeMap::new(),
    };
    for hit in &cues.hits {
        let Some(term) = plan.terms.get(hit.term) else {
            continue;
        };
        let file = |uses: &[Use], into: &mut BTreeMap<usize, Vec<(&'a Hit, f32)>>| {
            for used in uses {
                into.entry(used.at).or_default().push((hit, used.weight));
            }
        };
        file(&term.indicators, &mut tellings.indicators);
        file(&term.questions, &mut tellings.questions);
    }
    tellings
}

/// The account of one indicator or question: the hits that count for it.
struct Account {
    subject: Strength,
    focus: Strength,
    best: Option<(Hit, f32)>,
}

impl Account {
    fn of_indicator(plan: &Plan, cues: &Cues, tellings: &Tellings, at: usize) -> Self {
        let snares: Vec<&Snare> = cues.set_for(TrapFor::Indicator(at)).collect();
        let hits = tellings.indicators.get(&at).map_or(&[][..], Vec::as_slice);
        let says = |_| Says {
            question: 0.0,
            subject: 1.0,
        };
        Self::add(plan, hits, &snares, at, says)
    }

    fn of_question(plan: &Plan, cues: &Cues, tellings: &Tellings, at: usize) -> Self {
        let owner = plan.questions.get(at).map_or(0, |question| question.about);
        let snares: Vec<&Snare> = cues
            .set_for(TrapFor::Question(at))
            .chain(cues.set_for(TrapFor::Indicator(owner)))
            .collect();
        let hits = tellings.questions.get(&at).map_or(&[][..], Vec::as_slice);
        let silent = Says {
            question: 0.0,
            subject: 0.0,
        };
        let says = |term| plan.says.get(&(term, at)).copied().unwrap_or(silent);
        Self::add(plan, hits, &snares, owner, says)
    }

    /// Adds up hits: of nested ones the longest, of equal ones the best place, and a little
    /// for each repetition.
    fn add(
        plan: &Plan,
        hits: &[(&Hit, f32)],
        snares: &[&Snare],
        about: usize,
        says: impl Fn(usize) -> Says,
    ) -> Self {
        let free = |hit: &Hit| !is_caught(hit, snares);
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
            let whole = hit.within.and_then(|whole| plan.terms.get(whole));
            let elsewhere = whole.is_some_and(|whole| !whole.about.contains(&about));
            let part = if elsewhere { weights::PART } else { 1.0 };
            let value = weight * hit.quality * part * weights::of_zone(hit.zone);
            let place = (hit.term, weights::is_loud(hit.zone));
            let (best, most, times) = terms.entry(place).or_insert((**hit, value, 0));
            *times += 1;
            if value > *most {
                (*best, *most) = (**hit, value);
            }
        }
        let mut account = Self {
            subject: Strength::default(),
            focus: Strength::default(),
            best: None,
        };
        for ((at, is_loud), (hit, value, times)) in terms {
            let again = 1.0 + weights::REPEATED * (times as f32).ln();
            let value = value * again.min(weights::REPEATED_MOST);
            let side = |value: f32| {
                let value = value.min(0.95);
                let (loud, soft) = if is_loud { (value, 0.0) } else { (0.0, value) };
                Strength { loud, soft }
            };
            let says = says(at);
            let subject = plan.terms.get(at).map_or(0.0, |term| term.tells_subject);
            let subject = subject * says.subject;
            let focus = says.question;
            account.subject = account.subject.or(side(value * subject));
            account.focus = account.focus.or(side(value * focus));
            let worth = value * (subject + focus);
            if account.best.is_none_or(|(_, most)| worth > most) {
                account.best = Some((hit, worth));
            }
        }
        account
    }
}

fn said(
    plan: &Plan,
    cues: &Cues,
    tellings: &Tellings,
    indicators: &[Account],
    at: usize,
) -> Said {
    let own = Account::of_question(plan, cues, tellings, at);
    let question = plan.questions.get(at);
    let about = question.and_then(|question| indicators.get(question.about));
    let inherited =
        about.map_or(Strength::default(), |a| a.subject.times(weights::INHERITED));
    let best = own.best.or(about.and_then(|account| account.best));
    let loud_snare = |whom| {
        cues.set_for(whom)
            .find(|snare| weights::is_loud(snare.zone))
            .copied()
    };
    let owner = question.map_or(0, |question| question.about);
    let is_topic = question.is_some_and(|question| question.about != question.indicator);
    Said {
        subject: own.subject.or(inherited),
        focus: if is_topic {
            own.focus.times(weights::TOPIC_FOCUS)
        } else {
            own.focus
        },
        best: best.map(|(hit, _)| hit),
        snare: loud_snare(TrapFor::Question(at))
            .or_else(|| loud_snare(TrapFor::Indicator(owner)))
            .or_else(|| loud_snare(TrapFor::All)),
    }
}
