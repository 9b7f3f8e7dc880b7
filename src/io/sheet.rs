//! Reads tables that people keep: the first sheet of a workbook, or a text with separators. Rows
//! come with the number that Excel shows beside them; what they mean is not known here.
#![allow(clippy::disallowed_methods, reason = "io reads files")]

use calamine::{Data, Reader, open_workbook_auto};
use std::path::{Path, PathBuf};

/// A table of answers has a few hundred rows; more bytes than this are something else.
const MAX_BYTES: u64 = 64 << 20;

/// What the names of workbooks end in; anything else is a text.
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// The reason why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file cannot be read.
    #[error("cannot read `{path}`")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// It is no workbook.
    #[error("`{path}` is no workbook")]
    NoWorkbook {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: calamine::Error,
    },
    /// It is too large for a table that a person fills in.
    #[error("`{path}` is too large")]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
}

/// A row of cells as text, and its number from 1.
pub type Row = (u32, Vec<String>);

/// Reads the rows of a table that are not empty: a workbook's first sheet, or a text. `part`
/// tells by the text what parts its cells, see [`most_frequent`].
///
/// # Errors
/// When the file cannot be read.
pub fn rows(path: &Path, part: fn(&str) -> u8) -> Result<Vec<Row>, SheetError> {
    let unreadable = |source| SheetError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(SheetError::TooLarge {
            path: path.to_owned(),
        });
    }
    let extension = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    let is_workbook = WORKBOOKS
        .iter()
        .any(|name| extension.eq_ignore_ascii_case(name));
    let rows = match is_workbook {
        true => workbook_rows(path)?,
        false => text_rows(&std::fs::read(path).map_err(unreadable)?, part),
    };
    let is_filled = |(_, cells): &Row| cells.iter().any(|cell| !cell.is_empty());
    Ok(rows.into_iter().filter(is_filled).collect())
}

fn workbook_rows(path: &Path) -> Result<Vec<Row>, SheetError> {
    let broken = |source| SheetError::NoWorkbook {
        path: path.to_owned(),
        source,
    };
    let mut book = open_workbook_auto(path).map_err(broken)?;
    let Some(range) = book.worksheet_range_at(0) else {
        return Ok(Vec::new());
    };
    let range = range.map_err(broken)?;
    let (first, _) = range.start().unwrap_or_default();
    let cells = |row: &[Data]| row.iter().map(cell_text).collect();
    Ok((first + 1..)
        .zip(range.rows())
        .map(|(n, row)| (n, cells(row)))
        .collect())
}

/// Returns a cell as a person sees it: whole numbers without a point.
fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}

/// Returns what parts the cells of the first line: Excel writes semicolons where decimals have
/// a comma.
pub fn most_frequent(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    let count = |mark: &u8| first.bytes().filter(|b| b == mark).count();
    let mark = [b';', b',', b'\t'].into_iter().max_by_key(count);
    mark.unwrap_or(b';')
}

/// Reads text in UTF-8, UTF-16 or what Windows wrote before.
fn text_rows(bytes: &[u8], part: fn(&str) -> u8) -> Vec<Row> {
    let (text, _, is_broken) = encoding_rs::UTF_8.decode(bytes);
    let text = match is_broken {
        true => encoding_rs::WINDOWS_1252.decode(bytes).0,
        false => text,
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(part(&text))
        .from_reader(text.as_bytes());
    let bytes = text.as_bytes();
    let (mut line, mut from) = (1, 0);
    let mut rows = Vec::new();
    for record in reader.records().filter_map(Result::ok) {
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(from);
        // The reader may stand between the two characters that end a line, or before empty ones.
        let is_end = |b: &&u8| matches!(**b, b'\r' | b'\n');
        let to = start + bytes.iter().skip(start).take_while(is_end).count();
        let passed = bytes.get(from..to).unwrap_or_default();
        line += passed.iter().map(|b| u32::from(*b == b'\n')).sum::<u32>();
        from = to;
        let cells = record.iter().map(|cell| cell.trim().to_owned());
        rows.push((line, cells.collect()));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_apart_whatever_separates_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        for (bytes, expected) in [
            (&b"kode;nilai\r\nQ1;2,5\r\n\r\n;;\r\n"[..], "2,5"),
            (b"\xef\xbb\xbfkode,nilai\nQ1,\"2,5\"\n", "2,5"),
            (b"kode\tnilai\nQ1\t2.5\n", "2.5"),
            (b"kode;nilai\nQ1;caf\xe9\n", "caf\u{e9}"),
            (
                b"\xff\xfek\x00o\x00;\x00n\x00\n\x00Q\x001\x00;\x007\x00\n\x00",
                "7",
            ),
        ] {
            std::fs::write(&path, bytes).unwrap();
            let rows = rows(&path, most_frequent).unwrap();
            assert_eq!(rows.len(), 2, "{rows:?}");
            assert!(rows[0].0 == 1 && rows[0].1[0].starts_with("ko"), "{rows:?}");
            assert_eq!(rows[1], (2, vec!["Q1".to_owned(), expected.to_owned()]));
        }
    }

    #[test]
    fn what_is_no_table_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        assert!(matches!(
            rows(&path, most_frequent),
            Err(SheetError::Unreadable { .. })
        ));
        std::fs::write(&path, "not a workbook").unwrap();
        assert!(matches!(
            rows(&path, most_frequent),
            Err(SheetError::NoWorkbook { .. })
        ));
    }
}
