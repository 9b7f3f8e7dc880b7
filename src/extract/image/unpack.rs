//! Takes a packed strip or tile of a TIFF and gives its samples. Apart from their meaning,
//! because packing is the same whatever the samples say. LZW and fax are read by the PDF
//! reader's filters, which are the same codes.

use flate2::read::ZlibDecoder;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{ObjectIdentifier, Stream};
use std::io::Read;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// How a strip or tile is packed.
pub(super) struct Packing<'a> {
    /// `Compression` (TIFF 6.0, section 3, and its supplements).
    pub compression: u32,
    /// Columns and rows.
    pub size: (u32, u32),
    /// Bytes a row takes unpacked.
    pub row_len: usize,
    /// Rows of bytes: fewer than rows of pixels where several share one.
    pub rows: usize,
    pub bits: u32,
    /// Samples a pixel.
    pub channels: usize,
    /// 2: samples are differences to their left neighbour (section 14).
    pub predictor: u32,
    /// Of 16 bits, the lower byte comes first.
    pub little: bool,
    /// 2: bits of a byte run from the right.
    pub fill_order: u32,
    /// `T4Options` (section 11).
    pub fax_options: u32,
    /// What JPEG strips share.
    pub tables: &'a [u8],
    /// Of a JPEG, only luma is wanted.
    pub luma: bool,
}

/// A strip or tile unpacked.
pub(super) struct Samples {
    pub bytes: Vec<u8>,
    pub bits: u32,
    /// Samples a pixel.
    pub channels: usize,
    pub row_len: usize,
}

/// Unpacks a strip or tile; `None` where it is broken, or packed in a way that is not read.
pub(super) fn unpack(packed: &[u8], how: &Packing<'_>) -> Option<Samples> {
    let turned: Vec<u8>;
    let packed = if how.fill_order == 2 && matches!(how.compression, 1..=4) {
        turned = packed.iter().map(|byte| byte.reverse_bits()).collect();
        &turned
    } else {
        packed
    };
    let len = how.row_len.checked_mul(how.rows)?;
    let mut bytes = match how.compression {
        1 => packed.get(..len).unwrap_or(packed).to_vec(),
        2..=4 => return fax(packed, how),
        5 => filtered(packed, "LZWDecode", "")?,
        7 => return jpeg(packed, how),
        8 | 32946 => {
            let mut bytes = Vec::new();
            // What was unpacked before an error stands.
            let _ = ZlibDecoder::new(packed)
                .take(len as u64)
                .read_to_end(&mut bytes);
            bytes
        }
        32773 => pack_bits(packed, len),
        _ => return None,
    };
    if bytes.is_empty() {
        return None;
    }
    bytes.truncate(len);
    if how.predictor == 2 {
        bytes.chunks_mut(how.row_len).for_each(|row| add(row, how));
    }
    Some(Samples {
        bytes,
        bits: how.bits,
        channels: how.channels,
        row_len: how.row_len,
    })
}

/// Turns differences back into samples, of 8 or 16 bits.
fn add(row: &mut [u8], how: &Packing<'_>) {
    if how.bits == 16 {
        let mut before = vec![0_u16; how.channels];
        let (words, _) = row.as_chunks_mut::<2>();
        for pixel in words.chunks_mut(how.channels) {
            for (word, before) in pixel.iter_mut().zip(&mut before) {
                let read = if how.little {
                    u16::from_le_bytes(*word)
                } else {
                    u16::from_be_bytes(*word)
                };
                *before = before.wrapping_add(read);
                *word = if how.little {
                    before.to_le_bytes()
                } else {
                    before.to_be_bytes()
                };
            }
        }
    } else if how.bits == 8 {
        let mut before = vec![0_u8; how.channels];
        for pixel in row.chunks_mut(how.channels) {
            for (byte, before) in pixel.iter_mut().zip(&mut before) {
                *before = before.wrapping_add(*byte);
                *byte = *before;
            }
        }
    }
}

/// Apple's run lengths (section 9).
fn pack_bits(packed: &[u8], len: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(len.min(1 << 24));
    let mut rest = packed;
    while let [head, tail @ ..] = rest
        && out.len() < len
    {
        let run = usize::from(*head);
        rest = match (run, tail) {
            (..=127, _) => {
                let (own, after) = tail.split_at(tail.len().min(run + 1));
                out.extend(own);
                after
            }
            (129.., [byte, after @ ..]) => {
                out.extend(std::iter::repeat_n(*byte, 257 - run));
                after
            }
            _ => tail,
        };
    }
    out
}

/// Fax lines become a byte a pixel: 0 where the code says white, 255 where it says black.
fn fax(packed: &[u8], how: &Packing<'_>) -> Option<Samples> {
    let (columns, rows) = how.size;
    let code = match how.compression {
        2 => "/K 0/EncodedByteAlign true/EndOfBlock false",
        4 => "/K -1",
        _ if how.fax_options & 1 == 1 => "/K 4/EndOfLine true",
        _ => "/K 0/EndOfLine true",
    };
    let form = format!("{code}/Columns {columns}/Rows {rows}/BlackIs1 true");
    Some(Samples {
        bytes: filtered(packed, "CCITTFaxDecode", &form)?,
        bits: 8,
        channels: 1,
        row_len: columns as usize,
    })
}

