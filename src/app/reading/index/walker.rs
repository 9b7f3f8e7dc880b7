//! The first stage: meets every file, records those that need no reading, and queues the
//! others. One thread walks the folders, another compares the entries with the catalog.

use super::Options;
use crate::app::archive::workspace::OwnFiles;
use crate::app::error::Error;
use crate::app::progress::{Event, Progress};
use crate::io::files::source::{Stamp, Trouble};
use crate::io::files::{path, walk};
use crate::io::store::{Catalog, LocationRecord, Recorded, RecordedRow};
use crate::model::{FileState, NoteCode};
use crossbeam_channel::{Receiver, Sender};
use std::path::{Path, PathBuf};

/// Entries in a batch, and files between two reports of progress.
const HANDFUL: usize = 256;

/// Most batches that the walking thread may be ahead.
const AHEAD: usize = 16;

/// A file on its way: to be read, or already in its final state without reading.
#[derive(Debug)]
pub(super) enum Job {
    /// Its bytes are wanted.
    Read {
        /// The path as text.
        path: String,
        /// Its stamp as met.
        stamp: Stamp,
    },
    /// It gets its state without being read.
    WithoutReading(LocationRecord),
}

/// The result of a walk.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Folders that could not be read: what was known below them is not declared gone.
    pub(super) unreadable_folders: Vec<String>,
    /// Files that are as they were.
    pub(super) unchanged: u64,
}

/// An entry met: its path as text, and what was found there.
type Met = (String, Result<Stamp, Trouble>);

/// Walks folders.
pub(super) struct Walker<'a> {
    pub(super) options: &'a Options,
    pub(super) catalog: &'a Catalog,
    pub(super) progress: &'a dyn Progress,
    /// Are passed over.
    pub(super) own_files: &'a OwnFiles,
    /// Paths inside containers, as the readers meet them.
    pub(super) inside: &'a Receiver<String>,
}

impl Walker<'_> {
    pub(super) fn run(
        &self,
        roots: &[PathBuf],
        queue: &Sender<Job>,
    ) -> Result<Walked, Error> {
        let mut walked = Walked::default();
        let mut files = 0;
        for root in roots {
            let name = path::to_text(root);
            let mut recorded = self.catalog.recorded(&name, &self.options.reader);
            let (handfuls, met) = crossbeam_channel::bounded(AHEAD);
            let own_files = self.own_files;
            std::thread::scope(|scope| {
                scope.spawn(move || ask_system(root, own_files, &handfuls));
                for handful in met {
                    self.meet_inside()?;
                    files += handful.len() as u64;
                    self.progress.event(Event::Walked { files, done: false });
                    for entry in handful {
                        if self.progress.is_cancelled() {
                            return Ok(());
                        }
                        let job = self.examine(entry, &mut recorded, &mut walked)?;
                        if job.is_some_and(|job| queue.send(job).is_err()) {
                            return Ok(());
                        }
                    }
                }
                Ok::<(), Error>(())
            })?;
            if self.progress.is_cancelled() {
                break;
            }
            recorded.finish()?;
        }
        self.progress.event(Event::Walked { files, done: true });
        Ok(walked)
    }

    /// Records the paths that readers met inside containers.
    pub(super) fn meet_inside(&self) -> Result<(), Error> {
        for path in self.inside.try_iter() {
            self.catalog.mark_met(&path)?;
        }
        Ok(())
    }

    /// Decides what is to be done about a file; nothing where it is as it was.
    fn examine(
        &self,
        (path, found): Met,
        recorded: &mut Recorded<'_>,
        walked: &mut Walked,
    ) -> Result<Option<Job>, Error> {
        let known = recorded.recorded_at(&path)?;
        if let Some(known) = &known
            && self.is_unchanged(known, &found)?
        {
            walked.unchanged += 1;
            self.progress.event(Event::File {
                path: &path,
                state: known.state,
                pages: 0,
                notes: &[],
            });
            return Ok(None);
        }
        self.catalog.mark_met(&path)?;
        Ok(Some(match found {
            Ok(stamp) => Job::Read { path, stamp },
            Err(trouble) => {
                if trouble.state == FileState::Unreadable {
                    walked.unreadable_folders.push(path.clone());
                }
                Job::WithoutReading(LocationRecord {
                    path,
                    len: 0,
                    mtime_ns: 0,
                    digest: None,
                    state: Some(trouble.state),
                    notes: vec![trouble.note],
                })
            }
        }))
    }

    /// Tells whether a file is as it was: path, size and change time are known, and this
    /// reader has read that content, and everything inside.
    fn is_unchanged(
        &self,
        known: &RecordedRow,
        found: &Result<Stamp, Trouble>,
    ) -> Result<bool, Error> {
        let stamp = match found {
            Ok(stamp) => stamp,
            Err(trouble) => {
                return Ok(trouble.state == known.state
                    && trouble.state != FileState::Unreadable);
            }
        };
        let retry = self.options.retry_failed;
        let is_same = known.is_read
            && (known.len, known.mtime_ns) == (stamp.len, stamp.mtime_ns)
            && !(retry && known.state == FileState::Failed);
        let reader = &self.options.reader;
        Ok(is_same
            && (known.members == 0
                || self.catalog.meet_members(
                    &known.path,
                    known.members,
                    reader,
                    retry,
                )?))
    }
}

/// Walks `root` and sends the entries in batches, until the receiver is gone.
fn ask_system(root: &Path, own_files: &OwnFiles, handfuls: &Sender<Vec<Met>>) {
    let mut handful = Vec::with_capacity(HANDFUL);
    for entry in walk::walk(root) {
        let path = path::to_text(&entry.path);
        if own_files.contain(&path) {
            continue;
        }
        handful.push((path, entry.found));
        if handful.len() == HANDFUL {
            let full = std::mem::replace(&mut handful, Vec::with_capacity(HANDFUL));
            if handfuls.send(full).is_err() {
                return;
            }
        }
    }
    // Whoever no longer listens needs no more.
    let _ = handfuls.send(handful);
}

/// Tells whether a remark is about the way to a file, not about the file.
pub(super) fn is_passing(code: NoteCode) -> bool {
    matches!(
        code,
        NoteCode::Vanished
            | NoteCode::Locked
            | NoteCode::InputOutput
            | NoteCode::NoRoom
            | NoteCode::NoPermission
    )
}
