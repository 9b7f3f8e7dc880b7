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
    extraction.notes.sort_by_key(|note| (note.page, note.code));
    extraction.notes.dedup();
    ReadFile { state, extraction }
}
