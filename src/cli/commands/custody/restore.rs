//! `bukti restore`: a document of the archive, given back.

use crate::app::custody::keep;
use crate::app::error::Error;
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::cli::Done;
use crate::cli::args::RestoreArgs;
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::files::path;
use serde_json::json;
use std::path::Path;

pub fn run(args: &RestoreArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    let restored = keep::restore(&mut workspace, &args.document, &args.into)?;
    let to = path::to_text(&restored.to);
    if ui.json {
        ui.json_line(&json!({
            "schema_version": SCHEMA_VERSION,
            "sha256": restored.digest,
            "to": to,
        }));
    } else {
        let text = ui.pick("dikembalikan, sama persis", "given back, bit for bit");
        ui.line(&format!("{}: {}", paint(Tone::Good, text), ui.path(&to)));
    }
    Ok(Done::Well)
}
