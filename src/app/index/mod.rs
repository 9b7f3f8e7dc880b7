//! Brings an archive up to date with folders: walk → bounded queue → workers → one writer.
//! Whatever is met ends in a named state; files seen = the sum over all states.
//!
//! A run can be killed at any moment. What the catalog holds is true; what it lacks is read
//! by the next run, which looks at size and change time first and reads nothing twice.

mod reader;
mod walker;
mod writer;

use super::{
    error::{Error, ErrorKind},
    progress::{Event, Progress},
    recognise::Recogniser,
    workers::WorkerSettings,
    workspace::Workspace,
};
use crate::{
    io::{clock, path},
    model::FileState,
};
use std::{collections::BTreeMap, path::PathBuf};

/// How many files may wait for a worker, and how many answers for the writer: enough to keep
/// everyone busy, small enough to keep memory flat.
const QUEUE: usize = 64;

/// Is what a user asks of a run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folders or files.
    pub roots: Vec<PathBuf>,
    /// Worker processes at a time.
    pub jobs: usize,
    /// How workers are started.
    pub worker: WorkerSettings,
    /// Names the reader and its options: contents read by another are read again.
    pub reader: String,
    /// Reads files again that failed before, even if they look unchanged.
    pub retry_failed: bool,
}

/// Is what came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Files seen: the sum over all states.
    pub files: u64,
    /// How many files ended in which state.
    pub sums: BTreeMap<FileState, u64>,
}

impl Outcome {
    /// Tells whether a person has to do something before all files count.
    pub fn wants_attention(&self) -> bool {
        self.sums.keys().any(|state| state.wants_attention())
    }
}

/// Indexes folders into an archive.
///
/// # Errors
/// When a folder does not exist, the archive is in use or cannot be written, or the user
/// stopped: what was done so far is then kept.
pub fn index(
    workspace: &mut Workspace,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Outcome, Error> {
    let roots = resolve(&options.roots)?;
    let _lock = workspace.lock()?;
    let search = workspace.search_index()?;
    let recogniser =
        Recogniser::new(&workspace.framework, Some(&workspace.purpose.region))?;
    let names: Vec<String> = roots.iter().map(|root| path::to_text(root)).collect();
    let run = workspace.catalog.begin_run(&clock::timestamp(), &names)?;

    let walk_catalog = workspace.another_catalog()?;
    walk_catalog.begin_meeting()?;
    let (to_read, files) = crossbeam_channel::bounded(QUEUE);
    let (results, to_write) = crossbeam_channel::bounded(QUEUE);
    let claims = reader::Claims::default();
    let walker = walker::Walker {
        options,
        catalog: &walk_catalog,
        progress,
    };
    let mut catalogs = Vec::new();
    for _ in 0..options.jobs.max(1) {
        catalogs.push(workspace.another_catalog()?);
    }
    let (walked, written) = std::thread::scope(|scope| {
        for catalog in catalogs {
            let (files, results) = (files.clone(), results.clone());
            let reader = reader::Reader::new(options, catalog, &recogniser, &claims);
            scope.spawn(move || reader.run(&files, &results, progress));
        }
        drop((files, results));
        let writer =
            writer::Writer::new(&mut workspace.catalog, &search, &options.reader);
        let writing = scope.spawn(move || writer.run(&to_write));
        let walked = walker.run(&roots, &to_read);
        drop(to_read);
        let written = writing.join().unwrap_or_else(|_| Err(panicked()));
        (walked, written)
    });
    written?;
    let walked = walked?;
    if progress.is_cancelled() {
        return Err(stopped());
    }
    let gone = walk_catalog.not_met(&names, &walked.unreadable_folders)?;
    workspace.catalog.mark_absent(&gone)?;
    writer::catch_up(&mut workspace.catalog, &search)?;
    let sums = walk_catalog.sums_of_met()?;
    let files = sums.values().sum();
    workspace.catalog.end_run(run, &clock::timestamp(), &sums)?;
    progress.event(Event::End { files, sums: &sums });
    Ok(Outcome { files, sums })
}

/// Makes the roots absolute, so that a path means the same from anywhere.
fn resolve(roots: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut resolved = Vec::new();
    for root in roots {
        let found = std::fs::canonicalize(root).map_err(|cause| {
            let shown = path::printable(&path::to_text(root));
            Error::new(
                ErrorKind::Usage,
                format!("folder `{shown}` tidak dapat dibuka"),
                format!("the folder `{shown}` cannot be opened"),
            )
            .hint(
                "periksa nama folder; bila share jaringan, pastikan tersambung",
                "check the name; if it is a network share, see that it is connected",
            )
            .caused_by(cause)
        })?;
        resolved.push(found);
    }
    resolved.sort();
    // A folder inside another would be walked twice.
    let all = resolved.clone();
    resolved.retain(|r| !all.iter().any(|other| r != other && r.starts_with(other)));
    resolved.dedup();
    Ok(resolved)
}

fn panicked() -> Error {
    Error::new(
        ErrorKind::Internal,
        "penulis katalog berhenti mendadak",
        "the catalog's writer fell over",
    )
    .hint(
        "jalankan lagi; yang sudah tercatat tetap aman",
        "run again; what is recorded is safe",
    )
}

fn stopped() -> Error {
    Error::new(
        ErrorKind::Interrupted,
        "dihentikan; yang sudah dibaca tersimpan",
        "stopped; what has been read is kept",
    )
    .hint("jalankan lagi untuk meneruskan", "run again to go on")
}
