//! Queries of documents, paths, pages and links.

use super::row::{Values, digest_of, parse};
use super::{Catalog, StoreError};
use crate::model::{
    Digest, DocumentFacts, Extraction, FileState, INSIDE, Link, MediaType, Metadata,
    Note, NoteCode, Page, Ratio,
};
use flate2::read::DeflateDecoder;
use rusqlite::{OptionalExtension, Row};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
};

/// A content with its facts, without pages and links.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentRow {
    /// Its digest.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// Its format.
    pub media_type: MediaType,
    /// How reading ended.
    pub state: FileState,
    /// Pages as the file declares them.
    pub page_count: u32,
    /// The pages that are hard to read, from 1.
    pub unclear: Vec<u32>,
    /// Mean confidence of the OCR; `None` where none ran.
    pub ocr_confidence: Option<Ratio>,
    /// Notes of reading.
    pub notes: Vec<Note>,
    /// Metadata of the file.
    pub metadata: Metadata,
    /// Facts of the document.
    pub facts: DocumentFacts,
    /// Pages whose picture was not read yet, from 1.
    pub waiting: Vec<u32>,
    /// Files directly inside.
    pub members: u32,
}

/// A path with its state, the content's state taken into account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationRow {
    /// The path.
    pub path: String,
    /// Length in bytes.
    pub len: u64,
    /// Last change, nanoseconds since 1970, UTC.
    pub mtime_ns: i64,
    /// The content, where the bytes could be had.
    pub digest: Option<Digest>,
    /// The state of this path; of equal files the first path in order is the document, the
    /// others are duplicates.
    pub state: FileState,
    /// Remarks about the path and, behind them, about the content.
    pub notes: Vec<Note>,
    /// Whether the last walk of its folder met it.
    pub present: bool,
}

/// A document: a content, and every path at which it was ever seen.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRow {
    /// The content.
    pub content: ContentRow,
    /// Its paths in order, the present ones first.
    pub paths: Vec<(String, bool)>,
}

impl DocumentRow {
    /// Returns the path a person would look at first.
    pub fn path(&self) -> &str {
        self.paths.first().map_or("", |(path, _)| path)
    }

    /// Returns the places its bytes can be had from: files of their own first, then those in
    /// containers.
    pub fn sources(&self) -> Vec<&str> {
        let present = self.paths.iter().filter(|(_, present)| *present);
        let mut sources: Vec<&str> = present.map(|(path, _)| path.as_str()).collect();
        sources.sort_by_key(|path| path.contains(INSIDE));
        sources
    }
}

pub(super) fn state_of(name: &str) -> Result<FileState, StoreError> {
    FileState::from_name(name).ok_or(StoreError::Broken { column: "state" })
}

const CONTENT: &str = "digest, len, media_type, state, page_count, unclear, ocr, notes, metadata, facts, waiting, members";

fn content_of(row: &Row<'_>) -> Result<ContentRow, StoreError> {
    let media_type = format!("\"{}\"", row.get_ref(2)?.as_str().unwrap_or_default());
    Ok(ContentRow {
        digest: row.digest(0)?,
        len: row.unsigned(1)?,
        media_type: parse(&media_type, "content.media_type")?,
        state: state_of(row.get_ref(3)?.as_str().unwrap_or_default())?,
        page_count: row.get(4)?,
        unclear: row.parsed(5, "content.unclear")?,
        ocr_confidence: row.get::<_, Option<f64>>(6)?.map(|n| Ratio::new(n as f32)),
        notes: row.parsed(7, "content.notes")?,
        metadata: row.parsed(8, "content.metadata")?,
        facts: row.parsed(9, "content.facts")?,
        waiting: row.parsed(10, "content.waiting")?,
        members: row.get(11)?,
    })
}

fn page_of(row: &Row<'_>) -> Result<Page, StoreError> {
    let body: Vec<u8> = row.get("body")?;
    let mut text = String::new();
    let inflated = DeflateDecoder::new(body.as_slice()).read_to_string(&mut text);
    inflated.map_err(|_| StoreError::Broken {
        column: "page.body",
    })?;
    parse(&text, "page.body")
}

