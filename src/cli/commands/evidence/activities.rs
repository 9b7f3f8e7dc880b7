//! `bukti activities`: papers and photos of one meeting or training, together.

use super::facts;
use crate::app::error::Error;
use crate::app::evidence::{activities, shape};
use crate::cli::Done;
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use serde_json::{Value, json};
use std::path::Path;

pub fn run(archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    let bundles = activities::list(&workspace)?;
    for bundle in &bundles {
        if ui.json {
            ui.json_line(&to_json(bundle));
            continue;
        }
        let unknown = ui.pick("tanggal tidak diketahui", "day unknown");
        let day = bundle.day.as_deref().unwrap_or(unknown);
        ui.line(&paint(Tone::Strong, day));
        for (document, _) in &bundle.documents {
            let content = &document.content;
            let title = facts::headline(&content.facts, ui);
            let id = content.digest.short();
            ui.line(&format!("  {}", ui.path(&title)));
            let place = format!("    {id}  {}", ui.path(document.path()));
            ui.line(&paint(Tone::Faint, &place));
        }
    }
    if bundles.is_empty() {
        ui.stderr_line(
            ui.pick("Belum ada kegiatan yang dikenali", "No activity is known"),
        );
    }
    Ok(Done::Well)
}

fn to_json(bundle: &activities::Bundle) -> Value {
    let documents = bundle.documents.iter().map(|(document, is_photo)| {
        json!({
            "sha256": document.content.digest,
            "path": document.path(),
            "kind": document.content.facts.kind.value().map(|kind| &kind.id),
            "photo": is_photo,
        })
    });
    json!({
        "schema_version": shape::SCHEMA_VERSION,
        "day": bundle.day,
        "documents": documents.collect::<Vec<_>>(),
    })
}
