//! Keeps copies of evidence in the archive, so that it outlives the share, and restores them.

use super::bag::stopped;
use crate::app::archive::searchable;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::evidence::{search, show};
use crate::app::progress::{Event as Progressed, Progress};
use crate::app::reading::content_source::{ContentSource, LeftOut};
use crate::app::reading::worker_client::WorkerSettings;
use crate::io::clock;
use crate::io::files::error::{PutError, WriteError};
use crate::io::files::{atomic, path};
use crate::model::{Digest, Event, EventObject, EventType, FileState};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Most copies in one record of the log.
const BATCH_COPIES: usize = 256;

/// Which documents to keep.
#[derive(Debug, Clone)]
pub enum Which {
    /// Those that a search finds.
    Found(Box<search::Options>),
    /// Those that are confident evidence for any question.
    Evidence,
    /// All that were read.
    All,
}

/// The result of keeping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Documents copied now.
    pub new: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Documents of which there was a sound copy.
    pub already: u64,
    /// Documents of which no place has the bytes any more.
    pub left_out: Vec<LeftOut>,
}

/// Keeps copies of documents.
///
/// # Errors
/// When the disk refuses, or the user stopped: what was copied by then is kept.
pub fn keep(
    workspace: &mut Workspace,
    which: &Which,
    worker: &WorkerSettings,
    progress: &dyn Progress,
) -> Result<Kept, Error> {
    let wanted = contents_to_keep(workspace, which)?;
    let _lock = workspace.lock()?;
    progress.event(Progressed::Walked {
        files: wanted.len() as u64,
        done: true,
    });
    let store = workspace.kept();
    store
        .sweep()
        .map_err(|error| workspace.cannot_keep(error))?;
    let mut writing = workspace.another_catalog()?;
    let mut content_source = ContentSource::new(workspace, worker, progress)?;
    let mut kept = Kept::default();
    let mut copied: Vec<EventObject> = Vec::new();
    for (digest, bytes) in wanted {
        if progress.is_cancelled() {
            break;
        }
        // A copy is read before it is trusted: a damaged one is made anew.
        if store.has(&digest) && store.is_sound(&digest) == Some(true) {
            kept.already += 1;
        } else {
            match content_source.offer(&digest, false, |file| store.put(&digest, file))? {
                Some(left_out) => kept.left_out.push(left_out),
                None => {
                    kept.new += 1;
                    kept.bytes += bytes;
                    copied.push(EventObject {
                        bytes: Some(bytes),
                        ..EventObject::content(digest)
                    });
                }
            }
        }
        progress.event(Progressed::Verified { path: "" });
        if copied.len() >= BATCH_COPIES {
            writing.append(&[replication(&mut copied)])?;
        }
    }
    if !copied.is_empty() {
        writing.append(&[replication(&mut copied)])?;
    }
    match progress.is_cancelled() {
        true => Err(stopped()),
        false => Ok(kept),
    }
}

fn replication(copied: &mut Vec<EventObject>) -> Event {
    let mut event = Event::new(EventType::Replication, clock::timestamp());
    event.objects = std::mem::take(copied);
    event
}

/// Returns the documents meant, with their lengths, in order of digest.
fn contents_to_keep(
    workspace: &Workspace,
    which: &Which,
) -> Result<Vec<(Digest, u64)>, Error> {
    let evidence: Option<BTreeSet<Digest>> = match which {
        Which::All => None,
        Which::Evidence => {
            let links = EffectiveLinks::load(workspace)?
                .all_links(workspace)?
                .into_iter();
            let confident = links.filter(|(_, links)| {
                links.iter().any(|link| link.confidence.is_confident())
            });
            Some(confident.map(|(digest, _)| digest).collect())
        }
        Which::Found(options) => {
            let options = search::Options {
                limit: workspace.catalog.present_contents()?.len(),
                ..search::Options::clone(options)
            };
            let results = search::search(workspace, &options)?;
            searchable::require_complete(results.missing)?;
            let found = results.found.into_iter();
            Some(found.map(|found| found.document.content.digest).collect())
        }
    };
    let documents = workspace.catalog.documents()?.into_iter();
    let is_wanted =
        |digest: &Digest| evidence.as_ref().is_none_or(|e| e.contains(digest));
    let contents = documents.map(|document| document.content);
    Ok(contents
        .filter(|content| content.state == FileState::Indexed)
        .filter(|content| is_wanted(&content.digest))
        .map(|content| (content.digest, content.len))
        .collect())
}

