//! Child processes: one that answers line by line with a timeout on each line, and one that takes
//! all its input and returns all its output. This is the only place that starts processes.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place that starts them"
)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread::JoinHandle,
    time::Duration,
};

/// Bytes kept of the end of a child's standard error, and most characters of the line that is
/// shown of it.
const KEPT_BYTES: usize = 4096;
const SHOWN_CHARS: usize = 200;

/// Opens an address in the browser of this computer.
///
/// # Errors
/// When there is none, or it does not start.
pub fn open_in_browser(address: &str) -> std::io::Result<()> {
    open::that_detached(address)
}

/// Returns what tells this build of the program from another: how long its file is and when it
/// was written; nothing where the system does not say.
pub fn build() -> String {
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let written = program.and_then(|file| Ok((file.len(), file.modified()?)));
    written.map_or_else(|_| String::new(), |written| format!("{written:?}"))
}

/// The way in which a child failed. It no longer runs in any case.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// It could not be started.
    #[error("the program cannot be started")]
    Start(#[source] std::io::Error),
    /// It did not answer within the timeout and was killed.
    #[error("the program said nothing for {0:?}")]
    TimeOut(Duration),
    /// It ended: by itself, by its memory cap, or by a crash.
    #[error("the program ended{}", .0.as_ref().map(|line| format!(": {line}")).unwrap_or_default())]
    Ended(
        /// The last line it wrote to its standard error: a stack that overflowed, memory that
        /// was refused.
        Option<String>,
    ),
}

/// A running child. Killed when dropped.
#[derive(Debug)]
pub struct LineChild {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    last_error_line: Option<JoinHandle<Option<String>>>,
}

