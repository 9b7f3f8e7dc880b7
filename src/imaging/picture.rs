//! A page's picture made smaller or turned. Shrinking averages areas: picking single pixels
//! would lose the thin strokes a detector lives on.

use crate::model::{Raster, Turn};
use std::ops::Range;

/// Returns the picture at `width` × `height` pixels, each the mean of the area it covers.
/// Made to shrink; a side that grows repeats pixels.
pub(crate) fn resize(picture: &Raster, width: u32, height: u32) -> Raster {
    let columns = cover(picture.width, width);
    let rows = cover(picture.height, height);
    let source: Vec<&[u8]> = picture
        .luma
        .chunks_exact((picture.width as usize).max(1))
        .collect();
    let mut luma = Vec::with_capacity((width * height) as usize);
    let mut sums = vec![0f32; picture.width as usize];
    for row in rows {
        sums.fill(0.0);
        for (line, weight) in source
            .get(row.pixels.clone())
            .unwrap_or_default()
            .iter()
            .zip(row.weights())
        {
            for (sum, value) in sums.iter_mut().zip(line.iter()) {
                *sum += f32::from(*value) * weight;
            }
        }
        luma.extend(columns.iter().map(|column| column.mean(&sums)));
    }
    Raster {
        width,
        height,
        luma,
    }
}

/// What one pixel of the result covers of one axis of the source: whole pixels, of which
/// the first and the last may count in part. The weights add up to one.
struct Cover {
    pixels: Range<usize>,
    first: f32,
    inner: f32,
    last: f32,
}

impl Cover {
    fn weights(&self) -> impl Iterator<Item = f32> {
        let end = self.pixels.len().saturating_sub(1);
        (0..self.pixels.len()).map(move |i| match i {
            0 => self.first,
            i if i == end => self.last,
            _ => self.inner,
        })
    }

    fn mean(&self, values: &[f32]) -> u8 {
        let covered = values.get(self.pixels.clone()).unwrap_or_default();
        let sum: f32 = covered.iter().zip(self.weights()).map(|(v, w)| v * w).sum();
        (sum + 0.5) as u8
    }
}

fn cover(source: u32, target: u32) -> Vec<Cover> {
    let step = source as f32 / target as f32;
    let covers = |i: u32| {
        let (from, to) = (i as f32 * step, ((i + 1) as f32 * step).min(source as f32));
        let pixels = from as usize..(to.ceil() as usize).min(source as usize);
        let inner = 1.0 / (to - from);
        let first = (pixels.start as f32 + 1.0).min(to) - from;
        let last = to - (pixels.end as f32 - 1.0).max(from);
        Cover {
            pixels,
            first: first * inner,
            inner,
            last: last * inner,
        }
    };
    (0..target).map(covers).collect()
}

/// Share of pixels that count as the darkest: a line of text has more ink.
const DARKEST: f32 = 0.002;

/// Contrast between paper and the darkest under which print is pale. Stronger print gains
/// nothing, or loses: made pages of low contrast 0.88 instead of 0.76 % of characters.
const PALE: u8 = 64;

/// Contrast that pale print is given, at most so many times its own: noise grows with it.
const CONTRAST: f32 = 160.0;
const MOST: f32 = 5.0;

/// Returns the grey of the paper: the middle of all greys, since text covers a tenth of a page.
pub(crate) fn paper(picture: &Raster) -> Option<usize> {
    grey_at(picture, 0.5)
}

/// Returns the grey that so many of the pixels do not exceed; `None` where there are no pixels.
fn grey_at(picture: &Raster, share: f32) -> Option<usize> {
    let mut counts = [0usize; 256];
    for value in &picture.luma {
        if let Some(count) = counts.get_mut(usize::from(*value)) {
            *count += 1;
        }
    }
    let fewer = (picture.luma.len() as f32 * share) as usize;
    let mut seen = 0;
    counts.iter().position(|count| {
        seen += count;
        seen > fewer
    })
}

