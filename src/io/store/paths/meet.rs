//! Compares a walk over folders with the catalog: which paths are unchanged, and which were not
//! met again.
//!
//! This is a merge join: both sides come in the order of their paths, so that a share of any size
//! needs one pass and little memory. Only differences are noted, in temporary tables.

use crate::io::store::read::state_of;
use crate::io::store::row::Values;
use crate::io::store::{Catalog, StoreError};
use crate::model::{FileState, INSIDE};
use rusqlite::{Row, params};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, VecDeque},
    path::MAIN_SEPARATOR,
};

/// Rows fetched from the catalog at a time. Between two fetches no statement is open, so that
/// `SQLite` can checkpoint its write-ahead log.
const TAKEN: u32 = 512;

/// Condition of a query: the walk met location `l`, which lies within `:from` and `:to`.
pub(crate) const MET_BELOW: &str =
    "l.present = 1 AND l.path >= :from AND l.path < :to AND
    (l.path NOT IN (SELECT path FROM missed) OR l.path IN (SELECT path FROM met))";

/// What the catalog has about a path: enough to decide whether it must be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedRow {
    /// The path.
    pub path: String,
    /// Length in bytes.
    pub len: u64,
    /// Last change, nanoseconds since 1970, UTC.
    pub mtime_ns: i64,
    /// Its state, or that of its content.
    pub state: FileState,
    /// Does it have a content that the given reader has read?
    pub is_read: bool,
    /// Files directly inside.
    pub members: u32,
}

/// The recorded paths below a root, in order. Paths that the walk passes without meeting are
/// marked as missed.
#[derive(Debug)]
pub struct Recorded<'c> {
    catalog: &'c Catalog,
    reader: &'c str,
    /// Ranges of paths still to be fetched; the first bound is included, the second is not.
    bounds: VecDeque<(String, String)>,
    taken: VecDeque<RecordedRow>,
    /// The path asked for last.
    at: String,
}

impl Recorded<'_> {
    /// Returns what is recorded about `path`; `None` if nothing is, or if `path` does not come
    /// after the one of the call before.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn recorded_at(&mut self, path: &str) -> Result<Option<RecordedRow>, StoreError> {
        if path <= self.at.as_str() {
            return Ok(None);
        }
        path.clone_into(&mut self.at);
        while let Some(row) = self.next()? {
            match row.path.as_str().cmp(path) {
                Ordering::Less => self.catalog.mark_missed(&row.path)?,
                Ordering::Equal => return Ok(Some(row)),
                Ordering::Greater => {
                    self.taken.push_front(row);
                    break;
                }
            }
        }
        Ok(None)
    }

    /// Ends the comparison: the remaining recorded paths are marked as missed.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn finish(mut self) -> Result<(), StoreError> {
        while let Some(row) = self.next()? {
            self.catalog.mark_missed(&row.path)?;
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordedRow>, StoreError> {
        while self.taken.is_empty() {
            let Some((from, to)) = self.bounds.pop_front() else {
                return Ok(None);
            };
            let sql = "SELECT path, len, mtime_ns, coalesce(state, outcome),
                    state IS NULL AND read_by IS ?3, members
                 FROM location WHERE present = 1 AND path >= ?1 AND path < ?2
                 ORDER BY path LIMIT ?4";
            let mut statement = self.catalog.connection.prepare_cached(sql)?;
            let mut rows = statement.query(params![from, to, self.reader, TAKEN])?;
            while let Some(row) = rows.next()? {
                self.taken.push_back(recorded_of(row)?);
            }
            // Rows that this run has recorded lie before this point and are not fetched.
            if self.taken.len() as u64 == u64::from(TAKEN)
                && let Some(last) = self.taken.back()
            {
                self.bounds.push_front((after(&last.path), to));
            }
        }
        Ok(self.taken.pop_front())
    }
}

fn recorded_of(row: &Row<'_>) -> Result<RecordedRow, StoreError> {
    let state = row.get_ref(3)?.as_str();
    Ok(RecordedRow {
        path: row.get(0)?,
        len: row.unsigned(1)?,
        mtime_ns: row.get(2)?,
        state: state_of(state.unwrap_or_default())?,
        is_read: row.get(4)?,
        members: row.get(5)?,
    })
}

