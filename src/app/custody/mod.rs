//! Whether files are still what they were, and how they are handed over and taken in.

pub(crate) mod unreachable;
pub mod anchors;
pub mod bag;
pub(crate) mod access_copies;
pub mod attachment;
pub mod esign;
pub mod export;
pub mod import;
pub mod keep;
mod new_files;
pub mod verify;
