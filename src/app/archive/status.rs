//! The status of an archive: its region and year, the number of files in each state, and those that
//! need a person.

use super::searchable;
use super::searchable::IndexState;
use super::workspace::{Purpose, Workspace};
use crate::app::error::Error;
use crate::app::evidence::shape;
use crate::io::files::path;
use crate::io::store::LocationRow;
use crate::model::{FileState, Lang, Note, NoteCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// The state of an archive.
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
    /// Folders that were given to `index` and are not there, with how many files each.
    pub unreachable: Vec<(String, u64)>,
    /// Files that need a person, in order of path.
    pub attention: Vec<LocationRow>,
    /// The state of the search index.
    pub index: IndexState,
    /// When the last run began, and when it ended; no end means it was interrupted.
    pub last_run: Option<(String, Option<String>)>,
}

impl Status {
    /// Returns it as JSON, the shape of `status.schema.json`.
    pub fn to_json(&self, root: &Path, lang: Lang) -> Value {
        let purpose = &self.purpose;
        let row = |row: &LocationRow| {
            json!({
                "path": row.path,
                "state": row.state,
                "notes": shape::notes(&row.notes, lang),
            })
        };
        let unreachable = self.unreachable.iter();
        let unreachable =
            unreachable.map(|(path, files)| json!({ "path": path, "files": files }));
        let run = |(started, ended): &(String, Option<String>)| json!({ "started": started, "ended": ended });
        json!({
            "schema_version": shape::SCHEMA_VERSION,
            "archive": path::to_text(root),
            "region": purpose.region.name,
            "framework": purpose.framework,
            "year": purpose.year,
            "files": self.sums.values().sum::<u64>(),
            "states": self.sums,
            "waiting": self.waiting,
            "gone": self.gone,
            "away": unreachable.collect::<Value>(),
            "attention": self.attention.iter().map(row).collect::<Value>(),
            "search_index": { "found": self.index.held, "expected": self.index.expected },
            "last_run": self.last_run.as_ref().map(run),
        })
    }
}

/// Returns the status of an archive.
///
/// # Errors
/// When the catalog cannot be read.
pub fn status(workspace: &Workspace) -> Result<Status, Error> {
    let catalog = &workspace.catalog;
    let sums = catalog.sums()?;
    let gone = catalog.gone_count()?;
    let attention = attention(workspace)?;
    let waiting = catalog.waiting_count()?;
    let last_run = catalog.last_run()?;
    Ok(Status {
        purpose: workspace.purpose.clone(),
        sums,
        waiting,
        gone,
        unreachable: unreachable(workspace)?,
        attention,
        index: searchable::state(workspace)?,
        last_run,
    })
}

/// Returns the unreachable roots, each with the number of its files in the catalog: a share that is
/// not connected, or that moved.
///
/// # Errors
/// When the catalog cannot be read.
pub fn unreachable(workspace: &Workspace) -> Result<Vec<(String, u64)>, Error> {
    let mut unreachable = Vec::new();
    for root in workspace.catalog.roots()? {
        if !path::from_text(&root).exists() {
            let files = workspace.catalog.present_below(&root)?;
            unreachable.extend((files > 0).then_some((root, files)));
        }
    }
    Ok(unreachable)
}

/// Returns the files that need a person, in order of path: those that were not read, and those
/// of which a part was not.
///
/// # Errors
/// When the catalog cannot be read.
pub fn attention(workspace: &Workspace) -> Result<Vec<LocationRow>, Error> {
    let states = FileState::ALL.into_iter();
    let wanting: Vec<FileState> = states.filter(|s| s.wants_attention()).collect();
    let mut rows = workspace.catalog.locations_in(&wanting)?;
    let noted = workspace.catalog.locations_noting(&NoteCode::ATTENTION)?;
    let is_wanting = |note: &Note| note.code.wants_attention();
    rows.extend(
        noted
            .into_iter()
            .filter(|row| row.notes.iter().any(is_wanting)),
    );
    rows.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(rows)
}
