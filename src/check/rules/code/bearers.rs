//! Which documents of the archive bear the same code, collected before the first is judged.

use super::link::PrintedLink;
use crate::model::{CodeFact, CodeRole, Digest, DocumentFacts};
use std::collections::BTreeMap;

/// The documents that bear each code which is the code of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodeBearers {
    by_key: BTreeMap<String, Vec<Bearer>>,
}

/// A document that bears a code.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bearer {
    pub digest: Digest,
    /// Where it is.
    pub path: String,
    /// Its number and the year of it, where both are certain.
    pub number: Option<(String, Option<i16>)>,
}

impl CodeBearers {
    /// Adds the codes of one document that is evidence.
    pub fn add(&mut self, digest: Digest, path: &str, facts: &DocumentFacts) {
        for code in &facts.codes {
            let Some(key) = key(code) else {
                continue;
            };
            let bearers = self.by_key.entry(key).or_default();
            if bearers.iter().all(|bearer| bearer.digest != digest) {
                bearers.push(Bearer {
                    digest,
                    path: path.to_owned(),
                    number: number(facts),
                });
                bearers.sort_by(|a, b| (&a.path, a.digest).cmp(&(&b.path, b.digest)));
            }
        }
    }

    /// Returns the documents that bear a code, in order of path.
    pub(super) fn bearers(&self, code: &CodeFact) -> &[Bearer] {
        let bearers = key(code).and_then(|key| self.by_key.get(&key));
        bearers.map_or(&[], Vec::as_slice)
    }
}

/// Returns the number of a document and its year, where they are certain.
pub(super) fn number(facts: &DocumentFacts) -> Option<(String, Option<i16>)> {
    let number: String = facts.number.confident()?.split_whitespace().collect();
    Some((number.to_uppercase(), facts.year.confident().copied()))
}

fn key(code: &CodeFact) -> Option<String> {
    let link = PrintedLink::read(&code.fact.value)?;
    link.key().filter(|_| code.role == CodeRole::Signature)
}
