//! Documents for an archive under test, put into its catalog as a run of indexing would.

use crate::app::archive::workspace::Workspace;
use crate::fixity;
use crate::io::store::{ContentRecord, LocationRecord};
use crate::model::{
    Cue, Digest, DocKind, DocumentFacts, Extraction, Fact, FileState, Link, MediaType,
    Page, Ratio, Reading, Recognised, RuleId,
};
use std::path::Path;

/// A document to put.
pub(super) struct Made<'a> {
    /// Its file's name, below the folder for files.
    pub(super) name: &'a str,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    pub(super) media_type: MediaType,
    pub(super) facts: DocumentFacts,
    /// The number of the question it proves, in the order of the framework.
    pub(super) proves: usize,
}

/// Returns a fact that is certain.
pub(super) fn certain<T>(value: T) -> Reading<T> {
    Reading::Known(fact(value, 0.97))
}

pub(super) fn fact<T>(value: T, confidence: f32) -> Fact<T> {
    Fact {
        value,
        confidence: Ratio::new(confidence),
        span: None,
        rule: RuleId::from("test"),
    }
}

/// Returns the facts of a decree of the kind that a question takes.
pub(super) fn decree(workspace: &Workspace, question: usize) -> DocumentFacts {
    let question = &workspace.framework.questions()[question];
    DocumentFacts {
        kind: certain(DocKind {
            id: question.kinds[0].clone(),
            label: "Keputusan Bupati".to_owned(),
        }),
        number: certain("188".to_owned()),
        year: certain(2024),
        title: certain("Gugus <b>Tugas</b>".to_owned()),
        ..DocumentFacts::default()
    }
}

/// Writes the file of a document, and puts it into the catalog; returns its digest.
pub(super) fn put(workspace: &mut Workspace, folder: &Path, made: Made<'_>) -> Digest {
    let path = folder.join(made.name);
    std::fs::write(&path, made.bytes).unwrap();
    let digest = fixity::hash(made.bytes);
    let question = &workspace.framework.questions()[made.proves];
    let link = Link {
        question: question.id.clone(),
        indicator: question.indicator.clone(),
        confidence: Ratio::new(0.96),
        cue: Cue {
            term: "gugus tugas".to_owned(),
            span: None,
        },
        negative: None,
        reasons: Vec::new(),
        decided: None,
    };
    let mut extraction = Extraction::without_pages(made.media_type);
    extraction.page_count = 1;
    extraction.pages = vec![Page::empty(1, Some((595.0, 842.0)))];
    let content = ContentRecord {
        digest,
        len: made.bytes.len() as u64,
        state: FileState::Indexed,
        extraction,
        recognised: Recognised {
            facts: made.facts,
            links: vec![link],
            traits: Vec::new(),
            by: "test".to_owned(),
        },
        waiting: Vec::new(),
        members: 0,
        text_fingerprint: None,
    };
    let location = LocationRecord {
        path: crate::io::files::path::to_text(&path),
        len: made.bytes.len() as u64,
        mtime_ns: 0,
        digest: Some(digest),
        state: None,
        notes: Vec::new(),
    };
    let catalog = &mut workspace.catalog;
    catalog.put("test", &[content], &[location]).unwrap();
    digest
}
