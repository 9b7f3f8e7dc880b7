//! What a search found, as JSON: the shape of `search.schema.json`.

use super::{SCHEMA_VERSION, facts, links, notes};
use crate::app::evidence::search::{Found, Results};
use crate::model::Lang;
use serde_json::{Map, Value, json};

/// Returns the documents that were found for some words, best first.
pub fn results_json(results: &Results, words: &str, lang: Lang) -> Value {
    let hits: Vec<Value> = results.found.iter().map(|found| hit(found, lang)).collect();
    json!({
        "schema_version": SCHEMA_VERSION,
        "query": words,
        "total": results.total,
        "respelled": results.respelled,
        "index": { "mended": results.mended, "missing": results.missing },
        "hits": hits,
    })
}

fn hit(found: &Found, lang: Lang) -> Value {
    let content = &found.document.content;
    let paths: Vec<&str> = found
        .document
        .paths
        .iter()
        .map(|(path, _)| path.as_str())
        .collect();
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.into(), value);
    put("sha256", json!(content.digest));
    put("score", json!(found.score));
    put("paths", json!(paths));
    put("state", json!(content.state));
    put("media_type", json!(content.media_type));
    put("pages", json!(content.page_count));
    put("waiting", json!(content.waiting.len()));
    put("snippet", json!(found.snippet()));
    facts(&mut object, &content.facts);
    object.insert("links".into(), links(&found.links));
    object.insert("notes".into(), notes(&content.notes, lang));
    Value::Object(object)
}
