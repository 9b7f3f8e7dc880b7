//! Brings an archive up to date with folders: walk → bounded queue → workers → one writer; then
//! the pages in the middle of long scans, a few at a time, over all workers.
//! Whatever is met ends in a named state; files seen = the sum over all states.
//!
//! A run can be killed at any moment. What the catalog holds is true; what it lacks is read
//! by the next run, which looks at size and change time first and reads nothing twice.

mod stopped;
mod options;
mod re_recognise;
mod near_duplicates;
mod remaining_pages;
mod reader;
mod retry;
mod walker;
mod writer;

pub use self::options::Options;
use self::stopped::{panicked, stopped};
use super::recognise::Recogniser;
use crate::app::archive::searchable;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::activities;
use crate::app::evidence::effective_links::keep_learnt;
use crate::app::progress::{Event, Progress};
use crate::io::clock;
use crate::io::files::path;
use crate::io::search::SearchIndex;
use crate::io::store::Catalog;
use crate::model::FileState;
pub(crate) use writer::catch_up;

use reader::{Claims, Shared};
use std::{collections::BTreeMap, path::PathBuf};

/// How many files may wait for a worker, and how many answers for the writer: enough to keep
/// everyone busy, small enough to keep memory flat.
const QUEUE: usize = 64;

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Files seen: the sum over all states.
    pub files: u64,
    /// How many files ended in which state.
    pub sums: BTreeMap<FileState, u64>,
    /// Documents of which pages are left for a later run.
    pub waiting: u64,
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
    let search = searchable::to_write(workspace)?;
    let scratch = workspace.scratch()?;
    let recogniser =
        Recogniser::new(&workspace.framework, Some(&workspace.purpose.region))?;
    let names: Vec<String> = roots.iter().map(|root| path::to_text(root)).collect();
    let mut writing = workspace.another_catalog()?;
    let before = writing.changes();
    let jobs = options.jobs;
    re_recognise::stale(workspace, &mut writing, &recogniser, jobs, progress)?;
    let run = workspace.catalog.begin_run(&clock::timestamp(), &names)?;
    let met = workspace.another_catalog()?;
    met.begin_walk()?;
    let shared = Shared {
        options,
        recogniser: &recogniser,
        claims: &Claims::default(),
        scratch: &scratch,
        progress,
    };
    let walked = begin(workspace, &roots, &met, shared, &mut writing, &search)?;
    if options.retry_failed {
        retry::failed_pages(&met, &mut writing, &names)?;
    }
    let mut waiting = met.waiting(&names)?;
    if !options.quick && !waiting.is_empty() {
        remaining_pages::RemainingPages { shared }.run(&mut writing, &waiting)?;
        if progress.is_cancelled() {
            return Err(stopped());
        }
        waiting = met.waiting(&names)?;
    }
    let gone = met.not_met(&walked.unreadable_folders)?;
    writing.mark_absent(&gone)?;
    writer::catch_up(&mut writing, &search, progress)?;
    if writing.changes() > before {
        activities::find(&mut writing)?;
    }
    let mut catalogs = Vec::new();
    for _ in 0..jobs.max(1) {
        catalogs.push(workspace.another_catalog()?);
    }
    near_duplicates::compare(&mut catalogs, &mut writing, progress)?;
    let sums = met.sums_of_met(&names, walked.unchanged)?;
    writing.end_run(run, &clock::timestamp(), &sums)?;
    keep_learnt(workspace)?;
    let (files, waiting) = (sums.values().sum(), waiting.len() as u64);
    progress.event(Event::End {
        files,
        sums: &sums,
        waiting,
    });
    Ok(Outcome {
        files,
        sums,
        waiting,
    })
}

/// Recognises and links again what another version or framework did, from the pages that the
/// catalog keeps; no original is opened.
///
/// # Errors
/// When the archive is in use or cannot be written.
pub fn link_again(
    workspace: &Workspace,
    jobs: usize,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let _lock = workspace.lock()?;
    let recogniser =
        Recogniser::new(&workspace.framework, Some(&workspace.purpose.region))?;
    let mut writing = workspace.another_catalog()?;
    re_recognise::stale(workspace, &mut writing, &recogniser, jobs, progress)?;
    let search = searchable::to_write(workspace)?;
    writer::catch_up(&mut writing, &search, progress)?;
    activities::find(&mut writing)?;
    keep_learnt(workspace)
}

/// Meets every file and begins each: all of it is read, or the ends of a long scan.
fn begin(
    workspace: &Workspace,
    roots: &[PathBuf],
    met: &Catalog,
    shared: Shared<'_>,
    writing: &mut Catalog,
    search: &SearchIndex,
) -> Result<walker::Walked, Error> {
    let Shared {
        options, progress, ..
    } = shared;
    let mut catalogs = Vec::new();
    for _ in 0..options.jobs.max(1) {
        catalogs.push(workspace.another_catalog()?);
    }
    let (to_read, files) = crossbeam_channel::bounded(QUEUE);
    let (results, to_write) = crossbeam_channel::bounded(QUEUE);
    let (meet_inside, inside) = crossbeam_channel::unbounded();
    let own_files = workspace.own_files();
    let walker = walker::Walker {
        options,
        catalog: met,
        progress,
        own_files: &own_files,
        inside: &inside,
    };
    let writer = writer::Writer::new(writing, search, &options.reader, progress);
    let (walked, written) = std::thread::scope(|scope| {
        for catalog in catalogs {
            let (results, inside) = (results.clone(), meet_inside.clone());
            let reader = reader::Reader::new(shared, catalog, results, inside);
            let files = files.clone();
            scope.spawn(move || reader.run(&files));
        }
        drop((files, results, meet_inside));
        let writing = scope.spawn(move || writer.run(&to_write));
        let walked = walker.run(roots, &to_read);
        drop(to_read);
        let written = writing.join().unwrap_or_else(|_| Err(panicked()));
        (walked, written)
    });
    written?;
    let walked = walked?;
    if progress.is_cancelled() {
        return Err(stopped());
    }
    walker.meet_inside()?;
    Ok(walked)
}

/// Makes the roots absolute, so that a path means the same from anywhere.
fn resolve(roots: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut resolved = Vec::new();
    for root in roots {
        let found = path::resolved(root).map_err(|cause| {
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
            .hint(
                "bila foldernya pindah, baca di tempat barunya, lalu lepas yang lama dengan `bukti forget`",
                "if the folder moved, index it where it is now, then let the old place go with `bukti forget`",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_once_each() {
        let folder = tempfile::tempdir().unwrap();
        let root = std::fs::canonicalize(folder.path()).unwrap();
        let [a, inner, b] = ["a", "a/inner", "ab"].map(|name| root.join(name));
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::create_dir_all(&b).unwrap();
        let roots = [b.clone(), inner, a.clone(), a.join("../a")];
        assert_eq!(resolve(&roots).unwrap(), [a.clone(), b]);
        let error = resolve(&[a, root.join("gone")]).unwrap_err();
        assert_eq!((error.kind, error.hints.len()), (ErrorKind::Usage, 2));
        assert!(error.message.en.contains("gone"), "{error}");
    }

    #[test]
    fn a_run_wants_attention_where_a_file_does() {
        let outcome = |state| Outcome {
            files: 1,
            sums: BTreeMap::from([(state, 1)]),
            waiting: 0,
        };
        for (state, expected) in [
            (FileState::Indexed, false),
            (FileState::Duplicate, false),
            (FileState::Ignored, false),
            (FileState::Password, true),
            (FileState::Damaged, true),
        ] {
            assert_eq!(outcome(state).wants_attention(), expected, "{state:?}");
        }
    }
}
