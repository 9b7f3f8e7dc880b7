//! Reads files without an archive and tells all that reading and recognising found: the
//! contract by which both are measured, one JSON line a file, in the order of the walk.

use super::{
    error::Error,
    progress::Progress,
    recognise::Recogniser,
    shape,
    worker::Answer,
    workers::{Seat, WorkerSettings},
};
use crate::{
    io::{path, source, walk},
    model::{Digest, DocumentFacts, Extraction, FileState, Lang, Link, MediaType, Note},
};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::mpsc::{Receiver, sync_channel},
};

/// Is one file inspected.
#[derive(Debug)]
pub struct Inspected {
    /// Its path.
    pub path: String,
    /// Its digest, where it could be read.
    pub digest: Option<Digest>,
    /// Its length in bytes.
    pub len: u64,
    /// How reading ended.
    pub state: FileState,
    /// An earlier path with the same bytes.
    pub same_as: Option<String>,
    /// What was read.
    pub extraction: Extraction,
    /// What was recognised.
    pub facts: DocumentFacts,
    /// What it could prove.
    pub links: Vec<Link>,
}

impl Inspected {
    /// Returns the first remark that explains the state, or else the first remark.
    pub fn reason(&self) -> Option<&Note> {
        let whole = |note: &&Note| note.page.is_none();
        self.extraction
            .notes
            .iter()
            .find(whole)
            .or(self.extraction.notes.first())
    }

    /// Returns the line of `inspect --json`, see `schema/inspect.schema.json`.
    pub fn to_json(&self, lang: Lang, with_text: bool) -> Value {
        let read = &self.extraction;
        let duplicate = self.same_as.is_some() && self.state == FileState::Indexed;
        let state = if duplicate {
            FileState::Duplicate
        } else {
            self.state
        };
        let same = self.same_as.as_ref().map(|path| {
            Note::file(crate::model::NoteCode::SameBytes)
                .with(path.as_str())
                .explain(lang)
        });
        let wants_reason = state != FileState::Indexed;
        let own = self
            .reason()
            .filter(|_| wants_reason)
            .map(|note| note.explain(lang));
        let mut line = Map::new();
        let mut put = |name: &str, value: Value| line.insert(name.into(), value);
        put("schema_version", json!(shape::SCHEMA_VERSION));
        put("path", json!(self.path));
        put("sha256", json!(self.digest));
        put("bytes", json!(self.len));
        put("media_type", json!(read.media_type));
        put("state", json!(state));
        put("reason", json!(same.filter(|_| duplicate).or(own)));
        put("pages", json!(read.page_count));
        put("text_origin", json!(shape::origins(&read.pages)));
        put("ocr_confidence", json!(read.ocr_confidence()));
        shape::facts(&mut line, &self.facts);
        line.insert("links".into(), shape::links(&self.links));
        line.insert("notes".into(), shape::notes(&read.notes, lang));
        line.insert("metadata".into(), json!(read.metadata));
        if with_text {
            let text: Vec<String> =
                read.pages.iter().map(crate::model::Page::text).collect();
            line.insert("text".into(), json!(text));
        }
        Value::Object(line)
    }
}

/// Is what a user asks of an inspection.
#[derive(Debug, Clone)]
pub struct Options {
    /// Files or folders.
    pub paths: Vec<PathBuf>,
    /// Worker processes at a time.
    pub jobs: usize,
    /// How workers are started.
    pub worker: WorkerSettings,
}

/// Inspects files, calling `each` in the order of the walk.
///
/// # Errors
/// When data that came with this program is broken. A file that cannot be read is not an
/// error: it is inspected, with its state.
pub fn inspect(
    options: &Options,
    recogniser: &Recogniser,
    progress: &dyn Progress,
    mut each: impl FnMut(&Inspected),
) -> Result<(), Error> {
    let jobs = options.jobs.max(1);
    let (to_read, queue) = crossbeam_channel::bounded::<Ticket>(jobs * 2);
    // Tickets in the order of the walk: the face takes results from the first, so output is in
    // order and at most so many results wait.
    let (tickets, in_order) = sync_channel::<Receiver<Inspected>>(jobs * 8);
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let queue = queue.clone();
            scope.spawn(move || {
                let mut seat = Seat::new(options.worker.clone());
                for (entry, reply) in queue {
                    let Some(inspected) = one(&mut seat, entry, recogniser, progress)
                    else {
                        break;
                    };
                    // The receiver is gone only when the face has stopped listening.
                    let _ = reply.send(inspected);
                }
            });
        }
        drop(queue);
        scope.spawn(move || {
            for entry in options.paths.iter().flat_map(|path| walk::walk(path)) {
                let (reply, result) = sync_channel(1);
                let sent = tickets.send(result).is_ok();
                if !sent
                    || progress.is_cancelled()
                    || to_read.send((entry, reply)).is_err()
                {
                    break;
                }
            }
        });
        let mut first: BTreeMap<Digest, String> = BTreeMap::new();
        for result in in_order {
            let Ok(mut inspected) = result.recv() else {
                continue;
            };
            if let Some(digest) = inspected.digest {
                inspected.same_as = first.get(&digest).cloned();
                first
                    .entry(digest)
                    .or_insert_with(|| inspected.path.clone());
            }
            each(&inspected);
        }
    });
    Ok(())
}

type Ticket = (walk::Entry, std::sync::mpsc::SyncSender<Inspected>);

/// Inspects one file; `None` when the user wants to stop.
fn one(
    seat: &mut Seat,
    entry: walk::Entry,
    recogniser: &Recogniser,
    progress: &dyn Progress,
) -> Option<Inspected> {
    let text = path::to_text(&entry.path);
    let answer = match entry.found {
        Err(trouble) => unread(trouble),
        Ok(_) => {
            let absolute = std::fs::canonicalize(&entry.path).unwrap_or(entry.path);
            let answer = seat.read(&path::to_text(&absolute), progress).ok()?;
            with_digest(answer, &absolute)
        }
    };
    let (facts, links) = match answer.state {
        FileState::Indexed => recogniser.recognise(&text, &answer.extraction),
        _ => (DocumentFacts::default(), Vec::new()),
    };
    Some(Inspected {
        path: text,
        digest: answer.digest,
        len: answer.len,
        state: answer.state,
        same_as: None,
        extraction: answer.extraction,
        facts,
        links,
    })
}

/// Hashes a file whose worker fell over before it could say the digest.
fn with_digest(mut answer: Answer, path: &std::path::Path) -> Answer {
    if answer.digest.is_none()
        && let Ok((digest, stamp)) = source::digest(path)
    {
        answer.digest = Some(digest);
        answer.len = stamp.len;
    }
    answer
}

fn unread(trouble: source::Trouble) -> Answer {
    let mut extraction = Extraction::without_pages(MediaType::Unknown);
    extraction.notes.push(trouble.note);
    Answer {
        digest: None,
        len: 0,
        state: trouble.state,
        extraction,
    }
}
