//! Finds the photos on the picture of a page: the whole of a photo file, the photos on a scanned
//! report, none on a letter.
//!
//! The background of a page is of one brightness, light on paper and often dark on a screenshot.
//! A connected part that is neither background nor words, and that fills a rectangle, is taken
//! for a photo. A picture that is no page is also one whole photo. A false photo (a dark table, a
//! seal) costs a few kilobytes.

use super::plane::{Plane, Window, fit};
use crate::model::{Raster, Rect};

/// Longest side of the picture in which photos are looked for, and the side of its cells.
const LOOKED_AT: u32 = 512;
const CELL: usize = 8;
/// Darkest grey of paper, 0 to 255. A sheet photographed in a dim room is darker, but then the
/// picture is a photo of a paper.
const PAPER: usize = 160;
/// Grey levels below the usual one at which a pixel is still paper, and the largest difference
/// of a pixel of a dark background: a screen is drawn, so its background is even.
const SHADE: usize = 24;
const FLAT: usize = 6;
/// Least share of the background in a picture that may have photos on it.
const HAS_BACKGROUND: f32 = 0.3;
/// Share of a picture under words from which it is a page and no photo.
const IS_TEXT: f32 = 0.25;
/// The same where the background is paper: a photo with a white sky bears fewer words.
const IS_PAPER: f32 = 0.5;
const IS_LETTER: f32 = 0.02;
/// Largest share of a letter that is neither paper, words nor photos: stamps, lines, shadows. A
/// photo with a bright sky and words over it has more. Chosen by hand; no scanned paper of the
/// samples is taken for a photo by it.
const UNEXPLAINED: f32 = 0.15;
/// Largest height of a line of text, as a share of the shorter side: the title of a slide takes
/// 0.08. A larger word is lettering on a wall, or a round thing that OCR read as a zero.
const LINE: f32 = 0.12;
/// Fewest words of a page full of them; OCR finds a few in any texture.
const FEWEST_WORDS: usize = 6;
/// Least share of a page that a photo on it takes, and least share of each of its sides.
const LEAST_AREA: f32 = 0.03;
const LEAST_SIDE: f32 = 0.12;
/// Share of a page from which a photo on it is the whole page.
const MOST_AREA: f32 = 0.9;
/// Least share of its box that a photo fills.
const FILLS: f32 = 0.65;
/// Grey levels by which the pixels of an even border may differ: what JPEG leaves of it.
const EVEN: f32 = 5.0;
/// Share of a picture within its border from which the border is not taken off.
const NO_BORDER: f32 = 0.97;
/// Share of the part within the border from which a photo found there replaces it.
const MOSTLY: f32 = 0.4;
/// Ratio of two areas from which they are the same.
const LIKE: f32 = 0.85;
/// Least pixels along the shorter side: less is an icon or an emblem.
pub(super) const LEAST_PIXELS: usize = 120;

/// Returns the photos on a page, as windows of its picture.
pub(super) fn photos(page: &Raster, words: &[Rect]) -> Vec<Window> {
    let all = Window::whole(page);
    if all.width.min(all.height) < LEAST_PIXELS {
        return Vec::new();
    }
    let (width, height) = fit(all.width, all.height, LOOKED_AT);
    let small = Plane::shrunk(page, all, width, height);
    let background = Background::most_of(&small);
    let (share, word_sized) = (background.share(&small), word_share(page, words));
    let scale = all.width as f32 / width as f32;
    let cells = Cells::new(&small, &background, words, scale);
    let unexplained = cells.share();
    let mut photos = Vec::new();
    if share >= HAS_BACKGROUND {
        photos.extend(photos_on(page, &background, cells, scale));
    }
    // A dark photo may be the larger part of a screen: then the background is along the edge.
    let around = Background::around(&small);
    if !around.has(background.middle()) && around.share(&small) >= HAS_BACKGROUND {
        let cells = Cells::new(&small, &around, words, scale);
        photos.extend(photos_on(page, &around, cells, scale));
    }
    let shown = photos.iter().map(Window::area).sum::<f32>() / all.area();
    let is_letter = background.is_paper()
        && share >= IS_PAPER
        && word_sized >= IS_LETTER
        && unexplained - shown <= UNEXPLAINED;
    let is_text = words.len() >= FEWEST_WORDS && word_sized >= IS_TEXT;
    let is_page = is_letter || is_text;
    if !is_page {
        photos.extend(within_border(&small, scale, all, &photos));
        photos.push(all);
    }
    photos
}

