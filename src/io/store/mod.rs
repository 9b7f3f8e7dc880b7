//! The catalog: one `SQLite` file that remembers every path ever seen, every content read, its
//! pages, facts and links. Apart from the search index, which can be rebuilt from it.

mod paths;
mod access;
mod activity;
mod decide;
mod health;
mod judged;
mod likeness;
mod log;
mod places;
mod read;
mod write;

pub use self::paths::fixity::DueRow;
pub use self::paths::forget::{Forgettable, Forgotten};
pub use self::paths::meet::{Recorded, RecordedRow};
pub use self::paths::work::{KnownRow, RemarkedRow, WaitingRow};
pub use access::Access;
pub use activity::{ActivityRow, Member};
pub use decide::{DecisionRow, Entry, undone};
pub use health::Loose;
pub use likeness::{PhotoKey, TextRow, Uncompared};
pub use log::StampRow;
pub use read::{ContentRow, DocumentRow, LocationRow};
pub use write::{ContentRecord, LocationRecord};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// Each migration brings the catalog from the version of its place in this list to the next.
const MIGRATIONS: [&str; 9] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
];

/// "bukt" in ASCII: marks the file as ours (`SQLite` `application_id`).
const APPLICATION_ID: i64 = 0x6275_6b74;

/// Says why the catalog cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no catalog.
    #[error("no catalog at `{path}`")]
    Absent {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("`{path}` is not a catalog of bukti")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file is empty: the disk was full, or a copy of it was cut short.
    #[error("`{path}` is empty")]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The catalog must be brought up to date, and it cannot be written.
    #[error("the catalog has version {found}, and it cannot be brought to {known}")]
    Older {
        /// Its version.
        found: i64,
        /// The version it should have.
        known: i64,
    },
    /// The last process that wrote to the catalog did not close it, and it cannot be written.
    #[error("`{path}` was not closed by who wrote to it last")]
    Unclosed {
        /// The file.
        path: PathBuf,
    },
    /// The catalog was made by a newer bukti.
    #[error("the catalog has version {found}, this bukti knows up to {known}")]
    Newer {
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// A value in the catalog cannot be understood.
    #[error("the catalog holds a broken value in `{column}`")]
    Broken {
        /// The column.
        column: &'static str,
    },
    /// Files were met on a walk that the catalog does not know: a mistake of ours, said aloud.
    #[error("{met} files were met, {recorded} are recorded")]
    Lost {
        /// Paths met.
        met: u64,
        /// Paths recorded.
        recorded: u64,
    },
    /// `SQLite` refused.
    #[error("the catalog cannot be read or written")]
    Sqlite(#[from] rusqlite::Error),
}

/// Is an open catalog. One process writes at a time; the archive's lock sees to that.
#[derive(Debug)]
pub struct Catalog {
    connection: Connection,
    access: Access,
}

impl Catalog {
    /// Makes a catalog in memory, for tests.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn in_memory() -> Result<Self, StoreError> {
        access::prepare(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    /// Gives this connection room for what a judgement of the whole archive looks up again and
    /// again; the others do with the 2 MiB that `SQLite` gives them.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn widen(&self) -> Result<(), StoreError> {
        /// In KiB, as `SQLite` counts where the figure is negative.
        const ROOM: i64 = 64 << 10;
        Ok(self.connection.pragma_update(None, "cache_size", -ROOM)?)
    }

    /// Begins to write. At once, so that what is read before the first write still holds.
    fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        let behaviour = TransactionBehavior::Immediate;
        Ok(self.connection.transaction_with_behavior(behaviour)?)
    }

    /// Does some work in one transaction that is on disk when this returns: not even a power
    /// cut takes it back.
    fn promise<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let level = |catalog: &Self, name: &str| {
            catalog.connection.pragma_update(None, "synchronous", name)
        };
        level(self, "full")?;
        let done = self.begin().and_then(|transaction| {
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        });
        level(self, "normal")?;
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileState;
    use std::path::MAIN_SEPARATOR_STR;

    #[test]
    fn a_catalog_opens_again_and_foreign_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.sqlite");
        assert!(matches!(
            Catalog::open(&path),
            Err(StoreError::Absent { .. })
        ));
        drop(Catalog::create(&path).unwrap());
        drop(Catalog::open(&path).unwrap());

        let text = folder.path().join("text");
        std::fs::write(
            &text,
            "not a database, but long enough to look at it".repeat(20),
        )
        .unwrap();
        assert!(matches!(
            Catalog::open(&text),
            Err(StoreError::Foreign { .. })
        ));

        let other = folder.path().join("other.sqlite");
        Connection::open(&other)
            .unwrap()
            .pragma_update(None, "user_version", 1)
            .unwrap();
        assert!(matches!(
            Catalog::open(&other),
            Err(StoreError::Foreign { .. })
        ));

        Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        assert!(matches!(
            Catalog::open(&path),
            Err(StoreError::Newer { found: 99, .. })
        ));
    }

    #[test]
    fn an_older_catalog_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.sqlite");
        let old = Connection::open(&path).unwrap();
        for sql in MIGRATIONS.iter().take(2) {
            old.execute_batch(sql).unwrap();
        }
        old.execute_batch(
            "INSERT INTO content (digest, len, media_type, state, page_count, unclear,
                notes, metadata, facts, reader, members)
             VALUES (x'00', 1, 'zip', 'unpacked', 0, '[]', '[]', '{}', '{}', 'r', 4);
             INSERT INTO location VALUES ('/a', 1, 5, x'00', NULL, '[]', 1),
                ('/b', 1, 5, NULL, 'unreadable', '[]', 1);",
        )
        .unwrap();
        old.pragma_update(None, "application_id", APPLICATION_ID)
            .unwrap();
        old.pragma_update(None, "user_version", 2).unwrap();
        drop(old);
        let catalog = Catalog::open(&path).unwrap();
        let sums = catalog.sums().unwrap();
        let expected = [FileState::Unpacked, FileState::Unreadable];
        assert_eq!(sums, expected.map(|state| (state, 1)).into());
        let root = MAIN_SEPARATOR_STR;
        let mut recorded = catalog.recorded(root, "r");
        if root == "/" {
            let row = recorded.at("/a").unwrap().unwrap();
            assert_eq!((row.is_read, row.members, row.mtime_ns), (true, 4, 5));
            assert!(!recorded.at("/b").unwrap().unwrap().is_read);
        }
    }
}
