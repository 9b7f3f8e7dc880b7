//! Editions of a framework: each year renumbers questions and changes points. Compares two editions
//! question by question, and migrates an archive without losing a decision.

use super::framework::load;
use super::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::effective_links::valid_decisions;
use crate::app::progress::Progress;
use crate::app::reading::index;
use crate::app::user_files;
use crate::framework::{Framework, Question};
use crate::io::files::path;
use crate::io::sheet;
use crate::lexicon::analysis;
use crate::model::{Decision, Lang, QuestionId, Ratio};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::Path,
};

/// Share of the words of two questions that must be common before one is taken for the other.
/// Chosen by hand: below it the questions of one indicator begin to look alike.
const SAME_QUESTION: f32 = 0.8;
/// From this share on decisions are carried over without a person's mapping.
const CARRIED: f32 = 0.9;

/// What happened to a question between two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Fate {
    /// Id and everything that matters for evidence are the same.
    Same,
    /// The id is the same, wording, points, kinds, offices or indicator are others.
    Changed,
    /// It has another id.
    Renumbered,
    /// It is gone.
    Removed,
    /// It is new.
    Added,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Self; 5] = [
        Self::Same,
        Self::Changed,
        Self::Renumbered,
        Self::Removed,
        Self::Added,
    ];

    /// Returns the name that JSON and the mapping use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the word that users read.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Same => lang.pick("tetap", "same"),
            Self::Changed => lang.pick("berubah", "changed"),
            Self::Renumbered => lang.pick("bernomor lain", "renumbered"),
            Self::Removed => lang.pick("dihapus", "removed"),
            Self::Added => lang.pick("baru", "added"),
        }
    }
}

/// A question in the old and the new edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What happened to it.
    pub fate: Fate,
    /// Its id in the old edition.
    pub old: Option<QuestionId>,
    /// Its id in the new one.
    pub new: Option<QuestionId>,
    /// How sure it is that both are the same question.
    pub confidence: Ratio,
    /// Points in the old edition and the new; 0 where it is not in it.
    pub points: (f64, f64),
    /// What is other: `ask`, `max`, `kinds`, `offices`, `indicator`, `period`.
    pub differs: Vec<&'static str>,
}

/// Compares two editions, in the order of the old one; what is new stands at the end.
pub fn diff(old: &Framework, new: &Framework) -> Vec<Pair> {
    let mut left: BTreeMap<&QuestionId, (&Question, Vec<String>)> = new
        .questions()
        .iter()
        .map(|question| (&question.id, (question, analysis::stems(&question.ask.id))))
        .collect();
    let mut partners: BTreeMap<&QuestionId, (&Question, f32)> = BTreeMap::new();
    for question in old.questions() {
        if let Some((same, _)) = left.remove(&question.id) {
            partners.insert(&question.id, (same, 1.0));
        }
    }
    let open = old
        .questions()
        .iter()
        .filter(|question| !partners.contains_key(&question.id))
        .collect::<Vec<_>>();
    for question in open {
        let own = analysis::stems(&question.ask.id);
        let best = left
            .values()
            .map(|(other, theirs)| (analysis::word_overlap(&own, theirs), *other))
            .filter(|(alike, _)| *alike >= SAME_QUESTION)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.id.cmp(&a.1.id)));
        if let Some((alike, other)) = best {
            left.remove(&other.id);
            partners.insert(&question.id, (other, alike));
        }
    }
    let mut pairs: Vec<Pair> = old
        .questions()
        .iter()
        .map(|question| pair(question, partners.get(&question.id).copied()))
        .collect();
    let added = new.questions().iter().filter(|q| left.contains_key(&q.id));
    pairs.extend(added.map(|question| Pair {
        fate: Fate::Added,
        old: None,
        new: Some(question.id.clone()),
        confidence: Ratio::ONE,
        points: (0.0, question.max),
        differs: Vec::new(),
    }));
    pairs
}

