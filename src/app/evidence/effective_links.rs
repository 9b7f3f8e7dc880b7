//! The effective links of an archive: suggested links, reweighted by what was learnt, overridden by
//! decisions. Everything that shows or judges links uses these.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::reading::recognise;
use crate::{
    fixity,
    io::{
        process,
        store::{ActivityRow, DecisionRow, Entry, LinkTable, Moment, undone},
    },
    link::{self, Learner, Lesson},
    model::{Decision, Digest, DocTypeId, Link, QuestionId, Ratio, Verdict},
};
use serde::{Deserialize, Serialize};
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

/// Key in the catalog of the last decision that is not learnt from any more.
const LEARN_AFTER: &str = "learn_after";
/// Key in the catalog of what was learnt. The catalog drops it when it no longer holds
/// (`migrations/0011.sql`).
const LEARNT: &str = "learnt";

/// What was learnt from the decisions on one framework, as the catalog keeps it.
#[derive(Serialize, Deserialize)]
struct Learnt {
    framework: String,
    learner: Learner,
}

/// All that changes suggested links: decisions, the learner, activities.
#[derive(Debug, Clone, Default)]
pub struct EffectiveLinks {
    decisions: BTreeMap<Digest, Vec<Decision>>,
    learner: Learner,
    activities: Vec<ActivityLinks>,
    /// Index of the activity that a document belongs to.
    of: BTreeMap<Digest, usize>,
    photo: Option<DocTypeId>,
    /// The moment of the catalog before all this was loaded.
    loaded: Moment,
}

/// What holds the effective links of all documents.
enum Source {
    /// A table of the catalog.
    Table(LinkTable),
    /// All of them, weighed just now.
    Weighed(Weighed),
}

/// The question and confidence of every link that a list shows, by document, best first. A
/// hundredth of what the links themselves take.
type Weighed = BTreeMap<Digest, Vec<(QuestionId, Ratio)>>;

/// Which links somebody asks for.
#[derive(Debug, Clone, Copy)]
pub struct LinkFilter<'a> {
    /// Those to one of these questions; `None` for all.
    pub questions: Option<&'a BTreeSet<QuestionId>>,
    /// The least confidence.
    pub least: Ratio,
}

impl LinkFilter<'_> {
    /// Tells whether a link is asked for.
    pub fn fits(&self, link: &Link) -> bool {
        self.admits(&link.question, link.confidence)
    }

    /// Returns the confidence of the first that fits of links that are best first.
    fn best(&self, links: &[(QuestionId, Ratio)]) -> Option<Ratio> {
        let fits = |(question, confidence): &&_| self.admits(question, *confidence);
        links.iter().find(fits).map(|(_, confidence)| *confidence)
    }

    fn admits(&self, question: &QuestionId, confidence: Ratio) -> bool {
        let questions = self.questions;
        confidence >= self.least && questions.is_none_or(|asked| asked.contains(question))
    }
}

/// An activity, and the links its papers propagate to its photos once somebody asked.
#[derive(Debug, Clone)]
struct ActivityLinks {
    row: ActivityRow,
    propagated: OnceCell<Vec<Link>>,
}

impl ActivityLinks {
    fn papers(&self) -> impl Iterator<Item = &Digest> {
        let papers = self.row.members.iter().filter(|member| !member.is_photo);
        papers.map(|member| &member.document)
    }

    fn photos(&self) -> impl Iterator<Item = &Digest> {
        let photos = self.row.members.iter().filter(|member| member.is_photo);
        photos.map(|member| &member.document)
    }
}

