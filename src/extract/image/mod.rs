//! Takes a picture file and gives one page to be read by OCR (several for a TIFF), its Exif
//! facts, and its pixels upright, grey or in colour. Pixels are counted before any is decoded.
//!
//! | format | read by | not read |
//! |---|---|---|
//! | JPEG | `zune-jpeg`, luma alone | 12 bits, arithmetic coding, lossless |
//! | TIFF | `image`; what it leaves out, [`tiff`] | JPEG-in-TIFF of before 1995 |
//! | HEIC | `heic-decoder` | AVIF, HEVC's rarer tools |
//! | PNG, GIF, WebP, BMP | `image`, the first frame | |
//!
//! Of the 531 pictures of `img_exif` that Pillow decodes (two EPS aside), 524 do; of those that
//! carry a capture date, 79 of 80 agree, and every place and orientation does
//! (`tests/measure/extract.rs`, part `exif`). What is left: a JPEG in arithmetic coding, four
//! broken on purpose, and two HEIC that the decoder calls malformed; a date in Canon's format
//! of before Exif.

mod density;
mod exif;
mod heic;
mod jpeg;
pub(super) use jpeg::size as jpeg_size;
mod sheet;
pub(super) use sheet::sheet;
mod tiff;
mod unpack;
mod vendor;
mod xmp;

use super::Limits;
use crate::imaging::raster;
use crate::imaging::raster::Turn;
use crate::model::{
    CameraFacts, Extraction, FileState, MediaType, Metadata, Note, NoteCode, OcrRequest,
    Page, Raster,
};
use image::{ColorType, ImageDecoder, ImageFormat, ImageReader};
use std::io::{BufRead, Cursor, Seek};

/// Bytes of a picture decoded as stored, for the general decoder: three a pixel at the pixel
/// cap. They become grey in place.
const MAX_DECODED: u64 = 324_000_000;
/// The same for a TIFF, whose decoder holds all of it twice.
const MAX_DECODED_TIFF: u64 = MAX_DECODED / 2;
/// Bytes from the end in which the last mark of a PNG is looked for.
const TAIL: usize = 64 << 10;

/// Is what opening a picture gives.
pub(super) struct Read {
    pub state: FileState,
    pub extraction: Extraction,
    pub wanted: Vec<OcrRequest>,
}

/// Reads a picture's sizes and Exif facts; decodes no pixel.
pub(super) fn read(bytes: &[u8], media: MediaType, limits: &Limits) -> Read {
    let mut extraction = Extraction::without_pages(media);
    let mut camera = exif::read(bytes, media);
    let sizes = sizes(bytes, media, &camera, limits);
    let mut wanted = Vec::new();
    let (pages, refusal) = match sizes {
        Ok(sizes) => {
            camera.pixels = Some(sizes.stored);
            (sizes.pages.into_iter().map(Some).collect(), None)
        }
        Err(refusal) => (vec![None], Some(refusal)),
    };
    let state = refusal.as_ref().map_or(FileState::Indexed, |why| why.state);
    extraction.page_count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    for (number, size) in (1..=limits.max_pages).zip(pages) {
        let size = size.map(|(width, height)| (width as f32, height as f32));
        extraction.pages.push(Page::empty(number, size));
        if state == FileState::Indexed {
            wanted.push(OcrRequest::whole(number));
        }
    }
    if extraction.page_count > limits.max_pages {
        extraction.notes.push(Note::file(NoteCode::TooManyPages));
    }
    let is_photo = matches!(media, MediaType::Jpeg | MediaType::Heic);
    if is_photo && camera.captured.is_none() {
        extraction.notes.push(Note::file(NoteCode::NoCaptureDate));
    }
    if is_photo && camera.place.is_none() {
        extraction.notes.push(Note::file(NoteCode::NoPlace));
    }
    if state == FileState::Indexed && is_cut(bytes, media) {
        extraction.notes.push(Note::file(NoteCode::Truncated));
    }
    extraction.notes.extend(refusal.map(|why| why.note(None)));
    extraction.metadata = Metadata {
        camera: Some(camera),
        ..Metadata::default()
    };
    Read {
        state,
        extraction,
        wanted,
    }
}

/// Tells whether a picture ends before its end, by the mark or the length its format gives it.
fn is_cut(bytes: &[u8], media: MediaType) -> bool {
    let tail = bytes
        .get(bytes.len().saturating_sub(TAIL)..)
        .unwrap_or(bytes);
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|at| at == mark);
    match media {
        // After the start of the last scan there is an end, whatever follows it.
        MediaType::Jpeg => match last(b"\xFF\xDA") {
            Some(scan) => bytes
                .get(scan..)
                .is_none_or(|rest| super::find(rest, b"\xFF\xD9").is_none()),
            None => true,
        },
        MediaType::Png => super::find(tail, b"IEND").is_none(),
        MediaType::Webp => match bytes.get(4..8).and_then(|len| len.try_into().ok()) {
            Some(len) => {
                (u32::from_le_bytes(len) as usize) > bytes.len().saturating_sub(8)
            }
            None => true,
        },
        _ => false,
    }
}