impl LineChild {
    /// Starts `program` with `arguments`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(program: &Path, arguments: &[String]) -> Result<Self, ChildError> {
        let mut child = Command::new(program)
            .args(arguments)
            // Crates inside a worker use one core: the number of workers is the user's choice.
            .env("RAYON_NUM_THREADS", "1")
            // The allocator returns memory 10 ms after it is free. At once, and a quarter of the
            // time on a scan goes into getting it back from the system; never, and a worker
            // holds twice as much.
            .env("MIMALLOC_PURGE_DELAY", "10")
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(ChildError::Start)?;
        let last_error_line = read_last_error_line(child.stderr.take());
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
            last_error_line: Some(last_error_line),
        })
    }

    /// Sends one line.
    ///
    /// # Errors
    /// When the child has ended.
    pub fn send(&mut self, line: &str) -> Result<(), ChildError> {
        let sent = self
            .stdin
            .as_mut()
            .map(|stdin| writeln!(stdin, "{line}").and_then(|()| stdin.flush()));
        match sent {
            Some(Ok(())) => Ok(()),
            _ => Err(self.ended()),
        }
    }

    /// Waits for the next line, at most `timeout`.
    ///
    /// # Errors
    /// When it does not come in time or the child has ended.
    pub fn receive(&mut self, timeout: Duration) -> Result<String, ChildError> {
        match self.lines.recv_timeout(timeout) {
            Ok(line) => Ok(line),
            Err(RecvTimeoutError::Timeout) => Err(ChildError::TimeOut(timeout)),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
        }
    }

    /// Stops the child and returns the error that it ended, with its last line on standard error.
    fn ended(&mut self) -> ChildError {
        self.stop();
        let last_error_line = self.last_error_line.take();
        ChildError::Ended(
            last_error_line.and_then(|listener| listener.join().ok().flatten()),
        )
    }

    fn stop(&mut self) {
        // Closing its input lets an idle child end by itself; a stuck one is killed.
        self.stdin = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for LineChild {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Reads a child's standard error to its end and returns its last line.
fn read_last_error_line(
    errors: Option<impl Read + Send + 'static>,
) -> JoinHandle<Option<String>> {
    std::thread::spawn(move || {
        let mut errors = errors?;
        let (mut kept, mut chunk) = (Vec::new(), [0_u8; 1024]);
        while let Ok(read @ 1..) = errors.read(&mut chunk) {
            kept.extend_from_slice(chunk.get(..read).unwrap_or_default());
            kept.drain(..kept.len().saturating_sub(KEPT_BYTES));
        }
        let text = String::from_utf8_lossy(&kept);
        let line = text
            .lines()
            .rev()
            .map(str::trim)
            .find(|line| !line.is_empty())?;
        Some(
            line.chars()
                .filter(|c| !c.is_control())
                .take(SHOWN_CHARS)
                .collect(),
        )
    })
}

/// Runs a program to its end: `input` goes to its standard input, its standard output comes
/// back. It is killed when it takes longer than `timeout`.
///
/// # Errors
/// When it cannot be started, takes too long or does not end well.
pub fn run(
    program: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
    input: Vec<u8>,
    timeout: Duration,
) -> Result<Vec<u8>, ChildError> {
    let mut child = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(ChildError::Start)?;
    let last_error_line = read_last_error_line(child.stderr.take());
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    // Both pipes are served at once: a program may write before it has read all.
    std::thread::spawn(move || {
        // One that ends early breaks the pipe, and its exit tells why.
        let _ = stdin.map(|mut stdin| stdin.write_all(&input));
    });
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.map(|mut stdout| stdout.read_to_end(&mut bytes));
        let _ = sender.send(read.map(|read| read.map(|_| bytes)));
    });
    let output = match output.recv_timeout(timeout) {
        Ok(output) => output,
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => {
            let _ = child.kill();
            let _ = child.wait();
            return Err(ChildError::TimeOut(timeout));
        }
    };
    match (child.wait(), output) {
        (Ok(status), Some(Ok(output))) if status.success() => Ok(output),
        _ => Err(ChildError::Ended(last_error_line.join().ok().flatten())),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, input: &[u8]) -> Result<Vec<u8>, ChildError> {
        let timeout = Duration::from_secs(2);
        run(
            "sh",
            &["-c", script],
            &[("WORD", "satu")],
            input.to_vec(),
            timeout,
        )
    }

    #[test]
    fn a_program_is_run_to_its_end_or_stopped() {
        assert_eq!(shell("cat; printf $WORD", b"nol ").unwrap(), b"nol satu");
        // More than a pipe holds, both ways, and an input nobody reads.
        let long = vec![b'x'; 1 << 20];
        assert_eq!(shell("cat", &long).unwrap(), long);
        assert_eq!(shell("echo a", &long).unwrap(), b"a\n");
        assert!(matches!(shell("exit 3", b""), Err(ChildError::Ended(None))));
        let Err(ChildError::Ended(Some(line))) = shell(
            "yes keluhan | head -c 9000 >&2; echo 'kata terakhir' >&2; exit 3",
            b"",
        ) else {
            panic!("it did not end well");
        };
        assert_eq!(line, "kata terakhir");
        assert!(matches!(
            shell("exec sleep 9", b""),
            Err(ChildError::TimeOut(_))
        ));
        let missing = run("no-such-program", &[], &[], Vec::new(), Duration::ZERO);
        assert!(matches!(missing, Err(ChildError::Start(_))));
    }

    #[test]
    fn a_child_that_ends_says_why() {
        let script = "read line; echo $line; echo 'tumpukan meluap' >&2; exit 134";
        let arguments = ["-c", script].map(str::to_owned);
        let mut child = LineChild::start(Path::new("sh"), &arguments).unwrap();
        child.send("satu").unwrap();
        let timeout = Duration::from_secs(2);
        assert_eq!(child.receive(timeout).unwrap(), "satu");
        let error = child.receive(timeout).unwrap_err();
        assert_eq!(error.to_string(), "the program ended: tumpukan meluap");
        // It has ended: there is no second error line.
        assert!(matches!(child.send("dua"), Err(ChildError::Ended(None))));
    }
}
