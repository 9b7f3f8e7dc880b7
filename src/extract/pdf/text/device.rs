//! Takes the drawing instructions of one page and gives a [`Look`]: every glyph with its place
//! and meaning, every picture's place, and how much else is drawn. One pass answers both
//! "what does the text layer say?" and "is this page really a picture?", which is why it is
//! a drawing device of its own and neither a text reader nor a renderer.

use super::nested;
use crate::extract::pdf::picture::coded;
use crate::extract::pdf::picture::mesh::Meshes;
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::hayro_syntax::object::{Dict, Stream};
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, Paint, RenderContent, SoftMask,
    interpret_page,
};
use hayro::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// Glyphs kept of one page. The fullest of `id_sulut_jdih` has 4,436, of `pdf_difficult` 6,638;
/// a page far above is no document.
const MAX_GLYPHS: usize = 200_000;
/// Pictures kept of one page: enough for a scan cut into strips of one line of pixels.
const MAX_PICTURES: usize = 5_000;
/// Drawing steps of one page that are followed: the fullest page of `pdf_difficult` takes
/// 66,600. Forms that draw forms, ten in each, twenty deep, never end otherwise.
const MAX_STEPS: u32 = 2_000_000;
/// Side of the grid on which the share of the page under pictures is counted.
const GRID: usize = 32;
/// Curves kept of one page: more are letters drawn as outlines, or a map.
const MAX_CURVES: usize = 400;
/// A picture above this share of the page hides the text drawn before it.
const HIDING: f64 = 0.5;
/// Lightest grey channel that still counts as ink: paper-coloured boxes are not marks.
const INK: u8 = 235;

/// A glyph in page space: points, origin top left, after rotation.
pub(crate) struct Glyph {
    /// What it means; `None` where the font does not say.
    pub meaning: Option<BfString>,
    /// Start of its baseline.
    pub origin: Point,
    /// End of its baseline.
    pub end: Point,
    /// From the baseline to one em above it.
    pub up: (f64, f64),
    /// A person can see it: not drawn invisibly, nor under a picture.
    pub visible: bool,
}

/// A picture on the page.
#[derive(Clone, Copy)]
pub(crate) struct Placed {
    /// Its box in page space, as far as the clip lets it show.
    pub rect: Rect,
    /// Pixels it declares, with those of its mask.
    pub pixels: u64,
    /// Pixels a point, along the finer axis.
    pub density: f64,
}

/// The result of one pass over a page.
pub(crate) struct Look {
    /// Width and height in points, after rotation.
    pub size: (f32, f32),
    /// The glyphs in the order they are drawn.
    pub glyphs: Vec<Glyph>,
    /// How many of the glyphs the page draws itself; annotations draw the rest.
    pub own: usize,
    /// The pictures in the order they are drawn.
    pub pictures: Vec<Placed>,
    /// Share of the page under pictures, 0 to 1.
    pub covered: f64,
    /// Inked paths drawn.
    pub marks: u32,
    /// Inked paths drawn after the last picture that hides what is below it.
    pub marks_above: u32,
    /// Boxes of inked paths with curves, at most one more than are kept of a page.
    pub curves: Vec<Rect>,
    /// Its colour meshes take too long to draw.
    pub endless: bool,
    /// A glyph on it draws another. Looked for only before drawing.
    pub nested: bool,
    /// Every picture lies straight and is blended plainly, so that copying its pixels gives
    /// what a renderer would.
    pub plain: bool,
}

impl Look {
    /// Tells whether the curves are too many to be a signature's.
    pub(crate) fn is_full_of_curves(&self) -> bool {
        self.curves.len() > MAX_CURVES
    }
}

/// Inspects one page; with `to_draw`, also looks for what would make drawing it too slow.
pub(crate) fn inspect_page<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    to_draw: bool,
) -> Look {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut device = Looking::new(area);
    device.probes = to_draw;
    let mut draw = |render_content| {
        let settings = InterpreterSettings {
            render_content,
            ..InterpreterSettings::default()
        };
        let transform = affine(page, 1.0);
        let mut context = Context::new(transform, area, cache, page.xref(), settings);
        interpret_page(page, &mut context, &mut device);
        device.clips.clear();
        device.glyphs.len()
    };
    let own = draw(RenderContent::PAGE);
    draw(RenderContent::ANNOTATIONS);
    device.finish((width, height), own)
}

