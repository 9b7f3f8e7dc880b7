//! Takes the stream of a picture and gives the pixels that its own header declares. A picture's
//! dictionary may say one size and its JPEG 2000, JPEG or JBIG2 data another, and the decoders
//! believe the data: a page that shows 120 by 44 pixels was found to unpack 2 billion.
//!
//! Only a picture packed once, or deflated on top, is looked into; in others the worker's memory
//! cap holds.

use crate::extract::pdf::bounds;
use hayro::hayro_interpret::hayro_syntax::Filter;
use hayro::hayro_interpret::hayro_syntax::object::Stream;
use std::io::Read;

/// Bytes of a file that may come before the image header: ICC profiles and thumbnails do.
const HEADER: usize = 1 << 20;

/// Returns the pixels that the data of a picture declares; `None` where it declares none.
pub(crate) fn pixels(stream: &Stream<'_>) -> Option<u64> {
    let (filter, is_deflated) = match *stream.filters() {
        [filter] => (filter, false),
        [Filter::FlateDecode, filter] => (filter, true),
        _ => return None,
    };
    let read = match filter {
        Filter::JpxDecode => jpeg2000,
        Filter::DctDecode => jpeg,
        Filter::Jbig2Decode => jbig2,
        _ => return None,
    };
    let data = stream.raw_data();
    match is_deflated {
        true => read(&inflated(&data)),
        false => read(data.get(..HEADER).unwrap_or(&data)),
    }
}

/// Returns the beginning of what was deflated, up to [`HEADER`]; what comes before an error
/// counts.
fn inflated(packed: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    let mut reader = bounds::inflate(packed).take(HEADER as u64);
    let _ = reader.read_to_end(&mut data);
    data
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(N)?)?.iter();
    Some(digits.fold(0, |value, &byte| value << 8 | u64::from(byte)))
}

/// Reads the size marker of a code stream (ISO/IEC 15444-1, A.5.1), bare or within JP2 boxes.
fn jpeg2000(data: &[u8]) -> Option<u64> {
    let start = crate::extract::find(data, b"\xff\x4f\xff\x51")?;
    let field = |place: usize| number::<4>(data, start + 8 + 4 * place);
    let across = field(0)?.saturating_sub(field(2)?);
    let down = field(1)?.saturating_sub(field(3)?);
    Some(across * down)
}

/// Reads the frame header of a JPEG.
fn jpeg(data: &[u8]) -> Option<u64> {
    let start = crate::extract::find(data, b"\xff\xd8")?;
    let (width, height) = crate::extract::image::jpeg_size(data.get(start..)?)?;
    Some(u64::from(width) * u64::from(height))
}

/// Reads the page information (ITU-T T.88, 7.4.8) of a file without a file header, as PDF has
/// it: the first segment of type 48.
fn jbig2(data: &[u8]) -> Option<u64> {
    const PAGE_INFORMATION: u8 = 48;
    /// The height is told later, by the stripes.
    const UNKNOWN: u64 = 0xFFFF_FFFF;
    let mut at = 0;
    loop {
        let segment = number::<4>(data, at)?;
        let flags = *data.get(at + 4)?;
        // 7.2.4: three bits, or with 7 in them a long form.
        let count = number::<1>(data, at + 5)? >> 5;
        let (count, retained) = match count {
            7 => {
                let count = number::<4>(data, at + 5)? & 0x1FFF_FFFF;
                (count, 4 + count / 8 + 1)
            }
            count => (count, 1),
        };
        let each = match segment {
            0..=256 => 1,
            257..=65_536 => 2,
            _ => 4,
        };
        let of_page = if flags & 0x40 == 0 { 1 } else { 4 };
        let header = 5 + retained + count * each + of_page;
        let body = at
            .checked_add(usize::try_from(header).ok()?)?
            .checked_add(4)?;
        if flags & 0x3F == PAGE_INFORMATION {
            let height = number::<4>(data, body + 4)?;
            let height = if height == UNKNOWN { 0 } else { height };
            return Some(number::<4>(data, body)? * height);
        }
        let length = number::<4>(data, body - 4)?;
        at = body.checked_add(usize::try_from(length).ok()?)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    #[test]
    fn a_picture_is_as_large_as_its_data_says() {
        let mut code = b"\0\0\0\x0cjP  \xff\x4f\xff\x51\0\x2f\0\0".to_vec();
        for field in [120_u32, 16_777_004, 20, 4] {
            code.extend(field.to_be_bytes());
        }
        assert_eq!(jpeg2000(&code), Some(100 * 16_777_000));
        assert_eq!(jpeg2000(&code[..24]), None);
        let photo = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc4\0\x03c\xff\xc2\0\x08\x08\x12\x34\0\x10\x01";
        assert_eq!(jpeg(photo), Some(0x1234 * 0x10));
        assert_eq!(jpeg(&photo[..photo.len() - 1]), None);
        assert_eq!(jpeg(b"\xff\xd8abcd"), None);
    }

    #[test]
    fn a_deflated_picture_is_looked_into() {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed
            .write_all(b"\xff\xd8\xff\xc0\0\x08\x08\x12\x34\0\x10\x01")
            .unwrap();
        let mut packed = packed.finish().unwrap();
        assert_eq!(jpeg(&inflated(&packed)), Some(0x1234 * 0x10));
        packed.truncate(packed.len() - 4);
        assert_eq!(jpeg(&inflated(&packed)), Some(0x1234 * 0x10));
        assert!(inflated(b"no zlib").is_empty());
    }

    #[test]
    fn a_page_of_jbig2_is_found_behind_its_dictionaries() {
        // Segment 1, a dictionary of two bytes; segment 2, which refers to it: the page.
        let mut data = b"\0\0\0\x01\x00\x00\x01\0\0\0\x02ab".to_vec();
        data.extend(b"\0\0\0\x02\x30\x20\x01\x01\0\0\0\x13");
        data.extend([0, 0, 0x10, 0, 0, 0, 0x20, 0]);
        assert_eq!(jbig2(&data), Some(0x1000 * 0x2000));
        assert_eq!(jbig2(&data[..data.len() - 1]), None);
        let unknown = data.len() - 4;
        data[unknown..].fill(0xFF);
        assert_eq!(jbig2(&data), Some(0));
    }
}
