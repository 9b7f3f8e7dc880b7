//! `bukti serve`: the archive in a browser of this machine.

use crate::app::error::Error;
use crate::app::serving::{Serve, Serving};
use crate::cli::Done;
use crate::cli::args::{OcrArg, ServeArgs};
use crate::cli::commands::{reading_options, root, who_decides, worker_with};
use crate::cli::progress::{is_interrupted, listen_for_interrupt};
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::process;
use std::path::Path;

pub fn run(
    args: &ServeArgs,
    archive: Option<&Path>,
    ui: Ui,
    serve: Serve,
) -> Result<Done, Error> {
    let serving = Serving {
        root: root(archive)?,
        port: args.port,
        lang: ui.lang,
        author: who_decides(args.by.as_deref())?,
        worker: worker_with(OcrArg::None)?,
        reading: reading_options(&args.read)?,
        is_interrupted,
    };
    listen_for_interrupt();
    serve(serving, &|address| {
        ui.line(address);
        let told = ui.pick(
            "Buka alamat itu di peramban komputer ini; ia berlaku satu kali. Ctrl-C menutup.",
            "Open that address in a browser of this computer; it works once. Ctrl-C closes.",
        );
        ui.stderr_line(&paint(Tone::Faint, told));
        if let Some(cause) = args
            .open
            .then(|| process::open_in_browser(address).err())
            .flatten()
        {
            let told = ui.pick("peramban tidak terbuka", "no browser opened");
            ui.stderr_line(&paint(Tone::Warn, &format!("{told}: {cause}")));
        }
    })?;
    Ok(Done::Well)
}
