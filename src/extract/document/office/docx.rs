//! Takes a Word document and gives its text as one page: headers, body, foot- and endnotes,
//! footers, comments. Office text has no places, so its words have no boxes.
//!
//! What counts is what Word shows: text that was deleted, moved away or hidden is left out, and
//! the numbers that Word counts itself are put in ([`numbering`](super::numbering)).

use super::drawing::picture_id;
use super::numbering::{Numbering, Styles, is_on, level};
use super::package::{Package, Relation};
use super::shapes::Shapes;
use crate::extract::document::flow::Flow;
use crate::extract::document::inside::Stored;
use crate::extract::document::xml::{Step, Tag, walk};
use crate::extract::document::{Document, Refusal};
use crate::model::{Note, NoteCode};
use std::collections::{BTreeSet, HashMap};

/// Parts read: a document has a header and a footer for each section.
const MAX_PARTS: usize = 64;
/// The main part where nothing says another.
const MAIN: &str = "word/document.xml";
const HEAD: u8 = 0;
const BODY: u8 = 1;

/// Reads a DOCX.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes).map_err(Refusal::Broken)?;
    let main = package.main_part().unwrap_or_else(|| MAIN.to_owned());
    let relations = package.relations(&main);
    let mut body = Body {
        numbering: numbering(&mut package, &relations),
        ..Body::default()
    };
    let mut document = Document::default();
    let mut drawing = Flow::default();
    let mut has_body = false;
    for (rank, name) in parts(&package, main, &relations) {
        body.pictures.clear();
        let found = package.walk(&name, |step| body.step(&step));
        has_body |= found && rank == BODY;
        body.end_part();
        let relations = package.relations(&name);
        let pictures = targets(&relations, &body.pictures);
        match rank {
            HEAD => document.heads.extend(pictures),
            _ => document.pictures.extend(pictures),
        }
        for drawn in relations.iter().filter(|r| is_drawn(r)) {
            let mut shapes = Shapes::new(&mut drawing);
            package.walk(&drawn.target, |step| shapes.step(&step));
            body.flow.lines(shapes.finish().0);
        }
    }
    if !has_body {
        return Err(Refusal::broken(MAIN));
    }
    if body.flow.is_cut() || drawing.is_cut() {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document.pages.push(body.flow.page());
    document.metadata = package.ooxml_properties();
    Ok(document)
}

/// Reads an XML file that is a whole Word document: of Word 2003, or a package as one file
/// ("flat OPC").
pub(crate) fn flat(raw: Vec<u8>) -> Document {
    let styles = Styles::read(raw.clone());
    let mut body = Body {
        numbering: Numbering::read(raw.clone(), styles),
        ..Body::default()
    };
    walk(raw, |step| body.step(&step));
    body.end_part();
    let mut document = Document::from_lines(body.flow.page());
    if body.flow.is_cut() {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document
}

/// Tells whether what a part relates to draws text: a diagram (`SmartArt`) or a chart.
pub(crate) fn is_drawn(relation: &Relation) -> bool {
    matches!(&*relation.kind, "diagramData" | "chart")
}

fn numbering(package: &mut Package<'_>, relations: &[Relation]) -> Numbering {
    let mut part = |kind: &str| {
        let relation = relations.iter().find(|relation| relation.kind == kind)?;
        package.part(&relation.target)
    };
    let styles = Styles::read(part("styles").unwrap_or_default());
    Numbering::read(part("numbering").unwrap_or_default(), styles)
}

/// Returns the parts with text in the order they are read.
fn parts(
    package: &Package<'_>,
    main: String,
    relations: &[Relation],
) -> Vec<(u8, String)> {
    let related = relations.iter().filter_map(|relation| {
        let rank = match &*relation.kind {
            "header" => HEAD,
            "footnotes" | "endnotes" => 2,
            "footer" => 3,
            "comments" => 4,
            _ => return None,
        };
        Some((rank, relation.target.clone()))
    });
    let mut parts: BTreeSet<(u8, String)> = related.collect();
    // A package whose relations are lost still has the names.
    if relations.is_empty() {
        let names = package.names().into_iter();
        parts.extend(names.filter_map(|name| Some((rank(&name)?, name))));
    }
    parts.insert((BODY, main));
    parts.into_iter().take(MAX_PARTS).collect()
}

/// Returns where the pictures of these ids stand, each once.
pub(crate) fn targets(relations: &[Relation], ids: &[String]) -> Vec<Stored> {
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

/// The order in which parts are read; `None` for parts without text.
fn rank(name: &str) -> Option<u8> {
    let part = name.strip_prefix("word/")?.strip_suffix(".xml")?;
    let numbered = |stem: &str| {
        part.strip_prefix(stem)
            .is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()))
    };
    match part {
        "footnotes" | "endnotes" => Some(2),
        "comments" => Some(4),
        _ if numbered("header") => Some(HEAD),
        _ if numbered("footer") => Some(3),
        _ => None,
    }
}

/// Gathers paragraphs, rows and pictures of one part (ECMA-376 part 1, chapter 17).
#[derive(Default)]
struct Body {
    flow: Flow,
    pictures: Vec<String>,
    numbering: Numbering,
    in_text: bool,
    /// Depth inside what is not shown: deleted and moved away, formatting of before a change,
    /// and `mc:Fallback`, which repeats what `mc:Choice` said.
    skip: u32,
    /// Depth inside the properties of paragraphs.
    properties: u32,
    /// Paragraphs and runs that are open, one in another where a text box stands in one.
    paragraphs: Vec<Paragraph>,
    runs: Vec<bool>,
}

#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    hidden: bool,
    /// Its end was deleted: what follows goes on with it.
    is_joined: bool,
}