/// Returns the picture with its pale print darkened, `None` where it is dark enough. Measured
/// (`measure_ocr_bent pale`): the detector loses print of a tenth of its contrast.
pub(crate) fn darkened(picture: &Raster) -> Option<Raster> {
    let (darkest, paper) = (grey_at(picture, DARKEST)?, paper(picture)?);
    let contrast = paper.saturating_sub(darkest);
    if contrast == 0 || contrast >= usize::from(PALE) {
        return None;
    }
    let factor = (CONTRAST / contrast as f32).min(MOST);
    let darken = |v: u8| {
        let off = (f32::from(v) - paper as f32) * factor;
        (paper as f32 + off).clamp(0.0, 255.0) as u8
    };
    Some(Raster {
        luma: picture.luma.iter().map(|v| darken(*v)).collect(),
        ..*picture
    })
}

/// Returns `picture` turned.
pub(crate) fn turned(picture: &Raster, turn: Turn) -> Raster {
    let width = picture.width as usize;
    let column = |x: usize| picture.luma.iter().skip(x).step_by(width.max(1));
    let luma = match turn {
        Turn::None => picture.luma.clone(),
        Turn::Half => picture.luma.iter().rev().copied().collect(),
        Turn::Right => (0..width).flat_map(|x| column(x).rev()).copied().collect(),
        Turn::Left => (0..width).rev().flat_map(column).copied().collect(),
    };
    let (width, height) = turn.size((picture.width, picture.height));
    Raster {
        width,
        height,
        luma,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imaging::tests::raster;

    #[test]
    fn shrinking_takes_means_of_areas() {
        let picture = raster(4, &[0, 100, 200, 200, 100, 200, 0, 0]);
        assert_eq!(resize(&picture, 2, 1), raster(2, &[100, 100]));
        assert_eq!(resize(&picture, 4, 2), picture);
        // 3 → 2: each covers one and a half, (90 + 30/2) / 1.5 and (30/2 + 60) / 1.5.
        assert_eq!(
            resize(&raster(3, &[90, 30, 60]), 2, 1),
            raster(2, &[70, 50])
        );
    }

    #[test]
    fn pale_print_grows_dark_and_dark_print_stays() {
        let page = |ink: u8| {
            let mut luma = vec![240; 1000];
            luma.iter_mut().take(50).for_each(|v| *v = ink);
            raster(100, &luma)
        };
        assert_eq!(darkened(&page(0)), None);
        assert_eq!(darkened(&page(240)), None, "nothing to darken");
        let dark = darkened(&page(200)).unwrap();
        assert_eq!((dark.luma[0], dark.luma[999]), (80, 240));
        let faint = darkened(&page(230)).unwrap();
        assert_eq!(faint.luma[0], 190, "at most five times");
    }

    #[test]
    fn growing_repeats() {
        assert_eq!(
            resize(&raster(2, &[10, 20]), 4, 1),
            raster(4, &[10, 10, 20, 20])
        );
    }

    #[test]
    fn turning_turns_pixels_and_boxes_alike() {
        // A single black pixel at x 2, y 0 of 3 × 2.
        let picture = raster(3, &[9, 9, 0, 9, 9, 9]);
        for (turn, expected) in [
            (Turn::None, raster(3, &[9, 9, 0, 9, 9, 9])),
            (Turn::Right, raster(2, &[9, 9, 9, 9, 9, 0])),
            (Turn::Half, raster(3, &[9, 9, 9, 0, 9, 9])),
            (Turn::Left, raster(2, &[0, 9, 9, 9, 9, 9])),
        ] {
            let turned = turned(&picture, turn);
            assert_eq!(turned, expected, "{turn:?}");
            let at = turned.luma.iter().position(|v| *v == 0).unwrap() as u32;
            let (x, y) = ((at % turned.width) as f32, (at / turned.width) as f32);
            let back = turn.undo([x, y, x + 1.0, y + 1.0].into(), (3.0, 2.0));
            assert_eq!(back, [2.0, 0.0, 3.0, 1.0].into(), "{turn:?}");
        }
    }
}
