//! A copy of the catalog for elsewhere, of one moment, while others go on writing.

use super::{
    error::{Error, ErrorKind},
    workspace::Workspace,
};
use crate::io::{atomic, path, store::Catalog};
use std::path::Path;

/// Writes a copy of the archive's catalog to a file that does not exist yet, and reads it
/// back; gives its length in bytes. The lock is not taken: indexing may go on.
///
/// # Errors
/// When a file is there, the disk refuses, or the copy is not sound.
pub fn backup(workspace: &Workspace, to: &Path) -> Result<u64, Error> {
    if to.exists() {
        let shown = path::printable(&path::to_text(to));
        return Err(Error::new(
            ErrorKind::Usage,
            format!("`{shown}` sudah ada"),
            format!("`{shown}` is there already"),
        )
        .hint("sebut nama lain", "name another file"));
    }
    let written = atomic::with_new(to, |part| {
        workspace.catalog.copy_to(part)?;
        let faults = Catalog::open(part)?.integrity()?;
        match faults.first() {
            None => Ok(()),
            Some(fault) => Err(Error::new(
                ErrorKind::Output,
                "salinan katalog tidak utuh",
                "the copy of the catalog is not sound",
            )
            .caused_by(fault.clone())),
        }
    })?;
    written?;
    Ok(std::fs::metadata(to).map_or(0, |found| found.len()))
}
