//! The files that pages refer to, embedded. A name carries the digest of its content, so that a
//! browser may keep it for ever and never shows a new page in an old style.

use crate::fixity;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::sync::LazyLock;

const STYLE: &str = include_str!("assets/style.css");
const KEYS: &str = include_str!("assets/keys.js");
const LIGHTS: &str = include_str!("assets/lights.js");
const PART: &str = include_str!("assets/part.js");
const COPY: &str = include_str!("assets/copy.js");

/// The path of the style sheet.
pub(super) static STYLE_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/{}.css", fixity::hash(STYLE.as_bytes()).short()));
/// The path of the program for keys.
pub(super) static KEYS_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/{}.js", fixity::hash(KEYS.as_bytes()).short()));
/// The path of the program that copies labels.
pub(super) static COPY_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/{}.js", fixity::hash(COPY.as_bytes()).short()));

/// The path of the program that swaps what changed.
pub(super) static PART_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/{}.js", fixity::hash(PART.as_bytes()).short()));
/// The path of the program that lights boxes.
pub(super) static LIGHTS_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/{}.js", fixity::hash(LIGHTS.as_bytes()).short()));

/// Returns the routes to them, whatever the others share.
pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let file = |kind: &'static str, text: &'static str| {
        get(move || async move {
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, text).into_response()
        })
    };
    Router::new()
        .route(&STYLE_PATH, file("text/css; charset=utf-8", STYLE))
        // Browsers ask for it unasked.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route(&COPY_PATH, file("text/javascript; charset=utf-8", COPY))
        .route(&KEYS_PATH, file("text/javascript; charset=utf-8", KEYS))
        .route(&PART_PATH, file("text/javascript; charset=utf-8", PART))
        .route(&LIGHTS_PATH, file("text/javascript; charset=utf-8", LIGHTS))
}
