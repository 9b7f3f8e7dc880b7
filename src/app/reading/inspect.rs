//! Reads files without an archive and tells all that reading and recognising found: the
//! contract by which both are measured, one JSON line a file, in the order of the walk.

use super::members;
use super::members::Budget;
use super::recognise::Recogniser;
use super::worker::Answer;
use super::worker_client::{Cancelled, WorkerClient, WorkerSettings};
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::shape;
use crate::app::progress::Progress;
use crate::io::files::private::Scratch;
use crate::io::files::{path, source, walk};
use crate::model::{
    Digest, DocumentFacts, Extraction, FileState, INSIDE, Lang, Link, MediaType, Note,
    NoteCode, Recognised,
};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, sync_channel},
};

/// A file inspected.
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
    /// Returns the note that explains the state best: what kept it from being read, of the
    /// whole file before one page.
    pub fn reason(&self) -> Option<&Note> {
        let rank = |note: &&Note| (note.code.is_remark(), note.page.is_some());
        self.extraction.notes.iter().min_by_key(rank)
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

/// What a user asks of an inspection.
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
    let (tickets, in_order) = sync_channel::<Receiver<Vec<Inspected>>>(jobs * 8);
    let scratch = &Scratch::anywhere().map_err(no_scratch)?;
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let queue = queue.clone();
            scope.spawn(move || {
                let mut inspector = Inspector {
                    worker: WorkerClient::new(options.worker.clone()),
                    recogniser,
                    scratch,
                    progress,
                };
                for (entry, reply) in queue {
                    let Ok(inspected) = inspector.entry(entry) else {
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
            for mut inspected in result.recv().unwrap_or_default() {
                if let Some(digest) = inspected.digest {
                    inspected.same_as = first.get(&digest).cloned();
                    first
                        .entry(digest)
                        .or_insert_with(|| inspected.path.clone());
                }
                each(&inspected);
            }
        }
    });
    Ok(())
}

type Ticket = (walk::Entry, std::sync::mpsc::SyncSender<Vec<Inspected>>);

/// Inspects files through one worker process.
struct Inspector<'a> {
    worker: WorkerClient,
    recogniser: &'a Recogniser,
    scratch: &'a Scratch,
    progress: &'a dyn Progress,
}

impl Inspector<'_> {
    /// Inspects what was met on the walk: a file, followed by those inside it.
    fn entry(&mut self, entry: walk::Entry) -> Result<Vec<Inspected>, Cancelled> {
        let text = path::to_text(&entry.path);
        let mut found = Vec::new();
        match entry.found {
            Err(trouble) => {
                let answer = Answer::unread(trouble.state, trouble.note);
                found.push(self.recognised(text, answer));
            }
            Ok(stamp) => {
                let file = path::resolved(&entry.path).unwrap_or(entry.path);
                let mut budget = Budget::for_container(stamp.len);
                self.file(text, &file, &[], &mut budget, &mut found)?;
            }
        }
        Ok(found)
    }

    fn file(
        &mut self,
        name: String,
        file: &Path,
        notes: &[Note],
        budget: &mut Budget,
        found: &mut Vec<Inspected>,
    ) -> Result<(), Cancelled> {
        let answer = self.worker.read(file, &name, None, self.progress)?;
        let mut answer = with_digest(answer, file);
        answer.extraction.notes.extend(notes.iter().cloned());
        if !members::are_inside(answer.state, &answer.extraction) {
            found.push(self.recognised(name, answer));
            return Ok(());
        }
        let (scratch, progress) = (self.scratch, self.progress);
        let worker = &mut self.worker;
        let opened = members::open(worker, file, &name, scratch, budget, progress)?;
        if answer.state == FileState::Unpacked {
            answer.state = opened.unpacked.state;
        }
        answer
            .extraction
            .notes
            .extend(opened.unpacked.notes.clone());
        found.push(self.recognised(name.clone(), answer));
        for (number, member) in opened.unpacked.members.iter().enumerate() {
            let inner = format!("{name}{INSIDE}{}", member.name);
            if let Some(state) = member.state {
                let mut extraction = Extraction::without_pages(MediaType::Unknown);
                extraction.notes.clone_from(&member.notes);
                let answer = Answer {
                    len: member.len,
                    extraction,
                    ..Answer::unread(state, Note::file(NoteCode::MemberUnreadable))
                };
                found.push(self.recognised(inner, answer));
                continue;
            }
            let file = opened.file(number);
            budget
                .deeper(|budget| self.file(inner, &file, &member.notes, budget, found))?;
        }
        Ok(())
    }

    fn recognised(&self, path: String, answer: Answer) -> Inspected {
        let Recognised { facts, links, .. } = match answer.state {
            FileState::Indexed => self.recogniser.recognise(&path, &answer.extraction),
            _ => Recognised::default(),
        };
        Inspected {
            path,
            digest: answer.digest,
            len: answer.len,
            state: answer.state,
            same_as: None,
            extraction: answer.extraction,
            facts,
            links,
        }
    }
}

/// Hashes a file whose worker fell over before it could say the digest.
fn with_digest(mut answer: Answer, path: &Path) -> Answer {
    if answer.digest.is_none()
        && let Ok(Some((digest, stamp))) = source::digest(path, || false)
    {
        answer.digest = Some(digest);
        answer.len = stamp.len;
    }
    answer
}

fn no_scratch(cause: std::io::Error) -> Error {
    Error::new(
        ErrorKind::Internal,
        "folder sementara tidak dapat dibuat",
        "no temporary folder can be made",
    )
    .hint(
        "periksa ruang disk dan izin folder sementara",
        "check free space and access to the temporary folder",
    )
    .caused_by(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inspected(notes: &[Note]) -> Inspected {
        let mut extraction = Extraction::without_pages(MediaType::Unknown);
        extraction.notes = notes.to_vec();
        Inspected {
            path: "a.pdf".to_owned(),
            digest: None,
            len: 3,
            state: FileState::Indexed,
            same_as: None,
            extraction,
            facts: DocumentFacts::default(),
            links: Vec::new(),
        }
    }

    #[test]
    fn what_kept_the_whole_file_from_being_read_is_the_reason() {
        let (page, whole) = (
            Note::page(NoteCode::PasswordNeeded, 2),
            Note::file(NoteCode::PasswordNeeded),
        );
        assert_eq!(inspected(&[]).reason(), None);
        let notes = [page.clone(), whole.clone()];
        assert_eq!(inspected(&notes).reason(), Some(&whole));
        assert_eq!(inspected(std::slice::from_ref(&page)).reason(), Some(&page));
    }

    #[test]
    fn a_copy_is_a_duplicate_of_what_was_met_first() {
        let mut one = inspected(&[]);
        let line = one.to_json(Lang::En, false);
        assert_eq!(
            (&line["state"], &line["reason"]),
            (&json!("indexed"), &json!(null))
        );
        assert!(line.get("text").is_none());
        one.same_as = Some("b.pdf".to_owned());
        let line = one.to_json(Lang::En, true);
        assert_eq!(line["state"], "duplicate");
        assert!(line["reason"].as_str().unwrap().contains("b.pdf"), "{line}");
        assert_eq!(line["text"], json!([]));
        // What could not be read is no copy of anything that was.
        one.state = FileState::Failed;
        assert_eq!(one.to_json(Lang::En, false)["state"], "failed");
    }
}
