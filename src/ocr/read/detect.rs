//! Finds lines of text: picture → [`Quad`]s. A network marks the core of each line
//! (Liao et al., Real-time Scene Text Detection with Differentiable Binarization, AAAI
//! 2020); its blobs become rectangles, grown again by what the network was taught to shave.

use super::blobs;
use crate::imaging::picture;
use crate::model::Raster;
use crate::ocr::OcrError;
use crate::ocr::geometry::{Quad, Rectangle, min_area_rectangle};
use crate::ocr::net::Net;
use rten::ThreadPool;
use rten_tensor::NdTensor;
use std::sync::Arc;

/// Longest side of the picture as the network sees it, in pixels: the next one is tried
/// where letters turn out small. Measured on made pages at 200 dpi: on ordinary pages 736
/// reads as well as 960 (CER 0.48 and 0.49 %) at half the cost; on dense ones, 7.5 to 10 pt,
/// 736 has a CER of 0.12 %, 960 of 0.013 % and 1280 of 0.003 %.
const SIDES: [u32; 3] = [736, 1280, 1920];

/// Lower quartile of the cores' thickness, in the network's pixels, under which letters are
/// small. At 736, dense made pages have at most 3.8, ordinary ones at least 4.0.
const SMALL_CORE: f32 = 3.95;

/// A core this many times longer than high is a line, and its thickness tells.
const LINE: f32 = 6.0;

/// Both sides of the network's input are multiples of this: it halves them five times.
const GRID: u32 = 32;

// The next four are the ones the network was published with (PP-OCRv6 tiny, `inference.yml`).
const THRESHOLD: f32 = 0.2;
const MIN_SCORE: f32 = 0.4;
const UNCLIP: f32 = 1.4;
const CHANNELS: [(f32, f32); 3] = [(0.485, 0.229), (0.456, 0.224), (0.406, 0.225)];

/// Cores thinner than this, in the network's pixels, are specks and rulings.
const MIN_CORE: f32 = 2.0;

/// The network that finds lines of text.
pub(crate) const MODEL: &[u8] = include_bytes!("../models/det.onnx");

/// The text detector.
pub(crate) struct Detector {
    net: Net,
}

impl Detector {
    pub(crate) fn load(pool: &Arc<ThreadPool>) -> Result<Self, OcrError> {
        let net = Net::load(MODEL, pool)?;
        Ok(Self { net })
    }

    /// Returns the lines of text found, in pixels of `picture`, in no order.
    pub(crate) fn detect(&self, picture: &Raster) -> Result<Vec<Quad>, OcrError> {
        let longest = picture.width.max(picture.height);
        let [first, larger @ ..] = SIDES;
        let (mut side, mut cores) = (first, self.cores(picture, first)?);
        for next in larger {
            if longest <= side || !small_text(&cores) {
                break;
            }
            (side, cores) = (next, self.cores(picture, next)?);
        }
        let (width, height) = seen_size(picture, side);
        let scale_x = picture.width as f32 / width as f32;
        let scale_y = picture.height as f32 / height as f32;
        Ok(cores
            .iter()
            .map(|core| core.quad(scale_x, scale_y))
            .collect())
    }

    fn cores(&self, picture: &Raster, side: u32) -> Result<Vec<Core>, OcrError> {
        let (width, height) = seen_size(picture, side);
        let input = normalise(&picture::resize(picture, width, height).luma);
        let shape = [1, CHANNELS.len(), height as usize, width as usize];
        let map = self
            .net
            .run::<4>(NdTensor::from_data(shape, input))?
            .into_data();
        let blobs = blobs::blobs(&map, width as usize, THRESHOLD).into_iter();
        let cores = blobs
            .filter(|blob| blob.score >= MIN_SCORE)
            .filter_map(|blob| {
                let rectangle = min_area_rectangle(&blob.ends)?;
                let thickness = blob.pixels as f32 / rectangle.long_side();
                Some(Core {
                    rectangle,
                    thickness,
                })
            });
        Ok(cores
            .filter(|core| core.rectangle.short_side() >= MIN_CORE)
            .collect())
    }
}

