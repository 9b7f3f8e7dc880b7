//! Cuts one line of text out of a page: picture and [`Quad`] → an upright strip of fixed
//! height, as the recogniser wants it.

use crate::model::Raster;
use crate::ocr::geometry::{Point, Quad};

/// Height of every strip in pixels: the one the recogniser was trained on.
pub(crate) const HEIGHT: usize = 48;

/// Width of a strip for each pixel it would have at its true proportions. Recognition takes
/// time in proportion to width. Measured on made pages at 200 dpi: 0.9 reads the same as 1.0
/// (CER 0.49 and 0.48 %) and 0.8 does not (0.58 %); but on 91 scanned regulations 0.9 misreads
/// two numbers, one written by hand, that 0.95 and 1.0 read.
const NARROWING: f32 = 0.95;

/// Narrowest strip: one character with its surroundings.
const MIN_WIDTH: f32 = 16.0;

/// Widest strip; a page-wide line of small print has about 2,500 pixels.
const MAX_WIDTH: f32 = 3200.0;

/// A strip, each pixel from -1 (black) to 1 (white), row by row.
pub(crate) struct Strip {
    pub(crate) width: usize,
    pub(crate) pixels: Vec<f32>,
}

/// Returns the width of the strip at `quad`, in which its time to read is counted.
pub(crate) fn width_of(quad: &Quad) -> f32 {
    HEIGHT as f32 * NARROWING * quad.width().max(1.0) / quad.height().max(1.0)
}

/// Returns `quad`, or where that is too wide, its parts from left to right, cut between
/// words.
pub(crate) fn parts(picture: &Raster, quad: Quad) -> Vec<Quad> {
    if width_of(&quad) <= MAX_WIDTH {
        return vec![quad];
    }
    let cut = gap_near_middle(&strip(picture, &quad));
    let halves = [quad.between(0.0, cut), quad.between(cut, 1.0)];
    halves
        .into_iter()
        .flat_map(|half| parts(picture, half))
        .collect()
}

/// Returns the share of the width, between 1/4 and 3/4, where the widest white gap begins
/// its middle; the middle itself where there is no gap.
fn gap_near_middle(strip: &Strip) -> f32 {
    let (quarter, mut column_ink) = (strip.width / 4, vec![-1f32; strip.width]);
    for row in strip.pixels.chunks_exact(strip.width.max(1)) {
        for (ink, pixel) in column_ink.iter_mut().zip(row) {
            *ink = ink.max(-pixel);
        }
    }
    let (mut best, mut run) = ((0, strip.width / 2), 0);
    for (x, ink) in column_ink
        .iter()
        .enumerate()
        .skip(quarter)
        .take(2 * quarter)
    {
        run = if *ink < 0.0 { run + 1 } else { 0 };
        if run > best.0 {
            best = (run, x - run / 2);
        }
    }
    best.1 as f32 / strip.width.max(1) as f32
}

/// Returns the strip at `quad`.
pub(crate) fn strip(picture: &Raster, quad: &Quad) -> Strip {
    let width = width_of(quad).max(MIN_WIDTH).ceil() as usize;
    // Where the page is larger than the strip, several points of it go into one pixel.
    let samples = (quad.height() / HEIGHT as f32 / 1.3).ceil().clamp(1.0, 4.0) as usize;
    let (columns, rows) = (width * samples, HEIGHT * samples);
    let step = |from: Point, to: Point, n: usize| {
        Point::new((to.x - from.x) / n as f32, (to.y - from.y) / n as f32)
    };
    let right = step(quad.top_left, quad.top_right, columns);
    let down = step(quad.top_left, quad.bottom_left, rows);
    let mut pixels = vec![0f32; width * HEIGHT];
    for (y, line) in pixels.chunks_exact_mut(width).enumerate() {
        for v in (y * samples..(y + 1) * samples).map(|v| v as f32 + 0.5) {
            let (x0, y0) = (quad.top_left.x + v * down.x, quad.top_left.y + v * down.y);
            for (x, pixel) in line.iter_mut().enumerate() {
                for u in (x * samples..(x + 1) * samples).map(|u| u as f32 + 0.5) {
                    *pixel += sample(picture, x0 + u * right.x, y0 + u * right.y);
                }
            }
        }
    }
    let scale = 1.0 / (127.5 * (samples * samples) as f32);
    for pixel in &mut pixels {
        *pixel = *pixel * scale - 1.0;
    }
    Strip { width, pixels }
}

/// Returns the grey at a point, between the four pixels around it; outside, the nearest.
fn sample(picture: &Raster, x: f32, y: f32) -> f32 {
    let clamp = |v: f32, length: u32| v.clamp(0.0, length.saturating_sub(1) as f32);
    let (x, y) = (
        clamp(x - 0.5, picture.width),
        clamp(y - 0.5, picture.height),
    );
    let (column, row) = (x as usize, y as usize);
    let (right, down) = (x - column as f32, y - row as f32);
    let stride = picture.width as usize;
    let pair = |row: usize| {
        let at = row * stride + column;
        let left = picture.luma.get(at).copied().unwrap_or(u8::MAX);
        let next = if right > 0.0 {
            picture.luma.get(at + 1)
        } else {
            None
        };
        let (left, next) = (f32::from(left), f32::from(next.copied().unwrap_or(left)));
        left + (next - left) * right
    };
    let upper = pair(row);
    if down > 0.0 {
        upper + (pair(row + 1) - upper) * down
    } else {
        upper
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White, with columns from .. to of each of `black` black.
    fn page(width: u32, height: u32, black: &[(u32, u32)]) -> Raster {
        let shade = |x: u32| {
            if black.iter().any(|(from, to)| (*from..*to).contains(&x)) {
                0
            } else {
                255
            }
        };
        let row: Vec<u8> = (0..width).map(shade).collect();
        Raster {
            width,
            height,
            luma: row.repeat(height as usize),
        }
    }

    fn upright(x0: f32, y0: f32, x1: f32, y1: f32) -> Quad {
        Quad::from_corners(
            [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| Point::new(x, y)),
        )
    }

    #[test]
    fn a_strip_has_its_height_and_its_ink_where_the_page_has_it() {
        let page = page(100, 100, &[(50, 100)]);
        let strip = strip(&page, &upright(0., 20., 100., 44.));
        assert_eq!(strip.width, 190); // 100 × 48 / 24 × 0.95
        assert_eq!(strip.pixels.len(), 190 * HEIGHT);
        for row in strip.pixels.chunks(190) {
            assert!(row[..93].iter().all(|v| (*v - 1.0).abs() < 1e-3));
            assert!(row[97..].iter().all(|v| (*v + 1.0).abs() < 1e-3));
        }
    }

    #[test]
    fn a_box_over_the_edge_repeats_the_edge() {
        let page = page(10, 10, &[]);
        let strip = strip(&page, &upright(-20., -5., 30., 15.));
        assert!(strip.pixels.iter().all(|v| (*v - 1.0).abs() < 1e-3));
    }

    #[test]
    fn a_wide_line_is_cut_in_a_gap() {
        let page = page(2000, 20, &[(0, 900), (920, 1990)]);
        let parts = parts(&page, upright(0., 0., 2000., 20.));
        assert_eq!(parts.len(), 2);
        let cut = parts[0].top_right.x;
        assert!((900.0..=920.0).contains(&cut), "{cut}");
        assert_eq!(parts[1].top_left, parts[0].top_right);
    }
}
