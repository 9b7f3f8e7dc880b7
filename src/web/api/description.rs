//! The description of this interface (`OpenAPI` 3.1), and the schemas that it refers to.

use super::code::Code;
use super::problem::{Problem, answer};
use crate::web::asked::Asked;
use axum::extract::Path;
use axum::response::Response;
use serde_json::Value;

const OPENAPI: &str = include_str!("../../../schema/openapi.json");

/// The schemas that the description refers to, by name.
const SCHEMAS: [(&str, &str); 10] = [
    ("api", include_str!("../../../schema/api.schema.json")),
    (
        "calendar-show",
        include_str!("../../../schema/calendar-show.schema.json"),
    ),
    ("check", include_str!("../../../schema/check.schema.json")),
    ("decide", include_str!("../../../schema/decide.schema.json")),
    ("index", include_str!("../../../schema/index.schema.json")),
    ("log", include_str!("../../../schema/log.schema.json")),
    ("places", include_str!("../../../schema/places.schema.json")),
    ("search", include_str!("../../../schema/search.schema.json")),
    ("show", include_str!("../../../schema/show.schema.json")),
    ("status", include_str!("../../../schema/status.schema.json")),
];
/// The end of a schema's name.
const END: &str = ".schema.json";

/// Answers with the description; here its schemas lie in a folder below it.
pub(super) async fn openapi(asked: Asked) -> Response {
    let value = parsed(OPENAPI).map(|mut value| {
        place_refs(&mut value);
        value
    });
    answer(&asked, value)
}

/// Answers with one of the schemas.
pub(super) async fn schema(asked: Asked, Path(name): Path<String>) -> Response {
    let mut schemas = SCHEMAS.iter();
    let found = schemas.find(|(own, _)| name.strip_suffix(END) == Some(*own));
    let text = found.map(|(_, text)| *text);
    let text = text.ok_or(Problem::new(&Code::NOT_FOUND));
    answer(&asked, text.and_then(parsed))
}

fn parsed(text: &str) -> Result<Value, Problem> {
    serde_json::from_str(text).map_err(|_| Problem::new(&Code::FAILED))
}

/// Lets every reference to a file lead into the folder of schemas.
fn place_refs(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(place_refs),
        Value::Object(object) => {
            for (name, inner) in object {
                match inner {
                    Value::String(to) if name == "$ref" && !to.starts_with('#') => {
                        *to = format!("schema/{to}");
                    }
                    _ => place_refs(inner),
                }
            }
        }
        _ => {}
    }
}
