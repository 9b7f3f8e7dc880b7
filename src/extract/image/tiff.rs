//! Takes a TIFF and gives the sizes of its pages, and the pixels of one, grey. Offices meet
//! what the general decoder leaves out: fax pages (CCITT group 3), palettes, planes, fewer than
//! eight bits, JPEG and YCbCr inside. Everything here ends in grey bytes, strip by strip, so
//! that no page is held in colour. TIFF 6.0 is meant by "section".

use super::Refusal;
use super::unpack::{self, Packing, Samples};
use crate::imaging::raster;
use crate::model::Raster;
use std::io::{BufRead, Cursor, Read, Seek, SeekFrom};

/// Pages that are followed: the list may run in a circle.
const MAX_PAGES: usize = 2_000;
/// Strips or tiles of one page: one a line of the longest fax roll.
const MAX_CHUNKS: usize = 200_000;

/// Pixels of one strip or tile: those of the largest page.
const MAX_CHUNK: u64 = 108_000_000;

/// A page's directory.
pub(super) struct Page<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Finds the pages in order (section 2). `BigTIFF` has none here.
pub(super) fn pages(bytes: &[u8]) -> Vec<Page<'_>> {
    let mut found: Vec<usize> = Vec::new();
    let mut next = match number_at(bytes, 2, 2) {
        Some(42) => number_at(bytes, 4, 4),
        _ => None,
    };
    while let Some(at) = next.map(|at| at as usize).filter(|at| *at != 0) {
        let Some(entries) = number_at(bytes, at, 2) else {
            break;
        };
        if found.contains(&at) || found.len() >= MAX_PAGES {
            break;
        }
        found.push(at);
        next = number_at(bytes, at + 2 + 12 * entries as usize, 4);
    }
    found.into_iter().map(|at| Page { bytes, at }).collect()
}

/// Reads 1, 2 or 4 bytes in the file's own order.
fn number_at(bytes: &[u8], at: usize, len: usize) -> Option<u32> {
    let raw = bytes.get(at..at.checked_add(len)?)?;
    let join = |sum, byte: &u8| (sum << 8) | u32::from(*byte);
    Some(if is_little(bytes) {
        raw.iter().rev().fold(0, join)
    } else {
        raw.iter().fold(0, join)
    })
}

fn is_little(bytes: &[u8]) -> bool {
    bytes.first() == Some(&b'I')
}

impl Page<'_> {
    /// Returns the file as if it began with this page: a decoder reads only the first.
    pub(super) fn first(&self) -> Patched<'_> {
        let mut head = [0; 8];
        let at = u32::try_from(self.at).unwrap_or(0);
        let place = if is_little(self.bytes) {
            at.to_le_bytes()
        } else {
            at.to_be_bytes()
        };
        let bytes = self.bytes.iter().take(4).chain(&place);
        head.iter_mut()
            .zip(bytes)
            .for_each(|(to, from)| *to = *from);
        Patched {
            head,
            rest: Cursor::new(self.bytes),
        }
    }

    /// Returns width and height in pixels.
    pub(super) fn size(&self) -> Option<(u32, u32)> {
        Some((self.number(256)?, self.number(257)?))
    }

    /// Returns the bytes of the page decoded as stored, for a guess at the memory it takes.
    pub(super) fn decoded_bytes(&self) -> u64 {
        let (width, height) = self.size().unwrap_or_default();
        let bits = self.number(258).unwrap_or(1) * self.number(277).unwrap_or(1).min(64);
        u64::from(width) * u64::from(height) * u64::from(bits) / 8
    }

    /// Returns the pixels across and down, a unit that is the same for both.
    pub(super) fn resolution(&self) -> Option<(f32, f32)> {
        let across = self.rational(282)?;
        Some((across, self.rational(283).unwrap_or(across)))
    }

    fn rational(&self, tag: u32) -> Option<f32> {
        let read = |at, len| number_at(self.bytes, at, len);
        let count = read(self.at, 2)? as usize;
        let mut entries = (0..count).map(|n| self.at + 2 + 12 * n);
        let entry = entries.find(|at| read(*at, 2) == Some(tag))?;
        let place = (read(entry + 2, 2) == Some(5)).then(|| read(entry + 8, 4))??;
        let part = |at: usize| read(at, 4).map(|value| value as f32);
        Some(part(place as usize)? / part((place as usize).checked_add(4)?)?)
    }

    fn number(&self, tag: u32) -> Option<u32> {
        self.numbers(tag).first().copied()
    }

    /// Returns the values of a tag, empty where it is absent.
    fn numbers(&self, tag: u32) -> Vec<u32> {
        let read = |at, len| number_at(self.bytes, at, len);
        let count = read(self.at, 2).unwrap_or(0) as usize;
        let mut entries = (0..count).map(|n| self.at + 2 + 12 * n);
        let Some(entry) = entries.find(|at| read(*at, 2) == Some(tag)) else {
            return Vec::new();
        };
        let len = match read(entry + 2, 2) {
            Some(1 | 7) => 1,
            Some(3) => 2,
            Some(4 | 13) => 4,
            _ => return Vec::new(),
        };
        let values = read(entry + 4, 4).unwrap_or(0) as usize;
        let place = if values.saturating_mul(len) <= 4 {
            entry + 8
        } else {
            read(entry + 8, 4).unwrap_or(u32::MAX) as usize
        };
        let places = (0..values.min(MAX_CHUNKS)).map(|n| place + n * len);
        places.map_while(|at| read(at, len)).collect()
    }
}

