//! The last stage of indexing: finds near-duplicates of new documents among all documents. It
//! reads fingerprints from the catalog only; a run that is stopped here leaves the rest to the
//! next.

use crate::app::error::Error;
use crate::app::pool;
use crate::app::progress::Progress;
use crate::io::store::{Catalog, PhotoKey, TextRow};
use crate::model::{Digest, NearDuplicate, Similarity};
use crate::near_duplicate::{photo, text};
use std::collections::BTreeSet;

/// Compares the documents that were not compared yet, with one thread for each connection.
pub(super) fn compare(
    catalogs: &mut [Catalog],
    writing: &mut Catalog,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let new = writing.uncompared()?;
    if new.digests.is_empty() {
        return Ok(());
    }
    // All fingerprints are loaded; so only where there is a new one.
    let (photos_wanted, texts_wanted) = (new.has_photos, new.has_texts);
    let new = new.digests;
    let mut found = Vec::new();
    if photos_wanted {
        found = photos(catalogs, writing, &new, progress)?;
    }
    if texts_wanted {
        found.extend(texts(catalogs, writing, &new, progress)?);
    }
    if !progress.is_cancelled() {
        found.sort_by_key(|near_duplicate| (near_duplicate.first, near_duplicate.second));
        writing.put_near_duplicates(&found, &new)?;
    }
    Ok(())
}

fn photos(
    catalogs: &mut [Catalog],
    catalog: &Catalog,
    new: &BTreeSet<Digest>,
    progress: &dyn Progress,
) -> Result<Vec<NearDuplicate>, Error> {
    let mut keys: Vec<PhotoKey> = Vec::new();
    let mut fingerprints = photo::PhotoIndex::default();
    catalog.each_photo(|key, fingerprint| {
        keys.push(key);
        fingerprints.add(&fingerprint);
    })?;
    let is_new: Vec<bool> = keys
        .iter()
        .map(|(digest, _)| new.contains(digest))
        .collect();
    let pairs = fingerprints.pairs(|number| is_new.get(number as usize) == Some(&true));
    drop(fingerprints);
    let is_over = || progress.is_cancelled();
    let found = pool::filter_map(catalogs, &pairs, &is_over, &|catalog, (a, b)| {
        let (Some(a), Some(b)) = (keys.get(*a as usize), keys.get(*b as usize)) else {
            return Ok(None);
        };
        let (first, second) = (catalog.photo(a)?, catalog.photo(b)?);
        // The same region of one page, found as a whole and as a part of it.
        let is_itself = a.0 == b.0 && first.page == second.page;
        let same = (!is_itself).then(|| photo::same(&first, &second)).flatten();
        Ok(same.map(|same| NearDuplicate {
            first: a.0,
            second: b.0,
            how: Similarity::Photo {
                first_page: first.page,
                second_page: second.page,
                same,
            },
        }))
    })?;
    Ok(best_of_pages(found))
}

/// Keeps one near-duplicate for each pair of pages, the one with the most corners: a photo may
/// have a fingerprint with its frame and one without.
fn best_of_pages(mut found: Vec<NearDuplicate>) -> Vec<NearDuplicate> {
    let place = |near_duplicate: &NearDuplicate| match near_duplicate.how {
        Similarity::Photo {
            first_page,
            second_page,
            same,
        } => (first_page, second_page, std::cmp::Reverse(same.corners)),
        Similarity::Text(_) => (0, 0, std::cmp::Reverse(0)),
    };
    let pages = |near_duplicate: &NearDuplicate| {
        let (first, second, _) = place(near_duplicate);
        (near_duplicate.first, near_duplicate.second, first, second)
    };
    found.sort_by_key(|near_duplicate| (pages(near_duplicate), place(near_duplicate).2));
    found.dedup_by_key(|near_duplicate| pages(near_duplicate));
    found
}

fn texts(
    catalogs: &mut [Catalog],
    catalog: &Catalog,
    new: &BTreeSet<Digest>,
    progress: &dyn Progress,
) -> Result<Vec<NearDuplicate>, Error> {
    let rows: Vec<TextRow> = catalog.texts()?;
    let mut fingerprints = text::TextIndex::default();
    for row in &rows {
        fingerprints.add(&row.fingerprint, &row.facts);
    }
    let is_new: Vec<bool> = rows.iter().map(|row| new.contains(&row.digest)).collect();
    let pairs = fingerprints.pairs(|a, b| is_either(&is_new, a, b));
    let is_over = || progress.is_cancelled();
    pool::filter_map(catalogs, &pairs, &is_over, &|catalog, (a, b)| {
        let (Some(a), Some(b)) = (rows.get(*a as usize), rows.get(*b as usize)) else {
            return Ok(None);
        };
        if !text::may_be_one(&a.facts, &b.facts) {
            return Ok(None);
        }
        let (first, second) = (catalog.pages(&a.digest)?, catalog.pages(&b.digest)?);
        let same = text::same(&first, &second, text::are_named(&a.facts, &b.facts));
        Ok(same.map(|same| NearDuplicate {
            first: a.digest,
            second: b.digest,
            how: Similarity::Text(same),
        }))
    })
}

fn is_either(is_new: &[bool], a: u32, b: u32) -> bool {
    let new = |number: u32| is_new.get(number as usize) == Some(&true);
    new(a) || new(b)
}
