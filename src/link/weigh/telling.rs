//! What each term of the framework tells: takes a [`CompiledFramework`] whose terms know who uses them,
//! gives how rare each is, whose own matter it names and how far it tells a question from its
//! siblings. Apart from `plan`, which only gathers.

use super::weights;
use crate::link::compiled::{
    CompiledFramework, CompiledQuestion, CompiledUse, Term, Use,
};
use crate::link::read::vocab::WordId;
use std::collections::{BTreeMap, BTreeSet};

/// Subjects from which a term that questions of many use is common: partnership, training on
/// the rights of the child and innovation are asked of more than ten.
const COMMON_FROM: usize = 10;
/// The weight of the framework's terms that only support: `keluarga`, `bidan`.
const SUPPORTS: f32 = 0.34;
/// Indicators that may use a word which still tells their matter.
const RARE_TO: usize = 2;

impl CompiledFramework {
    /// Weighs each term by how few subjects, and how few questions of one indicator, use it.
    pub(crate) fn weigh(&mut self) {
        let subjects = self.indicators.len();
        let mut siblings: BTreeMap<usize, usize> = BTreeMap::new();
        for question in &self.questions {
            *siblings.entry(question.indicator).or_default() += 1;
        }
        let named: Vec<Vec<(Vec<WordId>, f32)>> = (0..subjects)
            .map(|at| self.words_of_indicator(at))
            .collect();
        let gates = self.terms.iter().filter(|term| term.gate);
        let gates: Vec<Vec<WordId>> = gates.map(|term| term.stems.clone()).collect();
        let spread = self.spread();
        let mut terms = std::mem::take(&mut self.terms);
        for (at, term) in terms.iter_mut().enumerate() {
            self.weigh_rarity(term);
            // More than the people or the place alone: `anak korban`, not `puskesmas`.
            let more = |gate: &&Vec<WordId>| gate.len() < term.stems.len();
            let is_gate = gates
                .iter()
                .filter(more)
                .any(|gate| holds(&term.stems, gate));
            self.weigh_indicators(term, is_gate);
            let mut users: BTreeMap<usize, usize> = BTreeMap::new();
            for question in term
                .questions
                .iter()
                .filter_map(|u| self.questions.get(u.at))
            {
                *users.entry(question.indicator).or_default() += 1;
            }
            for used in &term.questions {
                let Some(question) = self.questions.get(used.at) else {
                    continue;
                };
                let users = users.get(&question.indicator).copied().unwrap_or(1);
                let all = siblings.get(&question.indicator).copied().unwrap_or(1);
                let names = names(&named, question.about, &term.stems);
                let rare = rarity(users, all + 1);
                let telling = used.weight > SUPPORTS && is_telling(term, &spread);
                let uses = compiled_use(term, question, rare, names, is_gate, telling);
                let own = term.own.entry(question.about).or_default();
                *own = own.max(uses.subject * used.weight);
                self.uses.insert((at, used.at), uses);
            }
            term.own.retain(|_, own| *own > 0.0);
        }
        self.terms = terms;
    }

    /// Returns how many indicators use each stem in a term of theirs.
    fn spread(&self) -> BTreeMap<WordId, usize> {
        let mut users: BTreeMap<WordId, BTreeSet<usize>> = BTreeMap::new();
        for term in &self.terms {
            let by_questions = term.questions.iter();
            let about = by_questions.filter_map(|used| self.questions.get(used.at));
            let own = term.indicators.iter().map(|used| used.at);
            let about: BTreeSet<usize> = about.map(|q| q.about).chain(own).collect();
            for stem in &term.stems {
                users.entry(*stem).or_default().extend(&about);
            }
        }
        users
            .into_iter()
            .map(|(stem, users)| (stem, users.len()))
            .collect()
    }

