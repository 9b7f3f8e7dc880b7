//! What stands on a page: text with its boxes, ink, pixels, fingerprints.

pub(crate) mod code;
pub(crate) mod raster;
pub(crate) mod ink;
pub(crate) mod photo_fingerprint;
pub(crate) mod reading;
pub(crate) mod sheet;
pub(crate) mod text_fingerprint;
pub(crate) mod text;
pub(crate) mod turn;
