//! `bukti export`: hands evidence over as a package; with `--plan`, tells what would go in.

use crate::app::custody::export;
use crate::app::custody::export::{Exported, Options};
use crate::app::error::Error;
use crate::app::evidence::scope::Scope;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::reading::content_source::LeftOut;
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::{ExportArgs, OcrArg};
use crate::cli::commands::judgement::check::day;
use crate::cli::commands::{open, worker_with};
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::files::path;
use crate::model::{ByteLen, Lang};
use crate::report::handover::{AccessCopyState, Handover, Piece, Placed};
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &ExportArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    let options = Options {
        scope: Scope {
            indicator: args.indicator.clone(),
            question: args.question.clone(),
            office: args.office.clone(),
            ..Scope::default()
        },
        include_personal: args.include_personal,
        access_copy_limit: args.max_size.filter(|_| args.smaller),
        as_of: day(args.as_of.as_deref())?,
        worker: worker_with(OcrArg::None)?,
        jobs: settings::jobs(None),
    };
    let plan = export::plan(&workspace, &options)?;
    let to = match &args.to {
        Some(to) if !args.plan => to,
        _ => {
            show(&plan.handover, None, args.max_size, ui);
            return Ok(Done::Well);
        }
    };
    listen_for_interrupt();
    let progress = Shown::new(ui, false);
    let exported = export::export(&mut workspace, &options, plan, to, &progress)?;
    drop(progress);
    show(&exported.handover, Some(&exported), args.max_size, ui);
    Ok(match exported.left_out.is_empty() {
        true => Done::Well,
        false => Done::Wrong,
    })
}

fn show(handover: &Handover, exported: Option<&Exported>, max_size: Option<u64>, ui: Ui) {
    if ui.json {
        ui.json_line(&to_json(handover, exported, max_size, ui.lang));
        return;
    }
    if exported.is_none() {
        print_plan(handover, ui);
    }
    let (files, size) = (handover.placed.len(), ByteLen(handover.bytes()));
    let documents = ui.noun(files, "dokumen", "document", "documents");
    let total = format!("{files} {documents} · {size}");
    ui.line(&paint(Tone::Strong, &total));
    print_held_back(&handover.held_back, ui);
    if let Some(most) = max_size {
        print_large(handover, most, ui);
    }
    let Some(exported) = exported else {
        return;
    };
    print_left_out(&exported.left_out, ui);
    let done = ui.pick(
        "paket tertulis dan terbaca kembali utuh",
        "the package is written and reads back whole",
    );
    let to = ui.path(&path::to_text(&exported.to));
    ui.line(&format!("{}: {to}", paint(Tone::Good, done)));
}

fn print_plan(handover: &Handover, ui: Ui) {
    let mut folder = "";
    for placed in &handover.placed {
        let (parent, name) = placed.name.rsplit_once('/').unwrap_or_default();
        if parent != folder {
            ui.line(&paint(Tone::Strong, &ui.path(parent)));
            folder = parent;
        }
        let more = placed.piece.ties.len().saturating_sub(1);
        let more = match more {
            0 => String::new(),
            _ => {
                let questions = ui.noun(more, "pertanyaan", "question", "questions");
                format!(" · +{more} {questions}")
            }
        };
        let size = ByteLen(placed.piece.bytes);
        ui.line(&format!(
            "  {} {}",
            ui.path(name),
            paint(Tone::Faint, &format!("{size}{more}"))
        ));
    }
    if folder.is_empty() {
        ui.line(ui.pick(
            "tidak ada dokumen yang terkait yakin dengan pertanyaan itu",
            "no document is confidently tied to those questions",
        ));
    }
}

fn print_held_back(held_back: &[Piece], ui: Ui) {
    if held_back.is_empty() {
        return;
    }
    let text = ui.noun(
        held_back.len(),
        "ditahan karena memuat data pribadi; sertakan dengan --include-personal bila memang boleh",
        "held back because it holds personal data; --include-personal takes it along where that is right",
        "held back because they hold personal data; --include-personal takes them along where that is right",
    );
    ui.line("");
    ui.line(&paint(Tone::Warn, &format!("{} {text}", held_back.len())));
    for piece in held_back {
        ui.line(&format!("  {}", ui.path(&piece.path)));
    }
}

