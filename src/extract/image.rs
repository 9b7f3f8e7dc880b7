//! Takes a picture file and gives one page to be read by OCR (several for a TIFF), its Exif
//! facts, and its pixels grey and upright. Pixels are counted before any is decoded.

use super::raster::{self, Turn};
use super::{Limits, exif};
use crate::model::{
    CameraFacts, Extraction, FileState, MediaType, Metadata, Note, NoteCode, OcrRequest,
    Page, Raster,
};
use image::{DynamicImage, ImageFormat, ImageReader};
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Pages of a TIFF that are followed: its list may run in a circle.
const MAX_TIFF_PAGES: u32 = 2_000;
/// Bytes a pixel takes at most while it is decoded: four channels of 16 bits.
const BYTES_A_PIXEL: u64 = 8;

/// Is what opening a picture gives.
pub(super) struct Read {
    pub state: FileState,
    pub extraction: Extraction,
    pub wanted: Vec<OcrRequest>,
}

/// Reads a picture's size and Exif facts; decodes no pixel.
pub(super) fn read(bytes: &[u8], media: MediaType, limits: &Limits) -> Read {
    let mut extraction = Extraction::without_pages(media);
    let mut camera = exif::read(bytes);
    let size = size(bytes, media, limits);
    camera.pixels = size.as_ref().ok().copied();
    let turned = camera.pixels.map(|size| upright(&camera).size(size));
    extraction.page_count = page_count(bytes, media);
    for number in 1..=extraction.page_count.min(limits.max_pages) {
        let size = turned
            .filter(|_| number == 1)
            .map(|(w, h)| (w as f32, h as f32));
        extraction.pages.push(Page::empty(number, size));
    }
    let is_photo = matches!(media, MediaType::Jpeg | MediaType::Heic);
    if is_photo && camera.captured.is_none() {
        extraction.notes.push(Note::file(NoteCode::NoCaptureDate));
    }
    if is_photo && camera.place.is_none() {
        extraction.notes.push(Note::file(NoteCode::NoPlace));
    }
    extraction.metadata = Metadata {
        camera: Some(camera),
        ..Metadata::default()
    };
    let mut wanted = Vec::new();
    let mut state = FileState::Indexed;
    match size {
        Ok(_) => {
            let pages = extraction.pages.iter();
            wanted.extend(pages.map(|page| OcrRequest { page: page.number }));
        }
        Err(refusal) => {
            state = refusal.state;
            extraction.notes.push(refusal.note(None));
        }
    }
    Read {
        state,
        extraction,
        wanted,
    }
}

/// Says why a picture is not decoded.
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

/// Reads width and height, and refuses what is too large before a pixel is decoded.
fn size(bytes: &[u8], media: MediaType, limits: &Limits) -> Result<(u32, u32), Refusal> {
    let read = || {
        reader(bytes, media)?
            .into_dimensions()
            .map_err(Refusal::from)
    };
    match super::guard(read).map_err(Refusal::damaged)?? {
        (0, _) | (_, 0) => Err(Refusal::damaged("")),
        (w, h) if u64::from(w) * u64::from(h) > limits.max_pixels => Err(Refusal {
            state: FileState::TooLarge,
            words: format!("{w} × {h}"),
        }),
        size => Ok(size),
    }
}

fn reader(bytes: &[u8], media: MediaType) -> Result<ImageReader<Cursor<&[u8]>>, Refusal> {
    // HEIC: the decoder written in Rust (`heic`) is under AGPL.
    let unknown = || Refusal {
        state: FileState::Unsupported,
        words: format!("{media:?}"),
    };
    Ok(ImageReader::with_format(
        Cursor::new(bytes),
        format(media).ok_or_else(unknown)?,
    ))
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
    let first = (number > 1).then(|| only_page(bytes, number)).flatten();
    let bytes = first.as_deref().unwrap_or(bytes);
    let grey = size(bytes, media, limits)
        .and_then(|_| {
            super::guard(|| decode(bytes, media, limits)).map_err(Refusal::damaged)?
        })
        .map_err(|refusal| refusal.note(Some(number)))?;
    let (width, height) = raster::fit(grey.width, grey.height, raster::LONGEST_SIDE);
    let camera = extraction.metadata.camera.as_ref();
    let turn = camera.map_or(Turn::from_exif(1), upright);
    Ok(raster::turn(raster::scale(grey, width, height), turn))
}

