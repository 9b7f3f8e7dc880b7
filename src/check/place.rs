//! Finds the district or village that a document is about: by its issuer, else by its own words,
//! else by its folder. Words and folders count only where the region's own list has the place:
//! no register has all villages, and folders have all sorts of names.

use super::case::{EvidenceCase, EvidenceClass};
use super::listed::Level;
use super::names::core_name;
use crate::model::{INSIDE, LevelId, Locality, Standing};

/// Returns the class of a piece of evidence of this standing.
pub(super) fn evidence_class(piece: &EvidenceCase, standing: Standing) -> EvidenceClass {
    EvidenceClass {
        standing,
        kind: piece.kind().cloned(),
        place: place_of(piece),
    }
}

/// Returns the level and the folded name of the place that a document is about, where its
/// question asks for places of that level; else the place of its issuer.
pub(super) fn place_of(piece: &EvidenceCase) -> Option<(LevelId, String)> {
    let asked = &piece.case.question.levels;
    let issuer = by_issuer(piece);
    if issuer
        .as_ref()
        .is_some_and(|(level, _)| asked.contains(level))
    {
        return issuer;
    }
    let listed = asked.iter().find_map(|level| {
        let key = by_words(piece, level)?;
        Some((level.clone(), key.to_owned()))
    });
    listed.or(issuer)
}

/// Returns the place of the issuer, where it was read with confidence or is in the list.
fn by_issuer(piece: &EvidenceCase) -> Option<(LevelId, String)> {
    let issuer = piece.evidence.facts.issuer.known()?;
    let name = &issuer.value.government.name;
    let (_, level) = piece.case.rules.issuer_level(name)?;
    let key = Locality::key_of(&core_name(name));
    let mut listed = piece
        .case
        .listed
        .0
        .get(level)
        .into_iter()
        .flat_map(|l| &l.places);
    let is_sure =
        issuer.confidence.is_confident() || listed.any(|(other, _)| *other == key);
    is_sure.then(|| (level.clone(), key))
}

/// Finds the place of a level that heading, title, signatory or folder name. Returns its folded
/// name; of two that fit, the longer.
fn by_words<'a>(piece: &EvidenceCase<'a>, level: &LevelId) -> Option<&'a str> {
    let Level { words, places } = piece.case.listed.0.get(level)?;
    let facts = piece.evidence.facts;
    let signatory = facts.signatory.value();
    let signatory = signatory.and_then(|signatory| signatory.office.as_ref());
    let texts = [
        facts.place.as_ref().map(|place| &place.value),
        facts.title.value(),
        signatory.map(|office| &office.value),
    ];
    let texts: Vec<String> = texts
        .into_iter()
        .flatten()
        .map(|t| Locality::key_of(t))
        .collect();
    let folders: Vec<String> = piece
        .evidence
        .paths
        .iter()
        .flat_map(|path| folders(path))
        .collect();
    let is_named = |(key, _): &&(String, &Locality)| {
        let in_text = texts.iter().any(|text| {
            let mut at = text.match_indices(key.as_str());
            at.any(|(at, _)| text.get(..at).is_some_and(|rest| ends_with(rest, words)))
        });
        let is_folder = |folder: &String| {
            let rest = folder.strip_suffix(key.as_str());
            rest.is_some_and(|rest| words.iter().any(|word| word.starts_with(rest)))
        };
        in_text || folders.iter().any(is_folder)
    };
    let named = places.iter().filter(is_named);
    let longest = named.max_by_key(|(_, place)| place.name.len());
    longest.map(|(key, _)| key.as_str())
}

fn ends_with(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

/// Returns the folded name of each folder of a path: `desamekarsari` for `Desa - Mekar Sari`.
fn folders(path: &str) -> Vec<String> {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    parts.pop();
    let parts = parts.iter().flat_map(|part| part.split(INSIDE));
    parts
        .map(Locality::key_of)
        .filter(|key| !key.is_empty())
        .collect()
}