/// A restored document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The document.
    pub digest: Digest,
    /// Where it was written.
    pub to: PathBuf,
}

/// Writes the archive's own copy of a document into a folder, under the name it had; nothing
/// is written over.
///
/// # Errors
/// When there is no such document or no sound copy, the name is taken, or the disk refuses.
pub fn restore(
    workspace: &mut Workspace,
    name: &str,
    folder: &Path,
) -> Result<Restored, Error> {
    let digest = match name.parse() {
        Ok(digest) => digest,
        Err(_) => show::resolve(workspace, name)?,
    };
    let _lock = workspace.lock()?;
    let store = workspace.kept();
    if store.is_sound(&digest) != Some(true) {
        return Err(no_copy(name, store.has(&digest)));
    }
    let document = workspace.catalog.document(&digest)?;
    let was = document.as_ref().map_or("", |document| document.path());
    let to = folder.join(path::from_text(&last_name(was, &digest)));
    let cannot = |source| WriteError {
        path: to.clone(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(cannot)?;
    let mut file = store.open(&digest).map_err(cannot)?;
    match atomic::copy_new(&to, &mut file, &digest) {
        Ok(()) => {}
        Err(PutError::Write(error)) => return Err(error.into()),
        Err(_) => return Err(no_copy(name, true)),
    }
    let event = Event::new(EventType::Recovery, clock::timestamp())
        .with("to", path::to_text(&to))
        .about(EventObject::content(digest));
    workspace.catalog.append(&[event])?;
    Ok(Restored { digest, to })
}

/// Returns the name a document had last; its digest where it had none.
fn last_name<'a>(path: &'a str, digest: &Digest) -> std::borrow::Cow<'a, str> {
    let last = path.rsplit(crate::model::INSIDE).next().unwrap_or_default();
    let last = last.rsplit(['/', '\\']).next().unwrap_or_default();
    match last {
        "" => digest.to_string().into(),
        last => last.into(),
    }
}

fn no_copy(name: &str, is_damaged: bool) -> Error {
    let (id, en) = match is_damaged {
        true => ("salinannya rusak", "its copy is damaged"),
        false => ("belum ada salinannya", "there is no copy of it"),
    };
    Error::new(
        ErrorKind::NotFound,
        format!("`{name}` tidak dapat dikembalikan: {id}"),
        format!("`{name}` cannot be given back: {en}"),
    )
    .hint(
        "simpan salinan dengan `bukti keep`; yang rusak dipulihkan `bukti doctor --repair`",
        "keep copies with `bukti keep`; `bukti doctor --repair` heals damaged ones",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_gets_the_name_it_had_last() {
        let digest = crate::fixity::hash(b"x");
        let own = digest.to_string();
        let cases = [
            ("/share/KTR/perda.pdf", "perda.pdf"),
            ("C:\\share\\perda.pdf", "perda.pdf"),
            ("/share/semua.zip » KTR/perda.pdf", "perda.pdf"),
            ("/share/semua.zip » dalam.zip » foto.jpg", "foto.jpg"),
            ("", own.as_str()),
            ("/share/", own.as_str()),
        ];
        for (path, expected) in cases {
            assert_eq!(last_name(path, &digest), expected, "{path}");
        }
    }

    #[test]
    fn a_copy_that_is_damaged_is_told_from_one_that_is_not_there() {
        let said = [true, false].map(|is_damaged| no_copy("a", is_damaged).message.en);
        assert!(
            said[0].contains("damaged") && said[1].contains("no copy"),
            "{said:?}"
        );
    }

    #[test]
    fn a_record_takes_the_copies_made_since_the_last() {
        let object = EventObject::content(crate::fixity::hash(b"x"));
        let mut copied = vec![object.clone()];
        let event = replication(&mut copied);
        assert_eq!((event.objects.as_slice(), copied.len()), (&[object][..], 0));
    }
}
