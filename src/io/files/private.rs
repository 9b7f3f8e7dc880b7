//! Private temporary folders for members of containers: made in the archive, readable by their
//! owner alone, removed when dropped, and removed by the next run after a kill.
#![allow(
    clippy::disallowed_methods,
    reason = "writes only below a folder it made itself"
)]

use super::atomic;
use super::error::PutError;
use super::error::WriteError;
use crate::model::Digest;
use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A folder that holds private folders.
#[derive(Debug)]
pub struct Scratch {
    place: PathBuf,
}

impl Scratch {
    /// Empties `place`, a folder that nobody else uses, and uses it for private folders.
    ///
    /// # Errors
    /// When it cannot be made or emptied.
    pub fn claim(place: &Path) -> std::io::Result<Self> {
        match std::fs::remove_dir_all(place) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error);
            }
            _ => {}
        }
        std::fs::create_dir_all(place)?;
        Ok(Self {
            place: place.to_owned(),
        })
    }

    /// Makes a place of its own, where there is no archive to put it in.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn anywhere() -> std::io::Result<Self> {
        let place = tempfile::Builder::new().prefix("bukti-").tempdir()?.keep();
        Ok(Self { place })
    }

    /// Makes a private folder.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn folder(&self) -> std::io::Result<TempDir> {
        tempfile::Builder::new().tempdir_in(&self.place)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left, the next run removes.
        let _ = std::fs::remove_dir_all(&self.place);
    }
}

/// Returns where the member with this number is put in `folder`.
pub fn place(folder: &Path, number: usize) -> PathBuf {
    folder.join(number.to_string())
}

/// Creates the file for the member with this number; one that is there already is refused.
///
/// # Errors
/// When the disk refuses.
pub fn create(folder: &Path, number: usize) -> std::io::Result<Box<dyn Write>> {
    // Not buffered: a full disk must be noticed where it is met, not when the buffer is dropped.
    let file = std::fs::File::create_new(place(folder, number))?;
    Ok(Box::new(file))
}

/// Copies a content into the file with this number and verifies its digest; replaces a file that
/// is there.
///
/// # Errors
/// When the bytes are not those of `digest`, cannot be read, or the disk refuses: the file is
/// then gone.
pub fn copy_verified(
    folder: &Path,
    number: usize,
    from: &mut impl Read,
    digest: &Digest,
) -> Result<(), PutError> {
    let path = place(folder, number);
    let refused = |source| WriteError {
        path: path.clone(),
        source,
    };
    remove(&path);
    let mut file = create(folder, number).map_err(refused)?;
    let found = atomic::copy(from, &mut file, refused);
    if !matches!(&found, Ok(found) if found == digest) {
        remove(&path);
    }
    match found? {
        found if found == *digest => Ok(()),
        found => Err(PutError::Changed { found }),
    }
}

/// Removes a file made by [`create`], to give its room back early.
pub fn remove(file: &Path) {
    let _ = std::fs::remove_file(file);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_killed_run_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let place_of = home.path().join("unpacked");
        let scratch = Scratch::claim(&place_of).unwrap();
        let folder = scratch.folder().unwrap().keep();
        create(&folder, 0).unwrap().write_all(b"x").unwrap();
        assert_eq!(std::fs::read(place(&folder, 0)).unwrap(), b"x");
        assert!(create(&folder, 0).is_err());
        std::mem::forget(scratch);
        let scratch = Scratch::claim(&place_of).unwrap();
        assert!(!folder.exists());
        drop(scratch);
        assert!(!place_of.exists());
    }
}
