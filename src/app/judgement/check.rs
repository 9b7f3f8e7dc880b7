//! Checks the evidence of an archive, question by question, as of a day.

use super::render::rules;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::evidence::scope::{Scope, questions_in_scope};
use crate::app::unknown;
use crate::check::{Acts, Checker, Context, Evidence, Legibility, Twin};
use crate::framework::{Framework, Rules, Section};
use crate::io::files::path;
use crate::io::store::DocumentRow;
use crate::model::{
    Assessment, Date, Digest, FixityStatus, IndicatorId, LevelId, Link, Locality,
    PastCheck, QuestionId, QuestionResult, QuestionState, Ratio, Report, SectionCode,
    Similarity, Stood, Trend,
};
use crate::report;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    path::Path,
};

/// The options of a check.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day the judgement is made for.
    pub as_of: Date,
    /// Which questions.
    pub scope: Scope,
    /// Only the questions of this section, by its code.
    pub section: Option<String>,
    /// The earlier check to compare with: its number, or a day that it is not later than.
    pub since: Option<String>,
}

impl Options {
    /// Returns the options for every question as of a day.
    pub fn for_day(as_of: Date) -> Self {
        Self {
            as_of,
            scope: Scope::default(),
            section: None,
            since: None,
        }
    }

    /// Tells whether every question is asked for.
    pub fn is_whole(&self) -> bool {
        self.section.is_none() && self.scope == Scope::default()
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
    let section = section(framework, options.section.as_deref())?;
    workspace.catalog.enlarge_cache()?;
    let mut assessment = assess(workspace, &rules, options.as_of)?;
    if let Some(section) = section {
        let is_in = |indicator: &IndicatorId| {
            let indicator = framework.indicator(indicator);
            indicator.is_some_and(|indicator| indicator.section == section)
        };
        assessment
            .questions
            .retain(|result| is_in(&result.indicator));
    }
    if let Some(wanted) = wanted {
        assessment
            .questions
            .retain(|result| wanted.contains(&result.question));
    }
    let kinds = crate::app::reading::recognise::kinds()?;
    let mut report = report::build(&assessment, framework, &rules, &kinds);
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
    let _lock = workspace.lock()?;
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

/// Finds a section by its code.
fn section(
    framework: &Framework,
    name: Option<&str>,
) -> Result<Option<SectionCode>, Error> {
    let Some(name) = name.map(str::trim) else {
        return Ok(None);
    };
    let is_it = |section: &&Section| section.code.as_str().eq_ignore_ascii_case(name);
    if let Some(found) = framework.sections().iter().find(is_it) {
        return Ok(Some(found.code.clone()));
    }
    Err(unknown::section(name, framework))
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
    Ok(assess(workspace, &rules()?, as_of)?.questions)
}

fn assess(
    workspace: &Workspace,
    rules: &Rules,
    as_of: Date,
) -> Result<Assessment, Error> {
    let context = Context {
        region: Some(workspace.purpose.region.clone()),
        year: workspace.purpose.year,
        as_of,
        places: by_level(workspace.catalog.places()?),
    };
    let mut acts = Acts::default();
    for (digest, facts) in workspace.catalog.relating()? {
        acts.add(digest, &facts);
    }
    let mut checker = Checker::new(&workspace.framework, rules, &context, &acts);
    let effective = EffectiveLinks::load(workspace)?;
    let least = rules.candidate_from();
    let twins = twins(workspace, &effective, least)?;
    let unsound = workspace.catalog.unsound()?;
    let links: RefCell<Vec<Link>> = RefCell::default();
    workspace.catalog.each_document(
        |digest| {
            let found = effective.links(workspace, digest)?;
            let is_evidence = found.iter().any(|link| link.confidence >= least);
            links.replace(found);
            Ok::<_, Error>(is_evidence)
        },
        |document| {
            let near_duplicate = twins.get(&document.content.digest);
            let near_duplicate = near_duplicate.map_or(&[][..], Vec::as_slice);
            let (paths, links) = (present(&document), links.borrow());
            let mut evidence = evidence(&document, &paths, &links, near_duplicate);
            match unsound.get(&document.content.digest) {
                Some(FixityStatus::Changed) => evidence.changed = true,
                Some(_) => evidence.gone = true,
                None => {}
            }
            checker.add(&evidence);
            Ok(())
        },
    )?;
    Ok(checker.finish(workspace.catalog.document_count()?))
}

fn by_level(places: Vec<Locality>) -> BTreeMap<LevelId, Vec<Locality>> {
    let mut by_level: BTreeMap<LevelId, Vec<Locality>> = BTreeMap::new();
    for place in places {
        by_level.entry(place.level.clone()).or_default().push(place);
    }
    by_level
}

/// Returns the near-duplicates of each document that has some, with the questions they prove.
fn twins(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    least: Ratio,
) -> Result<BTreeMap<Digest, Vec<Twin>>, Error> {
    let mut known: BTreeMap<Digest, Option<Twin>> = BTreeMap::new();
    let mut twins: BTreeMap<Digest, Vec<Twin>> = BTreeMap::new();
    for near_duplicate in workspace.catalog.near_duplicates()? {
        if near_duplicate.first == near_duplicate.second {
            continue;
        }
        let is_photo = matches!(near_duplicate.how, Similarity::Photo { .. });
        for (own, other) in [
            (near_duplicate.first, near_duplicate.second),
            (near_duplicate.second, near_duplicate.first),
        ] {
            let known = match known.entry(other) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    new.insert(twin(workspace, effective, least, &other)?)
                }
            };
            if let Some(twin) = known {
                let twin = Twin {
                    is_photo,
                    ..twin.clone()
                };
                let of_own = twins.entry(own).or_default();
                // A report shares a dozen photos with its copy: once is enough.
                if !of_own.contains(&twin) {
                    of_own.push(twin);
                }
            }
        }
    }
    Ok(twins)
}

fn twin(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    least: Ratio,
    digest: &Digest,
) -> Result<Option<Twin>, Error> {
    let Some(document) = workspace.catalog.document(digest)? else {
        return Ok(None);
    };
    let links = effective.links(workspace, digest)?;
    let kind = document.content.facts.kind.value();
    Ok(Some(Twin {
        path: present(&document).into_iter().next().unwrap_or_default(),
        is_photo: false,
        kind: kind.map(|kind| kind.id.clone()),
        serves: Twin::questions_served(&links, least),
    }))
}

/// Returns the paths a document is at, or was at where it is at none.
fn present(document: &DocumentRow) -> Vec<String> {
    let is_gone = is_gone(document);
    let paths = document.paths.iter();
    paths
        .filter(|(_, present)| *present || is_gone)
        .map(|(path, _)| path.clone())
        .collect()
}

fn is_gone(document: &DocumentRow) -> bool {
    document.paths.iter().all(|(_, present)| !present)
}

fn evidence<'a>(
    document: &'a DocumentRow,
    paths: &'a [String],
    links: &'a [Link],
    twins: &'a [Twin],
) -> Evidence<'a> {
    let content = &document.content;
    Evidence {
        digest: content.digest,
        paths,
        media_type: content.media_type,
        page_count: content.page_count,
        facts: &content.facts,
        metadata: &content.metadata,
        notes: &content.notes,
        legibility: Legibility {
            unclear: content.unclear.clone(),
            ocr_confidence: content.ocr_confidence,
        },
        links,
        waiting: content.waiting.len() as u32,
        gone: is_gone(document),
        changed: false,
        twins,
    }
}
