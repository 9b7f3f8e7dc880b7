//! Takes an Excel workbook, of today (XLSX, XLSB) or from before 2007, and gives a page a sheet, a line a
//! row. Cells of today's are streamed, for a sheet may claim a million rows of which three are
//! filled; those of old ones are held sparse by a reader that counts what it holds.

use super::package::Package;
use super::{Document, Refusal, ole};
use crate::extract::Limits;
use crate::model::{Note, NoteCode};
use calamine::{DataRef, Reader, Xlsb, Xlsx};
use office_oxide::xls::{CellValue, Sheet, XlsDocument, XlsError};
use std::io::Cursor;

/// Filled rows read of a sheet: no list that a person checks is longer.
const MAX_ROWS: usize = 50_000;
/// Cells read of a sheet.
const MAX_CELLS: usize = 500_000;
/// Bytes of text read of a workbook, as of any document.
const MAX_TEXT: usize = 4 << 20;
/// Bytes of the parts that are held in memory whole: the strings of the largest workbook an
/// office keeps.
const MAX_HELD: u64 = 32 << 20;
/// Parts that calamine holds whole, and without a limit of its own.
const HELD: [&str; 6] = [
    "xl/sharedStrings.xml",
    "xl/sharedStrings.bin",
    "xl/styles.xml",
    "xl/styles.bin",
    "xl/workbook.xml",
    "xl/workbook.bin",
];

/// Reads an XLSX or XLSB.
pub(super) fn xlsx(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes).map_err(Refusal::Broken)?;
    if let Some(part) = package.bomb() {
        return Err(Refusal::Bomb(part));
    }
    for part in HELD {
        let held = package.take(part, MAX_HELD).unwrap_or_default();
        if held.len() as u64 >= MAX_HELD {
            return Err(Refusal::Bomb(part.to_owned()));
        }
    }
    let metadata = package.ooxml_properties();
    let is_binary = package.identity("xl/workbook.bin").is_some();
    let mut document = if is_binary {
        let book: Result<Xlsb<_>, _> = Xlsb::new(Cursor::new(bytes));
        let mut book = book.map_err(Refusal::broken)?;
        let names = book.sheet_names();
        sheets(&names, limits, |name, rows| {
            let mut cells = book.worksheet_cells_reader(name).ok()?;
            rows.fill(|| {
                let cell = cells.next_cell().ok().flatten()?;
                Some((cell.get_position().0, shown(cell.get_value())))
            });
            Some(())
        })
    } else {
        let book: Result<Xlsx<_>, _> = Xlsx::new(Cursor::new(bytes));
        let mut book = book.map_err(Refusal::broken)?;
        let names = book.sheet_names();
        sheets(&names, limits, |name, rows| {
            let mut cells = book.worksheet_cells_reader(name).ok()?;
            rows.fill(|| {
                let cell = cells.next_cell().ok().flatten()?;
                Some((cell.get_position().0, shown(cell.get_value())))
            });
            Some(())
        })
    };
    document.metadata = metadata;
    Ok(document)
}

/// Reads each sheet in turn; `read` gives `None` for one that cannot be read.
fn sheets(
    names: &[String],
    limits: &Limits,
    mut read: impl FnMut(&str, &mut Rows) -> Option<()>,
) -> Document {
    let mut document = Document::default();
    let mut left = MAX_TEXT;
    for (number, name) in (1..=limits.max_pages).zip(names) {
        let mut rows = Rows::new(name, left);
        let is_read = read(name, &mut rows).is_some();
        left = rows.left;
        if !is_read {
            let note = Note::page(NoteCode::PageUnreadable, number);
            document.notes.push(note);
            rows.lines.clear();
        } else if rows.cut {
            let note = Note::page(NoteCode::TooManyPages, number);
            document.notes.push(note);
        }
        document.pages.push(rows.lines);
    }
    document.pages.resize(names.len(), Vec::new());
    document
}

