//! Integrity of the catalog: checks, orphaned rows, and a copy for a backup.

use crate::io::store::log::index_all;
use crate::io::store::{Catalog, StoreError};
use rusqlite::params;
use std::path::Path;

/// Counts of orphans: rows that refer to a content that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Orphans {
    /// Paths whose content was never written down; the next run reads them again.
    pub locations: u64,
    /// Pages of contents that are not there.
    pub pages: u64,
    /// Links of contents that are not there.
    pub links: u64,
    /// Records of the log that cannot be found by what they are about.
    pub records: u64,
}

impl Orphans {
    /// Returns how many there are in all.
    pub fn sum(self) -> u64 {
        self.locations + self.pages + self.links + self.records
    }
}

/// Which locations have lost their content.
const LOST: &str = "digest IS NOT NULL AND state IS NULL AND read_by IS NOT NULL
    AND digest NOT IN (SELECT digest FROM content)";

impl Catalog {
    /// Returns what `SQLite` finds wrong with the file; empty where it is sound.
    ///
    /// # Errors
    /// When it cannot even be looked at.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(100)")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let said: Vec<String> = rows.collect::<Result<_, _>>()?;
        Ok(said.into_iter().filter(|line| line != "ok").collect())
    }

    /// Counts orphans.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn orphans(&self) -> Result<Orphans, StoreError> {
        let without = |table: &str| {
            format!(
                "SELECT count(*) FROM {table} WHERE digest NOT IN (SELECT digest FROM content)"
            )
        };
        Ok(Orphans {
            locations: self
                .count(&format!("SELECT count(*) FROM location WHERE {LOST}"), [])?,
            pages: self.count(&without("page"), [])?,
            links: self.count(&without("link"), [])?,
            records: self.unindexed_records()?,
        })
    }

    /// Repairs orphans: derived rows are deleted or derived anew, and the next run reads paths
    /// without content. The log itself is not touched.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn repair_orphans(&mut self) -> Result<(), StoreError> {
        self.durable_transaction(|transaction| {
            let lost = format!("UPDATE location SET read_by = NULL WHERE {LOST}");
            transaction.execute(&lost, [])?;
            for table in ["page", "link"] {
                let sql = format!(
                    "DELETE FROM {table} WHERE digest NOT IN (SELECT digest FROM content)"
                );
                transaction.execute(&sql, [])?;
            }
            index_all(transaction)
        })
    }

    /// Returns how many contents were put into the search index and lie at some path.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn searchable_count(&self) -> Result<u64, StoreError> {
        // What is not in it is few, and has an index; what is in it would be a walk over all.
        let sql = "SELECT count(*) FROM content c WHERE searchable = 0
                   AND digest NOT IN (SELECT digest FROM unplaced)";
        Ok(self.located_count()?.saturating_sub(self.count(sql, [])?))
    }

    /// Returns how many contents lie at some path: as many as the search index is to hold.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn located_count(&self) -> Result<u64, StoreError> {
        let unplaced = self.count("SELECT count(*) FROM unplaced", [])?;
        Ok(self.content_count()?.saturating_sub(unplaced))
    }

    /// Returns how many contents were ever read.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn content_count(&self) -> Result<u64, StoreError> {
        self.count("SELECT count(*) FROM content", [])
    }

    /// Writes a copy of the catalog as it is at this moment to `path`, which must not exist.
    /// Others may write meanwhile: the copy is of one moment, and they do not wait. (`VACUUM
    /// INTO` reads within one transaction; the page-wise backup begins anew at each write.)
    ///
    /// # Errors
    /// When the catalog cannot be read, or `path` cannot be written.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let path = path.to_string_lossy();
        self.connection
            .execute("VACUUM INTO ?1", params![path.as_ref()])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fixity::hash,
        model::{Event, EventObject, EventType},
    };

    #[test]
    fn what_hangs_in_the_air_is_counted_and_tied_up() {
        let mut catalog = Catalog::in_memory().unwrap();
        assert_eq!(catalog.integrity().unwrap(), [""; 0]);
        let event = Event::new(EventType::Decision, "2026-01-01T00:00:00Z")
            .about(EventObject::content(hash(b"abc")));
        catalog.append(&[event]).unwrap();
        assert_eq!(catalog.orphans().unwrap(), Orphans::default());
        let sql = "INSERT INTO page VALUES (x'00', 1, x'00');
                   INSERT INTO link VALUES (x'00', 'Q', 0.5, '{}');
                   INSERT INTO location (path, len, mtime_ns, digest, state, notes, present,
                       read_by) VALUES ('/a', 1, 1, x'00', NULL, '[]', 1, 'r');
                   DELETE FROM event_object;";
        catalog.connection.execute_batch(sql).unwrap();
        let orphans = catalog.orphans().unwrap();
        assert_eq!(
            (
                orphans.locations,
                orphans.pages,
                orphans.links,
                orphans.records
            ),
            (1, 1, 1, 1)
        );
        catalog.repair_orphans().unwrap();
        assert_eq!(catalog.orphans().unwrap(), Orphans::default());
    }

    #[test]
    fn a_copy_is_whole_and_writes_nothing_over() {
        let folder = tempfile::tempdir().unwrap();
        let catalog = Catalog::create(&folder.path().join("a.sqlite")).unwrap();
        catalog.set("region", "Contoh").unwrap();
        let copy = folder.path().join("b.sqlite");
        catalog.copy_to(&copy).unwrap();
        let copied = Catalog::open(&copy).unwrap();
        assert_eq!(copied.get("region").unwrap().as_deref(), Some("Contoh"));
        assert!(catalog.copy_to(&copy).is_err());
    }
}
