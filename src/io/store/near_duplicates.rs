//! Tables of fingerprints and of near-duplicates. Both can be made again from the originals.

use super::row::Values;
use super::row::json;
use super::{Catalog, StoreError};
use crate::model::{
    Digest, DocumentFacts, NearDuplicate, PhotoFingerprint, TextFingerprint,
};
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;

/// The key of a photo: its document, and its number among the photos there.
pub type PhotoKey = (Digest, u32);

/// Two documents that are near-duplicates, by the number of what was found between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairKey {
    number: i64,
    /// The one with the smaller digest.
    pub first: Digest,
    /// The other; the same where a photo stands twice in one document.
    pub second: Digest,
}

/// The documents that were not compared yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uncompared {
    /// The documents.
    pub digests: BTreeSet<Digest>,
    /// Does the text of any of them have a fingerprint?
    pub has_texts: bool,
    /// Does any of them have a photo?
    pub has_photos: bool,
}

/// Condition of a query: the content `c` is present in a root.
const PRESENT: &str =
    "EXISTS (SELECT 1 FROM location l WHERE l.digest = c.digest AND l.present = 1)";

/// Tells whether the document in `column` of table `alike` is present.
fn present(column: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM location l WHERE l.digest = alike.{column} AND l.present = 1)"
    )
}

/// Returns the query of some columns of the documents that are present and whose text has a
/// fingerprint. Its order is the number that a text has in a comparison.
fn select_texts(columns: &str) -> String {
    format!(
        "SELECT {columns} FROM content c
         WHERE c.sketch IS NOT NULL AND {PRESENT} ORDER BY c.digest"
    )
}

pub(super) fn forget_near_duplicates(
    transaction: &Transaction<'_>,
    digest: &[u8],
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM alike WHERE first = ?1",
        "DELETE FROM alike WHERE second = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([digest])?;
    }
    Ok(())
}

impl Catalog {
    /// Returns the documents that were not compared with the others yet.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn uncompared(&self) -> Result<Uncompared, StoreError> {
        let sql = format!(
            "SELECT c.digest, c.sketch IS NOT NULL AS has_text,
                 EXISTS (SELECT 1 FROM photo p WHERE p.digest = c.digest) AS has_photo
             FROM content c WHERE compared = 0 AND {PRESENT}"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut found = Uncompared::default();
        while let Some(row) = rows.next()? {
            found.digests.insert(row.digest("digest")?);
            found.has_texts |= row.get::<_, bool>("has_text")?;
            found.has_photos |= row.get::<_, bool>("has_photo")?;
        }
        Ok(found)
    }

