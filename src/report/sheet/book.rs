//! A workbook (XLSX) of plain tables: a head that stays in sight, filters, columns of a fitting
//! width, pages that print. The same tables give the same bytes.

use crate::model::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url,
    Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeSet;

/// Excel's limits: cells of text, and names of sheets.
const CELL_CHARS: usize = 32_767;
const NAME_CHARS: usize = 31;
/// A4, as Excel numbers it.
const A4: u8 = 9;
/// The height of a line, and the most that a row can have, in points.
const LINE_POINTS: f64 = 15.0;
const MAX_POINTS: f64 = 409.0;
/// Wider tables print across.
const PORTRAIT_CHARS: f64 = 95.0;

/// A column: its head and how many characters wide it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column<'a>(pub &'a str, pub f64);

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A number to be filled in.
    Asked(Option<f64>),
    /// Text to be filled in.
    Remark(String),
    /// Text that opens a file.
    Link {
        uri: String,
        text: String,
    },
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        match text {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

/// A workbook being made.
pub(crate) struct Book {
    workbook: Workbook,
    names: BTreeSet<String>,
    look: Look,
}

/// What cells look like.
struct Look {
    head: Format,
    text: Format,
    number: Format,
    asked: Format,
    remark: Format,
    link: Format,
}

impl Look {
    fn new() -> Self {
        let cell = || {
            Format::new()
                .set_align(FormatAlign::Top)
                .set_text_wrap()
                .set_border(FormatBorder::Hair)
        };
        let open = || {
            cell()
                .set_background_color(Color::RGB(0x00FF_F8DC))
                .set_unlocked()
        };
        Self {
            head: cell()
                .set_bold()
                .set_background_color(Color::RGB(0x001F_3A5F))
                .set_font_color(Color::White),
            text: cell(),
            number: cell().set_num_format("0.##"),
            asked: open().set_num_format("0.##"),
            remark: open(),
            link: cell()
                .set_font_color(Color::RGB(0x0005_63C1))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
        }
    }
}

impl Book {
    /// Begins a book that says it was made on a day: the clock is not asked.
    pub fn new(title: &str, made: Date) -> Self {
        let mut workbook = Workbook::new();
        let year = u16::try_from(made.year()).unwrap_or(1900);
        let (month, day) = (made.month().unsigned_abs(), made.day().unsigned_abs());
        let mut properties = DocProperties::new().set_title(title).set_author("bukti");
        if let Ok(date) = ExcelDateTime::from_ymd(year, month, day) {
            properties = properties.set_creation_datetime(&date);
        }
        workbook.set_properties(&properties);
        Self {
            workbook,
            names: BTreeSet::new(),
            look: Look::new(),
        }
    }

    /// Adds a sheet with a table.
    pub fn sheet(
        &mut self,
        name: &str,
        columns: &[Column<'_>],
        rows: &[Vec<Cell>],
    ) -> Result<(), XlsxError> {
        let name = self.free_name(name);
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?;
        page(sheet, columns)?;
        for (at, Column(head, width)) in (0..).zip(columns) {
            sheet.set_column_width(at, *width)?;
            sheet.write_string_with_format(0, at, *head, &self.look.head)?;
        }
        sheet.set_row_height(0, LINE_POINTS * 2.0)?;
        for (row, cells) in (1..).zip(rows) {
            sheet.set_row_height(row, height(cells, columns))?;
            for (at, cell) in (0..).zip(cells) {
                write(sheet, (row, at), cell, &self.look)?;
            }
        }
        let last = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        sheet.autofilter(0, 0, rows, last)?;
        Ok(())
    }

    /// Returns the book as bytes.
    pub fn bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }

    /// Returns a name that Excel takes and no other sheet has.
    fn free_name(&mut self, name: &str) -> String {
        let is_forbidden = |c: char| "[]:*?/\\'".contains(c) || c.is_control();
        let plain: String = name
            .chars()
            .map(|c| if is_forbidden(c) { '-' } else { c })
            .collect();
        let mut free: String = plain.chars().take(NAME_CHARS).collect();
        let mut n = 1;
        while !self.names.insert(free.to_lowercase()) {
            n += 1;
            let tail = format!(" {n}");
            let room = NAME_CHARS.saturating_sub(tail.chars().count());
            free = plain.chars().take(room).collect::<String>() + &tail;
        }
        free
    }
}

/// Returns how high a row must be to show all its text, in points. Not every program works that
/// out by itself.
fn height(cells: &[Cell], columns: &[Column<'_>]) -> f64 {
    let lines = cells.iter().zip(columns).map(|(cell, Column(_, width))| {
        let text = match cell {
            Cell::Text(text) | Cell::Remark(text) | Cell::Link { text, .. } => text,
            Cell::Empty | Cell::Number(_) | Cell::Asked(_) => return 1.0,
        };
        let line = |line: &str| (line.chars().count() as f64 / width).ceil().max(1.0);
        text.lines().map(line).sum::<f64>().max(1.0)
    });
    (lines.fold(1.0, f64::max) * LINE_POINTS).min(MAX_POINTS)
}

/// Sets how a sheet scrolls and prints.
fn page(sheet: &mut Worksheet, columns: &[Column<'_>]) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    let width: f64 = columns.iter().map(|Column(_, width)| width).sum();
    if width > PORTRAIT_CHARS {
        sheet.set_landscape();
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Cell,
    look: &Look,
) -> Result<(), XlsxError> {
    let fits = |text: &str| text.chars().take(CELL_CHARS).collect::<String>();
    match cell {
        Cell::Empty => sheet.write_blank(row, at, &look.text)?,
        Cell::Text(text) => {
            sheet.write_string_with_format(row, at, fits(text), &look.text)?
        }
        Cell::Number(number) => {
            sheet.write_number_with_format(row, at, *number, &look.number)?
        }
        Cell::Asked(Some(number)) => {
            sheet.write_number_with_format(row, at, *number, &look.asked)?
        }
        Cell::Asked(None) => sheet.write_blank(row, at, &look.asked)?,
        Cell::Remark(text) => {
            sheet.write_string_with_format(row, at, fits(text), &look.remark)?
        }
        Cell::Link { uri, text } => {
            let link = Url::new(uri.as_str()).set_text(fits(text));
            match sheet.write_url_with_format(row, at, link, &look.link) {
                Ok(sheet) => sheet,
                // Longer than Excel takes, or of a form it refuses: the words alone.
                Err(_) => {
                    sheet.write_string_with_format(row, at, fits(text), &look.text)?
                }
            }
        }
    };
    Ok(())
}
