//! Use cases of judgement: check, report, letters, answers, stages.

pub mod answers;
mod assess;
pub mod calendar;
pub mod check;
pub mod data_entry;
pub mod letter;
pub mod quotes;
pub mod render;
