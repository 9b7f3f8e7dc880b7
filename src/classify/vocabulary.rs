//! The words that recognition goes by: kinds and grammar, governments, offices, weights.

use crate::framework::office::OfficeNames;
use crate::lexicon::doctype::DocTypes;
use crate::lexicon::region::Regions;

/// The closed vocabulary documents are read against.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary<'a> {
    /// Every kind of document, and the words that frame a heading.
    pub kinds: &'a DocTypes,
    /// Every government.
    pub regions: &'a Regions,
    /// Every office.
    pub offices: &'a OfficeNames,
}
