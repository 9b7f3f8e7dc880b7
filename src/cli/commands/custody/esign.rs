//! `bukti esign`: what the electronic signatures in files are worth.

use crate::app::archive::workspace::Workspace;
use crate::app::custody::esign::Examined;
use crate::app::custody::{anchors, esign};
use crate::app::error::Error;
use crate::app::evidence::shape::{self, SCHEMA_VERSION};
use crate::cli::Done;
use crate::cli::args::{EsignArgs, OcrArg};
use crate::cli::commands::{open_if_any, worker_with};
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::{ElectronicSignature, EsignVerdict, SignatureKind, TimeStamp};
use crate::report::esign as words;
use serde_json::json;
use std::path::Path;

pub fn run(args: &EsignArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    listen_for_interrupt();
    let mut worker = worker_with(OcrArg::None)?;
    worker.anchors = anchors::read(&args.anchors)?.to_model();
    if let Some(workspace) = open_if_any(archive)? {
        worker.anchors.extend(own(&workspace)?);
    }
    let progress = Shown::new(ui, false);
    let mut done = Done::Well;
    esign::examine(&args.paths, &worker, &progress, |file| {
        let verdict = file.answer.report.verdict();
        if matches!(verdict, Some(EsignVerdict::Broken | EsignVerdict::Altered)) {
            done = Done::Wrong;
        } else if !file.answer.notes.is_empty() && done == Done::Well {
            done = Done::InPart;
        }
        match ui.json {
            true => print_json(file, ui),
            false => print(file, ui),
        }
    })?;
    Ok(done)
}

fn own(workspace: &Workspace) -> Result<Vec<crate::model::Anchor>, Error> {
    anchors::all(workspace)
}

fn print_json(file: &Examined, ui: Ui) {
    let answer = &file.answer;
    ui.json_line(&json!({
        "schema_version": SCHEMA_VERSION,
        "path": file.path,
        "sha256": answer.digest,
        "bytes": answer.len,
        "media_type": answer.media_type,
        "verdict": answer.report.verdict(),
        "signatures": answer.report.signatures,
        "unread": answer.report.unread,
        "notes": shape::notes(&answer.notes, ui.lang),
    }));
}

fn print(file: &Examined, ui: Ui) {
    ui.line(&paint(Tone::Strong, &ui.path(&file.path)));
    let report = &file.answer.report;
    for note in &file.answer.notes {
        ui.line(&format!("  {}", paint(Tone::Bad, &note.explain(ui.lang))));
    }
    if file.answer.notes.is_empty() && report.signatures.is_empty() {
        ui.line(&format!(
            "  {}",
            ui.pick(
                "tidak ada tanda tangan elektronik",
                "no electronic signature"
            )
        ));
    }
    for reason in &report.unread {
        ui.line(&format!(
            "  {}",
            paint(Tone::Warn, words::rule(reason.rule, ui.lang))
        ));
    }
    for signature in &report.signatures {
        for line in lines(signature, ui) {
            ui.line(&line);
        }
    }
}

/// Returns the lines about one signature, the verdict first.
pub fn lines(signature: &ElectronicSignature, ui: Ui) -> Vec<String> {
    let lang = ui.lang;
    let verdict = words::verdict(signature.verdict, lang);
    let tone = match signature.verdict {
        verdict if verdict.is_intact() => Tone::Good,
        EsignVerdict::Broken | EsignVerdict::Altered => Tone::Bad,
        EsignVerdict::Empty | EsignVerdict::TimeStampOnly => Tone::Faint,
        _ => Tone::Warn,
    };
    let kind = words::kind(signature.kind, lang);
    let mut head = format!(
        "  {}  {kind} «{}»",
        paint(tone, verdict),
        ui.path(&signature.field)
    );
    if let Some(page) = signature.page {
        head.push_str(&format!(", {} {page}", ui.pick("hlm.", "p.")));
    }
    let mut lines = vec![head];
    if signature.kind == SignatureKind::Empty {
        return lines;
    }
    let mut put = |name: &str, value: &str| {
        lines.push(format!("    {name:<14} {}", ui.path(value)));
    };
    if let Some(signer) = words::signer(signature) {
        put(ui.pick("penanda tangan", "signer"), &signer);
    }
    if let Some(time) = &signature.claimed_time {
        put(ui.pick("waktu diakui", "time claimed"), time);
    }
    if let Some(stamp) = &signature.time_stamp {
        put(ui.pick("cap waktu", "time-stamp"), &time_stamp(stamp, ui));
    }
    put(
        ui.pick("mencakup", "covers"),
        &words::coverage(&signature.coverage, lang),
    );
    let algorithm = |name: &Option<String>| name.clone().unwrap_or_default();
    for (name, check) in [
        (ui.pick("sidik isi", "digest"), &signature.digest),
        (ui.pick("nilai", "value"), &signature.value),
    ] {
        let outcome = words::checked(check.outcome, lang);
        put(
            name,
            format!("{outcome} {}", algorithm(&check.algorithm)).trim(),
        );
    }
    put(ui.pick("penerbit", "issuer"), &issuer(signature, ui));
    if let Some(revocation) = words::revocation(&signature.revocation, lang) {
        put(ui.pick("pencabutan", "revocation"), &revocation);
    }
    for change in &signature.later {
        put(
            ui.pick("sesudahnya", "afterwards"),
            &words::change(change, lang),
        );
    }
    for reason in &signature.reasons {
        let detail = reason
            .detail
            .as_ref()
            .map_or(String::new(), |d| format!(": {d}"));
        let text = format!(
            "{}{detail} [{}]",
            words::rule(reason.rule, lang),
            reason.rule.as_str()
        );
        put(ui.pick("sebab", "reason"), &text);
    }
    lines
}

fn time_stamp(stamp: &TimeStamp, ui: Ui) -> String {
    format!("{} ({})", stamp.time, words::time_stamp(stamp, ui.lang))
}

fn issuer(signature: &ElectronicSignature, ui: Ui) -> String {
    let signer = signature.signer.as_ref();
    let name = signer.and_then(|one| one.issuer.as_deref()).unwrap_or("?");
    format!("{name}: {}", words::trust(signature.trust.state, ui.lang))
}