fn pair(old: &Question, partner: Option<(&Question, f32)>) -> Pair {
    let Some((new, alike)) = partner else {
        return Pair {
            fate: Fate::Removed,
            old: Some(old.id.clone()),
            new: None,
            confidence: Ratio::ONE,
            points: (old.max, 0.0),
            differs: Vec::new(),
        };
    };
    let differs = differences(old, new);
    let fate = match (old.id == new.id, differs.is_empty()) {
        (false, _) => Fate::Renumbered,
        (true, true) => Fate::Same,
        (true, false) => Fate::Changed,
    };
    Pair {
        fate,
        old: Some(old.id.clone()),
        new: Some(new.id.clone()),
        confidence: Ratio::new(alike),
        points: (old.max, new.max),
        differs,
    }
}

fn differences(old: &Question, new: &Question) -> Vec<&'static str> {
    let all = [
        ("ask", old.ask != new.ask),
        ("max", (old.max - new.max).abs() > f64::EPSILON),
        ("kinds", old.kinds != new.kinds),
        ("offices", old.offices != new.offices),
        ("indicator", old.indicator != new.indicator),
        ("period", old.period != new.period),
    ];
    let differing = all.into_iter().filter(|(_, differs)| *differs);
    differing.map(|(name, _)| name).collect()
}

/// Writes the comparison as a mapping for a person to correct.
///
/// # Errors
/// When the file cannot be written.
pub fn write_mapping(pairs: &[Pair], file: &Path) -> Result<(), Error> {
    user_files::save(file, mapping(pairs).as_bytes())
}

/// Returns the comparison as a mapping: old, new, confidence, fate. What is not sure is left
/// open.
fn mapping(pairs: &[Pair]) -> String {
    let mut text = "old,new,confidence,fate\n".to_owned();
    for pair in pairs {
        let Some(old) = &pair.old else { continue };
        let sure = pair.confidence >= Ratio::new(CARRIED);
        let new = pair.new.as_ref().filter(|_| sure);
        let new = new.map_or("", QuestionId::as_str);
        let (confidence, fate) = (pair.confidence.get(), pair.fate.as_str());
        // Writing into a text does not fail.
        let _ = writeln!(text, "{old},{new},{confidence:.2},{fate}");
    }
    text
}

/// The result of moving an archive to another edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Decisions carried over.
    pub carried: usize,
    /// Questions whose decisions could not be carried over, with how many there are. They are
    /// kept, under the old edition.
    pub left: BTreeMap<QuestionId, usize>,
}

/// Moves an archive to another edition: decisions are carried over by the mapping, or by the
/// comparison where it is sure, and every document is linked again.
///
/// # Errors
/// When a file cannot be read, the mapping names what is not there, or the archive is in use.
pub fn migrate(
    workspace: &mut Workspace,
    file: &str,
    map: Option<&Path>,
    jobs: usize,
    progress: &dyn Progress,
) -> Result<Moved, Error> {
    let (new, text) = load(file)?;
    let pairs = diff(&workspace.framework, &new);
    let map = match map {
        Some(map) => read_mapping(map, &new)?,
        None => pairs
            .into_iter()
            .filter(|pair| pair.confidence >= Ratio::new(CARRIED))
            .filter_map(|pair| Some((pair.old?, pair.new?)))
            .collect(),
    };
    let moved = {
        let _locks = (workspace.lock()?, workspace.lock_record()?);
        let moved = carry(workspace, &new, &map)?;
        workspace.adopt(new, text.as_deref())?;
        moved
    };
    index::link_again(workspace, jobs, progress)?;
    Ok(moved)
}

