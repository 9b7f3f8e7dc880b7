//! JSON text to a checked framework: form first, then what the form cannot say. Every error
//! of both is given, or the framework.

use super::body::Body;
use super::body::alias_key;
use super::shape::{Shape, departures};
use super::{Framework, Office, form, validate};
use crate::lexicon::error::{FrameworkError, InvalidFramework, Problem, SchemaFile};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Debug, Deserialize)]
struct OfficeList {
    offices: Vec<Office>,
}

/// Reads a framework from the text of `framework.json` and of `offices.json`.
///
/// # Errors
///
/// When either is not JSON, departs from its form, or says what cannot be (see
/// [`Problem`]): all errors at once. What depends on a form that is not kept is judged after
/// the form is mended.
pub fn parse(framework: &str, offices: &str) -> Result<Framework, InvalidFramework> {
    let body = read::<Body>(SchemaFile::Framework, framework, &form::FRAMEWORK);
    let list = read::<OfficeList>(SchemaFile::Offices, offices, &form::OFFICES);
    match (body, list) {
        (Ok(body), Ok(list)) => {
            let errors = validate::validate(&body, &list.offices);
            if errors.is_empty() {
                Ok(assemble(body, list.offices))
            } else {
                Err(InvalidFramework(errors))
            }
        }
        (body, list) => {
            let mut errors = body.err().unwrap_or_default();
            errors.extend(list.err().unwrap_or_default());
            Err(InvalidFramework(errors))
        }
    }
}

/// Reads one file: JSON, then its form, then its types.
fn read<T: DeserializeOwned>(
    file: SchemaFile,
    text: &str,
    shape: &Shape,
) -> Result<T, Vec<FrameworkError>> {
    let not_json = |error: &serde_json::Error| {
        let problem = Problem::NotJson {
            line: error.line(),
            column: error.column(),
            message: error.to_string(),
        };
        vec![FrameworkError {
            file,
            pointer: String::new(),
            problem,
        }]
    };
    let value: Value = serde_json::from_str(text).map_err(|error| not_json(&error))?;
    let found = departures(file, &value, shape);
    if !found.is_empty() {
        return Err(found);
    }
    // The form holds, so the types fit; if they ever do not, the place is lost, not the error.
    serde_json::from_value(value).map_err(|error| not_json(&error))
}

/// Lays the look-up tables beside a validated body.
fn assemble(body: Body, offices: Vec<Office>) -> Framework {
    let question_at = body
        .questions
        .iter()
        .enumerate()
        .map(|(index, question)| (question.id.clone(), index))
        .collect();
    let office_by_alias = offices
        .iter()
        .enumerate()
        .flat_map(|(index, office)| {
            office.spellings().map(move |name| (alias_key(name), index))
        })
        .collect();
    Framework {
        body,
        offices,
        question_at,
        office_by_alias,
    }
}
