//! Duplicates in the archive: the same bytes, the same document read twice, the same photo. They
//! were found by indexing; here they are grouped for people.

use super::effective_links::EffectiveLinks;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::io::store::{DocumentRow, PairKey};
use crate::model::{
    Digest, FileState, NearDuplicate, QuestionId, SamePhoto, SameText, Similarity,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Which duplicates are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All.
    All,
    /// Photos only.
    Photos,
    /// Texts only.
    Text,
}

/// The duplicates in an archive.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Duplicates {
    /// Files of the same bytes, by their first path: every path in order.
    pub exact: Vec<(Digest, Vec<String>)>,
    /// Documents that were read twice.
    pub texts: Vec<Group<SameText>>,
    /// Documents that show the same photo.
    pub photos: Vec<Group<SamePhoto>>,
    /// Documents that were not compared yet.
    pub uncompared: u64,
}

/// A group of places that are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<T> {
    /// The places, in order of path and page.
    pub places: Vec<Place>,
    /// What was found between two of them, by their positions in `places`, the smaller first.
    pub pairs: Vec<(usize, usize, T)>,
}

/// A document, or a page of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its first path.
    pub path: String,
    /// The page, from 1; `None` where the whole document is meant, or has no other page.
    pub page: Option<u32>,
    /// Its digest.
    pub digest: Digest,
}

/// Returns the duplicates in an archive.
///
/// # Errors
/// When the catalog cannot be read.
pub fn duplicates(workspace: &Workspace, wanted: Wanted) -> Result<Duplicates, Error> {
    let catalog = &workspace.catalog;
    let mut names = BTreeMap::new();
    let mut found = Duplicates {
        uncompared: catalog.uncompared()?.digests.len() as u64,
        ..Duplicates::default()
    };
    for document in catalog.documents()? {
        let (digest, state) = (document.content.digest, document.content.state);
        let paths: Vec<String> =
            document.paths.into_iter().map(|(path, _)| path).collect();
        let pages = document.content.page_count;
        names.insert(digest, (paths.first().cloned().unwrap_or_default(), pages));
        if paths.len() > 1 && state == FileState::Indexed && wanted == Wanted::All {
            found.exact.push((digest, paths));
        }
    }
    found.exact.sort_by(|a, b| a.1.cmp(&b.1));
    let (mut texts, mut photos) = (Vec::new(), Vec::new());
    for near_duplicate in catalog.near_duplicates()? {
        let place = |digest: Digest, page: Option<u32>| {
            let (path, pages) = names.get(&digest).cloned().unwrap_or_default();
            Place {
                path,
                page: page.filter(|_| pages > 1),
                digest,
            }
        };
        match near_duplicate.how {
            Similarity::Text(same) if wanted != Wanted::Photos => {
                let pair = (
                    place(near_duplicate.first, None),
                    place(near_duplicate.second, None),
                );
                texts.push((pair.0, pair.1, same));
            }
            Similarity::Photo {
                first_page,
                second_page,
                same,
            } if wanted != Wanted::Text => {
                let first = place(near_duplicate.first, Some(first_page));
                photos.push((
                    first,
                    place(near_duplicate.second, Some(second_page)),
                    same,
                ));
            }
            _ => {}
        }
    }
    found.texts = grouped(&texts, SameText::reversed);
    found.photos = grouped(&photos, SamePhoto::reversed);
    Ok(found)
}

/// What is looked through, some at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DuplicateKind {
    /// Photos that are one, those first that serve most questions together.
    #[default]
    Photos,
    /// Texts that are one.
    Texts,
    /// Files of the same bytes.
    Files,
}

/// Some of the duplicates in an archive.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Portion {
    /// How many there are.
    pub total: usize,
    /// Those asked for.
    pub duplicates: Vec<Duplicate>,
}

