//! The server of the worker protocol: `bukti extract-worker` reads one JSON request per line from
//! standard input and writes JSON lines to standard output, until the input ends. It is stateless,
//! so that any worker, here or on another machine, can take any request.
//! `schema/worker.schema.json` specifies the protocol.
//!
//! ```text
//! → {"read":{"path":"/share/a.pdf","name":"a.pdf","ends":6}}
//! ← {"page":{"page":1,"of":12}}             (sign of life, before each page read by OCR)
//! ← {"read":{"digest":"…","len":1234,"state":"indexed","waiting":[5,6],"extraction":{…}}}
//! → {"pages":{"path":"/share/a.pdf","pages":[5,6]}}
//! ← {"pages":{"digest":"…","pages":[…],"notes":[]}}
//! → {"unpack":{"path":"/share/a.zip","name":"a.zip","into":"/private/1","caps":{…}}}
//! ← {"unpacked":{"state":"unpacked","notes":[],"members":[{"name":"b.pdf","len":99}]}}
//! → {"shrink":{"path":"/private/2/0","sha256":"…","into":"/private/3","limit":2097152,"pages":[…]}}
//! ← {"shrunk":{"made":{"number":3,"step":{"dpi":150,"quality":45},"pages":12,"searchable":12}}}
//! → {"esign":{"path":"/share/a.pdf","anchors":["3082…"]}}
//! ← {"esign":{"digest":"…","len":1234,"media_type":"application/pdf","report":{"signatures":[…]}}}
//! ```

use super::{
    read::{self, ReadPages},
    shrink::{self, AccessCopyResult},
};
use crate::access_copy::PageView;
use crate::esign::Anchors;
use crate::extract::container::{Caps, Unpacked};
use crate::extract::{Limits, container};
use crate::io::files::source::Trouble;
use crate::io::files::{path, private, source};
use crate::io::limits;
use crate::model::{
    Anchor, Digest, EsignReport, Extraction, FileState, MediaType, NoCopy, Note, Page,
};
use crate::ocr::OcrEngine;
use crate::{esign, extract, fixity};
use serde::{Deserialize, Serialize};
use std::{
    io::{BufRead, Write},
    path::Path,
};

/// A request to a worker. Every path is text as [`crate::io::files::path`] makes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Read a file.
    Read {
        /// The file.
        path: String,
        /// What it is called; a member of a container is called otherwise than its place.
        name: String,
        /// Read only so many of the pages that need OCR, first and last, if there are many
        /// more; all where absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ends: Option<u32>,
        /// The certificates that the user trusts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        anchors: Vec<Anchor>,
    },
    /// Examine the electronic signatures of a PDF, and read nothing.
    Esign {
        /// The file.
        path: String,
        /// The certificates that the user trusts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        anchors: Vec<Anchor>,
    },
    /// Read some pages of a file by OCR: those that were left.
    Pages {
        /// The file.
        path: String,
        /// The pages, from 1.
        pages: Vec<u32>,
    },
    /// Take the members out of a container.
    Unpack {
        /// The container.
        path: String,
        /// What it is called.
        name: String,
        /// Only the member of this name; all where absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        only: Option<String>,
        /// The private folder to put them in, each under its number, from 0.
        into: String,
        /// How much to take.
        caps: Caps,
    },
    /// Make an access copy of a file.
    Shrink {
        /// The file.
        path: String,
        /// The digest it must have.
        sha256: Digest,
        /// The private folder to put copies in, each under the number of its step.
        into: String,
        /// Bytes that a copy may have.
        limit: u64,
        /// The words read on its pages.
        pages: Vec<Page>,
    },
    /// Draw one page of a file.
    Draw(ToDraw),
}

/// A page to draw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToDraw {
    /// The file.
    pub path: String,
    /// The digest it must have.
    pub sha256: Digest,
    /// The page, from 1.
    pub page: u32,
    /// How it is to be drawn.
    pub view: PageView,
    /// The private folder to put the picture in, a JPEG under the number 0.
    pub into: String,
}

/// A line of a worker's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Progress: a page is about to be read. It also restarts the client's timeout.
    Page {
        /// The page, from 1.
        page: u32,
        /// Out of so many.
        of: u32,
    },
    /// The file is done.
    Read(Box<Answer>),
    /// The pages are done.
    Pages(Box<PagesAnswer>),
    /// The container is done.
    Unpacked(Unpacked),
    /// The copy is made, or is not.
    Shrunk(AccessCopyResult),
    /// The signatures are examined.
    Esign(Box<EsignAnswer>),
    /// The page is drawn, or why not.
    Drawn(Option<Note>),
}

