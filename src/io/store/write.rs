//! Writes contents, paths and links into the catalog. A batch is one transaction.

use super::row::json;
use super::{
    Catalog, RemarkedRow, StoreError, log, near_duplicates::forget_near_duplicates,
    row::digest_of,
};
use crate::{
    io::clock,
    model::{
        Digest, Event, EventObject, EventOutcome, EventType, Extraction, FileState, Link,
        Note, Page, Recognised, TextFingerprint,
    },
};
use flate2::{Compression, write::DeflateEncoder};
use rusqlite::{OptionalExtension, Transaction, params};
use std::{collections::BTreeMap, io::Write};

/// A content as it was read and recognised.
#[derive(Debug, Clone)]
pub struct ContentRecord {
    /// Its digest.
    pub digest: Digest,
    /// Its length in bytes.
    pub len: u64,
    /// How reading ended.
    pub state: FileState,
    /// What was read.
    pub extraction: Extraction,
    /// What was recognised, and what it could prove.
    pub recognised: Recognised,
    /// Pages whose picture was not read yet, from 1, in order.
    pub waiting: Vec<u32>,
    /// Files directly inside.
    pub members: u32,
    /// The fingerprint of its text; those of its photos are on its pages.
    pub text_fingerprint: Option<TextFingerprint>,
}

/// A path as it was met.
#[derive(Debug, Clone)]
pub struct LocationRecord {
    /// The path, see [`crate::io::files::path`].
    pub path: String,
    /// Length in bytes.
    pub len: u64,
    /// Last change, nanoseconds since 1970, UTC.
    pub mtime_ns: i64,
    /// The content; `None` where the bytes could not be had.
    pub digest: Option<Digest>,
    /// The state, where the content's own does not hold.
    pub state: Option<FileState>,
    /// Remarks about this path.
    pub notes: Vec<Note>,
}

fn deflate(page: &Page) -> Result<Vec<u8>, StoreError> {
    let broken = StoreError::Broken {
        column: "page.body",
    };
    let text = json(page, "page.body")?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    match encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
    {
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(broken),
    }
}

