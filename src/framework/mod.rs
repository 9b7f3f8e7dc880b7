//! Ring 2: the text of `schema/framework.json` and `schema/offices.json` in, a checked,
//! read-only [`Framework`] out. The only code that knows the form of these files, so that a
//! new edition of the instrument, or another evaluation, is a change of data.

pub mod calendar;
pub(crate) mod body;
mod evaluation;
mod ids;
mod letter;
pub mod office;
mod parse;
pub mod rules;
mod types;
mod validate;

pub use self::evaluation::Framework;
pub use letter::LetterTexts;
pub use office::OfficeNames;
pub use parse::parse;
pub use rules::Rules;
pub use types::{
    Category, Exclusion, GovernmentLevel, Indicator, Ladder, Office, Part, Period,
    Question, Remark, Rung, Section, Source, Term, Threshold,
};

use crate::lexicon::error::{DataError, InvalidFramework};
use crate::model::DocTypeId;

impl Framework {
    /// Reads the framework that comes with the program.
    pub fn builtin() -> Result<Self, InvalidFramework> {
        parse(
            include_str!("../../schema/framework.json"),
            include_str!("../../schema/offices.json"),
        )
    }

    /// Returns an error for each kind of document that the framework names and `known` does
    /// not hold.
    pub fn unknown_kinds(&self, known: &[DocTypeId]) -> Vec<DataError> {
        validate::unknown_kinds(&self.body, known)
    }
}

#[cfg(test)]
mod tests;
