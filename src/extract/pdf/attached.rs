//! Takes an open PDF and names the files attached inside it. They are listed, not opened: what
//! is evidence of its own belongs beside the document, where people can see it.

use super::meta::{dicts, text_string};
use crate::extract::normalize;
use crate::model::{Note, NoteCode};
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String as Raw};
use hayro::hayro_interpret::hayro_syntax::xref::XRef;
use std::collections::BTreeSet;

/// Names listed of one document. A portfolio has a few; beyond, the last note says so.
const MAX_NAMES: usize = 100;
/// Nodes of the name tree looked at, and how deep.
const MAX_NODES: u32 = 1_000;
const MAX_DEPTH: u32 = 16;
/// Annotations of a page looked at.
const MAX_ANNOTATIONS: usize = 1_000;

/// Lists attached files, one note each: those of the whole document (`EmbeddedFiles`, of a
/// portfolio too), then those pinned to a page among the first `max_pages`.
pub(super) fn notes(pdf: &Pdf, max_pages: u32) -> Vec<Note> {
    let mut found = Found::default();
    let xref = pdf.xref();
    if let Some(catalog) = xref.get::<Dict<'_>>(xref.root_id()) {
        let names = catalog.get::<Dict<'_>>(b"Names");
        if let Some(tree) = names.and_then(|n| n.get::<Dict<'_>>(b"EmbeddedFiles")) {
            let mut left = MAX_NODES;
            found.tree(&tree, xref, &mut left, 0);
        }
        if let Some(files) = catalog.get::<Array<'_>>(b"AF") {
            for file in dicts(&files, xref).take(MAX_NAMES) {
                found.add(name(&file), None);
            }
        }
    }
    for (number, page) in (1..=max_pages).zip(pdf.pages().iter()) {
        let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else {
            continue;
        };
        for annotation in dicts(&annotations, xref).take(MAX_ANNOTATIONS) {
            let kind = annotation.get::<Name<'_>>(b"Subtype");
            if kind.is_some_and(|kind| kind.as_ref() == b"FileAttachment")
                && let Some(file) = annotation.get::<Dict<'_>>(b"FS")
            {
                found.add(name(&file), Some(number));
            }
        }
    }
    found.notes
}

#[derive(Default)]
struct Found {
    names: BTreeSet<String>,
    notes: Vec<Note>,
}

impl Found {
    /// Walks a name tree (ISO 32000-2, 7.9.6).
    fn tree(&mut self, node: &Dict<'_>, xref: &XRef, left: &mut u32, depth: u32) {
        if *left == 0 || depth > MAX_DEPTH {
            return;
        }
        *left -= 1;
        if let Some(pairs) = node.get::<Array<'_>>(b"Names") {
            for file in dicts(&pairs, xref).take(MAX_NAMES + 1) {
                self.add(name(&file), None);
            }
        }
        if let Some(kids) = node.get::<Array<'_>>(b"Kids") {
            for kid in dicts(&kids, xref) {
                self.tree(&kid, xref, left, depth + 1);
            }
        }
    }

    fn add(&mut self, name: Option<String>, page: Option<u32>) {
        let Some(name) = name.filter(|name| !self.names.contains(name)) else {
            return;
        };
        let code = NoteCode::AttachedFile;
        let note = page.map_or_else(|| Note::file(code), |page| Note::page(code, page));
        match self.names.len() {
            0..MAX_NAMES => self.notes.push(note.with(&name)),
            MAX_NAMES => self.notes.push(Note::file(code).with("…")),
            _ => return,
        }
        self.names.insert(name);
    }
}

/// The name of a file specification (ISO 32000-2, 7.11.3).
fn name(file: &Dict<'_>) -> Option<String> {
    [&b"UF"[..], b"F", b"Unix", b"DOS"].iter().find_map(|key| {
        let name = normalize::word(&text_string(&file.get::<Raw<'_>>(key)?));
        (!name.is_empty()).then_some(name)
    })
}
