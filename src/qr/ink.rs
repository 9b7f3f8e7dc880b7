//! Dark and light: each pixel against the greys around it, so that a shadow on a photo and the
//! grey paper of a scan do not count as ink.

use crate::model::Raster;

/// Side in pixels of a block with one threshold.
const BLOCK: usize = 8;
/// Blocks on each side whose greys count for a threshold: 20 pixels, a few modules.
const AROUND: usize = 2;
/// Difference between the greys of a block below which it is all paper or all ink.
const FLAT: u8 = 24;

/// A picture of which each pixel is dark or light.
pub(super) struct Ink<'a> {
    rows: Vec<&'a [u8]>,
    /// For each row of blocks the grey from which a pixel of a block is light.
    light_from: Vec<Vec<u8>>,
}

impl<'a> Ink<'a> {
    /// Finds the thresholds of a picture.
    pub fn new(picture: &'a Raster) -> Self {
        let width = (picture.width as usize).max(1);
        let rows: Vec<&[u8]> = picture.luma.chunks_exact(width).collect();
        let middles = middles(&rows, width.div_ceil(BLOCK));
        Self {
            light_from: smoothed(&middles),
            rows,
        }
    }

    /// Returns the number of rows.
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// Returns for each pixel of a row whether it is dark.
    pub fn row(&self, y: usize) -> impl Iterator<Item = bool> {
        let row = self.rows.get(y).copied().unwrap_or_default();
        let light_from = self
            .light_from
            .get(y / BLOCK)
            .map_or(&[][..], Vec::as_slice);
        let blocks = row.chunks(BLOCK).zip(light_from);
        blocks.flat_map(|(pixels, light)| pixels.iter().map(move |grey| grey < light))
    }

    /// Tells whether a pixel is dark; outside of the picture is paper.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let grey = self.rows.get(y).and_then(|row| row.get(x));
        let blocks = self.light_from.get(y / BLOCK);
        let light = blocks.and_then(|blocks| blocks.get(x / BLOCK));
        grey.zip(light).is_some_and(|(grey, light)| grey < light)
    }
}

/// Returns the grey between paper and ink of each block. A block of one grey is taken for paper,
/// unless it is darker than what lies between paper and ink beside and above it.
fn middles(rows: &[&[u8]], across: usize) -> Vec<Vec<u8>> {
    let mut middles: Vec<Vec<u8>> = Vec::with_capacity(rows.len() / BLOCK + 1);
    for band in rows.chunks(BLOCK) {
        let mut sums = vec![(0_u32, 0_u32, u8::MAX, 0_u8); across];
        for row in band {
            for (pixels, (sum, count, least, most)) in
                row.chunks(BLOCK).zip(sums.iter_mut())
            {
                for grey in pixels {
                    *sum += u32::from(*grey);
                    *least = (*least).min(*grey);
                    *most = (*most).max(*grey);
                }
                *count += pixels.len() as u32;
            }
        }
        let above = middles.last();
        let mut own: Vec<u8> = Vec::with_capacity(across);
        for (n, (sum, count, least, most)) in sums.into_iter().enumerate() {
            let near = [
                own.last(),
                own.last(),
                above.and_then(|above| above.get(n)),
                above.and_then(|above| above.get(n.saturating_sub(1))),
            ];
            let beside: Option<u32> = near.iter().map(|m| m.map(|m| u32::from(*m))).sum();
            own.push(match beside.map(|sum| (sum / 4) as u8) {
                _ if most - least > FLAT => (sum / count.max(1)) as u8,
                Some(beside) if least < beside => beside,
                _ => (u32::from(least) * 2 / 3) as u8,
            });
        }
        middles.push(own);
    }
    middles
}

/// Returns the mean of each block with those around it.
fn smoothed(middles: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let around = |at: usize| at.saturating_sub(AROUND)..=at + AROUND;
    let mean = |x: usize, y: usize| {
        let rows = around(y).filter_map(|y| middles.get(y));
        let near = rows.flat_map(|row| around(x).filter_map(|x| row.get(x)));
        let (sum, count) = near.fold((0_u32, 0_u32), |(sum, count), middle| {
            (sum + u32::from(*middle), count + 1)
        });
        (sum / count.max(1)) as u8
    };
    let row = |(y, row): (usize, &Vec<u8>)| (0..row.len()).map(|x| mean(x, y)).collect();
    middles.iter().enumerate().map(row).collect()
}
