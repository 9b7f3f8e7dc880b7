//! The last stage of indexing: finds near-duplicates of new documents among all documents. It
//! reads fingerprints from the catalog only; a run that is stopped here leaves the rest to the
//! next.

use crate::app::error::Error;
use crate::app::pool;
use crate::app::progress::Progress;
use crate::io::store::{Catalog, PhotoKey};
use crate::model::{Digest, NearDuplicate, Similarity};
use crate::near_duplicate::text::{Identity, TextIndex, Words};
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

/// Candidates are compared a stripe at a time: those of a large archive do not fit into memory.
fn texts(
    catalogs: &mut [Catalog],
    catalog: &Catalog,
    new: &BTreeSet<Digest>,
    progress: &dyn Progress,
) -> Result<Vec<NearDuplicate>, Error> {
    let mut known: Vec<(Digest, Identity)> = Vec::new();
    catalog.each_text_facts(|digest, facts| {
        known.push((digest, Identity::from_facts(facts)));
    })?;
    let (digests, identities): (Vec<Digest>, Vec<Identity>) = known.into_iter().unzip();
    let is_new: Vec<bool> = digests.iter().map(|digest| new.contains(digest)).collect();
    let is_wanted = |number: u32| is_new.get(number as usize) == Some(&true);
    let index = TextIndex::read(&identities, is_wanted, |each| {
        catalog.each_text_fingerprint(each)
    })?;
    let compared = f64::from(index.compared());
    tracing::info!(texts = digests.len(), compared, "texts are compared");
    let both = |a: u32, b: u32| {
        let identity = |number: u32| identities.get(number as usize);
        identity(a).zip(identity(b))
    };
    let may_be_one = |a: u32, b: u32| {
        let is_new = is_wanted(a) || is_wanted(b);
        is_new && both(a, b).is_some_and(|(a, b)| text::may_be_one(a, b))
    };
    let are_named = |a, b| both(a, b).is_some_and(|(a, b)| text::are_named(a, b));
    let is_over = || progress.is_cancelled();
    let mut found = Vec::new();
    for stripe in index.stripes() {
        let pairs = index.pairs(stripe, may_be_one);
        let by_first: Vec<&[(u32, u32)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
        found.extend(pool::filter_map(
            catalogs,
            &by_first,
            &is_over,
            &|catalog, pairs| Ok(Some(same_texts(catalog, &digests, pairs, &are_named)?)),
        )?);
    }
    Ok(found.into_iter().flatten().collect())
}

/// Returns which of some pairs with one first document are one; its words are taken apart once.
fn same_texts(
    catalog: &Catalog,
    digests: &[Digest],
    pairs: &[(u32, u32)],
    are_named: &dyn Fn(u32, u32) -> bool,
) -> Result<Vec<NearDuplicate>, Error> {
    let words = |digest: &Digest| -> Result<Words, Error> {
        Ok(Words::from_pages(&catalog.pages(digest)?))
    };
    let mut own: Option<Words> = None;
    let mut found = Vec::new();
    for &(a, b) in pairs {
        let both = digests.get(a as usize).zip(digests.get(b as usize));
        let Some((first, second)) = both else {
            continue;
        };
        let own = match &mut own {
            Some(own) => own,
            none => none.insert(words(first)?),
        };
        let same = text::same(own, &words(second)?, are_named(a, b));
        found.extend(same.map(|same| NearDuplicate {
            first: *first,
            second: *second,
            how: Similarity::Text(same),
        }));
    }
    Ok(found)
}
