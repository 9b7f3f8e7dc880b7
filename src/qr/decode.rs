//! From the modules of a square to its text; where they are not where a flat sheet has them, from
//! its picture.

use super::grid;
use super::square::Square;
use crate::imaging::{picture, raster};
use crate::model::{PrintedCode, Raster, Rect};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Paper around a code, in modules: ISO/IEC 18004 asks for four.
const QUIET: f32 = 4.0;
/// Pixels a module at which it is read, one after the other until one succeeds.
const MODULES: [f32; 3] = [4.0, 6.0, 3.0];
/// Longest side in pixels of what is read: version 40 has 185 modules with its paper.
const MAX_SIDE: f32 = 900.0;
/// Chars of a text that are kept: no link is longer.
const MAX_CHARS: usize = 2_000;

/// Returns the code in a square, if it can be read. One at an angle is only looked for if
/// `searches`.
pub(super) fn decode(
    page: &Raster,
    square: &Square,
    searches: bool,
) -> Option<PrintedCode> {
    let grids = grid::grids(page, square);
    let text = grids.iter().find_map(|grid| {
        let dark = grid.dark();
        let module = |x: usize, y: usize| {
            let module = dark.get(y).and_then(|row| row.get(x));
            module.copied().unwrap_or_default()
        };
        let grid = rqrr::SimpleGrid::from_func(grid.side(), module);
        decoded(&rqrr::Grid::new(grid))
    });
    if let Some(text) = text {
        let rect = square.rect();
        return Some(PrintedCode { text, rect });
    }
    let is_code = !grids.is_empty();
    (searches && is_code)
        .then(|| by_picture(page, square))
        .flatten()
}

/// Returns the text of a grid, if it can be read.
fn decoded(grid: &rqrr::Grid<impl rqrr::BitGrid>) -> Option<String> {
    let (_, text) = grid.decode().ok()?;
    let text: String = text.trim().chars().take(MAX_CHARS).collect();
    (!text.is_empty()).then_some(text)
}

/// Returns the code in a square that the reader finds by itself: it knows codes seen at an angle.
fn by_picture(page: &Raster, square: &Square) -> Option<PrintedCode> {
    let around = square.rect().grown(QUIET * square.module);
    let clamp = |value: f32| value.max(0.0) as u32;
    let cut = raster::cut(
        page,
        clamp(around.x0)..clamp(around.x1.ceil()),
        clamp(around.y0)..clamp(around.y1.ceil()),
    )?;
    let longest = cut.width.max(cut.height) as f32;
    MODULES.iter().find_map(|module| {
        let factor = (module / square.module).min(MAX_SIDE / longest);
        let size = |side: u32| ((side as f32 * factor).round() as u32).max(1);
        let (width, height) = (size(cut.width), size(cut.height));
        let scaled = match factor < 1.0 {
            true => picture::resize(&cut, width, height),
            false => grown(&cut, width, height),
        };
        let (text, rect) = read(&scaled)?;
        let place = |value: f32, from: f32| from.max(0.0).floor() + value / factor;
        Some(PrintedCode {
            text,
            rect: Rect {
                x0: place(rect.x0, around.x0),
                y0: place(rect.y0, around.y0),
                x1: place(rect.x1, around.x0),
                y1: place(rect.y1, around.y0),
            },
        })
    })
}

/// Returns the text of the first code that can be read, and its place. The reader panics on some
/// pictures that are none.
fn read(cut: &Raster) -> Option<(String, Rect)> {
    catch_unwind(AssertUnwindSafe(|| {
        let (width, height) = (cut.width as usize, cut.height as usize);
        let grey =
            |x: usize, y: usize| cut.luma.get(y * width + x).copied().unwrap_or(255);
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
        prepared.detect_grids().iter().find_map(|grid| {
            let text = decoded(grid)?;
            let points = grid.bounds.map(|p| (p.x as f32, p.y as f32));
            let corner = |(x, y): (f32, f32)| Rect::from([x, y, x, y]);
            let rect = points.into_iter().map(corner).reduce(Rect::union)?;
            Some((text, rect))
        })
    }))
    .ok()
    .flatten()
}

/// Returns a picture made larger, greys between pixels blended: the reader needs a few pixels a
/// module.
fn grown(picture: &Raster, width: u32, height: u32) -> Raster {
    let rows: Vec<&[u8]> = picture
        .luma
        .chunks_exact((picture.width as usize).max(1))
        .collect();
    let at = |x: usize, y: usize| -> f32 {
        let row = rows.get(y.min(rows.len().saturating_sub(1)));
        let pixel = row.and_then(|row| row.get(x.min(row.len().saturating_sub(1))));
        pixel.map_or(255.0, |grey| f32::from(*grey))
    };
    let step = |from: u32, to: u32| from as f32 / to.max(1) as f32;
    let (across, down) = (step(picture.width, width), step(picture.height, height));
    let mut luma = Vec::with_capacity(width as usize * height as usize);
    for y in 0..height {
        let (y, part_y) = split((y as f32 + 0.5) * down - 0.5);
        for x in 0..width {
            let (x, part_x) = split((x as f32 + 0.5) * across - 0.5);
            let upper = at(x, y) * (1.0 - part_x) + at(x + 1, y) * part_x;
            let lower = at(x, y + 1) * (1.0 - part_x) + at(x + 1, y + 1) * part_x;
            luma.push((upper * (1.0 - part_y) + lower * part_y + 0.5) as u8);
        }
    }
    Raster {
        width,
        height,
        luma,
    }
}

/// Splits a place between pixels into the pixel before it and the share of the next.
fn split(place: f32) -> (usize, f32) {
    let place = place.max(0.0);
    (place as usize, place.fract())
}
