//! Sizes of a sheet of paper and of a block of signature on it, in millimetres.

/// Longer side of a sheet in millimetres, by which places are measured: A4.
pub(super) const SHEET_MM: f32 = 297.0;

/// Half the least width of the place, and its depth where no name ends it, in millimetres: a
/// signature takes 20 to 60 by 10 to 25.
pub(super) const HALF_WIDTH_MM: f32 = 28.0;

pub(super) const DEPTH_MM: f32 = 28.0;