/// Returns the map from the space of a page to pixels at `scale` pixels a point, origin top
/// left, rotation applied.
pub(crate) fn affine(page: &Page<'_>, scale: f64) -> Affine {
    use hayro::hayro_interpret::TransformExt;
    Affine::scale(scale) * page.initial_transform(true).to_kurbo()
}

/// Counts declared pixels: the picture's and its masks', by the dictionary or the data,
/// whichever says more.
pub(crate) fn declared_pixels(image: &Image<'_, '_>) -> u64 {
    let stream = match image {
        Image::Stencil(stencil) => stencil.stream(),
        Image::Raster(raster) => raster.stream(),
    };
    let own = u64::from(image.width()) * u64::from(image.height());
    let of_masks = ["SMask", "Mask"]
        .iter()
        .filter_map(|key| stream.dict().get::<Stream<'_>>(key.as_bytes()))
        .map(|mask| {
            let declared = side(mask.dict(), "Width") * side(mask.dict(), "Height");
            declared.max(coded::pixels(&mask).unwrap_or(0))
        });
    let own = own.max(coded::pixels(stream).unwrap_or(0));
    of_masks.fold(own, u64::max)
}

fn side(dict: &Dict<'_>, key: &str) -> u64 {
    dict.get::<u32>(key.as_bytes()).map_or(0, u64::from)
}

/// Returns red, green, blue and alpha; a pattern counts as black.
pub(crate) fn rgba(paint: &Paint<'_>) -> [u8; 4] {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8(),
        Paint::Pattern(_) => [0, 0, 0, 255],
    }
}

/// Tells whether the picture lies along the page's axes, up to a tenth of a pixel in a
/// thousand.
pub(crate) fn is_straight(transform: Affine) -> bool {
    let [a, b, c, d, _, _] = transform.as_coeffs();
    let tolerance = 1e-4 * (a.abs() + b.abs() + c.abs() + d.abs());
    (b.abs() <= tolerance && c.abs() <= tolerance)
        || (a.abs() <= tolerance && d.abs() <= tolerance)
}

fn is_curved(path: &BezPath) -> bool {
    let is_curve = |e: &PathEl| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..));
    path.elements().iter().any(is_curve)
}

struct Looking {
    area: Rect,
    steps: u32,
    clips: Vec<Rect>,
    glyphs: Vec<Glyph>,
    pictures: Vec<Placed>,
    grid: Vec<bool>,
    marks: u32,
    marks_above: u32,
    curves: Vec<Rect>,
    meshes: Meshes,
    probes: bool,
    nested: bool,
    plain: bool,
}

impl Looking {
    fn new(area: Rect) -> Self {
        Self {
            area,
            steps: 0,
            clips: Vec::new(),
            glyphs: Vec::new(),
            pictures: Vec::new(),
            grid: vec![false; GRID * GRID],
            marks: 0,
            marks_above: 0,
            curves: Vec::new(),
            meshes: Meshes::default(),
            probes: false,
            nested: false,
            plain: true,
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.area)
    }

    fn finish(self, size: (f32, f32), own: usize) -> Look {
        let covered = self.grid.iter().filter(|cell| **cell).count();
        Look {
            size,
            own: own.min(self.glyphs.len()),
            glyphs: self.glyphs,
            pictures: self.pictures,
            covered: covered as f64 / (GRID * GRID) as f64,
            marks: self.marks,
            marks_above: self.marks_above,
            endless: self.meshes.is_too_much(self.area),
            nested: self.nested,
            curves: self.curves,
            plain: self.plain,
        }
    }