/// Returns the photos on a background, given the cells that do not belong to it.
fn photos_on(
    page: &Raster,
    background: &Background,
    cells: Cells,
    scale: f32,
) -> Vec<Window> {
    let all = Window::whole(page);
    let size = (cells.width * CELL, cells.height * CELL);
    let boxes = cells.boxes().into_iter();
    let boxes = boxes.filter(|window| is_photo(window, size));
    let exact = boxes.map(|window| {
        with_exact_edges(page, background, enlarged(window, scale, all), scale)
    });
    let is_large = |photo: &Window| photo.width.min(photo.height) >= LEAST_PIXELS;
    exact.filter(is_large).collect()
}

/// Returns a window found in cells with exact edges, where the background ends. A fine texture
/// shrunk from a window a little larger is another texture. `scale` is the pixels of the page
/// for one pixel of the shrunk picture.
fn with_exact_edges(
    page: &Raster,
    background: &Background,
    window: Window,
    scale: f32,
) -> Window {
    let reach = (CELL as f32 * scale).ceil() as usize;
    let (width, height) = (page.width as usize, page.height as usize);
    let (right, below) = (window.x + window.width, window.y + window.height);
    // Corners of a photo may be rounded, and what stands beside it must not count.
    let (columns, rows) = (
        window.x + window.width / 8..right - window.width / 8,
        window.y + window.height / 8..below - window.height / 8,
    );
    let is_off = |x: usize, y: usize| {
        let value = page.luma.get(y * width + x);
        value.is_some_and(|value| !background.has(f32::from(*value)))
    };
    let row = |y: &usize| {
        let off = columns.clone().filter(|x| is_off(*x, *y)).count();
        2 * off > columns.len()
    };
    let column = |x: &usize| {
        let off = rows.clone().filter(|y| is_off(*x, *y)).count();
        2 * off > rows.len()
    };
    let around =
        |edge: usize, most: usize| edge.saturating_sub(reach)..(edge + reach).min(most);
    let x0 = around(window.x, width).find(column).unwrap_or(window.x);
    let y0 = around(window.y, height).find(row).unwrap_or(window.y);
    let x1 = around(right, width).rfind(column).map_or(right, |x| x + 1);
    let y1 = around(below, height).rfind(row).map_or(below, |y| y + 1);
    Window {
        x: x0,
        y: y0,
        width: x1.saturating_sub(x0),
        height: y1.saturating_sub(y0),
    }
}

/// Returns the boxes that are small enough to be words.
pub(super) fn word_sized(page: &Raster, words: &[Rect]) -> Vec<Rect> {
    let most = LINE * page.width.min(page.height) as f32;
    let is_line = |word: &&Rect| word.width().min(word.height()) <= most;
    words.iter().filter(is_line).copied().collect()
}

/// Returns the picture without the even border around it; `None` where it has no border, or
/// where one of `photos` is nearly the same part.
fn within_border(
    small: &Plane,
    scale: f32,
    all: Window,
    photos: &[Window],
) -> Option<Window> {
    let edge = small.at(0, 0);
    let is_even = |value: f32| (value - edge).abs() <= EVEN;
    let row = |y: &usize| small.row(*y).iter().all(|value| is_even(*value));
    let column = |x: &usize| (0..small.height).all(|y| is_even(small.at(*x, y)));
    let (top, left) = (
        (0..small.height).take_while(row).count(),
        (0..small.width).take_while(column).count(),
    );
    let below = (top..small.height).rev().take_while(row).count();
    let right = (left..small.width).rev().take_while(column).count();
    let inner = Window {
        x: left,
        y: top,
        width: small.width.saturating_sub(left + right),
        height: small.height.saturating_sub(top + below),
    };
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    let (across, down) = (
        share(inner.width, small.width),
        share(inner.height, small.height),
    );
    let is_bordered = across * down < NO_BORDER && across.min(down) >= LEAST_SIDE;
    let inner = enlarged(inner, scale, all);
    let is_known = |photo: &Window| {
        (LIKE * inner.area()..=inner.area() / LIKE).contains(&photo.area())
            && photo.x.abs_diff(inner.x) <= inner.width / 10
            && photo.y.abs_diff(inner.y) <= inner.height / 10
    };
    // A photo with the lines of a screen below it is no photo: other screens have the same lines.
    let is_shown = |photo: &Window| photo.area() >= MOSTLY * inner.area();
    let is_new = is_bordered
        && inner.width.min(inner.height) >= LEAST_PIXELS
        && !photos
            .iter()
            .any(|photo| is_known(photo) || is_shown(photo));
    is_new.then_some(inner)
}

