//! The queries of `verify`: the queue of files that are due, oldest check first, and the results of
//! checks.

use super::meet;
use crate::io::store::row::Values;
use crate::io::store::{Catalog, StoreError, log};
use crate::model::{Digest, Event, FixityCheck, FixityStatus, INSIDE};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::{BTreeMap, BTreeSet};

/// A file that is due for a fixity check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    /// The path.
    pub path: String,
    /// The digest it should have.
    pub digest: Digest,
    /// The length it had, in bytes.
    pub len: u64,
    /// When it was last checked, RFC 3339, UTC; `None` if never.
    pub checked: Option<String>,
}

impl Catalog {
    /// Fills the due queue with the files that are present and have a digest: first those never
    /// checked, then those whose check is oldest. With `before` (RFC 3339), files checked since
    /// then are left out. A file inside a container is checked with it and not enqueued. The queue
    /// is a temporary table of this connection.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn enqueue_due(&self, before: Option<&str>) -> Result<(), StoreError> {
        let sql = "CREATE TEMP TABLE IF NOT EXISTS due (
                     checked TEXT NOT NULL,              -- '' where never
                     path TEXT NOT NULL, digest BLOB NOT NULL, len INTEGER NOT NULL,
                     PRIMARY KEY (checked, path)) STRICT, WITHOUT ROWID;
                   DELETE FROM due;";
        self.connection.execute_batch(sql)?;
        let containers = self.containers()?;
        let sql = "SELECT l.path, l.digest, l.len, f.checked
             FROM location l LEFT JOIN fixity f ON f.path = l.path AND f.digest = l.digest
             WHERE l.present = 1 AND l.digest IS NOT NULL
               AND (?1 IS NULL OR f.checked IS NULL OR f.checked < ?1)";
        let transaction = self.connection.unchecked_transaction()?;
        {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([before])?;
            while let Some(row) = rows.next()? {
                let row = due_of(row)?;
                if !lies_inside(&row.path, &containers) {
                    self.enqueue(&row)?;
                }
            }
        }
        Ok(transaction.commit()?)
    }

    /// Adds a file to the due queue.
    ///
    /// # Errors
    /// When the catalog refuses.
    pub fn enqueue(&self, row: &DueRow) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO due (path, digest, len, checked)
                   VALUES (?1, ?2, ?3, ?4)";
        let len = i64::try_from(row.len).unwrap_or(i64::MAX);
        let checked = row.checked.as_deref().unwrap_or_default();
        let digest = row.digest.as_bytes().as_slice();
        let mut put = self.connection.prepare_cached(sql)?;
        put.execute(params![row.path, digest, len, checked])?;
        Ok(())
    }

    /// Returns the length of the due queue.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn due_count(&self) -> Result<u64, StoreError> {
        self.count("SELECT count(*) FROM due", [])
    }

    /// Returns the files that come after `after` in the due queue, at most `most`.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn next_due(
        &self,
        after: Option<&DueRow>,
        most: u32,
    ) -> Result<Vec<DueRow>, StoreError> {
        let sql = "SELECT path, digest, len, nullif(checked, '') AS checked FROM due
                   WHERE (due.checked, path) > (?1, ?2) ORDER BY due.checked, path LIMIT ?3";
        let checked = after.and_then(|row| row.checked.as_deref());
        let path = after.map_or("", |row| row.path.as_str());
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows =
            statement.query(params![checked.unwrap_or_default(), path, most])?;
        let mut next = Vec::new();
        while let Some(row) = rows.next()? {
            next.push(due_of(row)?);
        }
        Ok(next)
    }

    fn containers(&self) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT path FROM location WHERE members > 0";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns how many files are present but were never read, and have no digest.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn undigested_count(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM location WHERE present = 1 AND digest IS NULL
                   AND state NOT IN ('ignored', 'link')";
        self.count(sql, [])
    }

    /// Returns the documents that `verify` last found at none of their places: changed where some
    /// place has other bytes, else missing.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn unsound(&self) -> Result<BTreeMap<Digest, FixityStatus>, StoreError> {
        let sql = "SELECT l.digest, max(f.status = ?1) AS is_changed
            FROM location l LEFT JOIN fixity f
                ON f.path = l.path AND f.digest = l.digest AND f.status IN (?1, ?2)
            WHERE l.present = 1
                AND l.digest IN (SELECT digest FROM fixity WHERE status IN (?1, ?2))
            GROUP BY l.digest HAVING count(*) = count(f.path)";
        let mut statement = self.connection.prepare(sql)?;
        let (changed, missing) = (FixityStatus::Changed, FixityStatus::Missing);
        let mut rows = statement.query([changed.as_str(), missing.as_str()])?;
        let mut unsound = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let is_changed: bool = row.get("is_changed")?;
            let status = if is_changed { changed } else { missing };
            unsound.insert(row.digest("digest")?, status);
        }
        Ok(unsound)
    }

    /// Records the results of checks and their events, in one transaction.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn put_checks(
        &mut self,
        now: &str,
        checks: &[FixityCheck],
        events: &[Event],
    ) -> Result<(), StoreError> {
        self.durable_transaction(|transaction| {
            let mut put = transaction.prepare_cached(
                "INSERT OR REPLACE INTO fixity (path, digest, checked, status, found)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for check in checks {
                let found = check.found.as_ref().map(|d| d.as_bytes().as_slice());
                let expected = check.expected.as_bytes().as_slice();
                let status = check.status.as_str();
                put.execute(params![check.path, expected, now, status, found])?;
            }
            log::append(transaction, events)?;
            Ok(())
        })
    }

    /// Returns the folders and files that were ever given to `index`, in order.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn roots(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("SELECT DISTINCT roots FROM run")?;
        let mut rows = statement.query([])?;
        let mut roots = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let named: Vec<String> = row.parsed(0, "run.roots")?;
            roots.extend(named);
        }
        Ok(roots.into_iter().collect())
    }

    /// Returns how many files are present that lie below a folder, not counting what is
    /// inside containers.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn files_below(&self, folder: &str) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM location
                   WHERE present = 1 AND path >= ?1 AND path < ?2 AND instr(path, ?3) = 0";
        let bounds = meet::bounds(folder).pop_back();
        let (from, to) = bounds.unwrap_or_default();
        self.count(sql, [&from, &to, INSIDE])
    }

    /// Returns how many paths are present that are `root` or lie below it.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn present_below(&self, root: &str) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM location
                   WHERE present = 1 AND path >= ?1 AND path < ?2";
        let mut sum = 0;
        for (from, to) in meet::bounds(root) {
            sum += self.count(sql, [from, to])?;
        }
        Ok(sum)
    }

    /// Returns the contents that are present at a path.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn present_contents(&self) -> Result<BTreeSet<Digest>, StoreError> {
        let sql = "SELECT DISTINCT digest FROM location
                   WHERE present = 1 AND digest IS NOT NULL";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut digests = BTreeSet::new();
        while let Some(row) = rows.next()? {
            digests.insert(row.digest(0)?);
        }
        Ok(digests)
    }

    /// Returns the contents at a path and inside it, as a container.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn contents_at(&self, path: &str) -> Result<BTreeSet<Digest>, StoreError> {
        let sql = "SELECT digest FROM location WHERE present = 1 AND digest IS NOT NULL
                   AND (path = ?1 OR (path >= ?2 AND path < ?3))";
        let (from, to) = meet::inside(path);
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![path, from, to])?;
        let mut digests = BTreeSet::new();
        while let Some(row) = rows.next()? {
            digests.insert(row.digest(0)?);
        }
        Ok(digests)
    }

    /// Returns when a path was last checked, and how it was found.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn last_check(&self, path: &str) -> Result<Option<(String, String)>, StoreError> {
        let sql = "SELECT checked, status FROM fixity WHERE path = ?1";
        let row = self.connection.query_row(sql, [path], |row| {
            Ok((row.get("checked")?, row.get("status")?))
        });
        Ok(row.optional()?)
    }
}

fn due_of(row: &Row<'_>) -> Result<DueRow, StoreError> {
    Ok(DueRow {
        path: row.get("path")?,
        digest: row.digest("digest")?,
        len: row.unsigned("len")?,
        checked: row.get("checked")?,
    })
}

/// Tells whether a path lies in one of the containers.
fn lies_inside(path: &str, containers: &BTreeSet<String>) -> bool {
    path.match_indices(INSIDE).any(|(at, _)| {
        let outer = path.get(..at).unwrap_or_default();
        containers.contains(outer)
    })
}
