//! Everything about one document, as JSON: the shape of `show.schema.json`.

use super::{SCHEMA_VERSION, decision, facts, links, notes, origins};
use crate::app::evidence::show::Shown;
use crate::model::{Lang, NearDuplicate, Page, Similarity};
use serde_json::{Map, Value, json};

/// Returns a document with what was recognised in it, and with its text where that is wanted.
pub fn shown_json(shown: &Shown, with_text: bool, lang: Lang) -> Value {
    let content = &shown.document.content;
    let path =
        |(path, present): &(String, bool)| json!({ "path": path, "present": present });
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.into(), value);
    put("schema_version", json!(SCHEMA_VERSION));
    put("sha256", json!(content.digest));
    put("bytes", json!(content.len));
    put("media_type", json!(content.media_type));
    put("state", json!(content.state));
    put("locations", shown.document.paths.iter().map(path).collect());
    put("pages", json!(content.page_count));
    put("text_origin", json!(origins(&shown.pages)));
    facts(&mut object, &content.facts);
    object.insert("links".into(), links(&shown.links));
    let decisions = shown.decisions.iter().map(decision);
    object.insert("decisions".into(), decisions.collect());
    object.insert("activity".into(), json!(shown.activity));
    object.insert("notes".into(), notes(&content.notes, lang));
    object.insert("metadata".into(), json!(content.metadata));
    let near_duplicates = shown
        .near_duplicates
        .iter()
        .map(|(near_duplicate, path)| near_duplicate_json(near_duplicate, path));
    object.insert("alike".into(), near_duplicates.collect());
    if with_text {
        let text: Vec<String> = shown.pages.iter().map(Page::text).collect();
        object.insert("text".into(), json!(text));
    }
    Value::Object(object)
}

fn near_duplicate_json(near_duplicate: &NearDuplicate, path: &str) -> Value {
    let (what, page, other_page) = match near_duplicate.how {
        Similarity::Text(_) => ("text", None, None),
        Similarity::Photo {
            first_page,
            second_page,
            ..
        } => ("photo", Some(first_page), Some(second_page)),
    };
    json!({
        "what": what,
        "path": path,
        "sha256": near_duplicate.second,
        "page": page,
        "other_page": other_page,
    })
}
