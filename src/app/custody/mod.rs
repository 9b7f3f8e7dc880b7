//! Whether files are still what they were, and how they are handed over and taken in.

pub(crate) mod away;
pub mod bag;
pub(crate) mod copies;
pub mod export;
pub mod import;
pub mod keep;
mod news;
pub mod verify;
