//! Takes a presentation and gives a page a slide: its title, its text in the order of its
//! shapes, tables and diagrams, then the speaker's notes.

use super::docx::{is_drawn, targets};
use super::package::{Package, Relation};
use super::shapes::Shapes;
use crate::extract::Limits;
use crate::extract::document::flow::Flow;
use crate::extract::document::xml::Step;
use crate::extract::document::{Document, Refusal};
use crate::model::{Note, NoteCode};

/// The main part where nothing says another.
const PRESENTATION: &str = "ppt/presentation.xml";

/// Reads a PPTX.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
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
    let main = package
        .main_part()
        .unwrap_or_else(|| PRESENTATION.to_owned());
    let mut ids = Vec::new();
    let found = package.walk(&main, |step| {
        if let Step::Open("sldId", tag) = step {
            ids.extend(tag.attribute("r:id"));
        }
    });
    let relations = package.relations(&main);
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
    let is_notes =
        |relation: &Relation| matches!(&*relation.kind, "notesSlide" | "comments");
    let (drawn, notes): (Vec<&Relation>, Vec<&Relation>) = relations
        .iter()
        .filter(|relation| is_drawn(relation) || is_notes(relation))
        .partition(|relation| is_drawn(relation));
    for part in drawn.into_iter().chain(notes) {
        let mut shapes = Shapes::new(flow);
        package.walk(&part.target, |step| shapes.step(&step));
        lines.extend(shapes.finish().0);
    }
    if !found {
        let number = document.pages.len() as u32 + 1;
        let note = Note::page(NoteCode::PageUnreadable, number);
        document.notes.push(note);
    }
    lines
}
