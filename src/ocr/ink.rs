//! A page's picture → its connected pieces of ink. Ink is what is darker than the paper around
//! it, so that shadows and grey backgrounds are none; long straight runs, which are the lines of
//! tables and the edges of sheets, are taken out first. One pass over the pixels.

pub(crate) mod marks;
pub(crate) mod circle;
pub(crate) mod strokes;

use crate::model::Raster;
use std::ops::Range;

/// Side of the squares in which paper is looked for, in pixels: 8 mm at 200 dpi, wider than
/// any stroke, narrower than a shadow's slope.
const TILE: usize = 64;
/// Greys darker than the paper around from which a pixel is ink: a worn stamp's purple is 60
/// from white, the paper's noise below 30.
const INK: u8 = 45;
/// Share of a tile's pixels that are lighter than its paper: text covers a fifth of a tile.
const LIGHTER: usize = 4;
/// A tile whose paper is darker than this share of the page's is a photo, or no paper.
const DARK: f32 = 0.5;
/// Most runs of a page that are followed: a page of dense text has 300,000.
const MAX_RUNS: usize = 2_000_000;

/// A stretch of ink in one row: from its first pixel to before its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) y: u32,
    pub(super) from: u32,
    pub(super) to: u32,
}

/// A connected piece of ink, corners included.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Leftmost, topmost pixel, and those after the last.
    pub(super) x: Range<u32>,
    pub(super) y: Range<u32>,
    /// Pixels of ink.
    pub(super) pixels: u32,
}

impl Piece {
    pub(super) fn width(&self) -> u32 {
        self.x.end - self.x.start
    }

    pub(super) fn height(&self) -> u32 {
        self.y.end - self.y.start
    }

    pub(super) fn longest(&self) -> u32 {
        self.width().max(self.height())
    }
}

/// The ink of a page.
pub(super) struct Ink {
    pub(super) runs: Vec<Run>,
    pub(super) pieces: Vec<Piece>,
}

/// Finds the ink, without runs longer than `longest` pixels.
pub(super) fn ink(picture: &Raster, longest: u32) -> Ink {
    let width = picture.width as usize;
    let limits = limits(picture);
    let per_row = width.div_ceil(TILE).max(1);
    let mut runs = Vec::new();
    for (y, row) in picture.luma.chunks_exact(width.max(1)).enumerate() {
        let at = y / TILE * per_row;
        let limits = limits.get(at..at + per_row).unwrap_or_default();
        if runs.len() < MAX_RUNS {
            push_runs(row, limits, y as u32, longest, &mut runs);
        }
    }
    join(runs)
}

/// Returns, tile by tile, the grey below which a pixel is ink.
fn limits(picture: &Raster) -> Vec<u8> {
    let width = (picture.width as usize).max(1);
    let per_row = width.div_ceil(TILE);
    let mut paper = Vec::new();
    for rows in picture.luma.chunks(width * TILE) {
        let mut counts = vec![[0u32; 256]; per_row];
        // Every second row and pixel tell as much.
        for row in rows.chunks_exact(width).step_by(2) {
            for (count, tile) in counts.iter_mut().zip(row.chunks(TILE)) {
                for value in tile.iter().step_by(2) {
                    if let Some(count) = count.get_mut(usize::from(*value)) {
                        *count += 1;
                    }
                }
            }
        }
        paper.extend(counts.iter().map(lighter));
    }
    let mut all = paper.clone();
    all.sort_unstable();
    let page = all.get(all.len() / 2).copied().unwrap_or(255);
    let floor = (f32::from(page) * DARK) as u8;
    let limit = |tile: u8| {
        let paper = if tile < floor { page } else { tile };
        paper.saturating_sub(INK)
    };
    paper.into_iter().map(limit).collect()
}

/// Returns the grey that a share of the counted pixels reaches or surpasses.
fn lighter(counts: &[u32; 256]) -> u8 {
    let all: u32 = counts.iter().sum();
    let mut seen = 0;
    let at = counts.iter().rposition(|count| {
        seen += count;
        seen as usize * LIGHTER >= all as usize
    });
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(255)
}

fn push_runs(row: &[u8], limits: &[u8], y: u32, longest: u32, runs: &mut Vec<Run>) {
    let mut open: Option<u32> = None;
    let mut close = |from: u32, to: u32| {
        if to - from <= longest {
            runs.push(Run { y, from, to });
        }
    };
    let mut x = 0;
    for (tile, limit) in row.chunks(TILE).zip(limits) {
        for value in tile {
            match (value < limit, open) {
                (true, None) => open = Some(x),
                (false, Some(from)) => {
                    close(from, x);
                    open = None;
                }
                _ => {}
            }
            x += 1;
        }
    }
    if let Some(from) = open {
        close(from, x);
    }
}

