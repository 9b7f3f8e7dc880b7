//! What stands before every page: only our own address is answered, only our own pages write, and
//! every answer tells the browser what it may not do.

use super::state::shared::Shared;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// Most bytes of what a form sends: a remark, some names of questions.
const MAX_BODY: usize = 64 << 10;
/// Longest time for one answer: judging 100,000 documents takes two seconds.
const LONGEST: Duration = Duration::from_mins(1);

/// The policy of every page (Content Security Policy 3): our own style, pictures and programs, no
/// others, no frames, and no text that becomes a program.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; \
                      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
                      base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Headers of every answer.
const HEADERS: [(header::HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        header::HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Puts the guard around a router.
pub(super) fn around(
    router: Router<Arc<Shared>>,
    shared: &Arc<Shared>,
) -> Router<Arc<Shared>> {
    router
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST,
        ))
        .layer(CatchPanicLayer::custom(|_| {
            // Neither the text of the panic nor a path leaves the process.
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(from_fn_with_state(Arc::clone(shared), check))
}

async fn check(
    State(shared): State<Arc<Shared>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let refused = refusal(&shared, &request);
    let mut response = match refused {
        Some(status) => {
            (status, status.canonical_reason().unwrap_or_default()).into_response()
        }
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // A page is of its moment and of its reader; what may be kept says so itself.
    let kept = header::CACHE_CONTROL;
    headers
        .entry(kept)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Returns why a request is refused, before anything looks at it.
fn refusal(shared: &Shared, request: &Request<Body>) -> Option<StatusCode> {
    let headers = request.headers();
    let mut hosts = headers.get_all(header::HOST).iter();
    let (host, further) = (hosts.next()?.to_str().ok(), hosts.next());
    let named = request.uri().authority().map(Authority::as_str);
    let is_ours = |host: &str| {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        names
            .iter()
            .any(|name| host == format!("{name}:{}", shared.port))
    };
    // A name that leads here and is not ours is a page of somebody else (DNS rebinding).
    let is_right =
        further.is_none() && host.is_some_and(is_ours) && named.is_none_or(is_ours);
    if !is_right {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let writes = [Method::POST, Method::DELETE].contains(request.method());
    match (reads, writes) {
        (true, _) => None,
        (_, true) if comes_from(headers, host.unwrap_or_default()) => None,
        (_, true) => Some(StatusCode::FORBIDDEN),
        _ => Some(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// Tells whether a browser says that one of our own pages sends this.
fn comes_from(headers: &HeaderMap, host: &str) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let (origin, further) = (origins.next(), origins.next());
    let origin = origin.and_then(|value| value.to_str().ok());
    further.is_none() && origin == Some(format!("http://{host}").as_str())
}
