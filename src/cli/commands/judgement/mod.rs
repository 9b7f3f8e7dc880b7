//! Verbs that judge, and tell those who must act.

pub mod answers;
pub mod calendar;
pub mod check;
pub mod letter;
