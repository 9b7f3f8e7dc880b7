//! Arguments of the verbs for the archive itself.

use super::reading::ReadArgs;
use super::value::path_text;
use clap::Subcommand;
use std::path::PathBuf;

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Folder to make it in; made where it does not exist
    #[arg(value_name = "ARCHIVE")]
    pub folder: PathBuf,
    /// Government whose evidence it holds, such as "Kabupaten Bantul"
    #[arg(long)]
    pub region: String,
    /// Framework to judge by: its file, or one that is built in; the latter where not given
    #[arg(long)]
    pub framework: Option<String>,
    /// Year of verification; the current year where not given
    #[arg(long)]
    pub year: Option<i16>,
}

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// Port to listen on, of this computer only; 0 for any that is free
    #[arg(long, default_value_t = 7425)]
    pub port: u16,
    /// Name kept with what is decided there; or `BUKTI_AUTHOR`, or the user of this computer
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Opens the address in this computer's browser
    #[arg(long)]
    pub open: bool,
    /// How files are read that are indexed from the page
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `places`.
#[derive(Debug, clap::Args)]
pub struct PlacesArgs {
    /// A workbook or CSV with the columns `kecamatan` and `desa`; it takes the place of the
    /// list there was
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Arguments of `forget`.
#[derive(Debug, clap::Args)]
pub struct ForgetArgs {
    /// Folders or files as they were indexed; they need not be there any more
    #[arg(required = true, value_name = "PATH")]
    pub places: Vec<PathBuf>,
    /// Only tell what would be let go
    #[arg(long)]
    pub plan: bool,
    /// Let go also of documents that lie nowhere else
    #[arg(long, conflicts_with = "plan")]
    pub yes: bool,
    /// Name kept in the log; or `BUKTI_AUTHOR`, or the user of this computer
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Arguments of `doctor`.
#[derive(Debug, clap::Args)]
pub struct DoctorArgs {
    /// Make anew what is derived, heal damaged copies, and tell what was done
    #[arg(long)]
    pub repair: bool,
}

/// Arguments of `backup`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "To restore, put the folder where the archive was and run `bukti doctor \
    --repair` on it: the search index is made anew."
)]
pub struct BackupArgs {
    /// Folder to write; must not exist
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Leave out the documents that lie in the archive (kept copies, packages taken in); then
    /// its folders `kept` and `imported` are yours to copy
    #[arg(long)]
    pub without_documents: bool,
}

/// Arguments of `log`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "`log verify` finds records that were changed, removed, inserted or moved; \
    records cut off the end show only against a head that was noted before (`log \
    head`). A time stamp is verified with the certificates that the archive trusts \
    (`bukti anchors`)."
)]
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
        #[arg(value_name = "DOCUMENT", value_parser = path_text())]
        about: Option<String>,
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
    /// Tell what became of each question from one edition to another
    Diff {
        /// The old edition: a file, or the id of one that comes with the program
        #[arg(value_name = "OLD")]
        old: String,
        /// The new edition
        #[arg(value_name = "NEW")]
        new: String,
        /// Write a mapping for a person to correct
        #[arg(long, value_name = "FILE")]
        map: Option<PathBuf>,
        /// With the questions that stay as they are
        #[arg(long)]
        all: bool,
    },
    /// Move an archive to another edition: decisions are carried over, documents linked again
    Migrate {
        /// The new edition: a file, or the id of one that comes with the program
        #[arg(value_name = "NEW")]
        new: String,
        /// A corrected mapping, as `diff --map` writes it
        #[arg(long, value_name = "FILE")]
        map: Option<PathBuf>,
    },
    /// List sections, indicators and questions
    Show {
        /// Only this indicator: a number, a part such as 21A, or an id
        #[arg(long, value_name = "INDICATOR")]
        indicator: Option<String>,
    },
}
