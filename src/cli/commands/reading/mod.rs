//! Verbs that read files.

pub mod index;
pub mod inspect;
pub mod worker;
