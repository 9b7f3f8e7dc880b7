//! Decisions: a person accepts or rejects that a document proves a question. A decision overrides
//! every suggestion and is kept with name and time. It can be undone, which is recorded, too.

pub mod at_stake;

use super::effective_links::{EffectiveLinks, keep_learnt, valid_decisions};
use super::{scope, search, show};
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::judgement::check;
use crate::framework::Question;
use crate::io::clock;
use crate::io::files::path;
use crate::io::store::{DecisionRow, Entry, undone};
use crate::model::{
    Date, Decided, Decision, Digest, Link, QuestionId, QuestionState, Ratio, Verdict,
};
use std::collections::BTreeMap;

/// Who decides, and what they remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Who.
    pub author: String,
    /// The remark; may be empty.
    pub note: String,
}

impl Hand {
    fn now(&self) -> Decided {
        Decided {
            author: self.author.clone(),
            made: clock::timestamp(),
            note: self.note.clone(),
        }
    }
}

/// The pairs of document and question to decide on.
#[derive(Debug, Clone)]
pub enum Ties {
    /// One document and some questions.
    Named {
        /// The document, as [`show::resolve`] takes it.
        document: String,
        /// The questions, by id.
        questions: Vec<String>,
        /// Whether a tie that was not suggested is meant, too.
        unasked: bool,
    },
    /// Every suggestion that fits.
    Fitting(Pick),
}

/// Picks suggestions. Every part that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct Pick {
    /// Those of the documents a search finds, see [`search::Options::text`].
    pub words: String,
    /// Those for these questions.
    pub scope: scope::Scope,
    /// Those of documents below a folder, or at its end of path.
    pub folder: Option<String>,
    /// Those at least so sure.
    pub least: Option<Ratio>,
}

/// What a decision did.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The number of the act, to take it back by; `None` where nothing was left to decide.
    pub act: Option<i64>,
    /// What was decided now.
    pub decisions: Vec<Decision>,
    /// How many ties had been decided the same way before.
    pub already: usize,
    /// The confidence that suggestions had to have; `None` where each tie was named, or any
    /// would do.
    pub least: Option<Ratio>,
    /// Suggestions that fit but for that, and were left as they are.
    pub below: usize,
}

/// The last decision on a pair of document and question that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastDecision {
    /// Its number in the record; 0 where nobody decided.
    pub number: i64,
    /// The decision; `None` where nobody decided.
    pub decision: Option<Decision>,
}

/// Returns the decision on a pair that holds now.
///
/// # Errors
/// When the catalog cannot be read.
pub fn last_decision(
    workspace: &Workspace,
    document: &Digest,
    question: &QuestionId,
) -> Result<LastDecision, Error> {
    let rows = workspace.catalog.decision_rows()?;
    let valid = valid_decisions(&rows, workspace.framework.id());
    let is_on = |decision: &Decision| {
        decision.document == *document && decision.question == *question
    };
    let mut newest = valid.into_iter().rev();
    let last = newest.find(|(_, decision)| is_on(decision));
    Ok(match last {
        Some((number, decision)) => LastDecision {
            number,
            decision: Some(decision.clone()),
        },
        None => LastDecision {
            number: 0,
            decision: None,
        },
    })
}

/// Returns a decision of the record by its number, whether it still holds or not.
///
/// # Errors
/// When the catalog cannot be read.
pub fn decision_numbered(
    workspace: &Workspace,
    number: i64,
) -> Result<Option<Decision>, Error> {
    let rows = workspace.catalog.decision_rows()?;
    let row = rows.into_iter().find(|row| row.id == number);
    Ok(row.and_then(|row| match row.what {
        Entry::Decision(decision) => Some(decision),
        Entry::Undo { .. } => None,
    }))
}

/// What came of a decision by somebody who had seen how a pair stood.
#[derive(Debug, Clone, PartialEq)]
pub enum Conditional {
    /// It stands as they saw it, and was decided.
    Done(Done),
    /// Somebody decided meanwhile; nothing was recorded.
    Moved(LastDecision),
}

