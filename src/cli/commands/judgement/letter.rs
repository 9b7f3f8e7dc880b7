//! `bukti letter`: a letter to each office that must act.

use super::check::day;
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::judgement::{calendar, check, letter};
use crate::cli::Done;
use crate::cli::args::LetterArgs;
use crate::cli::commands::open;
use crate::cli::ui::Ui;
use crate::io::files::path;
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &LetterArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    let as_of = day(args.as_of.as_deref())?;
    let deadline = match &args.deadline {
        Some(named) => day(Some(named))?,
        None => calendar::deadline(&workspace, as_of)?,
    };
    let report = check::check(&workspace, &check::Options::for_day(as_of))?;
    let written = letter::letters(
        &report,
        &workspace.framework,
        args.office.as_deref(),
        deadline,
        &args.to,
        ui.lang,
    )?;
    if ui.json {
        let letters: Vec<Value> = written
            .iter()
            .map(|one| {
                let files: Vec<String> =
                    one.files.iter().map(|file| path::to_text(file)).collect();
                json!({ "office": one.office, "questions": one.questions, "files": files })
            })
            .collect();
        ui.json_line(&json!({
            "schema_version": SCHEMA_VERSION, "deadline": deadline, "letters": letters,
        }));
        return Ok(Done::Well);
    }
    for one in &written {
        let questions = ui.noun(one.questions, "pertanyaan", "question", "questions");
        ui.line(&format!("{}: {} {questions}", one.office, one.questions));
    }
    let (letters, into, by) = (
        ui.noun(written.len(), "surat di", "letter in", "letters in"),
        ui.path(&path::to_text(&args.to)),
        ui.pick("batas waktu", "deadline"),
    );
    ui.line(&format!(
        "{} {letters} {into}; {by} {deadline}",
        written.len()
    ));
    Ok(Done::Well)
}
