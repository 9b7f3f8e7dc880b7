//! The text of a mail as Outlook packs it: Rich Text compressed by a small LZ of its own
//! ([MS-OXRTFCP]).

/// What the dictionary holds before the first byte ([MS-OXRTFCP] 2.1.2.1).
const DICTIONARY: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const WINDOW: usize = 4_096;
/// Bytes of text unpacked, pictures in it included.
const MAX_BYTES: usize = 32 << 20;
const COMPRESSED: &[u8] = b"LZFu";
const PLAIN: &[u8] = b"MELA";

/// Unpacks Rich Text; `None` for what is neither packed nor stored in this way.
pub(in crate::extract) fn decompressed(raw: &[u8]) -> Option<Vec<u8>> {
    let kind = raw.get(8..12)?;
    let content = raw.get(16..)?;
    if kind == PLAIN {
        return Some(content.to_vec());
    }
    if kind != COMPRESSED {
        return None;
    }
    let mut out = DICTIONARY.to_vec();
    let mut rest = content.iter().copied();
    'runs: while let Some(control) = rest.next() {
        for bit in 0..8 {
            if control & (1 << bit) == 0 {
                match rest.next() {
                    Some(byte) => out.push(byte),
                    None => break 'runs,
                }
                continue;
            }
            let (Some(high), Some(low)) = (rest.next(), rest.next()) else {
                break 'runs;
            };
            let word = usize::from(u16::from_be_bytes([high, low]));
            let (offset, len) = (word >> 4, (word & 15) + 2);
            // An offset of the place written next is the end.
            let back = (out.len() + WINDOW - offset) % WINDOW;
            if back == 0 || out.len() > MAX_BYTES {
                break 'runs;
            }
            for _ in 0..len {
                let from = out.len().checked_sub(back);
                out.push(from.and_then(|at| out.get(at)).copied().unwrap_or(b' '));
            }
        }
    }
    Some(out.split_off(DICTIONARY.len()))
}

#[cfg(test)]
mod tests {
    use super::decompressed;

    #[test]
    fn rich_text_is_unpacked_as_its_specification_shows() {
        // [MS-OXRTFCP] 3.1.1 and 3.2.1.
        let packed = [
            0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7,
            0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32,
            0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0,
            0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        let expected = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n";
        assert_eq!(decompressed(&packed).unwrap(), expected);
        assert_eq!(decompressed(b"12345678LZFu1234\xFF").unwrap(), b"");
        assert_eq!(decompressed(b"{\\rtf1 isi yang bukan}"), None);
    }
}
