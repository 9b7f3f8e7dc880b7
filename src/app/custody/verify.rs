//! Fixity checks: reads files again and compares their digests with those in the catalog. The
//! oldest check comes first, so that the next run goes on where a budget ended this one. An
//! unreachable share or folder is no lost file (`app::custody::unreachable`).

use super::new_files::NewFiles;
use super::unreachable::{
    RootState, UnreachableFolders, holds, inspect_roots, is_empty_now,
};
use crate::app::archive::workspace::{OwnFiles, Workspace};
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::progress::{Event as Progressed, Progress};
use crate::io::clock;
use crate::io::clock::Stopwatch;
use crate::io::files::source::Trouble;
use crate::io::files::{path, source};
use crate::io::store::{Catalog, DueRow};
use crate::model::{
    Digest, Event, EventObject, EventOutcome, EventType, FixityCheck, FixityStatus, Link,
    NoteCode, QuestionId,
};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Checks go to disk when there are so many, or they are so old: a crash costs as much work.
const BATCH_CHECKS: usize = 512;
const BATCH_AGE: Duration = Duration::from_secs(2);

/// Files taken from the due queue at once.
const DUE_CHUNK: u32 = 1024;

/// The options of a verification.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Threads that read.
    pub jobs: usize,
    /// Stops to begin files after this long.
    pub budget: Option<Duration>,
    /// Only files that were not checked in so many days.
    pub round_days: Option<u32>,
}

/// A file that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub status: FixityStatus,
    /// The path.
    pub path: String,
    /// The digest it should have; `None` where the file is new.
    pub expected: Option<Digest>,
    /// The digest it has.
    pub found: Option<Digest>,
    /// Where the same bytes lie now: the place it was moved to, or a copy.
    pub now_at: Option<String>,
    /// Why it could not be read.
    pub trouble: Option<Trouble>,
    /// The questions that it was confident evidence for, and that lose it.
    pub questions: Vec<QuestionId>,
}

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// When it was done, RFC 3339, UTC.
    pub time: String,
    /// How many files stand how.
    pub sums: BTreeMap<FixityStatus, u64>,
    /// Files that are not as they were, in order of path.
    pub findings: Vec<Finding>,
    /// The questions that have lost all of their confident evidence.
    pub questions_without_evidence: Vec<QuestionId>,
    /// Files that are due and were not reached within the budget.
    pub left: u64,
    /// Files that were never read and have no digest.
    pub undigested: u64,
    /// Folders that are away as a whole, with how many files that are due; in order of path.
    pub unreachable: BTreeMap<String, u64>,
}

impl Verified {
    /// Tells whether a file was lost or changed.
    pub fn has_loss(&self) -> bool {
        self.sums.keys().any(|status| status.is_loss())
    }

    /// Tells whether nothing could be said about some files.
    pub fn is_in_part(&self) -> bool {
        self.sums.keys().any(|status| status.is_open())
    }
}

