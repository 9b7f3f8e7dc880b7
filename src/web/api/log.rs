//! The event log, the newest records first; none is read that is not given.

use super::code::Code;
use super::problem::{Problem, answer};
use super::query::{List, limit, query};
use crate::app::archive::log;
use crate::app::archive::workspace::Workspace;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::fixity::log::to_json;
use crate::model::Digest;
use crate::web::asked::Asked;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

/// Which records.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    document: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

pub(super) async fn list(asked: Asked) -> Response {
    answer(&asked, found(&asked).await)
}

async fn found(asked: &Asked) -> Result<Value, Problem> {
    let wanted: Wanted = query(asked)?;
    let list = List::new("log", &wanted.document);
    let before = list.place(wanted.cursor.as_deref())?;
    let most = limit(wanted.limit)?;
    let document = wanted.document.as_deref().map(str::parse::<Digest>);
    let document = document.transpose().map_err(|why| {
        let id = format!("dokumen disebut dengan SHA-256 lengkap: {why}");
        let en = format!("a document is named by its whole SHA-256: {why}");
        Problem::saying(&Code::BAD_QUERY, id, en)
    })?;
    let work = move |workspace: &mut Workspace| {
        log::records_before(workspace, document.as_ref(), before, most)
    };
    let records = asked.shared.with(work).await?;
    // A full part may be the last; then the next is empty, and no count of all is made.
    let last = records.last().map(|record| record.number);
    let next = last.filter(|last| records.len() == most && *last > 1);
    Ok(json!({
        "schema_version": SCHEMA_VERSION,
        "records": records.iter().map(to_json).collect::<Value>(),
        "next": next.map(|last| list.cursor(last)),
    }))
}
