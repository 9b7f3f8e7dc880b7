//! A letter for each office that must act, as a DOCX to edit and a page to print.

use super::{
    error::{Error, ErrorKind},
    given::save,
};
use crate::{
    framework::Framework,
    io::path,
    model::{Date, Lang, OfficeReport, Report},
    report,
};
use std::path::{Path, PathBuf};

/// Is what was written for an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The office's short name.
    pub office: String,
    /// How many questions it is asked about.
    pub questions: usize,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// Writes the letters into a folder; of one office, where one is named.
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
    std::fs::create_dir_all(folder).map_err(|cause| {
        let folder = path::to_text(folder);
        Error::new(
            ErrorKind::Usage,
            format!("folder `{folder}` tidak dapat dibuat"),
            format!("the folder `{folder}` cannot be made"),
        )
        .caused_by(cause)
    })?;
    let is_wanted = |office: &&OfficeReport| {
        let is_named = wanted.as_ref().is_none_or(|id| *id == office.office.id);
        is_named && !office.tasks.is_empty()
    };
    let mut written = Vec::new();
    for office in report.offices.iter().filter(is_wanted) {
        let letter = report::letter(report, office, deadline, lang);
        let name = file_name(&office.office.short);
        let docx = folder.join(format!("{name}.docx"));
        let html = folder.join(format!("{name}.html"));
        save(&docx, &report::letter_docx(&letter))?;
        save(&html, report::letter_html(&letter).as_bytes())?;
        written.push(Written {
            office: office.office.short.clone(),
            questions: office.tasks.len(),
            files: vec![docx, html],
        });
    }
    Ok(written)
}

fn office(framework: &Framework, name: &str) -> Result<crate::model::OfficeId, Error> {
    let found = framework.office_by_alias(name);
    found.map(|office| office.id.clone()).ok_or_else(|| {
        Error::new(
            ErrorKind::Usage,
            format!("tidak ada perangkat daerah `{name}`"),
            format!("there is no office `{name}`"),
        )
        .hint(
            "sebut seperti di kolom pengampu pada `bukti check`",
            "name it as `bukti check` lists it",
        )
    })
}

/// Returns a name that every system takes.
fn file_name(office: &str) -> String {
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
    }
}