/// The range of brightness of a page's background.
struct Background {
    least: f32,
    most: f32,
}

impl Background {
    fn most_of(picture: &Plane) -> Self {
        Self::commonest(picture.values.iter())
    }

    /// Returns the commonest brightness along the edge of a picture.
    fn around(picture: &Plane) -> Self {
        let (last_row, last) = (
            picture.height.saturating_sub(1),
            picture.width.saturating_sub(1),
        );
        let rows = [0, last_row].into_iter().flat_map(|y| picture.row(y));
        let columns = (0..picture.height).flat_map(|y| {
            let row = picture.row(y);
            [row.first(), row.get(last)].into_iter().flatten()
        });
        Self::commonest(rows.chain(columns))
    }

    fn commonest<'a>(values: impl Iterator<Item = &'a f32>) -> Self {
        let mut counts = vec![0_u32; 256];
        for value in values {
            if let Some(count) = counts.get_mut(*value as usize) {
                *count += 1;
            }
        }
        let commonest = (0..256_usize).max_by_key(|value| {
            let around = counts.get(value.saturating_sub(4)..(value + 5).min(256));
            around.unwrap_or_default().iter().sum::<u32>()
        });
        let commonest = commonest.unwrap_or(255);
        let (least, most) = match commonest >= PAPER {
            true => (commonest - SHADE, 256),
            false => (commonest.saturating_sub(FLAT), commonest + FLAT + 1),
        };
        Self {
            least: least as f32,
            most: most as f32,
        }
    }

    /// Returns a brightness in the middle of the range.
    fn middle(&self) -> f32 {
        f32::midpoint(self.least, self.most.min(255.0))
    }

    fn is_paper(&self) -> bool {
        self.most > 255.0
    }

    fn has(&self, value: f32) -> bool {
        (self.least..self.most).contains(&value)
    }

    fn share(&self, picture: &Plane) -> f32 {
        let on = picture.values.iter().filter(|value| self.has(**value));
        on.count() as f32 / picture.values.len().max(1) as f32
    }
}

/// Returns the share of a picture under words.
fn word_share(page: &Raster, words: &[Rect]) -> f32 {
    let area: f32 = words.iter().map(|word| word.width() * word.height()).sum();
    area / (page.width as f32 * page.height as f32).max(1.0)
}

fn is_photo(window: &Window, (width, height): (usize, usize)) -> bool {
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    let (across, down) = (share(window.width, width), share(window.height, height));
    across.min(down) >= LEAST_SIDE && (LEAST_AREA..MOST_AREA).contains(&(across * down))
}

fn enlarged(window: Window, scale: f32, all: Window) -> Window {
    let side = |value: usize| (value as f32 * scale).round() as usize;
    let (x, y) = (
        side(window.x).min(all.width),
        side(window.y).min(all.height),
    );
    Window {
        x,
        y,
        width: side(window.width).min(all.width - x),
        height: side(window.height).min(all.height - y),
    }
}

/// The cells of a page that are neither background nor words.
struct Cells {
    width: usize,
    height: usize,
    inked: Vec<bool>,
}

