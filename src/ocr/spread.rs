//! Finds two pages in one picture: a booklet or two sheets laid on the glass side by side. Their
//! lines stand level by chance, and read across they are nonsense.

use super::read::recognise::Fragment;
use crate::imaging::picture;
use crate::model::Raster;
use std::ops::Range;

/// Width by height from which a picture may hold two pages: two of A4 have 1.41, of F4 1.30.
const WIDE: f32 = 1.25;
/// Share of the width, around its middle, in which the gutter lies.
const MIDDLE: Range<f32> = 0.4..0.6;
/// Least share of the width that is free of text between two pages: margins of a centimetre on
/// either side, of 42.
const GUTTER: f32 = 0.045;
/// Letters of a fragment from which it counts: the shadow of a fold is read as a stroke or two.
const LETTERS: usize = 3;
/// Fewest fragments of a page, share of its half that they span, and letters that half of them
/// have at least: cells of a table are shorter, and a column of them is narrower.
const PAGE: (usize, f32, usize) = (4, 0.4, 12);
/// Distance of the middles of level rows in heights, share of rows that are level with one of
/// the other side, and fragments a row from which they are those of a table.
const LEVEL: f32 = 0.5;
const SHARED: f32 = 0.8;
const CELLS: f32 = 1.6;
/// Share of the height at the top and at the bottom where edges of paper show.
const EDGE: f32 = 0.06;
/// Thickness of a rule by the height of the picture: a millimetre of 297.
const RULE: f32 = 0.004;
/// Darkest grey of ink by that of the paper.
const INK: f32 = 0.7;

/// Returns where the second page begins, in pixels of `picture`; `None` where there is one page.
pub(super) fn gutter(fragments: &[Fragment], picture: &Raster) -> Option<f32> {
    let (width, height) = (picture.width as f32, picture.height as f32);
    if width < WIDE * height {
        return None;
    }
    let told = || fragments.iter().filter(|f| f.chars() >= LETTERS);
    let (from, to) = widest_gap(told().map(span).collect(), width)?;
    let middle = from.midpoint(to);
    let is_wide = to - from >= GUTTER * width;
    let (left, right): (Vec<&Fragment>, Vec<&Fragment>) =
        told().partition(|f| f.quad.center().x < middle);
    let half = 0.5 * width;
    let are_pages = is_page(&left, half) && is_page(&right, half);
    let is_table =
        || is_level(&rows(&left), &rows(&right)) || is_ruled_across(picture, from, to);
    (is_wide && are_pages && !is_table()).then_some(middle)
}

/// One row of fragments: its middle, its height, and how many there are.
type Row = (f32, f32, usize);

fn rows(side: &[&Fragment]) -> Vec<Row> {
    let placed = side.iter().map(|f| (f.quad.center().y, f.quad.height()));
    let mut placed: Vec<(f32, f32)> = placed.collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rows: Vec<Row> = Vec::new();
    for (middle, height) in placed {
        match rows.last_mut() {
            Some(row) if middle - row.0 < LEVEL * height.min(row.1) => row.2 += 1,
            _ => rows.push((middle, height, 1)),
        }
    }
    rows
}

/// Tells whether the rows of two sides are those of one table: level with one another, and of
/// several cells on one side.
fn is_level(left: &[Row], right: &[Row]) -> bool {
    let meets = |row: &Row, others: &[Row]| {
        let near = |other: &Row| (other.0 - row.0).abs() < LEVEL * row.1.min(other.1);
        others.iter().any(near)
    };
    let met = left.iter().filter(|row| meets(row, right)).count()
        + right.iter().filter(|row| meets(row, left)).count();
    let cells = |rows: &[Row]| {
        let all: usize = rows.iter().map(|row| row.2).sum();
        all as f32 / rows.len().max(1) as f32
    };
    let all = (left.len() + right.len()) as f32;
    met as f32 >= SHARED * all && cells(left).max(cells(right)) >= CELLS
}

/// Returns the left and the right end of a fragment.
fn span(fragment: &Fragment) -> (f32, f32) {
    let bounds = fragment.quad.bounds();
    (bounds.x0, bounds.x1)
}

/// Returns the widest gap between spans whose middle is near that of the page.
fn widest_gap(mut spans: Vec<(f32, f32)>, width: f32) -> Option<(f32, f32)> {
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut reach = spans.first()?.1;
    let mut best: Option<(f32, f32)> = None;
    for (from, to) in spans {
        let is_near = MIDDLE.contains(&(reach.midpoint(from) / width));
        let is_wider = best.is_none_or(|(a, b)| from - reach > b - a);
        if from > reach && is_near && is_wider {
            best = Some((reach, from));
        }
        reach = reach.max(to);
    }
    best
}