/// Joins runs of neighbouring rows that touch.
fn join(runs: Vec<Run>) -> Ink {
    let mut parent: Vec<u32> = (0..runs.len() as u32).collect();
    let mut above = 0;
    for (at, run) in runs.iter().enumerate() {
        // Runs of the row above that end before this one begins touch nothing further right.
        let touches = |other: &Run| other.from <= run.to && run.from <= other.to;
        while let Some(other) = runs.get(above) {
            let is_past = other.y + 1 < run.y || other.y < run.y && other.to < run.from;
            if !is_past {
                break;
            }
            above += 1;
        }
        let others = runs.iter().enumerate().skip(above);
        for (n, _) in others
            .take_while(|(_, other)| other.y < run.y && other.from <= run.to)
            .filter(|(_, other)| touches(other))
        {
            let (a, b) = (root(&mut parent, n as u32), root(&mut parent, at as u32));
            let (low, high) = (a.min(b), a.max(b));
            if let Some(slot) = parent.get_mut(high as usize) {
                *slot = low;
            }
        }
    }
    gather(runs, &mut parent)
}

fn root(parent: &mut [u32], mut at: u32) -> u32 {
    loop {
        let up = parent.get(at as usize).copied().unwrap_or(at);
        if up == at {
            return at;
        }
        let further = parent.get(up as usize).copied().unwrap_or(up);
        if let Some(slot) = parent.get_mut(at as usize) {
            *slot = further;
        }
        at = up;
    }
}

fn gather(runs: Vec<Run>, parent: &mut [u32]) -> Ink {
    let mut pieces: Vec<Piece> = Vec::new();
    // The piece of each run, as an index into `pieces`.
    let mut piece_of: Vec<u32> = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate() {
        let root = root(parent, at as u32) as usize;
        // A root is the first run of its piece.
        let number = match piece_of.get(root) {
            Some(number) => *number,
            None => {
                pieces.push(Piece {
                    x: run.from..run.to,
                    y: run.y..run.y + 1,
                    pixels: 0,
                });
                pieces.len() as u32 - 1
            }
        };
        piece_of.push(number);
        if let Some(piece) = pieces.get_mut(number as usize) {
            piece.x = piece.x.start.min(run.from)..piece.x.end.max(run.to);
            piece.y.end = run.y + 1;
            piece.pixels += run.to - run.from;
        }
    }
    Ink { runs, pieces }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Draws rows of `#` and space, each sign `scale` pixels wide and high.
    pub(crate) fn drawn(rows: &[&str], scale: usize) -> Raster {
        let width = rows.iter().map(|row| row.len()).max().unwrap_or(0) * scale;
        let mut luma = Vec::new();
        for row in rows {
            let mut pixels: Vec<u8> = Vec::new();
            for sign in row.bytes() {
                let grey = if sign == b'#' { 30 } else { 230 };
                pixels.extend(std::iter::repeat_n(grey, scale));
            }
            pixels.resize(width, 230);
            luma.extend(std::iter::repeat_n(pixels, scale).flatten());
        }
        Raster {
            width: width as u32,
            height: (rows.len() * scale) as u32,
            luma,
        }
    }

    #[test]
    fn pieces_are_what_touches() {
        let picture = drawn(
            &[
                "          ",
                " # #   ## ",
                " # #  #   ",
                " ###     #",
                "         #",
            ],
            3,
        );
        let found = ink(&picture, 100);
        let boxes: Vec<_> = found
            .pieces
            .iter()
            .map(|p| (p.x.clone(), p.y.clone()))
            .collect();
        assert_eq!(boxes, [(3..12, 3..12), (18..27, 3..9), (27..30, 9..15)]);
        assert_eq!(found.pieces[0].pixels, 7 * 9);
    }

    #[test]
    fn long_runs_are_lines_of_a_table() {
        let picture = drawn(&["            ", " ########## ", "  #         "], 4);
        let found = ink(&picture, 30);
        assert_eq!(found.pieces.len(), 1);
        assert_eq!(found.pieces[0].y, 8..12);
    }

    #[test]
    fn a_shadow_is_paper() {
        let mut picture = drawn(&["        ", " #      "], 64);
        for row in picture.luma.chunks_exact_mut(8 * 64) {
            row[4 * 64..].iter_mut().for_each(|v| *v = 140);
        }
        picture.luma[6 * 64 * 8 + 5 * 64 + 7] = 60;
        let found = ink(&picture, 100);
        assert_eq!(found.pieces.len(), 2, "{:?}", found.pieces);
    }
}
