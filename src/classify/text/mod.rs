//! Text as the readers see it: one stream of letters, matched with the slips of OCR in mind.

pub(crate) mod alternatives;
pub(crate) mod fuzzy;
pub(crate) mod likeliest;
pub(crate) mod mend;
pub(crate) mod stream;