/// Says why a picture is not decoded.
#[derive(Debug)]
struct Refusal {
    state: FileState,
    words: String,
}

impl Refusal {
    fn damaged(words: impl Into<String>) -> Self {
        Self {
            state: FileState::Damaged,
            words: words.into(),
        }
    }

    /// Makes the note for a page, or for the whole file.
    fn note(self, page: Option<u32>) -> Note {
        let code = match (self.state, page) {
            (FileState::Unsupported, _) => NoteCode::UnknownFormat,
            (FileState::TooLarge, _) => NoteCode::TooManyPixels,
            (_, Some(_)) => NoteCode::PictureUnreadable,
            (_, None) => NoteCode::BrokenStructure,
        };
        let note = page.map_or_else(|| Note::file(code), |page| Note::page(code, page));
        if self.words.is_empty() {
            note
        } else {
            note.with(self.words)
        }
    }
}

impl From<image::ImageError> for Refusal {
    fn from(error: image::ImageError) -> Self {
        let state = match &error {
            image::ImageError::Unsupported(_) => FileState::Unsupported,
            image::ImageError::Limits(_) => FileState::TooLarge,
            _ => FileState::Damaged,
        };
        Self {
            state,
            words: error.to_string(),
        }
    }
}

fn upright(camera: &CameraFacts) -> Turn {
    Turn::from_exif(camera.orientation.unwrap_or(1))
}

fn format(media: MediaType) -> Option<ImageFormat> {
    Some(match media {
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Png => ImageFormat::Png,
        MediaType::Tiff => ImageFormat::Tiff,
        MediaType::Webp => ImageFormat::WebP,
        MediaType::Bmp => ImageFormat::Bmp,
        MediaType::Gif => ImageFormat::Gif,
        _ => return None,
    })
}

/// Is how large a picture file is, before a pixel of it is decoded.
struct Sizes {
    /// Of the first page, as stored.
    stored: (u32, u32),
    /// Of all pages, as a person sees them.
    pages: Vec<(u32, u32)>,
}

/// Reads width and height of each page, and refuses what is too large.
fn sizes(
    bytes: &[u8],
    media: MediaType,
    camera: &CameraFacts,
    limits: &Limits,
) -> Result<Sizes, Refusal> {
    let read = || match media {
        MediaType::Heic => heic::size(bytes).map(|size| Sizes {
            stored: size.stored,
            pages: vec![size.seen],
        }),
        MediaType::Tiff if !tiff::pages(bytes).is_empty() => {
            let pages = tiff::pages(bytes);
            let sizes: Vec<_> = pages.iter().filter_map(tiff::Page::size).collect();
            let stored = sizes.first().copied().unwrap_or_default();
            let turn = upright(camera);
            let seen = |(n, size): (usize, &(u32, u32))| {
                let aspect = density::aspect(bytes, media, n as u32 + 1);
                let size = density::squared(*size, aspect);
                match n {
                    0 => turn.size(size),
                    _ => size,
                }
            };
            let pages = sizes.iter().enumerate().map(seen).collect();
            Ok(Sizes { stored, pages })
        }
        _ => {
            let own = jpeg::size(bytes).filter(|_| media == MediaType::Jpeg);
            let stored = match own {
                Some(size) => size,
                None => dimensions(bytes, media)?,
            };
            let square = density::squared(stored, density::aspect(bytes, media, 1));
            let pages = vec![upright(camera).size(square)];
            Ok(Sizes { stored, pages })
        }
    };
    let sizes = super::guard(read).map_err(Refusal::damaged)??;
    cap(sizes.stored, media, limits)?;
    Ok(sizes)
}

/// Reads the size of one picture, and refuses what would take too much memory.
fn dimensions(bytes: &[u8], media: MediaType) -> Result<(u32, u32), Refusal> {
    let decoder = reader(Cursor::new(bytes), media)?.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if media != MediaType::Tiff && decoder.total_bytes() > MAX_DECODED {
        return Err(too_large(width, height));
    }
    Ok((width, height))
}

fn too_large(width: u32, height: u32) -> Refusal {
    Refusal {
        state: FileState::TooLarge,
        words: format!("{width} × {height}"),
    }
}

/// Refuses what has no pixels, and what has too many.
fn cap((w, h): (u32, u32), media: MediaType, limits: &Limits) -> Result<(), Refusal> {
    let most = match media {
        MediaType::Heic => limits.max_pixels.min(heic::MAX_PIXELS),
        _ => limits.max_pixels,
    };
    match u64::from(w) * u64::from(h) {
        0 => Err(Refusal::damaged("")),
        pixels if pixels > most => Err(too_large(w, h)),
        _ => Ok(()),
    }
}

fn reader<R: BufRead + Seek>(
    bytes: R,
    media: MediaType,
) -> Result<ImageReader<R>, Refusal> {
    let unknown = || Refusal {
        state: FileState::Unsupported,
        words: format!("{media:?}"),
    };
    let mut reader = ImageReader::with_format(bytes, format(media).ok_or_else(unknown)?);
    let mut caps = image::Limits::default();
    caps.max_alloc = Some(match media {
        MediaType::Tiff => MAX_DECODED_TIFF,
        _ => MAX_DECODED,
    });
    reader.limits(caps);
    Ok(reader)
}

