//! Takes the bytes of a text or CSV file, in whatever encoding an old PC left it, and gives its
//! lines.

use super::normalize;
use crate::model::{Line, Page, TextOrigin};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes read of a text file: a thousand pages of print. Logs and data dumps beyond are no
/// evidence.
const MAX_BYTES: usize = 4 << 20;
/// Rows looked at to tell a table from prose.
const ROWS_SAMPLED: usize = 50;

/// Returns the lines of a text file, and whether that is all of them. The rows of a CSV have two
/// spaces between their cells.
pub(super) fn lines(bytes: &[u8]) -> (Vec<String>, bool) {
    let text = decode(bytes.get(..MAX_BYTES).unwrap_or(bytes));
    let text = text.trim_start_matches('\u{FEFF}');
    let text = &text.replace("\r\n", "\n");
    let lines = match separator(text) {
        Some(separator) => rows(text, separator),
        None => text.lines().map(str::to_owned).collect(),
    };
    (lines, bytes.len() <= MAX_BYTES)
}

/// Cuts lines off beyond the limit of all text; tells whether they were within it.
pub(super) fn within_limit(lines: &mut Vec<String>) -> bool {
    let mut left = MAX_BYTES;
    let kept = lines.iter().position(|line| {
        let more = left.checked_sub(line.len());
        left = more.unwrap_or(left);
        more.is_none()
    });
    lines.truncate(kept.unwrap_or(lines.len()));
    kept.is_none()
}

/// Tells which character parts the cells of a table: each row has as many of it as the first.
/// Prose has commas, but not so. Two rows are enough to know where there are three cells and
/// nobody would write so, or where a program put one in quotes.
fn separator(text: &str) -> Option<char> {
    // Spreadsheets put the separator on a line of its own.
    let first = text.lines().find(|line| !line.trim().is_empty());
    if let Some(said) = first.and_then(|line| line.strip_prefix("sep=")) {
        return said.chars().next();
    }
    [';', '\t', ','].into_iter().find(|separator| {
        let filled = |row: &Row| row.cells.iter().any(|cell| !cell.is_empty());
        let rows = Rows::new(text, *separator).filter(filled);
        let sample: Vec<Row> = rows.take(ROWS_SAMPLED).collect();
        let first = sample.first().map_or(0, |row| row.cells.len());
        let is_sure =
            first >= 3 && (*separator != ',' || sample.iter().any(|r| r.quoted));
        first >= 2
            && (sample.len() >= 3 || sample.len() == 2 && is_sure)
            && sample.iter().all(|row| row.cells.len() == first)
    })
}

/// Returns the rows of a table.
fn rows(text: &str, separator: char) -> Vec<String> {
    let rows = Rows::new(text, separator);
    rows.map(|row| row.cells.join("  ")).collect()
}

/// A row of a table, quotes taken off (RFC 4180).
struct Row {
    cells: Vec<String>,
    /// Some cell stood in quotes.
    quoted: bool,
}

/// Goes through the rows of a table. Between quotes, a separator parts nothing and a line feed
/// ends nothing.
struct Rows<'t> {
    rest: &'t str,
    separator: char,
}

impl<'t> Rows<'t> {
    fn new(text: &'t str, separator: char) -> Self {
        Self {
            rest: text,
            separator,
        }
    }

    /// Takes a cell off and tells whether it was quoted, and whether the row goes on.
    fn cell(&mut self) -> (String, bool, bool) {
        if let Some((cell, rest)) = quoted(self.rest, self.separator) {
            self.rest = rest;
            return (cell, true, self.goes_on());
        }
        let separator = self.separator;
        let end = self.rest.find([separator, '\n']);
        let (cell, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        // A quote without an end is a sign like any other.
        let cell = cell.trim().trim_start_matches('"').replace("\"\"", "\"");
        (cell, false, self.goes_on())
    }

    /// Steps over what ends a cell; tells whether that is a separator.
    fn goes_on(&mut self) -> bool {
        let mut chars = self.rest.chars();
        let mark = chars.next();
        self.rest = chars.as_str();
        mark == Some(self.separator)
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.rest.is_empty() {
            return None;
        }
        let mut row = Row {
            cells: Vec::new(),
            quoted: false,
        };
        loop {
            let (cell, quoted, goes_on) = self.cell();
            row.cells.push(cell);
            row.quoted |= quoted;
            if !goes_on {
                return Some(row);
            }
        }
    }
}

/// Bytes of the longest cell in quotes: a quote that nobody closed must not swallow a table.
const MAX_QUOTED: usize = 32 << 10;

/// Takes off a cell that begins with a quote, its line feeds made spaces; returns it with what
/// follows, from what ends it. `None` where the quote is not closed before the cell's end.
fn quoted(text: &str, separator: char) -> Option<(String, &str)> {
    let blanks = |c: char| matches!(c, ' ' | '\r') || c == '\t' && separator != '\t';
    let inner = text.trim_start_matches(blanks).strip_prefix('"')?;
    let mut from = 0;
    let end = loop {
        let quote = from + inner.get(from..)?.find('"')?;
        if quote > MAX_QUOTED {
            return None;
        }
        match inner.get(quote + 1..)?.starts_with('"') {
            true => from = quote + 2,
            false => break quote,
        }
    };
    let rest = inner.get(end + 1..)?.trim_start_matches(blanks);
    let is_end = rest.is_empty() || rest.starts_with([separator, '\n']);
    let lines = inner.get(..end)?.replace("\"\"", "\"");
    let lines: Vec<&str> = lines.split_whitespace().collect();
    is_end.then(|| (lines.join(" "), rest))
}

/// Makes a page without boxes from lines; empty ones are left out.
pub(super) fn page<S: AsRef<str>>(
    number: u32,
    lines: impl IntoIterator<Item = S>,
) -> Page {
    let mut page = Page::empty(number, None);
    page.lines = lines
        .into_iter()
        .map(|line| Line::plain(&normalize::word(line.as_ref())))
        .filter(|line| !line.words.is_empty())
        .collect();
    if !page.lines.is_empty() {
        page.origin = TextOrigin::Layer;
    }
    page
}

/// Decodes by the byte order mark, then as UTF-8 if it is that, else by what the bytes look
/// like.
pub(super) fn decode(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => wide(bytes).unwrap_or_else(|| narrow(bytes)),
    };
    encoding.decode(bytes).0.into_owned()
}

