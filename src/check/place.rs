//! Of which district or village a document is: by who issued it, else by what it says of itself,
//! else by the folder it lies in. The last two only where the region's own list names the place:
//! no register has all villages, and folders have all sorts of names.

use super::case::{Piece, Sort};
use super::listed::Level;
use super::names::core_name;
use crate::model::{INSIDE, LevelId, Locality, Standing};

/// Returns what the rules on a question need to know of a piece that stands so.
pub(super) fn sort(piece: &Piece, standing: Standing) -> Sort {
    Sort {
        standing,
        kind: piece.kind().cloned(),
        place: of(piece),
    }
}

/// Returns the level and the letters of the name of the place a document is of, where its
/// question asks for such places; else of who issued it.
pub(super) fn of(piece: &Piece) -> Option<(LevelId, String)> {
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

/// Takes the government that issued it, where that is certain or the list confirms it.
fn by_issuer(piece: &Piece) -> Option<(LevelId, String)> {
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

/// Finds the place of a level that heading, title, signatory or folder name, and gives the
/// letters of its name; of two that fit, those of the longer.
fn by_words<'a>(piece: &Piece<'a>, level: &LevelId) -> Option<&'a str> {
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

/// Returns the letters of each folder of a path: `desamekarsari` of `Desa - Mekar Sari`.
fn folders(path: &str) -> Vec<String> {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    parts.pop();
    let parts = parts.iter().flat_map(|part| part.split(INSIDE));
    parts
        .map(Locality::key_of)
        .filter(|key| !key.is_empty())
        .collect()
}
