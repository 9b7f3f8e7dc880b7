//! Judges the archive's evidence, question by question, for a day.

use super::{
    error::{Error, ErrorKind},
    search::{Asked, asked},
    settle::Settled,
    workspace::Workspace,
};
use crate::{
    check::{self, Context, Evidence, Legibility},
    framework::Rules,
    model::{
        Assessment, Date, Digest, FileState, Link, QuestionId, QuestionResult,
        QuestionState, Report,
    },
    report,
};
use std::collections::{BTreeMap, BTreeSet};

/// Is what a user asks of a check.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day the judgement is made for.
    pub as_of: Date,
    /// Which questions.
    pub asked: Asked,
}

/// Checks an archive.
///
/// # Errors
/// When the catalog cannot be read, or the questions asked for do not exist.
pub fn check(workspace: &Workspace, options: &Options) -> Result<Report, Error> {
    let framework = &workspace.framework;
    let rules = rules()?;
    let wanted = asked(framework, &options.asked)?;
    let mut assessment = assess(workspace, &rules, options.as_of)?;
    if let Some(wanted) = wanted {
        assessment
            .questions
            .retain(|result| wanted.contains(&result.question));
    }
    Ok(report::build(
        &assessment,
        framework,
        &rules,
        &super::recognise::kinds()?,
    ))
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

/// Returns how every question stands on a day.
///
/// # Errors
/// When the catalog cannot be read.
pub fn results(workspace: &Workspace, as_of: Date) -> Result<Vec<QuestionResult>, Error> {
    Ok(assess(workspace, &rules()?, as_of)?.questions)
}

fn rules() -> Result<Rules, Error> {
    Rules::builtin().map_err(|cause| {
        Error::new(
            ErrorKind::Internal,
            "aturan bawaan rusak",
            "the built-in rules are broken",
        )
        .caused_by(cause)
    })
}

fn assess(
    workspace: &Workspace,
    rules: &Rules,
    as_of: Date,
) -> Result<Assessment, Error> {
    let documents = workspace.catalog.documents()?;
    let links: BTreeMap<Digest, Vec<Link>> =
        Settled::of(workspace)?.all_links(workspace)?;
    let read = documents
        .iter()
        .filter(|d| d.content.state == FileState::Indexed);
    let paths: Vec<Vec<String>> = read
        .clone()
        .map(|d| d.paths.iter().map(|(path, _)| path.clone()).collect())
        .collect();
    let evidence: Vec<Evidence> = read
        .zip(&paths)
        .map(|(document, paths)| Evidence {
            digest: document.content.digest,
            paths,
            media_type: document.content.media_type,
            page_count: document.content.page_count,
            facts: &document.content.facts,
            metadata: &document.content.metadata,
            notes: &document.content.notes,
            legibility: Legibility {
                unclear: document.content.unclear.clone(),
                ocr_confidence: document.content.ocr_confidence,
            },
            links: links
                .get(&document.content.digest)
                .map_or(&[], Vec::as_slice),
        })
        .collect();
    let context = Context {
        region: Some(workspace.purpose.region.clone()),
        year: workspace.purpose.year,
        as_of,
    };
    Ok(check::check(
        &evidence,
        &workspace.framework,
        rules,
        &context,
    ))
}
