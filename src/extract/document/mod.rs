//! Takes what an office program or a mail program saved and gives its text, a page at a time,
//! and the pictures in it. Apart from the rest, because all these formats share one shape: text
//! that knows no paper, and pictures that stand somewhere in it.
//!
//! ```text
//! bytes ─reader of the format─► Document ─┬─ pages of lines ─► text pages, first
//!                                         └─ pictures ─inside─► pages for OCR, after them
//! ```
//!
//! A scan pasted into a Word file is evidence as good as the file itself, and often all there
//! is in it; so every picture large enough to be one becomes a page.
//!
//! Files here come from anywhere. What is unpacked, nested, repeated and kept is counted
//! against a limit before it is done: [`office::package`] for ZIP, [`flow`] for text,
//! [`inside`] for pictures. No reader recurses.

mod read;
mod office;
mod flow;
mod html;
mod inside;
mod lists;
mod mail;
mod msg;
mod odf;
mod pointer;
mod rtf;
mod xml;

pub(super) use self::office::flat::is_office_xml;
pub(super) use self::office::ole::kind as ole_kind;
pub(super) use self::office::package::Package;
pub(super) use inside::{Inside, unhex};
pub(super) use mail::{attached, is_mail};
pub(super) use pointer::is_pointer;
pub(super) use xml::{Step, Tag, walk as walk_xml};

use self::read::{Document, Refusal};
use super::{Limits, text};
use crate::model::{Extraction, FileState, MediaType, Note, NoteCode, OcrRequest, Page};

/// What opening a document gives.
pub(super) struct Read {
    pub state: FileState,
    pub extraction: Extraction,
    pub wanted: Vec<OcrRequest>,
    pub inside: Inside,
}

/// Reads a document of any format but PDF; `None` for formats that hold none.
pub(super) fn read(bytes: &[u8], media: MediaType, limits: &Limits) -> Option<Read> {
    let reader: fn(&[u8], &Limits) -> Result<Document, Refusal> = match media {
        MediaType::Docx => |bytes, _| office::docx::read(bytes),
        MediaType::Xlsx => office::sheets::xlsx,
        MediaType::Pptx => office::pptx::read,
        MediaType::OpenDocument => odf::read,
        MediaType::Doc => |bytes, _| office::ole::doc(bytes),
        MediaType::Xls => |bytes, _| office::sheets::xls(bytes),
        MediaType::Ppt => |bytes, _| office::ole::ppt(bytes),
        MediaType::Msg => |bytes, _| msg::read(bytes),
        MediaType::Tnef => |bytes, _| Ok(msg::tnef(bytes)),
        MediaType::OfficeXml => office::flat::read,
        MediaType::Pointer => |_, _| Err(Refusal::Pointer),
        MediaType::Ole => |bytes, _| Err(office::ole::refusal(bytes)),
        MediaType::Rtf => |bytes, _| Ok(rtf::read(bytes)),
        MediaType::Html => |bytes, _| Ok(html::read(bytes)),
        MediaType::Mail => |bytes, _| mail::read(bytes),
        MediaType::Text => |bytes, _| Ok(plain(bytes)),
        _ => return None,
    };
    let read = super::guard(|| reader(bytes, limits));
    let document = read.unwrap_or_else(|words| Err(Refusal::Broken(words)));
    let document = document.and_then(|document| match is_only_a_link(&document) {
        true => Err(Refusal::Pointer),
        false => Ok(document),
    });
    let mut extraction = Extraction::without_pages(media);
    Some(match document {
        Ok(document) => number_pages(document, extraction, bytes, limits),
        Err(refusal) => {
            let (state, note) = refusal.explain();
            extraction.notes.push(note);
            Read {
                state,
                extraction,
                wanted: Vec::new(),
                inside: Inside::default(),
            }
        }
    })
}

/// Tells whether a document has nothing but the address of another.
fn is_only_a_link(document: &Document) -> bool {
    let words = document.pages.iter().flatten();
    let mut words = words.flat_map(|line| line.split_whitespace()).peekable();
    document.pictures.is_empty()
        && document.heads.is_empty()
        && words.peek().is_some()
        && words.all(|word| word.starts_with("https://") || word.starts_with("http://"))
}

fn plain(bytes: &[u8]) -> Document {
    let (lines, whole) = text::lines(bytes);
    let mut document = Document::from_lines(lines);
    if !whole {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document
}

/// Numbers the pages: a letterhead first, text, then the pictures.
fn number_pages(
    document: Document,
    mut extraction: Extraction,
    bytes: &[u8],
    limits: &Limits,
) -> Read {
    extraction.metadata = document.metadata;
    extraction.notes = document.notes;
    let mut chosen = inside::Selection::new(bytes, limits);
    chosen.heads(document.heads);
    let heads = chosen.pages.len() as u32;
    let texts = heads + document.pages.len() as u32;
    let pages = (heads + 1..=limits.max_pages).zip(document.pages);
    let pages = pages.map(|(number, lines)| text::page(number, lines));
    let pages: Vec<Page> = pages.collect();
    chosen.pictures(document.pictures, texts + 1);
    let wanted = chosen
        .pages
        .iter()
        .map(|page| OcrRequest::whole(page.number));
    let wanted: Vec<OcrRequest> = wanted.collect();
    extraction.page_count = texts + chosen.pages.len() as u32 - heads;
    extraction
        .pages
        .extend(chosen.pages.drain(..heads as usize));
    extraction.pages.extend(pages);
    extraction.pages.append(&mut chosen.pages);
    let (inside, notes) = chosen.finish();
    extraction.notes.extend(notes);
    if texts > limits.max_pages {
        extraction.notes.push(Note::file(NoteCode::TooManyPages));
    }
    let silent = extraction.pages.iter().all(|page| page.lines.is_empty());
    if silent && wanted.is_empty() {
        extraction.notes.push(Note::file(NoteCode::NothingToRead));
    }
    Read {
        state: FileState::Indexed,
        extraction,
        wanted,
        inside,
    }
}

#[cfg(test)]
mod tests;
