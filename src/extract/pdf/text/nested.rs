//! Glyphs that are drawings (Type 3), and whether one draws another. A renderer follows them
//! as deep as they go, and one that draws itself has no end.

use hayro::hayro_interpret::font::{Glyph, GlyphRun, Type3Glyph};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint,
    SoftMask,
};
use hayro::kurbo::{Affine, BezPath};

/// Watches the drawing of one glyph.
#[derive(Default)]
struct Probe {
    draws_another: bool,
}

impl<'a> Device<'a> for Probe {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
    }
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        let is_drawing = |glyph: &Glyph<'_>| matches!(glyph, Glyph::Type3(_));
        self.draws_another |= run.glyphs().iter().any(|glyph| is_drawing(glyph));
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Tells whether the drawing of a glyph holds a glyph that is a drawing, too.
pub(crate) fn draws_another<'a>(
    glyph: &Type3Glyph<'a>,
    transform: Affine,
    place: Affine,
    paint: &Paint<'a>,
) -> bool {
    let mut probe = Probe::default();
    glyph.interpret(&mut probe, transform, place, paint);
    probe.draws_another
}
