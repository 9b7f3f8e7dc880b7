//! The names of offices as words to be found on a page, with OCR's slips.

use super::types::Office;
use crate::lexicon::phrase::Phrase;
use crate::model::OfficeId;

/// A shorter name is read letter by letter only: abbreviations turn into one another.
pub const LONG_NAME: usize = 10;

/// Every spelling of every office.
#[derive(Debug, Clone, Default)]
pub struct OfficeNames(Vec<(OfficeId, Phrase)>);

impl OfficeNames {
    /// Takes the spellings of some offices, the longest first.
    pub fn new(offices: &[Office]) -> Self {
        let spellings = offices.iter().flat_map(|office| {
            let names = office.spellings();
            names.map(|name| (office.id.clone(), Phrase::from(name)))
        });
        let mut names: Vec<(OfficeId, Phrase)> = spellings.collect();
        names.sort_by(|(_, a), (_, b)| {
            b.letters()
                .len()
                .cmp(&a.letters().len())
                .then_with(|| a.letters().cmp(b.letters()))
        });
        Self(names)
    }

    /// Returns the spellings, the longest first.
    pub fn iter(&self) -> impl Iterator<Item = (&OfficeId, &Phrase)> {
        self.0.iter().map(|(id, name)| (id, name))
    }
}
