//! Gathers what is drawn rather than written: the shapes of a slide or a sheet, a diagram
//! (`SmartArt`), a chart. One reader for all of them, because `DrawingML` is one language.

use super::drawing::picture_id;
use crate::extract::document::flow::Flow;
use crate::extract::document::xml::{Step, Tag};

/// Gathers the text of one drawing (ECMA-376 part 1, chapters 19 and 21).
pub(crate) struct Shapes<'f> {
    flow: &'f mut Flow,
    in_text: bool,
    /// Which words a shape holds the place of.
    role: Role,
    fallback: u32,
    /// Depth inside the words a chart keeps of its sheet.
    kept: u32,
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
    /// Makes a reader that counts its text with that of the document.
    pub fn new(flow: &'f mut Flow) -> Self {
        Self {
            flow,
            in_text: false,
            role: Role::Body,
            fallback: 0,
            kept: 0,
            title: Vec::new(),
            lines: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// Takes one step through the part.
    pub fn step(&mut self, step: &Step<'_>) {
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
            "t" | "text" => self.in_text = true,
            "v" => self.in_text = self.kept > 0,
            "strCache" => self.kept = self.kept.saturating_add(1),
            "tr" => self.flow.start_row(),
            "tab" => self.flow.text("\t"),
            "br" => self.flow.end_line(),
            "Fallback" => self.fallback += 1,
            "sp" => self.finish_shape(),
            "ph" => self.role = role(tag.attribute("type").as_deref()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" | "v" => self.in_text = false,
            "strCache" => self.kept = self.kept.saturating_sub(1),
            "p" | "pt" | "text" => {
                self.in_text = false;
                self.flow.end_line();
            }
            "tc" => self.flow.end_cell(),
            "tr" => self.flow.end_row(),
            "Fallback" => self.fallback = self.fallback.saturating_sub(1),
            "sp" => self.finish_shape(),
            _ => {}
        }
    }

    /// Adds the lines of a shape to the title or the body.
    fn finish_shape(&mut self) {
        let lines = self.flow.page();
        match self.role {
            Role::Title => self.title.extend(lines),
            _ => self.lines.extend(lines),
        }
        self.role = Role::Body;
    }

    /// Returns the lines, a title first, and the ids of the pictures.
    pub fn finish(mut self) -> (Vec<String>, Vec<String>) {
        self.finish_shape();
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