fn decode(bytes: &[u8], media: MediaType, limits: &Limits) -> Result<Raster, Refusal> {
    if media == MediaType::Jpeg
        && let Some(grey) = decode_jpeg(bytes)
    {
        return Ok(grey);
    }
    let mut reader = reader(bytes, media)?;
    let mut caps = image::Limits::default();
    caps.max_alloc = Some(limits.max_pixels.saturating_mul(BYTES_A_PIXEL));
    reader.limits(caps);
    Ok(on_white(reader.decode()?))
}

/// Takes the luma plane as stored: three times faster than by way of colours. `None` leaves the
/// odd ones (CMYK, arithmetic) to the general decoder.
fn decode_jpeg(bytes: &[u8]) -> Option<Raster> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let cursor = zune_jpeg::zune_core::bytestream::ZCursor::new(bytes);
    let mut decoder = JpegDecoder::new_with_options(cursor, options);
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

/// Turns any picture grey; what is transparent shows white paper.
fn on_white(picture: DynamicImage) -> Raster {
    let (width, height) = (picture.width(), picture.height());
    let luma = if picture.color().has_alpha() {
        let blend = |[value, alpha]: &[u8; 2]| {
            let (value, alpha) = (u32::from(*value), u32::from(*alpha));
            ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        let raw = picture.into_luma_alpha8().into_raw();
        let (pixels, _) = raw.as_chunks::<2>();
        pixels.iter().map(blend).collect()
    } else {
        picture.into_luma8().into_raw()
    };
    Raster {
        width,
        height,
        luma,
    }
}

fn page_count(bytes: &[u8], media: MediaType) -> u32 {
    match media {
        MediaType::Tiff => (tiff_pages(bytes).len() as u32).max(1),
        _ => 1,
    }
}

/// Returns where each page's directory stands, in order (TIFF 6.0, section 2). `BigTIFF` is
/// taken for one page.
fn tiff_pages(bytes: &[u8]) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let mut next = number_at(bytes, 4, 4);
    while let Some(at) = next.filter(|at| *at != 0 && !found.contains(at)) {
        let Some(entries) = number_at(bytes, at as usize, 2) else {
            break;
        };
        found.push(at);
        if found.len() as u32 >= MAX_TIFF_PAGES {
            break;
        }
        next = number_at(bytes, at as usize + 2 + 12 * entries as usize, 4);
    }
    found
}

/// Reads 2 or 4 bytes in the file's own order.
fn number_at(bytes: &[u8], at: usize, len: usize) -> Option<u32> {
    let little = bytes.first() == Some(&b'I');
    let raw = bytes.get(at..at.checked_add(len)?)?;
    let digits: Box<dyn Iterator<Item = &u8>> = if little {
        Box::new(raw.iter().rev())
    } else {
        Box::new(raw.iter())
    };
    Some(digits.fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
}

/// Makes a TIFF that begins with the given page: the decoder reads only a file's first.
fn only_page(bytes: &[u8], number: u32) -> Option<Vec<u8>> {
    let at = *tiff_pages(bytes).get(number as usize - 1)?;
    let mut patched = bytes.to_vec();
    let little = bytes.first() == Some(&b'I');
    let raw = if little {
        at.to_le_bytes()
    } else {
        at.to_be_bytes()
    };
    patched.get_mut(4..8)?.copy_from_slice(&raw);
    Some(patched)
}
