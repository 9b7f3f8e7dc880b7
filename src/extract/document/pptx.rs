//! Takes a presentation and gives a page a slide: its title, its text in the order of its
//! shapes, tables and diagrams, then the speaker's notes.

use super::docx::{picture_id, targets};
use super::flow::Flow;
use super::package::{Package, Relation};
use super::xml::{Step, Tag};
use super::{Document, Refusal};
use crate::extract::Limits;
use crate::model::{Note, NoteCode};

const PRESENTATION: &str = "ppt/presentation.xml";

/// Reads a PPTX.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes).map_err(Refusal::Broken)?;
    let names = slides(&mut package).ok_or_else(|| Refusal::broken(PRESENTATION))?;
    let mut document = Document::default();
    let mut flow = Flow::default();
    for name in names.iter().take(limits.max_pages as usize) {
        let slide = slide(&mut package, name, &mut flow, &mut document);
        document.pages.push(slide);
    }
    // Slides beyond the limit are counted, not read.
    document.pages.resize(names.len(), Vec::new());
    if flow.is_cut() {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document.metadata = package.ooxml_properties();
    Ok(document)
}

/// Returns the slides' parts in the order they are shown.
fn slides(package: &mut Package<'_>) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    let found = package.walk(PRESENTATION, |step| {
        if let Step::Open("sldId", tag) = step {
            ids.extend(tag.attribute("r:id"));
        }
    });
    let relations = package.relations(PRESENTATION);
    let target = |id: String| {
        let relation = relations.iter().find(|relation| relation.id == id)?;
        Some(relation.target.clone())
    };
    found.then(|| ids.into_iter().filter_map(target).collect())
}

fn slide(
    package: &mut Package<'_>,
    name: &str,
    flow: &mut Flow,
    document: &mut Document,
) -> Vec<String> {
    let mut shapes = Shapes::new(flow);
    let found = package.walk(name, |step| shapes.step(&step));
    let (mut lines, pictures) = shapes.finish();
    let relations = package.relations(name);
    document.pictures.extend(targets(&relations, &pictures));
    let parts =
        |kind: &'static str| relations.iter().filter(move |r: &&Relation| r.kind == kind);
    for diagram in parts("diagramData") {
        let mut shapes = Shapes::new(flow);
        package.walk(&diagram.target, |step| shapes.step(&step));
        lines.extend(shapes.finish().0);
    }
    for notes in parts("notesSlide") {
        let mut shapes = Shapes::new(flow);
        package.walk(&notes.target, |step| shapes.step(&step));
        lines.extend(shapes.finish().0);
    }
    if !found {
        let number = document.pages.len() as u32 + 1;
        let note = Note::page(NoteCode::PageUnreadable, number);
        document.notes.push(note);
    }
    lines
}

/// Gathers the text of one slide (ECMA-376 part 1, chapters 19 and 21).
struct Shapes<'f> {
    flow: &'f mut Flow,
    in_text: bool,
    /// Which words a shape holds the place of.
    role: Role,
    fallback: u32,
    title: Vec<String>,
    lines: Vec<String>,
    pictures: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Body,
    Title,
    /// Slide number, date and their like on the notes and in the foot: the program's words.
    Field,
}

impl<'f> Shapes<'f> {
    fn new(flow: &'f mut Flow) -> Self {
        Self {
            flow,
            in_text: false,
            role: Role::Body,
            fallback: 0,
            title: Vec::new(),
            lines: Vec::new(),
            pictures: Vec::new(),
        }
    }

    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open(name, tag) => self.open(name, tag),
            Step::Close(name) => self.close(name),
            Step::Text(text) if self.is_read() => self.flow.text(text),
            Step::Text(_) => {}
        }
    }

    fn is_read(&self) -> bool {
        self.in_text && self.fallback == 0 && self.role != Role::Field
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        self.pictures.extend(picture_id(name, tag));
        match name {
            "t" => self.in_text = true,
            "tr" => self.flow.start_row(),
            "tab" => self.flow.text("\t"),
            "br" => self.flow.end_line(),
            "Fallback" => self.fallback += 1,
            "sp" => self.settle(),
            "ph" => self.role = role(tag.attribute("type").as_deref()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.flow.end_line(),
            "tc" => self.flow.end_cell(),
            "tr" => self.flow.end_row(),
            "Fallback" => self.fallback = self.fallback.saturating_sub(1),
            "sp" => self.settle(),
            _ => {}
        }
    }

    /// Puts the lines of a shape that ends where they belong.
    fn settle(&mut self) {
        let lines = self.flow.page();
        match self.role {
            Role::Title => self.title.extend(lines),
            _ => self.lines.extend(lines),
        }
        self.role = Role::Body;
    }

    fn finish(mut self) -> (Vec<String>, Vec<String>) {
        self.settle();
        self.title.append(&mut self.lines);
        (self.title, self.pictures)
    }
}

fn role(placeholder: Option<&str>) -> Role {
    match placeholder {
        Some("title" | "ctrTitle") => Role::Title,
        Some("sldNum" | "dt") => Role::Field,
        _ => Role::Body,
    }
}
