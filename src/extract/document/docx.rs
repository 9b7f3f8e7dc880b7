//! Takes a Word document and gives its text as one page: headers, body, foot- and endnotes,
//! footers. Office text has no places, so its words have no boxes.

use super::flow::Flow;
use super::inside::Stored;
use super::package::{Package, Relation};
use super::xml::{Step, Tag};
use super::{Document, Refusal};
use crate::model::{Note, NoteCode};
use std::collections::HashMap;

/// Parts read: a document has a header and a footer for each section.
const MAX_PARTS: usize = 64;
const BODY: u8 = 1;

/// Reads a DOCX.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes).map_err(Refusal::Broken)?;
    let names = package.names().into_iter();
    let mut parts: Vec<(u8, String)> = names
        .filter_map(|name| Some((rank(&name)?, name)))
        .collect();
    parts.sort();
    let mut body = Body::default();
    let mut document = Document::default();
    let mut has_body = false;
    for (rank, name) in parts.into_iter().take(MAX_PARTS) {
        body.pictures.clear();
        let found = package.walk(&name, |step| body.step(&step));
        body.flow.leave_rows();
        body.depth = Depth::default();
        if rank == BODY {
            has_body |= found;
            let relations = package.relations(&name);
            document.pictures = targets(&relations, &body.pictures);
        }
    }
    if !has_body {
        return Err(Refusal::broken("word/document.xml"));
    }
    if body.flow.is_cut() {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document.pages.push(body.flow.page());
    document.metadata = package.ooxml_properties();
    Ok(document)
}

/// Returns where the pictures of these ids stand, each once.
pub(super) fn targets(relations: &[Relation], ids: &[String]) -> Vec<Stored> {
    let images = relations.iter().filter(|relation| relation.kind == "image");
    let mut images: HashMap<&str, &str> = images
        .map(|image| (image.id.as_str(), image.target.as_str()))
        .collect();
    let target = |id: &String| {
        let target = images.remove(id.as_str())?;
        Some(Stored::Part(target.to_owned()))
    };
    ids.iter().filter_map(target).collect()
}

/// Returns the id of the picture that a tag shows, if it shows one: `a:blip` and, in older
/// files, `v:imagedata`.
pub(super) fn picture_id(name: &str, tag: &Tag<'_>) -> Option<String> {
    match name {
        "blip" => tag.attribute("embed"),
        "imagedata" => tag.attribute("r:id"),
        _ => None,
    }
}

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

/// Gathers paragraphs, rows and pictures of one part (ECMA-376 part 1, chapter 17).
#[derive(Default)]
struct Body {
    flow: Flow,
    pictures: Vec<String>,
    depth: Depth,
}

#[derive(Default)]
struct Depth {
    in_text: bool,
    /// Depth inside `mc:Fallback`, which repeats what `mc:Choice` said.
    fallback: u32,
}

impl Body {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open(name, tag) => self.open(name, tag),
            Step::Close(name) => self.close(name),
            Step::Text(text) if self.depth.in_text && self.depth.fallback == 0 => {
                self.flow.text(text);
            }
            Step::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        self.pictures.extend(picture_id(name, tag));
        match name {
            "t" => self.depth.in_text = true,
            "tr" => self.flow.start_row(),
            "Fallback" => self.depth.fallback += 1,
            "tab" | "cr" => self.flow.text("\t"),
            "br" => self.flow.end_line(),
            "noBreakHyphen" => self.flow.text("-"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.depth.in_text = false,
            "p" => self.flow.end_line(),
            "tc" => self.flow.end_cell(),
            "tr" => self.flow.end_row(),
            "Fallback" => self.depth.fallback = self.depth.fallback.saturating_sub(1),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::walk;
    use super::*;

    #[test]
    fn paragraphs_rows_and_entities_are_read_and_fallbacks_are_not() {
        let xml = r#"<w:document><w:body>
            <w:p><w:r><w:t>NOMOR</w:t></w:r><w:r><w:tab/><w:t>5 &amp; 6</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>No</w:t></w:r></w:p></w:tc>
            <w:tc><w:p><w:r><w:t>Nama</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><mc:AlternateContent><mc:Choice><w:t>kotak</w:t></mc:Choice>
            <mc:Fallback><w:t>kotak</w:t></mc:Fallback></mc:AlternateContent>
            <w:del><w:delText>terhapus</w:delText></w:del><a:blip r:embed="rId7"/></w:p>
            </w:body></w:document>"#;
        let mut body = Body::default();
        walk(xml.as_bytes().to_vec(), |step| body.step(&step));
        let lines: Vec<String> = body
            .flow
            .page()
            .iter()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(lines, ["NOMOR 5 & 6", "No Nama", "kotak"]);
        assert_eq!(body.pictures, ["rId7"]);
    }

    #[test]
    fn a_container_without_a_body_is_damaged() {
        assert!(matches!(read(b"PK\x03\x04 rusak"), Err(Refusal::Broken(_))));
    }
}
