//! Takes the bytes of a text or CSV file, in whatever encoding an old PC left it, and gives its
//! lines.

use super::normalize;
use crate::model::{Extraction, Line, MediaType, Note, NoteCode, Page, TextOrigin};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes read of a text file: a thousand pages of print. Logs and data dumps beyond are no
/// evidence.
const MAX_BYTES: usize = 4 << 20;

/// Reads a text file as one page without boxes.
pub(super) fn read(bytes: &[u8]) -> Extraction {
    let mut extraction = Extraction::without_pages(MediaType::Text);
    if bytes.len() > MAX_BYTES {
        extraction.notes.push(Note::file(NoteCode::TooManyPages));
    }
    let text = decode(bytes.get(..MAX_BYTES).unwrap_or(bytes));
    extraction.pages.push(page(1, text.lines()));
    extraction.page_count = 1;
    extraction
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

/// Decodes by the byte order mark, then as UTF-8 if it is that, else as Windows-1252.
fn decode(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if looks_like(bytes, 1) => UTF_16LE,
        None if looks_like(bytes, 0) => UTF_16BE,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    encoding.decode(bytes).0.into_owned()
}

/// UTF-16 without a mark: nearly every second byte, from `zeros_at`, is zero.
fn looks_like(bytes: &[u8], zeros_at: usize) -> bool {
    let sample = bytes.get(..1024).unwrap_or(bytes);
    let zeros = sample
        .iter()
        .skip(zeros_at)
        .step_by(2)
        .filter(|b| **b == 0)
        .count();
    sample.len() >= 8 && zeros * 2 * 10 > sample.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let read = read(bytes);
            assert_eq!(read.pages[0].text(), "Kaf\u{e9}", "{bytes:?}");
        }
    }

    #[test]
    fn lines_are_kept_and_empty_ones_dropped() {
        let read = read(b"NOMOR 5\r\n\r\nTAHUN\t2018\r\n");
        assert_eq!(read.pages[0].text(), "NOMOR 5\nTAHUN 2018");
        assert_eq!(read.pages[0].origin, TextOrigin::Layer);
    }
}
