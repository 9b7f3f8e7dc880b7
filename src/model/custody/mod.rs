//! Custody of contents: digests, fixity checks, events, access copies.

pub(crate) mod copied;
pub(crate) mod digest;
pub(crate) mod event;
pub(crate) mod fixity;
