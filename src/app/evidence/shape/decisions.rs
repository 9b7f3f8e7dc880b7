//! Suggestions that wait and what was decided on them, as JSON: the shapes of
//! `decide.schema.json`.

use super::{SCHEMA_VERSION, decision, link};
use crate::app::evidence::decide::{Done, Waiting};
use serde_json::{Value, json};

/// Returns a suggestion that waits for a decision.
pub fn waiting_json(item: &Waiting) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "document": item.document,
        "path": item.path,
        "stake": item.stake,
        "link": link(&item.link),
    })
}

/// Returns what a decision did.
pub fn done_json(done: &Done) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "act": done.act,
        "decisions": done.decisions.iter().map(decision).collect::<Vec<_>>(),
        "already": done.already,
        "least": done.least,
        "below": done.below,
    })
}

/// Returns the number of an act that was taken back.
pub fn undone_json(act: i64) -> Value {
    json!({ "schema_version": SCHEMA_VERSION, "undone": act })
}
