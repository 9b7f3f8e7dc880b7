//! The picture of one page of a document, for a person to look at. A worker draws it from bytes
//! whose digest was verified; an archive need not be locked for it.

use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::progress::Progress;
use crate::app::reading::members;
use crate::app::reading::worker_client::WorkerClient;
use crate::io::files::private::{self, Scratch};
use crate::io::files::source;
use crate::io::store::DocumentRow;
use crate::model::{CopyStep, Digest, Note};

/// How a page is drawn: print of 10 points is read well on a screen, and a scanned page stays
/// below 250 KB (`design` figure; a page of the samples takes 40 to 160 KB).
pub const STEP: CopyStep = CopyStep {
    dpi: 110,
    quality: 60,
};

/// Longest picture, in bytes: a page of 600 dpi drawn at the step above has a tenth of it.
const MAX_BYTES: u64 = 16 << 20;

/// Draws pages of an archive's documents, with a worker process of its own.
#[derive(Debug)]
pub struct Painter {
    worker: WorkerClient,
    scratch: Scratch,
}

impl Painter {
    /// Makes a painter.
    ///
    /// # Errors
    /// When the folder for temporary files cannot be written.
    pub fn new(worker: WorkerClient) -> Result<Self, Error> {
        let scratch = Scratch::anywhere().map_err(|cause| {
            Error::new(
                ErrorKind::Archive,
                "folder sementara tidak dapat ditulis",
                "the folder for temporary files cannot be written",
            )
            .caused_by(cause)
        })?;
        Ok(Self { worker, scratch })
    }

    /// Draws a page (from 1) as JPEG.
    ///
    /// # Errors
    /// When no place has the document any more, it has no such page, or the page cannot be drawn.
    pub fn draw(
        &mut self,
        workspace: &Workspace,
        digest: &Digest,
        page: u32,
        progress: &dyn Progress,
    ) -> Result<Vec<u8>, Error> {
        let document = workspace.catalog.document(digest)?;
        let mut why = None;
        for path in document.iter().flat_map(DocumentRow::sources) {
            match self.draw_from(path, (digest, page), progress)? {
                Ok(picture) => return Ok(picture),
                Err(note) => why = note.or(why),
            }
        }
        Err(undrawn(page, why.as_ref()))
    }

    /// Draws from one place; the note says why not, where something is known.
    fn draw_from(
        &mut self,
        path: &str,
        (digest, page): (&Digest, u32),
        progress: &dyn Progress,
    ) -> Result<Result<Vec<u8>, Option<Note>>, Error> {
        let stopped = |_| crate::app::custody::bag::stopped();
        let worker = &mut self.worker;
        let fetched = members::fetch(worker, path, &self.scratch, progress);
        let Some(fetched) = fetched.map_err(stopped)? else {
            return Ok(Err(None));
        };
        let folder = match self.scratch.folder() {
            Ok(folder) => folder,
            Err(error) => return Ok(Err(Some(Note::disk(&error)))),
        };
        let drawn =
            worker.draw(&fetched.file, (digest, page), STEP, folder.path(), progress);
        if let Err(note) = drawn.map_err(stopped)? {
            return Ok(Err(Some(note)));
        }
        let read = source::read(&private::place(folder.path(), 0), MAX_BYTES);
        Ok(read.map_err(|trouble| Some(trouble.note)))
    }
}

fn undrawn(page: u32, why: Option<&Note>) -> Error {
    use crate::model::Lang;
    let told =
        |lang| why.map_or_else(String::new, |note| format!(": {}", note.explain(lang)));
    Error::new(
        ErrorKind::NotFound,
        format!("halaman {page} tidak dapat digambar{}", told(Lang::Id)),
        format!("page {page} cannot be drawn{}", told(Lang::En)),
    )
    .hint(
        "sambungkan share-nya, lalu muat lagi halaman ini",
        "connect the share, then load this page again",
    )
}