fn print_large(handover: &Handover, most: u64, ui: Ui) {
    let large: Vec<&Placed> = handover.larger_than(most).collect();
    if large.is_empty() {
        return;
    }
    let text = ui.pick("lebih besar dari", "larger than");
    ui.line("");
    let title = format!("{} {text} {}", large.len(), ByteLen(most));
    ui.line(&paint(Tone::Warn, &title));
    for placed in large {
        let size = ByteLen(placed.piece.bytes);
        ui.line(&format!("  {size:>10}  {}", ui.path(&placed.name)));
        if let Some(copy) = &placed.access_copy {
            print_access_copy(copy, ui);
        }
    }
    if handover.speaks_of_copies() {
        ui.line(&paint(
            Tone::Faint,
            ui.pick(
                "salinan kecil hanya untuk unggahan; yang berlaku dokumen aslinya",
                "smaller copies are for upload only; the originals count",
            ),
        ));
    }
}

fn print_access_copy(copy: &AccessCopyState, ui: Ui) {
    let (tone, text) = match copy {
        AccessCopyState::Wanted => {
            let text = ui.pick(
                "salinan kecil akan dicoba saat paket ditulis",
                "a smaller copy will be tried when the package is written",
            );
            (Tone::Faint, text.to_owned())
        }
        AccessCopyState::Made(copy) => {
            let about = copy.describe(ui.lang);
            (Tone::Good, format!("→ {} · {about}", ui.path(&copy.name)))
        }
        AccessCopyState::None(why) => {
            let none = ui.pick("tanpa salinan kecil", "no smaller copy");
            let why = ui.path(&why.explain(ui.lang));
            (Tone::Warn, format!("{none}: {why}"))
        }
    };
    ui.line(&format!("              {}", paint(tone, &text)));
}

fn print_left_out(left_out: &[LeftOut], ui: Ui) {
    if left_out.is_empty() {
        return;
    }
    let text = ui.pick(
        "TIDAK ikut: isinya bukan lagi yang dibaca arsip, atau tidak dapat dibuka",
        "NOT in the package: no longer what the archive read, or cannot be opened",
    );
    ui.line("");
    ui.line(&paint(Tone::Bad, &format!("{} {text}", left_out.len())));
    for lost in left_out {
        ui.line(&format!("  {}", ui.path(&lost.path)));
        ui.line(&format!("      {}", lost.expected));
        if let Some(found) = lost.found {
            ui.line(&format!("    → {found}"));
        }
    }
}

fn access_copy_json(state: &AccessCopyState, lang: Lang) -> Value {
    match state {
        AccessCopyState::Wanted => json!({ "state": "wanted" }),
        AccessCopyState::Made(copy) => json!({
            "state": "made",
            "name": copy.name,
            "sha256": copy.sha256,
            "bytes": copy.bytes,
            "dpi": copy.step.dpi,
            "quality": copy.step.quality,
            "pages": copy.pages,
            "searchable_pages": copy.searchable,
        }),
        AccessCopyState::None(why) => json!({
            "state": "none",
            "reason": why.as_str(),
            "explanation": why.explain(lang),
        }),
    }
}

fn to_json(
    handover: &Handover,
    exported: Option<&Exported>,
    max_size: Option<u64>,
    lang: Lang,
) -> Value {
    let tied = |piece: &Piece| -> Value {
        piece
            .ties
            .iter()
            .map(|tie| json!({ "question": tie.question, "confidence": tie.confidence }))
            .collect()
    };
    let placed = |placed: &Placed| {
        let piece = &placed.piece;
        json!({
            "name": placed.name,
            "sha256": piece.digest,
            "bytes": piece.bytes,
            "from": piece.path,
            "personal": piece.is_personal,
            "too_large": max_size.is_some_and(|most| piece.bytes > most),
            "smaller": placed.access_copy.as_ref().map(|state| access_copy_json(state, lang)),
            "questions": tied(piece),
        })
    };
    let held = |piece: &Piece| json!({ "sha256": piece.digest, "from": piece.path, "questions": tied(piece) });
    let lost = |lost: &LeftOut| json!({ "from": lost.path, "expected": lost.expected, "found": lost.found });
    let left_out = exported.map_or(&[][..], |exported| &exported.left_out);
    json!({
        "schema_version": SCHEMA_VERSION,
        "to": exported.map(|exported| path::to_text(&exported.to)),
        "bytes": handover.bytes(),
        "documents": handover.placed.iter().map(placed).collect::<Value>(),
        "held_back": handover.held_back.iter().map(held).collect::<Value>(),
        "left_out": left_out.iter().map(lost).collect::<Value>(),
    })
}
