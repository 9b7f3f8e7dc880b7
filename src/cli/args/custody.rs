//! Arguments of the verbs for keeping, verifying and handing over.

use super::reading::ReadArgs;
use super::value::{duration, path_text, size};
use clap::Subcommand;
use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Where all files of a folder (two or more) are gone at once, the folder is called \
    away (exit code 3), not the files lost; where that was meant, `bukti index` \
    takes note of it."
)]
pub struct VerifyArgs {
    /// Stop after so long, such as 30m or 2h; the next run goes on with the oldest checks
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub budget: Option<Duration>,
    /// Only files that were not checked in so many days
    #[arg(long, value_name = "DAYS")]
    pub round: Option<u32>,
    /// Files read at a time; one a core where not given
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// Arguments of `keep`.
#[derive(Debug, clap::Args)]
pub struct KeepArgs {
    /// Keep what a search for these words finds; without words and filters, all that is
    /// confident evidence
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// Evidence for this question
    #[arg(long, value_name = "QUESTION")]
    pub question: Option<String>,
    /// Evidence for this indicator: a number, a part such as 21A, or an id
    #[arg(long, value_name = "INDICATOR")]
    pub indicator: Option<String>,
    /// Evidence that this office answers for
    #[arg(long, value_name = "OFFICE")]
    pub office: Option<String>,
    /// Every document that was read
    #[arg(long, conflicts_with_all = ["words", "question", "indicator", "office"])]
    pub all: bool,
}

/// Arguments of `restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// Path, end of a path, or first digits of its SHA-256
    #[arg(value_name = "DOCUMENT", value_parser = path_text())]
    pub document: String,
    /// Folder to put it in, under the name it had
    #[arg(long, value_name = "FOLDER")]
    pub into: PathBuf,
}

/// Arguments of `export`.
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true)))]
#[command(
    after_help = "The package holds the documents that are confidently tied (from 0.8). `sha256sum \
    -c` and any BagIt tool check it. A smaller copy is for uploads only: the pages \
    as pictures of 100 to 200 dpi with the words that were read, without electronic \
    signatures. A document that exceeds the size even at 100 dpi (2M: some 20 \
    scanned pages), and one of an office program, gets none; the reason is told."
)]
pub struct ExportArgs {
    /// Evidence for this question
    #[arg(long, value_name = "QUESTION", group = "what")]
    pub question: Option<String>,
    /// Evidence for this indicator: a number, a part such as 21A, or an id
    #[arg(long, value_name = "INDICATOR", group = "what")]
    pub indicator: Option<String>,
    /// Evidence that this office answers for
    #[arg(long, value_name = "OFFICE", group = "what")]
    pub office: Option<String>,
    /// Evidence for every question
    #[arg(long, group = "what", conflicts_with_all = ["question", "indicator", "office"])]
    pub all: bool,
    /// Where the package goes: a folder, or a name that ends in .zip
    #[arg(long, value_name = "PLACE", required_unless_present = "plan")]
    pub to: Option<PathBuf>,
    /// Only tell what would go where
    #[arg(long)]
    pub plan: bool,
    /// Also documents that hold personal data
    #[arg(long)]
    pub include_personal: bool,
    /// Tell which documents are larger than this, such as 2M
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_size: Option<u64>,
    /// Beside each of these, a smaller searchable PDF of its pages for upload; the original
    /// stays as it is, and counts
    #[arg(long, requires = "max_size")]
    pub smaller: bool,
    /// Judge as of this date, YYYY-MM-DD; today where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// The package's folder or ZIP file
    #[arg(value_name = "PACKAGE")]
    pub package: PathBuf,
    /// Archive to take it into; made where it does not exist
    #[arg(value_name = "ARCHIVE")]
    pub folder: PathBuf,
    /// Government whose evidence it is, where the package does not say
    #[arg(long)]
    pub region: Option<String>,
    /// Year of verification, where the package does not say
    #[arg(long)]
    pub year: Option<i16>,
    /// How to read
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `bag`.
#[derive(Debug, clap::Args)]
pub struct BagArgs {
    /// What to do with it
    #[command(subcommand)]
    pub command: BagCommand,
}

/// What can be done with a package.
#[derive(Debug, Subcommand)]
pub enum BagCommand {
    /// Check a package against its manifests and tell everything that is wrong
    #[command(
        after_help = "Of the 54 packages of the Library of Congress suite that hold for every \
        system 53 are judged alike; one (`special-system-files`) lacks a listed `.DS_Store` \
        where it comes from, and a missing file is an error."
    )]
    Validate {
        /// The package's folder or ZIP file
        #[arg(value_name = "PACKAGE")]
        package: PathBuf,
        /// Files read at a time; one a core where not given
        #[arg(long, short, value_name = "N")]
        jobs: Option<NonZeroUsize>,
    },
}

/// Arguments of `esign`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Nothing is fetched: what is told stands in the file itself. Only a certificate \
    that you trust makes a signer known; without one the most that is said is \"intact, issuer \
    unknown\". Exit codes: 0 no signature is broken or altered (a file may have none); 1 one is; \
    3 a file could not be read."
)]
pub struct EsignArgs {
    /// Files or folders to examine
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Certificates to trust (PEM, DER), beside those of the archive
    #[arg(long, value_name = "FILE")]
    pub anchors: Vec<PathBuf>,
}

/// Arguments of `anchors`.
#[derive(Debug, clap::Args)]
pub struct AnchorsArgs {
    /// What to do with them
    #[command(subcommand)]
    pub command: AnchorsCommand,
}

/// What can be done with the certificates that an archive trusts.
#[derive(Debug, Subcommand)]
pub enum AnchorsCommand {
    /// Trust certificates; compare each digest with the one its owner publishes
    Add {
        /// Files with certificates (PEM, DER)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Who adds them; else `BUKTI_AUTHOR`, else the user of this computer
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// List the certificates that the archive trusts
    List,
    /// Trust a certificate no longer
    Remove {
        /// First digits of its SHA-256
        #[arg(value_name = "SHA256")]
        sha256: String,
        /// Who removes it; else `BUKTI_AUTHOR`, else the user of this computer
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}
