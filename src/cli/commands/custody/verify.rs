//! `bukti verify`: which files are no longer what was taken in, and what that costs.

use crate::app::custody::verify;
use crate::app::custody::verify::{Finding, Options, Verified};
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::VerifyArgs;
use crate::cli::commands::open;
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::{FixityStatus, QuestionId};
use serde_json::{Value, json};
use std::path::Path;

/// How many new files are listed; they are no trouble, only unread.
const LISTED_NEW: usize = 5;

pub fn run(args: &VerifyArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    listen_for_interrupt();
    let options = Options {
        jobs: settings::jobs(args.jobs),
        budget: args.budget,
        round_days: args.round,
    };
    let progress = Shown::new(ui, false);
    let verified = verify::verify(&mut workspace, &options, &progress)?;
    drop(progress);
    if ui.json {
        ui.json_line(&to_json(&verified, ui));
    } else {
        print(&verified, ui);
    }
    Ok(if verified.has_loss() {
        Done::Wrong
    } else if verified.is_in_part() {
        Done::InPart
    } else {
        Done::Well
    })
}

fn to_json(verified: &Verified, ui: Ui) -> Value {
    let finding = |finding: &Finding| {
        json!({
            "path": finding.path,
            "status": finding.status,
            "expected": finding.expected,
            "found": finding.found,
            "now_at": finding.now_at,
            "trouble": finding.trouble.as_ref().map(|t| t.note.explain(ui.lang)),
            "questions": finding.questions,
        })
    };
    let sum = |status: FixityStatus| {
        let count = verified.sums.get(&status).copied().unwrap_or(0);
        (status.as_str().to_owned(), json!(count))
    };
    json!({
        "schema_version": SCHEMA_VERSION,
        "time": verified.time,
        "sums": Value::Object(FixityStatus::ALL.into_iter().map(sum).collect()),
        "left": verified.left,
        "undigested": verified.undigested,
        "unreachable": verified.unreachable.keys().cloned().collect::<Value>(),
        "away": verified.unreachable.iter().map(|(path, files)| {
            json!({ "path": path, "files": files })
        }).collect::<Value>(),
        "findings": verified.findings.iter().map(finding).collect::<Value>(),
        "bereft": verified.questions_without_evidence,
    })
}

fn print(verified: &Verified, ui: Ui) {
    for status in FixityStatus::ALL {
        if let Some(count) = verified.sums.get(&status) {
            let label = paint(tone(status), status.label(ui.lang));
            ui.line(&format!("{count:>8}  {label}"));
        }
    }
    let left = ui.pick(
        "belum sempat diperiksa; jalankan lagi untuk meneruskan",
        "not reached yet; run again to go on",
    );
    let undigested = ui.noun(
        verified.undigested,
        "belum pernah terbaca, jadi tidak dapat diperiksa; lihat `bukti status`",
        "never read, so it cannot be checked; see `bukti status`",
        "never read, so they cannot be checked; see `bukti status`",
    );
    for (count, text) in [(verified.left, left), (verified.undigested, undigested)] {
        if count > 0 {
            ui.line(&format!("{count:>8}  {}", paint(Tone::Faint, text)));
        }
    }
    print_unreachable(verified, ui);
    print_findings(&verified.findings, &verified.time, ui);
    if !verified.questions_without_evidence.is_empty() {
        let text = ui.noun(
            verified.questions_without_evidence.len(),
            "Pertanyaan yang kehilangan seluruh bukti yakinnya",
            "Question that loses all of its confident evidence",
            "Questions that lose all of their confident evidence",
        );
        ui.line("");
        ui.line(&paint(Tone::Bad, text));
        ui.line(&format!("  {}", list(&verified.questions_without_evidence)));
    }
}

fn print_unreachable(verified: &Verified, ui: Ui) {
    for (folder, files) in &verified.unreachable {
        let unchecked = ui.noun(
            *files,
            "berkas belum diperiksa",
            "file not checked",
            "files not checked",
        );
        ui.line("");
        ui.line(&format!(
            "{} {} · {files} {unchecked}",
            paint(Tone::Warn, "!"),
            ui.path(folder)
        ));
    }
    if !verified.unreachable.is_empty() {
        ui.line(ui.pick(
            "      folder kosong atau tidak ada: sambungkan share atau disknya, lalu ulangi; bila memang",
            "      the folder is empty or away: connect its share or disk, then try again; if it was",
        ));
        ui.line(ui.pick(
            "      dihapus orang, `bukti index` mencatatnya; bila share-nya pindah atau tidak dipakai lagi,",
            "      deleted on purpose, `bukti index` takes note of that; if the share moved or is not used",
        ));
        ui.line(ui.pick(
            "      lepas tempat lamanya dengan `bukti forget FOLDER`",
            "      any more, let its old place go with `bukti forget FOLDER`",
        ));
    }
}

fn tone(status: FixityStatus) -> Tone {
    match status {
        FixityStatus::Same | FixityStatus::New => Tone::Good,
        FixityStatus::Changed | FixityStatus::Missing => Tone::Bad,
        _ => Tone::Warn,
    }
}

fn print_findings(findings: &[Finding], time: &str, ui: Ui) {
    let (new, wrong): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|finding| finding.status == FixityStatus::New);
    if !wrong.is_empty() {
        ui.line("");
    }
    for finding in wrong {
        let label = paint(tone(finding.status), finding.status.label(ui.lang));
        ui.line(&format!("{label} {}", ui.path(&finding.path)));
        print_one(finding, time, ui);
    }
    if new.is_empty() {
        return;
    }
    ui.line("");
    for finding in new.iter().take(LISTED_NEW) {
        let label = paint(Tone::Good, finding.status.label(ui.lang));
        ui.line(&format!("{label} {}", ui.path(&finding.path)));
    }
    if new.len() > LISTED_NEW {
        let more = ui.pick(
            "lagi; baca dengan `bukti index`",
            "more; read with `bukti index`",
        );
        ui.line(&format!("… {} {more}", new.len() - LISTED_NEW));
    }
}

fn print_one(finding: &Finding, time: &str, ui: Ui) {
    let was = ui.pick("sidik semula ", "digest before");
    let is = ui.pick("sidik kini   ", "digest now   ");
    if let Some(expected) = finding.expected {
        ui.line(&format!("    {was} {expected}"));
    }
    if let Some(found) = finding.found {
        ui.line(&format!("    {is} {found}"));
    }
    let at = ui.pick("diperiksa    ", "checked      ");
    ui.line(&format!("    {at} {time}"));
    if let Some(now_at) = &finding.now_at {
        let text = match finding.status {
            FixityStatus::Moved => ui.pick("kini di      ", "now at       "),
            _ => ui.pick("salinan di   ", "copy at      "),
        };
        ui.line(&format!("    {text} {}", ui.path(now_at)));
    }
    if let Some(trouble) = &finding.trouble {
        ui.line(&format!("    {}", trouble.note.explain(ui.lang)));
    }
    if !finding.questions.is_empty() {
        let text = ui.pick("bukti untuk  ", "evidence for ");
        ui.line(&format!("    {text} {}", list(&finding.questions)));
    }
}

fn list(questions: &[QuestionId]) -> String {
    let names: Vec<&str> = questions.iter().map(QuestionId::as_str).collect();
    names.join(", ")
}
