//! The engine that reads nothing, for those who want text layers only.

use super::{OcrEngine, OcrError};
use crate::model::{OcrPage, PageVerdict, Raster, Ratio, Turn};

/// Reads nothing from any picture.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl OcrEngine for Nothing {
    fn name(&self) -> &'static str {
        "none"
    }

    fn recognise(&self, _: &Raster) -> Result<OcrPage, OcrError> {
        Ok(OcrPage {
            lines: Vec::new(),
            confidence: Ratio::ZERO,
            verdict: PageVerdict::Legible,
            marks: Vec::new(),
            turn: Turn::None,
        })
    }
}
