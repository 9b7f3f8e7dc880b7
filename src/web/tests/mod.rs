//! The web face without a port: who is let in, what is told, that every page is a page.

mod documents;
mod filled;
mod overview;
mod submission;

use super::state::shared::Shared;
use super::{assets, router};
use crate::app::archive::workspace::{Purpose, Workspace};
use crate::app::reading::index::Options;
use crate::app::reading::worker_client::WorkerSettings;
use crate::app::serving::Serving;
use crate::framework::Framework;
use crate::model::{Government, Lang};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceExt;

const PORT: u16 = 7425;
const HOST: &str = "127.0.0.1:7425";

/// A face over an empty archive, and the address that lets one in.
struct Face {
    router: Router,
    key: String,
    folder: tempfile::TempDir,
}

fn face() -> Face {
    face_over(|_, _| {})
}

/// A face over an archive that `fill` puts something in; it gets a folder for files, too.
fn face_over(fill: impl FnOnce(&mut Workspace, &Path)) -> Face {
    let folder = tempfile::tempdir().unwrap();
    let purpose = Purpose {
        region: Government {
            code: None,
            name: "Kabupaten <Contoh>".to_owned(),
        },
        framework: Framework::builtin().unwrap().id().to_owned(),
        year: 2025,
    };
    let root = folder.path().join("arsip");
    let workspace = Workspace::init(&root, &purpose, "2025-01-01T00:00:00Z");
    fill(&mut workspace.unwrap(), folder.path());
    let serving = serving(root);
    let shared = Arc::new(Shared::open(serving, PORT).unwrap());
    let address = shared.first_address();
    let (_, key) = address.split_once("127.0.0.1:7425").unwrap();
    Face {
        key: key.to_owned(),
        router: router(shared),
        folder,
    }
}

/// Returns how an archive is served to a test: no worker is started.
pub(super) fn serving(root: PathBuf) -> Serving {
    let worker = WorkerSettings {
        program: "bukti".into(),
        arguments: Vec::new(),
        timeout: WorkerSettings::LINE_TIMEOUT,
        file_timeout: WorkerSettings::FILE_TIMEOUT,
        anchors: Vec::new(),
    };
    Serving {
        root,
        port: 0,
        lang: Lang::Id,
        is_interrupted: || false,
        author: "Sari".to_owned(),
        reading: Options {
            roots: Vec::new(),
            jobs: 1,
            worker: worker.clone(),
            reader: "test".to_owned(),
            retry_failed: false,
            ends: Options::ENDS,
            quick: false,
        },
        worker,
    }
}

/// An answer, whole.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Face {
    /// Changes the archive behind the face, as another program would.
    fn fill(&self, work: impl FnOnce(&mut Workspace)) {
        let root = self.folder.path().join("arsip");
        work(&mut Workspace::open(&root).unwrap());
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 4 << 20).await.unwrap();
        Answer {
            status,
            headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::HOST, HOST);
        self.ask(
            request
                .header(header::COOKIE, cookie)
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(header::HOST, HOST)
            .header(header::ORIGIN, "http://127.0.0.1:7425")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()));
        self.ask(request.unwrap()).await
    }

    /// Comes in; returns the cookie.
    async fn come_in(&self) -> String {
        let answer = self.get(&self.key, "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        let cookie = answer.header(header::SET_COOKIE);
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
            "{cookie}"
        );
        cookie.split(';').next().unwrap().to_owned()
    }
}

fn run(work: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(work);
}

const PAGES: [&str; 11] = [
    "/",
    "/questions",
    "/decide",
    "/documents",
    "/offices",
    "/places",
    "/duplicates",
    "/entry",
    "/papers",
    "/history",
    "/health",
];

#[test]
fn one_browser_comes_in_once_and_everybody_else_stays_outside() {
    run(async {
        let face = face();
        for path in PAGES {
            let answer = face.get(path, "bukti_7425=AAAAAAAAAAAAAAAAAAAAAA").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
            assert!(!answer.text.contains("Contoh"), "{path}: {}", answer.text);
        }
        assert_eq!(
            face.get("/enter?key=x", "").await.status,
            StatusCode::UNAUTHORIZED
        );
        let cookie = face.come_in().await;
        assert_eq!(face.get("/", &cookie).await.status, StatusCode::OK);
        let second = face.get(&face.key, "").await;
        assert_eq!(
            second.status,
            StatusCode::UNAUTHORIZED,
            "the key works once"
        );
    });
}

