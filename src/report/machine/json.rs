//! The report for programs. Its form is `schema/check.schema.json`; fields are added, never
//! renamed.

use crate::model::Report;
use serde_json::{Value, json};

/// The version of the form that [`json()`] writes.
pub const SCHEMA_VERSION: u32 = 1;

/// Returns the report as one JSON object.
pub fn json(report: &Report) -> Value {
    let mut object = json!({ "schema_version": SCHEMA_VERSION });
    // A report holds strings, numbers and lists only, which JSON can always carry.
    let body = serde_json::to_value(report).unwrap_or_default();
    if let (Some(object), Value::Object(body)) = (object.as_object_mut(), body) {
        object.extend(body);
    }
    object
}
