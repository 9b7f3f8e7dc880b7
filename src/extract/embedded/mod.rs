//! Takes a document and gives the files that people put into it: attached to a mail or a PDF,
//! inserted as an object into Word, Excel, `PowerPoint` or their like. Each is a member of the
//! document, as those of a container are, and read like any other file.
//!
//! ```text
//! document ─find─► (name, content) …
//! ```
//!
//! Workbooks behind charts are none of these: nobody put them there, and what they say is drawn.

mod message;
mod ole;
mod package;
mod properties;
mod rtf;
mod slides;
mod tnef;

pub(super) use message::{Message, outlook};
pub(super) use properties::decompressed;
pub(super) use tnef::message as tnef_message;

use super::{pdf, sniff};
use crate::model::{MediaType, Note, NoteCode};
use std::ops::ControlFlow;

/// Files named of one document. Beyond, the last note says so.
const MAX_NAMES: usize = 100;
/// Bytes of one embedded file that are taken out: it is held three times over while it is
/// unwrapped, and a worker has 400 MiB.
const MAX_BYTES: u64 = 64 << 20;

/// What a document has of a file inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content<'a> {
    /// All its bytes.
    Whole(&'a [u8]),
    /// No more than where it lies.
    Elsewhere,
    /// Bytes more than are taken out.
    TooLarge,
    /// Bytes that cannot be unpacked.
    Broken,
}

/// Takes the name and the content of each file in turn; tells whether to go on.
type Visit<'v> = dyn FnMut(&str, Content<'_>) -> ControlFlow<()> + 'v;

/// Calls `visit` with each file inside `bytes`, in the document's own order.
pub(super) fn find(bytes: &[u8], media: MediaType, visit: &mut Visit<'_>) {
    let _ = match media {
        MediaType::Docx | MediaType::Xlsx | MediaType::Pptx => {
            package::office(bytes, visit)
        }
        MediaType::OpenDocument => package::open_document(bytes, visit),
        MediaType::Doc => ole::pool(bytes, "/ObjectPool", "_", visit),
        MediaType::Xls => ole::pool(bytes, "/", "MBD", visit),
        MediaType::Ppt => slides::find(bytes, visit),
        MediaType::Msg => message::attached(bytes, visit),
        MediaType::Tnef => tnef::attached(bytes, visit),
        MediaType::Rtf => rtf::find(bytes, visit),
        MediaType::Pdf => pdf::attached(bytes, visit),
        _ => ControlFlow::Continue(()),
    };
}

/// Makes a note of each file inside, by its name.
pub(super) fn notes(bytes: &[u8], media: MediaType) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut visit = |name: &str, _: Content<'_>| {
        let is_more = notes.len() >= MAX_NAMES;
        let name = if is_more { "…" } else { name };
        notes.push(Note::file(NoteCode::AttachedFile).with(name));
        match is_more {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    };
    // A broken object is no reason to lose what was read of the document.
    let _ = super::guard(|| find(bytes, media, &mut visit));
    notes
}

/// Returns a name for a file without one, by what it is.
fn named(stem: &str, bytes: &[u8]) -> String {
    match sniff(bytes).extensions().first() {
        Some(ending) => format!("{stem}.{ending}"),
        None => stem.to_owned(),
    }
}
