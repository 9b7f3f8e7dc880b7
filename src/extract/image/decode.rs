//! Takes the bytes of a picture file and gives its grey pixels: upright, within bounds.

use super::refusal::Refusal;
use crate::extract::Limits;
use crate::imaging::raster;
use crate::imaging::raster::Turn;
use crate::model::{CameraFacts, FileState, MediaType, Note, NoteCode, Raster};
use image::{ColorType, ImageDecoder, ImageFormat, ImageReader};
use std::io::{BufRead, Cursor, Seek};

/// Bytes of a picture decoded as stored, for the general decoder: three a pixel at the pixel
/// cap. They become grey in place.
pub(super) const MAX_DECODED: u64 = 324_000_000;

/// The same for a TIFF, whose decoder holds all of it twice.
pub(super) const MAX_DECODED_TIFF: u64 = MAX_DECODED / 2;

/// A picture file as far as its head says: what decoding a page of it needs beside its bytes.
#[derive(Debug)]
pub(in crate::extract) struct Picture {
    pub media: MediaType,
    /// Width and height of each page as a person sees it; `None` where none could be read.
    pub sizes: Vec<Option<(f32, f32)>>,
    /// How the camera was held when it took the first page.
    pub upright: Turn,
    pub limits: Limits,
}

impl Picture {
    /// Decodes page `page` (from 1) of the file that `bytes` are: grey, upright, at most as
    /// large as OCR needs.
    pub fn page(&self, bytes: &[u8], page: u32) -> Result<Raster, Note> {
        self.size(page)?;
        let (media, limits) = (self.media, &self.limits);
        let decode = || match media {
            MediaType::Heic => super::heic::decode(bytes),
            MediaType::Tiff => decode_tiff(bytes, page, limits),
            MediaType::Jpeg => decode_jpeg(bytes, limits),
            _ => decode(Cursor::new(bytes), media, limits),
        };
        let grey = crate::extract::guard(decode)
            .map_err(Refusal::damaged)
            .flatten()
            .map_err(|refusal| refusal.note(Some(page)))?;
        let is_upright = media == MediaType::Heic
            && super::heic::size(bytes).is_ok_and(super::heic::Size::is_turned);
        let aspect = super::density::aspect(bytes, media, page);
        let (width, height) = super::density::squared((grey.width, grey.height), aspect);
        let (width, height) = raster::fit(width, height, raster::LONGEST_SIDE);
        let turn = self.turn(page, is_upright);
        Ok(raster::turn(raster::scale(grey, width, height), turn))
    }

    /// Returns the size of page `page`, from 1; a note where there is no such page.
    pub(super) fn size(&self, page: u32) -> Result<Option<(f32, f32)>, Note> {
        let at = (page as usize).checked_sub(1);
        let size = at.and_then(|at| self.sizes.get(at)).copied();
        size.ok_or_else(|| Note::page(NoteCode::PageUnreadable, page))
    }

    /// Returns how page `page` must be turned once it is decoded: Exif speaks of the first
    /// page, and what `is_upright` already is not turned again.
    pub(super) fn turn(&self, page: u32, is_upright: bool) -> Turn {
        match page {
            1 if !is_upright => self.upright,
            _ => Turn::from_exif(1),
        }
    }
}

pub(super) fn upright(camera: &CameraFacts) -> Turn {
    Turn::from_exif(camera.orientation.unwrap_or(1))
}

pub(super) fn format(media: MediaType) -> Option<ImageFormat> {
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

/// Reads the size of one picture, and refuses what would take too much memory.
pub(super) fn dimensions(bytes: &[u8], media: MediaType) -> Result<(u32, u32), Refusal> {
    let decoder = reader(Cursor::new(bytes), media)?.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if media != MediaType::Tiff && decoder.total_bytes() > MAX_DECODED {
        return Err(too_large(width, height));
    }
    Ok((width, height))
}

pub(super) fn too_large(width: u32, height: u32) -> Refusal {
    Refusal {
        state: FileState::TooLarge,
        words: format!("{width} × {height}"),
    }
}

/// Refuses what has no pixels, and what has too many.
pub(super) fn cap(
    (w, h): (u32, u32),
    media: MediaType,
    limits: &Limits,
) -> Result<(), Refusal> {
    let most = match media {
        MediaType::Heic => limits.max_pixels.min(super::heic::MAX_PIXELS),
        _ => limits.max_pixels,
    };
    match u64::from(w) * u64::from(h) {
        0 => Err(Refusal::damaged("")),
        pixels if pixels > most => Err(too_large(w, h)),
        _ => Ok(()),
    }
}

pub(super) fn reader<R: BufRead + Seek>(
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

/// Decodes by way of the general decoder. Of a PNG cut short, the rows that are there.
pub(super) fn decode<R: BufRead + Seek>(
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
pub(super) fn grey_of(mut raw: Vec<u8>, colours: ColorType) -> Vec<u8> {
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
pub(super) fn decode_tiff(
    bytes: &[u8],
    number: u32,
    limits: &Limits,
) -> Result<Raster, Refusal> {
    let pages = super::tiff::pages(bytes);
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
    match crate::extract::guard(general) {
        Ok(Ok(raster)) => Ok(raster),
        first => super::tiff::decode(page).map_err(|own| match first {
            // The general decoder's words are about what it does not know, too.
            Ok(Err(refusal)) if refusal.state == FileState::Damaged => refusal,
            _ => own,
        }),
    }
}

pub(super) fn decode_jpeg(bytes: &[u8], limits: &Limits) -> Result<Raster, Refusal> {
    if let Some(grey) = super::jpeg::luma(bytes) {
        return Ok(grey);
    }
    decode(Cursor::new(bytes), MediaType::Jpeg, limits).or_else(|error| {
        super::jpeg::luma(&super::jpeg::without_remarks(bytes)).ok_or(error)
    })
}
