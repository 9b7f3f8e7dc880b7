//! Takes a JPEG and gives its size and its luma plane. Apart, because a photo is read here
//! three times faster than by way of its colours, and in spite of broken remarks inside.

use crate::model::Raster;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A segment with its marker, and where it ends.
struct Segment<'a> {
    marker: u8,
    whole: &'a [u8],
    end: usize,
}

/// Walks the segments up to the first scan (ISO 10918-1, B.1.1).
fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 2;
    std::iter::from_fn(move || {
        while let Some([0xFF, 0xFF]) = bytes.get(at..at + 2) {
            at += 1;
        }
        let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4) else {
            return None;
        };
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        let whole = bytes.get(at..end)?;
        at = end;
        (marker != 0xDA).then_some(Segment { marker, whole, end })
    })
}

/// Returns width and height as the frame declares them.
pub(in crate::extract) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let is_frame = |segment: &Segment<'_>| {
        matches!(segment.marker, 0xC0..=0xCF)
            && !matches!(segment.marker, 0xC4 | 0xC8 | 0xCC)
    };
    if let Some(frame) = segments(bytes).find(is_frame)
        && let [_, _, _, _, _, y1, y0, x1, x0, ..] = *frame.whole
    {
        return Some((
            u16::from_be_bytes([x1, x0]).into(),
            u16::from_be_bytes([y1, y0]).into(),
        ));
    }
    // The decoder finds its way past segments of a wrong length.
    let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    Some((width.try_into().ok()?, height.try_into().ok()?))
}

/// Returns the first segment of that marker, its marker and length included.
pub(super) fn remark(bytes: &[u8], marker: u8) -> Option<&[u8]> {
    let mut segments = segments(bytes);
    let segment = segments.find(|segment| segment.marker == marker)?;
    Some(segment.whole)
}

/// Takes the luma plane as stored. `None` leaves the odd ones (CMYK) to the general decoder.
pub(super) fn luma(bytes: &[u8]) -> Option<Raster> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    if !matches!(
        decoder.input_colorspace()?,
        ColorSpace::YCbCr | ColorSpace::Luma
    ) {
        return None;
    }
    let luma = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    (luma.len() == width * height).then_some(Raster {
        width: u32::try_from(width).ok()?,
        height: u32::try_from(height).ok()?,
        luma,
    })
}

/// Returns the picture without what programs remark in it (`APPn`, COM): a decoder may stumble
/// over a remark that a person never sees.
pub(super) fn without_remarks(bytes: &[u8]) -> Vec<u8> {
    let mut plain = b"\xFF\xD8".to_vec();
    let mut after = 2;
    for segment in segments(bytes) {
        after = segment.end;
        if !matches!(segment.marker, 0xE0..=0xEF | 0xFE) {
            plain.extend(segment.whole);
        }
    }
    plain.extend(bytes.get(after..).unwrap_or_default());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_found_behind_remarks_and_remarks_can_be_left_out() {
        let mut bytes = b"\xFF\xD8\xFF\xEE\0\x04ab\xFF\xFE\0\x03c".to_vec();
        let frame = b"\xFF\xFF\xC0\0\x0B\x08\x01\x02\x03\x04\x01\x01\x11\0";
        bytes.extend(frame);
        bytes.extend(b"\xFF\xDA\0\x02rest");
        assert_eq!(size(&bytes), Some((0x304, 0x102)));
        let expected = [&b"\xFF\xD8"[..], &frame[1..], b"\xFF\xDA\0\x02rest"].concat();
        assert_eq!(without_remarks(&bytes), expected);
        assert_eq!(size(b"\xFF\xD8\xFF\xC0\0\x0B\x08"), None);
    }
}
