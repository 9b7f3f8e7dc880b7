//! Takes one page and gives it in colour, as a viewer shows it, at a resolution that is asked
//! for. Apart from [`super`], which is grey, because reading needs no colour and pays
//! for every byte.

use super::{on_white, own_density};
use crate::extract::pdf::text::device::Look;
use crate::model::Sheet;
use hayro::hayro_interpret::hayro_syntax::page::Page;

/// Longest side drawn, in pixels: A0 at 100 dpi. Four bytes a pixel make 100 MB of a square.
const LONGEST_SIDE: f64 = 5_000.0;
/// Longest side of A3, in points. Few offices own a larger scanner.
const A3: f64 = 1_191.0;
/// Pixels a point below which a scan larger than A3 is taken for one whose program wrote
/// pixels for points: 100 dpi.
const DISGUISED: f64 = 100.0 / 72.0;

/// Draws the page at `dpi`, or at its own resolution where it is a scan that has less.
pub(crate) fn draw<'a>(page: &'a Page<'a>, look: &Look, dpi: f32) -> Sheet {
    let (width, height) = (f64::from(look.size.0), f64::from(look.size.1));
    let longest = width.max(height).max(1.0);
    let own = is_scan(look).then(|| own_density(look));
    let is_disguised = longest > A3 && own.is_some_and(|own| own < DISGUISED);
    // On what paper the pixels are counted an inch.
    let paper = if is_disguised { A3 } else { longest };
    let wanted = f64::from(dpi) / 72.0 * paper / longest;
    let scale = own.map_or(wanted, |own| own.min(wanted));
    let scale = scale.min(LONGEST_SIDE / longest);
    let pixmap = on_white(page, scale as f32);
    let pixels = pixmap.data().iter();
    Sheet {
        points: look.size,
        dpi: (scale * 72.0 * longest / paper) as f32,
        width: pixmap.width().into(),
        height: pixmap.height().into(),
        rgb: pixels.flat_map(|p| [p.r, p.g, p.b]).collect(),
    }
}

/// Tells whether nothing but pictures is seen on the page: its resolution is theirs.
fn is_scan(look: &Look) -> bool {
    let text = look.glyphs.iter().any(|glyph| glyph.visible);
    !look.pictures.is_empty() && look.marks_above == 0 && !text
}
