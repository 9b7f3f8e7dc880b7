//! `bukti doctor`: the health of the archive itself.

use super::log::fault_text;
use crate::app::archive::doctor;
use crate::app::archive::doctor::{Diagnosis, Repaired};
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::cli::Done;
use crate::cli::args::{DoctorArgs, OcrArg};
use crate::cli::commands::{open, worker_with};
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &DoctorArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    listen_for_interrupt();
    let progress = Shown::new(ui, false);
    let worker = worker_with(OcrArg::None)?;
    let diagnosis = doctor::examine(&mut workspace, args.repair, &worker, &progress)?;
    drop(progress);
    if ui.json {
        ui.json_line(&to_json(&diagnosis));
    } else {
        print(&diagnosis, ui);
    }
    Ok(match diagnosis.is_well() {
        true => Done::Well,
        false => Done::Wrong,
    })
}

fn to_json(diagnosis: &Diagnosis) -> Value {
    let orphans = diagnosis.orphans;
    let repaired = |repaired: &Repaired| {
        json!({
            "loose": repaired.orphans,
            "index": repaired.index,
            "healed": repaired.healed,
            "lost": repaired.lost.iter().map(|lost| lost.expected).collect::<Vec<_>>(),
        })
    };
    json!({
        "schema_version": SCHEMA_VERSION,
        "well": diagnosis.is_well(),
        "catalog": diagnosis.catalog,
        "loose": {
            "locations": orphans.locations,
            "pages": orphans.pages,
            "links": orphans.links,
            "records": orphans.records,
        },
        "index": diagnosis.index.held.map(|found| {
            json!({ "found": found, "expected": diagnosis.index.expected })
        }),
        "kept": diagnosis.kept,
        "damaged": diagnosis.damaged,
        "unfinished": diagnosis.unfinished,
        "log": {
            "records": diagnosis.log.records,
            "head": diagnosis.log.head,
            "faults": diagnosis.log.faults.len(),
        },
        "repaired": diagnosis.repaired.as_ref().map(repaired),
    })
}

fn print(diagnosis: &Diagnosis, ui: Ui) {
    let repaired = diagnosis.repaired.clone().unwrap_or_default();
    let orphans = diagnosis.orphans.sum();
    line(
        ui.pick("katalog", "catalog"),
        diagnosis.catalog.is_empty(),
        false,
        "",
        ui,
    );
    for fault in &diagnosis.catalog {
        ui.line(&format!("      {fault}"));
    }
    let count = match orphans {
        0 => String::new(),
        _ => {
            let rows =
                ui.noun(orphans, "baris tanpa pasangan", "loose row", "loose rows");
            format!("{orphans} {rows}")
        }
    };
    line(
        ui.pick("isi katalog", "its rows"),
        orphans == 0,
        repaired.orphans,
        &count,
        ui,
    );
    let is_fresh = !diagnosis.is_index_stale();
    let index = index_detail(diagnosis, is_fresh, ui);
    line(
        ui.pick("indeks pencarian", "search index"),
        is_fresh,
        repaired.index,
        &index,
        ui,
    );
    print_copies(diagnosis, &repaired, ui);
    print_log(diagnosis, ui);
    let is_damaged = !diagnosis.damaged.is_empty();
    let can_repair = orphans > 0 || !is_fresh || is_damaged;
    if diagnosis.is_protected {
        ui.line("");
        ui.line(ui.pick(
            "arsip ini hanya dapat dibaca; untuk memperbaikinya, salin dahulu ke tempat yang dapat ditulis",
            "this archive can only be read; to repair it, copy it to where it can be written first",
        ));
    } else if can_repair && diagnosis.repaired.is_none() {
        ui.line("");
        ui.line(ui.pick(
            "perbaiki dengan `bukti doctor --repair`",
            "repair with `bukti doctor --repair`",
        ));
    }
}

/// Returns what is to be known about the search index: how much of what it should hold it does.
fn index_detail(diagnosis: &Diagnosis, is_fresh: bool, ui: Ui) -> String {
    let index = &diagnosis.index;
    let of = format!("{} / {}", index.held.unwrap_or(0), index.expected);
    let why = match (index.held, is_fresh) {
        (None, false) => ui.pick(
            "hilang atau tidak dapat dibuka",
            "lost, or cannot be opened",
        ),
        (Some(_), false) if index.is_lost() => ui.pick("tidak lengkap", "not complete"),
        (Some(_), false) => {
            ui.pick("isi berkasnya berubah", "the bytes of its files changed")
        }
        _ if index.missing() > 0 => ui.pick(
            "sisanya dimasukkan oleh `bukti index` atau `--repair`",
            "the rest is put in by `bukti index` or `--repair`",
        ),
        _ => "",
    };
    format!("{of} {why}")
}

fn print_copies(diagnosis: &Diagnosis, repaired: &Repaired, ui: Ui) {
    let damaged = diagnosis.damaged.len();
    let copies = ui.noun(diagnosis.kept, "salinan", "copy", "copies");
    let broken = ui.pick("rusak", "damaged");
    let kept = format!("{} {copies} · {damaged} {broken}", diagnosis.kept);
    let is_healed = damaged > 0 && repaired.healed.len() == damaged;
    line(
        ui.pick("salinan bukti", "kept copies"),
        damaged == 0,
        is_healed,
        &kept,
        ui,
    );
    for lost in &repaired.lost {
        let text = ui.pick("tidak ada lagi asalnya", "no place has it any more");
        ui.line(&format!("      {} {text}", lost.expected));
    }
}

fn print_log(diagnosis: &Diagnosis, ui: Ui) {
    let count = diagnosis.log.records;
    let records = ui.noun(count, "catatan", "record", "records");
    let log = format!("{count} {records}");
    line(
        ui.pick("riwayat", "log"),
        diagnosis.log.is_sound(),
        false,
        &log,
        ui,
    );
    for (number, fault) in &diagnosis.log.faults {
        ui.line(&format!(
            "      {} {number}: {}",
            ui.pick("catatan", "record"),
            fault_text(*fault, ui.lang)
        ));
    }
}

fn line(what: &str, is_well: bool, is_repaired: bool, detail: &str, ui: Ui) {
    let (word, tone) = match (is_well, is_repaired) {
        (true, _) => (ui.pick("baik", "well"), Tone::Good),
        (false, true) => (ui.pick("diperbaiki", "repaired"), Tone::Warn),
        (false, false) => (ui.pick("RUSAK", "BROKEN"), Tone::Bad),
    };
    let text = format!(
        "{what:<18} {} {}",
        paint(tone, word),
        paint(Tone::Faint, detail)
    );
    ui.line(text.trim_end());
}
