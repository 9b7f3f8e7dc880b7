//! A grey picture as floating-point numbers: shrunk by area means, smoothed by box means.

use crate::model::Raster;

/// A picture as numbers, row by row from the top left.
#[derive(Debug, Clone)]
pub(super) struct Plane {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

/// A part of a picture, in its pixels: the first column and row, then width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

impl Window {
    pub fn whole(picture: &Raster) -> Self {
        Self {
            x: 0,
            y: 0,
            width: picture.width as usize,
            height: picture.height as usize,
        }
    }

    /// Returns its area in pixels.
    pub fn area(&self) -> f32 {
        (self.width * self.height) as f32
    }
}

impl Plane {
    /// Takes a window of a picture, shrunk to `width` × `height` by the mean over each new
    /// pixel's area.
    pub fn shrunk(picture: &Raster, window: Window, width: usize, height: usize) -> Self {
        let rows = picture
            .luma
            .chunks_exact((picture.width as usize).max(1))
            .skip(window.y)
            .take(window.height)
            .map(|row| {
                row.get(window.x..window.x + window.width)
                    .unwrap_or_default()
            });
        let rows: Vec<&[u8]> = rows.collect();
        let add = |sums: &mut [f32], row: usize, weight: f32| {
            let pixels = rows.get(row).copied().unwrap_or_default();
            for (sum, pixel) in sums.iter_mut().zip(pixels) {
                *sum += weight * f32::from(*pixel);
            }
        };
        mean((window.width, window.height), (width, height), add)
    }

    /// Returns the picture shrunk the same way.
    pub fn resized(&self, width: usize, height: usize) -> Self {
        let add = |sums: &mut [f32], row: usize, weight: f32| {
            for (sum, value) in sums.iter_mut().zip(self.row(row)) {
                *sum += weight * value;
            }
        };
        mean((self.width, self.height), (width, height), add)
    }

    /// Returns a row; an empty one outside.
    pub fn row(&self, y: usize) -> &[f32] {
        let start = y * self.width;
        self.values
            .get(start..start + self.width)
            .unwrap_or_default()
    }

    /// Returns a value; zero outside.
    pub fn at(&self, x: usize, y: usize) -> f32 {
        self.row(y).get(x).copied().unwrap_or(0.0)
    }

    /// Returns the picture with each value the mean of the square around it, `2 reach + 1` wide.
    pub fn blurred(&self, reach: usize) -> Self {
        let mut across = Vec::with_capacity(self.values.len());
        for row in self.values.chunks_exact(self.width.max(1)) {
            slide(row, reach, &mut across);
        }
        let mut sums = vec![0.0; self.width];
        let across = Self {
            values: across,
            ..*self
        };
        let mut values = Vec::with_capacity(self.values.len());
        let mut count = 0.0_f32;
        for entering in 0..self.height + reach {
            if entering < self.height {
                count += 1.0;
                for (sum, value) in sums.iter_mut().zip(across.row(entering)) {
                    *sum += value;
                }
            }
            if let Some(leaving) = entering.checked_sub(2 * reach + 1) {
                count -= 1.0;
                for (sum, value) in sums.iter_mut().zip(across.row(leaving)) {
                    *sum -= value;
                }
            }
            if entering >= reach {
                values.extend(sums.iter().map(|sum| sum / count));
            }
        }
        Self {
            width: self.width,
            height: self.height,
            values,
        }
    }

    /// Returns mean and standard deviation.
    pub fn spread(&self) -> (f32, f32) {
        let count = self.values.len().max(1) as f32;
        let mean = self.values.iter().sum::<f32>() / count;
        let square = self.values.iter().map(|v| (v - mean) * (v - mean));
        (mean, (square.sum::<f32>() / count).sqrt())
    }

    /// Raises the contrast around the mean by a factor, and moves the mean to 128.
    pub fn raise_contrast(&mut self, times: f32) {
        if times > 1.0 {
            let (mean, _) = self.spread();
            // Around the middle of the scale, so that little is clipped.
            let drawn = |value: &mut f32| *value = (*value - mean).mul_add(times, 128.0);
            self.values.iter_mut().for_each(drawn);
        }
    }

