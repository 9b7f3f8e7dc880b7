//! From what was read to what it is and what it could prove: the pure steps, one after the
//! other, with a guard around them so that one odd text cannot end a run.

use crate::{
    classify::{self, Vocabulary},
    framework::{DocTypes, Framework, Regions},
    link::Linker,
    model::{DocumentFacts, Extraction, Link},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Names the reader: contents read by another are read again. Raised whenever reading or
/// recognising changes what it gives.
pub const READER: &str = concat!("bukti ", env!("CARGO_PKG_VERSION"), " r1");

/// Is all that recognising needs, made once.
#[derive(Debug)]
pub struct Recogniser {
    kinds: DocTypes,
    regions: Regions,
    linker: Linker,
}

impl Recogniser {
    /// Prepares recognising by a framework.
    pub fn new(framework: &Framework) -> Self {
        Self {
            kinds: DocTypes::builtin(),
            regions: Regions::builtin(),
            linker: Linker::new(framework),
        }
    }

    /// Returns the kinds of document there are.
    pub fn kinds(&self) -> &DocTypes {
        &self.kinds
    }

    /// Returns what a document is and what it could prove.
    pub fn recognise(&self, path: &str, read: &Extraction) -> (DocumentFacts, Vec<Link>) {
        let vocabulary = Vocabulary {
            kinds: &self.kinds,
            regions: &self.regions,
        };
        // The linker reads folders; Windows parts them by `\\`.
        let slashed = path.replace(std::path::MAIN_SEPARATOR, "/");
        let work = || {
            let mut facts = classify::classify(read, &vocabulary);
            classify::witness(path, &mut facts);
            let links = self.linker.link(read, &facts, &slashed);
            (facts, links)
        };
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok(recognised) => recognised,
            Err(_) => {
                tracing::error!(
                    "recognising panicked; the document is kept without facts"
                );
                (DocumentFacts::default(), Vec::new())
            }
        }
    }
}
