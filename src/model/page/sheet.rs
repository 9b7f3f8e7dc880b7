//! A page as a person sees it, in colour and with its size on paper: what an access copy of a
//! document is made of. Apart from [`Raster`](crate::model::Raster), which is all that reading
//! needs.

/// A page in colour as a person sees it (rotation applied), row by row from the top left.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Width and height on paper, in points (1/72 inch).
    pub points: (f32, f32),
    /// Pixels an inch, never more than the file itself has.
    pub dpi: f32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Red, green and blue of each pixel: `3 * width * height` bytes.
    pub rgb: Vec<u8>,
}
