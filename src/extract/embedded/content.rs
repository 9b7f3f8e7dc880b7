//! What is found inside another file, and how it is handed on: within bounds, with a name.

use crate::extract::sniff;
use std::ops::ControlFlow;

/// Files named of one document. Beyond, the last note says so.
pub(super) const MAX_NAMES: usize = 100;

/// Bytes of one embedded file that are taken out: it is held three times over while it is
/// unwrapped, and a worker has 400 MiB.
pub(super) const MAX_BYTES: u64 = 64 << 20;

/// What a document has of a file inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content<'a> {
    /// All its bytes.
    Whole(&'a [u8]),
    /// No more than where it lies.
    Elsewhere,
    /// Bytes more than are taken out.
    TooLarge,
    /// Bytes that cannot be unpacked.
    Broken,
}

/// A function that receives the name and the content of each file; returns whether to go on.
pub(super) type Visit<'v> = dyn FnMut(&str, Content<'_>) -> ControlFlow<()> + 'v;

/// Returns a name for a file without one, by what it is.
pub(super) fn named(stem: &str, bytes: &[u8]) -> String {
    match sniff(bytes).extensions().first() {
        Some(ending) => format!("{stem}.{ending}"),
        None => stem.to_owned(),
    }
}
