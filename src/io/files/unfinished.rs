//! What is being written beside its place: a hidden folder with the thing itself and a lock
//! that lives as long as its writer. So the next writer can tell what a killed one left behind
//! from what another is writing just now.
#![allow(
    clippy::disallowed_methods,
    reason = "writes and removes only folders it made itself"
)]

use super::atomic::{folder_of, sync_folder};
use super::kept::make_removable;
use std::{
    fs::{File, TryLockError},
    io::{ErrorKind, Read, Result, Seek, Write},
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// What such a folder is called, before some letters by chance.
const PREFIX: &str = ".bukti-";
/// The file in it that is locked, and that names who made it.
const MARK: &str = "bukti-unfinished";
/// The thing itself.
const PART: &str = "part";
/// A folder made just now may be swept by another before it is marked: so often is it made
/// anew.
const TRIES: usize = 8;
/// A maker's name is a path and a time.
const MAKER_BYTES: u64 = 64 << 10;

/// A thing that is being written. Dropped, it is gone; killed, it is swept by the next.
#[derive(Debug)]
pub struct Unfinished {
    // Dropped first: Windows removes no file that is open.
    _lock: File,
    folder: TempDir,
}

impl Unfinished {
    /// Begins a thing that will lie at `to`; `maker` names whose it is.
    ///
    /// # Errors
    /// When the folder that will hold it cannot be written.
    pub fn beside(to: &Path, maker: &str) -> Result<Self> {
        let mut tried = 0;
        loop {
            let folder = tempfile::Builder::new()
                .prefix(PREFIX)
                .tempdir_in(folder_of(to))?;
            match mark(folder.path(), maker) {
                Ok(lock) => {
                    return Ok(Self {
                        _lock: lock,
                        folder,
                    });
                }
                Err(error) if !was_swept(&error) || tried == TRIES => return Err(error),
                Err(_) => tried += 1,
            }
        }
    }

    /// Returns where to write it: a file or a folder that does not exist yet.
    pub fn part(&self) -> PathBuf {
        self.folder.path().join(PART)
    }

    /// Renames it to its place, where nothing may be. The writer has flushed its bytes.
    ///
    /// # Errors
    /// When something is there, or the disk refuses: it is gone then.
    pub fn finish(self, to: &Path) -> Result<()> {
        let part = self.part();
        if part.is_dir() {
            if to.symlink_metadata().is_ok() {
                return Err(ErrorKind::AlreadyExists.into());
            }
            std::fs::rename(&part, to)?;
        } else {
            let part = tempfile::TempPath::try_from_path(part)?;
            part.persist_noclobber(to).map_err(|e| e.error)?;
        }
        sync_folder(folder_of(to))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        make_removable(&self.part());
    }
}

/// Marks a folder and locks the mark.
fn mark(folder: &Path, maker: &str) -> Result<File> {
    let path = folder.join(MARK);
    let mut file = File::options().write(true).create_new(true).open(&path)?;
    match file.try_lock() {
        // There are shares without locks; nothing is swept there.
        Ok(()) | Err(TryLockError::Error(_)) => {}
        Err(TryLockError::WouldBlock) => return Err(ErrorKind::NotFound.into()),
    }
    // Locked before it was ours, it may be swept already.
    path.symlink_metadata()?;
    file.write_all(maker.as_bytes())?;
    Ok(file)
}

fn was_swept(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
}

/// Removes from a folder what killed writers of that name left behind, and gives how many
/// there were. Spared is whatever a living process holds, whatever others made, and all of it
/// where the file system knows no locks.
pub fn sweep(folder: &Path, maker: &str) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let entries = entries.filter_map(Result::ok);
    let ours = entries.filter(|entry| {
        let is_named = entry.file_name().to_string_lossy().starts_with(PREFIX);
        is_named && entry.file_type().is_ok_and(|kind| kind.is_dir())
    });
    ours.filter(|entry| sweep_one(&entry.path(), maker)).count()
}

fn sweep_one(folder: &Path, maker: &str) -> bool {
    let opened = File::options()
        .read(true)
        .write(true)
        .open(folder.join(MARK));
    let mut mark = match opened {
        Ok(mark) => mark,
        // Killed before it was marked. Where anything is in it, it stays.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return std::fs::remove_dir(folder).is_ok();
        }
        Err(_) => return false,
    };
    if mark.try_lock().is_err() {
        return false;
    }
    let part = folder.join(PART);
    let is_empty = part.symlink_metadata().is_err();
    if !is_empty && !names(&mut mark, maker) {
        return false;
    }
    let removed = match part.symlink_metadata() {
        Ok(found) if found.is_dir() => {
            make_removable(&part);
            std::fs::remove_dir_all(&part)
        }
        Ok(_) => std::fs::remove_file(&part),
        Err(_) => Ok(()),
    };
    // Windows removes no file that is open; who marks a folder looks whether it is still there.
    let gone = std::fs::remove_file(folder.join(MARK));
    drop(mark);
    let gone = gone.or_else(|_| std::fs::remove_file(folder.join(MARK)));
    removed
        .and(gone)
        .and_then(|()| std::fs::remove_dir(folder))
        .is_ok()
}

fn names(mark: &mut File, maker: &str) -> bool {
    let mut text = String::new();
    let read = mark
        .rewind()
        .and_then(|()| mark.take(MAKER_BYTES).read_to_string(&mut text));
    read.is_ok() && text == maker
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// Leaves a folder as a killed writer does.
    fn killed(to: &Path, maker: &str) -> PathBuf {
        let mut unfinished = Unfinished::beside(to, maker).unwrap();
        unfinished.folder.disable_cleanup(true);
        let left = unfinished.folder.path().to_owned();
        drop(unfinished);
        std::fs::create_dir(left.join(PART)).unwrap();
        // As copies of evidence are: write-protected.
        let half = left.join(PART).join("half");
        std::fs::write(&half, "half").unwrap();
        let mut permissions = half.metadata().unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&half, permissions).unwrap();
        left
    }

    #[test]
    fn it_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("a");
        let thing = Unfinished::beside(&to, "me").unwrap();
        std::fs::write(thing.part(), "one").unwrap();
        thing.finish(&to).unwrap();
        let second = Unfinished::beside(&to, "me").unwrap();
        std::fs::write(second.part(), "two").unwrap();
        assert!(second.finish(&to).is_err(), "nothing is written over");
        drop(Unfinished::beside(&to, "me").unwrap());
        assert_eq!(names_in(folder.path()), ["a"]);
        assert_eq!(std::fs::read_to_string(&to).unwrap(), "one");
    }

    #[test]
    fn only_what_a_dead_writer_of_that_name_left_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("a");
        let alive = Unfinished::beside(&to, "me").unwrap();
        std::fs::create_dir(alive.part()).unwrap();
        killed(&to, "me");
        let theirs = killed(&to, "another");
        let begun = folder.path().join(".bukti-begun");
        std::fs::create_dir(&begun).unwrap();
        let foreign = folder.path().join(".bukti-notes");
        std::fs::create_dir(&foreign).unwrap();
        std::fs::write(foreign.join("part"), "a person's").unwrap();
        std::fs::write(folder.path().join(".bukti-file"), "a person's").unwrap();
        assert_eq!(sweep(folder.path(), "me"), 2);
        assert!(alive.part().exists() && theirs.exists());
        assert!(foreign.join("part").exists() && !begun.exists());
        assert_eq!(names_in(folder.path()).len(), 4);
        assert_eq!(sweep(folder.path(), "me"), 0);
    }
}
