//! Takes one page and gives it as a person sees it, grey. A page that is nothing but straight
//! pictures (one scan, strips, layers of a compressed scan) is put together from their own
//! pixels, 20 ms a page of `id_sulut_jdih`; any other is rendered, some 400 ms. Apart from
//! looking, because looking decodes no picture.

pub(crate) mod coded;
pub(crate) mod mesh;
pub(crate) mod photo;
pub(crate) mod pictured;
pub(crate) mod sheet;

use super::text::device::{Look, Placed, affine, is_straight, rgba};
use crate::imaging::raster;
use crate::imaging::raster::Turn;
use crate::model::Raster;
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData,
    ImageDrawProps, InterpreterCache, InterpreterSettings, LumaData, SoftMask,
    interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use hayro::vello_cpu::{Pixmap, color::palette::css::WHITE};
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use std::ops::Range;

/// Pixels a point at which a page that is no scan is rendered: 200 dpi.
const RENDER_SCALE: f64 = 200.0 / 72.0;
/// Smallest picture, as a share of the page, whose resolution counts as the page's.
const COUNTS: f64 = 0.02;

/// Draws the page, from its pictures alone where `look` says that nothing else is on it.
/// Returns `None` where no picture could be decoded.
pub(super) fn draw<'a>(page: &'a Page<'a>, look: &Look) -> Option<Raster> {
    let seen = look.glyphs.iter().any(|glyph| glyph.visible);
    if look.plain && !look.pictures.is_empty() && look.marks_above == 0 && !seen {
        compose(page, look)
    } else {
        Some(render(page, look))
    }
}

/// Lays the pictures of a page onto white, at their own resolution or what OCR needs.
pub(super) fn compose(page: &Page<'_>, look: &Look) -> Option<Raster> {
    let (width, height) = (f64::from(look.size.0), f64::from(look.size.1));
    let longest = f64::from(raster::LONGEST_SIDE) / width.max(height);
    let scale = own_density(look).min(longest);
    let canvas = canvas(width * scale, height * scale)?;
    let area = Rect::new(0.0, 0.0, canvas.width.into(), canvas.height.into());
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings::default();
    let mut context =
        Context::new(affine(page, scale), area, &cache, page.xref(), settings);
    let mut device = Composing {
        canvas,
        clips: Vec::new(),
        opacity: Vec::new(),
        drawn: false,
    };
    interpret_page(page, &mut context, &mut device);
    device.drawn.then_some(device.canvas)
}

/// Returns the pixels a point of the finest large picture on the page.
pub(super) fn own_density(look: &Look) -> f64 {
    let page = f64::from(look.size.0) * f64::from(look.size.1);
    let counts = |placed: &&Placed| placed.rect.area() >= COUNTS * page;
    let finest =
        |placed: &[&Placed]| placed.iter().map(|p| p.density).fold(0.0, f64::max);
    let large: Vec<&Placed> = look.pictures.iter().filter(counts).collect();
    let density = finest(&large);
    if density > 0.0 { density } else { RENDER_SCALE }
}

fn canvas(width: f64, height: f64) -> Option<Raster> {
    let side =
        |value: f64| value.round().clamp(1.0, f64::from(raster::LONGEST_SIDE)) as u32;
    (width.is_finite() && height.is_finite())
        .then(|| raster::blank(side(width), side(height), 255))
}

/// Draws a page as a viewer shows it, on white, at so many pixels a point.
pub(super) fn on_white<'a>(page: &'a Page<'a>, scale: f32) -> Pixmap {
    hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        },
    )
}

/// Renders text, paths and pictures alike, in grey.
pub(super) fn render<'a>(page: &'a Page<'a>, look: &Look) -> Raster {
    let (width, height) = (f64::from(look.size.0), f64::from(look.size.1));
    let scale = RENDER_SCALE
        .max(own_density(look))
        .min(f64::from(raster::LONGEST_SIDE) / width.max(height)) as f32;
    let pixmap = on_white(page, scale);
    Raster {
        width: pixmap.width().into(),
        height: pixmap.height().into(),
        luma: pixmap
            .data()
            .iter()
            .map(|p| raster::grey_of(p.r, p.g, p.b))
            .collect(),
    }
}

/// Lays pictures onto a canvas and passes over everything else.
struct Composing {
    canvas: Raster,
    clips: Vec<Rect>,
    opacity: Vec<f32>,
    drawn: bool,
}

impl Composing {
    fn clip(&self) -> Rect {
        let (width, height) = (self.canvas.width, self.canvas.height);
        let all = Rect::new(0.0, 0.0, width.into(), height.into());
        self.clips.last().copied().unwrap_or(all)
    }

    /// Lays `ink` over the canvas at `at`, as thick as `alpha` and the group's opacity say.
    fn blend(&mut self, at: Target, ink: &Raster, alpha: Option<&Raster>) {
        let opacity: f32 = self.opacity.iter().product();
        let opacity = (opacity.clamp(0.0, 1.0) * 256.0) as u32;
        let clip = self.clip();
        let columns = overlap(at.x, ink.width, clip.x0, clip.x1, self.canvas.width);
        let rows = overlap(at.y, ink.height, clip.y0, clip.y1, self.canvas.height);
        for y in rows {
            let Some(below) = stretch_mut(&mut self.canvas, y, &columns) else {
                continue;
            };
            let line = y - at.y;
            let own = columns.start - at.x..columns.end - at.x;
            let Some(ink) = stretch(ink, line, &own) else {
                continue;
            };
            match alpha.and_then(|alpha| stretch(alpha, line, &own)) {
                None if opacity == 256 => below.copy_from_slice(ink),
                None => {
                    for (below, ink) in below.iter_mut().zip(ink) {
                        *below = mix(*below, *ink, 255 * opacity / 256);
                    }
                }
                Some(alpha) => {
                    for ((below, ink), alpha) in below.iter_mut().zip(ink).zip(alpha) {
                        *below = mix(*below, *ink, u32::from(*alpha) * opacity / 256);
                    }
                }
            }
        }
        self.drawn = true;
    }
}

