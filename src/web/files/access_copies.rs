//! Access copies for upload, made one after another behind the requests that want them: a long
//! scan takes longer than a request may.

use crate::app::archive::workspace::Workspace;
use crate::app::custody::attachment::{AttachmentSource, HeldCopy};
use crate::app::error::Error;
use crate::app::progress::{Event, Progress, Silent};
use crate::app::reading::worker_client::WorkerSettings;
use crate::model::{Bilingual, Digest, NoCopy};
use crate::web::state::lock::held;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

/// Most bytes of copies kept for the next who asks: all attachments of a form at 2 MiB.
const MOST_BYTES: u64 = 1 << 30;

/// Which copy: of which document, of at most how many bytes.
pub(in crate::web) type CopyKey = (Digest, u64);

/// The access copies: those made, the one being drawn, those that wait.
#[derive(Debug)]
pub(in crate::web) struct AccessCopies {
    queue: Mutex<Queue>,
    /// Apart from each other: a file that is there waits for no copy that is drawn.
    reading: Mutex<AttachmentSource>,
    drawing: Mutex<AttachmentSource>,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<CopyKey>,
    /// With the page that is drawn, out of how many.
    drawn: Option<(CopyKey, (u32, u32))>,
    is_running: bool,
    finished: BTreeMap<CopyKey, Finished>,
    /// Those made, the oldest first.
    oldest: VecDeque<CopyKey>,
}

#[derive(Debug, Clone)]
enum Finished {
    Made(Arc<HeldCopy>),
    None(NoCopy),
    Failed(Bilingual),
}

/// How far a copy is.
#[derive(Debug, Clone)]
pub(in crate::web) enum CopyState {
    /// Nobody wanted it yet.
    Unasked,
    /// Others come first.
    Waiting,
    /// It is being drawn: which page, out of how many.
    Drawn(u32, u32),
    /// It is there.
    Made(Arc<HeldCopy>),
    /// There can be none.
    None(NoCopy),
    /// It could not be tried.
    Failed(Bilingual),
}

impl AccessCopies {
    pub(in crate::web) fn new(worker: WorkerSettings) -> Result<Self, Error> {
        Ok(Self {
            queue: Mutex::default(),
            reading: Mutex::new(AttachmentSource::new(worker.clone())?),
            drawing: Mutex::new(AttachmentSource::new(worker)?),
        })
    }

    pub(in crate::web) fn state(&self, key: &CopyKey) -> CopyState {
        let queue = held(&self.queue);
        match (queue.finished.get(key), queue.drawn) {
            (Some(Finished::Made(copy)), _) => CopyState::Made(Arc::clone(copy)),
            (Some(Finished::None(why)), _) => CopyState::None(why.clone()),
            (Some(Finished::Failed(why)), _) => CopyState::Failed(why.clone()),
            (None, Some((drawn, (page, of)))) if drawn == *key => {
                CopyState::Drawn(page, of)
            }
            _ if queue.waiting.contains(key) => CopyState::Waiting,
            _ => CopyState::Unasked,
        }
    }

    /// Returns the bytes of a document of at most `most` bytes, as it is.
    pub(in crate::web) fn original(
        &self,
        workspace: &Workspace,
        digest: &Digest,
        most: u64,
    ) -> Result<Vec<u8>, Error> {
        held(&self.reading).original(workspace, digest, most, &Silent)
    }

    /// Adds copies to those that wait, before all others where somebody waits for them. Tells
    /// whether nobody draws at the moment: then the caller has to see to it that it begins.
    pub(in crate::web) fn enqueue(&self, keys: &[CopyKey], comes_first: bool) -> bool {
        let mut queue = held(&self.queue);
        for key in keys {
            queue.add(*key, comes_first);
        }
        let begins = !queue.is_running && !queue.waiting.is_empty();
        queue.is_running |= begins;
        begins
    }

    /// Takes the next copy to draw; with `None` the drawing ends.
    pub(in crate::web) fn take_next(&self) -> Option<CopyKey> {
        held(&self.queue).next()
    }

