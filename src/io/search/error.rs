//! Why a search index cannot be used, and what the disk had to do with it.

use tantivy::{
    TantivyError,
    directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
};

/// The reason why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index on disk was made by another version, or is broken; it can be rebuilt.
    #[error("the search index must be rebuilt")]
    Stale,
    /// tantivy refused.
    #[error("the search index cannot be read or written")]
    Tantivy(#[from] TantivyError),
}

impl SearchError {
    /// Returns what the disk said, where that is the cause; tantivy does not hand it on as a
    /// source.
    pub fn io(&self) -> Option<&std::io::Error> {
        let Self::Tantivy(error) = self else {
            return None;
        };
        match error {
            TantivyError::IoError(cause)
            | TantivyError::LockFailure(LockError::IoError(cause), _)
            | TantivyError::OpenReadError(OpenReadError::IoError {
                io_error: cause,
                ..
            })
            | TantivyError::OpenWriteError(OpenWriteError::IoError {
                io_error: cause,
                ..
            })
            | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
                io_error: cause,
                ..
            }) => Some(cause),
            _ => None,
        }
    }

    /// Tells whether another process holds the index.
    pub fn is_busy(&self) -> bool {
        let busy = |error: &TantivyError| {
            matches!(error, TantivyError::LockFailure(LockError::LockBusy, _))
        };
        matches!(self, Self::Tantivy(error) if busy(error))
    }

    /// Returns that an index which cannot be opened must be rebuilt, unless the disk or another
    /// process is the cause.
    pub(super) fn of_opening(error: TantivyError) -> Self {
        let error = Self::Tantivy(error);
        let cause = error.io().map(std::io::Error::kind);
        // A file cut short ends before its footer does.
        let is_cut = cause.is_none_or(|kind| {
            matches!(
                kind,
                std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof
            )
        });
        match is_cut && !error.is_busy() {
            true => Self::Stale,
            false => error,
        }
    }
}
