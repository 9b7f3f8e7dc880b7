//! One page as a picture for a person to look at: turned upright, with boxes covered, and only a
//! part of it where that is asked for. What is covered is painted over before the picture is
//! packed: nothing of it is left in the bytes.

use super::picture::Shrinker;
use crate::model::{CopyStep, Rect, Sheet, Turn};
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, Result};

/// The colour of what is covered, for red, green and blue alike.
pub const COVER: u8 = 0x40;

/// How a page is shown. Boxes are in the unit of `size`, of the page as it stands upright.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageView {
    /// Resolution and quality.
    pub step: CopyStep,
    /// How the page must be turned to be read.
    #[serde(default, skip_serializing_if = "Turn::is_none")]
    pub turn: Turn,
    /// Width and height of the turned page.
    pub size: (f32, f32),
    /// The boxes to cover.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Rect>,
    /// The part to show; all of it where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Rect>,
}

/// Returns a page as JPEG, in grey where it has no coloured ink.
///
/// # Errors
/// When the page cannot be packed, or the part lies beside it.
pub fn page_picture(sheet: Sheet, view: &PageView) -> Result<Vec<u8>> {
    let mut sheet = turned(sheet, view.turn);
    let scale = (
        sheet.width as f32 / view.size.0,
        sheet.height as f32 / view.size.1,
    );
    for rect in &view.covers {
        cover(&mut sheet, &Pixels::around(*rect, scale));
    }
    if let Some(part) = view.part {
        sheet = cut(&sheet, &Pixels::around(part, scale));
    }
    if sheet.rgb.is_empty() {
        return Err(ErrorKind::InvalidInput.into());
    }
    Ok(Shrinker::new(&sheet).jpeg(view.step)?.bytes)
}

/// Columns and rows of a picture, as far as a box touches them.
struct Pixels {
    columns: std::ops::Range<usize>,
    rows: std::ops::Range<usize>,
}

impl Pixels {
    fn around(rect: Rect, (x, y): (f32, f32)) -> Self {
        // An edge between two pixels stays there, whatever multiplying did to its last digits.
        let slack = 1e-3;
        let first = |side: f32, scale: f32| (side * scale + slack).floor().max(0.0);
        let last = |side: f32, scale: f32| (side * scale - slack).ceil().max(0.0);
        Self {
            columns: first(rect.x0, x) as usize..last(rect.x1, x) as usize,
            rows: first(rect.y0, y) as usize..last(rect.y1, y) as usize,
        }
    }
}

fn cover(sheet: &mut Sheet, pixels: &Pixels) {
    let width = (sheet.width as usize).max(1);
    let (from, to) = (pixels.columns.start, pixels.columns.end.min(width));
    let lines = sheet.rgb.chunks_exact_mut(3 * width);
    for line in lines.skip(pixels.rows.start).take(pixels.rows.len()) {
        if let Some(hidden) = line.get_mut(3 * from..3 * to) {
            hidden.fill(COVER);
        }
    }
}

fn cut(sheet: &Sheet, pixels: &Pixels) -> Sheet {
    let (wide, high) = (sheet.width as usize, sheet.height as usize);
    let columns = pixels.columns.start.min(wide)..pixels.columns.end.min(wide);
    let rows = pixels.rows.start.min(high)..pixels.rows.end.min(high);
    let lines = sheet.rgb.chunks_exact((3 * wide).max(1));
    let lines = lines.skip(rows.start).take(rows.len());
    let part = |line| <[u8]>::get(line, 3 * columns.start..3 * columns.end);
    let inch = 72.0 / sheet.dpi.max(1.0);
    Sheet {
        points: (columns.len() as f32 * inch, rows.len() as f32 * inch),
        dpi: sheet.dpi,
        width: columns.len() as u32,
        height: rows.len() as u32,
        rgb: lines
            .flat_map(|line| part(line).unwrap_or_default())
            .copied()
            .collect(),
    }
}