/// What a worker found out about the electronic signatures of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EsignAnswer {
    /// Its digest; `None` where it could not be read.
    pub digest: Option<Digest>,
    /// Its length in bytes.
    pub len: u64,
    /// Its format.
    pub media_type: MediaType,
    /// What its signatures are worth.
    pub report: EsignReport,
    /// What kept it from being read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl EsignAnswer {
    /// Makes the answer about a file that could not be read.
    pub fn unread(note: Note) -> Self {
        Self {
            digest: None,
            len: 0,
            media_type: MediaType::Unknown,
            report: EsignReport::default(),
            notes: vec![note],
        }
    }
}

/// What a worker found out about a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Its digest; `None` where it could not be read, or is a container too large to hold.
    pub digest: Option<Digest>,
    /// Its length in bytes.
    pub len: u64,
    /// How reading ended.
    pub state: FileState,
    /// Pages left for another request, from 1, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<u32>,
    /// What was read.
    pub extraction: Extraction,
}

impl Answer {
    /// Makes the answer about a file that could not be read.
    pub fn unread(state: FileState, note: Note) -> Self {
        let mut extraction = Extraction::without_pages(MediaType::Unknown);
        extraction.notes.push(note);
        Self {
            digest: None,
            len: 0,
            state,
            waiting: Vec::new(),
            extraction,
        }
    }
}

/// What a worker read from some pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PagesAnswer {
    /// The digest of the file they were read from; `None` where it could not be read.
    pub digest: Option<Digest>,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// What went wrong on them.
    pub notes: Vec<Note>,
}

/// Serves requests until the input ends.
///
/// # Errors
/// When the pipe to the other side breaks, or a request cannot be understood.
pub fn serve(
    memory_bytes: u64,
    engine: Option<&dyn OcrEngine>,
    input: impl BufRead,
    mut output: impl Write,
) -> std::io::Result<()> {
    limits::confine(memory_bytes);
    let caps = Limits::default();
    for line in input.lines() {
        let request: Request = serde_json::from_str(&line?)?;
        let response = match &request {
            Request::Read {
                path,
                name,
                ends,
                anchors,
            } => {
                let path = path::from_text(path);
                let asked = ToRead {
                    name,
                    ends: *ends,
                    anchors,
                };
                let answer = read(&path, &asked, &caps, engine, &mut output);
                Response::Read(Box::new(answer))
            }
            Request::Esign { path, anchors } => {
                Response::Esign(Box::new(examine(&path::from_text(path), anchors, &caps)))
            }
            Request::Pages { path, pages } => {
                let path = path::from_text(path);
                let answer = read_pages(&path, pages, &caps, engine, &mut output);
                Response::Pages(Box::new(answer))
            }
            Request::Unpack {
                path,
                name,
                only,
                into,
                caps: unpack_caps,
            } => {
                let (path, into) = (path::from_text(path), path::from_text(into));
                let only = only.as_deref();
                let unpacked = unpack(&path, name, only, &into, unpack_caps, &caps);
                Response::Unpacked(unpacked)
            }
            Request::Shrink {
                path,
                sha256,
                into,
                limit,
                pages,
            } => {
                let request = shrink::CopyRequest {
                    sha256,
                    limit: *limit,
                    pages,
                };
                let (path, into) = (path::from_text(path), path::from_text(into));
                Response::Shrunk(shrink(&path, &request, &into, &caps, &mut output))
            }
            Request::Draw(asked) => Response::Drawn(draw(asked, &caps).err()),
        };
        say(&mut output, &response)?;
    }
    Ok(())
}

fn say(output: &mut impl Write, response: &Response) -> std::io::Result<()> {
    serde_json::to_writer(&mut *output, response)?;
    output.write_all(b"\n")?;
    output.flush()
}

/// A file to read.
struct ToRead<'a> {
    name: &'a str,
    ends: Option<u32>,
    anchors: &'a [Anchor],
}

fn read(
    path: &Path,
    asked: &ToRead<'_>,
    limits: &Limits,
    engine: Option<&dyn OcrEngine>,
    output: &mut impl Write,
) -> Answer {
    let bytes = match source::read(path, limits.max_bytes) {
        Ok(bytes) => bytes,
        Err(trouble) => return too_large_but_a_container(path, trouble),
    };
    let (name, ends) = (asked.name, asked.ends);
    let mut file = read::read(name, &bytes, limits, engine, ends, alive(output));
    add_signatures(&mut file.extraction, &bytes, asked.anchors);
    Answer {
        digest: Some(fixity::hash(&bytes)),
        len: bytes.len() as u64,
        state: file.state,
        waiting: file.waiting,
        extraction: file.extraction,
    }
}