impl Cells {
    fn new(small: &Plane, background: &Background, words: &[Rect], scale: f32) -> Self {
        let (width, height) = (small.width / CELL, small.height / CELL);
        let mut inked = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let rows = (y * CELL..(y + 1) * CELL).map(|row| small.row(row));
                let pixels = rows.filter_map(|row| row.get(x * CELL..(x + 1) * CELL));
                let off = pixels
                    .flatten()
                    .filter(|value| !background.has(**value))
                    .count();
                inked.push(2 * off > CELL * CELL);
            }
        }
        let mut cells = Self {
            width,
            height,
            inked,
        };
        let side = scale * CELL as f32;
        for word in words {
            cells.clear(word, side);
        }
        cells
    }

    /// Returns the share of the page that these cells take.
    fn share(&self) -> f32 {
        let inked = self.inked.iter().filter(|inked| **inked).count();
        inked as f32 / self.inked.len().max(1) as f32
    }

    /// Clears the cells whose middle lies under a word.
    fn clear(&mut self, word: &Rect, side: f32) {
        let first = |at: f32| (at / side + 0.5).max(0.0) as usize;
        let (rows, columns) = (
            first(word.y0)..first(word.y1),
            first(word.x0)..first(word.x1),
        );
        for y in rows.start..rows.end.min(self.height) {
            let row = y * self.width;
            let cells = row + columns.start..row + columns.end.min(self.width);
            self.inked.get_mut(cells).unwrap_or_default().fill(false);
        }
    }

    /// Returns the boxes, in pixels, of connected cells that fill their box, from the top.
    fn boxes(mut self) -> Vec<Window> {
        let mut boxes = Vec::new();
        for start in 0..self.inked.len() {
            let (count, bounds) = self.flood(start);
            let [x0, y0, x1, y1] = bounds;
            let area = (x1 + 1 - x0.min(x1)) * (y1 + 1 - y0.min(y1));
            if count > 0 && count as f32 >= FILLS * area as f32 {
                boxes.push(Window {
                    x: x0 * CELL,
                    y: y0 * CELL,
                    width: (x1 + 1 - x0) * CELL,
                    height: (y1 + 1 - y0) * CELL,
                });
            }
        }
        boxes
    }

    /// Clears the connected cells around `start`. Returns how many there were, and the first
    /// column and row and the last column and row.
    fn flood(&mut self, start: usize) -> (usize, [usize; 4]) {
        let (mut count, mut bounds) = (0, [usize::MAX, usize::MAX, 0, 0]);
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            match self.inked.get_mut(at) {
                Some(cell) if *cell => *cell = false,
                _ => continue,
            }
            let (x, y) = (at % self.width, at / self.width);
            let [x0, y0, x1, y1] = bounds;
            bounds = [x0.min(x), y0.min(y), x1.max(x), y1.max(y)];
            count += 1;
            open.extend((x > 0).then(|| at - 1));
            open.extend((x + 1 < self.width).then_some(at + 1));
            open.extend(at.checked_sub(self.width));
            open.push(at + self.width);
        }
        (count, bounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paper of 800 × 1000 with dark noise in the boxes given.
    fn page(boxes: &[[u32; 4]]) -> Raster {
        let mut luma = vec![250_u8; 800 * 1000];
        for (n, pixel) in luma.iter_mut().enumerate() {
            let (x, y) = (n as u32 % 800, n as u32 / 800);
            let inside = boxes.iter().any(|[x0, y0, x1, y1]| {
                (*x0..*x1).contains(&x) && (*y0..*y1).contains(&y)
            });
            if inside {
                *pixel = (n * 7919 % 200) as u8;
            }
        }
        Raster {
            width: 800,
            height: 1000,
            luma,
        }
    }

    fn near(window: &Window, [x0, y0, x1, y1]: [u32; 4]) -> bool {
        let near = |a: usize, b: u32| a.abs_diff(b as usize) <= 16;
        near(window.x, x0)
            && near(window.y, y0)
            && near(window.x + window.width, x1)
            && near(window.y + window.height, y1)
    }

    #[test]
    fn two_photos_on_a_page_are_two_and_their_captions_none() {
        let boxes = [[100, 100, 700, 400], [100, 500, 700, 800]];
        let caption = [100.0, 820.0, 700.0, 850.0];
        let page = page(&[&boxes[..], &[[100, 820, 700, 850]]].concat());
        let found = photos(&page, &[caption.into()]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found.iter().zip(boxes).all(|(f, b)| near(f, b)),
            "{found:?}"
        );
    }

    #[test]
    fn a_photo_is_one_photo_and_a_letter_is_none() {
        let photo = page(&[[0, 0, 800, 1000]]);
        assert_eq!(photos(&photo, &[]), [Window::whole(&photo)]);
        let lines: Vec<[u32; 4]> = (0..30)
            .map(|n| [100, 100 + 28 * n, 700, 112 + 28 * n])
            .collect();
        let words: Vec<Rect> = lines
            .iter()
            .map(|line| Rect::from(line.map(|v| v as f32)))
            .collect();
        assert_eq!(photos(&page(&lines), &words), []);
    }

    /// A photo with a bright sky, below it noise, and over it a caption of so many words.
    fn under_the_sky(words: u32) -> (Raster, Vec<Rect>) {
        let photo = page(&[[0, 550, 800, 1000]]);
        let word = |n: u32| {
            let (x, y) = (60 + n % 6 * 110, 40 + n / 6 * 40);
            Rect::from([x, y, x + 90, y + 26].map(|v| v as f32))
        };
        (photo, (0..words).map(word).collect())
    }

    #[test]
    fn a_photo_with_a_bright_sky_and_a_caption_stays_a_photo() {
        for words in [0, 3] {
            let (photo, words) = under_the_sky(words);
            let found = photos(&photo, &word_sized(&photo, &words));
            assert!(found.contains(&Window::whole(&photo)), "{found:?}");
        }
        // Five lines on white: a page; what is below the sky is then a photo on it.
        let (photo, words) = under_the_sky(30);
        let found = photos(&photo, &word_sized(&photo, &words));
        assert!(
            found.iter().any(|window| near(window, [0, 550, 800, 1000])),
            "{found:?}"
        );
    }

    #[test]
    fn a_round_thing_read_as_a_nought_makes_no_page() {
        let photo = page(&[[0, 0, 800, 1000]]);
        let nought = Rect::from([100.0, 200.0, 760.0, 900.0]);
        assert!(word_share(&photo, &[nought]) > IS_TEXT);
        assert_eq!(word_sized(&photo, &[nought]), []);
        let found = photos(&photo, &word_sized(&photo, &[nought]));
        assert_eq!(found, [Window::whole(&photo)]);
    }

    #[test]
    fn a_photo_with_lines_below_it_is_not_one_with_them() {
        let mut lines = vec![[60, 60, 740, 600]];
        lines.extend((0..3).map(|n| [100, 700 + n * 60, 700, 720 + n * 60]));
        let found = photos(&page(&lines), &[]);
        assert!(near(&found[0], [60, 60, 740, 600]), "{found:?}");
        let whole = found.iter().filter(|window| window.height > 700);
        assert_eq!(whole.count(), 1, "the picture itself: {found:?}");
    }

    #[test]
    fn a_photo_on_a_page_ends_where_its_pixels_do() {
        let [x0, y0, x1, y1] = [107, 211, 695, 613];
        let found = photos(&page(&[[x0, y0, x1, y1]]), &[]);
        let edges = [found[0].x, found[0].y, found[0].width, found[0].height];
        assert_eq!(edges.map(|v| v as u32), [x0, y0, x1 - x0, y1 - y0]);
    }

    #[test]
    fn a_night_sky_on_a_screen_is_a_photo_and_not_the_ground() {
        let mut screen = page(&[]);
        for (n, pixel) in screen.luma.iter_mut().enumerate() {
            let (x, y) = (n as u32 % 800, n as u32 / 800);
            if (40..760).contains(&x) && (100..840).contains(&y) {
                *pixel = if n.is_multiple_of(61) { 180 } else { 8 };
            }
        }
        let found = photos(&screen, &[]);
        assert!(near(&found[0], [40, 100, 760, 840]), "{found:?}");
    }

    #[test]
    fn an_even_border_is_taken_off() {
        // Pale noise: by its brightness it is like the border around it.
        let mut photo = page(&[]);
        for (n, pixel) in photo.luma.iter_mut().enumerate() {
            let (x, y) = (n as u32 % 800, n as u32 / 800);
            if (60..740).contains(&x) && (80..920).contains(&y) {
                *pixel = 228 + (n * 7919 % 20) as u8;
            }
        }
        let found = photos(&photo, &[]);
        assert!(near(&found[0], [60, 80, 740, 920]), "{found:?}");
        assert_eq!(found[1..], [Window::whole(&photo)]);
    }
}
