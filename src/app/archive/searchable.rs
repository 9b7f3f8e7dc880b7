//! The search index of an archive, compared with its catalog: which contents it should have,
//! whether it lost some, and how it is rebuilt. "Nothing found" is only said where all was
//! searched.

use super::workspace::{INDEX, Workspace, cannot_write};
use crate::app::error::{Error, ErrorKind};
use crate::app::progress::{Progress, Silent};
use crate::app::reading::index;
use crate::app::trouble::Trouble;
use crate::io::{
    search::{SearchError, SearchIndex},
    store::Access,
};
use crate::model::Lang;
use std::path::PathBuf;

/// Most contents up to which a search rebuilds a lost index by itself: one batch of the writer
/// (`app::reading::index`), a second or two.
const BY_ITSELF: u64 = 1_000;

/// The state of the search index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexState {
    /// Contents it holds; `None` where there is none that can be opened.
    pub held: Option<u64>,
    /// Contents that were put into it according to the catalog.
    pub put: u64,
    /// Contents that it is to hold.
    pub expected: u64,
    /// Contents that were ever read: more cannot be in it.
    pub ever: u64,
}

impl IndexState {
    /// Tells whether it lost what it had, or was never of this archive: it is to be made anew.
    pub fn is_lost(&self) -> bool {
        match self.held {
            Some(held) => held < self.put || held > self.ever,
            None => self.expected > 0,
        }
    }

    /// Returns how many contents a search does not find.
    pub fn missing(&self) -> u64 {
        let held = self.held.unwrap_or(0);
        match self.is_lost() {
            true => self.expected.saturating_sub(held).max(1),
            false => self.expected.saturating_sub(held),
        }
    }
}

/// A search index opened to read.
#[derive(Debug)]
pub struct Opened {
    /// The index.
    pub index: SearchIndex,
    /// Contents that were put into it just now, having been missing.
    pub mended: u64,
    /// Contents that are missing still.
    pub missing: u64,
}

/// Returns the state of the index, without changing it.
///
/// # Errors
/// When the catalog cannot be read.
pub fn state(workspace: &Workspace) -> Result<IndexState, Error> {
    Ok(open_index(workspace)?.0)
}

/// Returns the state of the index, and the index where it can be opened. The catalog is read first,
/// so that contents which another process adds meanwhile are not missing.
fn open_index(
    workspace: &Workspace,
) -> Result<(IndexState, Result<SearchIndex, SearchError>), Error> {
    let catalog = &workspace.catalog;
    let mut state = IndexState {
        held: None,
        put: catalog.searchable_count()?,
        expected: catalog.located_count()?,
        ever: catalog.content_count()?,
    };
    let is_protected = catalog.access() != Access::Write;
    let opened = SearchIndex::open_to_read(&folder(workspace), is_protected);
    state.held = opened.as_ref().ok().map(SearchIndex::count);
    Ok((state, opened))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join(INDEX)
}

/// Tells whether every file of the index has the bytes that were written; also where there is
/// none.
pub fn is_sound(workspace: &Workspace) -> bool {
    let is_protected = workspace.catalog.access() != Access::Write;
    match SearchIndex::open_to_read(&folder(workspace), is_protected) {
        Ok(index) => index.is_sound().unwrap_or(false),
        Err(_) => true,
    }
}

/// Opens the index to search in it. What is missing is put in first where that takes no time
/// and nobody else is at work; where it cannot be, the caller tells.
///
/// # Errors
/// When the index was lost and cannot be made anew here.
pub fn to_read(workspace: &Workspace) -> Result<Opened, Error> {
    let (state, opened) = open_index(workspace)?;
    let missing = state.missing();
    if missing == 0
        && let Ok(index) = opened
    {
        return Ok(Opened {
            index,
            mended: 0,
            missing,
        });
    }
    let mut is_busy = false;
    let is_little = missing <= BY_ITSELF && state.expected > 0;
    if is_little && workspace.catalog.access() == Access::Write {
        match workspace.lock() {
            Ok(_lock) => {
                let index = put_missing(workspace, &Silent)
                    .map_err(|error| lost(&state, workspace).caused_by(error))?;
                return Ok(Opened {
                    index,
                    mended: missing,
                    missing: 0,
                });
            }
            Err(error) if error.kind == ErrorKind::ArchiveInUse => is_busy = true,
            Err(error) => return Err(error),
        }
    }
    match opened {
        Ok(index) if !state.is_lost() => Ok(Opened {
            index,
            mended: 0,
            missing,
        }),
        // Nothing was read yet: an index of nothing.
        Err(SearchError::Stale) if state.expected == 0 => Ok(Opened {
            index: SearchIndex::in_memory()?,
            mended: 0,
            missing: 0,
        }),
        Ok(_) | Err(SearchError::Stale) if is_busy => Err(being_made(&state)),
        Ok(_) | Err(SearchError::Stale) => Err(lost(&state, workspace)),
        Err(error) => Err(error.into()),
    }
}

