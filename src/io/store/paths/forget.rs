//! Letting paths go: a share that came back under another path, a folder indexed by mistake.
//! What was read and decided stays, by content; only where it lay is struck out, and the log
//! says so.

use super::meet;
use crate::io::store::row::Values;
use crate::io::store::row::json;
use crate::io::store::{Catalog, StoreError, log};
use crate::model::{Digest, Event, EventObject, EventType, FileState};
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;

/// Objects named in one record of the log: a share of 100,000 files is some hundred records.
const OBJECTS: usize = 1_000;

/// What there is to let go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forgettable {
    /// Paths, files inside containers among them.
    pub paths: u64,
    /// Documents that lie elsewhere, too.
    pub elsewhere: u64,
    /// Documents that lie nowhere else.
    pub lone: BTreeSet<Digest>,
}

/// Who lets go, and when.
#[derive(Debug, Clone)]
pub struct Forgotten<'a> {
    /// The time, RFC 3339, UTC.
    pub time: &'a str,
    /// Who; the program where nobody is named.
    pub author: Option<&'a str>,
}

impl Catalog {
    /// Finds the paths that are `roots`, inside them as containers, or below them as folders, and
    /// keeps it in mind for [`forget`](Self::forget).
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn forgettable(&self, roots: &[String]) -> Result<Forgettable, StoreError> {
        self.connection.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS forgotten (path TEXT PRIMARY KEY) WITHOUT ROWID;
             DELETE FROM forgotten;",
        )?;
        for (from, to) in roots.iter().flat_map(|root| meet::bounds(root)) {
            let sql = "INSERT OR IGNORE INTO forgotten
                       SELECT path FROM location WHERE path >= ?1 AND path < ?2";
            self.connection.execute(sql, [from, to])?;
        }
        let sql = "SELECT count(*) FROM forgotten";
        let mut found = Forgettable {
            paths: self.count(sql, [])?,
            ..Forgettable::default()
        };
        let sql = "SELECT DISTINCT l.digest, EXISTS (
                SELECT 1 FROM location o WHERE o.digest = l.digest AND o.present = 1
                    AND o.path NOT IN (SELECT path FROM forgotten)) AS elsewhere
             FROM forgotten JOIN location l USING (path) JOIN content c USING (digest)
             WHERE l.state IS NULL AND c.state = ?1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([FileState::Indexed.as_str()])?;
        while let Some(row) = rows.next()? {
            match row.get("elsewhere")? {
                true => found.elsewhere += 1,
                false => {
                    let digest = row.digest("digest")?;
                    found.lone.insert(digest);
                }
            }
        }
        Ok(found)
    }

    /// Removes what [`forgettable`](Self::forgettable) found last on this connection, and
    /// `roots` as folders given to `index`; tells the log, in one transaction. The contents are
    /// to be made searchable again, under the paths they have left.
    ///
    /// # Errors
    /// When the catalog cannot be written: then all stays as it is.
    pub fn forget(
        &mut self,
        roots: &[String],
        by: &Forgotten<'_>,
    ) -> Result<(), StoreError> {
        self.durable_transaction(|transaction| {
            let events = events(transaction, roots, by)?;
            for sql in [
                "UPDATE content SET searchable = 0 WHERE digest IN
                    (SELECT digest FROM location WHERE path IN (SELECT path FROM forgotten))",
                "DELETE FROM fixity WHERE path IN (SELECT path FROM forgotten)",
                "DELETE FROM location WHERE path IN (SELECT path FROM forgotten)",
            ] {
                transaction.execute(sql, [])?;
            }
            forget_roots(transaction, roots)?;
            log::append(transaction, &events)?;
            Ok(())
        })
    }
}