impl Catalog {
    /// Remembers something about the archive itself.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO archive (key, value) VALUES (?1, ?2)
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.connection.execute(sql, params![key, value])?;
        Ok(())
    }

    /// Begins a run of `index`; returns its number.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn begin_run(&self, started: &str, roots: &[String]) -> Result<i64, StoreError> {
        let sql = "INSERT INTO run (started, roots) VALUES (?1, ?2)";
        self.connection
            .execute(sql, params![started, json(&roots, "run.roots")?])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Ends a run with its sums.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn end_run(
        &self,
        run: i64,
        ended: &str,
        sums: &BTreeMap<FileState, u64>,
    ) -> Result<(), StoreError> {
        let sums: BTreeMap<&str, u64> =
            sums.iter().map(|(s, n)| (s.as_str(), *n)).collect();
        let sql = "UPDATE run SET ended = ?2, sums = ?3 WHERE id = ?1";
        self.connection
            .execute(sql, params![run, ended, json(&sums, "run.sums")?])?;
        Ok(())
    }

    /// Writes contents and locations, and their events, in one transaction. New contents are
    /// not yet searchable.
    ///
    /// # Errors
    /// When the catalog cannot be written: then none of it is.
    pub fn put(
        &mut self,
        reader: &str,
        contents: &[ContentRecord],
        locations: &[LocationRecord],
    ) -> Result<(), StoreError> {
        let now = clock::timestamp();
        let mut events = Vec::new();
        let transaction = self.begin()?;
        for content in contents {
            events.push(put_content(&transaction, reader, content, &now)?);
        }
        for location in locations {
            events.extend(put_location(&transaction, location, &now)?);
        }
        log::append(&transaction, &events)?;
        transaction.commit()?;
        Ok(())
    }

    /// Puts what was recognised anew, in one transaction. A content whose facts are others than
    /// before is to be made searchable again.
    ///
    /// # Errors
    /// When the catalog cannot be written: then none of it is.
    pub fn recognise_anew(
        &mut self,
        contents: &[(Digest, Recognised)],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for (digest, recognised) in contents {
            let digest = digest.as_bytes().as_slice();
            let sql = "UPDATE content SET
                searchable = searchable AND facts = ?2,
                facts = ?2, traits = ?3, linked_by = ?4 WHERE digest = ?1";
            transaction.prepare_cached(sql)?.execute(params![
                digest,
                json(&recognised.facts, "content.facts")?,
                json(&recognised.traits, "content.traits")?,
                recognised.by,
            ])?;
            transaction
                .prepare_cached("DELETE FROM link WHERE digest = ?1")?
                .execute([digest])?;
            put_links(&transaction, digest, &recognised.links)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Marks contents as found by search, once the index has been committed with them.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn mark_searchable(&mut self, digests: &[Digest]) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        {
            let mut update = transaction
                .prepare_cached("UPDATE content SET searchable = 1 WHERE digest = ?1")?;
            for digest in digests {
                update.execute([digest.as_bytes().as_slice()])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Marks pages of contents as waiting to be read again, with the notes that are left.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn put_waiting(&mut self, contents: &[RemarkedRow]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        {
            let mut update = transaction.prepare_cached(
                "UPDATE content SET notes = ?2, waiting = ?3 WHERE digest = ?1",
            )?;
            for content in contents {
                update.execute(params![
                    content.digest.as_bytes().as_slice(),
                    json(&content.notes, "content.notes")?,
                    json(&content.waiting, "content.waiting")?,
                ])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Marks every content as not searchable: the index was lost and is to be rebuilt.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn mark_none_searchable(&self) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE content SET searchable = 0", [])?;
        Ok(())
    }

    /// Marks paths as no longer there, and tells the log; what was read from them is kept.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn mark_absent(&mut self, paths: &[String]) -> Result<(), StoreError> {
        let now = clock::timestamp();
        let mut events = Vec::new();
        let transaction = self.begin()?;
        for path in paths {
            events.extend(put_absent(&transaction, path, &now)?);
        }
        log::append(&transaction, &events)?;
        transaction.commit()?;
        Ok(())
    }
}

/// Marks a path as no longer there; returns the event where a content lay there.
fn put_absent(
    transaction: &Transaction<'_>,
    path: &str,
    now: &str,
) -> Result<Option<Event>, StoreError> {
    let before = content_at(transaction, path)?;
    transaction
        .prepare_cached("UPDATE location SET present = 0 WHERE path = ?1")?
        .execute([path])?;
    Ok(before.map(|digest| {
        Event::new(EventType::FixityCheck, now)
            .ended(EventOutcome::Warning)
            .with("status", "missing")
            .about(EventObject {
                path: Some(path.to_owned()),
                ..EventObject::content(digest)
            })
    }))
}

/// Returns the content that is present at a path.
fn content_at(
    transaction: &Transaction<'_>,
    path: &str,
) -> Result<Option<Digest>, StoreError> {
    let sql = "SELECT digest FROM location WHERE path = ?1 AND present = 1";
    let before: Option<Option<Vec<u8>>> = transaction
        .prepare_cached(sql)?
        .query_row([path], |row| row.get(0))
        .optional()?;
    before.flatten().map(|bytes| digest_of(&bytes)).transpose()
}

/// Puts a content; returns the event.
fn put_content(
    transaction: &Transaction<'_>,
    reader: &str,
    content: &ContentRecord,
    now: &str,
) -> Result<Event, StoreError> {
    let digest = content.digest.as_bytes().as_slice();
    let is_known: bool = transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM content WHERE digest = ?1)")?
        .query_row([digest], |row| row.get(0))?;
    for table in ["page", "link", "photo"] {
        let sql = format!("DELETE FROM {table} WHERE digest = ?1");
        transaction.prepare_cached(&sql)?.execute([digest])?;
    }
    let read = &content.extraction;
    let sql = "INSERT OR REPLACE INTO content
        (digest, len, media_type, state, page_count, unclear, ocr, notes, metadata, facts,
         reader, searchable, waiting, members, traits, linked_by, sketch)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12, ?13, ?14, ?15,
         ?16)";
    let media_type = json(&read.media_type, "content.media_type")?;
    transaction.prepare_cached(sql)?.execute(params![
        digest,
        i64::try_from(content.len).unwrap_or(i64::MAX),
        media_type.trim_matches('"'),
        content.state.as_str(),
        read.page_count,
        json(&read.unclear_pages(), "content.unclear")?,
        read.ocr_confidence().map(|ratio| f64::from(ratio.get())),
        json(&read.notes, "content.notes")?,
        json(&read.metadata, "content.metadata")?,
        json(&content.recognised.facts, "content.facts")?,
        reader,
        json(&content.waiting, "content.waiting")?,
        content.members,
        json(&content.recognised.traits, "content.traits")?,
        content.recognised.by,
        content
            .text_fingerprint
            .as_ref()
            .map(TextFingerprint::to_bytes),
    ])?;
    forget_near_duplicates(transaction, digest)?;
    let sql =
        "UPDATE location SET read_by = ?2, outcome = ?3, members = ?4 WHERE digest = ?1";
    transaction.prepare_cached(sql)?.execute(params![
        digest,
        reader,
        content.state.as_str(),
        content.members,
    ])?;
    put_read(transaction, content)?;
    let kind = match is_known {
        true => EventType::MetadataExtraction,
        false => EventType::Ingestion,
    };
    Ok(Event::new(kind, now)
        .with("media type", media_type.trim_matches('"'))
        .with("pages", read.page_count)
        .with("reader", reader)
        .with("state", content.state.as_str())
        .about(EventObject {
            bytes: Some(content.len),
            ..EventObject::content(content.digest)
        }))
}

/// Puts the pages and links of a content.
fn put_read(
    transaction: &Transaction<'_>,
    content: &ContentRecord,
) -> Result<(), StoreError> {
    let digest = content.digest.as_bytes().as_slice();
    for page in &content.extraction.pages {
        let sql = "INSERT INTO page (digest, number, body) VALUES (?1, ?2, ?3)";
        let body = match page.photos.is_empty() {
            true => deflate(page)?,
            false => deflate(&Page {
                photos: Vec::new(),
                ..page.clone()
            })?,
        };
        transaction
            .prepare_cached(sql)?
            .execute(params![digest, page.number, body])?;
    }
    put_photos(transaction, content)?;
    put_links(transaction, digest, &content.recognised.links)
}

fn put_photos(
    transaction: &Transaction<'_>,
    content: &ContentRecord,
) -> Result<(), StoreError> {
    let digest = content.digest.as_bytes().as_slice();
    let pages = content.extraction.pages.iter();
    for (number, photo) in (0_u32..).zip(pages.flat_map(|page| &page.photos)) {
        let sql =
            "INSERT INTO photo (digest, number, page, body) VALUES (?1, ?2, ?3, ?4)";
        transaction.prepare_cached(sql)?.execute(params![
            digest,
            number,
            photo.page,
            photo.to_bytes()
        ])?;
    }
    Ok(())
}

fn put_links(
    transaction: &Transaction<'_>,
    digest: &[u8],
    links: &[Link],
) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO link (digest, question, confidence, body) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = transaction.prepare_cached(sql)?;
    for link in links {
        insert.execute(params![
            digest,
            link.question.as_str(),
            f64::from(link.confidence.get()),
            json(link, "link.body")?,
        ])?;
    }
    Ok(())
}

/// Puts a path; returns the event where another content lies there than before, or none.
fn put_location(
    transaction: &Transaction<'_>,
    location: &LocationRecord,
    now: &str,
) -> Result<Option<Event>, StoreError> {
    let before = content_at(transaction, &location.path)?;
    // What lay here before must not be found by this name any more.
    if let Some(before) = before.filter(|before| location.digest != Some(*before)) {
        let sql = "UPDATE content SET searchable = 0 WHERE digest = ?1";
        let before = before.as_bytes().as_slice();
        transaction.prepare_cached(sql)?.execute([before])?;
    }
    // A new path of a known content must be found by its name, too.
    let sql = "UPDATE content SET searchable = 0 WHERE digest = ?1 AND NOT EXISTS
        (SELECT 1 FROM location WHERE path = ?2 AND digest = ?1 AND present = 1)";
    let digest = location.digest.as_ref().map(|d| d.as_bytes().as_slice());
    transaction
        .prepare_cached(sql)?
        .execute(params![digest, location.path])?;
    // An upsert, not a replacement: only of an update do triggers see what was there before.
    // (`WHERE` ends the join for the parser.)
    let sql = "INSERT INTO location
        (path, len, mtime_ns, digest, state, notes, present, read_by, outcome, members)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, 1, c.reader, c.state, coalesce(c.members, 0)
        FROM (SELECT 1) LEFT JOIN content c ON c.digest = ?4 WHERE true
        ON CONFLICT (path) DO UPDATE SET (len, mtime_ns, digest, state, notes, present,
            read_by, outcome, members) = (excluded.len, excluded.mtime_ns,
            excluded.digest, excluded.state, excluded.notes, excluded.present,
            excluded.read_by, excluded.outcome, excluded.members)";
    transaction.prepare_cached(sql)?.execute(params![
        location.path,
        i64::try_from(location.len).unwrap_or(i64::MAX),
        location.mtime_ns,
        digest,
        location.state.map(FileState::as_str),
        json(&location.notes, "location.notes")?,
    ])?;
    // It was read just now: what `verify` said against it before is over.
    transaction
        .prepare_cached("DELETE FROM fixity WHERE path = ?1 AND status <> 'same'")?
        .execute([&location.path])?;
    Ok(event_at(location, before, now))
}

fn event_at(
    location: &LocationRecord,
    before: Option<Digest>,
    now: &str,
) -> Option<Event> {
    let object = |digest| EventObject {
        bytes: Some(location.len),
        path: Some(location.path.clone()),
        sha256: digest,
    };
    match (before, location.digest) {
        (before, Some(digest)) if before != Some(digest) => {
            let event =
                Event::new(EventType::DigestCalculation, now).about(object(digest));
            Some(match before {
                Some(before) => event
                    .with("replaces", before)
                    .about(EventObject::content(before)),
                None => event,
            })
        }
        (Some(before), None) => {
            let state = location.state.map_or("", FileState::as_str);
            let event = Event::new(EventType::FixityCheck, now)
                .ended(EventOutcome::Warning)
                .with("status", state);
            Some(event.about(object(before)))
        }
        _ => None,
    }
}
