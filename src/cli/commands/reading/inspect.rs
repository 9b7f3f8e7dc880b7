//! `bukti inspect`: reads files without an archive.

use crate::app::archive::named::framework_named;
use crate::app::archive::workspace::region_named;
use crate::app::error::Error;
use crate::app::reading::inspect::{Inspected, Options};
use crate::app::reading::recognise::Recogniser;
use crate::app::reading::{inspect, recognise};
use crate::app::settings;
use crate::cli::Done;
use crate::cli::args::InspectArgs;
use crate::cli::commands::evidence::facts;
use crate::cli::commands::worker_settings;
use crate::cli::progress::{Shown, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::{FileState, Page};

pub fn run(args: &InspectArgs, ui: Ui) -> Result<Done, Error> {
    listen_for_interrupt();
    let framework = framework_named(args.framework.as_deref())?;
    let home = match &args.region {
        Some(name) => Some(region_named(name, &recognise::regions()?)),
        None => None,
    };
    let recogniser = Recogniser::new(&framework, home.as_ref())?;
    let options = Options {
        paths: args.paths.clone(),
        jobs: settings::jobs(args.read.jobs),
        worker: worker_settings(&args.read)?,
    };
    let progress = Shown::new(ui, false);
    let mut done = Done::Well;
    inspect::inspect(&options, &recogniser, &progress, |file| {
        if file.state.wants_attention() {
            done = Done::InPart;
        }
        if ui.json {
            ui.json_line(&file.to_json(ui.lang, args.text));
        } else {
            print(file, args.text, ui);
        }
    })?;
    Ok(done)
}

fn print(file: &Inspected, with_text: bool, ui: Ui) {
    ui.line(&paint(Tone::Strong, &ui.path(&file.path)));
    let pages = ui.noun(file.extraction.page_count, "halaman", "page", "pages");
    let state = file.state.label(ui.lang);
    ui.line(&format!(
        "  {state} · {} {pages}",
        file.extraction.page_count
    ));
    if file.state == FileState::Indexed {
        for line in facts::lines(&file.facts, ui) {
            ui.line(&line);
        }
    }
    for note in &file.extraction.notes {
        ui.line(&format!(
            "  {} {}",
            paint(Tone::Warn, "!"),
            note.explain(ui.lang)
        ));
    }
    for link in &file.links {
        ui.line(&format!("  → {}", facts::link_line(link, ui)));
    }
    if with_text {
        let text: Vec<String> = file.extraction.pages.iter().map(Page::text).collect();
        ui.line(&crate::io::files::path::printable_lines(&text.join("\n\n")));
    }
    ui.line("");
}
