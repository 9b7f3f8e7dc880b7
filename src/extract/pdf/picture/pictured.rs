//! Takes one page of typed words and gives what its pictures show, without the words: what a
//! scan says under a typed footer, or beside a caption. Apart from [`super`], which
//! gives the page as a whole.

use super::{compose, render};
use crate::extract::pdf::text::device::Look;
use crate::imaging::raster;
use crate::model::{Line, Raster, Rect as Place};
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::kurbo::Rect;
use std::ops::Range;

/// Points around a typed word that may have ink of it.
const AROUND: f32 = 1.0;

/// Draws what the pictures of a page show, and returns where that stands on the page. Straight
/// pictures are laid out without what is drawn over them; of any other page the words typed
/// are painted white. `None` where no picture could be decoded.
pub(crate) fn draw<'a>(
    page: &'a Page<'a>,
    look: &Look,
    typed: &[Line],
) -> Option<(Raster, Place)> {
    let (width, height) = (f64::from(look.size.0), f64::from(look.size.1));
    let all = look.pictures.iter().map(|placed| placed.rect);
    let area = Rect::new(0.0, 0.0, width, height);
    let shown = all.reduce(|a, b| a.union(b))?.intersect(area);
    let shown = Place {
        x0: shown.x0 as f32,
        y0: shown.y0 as f32,
        x1: shown.x1 as f32,
        y1: shown.y1 as f32,
    };
    let mut drawn = if look.plain {
        compose(page, look)?
    } else {
        render(page, look)
    };
    let across = (f64::from(drawn.width) / width) as f32;
    let down = (f64::from(drawn.height) / height) as f32;
    let columns = |place: Place| pixels(place.x0 * across, place.x1 * across);
    let rows = |place: Place| pixels(place.y0 * down, place.y1 * down);
    if !look.plain {
        let words = typed.iter().flat_map(|line| &line.words);
        for word in words.filter_map(|word| word.rect) {
            let word = word.grown(AROUND);
            raster::fill(&mut drawn, columns(word), rows(word), 255);
        }
    }
    let cut = raster::cut(&drawn, columns(shown), rows(shown))?;
    // Whole pixels were cut.
    let (columns, rows) = (columns(shown), rows(shown));
    let place = Place {
        x0: columns.start as f32 / across,
        y0: rows.start as f32 / down,
        x1: (columns.start + cut.width) as f32 / across,
        y1: (rows.start + cut.height) as f32 / down,
    };
    Some((cut, place))
}

fn pixels(from: f32, to: f32) -> Range<u32> {
    from.max(0.0) as u32..to.max(0.0).ceil() as u32
}
