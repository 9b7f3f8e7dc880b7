//! Reads one file's bytes into an [`Extraction`], OCR included. This is what a worker process
//! does; it knows no archive and keeps nothing between files.

use crate::{
    extract::{self, Limits},
    io::ocr::OcrEngine,
    model::{Extraction, FileState, Note, NoteCode},
};

/// Is one file read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFile {
    /// How reading ended.
    pub state: FileState,
    /// What was read.
    pub extraction: Extraction,
}

/// Reads a file. Calls `on_page` before each page that goes through OCR, with the page and
/// how many the file has.
pub fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    engine: Option<&dyn OcrEngine>,
    mut on_page: impl FnMut(u32, u32),
) -> ReadFile {
    let media_type = extract::sniff(bytes);
    let opened = extract::open(bytes, media_type, limits);
    let state = opened.state();
    let wanted = opened.wanted().to_vec();
    let count = opened.extraction().page_count;
    let mut pictures = Vec::new();
    let mut notes = Vec::new();
    if state == FileState::Indexed {
        for request in wanted {
            on_page(request.page, count);
            let Some(engine) = engine else {
                notes.push(Note::page(NoteCode::OcrOff, request.page));
                continue;
            };
            match opened.picture(request.page) {
                Ok(picture) => match engine.recognise(&picture) {
                    Ok(page) => {
                        let size = (picture.width, picture.height);
                        pictures.push((request.page, page, size));
                    }
                    Err(error) => notes.push(
                        Note::page(NoteCode::OcrFailed, request.page)
                            .with(error.to_string()),
                    ),
                },
                Err(note) => notes.push(note),
            }
        }
    }
    let mut extraction = opened.into_extraction();
    for (page, ocr, size) in pictures {
        extract::merge(&mut extraction, page, ocr, size);
    }
    extraction.notes.extend(notes);
    if extract::wrong_extension(name, media_type) {
        extraction.notes.push(Note::file(NoteCode::WrongExtension));
    }
    let state = if is_ruin(state, &extraction) {
        FileState::Damaged
    } else {
        state
    };
    if state == FileState::Damaged && extraction.notes.iter().all(|n| n.page.is_some()) {
        extraction.notes.push(Note::file(NoteCode::BrokenStructure));
    }
    extraction.notes.sort_by_key(|note| (note.page, note.code));
    extraction.notes.dedup();
    ReadFile { state, extraction }
}

/// Tells whether nothing at all came out of a file whose pages or pictures are broken: it was
/// opened, but a person could not read it either.
fn is_ruin(state: FileState, extraction: &Extraction) -> bool {
    let broken = |note: &Note| {
        match note.code {
            NoteCode::PictureUnreadable | NoteCode::PageUnreadable => true,
            // A photo cut short still shows something; a document does not.
            NoteCode::Truncated => !extraction.media_type.is_picture(),
            _ => false,
        }
    };
    let silent = extraction.pages.iter().all(|page| page.lines.is_empty());
    state == FileState::Indexed && silent && extraction.notes.iter().any(broken)
}
