//! Arguments of the verbs for what the archive holds.

use super::value::path_text;
use clap::Subcommand;
use std::path::PathBuf;

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