    /// Draws a copy.
    pub(in crate::web) fn draw(
        &self,
        workspace: &Workspace,
        (digest, limit): CopyKey,
    ) -> Result<Result<HeldCopy, NoCopy>, Error> {
        let pages = Pages(self);
        held(&self.drawing).access_copy(workspace, &digest, limit, &pages)
    }

    /// Records what became of a copy.
    pub(in crate::web) fn finish(
        &self,
        key: CopyKey,
        drawn: Result<Result<HeldCopy, NoCopy>, Error>,
    ) {
        let finished = match drawn {
            Ok(Ok(copy)) => Finished::Made(Arc::new(copy)),
            Ok(Err(why)) => Finished::None(why),
            Err(error) => Finished::Failed(error.message),
        };
        held(&self.queue).finish(key, finished);
    }
}

impl Queue {
    /// Adds a copy that is not made, nor known to be impossible, to those that wait.
    fn add(&mut self, key: CopyKey, comes_first: bool) {
        let is_final = match self.finished.get(&key) {
            Some(Finished::Made(_)) => true,
            Some(Finished::None(why)) => is_of_content(why),
            // A share that was away may be back.
            Some(Finished::Failed(_)) | None => false,
        };
        let is_drawn = self.drawn.is_some_and(|(drawn, _)| drawn == key);
        if is_final || is_drawn {
            return;
        }
        self.finished.remove(&key);
        match comes_first {
            true => {
                self.waiting.retain(|other| *other != key);
                self.waiting.push_front(key);
            }
            false if self.waiting.contains(&key) => {}
            false => self.waiting.push_back(key),
        }
    }

    fn next(&mut self) -> Option<CopyKey> {
        let next = self.waiting.pop_front();
        self.drawn = next.map(|key| (key, (0, 0)));
        self.is_running = next.is_some();
        next
    }

    fn finish(&mut self, key: CopyKey, finished: Finished) {
        self.drawn = None;
        if matches!(finished, Finished::Made(_)) {
            self.oldest.push_back(key);
        }
        self.finished.insert(key, finished);
        while self.bytes() > MOST_BYTES
            && let Some(oldest) = self.oldest.pop_front()
        {
            self.finished.remove(&oldest);
        }
    }

    fn bytes(&self) -> u64 {
        let made = self.finished.values().map(|finished| match finished {
            Finished::Made(copy) => copy.bytes,
            _ => 0,
        });
        made.sum()
    }
}

/// Tells whether a reason is one of the content itself, which stays.
fn is_of_content(why: &NoCopy) -> bool {
    matches!(
        why,
        NoCopy::NoPages | NoCopy::TooManyPages | NoCopy::NothingFits
    )
}

/// Notes which page is drawn.
struct Pages<'a>(&'a AccessCopies);

impl Progress for Pages<'_> {
    fn event(&self, event: Event<'_>) {
        if let (Event::Page { page, of, .. }, Some((_, pages))) =
            (event, &mut held(&self.0.queue).drawn)
        {
            *pages = (page, of);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> CopyKey {
        (Digest::new([n; 32]), 2 << 20)
    }

    #[test]
    fn who_waits_comes_first_and_each_copy_is_tried_once() {
        let mut queue = Queue::default();
        for (n, comes_first) in [(1, false), (2, false), (1, false), (3, true), (2, true)]
        {
            queue.add(key(n), comes_first);
        }
        assert_eq!(queue.waiting, [key(2), key(3), key(1)]);
        assert_eq!(queue.next(), Some(key(2)));
        queue.add(key(2), true);
        assert_eq!(queue.waiting, [key(3), key(1)], "it is being drawn");
        queue.finish(key(2), Finished::None(NoCopy::NothingFits));
        queue.add(key(2), true);
        assert_eq!(queue.waiting, [key(3), key(1)], "it cannot be made");
        assert_eq!(queue.next(), Some(key(3)));
        queue.finish(key(3), Finished::None(NoCopy::Changed));
        queue.add(key(3), false);
        assert_eq!(queue.waiting, [key(1), key(3)], "the share may be back");
        assert_eq!([queue.next(), queue.next()], [key(1), key(3)].map(Some));
        assert!(queue.is_running);
        assert_eq!(queue.next(), None);
        assert!(!queue.is_running);
    }
}
