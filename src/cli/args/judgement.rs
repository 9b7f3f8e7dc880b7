//! Arguments of the verbs for judging and telling.

use crate::app::judgement::render::Form;
use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Points and their shares are partly inferred, so the result is an estimate to \
    work with, not an official score. Signatures and seals are judged where they can \
    be seen for certain; elsewhere the question wants a person's look, it does not \
    pass. Whether a digital signature is valid is not looked into. Whether a cell of \
    a matrix is empty is told by its figures only. Districts and villages are \
    counted by who issued the documents; how many there are is known only from a \
    list (`bukti places`)."
)]
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
#[command(
    after_help = "The calendar of a year that is not on record is estimated from another year."
)]
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
