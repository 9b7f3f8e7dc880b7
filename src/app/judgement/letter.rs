//! A letter for each office that must act, as a DOCX to edit and a page to print.

use crate::app::error::{Error, ErrorKind};
use crate::app::unknown;
use crate::app::user_files::save;
use crate::framework::Framework;
use crate::io::files::path;
use crate::lexicon::doctype::DocTypes;
use crate::model::{
    Bilingual, Date, Lang, Locality, OfficeId, OfficeReport, QuestionReport, Report,
};
use crate::report;
use crate::report::{Ask, Letter};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// The letter written for an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The office's short name.
    pub office: String,
    /// How many questions it is asked about.
    pub questions: usize,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// Who is asked for evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressee {
    /// An office.
    Office(OfficeId),
    /// A district or village.
    Place(Locality),
}

/// Someone who gets a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub addressee: Addressee,
    /// The short name of an office, the full name of a place.
    pub name: Bilingual,
    /// How many questions the letter asks about.
    pub questions: usize,
}

/// Returns who gets a letter: each office that must act, and each district and village that is
/// listed and lacks evidence.
pub fn recipients(report: &Report, framework: &Framework) -> Vec<Recipient> {
    let offices = report.offices.iter().filter_map(|office| {
        let short = &office.office.short;
        let tasks = without_places(report, office).tasks.len();
        (tasks > 0).then(|| Recipient {
            addressee: Addressee::Office(office.office.id.clone()),
            name: Bilingual {
                id: short.clone(),
                en: short.clone(),
            },
            questions: tasks,
        })
    });
    let places = lacking(report).into_iter();
    let places = places.map(|(place, questions)| Recipient {
        addressee: Addressee::Place(place.clone()),
        name: place_name(framework, place),
        questions: questions.len(),
    });
    offices.chain(places).collect()
}

/// Returns the letter to someone; `None` where they have nothing to do.
///
/// # Errors
/// When the kinds of document are broken, which is our mistake.
pub fn letter_to(
    report: &Report,
    framework: &Framework,
    addressee: &Addressee,
    deadline: Date,
    lang: Lang,
) -> Result<Option<Letter>, Error> {
    let texts = framework.letter();
    match addressee {
        Addressee::Office(id) => {
            let mut offices = report.offices.iter();
            let office = offices.find(|office| office.office.id == *id);
            let office = office.map(|office| without_places(report, office));
            let office = office.filter(|office| !office.tasks.is_empty());
            Ok(office
                .map(|office| report::letter(report, texts, &office, deadline, lang)))
        }
        Addressee::Place(place) => {
            let Some(questions) = lacking(report).remove(place) else {
                return Ok(None);
            };
            let doctypes = crate::app::reading::recognise::kinds()?;
            let ask = |question| Ask {
                question,
                kinds: kinds(framework, doctypes, question),
            };
            let asks: Vec<Ask> = questions.into_iter().map(ask).collect();
            let name = place_name(framework, place);
            let letter =
                report::place_letter(report, texts, &name, &asks, deadline, lang);
            Ok(Some(letter))
        }
    }
}

/// Writes the letters into a folder: to each office, and to each district and village that is
/// listed and lacks evidence, in a folder of its level; to one office alone, where one is named.
///
/// # Errors
/// When the office is not known, or the folder cannot be written.
pub fn letters(
    report: &Report,
    framework: &Framework,
    named: Option<&str>,
    deadline: Date,
    folder: &Path,
    lang: Lang,
) -> Result<Vec<Written>, Error> {
    let wanted = named.map(|name| office(framework, name)).transpose()?;
    make(folder)?;
    let mut written = Vec::new();
    for recipient in recipients(report, framework) {
        let (level, folder) = match &recipient.addressee {
            Addressee::Office(id) => (id.as_str(), folder.to_owned()),
            Addressee::Place(place) => {
                let level = place.level.as_str();
                (level, folder.join(level))
            }
        };
        if wanted.as_ref().is_some_and(|id| id.as_str() != level) {
            continue;
        }
        let to = &recipient.addressee;
        if let Some(letter) = letter_to(report, framework, to, deadline, lang)? {
            make(&folder)?;
            let name = recipient.name.get(lang).to_owned();
            written.push(put(&letter, &folder, name, recipient.questions)?);
        }
    }
    Ok(written)
}

