//! Takes an OLE compound file: tells which program wrote it by the streams in its root, and
//! reads Word and `PowerPoint` from before 2007. `office_oxide` knows their records and holds
//! its own limits; this is the way there and back.

use super::package::property;
use crate::extract::document::inside::Stored;
use crate::extract::document::{Document, Refusal};
use crate::extract::find;
use crate::model::{MediaType, Metadata, Note, NoteCode};
use office_oxide::cfb::SummaryProperties;
use office_oxide::doc::{DocDocument, DocError, SubDocumentKind};
use office_oxide::ppt::{PptDocument, PptError, SlideText, TextRun, TextType};
use std::io::Cursor;

/// Entries of the root looked at.
const MAX_ENTRIES: usize = 4_096;

/// Streams that only one program writes into the root ([MS-DOC], [MS-XLS], [MS-PPT] 2.1;
/// [MS-OXMSG] 2.4). A workbook locked whole keeps nothing but `EncryptedPackage`.
const STREAMS: [(&str, MediaType); 7] = [
    (LOCKED, MediaType::Ole),
    ("WordDocument", MediaType::Doc),
    ("Workbook", MediaType::Xls),
    ("Book", MediaType::Xls),
    ("PowerPoint Document", MediaType::Ppt),
    ("PP97_DUALSTORAGE", MediaType::Ppt),
    ("__properties_version1.0", MediaType::Msg),
];
/// A DOCX, XLSX or PPTX under a password ([MS-OFFCRYPTO] 2.3.4.4).
const LOCKED: &str = "EncryptedPackage";
/// What a folder view of Windows keeps in `Thumbs.db`.
const THUMBNAILS: &str = "Catalog";

/// Tells which program wrote a compound file.
pub(in crate::extract) fn kind(bytes: &[u8]) -> MediaType {
    let names = root(bytes);
    let known = |(name, _): &&(&str, MediaType)| match &names {
        Some(names) => names.iter().any(|found| found.eq_ignore_ascii_case(name)),
        // A broken file still has the names, in UTF-16.
        None => mentions(bytes, name),
    };
    let found = STREAMS.iter().find(known);
    found.map_or(MediaType::Ole, |(_, media)| *media)
}

/// Returns the reason why a compound file of no known program is not read.
pub(crate) fn refusal(bytes: &[u8]) -> Refusal {
    let names = root(bytes);
    let has = |name: &str| match &names {
        Some(names) => names.iter().any(|found| found == name),
        None => mentions(bytes, name),
    };
    if has(LOCKED) {
        Refusal::Locked
    } else if has(THUMBNAILS) && names.is_some() {
        Refusal::System
    } else {
        Refusal::Unknown
    }
}

fn root(bytes: &[u8]) -> Option<Vec<String>> {
    crate::extract::guard(|| {
        let file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
        let entries = file.read_root_storage().take(MAX_ENTRIES);
        Some(entries.map(|entry| entry.name().to_owned()).collect())
    })
    .ok()
    .flatten()
}

fn mentions(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    find(bytes, &wide).is_some()
}

/// Sets the library's limits for files that nobody vouches for. They belong to the process and
/// are the same for every file, so that setting them again changes nothing.
pub(crate) fn hold_limits() {
    office_oxide::limits::Limits::strict().apply();
}

/// Reads a DOC, Word 2 to 2003: headers and footers, the text, then notes and text boxes.
pub(crate) fn doc(bytes: &[u8]) -> Result<Document, Refusal> {
    hold_limits();
    let file =
        DocDocument::from_reader(Cursor::new(bytes)).map_err(|error| match error {
            DocError::Encrypted => Refusal::Locked,
            error => Refusal::broken(error),
        })?;
    let part = |wanted: fn(SubDocumentKind) -> bool| {
        let parts = file.subdocuments().iter();
        parts
            .filter(move |part| wanted(part.kind))
            .flat_map(|part| lines(&part.text))
    };
    let is_head = |kind| {
        matches!(
            kind,
            SubDocumentKind::HeadersFooters | SubDocumentKind::HeaderTextBoxes
        )
    };
    let is_note = |kind| {
        matches!(
            kind,
            SubDocumentKind::Footnotes
                | SubDocumentKind::Endnotes
                | SubDocumentKind::TextBoxes
                | SubDocumentKind::Comments
        )
    };
    let mut text: Vec<String> = part(is_head).collect();
    text.extend(lines(file.plain_text_ref()));
    text.extend(part(is_note));
    let mut document = Document::from_lines(text);
    document.pictures = pictures(file.images().iter().map(|image| image.data.as_slice()));
    document.metadata = properties(file.summary_properties());
    if !file.text_complete() {
        document.notes.push(Note::file(NoteCode::Truncated));
    }
    Ok(document)
}

/// Reads a PPT: a page a slide, notes after the slide's own text.
pub(crate) fn ppt(bytes: &[u8]) -> Result<Document, Refusal> {
    hold_limits();
    let file =
        PptDocument::from_reader(Cursor::new(bytes)).map_err(|error| match error {
            PptError::Encrypted => Refusal::Locked,
            error => Refusal::broken(error),
        })?;
    let mut document = Document {
        pages: file.slides.iter().map(slide).collect(),
        pictures: pictures(file.images().iter().map(|image| image.data.as_slice())),
        metadata: properties(file.summary_properties()),
        ..Document::default()
    };
    // What stands on the master is seen on every slide; it is read once.
    if let Some(first) = document.pages.first_mut() {
        first.extend(file.master_text.iter().flat_map(|run| lines(&run.text)));
    }
    if !file.text_complete() {
        document.notes.push(Note::file(NoteCode::Truncated));
    }
    Ok(document)
}

fn slide(slide: &SlideText) -> Vec<String> {
    let runs = |notes: bool| {
        let runs = slide.text_runs.iter();
        runs.filter(move |run| (run.text_type == TextType::Notes) == notes)
            .flat_map(|run| lines(&run.text))
    };
    let cell = |runs: &Vec<TextRun>| -> String {
        let texts: Vec<&str> = runs.iter().map(|run| run.text.as_str()).collect();
        texts.join(" ")
    };
    let rows = slide.tables.iter().flat_map(|table| &table.rows);
    let rows = rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join("  "));
    runs(false).chain(rows).chain(runs(true)).collect()
}

/// Ends lines where Word and `PowerPoint` do: paragraph, line and page breaks. The mark
/// between cells and the one after a row are the same in Word's text.
fn lines(text: &str) -> Vec<String> {
    let lines = text.split(['\r', '\n', '\u{B}', '\u{C}']);
    lines
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

/// Takes over what the properties say.
pub(crate) fn properties(found: Option<&SummaryProperties>) -> Metadata {
    let Some(found) = found else {
        return Metadata::default();
    };
    Metadata {
        title: found.title.as_deref().and_then(property),
        created: found.created.as_deref().and_then(property),
        ..Metadata::default()
    }
}

/// Takes over pictures; which of them are pages is decided later.
pub(crate) fn pictures<'p>(found: impl Iterator<Item = &'p [u8]>) -> Vec<Stored> {
    found
        .map(|picture| Stored::Bytes(picture.to_vec()))
        .collect()
}
