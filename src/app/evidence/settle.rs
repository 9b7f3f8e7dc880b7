//! The links of an archive as they stand: what was suggested, moved by what people taught, with
//! their decisions over it. Everything that shows or judges links asks here.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::reading::recognise;
use crate::{
    framework::Framework,
    io::store::{ActivityRow, DecisionRow, Entry, undone},
    link::{self, Learner, Lesson},
    model::{Cue, Decision, Digest, DocTypeId, Link, QuestionId, Ratio, Reason, Verdict},
};
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

/// Remembers, in the catalog, the last decision that is not learnt from any more.
const LEARN_AFTER: &str = "learn_after";

/// A paper lends to the photos of its activity from this confidence on.
const LENT_FROM: f32 = 0.5;
/// The share of its confidence that it lends.
const LENT: f32 = 0.75;
/// The most it lends: far from confident.
const LENT_MOST: f32 = 0.6;

/// What people said about the links of an archive.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    decisions: BTreeMap<Digest, Vec<Decision>>,
    learner: Learner,
    activities: Vec<Shared>,
    /// Which of the activities a document belongs to.
    of: BTreeMap<Digest, usize>,
    photo: Option<DocTypeId>,
}

/// An activity, and what its papers lend to its photos once somebody asked.
#[derive(Debug, Clone)]
struct Shared {
    row: ActivityRow,
    lent: OnceCell<Vec<Link>>,
}

impl Shared {
    fn papers(&self) -> impl Iterator<Item = &Digest> {
        let papers = self.row.members.iter().filter(|member| !member.is_photo);
        papers.map(|member| &member.document)
    }

    fn photos(&self) -> impl Iterator<Item = &Digest> {
        let photos = self.row.members.iter().filter(|member| member.is_photo);
        photos.map(|member| &member.document)
    }
}

