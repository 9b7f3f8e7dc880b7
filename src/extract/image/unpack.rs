//! Takes a packed strip or tile of a TIFF and gives its samples. Apart from their meaning,
//! because packing is the same whatever the samples say.

use flate2::read::ZlibDecoder;
use hayro_ccitt::{DecodeSettings, DecoderContext, EncodingMode};
use std::io::Read;
use weezl::BitOrder;
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
        5 => lzw(packed, len),
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

/// What one code of LZW stands for is shorter than its table of 12 bits is long.
const MAX_LZW_LEN: usize = 1 << 12;

/// Lempel, Ziv and Welch's codes, as TIFF 6.0 has them (section 13): the higher bit first, and
/// a bit longer one code early. What was unpacked before an error stands.
fn lzw(packed: &[u8], len: usize) -> Vec<u8> {
    let mut out = vec![0; len.min(packed.len().saturating_mul(MAX_LZW_LEN))];
    let mut decoder =
        weezl::decode::Configuration::with_tiff_size_switch(BitOrder::Msb, 8)
            // Strips without an end code are common: a full strip is the end, too.
            .with_yield_on_full_buffer(true)
            .build();
    let (mut read, mut written) = (0, 0);
    while let (Some(rest), Some(free)) = (packed.get(read..), out.get_mut(written..)) {
        let step = decoder.decode_bytes(rest, free);
        read += step.consumed_in;
        written += step.consumed_out;
        let stands = step.consumed_in == 0 && step.consumed_out == 0;
        if stands || written == out.len() || step.status.is_err() {
            break;
        }
    }
    out.truncate(written);
    out
}

/// Fax lines become a byte a pixel: 0 where the code says white, 255 where it says black.
fn fax(packed: &[u8], how: &Packing<'_>) -> Option<Samples> {
    let (columns, rows) = how.size;
    let encoding = match how.compression {
        4 => EncodingMode::Group4,
        3 if how.fax_options & 1 == 1 => EncodingMode::Group3_2D,
        _ => EncodingMode::Group3_1D,
    };
    let settings = DecodeSettings {
        columns,
        rows,
        end_of_block: how.compression != 2,
        end_of_line: how.compression == 3,
        rows_are_byte_aligned: how.compression == 2,
        encoding,
        strict: false,
    };
    let mut lines = Lines {
        columns: columns as usize,
        pixels: vec![0; columns as usize * rows as usize],
        rows: 0,
    };
    let end = hayro_ccitt::decode(packed, &mut lines, &mut DecoderContext::new(settings));
    if end.is_err() {
        // What was read before the error stands.
        lines.pixels.truncate(lines.rows * lines.columns);
    }
    (!lines.pixels.is_empty()).then_some(Samples {
        bytes: lines.pixels,
        bits: 8,
        channels: 1,
        row_len: columns as usize,
    })
}

/// The lines of a fax, a byte a pixel.
struct Lines {
    columns: usize,
    pixels: Vec<u8>,
    /// Lines that were read.
    rows: usize,
}

impl hayro_ccitt::Decoder for Lines {
    /// `changes` are the columns where white turns to black, black to white, and so on.
    fn push_row(&mut self, changes: &[u32]) {
        let line = self.pixels.chunks_mut(self.columns.max(1)).nth(self.rows);
        self.rows += 1;
        let Some(line) = line else { return };
        for run in changes.chunks(2) {
            let black = match run {
                [from, to] => line.get_mut(*from as usize..*to as usize),
                [from] => line.get_mut(*from as usize..),
                _ => None,
            };
            if let Some(black) = black {
                black.fill(255);
            }
        }
    }
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

    /// Bits written as words, as bytes; filled up with zeros.
    fn bytes_of(words: &str) -> Vec<u8> {
        let bits: Vec<u8> = words.bytes().filter(|b| *b != b' ').collect();
        let value = |bits: &[u8]| {
            let own = bits.iter().fold(0, |sum, bit| sum << 1 | (bit - b'0'));
            own << (8 - bits.len())
        };
        bits.chunks(8).map(value).collect()
    }

    #[test]
    fn lzw_is_unpacked_as_far_as_it_is_sound() {
        // Section 13's example: 7 7 7 8 8 7 7 6 6; clear, 7, 258, 8, 8, 258, 6, 6, end.
        let codes = |codes: &[u16]| {
            let words = codes.iter().map(|code| format!("{code:09b}"));
            bytes_of(&words.collect::<String>())
        };
        let mut how = packing(5, 8, 1);
        how.row_len = 9;
        let whole = [256, 7, 258, 8, 8, 258, 6, 6, 257];
        let expected = [7, 7, 7, 8, 8, 7, 7, 6, 6];
        assert_eq!(unpack(&codes(&whole), &how).unwrap().bytes, expected);
        // Without an end, and with a code that nothing was said for.
        let broken = [256, 7, 258, 8, 8, 400, 6, 6, 257];
        assert_eq!(unpack(&codes(&whole[..8]), &how).unwrap().bytes, expected);
        assert_eq!(unpack(&codes(&broken), &how).unwrap().bytes, expected[..5]);
        assert!(unpack(&[], &how).is_none());
        // As many codes as make them longer: 9, 10, 11 and 12 bits, and a table begun again.
        let mut seed = 1_u32;
        let noise = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        });
        let noise: Vec<u8> = noise.take(9000).collect();
        let packed =
            weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8)
                .encode(&noise)
                .unwrap();
        how.row_len = noise.len();
        assert_eq!(unpack(&packed, &how).unwrap().bytes, noise);
        // The strip is full before the codes end.
        how.row_len = 5000;
        assert_eq!(unpack(&packed, &how).unwrap().bytes, noise[..5000]);
    }

    #[test]
    fn fax_is_read_in_each_of_its_codes_and_from_either_end() {
        // Two lines of white 1 (000111), black 2 (11), white 1, in the codes of T.4 and T.6.
        let (line, eol) = ("000111 11 000111", "000000000001");
        let cases = [
            // Modified Huffman, filled up to bytes.
            (2, 0, format!("{line} 00 {line} 00")),
            (3, 0, format!("{eol} {line} {eol} {line}")),
            // In two dimensions the second line is the first, thrice "no change".
            (3, 1, format!("{eol} 1 {line} {eol} 0 111")),
            (4, 0, format!("001 000111 11 1 111 {eol} {eol}")),
        ];
        for (compression, fax_options, words) in cases {
            let mut how = packing(compression, 1, 1);
            (how.size, how.rows, how.fax_options) = ((4, 2), 2, fax_options);
            let mut packed = bytes_of(&words);
            for fill_order in [1, 2] {
                how.fill_order = fill_order;
                let plain = unpack(&packed, &how).unwrap();
                assert_eq!((plain.bits, plain.row_len), (8, 4), "{words}");
                assert_eq!(plain.bytes, [0, 255, 255, 0].repeat(2), "{words}");
                packed = packed.iter().map(|byte| byte.reverse_bits()).collect();
            }
        }
    }

    #[test]
    fn of_a_broken_fax_the_lines_before_the_break_stand() {
        let mut how = packing(4, 1, 1);
        (how.size, how.rows) = ((4, 3), 3);
        // One line; then what is no code.
        let packed = bytes_of("001 000111 11 1 0000001 0000001");
        assert_eq!(unpack(&packed, &how).unwrap().bytes, [0, 255, 255, 0]);
        assert!(unpack(&bytes_of("0000001"), &how).is_none());
    }
}
