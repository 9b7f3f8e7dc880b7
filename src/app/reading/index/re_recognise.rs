//! Recognises and links again the contents that another version or framework recognised, from the
//! pages in the catalog. No original is opened, so that a new framework takes minutes. Threads and
//! channels, not `app::pool`: what is recognised goes into the catalog while others recognise.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::progress::{Event, Progress};
use crate::app::reading::recognise::Recogniser;
use crate::io::store::{Catalog, StoreError};
use crate::model::{Digest, Recognised};
use crossbeam_channel::{Receiver, Sender};

/// Contents that go into the catalog at a time.
const BATCH: usize = 256;

/// Recognises the contents that `recogniser` has not recognised yet. If stopped, the next run goes
/// on.
///
/// # Errors
/// When the catalog cannot be read or written.
pub(super) fn stale(
    workspace: &Workspace,
    writing: &mut Catalog,
    recogniser: &Recogniser,
    jobs: usize,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let left = writing.recognised_by_others(recogniser.name())?;
    if left.is_empty() {
        return Ok(());
    }
    let of = left.len() as u64;
    let mut catalogs = Vec::new();
    for _ in 0..jobs.max(1) {
        catalogs.push(workspace.another_catalog()?);
    }
    let (results, arriving) = crossbeam_channel::bounded(BATCH);
    std::thread::scope(|scope| {
        let (next, queue) = crossbeam_channel::bounded(BATCH);
        for catalog in catalogs {
            let (queue, results) = (queue.clone(), results.clone());
            scope.spawn(move || recognise_queued(&catalog, recogniser, &queue, &results));
        }
        drop((queue, results));
        scope.spawn(move || {
            let wanted = left.iter().take_while(|_| !progress.is_cancelled());
            // A closed channel means that a thread failed; it returns the reason.
            let _ = wanted.map(|digest| next.send(*digest)).find(Result::is_err);
        });
        let mut batch = Vec::with_capacity(BATCH);
        for (done, recognised) in (1..).zip(&arriving) {
            batch.extend(recognised?);
            if batch.len() == BATCH {
                writing.recognise_anew(&batch)?;
                batch.clear();
            }
            progress.event(Event::Recognised { done, of });
        }
        Ok(writing.recognise_anew(&batch)?)
    })
}

type Answer = Result<Option<(Digest, Recognised)>, StoreError>;

fn recognise_queued(
    catalog: &Catalog,
    recogniser: &Recogniser,
    queue: &Receiver<Digest>,
    results: &Sender<Answer>,
) {
    for digest in queue {
        let answer = recognise_one(catalog, recogniser, digest);
        let failed = answer.is_err();
        if results.send(answer).is_err() || failed {
            return;
        }
    }
}

fn recognise_one(catalog: &Catalog, recogniser: &Recogniser, digest: Digest) -> Answer {
    let Some(document) = catalog.document(&digest)? else {
        return Ok(None);
    };
    let extraction = catalog.extraction(&document)?;
    Ok(Some((
        digest,
        recogniser.recognise(document.path(), &extraction),
    )))
}