#[test]
fn every_page_is_there_in_both_languages_and_tells_the_browser_what_it_may_not() {
    run(async {
        let face = face();
        let cookie = face.come_in().await;
        for path in PAGES {
            for (lang, html) in
                [("id", "<html lang=\"id\">"), ("en", "<html lang=\"en\">")]
            {
                let answer = face.get(path, &format!("{cookie}; language={lang}")).await;
                assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
                assert!(answer.text.contains(html), "{path}");
                assert!(
                    !answer.text.contains("<Contoh>"),
                    "{path}: a name is no markup"
                );
                assert!(
                    !answer.text.contains("style=\""),
                    "{path}: the policy forbids it"
                );
                let policy = answer.header(header::CONTENT_SECURITY_POLICY);
                assert!(policy.starts_with("default-src 'none'; "), "{policy}");
                assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
                assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
                assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
                assert!(answer.headers.get(header::SERVER).is_none());
            }
        }
        let missing = face.get("/tidak/ada", &cookie).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        let style = face.get(&assets::STYLE_PATH, "").await;
        assert_eq!(style.status, StatusCode::OK);
        assert!(style.header(header::CACHE_CONTROL).contains("immutable"));
    });
}

#[test]
fn only_our_own_host_is_answered() {
    run(async {
        let face = face();
        let cookie = face.come_in().await;
        for host in [
            "evil.example:7425",
            "127.0.0.1.evil.example:7425",
            "127.0.0.1",
            "127.0.0.1:80",
            "localhost.:7425",
            "127.0.0.1:7425.evil.example",
        ] {
            let request = Request::get("/").header(header::HOST, host);
            let request = request.header(header::COOKIE, &cookie).body(Body::empty());
            let answer = face.ask(request.unwrap()).await;
            assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        }
        let twice = Request::get("/")
            .header(header::HOST, HOST)
            .header(header::HOST, "evil");
        let answer = face.ask(twice.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
        let named = Request::get("http://evil.example/").header(header::HOST, HOST);
        let answer = face.ask(named.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
        let ours = Request::get("/").header(header::HOST, "localhost:7425");
        let ours = ours.header(header::COOKIE, &cookie).body(Body::empty());
        assert_eq!(face.ask(ours.unwrap()).await.status, StatusCode::OK);
    });
}

#[test]
fn only_our_own_pages_write() {
    run(async {
        let face = face();
        let cookie = face.come_in().await;
        let post = |origins: &[&str]| {
            let mut request = Request::post("/decide/undo")
                .header(header::HOST, HOST)
                .header(header::COOKIE, &cookie)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            for origin in origins {
                request = request.header(header::ORIGIN, *origin);
            }
            request.body(Body::from("act=1")).unwrap()
        };
        let ours = "http://127.0.0.1:7425";
        for origins in [
            &[][..],
            &["null"],
            &["http://evil.example"],
            &["https://127.0.0.1:7425"],
            &["http://127.0.0.1:74251"],
            &[ours, "http://evil.example"],
        ] {
            let answer = face.ask(post(origins)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origins:?}");
        }
        // Let through, it says that there is nothing to take back.
        assert_eq!(face.ask(post(&[ours])).await.status, StatusCode::NOT_FOUND);
        let other = Request::put("/")
            .header(header::HOST, HOST)
            .body(Body::empty());
        let answer = face.ask(other.unwrap()).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    });
}

#[test]
fn nobody_is_sent_to_another_host() {
    run(async {
        let face = face();
        for (back, place) in [
            ("/documents?words=a", "/documents?words=a"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https:evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("", "/"),
        ] {
            let form = format!(
                "language=en&back={}",
                back.replace('\\', "%5C")
                    .replace('\t', "%09")
                    .replace('&', "%26")
                    .replace('?', "%3F")
                    .replace('=', "%3D")
            );
            let request = Request::post("/language")
                .header(header::HOST, HOST)
                .header(header::ORIGIN, "http://127.0.0.1:7425")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(form));
            let answer = face.ask(request.unwrap()).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{back}");
            assert_eq!(answer.header(header::LOCATION), place, "{back}");
        }
    });
}

#[test]
fn what_is_not_there_or_not_understood_gives_nothing_away() {
    run(async {
        let face = face();
        let cookie = face.come_in().await;
        let zeros = "0".repeat(64);
        for (path, status) in [
            (format!("/documents/{zeros}"), StatusCode::NOT_FOUND),
            (
                format!("/documents/{zeros}/pages/1.jpg"),
                StatusCode::NOT_FOUND,
            ),
            ("/documents/..%2F..%2Fetc".to_owned(), StatusCode::NOT_FOUND),
            ("/documents/x/pages/1.jpg".to_owned(), StatusCode::NOT_FOUND),
            ("/questions/KLA24-99-Q9".to_owned(), StatusCode::BAD_REQUEST),
            ("/offices/tidakada".to_owned(), StatusCode::NOT_FOUND),
        ] {
            let answer = face.get(&path, &cookie).await;
            assert_eq!(answer.status, status, "{path}: {}", answer.text);
            assert!(!answer.text.contains("arsip/"), "{path}: {}", answer.text);
        }
        let long = "a".repeat(100_000);
        let request = Request::post("/decide")
            .header(header::HOST, HOST)
            .header(header::ORIGIN, "http://127.0.0.1:7425")
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("document={long}")));
        let answer = face.ask(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}
