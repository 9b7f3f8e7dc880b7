//! Queries of the work that is left: files that need reading, contents with waiting pages, contents
//! that the search index lacks.

use super::meet::{MET_BELOW, bounds, inside};
use crate::io::store::read::state_of;
use crate::io::store::row::Values;
use crate::io::store::{Catalog, StoreError};
use crate::model::{Digest, FileState, Note};
use rusqlite::{OptionalExtension, named_params, params};
use std::collections::BTreeMap;

/// The state of a content, which decides whether a file needs reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownRow {
    /// How reading ended.
    pub state: FileState,
    /// Files directly inside.
    pub members: u32,
}

/// A content with pages that are still to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRow {
    /// Its digest.
    pub digest: Digest,
    /// A path at which it was met.
    pub path: String,
    /// The pages, from 1, in order.
    pub pages: Vec<u32>,
}

/// A content of which single pages are remarked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkedRow {
    /// Its digest.
    pub digest: Digest,
    /// All its notes.
    pub notes: Vec<Note>,
    /// Pages still to be read, from 1, in order.
    pub waiting: Vec<u32>,
}

impl Catalog {
    /// Returns what is known of a content, where `reader` has read it.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn known_content(
        &self,
        digest: &Digest,
        reader: &str,
    ) -> Result<Option<KnownRow>, StoreError> {
        let sql = "SELECT state, members FROM content WHERE digest = ?1 AND reader = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row: Option<(String, u32)> = statement
            .query_row(params![digest.as_bytes().as_slice(), reader], |row| {
                Ok((row.get("state")?, row.get("members")?))
            })
            .optional()?;
        let Some((state, members)) = row else {
            return Ok(None);
        };
        let state = state_of(&state)?;
        Ok(Some(KnownRow { state, members }))
    }

    /// Returns how many contents that are present have pages still to be read.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn waiting_count(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM content c WHERE c.waiting <> '[]' AND EXISTS
            (SELECT 1 FROM location l WHERE l.digest = c.digest AND l.present = 1)";
        self.count(sql, [])
    }

    /// Returns the contents with pages still to be read that a path below `roots` has which
    /// this connection's walk met, in order of path.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn waiting(&self, roots: &[String]) -> Result<Vec<WaitingRow>, StoreError> {
        // CROSS JOIN: few contents wait, so they come first.
        let sql = format!(
            "SELECT c.digest, min(l.path) AS path, c.waiting
            FROM content c CROSS JOIN location l USING (digest)
            WHERE c.waiting <> '[]' AND l.state IS NULL AND {MET_BELOW} GROUP BY c.digest"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut waiting: BTreeMap<Digest, WaitingRow> = BTreeMap::new();
        for (from, to) in roots.iter().flat_map(|root| bounds(root)) {
            let mut rows = statement.query(named_params! { ":from": from, ":to": to })?;
            while let Some(row) = rows.next()? {
                let row = WaitingRow {
                    digest: row.digest("digest")?,
                    path: row.get("path")?,
                    pages: row.parsed("waiting", "content.waiting")?,
                };
                waiting.entry(row.digest).or_insert(row);
            }
        }
        let mut waiting: Vec<WaitingRow> = waiting.into_values().collect();
        waiting.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(waiting)
    }

    /// Returns the indexed contents with notes on single pages that a path below `roots` has
    /// which this connection's walk met, in order of digest.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn remarked(&self, roots: &[String]) -> Result<Vec<RemarkedRow>, StoreError> {
        let sql = format!(
            "SELECT c.digest, c.notes, c.waiting
            FROM content c CROSS JOIN location l USING (digest)
            WHERE c.state = '{}' AND c.notes LIKE '%\"page\"%' AND l.state IS NULL
                AND {MET_BELOW}
            GROUP BY c.digest",
            FileState::Indexed.as_str()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut remarked: BTreeMap<Digest, RemarkedRow> = BTreeMap::new();
        for (from, to) in roots.iter().flat_map(|root| bounds(root)) {
            let mut rows = statement.query(named_params! { ":from": from, ":to": to })?;
            while let Some(row) = rows.next()? {
                let row = RemarkedRow {
                    digest: row.digest("digest")?,
                    notes: row.parsed("notes", "content.notes")?,
                    waiting: row.parsed("waiting", "content.waiting")?,
                };
                remarked.insert(row.digest, row);
            }
        }
        Ok(remarked.into_values().collect())
    }

    /// Returns the contents that the search index may lack, in order of digest.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn unsearchable(&self, most: u32) -> Result<Vec<Digest>, StoreError> {
        let sql =
            "SELECT digest FROM content WHERE searchable = 0 ORDER BY digest LIMIT ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([most])?;
        let mut digests = Vec::new();
        while let Some(row) = rows.next()? {
            digests.push(row.digest(0)?);
        }
        Ok(digests)
    }

    /// Returns the contents with text that another than `by` recognised, in order of digest.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn recognised_by_others(&self, by: &str) -> Result<Vec<Digest>, StoreError> {
        // Two ranges of the index, not `<>`: most often there is nothing to find, at every run.
        let sql = "SELECT digest FROM content WHERE state = ?1 AND linked_by < ?2
            UNION ALL SELECT digest FROM content WHERE state = ?1 AND linked_by > ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([FileState::Indexed.as_str(), by])?;
        let mut digests = Vec::new();
        while let Some(row) = rows.next()? {
            digests.push(row.digest(0)?);
        }
        digests.sort_unstable();
        Ok(digests)
    }

    /// Marks the files below a container as met, if nothing is left to do about any of them:
    /// all are recorded, none was out of reach, and `reader` has read what they hold. Returns
    /// whether that is so. With `retry_failed`, a file that failed is left to do.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn meet_members(
        &self,
        container: &str,
        members: u32,
        reader: &str,
        retry_failed: bool,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT path, state, outcome, members, read_by FROM location
            WHERE path >= ?1 AND path < ?2 AND present = 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let (from, to) = inside(container);
        let mut rows = statement.query([&from, &to])?;
        let mut paths: Vec<String> = Vec::new();
        let mut expected = u64::from(members);
        while let Some(row) = rows.next()? {
            let own: Option<String> = row.get("state")?;
            let own = own.map(|name| state_of(&name)).transpose()?;
            let content: Option<String> = row.get("outcome")?;
            let content = content.map(|name| state_of(&name)).transpose()?;
            let its_reader: Option<String> = row.get("read_by")?;
            let is_done = match (own, content) {
                (Some(FileState::Unreadable | FileState::Changed), _) | (None, None) => {
                    false
                }
                (None, Some(FileState::Failed)) if retry_failed => false,
                (None, Some(_)) => its_reader.as_deref() == Some(reader),
                (Some(_), _) => true,
            };
            if !is_done {
                return Ok(false);
            }
            expected += u64::from(row.get::<_, u32>("members")?);
            paths.push(row.get("path")?);
        }
        let complete = paths.len() as u64 == expected;
        if complete {
            for path in &paths {
                self.mark_met(path)?;
            }
        }
        Ok(complete)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fixity,
        io::store::{ContentRecord, LocationRecord},
        model::{Extraction, MediaType, NoteCode, Recognised},
    };

    fn content(name: &str, state: FileState, members: u32) -> ContentRecord {
        ContentRecord {
            digest: fixity::hash(name.as_bytes()),
            len: 1,
            state,
            extraction: Extraction::without_pages(MediaType::Zip),
            recognised: Recognised::default(),
            waiting: Vec::new(),
            members,
            text_fingerprint: None,
        }
    }

    fn location(path: &str, state: Option<FileState>) -> LocationRecord {
        let name = path.rsplit(['/', '»']).next().unwrap().trim();
        LocationRecord {
            path: path.into(),
            len: 1,
            mtime_ns: 0,
            digest: state.is_none().then(|| fixity::hash(name.as_bytes())),
            state,
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_container_is_settled_when_all_inside_is() {
        let mut catalog = Catalog::in_memory().unwrap();
        catalog.begin_walk().unwrap();
        let contents = [
            content("o.zip", FileState::Unpacked, 3),
            content("m.zip", FileState::Unpacked, 1),
            content("a", FileState::Indexed, 0),
        ];
        let mut locations = vec![
            location("/s/o.zip", None),
            location("/s/o.zip » m.zip", None),
            location("/s/o.zip » m.zip » a", None),
            location("/s/o.zip » a", None),
            location("/s/o.zip!", Some(FileState::Ignored)),
        ];
        let is_done = |catalog: &Catalog| {
            catalog.meet_members("/s/o.zip", 3, "test", false).unwrap()
        };
        catalog.put("test", &contents, &locations).unwrap();
        assert!(!is_done(&catalog), "one of three is not recorded");
        locations.push(location("/s/o.zip » b", Some(FileState::Link)));
        catalog.put("test", &[], &locations).unwrap();
        assert!(is_done(&catalog));
        assert!(!catalog.meet_members("/s/o.zip", 3, "newer", false).unwrap());
        let failed = content("a", FileState::Failed, 0);
        catalog.put("test", &[failed], &[]).unwrap();
        assert!(is_done(&catalog));
        assert!(!catalog.meet_members("/s/o.zip", 3, "test", true).unwrap());
        locations.push(location("/s/o.zip » a", Some(FileState::Unreadable)));
        catalog.put("test", &[], &locations).unwrap();
        assert!(!is_done(&catalog), "the next run heals");
    }

    #[test]
    fn pages_that_are_remarked_on_are_let_wait_again() {
        let mut catalog = Catalog::in_memory().unwrap();
        catalog.begin_walk().unwrap();
        let mut scan = content("a", FileState::Indexed, 0);
        scan.extraction.notes = vec![Note::page(NoteCode::ReaderDied, 7)];
        let mut other = content("b", FileState::Indexed, 0);
        other.extraction.notes = vec![Note::file(NoteCode::Repaired)];
        let locations = [location("/s/a", None), location("/s/b", None)];
        catalog.put("test", &[scan, other], &locations).unwrap();
        let roots = ["/s".replace('/', std::path::MAIN_SEPARATOR_STR)];
        let mut recorded = catalog.recorded(&roots[0], "test");
        for location in &locations {
            assert!(recorded.recorded_at(&location.path).unwrap().is_some());
        }
        let mut remarked = catalog.remarked(&roots).unwrap();
        assert_eq!(remarked.len(), 1);
        assert_eq!(remarked[0].notes, [Note::page(NoteCode::ReaderDied, 7)]);
        remarked[0].notes.clear();
        remarked[0].waiting = vec![7];
        catalog.put_waiting(&remarked).unwrap();
        assert_eq!(catalog.remarked(&roots).unwrap(), []);
        assert_eq!(catalog.waiting(&roots).unwrap()[0].pages, [7]);
    }

    #[test]
    fn contents_with_pages_left_are_listed_where_they_were_met() {
        let mut catalog = Catalog::in_memory().unwrap();
        catalog.begin_walk().unwrap();
        let mut record = content("a", FileState::Indexed, 0);
        record.waiting = vec![3, 4];
        let locations = [location("/s/b/a", None), location("/s/c/a", None)];
        catalog.put("test", &[record], &locations).unwrap();
        let roots = ["/s".replace('/', std::path::MAIN_SEPARATOR_STR)];
        assert_eq!(catalog.waiting(&roots[..0]).unwrap(), []);
        let mut recorded = catalog.recorded(&roots[0], "test");
        assert!(recorded.recorded_at(&locations[1].path).unwrap().is_some());
        let waiting = catalog.waiting(&roots).unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].path, "/s/c/a");
        assert_eq!(waiting[0].pages, [3, 4]);
    }
}