/// Returns what the log is told: every content with the path it lay at.
fn events(
    transaction: &Transaction<'_>,
    roots: &[String],
    by: &Forgotten<'_>,
) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT path, digest FROM location
               WHERE digest IS NOT NULL AND path IN (SELECT path FROM forgotten)
               ORDER BY path";
    let mut statement = transaction.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut objects = Vec::new();
    while let Some(row) = rows.next()? {
        let digest = row.digest("digest")?;
        objects.push(EventObject {
            path: Some(row.get("path")?),
            ..EventObject::content(digest)
        });
    }
    let event = |objects: &[EventObject]| Event {
        objects: objects.to_vec(),
        ..Event::new(EventType::Deaccession, by.time)
            .by(by.author.unwrap_or(Event::PROGRAM))
            .with("path", roots.join("\n"))
    };
    Ok(match objects.is_empty() {
        true => vec![event(&[])],
        false => objects.chunks(OBJECTS).map(event).collect(),
    })
}

/// Strikes folders out of those given to `index`, so that nobody misses them any more.
fn forget_roots(
    transaction: &Transaction<'_>,
    roots: &[String],
) -> Result<(), StoreError> {
    let is_let_go = |name: &String| {
        let mut bounds = roots.iter().flat_map(|root| meet::bounds(root));
        bounds.any(|(from, to)| *name >= from && *name < to)
    };
    let mut statement = transaction.prepare("SELECT id, roots FROM run")?;
    let mut rows = statement.query([])?;
    let mut changed = Vec::new();
    while let Some(row) = rows.next()? {
        let mut named: Vec<String> = row.parsed("roots", "run.roots")?;
        let before = named.len();
        named.retain(|name| !is_let_go(name));
        if named.len() < before {
            changed.push((row.get::<_, i64>("id")?, json(&named, "run.roots")?));
        }
    }
    let mut update = transaction.prepare("UPDATE run SET roots = ?2 WHERE id = ?1")?;
    for (id, named) in changed {
        update.execute(params![id, named])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fixity,
        io::store::{ContentRecord, LocationRecord},
        model::{Extraction, MediaType, Recognised},
    };
    use std::path::MAIN_SEPARATOR_STR as SEP;

    fn content(name: &str) -> ContentRecord {
        ContentRecord {
            digest: fixity::hash(name.as_bytes()),
            len: 1,
            state: FileState::Indexed,
            extraction: Extraction::without_pages(MediaType::Text),
            recognised: Recognised::default(),
            waiting: Vec::new(),
            members: 0,
            text_fingerprint: None,
        }
    }

    fn location(path: &str, of: &str) -> LocationRecord {
        LocationRecord {
            path: path.replace('/', SEP),
            len: 1,
            mtime_ns: 0,
            digest: Some(fixity::hash(of.as_bytes())),
            state: None,
            notes: Vec::new(),
        }
    }

    #[test]
    fn what_lay_there_is_let_go_with_its_root_and_the_log_knows() {
        let mut catalog = Catalog::in_memory().unwrap();
        let roots = ["/z", "/zz"].map(|root| root.replace('/', SEP));
        catalog.begin_run("2026-01-01T00:00:00Z", &roots).unwrap();
        let locations = [
            location("/z/a", "a"),
            location("/z/o.zip » b", "b"),
            location("/zz/a", "a"),
        ];
        let contents = [content("a"), content("b")];
        catalog.put("test", &contents, &locations).unwrap();
        let before = catalog.log_head().unwrap().unwrap().0;
        let found = catalog.forgettable(&roots[..1]).unwrap();
        assert_eq!((found.paths, found.elsewhere), (2, 1));
        assert_eq!(found.lone, [fixity::hash(b"b")].into());
        let by = Forgotten {
            time: "2026-01-02T00:00:00Z",
            author: Some("Sri"),
        };
        catalog.forget(&roots[..1], &by).unwrap();
        assert_eq!(catalog.roots().unwrap(), roots[1..]);
        assert_eq!(catalog.sums().unwrap(), [(FileState::Indexed, 1)].into());
        let (number, _) = catalog.log_head().unwrap().unwrap();
        assert_eq!(number, before + 1);
        let known = catalog.document(&fixity::hash(b"b")).unwrap().unwrap();
        assert!(known.paths.is_empty(), "what was read of it stays");
        assert_eq!(catalog.unsearchable(10).unwrap().len(), 2);
        assert_eq!(catalog.unplaced().unwrap(), found.lone);
        assert_eq!(catalog.located_count().unwrap(), 1);
        assert_eq!(catalog.forgettable(&roots[..1]).unwrap().paths, 0);
    }
}
