//! Scopes: filters by question, indicator and office; an unknown name is an error with the nearest.

use crate::app::error::Error;
use crate::app::unknown;
use crate::report::printed_number;
use crate::{
    framework::{Framework, Question},
    model::{IndicatorId, QuestionId},
};
use std::collections::BTreeSet;

/// A test whether a question is in scope.
pub type QuestionTest = Box<dyn Fn(&Question) -> bool>;

/// A filter of questions. Every part that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// An indicator by number (`17`), part (`21A`) or id.
    pub indicator: Option<String>,
    /// A question by id.
    pub question: Option<String>,
    /// A section by code.
    pub section: Option<String>,
    /// An office by any of its names, or by id.
    pub office: Option<String>,
}

/// Returns the questions in scope; `None` for all.
///
/// # Errors
/// When something is named that does not exist, with what there is.
pub fn questions_in_scope(
    framework: &Framework,
    options: &Scope,
) -> Result<Option<BTreeSet<QuestionId>>, Error> {
    let mut tests: Vec<QuestionTest> = Vec::new();
    if let Some(name) = &options.indicator {
        tests.push(indicator_test(framework, name)?);
    }
    if let Some(name) = &options.question {
        let id = question_named(framework, name)?.id.clone();
        tests.push(Box::new(move |q| q.id == id));
    }
    if let Some(name) = &options.office {
        let by_id = framework.offices().iter().find(|o| o.id.as_str() == name);
        let office = by_id.or_else(|| framework.office_by_alias(name));
        let office = office
            .map(|o| o.id.clone())
            .ok_or_else(|| unknown::office(name, framework))?;
        tests.push(Box::new(move |q| q.offices.contains(&office)));
    }
    if let Some(code) = &options.section {
        tests.push(section_test(framework, code)?);
    }
    if tests.is_empty() {
        return Ok(None);
    }
    let fits = |q: &&Question| tests.iter().all(|test| test(q));
    let wanted = framework.questions().iter().filter(fits);
    Ok(Some(wanted.map(|q| q.id.clone()).collect()))
}

/// Returns a question by its id, or by its number as reports and letters print it (`1.2m`),
/// where only one has that.
///
/// # Errors
/// When there is none.
pub fn question_named<'a>(
    framework: &'a Framework,
    name: &str,
) -> Result<&'a Question, Error> {
    let name = name.trim();
    let questions = framework.questions();
    let same = |q: &&Question| q.id.as_str().eq_ignore_ascii_case(name);
    let printed = |q: &&Question| printed_number(framework, q).eq_ignore_ascii_case(name);
    let by_number = || {
        let mut found = questions.iter().filter(printed);
        found.next().filter(|_| found.next().is_none())
    };
    let found = questions.iter().find(same).or_else(by_number);
    found.ok_or_else(|| unknown::question(name, framework))
}

/// Returns a test for the questions of a section, named by its code.
fn section_test(framework: &Framework, code: &str) -> Result<QuestionTest, Error> {
    let code = code.trim();
    let mut sections = framework.sections().iter();
    let section = sections.find(|one| one.code.as_str().eq_ignore_ascii_case(code));
    let section = section.ok_or_else(|| unknown::section(code, framework))?;
    let code = section.code.clone();
    let indicators = framework.indicators().iter();
    let own: BTreeSet<IndicatorId> = indicators
        .filter(|indicator| indicator.section == code)
        .map(|indicator| indicator.id.clone())
        .collect();
    Ok(Box::new(move |q| own.contains(&q.indicator)))
}

