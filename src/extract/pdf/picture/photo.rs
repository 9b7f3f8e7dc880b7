//! Takes one page of text and gives the pictures that stand on it, one by one: a report bears
//! its photos beside its words, and each is evidence of its own.

use super::{Target, grey};
use crate::extract::pdf::text::device::{Look, Placed, affine};
use crate::imaging::raster;
use crate::imaging::raster::Turn;
use crate::model::{Raster, Rect as Place};
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro::kurbo::{BezPath, Rect};

/// Smallest share of the page that a photo takes: six on a page of A4 with their captions have
/// a tenth each, an emblem in a letterhead a hundredth.
const LEAST_AREA: f64 = 0.03;
/// Fewest pixels of a photo.
const LEAST_PIXELS: u32 = 120 * 120;
/// Longest side of a photo as it is given, in pixels: twice what its fingerprint is taken of.
const LONGEST_SIDE: u32 = 1024;
/// Photos of one page that are decoded.
const MOST: usize = 40;

/// Tells whether a page shows a picture large enough for a photo, and not so many that they
/// are the strips of a scan.
pub(crate) fn has_photos(look: &Look) -> bool {
    let page = f64::from(look.size.0) * f64::from(look.size.1);
    let is_large = |placed: &&Placed| is_photo(placed.rect.area(), placed.pixels, page);
    (1..=MOST).contains(&look.pictures.iter().filter(is_large).count())
}

fn is_photo(area: f64, pixels: u64, page: f64) -> bool {
    area >= LEAST_AREA * page && pixels >= u64::from(LEAST_PIXELS)
}

/// Returns the photos on a page, with their places in its unit, in the order they are drawn.
pub(crate) fn photos<'a>(page: &'a Page<'a>) -> Vec<(Place, Raster)> {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, width.into(), height.into());
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings::default();
    let mut context =
        Context::new(affine(page, 1.0), area, &cache, page.xref(), settings);
    let mut device = Gathering {
        area,
        photos: Vec::new(),
    };
    interpret_page(page, &mut context, &mut device);
    device.photos
}

/// Keeps pictures and passes over everything else.
struct Gathering {
    area: Rect,
    photos: Vec<(Place, Raster)>,
}

impl<'a> Device<'a> for Gathering {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (image.width(), image.height());
        let Image::Raster(picture) = image else {
            return;
        };
        let Some(target) =
            Target::from_transform(props.transform, width.into(), height.into())
        else {
            return;
        };
        let all = Rect::new(0.0, 0.0, width.into(), height.into());
        let rect = props.transform.transform_rect_bbox(all);
        let pixels = u64::from(width) * u64::from(height);
        let seen = rect.intersect(self.area).area();
        if self.photos.len() >= MOST || !is_photo(seen, pixels, self.area.area()) {
            return;
        }
        let size = raster::fit(width, height, LONGEST_SIDE);
        let turn: Turn = target.turn;
        let place = [rect.x0, rect.y0, rect.x1, rect.y1].map(|v| v as f32);
        picture.with_rgba(
            |data, _| {
                let small = raster::scale(grey(data), size.0, size.1);
                self.photos.push((place.into(), raster::turn(small, turn)));
            },
            Some(size),
        );
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn pop_clip(&mut self) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
    }

    fn pop_transparency_group(&mut self) {}

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
}
