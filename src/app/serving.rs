//! What a face that serves an archive is told by the face that was asked to.

use super::error::Error;
use super::reading::index::Options;
use super::reading::worker_client::WorkerSettings;
use crate::model::Lang;
use std::path::PathBuf;

/// How an archive is opened to the browsers of this machine.
#[derive(Debug, Clone)]
pub struct Serving {
    /// The archive.
    pub root: PathBuf,
    /// The port to listen on; 0 for any that is free.
    pub port: u16,
    /// The language of who has not chosen another.
    pub lang: Lang,
    /// Who decides, where somebody does.
    pub author: String,
    /// How pages are drawn.
    pub worker: WorkerSettings,
    /// Tells whether the user wants to end.
    pub is_interrupted: fn() -> bool,
    /// How files are read; the folders are named for each run.
    pub reading: Options,
}

/// What serves an archive until the process ends; it calls the function with the address to begin
/// at. Handed in, because faces do not know one another.
pub type Serve = fn(Serving, &dyn Fn(&str)) -> Result<(), Error>;
