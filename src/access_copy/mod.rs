//! Access copies (OAIS: a derivative for use): smaller, searchable PDFs of documents that are
//! too large for an upload form. Takes pages as pictures and their words, gives a PDF within a
//! limit. It never replaces the original, which alone is evidence.
//!
//! ```text
//! Sheet ─┬─ 200 dpi, quality 75 ─► Book ─┐
//!        ├─ …                            ├─ the first that stayed within the limit
//!        └─ 100 dpi, quality 30 ─► Book ─┘
//! words ─► invisible text on their boxes, the same in every Book
//! ```
//!
//! All steps of the ladder are made in one pass over the pages, because drawing a page costs
//! more than packing it; a step that exceeds the limit is given up at once. One page is in
//! memory at a time; the PDFs are written to outputs of the caller.
//! The same pages, words and limit give the same bytes.
//!
//! One page alone is made a picture for a person to look at ([`page_picture`]), with its personal
//! data covered where that is marked ([`redaction`]).

mod book;
mod font;
mod layer;
mod picture;
mod redact;
mod view;

#[cfg(test)]
mod tests;

pub use book::About;
pub use redact::{Redaction, STAND_IN, is_personal, readable, redaction};
pub use view::{PageView, page_picture};

use crate::model::{CopyStep, Page, Sheet};
use book::{Book, Picture};
use layer::Alphabet;
use picture::Shrinker;
use std::io::{Result, Write};

/// The finest resolution of the ladder, in pixels an inch: what a page is to be drawn at.
pub const FINEST_DPI: f32 = 200.0;

/// The steps, the best first. A scanned page of `id_sulut_jdih` takes some 220 kB at 150 dpi
/// and quality 60, 100 kB at 100 and 35, where print of 12 points and signatures are plain to
/// see and letters of 8 points are 11 pixels high: below that a verifier could not read what
/// was uploaded.
pub const LADDER: [CopyStep; 8] = [
    step(200, 75),
    step(200, 60),
    step(150, 60),
    step(150, 45),
    step(120, 45),
    step(120, 35),
    step(100, 35),
    step(100, 30),
];

const fn step(dpi: u16, quality: u8) -> CopyStep {
    CopyStep { dpi, quality }
}

/// The best step that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Best {
    /// Its place in [`LADDER`], from 0, which is the number its output was asked for by.
    pub number: usize,
    /// How its pages are drawn.
    pub step: CopyStep,
    /// How long its PDF is, in bytes.
    pub bytes: u64,
}

/// An access copy in progress, at every step that may still fit.
pub struct Ladder<W: Write> {
    limit: u64,
    alphabet: Alphabet,
    attempts: Vec<Attempt<W>>,
}

struct Attempt<W: Write> {
    number: usize,
    step: CopyStep,
    book: Book<W>,
}

impl<W: Write> Ladder<W> {
    /// Begins copies of at most `limit` bytes; `output` gives the place for the step of each
    /// number. Of `pages`, which are all that will come, only the words are looked at.
    ///
    /// # Errors
    /// When an output cannot be made or written.
    pub fn begin(
        limit: u64,
        about: &About,
        pages: &[Page],
        mut output: impl FnMut(usize) -> Result<W>,
    ) -> Result<Self> {
        let alphabet = Alphabet::used_in(pages);
        let mut attempts = Vec::new();
        for (number, step) in LADDER.into_iter().enumerate() {
            let book = Book::begin(output(number)?, about, &alphabet)?;
            attempts.push(Attempt { number, step, book });
        }
        Ok(Self {
            limit,
            alphabet,
            attempts,
        })
    }

    /// Tells whether no step can fit any more: further pages need not be drawn.
    pub fn is_lost(&self) -> bool {
        self.attempts.is_empty()
    }

    /// Adds a page with the words read on it, to each step that may still fit.
    ///
    /// # Errors
    /// When an output cannot be written, or the page cannot be packed.
    pub fn add(&mut self, sheet: &Sheet, text: Option<&Page>) -> Result<()> {
        let layer = layer::content(sheet.points, text, &self.alphabet)?;
        let mut shrinker = Shrinker::new(sheet);
        let mut fitting = Vec::new();
        for mut attempt in std::mem::take(&mut self.attempts) {
            let jpeg = shrinker.jpeg(attempt.step)?;
            attempt.book.add(&Picture {
                points: sheet.points,
                jpeg: &jpeg,
                layer: &layer,
            })?;
            if attempt.book.finished_len() <= self.limit {
                fitting.push(attempt);
            }
        }
        self.attempts = fitting;
        Ok(())
    }

    /// Finishes the best step that fits; `None` where none does.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn finish(self) -> Result<Option<Best>> {
        let Some(best) = self.attempts.into_iter().next() else {
            return Ok(None);
        };
        let (number, step) = (best.number, best.step);
        let bytes = best.book.finish()?;
        Ok((bytes <= self.limit).then_some(Best {
            number,
            step,
            bytes,
        }))
    }
}
