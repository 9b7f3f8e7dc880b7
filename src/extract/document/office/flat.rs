//! Takes an office document that is one XML file: Word and Excel 2003, a package of today
//! written as one file ("flat OPC"), a flat `OpenDocument`. Their words are those of the
//! packages, so that the readers of the packages read them.

use super::{docx, sheets};
use crate::extract::document::xml::{Step, Tag, walk};
use crate::extract::document::{Document, Refusal, odf};
use crate::extract::{Limits, text};
use crate::model::{Note, NoteCode};

/// Bytes read of one file. Pictures stand in it as text and make it long.
const MAX_BYTES: usize = 64 << 20;
/// Bytes of text kept of a workbook.
const MAX_TEXT: usize = 4 << 20;
/// Bytes in which a file shows its root.
const HEAD: usize = 16 << 10;
/// Roots by their local names, and what each holds.
const ROOTS: [(&str, Kind); 5] = [
    ("wordDocument", Kind::Word),
    ("Workbook", Kind::Excel),
    ("document", Kind::Open),
    ("document-content", Kind::Open),
    ("package", Kind::Package),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Excel,
    Open,
    Package,
}

/// Tells whether text is such a file, by its root and the namespace that the root declares.
pub(in crate::extract) fn is_office_xml(head: &str) -> bool {
    let begins = head.trim_start_matches('\u{FEFF}').trim_start();
    begins.starts_with('<') && kind(head).is_some()
}

fn kind(xml: &str) -> Option<Kind> {
    let end = xml.floor_char_boundary(HEAD);
    let mut root = None;
    walk(xml.get(..end)?.as_bytes().to_vec(), |step| {
        if let Step::Open(name, tag) = step
            && root.is_none()
        {
            root = Some(ROOTS.iter().find_map(|(known, kind)| {
                (*known == name && tag.declares(kind.namespace())).then_some(*kind)
            }));
        }
    });
    root.flatten()
}

impl Kind {
    /// Part of the namespace that tells the root from others of its name.
    fn namespace(self) -> &'static str {
        match self {
            Self::Word => "/office/word/2003/wordml",
            Self::Excel => "office:spreadsheet",
            Self::Open => "opendocument:xmlns:office",
            Self::Package => "/office/2006/xmlPackage",
        }
    }
}

/// Reads a document that is one XML file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let raw = text::decode(bytes.get(..MAX_BYTES).unwrap_or(bytes));
    let mut document = match kind(&raw) {
        Some(Kind::Word | Kind::Package) => docx::flat(raw.into_bytes()),
        Some(Kind::Excel) => workbook(raw.into_bytes()),
        Some(Kind::Open) => odf::flat(raw.into_bytes(), limits),
        None => return Err(Refusal::Unknown),
    };
    if bytes.len() > MAX_BYTES {
        document.notes.push(Note::file(NoteCode::Truncated));
    }
    Ok(document)
}

#[allow(
    clippy::struct_excessive_bools,
    reason = "where a walk through XML is: each is an element that is open"
)]
/// Gathers the sheets of an Excel 2003 workbook: a page a sheet, a line a row.
#[derive(Default)]
struct Book {
    pages: Vec<Vec<String>>,
    lines: Vec<String>,
    cells: Vec<String>,
    cell: String,
    /// Comments of a row follow it.
    comments: Vec<String>,
    in_comment: bool,
    in_data: bool,
    is_stamp: bool,
    hidden: bool,
    name: String,
    notes: Vec<Note>,
    text: usize,
}

fn workbook(raw: Vec<u8>) -> Document {
    let mut book = Book::default();
    walk(raw, |step| book.step(&step));
    let mut document = Document {
        pages: book.pages,
        notes: book.notes,
        ..Document::default()
    };
    if book.text > MAX_TEXT {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document
}

impl Book {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open(name, tag) => self.open(name, tag),
            Step::Text(text) if self.in_data => {
                self.text = self.text.saturating_add(text.len());
                if self.text <= MAX_TEXT {
                    self.cell.push_str(text);
                }
            }
            Step::Text(text) if self.name == "Visible" => {
                self.hidden |= text.trim_start().starts_with("SheetHidden")
                    || text.trim_start().starts_with("SheetVeryHidden");
            }
            Step::Text(_) => {}
            Step::Close(name) => self.close(name),
        }
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        name.clone_into(&mut self.name);
        match name {
            "Worksheet" => {
                self.hidden = false;
                self.lines = tag.attribute("Name").into_iter().collect();
            }
            "Comment" => self.in_comment = true,
            "Data" => {
                self.cell.clear();
                self.in_data = true;
                let kind = tag.attribute("Type");
                self.is_stamp = kind.is_some_and(|kind| kind == "DateTime");
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        self.name.clear();
        match name {
            "Data" => {
                self.in_data = false;
                let cell = std::mem::take(&mut self.cell);
                let cell = match self.is_stamp {
                    true => sheets::iso_stamp(&cell),
                    false => cell,
                };
                let cells = match self.in_comment {
                    true => &mut self.comments,
                    false => &mut self.cells,
                };
                cells.extend((!cell.trim().is_empty()).then_some(cell));
            }
            "Comment" => self.in_comment = false,
            "Row" => {
                let cells = std::mem::take(&mut self.cells);
                self.lines
                    .extend((!cells.is_empty()).then(|| cells.join("  ")));
                self.lines.append(&mut self.comments);
            }
            "Worksheet" => {
                let lines = std::mem::take(&mut self.lines);
                match self.hidden {
                    true => self.notes.extend(
                        lines
                            .into_iter()
                            .take(1)
                            .map(|name| Note::file(NoteCode::HiddenPart).with(name)),
                    ),
                    false => self.pages.push(lines),
                }
            }
            _ => {}
        }
    }
}
