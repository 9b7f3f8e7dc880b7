//! Looks a whole list up: which of these documents does the archive hold, in which edition, and
//! is it still good? Lists come as CSV or plain text, a document a line.

use super::{
    error::{Error, ErrorKind},
    given, recognise,
    workspace::Workspace,
};
use crate::{
    classify::{Named, named},
    framework::DocTypes,
    io::{path, store::DocumentRow},
    model::{Cited, Digest, FileState, Lang, RelationRole, analysis},
};
use std::path::Path;

/// Share of the words of both titles that must be common before they count as the same: lists
/// leave words out and scans garble some. Chosen by hand, shown to the user as `perhaps`.
const SAME_TITLE: f32 = 0.8;
/// Documents given for one line at most.
const MOST: usize = 5;

/// Is one line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its number in the file, from 1.
    pub line: u32,
    /// As it stands there.
    pub text: String,
    /// As it was understood.
    pub named: Named,
}

/// Is how the archive answers one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
        match self {
            Self::Held => "held",
            Self::Perhaps => "perhaps",
            Self::OtherEdition => "other_edition",
            Self::Missing => "missing",
        }
    }

    /// Returns the word a clerk reads.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Held => lang.pick("ada", "held"),
            Self::Perhaps => lang.pick("mungkin ada", "perhaps"),
            Self::OtherEdition => lang.pick("edisi lain", "other edition"),
            Self::Missing => lang.pick("belum ada", "missing"),
        }
    }
}

/// Is what another document of the archive does to the one found.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it does.
    pub role: RelationRole,
    /// The document that says so.
    pub by: Digest,
    /// How that document names itself, as far as it was read.
    pub name: String,
}

/// Is one document found for a line.
#[derive(Debug, Clone)]
pub struct Match {
    /// The document.
    pub document: DocumentRow,
    /// What was done to it since, as documents of this archive say.
    pub changes: Vec<Change>,
}

/// Is the answer to one line.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The line.
    pub wanted: Wanted,
    /// Whether the archive holds it.
    pub held: Held,
    /// What was found, the best first.
    pub found: Vec<Match>,
}

/// Looks up every line of a list.
///
/// # Errors
/// When the file cannot be read or holds no line, or the catalog cannot be read.
pub fn look_up(workspace: &Workspace, file: &Path) -> Result<Vec<Answer>, Error> {
    let kinds = recognise::kinds()?;
    let wanted = read(file, &kinds)?;
    let mut documents = workspace.catalog.documents()?;
    documents.retain(|d| d.content.state == FileState::Indexed);
    let titles: Vec<Vec<String>> = documents
        .iter()
        .map(|d| {
            analysis::stems(d.content.facts.title.value().map_or("", String::as_str))
        })
        .collect();
    Ok(wanted
        .into_iter()
        .map(|wanted| answer(wanted, &documents, &titles))
        .collect())
}