impl EffectiveLinks {
    /// Loads decisions, activities and what was learnt; learns where that is not kept.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn load(workspace: &Workspace) -> Result<Self, Error> {
        let loaded = workspace.catalog.moment()?;
        let rows = workspace.catalog.decision_rows()?;
        let valid_decisions = valid_decisions(&rows, workspace.framework.id());
        let mut decisions: BTreeMap<Digest, Vec<Decision>> = BTreeMap::new();
        for (_, decision) in &valid_decisions {
            let of = decisions.entry(decision.document).or_default();
            of.push((*decision).clone());
        }
        let learner = match kept_learner(workspace)? {
            Some(learner) => learner,
            None => learn(workspace, &valid_decisions)?,
        };
        let mut of = BTreeMap::new();
        let mut activities = Vec::new();
        for (at, row) in workspace.catalog.activities()?.into_iter().enumerate() {
            of.extend(row.members.iter().map(|member| (member.document, at)));
            let propagated = OnceCell::new();
            activities.push(ActivityLinks { row, propagated });
        }
        let photo = match activities.is_empty() {
            true => None,
            false => recognise::kinds()?
                .pictures()
                .map(|rules| rules.photo.kind.clone()),
        };
        Ok(Self {
            decisions,
            learner,
            activities,
            of,
            photo,
            loaded,
        })
    }

    /// Returns the links of a document, best first.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn links(
        &self,
        workspace: &Workspace,
        digest: &Digest,
    ) -> Result<Vec<Link>, Error> {
        let mut links = self.own_links(workspace, digest)?;
        let activity = self.of.get(digest).and_then(|at| self.activities.get(*at));
        if let Some(activity) = activity.filter(|one| one.photos().any(|p| p == digest)) {
            let propagated = match activity.propagated.get() {
                Some(propagated) => propagated,
                None => {
                    let propagated = self.propagated_by(workspace, activity)?;
                    activity.propagated.get_or_init(|| propagated)
                }
            };
            self.add_propagated(digest, &mut links, propagated);
        }
        Ok(links)
    }

    fn propagated_by(
        &self,
        workspace: &Workspace,
        activity: &ActivityLinks,
    ) -> Result<Vec<Link>, Error> {
        let mut links = Vec::new();
        for paper in activity.papers() {
            links.extend(self.own_links(workspace, paper)?);
        }
        Ok(self.propagated(workspace, links.iter()))
    }

    fn own_links(
        &self,
        workspace: &Workspace,
        digest: &Digest,
    ) -> Result<Vec<Link>, Error> {
        let suggested = workspace.catalog.links(digest)?;
        self.weigh(workspace, digest, suggested)
    }

    /// Returns a document's own links, of those that were suggested.
    fn weigh(
        &self,
        workspace: &Workspace,
        digest: &Digest,
        suggested: Vec<Link>,
    ) -> Result<Vec<Link>, Error> {
        let traits = match self.learner.lessons() {
            0 => Vec::new(),
            _ => workspace.catalog.traits_of(digest)?,
        };
        Ok(self.apply_decisions(workspace, digest, suggested, &traits))
    }

    /// Returns what the papers of an activity, with these links, propagate to its photos.
    fn propagated<'l>(
        &self,
        workspace: &Workspace,
        links: impl Iterator<Item = &'l Link>,
    ) -> Vec<Link> {
        link::propagated(links, &workspace.framework, self.photo.as_ref())
    }

    /// Adds what is propagated to a photo's own links.
    fn add_propagated(
        &self,
        digest: &Digest,
        links: &mut Vec<Link>,
        propagated: &[Link],
    ) {
        let is_decided = |question: &QuestionId| self.verdict(digest, question).is_some();
        link::add_propagated(links, propagated, is_decided);
    }

    /// Returns the links of every document that has any, in order of digest.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn all_links(
        &self,
        workspace: &Workspace,
    ) -> Result<BTreeMap<Digest, Vec<Link>>, Error> {
        let mut all = BTreeMap::new();
        self.each_links(workspace, |digest, links| {
            all.insert(digest, links);
        })?;
        Ok(all)
    }

    /// Calls `each` with the links of one document after another, each document once.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn each_links(
        &self,
        workspace: &Workspace,
        mut each: impl FnMut(Digest, Vec<Link>),
    ) -> Result<(), Error> {
        // A decided link need not have been suggested, and a photo has those of its activity.
        let mut apart: BTreeSet<&Digest> = self.decisions.keys().collect();
        apart.extend(self.activities.iter().flat_map(ActivityLinks::photos));
        workspace.catalog.each_links(|digest, suggested| {
            if !apart.contains(&digest) {
                each(digest, self.weigh(workspace, &digest, suggested)?);
            }
            Ok::<_, Error>(())
        })?;
        for digest in apart {
            each(*digest, self.links(workspace, digest)?);
        }
        Ok(())
    }

    /// Returns the confidence of the best link that fits, of every document that has one. No link
    /// below [`Ratio::LISTED`] is looked at.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn best(
        &self,
        workspace: &Workspace,
        asked: LinkFilter<'_>,
    ) -> Result<BTreeMap<Digest, Ratio>, Error> {
        let least = asked.least.max_of(Ratio::LISTED);
        let asked = LinkFilter { least, ..asked };
        Ok(match self.source(workspace)? {
            Source::Table(table) => {
                let catalog = &workspace.catalog;
                catalog.best_links(table, asked.questions, asked.least)?
            }
            Source::Weighed(all) => {
                let best = all.into_iter();
                best.filter_map(|(digest, links)| Some((digest, asked.best(&links)?)))
                    .collect()
            }
        })
    }

    /// Returns the documents that were read and have no link of at least [`Ratio::LISTED`].
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn unlinked(&self, workspace: &Workspace) -> Result<BTreeSet<Digest>, Error> {
        let catalog = &workspace.catalog;
        Ok(match self.source(workspace)? {
            Source::Table(table) => catalog.without_links(table, Ratio::LISTED)?,
            Source::Weighed(all) => {
                let is_linked = |d: &Digest| all.get(d).is_some_and(|of| !of.is_empty());
                let mut unlinked: BTreeSet<Digest> =
                    catalog.read_paths()?.into_keys().collect();
                unlinked.retain(|digest| !is_linked(digest));
                unlinked
            }
        })
    }

    /// Calls `take` with every link that a list shows: of at least [`Ratio::LISTED`].
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn each_listed(
        &self,
        workspace: &Workspace,
        mut take: impl FnMut(Digest, &QuestionId, Ratio),
    ) -> Result<(), Error> {
        match self.source(workspace)? {
            Source::Table(table) => {
                workspace.catalog.each_link(table, Ratio::LISTED, take)?;
            }
            Source::Weighed(all) => {
                for (digest, links) in &all {
                    for (question, confidence) in links {
                        take(*digest, question, *confidence);
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns what holds the effective links: those that were suggested where nothing changes
    /// them, else those weighed before, or just now and kept where that may be.
    fn source(&self, workspace: &Workspace) -> Result<Source, Error> {
        let mut photos = self.activities.iter().flat_map(ActivityLinks::photos);
        if self.decisions.is_empty() && photos.next().is_none() {
            return Ok(Source::Table(LinkTable::Suggested));
        }
        let catalog = &workspace.catalog;
        let framework = format!("{:?} {}", workspace.framework, process::build());
        let by = fixity::hash(framework.as_bytes()).to_string();
        if catalog.has_effective(&by)? {
            return Ok(Source::Table(LinkTable::Effective));
        }
        let all = self.weighed(workspace)?;
        let kept = workspace
            .keep_derived(self.loaded, |catalog| catalog.keep_effective(&by, &all))?;
        Ok(match kept {
            true => Source::Table(LinkTable::Effective),
            false => Source::Weighed(all),
        })
    }

    /// Returns what the links of all documents are weighed to.
    fn weighed(&self, workspace: &Workspace) -> Result<Weighed, Error> {
        let mut weighed = Weighed::new();
        self.each_links(workspace, |digest, links| {
            let listed = links.iter().filter(|link| link.confidence >= Ratio::LISTED);
            let listed = listed.map(|link| (link.question.clone(), link.confidence));
            weighed.insert(digest, listed.collect());
        })?;
        Ok(weighed)
    }

    fn apply_decisions(
        &self,
        workspace: &Workspace,
        digest: &Digest,
        suggested: Vec<Link>,
        traits: &[String],
    ) -> Vec<Link> {
        let decisions = self.decisions_on(digest);
        link::effective_links(
            suggested,
            traits,
            decisions,
            &self.learner,
            &workspace.framework,
        )
    }

    /// Returns the decisions on a document, in the order they were made.
    pub fn decisions_on(&self, digest: &Digest) -> &[Decision] {
        self.decisions.get(digest).map_or(&[], Vec::as_slice)
    }

    /// Returns the last decision on a document and a question.
    pub fn verdict(&self, digest: &Digest, question: &QuestionId) -> Option<Verdict> {
        let last = link::last_decisions(self.decisions_on(digest));
        last.get(question).map(|decision| decision.verdict)
    }

    /// Returns the questions that some documents confidently prove, in order.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn proven_by(
        &self,
        workspace: &Workspace,
        documents: &BTreeSet<Digest>,
    ) -> Result<BTreeMap<Digest, Vec<QuestionId>>, Error> {
        let least = Ratio::CONFIDENT;
        Ok(match self.source(workspace)? {
            Source::Table(table) => {
                let catalog = &workspace.catalog;
                catalog.linked_questions(table, documents, least)?
            }
            Source::Weighed(all) => {
                let proven = |digest: &Digest| {
                    let links = all.get(digest).into_iter().flatten();
                    let proven = links.filter(|(_, confidence)| *confidence >= least);
                    let mut proven: Vec<QuestionId> =
                        proven.map(|(question, _)| question.clone()).collect();
                    proven.sort();
                    (*digest, proven)
                };
                documents.iter().map(proven).collect()
            }
        })
    }

    /// Returns the other documents of the activity that a document belongs to.
    pub fn companions(&self, digest: &Digest) -> Vec<Digest> {
        let activity = self.of.get(digest).and_then(|at| self.activities.get(*at));
        let members = activity.into_iter().flat_map(|one| &one.row.members);
        let others = members.filter(|member| member.document != *digest);
        others.map(|member| member.document).collect()
    }

    /// Returns the learner.
    pub fn learner(&self) -> &Learner {
        &self.learner
    }
}

/// Returns the decisions on a framework's questions that were not taken back, with their
/// numbers, in the order they were made.
pub fn valid_decisions<'a>(
    rows: &'a [DecisionRow],
    framework: &str,
) -> Vec<(i64, &'a Decision)> {
    let undone = undone(rows);
    rows.iter()
        .filter(|row| row.framework == framework && !undone.contains(&row.act))
        .filter_map(|row| match &row.what {
            Entry::Decision(decision) => Some((row.id, decision)),
            Entry::Undo { .. } => None,
        })
        .collect()
}

/// Learns from the decisions of an archive and keeps that, so that a search need not learn.
/// Called by what changes decisions or links; whoever only reads never writes.
///
/// # Errors
/// When the catalog cannot be read or written.
pub fn keep_learnt(workspace: &Workspace) -> Result<(), Error> {
    let before = workspace.catalog.moment()?;
    let rows = workspace.catalog.decision_rows()?;
    if rows.is_empty() || kept_learner(workspace)?.is_some() {
        return Ok(());
    }
    let framework = workspace.framework.id();
    let learnt = Learnt {
        framework: framework.to_owned(),
        learner: learn(workspace, &valid_decisions(&rows, framework))?,
    };
    // Numbers and names always become JSON; without it the next reader learns by itself.
    if let Ok(text) = serde_json::to_string(&learnt) {
        workspace.keep_derived(before, |catalog| catalog.set(LEARNT, &text))?;
    }
    Ok(())
}

/// Returns the learner that the catalog keeps for the framework in use.
fn kept_learner(workspace: &Workspace) -> Result<Option<Learner>, Error> {
    let text = workspace.catalog.get(LEARNT)?;
    let learnt = text.and_then(|text| serde_json::from_str::<Learnt>(&text).ok());
    Ok(learnt
        .filter(|learnt| learnt.framework == workspace.framework.id())
        .map(|learnt| learnt.learner))
}

/// Forgets what was learnt so far; the decisions themselves hold.
///
/// # Errors
/// When the catalog cannot be written.
pub fn forget_learnt(workspace: &Workspace) -> Result<(), Error> {
    let _lock = workspace.lock_record()?;
    let rows = workspace.catalog.decision_rows()?;
    let last = rows.last().map_or(0, |row| row.id);
    workspace.catalog.set(LEARN_AFTER, &last.to_string())?;
    keep_learnt(workspace)
}

fn learn(
    workspace: &Workspace,
    valid_decisions: &[(i64, &Decision)],
) -> Result<Learner, Error> {
    let after = workspace.catalog.get(LEARN_AFTER)?;
    let after: i64 = after.and_then(|text| text.parse().ok()).unwrap_or(0);
    let taught = valid_decisions.iter().filter(|(id, _)| *id > after);
    // Of several decisions on one pair, the last one counts.
    let mut last: BTreeMap<(Digest, &QuestionId), (i64, Verdict)> = BTreeMap::new();
    for (id, decision) in taught {
        let tie = (decision.document, &decision.question);
        last.insert(tie, (*id, decision.verdict));
    }
    let documents: BTreeSet<Digest> = last.keys().map(|(digest, _)| *digest).collect();
    let mut suggested: BTreeMap<Digest, (Vec<Link>, Vec<String>)> = BTreeMap::new();
    for digest in documents {
        let links = workspace.catalog.links(&digest)?;
        suggested.insert(digest, (links, workspace.catalog.traits_of(&digest)?));
    }
    let mut lessons: Vec<(i64, Lesson)> = last
        .into_iter()
        .filter_map(|((digest, question), (id, verdict))| {
            let (links, traits) = suggested.get(&digest)?;
            let link = links.iter().find(|link| link.question == *question)?;
            let accepted = verdict == Verdict::Accept;
            Some((
                id,
                Lesson {
                    link,
                    traits,
                    accepted,
                },
            ))
        })
        .collect();
    lessons.sort_by_key(|(id, _)| *id);
    let lessons: Vec<Lesson> = lessons.into_iter().map(|(_, lesson)| lesson).collect();
    Ok(Learner::new(&lessons))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::model::Decided;

    fn decision(question: &QuestionId, verdict: Verdict) -> Decision {
        Decision {
            document: crate::fixity::hash(b"photo"),
            question: question.clone(),
            verdict,
            decided: Decided {
                author: "Sari".to_owned(),
                made: "2025-01-01T00:00:00Z".to_owned(),
                note: String::new(),
            },
        }
    }

    #[test]
    fn the_last_word_on_a_tie_holds() {
        let mut effective = EffectiveLinks::default();
        let [question, other] = ["KLA24-01-Q1", "KLA24-01-Q2"].map(QuestionId::from);
        let photo = crate::fixity::hash(b"photo");
        assert_eq!(effective.verdict(&photo, &question), None);
        let said = [Verdict::Accept, Verdict::Reject].map(|v| decision(&question, v));
        effective.decisions.insert(photo, said.to_vec());
        assert_eq!(effective.verdict(&photo, &question), Some(Verdict::Reject));
        assert_eq!(effective.verdict(&photo, &other), None);
        assert_eq!(effective.decisions_on(&photo).len(), 2);
        assert!(effective.companions(&photo).is_empty());
    }

    #[test]
    fn what_was_taken_back_or_is_of_another_edition_does_not_hold() {
        let question = QuestionId::from("KLA24-01-Q1");
        let row = |id, act, framework: &str, what| DecisionRow {
            id,
            act,
            framework: framework.to_owned(),
            what,
            origin: None,
        };
        let said = || Entry::Decision(decision(&question, Verdict::Accept));
        let undo = |act| Entry::Undo {
            act,
            by: decision(&question, Verdict::Accept).decided,
        };
        let rows = [
            row(1, 1, "kla-2024", said()),
            row(2, 2, "kla-2024", said()),
            row(3, 3, "kla-2026", said()),
            row(4, 4, "kla-2024", undo(1)),
            row(5, 5, "kla-2024", said()),
        ];
        let holding = |framework| {
            let valid = valid_decisions(&rows, framework).into_iter();
            valid.map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(holding("kla-2024"), [2, 5]);
        assert_eq!(holding("kla-2026"), [3]);
        assert!(holding("spbe").is_empty());
    }
}
