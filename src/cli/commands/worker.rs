//! `bukti extract-worker`: serves other bukti processes over standard input and output.

use crate::{
    app::{
        error::{Error, ErrorKind},
        worker,
    },
    cli::{
        Done,
        args::{OcrArg, WorkerArgs},
        progress::ignore_interrupt,
    },
    io::ocr::{self, OcrEngine},
};

pub fn run(args: &WorkerArgs) -> Result<Done, Error> {
    let engine = match args.ocr {
        OcrArg::None => None,
        OcrArg::Embedded => Some(ocr::embedded(1).map_err(|cause| {
            Error::new(
                ErrorKind::Internal,
                "mesin OCR bawaan tidak dapat dimuat",
                "the built-in OCR engine cannot be loaded",
            )
            .caused_by(cause)
        })?),
    };
    // Ctrl-C reaches every process of the terminal; only the one that asked decides.
    ignore_interrupt();
    let engine = engine.as_ref().map(|engine| engine as &dyn OcrEngine);
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    // A broken pipe means that nobody asks any more: the worker's work is done.
    let _ = worker::serve(args.memory, engine, input, output);
    Ok(Done::Well)
}
