//! Judges how well a person could read the page, from its picture and from what was read.
//! In doubt a page is legible: a wrong blame costs more trust than a missed one.

use super::geometry::Quad;
use super::read::recognise::Fragment;
use crate::model::{PageVerdict, Raster};

/// Pixels this far from paper are ink, and those this far may be: print of a tenth of its
/// contrast is still read in part (`measure_ocr_bent pale`), so only a page without either is
/// not looked at at all.
const INK: u8 = 48;
const FAINT_INK: u8 = 16;

/// Share of ink under which a page is blank: less than a page number leaves.
const MIN_INK: f32 = 0.000_05;

/// Height of a line's box under which letters are too small to be read with ease, in pixels:
/// letters of about 7 pixels, a 10 pt print at 60 dpi.
const SMALL_LINE: f32 = 13.0;

/// Confidence under which text is badly legible: where one character in ten is misread. On
/// pages made small, blurred or pale step by step, all with a character error rate above 11 %
/// have at most 0.89, all below 9 % at least 0.94; 56 real scans have 0.94 and more.
const DOUBTFUL: f32 = 0.9;

/// A line that ends within this many pixels of an edge is cut off, if it is not alone.
const EDGE: f32 = 2.0;
const MIN_CUT_LINES: usize = 3;
const MIN_CUT_SHARE: f32 = 0.2;

/// Tells whether there is nothing at all on a page, not even what might be pale ink.
pub(crate) fn is_empty(picture: &Raster) -> bool {
    ink_share(picture, FAINT_INK) < MIN_INK
}

/// Tells whether a page on which no text was found has no ink either.
pub(crate) fn is_blank(picture: &Raster) -> bool {
    ink_share(picture, INK) < MIN_INK
}

/// Returns the share of pixels more than `distance` from paper.
fn ink_share(picture: &Raster, distance: u8) -> f32 {
    let mut counts = [0usize; 256];
    for value in &picture.luma {
        if let Some(count) = counts.get_mut(usize::from(*value)) {
            *count += 1;
        }
    }
    // Paper is the commonest grey; dust and noise stay near it.
    let paper = counts
        .iter()
        .enumerate()
        .max_by_key(|(_, n)| **n)
        .map_or(0, |(v, _)| v);
    let off = |v: usize| v.abs_diff(paper) > usize::from(distance);
    let ink: usize = counts
        .iter()
        .enumerate()
        .filter(|(v, _)| off(*v))
        .map(|(_, n)| n)
        .sum();
    ink as f32 / picture.luma.len() as f32
}

/// Returns the verdict on a page with ink as its reader sees it, `page_width` pixels wide;
/// `confidence` is the mean over all characters.
pub(crate) fn verdict(
    fragments: &[Fragment],
    page_width: f32,
    confidence: f32,
) -> PageVerdict {
    if fragments.is_empty() {
        // A photograph, a map, a drawing: nothing there that should have been read.
        return PageVerdict::Legible;
    }
    if confidence < DOUBTFUL {
        return match line_height(fragments) < SMALL_LINE {
            true => PageVerdict::TooSmall,
            false => PageVerdict::Blurred,
        };
    }
    let cut = |at_edge: &dyn Fn(&Quad) -> bool| {
        let cut = fragments.iter().filter(|f| at_edge(&f.quad)).count();
        cut >= MIN_CUT_LINES && cut as f32 >= MIN_CUT_SHARE * fragments.len() as f32
    };
    let left = |quad: &Quad| quad.point_at(0.0, 0.5).x < EDGE;
    let right = |quad: &Quad| quad.point_at(1.0, 0.5).x > page_width - EDGE;
    if cut(&left) || cut(&right) {
        PageVerdict::CutOff
    } else {
        PageVerdict::Legible
    }
}

/// Returns the median height of the lines.
fn line_height(fragments: &[Fragment]) -> f32 {
    let mut heights: Vec<f32> = fragments.iter().map(|f| f.quad.height()).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Point;
    use super::*;

    fn page(ink: usize) -> Raster {
        let mut luma = vec![240u8; 100 * 1000];
        luma.iter_mut().take(ink).for_each(|v| *v = 20);
        Raster {
            width: 100,
            height: 1000,
            luma,
        }
    }

    fn line(x0: f32, x1: f32, height: f32) -> Fragment {
        let corners = [(x0, 0.), (x1, 0.), (x1, height), (x0, height)];
        let quad = Quad::from_corners(corners.map(|(x, y)| Point::new(x, y)));
        Fragment {
            quad,
            words: Vec::new(),
            confidence: 0.0,
        }
    }

    #[test]
    fn blank_is_no_ink() {
        assert!(is_blank(&page(0)));
        assert!(is_blank(&page(4)), "dust");
        let mut pale = page(300);
        pale.luma.iter_mut().for_each(|v| *v = (*v).max(215));
        assert!(is_empty(&page(0)) && is_blank(&pale));
        assert!(!is_empty(&pale), "pale print is looked at");
        assert!(!is_blank(&page(300)), "a page number");
        let empty = Raster {
            width: 0,
            height: 0,
            luma: Vec::new(),
        };
        assert!(!is_blank(&empty));
    }

    #[test]
    fn verdicts() {
        let of = |lines: &[Fragment], sure| verdict(lines, 100.0, sure);
        assert_eq!(of(&[], 0.0), PageVerdict::Legible);
        assert_eq!(of(&[line(10., 90., 30.)], 0.95), PageVerdict::Legible);
        assert_eq!(
            of(&[line(10., 90., 9.)], 0.95),
            PageVerdict::Legible,
            "small, but read"
        );
        assert_eq!(of(&[line(10., 90., 9.)], 0.89), PageVerdict::TooSmall);
        assert_eq!(of(&[line(10., 90., 30.)], 0.89), PageVerdict::Blurred);
        let cut = [10., 12., 14.].map(|x| line(x, 99.5, 30.));
        assert_eq!(of(&cut, 0.95), PageVerdict::CutOff);
        assert_eq!(
            of(&cut[..2], 0.95),
            PageVerdict::Legible,
            "two may be rulings"
        );
    }
}
