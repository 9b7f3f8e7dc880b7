//! A child process that answers line by line, with a time limit on each line. The only place
//! that starts processes.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place that starts them"
)]

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::Duration,
};

/// Says how a child failed its caller. It is gone in every case.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// It could not be started.
    #[error("the worker cannot be started")]
    Start(#[source] std::io::Error),
    /// It said nothing for too long and was killed.
    #[error("the worker said nothing for {0:?}")]
    TimeOut(Duration),
    /// It ended: by itself, by its memory cap, or by a crash.
    #[error("the worker ended")]
    Ended,
}

/// Is a running child. Killed when dropped.
#[derive(Debug)]
pub struct LineChild {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl LineChild {
    /// Starts `program` with `arguments`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(program: &Path, arguments: &[String]) -> Result<Self, ChildError> {
        let mut child = Command::new(program)
            .args(arguments)
            // Crates inside a worker that would use every core are told to use one: how many
            // work at a time is for the user to say, by how many workers there are.
            .env("RAYON_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(ChildError::Start)?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take();
        let (sender, lines) = channel();
        // Ends by itself when the child does: its pipe closes.
        std::thread::spawn(move || {
            let lines = stdout
                .into_iter()
                .flat_map(|out| BufReader::new(out).lines());
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            child,
            stdin,
            lines,
        })
    }

    /// Sends one line.
    ///
    /// # Errors
    /// When the child has ended.
    pub fn send(&mut self, line: &str) -> Result<(), ChildError> {
        let stdin = self.stdin.as_mut().ok_or(ChildError::Ended)?;
        let sent = writeln!(stdin, "{line}").and_then(|()| stdin.flush());
        sent.map_err(|_| ChildError::Ended)
    }

    /// Waits for the next line, at most `patience`.
    ///
    /// # Errors
    /// When it does not come in time or the child has ended.
    pub fn receive(&mut self, patience: Duration) -> Result<String, ChildError> {
        self.lines
            .recv_timeout(patience)
            .map_err(|error| match error {
                RecvTimeoutError::Timeout => ChildError::TimeOut(patience),
                RecvTimeoutError::Disconnected => ChildError::Ended,
            })
    }
}

impl Drop for LineChild {
    fn drop(&mut self) {
        // Closing its input lets an idle child end by itself; a stuck one is killed.
        self.stdin = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
