//! One document as an upload form takes it: the original, or an access copy where that is too
//! large. Bytes count only once their digest was verified; an archive need not be locked for it.
//! Documents with personal data are not handed out.

use super::access_copies::pages_to_copy;
use super::bag::stopped;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::progress::Progress;
use crate::app::reading::members;
use crate::app::reading::members::Fetched;
use crate::app::reading::shrink::{AccessCopyResult, CopyRequest};
use crate::app::reading::worker_client::{WorkerClient, WorkerSettings};
use crate::fixity;
use crate::io::files::private::{self, Scratch};
use crate::io::files::source;
use crate::io::store::DocumentRow;
use crate::model::{Digest, NoCopy, Note, NoteCode};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A source of documents for upload, with a worker process of its own.
#[derive(Debug)]
pub struct AttachmentSource {
    worker: WorkerClient,
    scratch: Scratch,
}

/// A finished access copy, which lies on the disk for as long as this lives.
#[derive(Debug)]
pub struct HeldCopy {
    folder: TempDir,
    number: usize,
    /// Its length in bytes.
    pub bytes: u64,
}

impl HeldCopy {
    /// Returns its bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        let file = private::place(self.folder.path(), self.number);
        source::read(&file, self.bytes).map_err(|trouble| unread(Some(&trouble.note)))
    }
}

impl AttachmentSource {
    /// Makes a source.
    ///
    /// # Errors
    /// When the folder for temporary files cannot be written.
    pub fn new(worker: WorkerSettings) -> Result<Self, Error> {
        let scratch = Scratch::anywhere().map_err(|cause| {
            Error::new(
                ErrorKind::Archive,
                "folder sementara tidak dapat ditulis",
                "the folder for temporary files cannot be written",
            )
            .caused_by(cause)
        })?;
        Ok(Self {
            worker: WorkerClient::new(worker),
            scratch,
        })
    }

    /// Returns the bytes of a document of at most `most` bytes.
    ///
    /// # Errors
    /// When there is no such document, it holds personal data, it is larger, or no place has it
    /// any more.
    pub fn original(
        &mut self,
        workspace: &Workspace,
        digest: &Digest,
        most: u64,
        progress: &dyn Progress,
    ) -> Result<Vec<u8>, Error> {
        let document = document(workspace, digest)?;
        let mut why = None;
        for place in places(workspace, &document) {
            let Some(fetched) = self.fetch(&place, progress)? else {
                continue;
            };
            match source::read(&fetched.file, most) {
                Ok(bytes) if fixity::hash(&bytes) == *digest => return Ok(bytes),
                Ok(_) => why = Some(Note::file(NoteCode::ChangedWhileRead)),
                Err(trouble) => why = Some(trouble.note),
            }
        }
        Err(unread(why.as_ref()))
    }

    /// Makes an access copy of at most `limit` bytes.
    ///
    /// # Errors
    /// When there is no such document, it holds personal data, the catalog cannot be read, or the
    /// user stopped.
    pub fn access_copy(
        &mut self,
        workspace: &Workspace,
        digest: &Digest,
        limit: u64,
        progress: &dyn Progress,
    ) -> Result<Result<HeldCopy, NoCopy>, Error> {
        let document = document(workspace, digest)?;
        let pages = pages_to_copy(workspace, digest)?;
        let request = CopyRequest {
            sha256: digest,
            limit,
            pages: &pages,
        };
        let mut why = NoCopy::Changed;
        for place in places(workspace, &document) {
            let Some(fetched) = self.fetch(&place, progress)? else {
                continue;
            };
            match self.shrink(&fetched.file, document.path(), request, progress)? {
                Ok(copy) => return Ok(Ok(copy)),
                // Another place may have the right bytes.
                Err(NoCopy::Changed) => {}
                Err(other) => why = other,
            }
        }
        Ok(Err(why))
    }

    fn shrink(
        &mut self,
        file: &Path,
        name: &str,
        request: CopyRequest<'_>,
        progress: &dyn Progress,
    ) -> Result<Result<HeldCopy, NoCopy>, Error> {
        let unwritten = |error: &std::io::Error| NoCopy::Unreadable(Note::disk(error));
        let folder = match self.scratch.folder() {
            Ok(folder) => folder,
            Err(error) => return Ok(Err(unwritten(&error))),
        };
        let (worker, limit) = (&mut self.worker, request.limit);
        let result = worker.shrink(file, name, request, folder.path(), progress);
        let made = match result.map_err(|_| stopped())? {
            AccessCopyResult::None(why) => return Ok(Err(why)),
            AccessCopyResult::Made(made) => made,
        };
        let place = private::place(folder.path(), made.number);
        let len = match std::fs::metadata(&place) {
            Ok(found) => found.len(),
            Err(error) => return Ok(Err(unwritten(&error))),
        };
        if len > limit {
            return Ok(Err(NoCopy::NothingFits));
        }
        remove_others(folder.path(), made.number);
        Ok(Ok(HeldCopy {
            folder,
            number: made.number,
            bytes: len,
        }))
    }

    fn fetch(
        &mut self,
        place: &Place,
        progress: &dyn Progress,
    ) -> Result<Option<Fetched>, Error> {
        match place {
            Place::Location(path) => {
                members::fetch(&mut self.worker, path, &self.scratch, progress)
                    .map_err(|_| stopped())
            }
            Place::Kept(file) => Ok(file.is_file().then(|| Fetched::at(file.clone()))),
        }
    }
}

/// A place that bytes can be had from.
enum Place {
    /// A location of the catalog.
    Location(String),
    /// The archive's own copy.
    Kept(PathBuf),
}

/// Returns the places a document can be had from, the archive's own copy last.
fn places(workspace: &Workspace, document: &DocumentRow) -> Vec<Place> {
    let sources = document.sources().into_iter();
    let mut places: Vec<Place> = sources
        .map(|path| Place::Location(path.to_owned()))
        .collect();
    let digest = &document.content.digest;
    places.push(Place::Kept(workspace.kept().path(digest)));
    places
}

/// Removes the steps of the ladder that were not taken.
fn remove_others(folder: &Path, number: usize) {
    for other in (0..crate::access_copy::LADDER.len()).filter(|n| *n != number) {
        private::remove(&private::place(folder, other));
    }
}

/// Returns a document that may be handed out.
fn document(workspace: &Workspace, digest: &Digest) -> Result<DocumentRow, Error> {
    let document = workspace.catalog.document(digest)?.ok_or_else(|| {
        Error::new(
            ErrorKind::NotFound,
            "tidak ada dokumen itu di arsip",
            "there is no such document in the archive",
        )
    })?;
    match document.content.facts.personal.is_empty() {
        true => Ok(document),
        false => Err(Error::new(
            ErrorKind::NotFound,
            "dokumen ini ditahan karena memuat data pribadi",
            "this document is held back because it holds personal data",
        )
        .hint(
            "lampirkan sendiri dari berkas aslinya bila memang boleh",
            "attach it from the original yourself where that is allowed",
        )),
    }
}

fn unread(why: Option<&Note>) -> Error {
    Error::new(
        ErrorKind::NotFound,
        "berkasnya tidak dapat diambil",
        "the file cannot be had",
    )
    .because(why)
    .hint(
        "sambungkan share-nya, lalu unduh lagi",
        "connect the share, then download again",
    )
}
