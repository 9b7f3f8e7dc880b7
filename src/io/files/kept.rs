//! The archive's own copies of evidence: one file for each content, named by its digest, written
//! once. A copy counts only after it was flushed and read back.
#![allow(
    clippy::disallowed_methods,
    reason = "writes only into the folder that is the store"
)]

use super::atomic::{folder_of, sync_folder};
use super::error::PutError;
use super::error::WriteError;
use super::{atomic, source};
use crate::model::Digest;
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// What a copy is called before it counts; what a killed run leaves behind begins so.
const UNFINISHED: &str = ".part-";

/// The store in a folder, which need not exist yet.
#[derive(Debug, Clone)]
pub struct Kept {
    root: PathBuf,
}

impl Kept {
    /// Returns the store in a folder.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Returns where the copy of a content lies, or would: 256 folders, so that none grows
    /// long.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        let folder: String = name.chars().take(2).collect();
        self.root.join(folder).join(name)
    }

    /// Tells whether there is a copy, sound or not.
    pub fn has(&self, digest: &Digest) -> bool {
        self.path(digest).is_file()
    }

    /// Returns the digests of the copies, one by one, in no order, as their names say.
    pub fn digests(&self) -> impl Iterator<Item = Digest> + use<> {
        let met = WalkDir::new(&self.root).min_depth(2).max_depth(2);
        let names = met.into_iter().filter_map(Result::ok);
        names.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
    }

    /// Returns the digests of all copies, in order, as their names say.
    pub fn sorted_digests(&self) -> Vec<Digest> {
        let mut digests: Vec<Digest> = self.digests().collect();
        digests.sort_unstable();
        digests
    }

    /// Returns the files that a killed run left unfinished.
    pub fn unfinished(&self) -> Vec<PathBuf> {
        let met = WalkDir::new(&self.root).max_depth(2);
        let left = met
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED));
        left.map(walkdir::DirEntry::into_path).collect()
    }

    /// Tells whether the copy still has the bytes it is named after; `None` where there is
    /// none that can be read.
    pub fn is_sound(&self, digest: &Digest) -> Option<bool> {
        let read = source::digest(&self.path(digest), || false).ok()??;
        Some(read.0 == *digest)
    }

    /// Copies a content into the store, in place of a copy that is there. It counts when this
    /// returns: flushed, read back, and under its name.
    ///
    /// # Errors
    /// When the bytes are not those of `digest`, cannot be read, or the disk refuses: the
    /// store is then as it was.
    pub fn put(&self, digest: &Digest, from: &mut impl Read) -> Result<(), PutError> {
        let path = self.path(digest);
        let refused = |source| WriteError {
            path: path.clone(),
            source,
        };
        let cannot = |source| PutError::Write(refused(source));
        let folder = folder_of(&path);
        std::fs::create_dir_all(folder).map_err(cannot)?;
        let made = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(folder);
        let mut file = made.map_err(cannot)?;
        let found = atomic::copy(from, &mut file, refused)?;
        if found != *digest {
            return Err(PutError::Changed { found });
        }
        file.as_file().sync_all().map_err(cannot)?;
        if !reads_back(file.path(), digest) {
            return Err(cannot(std::io::ErrorKind::InvalidData.into()));
        }
        make_writable(&path).map_err(cannot)?;
        let file = file.persist(&path).map_err(|e| cannot(e.error))?;
        write_once(&file).map_err(cannot)?;
        sync_folder(folder)
            .and_then(|()| sync_folder(&self.root))
            .map_err(cannot)
    }

    /// Opens the copy of a content.
    ///
    /// # Errors
    /// When there is none that can be read.
    pub fn open(&self, digest: &Digest) -> std::io::Result<File> {
        File::open(self.path(digest))
    }

    /// Removes what a killed run left unfinished; returns how many files.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sweep(&self) -> std::io::Result<usize> {
        let left = self.unfinished();
        for path in &left {
            std::fs::remove_file(path)?;
        }
        Ok(left.len())
    }
}

fn reads_back(path: &Path, digest: &Digest) -> bool {
    matches!(source::digest(path, || false), Ok(Some((found, _))) if found == *digest)
}

/// Makes a file read-only, against accidental writes.
fn write_once(file: &File) -> std::io::Result<()> {
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions)
}

/// Lets a damaged copy be replaced: Windows does not rename over a read-only file.
#[cfg(windows)]
#[allow(clippy::permissions_set_readonly_false, reason = "Windows only")]
fn make_writable(path: &Path) -> std::io::Result<()> {
    let Ok(metadata) = std::fs::metadata(path) else {
        return Ok(());
    };
    let mut permissions = metadata.permissions();
    permissions.set_readonly(false);
    std::fs::set_permissions(path, permissions)
}

/// On Unix the right to replace is the folder's.
#[cfg(not(windows))]
#[allow(clippy::unnecessary_wraps, reason = "Windows may refuse")]
fn make_writable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Lets all that lies in a folder be removed: shares of other systems, and Windows before 10,
/// remove no read-only file.
#[cfg(windows)]
pub(super) fn make_removable(folder: &Path) {
    let met = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    for file in met.filter(|entry| entry.file_type().is_file()) {
        let _ = make_writable(file.path());
    }
}

/// On Unix the right to remove is the folder's.
#[cfg(not(windows))]
pub(super) fn make_removable(_folder: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity::hash;

    #[test]
    fn a_copy_counts_only_with_the_bytes_it_is_named_after() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(&folder.path().join("kept"));
        let digest = hash(b"abc");
        assert!(!kept.has(&digest) && kept.sorted_digests().is_empty());
        let wrong = kept.put(&digest, &mut b"abd".as_slice());
        assert!(
            matches!(wrong, Err(PutError::Changed { found }) if found == hash(b"abd"))
        );
        assert!(!kept.has(&digest) && kept.unfinished().is_empty());
        kept.put(&digest, &mut b"abc".as_slice()).unwrap();
        assert_eq!(kept.is_sound(&digest), Some(true));
        assert_eq!(kept.sorted_digests(), [digest]);
        let path = kept.path(&digest);
        assert!(std::fs::metadata(&path).unwrap().permissions().readonly());
    }

    #[test]
    fn a_damaged_copy_is_found_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path());
        let digest = hash(b"abc");
        kept.put(&digest, &mut b"abc".as_slice()).unwrap();
        let path = kept.path(&digest);
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, b"aXc").unwrap();
        assert_eq!(kept.is_sound(&digest), Some(false));
        kept.put(&digest, &mut b"abc".as_slice()).unwrap();
        assert_eq!(kept.is_sound(&digest), Some(true));
        std::fs::write(path.with_file_name(".part-x"), b"half").unwrap();
        assert_eq!(kept.sweep().unwrap(), 1);
        assert_eq!(kept.sorted_digests(), [digest]);
    }
}
