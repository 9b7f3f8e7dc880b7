//! What all requests share: the archive's folder, open catalogs to use, the key of the first
//! address.

use super::judgements::Judgements;
use super::lock::held;
use super::pictures::Pictures;
use super::runs::Runs;
use crate::app::archive::workspace::{WEB, Workspace};
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::search::facets::{LinkedCache, LinkedQuestions};
use crate::app::serving::Serving;
use crate::io::web_store::WebStore;
use crate::model::Lang;
use crate::web::files::access_copies::AccessCopies;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tower_sessions::session::Id;

/// Most archives kept open between requests: as many as a browser asks at once.
const KEPT_OPEN: usize = 6;

/// What all requests share.
#[derive(Debug)]
pub(in crate::web) struct Shared {
    root: PathBuf,
    /// The port that is listened on.
    pub(in crate::web) port: u16,
    /// The language of who has not chosen another.
    pub(in crate::web) lang: Lang,
    /// Who decides, where somebody does.
    pub(in crate::web) author: String,
    /// What the first address holds; taken by the first who comes with it.
    key: Mutex<Option<String>>,
    idle: Mutex<Vec<Workspace>>,
    /// Pictures of pages.
    pub(in crate::web) pictures: Pictures,
    linked: Mutex<LinkedCache>,
    /// How everything stands.
    pub(in crate::web) judgements: Arc<Judgements>,
    /// What reads files.
    pub(in crate::web) runs: Runs,
    /// Sessions, visits, saved views.
    pub(in crate::web) store: Arc<Mutex<WebStore>>,
    /// Smaller copies of documents, for upload.
    pub(in crate::web) copies: AccessCopies,
}

impl Shared {
    pub(in crate::web) fn open(options: Serving, port: u16) -> Result<Self, Error> {
        // That it can be opened is known before anybody asks.
        let workspace = Workspace::open(&options.root)?;
        // 128 random bits, as the id of a session has.
        let key = Id::default().to_string();
        let store = WebStore::open(&options.root.join(WEB))?;
        Ok(Self {
            judgements: Arc::new(Judgements::new(&workspace)?),
            runs: Runs::new(&options.root, options.reading),
            store: Arc::new(Mutex::new(store)),
            root: options.root,
            port,
            lang: options.lang,
            author: options.author,
            key: Mutex::new(Some(key)),
            linked: Mutex::new(LinkedCache::new(&workspace)?),
            idle: Mutex::new(vec![workspace]),
            copies: AccessCopies::new(options.worker.clone())?,
            pictures: Pictures::new(options.worker)?,
        })
    }

    /// Returns the address that lets one browser in.
    pub(in crate::web) fn first_address(&self) -> String {
        let key = held(&self.key).clone().unwrap_or_default();
        format!("http://127.0.0.1:{}/enter?key={key}", self.port)
    }

    /// Takes the key, where this is it: nobody comes with it again.
    pub(in crate::web) fn take_key(&self, given: &str) -> bool {
        let mut key = held(&self.key);
        let is_it = key.as_deref() == Some(given);
        if is_it {
            *key = None;
        }
        is_it
    }

    /// Runs `work` on an open archive, on a thread that may wait.
    pub(in crate::web) async fn with<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Workspace) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let shared = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let kept = held(&shared.idle).pop();
            let mut workspace = match kept {
                Some(workspace) => workspace,
                None => Workspace::open(&shared.root)?,
            };
            let result = work(&mut workspace)?;
            // After an error it is opened anew: it may be another archive by then.
            let mut idle = held(&shared.idle);
            if idle.len() < KEPT_OPEN {
                idle.push(workspace);
            }
            Ok(result)
        });
        match done.await {
            Ok(result) => result,
            Err(_) => Err(broken()),
        }
    }

    /// Returns which questions each document may prove, loaded anew where that has changed.
    pub(in crate::web) fn linked(
        &self,
        workspace: &Workspace,
    ) -> Result<Arc<LinkedQuestions>, Error> {
        held(&self.linked).current(workspace)
    }
}

fn broken() -> Error {
    Error::new(
        ErrorKind::Internal,
        "permintaan ini berakhir tak terduga",
        "this request ended unexpectedly",
    )
}
