//! `bukti keep`: copies of evidence in the archive.

use crate::app::archive::workspace::Workspace;
use crate::app::custody::keep;
use crate::app::custody::keep::{Kept, Which};
use crate::app::error::Error;
use crate::app::evidence::scope::Scope;
use crate::app::evidence::search;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::reading::content_source::LeftOut;
use crate::cli::Done;
use crate::cli::args::{KeepArgs, OcrArg};
use crate::cli::commands::{open, worker_with};
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::ByteLen;
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &KeepArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    listen_for_interrupt();
    keep_in(&mut workspace, &selection(args), ui)
}

/// Keeps copies and tells of it.
pub fn keep_in(workspace: &mut Workspace, which: &Which, ui: Ui) -> Result<Done, Error> {
    let progress = Shown::new(ui, false);
    let kept = keep::keep(workspace, which, &worker_with(OcrArg::None)?, &progress)?;
    drop(progress);
    if ui.json {
        ui.json_line(&to_json(&kept));
    } else {
        print(&kept, ui);
    }
    Ok(match kept.left_out.is_empty() {
        true => Done::Well,
        false => Done::InPart,
    })
}

fn selection(args: &KeepArgs) -> Which {
    let scope = Scope {
        indicator: args.indicator.clone(),
        question: args.question.clone(),
        office: args.office.clone(),
        ..Scope::default()
    };
    let is_named =
        scope.indicator.is_some() || scope.question.is_some() || scope.office.is_some();
    if args.all {
        Which::All
    } else if args.words.is_empty() && !is_named {
        Which::Evidence
    } else {
        Which::Found(Box::new(search::Options {
            text: args.words.join(" "),
            scope,
            confident: is_named,
            ..search::Options::default()
        }))
    }
}

fn to_json(kept: &Kept) -> Value {
    let lost = |lost: &LeftOut| json!({ "from": lost.path, "expected": lost.expected, "found": lost.found });
    json!({
        "schema_version": SCHEMA_VERSION,
        "new": kept.new,
        "bytes": kept.bytes,
        "already": kept.already,
        "left_out": kept.left_out.iter().map(lost).collect::<Value>(),
    })
}

fn print(kept: &Kept, ui: Ui) {
    let new = ui.noun(
        kept.new,
        "salinan baru disimpan",
        "copy made",
        "copies made",
    );
    let already = ui.pick("sudah tersimpan utuh", "kept already, and whole");
    let size = ByteLen(kept.bytes);
    ui.line(&format!(
        "{:>8}  {} · {size}",
        kept.new,
        paint(Tone::Good, new)
    ));
    ui.line(&format!("{:>8}  {already}", kept.already));
    if kept.left_out.is_empty() {
        return;
    }
    let text = ui.pick(
        "tidak tersimpan: isinya bukan lagi yang dibaca arsip, atau tidak dapat dibuka",
        "not kept: no longer what the archive read, or cannot be opened",
    );
    let count = kept.left_out.len();
    ui.line(&format!("{count:>8}  {}", paint(Tone::Bad, text)));
    for lost in &kept.left_out {
        ui.line(&format!("  {}", ui.path(&lost.path)));
    }
}
