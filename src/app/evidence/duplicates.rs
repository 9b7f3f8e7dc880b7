//! Duplicates in the archive: the same bytes, the same document read twice, the same photo. They
//! were found by indexing; here they are grouped for people.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::model::{Digest, FileState, NearDuplicate, SamePhoto, SameText, Similarity};
use std::collections::{BTreeMap, BTreeSet};

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
