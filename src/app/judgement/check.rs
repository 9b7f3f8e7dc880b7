//! Checks the evidence of an archive, question by question, as of a day.

use super::assess::assessment;
use super::render::rules;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::scope::{Scope, questions_in_scope};
use crate::io::clock;
use crate::io::files::path;
use crate::model::{
    Date, PastCheck, QuestionId, QuestionResult, QuestionState, Report, Since, Stood,
    Trend,
};
use crate::report;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Returns the day that everything is judged for where none is named.
///
/// # Errors
/// When this computer does not know its date.
pub fn today() -> Result<Date, Error> {
    clock::today().ok_or_else(|| {
        Error::new(
            ErrorKind::Internal,
            "jam komputer tidak terbaca",
            "the clock is broken",
        )
    })
}

/// The options of a check.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day the judgement is made for.
    pub as_of: Date,
    /// Which questions.
    pub scope: Scope,
    /// The earlier check to compare with: its number, or a day that it is not later than.
    pub since: Option<String>,
}

impl Options {
    /// Returns the options for every question as of a day.
    pub fn for_day(as_of: Date) -> Self {
        Self {
            as_of,
            scope: Scope::default(),
            since: None,
        }
    }

    /// Tells whether every question is asked for.
    pub fn is_whole(&self) -> bool {
        self.scope == Scope::default()
    }
}

/// The threshold from which a check counts as failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// A question has no evidence, or all of it is void.
    Error,
    /// That, or evidence has faults, or a person must still look.
    Warning,
}

impl FailOn {
    /// Tells whether a report is worse than what is let pass.
    pub fn fails(self, report: &Report) -> bool {
        report.questions().any(|question| match question.state {
            QuestionState::Invalid | QuestionState::Missing => true,
            QuestionState::Weak | QuestionState::Review => self == Self::Warning,
            QuestionState::Valid | QuestionState::NotApplicable => false,
        })
    }
}

/// Checks an archive.
///
/// # Errors
/// When the catalog cannot be read, or the questions asked for do not exist.
pub fn check(workspace: &Workspace, options: &Options) -> Result<Report, Error> {
    let framework = &workspace.framework;
    let rules = rules()?;
    let wanted = questions_in_scope(framework, &options.scope)?;
    let mut assessment = assessment(workspace, &rules, options.as_of)?;
    if let Some(wanted) = wanted {
        assessment
            .questions
            .retain(|result| wanted.contains(&result.question));
    }
    let kinds = crate::app::reading::recognise::kinds()?;
    let mut report = report::build(&assessment, framework, &rules, kinds);
    let answers = workspace.catalog.answers(framework.id())?;
    if !answers.is_empty() {
        report::with_answers(&mut report, &answers, framework, &rules);
    }
    let past = workspace.catalog.past_checks(framework.id())?;
    if let Some(named) = &options.since {
        let (check, then) = match archive_named(named) {
            Some(folder) => last_check(folder)?,
            None => {
                let check = past_check(&past, named)?;
                (check.clone(), workspace.catalog.stood(check.id)?)
            }
        };
        report.since = Some(report::since(&report, &check, &then, &rules));
    }
    if options.is_whole() {
        report.history = history(&past, &report);
    }
    Ok(report)
}

/// Says what moved since everything stood otherwise.
///
/// # Errors
/// When the rules cannot be read.
pub fn moved_since(
    report: &Report,
    past: &PastCheck,
    then: &[Stood],
) -> Result<Since, Error> {
    Ok(report::since(report, past, then, &rules()?))
}

/// Stores the result of a check of every question, for later comparison.
///
/// # Errors
/// When another process works on the archive, or the catalog cannot be written: what was judged
/// holds all the same.
pub fn remember(
    workspace: &Workspace,
    report: &Report,
    made: String,
) -> Result<(), Error> {
    let _lock = workspace.lock_record()?;
    let check = PastCheck {
        id: 0,
        made,
        as_of: report.as_of,
        year: report.year,
        points: report.total.points,
    };
    let framework = workspace.framework.id();
    Ok(workspace
        .catalog
        .keep_check(framework, &check, &report::stood(report))?)
}

/// Returns the folder that is meant, if it is no number and no day.
fn archive_named(named: &str) -> Option<&Path> {
    let is_other = named.parse::<i64>().is_ok() || named.parse::<Date>().is_ok();
    let folder = Path::new(named);
    (!is_other && folder.is_dir()).then_some(folder)
}

/// Returns the last check of another archive: that of the year before.
fn last_check(folder: &Path) -> Result<(PastCheck, Vec<Stood>), Error> {
    let other = Workspace::open(folder)?;
    let past = other.catalog.past_checks(other.framework.id())?;
    let last = past.into_iter().next_back().ok_or_else(|| {
        let shown = path::printable(&path::to_text(folder));
        Error::new(
            ErrorKind::NotFound,
            format!("arsip `{shown}` belum pernah dinilai"),
            format!("the archive `{shown}` was never checked"),
        )
        .hint(
            format!("jalankan `bukti check --archive {shown}`"),
            format!("run `bukti check --archive {shown}`"),
        )
    })?;
    let then = other.catalog.stood(last.id)?;
    Ok((last, then))
}

/// Finds the earlier check that is meant: of that number, or the last one up to that day.
fn past_check<'a>(past: &'a [PastCheck], named: &str) -> Result<&'a PastCheck, Error> {
    let by_number = |id: i64| past.iter().find(move |check| check.id == id);
    let by_day = |day: Date| past.iter().rfind(move |check| check.as_of <= day);
    let found = match (named.parse(), named.parse::<Date>()) {
        (Ok(id), _) => by_number(id),
        (_, Ok(day)) => by_day(day),
        _ => None,
    };
    found.ok_or_else(|| {
        let known = past
            .iter()
            .map(|check| format!("{} ({})", check.id, check.as_of));
        let known: Vec<String> = known.collect();
        let known = known.join(", ");
        Error::new(
            ErrorKind::NotFound,
            format!("tidak ada penilaian `{named}`"),
            format!("there is no check `{named}`"),
        )
        .hint(
            format!("yang tersimpan: {known}"),
            format!("those kept: {known}"),
        )
    })
}

/// Returns the scores of the days before, the last check of each.
fn history(past: &[PastCheck], report: &Report) -> Vec<Trend> {
    let mut days: BTreeMap<Date, Trend> = BTreeMap::new();
    for check in past {
        if check.year == report.year && check.as_of < report.as_of {
            let trend = Trend {
                as_of: check.as_of,
                likely: check.points.likely,
                at_risk: check.points.at_risk,
            };
            days.insert(check.as_of, trend);
        }
    }
    days.into_values().collect()
}

/// Returns the questions that are in one state on a day.
///
/// # Errors
/// When the catalog cannot be read.
pub fn questions_in(
    workspace: &Workspace,
    state: QuestionState,
    as_of: Date,
) -> Result<BTreeSet<QuestionId>, Error> {
    let results = results(workspace, as_of)?;
    let fitting = results.into_iter().filter(|q| q.state == state);
    Ok(fitting.map(|q| q.question).collect())
}

/// Returns the results of all questions as of a day.
///
/// # Errors
/// When the catalog cannot be read.
pub fn results(workspace: &Workspace, as_of: Date) -> Result<Vec<QuestionResult>, Error> {
    Ok(assessment(workspace, &rules()?, as_of)?.questions)
}
