//! The only writer of files: a temporary file in the same folder, flushed to disk, then
//! renamed. A reader sees the old file or the new one, never half of it.

use super::error::PutError;
use super::error::WriteError;
use super::source;
use super::source::pump;
use crate::{fixity::Hasher, model::Digest};
use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
};
use walkdir::WalkDir;

/// Writes a whole file, replacing what was there.
///
/// # Errors
/// When the folder cannot be written, or the disk is full: the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let error = |source| WriteError {
        path: path.to_owned(),
        source,
    };
    let mut file = tempfile::NamedTempFile::new_in(folder_of(path)).map_err(error)?;
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
    let mut file = tempfile::NamedTempFile::new_in(folder_of(path)).map_err(error)?;
    let found = copy(from, &mut file, error)?;
    if found != *promised {
        return Err(PutError::Changed { found });
    }
    file.as_file().sync_all().map_err(error)?;
    file.persist_noclobber(path).map_err(|e| error(e.error))?;
    Ok(())
}

/// Copies bytes to `to`; returns their digest.
pub(crate) fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    refused: impl Fn(std::io::Error) -> WriteError,
) -> Result<Digest, PutError> {
    let mut hasher = Hasher::new();
    pump(from, &mut source::chunk(), PutError::Read, |read| {
        hasher.update(read);
        to.write_all(read).map_err(|e| refused(e).into())
    })?;
    Ok(hasher.finish())
}

/// Flushes a file that was written by others, such as a database.
///
/// # Errors
/// When the disk refuses.
pub fn flush(path: &Path) -> Result<(), WriteError> {
    let opened = File::options().write(true).open(path);
    let flushed = opened.and_then(|file| file.sync_all());
    flushed.map_err(|source| WriteError {
        path: path.to_owned(),
        source,
    })
}

/// Copies a folder, file by file, each flushed, into a new one; returns the bytes copied. Links
/// are passed over, and so is what cannot be read: it is for the caller to see what lacks.
///
/// # Errors
/// When something is there already, or the disk refuses.
pub fn copy_folder(from: &Path, to: &Path) -> Result<u64, WriteError> {
    let mut bytes = 0;
    let met = WalkDir::new(from).follow_links(false);
    for entry in met.into_iter().filter_map(Result::ok) {
        let inner = entry.path().strip_prefix(from).unwrap_or(Path::new(""));
        let path = match inner.as_os_str().is_empty() {
            true => to.to_owned(),
            false => to.join(inner),
        };
        let error = |source| WriteError {
            path: path.clone(),
            source,
        };
        let kind = entry.file_type();
        if kind.is_dir() {
            std::fs::create_dir_all(&path).map_err(error)?;
        } else if kind.is_file()
            && let Ok(mut read) = File::open(entry.path())
        {
            let mut file = File::create_new(&path).map_err(error)?;
            match copy(&mut read, &mut file, error) {
                Err(PutError::Write(error)) => return Err(error),
                // Half of it is there, or all: it is no longer what was packed.
                Err(_) | Ok(_) => file.sync_all().map_err(error)?,
            }
            bytes += file.metadata().map_err(error)?.len();
        }
    }
    Ok(bytes)
}

/// Returns the folder that a path lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// Flushes the names in a folder, so that what was renamed there stays after a power cut.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows flushes names with the files (`MoveFileEx` returns after the journal has them).
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "Unix may refuse")]
pub(crate) fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
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
