//! The command line as typed, raw. A doc comment is the English help; the Indonesian stands
//! in [`super::help`], and a test sees that neither has what the other lacks.

use crate::app::judgement::check::FailOn;
use crate::app::judgement::render::Form;
use crate::io::files::path;
use crate::model::Lang;
use clap::{
    Parser, Subcommand, ValueEnum,
    builder::{OsStringValueParser, TypedValueParser},
};
use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::Duration,
};

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
    /// Then keep copies of all that is confident evidence, as `keep` does
    #[arg(long)]
    pub keep: bool,
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
    /// Only documents that are tied to no question
    #[arg(long, conflicts_with_all = ["indicator", "question", "office", "confident"])]
    pub unlinked: bool,
    /// Look up a whole list, a document a line: which are held, in which edition
    #[arg(long, value_name = "FILE", conflicts_with_all = ["words", "unlinked", "confident"])]
    pub list: Option<PathBuf>,
    /// The most documents to show
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    pub limit: usize,
}

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Path, end of a path, or first digits of its SHA-256
    #[arg(value_name = "DOCUMENT", value_parser = path_text())]
    pub document: String,
    /// With the whole text
    #[arg(long)]
    pub text: bool,
}

/// Arguments of `decide`.
#[derive(Debug, clap::Args)]
pub struct DecideArgs {
    /// What to do; without it, suggestions are asked about one by one
    #[command(subcommand)]
    pub command: Option<DecideCommand>,
    /// Which suggestions are asked about
    #[command(flatten)]
    pub pick: PickArgs,
    /// List the suggestions that wait instead of asking
    #[arg(long)]
    pub list: bool,
    /// Who decides
    #[command(flatten)]
    pub hand: HandArgs,
}

/// Which suggestions are meant.
#[derive(Debug, Clone, clap::Args)]
pub struct PickArgs {
    /// Only documents that hold these words
    #[arg(long, value_name = "WORDS")]
    pub words: Option<String>,
    /// Only for this indicator: a number, a part such as 21A, or an id
    #[arg(long, value_name = "INDICATOR")]
    pub indicator: Option<String>,
    /// Only for this question, such as KLA24-17-Q3a
    #[arg(long, value_name = "QUESTION")]
    pub question: Option<String>,
    /// Only for questions that this office answers for
    #[arg(long, value_name = "OFFICE")]
    pub office: Option<String>,
    /// Only documents below this folder
    #[arg(long, value_name = "FOLDER", value_parser = path_text())]
    pub folder: Option<String>,
    /// Only suggestions at least so sure, in percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub least: Option<u8>,
}

impl PickArgs {
    /// Tells whether nothing is named.
    pub fn is_empty(&self) -> bool {
        let named = [
            &self.words,
            &self.indicator,
            &self.question,
            &self.office,
            &self.folder,
        ];
        named.iter().all(|name| name.is_none())
    }
}

