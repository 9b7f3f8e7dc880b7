//! The event log in the catalog. Records are appended in the transaction that makes them true,
//! so that neither is there without the other.

use super::row::{Values, digest_of};
use super::{Catalog, StoreError};
use crate::{
    fixity::log,
    model::{Digest, Event, LogBody, LogRecord},
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// A time-stamp token that was attached to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampRow {
    /// The number of the record.
    pub number: u64,
    /// The time the authority vouches for.
    pub time: String,
    /// The token, DER.
    pub token: Vec<u8>,
}

/// Appends events to the log within a transaction; returns the new head.
pub(super) fn append(
    transaction: &Transaction<'_>,
    events: &[Event],
) -> Result<Digest, StoreError> {
    let (mut number, mut previous) = head(transaction)?.unwrap_or((0, Digest::ZERO));
    let mut insert = transaction.prepare_cached(
        "INSERT INTO event (number, previous, digest, body) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let mut index = transaction.prepare_cached(
        "INSERT OR IGNORE INTO event_object (digest, number) VALUES (?1, ?2)",
    )?;
    for event in events {
        number += 1;
        let broken = |_| StoreError::Broken {
            column: "event.body",
        };
        let record = log::seal(number, previous, event).map_err(broken)?;
        let LogBody::Event(body) = &record.body else {
            continue;
        };
        let id = i64::try_from(number).unwrap_or(i64::MAX);
        let (before, own) = (previous.as_bytes(), record.digest.as_bytes());
        insert.execute(params![id, before.as_slice(), own.as_slice(), body])?;
        for object in &event.objects {
            index.execute(params![object.sha256.as_bytes().as_slice(), id])?;
        }
        previous = record.digest;
    }
    Ok(previous)
}

/// Derives which records are about which content anew, from what they say.
pub(super) fn index_all(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM event_object", [])?;
    transaction.execute(
        "INSERT OR IGNORE INTO event_object (digest, number)
         SELECT unhex(json_extract(o.value, '$.sha256')), e.number
         FROM event e, json_each(e.body, '$.objects') o
         WHERE json_valid(e.body)
           AND unhex(json_extract(o.value, '$.sha256')) IS NOT NULL",
        [],
    )?;
    Ok(())
}

fn head(connection: &Connection) -> Result<Option<(u64, Digest)>, StoreError> {
    let sql = "SELECT number, digest FROM event ORDER BY number DESC LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let row: Option<(i64, Vec<u8>)> = statement
        .query_row([], |row| Ok((row.get("number")?, row.get("digest")?)))
        .optional()?;
    row.map(|(number, digest)| Ok((unsigned(number), digest_of(&digest)?)))
        .transpose()
}

