//! `bukti anchors`: the certificates that an archive trusts.

use crate::app::custody::anchors;
use crate::app::custody::anchors::{Changed, Trusted};
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::{AnchorsArgs, AnchorsCommand};
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::Lang;
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &AnchorsArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    match &args.command {
        AnchorsCommand::List => list(&anchors::list(&workspace)?, ui),
        AnchorsCommand::Add { files, by } => {
            let by = settings::author(by.clone());
            let changed = anchors::add(&mut workspace, files, by.as_deref())?;
            let text = ui.pick("dipercayai sejak kini", "trusted from now on");
            show(&changed, text, ui);
            if !ui.json && !changed.anchors.is_empty() {
                ui.line(ui.pick(
                    "Bandingkan tiap SHA-256 dengan yang diumumkan pemiliknya di laman resminya; \
                     bila berbeda: `bukti anchors remove`",
                    "Compare each SHA-256 with the one that its owner publishes on the official \
                     page; where they differ: `bukti anchors remove`",
                ));
            }
        }
        AnchorsCommand::Remove { sha256, by } => {
            let by = settings::author(by.clone());
            let changed = anchors::remove(&mut workspace, sha256, by.as_deref())?;
            let text = ui.pick("tidak dipercayai lagi", "not trusted any more");
            show(&changed, text, ui);
        }
    }
    Ok(Done::Well)
}

fn list(anchors: &[Trusted], ui: Ui) {
    if ui.json {
        ui.json_line(&json!({
            "schema_version": SCHEMA_VERSION,
            "anchors": anchors.iter().map(shape).collect::<Vec<_>>(),
        }));
        return;
    }
    if anchors.is_empty() {
        ui.line(ui.pick(
            "Belum ada sertifikat yang dipercayai: bukti anchors add BERKAS",
            "No certificate is trusted yet: bukti anchors add FILE",
        ));
    }
    for anchor in anchors {
        print(anchor, ui);
    }
}

fn show(changed: &Changed, what: &str, ui: Ui) {
    if ui.json {
        ui.json_line(&json!({
            "schema_version": SCHEMA_VERSION,
            "anchors": changed.anchors.iter().map(shape).collect::<Vec<_>>(),
            "examined_again": changed.examined_again,
        }));
        return;
    }
    for anchor in &changed.anchors {
        print(anchor, ui);
    }
    let count = changed.anchors.len();
    ui.line(&format!("{count} {what}"));
    if changed.examined_again > 0 {
        let again = changed.examined_again;
        ui.line(&match ui.lang {
            Lang::Id => format!(
                "{again} dokumen bertanda tangan diperiksa lagi oleh `bukti index` berikutnya"
            ),
            Lang::En => format!(
                "the next `bukti index` examines the signatures of {again} documents again"
            ),
        });
    }
}

fn print(anchor: &Trusted, ui: Ui) {
    let certificate = &anchor.certificate;
    let name = certificate.common_name.as_deref().unwrap_or_default();
    let organisation = certificate.organisation.as_deref().unwrap_or_default();
    ui.line(&format!("{} · {organisation}", paint(Tone::Strong, name)));
    let (from, to) = (&certificate.not_before, &certificate.not_after);
    ui.line(&format!("  {}: {from} – {to}", ui.pick("berlaku", "valid")));
    ui.line(&format!("  SHA-256: {}", certificate.sha256));
    let added = ui.pick("ditambahkan", "added");
    ui.line(&format!("  {added}: {} {}", anchor.added, anchor.author));
}

fn shape(anchor: &Trusted) -> Value {
    json!({
        "certificate": anchor.certificate,
        "added": anchor.added,
        "author": anchor.author,
    })
}