/// Verifies an archive's files.
///
/// # Errors
/// When the catalog cannot be read or written, or the user stopped: what was checked is kept.
pub fn verify(
    workspace: &mut Workspace,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Verified, Error> {
    let _lock = workspace.lock()?;
    let clock = Stopwatch::start();
    let now = clock::timestamp();
    let before = options.round_days.map(clock::days_ago);
    let queue = workspace.another_catalog()?;
    queue.enqueue_due(before.as_deref())?;
    enqueue_copies(workspace, &queue, before.as_deref())?;
    let due = queue.due_count()?;
    progress.event(Progressed::Walked {
        files: due,
        done: true,
    });
    let roots = inspect_roots(workspace, progress)?;
    let mut run = Run {
        now: now.clone(),
        roots: &roots,
        sums: BTreeMap::new(),
        findings: Vec::new(),
        open: Vec::new(),
        unreachable: roots
            .iter()
            .filter(|root| root.is_unreachable() && root.known > 0)
            .map(|root| (root.path.clone(), 0))
            .collect(),
        checked_count: 0,
    };
    let mut writing = workspace.another_catalog()?;
    run.read(queue, options, clock, &mut writing, progress)?;
    let left = due - run.checked_count;
    run.judge_unread(&workspace.own_files(), &mut writing, progress)?;
    let mut verified = Verified {
        time: now,
        sums: run.sums,
        findings: run.findings,
        questions_without_evidence: Vec::new(),
        left,
        undigested: workspace.catalog.undigested_count()?,
        unreachable: run.unreachable,
    };
    attach_questions(workspace, &mut verified)?;
    verified.findings.sort_by(|a, b| a.path.cmp(&b.path));
    match progress.is_cancelled() {
        true => Err(super::bag::stopped()),
        false => Ok(verified),
    }
}

/// Adds the archive's own copies to the due queue.
fn enqueue_copies(
    workspace: &Workspace,
    queue: &Catalog,
    before: Option<&str>,
) -> Result<(), Error> {
    let store = workspace.kept();
    for digest in store.sorted_digests() {
        let path = path::to_text(&store.path(&digest));
        let checked = workspace.catalog.last_check(&path)?.map(|(at, _)| at);
        let is_recent = checked.as_deref().zip(before).is_some_and(|(c, b)| c >= b);
        if !is_recent {
            queue.enqueue(&DueRow {
                path,
                digest,
                len: 0,
                checked,
            })?;
        }
    }
    Ok(())
}

/// What is known of a file that could not be read, and why.
type Open = (DueRow, FixityStatus, Option<Trouble>);

struct Run<'a> {
    now: String,
    roots: &'a [RootState],
    sums: BTreeMap<FixityStatus, u64>,
    findings: Vec<Finding>,
    /// Files that could not be read; judged at the end, when all missing files are known.
    open: Vec<Open>,
    /// Folders that are away, and how many files with them.
    unreachable: BTreeMap<String, u64>,
    checked_count: u64,
}

/// A file with the result of reading it.
type ReadResult = (DueRow, Result<Digest, Trouble>);

