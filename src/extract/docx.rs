//! Takes a Word document and gives its text as one page: headers, body, foot- and endnotes,
//! footers. A paragraph is a line, and so is a row of a table. Office text has no places, so
//! its words have no boxes.

use super::text;
use crate::model::{Extraction, FileState, MediaType, Note, NoteCode};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Bytes of XML read of one part: some thousand pages of text with its markup.
const MAX_PART_BYTES: u64 = 64 << 20;
/// Parts read: a document has a header and a footer for each section.
const MAX_PARTS: usize = 64;

/// Reads a DOCX.
pub(super) fn read(bytes: &[u8]) -> (FileState, Extraction) {
    let mut extraction = Extraction::without_pages(MediaType::Docx);
    let Ok(Some(lines)) = super::guard(|| parts(bytes)) else {
        extraction.notes.push(Note::file(NoteCode::BrokenStructure));
        return (FileState::Damaged, extraction);
    };
    extraction.pages.push(text::page(1, lines));
    extraction.page_count = 1;
    (FileState::Indexed, extraction)
}

fn parts(bytes: &[u8]) -> Option<Vec<String>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut names: Vec<(u8, String)> = archive
        .file_names()
        .flatten()
        .filter_map(|name| Some((rank(&name)?, name.into_owned())))
        .collect();
    names.sort();
    let mut lines = Vec::new();
    let mut has_body = false;
    for (rank, name) in names.into_iter().take(MAX_PARTS) {
        let Some(xml) = part(&mut archive, &name) else {
            continue;
        };
        has_body |= rank == BODY;
        lines.extend(paragraphs(&xml));
    }
    has_body.then_some(lines)
}

const BODY: u8 = 1;

/// The order in which parts are read; `None` for parts without text.
fn rank(name: &str) -> Option<u8> {
    let part = name.strip_prefix("word/")?.strip_suffix(".xml")?;
    let numbered = |stem: &str| {
        part.strip_prefix(stem)
            .is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()))
    };
    match part {
        "document" => Some(BODY),
        "footnotes" | "endnotes" => Some(2),
        _ if numbered("header") => Some(0),
        _ if numbered("footer") => Some(3),
        _ => None,
    }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let file = archive.by_name(name).ok()?;
    let mut raw = Vec::new();
    // A part cut short or with a wrong checksum still gives what came before.
    let _ = file.take(MAX_PART_BYTES).read_to_end(&mut raw);
    (!raw.is_empty()).then(|| String::from_utf8_lossy(&raw).into_owned())
}

/// Gives the paragraphs and table rows of one part (ECMA-376 part 1, chapter 17).
fn paragraphs(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut body = Body::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => body.start(tag.local_name().as_ref()),
            Ok(Event::Empty(tag)) => body.empty(tag.local_name().as_ref()),
            Ok(Event::End(tag)) => body.end(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => body.text(&text),
            Ok(Event::GeneralRef(entity)) => body.entity(&entity),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    body.flush();
    body.lines
}

#[derive(Default)]
struct Body {
    lines: Vec<String>,
    line: String,
    in_text: bool,
    rows: u32,
    /// Depth inside `mc:Fallback`, which repeats what `mc:Choice` said.
    fallback: u32,
}

impl Body {
    fn start(&mut self, tag: &str) {
        match tag {
            "t" => self.in_text = true,
            "tr" => self.rows += 1,
            "Fallback" => self.fallback += 1,
            _ => self.empty(tag),
        }
    }

    fn empty(&mut self, tag: &str) {
        match tag {
            "tab" | "cr" => self.line.push('\t'),
            "br" if self.rows == 0 => self.flush(),
            "br" => self.line.push(' '),
            "noBreakHyphen" => self.line.push('-'),
            _ => {}
        }
    }

    fn end(&mut self, tag: &str) {
        match tag {
            "t" => self.in_text = false,
            "p" if self.rows > 0 => self.line.push(' '),
            "p" => self.flush(),
            "tc" => self.line.push('\t'),
            "tr" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    self.flush();
                }
            }
            "Fallback" => self.fallback = self.fallback.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.fallback == 0 {
            self.line.push_str(text);
        }
    }

    fn entity(&mut self, name: &str) {
        let resolved = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => numeric(name),
        };
        let mut buffer = [0; 4];
        if let Some(c) = resolved {
            self.text(c.encode_utf8(&mut buffer));
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.lines.push(line);
        }
    }
}

fn numeric(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_rows_and_entities_are_read_and_fallbacks_are_not() {
        let xml = r"<w:document><w:body>
            <w:p><w:r><w:t>NOMOR</w:t></w:r><w:r><w:tab/><w:t>5 &amp; 6</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>No</w:t></w:r></w:p></w:tc>
            <w:tc><w:p><w:r><w:t>Nama</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><mc:AlternateContent><mc:Choice><w:t>kotak</w:t></mc:Choice>
            <mc:Fallback><w:t>kotak</w:t></mc:Fallback></mc:AlternateContent>
            <w:del><w:delText>terhapus</w:delText></w:del></w:p></w:body></w:document>";
        let lines: Vec<String> = paragraphs(xml)
            .iter()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(lines, ["NOMOR 5 & 6", "No Nama", "kotak"]);
    }

    #[test]
    fn a_container_without_a_body_is_damaged() {
        assert_eq!(read(b"PK\x03\x04 rusak").0, FileState::Damaged);
    }
}