/// Two documents that are near-duplicates, or one that lies at several places.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicate {
    /// The one.
    pub first: Side,
    /// The other, and what they have in common; `None` where it is the same file again.
    pub second: Option<(Side, Similarity)>,
}

/// One of two documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The document.
    pub document: DocumentRow,
    /// The page that is meant, from 1.
    pub page: u32,
    /// The questions it confidently proves, in order.
    pub proves: Vec<QuestionId>,
}

/// The order in which duplicates of one kind are looked through, and the questions that their
/// documents confidently prove. Finding it takes a look at all pairs; showing some of them does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    found: Ordered,
    proven: BTreeMap<Digest, Vec<QuestionId>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Ordered {
    Pairs(Vec<PairKey>),
    Files(Vec<Digest>),
}

/// The orders of an archive at one moment, each found when somebody first asks for it.
#[derive(Debug, Default)]
pub struct Orders {
    photos: OnceLock<Order>,
    texts: OnceLock<Order>,
    files: OnceLock<Order>,
}

impl Orders {
    /// Returns the order of one kind.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn of_kind(
        &self,
        workspace: &Workspace,
        kind: DuplicateKind,
    ) -> Result<&Order, Error> {
        let kept = match kind {
            DuplicateKind::Photos => &self.photos,
            DuplicateKind::Texts => &self.texts,
            DuplicateKind::Files => &self.files,
        };
        if let Some(order) = kept.get() {
            return Ok(order);
        }
        let order = order(workspace, kind)?;
        Ok(kept.get_or_init(|| order))
    }
}

fn order(workspace: &Workspace, kind: DuplicateKind) -> Result<Order, Error> {
    let effective = EffectiveLinks::load(workspace)?;
    if kind == DuplicateKind::Files {
        let files = workspace.catalog.equal_files()?;
        let documents = files.iter().copied().collect();
        return Ok(Order {
            proven: effective.proven_by(workspace, &documents)?,
            found: Ordered::Files(files),
        });
    }
    let are_photos = kind == DuplicateKind::Photos;
    let mut keys = workspace.catalog.near_duplicate_pairs(are_photos)?;
    let documents = keys.iter().flat_map(|key| [key.first, key.second]);
    let proven = effective.proven_by(workspace, &documents.collect())?;
    // In order already; one photo for several questions is what costs points.
    keys.sort_by_cached_key(|key| Reverse(questions_of(key, &proven)));
    Ok(Order {
        found: Ordered::Pairs(keys),
        proven,
    })
}

/// Returns the duplicates of an order from a place on, at most `most`. Only these are loaded.
///
/// # Errors
/// When the catalog cannot be read.
pub fn portion(
    workspace: &Workspace,
    order: &Order,
    from: usize,
    most: usize,
) -> Result<Portion, Error> {
    let proven = &order.proven;
    let mut duplicates = Vec::new();
    let total = match &order.found {
        Ordered::Files(files) => {
            for digest in files.iter().skip(from).take(most) {
                let first = side(workspace, (*digest, 1), proven)?;
                duplicates.extend(first.map(|first| Duplicate {
                    first,
                    second: None,
                }));
            }
            files.len()
        }
        Ordered::Pairs(keys) => {
            for key in keys.iter().skip(from).take(most) {
                if let Some(found) = workspace.catalog.near_duplicate(*key)? {
                    duplicates.extend(pair(workspace, &found, proven)?);
                }
            }
            keys.len()
        }
    };
    Ok(Portion { total, duplicates })
}

/// Returns how many questions a pair serves together.
fn questions_of(key: &PairKey, proven: &BTreeMap<Digest, Vec<QuestionId>>) -> usize {
    let both = [key.first, key.second];
    let questions = both
        .iter()
        .filter_map(|digest| proven.get(digest))
        .flatten();
    questions.collect::<BTreeSet<_>>().len()
}

