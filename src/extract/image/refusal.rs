//! Why a picture file is not read.

use crate::model::{FileState, Note, NoteCode};

/// The reason why a picture is not decoded.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) state: FileState,
    pub(super) words: String,
}

impl Refusal {
    pub(super) fn damaged(words: impl Into<String>) -> Self {
        Self {
            state: FileState::Damaged,
            words: words.into(),
        }
    }

    /// Makes the note for a page, or for the whole file.
    pub(super) fn note(self, page: Option<u32>) -> Note {
        let code = match (self.state, page) {
            (FileState::Unsupported, _) => NoteCode::UnknownFormat,
            (FileState::TooLarge, _) => NoteCode::TooManyPixels,
            (_, Some(_)) => NoteCode::PictureUnreadable,
            (_, None) => NoteCode::BrokenStructure,
        };
        let note = page.map_or_else(|| Note::file(code), |page| Note::page(code, page));
        if self.words.is_empty() {
            note
        } else {
            note.with(self.words)
        }
    }
}

impl From<image::ImageError> for Refusal {
    fn from(error: image::ImageError) -> Self {
        let state = match &error {
            image::ImageError::Unsupported(_) => FileState::Unsupported,
            image::ImageError::Limits(_) => FileState::TooLarge,
            _ => FileState::Damaged,
        };
        Self {
            state,
            words: error.to_string(),
        }
    }
}
