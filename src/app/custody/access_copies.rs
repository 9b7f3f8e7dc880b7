//! Puts an access copy, smaller and searchable, beside each document of a package that is too large
//! for an upload form. A worker draws it from bytes whose digest was just verified, with the words
//! of the catalog. Where no copy can be made, the package has the reason.

use super::bag::stopped;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::progress::{Event, Progress};
use crate::app::reading::content_source::ContentSource;
use crate::app::reading::shrink::{AccessCopyResult, CopyRequest, FinishedCopy};
use crate::app::reading::worker_client::WorkerSettings;
use crate::io::bag::BagWriter;
use crate::io::files::{private, source};
use crate::model::{Digest, NoCopy, Note, Page};
use crate::report::handover::{AccessCopyState, Handover, PackagedCopy};
use std::path::Path;

/// Makes the access copies that `handover` wants, of at most `limit` bytes each, and records the
/// result of each in it.
///
/// # Errors
/// When the catalog cannot be read, the package cannot be written, or the user stopped.
pub(crate) fn put_access_copies(
    workspace: &Workspace,
    worker: &WorkerSettings,
    limit: u64,
    handover: &mut Handover,
    writer: &mut BagWriter,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let mut content_source = ContentSource::new(workspace, worker, progress)?;
    let names = handover.copy_names();
    let wanted = handover.placed.iter_mut().zip(names);
    for (placed, name) in wanted.filter(|(placed, _)| placed.is_copy_wanted()) {
        if progress.is_cancelled() {
            return Err(stopped());
        }
        let copy = make_access_copy(
            workspace,
            &mut content_source,
            (&placed.piece.digest, &name),
            limit,
            writer,
            progress,
        )?;
        placed.access_copy = Some(copy);
        progress.event(Event::Verified { path: &placed.name });
    }
    Ok(())
}

fn make_access_copy(
    workspace: &Workspace,
    content_source: &mut ContentSource<'_>,
    (digest, name): (&Digest, &str),
    limit: u64,
    writer: &mut BagWriter,
    progress: &dyn Progress,
) -> Result<AccessCopyState, Error> {
    let unwritten = |error: &std::io::Error| {
        let note = Note::disk(error);
        AccessCopyState::None(NoCopy::Unreadable(note))
    };
    let (from, into) = match content_source.private_folders() {
        Ok(private_folders) => private_folders,
        Err(error) => return Ok(unwritten(&error)),
    };
    let copy_verified =
        |file: &mut std::fs::File| private::copy_verified(from.path(), 0, file, digest);
    if content_source.offer(digest, true, copy_verified)?.is_some() {
        return Ok(AccessCopyState::None(NoCopy::Changed));
    }
    let pages = pages_to_copy(workspace, digest)?;
    let request = CopyRequest {
        sha256: digest,
        limit,
        pages: &pages,
    };
    let file = private::place(from.path(), 0);
    let shrunk =
        content_source
            .worker()
            .shrink(&file, name, request, into.path(), progress);
    match shrunk.map_err(|_| stopped())? {
        AccessCopyResult::None(why) => Ok(AccessCopyState::None(why)),
        AccessCopyResult::Made(made) => {
            add_to_package(made, into.path(), name, limit, writer)
        }
    }
}

/// Adds the copy that a worker made to the package, if it is within the limit.
fn add_to_package(
    made: FinishedCopy,
    folder: &Path,
    name: &str,
    limit: u64,
    writer: &mut BagWriter,
) -> Result<AccessCopyState, Error> {
    let unreadable = |note| Ok(AccessCopyState::None(NoCopy::Unreadable(note)));
    let path = private::place(folder, made.number);
    let mut file = match source::open(&path) {
        Ok(file) => file,
        Err(trouble) => return unreadable(trouble.note),
    };
    let len = file.metadata().map_or(u64::MAX, |found| found.len());
    if len > limit {
        return Ok(AccessCopyState::None(NoCopy::NothingFits));
    }
    let (bytes, sha256) = writer.put_packed_tag(name, &mut file)?;
    Ok(AccessCopyState::Made(PackagedCopy {
        name: name.to_owned(),
        bytes,
        sha256,
        step: made.step,
        pages: made.pages,
        searchable: made.searchable,
    }))
}

/// Returns the pages of a document as the worker that copies them is told: without what a copy does
/// not need, because a request is one line of JSON.
///
/// # Errors
/// When the catalog cannot be read.
pub(super) fn pages_to_copy(
    workspace: &Workspace,
    digest: &Digest,
) -> Result<Vec<Page>, Error> {
    let mut pages = workspace.catalog.pages(digest)?;
    for page in &mut pages {
        page.layer = None;
        page.marks = Vec::new();
        page.photos = Vec::new();
    }
    Ok(pages)
}
