//! Compares the ink of words with the print around them, as evidence for handwriting and stamps.
//! A handwritten number differs from the typed words of its line in the height of its letters,
//! the width of its strokes, its darkness and its baseline; print differs little. The result is
//! ratios and not a verdict: their weight depends on other evidence.

use crate::model::{Line, Raster, Word, WordInk};
use crate::ocr::layout::Row;
use crate::ocr::read::crop;
use crate::ocr::read::recognise::Fragment;
use std::ops::Range;

/// Least letters of a word that is compared with as print.
const LONG: usize = 3;
/// Confidence from which a word is print: handwriting is read worse.
const SURE: f32 = 0.9;
/// Most words that are compared with: a line has a few.
const MAX_COMPARED: usize = 6;
/// Share of the ink that may lie above or below the letters: specks, dots, a stroke of a
/// neighbouring line.
const OUTSIDE: f32 = 0.03;
/// Grey between paper and ink, of 2, from which there is ink.
const MIN_CONTRAST: f32 = 0.25;
/// Pixels of ink in a strip, 48 high, that are a letter: an `i` has some 100.
const MIN_INK: f32 = 60.0;

/// What a word's ink is like, in pixels of the page.
#[derive(Debug, Clone, Copy)]
struct Ink {
    height: f32,
    /// Where it ends below, on a page that is level.
    bottom: f32,
    stroke: f32,
    /// Grey between paper and ink, 0 to 2.
    darkness: f32,
}

/// Writes down how the words of a part of line `at` compare with the other words of their
/// line, or where it has none, with the lines around it.
pub(crate) fn compare(
    picture: &Raster,
    rows: &[Row],
    lines: &mut [Line],
    (at, part): (usize, &Range<usize>),
) {
    let (Some(row), Some(line)) = (rows.get(at), lines.get_mut(at)) else {
        return;
    };
    let slope = slope(row);
    let own = print(picture, row, part, slope);
    let is_own = !own.is_empty();
    let print = if is_own {
        own
    } else {
        let around = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let around = around.filter_map(|n| rows.get(n));
        around
            .flat_map(|row| print(picture, row, &(0..0), slope))
            .collect()
    };
    let Some(print) = middle(&print) else {
        return;
    };
    for (n, fragment, word) in words(row).filter(|(n, ..)| part.contains(n)) {
        let ink = ink(picture, fragment, word, slope);
        if let (Some(ink), Some(word)) = (ink, line.words.get_mut(n)) {
            word.ink = Some(ratios(ink, print, is_own));
        }
    }
}

/// Returns the ink of the words of a row that are print, but for a part of it.
fn print(picture: &Raster, row: &Row, without: &Range<usize>, slope: f32) -> Vec<Ink> {
    let is_print = |word: &Word| {
        word.confidence.get() > SURE
            && word.text.chars().filter(|c| c.is_alphabetic()).count() >= LONG
    };
    let compared =
        words(row).filter(|(n, _, word)| !without.contains(n) && is_print(word));
    let compared = compared.take(MAX_COMPARED);
    compared
        .filter_map(|(_, fragment, word)| ink(picture, fragment, word, slope))
        .collect()
}

/// Returns the words of a row with their place in it.
fn words<'a>(row: &'a Row) -> impl Iterator<Item = (usize, &'a Fragment, &'a Word)> {
    let words = row
        .0
        .iter()
        .flat_map(|f| f.words.iter().map(move |word| (*f, word)));
    words
        .enumerate()
        .map(|(n, (fragment, word))| (n, fragment, word))
}

/// Returns the slope of a row (pixels down per pixel to the right), that of its longest fragment.
fn slope(row: &Row) -> f32 {
    let longest = row
        .0
        .iter()
        .max_by(|a, b| a.quad.width().total_cmp(&b.quad.width()));
    longest.and_then(|f| f.quad.slope()).unwrap_or(0.0)
}

/// Returns what the ink of a word is like; `None` where there is hardly any.
fn ink(picture: &Raster, fragment: &Fragment, word: &Word, slope: f32) -> Option<Ink> {
    let rect = word.rect?;
    let quad = &fragment.quad;
    let quad = quad.between(quad.share(rect.x0), quad.share(rect.x1));
    let strip = crop::strip(picture, &quad);
    let (paper, dark) = shades(&strip.pixels)?;
    let limit = paper.midpoint(dark);
    let mut rows = [0f32; crop::HEIGHT];
    let (mut area, mut edge, mut grey) = (0.0, 0.0, 0.0);
    let mut above: Vec<bool> = vec![false; strip.width];
    for (count, line) in rows.iter_mut().zip(strip.pixels.chunks_exact(strip.width)) {
        let mut left = false;
        for (above, pixel) in above.iter_mut().zip(line) {
            let is_ink = *pixel < limit;
            // Edges to the left and above; there are as many to the right and below.
            edge += f32::from(u8::from(is_ink != left))
                + f32::from(u8::from(is_ink != *above));
            if is_ink {
                *count += 1.0;
                grey += paper - pixel;
            }
            (left, *above) = (is_ink, is_ink);
        }
        area += *count;
    }
    if area < MIN_INK {
        return None;
    }
    let (top, bottom) = (reach(rows.iter(), area), reach(rows.iter().rev(), area));
    let scale = quad.height() / crop::HEIGHT as f32;
    let foot = quad.point_at(0.5, 1.0 - bottom as f32 / crop::HEIGHT as f32);
    Some(Ink {
        height: (crop::HEIGHT - top - bottom) as f32 * scale,
        bottom: foot.y - slope * foot.x,
        // A long stroke has twice its length of edge.
        stroke: 2.0 * area / edge.max(1.0) * scale,
        darkness: grey / area,
    })
}

