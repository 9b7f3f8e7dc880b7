//! The second stage: one thread for each worker process. Hashes a file, and has it read only if no
//! file with the same bytes was read before. Members of a file are found here, and read like any
//! other file.

use super::{Options, walker::Job};
use crate::app::pool;
use crate::app::progress::{Event, Progress};
use crate::app::reading::members;
use crate::app::reading::members::Budget;
use crate::app::reading::recognise::Recogniser;
use crate::app::reading::worker::Answer;
use crate::app::reading::worker_client::{Cancelled, WorkerClient};
use crate::io::files::private::Scratch;
use crate::io::files::source::Stamp;
use crate::io::files::{path, private, source, walk};
use crate::io::store::{Catalog, ContentRecord, KnownRow, LocationRecord};
use crate::model::{Digest, FileState, INSIDE, Note, NoteCode, Recognised};
use crate::{extract, near_duplicate};
use crossbeam_channel::{Receiver, Sender};
use std::{collections::BTreeSet, path::Path, sync::Mutex};

/// A record for the writer.
#[derive(Debug)]
pub(super) enum Record {
    /// A path whose content the catalog has, or needs not have.
    Location(LocationRecord),
    /// A path whose content another thread is reading: recorded once that has arrived.
    Waiting(LocationRecord),
    /// A content and the path it was read from.
    Content(Box<ContentRecord>, LocationRecord),
}

/// The contents that some thread has claimed in this run.
#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<BTreeSet<Digest>>);

impl Claims {
    /// Tells whether the caller is the first to want this content.
    fn claim(&self, digest: Digest) -> bool {
        pool::lock(&self.0).insert(digest)
    }
}

/// What all readers share.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) options: &'a Options,
    pub(super) recogniser: &'a Recogniser,
    pub(super) claims: &'a Claims,
    pub(super) scratch: &'a Scratch,
    pub(super) progress: &'a dyn Progress,
}

/// Reads files through one worker process.
pub(super) struct Reader<'a> {
    shared: Shared<'a>,
    catalog: Catalog,
    worker: WorkerClient,
    results: Sender<Record>,
    inside: Sender<String>,
}

/// A file to be read: its location, where its bytes lie now, and what is odd about it.
struct File<'f> {
    path: &'f str,
    place: &'f Path,
    stamp: Stamp,
    is_member: bool,
    notes: &'f [Note],
}

/// A marker that this thread is to end: the user stopped, or the writer did.
struct Stop;

impl From<Cancelled> for Stop {
    fn from(Cancelled: Cancelled) -> Self {
        Self
    }
}

