//! Pictures of pages: two are drawn at once, each by a worker of its own, and what was drawn is
//! kept in memory up to a bound.
//!
//! In memory, not on the disk: what is drawn of a document is a copy of its content, and must not
//! lie where a backup, a package or the next owner of the disk finds it. A picture takes a
//! fraction of a second to draw anew, and an archive that may only be read can be looked at, too.

use super::lock::held;
use crate::access_copy::PageView;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::page_picture::Painter;
use crate::app::progress::Silent;
use crate::app::reading::worker_client::{WorkerClient, WorkerSettings};
use crate::model::Digest;
use axum::body::Bytes;
use std::collections::BTreeMap;
use std::sync::Mutex;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Pictures drawn at once: an office PC has two processors to spare at the most.
const AT_ONCE: usize = 2;
/// Most bytes of pictures kept: some four hundred pages at 150 KB.
const KEPT_BYTES: usize = 64 << 20;

/// Draws pictures, and keeps them.
#[derive(Debug)]
pub(in crate::web) struct Pictures {
    worker: WorkerSettings,
    turns: Semaphore,
    painters: Mutex<Vec<Painter>>,
    kept: Mutex<Kept>,
}

impl Pictures {
    pub(in crate::web) fn new(worker: WorkerSettings) -> Result<Self, Error> {
        // That there is a place for temporary files is known before anybody asks.
        let first = Painter::new(WorkerClient::new(worker.clone()))?;
        Ok(Self {
            worker,
            turns: Semaphore::new(AT_ONCE),
            painters: Mutex::new(vec![first]),
            kept: Mutex::new(Kept::new(KEPT_BYTES)),
        })
    }

    /// Returns a picture that was drawn before.
    pub(in crate::web) fn kept(&self, name: &Digest) -> Option<Bytes> {
        held(&self.kept).get(name)
    }

    /// Keeps a picture.
    pub(in crate::web) fn keep(&self, name: Digest, picture: &Bytes) {
        held(&self.kept).put(name, picture);
    }

    /// Waits until a picture may be drawn; who goes away meanwhile waits no longer. `None` where
    /// the server ends.
    pub(in crate::web) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    /// Draws a picture, for who has a turn.
    pub(in crate::web) fn draw(
        &self,
        workspace: &Workspace,
        page: (&Digest, u32),
        view: &PageView,
    ) -> Result<Bytes, Error> {
        let idle = held(&self.painters).pop();
        let mut painter = match idle {
            Some(painter) => painter,
            None => Painter::new(WorkerClient::new(self.worker.clone()))?,
        };
        let drawn = painter.draw(workspace, page, view, &Silent);
        held(&self.painters).push(painter);
        drawn.map(Bytes::from)
    }
}

/// Pictures by name, up to so many bytes; the one that nobody asked for longest goes first.
#[derive(Debug)]
struct Kept {
    most: usize,
    bytes: usize,
    /// How often somebody asked.
    asked: u64,
    pictures: BTreeMap<Digest, (u64, Bytes)>,
    /// The names, by when somebody asked last.
    order: BTreeMap<u64, Digest>,
}

impl Kept {
    fn new(most: usize) -> Self {
        Self {
            most,
            bytes: 0,
            asked: 0,
            pictures: BTreeMap::new(),
            order: BTreeMap::new(),
        }
    }

    fn get(&mut self, name: &Digest) -> Option<Bytes> {
        let (last, picture) = self.pictures.get_mut(name)?;
        self.asked += 1;
        self.order.remove(last);
        *last = self.asked;
        self.order.insert(self.asked, *name);
        Some(picture.clone())
    }

    fn put(&mut self, name: Digest, picture: &Bytes) {
        if picture.len() > self.most || self.get(&name).is_some() {
            return;
        }
        self.asked += 1;
        self.bytes += picture.len();
        self.order.insert(self.asked, name);
        self.pictures.insert(name, (self.asked, picture.clone()));
        while self.bytes > self.most
            && let Some((_, oldest)) = self.order.pop_first()
        {
            if let Some((_, gone)) = self.pictures.remove(&oldest) {
                self.bytes -= gone.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity;

    #[test]
    fn pictures_are_kept_up_to_a_bound_and_the_one_least_asked_for_goes() {
        let mut kept = Kept::new(100);
        let name = |n: u8| fixity::hash(&[n]);
        let picture = |len: usize| Bytes::from(vec![0; len]);
        for n in 0..3 {
            kept.put(name(n), &picture(30));
        }
        assert!(kept.get(&name(0)).is_some());
        kept.put(name(3), &picture(30));
        let held: Vec<bool> = (0..4).map(|n| kept.get(&name(n)).is_some()).collect();
        assert_eq!(held, [true, false, true, true]);
        kept.put(name(4), &picture(101));
        assert!(
            kept.get(&name(4)).is_none(),
            "larger than all there is room for"
        );
        kept.put(name(3), &picture(30));
        for n in 10..200 {
            kept.put(name(n), &picture(usize::from(n) % 40));
            assert!(kept.bytes <= 100);
            let sum: usize = kept.pictures.values().map(|(_, p)| p.len()).sum();
            assert_eq!((sum, kept.order.len()), (kept.bytes, kept.pictures.len()));
        }
    }
}