    /// Counts a drawing step. An interpreter cannot be told to stop, only be unwound; every
    /// caller stands under `extract::guard`.
    fn step(&mut self) {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            let words = format!("more than {MAX_STEPS} drawing steps");
            std::panic::resume_unwind(Box::new(words));
        }
    }

    /// Marks the grid's cells whose centre lies under `rect`.
    fn cover(&mut self, rect: Rect) {
        let (dx, dy) = (
            self.area.width() / GRID as f64,
            self.area.height() / GRID as f64,
        );
        for (at, cell) in self.grid.iter_mut().enumerate() {
            let x = ((at % GRID) as f64 + 0.5) * dx;
            let y = ((at / GRID) as f64 + 0.5) * dy;
            *cell |= rect.contains(Point::new(x, y));
        }
    }

    /// Marks the text under an opaque picture as unseen.
    fn hide_below(&mut self, rect: Rect) {
        for glyph in &mut self.glyphs {
            glyph.visible &= !rect.contains(glyph.origin.midpoint(glyph.end));
        }
        self.marks_above = 0;
    }

    fn mark(&mut self, bounds: Rect, paint: &Paint<'_>) -> bool {
        self.meshes.add(paint, self.area);
        let [r, g, b, a] = rgba(paint);
        let seen = bounds.intersect(self.clip()).area() > 0.0 || bounds.is_zero_area();
        let is_ink = a > 0 && r.min(g).min(b) < INK && seen;
        if is_ink {
            self.marks = self.marks.saturating_add(1);
            self.marks_above = self.marks_above.saturating_add(1);
        }
        is_ink
    }
}

impl<'a> Device<'a> for Looking {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.step();
        let bounds = props.transform.transform_rect_bbox(path.bounding_box());
        let is_ink = self.mark(bounds, &props.paint);
        if is_ink && self.curves.len() <= MAX_CURVES && is_curved(path) {
            self.curves.push(bounds.intersect(self.clip()));
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, _: &DrawMode) {
        self.step();
        self.mark(props.transform.transform_rect_bbox(*rect), &props.paint);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.step();
        let bounds = clip.path.bounding_box();
        self.clips.push(self.clip().intersect(bounds));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.step();
        self.clips.push(self.clip().intersect(*rect));
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(
        &mut self,
        _opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend: BlendMode,
    ) {
        self.plain &= mask.is_none() && blend == BlendMode::Normal;
    }

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        mode: &DrawMode,
    ) {
        self.step();
        self.meshes.add(&props.paint, self.area);
        let visible = !matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            if self.glyphs.len() >= MAX_GLYPHS {
                return;
            }
            if self.probes
                && !self.nested
                && let hayro::hayro_interpret::font::Glyph::Type3(drawing) = &**glyph
            {
                self.step();
                let place = glyph.transform();
                self.nested =
                    nested::draws_another(drawing, props.transform, place, &props.paint);
            }
            let place = props.transform * glyph.transform();
            let advance = match &**glyph {
                hayro::hayro_interpret::font::Glyph::Outline(g) => g.advance_width(),
                hayro::hayro_interpret::font::Glyph::Type3(g) => g.advance_width(),
            };
            let origin = place * Point::ZERO;
            let up = place * Point::new(0.0, 1000.0) - origin;
            let end = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            if !(origin.is_finite() && end.is_finite() && up.is_finite()) {
                continue;
            }
            let meaning = glyph.as_unicode();
            self.glyphs.push(Glyph {
                meaning,
                origin,
                end,
                up: (up.x, up.y),
                visible,
            });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step();
        if self.pictures.len() >= MAX_PICTURES {
            self.plain = false;
            return;
        }
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let full = props
            .transform
            .transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        let rect = full.intersect(self.clip());
        if rect.area() <= 0.0 {
            return;
        }
        // A picture far larger than the page is shown in part only: leave it to a renderer.
        let near = self
            .area
            .inflate(0.5 * self.area.width(), 0.5 * self.area.height());
        self.plain &= props.soft_mask.is_none()
            && props.blend_mode == BlendMode::Normal
            && is_straight(props.transform)
            && near.contains_rect(full);
        let [a, b, c, d, _, _] = props.transform.as_coeffs();
        let pixel = a.hypot(b).min(c.hypot(d)).max(1e-6);
        self.pictures.push(Placed {
            rect,
            pixels: declared_pixels(&image),
            density: 1.0 / pixel,
        });
        self.cover(rect);
        let opaque = match &image {
            Image::Stencil(_) => false,
            Image::Raster(raster) => {
                let dict = raster.stream().dict();
                !dict.contains_key(b"SMask") && !dict.contains_key(b"Mask")
            }
        };
        if opaque && rect.area() >= HIDING * self.area.area() {
            self.hide_below(rect);
        }
    }
}
