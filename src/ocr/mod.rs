//! Pictures of pages → text with boxes. The embedded engine needs nothing installed: its
//! networks are part of the program (`models/README.md` says where they come from) and run
//! in pure Rust.
//!
//! ```text
//! Raster ─detect─► quads ─crop─► strips ─recognise, ctc─► fragments ─layout─► lines
//!           └ blobs, geometry                └ orient: turned page? once more ┘
//!                                     (spread: two pages in one picture, one after the other)
//!        │                        └ second, strokes: the words that decide, again ┘
//!        └ ink, ring ─marks (with the lines)─► ink that no word explains
//! ```
//!
//! Measured by `cargo bench --bench ocr`, interleaved, on a machine at work; processor time of
//! all processes, one page of each of 56 real scans at 200 dpi, and made pages with known text:
//!
//! | | pages a minute a core | peak MiB | wrong chars, ordinary | dense | words, ordinary | dense |
//! |---|---|---|---|---|---|---|
//! | embedded, from pictures | 125 | 59 | 0.44 % | 0.03 % | 98.2 % | 99.8 % |
//! | `tesseract` 5.3, `ind`, psm 3 | 50 | 85 | 4.19 % | 0.12 % | 94.2 % | 99.4 % |
//! | embedded, from PDF | 129 | 61 | | | | |
//! | `ocrmypdf --force-ocr` | 23 | 182 | | | | |
//!
//! By `measure_ocr_bent`, wrong chars on clean pages turned by quarters, 2 or 3° more or less:
//! 0.20 %; skewed by up to 8°: 0.16 %; photographed from below, from the side, in shadow:
//! 0.22 %; two columns and tables, order included: 0.1 and 0.2 %; at 250 to 400 dpi 0.01 to
//! 0.02 %, at 200 dpi 0.05 %.
//!
//! # The second look
//!
//! Greedy readings of one network are sure of what they misread, most of all where a number is
//! written or stamped into print. So the words that decide are read again by a larger network
//! (`second`), the letters in doubt keep their runner-up (`ctc`), and the ink of those words is
//! compared with the print around it (`strokes`). On the number lines of 64 scans and photos of
//! some 50 offices (`id_local`), letter by letter: the first reading is right on 34, the second
//! on 43; of 30 that the first misreads, the second reads 12; of 34 on which both agree, 31 are
//! right. Two of the other three are no well-formed number, one has lost its leading zero.
//! It takes 2 % of a page's processor time (105 scanned pages of regulations, twice in turns,
//! 54.5 and 55.6 s) and 50 MiB once the network is loaded.
//!
//! # Where the time goes
//!
//! `rten` 0.27 computes depthwise convolutions a value at a time; they were 28 % of a page.
//! `depthwise` computes them a row at a time, to the same bits, and `models/fold_bias.py` takes
//! steps out of the recogniser: the same text from the same pages in 1/1.30 of the processor
//! time (16 scans, old and new in turns). Of what is left, by `perf` on eight scans, 47 % is
//! matrix products, 12 % laying pictures out for them, and 13 % other steps that are computed
//! as wide as the processor allows.
//!
//! ONNX Runtime would take some of that rest. An earlier comparison, not repeated here, ran
//! the untouched detector 3.5 times and the untouched recogniser 1.5 to 2 times as fast as
//! `rten` (each alone, from Python); how much is still to be had was not measured. It stays
//! out because it is a system library of its own for each platform, which an office PC would
//! have to be given; a page must read the same with and without it.

mod embedded;
pub(crate) mod geometry;
pub(crate) mod ink;
mod layout;
pub(crate) mod legibility;
mod net;
mod none;
mod orient;
pub(crate) mod read;
mod spread;

pub use self::read::second::Choose;
pub use embedded::{Embedded, embedded};
pub use none::Nothing;

use crate::model::{OcrPage, Raster};

/// Most pixels of a picture read: an A0 sheet at 200 dpi has 62 million.
const MAX_PIXELS: u64 = 100_000_000;

/// Reads the text of pictures.
pub trait OcrEngine: Send + Sync {
    /// Returns the engine's name, as settings and reports spell it.
    fn name(&self) -> &'static str;

    /// Reads a page. A page without text is not an error.
    ///
    /// # Errors
    /// When the picture is too large or contradicts itself, or the engine fails.
    fn recognise(&self, picture: &Raster) -> Result<OcrPage, OcrError>;
}

/// Says why a picture was not read.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// The embedded networks could not be loaded: the program is damaged.
    #[error("cannot load the text recognition model")]
    Model(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A network failed on a picture.
    #[error("text recognition failed")]
    Run(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The program that was asked for is not on this computer.
    #[error("`tesseract` is not installed")]
    NotInstalled(#[source] std::io::Error),
    /// The program is installed without anything to read by.
    #[error("`tesseract` has no language to read")]
    NoLanguage,
    /// The program failed on a picture or took too long.
    #[error("`tesseract` failed")]
    Program(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The picture has more pixels than fit the memory set aside for one.
    #[error("the picture has {width} × {height} pixels, at most {MAX_PIXELS} are read")]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The picture's bytes do not fit its size.
    #[error("the picture has {found} bytes where its size asks for {expected}")]
    BadRaster {
        /// Width times height.
        expected: u64,
        /// Bytes given.
        found: u64,
    },
}

/// Checks a picture before any memory is set aside for it.
pub(crate) fn check(picture: &Raster) -> Result<(), OcrError> {
    let (width, height) = (picture.width, picture.height);
    let (expected, found) = (
        u64::from(width) * u64::from(height),
        picture.luma.len() as u64,
    );
    if expected > MAX_PIXELS {
        return Err(OcrError::TooLarge { width, height });
    }
    if expected != found {
        return Err(OcrError::BadRaster { expected, found });
    }
    Ok(())
}
