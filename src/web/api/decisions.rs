//! Decisions: how a pair of document and question stands, and a decision on it by somebody who saw
//! that. What was decided meanwhile is answered, and never written over.

use super::code::Code;
use super::problem::{Problem, answer};
use super::query::no_query;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::decide;
use crate::app::evidence::decide::{Conditional, Done, Hand, LastDecision};
use crate::app::evidence::scope::question_named;
use crate::app::evidence::shape::decisions::{done_json, undone_json};
use crate::app::evidence::shape::{SCHEMA_VERSION, decision};
use crate::model::{Decision, Digest, QuestionId, Verdict};
use crate::web::asked::Asked;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A pair of document and question.
type Pair = (Digest, QuestionId);

/// What is decided.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    document: Digest,
    question: String,
    verdict: Verdict,
    #[serde(default)]
    note: String,
    /// Whether a pair that was not suggested is meant, too.
    #[serde(default)]
    unasked: bool,
}

/// What is remarked on an act that is taken back.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Remarked {
    note: String,
}

/// Returns the tag of a state: the number of the decision in the record.
fn tag(number: i64) -> String {
    format!("\"d{number}\"")
}

fn state_json((document, question): &Pair, last: Option<&Decision>) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "document": document,
        "question": question,
        "verdict": last.map(|last| last.verdict),
        "decision": last.map(decision),
    })
}

fn tagged(mut response: Response, number: i64) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&tag(number)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Returns a pair that is named, where there are such a document and such a question.
fn pair_named(
    workspace: &Workspace,
    document: &Digest,
    question: &str,
) -> Result<Result<Pair, Problem>, Error> {
    if workspace.catalog.document(document)?.is_none() {
        return Ok(Err(Problem::new(&Code::NOT_FOUND)));
    }
    let question = question_named(&workspace.framework, question);
    let question = question.map(|question| question.id.clone());
    let unknown = |error| Problem::from(error).coded(&Code::NOT_FOUND);
    Ok(question
        .map_err(unknown)
        .map(|question| (*document, question)))
}

/// Answers how a pair stands, with the tag to decide by.
pub(super) async fn pair(
    asked: Asked,
    Path((sha256, question)): Path<(String, String)>,
) -> Response {
    match standing(&asked, &sha256, question).await {
        Ok((pair, last)) => {
            let body = Ok(state_json(&pair, last.decision.as_ref()));
            tagged(answer(&asked, body), last.number)
        }
        Err(problem) => answer(&asked, Err(problem)),
    }
}

async fn standing(
    asked: &Asked,
    sha256: &str,
    question: String,
) -> Result<(Pair, LastDecision), Problem> {
    no_query(asked)?;
    let digest = sha256.parse::<Digest>();
    let digest = digest.map_err(|_| Problem::new(&Code::NOT_FOUND))?;
    let work = move |workspace: &mut Workspace| {
        Ok(match pair_named(workspace, &digest, &question)? {
            Ok(pair) => {
                let last = decide::last_decision(workspace, &pair.0, &pair.1)?;
                Ok((pair, last))
            }
            Err(problem) => Err(problem),
        })
    };
    asked.shared.with(work).await?
}

/// Records a decision on a pair whose state was seen.
pub(super) async fn decide(asked: Asked, body: Bytes) -> Response {
    match decided(&asked, &body).await {
        Ok((done, number)) => tagged(answer(&asked, Ok(done_json(&done))), number),
        Err(problem) => answer(&asked, Err(problem)),
    }
}

async fn decided(asked: &Asked, body: &[u8]) -> Result<(Done, i64), Problem> {
    no_query(asked)?;
    let wanted: Wanted = read(&asked.headers, body)?;
    let seen = seen(&asked.headers)?;
    let hand = Hand {
        author: asked.shared.author.clone(),
        note: wanted.note,
    };
    let (document, verdict) = (wanted.document, wanted.verdict);
    let work = move |workspace: &mut Workspace| {
        let pair = match pair_named(workspace, &document, &wanted.question)? {
            Ok(pair) => pair,
            Err(problem) => return Ok(Err(problem)),
        };
        let is_seen = |number| seen.contains(&number);
        let named = (&pair.0, &pair.1);
        let done = decide::decide_if_unmoved(
            workspace,
            named,
            wanted.unasked,
            verdict,
            &hand,
            is_seen,
        )?;
        Ok(match done {
            Conditional::Done(done) => {
                let now = decide::last_decision(workspace, &pair.0, &pair.1)?;
                Ok((done, now.number))
            }
            Conditional::Moved(now) => Err(moved(workspace, &pair, &seen, &now)?),
        })
    };
    asked.shared.with(work).await?
}

/// Returns the problem that a pair stands otherwise by now: with the state that was seen, where the
/// record has it, and the one that holds.
fn moved(
    workspace: &Workspace,
    pair: &Pair,
    seen: &[i64],
    now: &LastDecision,
) -> Result<Problem, Error> {
    let before = match seen {
        [number] if *number > 0 => decide::decision_numbered(workspace, *number)?,
        _ => None,
    };
    let is_of_pair = |one: &Decision| one.document == pair.0 && one.question == pair.1;
    let before = before.filter(is_of_pair);
    let is_known = before.is_some() || seen == [0];
    let seen = match is_known {
        true => state_json(pair, before.as_ref()),
        false => Value::Null,
    };
    let now_json = state_json(pair, now.decision.as_ref());
    Ok(Problem::new(&Code::DECIDED_MEANWHILE)
        .with("seen", seen)
        .with("now", now_json)
        .with("etag", json!(tag(now.number))))
}

/// Returns the numbers of the states that were seen.
fn seen(headers: &HeaderMap) -> Result<Vec<i64>, Problem> {
    let tags = headers.get_all(header::IF_MATCH).iter();
    let tags = tags.filter_map(|value| value.to_str().ok());
    let tags: Vec<&str> = tags
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .collect();
    // `*` would be any state, also one that nobody saw.
    if tags.is_empty() || tags.contains(&"*") {
        return Err(Problem::new(&Code::NO_PRECONDITION));
    }
    let number = |tag: &&str| {
        let number = tag.strip_prefix("\"d")?.strip_suffix('"')?;
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        number.parse().ok().filter(|_| is_number)
    };
    Ok(tags.iter().filter_map(number).collect())
}

/// Takes an act back.
pub(super) async fn undo(asked: Asked, Path(act): Path<String>, body: Bytes) -> Response {
    answer(&asked, undone(&asked, &act, &body).await)
}

async fn undone(asked: &Asked, act: &str, body: &[u8]) -> Result<Value, Problem> {
    no_query(asked)?;
    let is_named = asked.headers.contains_key(header::CONTENT_TYPE);
    let remarked = match body.is_empty() && !is_named {
        true => Remarked::default(),
        false => read(&asked.headers, body)?,
    };
    let act = act.parse::<i64>();
    let act = act.map_err(|_| Problem::new(&Code::NOT_FOUND))?;
    let hand = Hand {
        author: asked.shared.author.clone(),
        note: remarked.note,
    };
    let work = move |workspace: &mut Workspace| decide::undo(workspace, Some(act), &hand);
    Ok(undone_json(asked.shared.with(work).await?))
}

/// Reads a body that is JSON and says so: a form of another site cannot.
fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Problem> {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(&Code::NOT_JSON));
    }
    serde_json::from_slice(body).map_err(|why| {
        let id = format!("isi permintaan tidak sesuai skema: {why}");
        let en = format!("the body is not what the schema says: {why}");
        Problem::saying(&Code::BAD_BODY, id, en)
    })
}