fn record_of(row: &Row<'_>) -> Result<LogRecord, StoreError> {
    Ok(LogRecord {
        number: unsigned(row.get(0)?),
        previous: row.digest(1)?,
        digest: row.digest(2)?,
        body: LogBody::Event(row.get(3)?),
    })
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

impl Catalog {
    /// Appends events to the log, in one transaction that is on disk when this returns; gives
    /// the new head.
    ///
    /// # Errors
    /// When the catalog cannot be written: then none of them is.
    pub fn append(&mut self, events: &[Event]) -> Result<Digest, StoreError> {
        self.durable_transaction(|transaction| append(transaction, events))
    }

    /// Returns the number and the digest of the last record; `None` while there is none.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn log_head(&self) -> Result<Option<(u64, Digest)>, StoreError> {
        head(&self.connection)
    }

    /// Calls `each` with every record in order, or those about `digest`.
    ///
    /// # Errors
    /// When the catalog cannot be read, or `take` fails.
    pub fn each_record<E: From<StoreError>>(
        &self,
        about: Option<&Digest>,
        mut take: impl FnMut(LogRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = match about {
            None => "SELECT number, previous, digest, body FROM event ORDER BY number",
            Some(_) => {
                "SELECT e.number, e.previous, e.digest, e.body
                 FROM event_object o JOIN event e USING (number)
                 WHERE o.digest = ?1 ORDER BY e.number"
            }
        };
        let mut statement = self.connection.prepare(sql).map_err(StoreError::from)?;
        let rows = match about {
            None => statement.query([]),
            Some(digest) => statement.query([digest.as_bytes().as_slice()]),
        };
        let mut rows = rows.map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(record_of(row)?)?;
        }
        Ok(())
    }

    /// Returns the last `most` records before the one of this number, or those of them about
    /// `digest`, the newest first. Reads no others.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn records_before(
        &self,
        about: Option<&Digest>,
        before: Option<u64>,
        most: usize,
    ) -> Result<Vec<LogRecord>, StoreError> {
        let sql = match about {
            None => {
                "SELECT number, previous, digest, body FROM event
                 WHERE number < ?2 AND ?1 IS NULL ORDER BY number DESC LIMIT ?3"
            }
            Some(_) => {
                "SELECT e.number, e.previous, e.digest, e.body
                 FROM event_object o JOIN event e USING (number)
                 WHERE o.digest = ?1 AND o.number < ?2 ORDER BY o.number DESC LIMIT ?3"
            }
        };
        let before = before.and_then(|number| i64::try_from(number).ok());
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let about = about.map(|digest| digest.as_bytes().as_slice());
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows =
            statement.query(params![about, before.unwrap_or(i64::MAX), most])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record_of(row)?);
        }
        Ok(records)
    }

    /// Returns how many records cannot be found by what they are about.
    pub(super) fn unindexed_records(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(DISTINCT e.number)
             FROM event e, json_each(e.body, '$.objects') o
             WHERE json_valid(e.body) AND NOT EXISTS (
                 SELECT 1 FROM event_object i WHERE i.number = e.number
                 AND i.digest = unhex(json_extract(o.value, '$.sha256')))";
        self.count(sql, [])
    }

    /// Returns the number of the record that has this digest.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn record_with(&self, digest: &Digest) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT number FROM event WHERE digest = ?1";
        let number: Option<i64> = self
            .connection
            .query_row(sql, [digest.as_bytes().as_slice()], |row| row.get(0))
            .optional()?;
        Ok(number.map(unsigned))
    }

    /// Stores a time-stamp token with the event that tells of it; one that is there already
    /// is left as it is. Returns whether it is new.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn put_stamp(
        &mut self,
        stamp: &StampRow,
        event: &Event,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT OR IGNORE INTO stamp (number, time, token) VALUES (?1, ?2, ?3)";
        let number = i64::try_from(stamp.number).unwrap_or(i64::MAX);
        self.durable_transaction(|transaction| {
            let row = params![number, stamp.time, stamp.token];
            let is_new = transaction.execute(sql, row)? > 0;
            if is_new {
                append(transaction, std::slice::from_ref(event))?;
            }
            Ok(is_new)
        })
    }

    /// Returns the time-stamp tokens, in the order of their records.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn stamps(&self) -> Result<Vec<StampRow>, StoreError> {
        let sql = "SELECT number, time, token FROM stamp ORDER BY number, time";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(StampRow {
                number: unsigned(row.get("number")?),
                time: row.get("time")?,
                token: row.get("token")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fixity,
        io::store::{ContentRecord, LocationRecord},
        model::{EventObject, EventType, Extraction, FileState, MediaType, Recognised},
    };
    use EventType::{DigestCalculation, FixityCheck, Ingestion, MetadataExtraction};

    fn records(catalog: &Catalog, about: Option<&Digest>) -> Vec<LogRecord> {
        let mut records = Vec::new();
        let taken = catalog.each_record(about, |record| {
            records.push(record);
            Ok::<(), StoreError>(())
        });
        taken.unwrap();
        records
    }

    fn kinds(catalog: &Catalog, about: Option<&Digest>) -> Vec<EventType> {
        let event = |record: LogRecord| match record.body {
            LogBody::Event(text) => serde_json::from_str::<Event>(&text).unwrap().kind,
            LogBody::Withheld(_) => panic!(),
        };
        records(catalog, about).into_iter().map(event).collect()
    }

    fn content(digest: Digest) -> ContentRecord {
        ContentRecord {
            digest,
            len: 3,
            state: FileState::Indexed,
            extraction: Extraction::without_pages(MediaType::Text),
            recognised: Recognised::default(),
            waiting: Vec::new(),
            members: 0,
            text_fingerprint: None,
        }
    }

    fn location(path: &str, digest: Digest) -> LocationRecord {
        LocationRecord {
            path: path.into(),
            len: 3,
            mtime_ns: 7,
            digest: Some(digest),
            state: None,
            notes: Vec::new(),
        }
    }

    #[test]
    fn the_log_tells_the_story_of_a_document() {
        let mut catalog = Catalog::in_memory().unwrap();
        let (a, b) = (fixity::hash(b"abc"), fixity::hash(b"abd"));
        let put = |catalog: &mut Catalog, digest| {
            let records = ([content(digest)], [location("/a", digest)]);
            catalog.put("test", &records.0, &records.1).unwrap();
        };
        put(&mut catalog, a);
        put(&mut catalog, a);
        put(&mut catalog, b);
        catalog.mark_absent(&["/a".to_owned()]).unwrap();
        let story = [Ingestion, DigestCalculation, MetadataExtraction];
        assert_eq!(kinds(&catalog, Some(&a))[..3], story);
        assert_eq!(
            kinds(&catalog, Some(&a))[3..],
            [DigestCalculation],
            "replaced"
        );
        let story = [Ingestion, DigestCalculation, FixityCheck];
        assert_eq!(kinds(&catalog, Some(&b)), story);
        for about in [None, Some(&a), Some(&b)] {
            let mut newest = records(&catalog, about);
            newest.reverse();
            let before = |number, most| {
                let found = catalog.records_before(about, number, most);
                found.unwrap()
            };
            assert_eq!(before(None, 9), newest, "{about:?}");
            assert_eq!(before(None, 2), newest[..2]);
            let second = newest[1].number;
            assert_eq!(before(Some(second), 9), newest[2..]);
            assert_eq!(before(Some(1), 9), []);
        }
        let mut checker = log::Checker::new();
        for record in records(&catalog, None) {
            assert_eq!(checker.take(&record), []);
        }
        assert_eq!(catalog.log_head().unwrap(), Some((6, checker.head())));
        assert_eq!(catalog.record_with(&checker.head()).unwrap(), Some(6));
    }

    #[test]
    fn the_log_is_only_appended_to() {
        let mut catalog = Catalog::in_memory().unwrap();
        let event = Event::new(EventType::Decision, "2026-01-01T00:00:00Z")
            .about(EventObject::content(fixity::hash(b"abc")));
        catalog.append(&[event.clone(), event]).unwrap();
        for sql in [
            "UPDATE event SET body = '{}' WHERE number = 1",
            "DELETE FROM event WHERE number = 2",
            "INSERT INTO event VALUES (7, x'00', x'00', '{}')",
            "INSERT OR REPLACE INTO event VALUES (1, x'00', x'00', '{}')",
        ] {
            assert!(catalog.connection.execute(sql, []).is_err(), "{sql}");
        }
        assert_eq!(records(&catalog, None).len(), 2);
    }

    #[test]
    fn a_token_is_stored_once() {
        let mut catalog = Catalog::in_memory().unwrap();
        let event = Event::new(EventType::TimeStamping, "2026-01-01T00:00:00Z");
        let stamp = StampRow {
            number: 1,
            time: "2026-01-01T00:00:00Z".into(),
            token: vec![1, 2],
        };
        assert!(catalog.put_stamp(&stamp, &event).unwrap());
        assert!(!catalog.put_stamp(&stamp, &event).unwrap());
        assert_eq!(catalog.stamps().unwrap(), [stamp]);
        assert_eq!(catalog.log_head().unwrap().unwrap().0, 1);
    }
}