/// Tells whether fragments look like the text of a page that is `half` wide.
fn is_page(fragments: &[&Fragment], half: f32) -> bool {
    let (least, spanned, letters) = PAGE;
    let spans = fragments.iter().map(|f| span(f));
    let (left, right) = spans.fold((f32::INFINITY, f32::NEG_INFINITY), |all, own| {
        (all.0.min(own.0), all.1.max(own.1))
    });
    let long = fragments.iter().filter(|f| f.chars() >= letters).count();
    fragments.len() >= least
        && right - left >= spanned * half
        && 2 * long >= fragments.len()
}

/// Tells whether thin lines run across the gutter: a table lies on both sides of it.
fn is_ruled_across(picture: &Raster, from: f32, to: f32) -> bool {
    let width = (picture.width as usize).max(1);
    let columns = from.max(0.0) as usize..(to as usize).min(width);
    let edge = (EDGE * picture.height as f32) as usize;
    let inner = (picture.height as usize).saturating_sub(2 * edge);
    let rows = picture.luma.chunks_exact(width).skip(edge).take(inner);
    let rows = rows.map(|row| row.get(columns.clone()).unwrap_or_default());
    // A scan lies a little askew: a rule is dark in every column of some rows that touch.
    let paper = picture::paper(picture).unwrap_or(255) as f32;
    let dark = |value: &u8| f32::from(*value) < INK * paper;
    let tall = ((RULE * picture.height as f32) as usize).max(2);
    let (mut rules, mut run) = (0, 0);
    for row in rows {
        let inked = row.iter().filter(|value| dark(value)).count();
        if 10 * inked >= 9 * row.len().max(1) {
            run += 1;
            continue;
        }
        rules += usize::from((1..=2 * tall).contains(&run));
        run = 0;
    }
    rules >= 2
}

#[cfg(test)]
mod tests {
    use super::super::geometry::{Point, Quad};
    use super::*;
    use crate::model::{Ratio, Word};

    fn fragment(text: &str, x: f32, y: f32) -> Fragment {
        let end = x + 10.0 * text.chars().count() as f32;
        let corners = [(x, y), (end, y), (end, y + 20.0), (x, y + 20.0)];
        Fragment {
            quad: Quad::from_corners(corners.map(|(x, y)| Point::new(x, y))),
            words: vec![Word::new(text, None, Ratio::ONE)],
            confidence: 1.0,
        }
    }

    fn white(width: u32, height: u32) -> Raster {
        Raster {
            width,
            height,
            luma: vec![255; (width * height) as usize],
        }
    }

    /// Two pages of six lines on 1,400 by 1,000 pixels.
    fn two_pages() -> Vec<Fragment> {
        let line = |i: u8| 100.0 + 30.0 * f32::from(i);
        let left = (0..6)
            .map(|i| fragment("bahwa anak berhak atas perlindungan", 100.0, line(i)));
        let right =
            (0..6).map(|i| fragment("menyusun rencana kerja tahunan", 800.0, line(i)));
        left.chain(right).collect()
    }

    #[test]
    fn two_pages_side_by_side_are_parted_in_the_gutter() {
        let mut pages = two_pages();
        // The shadow of the fold.
        pages.push(fragment("|", 700.0, 400.0));
        let gutter = gutter(&pages, &white(1400, 1000)).unwrap();
        assert!((450.0..800.0).contains(&gutter), "{gutter}");
    }

    #[test]
    fn a_page_in_portrait_a_title_across_and_a_table_are_one_page() {
        let pages = two_pages();
        assert_eq!(gutter(&pages, &white(1400, 2000)), None);
        let mut titled = two_pages();
        titled.push(fragment("MATRIKS RENCANA KERJA TAHUNAN", 560.0, 40.0));
        assert_eq!(gutter(&titled, &white(1400, 1000)), None);
        let mut ruled = white(1400, 1000);
        for y in [95, 125, 155] {
            let row = ruled.luma.iter_mut().skip(y * 1400).take(1400);
            row.for_each(|value| *value = 0);
        }
        assert_eq!(gutter(&pages, &ruled), None);
        let cells =
            |x: f32| (0..6u8).map(move |i| fragment("Rp 5.000", x, 30.0 * f32::from(i)));
        let table: Vec<Fragment> = cells(100.0).chain(cells(800.0)).collect();
        assert_eq!(gutter(&table, &white(1400, 1000)), None);
        let mut wordy = two_pages();
        let more = (0..6u8)
            .map(|i| fragment("Dinas Sosial", 1200.0, 100.0 + 30.0 * f32::from(i)));
        wordy.extend(more);
        assert_eq!(gutter(&wordy, &white(1400, 1000)), None);
    }
}
