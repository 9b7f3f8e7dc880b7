//! The strip of a page that shows a hit: the part of its picture around the words that were looked
//! for, and the boxes to light on it.

use crate::model::{LinePart, Page, Rect};

/// Least share of the page's width that a strip shows: half a line of print, which can still be
/// read on a phone.
const WIDTH: f32 = 0.45;
/// How far a strip goes above and below its hit, in heights of it: to the lines before and behind.
const AROUND: f32 = 1.6;
/// Largest share of the page's height that a strip takes.
const HEIGHT: f32 = 0.2;

/// A strip of a page, in the unit of its boxes.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// The page, from 1.
    pub page: u32,
    /// The part, to whole units.
    pub part: Rect,
    /// The boxes of hits on it.
    pub lit: Vec<Rect>,
}

/// Returns the boxes of hits of a page, one for each that has any.
pub fn boxes(page: &Page, hits: &[LinePart]) -> Vec<Rect> {
    hits.iter().filter_map(|hit| box_of(page, hit)).collect()
}

/// Returns the box around a hit of a page, where its words have boxes.
pub fn box_of(page: &Page, hit: &LinePart) -> Option<Rect> {
    let line = page.all_lines().nth(hit.line)?;
    let words = line.words.get(hit.words.clone())?;
    words
        .iter()
        .filter_map(|word| word.rect)
        .reduce(Rect::union)
}

/// Returns the strip around the hit of most words, the first of such; `None` where no hit has a
/// box on the page.
pub fn strip(page: &Page, hits: &[LinePart]) -> Option<Strip> {
    let size = page.size?;
    let placed = hits
        .iter()
        .filter_map(|hit| Some((hit, box_of(page, hit)?)));
    let (_, shown) = placed
        .rev()
        .max_by_key(|(hit, _)| hit.words.len())
        .filter(|(_, rect)| rect.width() > 0.0 && rect.height() > 0.0)?;
    let part = part_around(shown, size)?;
    let lit = boxes(page, hits).into_iter();
    Some(Strip {
        page: page.number,
        part,
        lit: lit.filter_map(|rect| rect.intersection(part)).collect(),
    })
}

fn part_around(shown: Rect, (width, height): (f32, f32)) -> Option<Rect> {
    let wide = (width * WIDTH).max(shown.width() * 1.2).min(width);
    let high = (shown.height() * (1.0 + 2.0 * AROUND)).min(height * HEIGHT);
    let across = along(f32::midpoint(shown.x0, shown.x1), wide, width);
    let down = along(f32::midpoint(shown.y0, shown.y1), high, height);
    let part = Rect {
        x0: across.0.floor(),
        y0: down.0.floor(),
        x1: across.1.ceil().min(width.floor()),
        y1: down.1.ceil().min(height.floor()),
    };
    (part.x0 < part.x1 && part.y0 < part.y1).then_some(part)
}

/// Returns a stretch around a middle, moved to lie within a side.
fn along(middle: f32, long: f32, side: f32) -> (f32, f32) {
    let from = (middle - long / 2.0).min(side - long).max(0.0);
    (from, from + long)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::search::{Matcher, SearchQuery};
    use crate::model::{Line, Ratio, Word};

    fn page() -> Page {
        let word = |text: &str, x0: f32, y0: f32| {
            let rect = [x0, y0, x0 + 60.0, y0 + 10.0].into();
            Word::new(text, Some(rect), Ratio::ONE)
        };
        Page {
            lines: vec![
                Line::new(vec![word("Rokok", 20.0, 4.0)]),
                Line::new(vec![
                    word("Kawasan", 400.0, 300.0),
                    word("Rokok", 470.0, 300.0),
                ]),
                Line::plain("Kawasan tanpa rokok"),
            ],
            ..Page::empty(2, Some((595.0, 842.0)))
        }
    }

    fn found(query: &str) -> Option<Strip> {
        let query = SearchQuery::parse(query).unwrap();
        let page = page();
        strip(&page, &Matcher::new(&query).hits(&page))
    }

    #[test]
    fn a_strip_shows_the_hit_of_most_words_with_the_lines_around_it() {
        let strip = found("kawasan rokok").unwrap();
        assert_eq!(strip.page, 2);
        // Moved to the left, so as not to end beside the page.
        assert_eq!(strip.part, [327.0, 284.0, 595.0, 326.0].into());
        assert_eq!(strip.lit, [[400.0, 300.0, 530.0, 310.0].into()]);
        let first = found("rokok").unwrap();
        assert_eq!(first.part, [0.0, 0.0, 268.0, 42.0].into());
        assert_eq!(first.lit, [[20.0, 4.0, 80.0, 14.0].into()]);
    }

    #[test]
    fn without_a_box_there_is_no_strip() {
        assert_eq!(found("tanpa"), None);
        assert_eq!(found("xyzzyx"), None);
    }
}
