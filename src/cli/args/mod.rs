//! The command line as typed, raw. A doc comment is the English help; the Indonesian stands
//! in [`super::help`], and a test sees that neither has what the other lacks.

mod archive;
mod custody;
mod evidence;
mod judgement;
mod reading;
mod value;

pub use self::archive::{
    BackupArgs, DemoArgs, DoctorArgs, ForgetArgs, FrameworkArgs, FrameworkCommand,
    InitArgs, LogArgs, LogCommand, PlacesArgs, ServeArgs,
};
pub use self::custody::{
    AnchorsArgs, AnchorsCommand, BagArgs, BagCommand, EsignArgs, ExportArgs, ImportArgs,
    KeepArgs, RestoreArgs, VerifyArgs,
};
pub use self::evidence::{
    DecideArgs, DecideCommand, DuplicatesArgs, HandArgs, PickArgs, SearchArgs, ShowArgs,
    TieArgs, TiesArgs,
};
pub use self::judgement::{
    AnswersArgs, AnswersCommand, CalendarArgs, CheckArgs, FailOnArg, LetterArgs,
};
pub use self::reading::{IndexArgs, InspectArgs, OcrArg, ReadArgs, WorkerArgs};

use crate::app::judgement::check::FailOn;
use crate::model::Lang;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads the documents of an office, ties each to the questions it proves, and says whether
/// it would survive verification
#[derive(Debug, Parser)]
#[command(
    name = "bukti",
    bin_name = "bukti",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 well; 1 nothing found, or something is wrong (a file changed or \
    lost, a package or the log not intact); 2 a wrong command; 3 some files were not \
    read; 10 no archive; 11 the archive is in use; 130 stopped."
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
    /// Say which documents prove which questions; asks one by one where nothing is named
    Decide(Box<DecideArgs>),
    /// List activities with their papers and photos
    Activities,
    /// Judge every question as a strict verifier would
    Check(CheckArgs),
    /// Write a letter to each office that must act, as DOCX and HTML
    Letter(LetterArgs),
    /// Tell the stages of the evaluation and the days left
    Calendar(CalendarArgs),
    /// Keep what the region gives itself, in a sheet to fill in
    Answers(AnswersArgs),
    /// Take in the region's list of districts and villages, or show how many there are
    Places(PlacesArgs),
    /// Tell what the archive holds twice: files, scans of one document, photos
    Duplicates(DuplicatesArgs),
    /// Tell what the archive holds and which files need attention
    Status,
    /// Read files again and tell which are no longer what was taken in
    Verify(VerifyArgs),
    /// Let go of a place that files are not looked for at any more; decisions stay
    Forget(ForgetArgs),
    /// Keep copies of evidence in the archive, so that it outlives the share
    Keep(KeepArgs),
    /// Give a kept copy back
    Restore(RestoreArgs),
    /// Look at the archive itself, and make anew what can be
    Doctor(DoctorArgs),
    /// Write a copy of the archive that is an archive itself, while others go on
    Backup(BackupArgs),
    /// Hand evidence over as a package that anyone can check
    Export(ExportArgs),
    /// Take in a package from others: validate it, read it, judge it anew
    Import(ImportArgs),
    /// Look at packages of evidence (`BagIt`), from anyone
    Bag(BagArgs),
    /// Tell what happened to each document, and whether that record is whole
    Log(LogArgs),
    /// Read files without an archive and tell what was found in each
    Inspect(InspectArgs),
    /// Tell what the electronic signatures in PDF files are worth, and whose they are
    Esign(EsignArgs),
    /// Say which certifiers of electronic signatures the archive trusts
    Anchors(AnchorsArgs),
    /// Run the whole job on made-up samples in a temporary archive
    Demo(DemoArgs),
    /// Open the archive in a browser of this computer
    Serve(ServeArgs),
    /// Look at the frameworks that evidence is judged by
    Framework(FrameworkArgs),
    /// Read files on request, for other bukti processes
    #[command(hide = true)]
    ExtractWorker(WorkerArgs),
}

impl From<FailOnArg> for FailOn {
    fn from(level: FailOnArg) -> Self {
        match level {
            FailOnArg::Error => Self::Error,
            FailOnArg::Warning => Self::Warning,
        }
    }
}
