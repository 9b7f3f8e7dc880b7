//! JSON text of a data file to its type: the one way for every file in `schema/`. serde knows
//! the form, `serde_path_to_error` the place; here both become a [`DataError`].

use super::error::{DataError, DataFile, Problem, nearest, push_token};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

/// Reads the text of a data file.
///
/// # Errors
/// When it is not JSON, or departs from the file's form: the first place where it does.
pub(crate) fn read<T: DeserializeOwned>(
    file: DataFile,
    json: &str,
) -> Result<T, DataError> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let read = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| departure(file, error.path(), error.inner()))?;
    reader.end().map_err(|error| not_json(file, &error))?;
    Ok(read)
}

fn not_json(file: DataFile, error: &serde_json::Error) -> DataError {
    let problem = Problem::NotJson {
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
    };
    DataError::new(file, "", problem)
}

/// Returns what serde says in our terms. It tells an unknown key and a missing one in its
/// words only; the tests of the framework hold us to them.
fn departure(file: DataFile, path: &Path, error: &serde_json::Error) -> DataError {
    if !error.is_data() {
        return not_json(file, error);
    }
    let mut tokens: Vec<String> = path.iter().filter_map(token).collect();
    let said = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let said = said.strip_suffix(position.as_str()).unwrap_or(&said);
    let problem = if said.starts_with("unknown field `") {
        // The place is the object that has the key, as JSON Schema says.
        let key = tokens.pop().unwrap_or_default();
        let known = said
            .rsplit_once(", expected ")
            .map_or("", |(_, known)| known);
        let known = known.split('`').skip(1).step_by(2);
        let nearest = nearest(&key, known);
        Problem::UnknownKey { key, nearest }
    } else if let Some(key) = said.strip_prefix("missing field `") {
        let key = key.trim_end_matches('`').to_owned();
        Problem::MissingKey { key }
    } else {
        let message = said.to_owned();
        Problem::Form { message }
    };
    let pointer = tokens
        .iter()
        .fold(String::new(), |at, token| push_token(&at, token));
    DataError::new(file, pointer, problem)
}

/// Returns a step of the path as a token of a JSON Pointer; the variant of an enum is none.
fn token(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(rename = "parts")]
        _parts: BTreeMap<String, Vec<Part>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        #[serde(rename = "name")]
        _name: String,
        #[serde(rename = "size", default)]
        _size: u8,
    }

    #[test]
    fn a_departure_has_its_place_and_its_words() {
        for (json, pointer, said) in [
            (r#"{"parts": {"a/b": [{"name": "x"}]}}"#, "", ""),
            (r#"{"parts": 7}"#, "/parts", "invalid type: integer `7`"),
            (
                r#"{"parts": {"a/b~": [{"name": "x"}, {"name": 7}]}}"#,
                "/parts/a~1b~0/1/name",
                "expected a string",
            ),
            (
                r#"{"parts": {"a": [{"nane": "x"}]}}"#,
                "/parts/a/0",
                "unknown key `nane`, did you mean `name`?",
            ),
            (
                r#"{"parts": {"a": [{"name": "x", "a, expected `name` b": 1}]}}"#,
                "/parts/a/0",
                "unknown key `a, expected `name` b`",
            ),
            (
                r#"{"parts": {"a": [{"size": 1}]}}"#,
                "/parts/a/0",
                "missing key `name`",
            ),
            (
                r#"{"parts": {"a": [{"name": "x", "size": 900}]}}"#,
                "/parts/a/0/size",
                "900",
            ),
            (
                r#"{"parts": {"a": [{"name": "x", "name": "y"}]}}"#,
                "/parts/a/0",
                "duplicate field `name`",
            ),
            ("{\"parts\":\n oops}", "", "not JSON at line 2"),
            (r#"{"parts": {}} {}"#, "", "not JSON at line 1"),
        ] {
            let found = read::<Form>(DataFile::Rules, json);
            if said.is_empty() {
                assert!(found.is_ok(), "{json}: {found:?}");
                continue;
            }
            let error = found.unwrap_err();
            assert_eq!(error.pointer, pointer, "{json}");
            assert!(error.problem.to_string().contains(said), "{json}: {error}");
        }
    }
}