impl Settled {
    /// Reads the record of decisions and learns from it.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn of(workspace: &Workspace) -> Result<Self, Error> {
        let rows = workspace.catalog.decision_rows()?;
        let valid = valid(&rows, workspace.framework.id());
        let mut decisions: BTreeMap<Digest, Vec<Decision>> = BTreeMap::new();
        for (_, decision) in &valid {
            let of = decisions.entry(decision.document).or_default();
            of.push((*decision).clone());
        }
        let learner = learn(workspace, &valid)?;
        let mut of = BTreeMap::new();
        let mut activities = Vec::new();
        for (at, row) in workspace.catalog.activities()?.into_iter().enumerate() {
            of.extend(row.members.iter().map(|member| (member.document, at)));
            let lent = OnceCell::new();
            activities.push(Shared { row, lent });
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
            let lent = match activity.lent.get() {
                Some(lent) => lent,
                None => {
                    let lent = self.lent_by(workspace, activity)?;
                    activity.lent.get_or_init(|| lent)
                }
            };
            self.borrow(digest, &mut links, lent);
        }
        Ok(links)
    }

    fn lent_by(
        &self,
        workspace: &Workspace,
        activity: &Shared,
    ) -> Result<Vec<Link>, Error> {
        let mut links = Vec::new();
        for paper in activity.papers() {
            links.extend(self.own_links(workspace, paper)?);
        }
        Ok(self.lent(&workspace.framework, links.iter()))
    }

    fn own_links(
        &self,
        workspace: &Workspace,
        digest: &Digest,
    ) -> Result<Vec<Link>, Error> {
        let suggested = workspace.catalog.links(digest)?;
        let traits = match self.learner.lessons() {
            0 => Vec::new(),
            _ => workspace.catalog.traits_of(digest)?,
        };
        Ok(self.settle(workspace, digest, suggested, &traits))
    }

    /// Returns what the papers of an activity lend to its photos: a photo alone is never
    /// strong evidence, and what others say of it is no more than a hint.
    fn lent<'l>(
        &self,
        framework: &Framework,
        links: impl Iterator<Item = &'l Link>,
    ) -> Vec<Link> {
        let takes_photos = |question: &QuestionId| {
            let kinds = framework.question(question).map(|q| &q.kinds);
            let photo = self.photo.as_ref();
            kinds
                .zip(photo)
                .is_some_and(|(kinds, photo)| kinds.contains(photo))
        };
        let mut best: BTreeMap<&QuestionId, &Link> = BTreeMap::new();
        let telling = links.filter(|link| link.confidence >= Ratio::new(LENT_FROM));
        for link in telling.filter(|link| takes_photos(&link.question)) {
            let best = best.entry(&link.question).or_insert(link);
            if link.confidence > best.confidence {
                *best = link;
            }
        }
        let lend = |link: &Link| Link {
            confidence: Ratio::new((link.confidence.get() * LENT).min(LENT_MOST)),
            cue: Cue {
                term: link.cue.term.clone(),
                span: None,
            },
            against: None,
            reasons: vec![Reason::SameActivity],
            decided: None,
            ..link.clone()
        };
        best.into_values().map(lend).collect()
    }

    /// Gives a photo what it is lent, where it does not speak for itself and nobody decided.
    fn borrow(&self, digest: &Digest, links: &mut Vec<Link>, lent: &[Link]) {
        for link in lent {
            if self.verdict(digest, &link.question).is_some() {
                continue;
            }
            match links.iter_mut().find(|own| own.question == link.question) {
                Some(own) if own.confidence >= link.confidence => {}
                Some(own) => *own = link.clone(),
                None => links.push(link.clone()),
            }
        }
        links.sort_by(Link::best_first);
    }

    /// Returns the links of every document that has any, in order of digest.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn all_links(
        &self,
        workspace: &Workspace,
    ) -> Result<BTreeMap<Digest, Vec<Link>>, Error> {
        let mut all = workspace.catalog.all_links()?;
        if !self.decisions.is_empty() {
            self.settle_all(workspace, &mut all)?;
        }
        for activity in &self.activities {
            let links = activity.papers().filter_map(|paper| all.get(paper));
            let lent = self.lent(&workspace.framework, links.flatten());
            for photo in activity.photos().filter(|_| !lent.is_empty()) {
                let own = all.entry(*photo).or_default();
                self.borrow(photo, own, &lent);
            }
        }
        Ok(all)
    }

    fn settle_all(
        &self,
        workspace: &Workspace,
        all: &mut BTreeMap<Digest, Vec<Link>>,
    ) -> Result<(), Error> {
        for digest in self.decisions.keys() {
            all.entry(*digest).or_default();
        }
        let traits = match self.learner.lessons() {
            0 => BTreeMap::new(),
            _ => workspace.catalog.traits()?,
        };
        for (digest, links) in all {
            let traits = traits.get(digest).map_or(&[][..], Vec::as_slice);
            let suggested = std::mem::take(links);
            *links = self.settle(workspace, digest, suggested, traits);
        }
        Ok(())
    }

    fn settle(
        &self,
        workspace: &Workspace,
        digest: &Digest,
        suggested: Vec<Link>,
        traits: &[String],
    ) -> Vec<Link> {
        let decisions = self.on(digest);
        link::settle(
            suggested,
            traits,
            decisions,
            &self.learner,
            &workspace.framework,
        )
    }

    /// Returns the decisions on a document, in the order they were made.
    pub fn on(&self, digest: &Digest) -> &[Decision] {
        self.decisions.get(digest).map_or(&[], Vec::as_slice)
    }

    /// Tells what a person decided last on a document and a question.
    pub fn verdict(&self, digest: &Digest, question: &QuestionId) -> Option<Verdict> {
        let last = link::last(self.on(digest));
        last.get(question).map(|decision| decision.verdict)
    }

    /// Returns the other documents of the activity that a document belongs to.
    pub fn companions(&self, digest: &Digest) -> Vec<Digest> {
        let activity = self.of.get(digest).and_then(|at| self.activities.get(*at));
        let members = activity.into_iter().flat_map(|one| &one.row.members);
        let others = members.filter(|member| member.document != *digest);
        others.map(|member| member.document).collect()
    }

    /// Returns what was learnt.
    pub fn learner(&self) -> &Learner {
        &self.learner
    }
}

/// Returns the decisions on a framework's questions that were not taken back, with their
/// numbers, in the order they were made.
pub fn valid<'a>(rows: &'a [DecisionRow], framework: &str) -> Vec<(i64, &'a Decision)> {
    let undone = undone(rows);
    rows.iter()
        .filter(|row| row.framework == framework && !undone.contains(&row.act))
        .filter_map(|row| match &row.what {
            Entry::Decision(decision) => Some((row.id, decision)),
            Entry::Undo { .. } => None,
        })
        .collect()
}

/// Forgets what was learnt so far; the decisions themselves hold.
///
/// # Errors
/// When the catalog cannot be written.
pub fn forget(workspace: &Workspace) -> Result<(), Error> {
    let rows = workspace.catalog.decision_rows()?;
    let last = rows.last().map_or(0, |row| row.id);
    Ok(workspace.catalog.set(LEARN_AFTER, &last.to_string())?)
}

