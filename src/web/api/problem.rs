//! What went wrong, as RFC 9457 has it: a stable code for programs, the text in both languages for
//! people. Also what failed before a function of this interface was asked.

use super::code::Code;
use super::{BASE, methods_of};
use crate::app::error::{Error, ErrorKind};
use crate::model::{Bilingual, Lang};
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::shared::Shared;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Arc;

/// The media type of a problem.
const MEDIA_TYPE: &str = "application/problem+json";
/// The end of a path that asks for JSON.
pub(super) const JSON_END: &str = ".json";

/// A problem: its code, what happened in this case, and what to do.
#[derive(Debug)]
pub(super) struct Problem {
    code: &'static Code,
    text: Bilingual,
    hints: Vec<Bilingual>,
    more: Vec<(&'static str, Value)>,
}

impl Problem {
    pub(super) fn new(code: &'static Code) -> Self {
        let (id, en) = code.title;
        Self::saying(code, id, en)
    }

    pub(super) fn saying(
        code: &'static Code,
        id: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            text: Bilingual {
                id: id.into(),
                en: en.into(),
            },
            hints: Vec::new(),
            more: Vec::new(),
        }
    }

    /// Adds a member of its own kind.
    pub(super) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.more.push((name, value));
        self
    }

    /// Gives it another code, where the place of an error says more than its kind.
    pub(super) fn coded(self, code: &'static Code) -> Self {
        Self { code, ..self }
    }

    pub(super) fn response(&self, lang: Lang) -> Response {
        let (id, en) = self.code.title;
        let mut body = json!({
            "type": format!("{BASE}/problems/{}", self.code.name),
            "title": lang.pick(id, en),
            "status": self.code.status.as_u16(),
            "detail": self.text.get(lang),
            "code": self.code.name,
            "text": self.text,
            "hints": self.hints,
        });
        if let Some(body) = body.as_object_mut() {
            let more = self.more.iter();
            body.extend(more.map(|(name, value)| ((*name).to_owned(), value.clone())));
        }
        let kind = (header::CONTENT_TYPE, MEDIA_TYPE);
        (self.code.status, [kind], body.to_string()).into_response()
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = match error.kind {
            ErrorKind::NotFound => &Code::NOT_FOUND,
            ErrorKind::Usage => &Code::UNKNOWN_NAME,
            ErrorKind::ArchiveInUse => &Code::ARCHIVE_IN_USE,
            ErrorKind::Interrupted => &Code::TOO_SLOW,
            _ => &Code::FAILED,
        };
        Self {
            code,
            text: error.message,
            hints: error.hints,
            more: Vec::new(),
        }
    }
}

/// Returns JSON, or the problem that there is instead.
pub(super) fn answer(asked: &Asked, value: Result<Value, Problem>) -> Response {
    match value {
        Ok(value) => {
            let kind = (header::CONTENT_TYPE, "application/json");
            ([kind], value.to_string()).into_response()
        }
        Err(problem) => problem.response(asked.page().lang),
    }
}

/// Answers what a code means: where the `type` of a problem leads.
pub(super) async fn single(asked: Asked, Path(name): Path<String>) -> Response {
    let code = Code::ALL.iter().find(|code| code.name == name);
    let value = code.ok_or(Problem::new(&Code::NOT_FOUND));
    answer(&asked, value.map(Code::to_json))
}

/// Tells whether JSON is asked for rather than a page.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    let mut kinds = accepted.unwrap_or_default().split(',').map(str::trim);
    // The first that is named: browsers name HTML first, and name JSON nowhere.
    kinds.next().is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/json")
    })
}

/// Tells whether a path ends as that of JSON does.
pub(super) fn asks_json(path: &str) -> bool {
    path.strip_suffix(JSON_END).is_some()
}

/// Turns what failed outside the functions of this interface into a problem: no session, no such
/// path, a body that is too long, a panic.
pub(in crate::web) async fn as_problem(
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
