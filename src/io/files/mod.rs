//! Files: walked, read within bounds, written whole or not at all, kept.

pub(crate) mod error;
pub mod atomic;
pub mod kept;
pub mod path;
pub mod private;
pub mod source;
pub mod unfinished;
pub mod walk;
