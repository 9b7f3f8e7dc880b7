//! How the evidence stands for a day, and who is told: check, report, letter, stages.

pub mod answers;
pub mod calendar;
pub mod check;
pub mod letter;
pub mod render;
