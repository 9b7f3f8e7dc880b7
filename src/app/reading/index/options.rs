//! How a run of `index` is to go.

use crate::app::reading::worker_client::WorkerSettings;
use std::path::PathBuf;

/// The options of a run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folders or files.
    pub roots: Vec<PathBuf>,
    /// Worker processes at a time.
    pub jobs: usize,
    /// How workers are started.
    pub worker: WorkerSettings,
    /// The name of the reader and its options: contents read by another are read again.
    pub reader: String,
    /// Reads files and pages again that failed before, even if they look unchanged.
    pub retry_failed: bool,
    /// Of a long scan, how many pages are read before every other file has been begun.
    pub ends: u32,
    /// Leaves the rest of long scans to a later run.
    pub quick: bool,
}

impl Options {
    /// Four pages at the front, where number and title stand, and two at the end, where date
    /// and signature often do. A choice, not a measurement.
    pub const ENDS: u32 = 6;
}
