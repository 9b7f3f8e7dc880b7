//! `bukti demo`: the whole job on made-up samples.

use crate::app::archive::named::framework_named;
use crate::app::archive::status;
use crate::app::archive::workspace::{Purpose, Workspace};
use crate::app::demo;
use crate::app::error::Error;
use crate::app::judgement::check as judge;
use crate::app::judgement::check::Options;
use crate::cli::Done;
use crate::cli::args::DemoArgs;
use crate::cli::commands::judgement::check;
use crate::cli::commands::reading::index::{index_into, show_attention, show_sums};
use crate::cli::progress::listen_for_interrupt;
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::clock;
use crate::io::files::path;
use crate::model::Government;
use crate::report::Detail;

pub fn run(args: &DemoArgs, ui: Ui) -> Result<Done, Error> {
    listen_for_interrupt();
    let stage = demo::stage()?;
    let purpose = Purpose {
        region: Government {
            code: None,
            name: demo::REGION.to_owned(),
        },
        framework: framework_named(None)?.id().to_owned(),
        year: demo::YEAR,
    };
    let mut workspace = Workspace::init(&stage.archive, &purpose, &clock::timestamp())?;
    let doing = ui.pick(
        "Membaca contoh buatan, sebagian hasil pindai …",
        "Reading made-up samples, some of them scans …",
    );
    ui.stderr_line(&paint(Tone::Faint, doing));
    let quiet = Ui { json: false, ..ui };
    let outcome = index_into(
        &mut workspace,
        std::slice::from_ref(&stage.share),
        &args.read,
        false,
        false,
        quiet,
    )?;
    let options = Options::for_day(check::day(Some("2025-03-01"))?);
    if !ui.json {
        let files = ui.noun(outcome.files, "berkas dilihat", "file seen", "files seen");
        ui.line(&format!(
            "{} {files}",
            paint(Tone::Strong, &outcome.files.to_string())
        ));
        show_sums(&outcome.sums, ui);
        show_attention(&status::attention(&workspace)?, usize::MAX, ui);
        ui.line("");
    }
    let report = judge::check(&workspace, &options)?;
    check::show(&report, Detail::Summary, ui);
    if !ui.json {
        let archive = ui.path(&path::to_text(&stage.archive));
        let (kept, share, next) = (
            ui.pick("Arsip percobaan", "Trial archive"),
            ui.pick("Berkas contoh", "Samples"),
            ui.pick("Coba", "Try"),
        );
        ui.line("");
        ui.line(&format!("{kept}: {archive}"));
        ui.line(&format!(
            "{share}: {}",
            ui.path(&path::to_text(&stage.share))
        ));
        ui.line(&format!(
            "{next}: bukti search rokok --indicator 17 --archive {archive}"
        ));
    }
    Ok(Done::Well)
}
