//! Takes the records of an Excel workbook from before 2007 and gives what stands on its sheets
//! besides cells: text boxes and comments, headers and footers ([MS-XLS]).

use super::drawn::frame_lines;
use cfb::CompoundFile;
use encoding_rs::UTF_16LE;
use std::io::{Cursor, Read as _};

/// Bytes of the workbook's stream.
const MAX_BYTES: u64 = 128 << 20;
/// Bytes of text kept.
const MAX_TEXT: usize = 1 << 20;

const HEADER: u16 = 0x0014;
const FOOTER: u16 = 0x0015;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const TEXT_OBJECT: u16 = 0x01B6;
const BOF: u16 = 0x0809;

/// Returns lines with the number of their sheet, from 0, in the order of the stream.
pub(crate) fn drawn(bytes: &[u8]) -> Vec<(usize, String)> {
    let raw = CompoundFile::open(Cursor::new(bytes))
        .ok()
        .and_then(|mut file| {
            let stream = file.open_stream("/Workbook").ok()?;
            let mut raw = Vec::new();
            stream.take(MAX_BYTES).read_to_end(&mut raw).ok()?;
            Some(raw)
        });
    lines(&raw.unwrap_or_default())
}

fn lines(raw: &[u8]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut depth, mut sheets, mut left) = (0_u32, 0_usize, MAX_TEXT);
    // Characters that the object before still lacks.
    let mut wanted = 0;
    let mut text = String::new();
    let mut rest = raw;
    while let Some((&[a, b, c, d], after)) = rest.split_first_chunk::<4>() {
        let len = usize::from(u16::from_le_bytes([c, d]));
        let content = after.get(..len).unwrap_or(after);
        rest = after.get(len..).unwrap_or_default();
        // The globals come first.
        let sheet = sheets.saturating_sub(2);
        let mut keep = |marked: &str| {
            for line in frame_lines(marked) {
                left = left.saturating_sub(line.len());
                if left > 0 {
                    found.push((sheet, line));
                }
            }
        };
        match u16::from_le_bytes([a, b]) {
            BOF => {
                sheets += usize::from(depth == 0);
                depth += 1;
            }
            EOF => depth = depth.saturating_sub(1),
            HEADER | FOOTER => {
                let (count, rest) = content.split_at_checked(2).unwrap_or_default();
                let count = count
                    .iter()
                    .rev()
                    .fold(0, |sum, b| sum << 8 | usize::from(*b));
                keep(&characters(rest, count).0);
            }
            TEXT_OBJECT => {
                let count = content.get(10..12).unwrap_or_default();
                wanted = count
                    .iter()
                    .rev()
                    .fold(0, |sum, b| sum << 8 | usize::from(*b));
                text.clear();
            }
            CONTINUE if wanted > 0 => {
                let (more, count) = characters(content, wanted);
                text.push_str(&more);
                wanted = if count == 0 {
                    0
                } else {
                    wanted - count.min(wanted)
                };
                if wanted == 0 {
                    // What a person types has no marks.
                    keep(&text.replace('&', "&&"));
                }
            }
            _ => wanted = 0,
        }
    }
    found
}

/// Reads up to `count` characters that follow the byte that says how they are stored.
fn characters(raw: &[u8], count: usize) -> (String, usize) {
    let Some((flags, chars)) = raw.split_first() else {
        return (String::new(), 0);
    };
    if flags & 1 == 1 {
        let chars = chars.get(..2 * count).unwrap_or(chars);
        let text = UTF_16LE.decode_without_bom_handling(chars).0.into_owned();
        return (text, chars.len() / 2);
    }
    let chars = chars.get(..count).unwrap_or(chars);
    (
        chars.iter().map(|byte| char::from(*byte)).collect(),
        chars.len(),
    )
}

#[cfg(test)]
mod tests {
    use super::lines;

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let len = (content.len() as u16).to_le_bytes();
        [&kind.to_le_bytes()[..], &len, content].concat()
    }

    #[test]
    fn text_boxes_and_headers_are_found_on_their_sheet() {
        let mut object = [0_u8; 18];
        object[10] = 8;
        let wide: Vec<u8> = "eta".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let raw = [
            record(0x0809, &[]),
            record(0x000A, &[]),
            record(0x0809, &[]),
            record(0x0014, b"\x07\0\0&CSatu\r"),
            record(0x0809, &[]),
            record(0x000A, &[]),
            record(0x000A, &[]),
            record(0x0809, &[]),
            record(0x01B6, &object),
            record(0x003C, b"\0Kotak"),
            record(0x003C, &[&[1][..], &wide].concat()),
            record(0x003C, &[9; 16]),
        ]
        .concat();
        let expected = [(0, "Satu".to_owned()), (1, "Kotaketa".to_owned())];
        assert_eq!(lines(&raw), expected);
        assert_eq!(lines(&raw[..raw.len() - 30]), expected[..1]);
    }
}