/// Records a decision on one document and one question where the last decision on them is one that
/// was seen, by its number: nobody's decision is overridden unseen.
///
/// # Errors
/// When the document or question is not known, the tie was not suggested, or the archive is in
/// use.
pub fn decide_if_unmoved(
    workspace: &mut Workspace,
    (document, question): (&Digest, &QuestionId),
    unasked: bool,
    verdict: Verdict,
    hand: &Hand,
    is_seen: impl Fn(i64) -> bool,
) -> Result<Conditional, Error> {
    let _lock = workspace.lock_record()?;
    let now = last_decision(workspace, document, question)?;
    if !is_seen(now.number) {
        return Ok(Conditional::Moved(now));
    }
    let ties = Ties::Named {
        document: document.to_string(),
        questions: vec![question.to_string()],
        unasked,
    };
    decide_locked(workspace, &ties, verdict, hand).map(Conditional::Done)
}

/// Records decisions on pairs of document and question, all in one act.
///
/// # Errors
/// When a document or question is not known, a tie was not suggested, or the archive is in use.
pub fn decide(
    workspace: &mut Workspace,
    ties: &Ties,
    verdict: Verdict,
    hand: &Hand,
) -> Result<Done, Error> {
    // Locked before reading, so that two users at once do not both find nothing decided.
    let _lock = workspace.lock_record()?;
    decide_locked(workspace, ties, verdict, hand)
}

/// Decides; whoever calls holds the lock of what people record.
fn decide_locked(
    workspace: &mut Workspace,
    ties: &Ties,
    verdict: Verdict,
    hand: &Hand,
) -> Result<Done, Error> {
    let effective = EffectiveLinks::load(workspace)?;
    let (mut least, mut below) = (None, 0);
    let pairs = match ties {
        Ties::Named {
            document,
            questions,
            unasked,
        } => named(workspace, document, questions, *unasked)?,
        Ties::Fitting(pick) => {
            least = pick.least;
            let any = Pick {
                least: None,
                ..pick.clone()
            };
            let (fitting, unsure): (Vec<_>, Vec<_>) =
                suggestions(workspace, &effective, &any)?
                    .into_iter()
                    .partition(|item| least.is_none_or(|l| item.link.confidence >= l));
            below = unsure
                .iter()
                .filter(|item| item.link.decided.is_none())
                .count();
            let pairs = fitting.into_iter();
            pairs
                .map(|item| (item.document, item.link.question))
                .collect()
        }
    };
    let all = pairs.len();
    let decided = hand.now();
    let fresh = pairs.into_iter().filter(|(digest, question)| {
        effective.verdict(digest, question) != Some(verdict)
    });
    let decisions: Vec<Decision> = fresh
        .map(|(document, question)| Decision {
            document,
            question,
            verdict,
            decided: decided.clone(),
        })
        .collect();
    let already = all - decisions.len();
    let act = match decisions.is_empty() {
        true => None,
        false => Some(record(workspace, &decisions)?),
    };
    Ok(Done {
        act,
        decisions,
        already,
        least,
        below,
    })
}

/// Records decisions; whoever calls holds the archive's lock.
fn record(workspace: &mut Workspace, decisions: &[Decision]) -> Result<i64, Error> {
    let rows: Vec<_> = decisions.iter().map(|d| (d.clone(), None)).collect();
    let act = workspace.catalog.decide(workspace.framework.id(), &rows)?;
    keep_learnt(workspace)?;
    Ok(act)
}

/// Undoes an act: the one named, or the last one that still holds. Returns its number.
///
/// # Errors
/// When there is no such act, or it was taken back before.
pub fn undo(
    workspace: &mut Workspace,
    act: Option<i64>,
    hand: &Hand,
) -> Result<i64, Error> {
    let _lock = workspace.lock_record()?;
    let rows = workspace.catalog.decision_rows()?;
    let gone = undone(&rows);
    let holds = |row: &&DecisionRow| {
        matches!(row.what, Entry::Decision(_)) && !gone.contains(&row.act)
    };
    let last = rows
        .iter()
        .rev()
        .filter(holds)
        .map(|row| row.act)
        .find(|found| act.is_none_or(|wanted| wanted == *found));
    let Some(act) = last else {
        return Err(Error::new(
            ErrorKind::NotFound,
            "tidak ada keputusan yang dapat diurungkan",
            "there is no decision to take back",
        )
        .hint(
            "lihat nomornya dengan `bukti decide list`",
            "see their numbers with `bukti decide list`",
        ));
    };
    let framework = workspace.framework.id().to_owned();
    workspace.catalog.undo(&framework, act, &hand.now())?;
    keep_learnt(workspace)?;
    Ok(act)
}

