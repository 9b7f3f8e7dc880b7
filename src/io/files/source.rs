//! Reads originals: bounded, read-only, and noticing when the file changes under the reader.

use crate::{
    fixity::Hasher,
    model::{Digest, FileState, Note, NoteCode},
};
use std::{
    fs::{File, Metadata},
    io::{ErrorKind, Read},
    path::Path,
    time::UNIX_EPOCH,
};

/// How much is read at a time. Measured while hashing: no gain above 256 KiB.
const CHUNK_BYTES: usize = 256 * 1024;

/// Returns room for what is read at a time.
pub(crate) fn chunk() -> Vec<u8> {
    vec![0; CHUNK_BYTES]
}

/// Reads to the end, a chunk at a time, and hands each to `take`; `refused` wraps what the
/// system says where it cannot be read.
///
/// # Errors
/// When it cannot be read, or `take` fails.
pub(crate) fn pump<E>(
    mut from: impl Read,
    chunk: &mut [u8],
    refused: impl Fn(std::io::Error) -> E,
    mut take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    loop {
        match from.read(chunk) {
            Ok(0) => return Ok(()),
            Ok(n) => take(chunk.get(..n).unwrap_or_default())?,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(refused(e)),
        }
    }
}

/// What the file system says about a file: enough to tell whether it needs reading again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub len: u64,
    /// Time of last change, nanoseconds since 1970 in UTC; 0 where the system has none.
    pub mtime_ns: i64,
}

impl Stamp {
    /// Returns the stamp of a file's metadata.
    pub fn from_metadata(metadata: &Metadata) -> Self {
        let since =
            metadata
                .modified()
                .ok()
                .map(|t| match t.duration_since(UNIX_EPOCH) {
                    Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
                    Err(before) => {
                        -i64::try_from(before.duration().as_nanos()).unwrap_or(i64::MAX)
                    }
                });
        Self {
            len: metadata.len(),
            mtime_ns: since.unwrap_or(0),
        }
    }
}

/// Why a file could not be read: its state and a remark, both for the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The state the file gets.
    pub state: FileState,
    /// What happened.
    pub note: Note,
}

impl Trouble {
    /// Returns the trouble for an error of the system.
    pub fn from_io(error: &std::io::Error) -> Self {
        let code = match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => NoteCode::Vanished,
            ErrorKind::PermissionDenied => NoteCode::NoPermission,
            ErrorKind::ResourceBusy => NoteCode::Locked,
            // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION (winerror.h).
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => {
                NoteCode::Locked
            }
            _ => NoteCode::InputOutput,
        };
        let note = match code {
            NoteCode::InputOutput => Note::disk(error),
            _ => Note::file(code),
        };
        Self {
            state: FileState::Unreadable,
            note,
        }
    }

    fn changed() -> Self {
        Self {
            state: FileState::Changed,
            note: Note::file(NoteCode::ChangedWhileRead),
        }
    }
}

/// Opens a file for reading only.
///
/// # Errors
/// [`Trouble`] when it cannot be opened, or is no file any more.
pub fn open(path: &Path) -> Result<File, Trouble> {
    Ok(open_stamped(path)?.0)
}

/// Returns the first bytes of a file, at most `most`.
///
/// # Errors
/// [`Trouble`] when it cannot be read.
pub fn head(path: &Path, most: usize) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::with_capacity(most);
    let read = open(path)?.take(most as u64).read_to_end(&mut bytes);
    read.map_err(|e| Trouble::from_io(&e))?;
    Ok(bytes)
}

/// Opens a file without the risk of waiting for ever on a pipe put in its place.
fn open_stamped(path: &Path) -> Result<(File, Stamp), Trouble> {
    let io = |e: std::io::Error| Trouble::from_io(&e);
    if !std::fs::symlink_metadata(path).map_err(io)?.is_file() {
        return Err(Trouble::changed());
    }
    let file = File::open(path).map_err(io)?;
    let stamp = Stamp::from_metadata(&file.metadata().map_err(io)?);
    Ok((file, stamp))
}

/// Returns the digest and the stamp of a file, reading it once in chunks; `None` once `stop`
/// says so, which is asked before each chunk.
///
/// # Errors
/// [`Trouble`] when it cannot be read, or changed meanwhile.
pub fn digest(
    path: &Path,
    stop: impl Fn() -> bool,
) -> Result<Option<(Digest, Stamp)>, Trouble> {
    let (mut file, before) = open_stamped(path)?;
    let mut hasher = Hasher::new();
    let mut chunk = chunk();
    let mut len: u64 = 0;
    loop {
        if stop() {
            return Ok(None);
        }
        match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(n) => {
                hasher.update(chunk.get(..n).unwrap_or_default());
                len += n as u64;
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(Trouble::from_io(&e)),
        }
    }
    unchanged(&file, before, len)?;
    Ok(Some((hasher.finish(), before)))
}

/// Returns the bytes of a file of at most `max_bytes`.
///
/// # Errors
/// [`Trouble`] when it cannot be read, is larger, or changed meanwhile.
pub fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Trouble> {
    let (mut file, before) = open_stamped(path)?;
    if before.len > max_bytes {
        return Err(Trouble {
            state: FileState::TooLarge,
            note: Note::file(NoteCode::TooManyBytes),
        });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len).unwrap_or(0));
    let limited = file
        .by_ref()
        .take(before.len.saturating_add(1))
        .read_to_end(&mut bytes);
    limited.map_err(|e| Trouble::from_io(&e))?;
    unchanged(&file, before, bytes.len() as u64)?;
    Ok(bytes)
}

fn unchanged(file: &File, before: Stamp, len: u64) -> Result<(), Trouble> {
    let after = file.metadata().map_err(|e| Trouble::from_io(&e))?;
    if Stamp::from_metadata(&after) == before && len == before.len {
        Ok(())
    } else {
        Err(Trouble::changed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity;

    #[test]
    fn reads_what_is_there_and_says_what_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, b"abc").unwrap();
        assert_eq!(read(&path, 3).unwrap(), b"abc");
        let (found, _) = digest(&path, || false).unwrap().unwrap();
        assert_eq!(found, fixity::hash(b"abc"));
        assert_eq!(digest(&path, || true).unwrap(), None);
        assert_eq!(head(&path, 2).unwrap(), b"ab");
        assert_eq!(read(&path, 2).unwrap_err().state, FileState::TooLarge);
        let gone = digest(&folder.path().join("b.txt"), || false).unwrap_err();
        assert_eq!(gone.note.code, NoteCode::Vanished);
        let replaced = read(folder.path(), 10).unwrap_err();
        assert_eq!(replaced.state, FileState::Changed);
    }
}