/// The result of the files inside a file.
struct Inside {
    state: FileState,
    notes: Vec<Note>,
    members: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        shared: Shared<'a>,
        catalog: Catalog,
        results: Sender<Record>,
        inside: Sender<String>,
    ) -> Self {
        Self {
            worker: WorkerClient::new(shared.options.worker.clone()),
            shared,
            catalog,
            results,
            inside,
        }
    }

    pub(super) fn run(mut self, files: &Receiver<Job>) {
        for job in files {
            if self.job(job).is_err() {
                break;
            }
        }
    }

    fn job(&mut self, job: Job) -> Result<(), Stop> {
        match job {
            Job::Read { path, stamp } => {
                let place = path::from_text(&path);
                let file = File {
                    path: &path,
                    place: &place,
                    stamp,
                    is_member: false,
                    notes: &[],
                };
                self.file(&file, &mut Budget::for_container(stamp.len))
            }
            Job::WithoutReading(location) => {
                let state = location.state.unwrap_or(FileState::Failed);
                self.report_read(&location.path, state, 0, &location.notes);
                self.send(Record::Location(location))
            }
        }
    }

    fn file(&mut self, file: &File<'_>, budget: &mut Budget) -> Result<(), Stop> {
        let progress = self.shared.progress;
        let read = source::digest(file.place, || progress.is_cancelled());
        let (digest, stamp) = match read {
            Ok(Some((digest, stamp))) => (digest, stamp),
            Ok(None) => return Err(Stop),
            Err(trouble) => {
                return self.record_state(file, trouble.state, vec![trouble.note]);
            }
        };
        let here = LocationRecord {
            path: file.path.to_owned(),
            len: stamp.len,
            mtime_ns: match file.is_member {
                // A member has the modification time of its container, not of its temporary file.
                true => file.stamp.mtime_ns,
                false => stamp.mtime_ns,
            },
            digest: Some(digest),
            state: None,
            notes: file.notes.to_vec(),
        };
        if !self.shared.claims.claim(digest) {
            // Another thread may be reading it; its members get their second location here.
            let head = source::head(file.place, extract::HEAD_BYTES).unwrap_or_default();
            if extract::may_have_members(&head) {
                self.members(file, budget)?;
            }
            self.report_read(file.path, FileState::Duplicate, 0, &[]);
            return self.send(Record::Waiting(here));
        }
        if let Some(known) = self.known_content(&digest) {
            if known.members > 0 {
                self.members(file, budget)?;
            }
            self.report_read(file.path, known.state, 0, &[]);
            return self.send(Record::Location(here));
        }
        let ends = Some(self.shared.options.ends);
        let answer = self.worker.read(file.place, file.path, ends, progress)?;
        if answer.digest.is_some_and(|found| found != digest)
            || matches!(answer.state, FileState::Changed | FileState::Unreadable)
        {
            return self.passed_by(file, answer);
        }
        self.content(file, digest, stamp, answer, here, budget)
    }

    /// Records a file that changed or vanished between hashing and reading.
    fn passed_by(&mut self, file: &File<'_>, answer: Answer) -> Result<(), Stop> {
        let note = match answer.extraction.notes.into_iter().next() {
            Some(note) if super::walker::is_passing(note.code) => note,
            _ => Note::file(NoteCode::ChangedWhileRead),
        };
        let state = match answer.state {
            FileState::Unreadable => FileState::Unreadable,
            _ => FileState::Changed,
        };
        self.record_state(file, state, vec![note])
    }

    /// Recognises and records what was read, after what is inside.
    fn content(
        &mut self,
        file: &File<'_>,
        digest: Digest,
        stamp: Stamp,
        mut answer: Answer,
        here: LocationRecord,
        budget: &mut Budget,
    ) -> Result<(), Stop> {
        let mut members = 0;
        if members::are_inside(answer.state, &answer.extraction) {
            // Members first: a container is recorded when nothing in it is left to do.
            let inside = self.members(file, budget)?;
            if answer.state == FileState::Unpacked {
                answer.state = inside.state;
            }
            answer.extraction.notes.extend(inside.notes);
            members = inside.members;
        }
        let recognised = match answer.state {
            FileState::Indexed => {
                let recogniser = self.shared.recogniser;
                recogniser.recognise(file.path, &answer.extraction)
            }
            _ => Recognised::default(),
        };
        let text_fingerprint = near_duplicate::text::fingerprint(&answer.extraction);
        let pages = u32::try_from(answer.extraction.pages.len()).unwrap_or(u32::MAX);
        self.report_read(file.path, answer.state, pages, &answer.extraction.notes);
        let content = ContentRecord {
            digest,
            len: stamp.len,
            state: answer.state,
            extraction: answer.extraction,
            recognised,
            waiting: answer.waiting,
            members,
            text_fingerprint,
        };
        self.send(Record::Content(Box::new(content), here))
    }

    /// Reads the files inside a file.
    fn members(&mut self, file: &File<'_>, budget: &mut Budget) -> Result<Inside, Stop> {
        let Shared {
            scratch, progress, ..
        } = self.shared;
        let worker = &mut self.worker;
        let opened =
            members::open(worker, file.place, file.path, scratch, budget, progress)?;
        let unpacked = &opened.unpacked;
        let count = unpacked.members.len();
        progress.event(Event::Unpacked {
            members: count as u64,
        });
        for (number, member) in unpacked.members.iter().enumerate() {
            let path = format!("{}{INSIDE}{}", file.path, member.name);
            // The walker outlives the readers.
            let _ = self.inside.send(path.clone());
            let place = opened.file(number);
            let inner = File {
                path: &path,
                place: &place,
                stamp: Stamp {
                    len: member.len,
                    mtime_ns: file.stamp.mtime_ns,
                },
                is_member: true,
                notes: &member.notes,
            };
            let name = member.name.rsplit('/').next().unwrap_or_default();
            if walk::is_system_file(name) {
                let note = Note::file(NoteCode::SystemFile);
                self.record_state(&inner, FileState::Ignored, vec![note])?;
            } else if let Some(state) = member.state {
                self.record_state(&inner, state, Vec::new())?;
            } else {
                budget.deeper(|budget| self.file(&inner, budget))?;
            }
            private::remove(&place);
        }
        Ok(Inside {
            state: unpacked.state,
            notes: unpacked.notes.clone(),
            members: u32::try_from(count).unwrap_or(u32::MAX),
        })
    }

    /// Records a path that has a state of its own.
    fn record_state(
        &self,
        file: &File<'_>,
        state: FileState,
        more: Vec<Note>,
    ) -> Result<(), Stop> {
        let mut notes = more;
        notes.extend(file.notes.iter().cloned());
        self.report_read(file.path, state, 0, &notes);
        self.send(Record::Location(LocationRecord {
            path: file.path.to_owned(),
            len: file.stamp.len,
            mtime_ns: file.stamp.mtime_ns,
            digest: None,
            state: Some(state),
            notes,
        }))
    }

    /// Returns the state of a content that this reader has read before; `None` also where the
    /// catalog cannot be read: the content is then read again.
    fn known_content(&self, digest: &Digest) -> Option<KnownRow> {
        let options = self.shared.options;
        let known = self
            .catalog
            .known_content(digest, &options.reader)
            .ok()
            .flatten();
        known.filter(|known| !(options.retry_failed && known.state == FileState::Failed))
    }

    fn send(&self, record: Record) -> Result<(), Stop> {
        self.results.send(record).map_err(|_| Stop)
    }

    fn report_read(&self, path: &str, state: FileState, pages: u32, notes: &[Note]) {
        self.shared.progress.event(Event::File {
            path,
            state,
            pages,
            notes,
        });
    }
}
