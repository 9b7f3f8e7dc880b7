//! The client of one worker process, which is started when needed and replaced when it dies, hangs
//! or takes too long. A file that crashes its reader gets a failed state; the run goes on.

use super::shrink;
use super::shrink::AccessCopyResult;
use super::worker::{Answer, EsignAnswer, PagesAnswer, Request, Response, ToDraw};
use crate::access_copy::PageView;
use crate::app::progress::{Event, Progress};
use crate::extract::container::{Caps, Unpacked};
use crate::io::clock::Stopwatch;
use crate::io::files::path;
use crate::io::process::{ChildError, LineChild};
use crate::model::{Anchor, Digest, FileState, NoCopy, Note, NoteCode};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// How a worker is started, and its timeouts.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// This program.
    pub program: PathBuf,
    /// Arguments that make it a worker.
    pub arguments: Vec<String>,
    /// Longest time between two lines of a worker, which is the time for one page.
    pub timeout: Duration,
    /// Longest time for one request.
    pub file_timeout: Duration,
    /// The certificates that the user trusts.
    pub anchors: Vec<Anchor>,
}

impl WorkerSettings {
    /// One page took at most 4 s on the slowest scans measured; a minute without a line is a hang.
    pub const LINE_TIMEOUT: Duration = Duration::from_mins(1);
    /// A 1,000-page scan takes about half an hour on one slow processor.
    pub const FILE_TIMEOUT: Duration = Duration::from_hours(1);
    /// Address space of a worker, in bytes: the models and one page at the pixel cap take well
    /// below 1 GiB; the rest is what allocators reserve without using.
    pub const MEMORY_BYTES: u64 = 3 << 30;
}

/// How often a waiting caller polls whether the user wants to stop.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// A client of one worker process, which may be running or not.
#[derive(Debug)]
pub struct WorkerClient {
    settings: WorkerSettings,
    child: Option<LineChild>,
}

/// The user stopped the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

impl WorkerClient {
    /// Returns a client without a process; the worker starts with the first request.
    pub fn new(settings: WorkerSettings) -> Self {
        Self {
            settings,
            child: None,
        }
    }

    /// Has a file read that is shown as `name`. With `ends`, only so many of the pages that need
    /// OCR are read if there are many more. A failure of the worker is an answer, too.
    ///
    /// # Errors
    /// Only when the user wants to stop.
    pub fn read(
        &mut self,
        file: &Path,
        name: &str,
        ends: Option<u32>,
        progress: &dyn Progress,
    ) -> Result<Answer, Cancelled> {
        let request = Request::Read {
            path: path::to_text(file),
            name: name.to_owned(),
            ends,
            anchors: self.settings.anchors.clone(),
        };
        Ok(match self.ask(&request, name, progress)? {
            Ok(Response::Read(answer)) => *answer,
            other => Answer::unread(FileState::Failed, failure_note(other)),
        })
    }

    /// Has the electronic signatures of a file examined. A failure of the worker is an answer,
    /// too.
    ///
    /// # Errors
    /// Only when the user wants to stop.
    pub fn esign(
        &mut self,
        file: &Path,
        progress: &dyn Progress,
    ) -> Result<EsignAnswer, Cancelled> {
        let path = path::to_text(file);
        let request = Request::Esign {
            path: path.clone(),
            anchors: self.settings.anchors.clone(),
        };
        Ok(match self.ask(&request, &path, progress)? {
            Ok(Response::Esign(answer)) => *answer,
            other => EsignAnswer::unread(failure_note(other)),
        })
    }

    /// Has some pages of a file read by OCR; where the worker fails, returns a note that says how.
    ///
    /// # Errors
    /// Only when the user wants to stop.
    pub fn pages(
        &mut self,
        file: &Path,
        name: &str,
        pages: &[u32],
        progress: &dyn Progress,
    ) -> Result<Result<PagesAnswer, Note>, Cancelled> {
        let request = Request::Pages {
            path: path::to_text(file),
            pages: pages.to_owned(),
        };
        Ok(match self.ask(&request, name, progress)? {
            Ok(Response::Pages(answer)) => Ok(*answer),
            other => Err(failure_note(other)),
        })
    }

    /// Has the members of a container unpacked into the private folder `into`, or `only` the one
    /// of that name. A failure of the worker is an answer, too.
    ///
    /// # Errors
    /// Only when the user wants to stop.
    pub fn unpack(
        &mut self,
        file: &Path,
        name: &str,
        only: Option<&str>,
        into: &Path,
        caps: Caps,
        progress: &dyn Progress,
    ) -> Result<Unpacked, Cancelled> {
        let request = Request::Unpack {
            path: path::to_text(file),
            name: name.to_owned(),
            only: only.map(str::to_owned),
            into: path::to_text(into),
            caps,
        };
        Ok(match self.ask(&request, name, progress)? {
            Ok(Response::Unpacked(unpacked)) => unpacked,
            other => Unpacked {
                state: FileState::Failed,
                notes: vec![failure_note(other)],
                members: Vec::new(),
            },
        })
    }

    /// Has an access copy of a file made in the private folder `into`. A failure of the worker is
    /// an answer, too.
    ///
    /// # Errors
    /// Only when the user wants to stop.
    pub fn shrink(
        &mut self,
        file: &Path,
        name: &str,
        request: shrink::CopyRequest<'_>,
        into: &Path,
        progress: &dyn Progress,
    ) -> Result<AccessCopyResult, Cancelled> {
        let request = Request::Shrink {
            path: path::to_text(file),
            sha256: *request.sha256,
            into: path::to_text(into),
            limit: request.limit,
            pages: request.pages.to_owned(),
        };
        Ok(match self.ask(&request, name, progress)? {
            Ok(Response::Shrunk(shrunk)) => shrunk,
            other => AccessCopyResult::None(NoCopy::Unreadable(failure_note(other))),
        })
    }

