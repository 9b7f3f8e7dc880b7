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

mod decode;
pub(super) use decode::Picture;
mod refusal;
mod density;
mod exif;
mod heic;
mod jpeg;
pub(super) use jpeg::size as jpeg_size;
mod sheet;
mod tiff;
mod unpack;
mod vendor;
mod xmp;

use self::decode::{MAX_DECODED, cap, dimensions, reader, too_large, upright};
use self::refusal::Refusal;
use super::Limits;
use crate::model::{
    CameraFacts, Extraction, FileState, MediaType, Metadata, Note, NoteCode, OcrRequest,
    Page,
};

/// Bytes from the end in which the last mark of a PNG is looked for.
const TAIL: usize = 64 << 10;

/// What opening a picture gives.
pub(super) struct Read {
    pub state: FileState,
    pub extraction: Extraction,
    pub wanted: Vec<OcrRequest>,
    /// For its pixels.
    pub picture: Picture,
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
            let seen = |(width, height): (u32, u32)| Some((width as f32, height as f32));
            (sizes.pages.into_iter().map(seen).collect(), None)
        }
        Err(refusal) => (vec![None], Some(refusal)),
    };
    let state = refusal.as_ref().map_or(FileState::Indexed, |why| why.state);
    let picture = Picture {
        media,
        sizes: pages,
        upright: upright(&camera),
        limits: *limits,
    };
    extraction.page_count = u32::try_from(picture.sizes.len()).unwrap_or(u32::MAX);
    for (number, &size) in (1..=limits.max_pages).zip(&picture.sizes) {
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
        picture,
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

/// How large a picture file is, before a pixel of it is decoded.
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
