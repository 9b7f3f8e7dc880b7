//! Examines the electronic signatures of files, without an archive: each in a worker, which reads
//! hostile bytes so that nobody else must.

use super::bag::stopped;
use crate::app::error::Error;
use crate::app::progress::Progress;
use crate::app::reading::worker::EsignAnswer;
use crate::app::reading::worker_client::{WorkerClient, WorkerSettings};
use crate::io::files::{path, walk};
use std::path::PathBuf;

/// A file whose electronic signatures were examined.
#[derive(Debug)]
pub struct Examined {
    /// Its path.
    pub path: String,
    /// What was found out.
    pub answer: EsignAnswer,
}

/// Examines files and what lies in folders, calling `each` in the order of the walk.
///
/// # Errors
/// When the user stopped. A file that cannot be read is told as such.
pub fn examine(
    paths: &[PathBuf],
    worker: &WorkerSettings,
    progress: &dyn Progress,
    mut each: impl FnMut(&Examined),
) -> Result<(), Error> {
    let mut worker = WorkerClient::new(worker.clone());
    for entry in paths.iter().flat_map(|path| walk::walk(path)) {
        let answer = match entry.found {
            Ok(_) => worker.esign(&entry.path, progress).map_err(|_| stopped())?,
            Err(trouble) => EsignAnswer::unread(trouble.note),
        };
        each(&Examined {
            path: path::to_text(&entry.path),
            answer,
        });
    }
    Ok(())
}
