//! The only writer of files: a temporary file in the same folder, flushed to disk, then
//! renamed. A reader sees the old file or the new one, never half of it.

use super::bag::PutError;
use crate::{fixity::Hasher, model::Digest};
use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
};

/// How much is copied at a time; see [`crate::io::source`].
const CHUNK_BYTES: usize = 256 * 1024;

/// Says that a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{path}`")]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// The system's words.
    #[source]
    pub source: std::io::Error,
}

/// Writes a whole file, replacing what was there.
///
/// # Errors
/// When the folder cannot be written, or the disk is full: the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let error = |source| WriteError {
        path: path.to_owned(),
        source,
    };
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(error)?;
    file.write_all(bytes).map_err(error)?;
    file.as_file().sync_all().map_err(error)?;
    file.persist(path).map_err(|e| error(e.error))?;
    Ok(())
}

/// Copies a content into a new file; nothing is written over. The file is there only with
/// the bytes that were promised.
///
/// # Errors
/// When the bytes are others or cannot be read, a file is there already, or the disk refuses.
pub fn copy_new(
    path: &Path,
    from: &mut impl Read,
    promised: &Digest,
) -> Result<(), PutError> {
    let error = |source| WriteError {
        path: path.to_owned(),
        source,
    };
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(error)?;
    let mut hasher = Hasher::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = match from.read(&mut chunk) {
            Ok(0) => break,
            Ok(n) => chunk.get(..n).unwrap_or_default(),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(PutError::Read(e)),
        };
        hasher.update(read);
        file.write_all(read).map_err(error)?;
    }
    let found = hasher.finish();
    if found != *promised {
        return Err(PutError::Changed { found });
    }
    file.as_file().sync_all().map_err(error)?;
    file.persist_noclobber(path).map_err(|e| error(e.error))?;
    Ok(())
}

/// Lets `make` write a file under another name in the same folder, flushes it and gives it
/// its own; nothing is written over. Where `make` fails, nothing is left.
///
/// # Errors
/// When a file is there already, or the disk refuses.
pub fn with_new<E>(
    path: &Path,
    make: impl FnOnce(&Path) -> Result<(), E>,
) -> Result<Result<(), E>, WriteError> {
    let error = |source| WriteError {
        path: path.to_owned(),
        source,
    };
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    let made = tempfile::Builder::new()
        .prefix(".bukti-")
        .tempdir_in(folder);
    let place = made.map_err(error)?;
    let part = place.path().join("part");
    if let Err(refused) = make(&part) {
        return Ok(Err(refused));
    }
    std::fs::File::options()
        .write(true)
        .open(&part)
        .and_then(|file| file.sync_all())
        .map_err(error)?;
    if path.exists() {
        return Err(error(std::io::ErrorKind::AlreadyExists.into()));
    }
    std::fs::rename(&part, path).map_err(error)?;
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_a_file_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
