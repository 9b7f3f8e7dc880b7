//! Documents: searched, one by its digest, and the words of a page with their boxes. The quotes and
//! words of pages with personal data are left out, as their pictures are.

use super::archive::stood;
use super::code::Code;
use super::problem::{Problem, answer, without_json};
use super::query::{List, limit, query};
use crate::app::archive::workspace::Workspace;
use crate::app::evidence::duplicates;
use crate::app::evidence::duplicates::{Duplicate, DuplicateKind, Side};
use crate::app::evidence::scope::Scope;
use crate::app::evidence::search::{Options, Results, search, state_named};
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::evidence::shape::search::results_json;
use crate::app::evidence::shape::show::shown_json;
use crate::app::evidence::show;
use crate::app::judgement::check::today;
use crate::model::{Digest, DocumentFacts, Lang, Line, Page as Sheet, Similarity, Word};
use crate::web::asked::Asked;
use crate::web::state::judgements::Current;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is looked for; each part as `bukti search` takes it.
#[derive(Deserialize, Debug, Clone, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    q: Option<String>,
    question: Option<String>,
    indicator: Option<String>,
    office: Option<String>,
    kind: Option<String>,
    year: Option<i16>,
    issuer: Option<String>,
    state: Option<String>,
    confident: Option<bool>,
    unlinked: Option<bool>,
    cursor: Option<String>,
    limit: Option<usize>,
}

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
    let list = List::new("documents", &filters);
    let from = list.place(wanted.cursor.as_deref())?.unwrap_or(0);
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    let most = limit(wanted.limit)?;
    let options = wanted.options(from, most)?;
    let words = options.text.clone();
    let work = move |workspace: &mut Workspace| search(workspace, &options);
    let results = asked.shared.with(work).await?;
    let mut value = results_json(&results, &words, asked.page().lang);
    mask(&mut value, &results);
    let end = from.saturating_add(most);
    let next = (end < results.total).then(|| list.cursor(end as u64));
    if let Some(object) = value.as_object_mut() {
        object.insert("next".to_owned(), json!(next));
    }
    Ok(value)
}

impl Wanted {
    fn options(&self, skip: usize, limit: usize) -> Result<Options, Problem> {
        let (state, of_question) = match &self.state {
            Some(name) => state_named(name)?,
            None => (None, None),
        };
        let today = today()?;
        Ok(Options {
            text: self.q.clone().unwrap_or_default(),
            scope: Scope {
                indicator: self.indicator.clone(),
                question: self.question.clone(),
                office: self.office.clone(),
                section: None,
            },
            kind: self.kind.clone(),
            year: self.year,
            issuer: self.issuer.clone(),
            state,
            question_state: of_question.map(|state| (state, today)),
            confident: self.confident.unwrap_or_default(),
            unlinked: self.unlinked.unwrap_or_default(),
            skip,
            limit,
            redacts: true,
        })
    }
}

/// Leaves out the words of pages with personal data.
fn mask(value: &mut Value, results: &Results) {
    let hits = value.get_mut("hits").and_then(Value::as_array_mut);
    for (hit, found) in hits.into_iter().flatten().zip(&results.found) {
        let personal = personal_pages(&found.document.content.facts);
        let snippet = found.snippet().map(|snippet| snippet.page);
        if snippet.is_some_and(|page| personal.contains(&page))
            && let Some(hit) = hit.as_object_mut()
        {
            hit.insert("snippet".to_owned(), Value::Null);
        }
        drop_from(hit, &personal);
    }
}

fn personal_pages(facts: &DocumentFacts) -> BTreeSet<u32> {
    facts.personal.iter().map(|mark| mark.page).collect()
}

/// Drops the quotes of pages with personal data, wherever they stand in a shape.
pub(super) fn drop_quotes(value: &mut Value, facts: &DocumentFacts) {
    drop_from(value, &personal_pages(facts));
}

fn drop_from(value: &mut Value, pages: &BTreeSet<u32>) {
    if pages.is_empty() {
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| drop_from(item, pages)),
        Value::Object(object) => {
            let page = object.get("page").and_then(Value::as_u64);
            let page = page.and_then(|page| u32::try_from(page).ok());
            if page.is_some_and(|page| pages.contains(&page)) {
                // A cue has a quote or none; a fact says that it has none.
                match object.contains_key("term") {
                    true => object.shift_remove("quote"),
                    false => object.get_mut("quote").map(Value::take),
                };
            }
            let inner = object.values_mut();
            inner.for_each(|item| drop_from(item, pages));
        }
        _ => {}
    }
}