    /// Has one page of a file drawn into the private folder `into`, a JPEG under the number 0;
    /// where the worker fails, returns a note that says how.
    ///
    /// # Errors
    /// Only when the user wants to stop.
    pub fn draw(
        &mut self,
        file: &Path,
        (sha256, page): (&Digest, u32),
        view: &PageView,
        into: &Path,
        progress: &dyn Progress,
    ) -> Result<Result<(), Note>, Cancelled> {
        let name = path::to_text(file);
        let request = Request::Draw(ToDraw {
            path: name.clone(),
            sha256: *sha256,
            page,
            view: view.clone(),
            into: path::to_text(into),
        });
        Ok(match self.ask(&request, &name, progress)? {
            Ok(Response::Drawn(None)) => Ok(()),
            Ok(Response::Drawn(Some(note))) => Err(note),
            other => Err(failure_note(other)),
        })
    }

    fn ask(
        &mut self,
        request: &Request,
        name: &str,
        progress: &dyn Progress,
    ) -> Result<Result<Response, ChildError>, Cancelled> {
        match self.attempt(request, name, progress) {
            Ok(response) => Ok(Ok(response)),
            Err(Failure::Cancelled) => {
                self.child = None;
                Err(Cancelled)
            }
            // A worker that ended because the user stopped the run is no fault of its file.
            Err(Failure::Child(_)) if progress.is_cancelled() => {
                self.child = None;
                Err(Cancelled)
            }
            Err(Failure::Child(error)) => {
                self.child = None;
                tracing::debug!(%error, "worker replaced");
                Ok(Err(error))
            }
        }
    }

    fn attempt(
        &mut self,
        request: &Request,
        path: &str,
        progress: &dyn Progress,
    ) -> Result<Response, Failure> {
        let child = match &mut self.child {
            Some(child) => child,
            None => {
                let child =
                    LineChild::start(&self.settings.program, &self.settings.arguments)?;
                self.child.insert(child)
            }
        };
        let line = serde_json::to_string(request).map_err(|_| ChildError::Ended(None))?;
        child.send(&line)?;
        let whole = Stopwatch::start();
        loop {
            let line = receive_line(child, &self.settings, whole, progress)?;
            match serde_json::from_str(&line) {
                Ok(Response::Page { page, of }) => {
                    progress.event(Event::Page { path, page, of });
                }
                Ok(response) => return Ok(response),
                Err(_) => return Err(ChildError::Ended(None).into()),
            }
        }
    }
}

/// Waits for a line; polls in short intervals, so that Ctrl-C takes effect.
fn receive_line(
    child: &mut LineChild,
    settings: &WorkerSettings,
    whole: Stopwatch,
    progress: &dyn Progress,
) -> Result<String, Failure> {
    let silence = Stopwatch::start();
    loop {
        if progress.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        match child.receive(POLL_INTERVAL) {
            Err(ChildError::TimeOut(_)) => {
                let timeout = settings.timeout;
                if silence.elapsed() > timeout {
                    return Err(ChildError::TimeOut(timeout).into());
                }
                if whole.elapsed() > settings.file_timeout {
                    return Err(ChildError::TimeOut(settings.file_timeout).into());
                }
            }
            other => return Ok(other?),
        }
    }
}

enum Failure {
    Cancelled,
    Child(ChildError),
}

impl From<ChildError> for Failure {
    fn from(error: ChildError) -> Self {
        Self::Child(error)
    }
}

/// Returns a note that says why a request was not answered, or was answered with the wrong kind.
fn failure_note(response: Result<Response, ChildError>) -> Note {
    match response {
        Err(ChildError::TimeOut(timeout)) => {
            Note::file(NoteCode::TimeOut).with(format!("{} s", timeout.as_secs()))
        }
        Err(ChildError::Start(cause)) => {
            Note::file(NoteCode::ReaderDied).with(cause.to_string())
        }
        Err(ChildError::Ended(Some(last_error_line))) => {
            Note::file(NoteCode::ReaderDied).with(last_error_line)
        }
        Ok(_) | Err(ChildError::Ended(None)) => Note::file(NoteCode::ReaderDied),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::Silent;

    fn worker(program: &str, arguments: &[&str], timeout_ms: u64) -> WorkerClient {
        WorkerClient::new(WorkerSettings {
            program: program.into(),
            arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
            timeout: Duration::from_millis(timeout_ms),
            file_timeout: Duration::from_mins(1),
            anchors: Vec::new(),
        })
    }

    #[test]
    fn a_worker_that_cannot_start_costs_one_file() {
        let answer = worker("no-such-program", &[], 1000)
            .read(Path::new("a"), "a", None, &Silent)
            .unwrap();
        assert_eq!(answer.state, FileState::Failed);
        assert_eq!(answer.extraction.notes[0].code, NoteCode::ReaderDied);
    }

    #[cfg(unix)]
    #[test]
    fn a_worker_that_dies_hangs_or_babbles_costs_one_file() {
        let cases = [
            ("exit 3", NoteCode::ReaderDied),
            ("read x; kill -9 $$", NoteCode::ReaderDied),
            ("read x; echo nonsense; sleep 5", NoteCode::ReaderDied),
            ("read x; sleep 30", NoteCode::TimeOut),
        ];
        for (script, code) in cases {
            let mut worker = worker("sh", &["-c", script], 300);
            let answer = worker.read(Path::new("a"), "a", None, &Silent).unwrap();
            assert_eq!(answer.extraction.notes[0].code, code, "{script}");
            assert!(worker.child.is_none(), "{script}");
        }
    }
}
