//! `bukti places`: the region's list of districts and villages.

use crate::app::archive::places;
use crate::app::archive::places::Counts;
use crate::app::error::Error;
use crate::cli::Done;
use crate::cli::args::PlacesArgs;
use crate::cli::commands::open;
use crate::cli::ui::Ui;
use crate::framework::Framework;
use std::path::Path;

pub fn run(args: &PlacesArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    let counts = match &args.file {
        Some(file) => places::import(&mut workspace, file)?,
        None => places::counts(&workspace.catalog.places()?),
    };
    show(&counts, &workspace.framework, ui);
    Ok(Done::Well)
}

fn show(counts: &Counts, framework: &Framework, ui: Ui) {
    if ui.json {
        ui.json_line(&places::to_json(counts));
        return;
    }
    if counts.is_empty() {
        ui.line(ui.pick(
            "belum ada daftar; buat tabel berkolom kecamatan dan desa, lalu: bukti places BERKAS",
            "no list yet; make a table with the columns kecamatan and desa, then: bukti places \
             FILE",
        ));
    }
    for (id, count) in counts {
        let level = framework.levels().iter().find(|level| level.id == *id);
        let name = level.map_or(id.as_str(), |level| level.name.get(ui.lang));
        ui.line(&format!("{count:>8}  {name}"));
    }
}
