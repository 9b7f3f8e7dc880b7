//! Step 6: where do we stand? Takes the [`Assessment`](crate::model::Assessment), rolls it up
//! from question to indicator, section and total, puts it into words, and writes it for a
//! terminal or for a program.

mod build;
pub mod handover;
mod json;
mod layout;
mod questions;
mod style;
mod table;
mod words;

#[cfg(test)]
mod tests;

pub use build::build;
pub use json::{SCHEMA_VERSION, json};
pub use layout::number;
pub use table::{Detail, table};
