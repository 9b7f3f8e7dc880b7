//! Takes what one page has shown and gives what may be signatures, seals or logos on it: the
//! pictures laid over its text and the curves drawn. Apart, because no pixel is looked at here;
//! a page that is read by OCR has its marks from its picture.

use super::device::Look;
use crate::model::{InkKind, InkMark, Ratio, Rect};
use hayro::kurbo;

/// Share of a page from which a picture is the page or its background.
const BACKGROUND: f64 = 0.25;
/// Sides in points below which a picture or a group of curves is an ornament: 3 mm.
const LEAST: f32 = 8.5;
/// Distance in points within which strips of a picture or strokes belong together: 1 mm.
const NEAR: f32 = 3.0;
/// Pictures of a page that are looked at, the first drawn first.
const MAX_PICTURES: usize = 400;
/// Marks kept of one page.
const MAX_MARKS: usize = 48;

/// Finds the marks of a page with a text layer, in points.
pub(crate) fn marks(look: &Look) -> Vec<InkMark> {
    let page = f64::from(look.size.0) * f64::from(look.size.1);
    let pictures = look.pictures.iter().take(MAX_PICTURES).map(|p| p.rect);
    let pictures = pictures.filter(|rect| rect.area() < BACKGROUND * page);
    let mut found = gathered(pictures, InkKind::Picture);
    if !look.is_full_of_curves() {
        found.extend(gathered(look.curves.iter().copied(), InkKind::Strokes));
    }
    found.retain(|mark| mark.rect.width() >= LEAST && mark.rect.height() >= LEAST);
    let area = |mark: &InkMark| mark.rect.width() * mark.rect.height();
    found.sort_by(|a, b| area(b).total_cmp(&area(a)));
    found.truncate(MAX_MARKS);
    found
}

fn gathered(rects: impl Iterator<Item = kurbo::Rect>, kind: InkKind) -> Vec<InkMark> {
    let mut left: Vec<Rect> = rects
        .map(|r| Rect::from([r.x0, r.y0, r.x1, r.y1].map(|v| v as f32)))
        .collect();
    let mut marks = Vec::new();
    while let Some(mut rect) = left.pop() {
        loop {
            let around = rect.grown(NEAR);
            let (near, far): (Vec<Rect>, Vec<Rect>) = left
                .into_iter()
                .partition(|other| other.intersection(around).is_some());
            left = far;
            if near.is_empty() {
                break;
            }
            rect = near.into_iter().fold(rect, Rect::union);
        }
        marks.push(InkMark {
            kind,
            rect,
            piece: rect.width().max(rect.height()),
            ink: Ratio::ONE,
        });
    }
    marks
}
