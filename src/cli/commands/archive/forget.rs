//! `bukti forget`: lets go of places that files are not looked for at any more.

use crate::app::archive::forget;
use crate::app::archive::forget::Plan;
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::ForgetArgs;
use crate::cli::commands::open;
use crate::cli::progress::Shown;
use crate::cli::ui::{Tone, Ui, paint};
use serde_json::json;
use std::path::Path;

pub fn run(args: &ForgetArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    let plan = forget::plan(&workspace, &args.places)?;
    if !args.plan {
        if plan.lone > 0 && !args.yes {
            return Err(forget::confirmation_needed(&plan));
        }
        let author = settings::author(args.by.clone());
        let progress = Shown::new(ui, false);
        forget::forget(&mut workspace, &plan, author.as_deref(), &progress)?;
        drop(progress);
    }
    if ui.json {
        ui.json_line(&json!({
            "schema_version": SCHEMA_VERSION,
            "forgotten": !args.plan,
            "places": plan.places,
            "paths": plan.paths,
            "elsewhere": plan.elsewhere,
            "lone": plan.lone,
            "decided": plan.decided,
            "there": plan.there,
        }));
    } else {
        print(&plan, args.plan, ui);
    }
    Ok(Done::Well)
}

fn print(plan: &Plan, is_plan: bool, ui: Ui) {
    let (done, tone) = match is_plan {
        true => (ui.pick("akan dilepas", "would be let go"), Tone::Warn),
        false => (ui.pick("dilepas", "let go"), Tone::Good),
    };
    for place in &plan.places {
        ui.line(&format!("{} {}", paint(tone, done), ui.path(place)));
    }
    let counts = [
        (plan.paths, ui.noun(plan.paths, "path", "path", "paths")),
        (
            plan.elsewhere,
            ui.noun(
                plan.elsewhere,
                "dokumen ada juga di tempat lain dan tetap menjadi bukti",
                "document lies elsewhere, too, and stays evidence",
                "documents lie elsewhere, too, and stay evidence",
            ),
        ),
        (
            plan.lone,
            ui.noun(
                plan.lone,
                "dokumen tidak ada di tempat lain dan tidak lagi menjadi bukti",
                "document lies nowhere else and is evidence no more",
                "documents lie nowhere else and are evidence no more",
            ),
        ),
        (
            plan.decided,
            ui.pick(
                "di antaranya sudah ditetapkan; keputusannya berlaku lagi bila berkasnya terbaca lagi",
                "of them decided about; the decisions hold again when the file is read again",
            ),
        ),
    ];
    for (at, (count, text)) in counts.into_iter().enumerate() {
        if at == 0 || count > 0 {
            ui.line(&format!("{count:>8}  {text}"));
        }
    }
    for place in &plan.there {
        let text = ui.pick(
            "masih ada; `bukti index` atas folder itu mencatatnya lagi",
            "is still there; `bukti index` on it takes it in again",
        );
        ui.stderr_line(&paint(Tone::Warn, &format!("{} {text}", ui.path(place))));
    }
}