/// Adds what the electronic signatures of a PDF are worth, where it has a field for one.
fn add_signatures(extraction: &mut Extraction, bytes: &[u8], anchors: &[Anchor]) {
    if extraction.media_type != MediaType::Pdf {
        return;
    }
    let report = signatures(bytes, anchors);
    let metadata = &mut extraction.metadata;
    if !report.signatures.is_empty() || metadata.signature_fields.is_some() {
        metadata.esign = Some(Box::new(report));
        metadata.anchors = anchors.iter().map(|one| fixity::hash(one.der())).collect();
    }
}

fn signatures(bytes: &[u8], anchors: &[Anchor]) -> EsignReport {
    esign::examine(bytes, &Anchors::of(anchors), &esign::Limits::default())
}

fn examine(path: &Path, anchors: &[Anchor], limits: &Limits) -> EsignAnswer {
    match source::read(path, limits.max_bytes) {
        Ok(bytes) => EsignAnswer {
            digest: Some(fixity::hash(&bytes)),
            len: bytes.len() as u64,
            media_type: extract::sniff(&bytes),
            report: signatures(&bytes, anchors),
            notes: Vec::new(),
        },
        Err(trouble) => EsignAnswer::unread(trouble.note),
    }
}

/// A container above the size limit can be unpacked all the same, member by member.
fn too_large_but_a_container(path: &Path, trouble: Trouble) -> Answer {
    let media = match trouble.state {
        FileState::TooLarge => sniff_head(path).ok(),
        _ => None,
    };
    let mut answer = Answer::unread(trouble.state, trouble.note);
    if let Some(media) = media.filter(|media| media.has_members()) {
        answer.state = FileState::Unpacked;
        answer.extraction = Extraction::without_pages(media);
    }
    answer
}

fn sniff_head(path: &Path) -> Result<MediaType, Trouble> {
    Ok(extract::sniff(&source::head(path, extract::HEAD_BYTES)?))
}

fn read_pages(
    path: &Path,
    pages: &[u32],
    limits: &Limits,
    engine: Option<&dyn OcrEngine>,
    output: &mut impl Write,
) -> PagesAnswer {
    match source::read(path, limits.max_bytes) {
        Ok(bytes) => {
            let ReadPages { pages, notes } =
                read::read_pages(&bytes, limits, engine, pages, alive(output));
            PagesAnswer {
                digest: Some(fixity::hash(&bytes)),
                pages,
                notes,
            }
        }
        Err(trouble) => PagesAnswer {
            digest: None,
            pages: Vec::new(),
            notes: vec![trouble.note],
        },
    }
}

fn alive(output: &mut impl Write) -> impl FnMut(u32, u32) {
    |page, of| {
        // A broken pipe is found again, and reported, when the answer is written.
        let _ = say(output, &Response::Page { page, of });
    }
}

fn shrink(
    path: &Path,
    request: &shrink::CopyRequest<'_>,
    into: &Path,
    limits: &Limits,
    output: &mut impl Write,
) -> AccessCopyResult {
    let create = |number| private::create(into, number);
    match source::read(path, limits.max_bytes) {
        Ok(bytes) => shrink::shrink(&bytes, request, limits, create, alive(output)),
        Err(trouble) => AccessCopyResult::None(NoCopy::Unreadable(trouble.note)),
    }
}

fn draw(asked: &ToDraw, limits: &Limits) -> Result<(), Note> {
    let bytes = source::read(&path::from_text(&asked.path), limits.max_bytes);
    let bytes = bytes.map_err(|trouble| trouble.note)?;
    let picture =
        shrink::draw_page(&bytes, &asked.sha256, asked.page, &asked.view, limits)?;
    let into = path::from_text(&asked.into);
    let mut file = private::create(&into, 0).map_err(|e| Note::disk(&e))?;
    file.write_all(&picture).map_err(|e| Note::disk(&e))
}

fn unpack(
    path: &Path,
    name: &str,
    only: Option<&str>,
    into: &Path,
    caps: &Caps,
    limits: &Limits,
) -> Unpacked {
    let refused = |trouble: Trouble| Unpacked {
        state: trouble.state,
        notes: vec![trouble.note],
        members: Vec::new(),
    };
    let media = match source::read(path, limits.max_bytes) {
        Ok(bytes) => Ok(extract::sniff(&bytes)),
        Err(_) => sniff_head(path),
    };
    let opened = media.and_then(|media| Ok((media, source::open(path)?)));
    let (media, file) = match opened {
        Ok(opened) => opened,
        Err(trouble) => return refused(trouble),
    };
    let mut sink = |number| private::create(into, number);
    let file = std::io::BufReader::new(file);
    container::unpack(file, media, name, only, caps, &mut sink)
}
