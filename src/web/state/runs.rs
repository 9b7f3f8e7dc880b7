//! Runs of `index` that were started from the page: one at a time, on a thread of its own, watched
//! and stopped from any page.

use super::lock::held;
use crate::app::archive::workspace::Workspace;
use crate::app::custody::anchors;
use crate::app::error::{Error, ErrorKind};
use crate::app::progress::{Event, Progress};
use crate::app::reading::index::{self, Options, Outcome};
use crate::io::clock::{self, Stopwatch};
use crate::model::FileState;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Most pages that are told at the same time how a run moves; others ask by themselves.
const WATCHERS: usize = 16;

/// How long a run may take to end: the page that is being read.
const LONGEST_END: Duration = Duration::from_secs(20);
/// How often it is looked whether it has.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// The run that goes on, or the last one.
#[derive(Debug)]
pub(in crate::web) struct Runs {
    root: PathBuf,
    options: Options,
    last: Mutex<Option<Arc<Run>>>,
    watchers: Arc<AtomicUsize>,
}

/// A page that watches a run.
#[derive(Debug)]
pub(in crate::web) struct Watching {
    pub(in crate::web) run: Arc<Run>,
    watchers: Arc<AtomicUsize>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.watchers.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A run.
#[derive(Debug)]
pub(in crate::web) struct Run {
    pub(in crate::web) folders: Vec<PathBuf>,
    /// When it began: RFC 3339, UTC.
    pub(in crate::web) begun: String,
    clock: Stopwatch,
    counted: Mutex<Counted>,
    is_cancelled: AtomicBool,
}

/// How far a run is.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Counted {
    /// Grows with every event.
    pub(in crate::web) events: u64,
    /// Files met, and whether those are all.
    pub(in crate::web) met: u64,
    pub(in crate::web) all_met: bool,
    /// Files that reached their state, by state.
    pub(in crate::web) sums: BTreeMap<FileState, u64>,
    /// Pages read.
    pub(in crate::web) pages: u64,
    /// Pages in the middle of long scans that were left for the end.
    pub(in crate::web) rest: Option<u64>,
    /// Documents recognised again, out of so many.
    pub(in crate::web) again: Option<(u64, u64)>,
    /// The file that was read last.
    pub(in crate::web) last: String,
    /// How it ended, and after how long.
    pub(in crate::web) ended: Option<(Result<Outcome, Arc<Error>>, Duration)>,
}

impl Counted {
    /// Returns how many files reached their state.
    pub(in crate::web) fn done(&self) -> u64 {
        self.sums.values().sum()
    }
}

impl Runs {
    pub(in crate::web) fn new(root: &Path, options: Options) -> Self {
        Self {
            root: root.to_owned(),
            options,
            last: Mutex::default(),
            watchers: Arc::default(),
        }
    }

    /// Returns the run to watch; `None` where there is none, or too many watch.
    pub(in crate::web) fn watch(&self) -> Option<Watching> {
        let run = self.last()?;
        let watchers = Arc::clone(&self.watchers);
        let watching = Watching { run, watchers };
        let before = self.watchers.fetch_add(1, Ordering::SeqCst);
        (before < WATCHERS).then_some(watching)
    }

    /// Stops the run that goes on, and waits until what was read is kept.
    pub(in crate::web) fn end(&self) {
        let Some(run) = self.last() else { return };
        run.stop();
        let waited = Stopwatch::start();
        while run.goes_on() && waited.elapsed() < LONGEST_END {
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Returns the run that goes on, or the last one.
    pub(in crate::web) fn last(&self) -> Option<Arc<Run>> {
        held(&self.last).clone()
    }

    /// Starts a run.
    ///
    /// # Errors
    /// When one goes on, here or in another process, or the archive cannot be opened.
    pub(in crate::web) fn start(
        &self,
        folders: Vec<PathBuf>,
        retry_failed: bool,
    ) -> Result<(), Error> {
        let mut last = held(&self.last);
        if last.as_ref().is_some_and(|run| run.goes_on()) {
            return Err(goes_on());
        }
        let mut workspace = Workspace::open(&self.root)?;
        // Said to who asks, not to a thread.
        drop(workspace.lock()?);
        let mut options = Options {
            roots: folders.clone(),
            retry_failed,
            ..self.options.clone()
        };
        options.worker.anchors = anchors::all(&workspace)?;
        let run = Arc::new(Run {
            folders,
            begun: clock::timestamp(),
            clock: Stopwatch::start(),
            counted: Mutex::default(),
            is_cancelled: AtomicBool::new(false),
        });
        *last = Some(Arc::clone(&run));
        std::thread::spawn(move || {
            let outcome = index::index(&mut workspace, &options, &*run);
            run.end(outcome.map_err(Arc::new));
        });
        Ok(())
    }
}

impl Run {
    pub(in crate::web) fn counted(&self) -> Counted {
        held(&self.counted).clone()
    }

    pub(in crate::web) fn goes_on(&self) -> bool {
        held(&self.counted).ended.is_none()
    }

    /// Returns how long it has gone on, or went on.
    pub(in crate::web) fn took(&self) -> Duration {
        let ended = held(&self.counted).ended.as_ref().map(|(_, took)| *took);
        ended.unwrap_or_else(|| self.clock.elapsed())
    }

    /// Asks it to stop: what was read by then is kept.
    pub(in crate::web) fn stop(&self) {
        self.is_cancelled.store(true, Ordering::SeqCst);
    }

    pub(in crate::web) fn is_stopping(&self) -> bool {
        self.is_cancelled()
    }

    fn end(&self, outcome: Result<Outcome, Arc<Error>>) {
        let mut counted = held(&self.counted);
        counted.events += 1;
        counted.ended = Some((outcome, self.clock.elapsed()));
    }
}

impl Progress for Run {
    fn event(&self, event: Event<'_>) {
        let mut counted = held(&self.counted);
        counted.events += 1;
        match event {
            Event::Walked { files, done } => {
                (counted.met, counted.all_met) = (counted.met.max(files), done);
            }
            Event::Unpacked { members } => counted.met += members,
            Event::Rest { pages } => counted.rest = Some(pages),
            Event::Page { path, .. } => {
                counted.pages += 1;
                if counted.last != path {
                    path.clone_into(&mut counted.last);
                }
            }
            Event::File { path, state, .. } => {
                *counted.sums.entry(state).or_default() += 1;
                path.clone_into(&mut counted.last);
            }
            Event::Completed { path, .. } => path.clone_into(&mut counted.last),
            Event::Recognised { done, of } => counted.again = Some((done, of)),
            Event::Verified { .. } | Event::End { .. } => {}
        }
    }

    fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::SeqCst)
    }
}

fn goes_on() -> Error {
    Error::new(
        ErrorKind::ArchiveInUse,
        "pembacaan sedang berjalan",
        "files are being read already",
    )
    .hint(
        "tunggu sampai selesai, atau hentikan dulu",
        "wait until that is done, or stop it first",
    )
}
