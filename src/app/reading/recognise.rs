//! From what was read to what it is and what it could prove: the pure steps, one after the
//! other, with a guard around them so that one odd text cannot end a run.

use super::version;
use crate::app::error::{Error, ErrorKind};
use crate::classify::Vocabulary;
use crate::framework::{Framework, OfficeNames};
use crate::io::files::path;
use crate::lexicon::doctype::DocTypes;
use crate::lexicon::region::Regions;
use crate::lexicon::words::Words;
use crate::link::Linker;
use crate::model::{DocumentFacts, Extraction, Government, Recognised};
use crate::ocr::Choose;
use crate::{classify, link};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// Returns the kinds of document that this program knows. They are read once: a server is asked for
/// them by every page.
///
/// # Errors
/// When data that came with this program is broken.
pub fn kinds() -> Result<&'static DocTypes, Error> {
    static KINDS: OnceLock<DocTypes> = OnceLock::new();
    if let Some(kinds) = KINDS.get() {
        return Ok(kinds);
    }
    let kinds = DocTypes::builtin().map_err(|error| broken("doctypes.json", error))?;
    Ok(KINDS.get_or_init(|| kinds))
}

/// Returns the governments that this program knows.
///
/// # Errors
/// When data that came with this program is broken.
pub fn regions() -> Result<Regions, Error> {
    Regions::builtin().map_err(|error| broken("regions.json", error))
}

/// Returns what tells the reader which words of a page decide, to be looked at twice.
///
/// # Errors
/// When data that came with this program is broken.
pub fn deciding() -> Result<Box<Choose>, Error> {
    let kinds = kinds()?;
    Ok(Box::new(move |lines| {
        classify::deciding(lines, kinds.grammar())
    }))
}

fn broken(file: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(
        ErrorKind::Internal,
        format!("data bawaan `{file}` rusak"),
        format!("the built-in data `{file}` is broken"),
    )
    .caused_by(cause)
}

/// All that recognising needs, made once.
#[derive(Debug)]
pub struct Recogniser {
    kinds: DocTypes,
    regions: Regions,
    offices: OfficeNames,
    linker: Linker,
    name: String,
}

impl Recogniser {
    /// Prepares recognising by a framework, for a government that the list may not have.
    ///
    /// # Errors
    /// When data that came with this program is broken.
    pub fn new(framework: &Framework, home: Option<&Government>) -> Result<Self, Error> {
        // Steps read words by themselves; that they can is looked at here.
        Words::builtin().map_err(|error| broken("words.json", error))?;
        let mut regions = regions()?;
        if let Some(home) = home {
            regions.adopt(home);
        }
        Ok(Self {
            kinds: kinds()?.clone(),
            regions,
            offices: OfficeNames::new(framework.offices()),
            linker: Linker::new(framework),
            name: version::recogniser(framework, home),
        })
    }

    /// Returns the name of this recogniser: another name recognises otherwise.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the kinds of document there are.
    pub fn kinds(&self) -> &DocTypes {
        &self.kinds
    }

    /// Returns what was read of a document before the evidence is weighed, and the evidence:
    /// what confidences are fitted on.
    pub fn read(
        &self,
        read: &Extraction,
    ) -> (DocumentFacts, Vec<(&'static str, classify::Evidence)>) {
        let vocabulary = Vocabulary {
            kinds: &self.kinds,
            regions: &self.regions,
            offices: &self.offices,
        };
        let facts = classify::read(read, &vocabulary);
        let evidence = classify::evidence(&facts, read, &self.kinds);
        (facts, evidence)
    }

    /// Returns what a document is and what it could prove.
    pub fn recognise(&self, path: &str, read: &Extraction) -> Recognised {
        let vocabulary = Vocabulary {
            kinds: &self.kinds,
            regions: &self.regions,
            offices: &self.offices,
        };
        // Folders speak.
        let slashed = path::slashed(path);
        let work = || {
            let mut facts = classify::classify(read, &vocabulary);
            classify::apply_path_hint(&slashed, &mut facts);
            let links = self.linker.link(read, &facts, &slashed);
            let traits = link::traits(&facts, &slashed);
            (facts, links, traits)
        };
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok((facts, links, traits)) => Recognised {
                facts,
                links,
                traits,
                by: self.name.clone(),
            },
            Err(_) => {
                tracing::error!(
                    "recognising panicked; the document is kept without facts"
                );
                Recognised {
                    by: self.name.clone(),
                    ..Recognised::default()
                }
            }
        }
    }
}
