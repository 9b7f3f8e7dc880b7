//! What an archive holds: for whom, how many files in which state, and which of them need a
//! person.

use super::{
    error::Error,
    workspace::{Purpose, Workspace},
};
use crate::{io::store::LocationRow, model::FileState};
use std::collections::BTreeMap;

/// Is the state of an archive.
#[derive(Debug, Clone)]
pub struct Status {
    /// What it is for.
    pub purpose: Purpose,
    /// Files present, by state.
    pub sums: BTreeMap<FileState, u64>,
    /// Documents of which pages are still to be read.
    pub waiting: u64,
    /// Paths once seen that the last walk did not meet.
    pub gone: u64,
    /// Files that need a person, in order of path.
    pub attention: Vec<LocationRow>,
    /// When the last run began, and when it ended; no end means it was interrupted.
    pub last_run: Option<(String, Option<String>)>,
}

/// Looks at an archive.
///
/// # Errors
/// When the catalog cannot be read.
pub fn status(workspace: &Workspace) -> Result<Status, Error> {
    let mut sums = BTreeMap::new();
    let mut gone = 0;
    let mut attention = Vec::new();
    workspace.catalog.each_location(|row| {
        if !row.present {
            gone += 1;
            return;
        }
        *sums.entry(row.state).or_default() += 1;
        if row.state.wants_attention() {
            attention.push(row);
        }
    })?;
    let waiting = workspace.catalog.waiting_count()?;
    let last_run = workspace.catalog.last_run()?;
    Ok(Status {
        purpose: workspace.purpose.clone(),
        sums,
        waiting,
        gone,
        attention,
        last_run,
    })
}
