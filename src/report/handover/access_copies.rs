//! Smaller copies of what is too large for a form: which documents want one, what became of
//! each, and where it lies. Beside the payload and never in it, so that nobody, and no program,
//! takes a copy for evidence.

use super::access_copy::{AccessCopyState, PackagedCopy};
use super::{Handover, Placed};
use crate::model::NoCopy;
use std::collections::BTreeSet;

/// The folder of the copies, laid out as the payload is.
pub const FOLDER: &str = "salinan-kecil/";

impl Placed {
    /// Tells whether a smaller copy is to be tried.
    pub fn is_copy_wanted(&self) -> bool {
        self.access_copy == Some(AccessCopyState::Wanted)
    }

    /// Returns the smaller copy, where there is one.
    pub fn copy(&self) -> Option<&PackagedCopy> {
        match &self.access_copy {
            Some(AccessCopyState::Made(copy)) => Some(copy),
            _ => None,
        }
    }
}

impl Handover {
    /// Wants a smaller copy of each document larger than `most` bytes, and says of those that
    /// have no pages to show that there is none.
    pub fn want_copies(&mut self, most: u64) {
        for placed in &mut self.placed {
            if placed.piece.bytes > most {
                placed.access_copy = Some(match placed.piece.media.has_sheets() {
                    true => AccessCopyState::Wanted,
                    false => AccessCopyState::None(NoCopy::NoPages),
                });
            }
        }
    }

    /// Tells whether smaller copies were asked for and concern any document.
    pub fn speaks_of_copies(&self) -> bool {
        self.placed
            .iter()
            .any(|placed| placed.access_copy.is_some())
    }

    /// Returns the smaller copies, each with its original, in order of place.
    pub fn copies(&self) -> impl Iterator<Item = (&Placed, &PackagedCopy)> {
        let placed = self.placed.iter();
        placed.filter_map(|placed| Some((placed, placed.copy()?)))
    }

    /// Returns for each document, in order of place, where its smaller copy would lie.
    pub fn copy_names(&self) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let mut name = |placed: &Placed| {
            let inner = placed.name.strip_prefix("data/").unwrap_or(&placed.name);
            let is_pdf = |(_, end): (&str, &str)| end.eq_ignore_ascii_case("pdf");
            // A picture keeps its own ending, so that it is known which picture it was.
            let stem = match inner.rsplit_once('.').filter(|parts| is_pdf(*parts)) {
                Some((stem, _)) => stem,
                None => inner,
            };
            let mut name = format!("{FOLDER}{stem}.pdf");
            let mut number = 2;
            while !taken.insert(name.to_lowercase()) {
                name = format!("{FOLDER}{stem} ({number}).pdf");
                number += 1;
            }
            name
        };
        self.placed.iter().map(&mut name).collect()
    }
}
