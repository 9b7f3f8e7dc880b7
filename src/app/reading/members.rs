//! Files inside files: taking out the members of a container, and finding again the one that
//! a location such as `/share/outer.zip » inner.pdf` names.

use super::worker_client::{Cancelled, WorkerClient};
use crate::app::progress::Progress;
use crate::extract::container::{Caps, Unpacked};
use crate::io::files::{path, private};
use crate::model::{Extraction, FileState, INSIDE, Note, NoteCode};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How deep containers in containers are followed: a mail with a ZIP of a ZIP, and one more.
const MAX_DEPTH: u32 = 4;
/// Members taken out of one outermost container, those of inner ones included: room for all
/// the evidence of a regency in one file.
const MAX_MEMBERS: u32 = 20_000;
/// Bytes of one member: as much as is read of any file, and the room of a film.
const MAX_MEMBER_BYTES: u64 = 1 << 30;
/// Bytes taken out of one outermost container.
const MAX_TOTAL_BYTES: u64 = 8 << 30;
/// How many times its own size a container may unpack to. Deflate packs at most 1,032:1, which
/// is what bombs use; documents and photos stay far below a fifth of that.
const MAX_RATIO: u64 = 200;
/// Bytes that even the smallest container may unpack to: a few bitmaps of a scanner.
const MIN_TOTAL_BYTES: u64 = 64 << 20;

/// What is left of the allowance of one outermost container.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    caps: Caps,
    depth: u32,
}

impl Budget {
    /// Makes the allowance of a container of `len` bytes.
    pub fn for_container(len: u64) -> Self {
        let by_ratio = len.saturating_mul(MAX_RATIO);
        Self {
            caps: Caps {
                members: MAX_MEMBERS,
                member_bytes: MAX_MEMBER_BYTES,
                total_bytes: by_ratio.clamp(MIN_TOTAL_BYTES, MAX_TOTAL_BYTES),
            },
            depth: 0,
        }
    }

    fn spend(&mut self, unpacked: &Unpacked) {
        let members = u32::try_from(unpacked.members.len()).unwrap_or(u32::MAX);
        let bytes = unpacked.members.iter().map(|member| member.len).sum();
        self.caps.members = self.caps.members.saturating_sub(members);
        self.caps.total_bytes = self.caps.total_bytes.saturating_sub(bytes);
    }
}

/// A container whose members lie in a private folder for as long as this lives.
#[derive(Debug)]
pub struct Opened {
    /// What came out.
    pub unpacked: Unpacked,
    folder: Option<TempDir>,
}

impl Opened {
    /// Returns where the member with this number lies.
    pub fn file(&self, number: usize) -> PathBuf {
        let folder = self.folder.as_ref().map_or(Path::new(""), TempDir::path);
        private::place(folder, number)
    }
}

/// Tells whether a file that was read has others inside, to be read like any other: those of a
/// container, and those that people attached to a document or inserted into it.
pub fn are_inside(state: FileState, read: &Extraction) -> bool {
    let is_read = matches!(state, FileState::Unpacked | FileState::Indexed);
    let is_attached = |note: &Note| note.code == NoteCode::AttachedFile;
    is_read && (read.media_type.has_members() || read.notes.iter().any(is_attached))
}

/// Unpacks the members of a container within `budget`, which is reduced. Their own members count as
/// one level deeper: see [`Budget::deeper`].
///
/// # Errors
/// Only when the user wants to stop.
pub fn open(
    worker: &mut WorkerClient,
    file: &Path,
    name: &str,
    scratch: &private::Scratch,
    budget: &mut Budget,
    progress: &dyn Progress,
) -> Result<Opened, Cancelled> {
    let refused = |state, note| Opened {
        unpacked: Unpacked {
            state,
            notes: vec![note],
            members: Vec::new(),
        },
        folder: None,
    };
    if budget.depth >= MAX_DEPTH {
        let note = Note::file(NoteCode::NestedTooDeep);
        return Ok(refused(FileState::TooLarge, note));
    }
    let folder = match scratch.folder() {
        Ok(folder) => folder,
        Err(error) => {
            let note = Note::disk(&error);
            return Ok(refused(FileState::Unreadable, note));
        }
    };
    let unpacked =
        worker.unpack(file, name, None, folder.path(), budget.caps, progress)?;
    budget.spend(&unpacked);
    Ok(Opened {
        unpacked,
        folder: Some(folder),
    })
}