impl Run<'_> {
    /// Reads what is due, on several threads; this one writes.
    fn read(
        &mut self,
        queue: Catalog,
        options: &Options,
        clock: Stopwatch,
        catalog: &mut Catalog,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        let jobs = options.jobs.max(1);
        let (give, due) = crossbeam_channel::bounded::<DueRow>(jobs * 4);
        let (results, read_results) = crossbeam_channel::bounded::<ReadResult>(jobs * 4);
        let is_over = || {
            progress.is_cancelled()
                || options.budget.is_some_and(|most| clock.elapsed() >= most)
        };
        let roots = self.roots;
        std::thread::scope(|scope| {
            let is_over = &is_over;
            let giving = scope.spawn(move || send_due(&queue, roots, is_over, &give));
            for _ in 0..jobs {
                let (due, results) = (due.clone(), results.clone());
                scope.spawn(move || read_due_files(&due, is_over, &results));
            }
            drop((due, results));
            let written = self.write(&read_results, catalog, progress);
            // Where writing ended early, this ends the reading threads.
            drop(read_results);
            written?;
            let unreachable = giving.join().unwrap_or_else(|_| Err(reader_died()))?;
            for (root, files) in unreachable {
                // Files of unreachable roots count as checked.
                self.checked_count += files;
                *self.sums.entry(FixityStatus::Unreachable).or_default() += files;
                *self.unreachable.entry(root).or_default() += files;
            }
            Ok(())
        })
    }

    fn write(
        &mut self,
        read_results: &Receiver<ReadResult>,
        catalog: &mut Catalog,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        let mut checks: Vec<FixityCheck> = Vec::new();
        let mut age = Stopwatch::start();
        loop {
            match read_results.recv_timeout(BATCH_AGE) {
                Ok((row, result)) => {
                    progress.event(Progressed::Verified { path: &row.path });
                    self.checked_count += 1;
                    checks.extend(self.judge_read(row, result));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if checks.len() >= BATCH_CHECKS || age.elapsed() > BATCH_AGE {
                self.keep(&mut checks, catalog)?;
                age = Stopwatch::start();
            }
        }
        self.keep(&mut checks, catalog)
    }

    /// Returns the check of a file that was read; one that was not is judged later.
    fn judge_read(
        &mut self,
        row: DueRow,
        result: Result<Digest, Trouble>,
    ) -> Option<FixityCheck> {
        match result {
            Ok(found) => {
                let status = match found == row.digest {
                    true => FixityStatus::Same,
                    false => FixityStatus::Changed,
                };
                Some(FixityCheck {
                    path: row.path,
                    expected: row.digest,
                    found: Some(found),
                    status,
                })
            }
            Err(trouble) => {
                let status = match trouble.note.code {
                    NoteCode::Vanished => FixityStatus::Missing,
                    _ => FixityStatus::Unreadable,
                };
                self.open.push((row, status, Some(trouble)));
                None
            }
        }
    }

    /// Writes a batch of checks into the catalog.
    fn keep(
        &mut self,
        checks: &mut Vec<FixityCheck>,
        catalog: &mut Catalog,
    ) -> Result<(), Error> {
        if checks.is_empty() {
            return Ok(());
        }
        let mut same = Event::new(EventType::FixityCheck, &self.now)
            .with("status", FixityStatus::Same.as_str());
        let mut events = Vec::new();
        for check in checks.iter() {
            *self.sums.entry(check.status).or_default() += 1;
            if check.status == FixityStatus::Same {
                same.objects.push(EventObject::content(check.expected));
                continue;
            }
            events.push(self.event(check, None));
            self.findings.push(finding(check, None, None));
        }
        // Copies of one content are one object.
        same.objects.sort();
        same.objects.dedup();
        if !same.objects.is_empty() {
            events.push(same);
        }
        catalog.put_checks(&self.now, checks, &events)?;
        checks.clear();
        Ok(())
    }

    fn event(&self, check: &FixityCheck, now_at: Option<&str>) -> Event {
        let outcome = match check.status.is_loss() {
            true => EventOutcome::Fail,
            false => EventOutcome::Warning,
        };
        let mut event = Event::new(EventType::FixityCheck, &self.now)
            .ended(outcome)
            .with("status", check.status.as_str())
            .about(EventObject {
                path: Some(check.path.clone()),
                ..EventObject::content(check.expected)
            });
        if let Some(found) = check.found {
            event = event.with("found", found);
        }
        match now_at {
            Some(path) => event.with("now_at", path),
            None => event,
        }
    }

    /// Judges the files that could not be read: missing, moved, unreachable or unreadable. Then
    /// reports new files.
    fn judge_unread(
        &mut self,
        own: &OwnFiles,
        catalog: &mut Catalog,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        let open = std::mem::take(&mut self.open);
        let mut new_files = NewFiles::new(self.roots);
        let open = self.look_elsewhere(open, &mut new_files, progress);
        let moved: Vec<String> = open
            .iter()
            .filter(|(.., now_at)| now_at.is_some())
            .map(|((row, ..), _)| row.path.clone())
            .collect();
        let mut folders = UnreachableFolders::new(self.roots, &moved);
        let (mut checks, mut events) = (Vec::new(), Vec::new());
        for ((row, mut status, trouble), now_at) in open {
            // The archive's own copies lie on no mount of their own.
            if status == FixityStatus::Missing
                && !own.contain(&row.path)
                && let Some(folder) = folders.unreachable_folder_of(&row.path, catalog)?
            {
                status = FixityStatus::Unreachable;
                self.unreachable.entry(folder).or_default();
            }
            let check = FixityCheck {
                path: row.path,
                expected: row.digest,
                found: None,
                status,
            };
            *self.sums.entry(status).or_default() += 1;
            if status == FixityStatus::Unreachable {
                self.count_unreachable(&check.path);
                continue;
            }
            events.push(self.event(&check, now_at.as_deref()));
            self.findings.push(finding(&check, now_at, trouble));
            checks.push(check);
        }
        // A file that could not be read was not checked: it stays first in the due queue.
        checks.retain(|check| !check.status.is_open());
        catalog.put_checks(&self.now, &checks, &events)?;
        self.name_new(&new_files);
        Ok(())
    }

    /// Looks for missing files under other names, and marks those of a mount that went away while
    /// its files were read.
    fn look_elsewhere(
        &mut self,
        open: Vec<Open>,
        new_files: &mut NewFiles<'_>,
        progress: &dyn Progress,
    ) -> Vec<(Open, Option<String>)> {
        let roots = self.roots;
        let mut gone_since: BTreeMap<&str, bool> = BTreeMap::new();
        let mut judged = Vec::with_capacity(open.len());
        for (row, mut status, trouble) in open {
            if progress.is_cancelled() {
                break;
            }
            let root = roots.iter().find(|root| root.holds(&row.path));
            if let Some(root) = root
                && *gone_since
                    .entry(root.path.as_str())
                    .or_insert_with(|| is_empty_now(&root.path))
            {
                status = FixityStatus::Unreachable;
                self.unreachable.entry(root.path.clone()).or_default();
            }
            let now_at = match status {
                FixityStatus::Missing => new_files.find(&row),
                _ => None,
            };
            if now_at.is_some() {
                status = FixityStatus::Moved;
            }
            judged.push(((row, status, trouble), now_at));
        }
        judged
    }

    fn count_unreachable(&mut self, path: &str) {
        let mut unreachable = self.unreachable.iter_mut();
        if let Some((_, files)) = unreachable.find(|(folder, _)| holds(folder, path)) {
            *files += 1;
        }
    }

    fn name_new(&mut self, new_files: &NewFiles<'_>) {
        for (path, _) in self.roots.iter().flat_map(|root| &root.new) {
            if new_files.has_taken(path) {
                continue;
            }
            *self.sums.entry(FixityStatus::New).or_default() += 1;
            self.findings.push(Finding {
                status: FixityStatus::New,
                path: path.clone(),
                expected: None,
                found: None,
                now_at: None,
                trouble: None,
                questions: Vec::new(),
            });
        }
    }
}

fn reader_died() -> Error {
    Error::new(
        ErrorKind::Internal,
        "pemeriksaan berhenti mendadak",
        "the check fell over",
    )
    .hint(
        "jalankan lagi; yang sudah diperiksa tetap tercatat",
        "run again; what was checked is recorded",
    )
}

/// Sends the files that are due to the readers, in order. Returns how many lie in unreachable
/// roots.
fn send_due(
    queue: &Catalog,
    roots: &[RootState],
    is_over: &(dyn Fn() -> bool + Sync),
    give: &Sender<DueRow>,
) -> Result<BTreeMap<String, u64>, Error> {
    let mut unreachable = BTreeMap::new();
    let mut last: Option<DueRow> = None;
    loop {
        let rows = queue.next_due(last.as_ref(), DUE_CHUNK)?;
        last = rows.last().cloned();
        if last.is_none() {
            return Ok(unreachable);
        }
        for row in rows {
            let mut holding = roots.iter().filter(|root| root.holds(&row.path));
            if let Some(root) = holding.find(|root| root.is_unreachable()) {
                *unreachable.entry(root.path.clone()).or_default() += 1;
            } else if !is_over() && give.send(row).is_err() {
                return Ok(unreachable);
            }
        }
    }
}

/// Reads files that are due until there are no more, or the time is over.
fn read_due_files(
    due: &Receiver<DueRow>,
    is_over: &(dyn Fn() -> bool + Sync),
    results: &Sender<ReadResult>,
) {
    for row in due {
        // The rest of the queue is drained without reading.
        if is_over() {
            continue;
        }
        // A file that was begun is read to its end; else a budget would never get past a large one.
        let result = match source::digest(&path::from_text(&row.path), || false) {
            Ok(Some((digest, _))) => Ok(digest),
            Ok(None) => return,
            Err(trouble) => Err(trouble),
        };
        if results.send((row, result)).is_err() {
            return;
        }
    }
}

fn finding(
    check: &FixityCheck,
    now_at: Option<String>,
    trouble: Option<Trouble>,
) -> Finding {
    Finding {
        status: check.status,
        path: check.path.clone(),
        expected: Some(check.expected),
        found: check.found,
        now_at,
        trouble: trouble.filter(|_| check.status == FixityStatus::Unreadable),
        questions: Vec::new(),
    }
}

/// Adds the questions that lose evidence: what lay at a path, or in the container there, was
/// confident evidence and lies nowhere else.
fn attach_questions(workspace: &Workspace, verified: &mut Verified) -> Result<(), Error> {
    let (catalog, kept) = (&workspace.catalog, workspace.kept());
    let lost_paths: BTreeSet<String> = verified
        .findings
        .iter()
        .filter(|finding| finding.status.is_loss())
        .map(|finding| finding.path.clone())
        .collect();
    if lost_paths.is_empty() {
        return Ok(());
    }
    let is_lost = |path: &str| {
        lost_paths.iter().any(|lost| {
            let inside = path.strip_prefix(lost.as_str());
            inside.is_some_and(|r| r.is_empty() || r.starts_with(crate::model::INSIDE))
        })
    };
    // As people decided: what they rejected is no evidence, what they accepted is.
    let links = EffectiveLinks::load(workspace)?.all_links(workspace)?;
    let mut lost = BTreeSet::new();
    for finding in &mut verified.findings {
        if !finding.status.is_loss() {
            continue;
        }
        let mut questions = BTreeSet::new();
        for digest in catalog.contents_at(&finding.path)? {
            let document = catalog.document(&digest)?;
            let paths = document.map(|document| document.paths).unwrap_or_default();
            let own = finding.expected == Some(digest);
            let still = |(path, present): &&(String, bool)| *present && !is_lost(path);
            let copy = path::to_text(&kept.path(&digest));
            let is_kept = kept.has(&digest) && !is_lost(&copy);
            let lies = paths.iter().find(still).map(|(path, _)| path.clone());
            if let Some(place) = lies.or(is_kept.then_some(copy)) {
                finding.now_at = finding.now_at.take().or(own.then_some(place));
                continue;
            }
            lost.insert(digest);
            let links = links.get(&digest).map_or(&[][..], Vec::as_slice);
            let confident = links.iter().filter(|l| l.confidence.is_confident());
            questions.extend(confident.map(|link| link.question.clone()));
        }
        finding.questions = questions.into_iter().collect();
    }
    verified.questions_without_evidence =
        questions_without_evidence(catalog, &links, &lost)?;
    Ok(())
}

/// Returns the questions of which all confident evidence is lost.
fn questions_without_evidence(
    catalog: &Catalog,
    links: &BTreeMap<Digest, Vec<Link>>,
    lost: &BTreeSet<Digest>,
) -> Result<Vec<QuestionId>, Error> {
    let confident = |digest: &Digest| {
        let links = links.get(digest).map_or(&[][..], Vec::as_slice);
        let confident = links.iter().filter(|link| link.confidence.is_confident());
        confident.map(|link| link.question.clone())
    };
    let mut gone: BTreeSet<QuestionId> = lost.iter().flat_map(confident).collect();
    let present = catalog.present_contents()?;
    for question in present.difference(lost).flat_map(confident) {
        gone.remove(&question);
    }
    Ok(gone.into_iter().collect())
}

#[cfg(test)]
pub(super) mod tests;
