//! `bukti status`: what the archive holds.

use crate::app::archive::status;
use crate::app::archive::status::Status;
use crate::app::error::Error;
use crate::cli::Done;
use crate::cli::commands::open;
use crate::cli::commands::reading::index::{
    show_attention, show_sums, show_unreachable, show_waiting,
};
use crate::cli::ui::{Tone, Ui, paint};
use std::path::Path;

pub fn run(archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    let status = status::status(&workspace)?;
    if ui.json {
        ui.json_line(&status.to_json(&workspace.root, ui.lang));
    } else {
        print(&status, ui);
    }
    Ok(Done::Well)
}

fn print(status: &Status, ui: Ui) {
    let purpose = &status.purpose;
    let year = ui.pick("verifikasi", "verification");
    ui.line(&format!(
        "{} · {year} {} · {}",
        paint(Tone::Strong, &purpose.region.name),
        purpose.year,
        purpose.framework
    ));
    match &status.last_run {
        None => ui.line(ui.pick(
            "Belum ada yang dibaca; jalankan `bukti index FOLDER`",
            "Nothing read yet; run `bukti index FOLDER`",
        )),
        Some((started, Some(_))) => {
            let label = ui.pick("Pembacaan terakhir", "Last run");
            ui.line(&format!("{label}: {started}"));
        }
        Some((started, None)) => {
            let text = ui.pick(
                "Pembacaan terakhir terputus; jalankan `bukti index` lagi untuk meneruskan",
                "The last run was interrupted; run `bukti index` again to go on",
            );
            ui.line(&paint(Tone::Warn, &format!("{started}: {text}")));
        }
    }
    let files = status.sums.values().sum::<u64>();
    let seen = ui.noun(files, "berkas", "file", "files");
    let files = paint(Tone::Strong, &files.to_string());
    ui.line(&format!("{files} {seen}"));
    show_sums(&status.sums, ui);
    show_waiting(status.waiting, ui);
    if status.gone > 0 {
        let gone = ui.pick(
            "tidak ditemukan lagi pada pembacaan terakhir",
            "not met again by the last run",
        );
        ui.line(&format!("{:>8}  {}", status.gone, paint(Tone::Warn, gone)));
    }
    print_index(status, ui);
    show_unreachable(&status.unreachable, ui);
    show_attention(&status.attention, usize::MAX, ui);
}

/// Prints what a search would not find, and why.
fn print_index(status: &Status, ui: Ui) {
    let index = &status.index;
    let (missing, held) = (index.missing(), index.held.unwrap_or(0));
    if missing == 0 {
        return;
    }
    let (text, remedy, tone) = match index.is_lost() {
        true => (
            ui.pick(
                "indeks pencarian hilang atau rusak; yang termuat",
                "the search index is lost or damaged; it holds",
            ),
            ui.pick(
                "bangun ulang dengan `bukti doctor --repair`",
                "rebuild it with `bukti doctor --repair`",
            ),
            Tone::Bad,
        ),
        false => (
            ui.pick(
                "indeks pencarian belum lengkap; yang termuat",
                "the search index is not complete yet; it holds",
            ),
            ui.pick(
                "lengkapi dengan `bukti index` atau `bukti doctor --repair`",
                "complete it with `bukti index` or `bukti doctor --repair`",
            ),
            Tone::Warn,
        ),
    };
    let text = format!("{text} {held} / {}", index.expected);
    ui.line(&format!("{missing:>8}  {}", paint(tone, &text)));
    ui.line(&format!("          {remedy}"));
}
