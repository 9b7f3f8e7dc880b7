//! Finds pages that lie on their side or stand on their head. A look costs a few lines read
//! in each direction, so it is only taken where something is odd.

use super::OcrError;
use super::geometry::Quad;
use super::read::recognise::{Fragment, Recogniser};
use crate::model::{Raster, Turn};

/// A box is *tall* where its height is this many times its width: more than any single
/// letter of upright text.
const TALL: f32 = 1.5;

/// How many of the longest lines decide.
pub(super) const SAMPLE: usize = 6;

/// Mean confidence of the longest lines under which a page may stand on its head. Measured on
/// made pages and scans: upright ones have 0.95 and more.
const SUSPICIOUS: f32 = 0.8;

/// How much surer the other direction must be.
const MARGIN: f32 = 0.1;

/// Returns how to turn a page, quads longest first, whose boxes mostly stand upright, as on a
/// page that lies on its side.
pub(super) fn sideways(
    recogniser: &Recogniser,
    picture: &Raster,
    quads: &[Quad],
) -> Result<Turn, OcrError> {
    let length = |tall: bool| -> f32 {
        let is_tall = |q: &&Quad| (q.height() > TALL * q.width()) == tall;
        quads.iter().filter(is_tall).map(Quad::long_side).sum()
    };
    if length(true) <= length(false) {
        return Ok(Turn::None);
    }
    let sample: Vec<Quad> = quads.iter().take(SAMPLE).copied().collect();
    let upright = sureness(recogniser, picture, &sample, Turn::None)?;
    let right = sureness(recogniser, picture, &sample, Turn::Right)?;
    let left = sureness(recogniser, picture, &sample, Turn::Left)?;
    let (turn, best) = if right >= left {
        (Turn::Right, right)
    } else {
        (Turn::Left, left)
    };
    Ok(if best > upright + MARGIN {
        turn
    } else {
        Turn::None
    })
}

/// Returns how to turn a page whose longest lines were read as `sample`: by half, if it
/// stands on its head.
pub(super) fn upside_down(
    recogniser: &Recogniser,
    picture: &Raster,
    sample: &[Fragment],
) -> Result<Turn, OcrError> {
    let sum: f32 = sample.iter().map(|fragment| fragment.confidence).sum();
    let upright = sum / sample.len().max(1) as f32;
    if upright >= SUSPICIOUS || sample.is_empty() {
        return Ok(Turn::None);
    }
    let quads: Vec<Quad> = sample.iter().map(|fragment| fragment.quad).collect();
    let turned = sureness(recogniser, picture, &quads, Turn::Half)?;
    Ok(if turned > upright + MARGIN {
        Turn::Half
    } else {
        Turn::None
    })
}

/// Returns the mean confidence of `quads` read as if the picture were turned.
fn sureness(
    recogniser: &Recogniser,
    picture: &Raster,
    quads: &[Quad],
    turn: Turn,
) -> Result<f32, OcrError> {
    let mut sum = 0.0;
    for quad in quads {
        sum += recogniser
            .read(picture, quad.turned(turn.quarters()))?
            .confidence;
    }
    Ok(sum / quads.len().max(1) as f32)
}
