//! The page that a table is written to: lines, headings and paragraphs within its width.

use super::layout::{number, width, wrap};
use super::style::Paint;
use crate::model::Lang;

/// The text being written.
pub(crate) struct Page {
    pub lang: Lang,
    pub width: usize,
    pub paint: Paint,
    pub out: String,
}

impl Page {
    pub fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    pub fn heading(&mut self, id: &str, en: &str) {
        let paint = self.paint;
        self.line("");
        self.paragraph("", self.lang.pick(id, en), |line| paint.heading(line));
    }

    /// Writes a text on as many lines as it takes: the first after `lead`, the others as far in.
    pub fn paragraph(&mut self, lead: &str, text: &str, wear: impl Fn(&str) -> String) {
        let mut lead = lead.to_owned();
        for line in wrap(text, self.width.saturating_sub(width(&lead))) {
            self.line(&format!("{lead}{}", wear(&line)));
            lead = " ".repeat(width(&lead));
        }
    }

    pub fn points(&self, points: f64) -> String {
        number(points, 1, self.lang)
    }
}
