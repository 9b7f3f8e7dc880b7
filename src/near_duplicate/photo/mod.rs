//! Fingerprints of photos, and their comparison. A photo is found again when it was cropped,
//! shrunk, turned, mirrored, brightened, compressed, or shown in a larger picture. Two photos
//! of one scene are two photos.

mod global_hash;
mod corner;
mod geometry;
mod matches;
mod overlay;
mod plane;
mod region;
mod search;

pub use matches::same;
pub use search::PhotoIndex;

use crate::model::{FINGERPRINT_SIDE, PhotoFingerprint, Raster, Rect, THUMB_SIDE};
use plane::{Plane, Window, fit};

/// Least standard deviation of grey in a photo: below, it is a wall or an empty page.
const LEAST_SPREAD: f32 = 4.0;
/// Standard deviation to which the contrast of a pale or dark photo is raised, and the largest
/// factor. Corners and the thumbnail use grey levels, so they must not depend on contrast.
const SPREAD: f32 = 32.0;
const MOST_CONTRAST: f32 = 6.0;
/// Where photos cover at least this share of a picture, the rest is a frame around them and has
/// no corners: the buttons of a screen are the same around every photo.
const SHOWN: f32 = 0.25;
/// Photos kept of one page: a contact sheet has 35.
const MOST_ON_A_PAGE: usize = 40;

/// Returns the fingerprints of the photos on page `number` (from 1). `words` are boxes in pixels
/// of the picture; `size` is the width and height of the page in the page's own unit.
pub fn fingerprints(
    number: u32,
    size: (f32, f32),
    picture: &Raster,
    words: &[Rect],
) -> Vec<PhotoFingerprint> {
    let words = &region::word_sized(picture, words)[..];
    let all = Window::whole(picture);
    let photos = region::photos(picture, words);
    let shown: Vec<Window> = photos.iter().copied().filter(|w| *w != all).collect();
    let is_frame = shown.iter().map(Window::area).sum::<f32>() >= SHOWN * all.area();
    let fingerprints = photos.into_iter().filter_map(|window| {
        let only = if is_frame && window == all {
            &shown[..]
        } else {
            &[]
        };
        fingerprint(number, size, picture, window, (words, only))
    });
    fingerprints.take(MOST_ON_A_PAGE).collect()
}

/// Returns the fingerprints of the photos in a picture that stands at `rect` on page `number`.
pub fn embedded_fingerprints(
    number: u32,
    rect: Rect,
    picture: &Raster,
) -> Vec<PhotoFingerprint> {
    let mut fingerprints =
        fingerprints(number, (rect.width(), rect.height()), picture, &[]);
    for fingerprint in &mut fingerprints {
        fingerprint.rect = Some(fingerprint.rect.map_or(rect, |own| Rect {
            x0: rect.x0 + own.x0,
            y0: rect.y0 + own.y0,
            x1: rect.x0 + own.x1,
            y1: rect.y0 + own.y1,
        }));
    }
    fingerprints
}

fn fingerprint(
    page: u32,
    size: (f32, f32),
    picture: &Raster,
    window: Window,
    (words, only): (&[Rect], &[Window]),
) -> Option<PhotoFingerprint> {
    let (width, height) = fit(window.width, window.height, FINGERPRINT_SIDE);
    let mut plane = Plane::shrunk(picture, window, width, height);
    let (_, spread) = plane.spread();
    if spread < LEAST_SPREAD {
        return None;
    }
    plane.raise_contrast((SPREAD / spread).clamp(1.0, MOST_CONTRAST));
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
    let whole = window == Window::whole(picture);
    Some(PhotoFingerprint {
        page,
        rect: (!whole).then(|| page_rect(window, picture, size)),
        size: (window.width as u32, window.height as u32),
        phash: global_hash::phash(&plane),
        dhash: global_hash::dhash(&plane),
        thumb: plane.resized(small_w, small_h).raster(),
        corners: corner::corners(&plane, hidden),
    })
}

/// Returns the place of a window on the page, in the page's unit.
fn page_rect(window: Window, picture: &Raster, (width, height): (f32, f32)) -> Rect {
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