/// Puts decisions under the new edition, once: those that were carried over before are not
/// carried again.
fn carry(
    workspace: &mut Workspace,
    new: &Framework,
    map: &BTreeMap<QuestionId, QuestionId>,
) -> Result<Moved, Error> {
    let rows = workspace.catalog.decision_rows()?;
    let old_id = workspace.framework.id().to_owned();
    let done: BTreeSet<i64> = rows
        .iter()
        .filter(|row| row.framework == new.id())
        .filter_map(|row| row.origin)
        .collect();
    let mut carried: Vec<(Decision, Option<i64>)> = Vec::new();
    let mut left: BTreeMap<QuestionId, usize> = BTreeMap::new();
    for (id, decision) in valid_decisions(&rows, &old_id) {
        match map.get(&decision.question) {
            // The record speaks of it under this very name already.
            Some(same) if old_id == new.id() && *same == decision.question => {}
            Some(_) if done.contains(&id) => {}
            Some(question) => {
                let moved = Decision {
                    question: question.clone(),
                    ..decision.clone()
                };
                carried.push((moved, Some(id)));
            }
            None => *left.entry(decision.question.clone()).or_default() += 1,
        }
    }
    if !carried.is_empty() {
        workspace.catalog.decide(new.id(), &carried)?;
    }
    Ok(Moved {
        carried: carried.len(),
        left,
    })
}

/// Reads a mapping: a line for each old question, the new one beside it, or nothing.
fn read_mapping(
    file: &Path,
    new: &Framework,
) -> Result<BTreeMap<QuestionId, QuestionId>, Error> {
    let shown = path::printable(&path::to_text(file));
    let mut map = BTreeMap::new();
    // The first row names the columns.
    for (line, cells) in user_files::read_rows(file, sheet::most_frequent)?
        .iter()
        .skip(1)
    {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        if cell(1).is_empty() {
            continue;
        }
        let question = new.question(&cell(1).into()).ok_or_else(|| {
            let name = cell(1);
            Error::new(
                ErrorKind::Usage,
                format!("`{shown}` baris {line}: tidak ada pertanyaan `{name}`"),
                format!("`{shown}` line {line}: there is no question `{name}`"),
            )
            .hint(
                "kosongkan kolom `new` bila pertanyaannya tidak ada lagi",
                "leave the column `new` empty where the question is gone",
            )
        })?;
        map.insert(cell(0).into(), question.id.clone());
    }
    Ok(map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework;

    /// The built-in framework with its text changed.
    fn edition(change: impl Fn(&str) -> String) -> Framework {
        let text = change(include_str!("../../../schema/framework.json"));
        framework::parse(&text, include_str!("../../../schema/offices.json")).unwrap()
    }

    #[test]
    fn an_edition_is_the_same_as_itself() {
        let one = Framework::builtin().unwrap();
        let pairs = diff(&one, &one);
        assert_eq!(pairs.len(), one.questions().len());
        assert!(pairs.iter().all(|pair| pair.fate == Fate::Same));
    }

    #[test]
    fn a_new_number_and_new_points_are_told_apart() {
        let old = Framework::builtin().unwrap();
        let new = edition(|text| {
            let text = text.replace("\"KLA24-17-Q2\"", "\"KLA26-17-Q1\"");
            text.replacen("\"id\":\"KLA24-06-Q7\"", "\"id\":\"KLA26-06-Q9\"", 1)
        });
        let pairs = diff(&old, &new);
        let renumbered: Vec<(&str, &str)> = pairs
            .iter()
            .filter(|pair| pair.fate == Fate::Renumbered)
            .map(|p| {
                (
                    p.old.as_ref().unwrap().as_str(),
                    p.new.as_ref().unwrap().as_str(),
                )
            })
            .collect();
        assert_eq!(
            renumbered,
            [
                ("KLA24-06-Q7", "KLA26-06-Q9"),
                ("KLA24-17-Q2", "KLA26-17-Q1")
            ]
        );
        let map = mapping(&pairs);
        assert!(
            map.contains("KLA24-17-Q2,KLA26-17-Q1,1.00,renumbered\n"),
            "{map}"
        );
    }
}