/// A file whose first eight bytes are others than stored.
pub(super) struct Patched<'a> {
    head: [u8; 8],
    rest: Cursor<&'a [u8]>,
}

impl Read for Patched<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let available = self.fill_buf()?;
        let len = available.len().min(out.len());
        out.iter_mut()
            .zip(available)
            .for_each(|(to, from)| *to = *from);
        self.consume(len);
        Ok(len)
    }
}

impl BufRead for Patched<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        let at = usize::try_from(self.rest.position()).unwrap_or(usize::MAX);
        match self.head.get(at..) {
            Some(head) if !head.is_empty() => Ok(head),
            _ => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, len: usize) {
        self.rest.consume(len);
    }
}

impl Seek for Patched<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.rest.seek(to)
    }
}

/// How the samples of a page are stored.
struct Form {
    size: (u32, u32),
    /// Size of a strip or tile.
    chunk: (u32, u32),
    compression: u32,
    /// `PhotometricInterpretation` (section 8, pages 37 and following).
    photometric: u32,
    bits: u32,
    /// Samples a pixel.
    samples: usize,
    planar: bool,
    /// 2: samples are differences (section 14).
    predictor: u32,
    /// 2: bits of a byte run from the right (section 8).
    fill_order: u32,
    fax_options: u32,
    little: bool,
    /// Chroma is halved so often: columns, rows.
    chroma: (u32, u32),
    palette: Vec<u8>,
    tables: Vec<u8>,
}

fn unsupported(words: &str) -> Refusal {
    Refusal {
        state: crate::model::FileState::Unsupported,
        words: format!("TIFF: {words}"),
    }
}

impl Form {
    fn from_page(page: &Page<'_>) -> Result<Self, Refusal> {
        let number = |tag, missing| page.number(tag).unwrap_or(missing);
        let size = page
            .size()
            .ok_or_else(|| Refusal::damaged("TIFF: no size"))?;
        let (bits, samples) = (number(258, 1), number(277, 1) as usize);
        let tiled = page.number(322).zip(page.number(323));
        let chunk = tiled.unwrap_or((size.0, number(278, size.1).min(size.1)));
        let photometric = number(262, 1);
        let chroma = page.numbers(530);
        let chroma = match chroma.as_slice() {
            [across, down, ..] => ((*across).min(16), (*down).min(16)),
            _ => (2, 2),
        };
        if number(339, 1) != 1 || !matches!(bits, 1 | 2 | 4 | 8 | 16) {
            return Err(unsupported(&format!("{bits} bits a sample")));
        }
        let whole = u64::from(chunk.0) * u64::from(chunk.1);
        let sane =
            whole <= MAX_CHUNK && chroma.0 * chroma.1 > 0 && chroma.0 * chroma.1 <= 16;
        if samples == 0 || samples > 8 || whole == 0 || !sane {
            return Err(Refusal::damaged("TIFF: no samples"));
        }
        if !matches!(photometric, 0..=3 | 5 | 6 | 8) {
            return Err(unsupported(&format!("colour space {photometric}")));
        }
        Ok(Self {
            size,
            chunk,
            compression: number(259, 1),
            photometric,
            bits,
            samples,
            planar: number(284, 1) == 2 && samples > 1,
            predictor: number(317, 1),
            fill_order: number(266, 1),
            fax_options: page.number(292).unwrap_or(0),
            little: is_little(page.bytes),
            chroma,
            palette: palette(&page.numbers(320)),
            tables: page.numbers(347).iter().map(|v| *v as u8).collect(),
        })
    }

