//! What every reader of hostile bytes does: look for a mark in them, and survive a panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a reader of hostile bytes; a panic inside becomes its words. The last line of defence:
/// `app::reading::worker_client` has the first.
pub(super) fn guard<T>(reader: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(reader)).map_err(|cause| {
        let words = cause.downcast_ref::<String>().cloned();
        words
            .or_else(|| {
                cause
                    .downcast_ref::<&str>()
                    .map(|words| (*words).to_owned())
            })
            .unwrap_or_else(|| "the reader gave up".to_owned())
    })
}

/// Returns where `needle` begins; `None` for an empty one, too.
pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle).filter(|_| !needle.is_empty())
}
