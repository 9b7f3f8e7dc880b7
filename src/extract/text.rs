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

/// Gives the lines of a text file, and whether that is all of them. The rows of a CSV have two
/// spaces between their cells.
pub(super) fn lines(bytes: &[u8]) -> (Vec<String>, bool) {
    let text = decode(bytes.get(..MAX_BYTES).unwrap_or(bytes));
    let lines = match separator(&text) {
        Some(separator) => rows(&text, separator),
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
/// Prose has commas, but not so; two rows are not enough to know.
fn separator(text: &str) -> Option<char> {
    let sample: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(ROWS_SAMPLED)
        .collect();
    // Spreadsheets put the separator on a line of its own.
    if let Some(said) = sample.first().and_then(|line| line.strip_prefix("sep=")) {
        return said.chars().next();
    }
    [';', '\t', ','].into_iter().find(|separator| {
        let count = |line: &&str| cells(line, *separator).count();
        let first = sample.first().map_or(0, count);
        first >= 2 && sample.len() >= 3 && sample.iter().all(|line| count(line) == first)
    })
}

/// Gives the rows of a table, quotes taken off (RFC 4180).
fn rows(text: &str, separator: char) -> Vec<String> {
    let row = |line: &str| cells(line, separator).collect::<Vec<_>>().join("  ");
    text.lines().map(row).collect()
}

/// Splits a row; a separator between quotes parts nothing.
fn cells(line: &str, separator: char) -> impl Iterator<Item = String> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let mut quoted = false;
        let end = line.find(|c: char| {
            quoted ^= c == '"';
            !quoted && c == separator
        });
        let cell = match end {
            Some(end) => {
                rest = line.get(end + separator.len_utf8()..);
                line.get(..end).unwrap_or_default()
            }
            None => {
                rest = None;
                line
            }
        };
        let cell = cell.trim();
        let bare = cell
            .strip_prefix('"')
            .map(|cell| cell.strip_suffix('"').unwrap_or(cell));
        Some(bare.unwrap_or(cell).replace("\"\"", "\""))
    })
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
