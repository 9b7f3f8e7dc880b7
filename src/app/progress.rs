//! Events of long work for the faces, which decide how to show them.

use crate::model::{FileState, Note};
use std::collections::BTreeMap;

/// Something that happened during long work.
#[derive(Debug, Clone, PartialEq)]
pub enum Event<'a> {
    /// The walk met so many files so far; `done` once it has met all.
    Walked {
        /// Files met.
        files: u64,
        /// Whether that is all.
        done: bool,
    },
    /// A container gave so many more files.
    Unpacked {
        /// Files inside.
        members: u64,
    },
    /// All files were met and begun; so many pages in the middle of long scans are left.
    Rest {
        /// Pages left.
        pages: u64,
    },
    /// The last page of a long scan was read.
    Completed {
        /// The file.
        path: &'a str,
        /// Pages read since it was begun.
        pages: u64,
    },
    /// A page of a file was read.
    Page {
        /// The file.
        path: &'a str,
        /// The page, from 1.
        page: u32,
        /// Out of so many.
        of: u32,
    },
    /// A file reached its state.
    File {
        /// The file.
        path: &'a str,
        /// The state.
        state: FileState,
        /// Pages read; 0 where none were, or the content was known.
        pages: u32,
        /// What went wrong or was odd.
        notes: &'a [Note],
    },
    /// A document was recognised again from what the catalog keeps.
    Recognised {
        /// Documents so far.
        done: u64,
        /// Out of so many.
        of: u64,
    },
    /// A file was verified, copied, or both.
    Verified {
        /// The file.
        path: &'a str,
    },
    /// All is done.
    End {
        /// Files seen: the sum over all states.
        files: u64,
        /// How many files ended in which state.
        sums: &'a BTreeMap<FileState, u64>,
        /// Documents of which pages are left for a later run.
        waiting: u64,
    },
}

/// A listener to long work. It is called from several threads at once.
pub trait Progress: Sync {
    /// Receives an event.
    fn event(&self, event: Event<'_>);

    /// Tells whether the user wants to stop.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// A listener that ignores all events.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn event(&self, _event: Event<'_>) {}
}
