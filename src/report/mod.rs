//! Step 6: where do we stand? Takes the [`Assessment`](crate::model::Assessment), rolls it up
//! from question to indicator, section and total, puts it into words, and writes it for a
//! terminal, for a leader's phone, for a spreadsheet or for a program. The same report gives the
//! same bytes in each of them.

mod answers;
mod book;
mod build;
mod csv;
mod escape;
mod history;
mod html;
pub mod handover;
mod json;
mod junit;
mod layout;
mod letter;
mod place;
mod questions;
mod rows;
mod sarif;
mod standings;
mod style;
mod table;
mod words;
mod xlsx;

#[cfg(test)]
mod tests;

pub use self::csv::csv;
pub use answers::{answer_csv, answer_head, answer_sheet};
pub use build::{build, with_answers};
pub use history::{since, stood};
pub use html::html;
pub use json::{SCHEMA_VERSION, json};
pub use junit::junit;
pub use layout::number;
pub use letter::{
    Ask, Letter, docx as letter_docx, html as letter_html, letter, place_letter,
};
pub use sarif::sarif;
pub use table::{Detail, table};
pub use words::number as printed_number;
pub use xlsx::{BookError, xlsx};
