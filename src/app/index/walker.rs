//! The first stage: meets every file, settles those that need no reading, queues the others.

use super::Options;
use crate::{
    app::{
        error::Error,
        progress::{Event, Progress},
    },
    io::{
        path,
        source::Stamp,
        store::{Catalog, KnownRow, LocationRecord, SeenRow},
        walk,
    },
    model::{FileState, NoteCode},
};
use crossbeam_channel::{Receiver, Sender};
use std::path::{Path, PathBuf};

/// How often the number of files met is told, in files.
const TELL_EVERY: u64 = 64;

/// Is a file on its way: to be read, or already settled without reading.
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
    Settled(LocationRecord),
    /// It is as it was.
    Unchanged {
        /// The path as text.
        path: String,
        /// The state it has.
        state: FileState,
    },
}

/// Is what the walk leaves behind.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Folders that could not be read: what was known below them is not declared gone.
    pub(super) unreadable_folders: Vec<String>,
}

/// Walks folders.
pub(super) struct Walker<'a> {
    pub(super) options: &'a Options,
    pub(super) catalog: &'a Catalog,
    pub(super) progress: &'a dyn Progress,
    /// Tells the archive's own files.
    pub(super) owns: &'a dyn Fn(&Path) -> bool,
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
        for entry in roots.iter().flat_map(|root| walk::walk(root)) {
            if self.progress.is_cancelled() {
                break;
            }
            if (self.owns)(&entry.path) {
                continue;
            }
            let path = path::to_text(&entry.path);
            self.catalog.meet(&path)?;
            self.meet_inside()?;
            files += 1;
            if files % TELL_EVERY == 0 {
                self.progress.event(Event::Walked { files, done: false });
            }
            let job = match entry.found {
                Ok(stamp) => self.look(path, stamp)?,
                Err(trouble) => {
                    if trouble.state == FileState::Unreadable {
                        walked.unreadable_folders.push(path.clone());
                    }
                    Job::Settled(LocationRecord {
                        path,
                        len: 0,
                        mtime_ns: 0,
                        digest: None,
                        state: Some(trouble.state),
                        notes: vec![trouble.note],
                    })
                }
            };
            if queue.send(job).is_err() {
                break;
            }
        }
        self.progress.event(Event::Walked { files, done: true });
        Ok(walked)
    }

    /// Takes note of the paths that readers met inside containers.
    pub(super) fn meet_inside(&self) -> Result<(), Error> {
        for path in self.inside.try_iter() {
            self.catalog.meet(&path)?;
        }
        Ok(())
    }

    /// Decides whether a file must be read: not when its path, size and change time are known
    /// and this reader has read that content, and everything inside.
    fn look(&self, path: String, stamp: Stamp) -> Result<Job, Error> {
        let known = match self.catalog.seen(&path)? {
            Some(SeenRow {
                len,
                mtime_ns,
                digest: Some(digest),
                state: None,
            }) if len == stamp.len && mtime_ns == stamp.mtime_ns => {
                self.catalog.known(&digest, &self.options.reader)?
            }
            _ => None,
        };
        let Some(KnownRow { state, members }) = known else {
            return Ok(Job::Read { path, stamp });
        };
        let retry = self.options.retry_failed;
        let is_settled = !(retry && state == FileState::Failed)
            && (members == 0
                || self.catalog.meet_members(
                    &path,
                    members,
                    &self.options.reader,
                    retry,
                )?);
        Ok(match is_settled {
            true => Job::Unchanged { path, state },
            false => Job::Read { path, stamp },
        })
    }
}

/// Tells whether a remark is about the way to a file, not about the file.
pub(super) fn is_passing(code: NoteCode) -> bool {
    matches!(
        code,
        NoteCode::Vanished
            | NoteCode::Locked
            | NoteCode::InputOutput
            | NoteCode::NoPermission
    )
}
