//! Examines the archive itself: the catalog, the search index, the kept copies, the log. Derived
//! data can be repaired; other faults are only reported.

use super::log::Verified;
use super::searchable::IndexState;
use super::workspace::Workspace;
use super::{log, searchable};
use crate::app::custody::import::IMPORTED;
use crate::app::error::Error;
use crate::app::progress::{Event as Progressed, Progress};
use crate::app::reading::content_source::{ContentSource, LeftOut};
use crate::app::reading::worker_client::WorkerSettings;
use crate::io::clock;
use crate::io::files::unfinished;
use crate::io::store::{Access, Orphans};
use crate::model::{Digest, Event, EventObject, EventType};

/// The result of an examination, and what was repaired.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// What `SQLite` finds wrong with the catalog.
    pub catalog: Vec<String>,
    /// Orphaned rows in it.
    pub orphans: Orphans,
    /// The state of the search index.
    pub index: IndexState,
    /// Whether every file of the search index has the bytes that were written.
    pub is_index_sound: bool,
    /// Whether the archive can only be read.
    pub is_protected: bool,
    /// How many copies are kept.
    pub kept: u64,
    /// Copies that are damaged.
    pub damaged: Vec<Digest>,
    /// Files that a killed run left unfinished in the store.
    pub unfinished: u64,
    /// The log.
    pub log: Verified,
    /// What was repaired; `None` where nobody asked for it.
    pub repaired: Option<Repaired>,
}

/// What was repaired.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repaired {
    /// Were orphans repaired?
    pub orphans: bool,
    /// Whether the search index was made anew.
    pub index: bool,
    /// Copies that were made anew.
    pub healed: Vec<Digest>,
    /// Damaged copies of which no place has the bytes any more.
    pub lost: Vec<LeftOut>,
}

impl Diagnosis {
    /// Tells whether the search index must be made anew. What it only lacks so far is put in
    /// by the next run.
    pub fn is_index_stale(&self) -> bool {
        self.index.is_lost() || !self.is_index_sound
    }

    /// Tells whether nothing is wrong, or all that was has been repaired.
    pub fn is_well(&self) -> bool {
        let repaired = self.repaired.clone().unwrap_or_default();
        self.catalog.is_empty()
            && self.log.is_sound()
            && (self.orphans.sum() == 0 || repaired.orphans)
            && (!self.is_index_stale() || repaired.index)
            && self.damaged.len() == repaired.healed.len()
    }
}

/// Examines an archive, and with `repair` makes anew what can be.
///
/// # Errors
/// When the catalog cannot be opened at all, or the disk refuses.
pub fn examine(
    workspace: &mut Workspace,
    repair: bool,
    worker: &WorkerSettings,
    progress: &dyn Progress,
) -> Result<Diagnosis, Error> {
    let is_protected = workspace.catalog.access() != Access::Write;
    // Who only looks may look at what nobody can write to.
    let _lock = match is_protected && !repair {
        true => None,
        false => Some(workspace.lock()?),
    };
    let catalog = &workspace.catalog;
    let store = workspace.kept();
    let kept = store.sorted_digests();
    progress.event(Progressed::Walked {
        files: kept.len() as u64,
        done: true,
    });
    let mut damaged = Vec::new();
    for digest in &kept {
        if progress.is_cancelled() {
            return Err(crate::app::custody::bag::stopped());
        }
        if store.is_sound(digest) != Some(true) {
            damaged.push(*digest);
        }
        progress.event(Progressed::Verified { path: "" });
    }
    let mut diagnosis = Diagnosis {
        catalog: catalog.integrity()?,
        orphans: catalog.orphans()?,
        index: searchable::state(workspace)?,
        is_index_sound: searchable::is_sound(workspace),
        is_protected,
        kept: kept.len() as u64,
        damaged,
        unfinished: store.unfinished().len() as u64,
        log: log::verify(workspace, None)?,
        repaired: None,
    };
    if repair {
        diagnosis.repaired = Some(self::repair(workspace, &diagnosis, worker, progress)?);
    }
    Ok(diagnosis)
}

fn repair(
    workspace: &mut Workspace,
    diagnosis: &Diagnosis,
    worker: &WorkerSettings,
    progress: &dyn Progress,
) -> Result<Repaired, Error> {
    let mut repaired = Repaired::default();
    if diagnosis.orphans.sum() > 0 {
        workspace.catalog.repair_orphans()?;
        repaired.orphans = true;
    }
    if diagnosis.is_index_stale() {
        drop(searchable::anew(workspace)?);
        repaired.index = true;
    }
    // Also what is new in it since the last run was killed.
    repaired.index |= diagnosis.index.missing() > 0;
    drop(searchable::put_missing(workspace, progress)?);
    let store = workspace.kept();
    store
        .sweep()
        .map_err(|error| workspace.cannot_keep(error))?;
    unfinished::sweep(&workspace.root.join(IMPORTED), &workspace.maker()?);
    let mut healed = Vec::new();
    {
        let mut content_source = ContentSource::new(workspace, worker, progress)?;
        for digest in &diagnosis.damaged {
            let put = |file: &mut std::fs::File| store.put(digest, file);
            match content_source.offer(digest, false, put)? {
                None => healed.push(*digest),
                Some(lost) => repaired.lost.push(lost),
            }
        }
    }
    if !healed.is_empty() {
        let mut event = Event::new(EventType::Recovery, clock::timestamp())
            .with("status", "copy healed");
        event.objects = healed.iter().copied().map(EventObject::content).collect();
        workspace.catalog.append(&[event])?;
    }
    repaired.healed = healed;
    Ok(repaired)
}