/// Sends bytes through a filter of the PDF reader, as the one stream of a document.
fn filtered(packed: &[u8], filter: &str, form: &str) -> Option<Vec<u8>> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let len = packed.len();
    let stream =
        format!("<</Filter/{filter}/DecodeParms<<{form}>>/Length {len}>>stream\n");
    for (number, object) in [
        (1, "<</Type/Catalog/Pages 2 0 R>>"),
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, "<</Type/Page/Parent 2 0 R>>"),
        (4, stream.as_str()),
    ] {
        places.push(file.len());
        file.extend(format!("{number} 0 obj {object}").bytes());
        if number == 4 {
            file.extend(packed);
            file.extend(b"\nendstream");
        }
        file.extend(b" endobj\n");
    }
    let xref = file.len();
    file.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(b"trailer <</Size 5/Root 1 0 R>>\n");
    file.extend(format!("startxref\n{xref}\n%%EOF\n").bytes());
    let document = Pdf::new(file).ok()?;
    let stream = document
        .xref()
        .get::<Stream<'_>>(ObjectIdentifier::new(4, 0))?;
    Some(stream.decoded().ok()?.into_owned())
}

/// A JPEG without its tables, which all strips share.
fn jpeg(packed: &[u8], how: &Packing<'_>) -> Option<Samples> {
    let mut whole = Vec::with_capacity(how.tables.len() + packed.len());
    match how.tables.strip_suffix(b"\xFF\xD9") {
        Some(tables) => {
            whole.extend(tables);
            whole.extend(packed.strip_prefix(b"\xFF\xD8").unwrap_or(packed));
        }
        None => whole.extend(packed),
    }
    let mut decoder = JpegDecoder::new(ZCursor::new(whole));
    decoder.decode_headers().ok()?;
    let stored = decoder.input_colorspace()?;
    let is_luma = how.luma && matches!(stored, ColorSpace::YCbCr | ColorSpace::Luma);
    let colours = if is_luma { ColorSpace::Luma } else { stored };
    decoder.set_options(DecoderOptions::default().jpeg_set_out_colorspace(colours));
    let bytes = decoder.decode().ok()?;
    let (width, _) = decoder.dimensions()?;
    let channels = colours.num_components();
    Some(Samples {
        bytes,
        bits: 8,
        channels,
        row_len: width * channels,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packing(compression: u32, bits: u32, samples: usize) -> Packing<'static> {
        Packing {
            compression,
            size: (4, 1),
            row_len: (4 * bits as usize * samples).div_ceil(8),
            rows: 1,
            bits,
            channels: samples,
            predictor: 1,
            little: true,
            fill_order: 1,
            fax_options: 0,
            tables: &[],
            luma: false,
        }
    }

    #[test]
    fn run_lengths_and_differences_are_undone() {
        let how = packing(32773, 8, 1);
        let packed = [0xFD, 7, 0x80, 0x01, 1, 2];
        let plain = unpack(&packed, &how).unwrap();
        assert_eq!(plain.bytes, [7, 7, 7, 7]);
        let mut how = packing(1, 8, 2);
        how.predictor = 2;
        let plain = unpack(&[10, 100, 1, 1, 1, 255, 0, 0], &how).unwrap();
        assert_eq!(plain.bytes, [10, 100, 11, 101, 12, 100, 12, 100]);
        let mut how = packing(1, 16, 1);
        how.predictor = 2;
        let plain = unpack(&[255, 0, 1, 0, 0, 1, 0, 0], &how).unwrap();
        assert_eq!(plain.bytes, [255, 0, 0, 1, 0, 2, 0, 2]);
    }

    #[test]
    fn lzw_and_fax_go_through_the_pdf_reader() {
        // Section 13's example: 7 7 7 8 8 7 7 6 6; clear, 7, 258, 8, 8, 258, 6, 6, end.
        let codes = [256, 7, 258, 8, 8, 258, 6, 6, 257];
        let mut bits: String = codes.map(|code| format!("{code:09b}")).concat();
        bits.push_str(&"0".repeat(8 - bits.len() % 8));
        let packed: Vec<u8> = (0..bits.len() / 8)
            .map(|n| u8::from_str_radix(&bits[8 * n..8 * n + 8], 2).unwrap())
            .collect();
        let mut how = packing(5, 8, 1);
        how.row_len = 9;
        let plain = unpack(&packed, &how).unwrap();
        assert_eq!(plain.bytes, [7, 7, 7, 8, 8, 7, 7, 6, 6]);
        // Modified Huffman: white 1 (000111), black 2 (11), white 1, filled up to a byte.
        let how = packing(2, 1, 1);
        let plain = unpack(&[0b0001_1111, 0b0001_1100], &how).unwrap();
        assert_eq!((plain.bits, plain.bytes), (8, vec![0, 255, 255, 0]));
    }
}