fn pair(
    workspace: &Workspace,
    found: &NearDuplicate,
    proven: &BTreeMap<Digest, Vec<QuestionId>>,
) -> Result<Option<Duplicate>, Error> {
    let (first, second) = match found.how {
        Similarity::Text(_) => (1, 1),
        Similarity::Photo {
            first_page,
            second_page,
            ..
        } => (first_page, second_page),
    };
    let first = side(workspace, (found.first, first), proven)?;
    let second = side(workspace, (found.second, second), proven)?;
    Ok(first.zip(second).map(|(first, second)| Duplicate {
        first,
        second: Some((second, found.how)),
    }))
}

fn side(
    workspace: &Workspace,
    (digest, page): (Digest, u32),
    proven: &BTreeMap<Digest, Vec<QuestionId>>,
) -> Result<Option<Side>, Error> {
    let document = workspace.catalog.document(&digest)?;
    Ok(document.map(|document| Side {
        document,
        page,
        proves: proven.get(&digest).cloned().unwrap_or_default(),
    }))
}

/// Returns the near-duplicates of a document as the first of each pair, with the other's path.
///
/// # Errors
/// When the catalog cannot be read.
pub fn of_document(
    workspace: &Workspace,
    digest: &Digest,
) -> Result<Vec<(NearDuplicate, String)>, Error> {
    let mut found = Vec::new();
    for near_duplicate in workspace.catalog.near_duplicates_of(digest)? {
        let seen = match near_duplicate.first == *digest {
            true => near_duplicate,
            false => near_duplicate.reversed(),
        };
        let other = workspace.catalog.document(&seen.second)?;
        let path = other.map(|other| other.path().to_owned());
        found.push((seen, path.unwrap_or_default()));
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

/// Returns the connected components of places that are near-duplicates. A relation is `reversed`
/// where its places are listed in the other order.
fn grouped<T: Copy>(pairs: &[(Place, Place, T)], reversed: fn(T) -> T) -> Vec<Group<T>> {
    let mut neighbours: BTreeMap<&Place, BTreeSet<&Place>> = BTreeMap::new();
    for (first, second, _) in pairs {
        neighbours.entry(first).or_default().insert(second);
        neighbours.entry(second).or_default().insert(first);
    }
    let mut left: BTreeSet<&Place> = neighbours.keys().copied().collect();
    let mut groups = Vec::new();
    while let Some(start) = left.pop_first() {
        let mut members = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(place) = open.pop() {
            for next in neighbours.get(place).into_iter().flatten() {
                if left.remove(next) {
                    members.insert(next);
                    open.push(next);
                }
            }
        }
        let places: Vec<Place> = members.into_iter().cloned().collect();
        let at = |place: &Place| places.binary_search(place).ok();
        let of_group = pairs.iter().filter_map(|(first, second, same)| {
            let (first, second) = (at(first)?, at(second)?);
            Some(match first <= second {
                true => (first, second, *same),
                false => (second, first, reversed(*same)),
            })
        });
        let mut of_group: Vec<_> = of_group.collect();
        of_group.sort_by_key(|(first, second, _)| (*first, *second));
        groups.push(Group {
            pairs: of_group,
            places: places.clone(),
        });
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tied_over_a_third_is_one_group() {
        let place = |path: &str| Place {
            path: path.into(),
            page: None,
            digest: crate::fixity::hash(path.as_bytes()),
        };
        let pairs = vec![
            (place("c"), place("a"), 1),
            (place("x"), place("y"), 2),
            (place("a"), place("b"), 3),
        ];
        let groups = grouped(&pairs, |same: i32| -same);
        let names = |group: &Group<i32>| {
            let paths = group.places.iter().map(|place| place.path.as_str());
            paths.collect::<String>()
        };
        let found: Vec<String> = groups.iter().map(names).collect();
        assert_eq!(found, ["abc", "xy"]);
        assert_eq!(groups[0].pairs, [(0, 1, 3), (0, 2, -1)]);
    }
}
