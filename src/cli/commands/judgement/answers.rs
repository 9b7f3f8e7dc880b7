//! `bukti answers`: what the region gives itself, in a sheet to fill in.

use super::check::day;
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::judgement::answers;
use crate::cli::Done;
use crate::cli::args::{AnswersArgs, AnswersCommand};
use crate::cli::commands::open;
use crate::cli::ui::Ui;
use crate::io::files::path;
use serde_json::json;
use std::path::Path;

pub fn run(args: &AnswersArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    match &args.command {
        AnswersCommand::Export { file } => export(file, archive, ui)?,
        AnswersCommand::Import { file } => import(file, archive, ui)?,
    }
    Ok(Done::Well)
}

fn export(file: &Path, archive: Option<&Path>, ui: Ui) -> Result<(), Error> {
    let workspace = open(archive)?;
    let questions = answers::export(&workspace, file, day(None)?, ui.lang)?;
    let name = path::to_text(file);
    if ui.json {
        ui.json_line(&json!({
            "schema_version": SCHEMA_VERSION, "file": name, "questions": questions,
        }));
        return Ok(());
    }
    let (written, then) = (
        ui.noun(
            questions,
            "pertanyaan ditulis ke",
            "question written to",
            "questions written to",
        ),
        ui.pick(
            "isi kolom nilai_sendiri, lalu: bukti answers import",
            "fill in the column own_points, then: bukti answers import",
        ),
    );
    let name = ui.path(&name);
    ui.line(&format!("{questions} {written} {name}\n{then} {name}"));
    Ok(())
}

fn import(file: &Path, archive: Option<&Path>, ui: Ui) -> Result<(), Error> {
    let mut workspace = open(archive)?;
    let done = answers::import(&mut workspace, file)?;
    if ui.json {
        ui.json_line(&json!({
            "schema_version": SCHEMA_VERSION,
            "answers": done.answers, "open": done.open, "points": done.points,
        }));
        return Ok(());
    }
    let points = (done.points * 100.0).round() / 100.0;
    let (taken, open, sum) = (
        ui.noun(
            done.answers,
            "jawaban diambil",
            "answer taken in",
            "answers taken in",
        ),
        ui.pick("belum dijawab", "without an answer"),
        ui.pick("jumlah nilai sendiri", "own points in all"),
    );
    ui.line(&format!(
        "{} {taken}, {} {open}; {sum}: {points}",
        done.answers, done.open
    ));
    Ok(())
}
