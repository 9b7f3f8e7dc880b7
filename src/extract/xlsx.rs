//! Takes an Excel workbook and gives a page a sheet, a line a row. Cells are streamed, for a
//! sheet may claim a million rows of which three are filled.

use super::{Limits, text};
use crate::model::{Extraction, FileState, MediaType, Note, NoteCode, Page};
use calamine::{DataRef, Reader, Xlsx};
use std::io::Cursor;

/// Filled rows read of a sheet: no list that a person checks is longer.
const MAX_ROWS: usize = 50_000;
/// Cells read of a sheet.
const MAX_CELLS: usize = 500_000;

/// Reads an XLSX.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> (FileState, Extraction) {
    let mut extraction = Extraction::without_pages(MediaType::Xlsx);
    let read = super::guard(|| sheets(bytes, limits, &mut extraction));
    let Err(words) = read.and_then(|read| read) else {
        return (FileState::Indexed, extraction);
    };
    let mut extraction = Extraction::without_pages(MediaType::Xlsx);
    extraction
        .notes
        .push(Note::file(NoteCode::BrokenStructure).with(words));
    (FileState::Damaged, extraction)
}

fn sheets(
    bytes: &[u8],
    limits: &Limits,
    extraction: &mut Extraction,
) -> Result<(), String> {
    let book: Result<Xlsx<_>, _> = Xlsx::new(Cursor::new(bytes));
    let mut book = book.map_err(|error| error.to_string())?;
    let names = book.sheet_names();
    extraction.page_count = u32::try_from(names.len()).unwrap_or(u32::MAX);
    for (number, name) in (1..=limits.max_pages).zip(names) {
        let Some((lines, whole)) = rows(&mut book, &name) else {
            extraction.pages.push(Page::empty(number, None));
            extraction
                .notes
                .push(Note::page(NoteCode::PageUnreadable, number));
            continue;
        };
        extraction.pages.push(text::page(number, lines));
        if !whole {
            extraction
                .notes
                .push(Note::page(NoteCode::TooManyPages, number));
        }
    }
    Ok(())
}

/// Gives the filled rows of a sheet, its name first, and whether that is all of them.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Option<(Vec<String>, bool)> {
    let mut cells = book.worksheet_cells_reader(sheet).ok()?;
    let mut lines = vec![sheet.to_owned()];
    let mut row = None;
    for _ in 0..MAX_CELLS {
        let Ok(Some(cell)) = cells.next_cell() else {
            return Some((lines, true));
        };
        let text = shown(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let at = cell.get_position().0;
        if row != Some(at) && lines.len() > MAX_ROWS {
            return Some((lines, false));
        }
        match lines.last_mut().filter(|_| row == Some(at)) {
            Some(line) => {
                line.push_str("  ");
                line.push_str(&text);
            }
            None => lines.push(text),
        }
        row = Some(at);
    }
    Some((lines, false))
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
