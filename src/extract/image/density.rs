//! Takes a picture file and gives how many pixels it has an inch of paper, where it says so and
//! a scanner would: the size of a page hangs on it.

use super::{exif, jpeg};
use crate::model::MediaType;
use std::ops::RangeInclusive;

/// What scanners write. Phones and programs that know no paper write 72 or 96.
const BELIEVED: RangeInclusive<f32> = 100.0..=1_200.0;
const CM_AN_INCH: f32 = 2.54;
const M_AN_INCH: f32 = 0.0254;

/// Reads the pixels an inch.
pub(super) fn read(bytes: &[u8], media: MediaType) -> Option<f32> {
    let own = match media {
        MediaType::Jpeg => jfif(bytes),
        MediaType::Png => png(bytes),
        _ => None,
    };
    own.or_else(|| exif::density(bytes, media))
        .filter(|dpi| BELIEVED.contains(dpi))
}

/// Reads the first remark of a JPEG (JFIF 1.02: `JFIF\0`, version, unit, across, down).
fn jfif(bytes: &[u8]) -> Option<f32> {
    let remark = jpeg::remark(bytes, 0xE0)?;
    let &[_, _, _, _, b'J', b'F', b'I', b'F', 0, _, _, unit, a, b, ..] = remark else {
        return None;
    };
    let across = f32::from(u16::from_be_bytes([a, b]));
    match unit {
        1 => Some(across),
        2 => Some(across * CM_AN_INCH),
        _ => None,
    }
}

/// Reads `pHYs` (PNG 3rd edition, 11.3.4.3), which stands before the first pixels.
fn png(bytes: &[u8]) -> Option<f32> {
    let mut at = 8;
    loop {
        let &[a, b, c, d, ref name @ ..] = bytes.get(at..at + 8)? else {
            return None;
        };
        let len = u32::from_be_bytes([a, b, c, d]) as usize;
        match name {
            b"pHYs" => {
                let &[a, b, c, d, _, _, _, _, 1] = bytes.get(at + 8..at + 17)? else {
                    return None;
                };
                return Some(u32::from_be_bytes([a, b, c, d]) as f32 * M_AN_INCH);
            }
            b"IDAT" => return None,
            _ => at = at.checked_add(len)?.checked_add(12)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scanner_says_is_believed_and_a_screen_is_not() {
        let jpeg = |unit: u8, dots: u16| {
            let mut bytes = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x02".to_vec();
            bytes.push(unit);
            bytes.extend(dots.to_be_bytes());
            bytes.extend(dots.to_be_bytes());
            bytes.extend([0, 0]);
            bytes
        };
        let read = |bytes: &[u8]| read(bytes, MediaType::Jpeg);
        assert_eq!(read(&jpeg(1, 300)), Some(300.0));
        assert_eq!(read(&jpeg(2, 100)), Some(254.0));
        assert_eq!(read(&jpeg(1, 72)), None);
        assert_eq!(read(&jpeg(0, 300)), None);
        assert_eq!(read(b"\xFF\xD8\xFF\xE0"), None);
    }

    #[test]
    fn a_png_says_it_in_metres() {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x02tEXtab....\0\0\0\x09pHYs".to_vec();
        bytes.extend(11_811_u32.to_be_bytes());
        bytes.extend(11_811_u32.to_be_bytes());
        bytes.push(1);
        let dpi = read(&bytes, MediaType::Png).unwrap();
        assert!((dpi - 300.0).abs() < 0.1, "{dpi}");
        assert_eq!(read(&bytes[..30], MediaType::Png), None);
    }
}
