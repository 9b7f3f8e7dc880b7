//! Reads the text of pictures of pages, with boxes. The embedded engine needs nothing installed:
//! its networks are part of the program (`models/README.md` says where they come from) and run in
//! pure Rust.
//!
//! ```text
//! Raster ─detect─► quads ─crop─► strips ─recognise, ctc─► fragments ─layout─► lines
//!           └ blobs, geometry                └ orient: turned page? once more ┘
//!                                     (spread: two pages in one picture, one after the other)
//!        │                        └ second, strokes: the words that decide, again ┘
//!        └ ink, circle ─marks (with the lines)─► ink that no word explains
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
//! The greedy reading of one network is confident of its mistakes, most of all where a number
//! is written or stamped into print. Therefore the words that decide are read again by a larger
//! network (`second`), letters in doubt keep their second-best reading (`ctc`), and the ink of
//! those words is compared with the print around it (`strokes`). On the number lines of 64
//! scans and photos of some 50 offices (`id_local`), letter by letter: the first reading is
//! right on 34, the second on 43; of 30 that the first misreads, the second reads 12; of 34 on
//! which both agree, 31 are right. Two of the other three are no well-formed number, one has
//! lost its leading zero. It takes 2 % of a page's processor time (105 scanned pages of
//! regulations, twice in turns, 54.5 and 55.6 s) and 50 MiB once the network is loaded.
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

mod engine;
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

pub(crate) use self::engine::check;
pub use self::engine::{OcrEngine, OcrError};

/// Returns the data that reading pictures goes by.
pub fn data() -> [&'static [u8]; 4] {
    [
        read::detect::MODEL,
        read::recognise::MODEL,
        read::recognise::SECOND_MODEL,
        read::recognise::ALPHABET.as_bytes(),
    ]
}
