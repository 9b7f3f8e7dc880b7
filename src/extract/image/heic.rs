//! Takes a HEIC photo, as phones make them, and gives its size, its Exif block and its pixels
//! grey or in colour. Apart, because the decoder keeps four bytes a sample and has to be held
//! short.

use super::Refusal;
use crate::model::{FileState, Raster};
use heic_decoder::{DecodeOptions, DecodedImage, HeifError};
use image::RgbImage;

/// Pixels up to which the decoder turns the picture itself. It takes 18 bytes a pixel while it
/// does and 12 without; a larger photo is turned by its Exif, which phones write alike.
const TURNED: u64 = 16_000_000;
/// Pixels above which a photo is not decoded: at 12 bytes each, the 400 MiB of a worker.
pub(super) const MAX_PIXELS: u64 = 28_000_000;

/// What a photo says about its size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// As stored.
    pub stored: (u32, u32),
    /// As a person sees it.
    pub seen: (u32, u32),
}

impl Size {
    /// Tells whether the decoder turns this photo upright.
    pub(super) fn is_turned(self) -> bool {
        u64::from(self.stored.0) * u64::from(self.stored.1) <= TURNED
    }
}

/// Reads the size without decoding a pixel.
pub(super) fn size(bytes: &[u8]) -> Result<Size, Refusal> {
    let info = heic_decoder::probe(bytes).map_err(|error| refusal(&error))?;
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    Ok(Size {
        stored: (side(info.coded_width), side(info.coded_height)),
        seen: (side(info.width), side(info.height)),
    })
}

/// Returns the Exif block of the photo itself, and of no thumbnail.
pub(super) fn exif(bytes: &[u8]) -> Option<Vec<u8>> {
    heic_decoder::read_metadata(bytes).ok()?.exif
}

/// Decodes the luma plane; upright where [`Size::is_turned`].
pub(super) fn decode(bytes: &[u8]) -> Result<Raster, Refusal> {
    let picture = decoded(bytes)?;
    // Samples of limited range leave 16 steps of 255 at either end, which OCR does not mind.
    let shift = picture.bit_depth_luma.saturating_sub(8);
    let (width, height, samples) = (picture.width, picture.height, picture.y);
    let luma = samples.iter().map(|v| (v >> shift).clamp(0, 255) as u8);
    Ok(Raster {
        width: u32::try_from(width).unwrap_or(0),
        height: u32::try_from(height).unwrap_or(0),
        luma: luma.collect(),
    })
}

/// Decodes in colour; upright where [`Size::is_turned`].
pub(super) fn colours(bytes: &[u8]) -> Result<RgbImage, Refusal> {
    let rgb = decoded(bytes)?.to_rgb8().map_err(|error| refusal(&error))?;
    let side = |side: usize| u32::try_from(side).unwrap_or(0);
    let picture = RgbImage::from_raw(side(rgb.width), side(rgb.height), rgb.data);
    picture.ok_or_else(|| Refusal::damaged("HEIC"))
}

fn decoded(bytes: &[u8]) -> Result<DecodedImage, Refusal> {
    let apply_transforms = size(bytes)?.is_turned();
    let options = DecodeOptions { apply_transforms };
    heic_decoder::decode_with(bytes, &options).map_err(|error| refusal(&error))
}

fn refusal(error: &HeifError) -> Refusal {
    let state = match error {
        // What the decoder calls malformed, the phone's own viewer may show: the remedy is the
        // same as for what it does not know.
        HeifError::Unsupported(_)
        | HeifError::NotHeif(_)
        | HeifError::MalformedBox(_) => FileState::Unsupported,
        HeifError::LimitExceeded(_) => FileState::TooLarge,
        _ => FileState::Damaged,
    };
    Refusal {
        state,
        words: format!("HEIC: {error}"),
    }
}
