//! Runs that read files: how the one that goes on, or went on last, stands; one begun; one stopped.

use super::code::{BASE, Code};
use super::problem::{Problem, answer};
use super::query::{body, no_query};
use crate::app::archive::workspace::Workspace;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::io::files::path;
use crate::web::asked::Asked;
use crate::web::state::runs::Run;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

/// What is to be read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    folders: Vec<String>,
    /// Whether what failed before is tried again.
    #[serde(default)]
    retry_failed: bool,
}

/// Answers how the last run stands.
pub(super) async fn last(asked: Asked) -> Response {
    answer(&asked, told(&asked).await)
}

async fn told(asked: &Asked) -> Result<Value, Problem> {
    no_query(asked)?;
    let run = asked.shared.runs.last();
    let goes_on = run.as_ref().is_some_and(|run| run.goes_on());
    let find = move |workspace: &mut Workspace| Ok(!goes_on && workspace.is_in_use());
    let is_elsewhere = asked.shared.with(find).await?;
    Ok(json!({
        "schema_version": SCHEMA_VERSION,
        "run": run.as_deref().map(run_json),
        "elsewhere": is_elsewhere,
    }))
}

fn run_json(run: &Run) -> Value {
    let counted = run.counted();
    let (state, error, waiting) = match &counted.ended {
        None if run.is_stopping() => ("stopping", None, None),
        None => ("reading", None, None),
        Some((Ok(outcome), _)) => ("done", None, Some(outcome.waiting)),
        Some((Err(error), _)) => ("failed", Some(&error.message), None),
    };
    let folders = run.folders.iter();
    json!({
        "state": state,
        "folders": folders.map(|folder| path::to_text(folder)).collect::<Value>(),
        "begun": run.begun,
        "seconds": run.took().as_secs(),
        "files": counted.done(),
        "met": counted.met.max(counted.done()),
        "all_met": counted.all_met,
        "states": counted.sums,
        "pages": counted.pages,
        "waiting": waiting,
        "error": error,
    })
}

/// Begins a run.
pub(super) async fn begin(asked: Asked, bytes: Bytes) -> Response {
    accepted(&asked, begun(&asked, &bytes).await)
}

async fn begun(asked: &Asked, bytes: &[u8]) -> Result<Value, Problem> {
    no_query(asked)?;
    let wanted: Wanted = body(asked, bytes)?;
    let folders = wanted.folders.iter().map(|folder| folder.trim());
    let folders: Vec<&str> = folders.filter(|folder| !folder.is_empty()).collect();
    if folders.is_empty() || folders.len() < wanted.folders.len() {
        return Err(Problem::saying(
            &Code::BAD_BODY,
            "sebut sedikitnya satu folder, dan tidak ada yang kosong",
            "name at least one folder, and none that is empty",
        ));
    }
    let folders: Vec<PathBuf> = folders.into_iter().map(path::from_text).collect();
    let shared = Arc::clone(&asked.shared);
    let start = move || shared.runs.start(folders, wanted.retry_failed);
    let started = tokio::task::spawn_blocking(start).await;
    started.map_err(|_| Problem::new(&Code::FAILED))??;
    told(asked).await
}

/// Stops the run that goes on; what was read by then is kept.
pub(super) async fn stop(asked: Asked) -> Response {
    accepted(&asked, stopped(&asked).await)
}

async fn stopped(asked: &Asked) -> Result<Value, Problem> {
    no_query(asked)?;
    let run = asked.shared.runs.last().filter(|run| run.goes_on());
    let run = run.ok_or(Problem::new(&Code::NOT_FOUND))?;
    run.stop();
    told(asked).await
}

/// Answers that something is being done, and where to see how far it is.
fn accepted(asked: &Asked, value: Result<Value, Problem>) -> Response {
    let is_well = value.is_ok();
    let answer = answer(asked, value);
    match is_well {
        true => {
            let place = [(header::LOCATION, format!("{BASE}/runs"))];
            (StatusCode::ACCEPTED, place, answer).into_response()
        }
        false => answer,
    }
}