/// Reads an XLS, Excel 2 to 2003.
pub(super) fn xls(bytes: &[u8]) -> Result<Document, Refusal> {
    ole::hold_limits();
    let book =
        XlsDocument::from_reader(Cursor::new(bytes)).map_err(|error| match error {
            XlsError::Encrypted | XlsError::EncryptionNotSupported(_) => Refusal::Locked,
            error => Refusal::broken(error),
        })?;
    let mut document = Document {
        metadata: ole::properties(book.summary_properties()),
        pictures: ole::pictures(book.images().iter().map(|image| image.data.as_slice())),
        ..Document::default()
    };
    let mut left = MAX_TEXT;
    for sheet in &book.sheets {
        let mut rows = Rows::new(&sheet.name, left);
        for (at, row) in (0_u32..).zip(&sheet.rows) {
            for column in 0..row.len() {
                rows.cell(at, &old_cell(sheet, at as usize, column));
            }
        }
        left = rows.left;
        document.pages.push(rows.lines);
        if rows.cut {
            let number = document.pages.len() as u32;
            document
                .notes
                .push(Note::page(NoteCode::TooManyPages, number));
        }
    }
    if book.truncated() {
        document.notes.push(Note::file(NoteCode::Truncated));
    }
    Ok(document)
}

/// Gives a cell as a person sees it; numbers plain, as those of an XLSX are.
fn old_cell(sheet: &Sheet, row: usize, column: usize) -> String {
    let value = sheet.rows.get(row).and_then(|row| row.get(column));
    match value {
        None | Some(CellValue::Empty | CellValue::Error(_)) => String::new(),
        Some(CellValue::Number(number)) => {
            let shown = sheet.display_text(row, column).unwrap_or_default();
            match iso_date(&shown) {
                Some(date) => date.to_owned(),
                None => number.to_string(),
            }
        }
        Some(CellValue::Bool(value)) => value.to_string(),
        Some(CellValue::String(text)) => text.clone(),
    }
}

/// Returns the date that a text begins with, `YYYY-MM-DD`.
fn iso_date(text: &str) -> Option<&str> {
    let date = text.get(..10)?;
    let form = date.bytes().enumerate().all(|(at, c)| match at {
        4 | 7 => c == b'-',
        _ => c.is_ascii_digit(),
    });
    form.then_some(date)
}

/// Gathers the filled cells of a sheet, its name first.
struct Rows {
    lines: Vec<String>,
    row: Option<u32>,
    left: usize,
    cut: bool,
}

impl Rows {
    fn new(sheet: &str, left: usize) -> Self {
        Self {
            lines: vec![sheet.to_owned()],
            row: None,
            left,
            cut: false,
        }
    }

    /// Takes cells, each with its row, until there are no more or too many.
    fn fill(&mut self, mut next: impl FnMut() -> Option<(u32, String)>) {
        for _ in 0..MAX_CELLS {
            let Some((row, text)) = next().filter(|_| !self.cut) else {
                return;
            };
            self.cell(row, &text);
        }
        self.cut = true;
    }

    fn cell(&mut self, at: u32, text: &str) {
        if text.is_empty() || self.cut {
            return;
        }
        let is_new = self.row != Some(at);
        let Some(left) = self.left.checked_sub(text.len() + 2) else {
            self.cut = true;
            return;
        };
        if is_new && self.lines.len() > MAX_ROWS {
            self.cut = true;
            return;
        }
        self.left = left;
        match self.lines.last_mut().filter(|_| !is_new) {
            Some(line) => {
                line.push_str("  ");
                line.push_str(text);
            }
            None => self.lines.push(text.to_owned()),
        }
        self.row = Some(at);
    }
}

/// Gives a cell as a person sees it, dates as `YYYY-MM-DD`.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::DateTime(stamp) if stamp.is_datetime() => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text)
        | DataRef::DateTimeIso(text)
        | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(stamp) => stamp.as_f64().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_row_are_a_line() {
        let mut rows = Rows::new("Lembar1", 100);
        for (at, text) in [(0, "No"), (0, "Nama"), (1, ""), (2, "1")] {
            rows.cell(at, text);
        }
        assert_eq!(rows.lines, ["Lembar1", "No  Nama", "1"]);
        rows.cell(3, &"x".repeat(100));
        assert!(rows.cut);
    }

    #[test]
    fn a_date_is_known_by_its_form() {
        assert_eq!(iso_date("2024-05-14T00:00:00"), Some("2024-05-14"));
        assert_eq!(iso_date("1,234,567.00"), None);
        assert_eq!(iso_date("é"), None);
    }
}
