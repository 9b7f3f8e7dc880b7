//! A document as linking sees it: numbered words, the terms in them, the hints of its path.

pub(crate) mod cue;
pub(crate) mod phrases;
pub(crate) mod reader;
pub(crate) mod vocab;
pub(crate) mod hints;
