//! From what was read to what it is and what it could prove: the pure steps, one after the
//! other, with a guard around them so that one odd text cannot end a run.

use super::error::{Error, ErrorKind};
use crate::{
    classify::{self, Vocabulary},
    framework::{DocTypes, Framework, OfficeNames, Regions},
    link::Linker,
    model::{DocumentFacts, Extraction, Government, INSIDE, Link},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Names the reader: contents read by another are read again. Raised whenever reading or
/// recognising changes what it gives.
pub const READER: &str = concat!("bukti ", env!("CARGO_PKG_VERSION"), " r5");

/// Returns the kinds of document that this program knows.
///
/// # Errors
/// When data that came with this program is broken.
pub fn kinds() -> Result<DocTypes, Error> {
    DocTypes::builtin().map_err(|error| broken("doctypes.json", error))
}

/// Returns the governments that this program knows.
///
/// # Errors
/// When data that came with this program is broken.
pub fn regions() -> Result<Regions, Error> {
    Regions::builtin().map_err(|error| broken("regions.json", error))
}

fn broken(file: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(
        ErrorKind::Internal,
        format!("data bawaan `{file}` rusak"),
        format!("the built-in data `{file}` is broken"),
    )
    .caused_by(cause)
}

/// Is all that recognising needs, made once.
#[derive(Debug)]
pub struct Recogniser {
    kinds: DocTypes,
    regions: Regions,
    offices: OfficeNames,
    linker: Linker,
}

impl Recogniser {
    /// Prepares recognising by a framework, for a government that the list may not have.
    ///
    /// # Errors
    /// When data that came with this program is broken.
    pub fn new(framework: &Framework, home: Option<&Government>) -> Result<Self, Error> {
        let mut regions = regions()?;
        if let Some(home) = home {
            regions.adopt(home);
        }
        Ok(Self {
            kinds: kinds()?,
            regions,
            offices: OfficeNames::of(framework.offices()),
            linker: Linker::new(framework),
        })
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
            offices: &self.offices,
        };
        // Folders speak; Windows parts them by `\\`, and a container is a folder, too.
        let slashed = path.replace(std::path::MAIN_SEPARATOR, "/");
        let slashed = slashed.replace(INSIDE, "/");
        let work = || {
            let mut facts = classify::classify(read, &vocabulary);
            classify::witness(&slashed, &mut facts);
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
