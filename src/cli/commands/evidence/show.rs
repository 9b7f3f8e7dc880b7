//! `bukti show`: everything about one document.

use super::facts;
use crate::app::error::Error;
use crate::app::evidence::shape::show::shown_json;
use crate::app::evidence::show;
use crate::cli::Done;
use crate::cli::args::ShowArgs;
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::{ByteLen, NearDuplicate, Similarity};
use std::path::Path;

pub fn run(args: &ShowArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    let shown = show::show(&workspace, &args.document)?;
    if ui.json {
        ui.json_line(&shown_json(&shown, args.text, ui.lang));
    } else {
        print(&shown, args.text, ui);
    }
    Ok(Done::Well)
}

/// Returns a line that says how a document is a near-duplicate of another.
fn near_duplicate_line(near_duplicate: &NearDuplicate, path: &str, ui: Ui) -> String {
    let path = ui.path(path);
    match near_duplicate.how {
        Similarity::Text(_) => {
            let text = ui.pick("isinya sama dengan", "its text is that of");
            format!("{text} {path}")
        }
        Similarity::Photo {
            first_page,
            second_page,
            same,
        } => {
            let page = ui.pick("halaman", "page");
            let text = ui.pick("foto ada juga di", "its photo is also in");
            let how = same.explain(
                ui.lang,
                [
                    ui.pick("foto ini", "this photo"),
                    ui.pick("foto itu", "that one"),
                ],
            );
            format!("{page} {first_page}: {text} {path}, {page} {second_page} ({how})")
        }
    }
}

fn print(shown: &show::Shown, with_text: bool, ui: Ui) {
    let content = &shown.document.content;
    ui.line(&paint(
        Tone::Strong,
        &ui.path(&facts::headline(&content.facts, ui)),
    ));
    let pages = ui.noun(content.page_count, "halaman", "page", "pages");
    ui.line(&format!(
        "  {} · {} · {} {pages} · {}",
        content.state.label(ui.lang),
        ByteLen(content.len),
        content.page_count,
        content.digest
    ));
    for (path, present) in &shown.document.paths {
        let gone = if *present {
            ""
        } else {
            ui.pick(" (tidak ada lagi)", " (gone)")
        };
        ui.line(&format!("  {}{gone}", ui.path(path)));
    }
    ui.line("");
    for line in facts::lines(&content.facts, ui) {
        ui.line(&line);
    }
    for line in facts::esign_lines(content.metadata.esign.as_deref(), ui) {
        ui.line(&line);
    }
    for note in &content.notes {
        ui.line(&format!(
            "  {} {}",
            paint(Tone::Warn, "!"),
            note.explain(ui.lang)
        ));
    }
    for (near_duplicate, path) in &shown.near_duplicates {
        let mark = paint(Tone::Warn, "=");
        ui.line(&format!(
            "  {mark} {}",
            near_duplicate_line(near_duplicate, path, ui)
        ));
    }
    links(shown, ui);
    if with_text {
        print_text(shown, ui);
    }
}

fn print_text(shown: &show::Shown, ui: Ui) {
    for page in &shown.pages {
        let label = ui.pick("halaman", "page");
        ui.line(&paint(
            Tone::Faint,
            &format!("\n── {label} {} ──", page.number),
        ));
        for line in page.all_lines() {
            ui.line(&ui.path(&line.text()));
        }
    }
}

/// Prints what the document could prove, and what people said it does not.
fn links(shown: &show::Shown, ui: Ui) {
    ui.line("");
    if shown.links.is_empty() {
        ui.line(ui.pick(
            "  belum terkait pertanyaan mana pun",
            "  tied to no question",
        ));
    } else {
        let title = ui.pick("Dapat membuktikan", "Could prove");
        ui.line(&paint(Tone::Strong, title));
    }
    for link in &shown.links {
        ui.line(&format!("  {}", facts::link_line(link, ui)));
    }
    if !shown.activity.is_empty() {
        let title = ui.pick("Satu kegiatan dengan", "Of one activity with");
        ui.line(&paint(Tone::Strong, title));
    }
    for path in &shown.activity {
        ui.line(&format!("  {}", ui.path(path)));
    }
    let rejected = shown.rejected();
    if !rejected.is_empty() {
        let title = ui.pick("Dinyatakan bukan bukti", "Said to be no evidence");
        ui.line(&paint(Tone::Strong, title));
    }
    for decision in rejected {
        ui.line(&format!(
            "  {:<16} {}",
            decision.question,
            facts::decided(&decision.decided, ui)
        ));
    }
}
