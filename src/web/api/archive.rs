//! What the archive is and knows: its offices, its places, the days, what it holds and what happened
//! to that; and how everything stands, which other parts take from here.

use super::code::Code;
use super::problem::{Problem, answer};
use super::query::{List, limit, no_query, query};
use crate::app::archive::places::PlaceStanding;
use crate::app::archive::workspace::Workspace;
use crate::app::archive::{log, places, status};
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::judgement::calendar;
use crate::app::judgement::check::today;
use crate::fixity::log::to_json;
use crate::model::Digest;
use crate::web::asked::Asked;
use crate::web::state::judgements::Current;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

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

/// Returns the members of everything that tells how it stands: for which day, judged when, and
/// whether something changed since.
pub(super) fn stood(current: &Current) -> Map<String, Value> {
    let judged = &current.judged;
    let members = [
        ("schema_version", json!(SCHEMA_VERSION)),
        ("as_of", json!(judged.report.as_of)),
        ("judged", json!(judged.made)),
        ("behind", json!(current.is_behind)),
    ];
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Answers with what each office has to do, most points first.
pub(super) async fn offices(asked: Asked) -> Response {
    let found = match no_query(&asked) {
        Ok(()) => asked.judged(|_, _| Ok(())).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    let value = found.map(|(current, ())| {
        let mut members = stood(&current);
        let offices = &current.judged.report.offices;
        members.insert("offices".to_owned(), json!(offices));
        Value::Object(members)
    });
    answer(&asked, value)
}

/// Which districts and villages.
#[derive(Deserialize, Debug, Clone, Default)]
#[serde(default, deny_unknown_fields)]
struct Places {
    within: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

/// Answers with the districts and villages that are listed, and what each owes.
pub(super) async fn places(asked: Asked) -> Response {
    answer(&asked, placed(&asked).await)
}

async fn placed(asked: &Asked) -> Result<Value, Problem> {
    let wanted: Places = query(asked)?;
    let list = List::new("places", &wanted.within);
    let from = list.place(wanted.cursor.as_deref())?.unwrap_or(0);
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    let most = limit(wanted.limit)?;
    let work = |workspace: &mut Workspace, current: &Current| {
        let counts = places::counts(&workspace.catalog.places()?);
        let report = &current.judged.report;
        Ok((counts, places::standings(workspace, report)?))
    };
    let (current, (counts, standings)) = asked.judged(work).await?;
    let within = wanted.within.as_ref();
    let is_asked = |one: &&PlaceStanding| {
        within.is_none_or(|within| one.place.within.as_ref() == Some(within))
    };
    let mut rest = standings.iter().filter(is_asked).skip(from);
    let given: Vec<Value> = rest.by_ref().take(most).map(standing_json).collect();
    let end = from.saturating_add(given.len()) as u64;
    let next = rest.next().map(|_| list.cursor(end));
    let mut members = stood(&current);
    members.insert("places".to_owned(), places::counts_json(&counts));
    members.insert("standings".to_owned(), Value::Array(given));
    members.insert("next".to_owned(), json!(next));
    Ok(Value::Object(members))
}

fn standing_json(standing: &PlaceStanding) -> Value {
    let place = &standing.place;
    json!({
        "level": place.level,
        "name": place.name,
        "within": place.within,
        "asked": standing.asked,
        "owes": standing.owes,
    })
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

/// Which records.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Records {
    document: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

/// Answers with the event log, the newest records first; none is read that is not given.
pub(super) async fn log(asked: Asked) -> Response {
    answer(&asked, records(&asked).await)
}

async fn records(asked: &Asked) -> Result<Value, Problem> {
    let wanted: Records = query(asked)?;
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
