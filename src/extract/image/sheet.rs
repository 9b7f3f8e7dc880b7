//! Takes a picture file and gives one page in colour, upright and with its size on paper. What
//! only the grey decoders of this folder know (fax, palettes, planes, JPEG cut short) is given
//! in grey: there is hardly any ink in colour among it.

use super::decode::Picture;
use super::{MAX_DECODED, Refusal, density, heic, jpeg, reader, tiff, too_large};
use crate::imaging::raster::{Turn, fit, source};
use crate::model::{MediaType, Note, Sheet};
use image::imageops::{FilterType, resize, thumbnail};
use image::{DynamicImage, ImageDecoder, Rgb, RgbImage};
use std::io::{BufRead, Cursor, Seek};

/// A4 in points, upright: what a picture that does not say its size is fitted to.
const A4: (f32, f32) = (595.3, 841.9);

impl Picture {
    /// Decodes page `page` (from 1) in colour, at `dpi` or at its own resolution where that is
    /// less.
    pub(in crate::extract) fn sheet(
        &self,
        bytes: &[u8],
        page: u32,
        dpi: f32,
    ) -> Result<Sheet, Note> {
        let media = self.media;
        let seen = self.size(page)?.unwrap_or(A4);
        let points = on_paper(seen, density::read(bytes, media));
        let most = (points.0.max(points.1) / 72.0 * dpi).ceil() as u32;
        let in_colour = super::super::guard(|| decode(bytes, media, page));
        let rgb = match in_colour {
            Ok(Ok((rgb, is_upright))) => {
                let aspect = density::aspect(bytes, media, page);
                let (width, height) = density::squared(rgb.dimensions(), aspect);
                let (width, height) = fit(width, height, most);
                let small = match (width, height) == rgb.dimensions() {
                    true => rgb,
                    false if width > rgb.width() || height > rgb.height() => {
                        resize(&rgb, width, height, FilterType::Triangle)
                    }
                    false => thumbnail(&rgb, width, height),
                };
                turned(small, self.turn(page, is_upright))
            }
            _ => {
                let grey = self.page(bytes, page)?;
                RgbImage::from_fn(grey.width, grey.height, |x, y| {
                    let at = y as usize * grey.width as usize + x as usize;
                    Rgb([grey.luma.get(at).copied().unwrap_or(255); 3])
                })
            }
        };
        let (width, height) = rgb.dimensions();
        Ok(Sheet {
            points,
            dpi: width.max(height) as f32 * 72.0 / points.0.max(points.1),
            width,
            height,
            rgb: rgb.into_raw(),
        })
    }
}

/// Returns the size on paper of a picture of that many pixels: by the dots an inch it says it
/// has, or as A4 would hold it.
fn on_paper((width, height): (f32, f32), dpi: Option<f32>) -> (f32, f32) {
    let scale = dpi.map_or_else(
        || {
            let (short, long) = A4;
            let room = if width > height { (long, short) } else { A4 };
            (room.0 / width.max(1.0)).min(room.1 / height.max(1.0))
        },
        |dpi| 72.0 / dpi,
    );
    ((width * scale).max(1.0), (height * scale).max(1.0))
}

/// Decodes in colour; tells also whether it is upright already.
fn decode(
    bytes: &[u8],
    media: MediaType,
    number: u32,
) -> Result<(RgbImage, bool), Refusal> {
    match media {
        MediaType::Heic => Ok((heic::colours(bytes)?, heic::size(bytes)?.is_turned())),
        MediaType::Tiff => {
            let pages = tiff::pages(bytes);
            let mut sized = pages.iter().filter(|page| page.size().is_some());
            match sized.nth(number as usize - 1) {
                Some(page) => Ok((general(page.first(), media)?, false)),
                None => Ok((general(Cursor::new(bytes), media)?, false)),
            }
        }
        MediaType::Jpeg => general(Cursor::new(bytes), media)
            .or_else(|_| general(Cursor::new(jpeg::without_remarks(bytes)), media))
            .map(|rgb| (rgb, false)),
        _ => Ok((general(Cursor::new(bytes), media)?, false)),
    }
}

fn general<R: BufRead + Seek>(bytes: R, media: MediaType) -> Result<RgbImage, Refusal> {
    let decoder = reader(bytes, media)?.into_decoder()?;
    if decoder.total_bytes() > MAX_DECODED {
        let (width, height) = decoder.dimensions();
        return Err(too_large(width, height));
    }
    let read = DynamicImage::from_decoder(decoder)?;
    if !read.color().has_alpha() {
        return Ok(read.into_rgb8());
    }
    // What is transparent shows white paper.
    let read = read.into_rgba8();
    Ok(RgbImage::from_fn(read.width(), read.height(), |x, y| {
        let [r, g, b, a] = read.get_pixel(x, y).0;
        let on_white = |value: u8| {
            let (value, cover) = (u32::from(value), u32::from(a));
            ((value * cover + 255 * (255 - cover) + 127) / 255) as u8
        };
        Rgb([on_white(r), on_white(g), on_white(b)])
    }))
}

fn turned(picture: RgbImage, turn: Turn) -> RgbImage {
    if turn == Turn::from_exif(1) {
        return picture;
    }
    let stored = picture.dimensions();
    let (width, height) = turn.size(stored);
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = source((x, y), turn, stored);
        picture
            .get_pixel_checked(x, y)
            .copied()
            .unwrap_or(Rgb([255; 3]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_as_large_as_it_says_or_as_a4_holds_it() {
        let near = |(a, b): (f32, f32), (c, d): (f32, f32)| {
            (a - c).abs() < 0.1 && (b - d).abs() < 0.1
        };
        assert!(near(
            on_paper((1275.0, 1650.0), Some(150.0)),
            (612.0, 792.0)
        ));
        // A photo of 4:3 fills the longer side of A4 laid across.
        assert!(near(on_paper((4000.0, 3000.0), None), (793.7, 595.3)));
        assert!(near(on_paper((1000.0, 4000.0), None), (210.5, 841.9)));
    }
}
