//! `bukti check`: judges every question as a strict verifier would.

use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::scope::Scope;
use crate::app::judgement::check;
use crate::app::judgement::check::{FailOn, Options};
use crate::app::judgement::render::{Form, render};
use crate::app::user_files::save;
use crate::cli::Done;
use crate::cli::args::CheckArgs;
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::clock;
use crate::io::files::path;
use crate::model::{Date, Report};
use crate::report;
use crate::report::Detail;
use std::path::Path;

pub fn run(args: &CheckArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    let scope = Scope {
        indicator: args.indicator.clone(),
        question: args.question.clone(),
        office: args.office.clone(),
        section: args.cluster.clone(),
    };
    // Whoever names a question wants to see it.
    let named = args.indicator.is_some() || args.question.is_some();
    let detail = if args.all || named {
        Detail::Questions
    } else {
        Detail::Summary
    };
    let options = Options {
        as_of: day(args.as_of.as_deref())?,
        scope,
        since: args.since.clone(),
    };
    let form = match (args.format.form(), ui.json) {
        (None, true) => Some(Form::Json),
        (form, _) => form,
    };
    if args.output.is_none() && form.is_some_and(|form| !form.is_text()) {
        return Err(needs_file());
    }
    let report = check::check(&workspace, &options)?;
    let kept = match options.is_whole() {
        true => check::remember(&workspace, &report, clock::timestamp()),
        false => Ok(()),
    };
    if let Err(error) = kept {
        let text = ui.pick(
            "penilaian ini tidak disimpan untuk dibandingkan kelak",
            "this check is not kept to compare later ones with",
        );
        let why = error.message.get(ui.lang);
        ui.stderr_line(&paint(Tone::Warn, &format!("{text}: {why}")));
    }
    match (form, &args.output) {
        (None, None) => show(&report, detail, ui),
        (None, Some(file)) => {
            let text = report::table(&report, ui.lang, ui.width(), false, detail);
            save_report(file, text.as_bytes(), ui)?;
        }
        (Some(form), Some(file)) => {
            save_report(file, &render(&report, form, ui.lang)?, ui)?;
        }
        (Some(form), None) => ui.bytes(&render(&report, form, ui.lang)?),
    }
    let fails = args.fail_on.map(FailOn::from);
    Ok(match fails.is_some_and(|level| level.fails(&report)) {
        true => Done::Wrong,
        false => Done::Well,
    })
}

/// Writes a file and says so.
pub fn save_report(file: &Path, bytes: &[u8], ui: Ui) -> Result<(), Error> {
    save(file, bytes)?;
    let written = ui.pick("ditulis", "written");
    ui.stderr_line(&format!("{written}: {}", ui.path(&path::to_text(file))));
    Ok(())
}

fn needs_file() -> Error {
    Error::new(
        ErrorKind::Usage,
        "buku kerja tidak dapat ditampilkan di layar",
        "a workbook cannot be shown on a screen",
    )
    .hint(
        "sebut berkasnya: --output laporan.xlsx",
        "name a file: --output report.xlsx",
    )
}

/// Prints a report for a person, or for a program that asked for JSON.
pub fn show(report: &Report, detail: Detail, ui: Ui) {
    if ui.json {
        ui.json_line(&report::json(report));
    } else {
        let text = report::table(report, ui.lang, ui.width(), ui.colour(), detail);
        ui.line(text.trim_end());
    }
}

/// Returns the day asked for, or today.
pub fn day(named: Option<&str>) -> Result<Date, Error> {
    let Some(named) = named else {
        return check::today();
    };
    named
        .parse()
        .map_err(|cause: crate::model::ParseDateError| {
            Error::new(
                ErrorKind::Usage,
                format!("tanggal `{named}` tidak dipahami"),
                format!("the date `{named}` is not understood"),
            )
            .hint("tulis seperti 2025-03-31", "write it like 2025-03-31")
            .caused_by(cause)
        })
}