/// An act of the record, as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its number.
    pub number: i64,
    /// Whether it was taken back.
    pub undone: bool,
    /// The act it takes back, where it is an undo.
    pub undoes: Option<i64>,
    /// Who, when, and the remark.
    pub by: Decided,
    /// The framework it speaks of.
    pub framework: String,
    /// What was decided; empty for an undo.
    pub decisions: Vec<Decision>,
}

/// Returns the whole record, the newest act first.
///
/// # Errors
/// When the catalog cannot be read.
pub fn acts(workspace: &Workspace) -> Result<Vec<Act>, Error> {
    let rows = workspace.catalog.decision_rows()?;
    let gone = undone(&rows);
    let mut acts: BTreeMap<i64, Act> = BTreeMap::new();
    for row in rows {
        let act = |by: &Decided| Act {
            number: row.act,
            undone: gone.contains(&row.act),
            undoes: None,
            by: by.clone(),
            framework: row.framework.clone(),
            decisions: Vec::new(),
        };
        match row.what {
            Entry::Undo { act: taken, ref by } => {
                acts.entry(row.act).or_insert_with(|| act(by)).undoes = Some(taken);
            }
            Entry::Decision(decision) => {
                let by = decision.decided.clone();
                let act = acts.entry(row.act).or_insert_with(|| act(&by));
                act.decisions.push(decision);
            }
        }
    }
    Ok(acts.into_values().rev().collect())
}

/// A suggestion that waits for a decision.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The document.
    pub document: Digest,
    /// The path a person would look at first.
    pub path: String,
    /// The suggestion.
    pub link: Link,
    /// Points that the question does not have yet and this document might bring.
    pub stake: f64,
}

/// Returns the suggestions that wait for a decision, the most points at stake first: what the
/// question still lacks, times how likely the document brings it.
///
/// # Errors
/// When the catalog cannot be read.
pub fn queue(
    workspace: &Workspace,
    pick: &Pick,
    as_of: Date,
) -> Result<Vec<Waiting>, Error> {
    let effective = EffectiveLinks::load(workspace)?;
    let gaps: BTreeMap<QuestionId, f64> = check::results(workspace, as_of)?
        .into_iter()
        .filter(|result| result.state != QuestionState::NotApplicable)
        .map(|result| (result.question, result.points.gap()))
        .collect();
    let mut waiting = suggestions(workspace, &effective, pick)?;
    for item in &mut waiting {
        let gap = gaps.get(&item.link.question).copied().unwrap_or(0.0);
        item.stake = gap * f64::from(item.link.confidence.get());
    }
    waiting.retain(|item| {
        let verdict = effective.verdict(&item.document, &item.link.question);
        verdict.is_none() && item.stake > 0.0
    });
    waiting.sort_by(|a, b| {
        let by_stake = b.stake.total_cmp(&a.stake);
        let by_question = a.link.question.cmp(&b.link.question);
        let by_document = a.document.cmp(&b.document);
        by_stake.then(by_question).then(by_document)
    });
    Ok(waiting)
}

fn named(
    workspace: &Workspace,
    document: &str,
    questions: &[String],
    unasked: bool,
) -> Result<Vec<(Digest, QuestionId)>, Error> {
    let digest = show::resolve(workspace, document)?;
    let suggested = workspace.catalog.links(&digest)?;
    let mut pairs = Vec::new();
    for name in questions {
        let question = scope::question_named(&workspace.framework, name)?;
        let is_suggested = suggested.iter().any(|link| link.question == question.id);
        if !unasked && !is_suggested {
            return Err(not_suggested(question));
        }
        pairs.push((digest, question.id.clone()));
    }
    Ok(pairs)
}

