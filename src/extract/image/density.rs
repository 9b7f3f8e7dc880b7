//! Takes a picture file and gives how many pixels it has an inch of paper, where it says so and
//! a scanner would: the size of a page hangs on it.

use super::{exif, jpeg, tiff};
use crate::model::MediaType;
use std::ops::RangeInclusive;

/// What scanners write. Phones and programs that know no paper write 72 or 96.
const BELIEVED: RangeInclusive<f32> = 100.0..=1_200.0;
const CM_AN_INCH: f32 = 2.54;
const M_AN_INCH: f32 = 0.0254;

/// Reads the pixels an inch, of the finer axis.
pub(super) fn read(bytes: &[u8], media: MediaType) -> Option<f32> {
    let own = match media {
        MediaType::Jpeg => jfif(bytes).and_then(Stated::an_inch),
        MediaType::Png => png(bytes).and_then(Stated::an_inch),
        MediaType::Bmp => bmp(bytes).and_then(Stated::an_inch),
        _ => None,
    };
    own.or_else(|| exif::density(bytes, media))
        .map(|(across, down)| across.max(down))
        .filter(|dpi| BELIEVED.contains(dpi))
}

/// Returns how many times as high as broad the pixels of page `number` are: 2 for a fax in
/// standard mode, 1 where the file says nothing or nothing to be believed.
pub(super) fn aspect(bytes: &[u8], media: MediaType, number: u32) -> f32 {
    let stated = match media {
        MediaType::Jpeg => jfif(bytes).map(|stated| stated.0),
        MediaType::Png => png(bytes).map(|stated| stated.0),
        MediaType::Bmp => bmp(bytes).map(|stated| stated.0),
        MediaType::Tiff => {
            let pages = tiff::pages(bytes);
            let sized = pages.iter().filter(|page| page.size().is_some());
            let mut sized = sized.skip((number as usize).saturating_sub(1));
            sized.next().and_then(tiff::Page::resolution)
        }
        _ => None,
    };
    let (across, down) = stated
        .or_else(|| exif::density(bytes, media))
        .unwrap_or((1.0, 1.0));
    let aspect = across / down;
    let is_square = (aspect - 1.0).abs() < SQUARE;
    match !is_square && (1.0 / MOST..=MOST).contains(&aspect) {
        true => aspect,
        false => 1.0,
    }
}

/// Returns a size with square pixels: the coarser axis is drawn out.
pub(super) fn squared((width, height): (u32, u32), aspect: f32) -> (u32, u32) {
    let drawn_out = |side: u32, times: f32| (side as f32 * times).round() as u32;
    match aspect > 1.0 {
        true => (width, drawn_out(height, aspect)),
        false => (drawn_out(width, 1.0 / aspect), height),
    }
}

/// How far from square pixels may be before it shows: letters 2 % broader read the same.
const SQUARE: f32 = 0.02;
/// The most that is believed: a fax in standard mode has 204 × 98 dots an inch (ITU-T T.4), the
/// coarsest mode of thermal prints half of that.
const MOST: f32 = 4.2;

/// What a file states of its two axes: numbers, and how many of their unit an inch has;
/// `None` where only their ratio means something.
struct Stated((f32, f32), Option<f32>);

impl Stated {
    fn an_inch(self) -> Option<(f32, f32)> {
        let Self((across, down), unit) = self;
        unit.map(|unit| (across * unit, down * unit))
    }
}

/// Reads the first remark of a JPEG (JFIF 1.02: `JFIF\0`, version, unit, across, down).
fn jfif(bytes: &[u8]) -> Option<Stated> {
    let remark = jpeg::remark(bytes, 0xE0)?;
    let &[
        _,
        _,
        _,
        _,
        b'J',
        b'F',
        b'I',
        b'F',
        0,
        _,
        _,
        unit,
        a,
        b,
        c,
        d,
        ..,
    ] = remark
    else {
        return None;
    };
    let axes = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])].map(f32::from);
    let unit = match unit {
        1 => Some(1.0),
        2 => Some(CM_AN_INCH),
        _ => None,
    };
    Some(Stated(axes.into(), unit))
}

/// Reads the header of a bitmap: pixels a metre, across and down.
fn bmp(bytes: &[u8]) -> Option<Stated> {
    let number = |at: usize| {
        let raw = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_le_bytes(raw) as f32)
    };
    // The header of before Windows 3 has none.
    let axes = (number(14)? >= 40.0).then_some((number(38)?, number(42)?))?;
    Some(Stated(axes, Some(M_AN_INCH)))
}

/// Reads `pHYs` (PNG 3rd edition, 11.3.4.3), which stands before the first pixels.
fn png(bytes: &[u8]) -> Option<Stated> {
    let mut at = 8;
    loop {
        let (len, after) = bytes.get(at..)?.split_first_chunk::<4>()?;
        let (name, content) = after.split_first_chunk::<4>()?;
        let len = u32::from_be_bytes(*len) as usize;
        match name {
            b"pHYs" => {
                let (across, rest) = content.split_first_chunk::<4>()?;
                let (down, rest) = rest.split_first_chunk::<4>()?;
                let axes = [across, down].map(|raw| u32::from_be_bytes(*raw) as f32);
                let unit = (rest.first() == Some(&1)).then_some(M_AN_INCH);
                return Some(Stated(axes.into(), unit));
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

    #[test]
    fn pixels_that_are_not_square_are_told() {
        let jpeg = |unit: u8, across: u16, down: u16| {
            let mut bytes = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x02".to_vec();
            bytes.push(unit);
            bytes.extend(across.to_be_bytes());
            bytes.extend(down.to_be_bytes());
            bytes.extend([0, 0]);
            bytes
        };
        for (unit, across, down, expected) in [
            (1, 200, 200, 1.0),
            (1, 200, 100, 2.0),
            (0, 1, 2, 0.5),
            (1, 300, 0, 1.0),
            (1, 72, 1, 1.0),
        ] {
            let bytes = jpeg(unit, across, down);
            let found = aspect(&bytes, MediaType::Jpeg, 1);
            assert!(
                (found - expected).abs() < 0.01,
                "{across} × {down}: {found}"
            );
        }
        assert_eq!(squared((1728, 1100), 204.0 / 98.0), (1728, 2290));
        assert_eq!(squared((800, 1000), 0.5), (1600, 1000));
    }
}
