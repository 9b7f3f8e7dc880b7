//! Takes a document and gives the files that people put into it: attached to a mail or a PDF,
//! inserted as an object into Word, Excel, `PowerPoint` or their like. Each is a member of the
//! document, as those of a container are, and read like any other file.
//!
//! ```text
//! document ─find─► (name, content) …
//! ```
//!
//! Workbooks behind charts are none of these: nobody put them there, and what they say is drawn.

mod content;
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

pub(super) use self::content::Content;
use self::content::{MAX_BYTES, MAX_NAMES, Visit, named};
use super::pdf;
use crate::model::{MediaType, Note, NoteCode};
use std::ops::ControlFlow;

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
