//! A document as linking sees it: numbered words, the terms in them, what its path says.

pub(crate) mod cue;
pub(crate) mod phrases;
pub(crate) mod reader;
pub(crate) mod vocab;
pub(crate) mod witness;
