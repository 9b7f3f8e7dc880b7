//! Reads the remaining pages: those in the middle of long scans, whose first and last pages were
//! read before, so that facts came early. The unit of work is a few pages, so that one long scan
//! keeps every worker busy.

use super::reader::Shared;
use crate::app::error::Error;
use crate::app::pool;
use crate::app::progress::Event;
use crate::app::reading::members::Fetched;
use crate::app::reading::read::ReadPages;
use crate::app::reading::worker::PagesAnswer;
use crate::app::reading::worker_client::{Cancelled, WorkerClient};
use crate::app::reading::{members, read};
use crate::io::store::{Catalog, ContentRecord, WaitingRow};
use crate::model::{Digest, FileState, Note, Page, Recognised};
use crate::near_duplicate;
use crossbeam_channel::{Receiver, Sender};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

/// Pages of one request: few enough to keep every worker busy to the end, enough that opening
/// the file again, 1.6 ms for each page it has, is little beside reading them (half a second
/// each).
const CHUNK_PAGES: usize = 8;

/// A content goes to disk after so many pages: a crash costs at most this much work on it.
const KEEP_PAGES: usize = 64;

/// A long scan, as the threads that read it share it.
struct Scan {
    digest: Digest,
    path: String,
    place: Mutex<Place>,
}

/// Where the bytes of a scan lie.
#[derive(Clone)]
enum Place {
    /// Not looked for yet.
    Unknown,
    Gone,
    Here(Arc<Fetched>),
}

/// A few pages to be read.
struct Task {
    scan: Arc<Scan>,
    pages: Vec<u32>,
}

/// The result of a task; `None` where the file is gone or has changed.
struct Done {
    scan: Arc<Scan>,
    requested: Vec<u32>,
    read: Option<ReadPages>,
}

/// The pages of a scan that were read and are not in the catalog yet.
struct Tally {
    left: BTreeSet<u32>,
    /// Number of pages without an answer yet.
    open: usize,
    read: ReadPages,
    total: u64,
}

/// The reader of remaining pages.
pub(super) struct RemainingPages<'a> {
    pub(super) shared: Shared<'a>,
}

