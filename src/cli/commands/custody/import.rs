//! `bukti import`: takes in a package from others.

use super::bag::{print_remarks, remark_json};
use crate::app::custody::import;
use crate::app::custody::import::{Disagreement, Imported, Options, Taken};
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::reading::index;
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::ImportArgs;
use crate::cli::commands::judgement::check::day;
use crate::cli::commands::reading::index::show_sums;
use crate::cli::commands::{reader_name, worker_settings};
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::files::path;
use crate::model::{Lang, QuestionState};
use serde_json::{Value, json};

pub fn run(args: &ImportArgs, ui: Ui) -> Result<Done, Error> {
    let options = Options {
        archive: args.folder.clone(),
        region: args.region.clone(),
        year: args.year,
        as_of: day(None)?,
        index: index::Options {
            roots: Vec::new(),
            jobs: settings::jobs(args.read.jobs),
            worker: worker_settings(&args.read)?,
            reader: reader_name(&args.read),
            retry_failed: false,
            ends: index::Options::ENDS,
            quick: false,
        },
    };
    listen_for_interrupt();
    let progress = Shown::new(ui, false);
    let imported = import::import(&args.package, &options, &progress)?;
    drop(progress);
    if ui.json {
        ui.json_line(&to_json(&imported, ui));
    } else {
        print(&imported, ui);
    }
    Ok(match &imported.taken {
        None => Done::Wrong,
        Some(taken) if !taken.disagreements.is_empty() => Done::Wrong,
        Some(taken) if taken.outcome.wants_attention() => Done::InPart,
        Some(_) => Done::Well,
    })
}

fn to_json(imported: &Imported, ui: Ui) -> Value {
    let differs = |d: &Disagreement| json!({ "question": d.question, "theirs": d.theirs, "ours": d.ours });
    let remarks = imported.validated.remarks.iter();
    let taken = imported.taken.as_ref();
    json!({
        "schema_version": SCHEMA_VERSION,
        "valid": imported.validated.is_valid(),
        "remarks": remarks.map(|r| remark_json(r, ui)).collect::<Value>(),
        "folder": taken.map(|taken| path::to_text(&taken.folder)),
        "states": taken.map(|taken| &taken.outcome.sums),
        "agreed": taken.and_then(|taken| taken.agreed),
        "disagreements": taken.map_or(json!([]), |taken| {
            taken.disagreements.iter().map(differs).collect()
        }),
    })
}

fn print(imported: &Imported, ui: Ui) {
    print_remarks(&imported.validated.remarks, ui);
    let Some(taken) = &imported.taken else {
        let text = ui.pick(
            "paket ditolak; tidak ada yang diambil",
            "the package is refused; nothing was taken in",
        );
        ui.line(&paint(Tone::Bad, text));
        return;
    };
    let text = ui.pick(
        "paket utuh, diambil ke",
        "the package is whole, taken in at",
    );
    let folder = ui.path(&path::to_text(&taken.folder));
    ui.line(&format!("{} {folder}", paint(Tone::Good, text)));
    show_sums(&taken.outcome.sums, ui);
    print_verdicts(taken, ui);
}

fn print_verdicts(taken: &Taken, ui: Ui) {
    let Some(agreed) = taken.agreed else {
        ui.line(ui.pick(
            "paket tidak membawa penilaian",
            "the package brings no verdicts",
        ));
        return;
    };
    let same = ui.noun(
        agreed,
        "pertanyaan dinilai sama",
        "question judged alike",
        "questions judged alike",
    );
    ui.line(&format!("{agreed:>8}  {same}"));
    if taken.disagreements.is_empty() {
        return;
    }
    let other = ui.pick(
        "dinilai lain oleh paket; penilaian di sini yang dipakai",
        "judged otherwise by the package; what counts is the judgement here",
    );
    let count = taken.disagreements.len();
    ui.line(&format!("{count:>8}  {}", paint(Tone::Warn, other)));
    for one in &taken.disagreements {
        let theirs = word(&one.theirs, ui.lang);
        let ours = one.ours.label(ui.lang);
        ui.line(&format!("  {}  {theirs} → {ours}", one.question.as_str()));
    }
}

fn word(state: &str, lang: Lang) -> String {
    let known = state.parse::<QuestionState>();
    known.map_or_else(|_| path::printable(state), |s| s.label(lang).to_owned())
}