/// Returns the smallest text greater than `path`.
fn after(path: &str) -> String {
    format!("{path}\0")
}

/// Returns the bounds of the paths that are `root`, lie inside it as a container, or below it
/// as a folder, in this order, which is that of the paths.
pub(crate) fn bounds(root: &str) -> VecDeque<(String, String)> {
    let own = (root.to_owned(), after(root));
    let folder = root.strip_suffix(MAIN_SEPARATOR).unwrap_or(root);
    let next = char::from_u32(u32::from(MAIN_SEPARATOR) + 1).unwrap_or(char::MAX);
    let below = (
        format!("{folder}{MAIN_SEPARATOR}"),
        format!("{folder}{next}"),
    );
    match root.ends_with(MAIN_SEPARATOR) {
        true => [below].into(),
        false => [own, inside(root), below].into(),
    }
}

/// Returns the bounds of the paths inside a container.
pub(crate) fn inside(container: &str) -> (String, String) {
    let from = format!("{container}{INSIDE}");
    // INSIDE ends with a space; `!` is the character after it.
    let to = format!("{}!", from.trim_end());
    (from, to)
}

impl Catalog {
    /// Begins a walk: forgets which paths were met and missed.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn begin_walk(&self) -> Result<(), StoreError> {
        let sql = "CREATE TEMP TABLE IF NOT EXISTS met (path TEXT PRIMARY KEY)
                   STRICT, WITHOUT ROWID;
                   CREATE TEMP TABLE IF NOT EXISTS missed (path TEXT PRIMARY KEY)
                   STRICT, WITHOUT ROWID;
                   DELETE FROM met; DELETE FROM missed;";
        Ok(self.connection.execute_batch(sql)?)
    }

    /// Returns what the last walk left below `root`, with regard to what `reader` has read.
    pub fn recorded<'c>(&'c self, root: &str, reader: &'c str) -> Recorded<'c> {
        Recorded {
            catalog: self,
            reader,
            bounds: bounds(root),
            taken: VecDeque::new(),
            at: String::new(),
        }
    }

    /// Marks a path as met in this walk.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn mark_met(&self, path: &str) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO met (path) VALUES (?1)";
        self.connection.prepare_cached(sql)?.execute([path])?;
        Ok(())
    }

    /// Marks a recorded path as missed by this walk.
    fn mark_missed(&self, path: &str) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO missed (path) VALUES (?1)";
        self.connection.prepare_cached(sql)?.execute([path])?;
        Ok(())
    }

    /// Returns the paths that were there before and were not met now, in order; those below
    /// `spared` are not counted, because nobody could look there.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn not_met(&self, spared: &[String]) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT path FROM missed WHERE path NOT IN (SELECT path FROM met)
                   ORDER BY path";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut gone = Vec::new();
        while let Some(row) = rows.next()? {
            let path: String = row.get(0)?;
            if !spared.iter().any(|folder| is_below(&path, folder)) {
                gone.push(path);
            }
        }
        Ok(gone)
    }

    /// Returns how many of the paths met below `roots` are in which state: those noted as met,
    /// and `unchanged` others.
    ///
    /// # Errors
    /// When `SQLite` refuses, or a path was met and is not recorded.
    pub fn sums_of_met(
        &self,
        roots: &[String],
        unchanged: u64,
    ) -> Result<BTreeMap<FileState, u64>, StoreError> {
        let count = |sql| {
            self.connection
                .query_row(sql, [], |row| row.get::<_, i64>(0))
        };
        let any_missed = count("SELECT count(*) FROM missed")? > 0;
        let noted = count("SELECT count(*) FROM met")?;
        let sql = "SELECT EXISTS (SELECT 1 FROM missed WHERE path = ?1)
                   AND NOT EXISTS (SELECT 1 FROM met WHERE path = ?1)";
        let mut missed = self.connection.prepare(sql)?;
        let sums = self.sums_of(|path| {
            Ok(roots.iter().any(|root| is_below(path, root))
                && !(any_missed && missed.query_row([path], |row| row.get(0))?))
        })?;
        let met = u64::try_from(noted).unwrap_or(0) + unchanged;
        let recorded = sums.values().sum();
        match met == recorded {
            true => Ok(sums),
            false => Err(StoreError::Lost { met, recorded }),
        }
    }
}