    /// Weighs how well a term tells one subject from another.
    fn weigh_rarity(&self, term: &mut Term) {
        let asked = |used: &Use| self.questions.get(used.at);
        let topic = |q: &&CompiledQuestion| q.about != q.indicator;
        let policies = term.questions.iter().filter_map(asked).filter(topic);
        let mut about: BTreeSet<usize> = (term.indicators.iter().map(|used| used.at))
            .chain(policies.map(|q| q.about))
            .collect();
        // A question may use another subject's term; that makes it no commoner, unless
        // everyone does.
        let users = term.questions.iter().filter_map(asked);
        let everyone: BTreeSet<usize> = users.map(|q| q.about).collect();
        term.about = &about | &everyone;
        if about.is_empty() || everyone.len() >= COMMON_FROM {
            about.extend(everyone);
        }
        // Villages and districts ask again what the regency is asked, so that two or three
        // users are no sign of a common word: the first quarter is free.
        term.tells_subject = (1.25 * rarity(about.len(), self.indicators.len())).min(1.0);
    }

    /// Notes the indicators whose matter a term of theirs names. A word that only supports,
    /// and what any paper of a level says (`kecamatan`), must name the subject's people or
    /// things as well.
    fn weigh_indicators(&self, term: &mut Term, is_gate: bool) {
        for used in &term.indicators {
            let mut asked = self.questions.iter().filter(|q| q.about == used.at);
            let is_level = asked.all(|question| !question.levels.contains(&0));
            if is_gate || used.weight > SUPPORTS && !is_level {
                let own = term.own.entry(used.at).or_default();
                *own = own.max(used.weight);
            }
        }
    }

    /// Returns the terms of an indicator with what they weigh there.
    fn words_of_indicator(&self, at: usize) -> Vec<(Vec<WordId>, f32)> {
        let used =
            |term: &Term| term.indicators.iter().find(|used| used.at == at).copied();
        let terms = self.terms.iter();
        let weighed = |term: &Term| Some((term.stems.clone(), used(term)?.weight));
        terms.filter_map(weighed).collect()
    }
}

/// Returns what a term counts for a question that uses it; `rare` is how few of the indicator's
/// questions use it, `named` what the indicator's own term in it weighs, `telling` whether its
/// words alone tell the subject.
fn compiled_use(
    term: &Term,
    question: &CompiledQuestion,
    rare: f32,
    named: f32,
    is_gate: bool,
    telling: bool,
) -> CompiledUse {
    let subjects_own = term.indicators.iter().any(|u| u.at == question.about);
    let is_topic = question.about != question.indicator;
    let is_lower = !question.levels.contains(&0);
    let named = if named > SUPPORTS || is_gate {
        named
    } else {
        0.0
    };
    let alone = if term.indicators.is_empty() {
        weights::ACTION_AS_SUBJECT
    } else {
        weights::OTHER_SUBJECT
    };
    CompiledUse {
        specificity: if subjects_own && !is_topic {
            rare * weights::SUBJECT_AS_SPECIFICITY
        } else {
            rare
        },
        subject: match is_gate {
            _ if (is_topic || is_lower) && (named > 0.0 || is_gate) => 1.0,
            true => named.max(alone),
            false if telling => named.max(weights::ACTION_AS_SUBJECT),
            false => named,
        },
    }
}

/// Tells whether a phrase of several words has one that hardly any other indicator uses:
/// `pajak reklame`, not `pembentukan tim`. One word alone (`leaflet`) may be any paper's.
fn is_telling(term: &Term, spread: &BTreeMap<WordId, usize>) -> bool {
    let users = |stem: &WordId| spread.get(stem).copied().unwrap_or(0);
    term.stems.len() > 1 && term.stems.iter().any(|stem| users(stem) <= RARE_TO)
}

/// Tells whether a phrase holds another.
fn holds(phrase: &[WordId], part: &[WordId]) -> bool {
    let mut runs = phrase.windows(part.len().max(1));
    runs.any(|run| run == part)
}

/// Returns what the weightiest term of an indicator weighs that a phrase is or holds.
fn names(terms: &[Vec<(Vec<WordId>, f32)>], at: usize, phrase: &[WordId]) -> f32 {
    let terms = terms.get(at).map_or(&[][..], Vec::as_slice);
    let held = terms.iter().filter(|(term, _)| holds(phrase, term));
    held.map(|(_, weight)| *weight).fold(0.0, f32::max)
}

/// Returns how rare something is that `users` of `all` use: 1 for one, 0 for all.
fn rarity(users: usize, all: usize) -> f32 {
    if users <= 1 {
        return 1.0;
    }
    let all = (all.max(2) as f32).ln();
    (1.0 - (users as f32).ln() / all).max(0.0)
}
