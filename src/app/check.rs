//! Judges the archive's evidence, question by question, for a day.

use super::{
    error::{Error, ErrorKind},
    search::{Asked, asked},
    settle::Settled,
    workspace::Workspace,
};
use crate::{
    check::{Acts, Checker, Context, Evidence, Legibility},
    framework::Rules,
    io::store::DocumentRow,
    model::{Assessment, Date, Link, QuestionId, QuestionResult, QuestionState, Report},
    report,
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

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
    let context = Context {
        region: Some(workspace.purpose.region.clone()),
        year: workspace.purpose.year,
        as_of,
        places: BTreeMap::new(),
    };
    let mut acts = Acts::default();
    for (digest, facts) in workspace.catalog.relating()? {
        acts.add(digest, &facts);
    }
    let mut checker = Checker::new(&workspace.framework, rules, &context, &acts);
    let settled = Settled::of(workspace)?;
    let least = rules.candidate_from();
    let links: RefCell<Vec<Link>> = RefCell::default();
    workspace.catalog.each_document(
        |digest| {
            let found = settled.links(workspace, digest)?;
            let is_evidence = found.iter().any(|link| link.confidence >= least);
            links.replace(found);
            Ok::<_, Error>(is_evidence)
        },
        |document| {
            checker.add(&evidence(&document, &present(&document), &links.borrow()));
            Ok(())
        },
    )?;
    Ok(checker.finish(workspace.catalog.document_count()?))
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
    }
}
