//! What the documents of an archive do to one another: which one repealed or amended which.
//! Apart from the rules, because it takes every document before the first can be judged.

use super::names;
use crate::lexicon::words::citation;
use crate::model::{
    Date, DateRole, Digest, DocTypeId, DocumentFacts, Government, RelationRole,
};
use std::collections::BTreeMap;

/// What names a document among all: its kind, its number and the year of the number.
type Key = (DocTypeId, String, i16);

/// Every act of one document on another, by the document it is done to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Acts {
    on: BTreeMap<Key, Vec<Act>>,
}

/// A document's act on another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Act {
    /// What it does.
    pub role: RelationRole,
    /// The document that does it.
    by: Digest,
    /// Its name: kind, number and year; empty where they could not be read.
    pub name: String,
    /// Who issued it.
    issuer: Option<Government>,
    /// The other document as the text names it, in small letters.
    label: String,
    /// Whether it was read with confidence, in a document that is no draft.
    is_sure: bool,
    /// When it was enacted.
    pub enacted: Option<Date>,
    /// The year of its number, where the day is not known.
    year: Option<i16>,
}

/// How sure it is that an act is on this document and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// Number, year and kind fit; who issued it could not be held against it, or it was hardly
    /// read.
    Doubtful,
    /// Everything fits.
    Sure,
}

impl Acts {
    /// Takes in what one document does to others.
    pub fn add(&mut self, by: Digest, facts: &DocumentFacts) {
        for relation in &facts.relations {
            let cited = &relation.fact.value;
            let draft = facts.draft.as_ref().is_some_and(|draft| draft.value);
            let key = (cited.kind.clone(), fold(&cited.number), cited.year);
            self.on.entry(key).or_default().push(Act {
                role: relation.role,
                by,
                name: name(facts),
                issuer: facts.issuer.value().map(|issuer| issuer.government.clone()),
                label: fold(&cited.label),
                is_sure: relation.fact.confidence.is_confident() && !draft,
                enacted: facts.date(DateRole::Enacted).map(|date| date.value),
                year: facts.year.value().copied(),
            });
        }
    }

    /// Returns what is done to a document on a day, with how sure that is: the surest first,
    /// among equals the newest.
    pub(super) fn on<'a>(
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
        let key = (kind.value.id.clone(), fold(&number.value), year.value);
        let acts = self.on.get(&key).into_iter().flatten();
        let mut found: Vec<(&Act, Certainty)> = acts
            .filter(|act| act.by != digest && act.is_done(as_of))
            .filter_map(|act| Some((act, act.is_on(facts)?)))
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
    /// Tells whether it is in force by then. One whose date cannot be read is taken for done:
    /// it lies in the archive.
    fn is_done(&self, as_of: Date) -> bool {
        match (self.enacted, self.year) {
            (Some(date), _) => date <= as_of,
            (None, Some(year)) => year <= as_of.year(),
            (None, None) => true,
        }
    }

    /// Tells whether it is on the document with these facts, where kind, number and year fit:
    /// every regency has a first regulation of the year. None: it is on another's.
    fn is_on(&self, facts: &DocumentFacts) -> Option<Certainty> {
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

/// Returns a document's name, as far as it was read.
fn name(facts: &DocumentFacts) -> String {
    let (Some(kind), Some(number)) = (facts.kind.value(), facts.number.value()) else {
        return String::new();
    };
    let year = facts.year.value().copied();
    citation(Some(&kind.label), Some(number), year)
}

fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
