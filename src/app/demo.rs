//! The first tour: the made-up samples travel in the program, so that anyone can see the whole
//! job done without a file of their own.

use super::error::{Error, ErrorKind};
use crate::io::files::atomic;
use crate::io::files::error::WriteError;
use include_dir::{Dir, DirEntry, include_dir};
use std::path::{Path, PathBuf};

static SHARE: Dir<'_> =
    include_dir!("$CARGO_MANIFEST_DIR/samples/kabupaten-contoh/share");

/// The made-up government of the samples.
pub const REGION: &str = "Kabupaten Contoh";
/// The year of verification that the samples are made for.
pub const YEAR: i16 = 2025;

/// A folder with the samples and room for an archive; it stays until someone deletes it.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The samples, as an office would have them on its share.
    pub share: PathBuf,
    /// Where the archive is to be made.
    pub archive: PathBuf,
}

/// Unpacks the samples into a new temporary folder.
///
/// # Errors
/// When the folder for temporary files cannot be written.
pub fn stage() -> Result<Stage, Error> {
    let cannot = |cause: Box<dyn std::error::Error + Send + Sync>| {
        Error::new(
            ErrorKind::Archive,
            "folder sementara tidak dapat ditulis",
            "the folder for temporary files cannot be written",
        )
        .hint("periksa ruang disk", "check the disk's free space")
        .caused_by(cause)
    };
    let folder = tempfile::Builder::new().prefix("bukti-demo-").tempdir();
    let root = folder.map_err(|e| cannot(e.into()))?.keep();
    let stage = Stage {
        share: root.join("share"),
        archive: root.join("archive"),
    };
    unpack(&SHARE, &stage.share).map_err(|e| cannot(e.into()))?;
    Ok(stage)
}

fn unpack(folder: &Dir<'_>, target: &Path) -> Result<(), WriteError> {
    let made = std::fs::create_dir_all(target);
    made.map_err(|source| WriteError {
        path: target.to_owned(),
        source,
    })?;
    for entry in folder.entries() {
        let name = entry.path().file_name().unwrap_or_default();
        match entry {
            DirEntry::Dir(inner) => unpack(inner, &target.join(name))?,
            DirEntry::File(file) => atomic::write(&target.join(name), file.contents())?,
        }
    }
    Ok(())
}