/// Returns what an office has to do beside what each place is asked in a letter of its own.
fn without_places(report: &Report, office: &OfficeReport) -> OfficeReport {
    let is_of_office =
        |place: &Locality| place.level.as_str() == office.office.id.as_str();
    let is_asked = |question: &QuestionReport| question.lacking.iter().any(is_of_office);
    let mut office = office.clone();
    office.tasks.retain(|task| {
        let question = report.questions().find(|q| q.id == task.question);
        !question.is_some_and(is_asked)
    });
    office
}

/// Returns the places that lack evidence, each with the questions it lacks it for.
fn lacking(report: &Report) -> BTreeMap<&Locality, Vec<&QuestionReport>> {
    let mut places: BTreeMap<&Locality, Vec<&QuestionReport>> = BTreeMap::new();
    for question in report.questions() {
        for place in &question.lacking {
            places.entry(place).or_default().push(question);
        }
    }
    places
}

/// Returns the full name of a place: `Desa/Kelurahan Harapan, Kecamatan Sukamaju`.
fn place_name(framework: &Framework, place: &Locality) -> Bilingual {
    let levels = framework.levels();
    let at = levels.iter().position(|level| level.id == place.level);
    let word = |at: Option<usize>, lang| {
        let level = at.and_then(|at| levels.get(at));
        level.map_or_else(String::new, |level| capital(level.name.get(lang)))
    };
    let name = |lang| {
        let level = word(at, lang);
        // A village lies in a place of the level above.
        let above = word(at.and_then(|at| at.checked_sub(1)), lang);
        let within = place.within.as_ref();
        let within = within.map_or(String::new(), |within| format!(", {above} {within}"));
        format!("{level} {}{within}", place.name).trim().to_owned()
    };
    Bilingual {
        id: name(Lang::Id),
        en: name(Lang::En),
    }
}

/// Returns the name of a level as a heading has it: `Desa/Kelurahan`.
pub fn capital(text: &str) -> String {
    let mut begins = true;
    let letter = |c: char| {
        let upper = std::mem::replace(&mut begins, c == '/');
        if upper { c.to_ascii_uppercase() } else { c }
    };
    text.chars().map(letter).collect()
}

/// Returns the kinds of document that a question takes.
fn kinds(
    framework: &Framework,
    doctypes: &DocTypes,
    question: &QuestionReport,
) -> Vec<Bilingual> {
    let found = framework.question(&question.id);
    let kinds = found.into_iter().flat_map(|question| &question.kinds);
    kinds
        .filter_map(|kind| Some(doctypes.get(kind.as_str())?.name.clone()))
        .collect()
}

fn put(
    letter: &Letter,
    folder: &Path,
    office: String,
    questions: usize,
) -> Result<Written, Error> {
    let name = file_name(&office);
    let docx = folder.join(format!("{name}.docx"));
    let html = folder.join(format!("{name}.html"));
    save(&docx, &report::letter_docx(letter))?;
    save(&html, report::letter_html(letter).as_bytes())?;
    Ok(Written {
        office,
        questions,
        files: vec![docx, html],
    })
}

fn make(folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|cause| {
        let folder = path::to_text(folder);
        Error::new(
            ErrorKind::Usage,
            format!("folder `{folder}` tidak dapat dibuat"),
            format!("the folder `{folder}` cannot be made"),
        )
        .caused_by(cause)
    })
}

fn office(framework: &Framework, name: &str) -> Result<OfficeId, Error> {
    let found = framework.office_by_alias(name);
    let id = found.map(|office| office.id.clone());
    id.ok_or_else(|| unknown::office(name, framework))
}

/// Returns the name of a letter's file, without its ending, that every system takes.
pub fn file_name(office: &str) -> String {
    let name: String = office
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = name.split_whitespace().collect();
    format!("Surat {}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_becomes_a_file_name_of_any_system() {
        assert_eq!(file_name("Desa/Kelurahan"), "Surat Desa Kelurahan");
        assert_eq!(file_name("UPTD PPA"), "Surat UPTD PPA");
        assert_eq!(capital("desa/kelurahan"), "Desa/Kelurahan");
    }
}
