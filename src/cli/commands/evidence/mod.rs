//! Verbs for what the archive holds.

pub mod activities;
pub mod decide;
pub mod duplicates;
pub(crate) mod facts;
pub mod search;
pub mod show;