/// A query of locations with their contents, and whether each is the first of equal files.
pub(super) const LOCATION: &str =
    "SELECT l.path, l.len, l.mtime_ns, l.digest, l.state, l.notes,
        l.present, c.state, c.notes,
        (SELECT min(o.path) FROM location o
         WHERE o.digest = l.digest AND o.present = 1 AND o.state IS NULL) AS first
     FROM location l LEFT JOIN content c USING (digest)";

pub(super) fn location_of(row: &Row<'_>) -> Result<LocationRow, StoreError> {
    let path: String = row.get(0)?;
    let own: Option<String> = row.get(4)?;
    let content: Option<String> = row.get(7)?;
    let first: Option<String> = row.get(9)?;
    let digest: Option<Vec<u8>> = row.get(3)?;
    let present: bool = row.get(6)?;
    let mut notes: Vec<Note> = row.parsed(5, "location.notes")?;
    let state = match (own, content) {
        (Some(own), _) => state_of(&own)?,
        (None, Some(content)) => state_of(&content)?,
        (None, None) => {
            return Err(StoreError::Broken {
                column: "location.state",
            });
        }
    };
    let is_copy = present && first.as_deref().is_some_and(|first| first != path);
    let state = match (state, first) {
        (FileState::Indexed, Some(first)) if is_copy => {
            notes.push(Note::file(crate::model::NoteCode::SameBytes).with(first));
            FileState::Duplicate
        }
        (state, _) => {
            let more: Option<String> = row.get(8)?;
            let more: Option<Vec<Note>> =
                more.map(|text| parse(&text, "content.notes")).transpose()?;
            notes.extend(more.unwrap_or_default());
            state
        }
    };
    Ok(LocationRow {
        path,
        len: row.unsigned(1)?,
        mtime_ns: row.get(2)?,
        digest: digest.map(|d| digest_of(&d)).transpose()?,
        state,
        notes,
        present,
    })
}