/// Returns width and height of the network's input for `picture`; never larger than it, but
/// for the grid.
fn seen_size(picture: &Raster, side: u32) -> (u32, u32) {
    let longest = picture.width.max(picture.height);
    let shrink = (side as f32 / longest as f32).min(1.0);
    let fit = |length: u32| {
        let steps = length as f32 * shrink / GRID as f32;
        steps.round().max(1.0) as u32 * GRID
    };
    (fit(picture.width), fit(picture.height))
}

/// Returns grey bytes as the network was taught to see colours, channel after channel.
fn normalise(luma: &[u8]) -> Vec<f32> {
    let mut input = Vec::with_capacity(luma.len() * CHANNELS.len());
    for (mean, deviation) in CHANNELS {
        input.extend(
            luma.iter()
                .map(|v| (f32::from(*v) / 255.0 - mean) / deviation),
        );
    }
    input
}

/// The shaved middle of one line, in the network's pixels.
struct Core {
    rectangle: Rectangle,
    /// Pixels for each pixel of its length: finer than the height in whole pixels.
    thickness: f32,
}

impl Core {
    fn quad(&self, scale_x: f32, scale_y: f32) -> Quad {
        let Rectangle { width, height, .. } = self.rectangle;
        let margin = width * height * UNCLIP / (2.0 * (width + height));
        Quad::from_corners(self.rectangle.grown(margin).corners(scale_x, scale_y))
    }
}

/// Tells whether a good part of the lines is too small for the network to see well.
fn small_text(cores: &[Core]) -> bool {
    let is_line =
        |core: &&Core| core.rectangle.long_side() > LINE * core.rectangle.short_side();
    let mut thickness: Vec<f32> = cores
        .iter()
        .filter(is_line)
        .map(|core| core.thickness)
        .collect();
    thickness.sort_by(f32::total_cmp);
    thickness
        .get(thickness.len() / 4)
        .is_some_and(|quartile| *quartile < SMALL_CORE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::geometry::Point;

    fn raster(width: u32, height: u32) -> Raster {
        Raster {
            width,
            height,
            luma: Vec::new(),
        }
    }

    fn core(width: f32, thickness: f32) -> Core {
        let (center, axis) = (Point::new(100.0, 50.0), Point::new(1.0, 0.0));
        Core {
            rectangle: Rectangle {
                center,
                axis,
                width,
                height: 5.0,
            },
            thickness,
        }
    }

    #[test]
    fn pictures_are_shrunk_to_the_grid_but_not_enlarged() {
        for ((width, height), seen) in [
            ((1654, 2339), (512, 736)),
            ((736, 736), (736, 736)),
            ((300, 40), (288, 32)),
            ((5, 5), (32, 32)),
            ((10_000, 10), (736, 32)),
        ] {
            assert_eq!(seen_size(&raster(width, height), 736), seen);
        }
    }

    #[test]
    fn a_quarter_of_thin_lines_is_small_text() {
        let page = |thin: usize| -> Vec<Core> {
            (0..8)
                .map(|i| core(200.0, if i < thin { 3.5 } else { 4.5 }))
                .collect()
        };
        assert!(!small_text(&page(2)));
        assert!(small_text(&page(3)));
        assert!(!small_text(&[core(10.0, 2.0)]), "a speck is no line");
        assert!(!small_text(&[]));
    }

    #[test]
    fn a_core_grows_by_its_area_and_circumference() {
        // 200 × 5: 1000 × 1.4 / 410 = 3.41 on each side, doubled by the scale.
        let bounds = core(200.0, 5.0).quad(2.0, 2.0).bounds();
        assert!((bounds.width() - 413.66).abs() < 0.01, "{bounds:?}");
        assert!((bounds.height() - 23.66).abs() < 0.01, "{bounds:?}");
    }
}
