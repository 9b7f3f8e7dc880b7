//! The last stage: the one writer. Batches go into the catalog, then into the search index,
//! and only then count as searchable; a crash in between leaves work for the next run,
//! but no gap.

use super::reader::Record;
use crate::{
    app::{error::Error, progress::Progress},
    io::{
        clock::Stopwatch,
        search::{self, SearchIndex, Searchable},
        store::{Catalog, ContentRecord, DocumentRow, LocationRecord},
    },
    model::{Digest, FileState, Note, NoteCode, Page},
};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// A batch goes to disk when it holds so many records, or is so old: a crash costs at most
/// this much work.
const BATCH_RECORDS: usize = 256;
const BATCH_AGE: Duration = Duration::from_secs(2);

/// The search index is committed after so many contents, or so many bytes of text: until then
/// the text waits in memory. Each commit makes a segment.
const COMMIT_CONTENTS: u32 = 1000;
const COMMIT_BYTES: usize = 32 << 20;

/// How often a wait looks whether the user has stopped the run.
const STOP_WITHIN: Duration = Duration::from_millis(100);

pub(super) struct Writer<'a> {
    catalog: &'a mut Catalog,
    search: &'a SearchIndex,
    reader: &'a str,
    contents: Vec<ContentRecord>,
    locations: Vec<LocationRecord>,
    waiting: BTreeMap<Digest, Vec<LocationRecord>>,
    arrived: BTreeSet<Digest>,
    uncommitted: u32,
    progress: &'a dyn Progress,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        catalog: &'a mut Catalog,
        search: &'a SearchIndex,
        reader: &'a str,
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            catalog,
            search,
            reader,
            contents: Vec::new(),
            locations: Vec::new(),
            waiting: BTreeMap::new(),
            arrived: BTreeSet::new(),
            uncommitted: 0,
            progress,
        }
    }

    pub(super) fn run(mut self, records: &Receiver<Record>) -> Result<(), Error> {
        let mut age = Stopwatch::start();
        loop {
            match records.recv_timeout(BATCH_AGE) {
                Ok(record) => self.record(record),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let full = self.contents.len() + self.locations.len() >= BATCH_RECORDS;
            if full || age.elapsed() > BATCH_AGE {
                self.flush()?;
                age = Stopwatch::start();
            }
        }
        self.give_up_waiting();
        self.flush()?;
        match self.progress.is_cancelled() {
            // The user waits; the next run catches up.
            true => Ok(()),
            false => catch_up(self.catalog, self.search, self.progress),
        }
    }

    /// Records the paths whose content never arrived, because the file that was read for them
    /// changed under the reader: the next run reads one of them.
    fn give_up_waiting(&mut self) {
        for location in std::mem::take(&mut self.waiting).into_values().flatten() {
            self.locations.push(LocationRecord {
                digest: None,
                state: Some(FileState::Changed),
                notes: vec![Note::file(NoteCode::ChangedWhileRead)],
                ..location
            });
        }
    }

    fn record(&mut self, record: Record) {
        match record {
            Record::Location(location) => {
                self.arrived.extend(location.digest);
                let freed = location.digest.and_then(|d| self.waiting.remove(&d));
                self.locations.push(location);
                self.locations.extend(freed.unwrap_or_default());
            }
            Record::Waiting(location) => match location.digest {
                Some(digest) if !self.arrived.contains(&digest) => {
                    self.waiting.entry(digest).or_default().push(location);
                }
                _ => self.locations.push(location),
            },
            Record::Content(content, location) => {
                self.arrived.insert(content.digest);
                let freed = self.waiting.remove(&content.digest);
                self.locations.push(location);
                self.locations.extend(freed.unwrap_or_default());
                self.contents.push(*content);
            }
        }
    }

    fn flush(&mut self) -> Result<(), Error> {
        if self.contents.is_empty() && self.locations.is_empty() {
            return Ok(());
        }
        self.catalog
            .put(self.reader, &self.contents, &self.locations)?;
        self.uncommitted += self.contents.len() as u32;
        self.contents.clear();
        self.locations.clear();
        if self.uncommitted >= COMMIT_CONTENTS {
            catch_up(self.catalog, self.search, self.progress)?;
            self.uncommitted = 0;
        }
        Ok(())
    }
}

/// Adds the contents to the search index that it lacks according to the catalog.
pub(crate) fn catch_up(
    catalog: &mut Catalog,
    search: &SearchIndex,
    progress: &dyn Progress,
) -> Result<(), Error> {
    loop {
        let mut digests = catalog.unsearchable(COMMIT_CONTENTS)?;
        if digests.is_empty() {
            return Ok(());
        }
        let mut writer = search.writer()?;
        let (mut count, mut bytes) = (0, 0);
        for digest in &digests {
            if bytes >= COMMIT_BYTES {
                break;
            }
            count += 1;
            match catalog.document(digest)? {
                Some(document) if !document.paths.is_empty() => {
                    let document = searchable(&document, &catalog.pages(digest)?);
                    bytes += document.body.len();
                    writer.put(digest, &document)?;
                }
                // It has no present path any more: nothing to find.
                _ => writer.take_out(digest),
            }
        }
        digests.truncate(count);
        writer.commit()?;
        catalog.mark_searchable(&digests)?;
        merge(writer, progress)?;
    }
}

/// Waits for the merges that a commit began: they take memory as the next documents do, and not
/// at the same time. Where the user stops, they are thrown away; a later commit begins them
/// again.
fn merge(writer: search::Writer, progress: &dyn Progress) -> Result<(), Error> {
    let (done, finished) = crossbeam_channel::bounded(1);
    std::thread::spawn(move || done.send(writer.finish()));
    loop {
        match finished.recv_timeout(STOP_WITHIN) {
            Ok(result) => return Ok(result?),
            Err(RecvTimeoutError::Timeout) if !progress.is_cancelled() => {}
            Err(_) => return Ok(()),
        }
    }
}

fn searchable(document: &DocumentRow, pages: &[Page]) -> Searchable {
    let facts = &document.content.facts;
    // A layer that OCR replaced may have read a word right that OCR did not.
    let texts = pages
        .iter()
        .flat_map(|page| [Some(page.text()), page.layer.clone()]);
    let text: Vec<String> = texts.flatten().collect();
    let paths: Vec<&str> = document
        .paths
        .iter()
        .map(|(path, _)| path.as_str())
        .collect();
    Searchable {
        title: facts.title.value().cloned().unwrap_or_default(),
        paths: paths.join("\n"),
        body: text.join("\n"),
        kind: facts.kind.value().map(|kind| kind.id.to_string()),
        year: facts.year.value().copied(),
        issuer: facts
            .issuer
            .value()
            .map(|i| i.government.name.clone())
            .unwrap_or_default(),
        state: document.content.state.as_str().to_owned(),
    }
}
