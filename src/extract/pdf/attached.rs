//! Takes an open PDF and finds the files attached inside it: those of the whole document, of a
//! portfolio too, and those pinned to a page. Each is a member of the PDF.

use super::meta::{dicts, text_string};
use crate::extract::embedded::Content;
use crate::extract::normalize;
use crate::lexicon::words::words;
use crate::model::{Note, NoteCode};
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{
    Array, Dict, Name, Stream, String as Raw,
};
use hayro::hayro_interpret::hayro_syntax::xref::XRef;
use std::{collections::BTreeSet, ops::ControlFlow};

/// Files listed of one document. A portfolio has a few; beyond, the last note says so.
const MAX_NAMES: usize = 100;
/// Nodes of the name tree looked at, and how deep.
const MAX_NODES: u32 = 1_000;
const MAX_DEPTH: u32 = 16;
/// Annotations of a page looked at.
const MAX_ANNOTATIONS: usize = 1_000;

/// A file attached, and the page it is pinned to.
struct Attached<'a> {
    name: String,
    page: Option<u32>,
    content: Option<Stream<'a>>,
}

/// Lists attached files, one note each.
pub(super) fn notes(pdf: &Pdf, max_pages: u32) -> Vec<Note> {
    let note = |(at, file): (usize, &Attached<'_>)| {
        let code = NoteCode::AttachedFile;
        match (at < MAX_NAMES, file.page) {
            (false, _) => Note::file(code).with("…"),
            (true, Some(page)) => Note::page(code, page).with(&file.name),
            (true, None) => Note::file(code).with(&file.name),
        }
    };
    let files = find(pdf, max_pages);
    files
        .iter()
        .enumerate()
        .take(MAX_NAMES + 1)
        .map(note)
        .collect()
}

/// Calls `visit` with name and bytes of each attached file.
pub(super) fn visit(
    pdf: &Pdf,
    max_pages: u32,
    visit: &mut dyn FnMut(&str, Content<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for file in find(pdf, max_pages) {
        let Some(content) = file.content else {
            visit(&file.name, Content::Elsewhere)?;
            continue;
        };
        match content.decoded_data() {
            Ok(bytes) => visit(&file.name, Content::Whole(&bytes))?,
            Err(_) => visit(&file.name, Content::Broken)?,
        }
    }
    ControlFlow::Continue(())
}

/// Tells whether the document is a portfolio: a cover around files (ISO 32000-2, 7.11.6).
pub(super) fn is_portfolio(pdf: &Pdf) -> bool {
    let xref = pdf.xref();
    let catalog = xref.get::<Dict<'_>>(xref.root_id());
    catalog.is_some_and(|catalog| catalog.contains_key(b"Collection"))
}

fn find(pdf: &Pdf, max_pages: u32) -> Vec<Attached<'_>> {
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
                found.add(&file, None);
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
                found.add(&file, Some(number));
            }
        }
    }
    found.files
}

#[derive(Default)]
struct Found<'a> {
    /// What was met, by name and by the object that holds it.
    seen: BTreeSet<(String, Option<(u32, i32)>)>,
    files: Vec<Attached<'a>>,
}

impl<'a> Found<'a> {
    /// Walks a name tree (ISO 32000-2, 7.9.6).
    fn tree(&mut self, node: &Dict<'a>, xref: &'a XRef, left: &mut u32, depth: u32) {
        if *left == 0 || depth > MAX_DEPTH {
            return;
        }
        *left -= 1;
        if let Some(pairs) = node.get::<Array<'_>>(b"Names") {
            for file in dicts(&pairs, xref).take(MAX_NAMES + 1) {
                self.add(&file, None);
            }
        }
        if let Some(kids) = node.get::<Array<'_>>(b"Kids") {
            for kid in dicts(&kids, xref) {
                self.tree(&kid, xref, left, depth + 1);
            }
        }
    }

    fn add(&mut self, file: &Dict<'a>, page: Option<u32>) {
        let number = self.files.len() + 1;
        let name =
            name(file).unwrap_or_else(|| format!("{} {number}", words().attachment));
        let content = file.get::<Dict<'_>>(b"EF").and_then(|content| {
            content
                .get::<Stream<'_>>(b"F")
                .or_else(|| content.get::<Stream<'_>>(b"UF"))
        });
        let id = content.as_ref().map(Stream::obj_id);
        let id = id.map(|id| (id.obj_number, id.gen_number));
        if number <= MAX_FILES && self.seen.insert((name.clone(), id)) {
            self.files.push(Attached {
                name,
                page,
                content,
            });
        }
    }
}

/// Files of one document that are found.
const MAX_FILES: usize = 10_000;

/// The name of a file specification (ISO 32000-2, 7.11.3).
fn name(file: &Dict<'_>) -> Option<String> {
    [&b"UF"[..], b"F", b"Unix", b"DOS"].iter().find_map(|key| {
        let name = normalize::word(&text_string(&file.get::<Raw<'_>>(key)?));
        (!name.is_empty()).then_some(name)
    })
}