fn mix(below: u8, ink: u8, cover: u32) -> u8 {
    ((u32::from(ink) * cover + u32::from(below) * (255 - cover) + 127) / 255) as u8
}

/// Returns the canvas' pixels that a picture at `at` reaches inside the clip.
fn overlap(at: i64, len: u32, from: f64, to: f64, canvas: u32) -> Range<i64> {
    let start = at.max(from.floor() as i64).max(0);
    let end = (at + i64::from(len))
        .min(to.ceil() as i64)
        .min(canvas.into());
    start..end.max(start)
}

fn place(raster: &Raster, line: i64, columns: &Range<i64>) -> Option<Range<usize>> {
    let start = usize::try_from(line)
        .ok()?
        .checked_mul(raster.width as usize)?;
    let from = start + usize::try_from(columns.start).ok()?;
    Some(from..start + usize::try_from(columns.end).ok()?)
}

fn stretch<'r>(raster: &'r Raster, line: i64, columns: &Range<i64>) -> Option<&'r [u8]> {
    raster.luma.get(place(raster, line, columns)?)
}

fn stretch_mut<'r>(
    raster: &'r mut Raster,
    line: i64,
    columns: &Range<i64>,
) -> Option<&'r mut [u8]> {
    let at = place(raster, line, columns)?;
    raster.luma.get_mut(at)
}

/// Where a picture lands: its top left pixel, its size, and how it is turned.
#[derive(Clone, Copy)]
pub(super) struct Target {
    x: i64,
    y: i64,
    size: (u32, u32),
    pub turn: Turn,
}

impl Target {
    /// Returns where `transform` puts a picture of `width` × `height`; `None` where it lies
    /// askew, outside of any sense, or is thinner than nothing.
    pub fn from_transform(transform: Affine, width: f64, height: f64) -> Option<Self> {
        if !is_straight(transform) {
            return None;
        }
        let [a, b, c, d, _, _] = transform.as_coeffs();
        let swap = a.abs() < b.abs();
        let (along, across) = if swap { (b, c) } else { (a, d) };
        // Which stored side ends up on the left and on top, read off the signs.
        let turn = Turn {
            swap,
            flip_x: along < 0.0,
            flip_y: across < 0.0,
        };
        let rect = transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        // A plain page keeps its pictures within half a page around it.
        let limit = 1.6 * f64::from(raster::LONGEST_SIDE);
        let sane = rect.is_finite()
            && [rect.x0, rect.y0, rect.x1, rect.y1]
                .iter()
                .all(|v| v.abs() <= limit);
        if !sane {
            return None;
        }
        let (left, top) = (rect.x0.round(), rect.y0.round());
        let size = (
            (rect.x1.round() - left).max(1.0) as u32,
            (rect.y1.round() - top).max(1.0) as u32,
        );
        Some(Self {
            x: left as i64,
            y: top as i64,
            size,
            turn,
        })
    }

    /// Brings decoded pixels to this size and side up.
    fn place(self, picture: Raster) -> Raster {
        let (width, height) = self.turn.size(self.size);
        raster::turn(raster::scale(picture, width, height), self.turn)
    }
}

fn luma(data: LumaData) -> Raster {
    Raster {
        width: data.width,
        height: data.height,
        luma: data.data,
    }
}

pub(super) fn grey(image: ImageData) -> Raster {
    match image {
        ImageData::Luma(data) => luma(data),
        ImageData::Rgb(data) => Raster {
            width: data.width,
            height: data.height,
            luma: raster::grey(data.data),
        },
    }
}

impl<'a> Device<'a> for Composing {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (image.width(), image.height());
        let Some(target) =
            Target::from_transform(props.transform, width.into(), height.into())
        else {
            return;
        };
        let wanted = Some(target.turn.size(target.size));
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, paint| {
                    let [r, g, b, _] = rgba(paint);
                    let alpha = target.place(luma(mask));
                    let value = raster::grey_of(r, g, b);
                    let ink = raster::blank(alpha.width, alpha.height, value);
                    self.blend(target, &ink, Some(&alpha));
                },
                wanted,
            ),
            Image::Raster(picture) => picture.with_rgba(
                |data, alpha| {
                    let ink = target.place(grey(data));
                    let alpha = alpha.map(|alpha| target.place(luma(alpha)));
                    self.blend(target, &ink, alpha.as_ref());
                },
                wanted,
            ),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.clips
            .push(self.clip().intersect(clip.path.bounding_box()));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.clips.push(self.clip().intersect(*rect));
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        _: Option<SoftMask<'a>>,
        _: BlendMode,
    ) {
        self.opacity.push(opacity);
    }

    fn pop_transparency_group(&mut self) {
        self.opacity.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
}
