//! Whether the catalog is sound, what in it hangs in the air, and a copy of it for elsewhere.

use crate::io::store::log::index_all;
use crate::io::store::{Catalog, StoreError};
use rusqlite::params;
use std::path::Path;

/// What hangs in the air: rows whose other half is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loose {
    /// Paths whose content was never written down; the next run reads them again.
    pub locations: u64,
    /// Pages of contents that are not there.
    pub pages: u64,
    /// Links of contents that are not there.
    pub links: u64,
    /// Records of the log that cannot be found by what they are about.
    pub records: u64,
}

impl Loose {
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

    /// Counts what hangs in the air.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn loose(&self) -> Result<Loose, StoreError> {
        let without = |table: &str| {
            format!(
                "SELECT count(*) FROM {table} WHERE digest NOT IN (SELECT digest FROM content)"
            )
        };
        Ok(Loose {
            locations: self
                .count(&format!("SELECT count(*) FROM location WHERE {LOST}"), [])?,
            pages: self.count(&without("page"), [])?,
            links: self.count(&without("link"), [])?,
            records: self.unindexed_records()?,
        })
    }

    /// Ties up what hangs in the air: what was derived is dropped or derived anew, and paths
    /// without content are read by the next run. The log itself is not touched.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn tie_up(&mut self) -> Result<(), StoreError> {
        self.promise(|transaction| {
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
        let missing = self.lying("c.searchable = 0")?;
        Ok(self.lying("1")?.saturating_sub(missing))
    }

    /// Returns how many contents lie at some path: as many as the search index is to hold.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn lying_count(&self) -> Result<u64, StoreError> {
        self.lying("1")
    }

    fn lying(&self, which: &str) -> Result<u64, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM content c WHERE {which}
             AND EXISTS (SELECT 1 FROM location l WHERE l.digest = c.digest)"
        );
        self.count(&sql, [])
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
        assert_eq!(catalog.loose().unwrap(), Loose::default());
        let sql = "INSERT INTO page VALUES (x'00', 1, x'00');
                   INSERT INTO link VALUES (x'00', 'Q', 0.5, '{}');
                   INSERT INTO location (path, len, mtime_ns, digest, state, notes, present,
                       read_by) VALUES ('/a', 1, 1, x'00', NULL, '[]', 1, 'r');
                   DELETE FROM event_object;";
        catalog.connection.execute_batch(sql).unwrap();
        let loose = catalog.loose().unwrap();
        assert_eq!(
            (loose.locations, loose.pages, loose.links, loose.records),
            (1, 1, 1, 1)
        );
        catalog.tie_up().unwrap();
        assert_eq!(catalog.loose().unwrap(), Loose::default());
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