/// Decodes one page (from 1), grey, upright, at most as large as OCR needs.
pub(super) fn picture(
    bytes: &[u8],
    extraction: &Extraction,
    number: u32,
    limits: &Limits,
) -> Result<Raster, Note> {
    let media = extraction.media_type;
    if number == 0 || number > extraction.page_count {
        return Err(Note::page(NoteCode::PageUnreadable, number));
    }
    let camera = extraction.metadata.camera.as_ref();
    let decode = || match media {
        MediaType::Heic => heic::decode(bytes),
        MediaType::Tiff => decode_tiff(bytes, number, limits),
        MediaType::Jpeg => decode_jpeg(bytes, limits),
        _ => decode(Cursor::new(bytes), media, limits),
    };
    let grey = super::guard(decode)
        .map_err(Refusal::damaged)
        .flatten()
        .map_err(|refusal| refusal.note(Some(number)))?;
    let turned = media == MediaType::Heic
        && heic::size(bytes).is_ok_and(heic::Size::is_turned)
        // Exif speaks of the first page.
        || number > 1;
    let turn = camera
        .filter(|_| !turned)
        .map_or(Turn::from_exif(1), upright);
    let aspect = density::aspect(bytes, media, number);
    let (width, height) = density::squared((grey.width, grey.height), aspect);
    let (width, height) = raster::fit(width, height, raster::LONGEST_SIDE);
    Ok(raster::turn(raster::scale(grey, width, height), turn))
}

/// Decodes by way of the general decoder. Of a PNG cut short, the rows that are there.
fn decode<R: BufRead + Seek>(
    bytes: R,
    media: MediaType,
    limits: &Limits,
) -> Result<Raster, Refusal> {
    let decoder = reader(bytes, media)?.into_decoder()?;
    let ((width, height), colours) = (decoder.dimensions(), decoder.color_type());
    cap((width, height), media, limits)?;
    if decoder.total_bytes() > MAX_DECODED {
        return Err(too_large(width, height));
    }
    let mut raw = vec![255; decoder.total_bytes() as usize];
    if let Err(error) = decoder.read_image(&mut raw) {
        let partly = media == MediaType::Png && raw.iter().any(|byte| *byte != 255);
        if !partly {
            return Err(error.into());
        }
    }
    Ok(Raster {
        width,
        height,
        luma: grey_of(raw, colours),
    })
}

/// Turns samples grey in their own place; what is transparent shows white paper.
fn grey_of(mut raw: Vec<u8>, colours: ColorType) -> Vec<u8> {
    let channels = usize::from(colours.channel_count());
    let deep = usize::from(colours.bytes_per_pixel()) / channels;
    let step = channels * deep;
    let count = raw.len() / step;
    for at in 0..count {
        let sample = |n: usize| match raw.get(at * step + n * deep..) {
            Some([value, ..]) if deep == 1 => *value,
            Some([a, b, ..]) if deep == 2 => (u16::from_ne_bytes([*a, *b]) >> 8) as u8,
            Some([a, b, c, d, ..]) => {
                (f32::from_ne_bytes([*a, *b, *c, *d]).clamp(0.0, 1.0) * 255.0) as u8
            }
            _ => 255,
        };
        let value = match channels {
            1 | 2 => sample(0),
            _ => raster::grey_of(sample(0), sample(1), sample(2)),
        };
        let alpha = match channels {
            2 => sample(1),
            4 => sample(3),
            _ => 255,
        };
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        let value = ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        if let Some(slot) = raw.get_mut(at) {
            *slot = value;
        }
    }
    raw.truncate(count);
    raw
}

/// Decodes one page of a TIFF: by the general decoder where it can and fits, else strip by
/// strip.
fn decode_tiff(bytes: &[u8], number: u32, limits: &Limits) -> Result<Raster, Refusal> {
    let pages = tiff::pages(bytes);
    let mut sized = pages.iter().filter(|page| page.size().is_some());
    let Some(page) = sized.nth(number as usize - 1) else {
        return decode(Cursor::new(bytes), MediaType::Tiff, limits);
    };
    cap(page.size().unwrap_or_default(), MediaType::Tiff, limits)?;
    let general = || {
        if page.decoded_bytes() > MAX_DECODED_TIFF {
            return Err(Refusal::damaged(""));
        }
        decode(page.first(), MediaType::Tiff, limits)
    };
    match super::guard(general) {
        Ok(Ok(raster)) => Ok(raster),
        first => tiff::decode(page).map_err(|own| match first {
            // The general decoder's words are about what it does not know, too.
            Ok(Err(refusal)) if refusal.state == FileState::Damaged => refusal,
            _ => own,
        }),
    }
}

fn decode_jpeg(bytes: &[u8], limits: &Limits) -> Result<Raster, Refusal> {
    if let Some(grey) = jpeg::luma(bytes) {
        return Ok(grey);
    }
    decode(Cursor::new(bytes), MediaType::Jpeg, limits)
        .or_else(|error| jpeg::luma(&jpeg::plain(bytes)).ok_or(error))
}
