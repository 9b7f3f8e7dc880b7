//! What the archive is and knows: its offices, its places, the days, what it holds.

use super::problem::{Problem, answer};
use super::query::no_query;
use crate::app::archive::places::counts;
use crate::app::archive::workspace::Workspace;
use crate::app::archive::{places, status};
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::judgement::calendar;
use crate::app::judgement::check::today;
use crate::web::asked::{Asked, report};
use axum::response::Response;
use serde_json::{Value, json};

/// Answers with what `find` finds, where nothing is filtered by.
async fn answer_with(
    asked: Asked,
    find: impl FnOnce(&mut Workspace) -> Result<Value, Error> + Send + 'static,
) -> Response {
    let value = match no_query(&asked) {
        Ok(()) => asked.shared.with(find).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    answer(&asked, value)
}

/// Answers with what each office has to do, most points first.
pub(super) async fn offices(asked: Asked) -> Response {
    let find = |workspace: &mut Workspace| {
        let report = report(workspace)?;
        Ok(json!({
            "schema_version": SCHEMA_VERSION,
            "as_of": report.as_of,
            "offices": report.offices,
        }))
    };
    answer_with(asked, find).await
}

/// Answers how many districts and villages are listed.
pub(super) async fn places(asked: Asked) -> Response {
    let find = |workspace: &mut Workspace| {
        Ok(places::to_json(&counts(&workspace.catalog.places()?)))
    };
    answer_with(asked, find).await
}

/// Answers with the stages of the evaluation and the days left.
pub(super) async fn calendar(asked: Asked) -> Response {
    let find = |workspace: &mut Workspace| {
        let today = today()?;
        let entries = calendar::calendar(workspace, today)?;
        Ok(calendar::json(&entries, workspace.purpose.year, today))
    };
    answer_with(asked, find).await
}

/// Answers with what the archive holds and what needs a person.
pub(super) async fn status(asked: Asked) -> Response {
    let lang = asked.page().lang;
    let find = move |workspace: &mut Workspace| {
        let status = status::status(workspace)?;
        Ok(status.to_json(&workspace.root, lang))
    };
    answer_with(asked, find).await
}
