//! What a process cost: processor time and memory, children included, read from `/proc`.

#![allow(
    clippy::disallowed_methods,
    reason = "part of measuring tools, which start processes and take the time"
)]

use std::{
    error::Error,
    io::Read,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Clock ticks a second in `/proc/*/stat` (`USER_HZ`), the same on every Linux in use.
const TICKS: f64 = 100.0;

/// What a process used, its children included.
#[derive(Default)]
pub struct Cost {
    pub clock: Duration,
    /// User and system time.
    pub processor: Duration,
    /// Most memory that any one process of the tree held.
    pub peak_bytes: u64,
    /// What it printed.
    pub text: String,
}

impl Cost {
    /// Adds another's times; keeps the higher peak.
    pub fn add(&mut self, other: &Self) {
        self.clock += other.clock;
        self.processor += other.processor;
        self.peak_bytes = self.peak_bytes.max(other.peak_bytes);
    }
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be started or does not end well.
pub fn cost_of(command: &mut Command) -> Result<Cost, Box<dyn Error>> {
    let (before, start) = (reaped(), Instant::now());
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut pipe = child.stdout.take().ok_or("no pipe")?;
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).map(|_| bytes)
    });
    let mut peak_bytes = 0;
    let status = loop {
        peak_bytes = peak_bytes.max(peak_of_tree(child.id()));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let bytes = reader.join().map_err(|_| "the reader panicked")??;
    if !status.success() {
        return Err(format!("{command:?}: {status}").into());
    }
    Ok(Cost {
        clock: start.elapsed(),
        processor: reaped().saturating_sub(before),
        peak_bytes,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    })
}

/// Returns the processor time of all children that have ended.
fn reaped() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in brackets: the 14th and 15th from there are cutime and cstime.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    Duration::from_secs_f64(ticks / TICKS)
}

/// Returns the highest peak of a process and its children, in bytes.
fn peak_of_tree(id: u32) -> u64 {
    let read = |name: &str| {
        std::fs::read_to_string(format!("/proc/{id}/{name}")).unwrap_or_default()
    };
    let status = read("status");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    let children = read(&format!("task/{id}/children"));
    let children = children.split_whitespace().filter_map(|id| id.parse().ok());
    let highest = children.map(peak_of_tree).max().unwrap_or(0);
    highest.max(kib.unwrap_or(0) << 10)
}
