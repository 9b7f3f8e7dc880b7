//! `bukti framework`: looks at frameworks.

use crate::app::archive::edition::Fate;
use crate::app::archive::named::framework_named;
use crate::app::archive::{edition, framework};
use crate::app::error::Error;
use crate::app::evidence::shape;
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::{FrameworkArgs, FrameworkCommand};
use crate::cli::progress::Shown;
use crate::cli::ui::{Tone, Ui, paint};
use crate::framework::{Indicator, Question};
use crate::io::files::path;
use crate::model::QuestionId;
use serde_json::json;
use std::path::Path;

pub fn run(args: &FrameworkArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    match &args.command {
        FrameworkCommand::Validate { file } => validate(file, ui),
        FrameworkCommand::Diff { old, new, map, all } => {
            diff(old, new, map.as_deref(), *all, ui)
        }
        FrameworkCommand::Migrate { new, map } => {
            migrate(new, map.as_deref(), archive, ui)
        }
        FrameworkCommand::Show { indicator } => show(indicator.as_deref(), ui),
    }
}

fn validate(file: &Path, ui: Ui) -> Result<Done, Error> {
    let errors = framework::validate(file)?;
    let name = ui.path(&path::to_text(file));
    if ui.json {
        let errors: Vec<_> = errors
            .iter()
            .map(|error| {
                json!({
                    "pointer": error.pointer,
                    "message": error.problem.to_string(),
                    "remedy": error.remedy().get(ui.lang),
                })
            })
            .collect();
        ui.json_line(&json!({
            "schema_version": shape::SCHEMA_VERSION,
            "file": path::to_text(file),
            "valid": errors.is_empty(),
            "errors": errors,
        }));
    } else if errors.is_empty() {
        let fine = ui.pick("tidak ada kesalahan", "no mistakes");
        ui.line(&format!("{name}: {}", paint(Tone::Good, fine)));
    } else {
        for error in &errors {
            let pointer = if error.pointer.is_empty() {
                "/"
            } else {
                &error.pointer
            };
            ui.line(&format!(
                "{name}: {}: {}",
                paint(Tone::Strong, pointer),
                error.problem
            ));
            let remedy = error.remedy();
            ui.line(&format!(
                "  {}: {}",
                ui.pick("saran", "hint"),
                remedy.get(ui.lang)
            ));
        }
        let mistakes = ui.pick("kesalahan", "mistakes");
        ui.line(&format!("{} {mistakes}", errors.len()));
    }
    Ok(if errors.is_empty() {
        Done::Well
    } else {
        Done::Wrong
    })
}

fn diff(
    old: &str,
    new: &str,
    map: Option<&Path>,
    all: bool,
    ui: Ui,
) -> Result<Done, Error> {
    let (old, new) = (framework::load(old)?.0, framework::load(new)?.0);
    let pairs = edition::diff(&old, &new);
    if let Some(file) = map {
        edition::write_mapping(&pairs, file)?;
    }
    if ui.json {
        for pair in &pairs {
            ui.json_line(&json!({
                "schema_version": shape::SCHEMA_VERSION,
                "fate": pair.fate.as_str(),
                "old": pair.old,
                "new": pair.new,
                "confidence": pair.confidence,
                "old_max": pair.points.0,
                "new_max": pair.points.1,
                "differs": pair.differs,
            }));
        }
        return Ok(Done::Well);
    }
    for pair in pairs.iter().filter(|p| all || p.fate != Fate::Same) {
        let id = |id: &Option<QuestionId>| match id {
            Some(id) => id.to_string(),
            None => "–".to_owned(),
        };
        let label = format!("{:<14}", pair.fate.label(ui.lang));
        let sure = match pair.fate {
            Fate::Renumbered => format!("  {:.0} %", pair.confidence.get() * 100.0),
            _ => String::new(),
        };
        ui.line(&format!(
            "{} {:<16} → {:<16} {:>5} → {:>5}  {}{sure}",
            paint(Tone::Strong, &label),
            id(&pair.old),
            id(&pair.new),
            pair.points.0,
            pair.points.1,
            pair.differs.join(", "),
        ));
    }
    let count = |fate| pairs.iter().filter(|pair| pair.fate == fate).count();
    let sums = Fate::ALL.map(|fate| format!("{} {}", count(fate), fate.label(ui.lang)));
    ui.stderr_line(&sums.join(" · "));
    Ok(Done::Well)
}

fn migrate(
    new: &str,
    map: Option<&Path>,
    archive: Option<&Path>,
    ui: Ui,
) -> Result<Done, Error> {
    let mut workspace = crate::cli::commands::open(archive)?;
    let progress = Shown::new(ui, false);
    let jobs = settings::jobs(None);
    let moved = edition::migrate(&mut workspace, new, map, jobs, &progress)?;
    drop(progress);
    if ui.json {
        ui.json_line(&json!({
            "schema_version": shape::SCHEMA_VERSION,
            "framework": workspace.framework.id(),
            "carried": moved.carried,
            "left": moved.left,
        }));
    } else {
        let carried = ui.noun(
            moved.carried,
            "keputusan terbawa",
            "decision carried over",
            "decisions carried over",
        );
        ui.line(&format!("{} {carried}", moved.carried));
        for (question, count) in &moved.left {
            let text = ui.noun(
                *count,
                "keputusan tersimpan di edisi lama, belum dipetakan",
                "decision kept under the old edition, not mapped",
                "decisions kept under the old edition, not mapped",
            );
            ui.line(&paint(Tone::Warn, &format!("  {question}: {count} {text}")));
        }
    }
    Ok(match moved.left.is_empty() {
        true => Done::Well,
        false => Done::Wrong,
    })
}

fn show(indicator: Option<&str>, ui: Ui) -> Result<Done, Error> {
    let framework = framework_named(None)?;
    let wanted = indicator
        .map(|name| crate::app::evidence::scope::indicator_test(&framework, name))
        .transpose()?;
    let asked = |q: &Question| wanted.as_ref().is_none_or(|test| test(q));
    if ui.json {
        for question in framework.questions().iter().filter(|q| asked(q)) {
            ui.json_line(&json!({
                "schema_version": shape::SCHEMA_VERSION,
                "question": question.id,
                "indicator": question.indicator,
                "ask": question.ask.get(ui.lang),
                "max": question.max,
                "kinds": question.kinds,
                "offices": question.offices,
            }));
        }
        return Ok(Done::Well);
    }
    for section in framework.sections() {
        let mut title = Some(format!("{} · {}", section.name.get(ui.lang), section.max));
        for indicator in framework.indicators_of(&section.code) {
            let questions: Vec<&Question> = framework
                .questions_of(&indicator.id)
                .filter(|q| asked(q))
                .collect();
            if questions.is_empty() {
                continue;
            }
            if let Some(title) = title.take() {
                ui.line(&paint(Tone::Strong, &title));
            }
            list(indicator, &questions, wanted.is_some(), ui);
        }
    }
    Ok(Done::Well)
}

fn list(indicator: &Indicator, questions: &[&Question], with_questions: bool, ui: Ui) {
    let (count, points) = (
        ui.noun(questions.len(), "pertanyaan", "question", "questions"),
        ui.pick("poin", "points"),
    );
    ui.line(&format!(
        "  {:>2}. {} — {} {count}, {} {points}",
        indicator.number,
        indicator.name.get(ui.lang),
        questions.len(),
        indicator.max
    ));
    for question in questions.iter().filter(|_| with_questions) {
        ui.line(&format!(
            "      {:<16} {:>5}  {}",
            question.id,
            question.max,
            question.ask.get(ui.lang)
        ));
    }
}