impl Budget {
    /// Runs `work` one container deeper.
    pub fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let result = work(self);
        self.depth -= 1;
        result
    }
}

/// A file to be read: one on the disk, or a member taken out again.
#[derive(Debug)]
pub struct Fetched {
    /// Where its bytes lie.
    pub file: PathBuf,
    /// Holds the folders of members until the file is done with.
    #[allow(dead_code, reason = "held, not read")]
    folders: Vec<TempDir>,
}

impl Fetched {
    /// Returns a file that lies on the disk as it is.
    pub fn at(file: PathBuf) -> Self {
        Self {
            file,
            folders: Vec::new(),
        }
    }
}

/// Finds the file that a location names, taking it out of its containers if need be; `None`
/// where it is not there any more.
///
/// # Errors
/// Only when the user wants to stop.
pub fn fetch(
    worker: &mut WorkerClient,
    location: &str,
    scratch: &private::Scratch,
    progress: &dyn Progress,
) -> Result<Option<Fetched>, Cancelled> {
    let (outer, inner) = split(location);
    let mut fetched = Fetched::at(path::from_text(outer));
    let len = std::fs::metadata(&fetched.file).map_or(0, |found| found.len());
    let caps = Budget::for_container(len).caps;
    for name in inner {
        let Ok(folder) = scratch.folder() else {
            return Ok(None);
        };
        let only = Some(name);
        let into = folder.path();
        let unpacked = worker.unpack(&fetched.file, outer, only, into, caps, progress)?;
        let found = unpacked
            .members
            .iter()
            .position(|member| member.name == name && member.state.is_none());
        let Some(number) = found else {
            return Ok(None);
        };
        fetched.file = private::place(into, number);
        fetched.folders.push(folder);
    }
    Ok(Some(fetched))
}

/// Parts a location into the file on the disk and the names inside. A file whose own name
/// holds the mark between them is taken for what it is.
fn split(location: &str) -> (&str, Vec<&str>) {
    let is_file = |text: &str| path::from_text(text).is_file();
    if is_file(location) {
        return (location, Vec::new());
    }
    for (at, _) in location.match_indices(INSIDE) {
        let (outer, inner) = location.split_at(at);
        if is_file(outer) {
            let inner = inner.get(INSIDE.len()..).unwrap_or_default();
            return (outer, inner.split(INSIDE).collect());
        }
    }
    (location, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_parted_where_the_file_ends() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| path::to_text(&folder.path().join(name));
        std::fs::write(folder.path().join("a » b.zip"), b"").unwrap();
        let whole = at("a » b.zip");
        assert_eq!(split(&whole), (whole.as_str(), vec![]));
        let inner = format!("{whole} » c » d/e.pdf");
        assert_eq!(split(&inner), (whole.as_str(), vec!["c", "d/e.pdf"]));
        let gone = at("gone.zip » x");
        assert_eq!(split(&gone), (gone.as_str(), vec![]));
    }

    #[test]
    fn the_allowance_follows_the_size_of_the_outermost() {
        assert_eq!(Budget::for_container(0).caps.total_bytes, MIN_TOTAL_BYTES);
        assert_eq!(Budget::for_container(1 << 20).caps.total_bytes, 200 << 20);
        assert_eq!(
            Budget::for_container(1 << 40).caps.total_bytes,
            MAX_TOTAL_BYTES
        );
    }
}
