//! The worker's side of the door: `bukti extract-worker` takes one JSON request a line on
//! standard input and gives JSON lines on standard output, until the input ends. It keeps
//! nothing between requests, so that any worker, here or on another machine, can take any.
//!
//! ```text
//! → {"path":"/share/a.pdf","max_bytes":536870912}
//! ← {"page":1,"of":12}                      (sign of life, before each page read by OCR)
//! ← {"digest":"…","len":1234,"state":"indexed","extraction":{…}}
//! ```

use super::read;
use crate::{
    extract::Limits,
    fixity,
    io::{limits, ocr::OcrEngine, path, source},
    model::{Digest, Extraction, FileState, MediaType},
};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write};

/// Asks a worker to read one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The file, see [`crate::io::path`].
    pub path: String,
}

/// Is one line of a worker's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Response {
    /// A sign of life: a page is about to be read.
    Page {
        /// The page, from 1.
        page: u32,
        /// Out of so many.
        of: u32,
    },
    /// The file is done.
    Done(Box<Answer>),
}

/// Is what a worker found out about a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Its digest; `None` where it could not be read.
    pub digest: Option<Digest>,
    /// Its length in bytes.
    pub len: u64,
    /// How reading ended.
    pub state: FileState,
    /// What was read.
    pub extraction: Extraction,
}

/// Serves requests until the input ends.
///
/// # Errors
/// When the pipe to the other side breaks.
pub fn serve(
    memory_bytes: u64,
    engine: Option<&dyn OcrEngine>,
    input: impl BufRead,
    mut output: impl Write,
) -> std::io::Result<()> {
    limits::confine(memory_bytes);
    let page_limits = Limits::default();
    for line in input.lines() {
        let line = line?;
        let request: Request = serde_json::from_str(&line)?;
        let answer = answer(&request, &page_limits, engine, &mut output);
        say(&mut output, &Response::Done(Box::new(answer)))?;
    }
    Ok(())
}

fn say(output: &mut impl Write, response: &Response) -> std::io::Result<()> {
    serde_json::to_writer(&mut *output, response)?;
    output.write_all(b"\n")?;
    output.flush()
}

fn answer(
    request: &Request,
    limits: &Limits,
    engine: Option<&dyn OcrEngine>,
    output: &mut impl Write,
) -> Answer {
    let bytes = match source::read(&path::from_text(&request.path), limits.max_bytes) {
        Ok(bytes) => bytes,
        Err(trouble) => {
            let mut extraction = Extraction::without_pages(MediaType::Unknown);
            extraction.notes.push(trouble.note);
            return Answer {
                digest: None,
                len: 0,
                state: trouble.state,
                extraction,
            };
        }
    };
    let on_page = |page, of| {
        // A broken pipe is found again, and reported, when the answer is written.
        let _ = say(output, &Response::Page { page, of });
    };
    let file = read::read(&request.path, &bytes, limits, engine, on_page);
    Answer {
        digest: Some(fixity::hash(&bytes)),
        len: bytes.len() as u64,
        state: file.state,
        extraction: file.extraction,
    }
}
