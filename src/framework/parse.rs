//! JSON text to a checked framework: form first, then what the form cannot say.

use super::body::{Body, OfficeList, alias_key};
use super::{Framework, Office, validate};
use crate::lexicon::data::read;
use crate::lexicon::error::{DataFile, InvalidFramework};

/// Reads a framework from the text of `framework.json` and of `offices.json`.
///
/// # Errors
///
/// When either is not JSON or departs from its form: the first place in each. When the form
/// holds and they say what cannot be (see [`Problem`](crate::lexicon::error::Problem)): all
/// errors at once.
pub fn parse(framework: &str, offices: &str) -> Result<Framework, InvalidFramework> {
    let body = read::<Body>(DataFile::Framework, framework);
    let list = read::<OfficeList>(DataFile::Offices, offices);
    match (body, list) {
        (Ok(body), Ok(list)) => {
            let errors = validate::validate(&body, &list.offices, framework);
            if errors.is_empty() {
                Ok(assemble(body, list.offices))
            } else {
                Err(InvalidFramework(errors))
            }
        }
        (body, list) => {
            let errors = body.err().into_iter().chain(list.err());
            Err(InvalidFramework(errors.collect()))
        }
    }
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