/// Who decides, and what they remark.
#[derive(Debug, Clone, clap::Args)]
pub struct HandArgs {
    /// Name kept with the decision; or `BUKTI_AUTHOR`, or the user of this computer
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Remark kept with the decision
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// Ties to decide upon: a document with questions, or all suggestions that fit.
#[derive(Debug, Clone, clap::Args)]
pub struct TiesArgs {
    /// Path, end of a path, or first digits of its SHA-256
    #[arg(value_name = "DOCUMENT", requires = "questions", value_parser = path_text())]
    pub document: Option<String>,
    /// Questions, such as KLA24-17-Q3a
    #[arg(value_name = "QUESTION")]
    pub questions: Vec<String>,
    /// Which suggestions, where no document is named
    #[command(flatten)]
    pub pick: PickArgs,
    /// Decide upon all of them without asking
    #[arg(long)]
    pub yes: bool,
    /// Who decides
    #[command(flatten)]
    pub hand: HandArgs,
}

/// One document and its questions.
#[derive(Debug, Clone, clap::Args)]
pub struct TieArgs {
    /// Path, end of a path, or first digits of its SHA-256
    #[arg(value_name = "DOCUMENT", value_parser = path_text())]
    pub document: String,
    /// Questions, such as KLA24-17-Q3a
    #[arg(required = true, value_name = "QUESTION")]
    pub questions: Vec<String>,
    /// Who decides
    #[command(flatten)]
    pub hand: HandArgs,
}

/// What can be decided.
#[derive(Debug, Subcommand)]
pub enum DecideCommand {
    /// Say that suggestions are right; of many at once, those sure to 80 % unless --least is given
    Accept(TiesArgs),
    /// Say that suggestions are wrong
    Reject(TiesArgs),
    /// Tie a document to questions, suggested or not
    Link(TieArgs),
    /// Say that a document does not prove questions, suggested or not
    Unlink(TieArgs),
    /// Take a decision back
    Undo {
        /// Its number; the last one where not given
        #[arg(value_name = "NUMBER")]
        number: Option<i64>,
        /// Who takes it back
        #[command(flatten)]
        hand: HandArgs,
    },
    /// List the decisions made, the newest first
    List {
        /// The most to show
        #[arg(long, short = 'n', default_value_t = 20, value_name = "N")]
        limit: usize,
    },
    /// Show what was learnt from decisions
    Learned {
        /// Forget it; the decisions themselves hold
        #[arg(long)]
        reset: bool,
    },
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
    /// Only the questions of this cluster, such as K3
    #[arg(long, value_name = "CLUSTER")]
    pub cluster: Option<String>,
    /// Show what changed since the check of that day, YYYY-MM-DD, or of that number, or since the
    /// last one of another archive, such as that of the year before
    #[arg(long, value_name = "CHECK")]
    pub since: Option<String>,
    /// With every question, not only the totals and the most valuable gaps
    #[arg(long)]
    pub all: bool,
    /// Form of the report
    #[arg(long, value_enum, default_value_t = FormatArg::Table)]
    pub format: FormatArg,
    /// Write the report to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// End with exit code 1 where a question is at least that bad
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOnArg>,
}

/// Arguments of `letter`.
#[derive(Debug, clap::Args)]
pub struct LetterArgs {
    /// Folder to write the letters into
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
    /// Only to this office
    #[arg(long, value_name = "OFFICE")]
    pub office: Option<String>,
    /// Day by which all is wanted, YYYY-MM-DD; the calendar's where not given
    #[arg(long, value_name = "DATE")]
    pub deadline: Option<String>,
    /// Judge as of this date, YYYY-MM-DD; today where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Arguments of `calendar`.
#[derive(Debug, clap::Args)]
pub struct CalendarArgs {
    /// Remember the last day of a stage, such as mandiri=2026-03-31
    #[arg(long, value_name = "STAGE=DATE")]
    pub set: Vec<String>,
    /// Count the days from this date, YYYY-MM-DD; today where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Arguments of `answers`.
#[derive(Debug, clap::Args)]
pub struct AnswersArgs {
    /// What to do with them
    #[command(subcommand)]
    pub command: AnswersCommand,
}

/// Arguments of `places`.
#[derive(Debug, clap::Args)]
pub struct PlacesArgs {
    /// A workbook or CSV with the columns `kecamatan` and `desa`; it takes the place of the
    /// list there was
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// What can be done with answers.
#[derive(Debug, Subcommand)]
pub enum AnswersCommand {
    /// Write the sheet as XLSX or CSV, with the answers there are
    Export {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Take in a filled sheet; where one row is wrong, nothing is taken
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Which form a report has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// Text for a terminal
    Table,
    /// One JSON object
    Json,
    /// Comma-separated values, a row for each finding
    Csv,
    /// A workbook with a sheet for each office; needs --output
    Xlsx,
    /// A page for phone and paper, in one file
    Html,
    /// SARIF 2.1.0
    Sarif,
    /// `JUnit` XML
    Junit,
}

impl FormatArg {
    /// Returns the form, where it is not text for a terminal.
    pub fn form(self) -> Option<Form> {
        Some(match self {
            Self::Table => return None,
            Self::Json => Form::Json,
            Self::Csv => Form::Csv,
            Self::Xlsx => Form::Xlsx,
            Self::Html => Form::Html,
            Self::Sarif => Form::Sarif,
            Self::Junit => Form::Junit,
        })
    }
}

/// From when on a check counts as failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOnArg {
    /// A question has no evidence, or all of it is void
    Error,
    /// That, or evidence has faults, or a person must still look
    Warning,
}

impl From<FailOnArg> for FailOn {
    fn from(level: FailOnArg) -> Self {
        match level {
            FailOnArg::Error => Self::Error,
            FailOnArg::Warning => Self::Warning,
        }
    }
}

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
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

/// Reads a path, or the end of one, as the catalog writes it: names need not be UTF-8.
fn path_text() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(|name| path::to_text(Path::new(&name)))
}

/// Reads a length of time: a number with `s`, `m`, `h`, or minutes.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, seconds) = match text.char_indices().last() {
        Some((at, 's')) => (text.get(..at), 1),
        Some((at, 'm')) => (text.get(..at), 60),
        Some((at, 'h' | 'j')) => (text.get(..at), 3600),
        _ => (Some(text), 60),
    };
    let number: Option<u64> = number.and_then(|number| number.parse().ok());
    number
        .and_then(|number| number.checked_mul(seconds))
        .map(Duration::from_secs)
        .ok_or_else(|| "90s, 30m, 2h".to_owned())
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

/// Arguments of `export`.
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true)))]
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

/// Reads a size: a number of bytes, or one with `K`, `M` or `G`.
fn size(text: &str) -> Result<u64, String> {
    let upper = text.to_ascii_uppercase();
    let bare = upper.trim_end_matches('B').trim_end_matches('I');
    let (number, factor) = match bare.char_indices().last() {
        Some((at, 'K')) => (bare.get(..at), 1 << 10),
        Some((at, 'M')) => (bare.get(..at), 1 << 20),
        Some((at, 'G')) => (bare.get(..at), 1 << 30),
        _ => (Some(bare), 1),
    };
    let number: Option<u64> = number.and_then(|number| number.parse().ok());
    number
        .and_then(|number| number.checked_mul(factor))
        .ok_or_else(|| "500K, 2M, 1G".to_owned())
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
    Validate {
        /// The package's folder or ZIP file
        #[arg(value_name = "PACKAGE")]
        package: PathBuf,
        /// Files read at a time; one a core where not given
        #[arg(long, short, value_name = "N")]
        jobs: Option<NonZeroUsize>,
    },
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

/// Arguments of `duplicates`.
#[derive(Debug, clap::Args)]
pub struct DuplicatesArgs {
    /// Only photos that are used more than once
    #[arg(long, conflicts_with = "duplicates_text")]
    pub photos: bool,
    /// Only documents that were scanned or saved more than once
    #[arg(id = "duplicates_text", long = "text")]
    pub text: bool,
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

/// Arguments of `extract-worker`.
#[derive(Debug, clap::Args)]
pub struct WorkerArgs {
    /// Engine that reads pictures
    #[arg(long, value_enum, default_value_t = OcrArg::Embedded)]
    pub ocr: OcrArg,
    /// Memory it may take, in bytes
    #[arg(long, default_value_t = crate::app::reading::workers::WorkerSettings::MEMORY_BYTES)]
    pub memory: u64,
}
