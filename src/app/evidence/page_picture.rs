//! The picture of one page of a document, or of a part of it, for a person to look at. A worker
//! draws it from bytes whose digest was verified; an archive need not be locked for it. What is
//! personal on it is covered, unless the person asked for it.

use crate::access_copy::{PageView, Redaction, redaction};
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::progress::Progress;
use crate::app::reading::members;
use crate::app::reading::worker_client::WorkerClient;
use crate::fixity;
use crate::io::files::private::{self, Scratch};
use crate::io::files::source;
use crate::io::process;
use crate::io::store::DocumentRow;
use crate::model::{CopyStep, Digest, Note, Rect};

/// How large a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Size {
    /// A page on a screen: print of 10 points is read well, and a scanned page stays below 250 KB
    /// in the mean (a page of the samples takes 40 to 160 KB).
    #[default]
    Screen,
    /// A page seen closer, twice as fine.
    Close,
    /// A strip of some lines in a list.
    Strip,
}

impl Size {
    fn step(self) -> CopyStep {
        match self {
            Self::Screen => CopyStep {
                dpi: 110,
                quality: 60,
            },
            Self::Close => CopyStep {
                dpi: 220,
                quality: 60,
            },
            Self::Strip => CopyStep {
                dpi: 130,
                quality: 55,
            },
        }
    }
}

/// A picture that somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// The document.
    pub digest: Digest,
    /// The page, from 1.
    pub page: u32,
    /// How large.
    pub size: Size,
    /// The part of the page, in the unit of its boxes; all of it where there is none.
    pub part: Option<Rect>,
    /// Whether the person asked for what is personal on it.
    pub is_revealed: bool,
}

/// A picture that may be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawable {
    /// What tells it from all other pictures, and from those of another build of the program.
    pub name: Digest,
    /// How the page is shown.
    pub view: PageView,
    /// Whether something personal stands on the page, covered or not.
    pub is_personal: bool,
}

/// Returns how a picture is to be drawn; `None` where there is no such page with a picture, or
/// something personal stands on it that cannot be covered.
///
/// # Errors
/// When the catalog cannot be read.
pub fn drawable(
    workspace: &Workspace,
    wanted: &Wanted,
) -> Result<Option<Drawable>, Error> {
    let catalog = &workspace.catalog;
    let Some(document) = catalog.document(&wanted.digest)? else {
        return Ok(None);
    };
    let content = &document.content;
    let Some(page) = catalog.page(&wanted.digest, wanted.page)? else {
        return Ok(None);
    };
    let Some(size) = page.size.filter(|_| content.media_type.has_sheets()) else {
        return Ok(None);
    };
    let sheet = Rect::from([0.0, 0.0, size.0, size.1]);
    if wanted
        .part
        .is_some_and(|part| part.intersection(sheet).is_none())
    {
        return Ok(None);
    }
    let (marks, unread) = (&content.facts.personal, &content.waiting);
    let redaction = redaction(marks, unread, wanted.page, page.size);
    let is_personal = redaction != Redaction::Open;
    let covers = match (redaction, wanted.is_revealed) {
        (Redaction::Withheld, false) => return Ok(None),
        (Redaction::Covered(covers), false) => covers,
        _ => Vec::new(),
    };
    let view = PageView {
        step: wanted.size.step(),
        turn: page.turn,
        size,
        covers,
        part: wanted.part,
    };
    let (build, digest, number) = (process::build(), &wanted.digest, wanted.page);
    let name = format!("{build} {digest} {number} {view:?}");
    Ok(Some(Drawable {
        name: fixity::hash(name.as_bytes()),
        view,
        is_personal,
    }))
}

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

    /// Draws a page (from 1) as JPEG, the way [`drawable`] says.
    ///
    /// # Errors
    /// When no place has the document any more, it has no such page, or the page cannot be drawn.
    pub fn draw(
        &mut self,
        workspace: &Workspace,
        (digest, page): (&Digest, u32),
        view: &PageView,
        progress: &dyn Progress,
    ) -> Result<Vec<u8>, Error> {
        let document = workspace.catalog.document(digest)?;
        let mut why = None;
        for path in document.iter().flat_map(DocumentRow::sources) {
            match self.draw_from(path, (digest, page), view, progress)? {
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
        view: &PageView,
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
            worker.draw(&fetched.file, (digest, page), view, folder.path(), progress);
        if let Err(note) = drawn.map_err(stopped)? {
            return Ok(Err(Some(note)));
        }
        let read = source::read(&private::place(folder.path(), 0), MAX_BYTES);
        Ok(read.map_err(|trouble| Some(trouble.note)))
    }
}

fn undrawn(page: u32, why: Option<&Note>) -> Error {
    Error::new(
        ErrorKind::NotFound,
        format!("halaman {page} tidak dapat digambar"),
        format!("page {page} cannot be drawn"),
    )
    .because(why)
    .hint(
        "sambungkan share-nya, lalu muat lagi halaman ini",
        "connect the share, then load this page again",
    )
}
