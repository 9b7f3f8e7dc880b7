//! Opening the catalog: to write where that can be, else to read, so that an archive on a
//! write-protected disk, or on one that is full, can still be searched, shown and checked.

use super::Access;
use crate::io::store::{APPLICATION_ID, Catalog, MIGRATIONS, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{
    Connection, ErrorCode, MAIN_DB, OpenFlags, Transaction, TransactionBehavior,
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long a process waits for another that writes: longer than any batch takes.
const LINE_TIMEOUT: Duration = Duration::from_secs(10);

/// Bytes of a page of a new catalog. A content is two to three thousand: of pages of 4,096 bytes,
/// which `SQLite` would take, nearly half stayed empty.
const PAGE_BYTES: i64 = 8192;

impl Catalog {
    /// Makes a catalog in memory, for tests.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn in_memory() -> Result<Self, StoreError> {
        prepare(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    /// Makes a catalog at `path`, or opens the one that is there.
    ///
    /// # Errors
    /// When the file is not a catalog, is newer than this bukti, or the disk refuses.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "page_size", PAGE_BYTES)?;
        prepare(connection, path)
    }

    /// Opens the catalog at `path`; to read only, where it cannot be written.
    ///
    /// # Errors
    /// As [`create`](Self::create), and when there is none or it is empty.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Absent {
                path: path.to_owned(),
            });
        }
        if is_empty(path) && is_empty(&log_of(path)) {
            return Err(StoreError::Empty {
                path: path.to_owned(),
            });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags)
            .map_err(StoreError::from)
            .and_then(|connection| prepare(connection, path));
        match opened {
            Err(StoreError::Sqlite(error)) => match refusal(&error) {
                // What reading runs into, too, was no refusal to write.
                Some(access) => open_to_read(path, access),
                None => Err(error.into()),
            },
            opened => opened,
        }
    }

    /// Begins a transaction, or returns `None` where somebody is writing.
    pub(in crate::io::store) fn begin_at_once(
        &self,
    ) -> Result<Option<Transaction<'_>>, StoreError> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let begun = self.connection.unchecked_transaction();
        self.connection.busy_timeout(LINE_TIMEOUT)?;
        match begun {
            Ok(transaction) => Ok(Some(transaction)),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Returns what may be done with it.
    pub fn access(&self) -> Access {
        self.access
    }
}

/// Makes a connection ready, its catalog the newest version.
pub(crate) fn prepare(
    mut connection: Connection,
    path: &Path,
) -> Result<Catalog, StoreError> {
    connection.busy_timeout(LINE_TIMEOUT)?;
    // Every transaction here writes. One that began by reading could not write any more once
    // somebody else has: people decide while a run reads files.
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    plan_once(&connection)?;
    let (found, known) = version(&connection, path)?;
    // WAL with NORMAL: a crash loses at most the last batch, never the catalog; the next
    // run reads those files again.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    // Nothing is written where all is as it should be: who only reads waits for nobody.
    if found < known {
        let transaction = connection.transaction()?;
        for sql in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
            transaction.execute_batch(sql)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", known)?;
        transaction.commit()?;
    }
    let access = match connection.is_readonly(MAIN_DB)? {
        true => Access::Protected,
        false => Access::Write,
    };
    Ok(Catalog { connection, access })
}

/// Tells `SQLite` not to plan a statement anew for each value it is given: a quarter of a check
/// went there, and no plan here hangs on a value.
fn plan_once(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Opens a catalog that nobody can write to at the moment. `SQLite` is told that it does not
/// change (`immutable`): else it wants to put files beside it.
fn open_to_read(path: &Path, access: Access) -> Result<Catalog, StoreError> {
    let is_closed = is_empty(&log_of(path));
    let name = match is_closed {
        true => uri(path, "immutable=1"),
        false => uri(path, "mode=ro"),
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(name, flags)?;
    plan_once(&connection)?;
    let versions = version(&connection, path);
    let (found, known) = versions.map_err(|error| match is_closed {
        true => error,
        false => StoreError::Unclosed {
            path: path.to_owned(),
        },
    })?;
    match found < known {
        true => Err(StoreError::Older { found, known }),
        false => Ok(Catalog { connection, access }),
    }
}

/// Returns the version of a catalog, and the newest known here.
fn version(connection: &Connection, path: &Path) -> Result<(i64, i64), StoreError> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let pragma = |name: &str| connection.pragma_query_value(None, name, |r| r.get(0));
    let foreign = |e: rusqlite::Error| match e.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::Foreign {
            path: path.to_owned(),
        },
        _ => StoreError::Sqlite(e),
    };
    let found: i64 = pragma("user_version").map_err(foreign)?;
    let application: i64 = pragma("application_id")?;
    if (found != 0 || application != 0) && application != APPLICATION_ID {
        return Err(StoreError::Foreign {
            path: path.to_owned(),
        });
    }
    match found > known {
        true => Err(StoreError::Newer { found, known }),
        false => Ok((found, known)),
    }
}

/// Returns what is left to do with a catalog that could not be opened to write; `None` where
/// something else is wrong.
fn refusal(error: &rusqlite::Error) -> Option<Access> {
    match error.sqlite_error_code()? {
        ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
            Some(Access::Protected)
        }
        // The file that connections share (`-shm`) cannot be made as large as it must be.
        ErrorCode::DiskFull | ErrorCode::SystemIoFailure => Some(Access::Full),
        _ => None,
    }
}

/// Returns the file in which `SQLite` keeps what is not in the catalog yet.
fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Tells whether a file is empty, or not there.
fn is_empty(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |about| about.len() == 0)
}

/// Returns the name by which `SQLite` opens a file with a parameter.
fn uri(path: &Path, parameter: &str) -> String {
    use std::fmt::Write as _;
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut name = String::from("file:");
    if !whole.as_os_str().as_encoded_bytes().starts_with(b"/") {
        // A drive letter is no host.
        name.push_str("///");
    }
    for byte in whole.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => name.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                name.push(char::from(*byte));
            }
            b':' if cfg!(windows) => name.push(':'),
            _ => {
                let _ = write!(name, "%{byte:02x}");
            }
        }
    }
    format!("{name}?{parameter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_odd_characters_opens_as_a_uri() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a b%20#?é.sqlite");
        let catalog = Catalog::create(&path).unwrap();
        catalog.set("region", "Kabupaten Contoh").unwrap();
        assert_eq!(catalog.access(), Access::Write);
        drop(catalog);
        let read = open_to_read(&path, Access::Protected).unwrap();
        let region = read.get("region").unwrap();
        assert_eq!(region.as_deref(), Some("Kabupaten Contoh"));
        assert!(read.set("region", "x").is_err());
    }

    #[test]
    fn an_empty_file_is_told_and_not_made_a_catalog() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.sqlite");
        fs::write(&path, "").unwrap();
        let opened = Catalog::open(&path);
        assert!(matches!(opened, Err(StoreError::Empty { .. })));
        assert!(is_empty(&path), "it is left as it was");
    }

    #[test]
    fn an_older_catalog_that_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.sqlite");
        drop(Catalog::create(&path).unwrap());
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        drop(connection);
        let opened = open_to_read(&path, Access::Protected);
        assert!(matches!(opened, Err(StoreError::Older { found: 1, .. })));
    }
}