    /// Returns the picture as bytes.
    pub fn raster(&self) -> Raster {
        let byte = |value: &f32| (value + 0.5).clamp(0.0, 255.0) as u8;
        Raster {
            width: self.width as u32,
            height: self.height as u32,
            luma: self.values.iter().map(byte).collect(),
        }
    }
}

/// Appends the mean over `2 reach + 1` neighbours of each value; fewer at the ends.
fn slide(row: &[f32], reach: usize, into: &mut Vec<f32>) {
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for entering in 0..row.len() + reach {
        if let Some(value) = row.get(entering) {
            (sum, count) = (sum + value, count + 1.0);
        }
        if let Some(leaving) = entering.checked_sub(2 * reach + 1) {
            sum -= row.get(leaving).copied().unwrap_or(0.0);
            count -= 1.0;
        }
        if entering >= reach {
            into.push(sum / count);
        }
    }
}

/// Shrinks by the mean over each new pixel's area, parts of pixels counted as such. `add` adds
/// a row, weighted, to sums.
fn mean(
    (from_w, from_h): (usize, usize),
    (width, height): (usize, usize),
    add: impl Fn(&mut [f32], usize, f32),
) -> Plane {
    let mut values = Vec::with_capacity(width * height);
    let mut sums = vec![0.0_f32; from_w];
    let step = from_h as f64 / height.max(1) as f64;
    let across = from_w as f64 / width.max(1) as f64;
    let mut heap = vec![0.0_f64; from_w + 1];
    for y in 0..height {
        let (top, bottom) = (y as f64 * step, (y + 1) as f64 * step);
        sums.fill(0.0);
        for row in top as usize..(bottom.ceil() as usize).min(from_h) {
            let share = bottom.min((row + 1) as f64) - top.max(row as f64);
            add(&mut sums, row, share as f32);
        }
        let mut total = 0.0;
        for (so_far, sum) in heap.iter_mut().skip(1).zip(&sums) {
            total += f64::from(*sum);
            *so_far = total;
        }
        let up_to = |x: f64| {
            let at = x as usize;
            let here = heap.get(at).copied().unwrap_or(total);
            let next = heap.get(at + 1).copied().unwrap_or(total);
            here + (next - here) * (x - at as f64)
        };
        values.extend((0..width).map(|x| {
            let (left, right) = (x as f64 * across, (x + 1) as f64 * across);
            ((up_to(right) - up_to(left)) / (across * step)) as f32
        }));
    }
    Plane {
        width,
        height,
        values,
    }
}

/// Returns the size with the longest side at most `longest`, never bigger than it was.
pub(super) fn fit(width: usize, height: usize, longest: u32) -> (usize, usize) {
    let long = width.max(height).max(1) as f64;
    let scale = (f64::from(longest) / long).min(1.0);
    let side = |side: usize| ((side as f64 * scale).round() as usize).max(1);
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(width: u32, luma: &[u8]) -> Raster {
        Raster {
            width,
            height: luma.len() as u32 / width,
            luma: luma.to_vec(),
        }
    }

    #[test]
    fn shrinking_takes_the_mean_of_the_area() {
        let picture = raster(4, &[0, 100, 200, 200, 0, 100, 200, 200]);
        let half = Plane::shrunk(&picture, Window::whole(&picture), 2, 1);
        assert_eq!(half.values, [50.0, 200.0]);
        let picture = raster(3, &[0, 90, 255]);
        let thirds = Plane::shrunk(&picture, Window::whole(&picture), 2, 1);
        assert_eq!(thirds.values, [30.0, 200.0]);
        let window = Window {
            x: 1,
            y: 0,
            width: 2,
            height: 1,
        };
        assert_eq!(Plane::shrunk(&picture, window, 2, 1).values, [90.0, 255.0]);
    }

    #[test]
    fn smoothing_takes_the_mean_of_the_neighbours_there_are() {
        let picture = raster(3, &[0, 90, 180, 0, 90, 180, 0, 90, 180]);
        let plane = Plane::shrunk(&picture, Window::whole(&picture), 3, 3);
        let row = [45.0, 90.0, 135.0];
        assert_eq!(plane.blurred(1).values, [row, row, row].concat());
    }
}
