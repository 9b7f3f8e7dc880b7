//! Renders a report in the format that a user asks for.

use crate::app::error::{Error, ErrorKind};
use crate::{
    framework::Rules,
    model::{Lang, Report},
    report,
};

/// A format of a report, other than text on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object.
    Json,
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// A page that needs nothing else.
    Html,
    /// SARIF 2.1.0.
    Sarif,
    /// `JUnit`'s XML.
    Junit,
}

impl Form {
    /// Tells whether it is text that a terminal can show.
    pub fn is_text(self) -> bool {
        self != Self::Xlsx
    }
}

/// Returns the report as bytes; the same report gives the same bytes.
///
/// # Errors
/// When it cannot be made, which is our mistake.
pub fn render(report: &Report, form: Form, lang: Lang) -> Result<Vec<u8>, Error> {
    let lines = |text: String| (text + "\n").into_bytes();
    Ok(match form {
        Form::Json => lines(report::json(report).to_string()),
        Form::Csv => report::csv(report, lang).into_bytes(),
        Form::Xlsx => report::xlsx(report, lang).map_err(broken_book)?,
        Form::Html => report::html(report, lang).into_bytes(),
        Form::Sarif => lines(report::sarif(report, &rules()?, lang).to_string()),
        Form::Junit => report::junit(report, lang).into_bytes(),
    })
}

/// Returns the rules that come with the program.
///
/// # Errors
/// When they are broken, which is our mistake.
pub fn rules() -> Result<Rules, Error> {
    Rules::builtin().map_err(|cause| {
        Error::new(
            ErrorKind::Internal,
            "aturan bawaan rusak",
            "the built-in rules are broken",
        )
        .caused_by(cause)
    })
}

/// Returns the error that a workbook could not be made.
pub fn broken_book(cause: report::BookError) -> Error {
    Error::new(
        ErrorKind::Internal,
        "buku kerja tidak dapat dibuat",
        "the workbook cannot be made",
    )
    .caused_by(cause)
}
