//! The command line as typed, raw. A doc comment is the English help; the Indonesian stands
//! in [`super::help`], and a test sees that neither has what the other lacks.

use crate::model::Lang;
use clap::{Parser, Subcommand, ValueEnum};
use std::{num::NonZeroUsize, path::PathBuf};

/// Reads the documents of an office, ties each to the questions it proves, and says whether
/// it would survive verification
#[derive(Debug, Parser)]
#[command(
    name = "bukti",
    version,
    propagate_version = true,
    disable_help_subcommand = true
)]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Archive to work on; else `BUKTI_ARCHIVE`, else the nearest parent folder that holds one
    #[arg(long, global = true, value_name = "FOLDER")]
    pub archive: Option<PathBuf>,
    /// Language to speak; else `BUKTI_LANG`, else the system's, else Indonesian
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// Print JSON for programs instead of text for people
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = ColorArg::Auto)]
    pub color: ColorArg,
    /// Tell what is going on inside, on standard error
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// Languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// Bahasa Indonesia
    Id,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Id => Self::Id,
            LangArg::En => Self::En,
        }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// Where the terminal shows it
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Which engine reads pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
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
        match self {
            Self::Embedded => "embedded",
            Self::Tesseract => "tesseract",
            Self::None => "none",
        }
    }
}

/// What bukti does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an archive for a region and a year
    Init(InitArgs),
    /// Read folders into the archive; the files themselves are never touched
    Index(IndexArgs),
    /// Find documents by words, question, indicator, kind, year, office
    Search(SearchArgs),
    /// Tell everything about one document
    Show(ShowArgs),
    /// Judge every question as a strict verifier would
    Check(CheckArgs),
    /// Tell what the archive holds and which files need attention
    Status,
    /// Tell what happened to each document, and whether that record is whole
    Log(LogArgs),
    /// Read files without an archive and tell what was found in each
    Inspect(InspectArgs),
    /// Run the whole job on made-up samples in a temporary archive
    Demo(DemoArgs),
    /// Look at the frameworks that evidence is judged by
    Framework(FrameworkArgs),
    /// Read files on request, for other bukti processes
    #[command(hide = true)]
    ExtractWorker(WorkerArgs),
}

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Folder to make it in; made where it does not exist
    #[arg(value_name = "ARCHIVE")]
    pub folder: PathBuf,
    /// Government whose evidence it holds, such as "Kabupaten Bantul"
    #[arg(long)]
    pub region: String,
    /// Framework to judge by; the built-in one where not given
    #[arg(long)]
    pub framework: Option<String>,
    /// Year of verification; the current year where not given
    #[arg(long)]
    pub year: Option<i16>,
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
}

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// Words to find: all of them; "a phrase", begin*, misspelt~, -without
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// Only evidence for this indicator: a number, a part such as 21A, or an id
    #[arg(long, value_name = "INDICATOR")]
    pub indicator: Option<String>,
    /// Only evidence for this question, such as KLA24-17-Q3a
    #[arg(long, value_name = "QUESTION")]
    pub question: Option<String>,
    /// Only evidence that this office answers for
    #[arg(long, value_name = "OFFICE")]
    pub office: Option<String>,
    /// Only this kind of document, such as perda
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Only documents of this year
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i16>,
    /// Only documents issued by this government
    #[arg(long, value_name = "NAME")]
    pub issuer: Option<String>,
    /// Only files or evidence in this state, such as password or weak
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Only confident links
    #[arg(long)]
    pub confident: bool,
    /// The most documents to show
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    pub limit: usize,
}

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Path, end of a path, or first digits of its SHA-256
    #[arg(value_name = "DOCUMENT")]
    pub document: String,
    /// With the whole text
    #[arg(long)]
    pub text: bool,
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Judge as of this date, YYYY-MM-DD; today where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Only this indicator: a number, a part such as 21A, or an id
    #[arg(long, value_name = "INDICATOR")]
    pub indicator: Option<String>,
    /// Only this question
    #[arg(long, value_name = "QUESTION")]
    pub question: Option<String>,
    /// Only questions that this office answers for
    #[arg(long, value_name = "OFFICE")]
    pub office: Option<String>,
    /// With every question, not only the totals and the most valuable gaps
    #[arg(long)]
    pub all: bool,
}

/// Arguments of `log`.
#[derive(Debug, clap::Args)]
pub struct LogArgs {
    /// What to do with it
    #[command(subcommand)]
    pub command: LogCommand,
}

/// What can be done with the log.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Print what happened, to one document or to all
    Show {
        /// Path, end of a path, or first digits of its SHA-256; all where not given
        #[arg(value_name = "DOCUMENT")]
        document: Option<String>,
    },
    /// Check that no record was changed, dropped, put in or moved
    Verify {
        /// A head noted before, which must still be in the log
        #[arg(long, value_name = "DIGEST")]
        head: Option<String>,
    },
    /// Print the digest that stands for the whole log, to be noted or signed on paper
    Head,
    /// Have the log's head time-stamped by an authority (RFC 3161), by file
    Stamp {
        /// Write the request for the authority to this file
        #[arg(long, value_name = "FILE", required_unless_present = "attach")]
        request: Option<PathBuf>,
        /// Store the authority's answer, once it is seen to be for this log
        #[arg(long, value_name = "FILE", conflicts_with = "request")]
        attach: Option<PathBuf>,
    },
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

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// How to read
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `framework`.
#[derive(Debug, clap::Args)]
pub struct FrameworkArgs {
    /// What to do with it
    #[command(subcommand)]
    pub command: FrameworkCommand,
}

/// What can be done with a framework.
#[derive(Debug, Subcommand)]
pub enum FrameworkCommand {
    /// Check a framework file and tell every mistake with its place
    Validate {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List sections, indicators and questions
    Show {
        /// Only this indicator: a number, a part such as 21A, or an id
        #[arg(long, value_name = "INDICATOR")]
        indicator: Option<String>,
    },
}

/// Arguments of `extract-worker`.
#[derive(Debug, clap::Args)]
pub struct WorkerArgs {
    /// Engine that reads pictures
    #[arg(long, value_enum, default_value_t = OcrArg::Embedded)]
    pub ocr: OcrArg,
    /// Memory it may take, in bytes
    #[arg(long, default_value_t = crate::app::workers::WorkerSettings::MEMORY_BYTES)]
    pub memory: u64,
}
