//! The second stage: one thread a worker process. Hashes a file, and has it read only if no
//! other file of the same bytes was, in this run or before.

use super::{Options, walker::Job};
use crate::{
    app::{
        progress::{Event, Progress},
        recognise::Recogniser,
        worker::Answer,
        workers::{Cancelled, Seat},
    },
    io::{
        path,
        source::{self, Stamp},
        store::{Catalog, ContentRecord, LocationRecord},
    },
    model::{Digest, DocumentFacts, FileState, Note, NoteCode},
};
use crossbeam_channel::{Receiver, Sender};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// Is what the writer is to record.
#[derive(Debug)]
pub(super) enum Record {
    /// A path whose content the catalog has, or needs not have.
    Location(LocationRecord),
    /// A path whose content another thread is reading: recorded once that has arrived.
    Waiting(LocationRecord),
    /// A content and the path it was read from.
    Content(Box<ContentRecord>, LocationRecord),
}

/// Is the set of contents that some thread has taken upon itself in this run.
#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<BTreeSet<Digest>>);

impl Claims {
    /// Tells whether the caller is the first to want this content.
    fn claim(&self, digest: Digest) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(digest)
    }
}

/// Reads files through one worker process.
pub(super) struct Reader<'a> {
    options: &'a Options,
    catalog: Catalog,
    recogniser: &'a Recogniser,
    claims: &'a Claims,
    seat: Seat,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        options: &'a Options,
        catalog: Catalog,
        recogniser: &'a Recogniser,
        claims: &'a Claims,
    ) -> Self {
        let seat = Seat::new(options.worker.clone());
        Self {
            options,
            catalog,
            recogniser,
            claims,
            seat,
        }
    }

    pub(super) fn run(
        mut self,
        files: &Receiver<Job>,
        results: &Sender<Record>,
        progress: &dyn Progress,
    ) {
        for job in files {
            let record = match job {
                Job::Read { path, stamp } => {
                    let Ok(record) = self.read(&path, stamp, progress) else {
                        break;
                    };
                    record
                }
                Job::Settled(location) => {
                    let state = location.state.unwrap_or(FileState::Failed);
                    tell(progress, &location.path, state, 0, &location.notes);
                    Record::Location(location)
                }
                Job::Unchanged { path, state } => {
                    tell(progress, &path, state, 0, &[]);
                    continue;
                }
            };
            if results.send(record).is_err() {
                break;
            }
        }
    }

    fn read(
        &mut self,
        path: &str,
        stamp: Stamp,
        progress: &dyn Progress,
    ) -> Result<Record, Cancelled> {
        let location = |digest, state, notes, stamp: Stamp| LocationRecord {
            path: path.to_owned(),
            len: stamp.len,
            mtime_ns: stamp.mtime_ns,
            digest,
            state,
            notes,
        };
        let (digest, stamp) = match source::digest(&path::from_text(path)) {
            Ok(read) => read,
            Err(trouble) => {
                let notes = vec![trouble.note];
                tell(progress, path, trouble.state, 0, &notes);
                let settled = location(None, Some(trouble.state), notes, stamp);
                return Ok(Record::Location(settled));
            }
        };
        let here = location(Some(digest), None, Vec::new(), stamp);
        if !self.claims.claim(digest) {
            tell(progress, path, FileState::Duplicate, 0, &[]);
            return Ok(Record::Waiting(here));
        }
        if let Some(state) = self.known(&digest) {
            tell(progress, path, state, 0, &[]);
            return Ok(Record::Location(here));
        }
        let answer = self.seat.read(path, progress)?;
        if answer.digest.is_some_and(|found| found != digest)
            || matches!(answer.state, FileState::Changed | FileState::Unreadable)
        {
            let notes = vec![match answer.extraction.notes.into_iter().next() {
                Some(note) if super::walker::is_passing(note.code) => note,
                _ => Note::file(NoteCode::ChangedWhileRead),
            }];
            let state = match answer.state {
                FileState::Unreadable => FileState::Unreadable,
                _ => FileState::Changed,
            };
            tell(progress, path, state, 0, &notes);
            return Ok(Record::Location(location(None, Some(state), notes, stamp)));
        }
        Ok(self.recognise(path, digest, stamp, answer, here, progress))
    }

    /// Returns the state of a content that this reader has read before; a catalog that cannot
    /// be asked only costs reading it again.
    fn known(&self, digest: &Digest) -> Option<FileState> {
        let known = self
            .catalog
            .content_state(digest, &self.options.reader)
            .ok()
            .flatten();
        known.filter(|state| !(self.options.retry_failed && *state == FileState::Failed))
    }

    fn recognise(
        &self,
        path: &str,
        digest: Digest,
        stamp: Stamp,
        answer: Answer,
        here: LocationRecord,
        progress: &dyn Progress,
    ) -> Record {
        let (facts, links) = match answer.state {
            FileState::Indexed => self.recogniser.recognise(path, &answer.extraction),
            _ => (DocumentFacts::default(), Vec::new()),
        };
        let pages = u32::try_from(answer.extraction.pages.len()).unwrap_or(u32::MAX);
        tell(
            progress,
            path,
            answer.state,
            pages,
            &answer.extraction.notes,
        );
        let content = ContentRecord {
            digest,
            len: stamp.len,
            state: answer.state,
            extraction: answer.extraction,
            facts,
            links,
        };
        Record::Content(Box::new(content), here)
    }
}

fn tell(
    progress: &dyn Progress,
    path: &str,
    state: FileState,
    pages: u32,
    notes: &[Note],
) {
    progress.event(Event::File {
        path,
        state,
        pages,
        notes,
    });
}
