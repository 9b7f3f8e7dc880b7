//! The modules of a code, looked up where three finder patterns say that they are. A scanner only
//! turns and stretches, so a code on paper needs no more; and it takes the same time for every
//! square, whatever stands in it.

use super::square::Square;
use crate::model::Raster;

/// Modules from the edge of a code to the middle of a pattern.
const MIDDLE: f32 = 3.5;
/// Modules a side of the smallest and the largest code.
const SIDES: std::ops::RangeInclusive<usize> = 21..=177;
/// Modules a side from one version to the next.
const VERSION: usize = 4;
/// Share by which the number of modules may differ from what the patterns measure.
const MISMEASURED: f32 = 0.14;
/// The row and the column of the timing pattern, from 0: dark and light in turns between the
/// finder patterns (ISO/IEC 18004, 6.3.5).
const TIMING: usize = 6;
/// Share of the timing pattern that has to be right; chance has a half, and a code seen at
/// an angle little more.
const IN_TIME: f32 = 0.6;
/// Modules on each side whose greys tell dark from light.
const AROUND: usize = 5;

/// The greys of all modules of a code.
pub(super) struct Grid {
    side: usize,
    greys: Vec<Vec<f32>>,
    /// Share of the timing pattern that is right.
    in_time: f32,
}

impl Grid {
    /// Returns the number of modules a side.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Returns for each row whether its modules are dark: darker than those around them.
    pub fn dark(&self) -> Vec<Vec<bool>> {
        let sums = self.sums();
        let at = |x: usize, y: usize| {
            sums.get(y)
                .and_then(|row| row.get(x))
                .copied()
                .unwrap_or(0.0)
        };
        let mean = |x: usize, y: usize| {
            let (left, top) = (x.saturating_sub(AROUND), y.saturating_sub(AROUND));
            let right = (x + AROUND + 1).min(self.side);
            let bottom = (y + AROUND + 1).min(self.side);
            let sum =
                at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
            sum / ((right - left) * (bottom - top)) as f32
        };
        let row = |(y, row): (usize, &Vec<f32>)| {
            let modules = row.iter().enumerate();
            modules.map(|(x, grey)| *grey < mean(x, y)).collect()
        };
        self.greys.iter().enumerate().map(row).collect()
    }

    /// Returns the sums of all greys above and to the left.
    fn sums(&self) -> Vec<Vec<f32>> {
        let mut sums = vec![vec![0.0; self.side + 1]];
        for row in &self.greys {
            let above = sums.last().cloned().unwrap_or_default();
            let mut sum = 0.0;
            let own = row.iter().zip(above.iter().skip(1)).map(|(grey, above)| {
                sum += grey;
                sum + above
            });
            let own: Vec<f32> = [0.0].into_iter().chain(own).collect();
            sums.push(own);
        }
        sums
    }
}

/// Returns the grids that the square may be, that with the best timing pattern first; none where
/// it is no code.
pub(super) fn grids(page: &Raster, square: &Square) -> Vec<Grid> {
    let measured = square.modules_apart() + 2.0 * MIDDLE;
    let fits = |side: &usize| {
        let off = (*side as f32 - measured).abs();
        off <= (MISMEASURED * measured).max(VERSION as f32)
    };
    let sides = SIDES.step_by(VERSION).filter(fits);
    let sampled = sides.filter_map(|side| {
        let in_time = in_time(page, square, side);
        (in_time >= IN_TIME).then_some((side, in_time))
    });
    let mut grids: Vec<Grid> = sampled
        .map(|(side, in_time)| Grid {
            side,
            greys: (0..side).map(|y| row(page, square, side, y)).collect(),
            in_time,
        })
        .collect();
    grids.sort_by(|a, b| b.in_time.total_cmp(&a.in_time));
    grids
}

fn row(page: &Raster, square: &Square, side: usize, y: usize) -> Vec<f32> {
    (0..side)
        .map(|x| grey(page, square, side, (x, y)))
        .collect()
}

/// Returns the share of the timing pattern that is dark and light in turns.
fn in_time(page: &Raster, square: &Square, side: usize) -> f32 {
    let along = TIMING + 2..side.saturating_sub(TIMING + 2);
    let across = along.clone().map(|n| grey(page, square, side, (n, TIMING)));
    let down = along.clone().map(|n| grey(page, square, side, (TIMING, n)));
    let right = [across.collect(), down.collect()]
        .map(|greys: Vec<f32>| in_turns(&greys))
        .iter()
        .sum::<usize>();
    right as f32 / (2 * along.len()).max(1) as f32
}

/// Returns how many of the greys, the first of them a dark one's, are darker than the next and
/// lighter than the one before, or the other way round.
fn in_turns(greys: &[f32]) -> usize {
    let count = greys.len().max(1) as f32;
    let mean = greys.iter().sum::<f32>() / count;
    let is_right = |(n, grey): (usize, &f32)| (*grey < mean) == (n % 2 == 0);
    greys
        .iter()
        .enumerate()
        .filter(|pair| is_right(*pair))
        .count()
}

/// Returns the grey of a module: the mean of five places in it.
fn grey(page: &Raster, square: &Square, side: usize, (x, y): (usize, usize)) -> f32 {
    const WITHIN: [(f32, f32); 5] =
        [(0.5, 0.5), (0.3, 0.3), (0.7, 0.3), (0.3, 0.7), (0.7, 0.7)];
    let span = side as f32 - 2.0 * MIDDLE;
    let greys = WITHIN.map(|(dx, dy)| {
        let place = |n: usize, within: f32| (n as f32 + within - MIDDLE) / span;
        let (px, py) = square.at(place(x, dx), place(y, dy));
        blended(page, px - 0.5, py - 0.5)
    });
    greys.iter().sum::<f32>() / WITHIN.len() as f32
}

/// Returns the grey at a place between pixels.
fn blended(page: &Raster, x: f32, y: f32) -> f32 {
    let (left, part_x) = (x.floor().max(0.0), x - x.floor());
    let (top, part_y) = (y.floor().max(0.0), y - y.floor());
    let width = page.width as usize;
    let at = |x: usize, y: usize| {
        let pixel = (x < width).then(|| page.luma.get(y * width + x)).flatten();
        pixel.map_or(255.0, |grey| f32::from(*grey))
    };
    let (x, y) = (left as usize, top as usize);
    let upper = at(x, y) * (1.0 - part_x) + at(x + 1, y) * part_x;
    let lower = at(x, y + 1) * (1.0 - part_x) + at(x + 1, y + 1) * part_x;
    upper * (1.0 - part_y) + lower * part_y
}
