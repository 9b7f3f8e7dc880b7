//! Photos: the same one, cropped, shrunk, turned, mirrored, brightened, compressed, or shown
//! in a larger picture. Two photos of one scene are two.

mod broad;
mod corner;
mod geometry;
mod matches;
mod overlay;
mod plane;
mod region;
mod search;

pub use matches::same;
pub use search::Photos;

use crate::model::{PRINT_SIDE, PhotoPrint, Raster, Rect, THUMB_SIDE};
use plane::{Plane, Window, fit};

/// Least spread of grey in a photo: below, it is a wall or a page of nothing.
const LEAST_SPREAD: f32 = 4.0;
/// Spread to which the greys of a pale or dark photo are drawn out, and how far at most: corners
/// and the small picture are told in grey levels, and must not go with the contrast.
const SPREAD: f32 = 32.0;
const MOST_DRAWN_OUT: f32 = 6.0;
/// Share of a picture under the photos it shows from which all else is a frame around them: the
/// buttons of a screen are the same around every photo.
const SHOWN: f32 = 0.25;
/// Photos kept of one page: a contact sheet has 35.
const MOST_ON_A_PAGE: usize = 40;

/// Takes the fingerprints of the photos on page `number`, given its picture and the boxes of
/// its words in the picture's pixels. `size` is the page's in its own unit.
pub fn prints(
    number: u32,
    size: (f32, f32),
    picture: &Raster,
    words: &[Rect],
) -> Vec<PhotoPrint> {
    let words = &region::written(picture, words)[..];
    let all = Window::of(picture);
    let photos = region::photos(picture, words);
    let shown: Vec<Window> = photos.iter().copied().filter(|w| *w != all).collect();
    let is_frame = shown.iter().map(Window::area).sum::<f32>() >= SHOWN * all.area();
    let prints = photos.into_iter().filter_map(|window| {
        let only = if is_frame && window == all {
            &shown[..]
        } else {
            &[]
        };
        print(number, size, picture, window, (words, only))
    });
    prints.take(MOST_ON_A_PAGE).collect()
}

/// Takes the fingerprints of a picture that stands at `rect` on page `number`.
pub fn placed_prints(number: u32, rect: Rect, picture: &Raster) -> Vec<PhotoPrint> {
    let mut prints = prints(number, (rect.width(), rect.height()), picture, &[]);
    for print in &mut prints {
        print.rect = Some(print.rect.map_or(rect, |own| Rect {
            x0: rect.x0 + own.x0,
            y0: rect.y0 + own.y0,
            x1: rect.x0 + own.x1,
            y1: rect.y0 + own.y1,
        }));
    }
    prints
}

fn print(
    page: u32,
    size: (f32, f32),
    picture: &Raster,
    window: Window,
    (words, only): (&[Rect], &[Window]),
) -> Option<PhotoPrint> {
    let (width, height) = fit(window.width, window.height, PRINT_SIDE);
    let mut plane = Plane::shrunk(picture, window, width, height);
    let (_, spread) = plane.spread();
    if spread < LEAST_SPREAD {
        return None;
    }
    plane.draw_out((SPREAD / spread).clamp(1.0, MOST_DRAWN_OUT));
    let scale = window.width as f32 / width as f32;
    let hidden = |x: f32, y: f32| {
        let (x, y) = (window.x as f32 + x * scale, window.y as f32 + y * scale);
        let covers =
            |word: &Rect| word.x0 <= x && x <= word.x1 && word.y0 <= y && y <= word.y1;
        let is_in = |w: &Window| {
            let right = (w.x + w.width) as f32;
            (w.x as f32..right).contains(&x)
                && (w.y as f32..(w.y + w.height) as f32).contains(&y)
        };
        words.iter().any(covers) || !(only.is_empty() || only.iter().any(is_in))
    };
    let (small_w, small_h) = fit(width, height, THUMB_SIDE);
    let whole = window == Window::of(picture);
    Some(PhotoPrint {
        page,
        rect: (!whole).then(|| placed(window, picture, size)),
        size: (window.width as u32, window.height as u32),
        waves: broad::waves(&plane),
        slopes: broad::slopes(&plane),
        thumb: plane.resized(small_w, small_h).raster(),
        corners: corner::corners(&plane, hidden),
    })
}

/// Returns where a window of a picture stands on the page.
fn placed(window: Window, picture: &Raster, (width, height): (f32, f32)) -> Rect {
    let across = width / picture.width.max(1) as f32;
    let down = height / picture.height.max(1) as f32;
    Rect {
        x0: window.x as f32 * across,
        y0: window.y as f32 * down,
        x1: (window.x + window.width) as f32 * across,
        y1: (window.y + window.height) as f32 * down,
    }
}

#[cfg(test)]
mod tests;