    /// Bytes of a row of a chunk, uncompressed.
    fn row_len(&self) -> usize {
        let samples = if self.planar { 1 } else { self.samples };
        (self.chunk.0 as usize * samples * self.bits as usize).div_ceil(8)
    }

    /// Whether YCbCr is stored in cells of several luma samples and one of either chroma
    /// (section 21).
    fn in_cells(&self) -> bool {
        self.photometric == 6
            && self.compression != 7
            && !self.planar
            && self.samples == 3
    }
}

/// The grey of each palette entry; entries are red, then green, then blue, in 16 bits.
fn palette(map: &[u32]) -> Vec<u8> {
    let count = map.len() / 3;
    let channel = |n: usize, of: usize| {
        let value = map.get(of * count + n).copied().unwrap_or(0);
        (value >> 8).min(255) as u8
    };
    (0..count)
        .map(|n| raster::grey_of(channel(n, 0), channel(n, 1), channel(n, 2)))
        .collect()
}

impl Form {
    fn packing(&self, rows: u32) -> Packing<'_> {
        let (row_len, rows_of_bytes) = if self.in_cells() {
            let (across, down) = self.chroma;
            let cell = across as usize * down as usize + 2;
            (
                self.chunk.0.div_ceil(across) as usize * cell,
                rows.div_ceil(down),
            )
        } else {
            (self.row_len(), rows)
        };
        Packing {
            compression: self.compression,
            size: (self.chunk.0, rows),
            row_len,
            rows: rows_of_bytes as usize,
            bits: self.bits,
            channels: if self.planar { 1 } else { self.samples },
            predictor: self.predictor,
            little: self.little,
            fill_order: self.fill_order,
            fax_options: self.fax_options,
            tables: &self.tables,
            luma: matches!(self.photometric, 0 | 1 | 6),
        }
    }

    /// What each sample adds to the grey of its pixel, in 1/256 (ITU-R BT.601); ink takes away.
    fn weights(&self) -> &'static [i32] {
        match self.photometric {
            0 => &[-256],
            2 => &[77, 150, 29],
            5 => &[-77, -150, -29, -256],
            // Luma, lightness and palette entries are grey already.
            _ => &[256],
        }
    }

    /// Adds the samples of a chunk, or of one of its planes, to its grey.
    fn write_plane(&self, from: &Samples, plane: usize, grey: &mut [u8]) {
        let width = self.chunk.0 as usize;
        let planes = self.weights().iter().skip(plane);
        let weights: Vec<i32> = planes.take(from.channels).copied().collect();
        for (y, row) in grey.chunks_mut(width).enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                let mut sum = i32::from(*pixel);
                for (n, weight) in weights.iter().enumerate() {
                    let Some(value) = self.sample(from, x, y, n) else {
                        return;
                    };
                    sum += (i32::from(value) * weight + 128) >> 8;
                }
                *pixel = sum.clamp(0, 255) as u8;
            }
        }
    }

    /// Returns one sample in 0 to 255; of a palette, its grey.
    fn sample(&self, from: &Samples, x: usize, y: usize, n: usize) -> Option<u8> {
        if self.in_cells() {
            let (across, down) = (self.chroma.0 as usize, self.chroma.1 as usize);
            let cell = (x / across) * (across * down + 2);
            let at = (y / down) * from.row_len + cell + (y % down) * across + x % across;
            return from.bytes.get(at).copied();
        }
        let at = x * from.channels + n;
        let row = y * from.row_len;
        let value = match from.bits {
            8 => *from.bytes.get(row + at)?,
            // The higher byte says enough.
            16 => *from.bytes.get(row + 2 * at + usize::from(self.little))?,
            bits => {
                let bits = bits as usize;
                let byte = u32::from(*from.bytes.get(row + at * bits / 8)?);
                let most = (1_u32 << bits) - 1;
                let value = byte >> (8 - bits - at * bits % 8) & most;
                if self.photometric == 3 {
                    value as u8
                } else {
                    (value * 255 / most) as u8
                }
            }
        };
        if self.photometric == 3 {
            return Some(self.palette.get(usize::from(value)).copied().unwrap_or(0));
        }
        Some(value)
    }
}