/// Tells whether a path is `folder` or lies in it.
fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with(MAIN_SEPARATOR)
            || rest.starts_with(INSIDE)
            || folder.ends_with(MAIN_SEPARATOR)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::store::LocationRecord;

    fn catalog(paths: &[&str]) -> Catalog {
        let mut catalog = Catalog::in_memory().unwrap();
        let location = |path: &&str| LocationRecord {
            path: path.replace('/', std::path::MAIN_SEPARATOR_STR),
            len: 0,
            mtime_ns: 0,
            digest: None,
            state: Some(FileState::Ignored),
            notes: Vec::new(),
        };
        let locations: Vec<LocationRecord> = paths.iter().map(location).collect();
        catalog.put("test", &[], &locations).unwrap();
        catalog.begin_walk().unwrap();
        catalog
    }

    fn native(path: &str) -> String {
        path.replace('/', std::path::MAIN_SEPARATOR_STR)
    }

    #[test]
    fn what_was_not_met_is_gone_but_not_where_nobody_could_look() {
        let catalog = catalog(&["/s/a", "/s/b/c", "/s/b2/c", "/t/d"]);
        let mut recorded = catalog.recorded(&native("/s"), "test");
        assert!(recorded.recorded_at(&native("/s/a")).unwrap().is_some());
        recorded.finish().unwrap();
        let gone = catalog.not_met(&[]).unwrap();
        assert_eq!(gone, [native("/s/b/c"), native("/s/b2/c")]);
        let gone = catalog.not_met(&[native("/s/b")]).unwrap();
        assert_eq!(gone, [native("/s/b2/c")]);
        assert!(catalog.not_met(&[native("/s")]).unwrap().is_empty());
    }

    #[test]
    fn two_lists_in_order_are_compared_whatever_either_lacks() {
        let mut paths: Vec<String> = (0..2000).map(|n| format!("/s/{n:04}")).collect();
        paths.extend(
            ["/s", "/s » m", "/s!", "/s0", "/s/0007 » m", "/s/0007/x"].map(Into::into),
        );
        let names: Vec<&str> = paths.iter().map(String::as_str).collect();
        let catalog = catalog(&names);
        let mut recorded = catalog.recorded(&native("/s"), "test");
        for n in (0..2000).filter(|n| n % 7 == 0) {
            let found = recorded
                .recorded_at(&native(&format!("/s/{n:04}")))
                .unwrap();
            assert!(found.is_some(), "{n}");
            let new = recorded
                .recorded_at(&native(&format!("/s/{n:04}new")))
                .unwrap();
            assert_eq!(new, None);
        }
        assert_eq!(
            recorded.recorded_at(&native("/s/0000")).unwrap(),
            None,
            "it came before"
        );
        recorded.finish().unwrap();
        let gone = catalog.not_met(&[]).unwrap();
        let met = (0..2000).filter(|n| n % 7 == 0).count();
        assert_eq!(gone.len(), 2000 - met + 4, "and nothing beside the root");
        assert!(gone.contains(&native("/s » m")));
        assert!(!gone.contains(&native("/s!")));
        let sums = catalog.sums_of_met(&[native("/s")], met as u64).unwrap();
        assert_eq!(sums, BTreeMap::from([(FileState::Ignored, met as u64)]));
    }

    #[test]
    fn a_path_met_but_not_recorded_is_noticed() {
        let catalog = catalog(&["/s/a"]);
        catalog.mark_met(&native("/s/a")).unwrap();
        let sums = catalog.sums_of_met(&[native("/s")], 0).unwrap();
        assert_eq!(sums, BTreeMap::from([(FileState::Ignored, 1)]));
        catalog.mark_met("/s/lost").unwrap();
        assert!(matches!(
            catalog.sums_of_met(&[native("/s")], 0),
            Err(StoreError::Lost {
                met: 2,
                recorded: 1
            })
        ));
    }
}