/// Which duplicates.
#[derive(Deserialize, Debug, Clone, Default)]
#[serde(default, deny_unknown_fields)]
struct Twice {
    kind: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

/// The kinds of duplicates, by name.
const KINDS: [(&str, DuplicateKind); 3] = [
    ("photos", DuplicateKind::Photos),
    ("texts", DuplicateKind::Texts),
    ("files", DuplicateKind::Files),
];

/// Answers with what is in the archive twice, photos that serve most questions first.
pub(super) async fn duplicates(asked: Asked) -> Response {
    answer(&asked, twice(&asked).await)
}

async fn twice(asked: &Asked) -> Result<Value, Problem> {
    let wanted: Twice = query(asked)?;
    let name = wanted.kind.as_deref().unwrap_or("photos");
    let kind = KINDS.iter().find(|(own, _)| *own == name);
    let (_, kind) = kind.ok_or(Problem::new(&Code::UNKNOWN_NAME))?;
    let list = List::new("duplicates", &name);
    let from = list.place(wanted.cursor.as_deref())?.unwrap_or(0);
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    let most = limit(wanted.limit)?;
    let work = move |workspace: &mut Workspace, current: &Current| {
        let order = current.judged.duplicates.of_kind(workspace, *kind)?;
        duplicates::portion(workspace, order, from, most)
    };
    let (current, found) = asked.judged(work).await?;
    let end = from.saturating_add(most);
    let next = (end < found.total).then(|| list.cursor(end as u64));
    let mut members = stood(&current);
    members.insert("kind".to_owned(), json!(name));
    let pairs = found.duplicates.iter().map(duplicate_json);
    members.insert("duplicates".to_owned(), pairs.collect());
    members.insert("next".to_owned(), json!(next));
    Ok(Value::Object(members))
}

fn duplicate_json(duplicate: &Duplicate) -> Value {
    let side = |side: &Side| {
        let paths = side.document.paths.iter();
        json!({
            "sha256": side.document.content.digest,
            "paths": paths.map(|(path, _)| path).collect::<Vec<_>>(),
            "page": side.page,
            "proves": side.proves,
        })
    };
    let second = duplicate.second.as_ref();
    let what = second.map_or("bytes", |(_, how)| match how {
        Similarity::Text(_) => "text",
        Similarity::Photo { .. } => "photo",
    });
    json!({
        "what": what,
        "first": side(&duplicate.first),
        "second": second.map(|(second, _)| side(second)),
    })
}

/// Answers with one document, by its digest.
pub(super) async fn single(asked: Asked, Path(sha256): Path<String>) -> Response {
    let lang = asked.page().lang;
    let found = match without_json(&sha256).parse::<Digest>() {
        Ok(digest) => {
            let find = move |workspace: &mut Workspace| {
                show::show(workspace, &digest.to_string())
            };
            let shown = asked.shared.with(find).await;
            shown
                .map_err(Problem::from)
                .map(|shown| document(&shown, lang))
        }
        Err(_) => Err(Problem::new(&Code::NOT_FOUND)),
    };
    answer(&asked, found)
}

fn document(shown: &show::Shown, lang: Lang) -> Value {
    let mut value = shown_json(shown, false, lang);
    drop_quotes(&mut value, &shown.document.content.facts);
    value
}

/// Answers with the words of a page and their boxes, in reading order.
pub(super) async fn words(
    asked: Asked,
    Path((sha256, number)): Path<(String, String)>,
) -> Response {
    answer(&asked, page(&asked, &sha256, &number).await)
}

async fn page(asked: &Asked, sha256: &str, number: &str) -> Result<Value, Problem> {
    let (Ok(digest), Ok(number)) = (sha256.parse::<Digest>(), number.parse::<u32>())
    else {
        return Err(Problem::new(&Code::NOT_FOUND));
    };
    let find = move |workspace: &mut Workspace| {
        let document = workspace.catalog.document(&digest)?;
        Ok((document, workspace.catalog.page(&digest, number)?))
    };
    let (Some(document), Some(sheet)) = asked.shared.with(find).await? else {
        return Err(Problem::new(&Code::NOT_FOUND));
    };
    match personal_pages(&document.content.facts).contains(&number) {
        true => Err(Problem::new(&Code::PERSONAL_DATA)),
        false => Ok(sheet_json(&digest, &sheet)),
    }
}

fn sheet_json(digest: &Digest, sheet: &Sheet) -> Value {
    let lines = |lines: &[Line]| -> Value { lines.iter().map(line_json).collect() };
    json!({
        "schema_version": SCHEMA_VERSION,
        "sha256": digest,
        "page": sheet.number,
        "size": sheet.size.map(|(width, height)| json!([width, height])),
        "text_origin": sheet.origin,
        "lines": lines(&sheet.lines),
        "beside": lines(&sheet.beside),
    })
}

fn line_json(line: &Line) -> Value {
    let word = |word: &Word| json!({ "text": word.text, "box": word.rect, "confidence": word.confidence });
    json!({
        "box": line.rect(),
        "words": line.words.iter().map(word).collect::<Value>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_a_page_with_personal_data_go_and_the_others_stay() {
        let quoted = |page: u32| json!({ "page": page, "quote": "Anak N, NIK 3402" });
        let mut value = json!({
            "title": quoted(1),
            "links": [{ "cue": { "term": "anak", "page": 2, "quote": "Anak N" } }],
            "dates": [quoted(2), quoted(3)],
            "quote": "no page",
        });
        let before = value.clone();
        drop_from(&mut value, &BTreeSet::new());
        assert_eq!(value, before);
        drop_from(&mut value, &BTreeSet::from([2]));
        let expected = json!({
            "title": quoted(1),
            "links": [{ "cue": { "term": "anak", "page": 2 } }],
            "dates": [{ "page": 2, "quote": null }, quoted(3)],
            "quote": "no page",
        });
        assert_eq!(value, expected);
    }
}