/// Returns a page turned upright.
fn turned(sheet: Sheet, turn: Turn) -> Sheet {
    if turn.is_none() {
        return sheet;
    }
    let (wide, high) = (sheet.width as usize, sheet.height as usize);
    let (width, height) = turn.size((wide, high));
    let mut rgb = Vec::with_capacity(sheet.rgb.len());
    for y in 0..height {
        for x in 0..width {
            let (column, row) = match turn {
                Turn::None => (x, y),
                Turn::Right => (y, high - 1 - x),
                Turn::Half => (wide - 1 - x, high - 1 - y),
                Turn::Left => (wide - 1 - y, x),
            };
            let at = 3 * (row * wide + column);
            rgb.extend(sheet.rgb.get(at..at + 3).unwrap_or(&[255; 3]));
        }
    }
    Sheet {
        points: turn.size(sheet.points),
        dpi: sheet.dpi,
        width: width as u32,
        height: height as u32,
        rgb,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: CopyStep = CopyStep {
        dpi: 110,
        quality: 60,
    };

    /// A page of 1 by 2 inches with 100 pixels an inch, white but for what `ink` says.
    fn sheet(ink: impl Fn(u32, u32) -> Option<u8>) -> Sheet {
        let (width, height) = (100, 200);
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Sheet {
            points: (72.0, 144.0),
            dpi: 100.0,
            width,
            height,
            rgb: pixels
                .flat_map(|(x, y)| [ink(x, y).unwrap_or(255); 3])
                .collect(),
        }
    }

    fn view(turn: Turn, covers: &[[f32; 4]], part: Option<[f32; 4]>) -> PageView {
        PageView {
            step: STEP,
            turn,
            size: turn.size((72.0, 144.0)),
            covers: covers.iter().map(|sides| Rect::from(*sides)).collect(),
            part: part.map(Rect::from),
        }
    }

    fn seen(bytes: &[u8]) -> image::GrayImage {
        image::load_from_memory(bytes).unwrap().to_luma8()
    }

    #[test]
    fn nothing_of_what_is_covered_is_left_in_the_bytes() {
        // Two pages that differ in what is written under the cover, and nowhere else.
        let written = |grey| {
            move |x: u32, y: u32| {
                let is_inside = (20..60).contains(&x) && (40..60).contains(&y);
                match is_inside {
                    true => Some(if (x + y).is_multiple_of(3) { grey } else { 250 }),
                    false => (y == 100).then_some(0),
                }
            }
        };
        let covers = [[14.4, 28.8, 43.2, 43.2]];
        let [one, other] = [0, 120].map(|grey| {
            let drawn = |covers| {
                let view = view(Turn::None, covers, None);
                page_picture(sheet(written(grey)), &view).unwrap()
            };
            (drawn(&covers), drawn(&[]))
        });
        assert_eq!(one.0, other.0, "covered, the two are the same");
        assert_ne!(one.1, other.1, "and they are not without covers");
        let picture = seen(&one.0);
        for (x, y) in (20..60).flat_map(|x| (40..60).map(move |y| (x, y))) {
            let grey = picture.get_pixel(x, y)[0];
            // A block of the JPEG rounds its grey; where one goes over the edge, white shines in.
            let is_inside = (24..56).contains(&x) && (40..56).contains(&y);
            let most = if is_inside { 2 } else { 48 };
            assert!(grey.abs_diff(COVER) <= most, "{grey} at {x}, {y}");
        }
        assert!(
            picture.get_pixel(50, 80)[0] > 240,
            "beside it the page is seen"
        );
    }

    #[test]
    fn covers_lie_where_the_page_is_read_however_it_was_scanned() {
        // Ink in the corner that is the top left once the page is turned.
        for (turn, corner) in [
            (Turn::None, (0, 0)),
            (Turn::Right, (0, 180)),
            (Turn::Half, (80, 180)),
            (Turn::Left, (80, 0)),
        ] {
            let ink = move |x: u32, y: u32| {
                let is_in = (corner.0..corner.0 + 20).contains(&x)
                    && (corner.1..corner.1 + 20).contains(&y);
                is_in.then_some(0)
            };
            let open = page_picture(sheet(ink), &view(turn, &[], None)).unwrap();
            let open = seen(&open);
            let (width, height) = turn.size((100, 200));
            assert_eq!(open.dimensions(), (width, height), "{turn:?}");
            assert!(open.get_pixel(10, 10)[0] < 10, "{turn:?}");
            let covers = [[0.0, 0.0, 14.4, 14.4]];
            let covered = page_picture(sheet(ink), &view(turn, &covers, None)).unwrap();
            let grey = seen(&covered).get_pixel(10, 10)[0];
            assert!(grey.abs_diff(COVER) <= 6, "{turn:?}: {grey}");
        }
    }

    #[test]
    fn a_part_is_cut_out_covers_and_all() {
        let ink = |x: u32, y: u32| ((30..40).contains(&x) && y >= 100).then_some(0);
        let part = Some([14.4, 57.6, 57.6, 86.4]);
        let covers = [[0.0, 79.2, 72.0, 144.0]];
        let strip = page_picture(sheet(ink), &view(Turn::None, &covers, part)).unwrap();
        let strip = seen(&strip);
        assert_eq!(strip.dimensions(), (60, 40));
        assert!(strip.get_pixel(15, 25)[0] < 20, "ink");
        assert!(strip.get_pixel(50, 25)[0] > 235, "paper");
        assert!(strip.get_pixel(15, 36)[0].abs_diff(COVER) <= 12, "covered");
        let beside = Some([80.0, 0.0, 90.0, 10.0]);
        assert!(page_picture(sheet(ink), &view(Turn::None, &[], beside)).is_err());
    }
}