fn answer(wanted: Wanted, documents: &[DocumentRow], titles: &[Vec<String>]) -> Answer {
    let title = analysis::stems(&wanted.named.title);
    let mut found: Vec<(Held, u32, &DocumentRow)> = documents
        .iter()
        .zip(titles)
        .filter_map(|(document, its_title)| {
            let alike = analysis::alike(&title, its_title);
            let held = compare(&wanted.named, document, alike)?;
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

/// Returns how a document answers a line; `None` where it is another one.
fn compare(wanted: &Named, document: &DocumentRow, alike: f32) -> Option<Held> {
    let facts = &document.content.facts;
    let same_title = alike >= SAME_TITLE;
    let Some(cited) = &wanted.cited else {
        return same_title.then_some(Held::Perhaps);
    };
    let kind = facts.kind.value().map(|kind| kind.id == cited.kind);
    let number = facts
        .number
        .value()
        .map(|number| same_number(number, &cited.number));
    let year = facts.year.value().map(|year| *year == cited.year);
    match (kind, number, year) {
        (Some(true), Some(true), Some(true)) => Some(Held::Held),
        // Two offices number alike: only the title tells.
        (Some(false), ..) if !same_title => None,
        (_, Some(false), _) | (_, _, Some(false)) => {
            same_title.then_some(Held::OtherEdition)
        }
        _ => same_title.then_some(Held::Perhaps),
    }
}

/// Tells whether two numbers are the same, spelling aside.
fn same_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric() || *c == '/');
        letters.flat_map(char::to_lowercase).collect()
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
    let kind = facts.kind.value().map(|kind| kind.label.clone());
    let number = facts.number.value().map(|n| format!("Nomor {n}"));
    let year = facts.year.value().map(|y| format!("Tahun {y}"));
    let parts: Vec<String> = [kind, number, year].into_iter().flatten().collect();
    parts.join(" ")
}

/// Reads the list: the cells of a row are one text, a row of headings is passed over.
fn read(file: &Path, kinds: &DocTypes) -> Result<Vec<Wanted>, Error> {
    let mut wanted = Vec::new();
    for (line, cells) in given::table(file, delimiter)? {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let text = sentence(&cells);
        if text.is_empty() || is_heading(&cells) {
            continue;
        }
        wanted.push(Wanted {
            line,
            named: named(&text, kinds),
            text,
        });
    }
    let shown = path::printable(&path::to_text(file));
    match wanted.is_empty() {
        false => Ok(wanted),
        true => Err(Error::new(
            ErrorKind::Usage,
            format!("daftar `{shown}` kosong"),
            format!("the list `{shown}` is empty"),
        )
        .hint(
            "tulis satu dokumen tiap baris, misalnya: Perda Nomor 5 Tahun 2022 tentang …",
            "write a document a line, such as: Perda Nomor 5 Tahun 2022 tentang …",
        )),
    }
}

/// Returns what parts the cells of the first lines: Excel in Indonesian writes semicolons.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(5).collect();
    let all = |mark: char| head.iter().filter(|line| line.contains(mark)).count();
    match (all('\t'), all(';'), all(',')) {
        (tabs, ..) if tabs > 0 => b'\t',
        (_, semicolons, _) if semicolons > 0 => b';',
        // A comma in a title parts nothing: only lists with a heading or many are CSV.
        (_, _, commas) if commas == head.len() && commas > 1 => b',',
        _ => b'\0',
    }
}

/// Joins kind, number, year and title as the law writes them.
fn sentence(cells: &[&str]) -> String {
    let filled: Vec<&str> = cells.iter().copied().filter(|c| !c.is_empty()).collect();
    // A running number in front says nothing.
    let counted = filled.len() > 1
        && filled
            .first()
            .is_some_and(|c| c.trim_end_matches('.').parse::<u32>().is_ok());
    let filled = filled.get(usize::from(counted)..).unwrap_or_default();
    if let [kind, number, year, title] = filled
        && year.len() == 4
        && year.parse::<u16>().is_ok()
        && number.chars().any(|c| c.is_ascii_digit())
        && !number.contains(' ')
    {
        return format!("{kind} Nomor {number} Tahun {year} tentang {title}");
    }
    filled.join(" ")
}

/// Tells whether these are the names of columns: no figure, and words like `nomor` or `tahun`.
fn is_heading(cells: &[&str]) -> bool {
    let names = ["nomor", "no", "no.", "tahun", "tentang", "judul", "jenis"];
    let is_name = |cell: &&&str| names.contains(&cell.to_lowercase().as_str());
    cells.len() > 1 && cells.iter().filter(is_name).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_sentences() {
        let perda = ["1", "Perda", "5", "2022", "Kawasan Tanpa Rokok"];
        assert_eq!(
            sentence(&perda),
            "Perda Nomor 5 Tahun 2022 tentang Kawasan Tanpa Rokok"
        );
        assert_eq!(sentence(&["Perda 5/2022", ""]), "Perda 5/2022");
        assert!(is_heading(&["No", "Jenis", "Nomor", "Tahun", "Tentang"]));
        assert!(!is_heading(&perda));
    }

    #[test]
    fn the_marks_between_cells_are_seen() {
        assert_eq!(delimiter("a;b\nc;d\n"), b';');
        assert_eq!(delimiter("jenis,nomor\nPerda,5\n"), b',');
        assert_eq!(delimiter("Perda 5/2022 tentang A, B, dan C\n"), b'\0');
    }

    #[test]
    fn titles_are_compared_by_their_words() {
        let same = analysis::alike(
            &analysis::stems("Kawasan Tanpa Rokok"),
            &analysis::stems("KAWASAN TANPA ROKOK DI KABUPATEN"),
        );
        assert!(same > 0.7, "{same}");
        assert!(
            analysis::alike(
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
