//! The interface for programs, `/api/v1`: the shapes of `schema/`, as `--json` prints them.
//!
//! ```text
//! request ─guard, entry─► one row of ROUTES ─app─► model ─app::evidence::shape, report─► JSON
//! page asked for as JSON ─twin─► the same function
//! whatever fails, here or before ─problem─► application/problem+json (RFC 9457)
//! ```
//!
//! `schema/openapi.json` describes it by hand; a test holds both to each other.

mod archive;
mod code;
mod decisions;
mod description;
mod documents;
mod problem;
mod query;
mod questions;
mod reports;
mod runs;
mod twin;

#[cfg(test)]
mod tests;

use super::layout::Page;
use super::pages::picture;
use super::state::shared::Shared;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, post};
use code::{BASE, Code};
use problem::{MEDIA_TYPE, Problem, asks_json, wants_json};
use std::sync::Arc;

pub(super) use twin::as_json;

/// One thing that can be asked: how, under which path of the description, and what answers.
struct Route {
    method: Method,
    path: &'static str,
    handler: fn() -> MethodRouter<Arc<Shared>>,
}

const fn read(path: &'static str, handler: fn() -> MethodRouter<Arc<Shared>>) -> Route {
    let method = Method::GET;
    Route {
        method,
        path,
        handler,
    }
}

const fn write(path: &'static str, handler: fn() -> MethodRouter<Arc<Shared>>) -> Route {
    let method = Method::POST;
    Route {
        method,
        path,
        handler,
    }
}

/// All that can be asked.
static ROUTES: [Route; 27] = [
    read("/questions", || get(questions::list)),
    read("/questions/{id}", || get(questions::single)),
    read("/documents", || get(documents::list)),
    read("/documents/{sha256}", || get(documents::single)),
    read("/documents/{sha256}/pages/{number}.jpg", || {
        get(picture::page)
    }),
    read("/documents/{sha256}/pages/{number}/words", || {
        get(documents::words)
    }),
    read("/documents/{sha256}/questions/{id}", || {
        get(decisions::pair)
    }),
    read("/decisions", || get(decisions::list)),
    write("/decisions", || post(decisions::decide)),
    write("/decisions/{act}/undo", || post(decisions::undo)),
    read("/duplicates", || get(documents::duplicates)),
    read("/offices", || get(archive::offices)),
    read("/places", || get(archive::places)),
    read("/calendar", || get(archive::calendar)),
    read("/log", || get(archive::log)),
    read("/status", || get(archive::status)),
    read("/runs", || get(runs::last)),
    write("/runs", || post(runs::begin)),
    Route {
        method: Method::DELETE,
        path: "/runs/current",
        handler: || delete(runs::stop),
    },
    read("/report.json", || get(reports::json)),
    read("/report.html", || get(reports::html)),
    read("/report.csv", || get(reports::csv)),
    read("/report.xlsx", || get(reports::xlsx)),
    read("/report.sarif", || get(reports::sarif)),
    read("/openapi.json", || get(description::openapi)),
    read("/schema/{name}", || get(description::schema)),
    read("/problems/{code}", || get(problem::single)),
];

/// Returns the routes of this interface, and of the lists that are asked for as `/questions.json`.
pub(super) fn routes() -> Router<Arc<Shared>> {
    let mut router = Router::new();
    for route in &ROUTES {
        // A parameter is a whole segment for the router: what answers takes `.jpg` off.
        let path = route.path.replace("}.jpg", "}");
        router = router.route(&format!("{BASE}{path}"), (route.handler)());
    }
    router.merge(twin::routes())
}

/// Returns the methods by which a path can be asked; none where there is no such path.
fn methods_of(path: &str) -> Vec<Method> {
    let asked: Vec<&str> = path
        .strip_prefix(BASE)
        .unwrap_or_default()
        .split('/')
        .collect();
    let fits = |route: &&Route| {
        let named: Vec<&str> = route.path.split('/').collect();
        let mut pairs = named.iter().zip(&asked);
        named.len() == asked.len()
            && pairs.all(|(name, part)| name.starts_with('{') || name == part)
    };
    let mut methods = Vec::new();
    for route in ROUTES.iter().filter(fits) {
        methods.push(route.method.clone());
        if route.method == Method::GET {
            methods.push(Method::HEAD);
        }
    }
    methods
}

/// Turns what failed outside the functions of this interface into a problem: no session, no such
/// path, a body that is too long, a panic.
pub(super) async fn as_problem(
    State(shared): State<Arc<Shared>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let is_asked = path.split('/').nth(1) == Some("api")
        || asks_json(path)
        || wants_json(request.headers());
    if !is_asked {
        return next.run(request).await;
    }
    let lang = Page::of(&shared, request.headers(), request.uri()).lang;
    let methods = methods_of(path);
    let response = next.run(request).await;
    let status = response.status();
    let is_failed = status.is_client_error() || status.is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !is_failed || kind.is_some_and(|kind| kind == MEDIA_TYPE) {
        return response;
    }
    let problem = Problem::new(Code::of_status(status)).response(lang);
    let (mut head, _) = response.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    let (own, body) = problem.into_parts();
    head.headers.extend(own.headers);
    if status == StatusCode::METHOD_NOT_ALLOWED && !methods.is_empty() {
        let methods: Vec<&str> = methods.iter().map(Method::as_str).collect();
        if let Ok(methods) = HeaderValue::from_str(&methods.join(", ")) {
            head.headers.insert(header::ALLOW, methods);
        }
    }
    Response::from_parts(head, body)
}