/// Decodes one page; what is missing or broken stays white.
pub(super) fn decode(page: &Page<'_>) -> Result<Raster, Refusal> {
    let form = Form::from_page(page)?;
    let [offsets, counts] = if page.number(322).is_some() {
        [page.numbers(324), page.numbers(325)]
    } else {
        [page.numbers(273), page.numbers(279)]
    };
    let (across, down) = (
        form.size.0.div_ceil(form.chunk.0) as usize,
        form.size.1.div_ceil(form.chunk.1) as usize,
    );
    let packed = |at: usize| {
        let rest = page.bytes.get(*offsets.get(at)? as usize..)?;
        // Without a count, the one strip runs to the end.
        let len = counts.get(at).map_or(rest.len(), |len| *len as usize);
        Some(rest.get(..len).unwrap_or(rest))
    };
    let planes = if form.planar { form.samples } else { 1 };
    let base = if matches!(form.photometric, 0 | 5) {
        255
    } else {
        0
    };
    let mut canvas = raster::blank(form.size.0, form.size.1, 255);
    let mut any = false;
    for at in 0..(across * down).min(MAX_CHUNKS) {
        let (x, y) = (
            (at % across) as u32 * form.chunk.0,
            (at / across) as u32 * form.chunk.1,
        );
        let rows = if page.number(322).is_some() {
            form.chunk.1
        } else {
            form.chunk.1.min(form.size.1 - y)
        };
        let mut grey = vec![base; form.chunk.0 as usize * rows as usize];
        let mut read = false;
        for plane in 0..planes {
            let samples = packed(plane * across * down + at)
                .and_then(|packed| unpack::unpack(packed, &form.packing(rows)));
            if let Some(samples) = samples {
                form.write_plane(&samples, plane, &mut grey);
                read = true;
            }
        }
        if read {
            copy(&grey, form.chunk.0, (x, y), &mut canvas);
            any = true;
        }
    }
    if any {
        Ok(canvas)
    } else {
        Err(unsupported(&format!("compression {}", form.compression)))
    }
}

