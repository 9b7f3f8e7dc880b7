//! What is handed over: each document with its place in the package and its ties.

use super::access_copy::AccessCopyState;
use crate::model::{Digest, EsignSummary, MediaType, QuestionId, Ratio};

/// A document that may be handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its digest.
    pub digest: Digest,
    /// Where it lies, see [`crate::model::INSIDE`].
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its format.
    pub media: MediaType,
    /// Its kind in words, where known.
    pub kind: String,
    /// Its number, where known.
    pub number: String,
    /// Its year, where known.
    pub year: String,
    /// Its title, where known.
    pub title: String,
    /// What its electronic signatures came to, where it has any.
    pub esign: Option<EsignSummary>,
    /// Whether it holds personal data that must not be passed on by chance.
    pub is_personal: bool,
    /// The questions it is evidence for, best first.
    pub ties: Vec<Tie>,
}

/// Ties a document to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The question.
    pub question: QuestionId,
    /// How sure that is.
    pub confidence: Ratio,
}

/// A document with its place in the package.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The document.
    pub piece: Piece,
    /// Its path in the package, `data/…`, `/` between folders.
    pub name: String,
    /// Its smaller copy; `None` where none was asked for or it is small enough.
    pub access_copy: Option<AccessCopyState>,
}

/// What a package will hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Handover {
    /// The documents that go in, in order of their place.
    pub placed: Vec<Placed>,
    /// Those held back because they hold personal data, in order of path.
    pub held_back: Vec<Piece>,
}

impl Handover {
    /// Returns how many bytes the documents have.
    pub fn bytes(&self) -> u64 {
        self.placed.iter().map(|placed| placed.piece.bytes).sum()
    }

    /// Returns the documents larger than `most` bytes.
    pub fn larger_than(&self, most: u64) -> impl Iterator<Item = &Placed> {
        self.placed
            .iter()
            .filter(move |placed| placed.piece.bytes > most)
    }
}