impl RemainingPages<'_> {
    pub(super) fn run(
        &self,
        catalog: &mut Catalog,
        waiting: &[WaitingRow],
    ) -> Result<(), Error> {
        let pages: usize = waiting.iter().map(|scan| scan.pages.len()).sum();
        self.shared.progress.event(Event::Rest {
            pages: pages as u64,
        });
        let jobs = self.shared.options.jobs.max(1);
        let (to_read, tasks) = crossbeam_channel::bounded::<Task>(jobs);
        let (results, done) = crossbeam_channel::bounded::<Done>(jobs);
        std::thread::scope(|scope| {
            for _ in 0..jobs {
                let (tasks, results) = (tasks.clone(), results.clone());
                scope.spawn(move || self.read(&tasks, &results));
            }
            drop((tasks, results));
            scope.spawn(move || send_tasks(waiting, &to_read));
            let mut tallies = BTreeMap::new();
            for scan in waiting {
                let tally = Tally {
                    left: scan.pages.iter().copied().collect(),
                    open: scan.pages.len(),
                    read: no_pages(),
                    total: 0,
                };
                tallies.insert(scan.digest, tally);
            }
            for done in done {
                self.add_result(done, &mut tallies, catalog)?;
            }
            // Stopped by the user: what was read is kept.
            for (digest, tally) in tallies {
                if tally.total > 0 && !tally.read.pages.is_empty() {
                    self.keep(digest, tally.read, &tally.left, catalog)?;
                }
            }
            Ok(())
        })
    }

    /// Reads tasks through one worker until there are none, or the user stops.
    fn read(&self, tasks: &Receiver<Task>, results: &Sender<Done>) {
        let mut worker = WorkerClient::new(self.shared.options.worker.clone());
        for Task { scan, pages } in tasks {
            let Ok(read) = self.task(&mut worker, &scan, &pages) else {
                break;
            };
            let done = Done {
                scan,
                requested: pages,
                read,
            };
            if results.send(done).is_err() {
                break;
            }
        }
    }

    fn task(
        &self,
        worker: &mut WorkerClient,
        scan: &Scan,
        pages: &[u32],
    ) -> Result<Option<ReadPages>, Cancelled> {
        let Place::Here(fetched) = self.fetch(worker, scan)? else {
            return Ok(None);
        };
        let (file, progress) = (fetched.file.as_path(), self.shared.progress);
        if let Ok(answer) = worker.pages(file, &scan.path, pages, progress)? {
            return Ok(checked(answer, scan));
        }
        // The worker failed on one of them: find out on which.
        let mut read = no_pages();
        for page in pages {
            match worker.pages(file, &scan.path, &[*page], progress)? {
                Ok(answer) => {
                    let Some(one) = checked(answer, scan) else {
                        return Ok(None);
                    };
                    read.pages.extend(one.pages);
                    read.notes.extend(one.notes);
                }
                Err(note) => read.notes.push(Note {
                    page: Some(*page),
                    ..note
                }),
            }
        }
        Ok(Some(read))
    }

    /// Finds the bytes of a scan, once for all threads.
    fn fetch(&self, worker: &mut WorkerClient, scan: &Scan) -> Result<Place, Cancelled> {
        let mut place = pool::lock(&scan.place);
        if let Place::Unknown = *place {
            let (scratch, progress) = (self.shared.scratch, self.shared.progress);
            *place = match members::fetch(worker, &scan.path, scratch, progress)? {
                Some(fetched) => Place::Here(Arc::new(fetched)),
                None => Place::Gone,
            };
        }
        Ok(place.clone())
    }

    fn add_result(
        &self,
        done: Done,
        tallies: &mut BTreeMap<Digest, Tally>,
        catalog: &mut Catalog,
    ) -> Result<(), Error> {
        let digest = done.scan.digest;
        let Some(tally) = tallies.get_mut(&digest) else {
            return Ok(());
        };
        tally.open = tally.open.saturating_sub(done.requested.len());
        if let Some(read) = done.read {
            for page in &done.requested {
                tally.left.remove(page);
            }
            tally.total += done.requested.len() as u64;
            tally.read.pages.extend(read.pages);
            tally.read.notes.extend(read.notes);
        }
        let is_over = tally.open == 0;
        if tally.total > 0 && (is_over || tally.read.pages.len() >= KEEP_PAGES) {
            let read = std::mem::replace(&mut tally.read, no_pages());
            self.keep(digest, read, &tally.left, catalog)?;
        }
        if is_over {
            if tally.left.is_empty() {
                self.shared.progress.event(Event::Completed {
                    path: &done.scan.path,
                    pages: tally.total,
                });
            }
            tallies.remove(&digest);
        }
        Ok(())
    }

    /// Puts pages in their place in the catalog and recognises the document anew.
    fn keep(
        &self,
        digest: Digest,
        mut read: ReadPages,
        left: &BTreeSet<u32>,
        catalog: &mut Catalog,
    ) -> Result<(), Error> {
        let Some(document) = catalog.document(&digest)? else {
            return Ok(());
        };
        read.pages.sort_by_key(|page: &Page| page.number);
        let content = &document.content;
        let mut extraction = catalog.extraction(&document)?;
        let waiting: Vec<u32> = left.iter().copied().collect();
        let state = read::add_pages(content.state, &mut extraction, read, &waiting);
        let recognised = match state {
            FileState::Indexed => self
                .shared
                .recogniser
                .recognise(document.path(), &extraction),
            _ => Recognised::default(),
        };
        let text_fingerprint = near_duplicate::text::fingerprint(&extraction);
        let record = ContentRecord {
            digest,
            len: content.len,
            state,
            extraction,
            recognised,
            waiting,
            members: content.members,
            text_fingerprint,
        };
        Ok(catalog.put(&self.shared.options.reader, &[record], &[])?)
    }
}

fn no_pages() -> ReadPages {
    ReadPages {
        pages: Vec::new(),
        notes: Vec::new(),
    }
}

/// Returns the pages of an answer if they are of the same bytes as before; the next run reads a
/// changed file anew.
fn checked(answer: PagesAnswer, scan: &Scan) -> Option<ReadPages> {
    (answer.digest == Some(scan.digest)).then_some(ReadPages {
        pages: answer.pages,
        notes: answer.notes,
    })
}

fn send_tasks(waiting: &[WaitingRow], to_read: &Sender<Task>) {
    for row in waiting {
        let scan = Arc::new(Scan {
            digest: row.digest,
            path: row.path.clone(),
            place: Mutex::new(Place::Unknown),
        });
        for pages in row.pages.chunks(CHUNK_PAGES) {
            let task = Task {
                scan: Arc::clone(&scan),
                pages: pages.to_owned(),
            };
            if to_read.send(task).is_err() {
                return;
            }
        }
    }
}
