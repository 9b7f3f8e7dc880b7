//! What a reader of an office format gives, and why it gives nothing.

use super::inside::Stored;
use crate::model::{FileState, Metadata, Note, NoteCode};

/// What the reader of a format gives.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Lines of each page, slide or sheet; formats that know no pages have one.
    pub(super) pages: Vec<Vec<String>>,
    /// Pictures of a letterhead: they come before the text.
    pub(super) heads: Vec<Stored>,
    /// Pictures in the order a reader meets them; the same one may stand in several places.
    pub(super) pictures: Vec<Stored>,
    pub(super) metadata: Metadata,
    pub(super) notes: Vec<Note>,
}

impl Document {
    /// Makes a document of one page.
    pub(super) fn from_lines(lines: Vec<String>) -> Self {
        Self {
            pages: vec![lines],
            ..Self::default()
        }
    }
}

/// Why a file gives no document.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Opens only with a password.
    Locked,
    /// Broken, in the reader's own words.
    Broken(String),
    /// Unpacks to suspiciously much: the part that does.
    Bomb(String),
    /// None of the kinds that are read.
    Unknown,
    /// Only says where a document lies.
    Pointer,
    /// Kept by the system, never evidence.
    System,
}

impl Refusal {
    #[allow(
        clippy::needless_pass_by_value,
        reason = "it stands where an error is mapped"
    )]
    pub(super) fn broken(words: impl ToString) -> Self {
        Self::Broken(words.to_string())
    }

    pub(super) fn explain(self) -> (FileState, Note) {
        let (state, code) = match self {
            Self::Locked => (FileState::Password, NoteCode::PasswordNeeded),
            Self::Unknown => (FileState::Unsupported, NoteCode::UnknownFormat),
            Self::Pointer => (FileState::Unsupported, NoteCode::PointsElsewhere),
            Self::System => (FileState::Ignored, NoteCode::SystemFile),
            Self::Bomb(part) => {
                let note = Note::file(NoteCode::RatioTooHigh).with(part);
                return (FileState::TooLarge, note);
            }
            Self::Broken(words) => {
                let note = Note::file(NoteCode::BrokenStructure);
                let words = words.trim();
                let note = if words.is_empty() {
                    note
                } else {
                    note.with(words)
                };
                return (FileState::Damaged, note);
            }
        };
        (state, Note::file(code))
    }
}
