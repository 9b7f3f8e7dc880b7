//! One file a verb: arguments in, one use case called, its result shown as text or JSON.

use super::args::{OcrArg, ReadArgs};
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::reading::index::Options;
use crate::app::reading::version;
use crate::app::reading::worker_client::WorkerSettings;
use crate::app::settings;
use crate::io::files::path;
use std::path::{Path, PathBuf};

/// Opens the archive that the user means.
fn open(named: Option<&Path>) -> Result<Workspace, Error> {
    Workspace::open(&root(named)?)
}

/// Opens the archive that the user means; `None` where none is named and there is none here.
fn open_if_any(named: Option<&Path>) -> Result<Option<Workspace>, Error> {
    let is_named = named.is_some() || settings::archive().is_some();
    match open(named) {
        Ok(workspace) => Ok(Some(workspace)),
        Err(error) if error.kind == ErrorKind::NoArchive && !is_named => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the folder of the archive that the user means.
fn root(named: Option<&Path>) -> Result<PathBuf, Error> {
    let named: Option<PathBuf> = named.map(Path::to_owned).or_else(settings::archive);
    let here = std::env::current_dir().unwrap_or_default();
    Workspace::find(named.as_deref(), &here)
}

/// Adds the path of the archive to an error about its own files.
pub fn placed(error: Error, named: Option<&Path>) -> Error {
    let is_its_own = matches!(error.kind, ErrorKind::Archive | ErrorKind::ArchiveInUse);
    let Some(root) = root(named).ok().filter(|_| is_its_own) else {
        return error;
    };
    let shown = path::printable(&path::to_text(&root));
    match error.message.en.contains(&shown) {
        true => error,
        false => error.in_archive(&shown),
    }
}

/// Returns how workers are started for these arguments.
fn worker_settings(read: &ReadArgs) -> Result<WorkerSettings, Error> {
    if read.ocr == OcrArg::Tesseract {
        // Said once and now, not by every worker for every file.
        reading::worker::tesseract()?;
    }
    worker_with(read.ocr)
}

/// Returns how workers are started that read pictures with this engine.
fn worker_with(ocr: OcrArg) -> Result<WorkerSettings, Error> {
    let program = std::env::current_exe().map_err(|cause| {
        Error::new(
            ErrorKind::Internal,
            "program ini tidak menemukan dirinya sendiri",
            "this program cannot find itself",
        )
        .caused_by(cause)
    })?;
    let arguments = ["extract-worker", "--ocr", ocr.as_str()];
    Ok(WorkerSettings {
        program,
        arguments: arguments.map(str::to_owned).into(),
        timeout: WorkerSettings::LINE_TIMEOUT,
        file_timeout: WorkerSettings::FILE_TIMEOUT,
        anchors: Vec::new(),
    })
}

/// Returns the name of the reader with its options; another name means reading again.
fn reader_name(read: &ReadArgs) -> String {
    format!("{} ocr={}", version::reader(), read.ocr.as_str())
}

/// Returns how files are read for these arguments; which ones is for the caller to say.
fn reading_options(read: &ReadArgs) -> Result<Options, Error> {
    Ok(Options {
        roots: Vec::new(),
        jobs: settings::jobs(read.jobs),
        worker: worker_settings(read)?,
        reader: reader_name(read),
        retry_failed: false,
        ends: Options::ENDS,
        quick: false,
    })
}

/// Returns who decides, as recorded with every decision.
///
/// # Errors
/// When neither the flag nor this computer names anybody.
fn who_decides(named: Option<&str>) -> Result<String, Error> {
    settings::author(named.map(str::to_owned)).ok_or_else(|| {
        Error::new(
            ErrorKind::Usage,
            "belum disebut siapa yang memutuskan",
            "nobody is named who decides",
        )
        .hint("sebut dengan --by \"Nama\"", "name them with --by \"Name\"")
    })
}

pub mod archive;
pub mod custody;
pub mod evidence;
pub mod judgement;
pub mod reading;