/// Returns a test for the questions of an indicator, named by number, part or id.
///
/// # Errors
/// When there is no such indicator.
pub fn indicator_test(framework: &Framework, name: &str) -> Result<QuestionTest, Error> {
    let name = name.trim();
    let part = framework.indicators().iter().flat_map(|i| &i.parts);
    let part = part
        .clone()
        .find(|p| p.code.as_str().eq_ignore_ascii_case(name));
    if let Some(part) = part {
        let code = part.code.clone();
        return Ok(Box::new(move |q| q.part.as_ref() == Some(&code)));
    }
    let by_number = name
        .parse()
        .ok()
        .and_then(|n| framework.indicator_by_number(n));
    let by_id = || {
        let same =
            |i: &&crate::framework::Indicator| i.id.as_str().eq_ignore_ascii_case(name);
        framework.indicators().iter().find(same)
    };
    let id = by_number
        .or_else(by_id)
        .map(|i| i.id.clone())
        .ok_or_else(|| unknown::indicator(name, framework))?;
    // A topic policy of another indicator counts for the indicator it is about.
    Ok(Box::new(move |q| {
        q.indicator == id || q.relates_to.as_ref() == Some(&id)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(asked_for: &Scope) -> Result<Option<BTreeSet<QuestionId>>, Error> {
        questions_in_scope(&Framework::builtin().unwrap(), asked_for)
    }

    #[test]
    fn every_part_that_is_set_must_hold() {
        assert_eq!(found(&Scope::default()).unwrap(), None, "all are asked for");
        let framework = Framework::builtin().unwrap();
        let question = &framework.questions()[0];
        let number = framework
            .indicators()
            .iter()
            .find(|indicator| indicator.id == question.indicator)
            .map(|indicator| indicator.number.to_string());
        let of_indicator = found(&Scope {
            indicator: number.clone(),
            ..Scope::default()
        });
        let of_indicator = of_indicator.unwrap().unwrap();
        assert!(of_indicator.len() > 1 && of_indicator.contains(&question.id));
        let of_both = found(&Scope {
            indicator: number,
            question: Some(question.id.as_str().to_lowercase()),
            ..Scope::default()
        });
        let only = BTreeSet::from([question.id.clone()]);
        let printed = printed_number(&framework, question);
        assert_eq!(question_named(&framework, &printed).unwrap(), question);
        assert_eq!(of_both.unwrap().unwrap(), only);
        let other = framework.questions().last().unwrap();
        let of_neither = found(&Scope {
            indicator: Some(other.indicator.as_str().to_owned()),
            question: Some(question.id.as_str().to_owned()),
            ..Scope::default()
        });
        assert!(of_neither.unwrap().unwrap().is_empty());
    }

    #[test]
    fn an_indicator_is_named_by_number_part_or_id() {
        let framework = Framework::builtin().unwrap();
        let parts = framework.indicators().iter().flat_map(|one| &one.parts);
        let part = parts.clone().next().unwrap().code.as_str().to_lowercase();
        let test = indicator_test(&framework, &part).unwrap();
        let of_part = framework.questions().iter().filter(|q| test(q));
        let is_of_part = |q: &Question| {
            let own = q.part.as_ref().map(|own| own.as_str().to_lowercase());
            own.as_ref() == Some(&part)
        };
        assert!(of_part.clone().count() > 0);
        assert!(of_part.into_iter().all(is_of_part));
        let indicator = framework.indicators().last().unwrap();
        let counts =
            [indicator.number.to_string(), indicator.id.to_string()].map(|name| {
                let test = indicator_test(&framework, &format!(" {name} ")).unwrap();
                framework.questions().iter().filter(|q| test(q)).count()
            });
        assert!(counts[0] > 0 && counts[0] == counts[1], "{counts:?}");
    }

    #[test]
    fn an_office_is_named_by_its_id_too() {
        let framework = Framework::builtin().unwrap();
        let owned = framework.questions().iter().flat_map(|q| &q.offices);
        let by = |name: &str| {
            let office = Some(name.to_owned());
            found(&Scope {
                office,
                ..Scope::default()
            })
        };
        for id in owned {
            let office = framework.office(id).unwrap();
            let by_id = by(id.as_str()).unwrap();
            assert!(by_id.is_some_and(|found| !found.is_empty()), "{id}");
            assert_eq!(by(id.as_str()).unwrap(), by(&office.short).unwrap());
        }
    }

    #[test]
    fn the_sections_share_out_the_questions() {
        let framework = Framework::builtin().unwrap();
        let sections = framework.sections().iter().map(|section| {
            let section = Some(section.code.to_string());
            let of_section = found(&Scope {
                section,
                ..Scope::default()
            });
            of_section.unwrap().unwrap().len()
        });
        let counts: Vec<usize> = sections.collect();
        let all = framework.questions().len();
        assert_eq!(counts.iter().sum::<usize>(), all, "{counts:?}");
        assert!(counts.iter().filter(|count| **count > 0).count() > 1);
    }

    #[test]
    fn a_name_that_names_nothing_is_an_error() {
        for wrong in [
            Scope {
                indicator: Some("99".to_owned()),
                ..Scope::default()
            },
            Scope {
                question: Some("X".to_owned()),
                ..Scope::default()
            },
            Scope {
                section: Some("Bagian angin".to_owned()),
                ..Scope::default()
            },
            Scope {
                office: Some("Dinas Angin".to_owned()),
                ..Scope::default()
            },
        ] {
            let error = found(&wrong).unwrap_err();
            assert_eq!(error.kind, crate::app::error::ErrorKind::Usage, "{wrong:?}");
        }
    }
}
