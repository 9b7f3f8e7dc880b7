//! Acts of documents on one another: which one repealed or amended which. They are collected
//! from all documents before the first is judged.

use super::names;
use crate::lexicon::words::citation;
use crate::model::{
    Date, DateRole, Digest, DocTypeId, DocumentFacts, Government, RelationRole,
};
use std::collections::BTreeMap;

/// Identifies a document by its kind, its number and the year of the number.
type Key = (DocTypeId, String, i16);

/// All acts of documents on others, by the document that they concern.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Acts {
    by_target: BTreeMap<Key, Vec<Act>>,
}

/// A document's act on another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Act {
    /// What it does.
    pub role: RelationRole,
    /// The digest of the acting document.
    by: Digest,
    /// The name of the acting document: kind, number and year; empty where they were not read.
    pub name: String,
    /// The issuer of the acting document.
    issuer: Option<Government>,
    /// The target as the text names it, in lower case.
    label: String,
    /// Was it read with confidence, in a document that is no draft?
    is_sure: bool,
    /// The day on which the acting document was enacted.
    pub enacted: Option<Date>,
    /// The year of its number, where the day is not known.
    year: Option<i16>,
}

/// How certain it is that an act concerns a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// Number, year and kind fit; the issuer could not be compared, or a fact is unsure.
    Doubtful,
    /// Everything fits.
    Sure,
}

impl Acts {
    /// Adds the acts of one document.
    pub fn add(&mut self, by: Digest, facts: &DocumentFacts) {
        for relation in &facts.relations {
            let cited = &relation.fact.value;
            let draft = facts.draft.as_ref().is_some_and(|draft| draft.value);
            let key = (cited.kind.clone(), folded(&cited.number), cited.year);
            self.by_target.entry(key).or_default().push(Act {
                role: relation.role,
                by,
                name: name(facts),
                issuer: facts.issuer.value().map(|issuer| issuer.government.clone()),
                label: folded(&cited.label),
                is_sure: relation.fact.confidence.is_confident() && !draft,
                enacted: facts.date(DateRole::Enacted).map(|date| date.value),
                year: facts.year.value().copied(),
            });
        }
    }

    /// Returns the acts on a document that are in force on a day, with their certainty: the most
    /// certain first, then the newest.
    pub(super) fn acts_on<'a>(
        &'a self,
        digest: Digest,
        facts: &DocumentFacts,
        as_of: Date,
    ) -> Vec<(&'a Act, Certainty)> {
        let (Some(kind), Some(number), Some(year)) =
            (facts.kind.known(), facts.number.known(), facts.year.known())
        else {
            return Vec::new();
        };
        let is_read = kind.confidence.is_confident()
            && number.confidence.is_confident()
            && year.confidence.is_confident();
        let key = (kind.value.id.clone(), folded(&number.value), year.value);
        let acts = self.by_target.get(&key).into_iter().flatten();
        let mut found: Vec<(&Act, Certainty)> = acts
            .filter(|act| act.by != digest && act.is_in_force(as_of))
            .filter_map(|act| Some((act, act.certainty_for(facts)?)))
            .map(|(act, certainty)| match is_read && act.is_sure {
                true => (act, certainty),
                false => (act, Certainty::Doubtful),
            })
            .collect();
        found.sort_by(|(a, sure_a), (b, sure_b)| {
            let order = |act: &Act| (act.enacted, act.year, act.by);
            (sure_b, order(b)).cmp(&(sure_a, order(a)))
        });
        found
    }
}

impl Act {
    /// Tells whether it is in force on a day. An act without a date counts as in force.
    fn is_in_force(&self, as_of: Date) -> bool {
        match (self.enacted, self.year) {
            (Some(date), _) => date <= as_of,
            (None, Some(year)) => year <= as_of.year(),
            (None, None) => true,
        }
    }

    /// Returns how certain it is that the act concerns the document with these facts, given that
    /// kind, number and year fit; `None` where it concerns another government's document (every
    /// regency has a regulation number 1 of the year).
    fn certainty_for(&self, facts: &DocumentFacts) -> Option<Certainty> {
        let Some(own) = facts.issuer.known() else {
            return Some(Certainty::Doubtful);
        };
        let own_name = &own.value.government;
        let names_it = self.label.contains(&names::core_name(&own_name.name));
        let same = self.issuer.as_ref().map(|by| names::is_same(by, own_name));
        match (names_it, same) {
            (true, _) | (false, Some(true)) => match own.confidence.is_confident() {
                true => Some(Certainty::Sure),
                false => Some(Certainty::Doubtful),
            },
            (false, None) => Some(Certainty::Doubtful),
            (false, Some(false)) => None,
        }
    }
}

/// Returns the kind, number and year of a document as one name, as far as they were read.
fn name(facts: &DocumentFacts) -> String {
    let (Some(kind), Some(number)) = (facts.kind.value(), facts.number.value()) else {
        return String::new();
    };
    let year = facts.year.value().copied();
    citation(Some(&kind.label), Some(number), year)
}

fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