/// Tells UTF-16 without a mark: nearly every second byte is zero.
pub(super) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    if looks_like(bytes, 1) {
        Some(UTF_16LE)
    } else if looks_like(bytes, 0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Tells an encoding of bytes. Indonesian has hardly a letter beyond ASCII, and too few to guess
/// by: such text is Windows-1252. Where one letter in five is another, the language is another,
/// and letters enough are there.
fn narrow(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    if high * 5 < bytes.len() {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a mark: nearly every second byte, from `zeros_at`, is zero, and hardly any
/// other.
fn looks_like(bytes: &[u8], zeros_at: usize) -> bool {
    let sample = bytes.get(..1024).unwrap_or(bytes);
    let zeros = |from: usize| {
        let bytes = sample.iter().skip(from).step_by(2);
        bytes.filter(|b| **b == 0).count()
    };
    let (here, there) = (zeros(zeros_at), zeros(1 - zeros_at));
    sample.len() >= 8 && here * 2 * 10 > sample.len() * 9 && there * 20 < sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<String> {
        lines(bytes).0
    }

    #[test]
    fn every_encoding_of_an_office_pc_is_read() {
        let utf16: Vec<u8> = "\u{FEFF}Kaf\u{e9}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            &b"Kaf\xC3\xA9"[..],
            b"\xEF\xBB\xBFKaf\xC3\xA9",
            b"Kaf\xE9",
            &utf16,
        ] {
            assert_eq!(read(bytes), ["Kaf\u{e9}"], "{bytes:?}");
        }
        let bare: Vec<u8> = "Peraturan Bupati"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(read(&bare), ["Peraturan Bupati"]);
    }

    #[test]
    fn indonesian_is_windows_1252_and_russian_is_not() {
        let text = b"Anggaran \x96 \x93Rp 5.000\x94, caf\xE9 na\xEFf, 25 \xB0C";
        assert_eq!(
            read(text),
            [
                "Anggaran \u{2013} \u{201C}Rp 5.000\u{201D}, caf\u{e9} na\u{ef}f, 25 \u{b0}C"
            ]
        );
        let russian = "Постановление правительства о детях и школах";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(read(&bytes), [russian]);
    }

    #[test]
    fn tables_come_apart_and_prose_does_not() {
        for (text, expected) in [
            (
                "No;Nama\n1;\"Siti; Budi\"\n2;\"Kata \"\"Ani\"\"\"\n",
                &["No  Nama", "1  Siti; Budi", "2  Kata \"Ani\""][..],
            ),
            ("a,b\n1,2\n3,4\n", &["a  b", "1  2", "3  4"]),
            ("sep=;\na;b\n", &["sep=  ", "a  b"]),
            (
                "\u{FEFF}No;Catatan\r\n1;\"ada; lengkap\r\nbaris dua\"\r\n2;\"ia \"\"siap\"\"\"\r\n",
                &["No  Catatan", "1  ada; lengkap baris dua", "2  ia \"siap\""],
            ),
            (
                "No;Nama;Ket\n1;Andre;ok",
                &["No  Nama  Ket", "1  Andre  ok"],
            ),
            ("a,b,c\nd,e,f", &["a,b,c", "d,e,f"]),
            (
                "a;b\n1;\"buka\n2;c\n3;d\n",
                &["a  b", "1  buka", "2  c", "3  d"],
            ),
            (
                "Yth. Bapak, Ibu\nMari, kawan\n",
                &["Yth. Bapak, Ibu", "Mari, kawan"],
            ),
            (
                "satu, dua\ntiga\nempat, lima\n",
                &["satu, dua", "tiga", "empat, lima"],
            ),
        ] {
            assert_eq!(read(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn lines_are_kept_and_empty_ones_dropped() {
        let page = page(1, read(b"NOMOR 5\r\n\r\nTAHUN\t2018\r\n"));
        assert_eq!(page.text(), "NOMOR 5\nTAHUN 2018");
        assert_eq!(page.origin, TextOrigin::Layer);
    }

    #[test]
    fn lines_beyond_the_limit_are_cut_off() {
        let mut lines = vec!["a".repeat(1 << 20); 5];
        assert!(!within_limit(&mut lines));
        assert_eq!(lines.len(), 4);
        assert!(within_limit(&mut lines));
    }
}
