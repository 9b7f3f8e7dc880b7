//! `bukti bag validate`: looks at a package, from anyone; needs no archive.

use crate::app::custody::bag;
use crate::app::custody::bag::Validated;
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::{BagArgs, BagCommand};
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::fixity::bag::{BagRemark, Severity};
use crate::model::ByteLen;
use serde_json::{Value, json};

pub fn run(args: &BagArgs, ui: Ui) -> Result<Done, Error> {
    let BagCommand::Validate { package, jobs } = &args.command;
    listen_for_interrupt();
    let progress = Shown::new(ui, false);
    let validated = bag::validate(package, settings::jobs(*jobs), &progress)?;
    drop(progress);
    if ui.json {
        ui.json_line(&to_json(&validated, ui));
    } else {
        print(&validated, ui);
    }
    Ok(match validated.is_valid() {
        true => Done::Well,
        false => Done::Wrong,
    })
}

/// Returns a remark as JSON.
pub fn remark_json(remark: &BagRemark, ui: Ui) -> Value {
    json!({
        "severity": match remark.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "path": remark.path,
        "fault": remark.fault.as_str(),
        "detail": remark.detail,
        "text": remark.fault.explain(ui.lang),
    })
}

fn to_json(validated: &Validated, ui: Ui) -> Value {
    let info = validated.info.iter();
    json!({
        "schema_version": SCHEMA_VERSION,
        "valid": validated.is_valid(),
        "version": validated.version.map(|(major, minor)| format!("{major}.{minor}")),
        "files": validated.files,
        "bytes": validated.bytes,
        "info": info
            .map(|line| json!({ "label": line.label, "value": line.value }))
            .collect::<Value>(),
        "remarks": validated
            .remarks
            .iter()
            .map(|remark| remark_json(remark, ui))
            .collect::<Value>(),
    })
}

fn print(validated: &Validated, ui: Ui) {
    print_remarks(&validated.remarks, ui);
    let (state, tone) = match validated.is_valid() {
        true => (ui.pick("paket utuh", "the package is valid"), Tone::Good),
        false => (
            ui.pick("paket TIDAK utuh", "the package is NOT valid"),
            Tone::Bad,
        ),
    };
    let version = validated.version.map_or(String::new(), |(major, minor)| {
        format!(" · BagIt {major}.{minor}")
    });
    let files = ui.noun(validated.files, "berkas", "file", "files");
    ui.line(&format!(
        "{}{version} · {} {files} · {}",
        paint(tone, state),
        validated.files,
        ByteLen(validated.bytes)
    ));
    let (errors, warnings) = (
        validated.count(Severity::Error),
        validated.count(Severity::Warning),
    );
    if errors + warnings > 0 {
        let (wrong, odd) = (
            ui.noun(errors, "kesalahan", "error", "errors"),
            ui.noun(warnings, "peringatan", "warning", "warnings"),
        );
        ui.line(&format!("{errors} {wrong} · {warnings} {odd}"));
    }
}

/// Prints what is wrong or odd, a file a line.
pub fn print_remarks(remarks: &[BagRemark], ui: Ui) {
    for remark in remarks {
        let (label, tone) = match remark.severity {
            Severity::Error => (ui.pick("salah", "error"), Tone::Bad),
            Severity::Warning => (ui.pick("peringatan", "warning"), Tone::Warn),
        };
        let path = ui.path(&remark.path);
        let text = remark.fault.explain(ui.lang);
        let line = format!("{} {path}", paint(tone, label));
        ui.line(line.trim_end());
        ui.line(&format!("    {text}"));
        if !remark.detail.is_empty() {
            ui.line(&paint(
                Tone::Faint,
                &format!("    {}", ui.path(&remark.detail)),
            ));
        }
    }
}
