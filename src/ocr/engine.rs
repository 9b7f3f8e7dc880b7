//! An engine that reads pictures, and why it did not read one.

use crate::model::{OcrPage, Raster};

/// Most pixels of a picture read: an A0 sheet at 200 dpi has 62 million.
pub(super) const MAX_PIXELS: u64 = 100_000_000;

/// Reads the text of pictures.
pub trait OcrEngine: Send + Sync {
    /// Returns the engine's name, as settings and reports spell it.
    fn name(&self) -> &'static str;

    /// Reads a page. A page without text is not an error.
    ///
    /// # Errors
    /// When the picture is too large or contradicts itself, or the engine fails.
    fn recognise(&self, picture: &Raster) -> Result<OcrPage, OcrError>;
}

/// The reason why a picture was not read.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// The embedded networks could not be loaded: the program is damaged.
    #[error("cannot load the text recognition model")]
    Model(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A network failed on a picture.
    #[error("text recognition failed")]
    Run(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The program that was asked for is not on this computer.
    #[error("`tesseract` is not installed")]
    NotInstalled(#[source] std::io::Error),
    /// The program is installed without anything to read by.
    #[error("`tesseract` has no language to read")]
    NoLanguage,
    /// The program failed on a picture or took too long.
    #[error("`tesseract` failed")]
    Program(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The picture has more pixels than fit the memory set aside for one.
    #[error("the picture has {width} × {height} pixels, at most {MAX_PIXELS} are read")]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The picture's bytes do not fit its size.
    #[error("the picture has {found} bytes where its size asks for {expected}")]
    BadRaster {
        /// Width times height.
        expected: u64,
        /// Bytes given.
        found: u64,
    },
}

/// Checks a picture before any memory is set aside for it.
pub(crate) fn check(picture: &Raster) -> Result<(), OcrError> {
    let (width, height) = (picture.width, picture.height);
    let (expected, found) = (
        u64::from(width) * u64::from(height),
        picture.luma.len() as u64,
    );
    if expected > MAX_PIXELS {
        return Err(OcrError::TooLarge { width, height });
    }
    if expected != found {
        return Err(OcrError::BadRaster { expected, found });
    }
    Ok(())
}
