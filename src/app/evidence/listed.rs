//! Looks up a list of documents: does the archive have each of them, and is it still in force?
//! Lists are CSV or plain text, one document per line.

use super::lines;
use super::lines::{Columns, Wanted};
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::reading::recognise;
use crate::{
    io::store::DocumentRow,
    lexicon::{analysis, words::citation},
    model::{Cited, Digest, FileState, Lang, RelationRole},
};
use std::path::Path;

/// Share of the words of both titles that must be common before they count as the same: lists
/// leave words out and scans garble some. Chosen by hand, shown to the user as `perhaps`.
const SAME_TITLE: f32 = 0.8;
/// Documents given for one line at most.
const MOST: usize = 5;

/// The answer to one line, by how well a document fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Held {
    /// Kind, number and year are the same.
    Held,
    /// The title is the same, and number or year could not be compared.
    Perhaps,
    /// The title is the same, number or year are others.
    OtherEdition,
    /// Nothing like it.
    Missing,
}

impl Held {
    /// Every answer, best first.
    pub const ALL: [Self; 4] =
        [Self::Held, Self::Perhaps, Self::OtherEdition, Self::Missing];

    /// Returns the name that JSON and CSV use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the word that users read.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Held => lang.pick("ada", "held"),
            Self::Perhaps => lang.pick("mungkin ada", "perhaps"),
            Self::OtherEdition => lang.pick("edisi lain", "other edition"),
            Self::Missing => lang.pick("belum ada", "missing"),
        }
    }
}

/// What another document of the archive does to the one found.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it does.
    pub role: RelationRole,
    /// The document that says so.
    pub by: Digest,
    /// How that document names itself, as far as it was read.
    pub name: String,
}

/// A document found for a line.
#[derive(Debug, Clone)]
pub struct Match {
    /// The document.
    pub document: DocumentRow,
    /// What was done to it since, as documents of this archive say.
    pub changes: Vec<Change>,
}

/// The answer to one line.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The line.
    pub wanted: Wanted,
    /// Whether the archive holds it.
    pub held: Held,
    /// What was found, the best first.
    pub found: Vec<Match>,
}

/// Looks up every line of a list. Also returns which column was read as what.
///
/// # Errors
/// When the file cannot be read or holds no line, or the catalog cannot be read.
pub fn look_up(
    workspace: &Workspace,
    file: &Path,
) -> Result<(Columns, Vec<Answer>), Error> {
    let kinds = recognise::kinds()?;
    let (columns, wanted) = lines::read(file, kinds)?;
    let mut documents = workspace.catalog.documents()?;
    documents.retain(|d| d.content.state == FileState::Indexed);
    let titles: Vec<Vec<String>> = documents
        .iter()
        .map(|d| {
            analysis::stems(d.content.facts.title.value().map_or("", String::as_str))
        })
        .collect();
    let answers = wanted
        .into_iter()
        .map(|wanted| answer(wanted, &documents, &titles));
    Ok((columns, answers.collect()))
}

fn answer(wanted: Wanted, documents: &[DocumentRow], titles: &[Vec<String>]) -> Answer {
    let title = analysis::stems(&wanted.title);
    let mut found: Vec<(Held, u32, &DocumentRow)> = documents
        .iter()
        .zip(titles)
        .filter_map(|(document, its_title)| {
            let stated = !(title.is_empty() || its_title.is_empty());
            let alike = analysis::word_overlap(&title, its_title);
            let same_title = stated.then_some(alike >= SAME_TITLE);
            let held = compare(&wanted, document, same_title)?;
            Some((held, (alike * 1000.0) as u32, document))
        })
        .collect();
    found.sort_by_key(|(held, alike, document)| {
        (*held, u32::MAX - *alike, document.content.digest)
    });
    let held = found.first().map_or(Held::Missing, |(held, ..)| *held);
    let best = found.into_iter().filter(|(h, ..)| *h == held).take(MOST);
    let matches = best.map(|(_, _, document)| Match {
        document: document.clone(),
        changes: changes(document, documents),
    });
    Answer {
        found: matches.collect(),
        wanted,
        held,
    }
}

/// Returns how a document answers a line; `None` where it is another one. What the line does not
/// state, and what was not read of the document, excludes nothing.
fn compare(
    wanted: &Wanted,
    document: &DocumentRow,
    same_title: Option<bool>,
) -> Option<Held> {
    let facts = &document.content.facts;
    let kind = wanted.kind.as_ref().zip(facts.kind.value());
    let kind = kind.map(|(wanted, kind)| *wanted == kind.id);
    let number = wanted.number.as_ref().zip(facts.number.value());
    let number = number.map(|(wanted, number)| same_number(wanted, number));
    let year = wanted.year.zip(facts.year.value());
    let year = year.map(|(wanted, year)| wanted == *year);
    let is_same = number == Some(true) && year == Some(true);
    // Two offices use the same numbers: only the title tells.
    if kind == Some(false) && same_title != Some(true) {
        return None;
    }
    if kind == Some(true) && is_same {
        return Some(Held::Held);
    }
    if number == Some(false) || year == Some(false) {
        return (same_title == Some(true)).then_some(Held::OtherEdition);
    }
    match same_title {
        Some(true) if is_same && wanted.kind.is_none() => Some(Held::Held),
        Some(true) => Some(Held::Perhaps),
        Some(false) => None,
        // Without a title, the number decides, and the year where it is stated.
        None => {
            let is_year = year == Some(true) || wanted.year.is_none();
            (number == Some(true) && is_year).then_some(Held::Perhaps)
        }
    }
}

/// Tells whether two numbers are the same, spelling and leading zeros aside.
fn same_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric() || *c == '/');
        let letters: String = letters.flat_map(char::to_lowercase).collect();
        letters.trim_start_matches('0').to_owned()
    };
    plain(one) == plain(other)
}

/// Returns what the other documents do to this one.
fn changes(document: &DocumentRow, documents: &[DocumentRow]) -> Vec<Change> {
    let facts = &document.content.facts;
    let (Some(kind), Some(number), Some(year)) =
        (facts.kind.value(), facts.number.value(), facts.year.value())
    else {
        return Vec::new();
    };
    let is_this = |cited: &Cited| {
        cited.kind == kind.id && cited.year == *year && same_number(&cited.number, number)
    };
    let mut changes = Vec::new();
    for other in documents {
        for relation in &other.content.facts.relations {
            let sure = relation.fact.confidence.is_confident();
            let same = other.content.digest == document.content.digest;
            if sure && !same && is_this(&relation.fact.value) {
                changes.push(Change {
                    role: relation.role,
                    by: other.content.digest,
                    name: name(other),
                });
            }
        }
    }
    changes
}

/// Returns kind, number and year, as far as they were read.
fn name(document: &DocumentRow) -> String {
    let facts = &document.content.facts;
    citation(
        facts.kind.value().map(|kind| kind.label.as_str()),
        facts.number.value().map(String::as_str),
        facts.year.value().copied(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_by_their_words() {
        let same = analysis::word_overlap(
            &analysis::stems("Kawasan Tanpa Rokok"),
            &analysis::stems("KAWASAN TANPA ROKOK DI KABUPATEN"),
        );
        assert!(same > 0.7, "{same}");
        assert!(
            analysis::word_overlap(
                &analysis::stems("Pajak Daerah"),
                &analysis::stems("Pajak Parkir")
            ) < SAME_TITLE
        );
        assert!(same_number(
            "188.45/12/KEP/2023",
            "188.45 / 12 / Kep / 2023"
        ));
        assert!(!same_number("5", "15"));
    }
}
