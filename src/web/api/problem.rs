//! What went wrong, as RFC 9457 has it: a stable code for programs, the text in both languages for
//! people; and whether somebody asks for JSON at all.

use super::code::{BASE, Code};
use crate::app::error::{Error, ErrorKind};
use crate::model::{Bilingual, Lang};
use crate::web::asked::Asked;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The media type of a problem.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";
/// The end of a path that asks for JSON.
const JSON_END: &str = ".json";

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

/// Returns a name without the end that asks for JSON.
pub(super) fn without_json(name: &str) -> &str {
    name.strip_suffix(JSON_END).unwrap_or(name)
}

/// Tells whether a path ends as that of JSON does.
pub(super) fn asks_json(path: &str) -> bool {
    path.strip_suffix(JSON_END).is_some()
}
