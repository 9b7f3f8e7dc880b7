//! The open catalog: its migrations, its errors, its transactions.

pub(crate) mod access;
pub(crate) mod health;

use rusqlite::{Connection, Transaction};
use std::path::PathBuf;

/// Each migration brings the catalog from the version of its place in this list to the next.
pub(super) const MIGRATIONS: [&str; 17] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
    include_str!("migrations/0010.sql"),
    include_str!("migrations/0011.sql"),
    include_str!("migrations/0012.sql"),
    include_str!("migrations/0013.sql"),
    include_str!("migrations/0014.sql"),
    include_str!("migrations/0015.sql"),
    include_str!("migrations/0016.sql"),
    include_str!("migrations/0017.sql"),
];

/// "bukt" in ASCII: marks the file as ours (`SQLite` `application_id`).
pub(super) const APPLICATION_ID: i64 = 0x6275_6b74;

/// The reason why the catalog cannot be used.
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
    /// The walk met files that the catalog does not have: a bug of bukti.
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

/// What may be done with an open catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing.
    Write,
    /// Reading; the file, its folder or its disk is write-protected.
    Protected,
    /// Reading; the disk has no room left for what `SQLite` keeps beside an open catalog.
    Full,
}

/// An open catalog. One run writes at a time, and people record beside it; the archive's locks see
/// to that.
#[derive(Debug)]
pub struct Catalog {
    pub(super) connection: Connection,
    pub(super) access: Access,
}

impl Catalog {
    /// Enlarges the page cache of this connection, for a check of the whole archive. Other
    /// connections use the 2 MiB that `SQLite` gives them.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn enlarge_cache(&self) -> Result<(), StoreError> {
        /// In KiB, as `SQLite` counts where the figure is negative.
        const ROOM: i64 = 64 << 10;
        Ok(self.connection.pragma_update(None, "cache_size", -ROOM)?)
    }

    /// Begins a write transaction, in which what is read before the first write still holds.
    pub(super) fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.connection.transaction()?)
    }

    /// Runs `work` in one transaction that is on the disk when this returns and survives a power
    /// cut.
    pub(super) fn durable_transaction<T>(
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