    /// Calls `each` with every photo of the documents that are present, in order, one at a time:
    /// all together would fill the memory. A fingerprint of an unknown version is left out.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn each_photo(
        &self,
        mut each: impl FnMut(PhotoKey, PhotoFingerprint),
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT c.digest, c.number, c.body FROM photo c WHERE {PRESENT}
             ORDER BY c.digest, c.number"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let digest = row.digest("digest")?;
            let body: Vec<u8> = row.get("body")?;
            if let Some(fingerprint) = PhotoFingerprint::from_bytes(&body) {
                each((digest, row.get("number")?), fingerprint);
            }
        }
        Ok(())
    }

    /// Returns the photos of a document, in order of number.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn photos(&self, digest: &Digest) -> Result<Vec<PhotoFingerprint>, StoreError> {
        let sql = "SELECT body FROM photo WHERE digest = ?1 ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([digest.as_bytes().as_slice()], |row| {
            row.get::<_, Vec<u8>>(0)
        })?;
        let broken = StoreError::Broken {
            column: "photo.body",
        };
        let bodies = rows.collect::<Result<Vec<_>, _>>()?;
        let fingerprints = bodies.iter().map(|body| PhotoFingerprint::from_bytes(body));
        fingerprints.collect::<Option<_>>().ok_or(broken)
    }

    /// Returns one photo.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn photo(
        &self,
        (digest, number): &PhotoKey,
    ) -> Result<PhotoFingerprint, StoreError> {
        let sql = "SELECT body FROM photo WHERE digest = ?1 AND number = ?2";
        let body: Vec<u8> = self
            .connection
            .prepare_cached(sql)?
            .query_row(params![digest.as_bytes().as_slice(), number], |row| {
                row.get(0)
            })?;
        PhotoFingerprint::from_bytes(&body).ok_or(StoreError::Broken {
            column: "photo.body",
        })
    }

    /// Calls `each` with the documents that are present and whose text has a fingerprint, and
    /// with their facts, in order, one at a time.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn each_text_facts(
        &self,
        mut each: impl FnMut(Digest, &DocumentFacts),
    ) -> Result<(), StoreError> {
        let sql = select_texts("c.digest, c.facts");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(
                row.digest("digest")?,
                &row.parsed("facts", "content.facts")?,
            );
        }
        Ok(())
    }

    /// Calls `each` with the fingerprints of the documents of [`Catalog::each_text_facts`], in
    /// the same order, one at a time: all together would fill the memory.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn each_text_fingerprint(
        &self,
        each: &mut dyn FnMut(&TextFingerprint),
    ) -> Result<(), StoreError> {
        let sql = select_texts("c.sketch");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get("sketch")?;
            let fingerprint = TextFingerprint::from_bytes(&bytes);
            each(&fingerprint.ok_or(StoreError::Broken {
                column: "content.sketch",
            })?);
        }
        Ok(())
    }

    /// Puts near-duplicates and marks documents as compared, in one transaction.
    ///
    /// # Errors
    /// When the catalog cannot be written: then none of it is.
    pub fn put_near_duplicates(
        &mut self,
        found: &[NearDuplicate],
        compared: &BTreeSet<Digest>,
    ) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        for digest in compared {
            let digest = digest.as_bytes().as_slice();
            forget_near_duplicates(&transaction, digest)?;
            transaction
                .prepare_cached("UPDATE content SET compared = 1 WHERE digest = ?1")?
                .execute([digest])?;
        }
        for alike in found {
            let sql = "INSERT INTO alike (first, second, body) VALUES (?1, ?2, ?3)";
            transaction.prepare_cached(sql)?.execute(params![
                alike.first.as_bytes().as_slice(),
                alike.second.as_bytes().as_slice(),
                json(alike, "alike.body")?,
            ])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Returns the near-duplicates of one document among those that are present, in order.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn near_duplicates_of(
        &self,
        digest: &Digest,
    ) -> Result<Vec<NearDuplicate>, StoreError> {
        let sql = format!(
            "SELECT body FROM alike WHERE (first = ?1 OR second = ?1) AND {} AND {}
             ORDER BY first, second, rowid",
            present("first"),
            present("second")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([digest.as_bytes().as_slice()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(row.parsed(0, "alike.body")?);
        }
        Ok(found)
    }

    /// Returns the pairs of documents that are present and near-duplicates, of photos or of texts,
    /// in order, each with its number.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn near_duplicate_pairs(
        &self,
        are_photos: bool,
    ) -> Result<Vec<PairKey>, StoreError> {
        let sql = format!(
            "SELECT rowid, first, second FROM alike
             WHERE json_extract(body, '$.how.what') = ?1 AND {} AND {}
             ORDER BY first, second, rowid",
            present("first"),
            present("second")
        );
        let what = if are_photos { "photo" } else { "text" };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([what])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(PairKey {
                number: row.get(0)?,
                first: row.digest(1)?,
                second: row.digest(2)?,
            });
        }
        Ok(found)
    }

    /// Returns the near-duplicates of a number.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn near_duplicate(
        &self,
        key: PairKey,
    ) -> Result<Option<NearDuplicate>, StoreError> {
        let sql = "SELECT body FROM alike WHERE rowid = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([key.number])?;
        match rows.next()? {
            Some(row) => Ok(Some(row.parsed(0, "alike.body")?)),
            None => Ok(None),
        }
    }

    /// Returns the documents that lie at more than one path, in order of the first.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn equal_files(&self) -> Result<Vec<Digest>, StoreError> {
        let sql = "SELECT digest FROM location
                   WHERE digest IS NOT NULL AND present = 1 AND state IS NULL
                   GROUP BY digest HAVING count(*) > 1 ORDER BY min(path)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(row.digest(0)?);
        }
        Ok(found)
    }

    /// Returns all near-duplicates among the documents that are present, in order.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn near_duplicates(&self) -> Result<Vec<NearDuplicate>, StoreError> {
        let sql = format!(
            "SELECT body FROM alike WHERE {} AND {} ORDER BY first, second, rowid",
            present("first"),
            present("second")
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(row.parsed(0, "alike.body")?);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ContentRecord, LocationRecord};
    use super::*;
    use crate::{
        fixity,
        model::{
            Extraction, FileState, MediaType, Page, Part, Raster, Ratio, SamePhoto,
            Similarity,
        },
    };

    fn photo(page: u32) -> PhotoFingerprint {
        PhotoFingerprint {
            page,
            rect: None,
            size: (640, 480),
            phash: u64::from(page),
            dhash: [0, 0],
            thumb: Raster {
                width: 1,
                height: 1,
                luma: vec![7],
            },
            corners: Vec::new(),
        }
    }

    fn content(name: &str) -> (ContentRecord, LocationRecord) {
        let digest = fixity::hash(name.as_bytes());
        let mut extraction = Extraction::without_pages(MediaType::Pdf);
        extraction.pages = vec![Page {
            photos: vec![photo(1), photo(1)],
            ..Page::empty(1, None)
        }];
        let content = ContentRecord {
            digest,
            len: 1,
            state: FileState::Indexed,
            extraction,
            recognised: crate::model::Recognised::default(),
            waiting: Vec::new(),
            members: 0,
            text_fingerprint: Some(TextFingerprint {
                len: 300,
                hashes: vec![1, 2],
            }),
        };
        let location = LocationRecord {
            path: format!("/{name}"),
            len: 1,
            mtime_ns: 0,
            digest: Some(digest),
            state: None,
            notes: Vec::new(),
        };
        (content, location)
    }

    #[test]
    fn fingerprints_are_kept_beside_the_page_and_pairs_forgotten_with_what_they_were_of()
    {
        let mut catalog = Catalog::in_memory().unwrap();
        let (a, at) = content("a");
        let (b, bt) = content("b");
        let all: BTreeSet<Digest> = [a.digest, b.digest].into();
        catalog
            .put("test", &[a.clone(), b.clone()], &[at, bt])
            .unwrap();
        assert_eq!(
            catalog.uncompared().unwrap(),
            Uncompared {
                digests: all.clone(),
                has_texts: true,
                has_photos: true
            }
        );
        assert_eq!(catalog.pages(&a.digest).unwrap(), [Page::empty(1, None)]);
        assert_eq!(catalog.photos(&a.digest).unwrap(), [photo(1), photo(1)]);
        assert_eq!(catalog.photo(&(a.digest, 1)).unwrap(), photo(1));
        let mut seen = 0;
        catalog.each_photo(|_, _| seen += 1).unwrap();
        assert_eq!(seen, 4);

        let alike = NearDuplicate {
            first: a.digest.min(b.digest),
            second: a.digest.max(b.digest),
            how: Similarity::Photo {
                first_page: 1,
                second_page: 1,
                same: SamePhoto {
                    part: Part::Whole,
                    mirrored: false,
                    quarters: 0,
                    likeness: Ratio::ONE,
                    corners: 9,
                },
            },
        };
        catalog.put_near_duplicates(&[alike], &all).unwrap();
        assert_eq!(catalog.near_duplicates().unwrap(), [alike]);
        assert_eq!(catalog.near_duplicates_of(&b.digest).unwrap(), [alike]);
        assert!(
            catalog
                .near_duplicates_of(&fixity::hash(b"c"))
                .unwrap()
                .is_empty()
        );
        assert!(catalog.uncompared().unwrap().digests.is_empty());

        catalog.put("test", &[b], &[]).unwrap();
        assert!(catalog.near_duplicates().unwrap().is_empty());
        assert_eq!(catalog.uncompared().unwrap().digests.len(), 1);
        catalog.mark_absent(&["/b".to_owned()]).unwrap();
        assert!(catalog.uncompared().unwrap().digests.is_empty());
    }

    #[test]
    fn texts_are_read_one_at_a_time_in_one_order() {
        let mut catalog = Catalog::in_memory().unwrap();
        let (a, at) = content("a");
        let (b, bt) = content("b");
        let all: BTreeSet<Digest> = [a.digest, b.digest].into();
        catalog.put("test", &[a, b], &[at, bt]).unwrap();
        let (mut texts, mut sketches) = (Vec::new(), 0);
        catalog
            .each_text_facts(|digest, _| texts.push(digest))
            .unwrap();
        catalog
            .each_text_fingerprint(&mut |_| sketches += 1)
            .unwrap();
        assert!(texts.iter().eq(&all));
        assert_eq!(sketches, 2);
    }
}
