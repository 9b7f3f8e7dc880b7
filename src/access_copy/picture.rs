//! Takes a page in colour and gives it as JPEG at any step of the ladder. A page without
//! coloured ink goes in grey: empty colour planes would take a fifth of a small page.

use crate::model::{CopyStep, Sheet};
use image::{
    ExtendedColorType, ImageBuffer, Rgb,
    codecs::jpeg::JpegEncoder,
    imageops::{FilterType, resize},
};
use std::{
    borrow::Cow,
    io::{Error, ErrorKind, Result},
};

/// Difference between the channels of a pixel from which it is coloured: yellowed paper and
/// the noise of scanners stay below.
const COLOURED: u8 = 40;
/// Coloured pixels in a million from which a page is coloured: at 200 dpi, 190 pixels of an A4
/// page, 3 mm² of ink. A short signature has ten times that.
const PER_MILLION: u64 = 50;

/// A page packed for the document.
pub(super) struct Jpeg {
    pub width: u32,
    pub height: u32,
    pub is_grey: bool,
    pub bytes: Vec<u8>,
}

/// Packs one page at one step after another, the finest first.
pub(super) struct Shrinker<'a> {
    sheet: &'a Sheet,
    is_grey: bool,
    /// Kept for the next step of the same resolution.
    scaled: Option<Scaled<'a>>,
}

/// The page at a resolution: one byte a pixel where it is grey, three where it is not.
struct Scaled<'a> {
    dpi: u16,
    width: u32,
    height: u32,
    samples: Cow<'a, [u8]>,
}

impl<'a> Shrinker<'a> {
    pub(super) fn new(sheet: &'a Sheet) -> Self {
        Self {
            sheet,
            is_grey: is_grey(&sheet.rgb),
            scaled: None,
        }
    }

    pub(super) fn jpeg(&mut self, step: CopyStep) -> Result<Jpeg> {
        let scaled = match self.scaled.take().filter(|known| known.dpi == step.dpi) {
            Some(known) => known,
            None => self.scaled_to(step.dpi)?,
        };
        let scaled = self.scaled.insert(scaled);
        let kind = match self.is_grey {
            true => ExtendedColorType::L8,
            false => ExtendedColorType::Rgb8,
        };
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, step.quality)
            .encode(&scaled.samples, scaled.width, scaled.height, kind)
            .map_err(Error::other)?;
        Ok(Jpeg {
            width: scaled.width,
            height: scaled.height,
            is_grey: self.is_grey,
            bytes,
        })
    }

    /// Returns the page at a resolution, never more than it has.
    fn scaled_to(&self, dpi: u16) -> Result<Scaled<'a>> {
        let sheet = self.sheet;
        let ratio = f32::from(dpi) / sheet.dpi.max(1.0);
        let side =
            |side: u32| ((side as f32 * ratio).round() as u32).clamp(1, side.max(1));
        let (width, height) = (side(sheet.width), side(sheet.height));
        let stored = sheet.rgb.as_slice();
        let rgb = if (width, height) == (sheet.width, sheet.height) {
            Cow::Borrowed(stored)
        } else {
            let page = Pixels::from_raw(sheet.width, sheet.height, stored);
            let page = page.ok_or(ErrorKind::InvalidData)?;
            Cow::Owned(resize(&page, width, height, FilterType::Triangle).into_raw())
        };
        Ok(Scaled {
            dpi,
            width,
            height,
            samples: match self.is_grey {
                true => Cow::Owned(grey(&rgb)),
                false => rgb,
            },
        })
    }
}

/// A page's pixels where they lie.
type Pixels<'a> = ImageBuffer<Rgb<u8>, &'a [u8]>;

/// Returns the grey of each pixel, ITU-R BT.601.
fn grey(rgb: &[u8]) -> Vec<u8> {
    let grey = |pixel: &[u8]| match *pixel {
        [r, g, b] => {
            ((77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b)) >> 8) as u8
        }
        _ => 255,
    };
    rgb.chunks_exact(3).map(grey).collect()
}

fn is_grey(rgb: &[u8]) -> bool {
    let is_coloured = |pixel: &&[u8]| {
        let most = pixel.iter().max().copied().unwrap_or(0);
        let least = pixel.iter().min().copied().unwrap_or(0);
        most - least > COLOURED
    };
    let coloured = rgb.chunks_exact(3).filter(is_coloured).count() as u64;
    coloured * 1_000_000 < PER_MILLION * (rgb.len() as u64 / 3).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rgb: impl Fn(u32, u32) -> [u8; 3]) -> Sheet {
        let (width, height) = (400, 200);
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Sheet {
            points: (144.0, 72.0),
            dpi: 200.0,
            width,
            height,
            rgb: pixels.flat_map(|(x, y)| rgb(x, y)).collect(),
        }
    }

    #[test]
    fn a_page_is_shrunk_and_never_grown() {
        let page = sheet(|x, _| [(x % 256) as u8; 3]);
        let mut shrinker = Shrinker::new(&page);
        for (dpi, expected) in [(300, (400, 200)), (200, (400, 200)), (100, (200, 100))] {
            let jpeg = shrinker.jpeg(CopyStep { dpi, quality: 60 }).unwrap();
            assert_eq!((jpeg.width, jpeg.height), expected, "{dpi}");
            let read = image::load_from_memory(&jpeg.bytes).unwrap();
            assert_eq!((read.width(), read.height()), expected, "{dpi}");
        }
    }

    #[test]
    fn blue_ink_stays_blue_and_yellowed_paper_goes_grey() {
        let signed = sheet(|x, y| match (x, y) {
            (10..40, 20..24) => [20, 30, 200],
            _ => [240, 235, 220],
        });
        let jpeg = Shrinker::new(&signed)
            .jpeg(super::super::LADDER[7])
            .unwrap();
        assert!(!jpeg.is_grey);
        let read = image::load_from_memory(&jpeg.bytes).unwrap().to_rgb8();
        let ink = read.get_pixel(12, 11);
        assert!(ink[2] > ink[0].saturating_add(60), "{ink:?}");
        let plain = sheet(|_, _| [240, 235, 215]);
        let jpeg = Shrinker::new(&plain).jpeg(super::super::LADDER[0]).unwrap();
        assert!(jpeg.is_grey);
        let read = image::load_from_memory(&jpeg.bytes).unwrap();
        assert_eq!(read.color(), image::ColorType::L8);
    }
}
