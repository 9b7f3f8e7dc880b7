//! `bukti framework`: looks at frameworks.

use crate::{
    app::{error::Error, framework, shape, workspace::framework_named},
    cli::{
        Done,
        args::{FrameworkArgs, FrameworkCommand},
        ui::{Tone, Ui, paint},
    },
    framework::{Indicator, Question},
    io::path,
};
use serde_json::json;
use std::path::Path;

pub fn run(args: &FrameworkArgs, ui: Ui) -> Result<Done, Error> {
    match &args.command {
        FrameworkCommand::Validate { file } => validate(file, ui),
        FrameworkCommand::Show { indicator } => show(indicator.as_deref(), ui),
    }
}

fn validate(file: &Path, ui: Ui) -> Result<Done, Error> {
    let errors = framework::validate(file)?;
    let name = ui.path(&path::to_text(file));
    if ui.json {
        let errors: Vec<_> = errors
            .iter()
            .map(|error| json!({ "pointer": error.pointer, "message": error.problem.to_string() }))
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

fn show(indicator: Option<&str>, ui: Ui) -> Result<Done, Error> {
    let framework = framework_named(None)?;
    let wanted = indicator
        .map(|name| crate::app::search::indicator_test(&framework, name))
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
        ui.pick("pertanyaan", "questions"),
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
