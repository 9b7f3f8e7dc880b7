//! How much a reader may take on.

/// How much of a file is read before it counts as too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub max_bytes: u64,
    /// Pages of a document; those beyond are not read.
    pub max_pages: u32,
    /// Pixels of one picture, as it declares them.
    pub max_pixels: u64,
}

impl Default for Limits {
    /// 2,000 pages: the longest law, UU 11/2020, has 1,187. 256 MiB: those pages as scans of
    /// 130 kB, twice the mean of `id_sulut_jdih`. 108 million pixels: the largest phone cameras
    /// in common use (12,000 × 9,000) and A3 at 600 dpi; three bytes each stay below the
    /// 400 MiB a worker may have.
    fn default() -> Self {
        Self {
            max_bytes: 256 << 20,
            max_pages: 2_000,
            max_pixels: 108_000_000,
        }
    }
}
