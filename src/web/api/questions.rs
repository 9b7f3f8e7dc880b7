//! The questions of the evaluation, as they stand today: a list with filters, and each by its id.

use super::archive::stood;
use super::code::Code;
use super::problem::{Problem, answer, without_json};
use super::query::{List, limit, query};
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::scope::{Scope, question_named, questions_in_scope};
use crate::model::{
    IndicatorReport, QuestionId, QuestionReport, QuestionState, Report, SectionReport,
};
use crate::web::asked::Asked;
use crate::web::state::judgements::Current;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Which questions.
#[derive(Deserialize, Debug, Clone, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    state: Option<String>,
    section: Option<String>,
    indicator: Option<String>,
    office: Option<String>,
    q: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

/// The filters of a list, once the names in them are known.
struct Filter {
    state: Option<QuestionState>,
    among: Option<BTreeSet<QuestionId>>,
    words: Vec<String>,
}

/// A question with what it stands below.
type Placed<'a> = (&'a SectionReport, &'a IndicatorReport, &'a QuestionReport);

pub(super) async fn list(asked: Asked) -> Response {
    answer(&asked, found(&asked).await)
}

async fn found(asked: &Asked) -> Result<Value, Problem> {
    let wanted: Wanted = query(asked)?;
    let filters = Wanted {
        cursor: None,
        limit: None,
        ..wanted.clone()
    };
    let list = List::new("questions", &filters);
    let from = list.place(wanted.cursor.as_deref())?.unwrap_or(0);
    let most = limit(wanted.limit)?;
    let state = wanted.state.as_deref().map(state_named).transpose()?;
    let work =
        move |workspace: &mut Workspace, _: &Current| filter(workspace, &wanted, state);
    let (current, filter) = asked.judged(work).await?;
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    let fitting = placed(&current.judged.report).filter(|placed| filter.fits(*placed));
    let mut rest = fitting.skip(from);
    let given: Vec<Value> = rest.by_ref().take(most).map(item).collect();
    let next = rest
        .next()
        .map(|_| list.cursor(from.saturating_add(given.len()) as u64));
    let mut members = stood(&current);
    members.insert("questions".to_owned(), json!(given));
    members.insert("next".to_owned(), json!(next));
    Ok(Value::Object(members))
}

fn state_named(name: &str) -> Result<QuestionState, Problem> {
    name.parse().map_err(|_| {
        Problem::saying(
            &Code::UNKNOWN_NAME,
            format!("tidak ada keadaan pertanyaan `{name}`"),
            format!("there is no state of a question `{name}`"),
        )
    })
}

fn filter(
    workspace: &Workspace,
    wanted: &Wanted,
    state: Option<QuestionState>,
) -> Result<Filter, Error> {
    let framework = &workspace.framework;
    let scope = Scope {
        indicator: wanted.indicator.clone(),
        question: None,
        office: wanted.office.clone(),
        section: wanted.section.clone(),
    };
    let words = wanted.q.as_deref().unwrap_or_default().to_lowercase();
    Ok(Filter {
        state,
        among: questions_in_scope(framework, &scope)?,
        words: words.split_whitespace().map(str::to_owned).collect(),
    })
}

impl Filter {
    fn fits(&self, (_, _, question): Placed<'_>) -> bool {
        let ask = &question.ask;
        let text = format!("{} {} {}", question.number, ask.id, ask.en).to_lowercase();
        self.state.is_none_or(|state| state == question.state)
            && self
                .among
                .as_ref()
                .is_none_or(|among| among.contains(&question.id))
            && self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

fn placed(report: &Report) -> impl Iterator<Item = Placed<'_>> {
    report.sections.iter().flat_map(|section| {
        section.indicators.iter().flat_map(move |indicator| {
            let questions = indicator.questions.iter();
            questions.map(move |question| (section, indicator, question))
        })
    })
}

fn item((section, indicator, question): Placed<'_>) -> Value {
    json!({ "section": section.code, "indicator": indicator.id, "question": question })
}

/// Answers with one question, by its id or by its number as reports print it.
pub(super) async fn single(asked: Asked, Path(id): Path<String>) -> Response {
    let id = without_json(&id).to_owned();
    let work = move |workspace: &mut Workspace, _: &Current| {
        let question = question_named(&workspace.framework, &id);
        // That there is none by that name is an answer, not an error of the archive.
        Ok(question.map(|question| question.id.clone()))
    };
    let found = asked.judged(work).await.map_err(Problem::from);
    answer(&asked, found.and_then(|(current, id)| known(&current, id)))
}

fn known(current: &Current, id: Result<QuestionId, Error>) -> Result<Value, Problem> {
    let id = id.map_err(|unknown| Problem::from(unknown).coded(&Code::NOT_FOUND))?;
    let mut placed = placed(&current.judged.report);
    let placed = placed.find(|(_, _, question)| question.id == id);
    let mut members = stood(current);
    match item(placed.ok_or(Problem::new(&Code::NOT_FOUND))?) {
        Value::Object(item) => members.extend(item),
        _ => return Err(Problem::new(&Code::FAILED)),
    }
    Ok(Value::Object(members))
}
