//! Decisions: how a pair of document and question stands, and a decision on it by somebody who saw
//! that. What was decided meanwhile is answered, and never written over.

use super::archive::stood;
use super::code::Code;
use super::documents::drop_quotes;
use super::problem::{Problem, answer};
use super::query::{List, body, limit, no_query, query};
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::decide;
use crate::app::evidence::decide::at_stake::{self, AtStake};
use crate::app::evidence::decide::{Conditional, Done, Hand, LastDecision};
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::evidence::scope::question_named;
use crate::app::evidence::shape::decisions::{done_json, undone_json, waiting_json};
use crate::app::evidence::shape::{SCHEMA_VERSION, decision};
use crate::model::{Decision, Digest, QuestionId, Verdict};
use crate::web::asked::Asked;
use crate::web::state::judgements::Current;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

/// A pair of document and question.
type Pair = (Digest, QuestionId);

/// Which suggestions.
#[derive(Deserialize, Debug, Clone, Default)]
#[serde(default, deny_unknown_fields)]
struct Asking {
    question: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

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

/// A place in the order of what waits: the bits of the points at stake, question, document. Others
/// are decided meanwhile, which moves no place.
type Place = (u64, u16, Digest);

fn place_of(item: &AtStake) -> Place {
    // Bits of positive numbers are in the order of the numbers.
    (item.points.to_bits(), item.question, item.document)
}

fn digits((points, question, document): &Place) -> String {
    format!("{points:016x}{question:04x}{document}")
}

fn place_from(digits: &str) -> Option<Place> {
    let (points, rest) = digits.split_at_checked(16)?;
    let (question, document) = rest.split_at_checked(4)?;
    Some((
        u64::from_str_radix(points, 16).ok()?,
        u16::from_str_radix(question, 16).ok()?,
        document.parse().ok()?,
    ))
}

/// Tells whether a suggestion comes behind a place: fewer points, or as many and a later question.
fn is_behind(item: &AtStake, (points, question, document): &Place) -> bool {
    let (own, at, of) = place_of(item);
    let by_points = points.cmp(&own);
    let by_question = at.cmp(question);
    by_points.then(by_question).then(of.cmp(document)).is_gt()
}

/// Answers with the suggestions that wait for a decision, most points at stake first.
pub(super) async fn list(asked: Asked) -> Response {
    answer(&asked, waiting(&asked).await)
}

async fn waiting(asked: &Asked) -> Result<Value, Problem> {
    let wanted: Asking = query(asked)?;
    let list = List::new("decisions", &wanted.question);
    let after = list.place_by(wanted.cursor.as_deref(), place_from)?;
    let most = limit(wanted.limit)?;
    let work = move |workspace: &mut Workspace, current: &Current| {
        let all = &current.judged.at_stake;
        part(workspace, all, wanted.question.as_deref(), after, most)
    };
    let (current, (items, last)) = asked.judged(work).await?;
    let mut members = stood(&current);
    members.insert("waiting".to_owned(), Value::Array(items));
    let next = last.map(|last| list.cursor_of(&digits(&last)));
    members.insert("next".to_owned(), json!(next));
    Ok(Value::Object(members))
}

/// Returns some of what waits, and the place of the last one where there may be more.
fn part(
    workspace: &Workspace,
    all: &[AtStake],
    question: Option<&str>,
    after: Option<Place>,
    most: usize,
) -> Result<(Vec<Value>, Option<Place>), Error> {
    let named = question.map(|name| question_named(&workspace.framework, name));
    let named = named.transpose()?.map(|question| &question.id);
    let questions = workspace.framework.questions();
    let is_asked = |item: &&AtStake| {
        let own = questions.get(usize::from(item.question));
        named.is_none_or(|id| own.is_some_and(|own| own.id == *id))
    };
    let effective = EffectiveLinks::load(workspace)?;
    let rest = all.iter().filter(is_asked);
    let rest = rest.filter(|item| after.is_none_or(|after| is_behind(item, &after)));
    let mut items = Vec::new();
    for item in rest {
        // What was decided since everything was judged is passed by.
        let found = at_stake::waiting(workspace, &effective, item)?;
        let Some((found, shown)) = found else {
            continue;
        };
        let mut value = waiting_json(&found);
        drop_quotes(&mut value, &shown.document.content.facts);
        items.push(value);
        if items.len() == most {
            return Ok((items, Some(place_of(item))));
        }
    }
    Ok((items, None))
}

/// Answers how a pair stands, with the tag to decide by.
pub(super) async fn pair(
    asked: Asked,
    Path((sha256, question)): Path<(String, String)>,
) -> Response {
    match standing(&asked, &sha256, question).await {
        Ok((pair, last)) => {
            let state = state_json(&pair, last.decision.as_ref());
            tagged(answer(&asked, Ok(state)), last.number)
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
pub(super) async fn decide(asked: Asked, bytes: Bytes) -> Response {
    match decided(&asked, &bytes).await {
        Ok((done, number)) => tagged(answer(&asked, Ok(done_json(&done))), number),
        Err(problem) => answer(&asked, Err(problem)),
    }
}

async fn decided(asked: &Asked, bytes: &[u8]) -> Result<(Done, i64), Problem> {
    no_query(asked)?;
    let wanted: Wanted = body(asked, bytes)?;
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

async fn undone(asked: &Asked, act: &str, bytes: &[u8]) -> Result<Value, Problem> {
    no_query(asked)?;
    let is_named = asked.headers.contains_key(header::CONTENT_TYPE);
    let remarked = match bytes.is_empty() && !is_named {
        true => Remarked::default(),
        false => body(asked, bytes)?,
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
