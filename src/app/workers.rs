//! The other side of the door: one worker process, started when needed and replaced when it
//! dies, hangs or overruns. Whatever a file does to its reader costs that file a state, never
//! the run.

use super::{
    progress::{Event, Progress},
    worker::{Answer, Request, Response},
};
use crate::{
    io::{
        clock::Stopwatch,
        process::{ChildError, LineChild},
    },
    model::{Extraction, FileState, MediaType, Note, NoteCode},
};
use std::{path::PathBuf, time::Duration};

/// How a worker is started and how patient its caller is.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// This program.
    pub program: PathBuf,
    /// Arguments that make it a worker.
    pub arguments: Vec<String>,
    /// How long a worker may say nothing: the time one page may take.
    pub patience: Duration,
    /// How long one file may take in all.
    pub file_patience: Duration,
}

impl WorkerSettings {
    /// One page took at most 4 s on the slowest scans measured; a minute of silence is a hang.
    pub const PATIENCE: Duration = Duration::from_mins(1);
    /// A 1,000-page scan takes about half an hour on one slow processor.
    pub const FILE_PATIENCE: Duration = Duration::from_hours(1);
    /// Address space of a worker, in bytes: the models and one page at the pixel cap take well
    /// below 1 GiB; the rest is what allocators reserve without using.
    pub const MEMORY_BYTES: u64 = 3 << 30;
}

/// How often a waiting caller looks whether the user wants to stop.
const GLANCE: Duration = Duration::from_millis(200);

/// Is the place of one worker: it holds a process most of the time.
#[derive(Debug)]
pub struct Seat {
    settings: WorkerSettings,
    child: Option<LineChild>,
}

/// Says that the work was stopped by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

impl Seat {
    /// Makes an empty seat; the worker starts with the first file.
    pub fn new(settings: WorkerSettings) -> Self {
        Self {
            settings,
            child: None,
        }
    }

    /// Has a file read. Whatever happens, there is an answer.
    ///
    /// # Errors
    /// Only when the user wants to stop.
    pub fn read(
        &mut self,
        path: &str,
        progress: &dyn Progress,
    ) -> Result<Answer, Cancelled> {
        match self.attempt(path, progress) {
            Ok(answer) => Ok(answer),
            Err(Failure::Cancelled) => {
                self.child = None;
                Err(Cancelled)
            }
            // A worker that fell with the run is no fault of its file.
            Err(Failure::Child(_)) if progress.is_cancelled() => {
                self.child = None;
                Err(Cancelled)
            }
            Err(Failure::Child(error)) => {
                self.child = None;
                tracing::debug!(%error, "worker replaced");
                Ok(failed(&error))
            }
        }
    }

    fn attempt(
        &mut self,
        path: &str,
        progress: &dyn Progress,
    ) -> Result<Answer, Failure> {
        let child = match &mut self.child {
            Some(child) => child,
            None => {
                let child =
                    LineChild::start(&self.settings.program, &self.settings.arguments)?;
                self.child.insert(child)
            }
        };
        let request = Request {
            path: path.to_owned(),
        };
        let line = serde_json::to_string(&request).map_err(|_| ChildError::Ended)?;
        child.send(&line)?;
        let whole = Stopwatch::start();
        loop {
            let line = patient(child, &self.settings, whole, progress)?;
            match serde_json::from_str(&line) {
                Ok(Response::Page { page, of }) => {
                    progress.event(Event::Page { path, page, of });
                }
                Ok(Response::Done(answer)) => return Ok(*answer),
                Err(_) => return Err(ChildError::Ended.into()),
            }
        }
    }
}

/// Waits for a line in short glances, so that Ctrl-C is heard.
fn patient(
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
        match child.receive(GLANCE) {
            Err(ChildError::TimeOut(_)) => {
                let patience = settings.patience;
                if silence.elapsed() > patience {
                    return Err(ChildError::TimeOut(patience).into());
                }
                if whole.elapsed() > settings.file_patience {
                    return Err(ChildError::TimeOut(settings.file_patience).into());
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

fn failed(error: &ChildError) -> Answer {
    let note = match error {
        ChildError::TimeOut(patience) => {
            Note::file(NoteCode::TimeOut).with(format!("{} s", patience.as_secs()))
        }
        ChildError::Ended => Note::file(NoteCode::ReaderDied),
        ChildError::Start(cause) => {
            Note::file(NoteCode::ReaderDied).with(cause.to_string())
        }
    };
    let mut extraction = Extraction::without_pages(MediaType::Unknown);
    extraction.notes.push(note);
    Answer {
        digest: None,
        len: 0,
        state: FileState::Failed,
        extraction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::Silent;

    fn seat(program: &str, arguments: &[&str], patience_ms: u64) -> Seat {
        Seat::new(WorkerSettings {
            program: program.into(),
            arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
            patience: Duration::from_millis(patience_ms),
            file_patience: Duration::from_mins(1),
        })
    }

    #[test]
    fn a_worker_that_cannot_start_costs_one_file() {
        let answer = seat("no-such-program", &[], 1000)
            .read("a", &Silent)
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
            let mut seat = seat("sh", &["-c", script], 300);
            let answer = seat.read("a", &Silent).unwrap();
            assert_eq!(answer.extraction.notes[0].code, code, "{script}");
            assert!(seat.child.is_none(), "{script}");
        }
    }
}
