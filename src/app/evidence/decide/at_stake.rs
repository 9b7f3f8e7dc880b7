//! What waits for a decision and how much hangs on it, in short: a large archive has some hundred
//! thousand suggestions, of which a face shows one at a time.

use super::Waiting;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::evidence::show;
use crate::model::{Digest, QuestionId, QuestionReport, QuestionState, Report};
use std::collections::BTreeMap;

/// A suggestion that waits, in short.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtStake {
    /// The document.
    pub document: Digest,
    /// The question, by its place in the framework.
    pub question: u16,
    /// Points that the question does not have yet and this document might bring.
    pub points: f64,
}

/// Returns all that waits where everything stands as reported, the most points at stake first, as
/// [`queue`](super::queue) does.
///
/// # Errors
/// When the catalog cannot be read.
pub fn at_stake(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    report: &Report,
) -> Result<Vec<AtStake>, Error> {
    let gaps = gaps(workspace, report);
    let present = workspace.catalog.read_paths()?;
    let mut all = Vec::new();
    effective.each_links(workspace, |document, links| {
        if !present.contains_key(&document) {
            return;
        }
        for link in links {
            let Some((question, gap)) = gaps.get(&link.question) else {
                continue;
            };
            let points = gap * f64::from(link.confidence.get());
            let is_open = effective.verdict(&document, &link.question).is_none();
            if is_open && points > 0.0 {
                all.push(AtStake {
                    document,
                    question: *question,
                    points,
                });
            }
        }
    })?;
    all.sort_by(|a, b| {
        let by_points = b.points.total_cmp(&a.points);
        let by_question = a.question.cmp(&b.question);
        by_points
            .then(by_question)
            .then(a.document.cmp(&b.document))
    });
    Ok(all)
}

/// Returns the points that each question does not have yet, with its place in the framework.
fn gaps(workspace: &Workspace, report: &Report) -> BTreeMap<QuestionId, (u16, f64)> {
    let questions = workspace.framework.questions().iter();
    let places: BTreeMap<&QuestionId, u16> =
        questions.map(|question| &question.id).zip(0..).collect();
    let gap = |question: &QuestionReport| {
        let place = places.get(&question.id)?;
        Some((question.id.clone(), (*place, question.points.gap())))
    };
    let judged = report.questions();
    judged
        .filter(|question| question.state != QuestionState::NotApplicable)
        .filter_map(gap)
        .collect()
}

/// Returns one of them with all that is known of it; `None` where it does not wait any more.
///
/// # Errors
/// When the catalog cannot be read.
pub fn waiting(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    item: &AtStake,
) -> Result<Option<(Waiting, show::Shown)>, Error> {
    let questions = workspace.framework.questions();
    let Some(question) = questions.get(usize::from(item.question)) else {
        return Ok(None);
    };
    if effective.verdict(&item.document, &question.id).is_some() {
        return Ok(None);
    }
    let Some(shown) = show::shown(workspace, effective, &item.document)? else {
        return Ok(None);
    };
    let mut links = shown.links.iter();
    let Some(link) = links.find(|link| link.question == question.id) else {
        return Ok(None);
    };
    let waiting = Waiting {
        document: item.document,
        path: shown.document.path().to_owned(),
        link: link.clone(),
        stake: item.points,
    };
    Ok(Some((waiting, shown)))
}