fn learn(workspace: &Workspace, valid: &[(i64, &Decision)]) -> Result<Learner, Error> {
    let after = workspace.catalog.get(LEARN_AFTER)?;
    let after: i64 = after.and_then(|text| text.parse().ok()).unwrap_or(0);
    let taught = valid.iter().filter(|(id, _)| *id > after);
    // Of several decisions on one tie, the last one teaches.
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

    use crate::model::{Decided, IndicatorId};

    fn link(question: &QuestionId, confidence: f32) -> Link {
        Link {
            question: question.clone(),
            indicator: IndicatorId::from("KLA24-01"),
            confidence: Ratio::new(confidence),
            cue: Cue {
                term: "kawasan".to_owned(),
                span: None,
            },
            against: None,
            reasons: vec![Reason::TermInText],
            decided: None,
        }
    }

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

    /// What was decided on nothing yet, a question that takes photos, and one that takes none.
    fn settled() -> (Settled, Framework, [QuestionId; 2]) {
        let framework = Framework::builtin().unwrap();
        let kinds = recognise::kinds().unwrap();
        let photo = kinds.pictures().unwrap().photo.kind.clone();
        let takes = |wanted: bool| {
            let mut all = framework.questions().iter();
            all.find(|q| q.kinds.contains(&photo) == wanted)
                .unwrap()
                .id
                .clone()
        };
        let questions = [takes(true), takes(false)];
        let settled = Settled {
            photo: Some(photo),
            ..Settled::default()
        };
        (settled, framework, questions)
    }

    #[test]
    fn papers_lend_a_part_and_only_where_photos_count() {
        let (settled, framework, [takes, takes_none]) = settled();
        let lent = |links: &[Link]| settled.lent(&framework, links.iter());
        let cases = [
            (0.4, None),
            (0.6, Some(0.45)),
            // Far from confident, however sure the paper is.
            (0.95, Some(0.6)),
        ];
        for (own, expected) in cases {
            let found = lent(&[link(&takes, own), link(&takes_none, own)]);
            let found: Vec<f32> =
                found.iter().map(|link| link.confidence.get()).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<f32>>(), "{own}");
        }
        let best = lent(&[link(&takes, 0.6), link(&takes, 0.7), link(&takes, 0.5)]);
        assert_eq!(best.len(), 1, "once for a question");
        assert_eq!(best[0].confidence, Ratio::new(0.7 * LENT));
        assert_eq!(best[0].reasons, [Reason::SameActivity]);
    }

    #[test]
    fn a_photo_speaks_for_itself_before_it_borrows() {
        let (mut settled, _, [takes, other]) = settled();
        let photo = crate::fixity::hash(b"photo");
        let sure = Ratio::new;
        let lent = [link(&takes, 0.45)];
        let borrowed = |settled: &Settled, own: &[Link]| {
            let mut links = own.to_vec();
            settled.borrow(&photo, &mut links, &lent);
            let told = |link: &Link| (link.question.clone(), link.confidence);
            links.iter().map(told).collect::<Vec<_>>()
        };
        let (lent_one, own) = ((takes.clone(), sure(0.45)), (other.clone(), sure(0.6)));
        assert_eq!(borrowed(&settled, &[]), std::slice::from_ref(&lent_one));
        let beside = borrowed(&settled, &[link(&other, 0.6)]);
        assert_eq!(beside, [own, lent_one], "the best first");
        assert_eq!(borrowed(&settled, &[link(&takes, 0.2)])[0].1, sure(0.45));
        assert_eq!(borrowed(&settled, &[link(&takes, 0.5)])[0].1, sure(0.5));
        let no = decision(&takes, Verdict::Reject);
        settled.decisions.insert(photo, vec![no]);
        assert!(borrowed(&settled, &[]).is_empty(), "somebody decided");
    }

    #[test]
    fn the_last_word_on_a_tie_holds() {
        let (mut settled, _, [question, other]) = settled();
        let photo = crate::fixity::hash(b"photo");
        assert_eq!(settled.verdict(&photo, &question), None);
        let said = [Verdict::Accept, Verdict::Reject].map(|v| decision(&question, v));
        settled.decisions.insert(photo, said.to_vec());
        assert_eq!(settled.verdict(&photo, &question), Some(Verdict::Reject));
        assert_eq!(settled.verdict(&photo, &other), None);
        assert_eq!(settled.on(&photo).len(), 2);
        assert!(settled.companions(&photo).is_empty());
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
            let valid = valid(&rows, framework).into_iter();
            valid.map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(holding("kla-2024"), [2, 5]);
        assert_eq!(holding("kla-2026"), [3]);
        assert!(holding("spbe").is_empty());
    }
}
