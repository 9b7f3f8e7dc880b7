//! Arguments of the verbs for reading files.

use clap::ValueEnum;
use std::{num::NonZeroUsize, path::PathBuf};

/// Which engine reads pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum OcrArg {
    /// The one built in
    Embedded,
    /// The `tesseract` program, where it is installed
    Tesseract,
    /// None: pages that are pictures stay unread
    None,
}

impl OcrArg {
    /// Returns the name as typed.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// How files are read; shared by the verbs that read.
#[derive(Debug, Clone, clap::Args)]
pub struct ReadArgs {
    /// Worker processes at a time; one a core where not given
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Engine that reads pictures
    #[arg(long, value_enum, default_value_t = OcrArg::Embedded)]
    pub ocr: OcrArg,
}

/// Arguments of `index`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Read are PDF; JPEG, PNG, TIFF, WebP, BMP, GIF and HEIC; Word, Excel and \
    PowerPoint of any age (as XML of 2003, too), OpenDocument, RTF, HTML, CSV and \
    text; mails (EML, MSG, MHTML, winmail.dat); files attached to or inserted into \
    any of them; and what is inside ZIP, 7z, RAR, TAR, gzip, bzip2 and xz. Any other \
    file is listed with its state.\n\n\
    States, which always add up to the files looked at: indexed, duplicate (read; \
    the same bytes as another); unpacked (a container: each member is a file of its \
    own, `outer.zip » inner.pdf`); password, damaged, empty, unsupported, too_large \
    (the file needs mending); failed, unreadable, changed (try again); ignored, link \
    (temporary files of programs; links that are not followed)."
)]
pub struct IndexArgs {
    /// Folders or files to read
    #[arg(required = true, value_name = "FOLDER")]
    pub folders: Vec<PathBuf>,
    /// How to read
    #[command(flatten)]
    pub read: ReadArgs,
    /// Read files and single pages again that failed before
    #[arg(long)]
    pub retry_failed: bool,
    /// Read only the first and last pages of long scans; a later run reads the rest
    #[arg(long)]
    pub quick: bool,
    /// Then keep copies of all that is confident evidence, as `keep` does
    #[arg(long)]
    pub keep: bool,
}

/// Arguments of `inspect`.
#[derive(Debug, clap::Args)]
pub struct InspectArgs {
    /// Files or folders to read
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to read
    #[command(flatten)]
    pub read: ReadArgs,
    /// With the whole text
    #[arg(long)]
    pub text: bool,
    /// Government whose documents these are, where the official list does not have it
    #[arg(long)]
    pub region: Option<String>,
    /// Framework to link to; the built-in one where not given
    #[arg(long)]
    pub framework: Option<String>,
}

/// Arguments of `extract-worker`.
#[derive(Debug, clap::Args)]
pub struct WorkerArgs {
    /// Engine that reads pictures
    #[arg(long, value_enum, default_value_t = OcrArg::Embedded)]
    pub ocr: OcrArg,
    /// Memory it may take, in bytes
    #[arg(long, default_value_t = crate::app::reading::worker_client::WorkerSettings::MEMORY_BYTES)]
    pub memory: u64,
}
