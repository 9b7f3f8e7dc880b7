//! `bukti esign`: what the electronic signatures in files are worth.

use crate::app::custody::esign::Examined;
use crate::app::custody::{anchors, esign};
use crate::app::error::Error;
use crate::app::evidence::shape::{self, SCHEMA_VERSION};
use crate::app::reading::worker::EsignAnswer;
use crate::cli::Done;
use crate::cli::args::{EsignArgs, OcrArg};
use crate::cli::commands::{open_if_any, worker_with};
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::{
    AlgorithmCheck, ElectronicSignature, EsignVerdict, MediaType, SignatureKind,
    TimeStamp,
};
use crate::report::esign as words;
use serde_json::json;
use std::path::Path;

pub fn run(args: &EsignArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    listen_for_interrupt();
    let mut worker = worker_with(OcrArg::None)?;
    worker.anchors = anchors::read(&args.anchors)?.to_model();
    if let Some(workspace) = open_if_any(archive)? {
        worker.anchors.extend(anchors::all(&workspace)?);
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
        ui.line(&format!("  {}", without(&file.answer, ui)));
    }
    if file.answer.media_type == MediaType::Pdf {
        for reason in &report.unread {
            let why = words::rule(reason.rule, ui.lang);
            ui.line(&format!("  {}", paint(Tone::Warn, why)));
        }
    }
    for signature in &report.signatures {
        for line in lines(signature, ui) {
            ui.line(&line);
        }
    }
}

/// Says that a file has no signature, as far as that can be known.
fn without(answer: &EsignAnswer, ui: Ui) -> &'static str {
    if answer.media_type != MediaType::Pdf {
        ui.pick(
            "bukan PDF; tanda tangan elektronik hanya dicari di PDF",
            "no PDF; electronic signatures are looked for in PDFs only",
        )
    } else if answer.report.unread.is_empty() {
        ui.pick(
            "tidak ada tanda tangan elektronik",
            "no electronic signature",
        )
    } else {
        ui.pick(
            "tanda tangan elektronik tidak dapat dicari",
            "electronic signatures could not be looked for",
        )
    }
}

/// Returns the lines about one signature, the verdict first.
fn lines(signature: &ElectronicSignature, ui: Ui) -> Vec<String> {
    let mut lines = vec![head(signature, ui)];
    if signature.kind == SignatureKind::Empty {
        return lines;
    }
    let row =
        |(name, value): (&str, String)| format!("    {name:<14} {}", ui.path(&value));
    lines.extend(facts(signature, ui).into_iter().map(row));
    for change in &signature.later {
        let name = ui.pick("sesudahnya", "afterwards");
        lines.push(row((name, words::change(change, ui.lang))));
    }
    for reason in &signature.reasons {
        let detail = reason
            .detail
            .as_ref()
            .map_or(String::new(), |d| format!(": {d}"));
        let (said, rule) = (words::rule(reason.rule, ui.lang), reason.rule.as_str());
        lines.push(row((
            ui.pick("sebab", "reason"),
            format!("{said}{detail} [{rule}]"),
        )));
    }
    lines
}

/// Returns the line with the verdict, what it is on, and where.
fn head(signature: &ElectronicSignature, ui: Ui) -> String {
    let tone = match signature.verdict {
        verdict if verdict.is_intact() => Tone::Good,
        EsignVerdict::Broken | EsignVerdict::Altered => Tone::Bad,
        EsignVerdict::Empty | EsignVerdict::TimeStampOnly => Tone::Faint,
        _ => Tone::Warn,
    };
    let verdict = paint(tone, words::verdict(signature.verdict, ui.lang));
    let kind = words::kind(signature.kind, ui.lang);
    let field = ui.path(&signature.field);
    let page = signature.page.map_or(String::new(), |page| {
        format!(", {} {page}", ui.pick("hlm.", "p."))
    });
    format!("  {verdict}  {kind} «{field}»{page}")
}

/// Returns what is known of a signature, each with its name.
fn facts(signature: &ElectronicSignature, ui: Ui) -> Vec<(&'static str, String)> {
    let lang = ui.lang;
    let check = |check: &AlgorithmCheck| {
        let outcome = words::checked(check.outcome, lang);
        let algorithm = check.algorithm.as_deref().unwrap_or_default();
        format!("{outcome} {algorithm}").trim_end().to_owned()
    };
    let known = [
        (
            ui.pick("penanda tangan", "signer"),
            words::signer(signature),
        ),
        (
            ui.pick("waktu diakui", "time claimed"),
            signature.claimed_time.clone(),
        ),
        (
            ui.pick("cap waktu", "time-stamp"),
            signature
                .time_stamp
                .as_ref()
                .map(|stamp| time_stamp(stamp, ui)),
        ),
        (
            ui.pick("mencakup", "covers"),
            Some(words::coverage(&signature.coverage, lang)),
        ),
        (
            ui.pick("sidik isi", "digest"),
            Some(check(&signature.digest)),
        ),
        (ui.pick("nilai", "value"), Some(check(&signature.value))),
        (ui.pick("penerbit", "issuer"), Some(issuer(signature, ui))),
        (
            ui.pick("pencabutan", "revocation"),
            words::revocation(&signature.revocation, lang),
        ),
    ];
    let known = known.into_iter();
    known
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn time_stamp(stamp: &TimeStamp, ui: Ui) -> String {
    format!("{} ({})", stamp.time, words::time_stamp(stamp, ui.lang))
}

fn issuer(signature: &ElectronicSignature, ui: Ui) -> String {
    let signer = signature.signer.as_ref();
    let name = signer.and_then(|one| one.issuer.as_deref()).unwrap_or("?");
    format!("{name}: {}", words::trust(signature.trust.state, ui.lang))
}
