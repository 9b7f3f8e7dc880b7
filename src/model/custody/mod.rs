//! What was promised of a file, and what happened to it.

pub(crate) mod copied;
pub(crate) mod digest;
pub(crate) mod event;
pub(crate) mod fixity;
