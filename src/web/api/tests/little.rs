//! A little archive of samples, read here and now, and the face over it.

use crate::app::archive::workspace::{Purpose, Workspace};
use crate::app::reading::read;
use crate::app::reading::recognise::Recogniser;
use crate::extract::Limits;
use crate::fixity;
use crate::framework::Framework;
use crate::io::files::path;
use crate::io::store::{ContentRecord, LocationRecord};
use crate::model::{Government, Locality};
use crate::web::api::code::BASE;
use crate::web::router;
use crate::web::state::shared::Shared;
use crate::web::tests::serving;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

const PORT: u16 = 7425;
pub(super) const HOST: &str = "127.0.0.1:7425";
pub(super) const ORIGIN: &str = "http://127.0.0.1:7425";

/// The samples that are read: papers with text, one of them with personal data.
const SAMPLES: [&str; 3] = ["DARI BAGIAN HUKUM", "Ind.17 KTR", "21B"];

/// The face over the archive, with a session.
pub(super) struct Little {
    router: Router,
    pub(super) cookie: String,
    /// A document that could prove something.
    pub(super) document: String,
    /// What it could prove.
    pub(super) question: String,
    /// A document with personal data, and the page on which it stands.
    pub(super) personal: (String, u32),
    _folder: tempfile::TempDir,
}

/// An answer, whole.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn header(&self, name: header::HeaderName) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn json(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    /// Returns the code of the problem that this is.
    pub(super) fn problem(&self) -> String {
        let kind = self.header(header::CONTENT_TYPE);
        assert_eq!(kind, "application/problem+json", "{}", self.text);
        let value: Value = serde_json::from_str(&self.text).unwrap();
        assert_eq!(value["status"], self.status.as_u16());
        value["code"].as_str().unwrap().to_owned()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found.sort();
    found
}

/// Puts the samples into an archive, as reading puts them.
fn fill(workspace: &mut Workspace) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let recogniser = Recogniser::new(&workspace.framework, None).unwrap();
    for file in files(&root) {
        let name = path::to_text(&file);
        if !SAMPLES.iter().any(|part| name.contains(part)) {
            continue;
        }
        let bytes = fs::read(&file).unwrap();
        let read = read::read(&name, &bytes, &Limits::default(), None, None, |_, _| {});
        let digest = fixity::hash(&bytes);
        let content = ContentRecord {
            digest,
            len: bytes.len() as u64,
            state: read.state,
            recognised: recogniser.recognise(&name, &read.extraction),
            extraction: read.extraction,
            waiting: read.waiting,
            members: 0,
            text_fingerprint: None,
        };
        let location = |path: String| LocationRecord {
            path,
            len: bytes.len() as u64,
            mtime_ns: 0,
            digest: Some(digest),
            state: None,
            notes: Vec::new(),
        };
        // Each lies there twice.
        let locations = [location(format!("/salinan{name}")), location(name)];
        let put = workspace.catalog.put("test", &[content], &locations);
        put.unwrap();
    }
}

/// An archive that was filled once, and what is in it.
struct Filled {
    folder: tempfile::TempDir,
    linked: (String, String),
    personal: (String, u32),
}

static FILLED: LazyLock<Filled> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let purpose = Purpose {
        region: Government {
            code: None,
            name: "Kabupaten Contoh".to_owned(),
        },
        framework: Framework::builtin().unwrap().id().to_owned(),
        year: 2025,
    };
    let created = "2025-01-01T00:00:00Z";
    let mut workspace = Workspace::init(folder.path(), &purpose, created).unwrap();
    fill(&mut workspace);
    let places = ["Mekarsari", "Harapan Jaya"].map(|name| Locality {
        level: "desa".into(),
        name: name.to_owned(),
        within: Some("Sukamaju".to_owned()),
    });
    workspace.catalog.put_places(&places).unwrap();
    let documents = workspace.catalog.documents().unwrap();
    let linked = documents.iter().find_map(|document| {
        let digest = document.content.digest;
        let links = workspace.catalog.links(&digest).unwrap();
        Some((digest.to_string(), links.first()?.question.to_string()))
    });
    let personal = documents.iter().find_map(|document| {
        let mark = document.content.facts.personal.first()?;
        Some((document.content.digest.to_string(), mark.page))
    });
    Filled {
        linked: linked.unwrap(),
        personal: personal.unwrap(),
        folder,
    }
});

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let copy = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(&file, copy).unwrap();
    }
}

/// Returns the face over an archive of its own.
pub(super) fn little() -> Little {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("arsip");
    copy(FILLED.folder.path(), &root);
    let (document, question) = FILLED.linked.clone();
    let serving = serving(root);
    let shared = Arc::new(Shared::open(serving, PORT).unwrap());
    let address = shared.first_address();
    let key = address.split_once(HOST).unwrap().1.to_owned();
    let router = router(shared);
    Little {
        cookie: come_in(&router, &key),
        router,
        document,
        question,
        personal: FILLED.personal.clone(),
        _folder: folder,
    }
}

fn come_in(router: &Router, key: &str) -> String {
    let request = Request::get(key).header(header::HOST, HOST);
    let request = request.body(Body::empty()).unwrap();
    let answer = tokio::task::block_in_place(|| {
        let asked = router.clone().oneshot(request);
        tokio::runtime::Handle::current().block_on(asked).unwrap()
    });
    let cookie = answer.headers().get(header::SET_COOKIE).unwrap();
    let cookie = cookie.to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

impl Little {
    pub(super) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 16 << 20).await.unwrap();
        Answer {
            status,
            headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Asks for a path of the server, with or without a session.
    pub(super) async fn ask_as(
        &self,
        method: &Method,
        path: &str,
        cookie: &str,
        body: &str,
    ) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let request = request
            .header(header::HOST, HOST)
            .header(header::ORIGIN, ORIGIN)
            .header(header::COOKIE, cookie);
        self.ask(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// Asks for a path of the interface.
    pub(super) async fn get(&self, path: &str) -> Answer {
        let path = format!("{BASE}{path}");
        self.ask_as(&Method::GET, &path, &self.cookie, "").await
    }

    /// Asks for a page, or for what is accepted instead.
    pub(super) async fn ask_page(&self, path: &str, accept: &str) -> Answer {
        let request = Request::get(path)
            .header(header::HOST, HOST)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT, accept);
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a body with some headers of its own.
    pub(super) async fn post(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::post(format!("{BASE}{path}"))
            .header(header::HOST, HOST)
            .header(header::ORIGIN, ORIGIN)
            .header(header::COOKIE, &self.cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(body.into()).unwrap()).await
    }
}

pub(super) fn run(work: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(work);
}
