//! Takes the bytes of a PDF and finds the bomb in it: a stream that unpacks to more than any
//! page needs. The readers unpack without a bound, so it has to be found before they begin.
//! Apart, because it knows nothing of documents, only of deflate.
//!
//! Not found here: bombs packed by LZW (at most 2,730 to 1) and those in an encrypted file. They
//! end the worker at its memory cap, and the file in the state that goes with it.

use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// Bytes a stream that is no picture may unpack to. The longest of `pdf_difficult` and
/// `id_sulut_jdih` that is none takes 2.8 MB.
const MAX_STREAM: u64 = 64 << 20;
/// Bytes a picture may unpack to: three a pixel at the pixel cap.
const MAX_PICTURE: u64 = 324_000_000;
/// Deflate packs at most 1,032 bytes into one (RFC 1951: 258 bytes in two bits).
const RATIO: u64 = 1_032;
/// Bytes before a stream in which its dictionary stands.
const DICTIONARY: usize = 2_048;
/// Filters one after the other that are followed; more are a bomb by themselves.
const MAX_FILTERS: usize = 3;

/// Tells whether a stream of the file unpacks to more than any page needs.
pub(super) fn has_bomb(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = find_from(bytes, from, b"stream") {
        from = at + b"stream".len();
        let Some(filters) = filters(bytes, at) else {
            continue;
        };
        let end = find_from(bytes, from, b"endstream").unwrap_or(bytes.len());
        let packed = bytes.get(from..end).unwrap_or_default();
        from = end + b"endstream".len();
        let packed = packed.strip_prefix(b"\r").unwrap_or(packed);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        if filters.count > MAX_FILTERS || unpacks_above(packed, &filters) {
            return true;
        }
    }
    false
}

fn find_from(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    Some(from + crate::extract::find(bytes.get(from..)?, needle)?)
}

/// What a stream's dictionary says about unpacking.
struct Filters {
    /// How often it is deflated.
    count: usize,
    most: u64,
}

/// Reads the dictionary before a stream at `at`; `None` where the stream is not deflated.
fn filters(bytes: &[u8], at: usize) -> Option<Filters> {
    let before = bytes.get(at.saturating_sub(DICTIONARY)..at)?;
    let before = before.trim_ascii_end();
    before.ends_with(b">>").then_some(())?;
    let last = |mark: &[u8]| before.windows(mark.len()).rposition(|w| w == mark);
    let own = before.get(last(b" obj").unwrap_or(0)..)?;
    let count = |mark: &[u8]| own.windows(mark.len()).filter(|w| *w == mark).count();
    let deflated =
        count(b"/FlateDecode") + count(b"/Fl ") + count(b"/Fl/") + count(b"/Fl]");
    let most = if count(b"/Image") > 0 {
        MAX_PICTURE
    } else {
        MAX_STREAM
    };
    (deflated > 0).then_some(Filters {
        count: deflated,
        most,
    })
}

fn unpacks_above(packed: &[u8], filters: &Filters) -> bool {
    let most =
        (0..filters.count).fold(packed.len() as u64, |len, _| len.saturating_mul(RATIO));
    if most <= filters.most {
        return false;
    }
    let mut reader = inflate(packed);
    for _ in 1..filters.count {
        reader = Box::new(ZlibDecoder::new(reader));
    }
    let mut counted = Counted(0);
    // What comes before an error counts.
    let _ = std::io::copy(&mut reader.take(filters.most + 1), &mut counted);
    counted.0 > filters.most
}

/// Reads what was deflated, with the frame of RFC 1950 or without.
pub(super) fn inflate(packed: &[u8]) -> Box<dyn Read + '_> {
    match is_zlib(packed) {
        true => Box::new(ZlibDecoder::new(packed)),
        false => Box::new(DeflateDecoder::new(packed)),
    }
}

/// RFC 1950: method 8, and a check over both bytes.
fn is_zlib(packed: &[u8]) -> bool {
    match packed {
        [method, flags, ..] => {
            method & 0x0F == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31)
        }
        _ => false,
    }
}

struct Counted(u64);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn stream(dictionary: &str, packed: &[u8]) -> Vec<u8> {
        let mut file =
            format!("%PDF-1.4\n1 0 obj <<{dictionary}>>\nstream\r\n").into_bytes();
        file.extend(packed);
        file.extend(b"\nendstream endobj\n");
        file
    }

    #[test]
    fn a_stream_that_unpacks_to_more_than_a_page_needs_is_found() {
        let zeros = vec![0; (MAX_STREAM + 1) as usize];
        let once = deflate(&zeros);
        let twice = deflate(&once);
        let fair = deflate(&zeros[1..]);
        for (dictionary, packed, bomb) in [
            ("/Filter/FlateDecode", &once, true),
            ("/Filter/FlateDecode", &fair, false),
            ("/Filter[/FlateDecode/FlateDecode]", &twice, true),
            ("/Filter/FlateDecode", &twice, false),
            // A picture may be larger; what is not deflated is as large as it looks.
            ("/Subtype/Image/Filter/FlateDecode", &once, false),
            ("/Filter/DCTDecode", &once, false),
        ] {
            assert_eq!(has_bomb(&stream(dictionary, packed)), bomb, "{dictionary}");
        }
        assert!(!has_bomb(b"stream of consciousness >>stream"));
    }
}
