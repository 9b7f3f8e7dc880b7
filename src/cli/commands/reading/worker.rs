//! `bukti extract-worker`: serves other bukti processes over standard input and output.

use crate::app::error::{Error, ErrorKind};
use crate::app::reading::{recognise, worker};
use crate::cli::Done;
use crate::cli::args::{OcrArg, WorkerArgs};
use crate::cli::progress::ignore_interrupt;
use crate::io::tesseract::{self, Tesseract};
use crate::ocr;
use crate::ocr::OcrEngine;

pub fn run(args: &WorkerArgs) -> Result<Done, Error> {
    let engine: Option<Box<dyn OcrEngine>> = match args.ocr {
        OcrArg::None => None,
        OcrArg::Tesseract => Some(Box::new(tesseract()?)),
        OcrArg::Embedded => Some(Box::new(embedded()?)),
    };
    // Ctrl-C reaches every process of the terminal; only the one that asked decides.
    ignore_interrupt();
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    // A broken pipe means that nobody asks any more: the worker's work is done.
    let _ = worker::serve(args.memory, engine.as_deref(), input, output);
    Ok(Done::Well)
}

/// Loads the built-in engine, which looks twice at the words that decide.
fn embedded() -> Result<ocr::Embedded, Error> {
    let engine = ocr::embedded(1).map_err(|cause| {
        Error::new(
            ErrorKind::Internal,
            "mesin OCR bawaan tidak dapat dimuat",
            "the built-in OCR engine cannot be loaded",
        )
        .caused_by(cause)
    })?;
    Ok(engine.with_second_look(recognise::deciding()?))
}

/// Finds the installed Tesseract, or says how to get it.
pub fn tesseract() -> Result<Tesseract, Error> {
    tesseract::tesseract().map_err(|cause| {
        Error::new(
            ErrorKind::Usage,
            "`tesseract` tidak terpasang atau tidak dapat dijalankan",
            "`tesseract` is not installed or cannot be run",
        )
        .hint(
            "pasang Tesseract beserta bahasa `ind`, atau pakai mesin bawaan: `--ocr embedded`",
            "install Tesseract with its language `ind`, or use the built-in engine: \
             `--ocr embedded`",
        )
        .caused_by(cause)
    })
}
