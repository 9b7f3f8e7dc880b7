//! What stands on a page: text with its boxes, ink, pixels, fingerprints.

pub(crate) mod raster;
pub(crate) mod ink;
pub(crate) mod print;
pub(crate) mod reading;
pub(crate) mod sheet;
pub(crate) mod sketch;
pub(crate) mod text;
pub(crate) mod turn;
