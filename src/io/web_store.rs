//! What the web face keeps for its own use, in a file beside the catalog: sessions, what a person
//! saw last, views they saved. None of it is evidence, and it is in no package and no backup: where
//! it is lost, people come in anew.

use crate::io::store::StoreError;
use crate::model::Digest;
use rusqlite::{Connection, OptionalExtension, params};
use std::{path::Path, time::Duration};

/// How long a request waits for another that writes.
const TIMEOUT: Duration = Duration::from_secs(5);

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS session (
        id   BLOB PRIMARY KEY,       -- SHA-256 of the id: who reads this file cannot come in by it
        data TEXT NOT NULL,          -- JSON
        ends INTEGER NOT NULL        -- seconds since 1970
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS visit (
        person  TEXT PRIMARY KEY,
        session BLOB NOT NULL,       -- of the visit that goes on, as in session
        last    TEXT NOT NULL,       -- JSON: how everything stood when they last looked
        before  TEXT                 -- JSON: the same, of the visit before
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS view (
        id     INTEGER PRIMARY KEY,
        person TEXT NOT NULL,
        name   TEXT NOT NULL,
        query  TEXT NOT NULL,        -- of the address
        UNIQUE (person, name)
    ) STRICT;";

/// The file of the web face.
#[derive(Debug)]
pub struct WebStore {
    connection: Connection,
}

/// A session, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// What it holds, as JSON.
    pub data: String,
    /// When it ends, in seconds since 1970.
    pub ends: i64,
}

/// A view that somebody saved: filters under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The query of its address.
    pub query: String,
}

impl WebStore {
    /// Opens the file at `path`, or one in memory where that cannot be written: an archive on a
    /// write-protected disk can be looked at, too.
    ///
    /// # Errors
    /// When `SQLite` refuses even that.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        match Connection::open(path)
            .map_err(StoreError::from)
            .and_then(prepared)
        {
            Ok(store) => Ok(store),
            Err(error) => {
                tracing::warn!(%error, "sessions end with this process");
                prepared(Connection::open_in_memory()?)
            }
        }
    }

    /// Returns a session.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn session(&self, id: &Digest) -> Result<Option<SessionRow>, StoreError> {
        let sql = "SELECT data, ends FROM session WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([id.as_bytes().as_slice()], |row| {
            Ok(SessionRow {
                data: row.get(0)?,
                ends: row.get(1)?,
            })
        });
        Ok(row.optional()?)
    }

    /// Keeps a session, and drops those that ended before `now`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_session(
        &self,
        id: &Digest,
        row: &SessionRow,
        now: i64,
    ) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM session WHERE ends < ?1", [now])?;
        let sql = "INSERT INTO session (id, data, ends) VALUES (?1, ?2, ?3)
                   ON CONFLICT (id) DO UPDATE SET data = excluded.data, ends = excluded.ends";
        let id = id.as_bytes().as_slice();
        self.connection
            .prepare_cached(sql)?
            .execute(params![id, row.data, row.ends])?;
        Ok(())
    }

    /// Drops a session.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn drop_session(&self, id: &Digest) -> Result<(), StoreError> {
        let sql = "DELETE FROM session WHERE id = ?1";
        self.connection.execute(sql, [id.as_bytes().as_slice()])?;
        Ok(())
    }

    /// Keeps what a person sees in a session now, and returns what they saw last in the session
    /// before, both as JSON.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn visit(
        &self,
        person: &str,
        session: &Digest,
        body: &str,
    ) -> Result<Option<String>, StoreError> {
        let sql = "INSERT INTO visit (person, session, last) VALUES (?1, ?2, ?3)
                   ON CONFLICT (person) DO UPDATE SET
                       before = CASE WHEN session = excluded.session THEN before ELSE last END,
                       session = excluded.session,
                       last = excluded.last
                   RETURNING before";
        let session = session.as_bytes().as_slice();
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![person, session, body], |row| row.get(0))?)
    }

    /// Returns the views that a person saved, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn views(&self, person: &str) -> Result<Vec<SavedView>, StoreError> {
        let sql = "SELECT id, name, query FROM view WHERE person = ?1 ORDER BY name";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([person], |row| {
            Ok(SavedView {
                id: row.get(0)?,
                name: row.get(1)?,
                query: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Saves a view; one of the same name is replaced.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_view(
        &self,
        person: &str,
        name: &str,
        query: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO view (person, name, query) VALUES (?1, ?2, ?3)
                   ON CONFLICT (person, name) DO UPDATE SET query = excluded.query";
        self.connection.execute(sql, params![person, name, query])?;
        Ok(())
    }

    /// Drops a view of a person.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn drop_view(&self, person: &str, id: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM view WHERE person = ?1 AND id = ?2";
        self.connection.execute(sql, params![person, id])?;
        Ok(())
    }
}

fn prepared(connection: Connection) -> Result<WebStore, StoreError> {
    connection.busy_timeout(TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    // A power cut may cost the last session: somebody comes in anew.
    connection.pragma_update(None, "synchronous", "off")?;
    connection.execute_batch(TABLES)?;
    Ok(WebStore { connection })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity;

    #[test]
    fn sessions_are_kept_until_they_end() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("web.db");
        let store = WebStore::open(&file).unwrap();
        let [one, other] = [b"one", b"two"].map(|id| fixity::hash(id));
        let row = |ends| SessionRow {
            data: "{}".to_owned(),
            ends,
        };
        store.keep_session(&one, &row(100), 10).unwrap();
        drop(store);
        let store = WebStore::open(&file).unwrap();
        assert_eq!(store.session(&one).unwrap(), Some(row(100)));
        assert_eq!(store.session(&other).unwrap(), None);
        store.keep_session(&other, &row(300), 200).unwrap();
        assert_eq!(store.session(&one).unwrap(), None, "it has ended");
        store.drop_session(&other).unwrap();
        assert_eq!(store.session(&other).unwrap(), None);
    }

    #[test]
    fn a_visit_is_held_against_the_one_before() {
        let store = WebStore::open(Path::new("/nowhere/at/all")).unwrap();
        let [monday, friday] = [b"monday", b"friday"].map(|id| fixity::hash(id));
        let visit = |person, session, body| store.visit(person, session, body).unwrap();
        assert_eq!(visit("Sari", &monday, "1"), None);
        assert_eq!(visit("Sari", &monday, "2"), None);
        assert_eq!(visit("Budi", &friday, "9"), None);
        assert_eq!(visit("Sari", &friday, "3").as_deref(), Some("2"));
        assert_eq!(visit("Sari", &friday, "4").as_deref(), Some("2"));
        assert_eq!(visit("Sari", &monday, "5").as_deref(), Some("4"));
    }

    #[test]
    fn views_are_each_persons_own() {
        let store = WebStore::open(Path::new("/nowhere/at/all")).unwrap();
        store.save_view("Sari", "Lemah", "state=weak").unwrap();
        store.save_view("Sari", "Lemah", "state=invalid").unwrap();
        store.save_view("Budi", "Lemah", "state=missing").unwrap();
        let views = store.views("Sari").unwrap();
        assert_eq!(views.len(), 1);
        assert_eq!(views[0].query, "state=invalid");
        store.drop_view("Budi", views[0].id).unwrap();
        assert_eq!(store.views("Sari").unwrap(), views, "not Budi's to drop");
        store.drop_view("Sari", views[0].id).unwrap();
        assert_eq!(store.views("Sari").unwrap(), []);
    }
}