fn not_suggested(question: &Question) -> Error {
    let id = &question.id;
    Error::new(
        ErrorKind::NotFound,
        format!("dokumen ini tidak diusulkan untuk {id}"),
        format!("this document was not suggested for {id}"),
    )
    .hint(
        "untuk mengaitkannya juga, pakai `bukti decide link`",
        "to tie it all the same, use `bukti decide link`",
    )
}

/// Returns the suggestions that fit and are not yet decided that way.
///
/// # Errors
/// When the catalog cannot be read.
pub fn fitting(
    workspace: &Workspace,
    pick: &Pick,
    verdict: Verdict,
) -> Result<Vec<Waiting>, Error> {
    let effective = EffectiveLinks::load(workspace)?;
    let mut found = suggestions(workspace, &effective, pick)?;
    found.retain(|item| {
        effective.verdict(&item.document, &item.link.question) != Some(verdict)
    });
    Ok(found)
}

/// Returns the links that fit; what is at stake is not known yet.
fn suggestions(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    pick: &Pick,
) -> Result<Vec<Waiting>, Error> {
    let wanted = scope::questions_in_scope(&workspace.framework, &pick.scope)?;
    let among = match pick.words.is_empty() {
        true => None,
        false => Some(search::digests(workspace, &pick.words)?),
    };
    let mut links = effective.all_links(workspace)?;
    let mut found = Vec::new();
    for (document, paths) in workspace.catalog.read_paths()? {
        let lies_there = |folder: &String| lies_in(&paths, folder);
        let fits = among.as_ref().is_none_or(|among| among.contains(&document))
            && pick.folder.as_ref().is_none_or(lies_there);
        if !fits {
            continue;
        }
        for link in links.remove(&document).unwrap_or_default() {
            let is_asked = wanted.as_ref().is_none_or(|w| w.contains(&link.question));
            let sure = pick.least.is_none_or(|least| link.confidence >= least);
            if is_asked && sure {
                found.push(Waiting {
                    document,
                    path: paths.first().cloned().unwrap_or_default(),
                    link,
                    stake: 0.0,
                });
            }
        }
    }
    Ok(found)
}

/// Tells whether a document lies below a folder, named in full or by its last names.
fn lies_in(paths: &[String], folder: &str) -> bool {
    let folder = path::slashed(folder);
    let folder = folder.trim_matches('/');
    let inside = format!("/{folder}/");
    let mut paths = paths.iter();
    paths.any(|path| format!("/{}", path::slashed(path)).contains(&inside))
}

/// How many decisions hold now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Ties accepted.
    pub accepted: usize,
    /// Ties rejected.
    pub rejected: usize,
}

/// Counts the decisions that hold.
///
/// # Errors
/// When the catalog cannot be read.
pub fn count_decisions(workspace: &Workspace) -> Result<Held, Error> {
    let rows = workspace.catalog.decision_rows()?;
    let mut last: BTreeMap<(Digest, &QuestionId), Verdict> = BTreeMap::new();
    for (_, decision) in valid_decisions(&rows, workspace.framework.id()) {
        last.insert((decision.document, &decision.question), decision.verdict);
    }
    let count = |verdict| last.values().filter(|v| **v == verdict).count();
    Ok(Held {
        accepted: count(Verdict::Accept),
        rejected: count(Verdict::Reject),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_in_full_or_by_its_last_names() {
        let paths = [
            "/share/KLA/KTR/perda.pdf".to_owned(),
            "D:\\foto\\a.jpg".to_owned(),
        ];
        let cases = [
            ("/share/KLA", true),
            ("KLA/KTR", true),
            ("KTR/", true),
            ("/KTR/", true),
            ("KT", false),
            ("perda.pdf", false),
            ("KTR/KLA", false),
            ("/share2", false),
        ];
        for (folder, expected) in cases {
            assert_eq!(lies_in(&paths, folder), expected, "{folder}");
        }
        assert!(!lies_in(&[], "KTR"));
    }
}
