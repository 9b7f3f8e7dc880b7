//! Gathers running text into lines: a paragraph is a line, and so is a row of a table. Apart,
//! because every format tells the same story in other marks, and because the sum of all text
//! is held below one limit here.

/// Bytes of text kept of one document: a thousand pages of print. A page of words takes some
/// fifty times its bytes in memory, and a worker has 400 MiB.
const MAX_TEXT: usize = 4 << 20;

/// A writer of lines.
#[derive(Debug)]
pub(super) struct Flow {
    lines: Vec<String>,
    line: String,
    /// How many rows of tables are open, one inside another.
    rows: u32,
    /// Lines put aside while a note inside them is read.
    aside: Vec<(String, u32)>,
    left: usize,
    cut: bool,
}

impl Default for Flow {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            line: String::new(),
            rows: 0,
            aside: Vec::new(),
            left: MAX_TEXT,
            cut: false,
        }
    }
}

impl Flow {
    /// Adds text to the line; line feeds in it are spaces.
    pub fn text(&mut self, text: &str) {
        match self.left.checked_sub(text.len()) {
            Some(left) => {
                self.left = left;
                self.line.push_str(text);
            }
            None => self.cut = true,
        }
    }

    /// Adds one character.
    pub fn push(&mut self, c: char) {
        self.text(c.encode_utf8(&mut [0; 4]));
    }

    /// Ends the line by the author's wish; in a table, where a row is a line, it is a space.
    pub fn end_line(&mut self) {
        if self.rows > 0 {
            self.push(' ');
        } else {
            self.flush();
        }
    }

    /// Adds lines that are finished and were counted when they were.
    pub fn lines(&mut self, lines: Vec<String>) {
        self.flush();
        self.lines.extend(lines);
    }

    /// Ends a cell of a row.
    pub fn end_cell(&mut self) {
        self.text("  ");
    }

    /// Begins a row. A row inside a cell of another row belongs to that one's line.
    pub fn start_row(&mut self) {
        if self.rows == 0 {
            self.flush();
        }
        self.rows = self.rows.saturating_add(1);
    }

    /// Ends a row.
    pub fn end_row(&mut self) {
        self.rows = self.rows.saturating_sub(1);
        if self.rows == 0 {
            self.flush();
        }
    }

    /// Ends every open row: what follows is outside of all tables.
    pub fn leave_rows(&mut self) {
        self.rows = 0;
        self.flush();
    }

    /// Puts the line aside, to be gone on with after a note that stands in it.
    pub fn set_aside(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.aside.push((line, std::mem::take(&mut self.rows)));
    }

    /// Returns the lines of the note and goes on with the line put aside.
    pub fn resume(&mut self, note_from: usize) -> Vec<String> {
        self.flush();
        let (line, rows) = self.aside.pop().unwrap_or_default();
        (self.line, self.rows) = (line, rows);
        self.lines.split_off(note_from.min(self.lines.len()))
    }

    /// Returns how many lines are finished.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Tells whether text was left out because there was too much of it.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Finishes a page and gives its lines.
    pub fn page(&mut self) -> Vec<String> {
        while !self.aside.is_empty() {
            let mut note = self.resume(self.lines.len());
            self.lines.append(&mut note);
        }
        self.leave_rows();
        std::mem::take(&mut self.lines)
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.lines.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_lines_and_notes_do_not_tear_them() {
        let mut flow = Flow::default();
        flow.text("judul");
        flow.end_line();
        flow.start_row();
        flow.text("No");
        flow.end_line();
        flow.end_cell();
        flow.text("Nama");
        let from = flow.len();
        flow.set_aside();
        flow.text("catatan");
        flow.end_line();
        assert_eq!(flow.resume(from), ["catatan"]);
        flow.end_row();
        assert_eq!(flow.page(), ["judul", "No   Nama"]);
        assert!(!flow.is_cut());
    }

    #[test]
    fn text_ends_at_the_limit() {
        let mut flow = Flow::default();
        for _ in 0..=MAX_TEXT / 1024 {
            flow.text(&"a".repeat(1024));
        }
        assert!(flow.is_cut());
        assert_eq!(flow.page()[0].len(), MAX_TEXT);
    }
}
