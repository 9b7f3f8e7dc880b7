//! Takes an Excel workbook, of today (XLSX, XLSB) or from before 2007, and gives a page a
//! sheet, a line a row. Cells of today's are streamed, for a sheet may claim a million rows of
//! which three are filled; those of old ones are held sparse by a reader that counts what it
//! holds.

use super::package::Package;
use super::{biff, drawn, ole};
use crate::extract::Limits;
use crate::extract::document::{Document, Refusal};
use crate::model::{Note, NoteCode};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsb, Xlsx};
use office_oxide::xls::{CellValue, Sheet, XlsDocument, XlsError};
use std::{collections::BTreeSet, io::Cursor, path::Path};

/// The main part where nothing says another.
const MAIN: &str = "xl/workbook.xml";
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
pub(crate) fn xlsx(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
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
    let main = package.main_part().unwrap_or_else(|| MAIN.to_owned());
    let is_binary = Path::new(&main).extension().is_some_and(|e| e == "bin");
    let (names, hidden, mut document) = if is_binary {
        let book: Result<Xlsb<_>, _> = Xlsb::new(Cursor::new(bytes));
        let mut book = book.map_err(Refusal::broken)?;
        let (names, hidden) = shown_sheets(book.sheets_metadata());
        let cells = with_cells(book.sheets_metadata());
        let document = sheets(&names, limits, |name, rows| {
            if !cells.contains(name) {
                return Some(());
            }
            let mut cells = book.worksheet_cells_reader(name).ok()?;
            rows.fill(|| {
                let cell = cells.next_cell().ok().flatten()?;
                Some((cell.get_position().0, shown(cell.get_value())))
            });
            Some(())
        });
        (names, hidden, document)
    } else {
        let book: Result<Xlsx<_>, _> = Xlsx::new(Cursor::new(bytes));
        let mut book = book.map_err(Refusal::broken)?;
        let (names, hidden) = shown_sheets(book.sheets_metadata());
        let cells = with_cells(book.sheets_metadata());
        let document = sheets(&names, limits, |name, rows| {
            if !cells.contains(name) {
                return Some(());
            }
            let mut cells = book.worksheet_cells_reader(name).ok()?;
            rows.fill(|| {
                let cell = cells.next_cell().ok().flatten()?;
                Some((cell.get_position().0, shown(cell.get_value())))
            });
            Some(())
        });
        (names, hidden, document)
    };
    let mut drawn = drawn::drawn(&mut package, &main, &names);
    for (name, page) in names.iter().zip(&mut document.pages) {
        page.extend(drawn.lines.remove(name).unwrap_or_default());
    }
    document.pictures = drawn.pictures;
    document.notes.extend(hidden.into_iter().map(hidden_part));
    if drawn.is_cut {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document.metadata = metadata;
    Ok(document)
}

/// Returns the names of the sheets that are shown, and of those that are not.
fn shown_sheets(sheets: &[calamine::Sheet]) -> (Vec<String>, Vec<String>) {
    let (shown, hidden): (Vec<_>, Vec<_>) = sheets
        .iter()
        .partition(|sheet| sheet.visible == SheetVisible::Visible);
    let names = |sheets: Vec<&calamine::Sheet>| {
        sheets.into_iter().map(|sheet| sheet.name.clone()).collect()
    };
    (names(shown), names(hidden))
}

/// Returns the names of the sheets that have cells: others are charts or forms.
fn with_cells(sheets: &[calamine::Sheet]) -> BTreeSet<String> {
    let cells = sheets.iter().filter(|sheet| {
        matches!(sheet.typ, SheetType::WorkSheet | SheetType::MacroSheet)
    });
    cells.map(|sheet| sheet.name.clone()).collect()
}

fn hidden_part(name: String) -> Note {
    Note::file(NoteCode::HiddenPart).with(name)
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
pub(crate) fn xls(bytes: &[u8]) -> Result<Document, Refusal> {
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
    let beside = biff::drawn(bytes);
    for (number, sheet) in book.sheets.iter().enumerate() {
        if sheet.hidden {
            document.notes.push(hidden_part(sheet.name.clone()));
            continue;
        }
        let mut rows = Rows::new(&sheet.name, left);
        for (at, row) in (0_u32..).zip(&sheet.rows) {
            for column in 0..row.len() {
                rows.cell(at, &old_cell(sheet, at as usize, column));
            }
        }
        left = rows.left;
        let here = beside.iter().filter(|(sheet, _)| *sheet == number);
        rows.lines.extend(here.map(|(_, line)| line.clone()));
        let chart = sheet.chart_text.iter().chain(
            // Which sheet an inserted chart stands on is not known.
            book.chart_text()
                .iter()
                .filter(|_| document.pages.is_empty()),
        );
        rows.lines.extend(chart.cloned());
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

/// Returns a cell as a person sees it; numbers plain, as those of an XLSX are.
fn old_cell(sheet: &Sheet, row: usize, column: usize) -> String {
    let value = sheet.rows.get(row).and_then(|row| row.get(column));
    match value {
        None | Some(CellValue::Empty | CellValue::Error(_)) => String::new(),
        Some(CellValue::Number(number)) => {
            let shown = sheet.display_text(row, column).unwrap_or_default();
            match iso_date(&shown) {
                Some(_) if (0.0..1.0).contains(number) => time(*number),
                Some(date) => with_time(date, *number),
                None if is_time(&shown) => shown.into_owned(),
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

/// Shortens a stamp of ISO 8601 to the day, and to the minute where it says one.
pub(crate) fn iso_stamp(text: &str) -> String {
    let (date, rest) = text.split_once('T').unwrap_or((text, ""));
    let time = rest.get(..5).unwrap_or_default();
    let is_bare = date.is_empty() || date.starts_with("1899-12-3");
    match (is_bare, time) {
        (_, "" | "00:00") => date.to_owned(),
        (true, time) => time.to_owned(),
        (false, time) => format!("{date} {time}"),
    }
}

/// Tells whether a cell shows a time of day or a length of time: digits parted by colons.
fn is_time(text: &str) -> bool {
    let text = text.trim_end_matches([' ', 'A', 'P', 'M']);
    let is_number =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.contains(':') && text.split(':').all(is_number)
}

/// Writes the part of a day as a time, with seconds where there are any.
fn time(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{hours:02}:{minutes:02}"),
        _ => format!("{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// Writes a date with its time where it has one.
fn with_time(date: &str, days: f64) -> String {
    match days.fract() {
        part if part * 86_400.0 < 0.5 => date.to_owned(),
        part => format!("{date} {}", time(part)),
    }
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

/// Returns a cell as a person sees it, dates as `YYYY-MM-DD`. What is less than a day, or a length
/// of time, has no date.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::DateTime(stamp) if stamp.as_f64() < 0.0 => stamp.as_f64().to_string(),
        DataRef::DateTime(stamp) if stamp.is_duration() || stamp.as_f64() < 1.0 => {
            time(stamp.as_f64())
        }
        DataRef::DateTime(stamp) => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            with_time(&date, stamp.as_f64())
        }
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::DateTimeIso(text) => iso_stamp(text),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
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
    fn a_time_of_day_is_no_date() {
        use calamine::{ExcelDateTime, ExcelDateTimeType as Type};
        for (value, kind, expected) in [
            (8.5 / 24.0, Type::DateTime, "08:30"),
            (0.0, Type::DateTime, "00:00"),
            (8.504_166_666_666_667 / 24.0, Type::DateTime, "08:30:15"),
            (45_496.0, Type::DateTime, "2024-07-23"),
            (45_496.5, Type::DateTime, "2024-07-23 12:00"),
            (26.5 / 24.0, Type::TimeDelta, "26:30"),
            (-1.0, Type::DateTime, "-1"),
        ] {
            let cell = DataRef::DateTime(ExcelDateTime::new(value, kind, false));
            assert_eq!(shown(&cell), expected);
        }
        assert!(is_time("08:30") && is_time("8:30:15 AM"));
        assert!(!is_time("1250") && !is_time("a:b"));
        assert_eq!(iso_stamp("1899-12-31T08:30:00.000"), "08:30");
        assert_eq!(iso_stamp("2024-05-14T00:00:00.000"), "2024-05-14");
    }

    #[test]
    fn a_date_is_known_by_its_form() {
        assert_eq!(iso_date("2024-05-14T00:00:00"), Some("2024-05-14"));
        assert_eq!(iso_date("1,234,567.00"), None);
        assert_eq!(iso_date("é"), None);
    }
}