/// Elements open at once that are followed.
const MAX_OPEN: usize = 1_000;

impl Body {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open(name, tag) => self.open(name, tag),
            Step::Close(name) => self.close(name),
            Step::Text(text) if self.in_text && self.is_shown() => self.flow.text(text),
            Step::Text(_) => {}
        }
    }

    fn is_shown(&self) -> bool {
        let is_hidden = self.paragraphs.last().is_some_and(|p| p.hidden);
        self.skip == 0 && !is_hidden && !self.runs.last().is_some_and(|hidden| *hidden)
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        if is_skipped(name) {
            let is_mark = self.properties > 0 && matches!(name, "del" | "moveFrom");
            if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| is_mark) {
                paragraph.is_joined |= self.skip == 0;
            }
            self.skip = self.skip.saturating_add(1);
            return;
        }
        if self.skip > 0 {
            return;
        }
        if self.is_shown() {
            self.pictures.extend(picture_id(name, tag));
        }
        match name {
            "p" if self.paragraphs.len() < MAX_OPEN => {
                self.paragraphs.push(Paragraph::default());
            }
            "r" if self.runs.len() < MAX_OPEN => self.runs.push(false),
            "pPr" => self.properties = self.properties.saturating_add(1),
            "t" if self.is_list_text(tag) => {}
            "t" => self.in_text = true,
            "tr" => self.flow.start_row(),
            "tab" | "cr" if self.properties == 0 && self.is_shown() => {
                self.flow.text("\t");
            }
            "br" if self.is_shown() => self.flow.end_line(),
            "noBreakHyphen" if self.is_shown() => self.flow.text("-"),
            // Words bent into a drawing, such as a watermark.
            "textpath" if self.is_shown() => {
                self.flow.text(&tag.attribute("string").unwrap_or_default());
                self.flow.end_line();
            }
            _ => self.describe(name, tag),
        }
    }

    /// Takes over what the properties of a paragraph or run say.
    fn describe(&mut self, name: &str, tag: &Tag<'_>) {
        let value = || tag.attribute("val");
        let hides = |style: Option<String>| {
            style.is_some_and(|style| self.numbering.styles().hides(&style))
        };
        let run_hides = match name {
            "vanish" => is_on(tag),
            "rStyle" => hides(value()),
            _ => false,
        };
        let paragraph_hides = name == "pStyle" && hides(value());
        if self.properties > 0 {
            let Some(paragraph) = self.paragraphs.last_mut() else {
                return;
            };
            match name {
                "pStyle" => {
                    paragraph.style = value();
                    paragraph.hidden = paragraph_hides;
                }
                "numId" => paragraph.list = value(),
                "ilvl" => paragraph.level = level(tag),
                _ => {}
            }
        } else if let Some(run) = self.runs.last_mut() {
            // Off overrides what the style says.
            *run = run_hides || *run && name != "vanish";
        }
    }

    /// Word 2003 writes the number of a list item beside it.
    fn is_list_text(&mut self, tag: &Tag<'_>) -> bool {
        let number = tag.attribute("val").filter(|_| self.properties > 0);
        if let Some(number) = &number
            && number.chars().any(char::is_alphanumeric)
        {
            self.flow.text(number);
            self.flow.text(" ");
        }
        self.properties > 0
    }

    fn close(&mut self, name: &str) {
        if is_skipped(name) {
            self.skip = self.skip.saturating_sub(1);
            return;
        }
        if self.skip > 0 {
            return;
        }
        match name {
            "t" => self.in_text = false,
            "r" => {
                self.runs.pop();
            }
            "pPr" => {
                self.properties = self.properties.saturating_sub(1);
                self.number();
            }
            "p" => {
                let paragraph = self.paragraphs.pop();
                if !paragraph.is_some_and(|paragraph| paragraph.is_joined) {
                    self.flow.end_line();
                }
            }
            "tc" => self.flow.end_cell(),
            "tr" => self.flow.end_row(),
            _ => {}
        }
    }

    /// Puts the number before a paragraph whose properties are read.
    fn number(&mut self) {
        let Some(paragraph) = self.paragraphs.last() else {
            return;
        };
        if paragraph.is_joined || paragraph.hidden || self.properties > 0 {
            return;
        }
        let (list, style) = (paragraph.list.as_deref(), paragraph.style.as_deref());
        if let Some(number) = self.numbering.next(list, paragraph.level, style) {
            self.flow.text(&number);
        }
    }

    /// Ends a part, whatever it left open.
    fn end_part(&mut self) {
        self.flow.leave_rows();
        self.in_text = false;
        (self.skip, self.properties) = (0, 0);
        self.paragraphs.clear();
        self.runs.clear();
    }
}

/// Tells whether what an element holds is not shown.
fn is_skipped(name: &str) -> bool {
    matches!(name, "Fallback" | "del" | "moveFrom") || name.ends_with("PrChange")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::document::xml::walk;

    #[test]
    fn paragraphs_rows_and_entities_are_read_and_fallbacks_are_not() {
        let xml = r#"<w:document><w:body>
            <w:p><w:r><w:t>NOMOR</w:t></w:r><w:r><w:tab/><w:t>5 &amp; 6</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>No</w:t></w:r></w:p></w:tc>
            <w:tc><w:p><w:r><w:t>Nama</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><mc:AlternateContent><mc:Choice><w:t>kotak</w:t></mc:Choice>
            <mc:Fallback><w:t>kotak</w:t></mc:Fallback></mc:AlternateContent>
            <w:del><w:r><w:t>terhapus</w:t></w:r></w:del>
            <w:moveFrom><w:r><w:t>pindah</w:t></w:r></w:moveFrom>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>tersembunyi</w:t></w:r><a:blip r:embed="rId7"/></w:p>
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
