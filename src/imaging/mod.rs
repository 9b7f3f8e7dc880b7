//! Ring 1: grey pixels made smaller, turned, or laid onto a page. No file, no format.

pub(crate) mod raster;
pub(crate) mod picture;
