//! `bukti init`: makes an archive.

use crate::app::archive::framework;
use crate::app::archive::named::framework_named;
use crate::app::archive::workspace::{Purpose, Workspace, region_named};
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::shape;
use crate::app::reading::recognise;
use crate::cli::Done;
use crate::cli::args::InitArgs;
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::clock;
use crate::io::files::path;
use serde_json::json;

pub fn run(args: &InitArgs, ui: Ui) -> Result<Done, Error> {
    let this_year = clock::today().map(crate::model::Date::year);
    let year = args.year.or(this_year).unwrap_or_default();
    if !(2011..=2100).contains(&year) {
        // 2011: the first year with a KLA instrument (Permen PPPA 12/2011).
        return Err(Error::new(
            ErrorKind::Usage,
            format!("tahun `{year}` tidak mungkin"),
            format!("the year `{year}` is not possible"),
        )
        .hint("misalnya --year 2025", "for example --year 2025"));
    }
    let regions = recognise::regions()?;
    let (framework, text) = match &args.framework {
        Some(name) => framework::load(name)?,
        None => (framework_named(None)?, None),
    };
    let purpose = Purpose {
        region: region_named(&args.region, &regions),
        framework: framework_named(None)?.id().to_owned(),
        year,
    };
    let mut workspace = Workspace::init(&args.folder, &purpose, &clock::timestamp())?;
    if text.is_some() {
        workspace.adopt(framework, text.as_deref())?;
    }
    let purpose = &workspace.purpose;
    let root = path::to_text(&workspace.root);
    if ui.json {
        ui.json_line(&json!({
            "schema_version": shape::SCHEMA_VERSION,
            "archive": root,
            "region": purpose.region.name,
            "region_code": purpose.region.code,
            "framework": purpose.framework,
            "year": purpose.year,
        }));
        return Ok(Done::Well);
    }
    let name = paint(Tone::Strong, &purpose.region.name);
    let (made, region, year) = (
        ui.pick("Arsip dibuat di", "Archive made at"),
        ui.pick("Daerah", "Region"),
        ui.pick("Tahun verifikasi", "Year of verification"),
    );
    ui.line(&format!("{made} {}", ui.path(&root)));
    ui.line(&format!("{region}: {name} · {year}: {}", purpose.year));
    if purpose.region.code.is_none() {
        ui.stderr_line(&paint(
            Tone::Warn,
            ui.pick(
                "Nama ini tidak ada dalam daftar provinsi, kabupaten, dan kota; periksa ejaannya (misalnya \"Kabupaten Bantul\", \"Kota Batu\", \"Provinsi Bali\").",
                "This name is not in the list of provinces, regencies and cities; check its spelling (such as \"Kabupaten Bantul\", \"Kota Batu\", \"Provinsi Bali\").",
            ),
        ));
    }
    let next = ui.pick("Berikutnya", "Next");
    ui.line(&format!(
        "{next}: bukti index FOLDER --archive {}",
        ui.path(&root)
    ));
    Ok(Done::Well)
}
