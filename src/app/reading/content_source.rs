//! Finds the bytes of a content again: at one of its paths, inside a container, or in the archive's
//! own store. The caller verifies that they are the right ones.

use super::members;
use super::worker_client::{WorkerClient, WorkerSettings};
use crate::app::archive::workspace::Workspace;
use crate::app::custody::bag::stopped;
use crate::app::error::Error;
use crate::app::progress::Progress;
use crate::io::files::error::PutError;
use crate::io::files::private::Scratch;
use crate::io::files::source;
use crate::io::store::DocumentRow;
use crate::model::Digest;
use std::fs::File;
use tempfile::TempDir;

/// A content whose bytes no place has any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it should lie.
    pub path: String,
    /// The digest it should have.
    pub expected: Digest,
    /// The digest found last; `None` where nothing could be read.
    pub found: Option<Digest>,
}

/// A source of the bytes of contents. Its owner holds the archive's lock.
pub struct ContentSource<'a> {
    worker: WorkerClient,
    scratch: Scratch,
    workspace: &'a Workspace,
    progress: &'a dyn Progress,
}

impl<'a> ContentSource<'a> {
    /// Returns a source for the contents of `workspace`.
    ///
    /// # Errors
    /// When the archive's folder cannot be written.
    pub fn new(
        workspace: &'a Workspace,
        worker: &WorkerSettings,
        progress: &'a dyn Progress,
    ) -> Result<Self, Error> {
        Ok(Self {
            worker: WorkerClient::new(worker.clone()),
            scratch: workspace.scratch()?,
            workspace,
            progress,
        })
    }

    /// Calls `take` with the bytes of a content from one place after another until it accepts them.
    /// Returns what is wrong where it never does. With `store`, the archive's own copy comes last.
    ///
    /// # Errors
    /// When the catalog cannot be read, `take` cannot write, or the user stopped.
    pub fn offer(
        &mut self,
        digest: &Digest,
        store: bool,
        mut take: impl FnMut(&mut File) -> Result<(), PutError>,
    ) -> Result<Option<LeftOut>, Error> {
        let document = self.workspace.catalog.document(digest)?;
        let sources = document.as_ref().map(DocumentRow::sources);
        let sources = sources.unwrap_or_default();
        let mut left_out = LeftOut {
            path: sources.first().copied().unwrap_or_default().to_owned(),
            expected: *digest,
            found: None,
        };
        let mut try_one = |file: &mut File| match take(file) {
            Ok(()) => Ok(true),
            Err(PutError::Changed { found }) => {
                left_out.found = Some(found);
                Ok(false)
            }
            Err(PutError::Read(_)) => Ok(false),
            Err(PutError::Write(error)) => Err(Error::from(error)),
        };
        for path in sources {
            let fetched =
                members::fetch(&mut self.worker, path, &self.scratch, self.progress);
            let Some(fetched) = fetched.map_err(|_| stopped())? else {
                continue;
            };
            if let Ok(mut file) = source::open(&fetched.file)
                && try_one(&mut file)?
            {
                return Ok(None);
            }
        }
        if store
            && let Ok(mut file) = self.workspace.kept().open(digest)
            && try_one(&mut file)?
        {
            return Ok(None);
        }
        Ok(Some(left_out))
    }

    /// Returns two new private folders: one for the bytes of a content, one for its access copy.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn private_folders(&self) -> std::io::Result<(TempDir, TempDir)> {
        Ok((self.scratch.folder()?, self.scratch.folder()?))
    }

    /// Returns the worker client, for other requests.
    pub fn worker(&mut self) -> &mut WorkerClient {
        &mut self.worker
    }
}