/// Opens the index to write, for who holds the archive's lock; one that is not there, was lost
/// in part or made by another version is made anew, empty, and the catalog knows.
///
/// # Errors
/// When the disk refuses.
pub fn to_write(workspace: &Workspace) -> Result<SearchIndex, Error> {
    let folder = folder(workspace);
    let cannot = |error| cannot_write(&folder, error);
    std::fs::create_dir_all(&folder).map_err(cannot)?;
    match SearchIndex::open(&folder) {
        Ok((index, false)) => {
            let catalog = &workspace.catalog;
            let held = index.count();
            let is_whole =
                held >= catalog.searchable_count()? && held <= catalog.content_count()?;
            match is_whole {
                true => Ok(index),
                false => {
                    drop(index);
                    anew(workspace)
                }
            }
        }
        Ok((index, true)) => {
            workspace.catalog.mark_none_searchable()?;
            Ok(index)
        }
        Err(SearchError::Stale) => anew(workspace),
        Err(error) => Err(error.into()),
    }
}

/// Makes the index anew, empty; every document is to be put into it.
///
/// # Errors
/// When the disk refuses.
pub fn anew(workspace: &Workspace) -> Result<SearchIndex, Error> {
    let folder = folder(workspace);
    let cannot = |error| cannot_write(&folder, error);
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(cannot(error));
        }
        _ => {}
    }
    // Before there is an index again: killed in between, it would look whole.
    workspace.catalog.mark_none_searchable()?;
    std::fs::create_dir_all(&folder).map_err(cannot)?;
    Ok(SearchIndex::open(&folder)?.0)
}

/// Adds the missing contents to the index. The caller holds the archive's lock.
///
/// # Errors
/// When the disk refuses.
pub fn put_missing(
    workspace: &Workspace,
    progress: &dyn Progress,
) -> Result<SearchIndex, Error> {
    let search = to_write(workspace)?;
    let mut writing = workspace.another_catalog()?;
    index::catch_up(&mut writing, &search, progress)?;
    Ok(search)
}

/// Returns an error where contents are missing, for callers that act on what is found.
///
/// # Errors
/// When contents are missing.
pub fn require_complete(missing: u64) -> Result<(), Error> {
    match missing {
        0 => Ok(()),
        _ => Err(Error::new(
            ErrorKind::Archive,
            format!("{missing} berkas belum dapat dicari, jadi hasilnya belum tentu lengkap"),
            format!(
                "{missing} {} cannot be searched yet, so that what is found may not be all",
                Lang::En.noun(missing, "", "file", "files")
            ),
        )
        .hint(
            "lengkapi dengan `bukti index` atau `bukti doctor --repair`, lalu ulangi",
            "complete with `bukti index` or `bukti doctor --repair`, then try again",
        )),
    }
}

fn being_made(state: &IndexState) -> Error {
    let (held, expected) = (state.held.unwrap_or(0), state.expected);
    Error::new(
        ErrorKind::ArchiveInUse,
        format!("indeks pencarian memuat {held} dari {expected} berkas, dan arsip sedang dipakai proses lain"),
        format!("the search index holds {held} of {expected} files, and another process is at work on the archive"),
    )
    .hint(
        "tunggu sampai selesai, lalu ulangi",
        "wait until it is done, then try again",
    )
}

fn lost(state: &IndexState, workspace: &Workspace) -> Error {
    let (held, expected) = (state.held.unwrap_or(0), state.expected);
    let error = Error::new(
        ErrorKind::Archive,
        format!(
            "indeks pencarian hilang atau rusak: memuat {held} dari {expected} berkas"
        ),
        format!(
            "the search index is lost or damaged: it holds {held} of {expected} files"
        ),
    );
    if workspace.catalog.access() == Access::Write {
        return error.hint(
            "bangun ulang dari katalog dengan `bukti doctor --repair`",
            "rebuild it from the catalog with `bukti doctor --repair`",
        );
    }
    let protected = Trouble::of_access(workspace.catalog.access()).error();
    error
        .hint(
            "salin arsipnya ke tempat yang dapat ditulis, lalu jalankan `bukti doctor --repair` di sana",
            "copy the archive to where it can be written, and run `bukti doctor --repair` there",
        )
        .caused_by(protected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_told_from_what_is_still_to_come() {
        let state = |held, put, expected, ever| IndexState {
            held,
            put,
            expected,
            ever,
        };
        let cases = [
            (state(Some(5), 5, 5, 5), false, 0),
            (state(None, 0, 0, 0), false, 0),
            // Read, and not put in yet: the run was killed.
            (state(Some(5), 5, 7, 7), false, 2),
            // Emptied by a search of an older version, which told the catalog.
            (state(Some(0), 0, 7, 7), false, 7),
            (state(Some(3), 7, 7, 7), true, 4),
            (state(None, 7, 7, 7), true, 7),
            // Of another archive.
            (state(Some(9), 7, 7, 7), true, 1),
        ];
        for (state, is_lost, missing) in cases {
            assert_eq!(
                (state.is_lost(), state.missing()),
                (is_lost, missing),
                "{state:?}"
            );
        }
    }
}