/// Returns the grey of the paper and of the darkest ink; `None` where there is no ink.
fn shades(pixels: &[f32]) -> Option<(f32, f32)> {
    let mut sorted = pixels.to_vec();
    sorted.sort_by(f32::total_cmp);
    let at = |share: f32| sorted.get((sorted.len() as f32 * share) as usize).copied();
    let (dark, paper) = (at(0.02)?, at(0.9)?);
    (paper - dark > MIN_CONTRAST).then_some((paper, dark))
}

/// Returns how many rows come before the ink.
fn reach<'a>(rows: impl Iterator<Item = &'a f32>, area: f32) -> usize {
    let mut seen = 0.0;
    rows.take_while(|count| {
        seen += **count;
        seen < OUTSIDE * area
    })
    .count()
}

/// Returns the median of each.
fn middle(inks: &[Ink]) -> Option<Ink> {
    let median = |of: fn(&Ink) -> f32| {
        let mut values: Vec<f32> = inks.iter().map(of).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied()
    };
    Some(Ink {
        height: median(|ink| ink.height)?,
        bottom: median(|ink| ink.bottom)?,
        stroke: median(|ink| ink.stroke)?,
        darkness: median(|ink| ink.darkness)?,
    })
}

/// Compares, to two decimals: more is noise, and would be carried about.
fn ratios(ink: Ink, print: Ink, is_own: bool) -> WordInk {
    let rounded = |value: f32| (value * 100.0).round() / 100.0;
    let ratio = |a: f32, b: f32| rounded(a / b.max(f32::EPSILON));
    WordInk {
        height_ratio: ratio(ink.height, print.height),
        baseline_shift: is_own.then(|| ratio(ink.bottom - print.bottom, print.height)),
        stroke_ratio: ratio(ink.stroke, print.stroke),
        darkness_ratio: ratio(ink.darkness, print.darkness),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ratio;
    use crate::ocr::geometry::{Point, Quad};

    /// A white page with words of upright bars, each 100 wide: its left side, top and bottom,
    /// the bars' width and their grey.
    fn page(words: &[(u32, [u32; 2], u32, u8)]) -> Raster {
        let (width, height) = (400, 60);
        let mut luma = vec![255; (width * height) as usize];
        for &(left, [top, bottom], bar, grey) in words {
            for y in top..bottom {
                for x in (left..left + 100).filter(|x| (x - left) % 20 < bar) {
                    luma[(y * width + x) as usize] = grey;
                }
            }
        }
        Raster {
            width,
            height,
            luma,
        }
    }

    /// Compares the second word of a line with the first.
    fn compared(second: ([u32; 2], u32, u8)) -> WordInk {
        let (place, bar, grey) = second;
        let page = page(&[(20, [20, 40], 4, 0), (150, place, bar, grey)]);
        let corners = [(10., 5.), (260., 5.), (260., 55.), (10., 55.)];
        let word = |text: &str, x0: f32| {
            let rect = [x0, 5.0, x0 + 115.0, 55.0].into();
            Word::new(text, Some(rect), Ratio::ONE)
        };
        let fragment = Fragment {
            quad: Quad::from_corners(corners.map(|(x, y)| Point::new(x, y))),
            words: vec![word("NOMOR", 15.0), word("12", 145.0)],
            confidence: 1.0,
        };
        let rows = [Row(vec![&fragment])];
        let mut lines = [rows[0].line()];
        compare(&page, &rows, &mut lines, (0, &(1..2)));
        assert_eq!(lines[0].words[0].ink, None);
        lines[0].words[1].ink.unwrap()
    }

    #[test]
    fn the_same_print_compares_as_the_same() {
        let ink = compared(([20, 40], 4, 0));
        for value in [ink.height_ratio, ink.stroke_ratio, ink.darkness_ratio] {
            assert!((value - 1.0).abs() < 0.02, "{ink:?}");
        }
        assert!(ink.baseline_shift.unwrap().abs() < 0.02, "{ink:?}");
    }

    #[test]
    fn other_ink_compares_by_what_is_other_about_it() {
        let high = compared(([10, 40], 4, 0));
        assert!((high.height_ratio - 1.5).abs() < 0.1, "{high:?}");
        let low = compared(([30, 50], 4, 0));
        assert!((low.baseline_shift.unwrap() - 0.5).abs() < 0.1, "{low:?}");
        let thick = compared(([20, 40], 8, 0));
        assert!(thick.stroke_ratio > 1.4, "{thick:?}");
        let pale = compared(([20, 40], 4, 128));
        assert!((pale.darkness_ratio - 0.5).abs() < 0.1, "{pale:?}");
    }
}
