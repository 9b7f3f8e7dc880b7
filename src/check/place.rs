//! Of which district or village a document is: by who issued it, else by what it says of itself,
//! else by the folder it lies in. The last two only where the region's own list names the place:
//! no register has all villages, and folders have all sorts of names.

use super::{issuer::core_name, rule::Piece};
use crate::framework::Office;
use crate::model::{INSIDE, LevelId, Locality, OfficeId};

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
        let place = by_words(piece, level)?;
        Some((level.clone(), place.key()))
    });
    listed.or(issuer)
}

/// Takes the government that issued it, where that is certain or the list confirms it.
fn by_issuer(piece: &Piece) -> Option<(LevelId, String)> {
    let issuer = piece.evidence.facts.issuer.known()?;
    let name = &issuer.value.government.name;
    let (_, level) = piece.case.rules.issuer_level(name)?;
    let key = Locality::key_of(&core_name(name));
    let listed = piece.case.context.places.get(level).into_iter().flatten();
    let is_sure = issuer.confidence.is_confident()
        || listed.map(Locality::key).any(|other| other == key);
    is_sure.then(|| (level.clone(), key))
}

/// Finds the place of a level that title, signatory or folder name; of two that fit, the one
/// with the longer name.
fn by_words<'a>(piece: &Piece<'a>, level: &LevelId) -> Option<&'a Locality> {
    let listed = piece.case.context.places.get(level)?;
    let office = piece.case.framework.office(&OfficeId::from(level.as_str()));
    let words = office.into_iter().flat_map(Office::spellings);
    let words: Vec<String> = words.map(Locality::key_of).collect();
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
    let is_named = |place: &&Locality| {
        let key = place.key();
        let in_text = texts.iter().any(|text| {
            let mut at = text.match_indices(&key);
            at.any(|(at, _)| text.get(..at).is_some_and(|rest| ends_with(rest, &words)))
        });
        let is_folder = |folder: &String| {
            let rest = folder.strip_suffix(&key);
            rest.is_some_and(|rest| words.iter().any(|word| word.starts_with(rest)))
        };
        in_text || folders.iter().any(is_folder)
    };
    listed
        .iter()
        .filter(is_named)
        .max_by_key(|place| place.name.len())
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
