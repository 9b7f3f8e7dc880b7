//! The whole report in the formats of `bukti check --format`.

use super::problem::{Problem, answer};
use super::query::no_query;
use crate::app::archive::workspace::Workspace;
use crate::app::judgement::render::{Form, render};
use crate::web::asked::Asked;
use crate::web::state::judgements::Current;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};

/// A format: which, its media type, the end of a file's name.
type Format = (Form, &'static str, &'static str);

const JSON: Format = (Form::Json, "application/json", "json");
const HTML: Format = (Form::Html, "text/html; charset=utf-8", "html");
const CSV: Format = (Form::Csv, "text/csv; charset=utf-8", "csv");
const XLSX: Format = (
    Form::Xlsx,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
);
const SARIF: Format = (Form::Sarif, "application/sarif+json", "sarif");

pub(super) async fn json(asked: Asked) -> Response {
    written(asked, JSON).await
}

pub(super) async fn html(asked: Asked) -> Response {
    written(asked, HTML).await
}

pub(super) async fn csv(asked: Asked) -> Response {
    written(asked, CSV).await
}

pub(super) async fn xlsx(asked: Asked) -> Response {
    written(asked, XLSX).await
}

pub(super) async fn sarif(asked: Asked) -> Response {
    written(asked, SARIF).await
}

/// When what a report tells was judged, and whether something changed since; the formats have no
/// place for that.
const JUDGED: HeaderName = HeaderName::from_static("bukti-judged");
const BEHIND: HeaderName = HeaderName::from_static("bukti-behind");

async fn written(asked: Asked, (form, kind, end): Format) -> Response {
    match bytes(&asked, form).await {
        Ok((current, bytes)) => {
            // A file to keep: its own style would be refused on a page of ours.
            let year = current.judged.report.year;
            let name = format!("attachment; filename=\"bukti-{year}.{end}\"");
            let headers = [
                (header::CONTENT_TYPE, kind.to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (JUDGED, current.judged.made.clone()),
                (BEHIND, current.is_behind.to_string()),
            ];
            (headers, bytes).into_response()
        }
        Err(problem) => answer(&asked, Err(problem)),
    }
}

async fn bytes(asked: &Asked, form: Form) -> Result<(Current, Vec<u8>), Problem> {
    no_query(asked)?;
    let lang = asked.page().lang;
    let work = move |_: &mut Workspace, current: &Current| {
        render(&current.judged.report, form, lang)
    };
    Ok(asked.judged(work).await?)
}