impl Catalog {
    /// Returns the value of a setting of the archive.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM archive WHERE key = ?1";
        Ok(self
            .connection
            .query_row(sql, [key], |row| row.get(0))
            .optional()?)
    }

    /// Returns a document with its paths.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn document(&self, digest: &Digest) -> Result<Option<DocumentRow>, StoreError> {
        let sql = format!("SELECT {CONTENT} FROM content WHERE digest = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([digest.as_bytes().as_slice()])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let content = content_of(row)?;
        Ok(Some(DocumentRow {
            content,
            paths: self.paths(digest)?,
        }))
    }

    /// Returns every document that is present, in order of digest.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, StoreError> {
        let sql = "SELECT digest, path FROM location
                   WHERE digest IS NOT NULL AND present = 1 ORDER BY digest, path";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut paths: BTreeMap<Vec<u8>, Vec<(String, bool)>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            paths
                .entry(row.get(0)?)
                .or_default()
                .push((row.get(1)?, true));
        }
        let sql = format!("SELECT {CONTENT} FROM content ORDER BY digest");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(paths) = paths.remove(&row.get::<_, Vec<u8>>(0)?) {
                documents.push(DocumentRow {
                    content: content_of(row)?,
                    paths,
                });
            }
        }
        Ok(documents)
    }

    /// Calls `each` with every content that was read as a document, in order of digest, also those
    /// whose files are all gone. Contents for which `wants` is false are not
    /// loaded; one document is in memory at a time.
    ///
    /// # Errors
    /// When the catalog cannot be read, or one of the two says so.
    pub fn each_document<E: From<StoreError>>(
        &self,
        mut wants: impl FnMut(&Digest) -> Result<bool, E>,
        mut take: impl FnMut(DocumentRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql =
            format!("SELECT {CONTENT} FROM content WHERE state = ?1 ORDER BY digest");
        let read = |e: rusqlite::Error| E::from(StoreError::from(e));
        let mut statement = self.connection.prepare(&sql).map_err(read)?;
        let mut rows = statement
            .query([FileState::Indexed.as_str()])
            .map_err(read)?;
        while let Some(row) = rows.next().map_err(read)? {
            let blob = row.get_ref(0).map_err(read)?.as_blob();
            let broken = |_| StoreError::Broken { column: "digest" };
            let digest = digest_of(blob.map_err(broken)?)?;
            if !wants(&digest)? {
                continue;
            }
            let paths = self.paths(&digest)?;
            if paths.is_empty() {
                // Its file was replaced by another version.
                continue;
            }
            let content = content_of(row)?;
            take(DocumentRow { content, paths })?;
        }
        Ok(())
    }

    /// Returns what was recognised in every document that amends or repeals others.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn relating(&self) -> Result<Vec<(Digest, DocumentFacts)>, StoreError> {
        self.facts_by(
            "SELECT digest, facts FROM content c INDEXED BY content_relating
             WHERE relates = 1 AND state = ?1
             AND EXISTS (SELECT 1 FROM location l WHERE l.digest = c.digest)
             ORDER BY digest",
        )
    }

    /// Returns what was recognised in every document that bears a printed code.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn coded(&self) -> Result<Vec<(Digest, DocumentFacts)>, StoreError> {
        self.facts_by(
            "SELECT digest, facts FROM content c INDEXED BY content_coded
             WHERE coded = 1 AND state = ?1
             AND EXISTS (SELECT 1 FROM location l WHERE l.digest = c.digest)
             ORDER BY digest",
        )
    }

    fn facts_by(&self, sql: &str) -> Result<Vec<(Digest, DocumentFacts)>, StoreError> {
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([FileState::Indexed.as_str()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let facts = row.parsed("facts", "content.facts")?;
            found.push((row.digest("digest")?, facts));
        }
        Ok(found)
    }

    /// Counts the documents that are present.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn document_count(&self) -> Result<u32, StoreError> {
        let sql = "SELECT count(*) FROM content c WHERE state = ?1
                   AND EXISTS (SELECT 1 FROM location l
                       WHERE l.digest = c.digest AND l.present = 1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([FileState::Indexed.as_str()], |row| row.get(0))?)
    }

    /// Returns the first `most` of some contents, in the order of the path at which a person would
    /// look for each; a content that lies at no path is left out.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn first_by_path(
        &self,
        contents: &BTreeSet<Digest>,
        most: usize,
    ) -> Result<Vec<Digest>, StoreError> {
        /// From here on a walk over the paths finds the first sooner than a look at each.
        const MANY: usize = 1_000;
        if contents.len() > MANY {
            return self.first_met(contents, most);
        }
        let mut first = Vec::with_capacity(contents.len());
        for digest in contents {
            if let Some((path, _)) = self.paths(digest)?.into_iter().next() {
                first.push((path, *digest));
            }
        }
        first.sort_unstable();
        first.truncate(most);
        Ok(first.into_iter().map(|(_, digest)| digest).collect())
    }

    /// Returns the same by a walk over all paths in their order, which ends early.
    fn first_met(
        &self,
        contents: &BTreeSet<Digest>,
        most: usize,
    ) -> Result<Vec<Digest>, StoreError> {
        let sql = "SELECT digest, present FROM location WHERE digest IS NOT NULL
                   ORDER BY path";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let (mut met, mut first) = (BTreeSet::new(), Vec::new());
        while first.len() < most.min(contents.len())
            && let Some(row) = rows.next()?
        {
            let digest = row.digest(0)?;
            if !contents.contains(&digest) || met.contains(&digest) {
                continue;
            }
            // One that is there is looked for where it is, not where it was.
            if row.get(1)? || !self.is_present(&digest)? {
                met.insert(digest);
                first.push(digest);
            }
        }
        Ok(first)
    }

    fn is_present(&self, digest: &Digest) -> Result<bool, StoreError> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM location WHERE digest = ?1 AND present = 1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([digest.as_bytes().as_slice()], |row| row.get(0))?)
    }

    /// Returns the contents that lie at no path: replaced or forgotten.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn unplaced(&self) -> Result<BTreeSet<Digest>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT digest FROM unplaced")?;
        let mut rows = statement.query([])?;
        let mut found = BTreeSet::new();
        while let Some(row) = rows.next()? {
            found.insert(row.digest(0)?);
        }
        Ok(found)
    }

    fn paths(&self, digest: &Digest) -> Result<Vec<(String, bool)>, StoreError> {
        let sql = "SELECT path, present FROM location WHERE digest = ?1
                   ORDER BY present DESC, path";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([digest.as_bytes().as_slice()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the pages of a content, in order.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn pages(&self, digest: &Digest) -> Result<Vec<Page>, StoreError> {
        let sql = "SELECT body FROM page WHERE digest = ?1 ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([digest.as_bytes().as_slice()])?;
        let mut pages = Vec::new();
        while let Some(row) = rows.next()? {
            pages.push(page_of(row)?);
        }
        Ok(pages)
    }

    /// Returns one page of a content, by its number from 1.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn page(&self, digest: &Digest, number: u32) -> Result<Option<Page>, StoreError> {
        let sql = "SELECT body FROM page WHERE digest = ?1 AND number = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((digest.as_bytes().as_slice(), number))?;
        rows.next()?.map(page_of).transpose()
    }

    /// Returns the extraction of a document, as it was when it was recognised.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn extraction(&self, document: &DocumentRow) -> Result<Extraction, StoreError> {
        let content = &document.content;
        let mut pages = self.pages(&content.digest)?;
        for photo in self.photos(&content.digest)? {
            let page = pages.iter_mut().find(|page| page.number == photo.page);
            if let Some(page) = page {
                page.photos.push(photo);
            }
        }
        Ok(Extraction {
            media_type: content.media_type,
            page_count: content.page_count,
            pages,
            metadata: content.metadata.clone(),
            notes: content.notes.clone(),
        })
    }

    /// Returns the links of a content as they were suggested, best first.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn links(&self, digest: &Digest) -> Result<Vec<Link>, StoreError> {
        let sql =
            "SELECT body FROM link WHERE digest = ?1 ORDER BY confidence DESC, question";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([digest.as_bytes().as_slice()])?;
        let mut links = Vec::new();
        while let Some(row) = rows.next()? {
            links.push(row.parsed(0, "link.body")?);
        }
        Ok(links)
    }

    /// Calls `each` with the links of one content after another, as they were suggested, best
    /// first, in order of digest.
    ///
    /// # Errors
    /// When the catalog cannot be read, or `each` fails.
    pub fn each_links<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(Digest, Vec<Link>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql =
            "SELECT digest, body FROM link ORDER BY digest, confidence DESC, question";
        let mut statement = self.connection.prepare(sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        let mut open: Option<(Digest, Vec<Link>)> = None;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let digest = row.digest(0)?;
            let link = row.parsed(1, "link.body")?;
            match &mut open {
                Some((of, links)) if *of == digest => links.push(link),
                _ => {
                    if let Some((of, links)) = open.replace((digest, vec![link])) {
                        each(of, links)?;
                    }
                }
            }
        }
        open.map_or(Ok(()), |(of, links)| each(of, links))
    }

    /// Returns the location of a path.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn location(&self, path: &str) -> Result<Option<LocationRow>, StoreError> {
        let sql = format!("{LOCATION} WHERE l.path = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([path])?;
        rows.next()?.map(location_of).transpose()
    }

    /// Returns the paths that are present in one of `states`, in order. It does not tell
    /// duplicates apart.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn locations_in(
        &self,
        states: &[FileState],
    ) -> Result<Vec<LocationRow>, StoreError> {
        let names: Vec<String> =
            states.iter().map(|s| format!("'{}'", s.as_str())).collect();
        let names = names.join(", ");
        let sql = format!(
            "{LOCATION} WHERE l.path IN (
                SELECT path FROM location WHERE present = 1 AND state IN ({names})
                UNION ALL
                SELECT o.path FROM content b CROSS JOIN location o USING (digest)
                WHERE b.state IN ({names}) AND o.present = 1 AND o.state IS NULL)
             ORDER BY l.path"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut locations = Vec::new();
        while let Some(row) = rows.next()? {
            locations.push(location_of(row)?);
        }
        Ok(locations)
    }

    /// Returns the present paths whose content was read and has a note with one of these
    /// codes, in order; of equal files the first.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn locations_noting(
        &self,
        codes: &[NoteCode],
    ) -> Result<Vec<LocationRow>, StoreError> {
        let codes = serde_json::to_string(codes).unwrap_or_default();
        let sql = format!(
            "{LOCATION} WHERE l.path IN (
                SELECT min(o.path) FROM content b INDEXED BY content_noted
                    CROSS JOIN location o USING (digest)
                WHERE b.state IN ('indexed', 'unpacked') AND b.notes <> '[]'
                    AND EXISTS (SELECT 1 FROM json_each(iif(json_valid(b.notes), b.notes, '[]')) n
                        WHERE n.value ->> 'code' IN (SELECT value FROM json_each(?1)))
                    AND o.present = 1 AND o.state IS NULL
                GROUP BY o.digest)
             ORDER BY l.path"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([codes])?;
        let mut locations = Vec::new();
        while let Some(row) = rows.next()? {
            locations.push(location_of(row)?);
        }
        Ok(locations)
    }

    /// Returns the number of present paths in each state.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn sums(&self) -> Result<BTreeMap<FileState, u64>, StoreError> {
        self.sums_of(|_| Ok(true))
    }

    /// Returns the number of present paths that are `wanted` in each state. Scans the indexes in
    /// their own order, once, so that it is cheap in an archive of any size.
    pub(super) fn sums_of(
        &self,
        mut wanted: impl FnMut(&str) -> Result<bool, StoreError>,
    ) -> Result<BTreeMap<FileState, u64>, StoreError> {
        let mut sums = BTreeMap::new();
        let broken = |_| StoreError::Broken { column: "location" };
        let sql =
            "SELECT state, path FROM location WHERE state IS NOT NULL AND present = 1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if wanted(row.get_ref(1)?.as_str().map_err(broken)?)? {
                let state = state_of(row.get_ref(0)?.as_str().map_err(broken)?)?;
                *sums.entry(state).or_default() += 1;
            }
        }
        let sql = "SELECT digest, path, outcome FROM location INDEXED BY location_digest
                   WHERE state IS NULL AND present = 1
                   ORDER BY digest, present, state, path";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut last: Option<Vec<u8>> = None;
        while let Some(row) = rows.next()? {
            let digest = row.get_ref(0)?.as_blob_or_null().map_err(broken)?;
            let is_copy = digest.is_some() && digest == last.as_deref();
            if wanted(row.get_ref(1)?.as_str().map_err(broken)?)? {
                let state = state_of(row.get_ref(2)?.as_str().map_err(broken)?)?;
                let state = match state {
                    FileState::Indexed if is_copy => FileState::Duplicate,
                    state => state,
                };
                *sums.entry(state).or_default() += 1;
            }
            if !is_copy {
                last = digest.map(<[u8]>::to_vec);
            }
        }
        Ok(sums)
    }

    /// Returns the number of paths that the last walk of their folder did not meet.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn gone_count(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM location WHERE present = 0";
        self.count(sql, [])
    }

    /// Returns the digests that begin with the hexadecimal digits `prefix`, at most two.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn by_prefix(&self, prefix: &str) -> Result<Vec<Digest>, StoreError> {
        let sql =
            "SELECT digest FROM content WHERE lower(hex(digest)) LIKE ?1 || '%' LIMIT 2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([prefix.to_ascii_lowercase()])?;
        let mut digests = Vec::new();
        while let Some(row) = rows.next()? {
            digests.push(row.digest(0)?);
        }
        Ok(digests)
    }

    /// Returns the contents seen at a path that ends with `suffix`, at most two.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn by_path_end(&self, suffix: &str) -> Result<Vec<Digest>, StoreError> {
        let sql = "SELECT DISTINCT digest FROM location
                   WHERE digest IS NOT NULL AND present = 1
                     AND substr(path, -length(?1)) = ?1 LIMIT 2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([suffix])?;
        let mut digests = Vec::new();
        while let Some(row) = rows.next()? {
            digests.push(row.digest(0)?);
        }
        Ok(digests)
    }

    /// Returns the contents seen at a path that ends with `suffix` once it is `spelled`, at most
    /// two. Goes through every path.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn by_path_end_as(
        &self,
        suffix: &str,
        spelled: fn(&str) -> String,
    ) -> Result<Vec<Digest>, StoreError> {
        let sql = "SELECT path, digest FROM location
                   WHERE digest IS NOT NULL AND present = 1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut digests = BTreeSet::new();
        while let Some(row) = rows.next()?
            && digests.len() < 2
        {
            let broken = |_| StoreError::Broken {
                column: "location.path",
            };
            let path = row.get_ref(0)?.as_str().map_err(broken)?;
            if spelled(path).ends_with(suffix) {
                digests.insert(row.digest(1)?);
            }
        }
        Ok(digests.into_iter().collect())
    }

    /// Returns the last run: when it began, when it ended (`None`: interrupted).
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn last_run(&self) -> Result<Option<(String, Option<String>)>, StoreError> {
        let sql = "SELECT started, ended FROM run ORDER BY id DESC LIMIT 1";
        let run = self
            .connection
            .query_row(sql, [], |r| Ok((r.get(0)?, r.get(1)?)));
        Ok(run.optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Catalog, ContentRecord, LocationRecord};
    use super::*;
    use crate::{fixity, model::Recognised};

    fn location(path: &str, digest: Option<Digest>) -> LocationRecord {
        LocationRecord {
            path: path.into(),
            len: 3,
            mtime_ns: 7,
            digest,
            state: digest.is_none().then_some(FileState::Unreadable),
            notes: Vec::new(),
        }
    }

    fn filled() -> (Catalog, Digest) {
        let mut catalog = Catalog::in_memory().unwrap();
        let digest = fixity::hash(b"abc");
        let mut extraction = Extraction::without_pages(MediaType::Text);
        extraction.pages.push(Page::empty(1, None));
        let content = ContentRecord {
            digest,
            len: 3,
            state: FileState::Indexed,
            extraction,
            recognised: Recognised::default(),
            waiting: Vec::new(),
            members: 0,
            text_fingerprint: None,
        };
        let locations = [
            location("/b", Some(digest)),
            location("/a", Some(digest)),
            location("/c", None),
        ];
        catalog.put("test", &[content], &locations).unwrap();
        (catalog, digest)
    }

    #[test]
    fn documents_with_a_code_are_found_and_no_others() {
        let (catalog, digest) = filled();
        assert_eq!(catalog.coded().unwrap(), []);
        let facts = r#"{"codes":[{"role":"signature","value":"https://contoh.go.id/d/12345",
            "confidence":0.98,"rule":"code.footer"}]}"#;
        let sql = "UPDATE content SET facts = ?1";
        catalog.connection.execute(sql, [facts]).unwrap();
        let found = catalog.coded().unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, digest);
        let code = &found[0].1.codes[0];
        assert_eq!(code.fact.value, "https://contoh.go.id/d/12345");
    }

    #[test]
    fn equal_files_are_one_document_and_every_path_has_a_state() {
        let (catalog, digest) = filled();
        let all = catalog.locations_in(&[FileState::Indexed, FileState::Unreadable]);
        let met: Vec<(String, FileState)> = all
            .unwrap()
            .into_iter()
            .map(|row| (row.path, row.state))
            .collect();
        assert_eq!(
            met,
            [
                ("/a".to_owned(), FileState::Indexed),
                ("/b".to_owned(), FileState::Duplicate),
                ("/c".to_owned(), FileState::Unreadable),
            ]
        );
        let one_each = [
            FileState::Indexed,
            FileState::Duplicate,
            FileState::Unreadable,
        ];
        assert_eq!(catalog.sums().unwrap(), one_each.map(|s| (s, 1)).into());
        let document = catalog.document(&digest).unwrap().unwrap();
        assert_eq!(document.path(), "/a");
        assert_eq!(document.paths.len(), 2);
        assert_eq!(catalog.pages(&digest).unwrap(), [Page::empty(1, None)]);
        let page = |number| catalog.page(&digest, number).unwrap();
        assert_eq!(
            [0, 1, 2].map(page),
            [None, Some(Page::empty(1, None)), None]
        );
        assert_eq!(catalog.documents().unwrap(), [document]);
    }

    #[test]
    fn when_the_first_of_equal_files_goes_the_next_takes_its_place() {
        let (mut catalog, _) = filled();
        catalog.mark_absent(&["/a".to_owned()]).unwrap();
        let row = catalog.location("/b").unwrap().unwrap();
        assert_eq!(row.state, FileState::Indexed);
        assert!(!catalog.location("/a").unwrap().unwrap().present);
    }

    #[test]
    fn a_content_is_unplaced_once_its_last_path_holds_another() {
        let (mut catalog, old) = filled();
        let new = fixity::hash(b"new");
        assert_eq!(catalog.unplaced().unwrap(), [].into());
        catalog
            .put("test", &[], &[location("/a", Some(new))])
            .unwrap();
        assert_eq!(
            catalog.unplaced().unwrap(),
            [].into(),
            "it lies at /b still"
        );
        catalog.put("test", &[], &[location("/b", None)]).unwrap();
        assert_eq!(catalog.unplaced().unwrap(), [old].into());
        assert_eq!(
            (
                catalog.content_count().unwrap(),
                catalog.located_count().unwrap()
            ),
            (1, 0)
        );
        assert_eq!(catalog.searchable_count().unwrap(), 0);
        catalog
            .put("test", &[], &[location("/d", Some(old))])
            .unwrap();
        assert_eq!(catalog.unplaced().unwrap(), [].into());
    }

    #[test]
    fn the_first_by_path_are_the_same_by_a_walk_and_by_a_look_at_each() {
        let mut catalog = Catalog::in_memory().unwrap();
        let digest = |n: u32| fixity::hash(&n.to_le_bytes());
        // The third lay at the very first path and lies at the last one now; the fourth is gone.
        let paths = ["/0", "/5", "/1", "/9", "/2", "/6", "/8"];
        let of = [3, 1, 2, 3, 2, 4, 1].map(digest);
        let locations = paths
            .iter()
            .zip(of)
            .map(|(path, of)| location(path, Some(of)));
        let locations: Vec<LocationRecord> = locations.collect();
        catalog.put("test", &[], &locations).unwrap();
        let absent = ["/0", "/6"].map(str::to_owned);
        catalog.mark_absent(&absent).unwrap();
        let asked: BTreeSet<Digest> = (1..=5).map(digest).collect();
        for most in 0..=5 {
            let by_look = catalog.first_by_path(&asked, most).unwrap();
            let all = [2, 1, 4, 3].map(digest);
            assert_eq!(by_look, all[..most.min(4)]);
            assert_eq!(catalog.first_met(&asked, most).unwrap(), by_look);
        }
    }

    #[test]
    fn a_content_is_unsearchable_until_the_index_has_it() {
        let (mut catalog, digest) = filled();
        assert_eq!(catalog.unsearchable(10).unwrap(), [digest]);
        catalog.mark_searchable(&[digest]).unwrap();
        assert!(catalog.unsearchable(10).unwrap().is_empty());
        assert_eq!(
            catalog
                .known_content(&digest, "test")
                .unwrap()
                .map(|known| known.state),
            Some(FileState::Indexed)
        );
        assert_eq!(catalog.known_content(&digest, "other").unwrap(), None);
        assert_eq!(catalog.by_prefix("ba78").unwrap(), [digest]);
        assert_eq!(catalog.by_path_end("b").unwrap(), [digest]);
    }
}
