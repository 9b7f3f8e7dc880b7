//! What goes wrong when a file is written or taken in.

use crate::model::Digest;
use std::path::PathBuf;

/// A marker that a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{path}`")]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// The system's words.
    #[source]
    pub source: std::io::Error,
}

/// The reason why a file did not get into a package.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// The bytes are not those that were promised; nothing of them is in the package.
    #[error("the bytes have the digest {found}")]
    Changed {
        /// Their digest.
        found: Digest,
    },
    /// The file cannot be read; nothing of it is in the package.
    #[error("the file cannot be read")]
    Read(#[source] std::io::Error),
    /// The package cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}