/// Puts a chunk onto the page, as far as it reaches.
fn copy(grey: &[u8], width: u32, (x, y): (u32, u32), canvas: &mut Raster) {
    let (full, x) = (canvas.width as usize, x as usize);
    let lines = canvas.luma.chunks_mut(full.max(1)).skip(y as usize);
    for (line, row) in lines.zip(grey.chunks(width as usize)) {
        for (to, from) in line.iter_mut().skip(x).zip(row) {
            *to = *from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a TIFF of one page, big endian, of 2 × 2 pixels in one strip.
    fn tiff(entries: &[(u16, &[u16])], pixels: &[u8]) -> Vec<u8> {
        let mut all: Vec<(u16, Vec<u16>)> = vec![(256, vec![2]), (257, vec![2])];
        all.extend(entries.iter().map(|(tag, values)| (*tag, values.to_vec())));
        let mut out = b"MM\0*\0\0\0\x08".to_vec();
        let mut after = 8 + 2 + 12 * (all.len() + 1) + 4;
        let mut values = Vec::new();
        out.extend((all.len() as u16 + 1).to_be_bytes());
        for (tag, numbers) in &all {
            out.extend(tag.to_be_bytes());
            out.extend(3_u16.to_be_bytes());
            out.extend((numbers.len() as u32).to_be_bytes());
            let mut field: Vec<u8> =
                numbers.iter().flat_map(|n| n.to_be_bytes()).collect();
            if field.len() > 4 {
                let place = (after as u32).to_be_bytes();
                after += field.len();
                values.append(&mut field);
                field = place.to_vec();
            }
            field.resize(4, 0);
            out.extend(field);
        }
        out.extend([1, 17, 0, 4, 0, 0, 0, 1]);
        out.extend((after as u32).to_be_bytes());
        out.extend([0; 4]);
        out.extend(values);
        out.extend(pixels);
        out
    }

    /// Entries, pixels, and their grey.
    type Case<'a> = (&'a [(u16, &'a [u16])], &'a [u8], [u8; 4]);

    #[test]
    fn what_scanners_and_programs_write_is_read_as_grey() {
        // Red, green, blue, white as a palette of 16 entries.
        let mut map = [0_u16; 48];
        for (channel, entries) in [[0, 3], [1, 3], [2, 3]].iter().enumerate() {
            for at in entries {
                map[16 * channel + at] = 0xFFFF;
            }
        }
        let grey = [76, 149, 28, 255];
        let cases: [Case<'_>; 5] = [
            (
                &[(258, &[4]), (262, &[3]), (320, &map)],
                &[0x01, 0x23],
                grey,
            ),
            (
                &[(258, &[1]), (262, &[0])],
                &[0b0100_0000, 0b1000_0000],
                [255, 0, 0, 255],
            ),
            (
                &[(258, &[2]), (262, &[1])],
                &[0b0001_0000, 0b1011_0000],
                [0, 85, 170, 255],
            ),
            (
                &[(258, &[16]), (262, &[1])],
                &[1, 9, 2, 9, 3, 9, 4, 9],
                [1, 2, 3, 4],
            ),
            (
                &[(258, &[8, 8, 8]), (262, &[6]), (277, &[3]), (530, &[2, 2])],
                &[10, 20, 30, 40, 128, 128],
                [10, 20, 30, 40],
            ),
        ];
        for (entries, pixels, expected) in cases {
            let bytes = tiff(entries, pixels);
            let pages = pages(&bytes);
            assert_eq!(pages[0].size(), Some((2, 2)));
            assert_eq!(decode(&pages[0]).unwrap().luma, expected, "{entries:?}");
        }
    }

    #[test]
    fn planes_are_put_together_and_a_missing_strip_stays_white() {
        let entries: [(u16, &[u16]); 5] = [
            (258, &[8, 8, 8]),
            (262, &[2]),
            (277, &[3]),
            (278, &[1]),
            (284, &[2]),
        ];
        let mut bytes = tiff(&entries, &[255, 0, 0, 255, 0, 0]);
        // Strips: rows of red, of green, of blue; the second row's lie beyond the end.
        let at = bytes.len() as u32;
        let places = [at - 6, at, at - 4, at, at - 2, at];
        let list: Vec<u8> = places.iter().flat_map(|p| p.to_be_bytes()).collect();
        let entry = bytes.windows(4).position(|w| w == [1, 17, 0, 4]).unwrap();
        bytes[entry + 4..entry + 12]
            .copy_from_slice(&[[0, 0, 0, 6], at.to_be_bytes()].concat());
        let places_at = bytes.len();
        bytes.extend(list);
        // What lies beyond must be beyond the list, too.
        let beyond = (bytes.len() as u32).to_be_bytes();
        for n in [1, 3, 5] {
            bytes[places_at + 4 * n..places_at + 4 * n + 4].copy_from_slice(&beyond);
        }
        let pages = pages(&bytes);
        assert_eq!(decode(&pages[0]).unwrap().luma, [77, 149, 255, 255]);
    }

    #[test]
    fn a_circle_of_pages_ends_and_another_page_can_come_first() {
        let mut bytes = tiff(&[(258, &[8]), (262, &[1])], &[1, 2, 3, 4]);
        let next = 8 + 2 + 12 * 5;
        bytes[next..next + 4].copy_from_slice(&[0, 0, 0, 8]);
        assert_eq!(pages(&bytes).len(), 1);
        let mut first = Vec::new();
        pages(&bytes)[0].first().read_to_end(&mut first).unwrap();
        assert_eq!(first, bytes);
    }
}
