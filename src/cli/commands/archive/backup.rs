//! `bukti backup`: a copy of the archive for elsewhere.

use crate::app::archive::backup;
use crate::app::archive::backup::{BackedUp, Options};
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::BackupArgs;
use crate::cli::commands::open;
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::files::path;
use crate::model::ByteLen;
use serde_json::json;
use std::path::Path;

pub fn run(args: &BackupArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    listen_for_interrupt();
    let options = Options {
        to: args.folder.clone(),
        documents: !args.without_documents,
        jobs: settings::jobs(None),
    };
    let progress = Shown::new(ui, false);
    let done = backup::backup(&workspace, &options, &progress)?;
    drop(progress);
    let to = path::to_text(&args.folder);
    if ui.json {
        ui.json_line(&json!({
            "schema_version": SCHEMA_VERSION,
            "to": to,
            "bytes": done.bytes,
            "copies": done.copies,
            "packages": done.packages,
            "damaged": done.damaged,
            "damaged_packages": done.damaged_packages,
        }));
    } else {
        print_backup(&done, &to, args.without_documents, ui);
    }
    Ok(match done.is_whole() {
        true => Done::Well,
        false => Done::InPart,
    })
}

fn print_backup(done: &BackedUp, to: &str, is_without: bool, ui: Ui) {
    let text = ui.pick(
        "salinan arsip ditulis dan terbaca kembali",
        "the archive's copy is written and reads back",
    );
    let size = ByteLen(done.bytes);
    ui.line(&format!(
        "{} · {size}: {}",
        paint(Tone::Good, text),
        ui.path(to)
    ));
    let copies = ui.noun(done.copies, "salinan bukti", "kept copy", "kept copies");
    let packages = ui.noun(
        done.packages,
        "paket yang diterima",
        "package taken in",
        "packages taken in",
    );
    ui.line(&format!(
        "      {} {copies} · {} {packages}",
        done.copies, done.packages
    ));
    let damaged = ui.pick(
        "salinan bukti rusak dan tidak ikut; pulihkan dengan `bukti doctor --repair`",
        "kept copy is damaged and left out; heal it with `bukti doctor --repair`",
    );
    for digest in &done.damaged {
        ui.line(&format!("{} {damaged}: {digest}", paint(Tone::Bad, "!")));
    }
    let damaged = ui.pick(
        "paket rusak, ikut apa adanya",
        "package is damaged, copied as it is",
    );
    for name in &done.damaged_packages {
        let name = ui.path(name);
        ui.line(&format!("{} {damaged}: {name}", paint(Tone::Bad, "!")));
    }
    if is_without {
        ui.stderr_line(ui.pick(
            "dokumen di arsip tidak ikut; salin sendiri folder `kept` dan `imported`",
            "the documents in the archive are left out; copy its folders `kept` and `imported` yourself",
        ));
    }
    ui.stderr_line(ui.pick(
        "untuk memulihkan: taruh folder ini di tempat arsip semula, lalu `bukti doctor --repair`",
        "to restore: put this folder where the archive was, then `bukti doctor --repair`",
    ));
}
