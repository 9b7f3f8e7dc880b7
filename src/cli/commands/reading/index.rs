//! `bukti index`: reads folders into the archive.

use crate::app::archive::status;
use crate::app::archive::workspace::Workspace;
use crate::app::custody::anchors;
use crate::app::custody::keep::Which;
use crate::app::error::Error;
use crate::app::reading::index;
use crate::app::reading::index::{Options, Outcome};
use crate::cli::Done;
use crate::cli::args::{IndexArgs, ReadArgs};
use crate::cli::commands::custody::keep::keep_in;
use crate::cli::commands::{open, reading_options};
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::store::LocationRow;
use crate::model::{FileState, Lang, Note};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// How many files that need attention are listed after a run; `status` lists them all.
const LISTED: usize = 20;

pub fn run(args: &IndexArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    listen_for_interrupt();
    let outcome = index_into(
        &mut workspace,
        &args.folders,
        &args.read,
        args.retry_failed,
        args.quick,
        ui,
    )?;
    if !ui.json {
        let files = ui.noun(outcome.files, "berkas dilihat", "file seen", "files seen");
        ui.line(&format!(
            "{} {files}",
            paint(Tone::Strong, &outcome.files.to_string())
        ));
        show_sums(&outcome.sums, ui);
        show_waiting(outcome.waiting, ui);
        show_unreachable(&status::unreachable(&workspace)?, ui);
        let attention = status::attention(&workspace)?;
        show_attention(&attention, LISTED, ui);
    }
    let kept = match args.keep {
        true => keep_in(&mut workspace, &Which::Evidence, ui)?,
        false => Done::Well,
    };
    Ok(if outcome.wants_attention() || kept == Done::InPart {
        Done::InPart
    } else {
        Done::Well
    })
}

/// Indexes folders, showing how it goes.
pub fn index_into(
    workspace: &mut Workspace,
    folders: &[PathBuf],
    read: &ReadArgs,
    retry_failed: bool,
    quick: bool,
    ui: Ui,
) -> Result<Outcome, Error> {
    let mut options = Options {
        roots: folders.to_vec(),
        retry_failed,
        quick,
        ..reading_options(read)?
    };
    options.worker.anchors = anchors::all(workspace)?;
    let progress = Shown::new(ui, ui.json);
    index::index(workspace, &options, &progress)
}

/// Prints unreachable roots, and what can be done about each.
pub fn show_unreachable(unreachable: &[(String, u64)], ui: Ui) {
    for (folder, files) in unreachable {
        let text = ui.noun(
            *files,
            "berkas tercatat di folder yang kini tidak ada",
            "file is recorded in a folder that is not there now",
            "files are recorded in a folder that is not there now",
        );
        let folder = ui.path(folder);
        ui.line(&format!(
            "{files:>8}  {}: {folder}",
            paint(Tone::Warn, text)
        ));
        ui.line(&match ui.lang {
            Lang::Id => format!(
                "          sambungkan lagi share-nya; bila pindah atau tidak dipakai lagi: \
                 `bukti forget \"{folder}\"`"
            ),
            Lang::En => format!(
                "          connect its share again; if it moved or is not used any more: \
                 `bukti forget \"{folder}\"`"
            ),
        });
    }
}

/// Prints that long scans have waiting pages.
pub fn show_waiting(documents: u64, ui: Ui) {
    if documents == 0 {
        return;
    }
    ui.line("");
    ui.line(&match ui.lang {
        Lang::Id => format!(
            "{documents} pindaian panjang baru dibaca halaman awal dan akhirnya; jalankan \
             `bukti index` tanpa --quick untuk melengkapi"
        ),
        Lang::En => format!(
            "of {documents} long {} only the first and last pages were read; run \
             `bukti index` without --quick to complete",
            ui.noun(documents, "", "scan", "scans")
        ),
    });
}

/// Prints how many files are in which state; their sum is the files seen.
pub fn show_sums(sums: &BTreeMap<FileState, u64>, ui: Ui) {
    for state in FileState::ALL {
        let Some(count) = sums.get(&state) else {
            continue;
        };
        let label = state.label(ui.lang);
        let tone = if state.wants_attention() {
            Tone::Warn
        } else {
            Tone::Good
        };
        ui.line(&format!("{:>8}  {}", count, paint(tone, label)));
    }
}

/// Prints the files that need a person, with the reason and the remedy.
pub fn show_attention(attention: &[LocationRow], most: usize, ui: Ui) {
    if attention.is_empty() {
        return;
    }
    ui.line("");
    let title = ui.pick("Perlu perhatian", "Needs attention");
    ui.line(&paint(Tone::Strong, title));
    for row in attention.iter().take(most) {
        ui.line(&format!(
            "  {} {}",
            paint(Tone::Warn, row.state.label(ui.lang)),
            ui.path(&row.path)
        ));
        if let Some(reason) = reason(row, ui.lang) {
            ui.line(&format!("      {reason}"));
        }
    }
    if attention.len() > most {
        let more = attention.len() - most;
        let text = ui.pick("lagi; lihat `bukti status`", "more; see `bukti status`");
        ui.line(&format!("  … {more} {text}"));
    }
}

/// Returns what explains best that a file needs a person: what kept it, or a part of it, from
/// being read, of the whole file before one page.
fn reason(row: &LocationRow, lang: Lang) -> Option<String> {
    let is_read = !row.state.wants_attention();
    let rank = |note: &&Note| {
        let is_beside = is_read && !note.code.wants_attention();
        (is_beside, note.code.is_remark(), note.page.is_some())
    };
    row.notes
        .iter()
        .min_by_key(rank)
        .map(|note| note.explain(lang))
}
