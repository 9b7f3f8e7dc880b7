//! Step 6: where do we stand? Takes the [`Assessment`](crate::model::Assessment), rolls it up
//! from question to indicator, section and total, puts it into words, and writes it for a
//! terminal, for a leader's phone, for a spreadsheet or for a program. The same report gives the
//! same bytes in each of them.

mod machine;
mod sheet;
mod build;
mod escape;
mod history;
mod html;
pub mod esign;
pub mod handover;
mod letter;
mod place;
mod table;
mod words;

#[cfg(test)]
mod tests;

pub use self::machine::json::{SCHEMA_VERSION, json};
pub use self::machine::junit::junit;
pub use self::machine::sarif::sarif;
pub use self::sheet::answers::{answer_csv, answer_head, answer_sheet};
pub use self::sheet::csv::{cell_text, csv};
pub use self::sheet::xlsx::{BookError, xlsx};
pub use self::table::layout::number;
pub use build::{build, with_answers};
pub use escape::{page_text, percent_encoded};
pub use history::{since, stood};
pub use html::{badge, html, quote};
pub use letter::{
    Ask, Letter, docx as letter_docx, html as letter_html, letter, place_letter,
};
pub use table::{Detail, table};
pub use words::{capital, number as printed_number};
