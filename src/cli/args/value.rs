//! Values as a person types them: paths, times, sizes.

use crate::io::files::path;
use clap::builder::{OsStringValueParser, TypedValueParser};
use std::{path::Path, time::Duration};

/// Reads a path, or the end of one, as the catalog writes it: names need not be UTF-8.
pub(super) fn path_text() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(|name| path::to_text(Path::new(&name)))
}

/// Reads a length of time: a number with `s`, `m`, `h`, or minutes.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let (number, seconds) = match text.char_indices().last() {
        Some((at, 's')) => (text.get(..at), 1),
        Some((at, 'm')) => (text.get(..at), 60),
        Some((at, 'h' | 'j')) => (text.get(..at), 3600),
        _ => (Some(text), 60),
    };
    let number: Option<u64> = number.and_then(|number| number.parse().ok());
    number
        .and_then(|number| number.checked_mul(seconds))
        .map(Duration::from_secs)
        .ok_or_else(|| "90s, 30m, 2h".to_owned())
}

/// Reads a size: a number of bytes, or one with `K`, `M` or `G`.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let upper = text.to_ascii_uppercase();
    let bare = upper.trim_end_matches('B').trim_end_matches('I');
    let (number, factor) = match bare.char_indices().last() {
        Some((at, 'K')) => (bare.get(..at), 1 << 10),
        Some((at, 'M')) => (bare.get(..at), 1 << 20),
        Some((at, 'G')) => (bare.get(..at), 1 << 30),
        _ => (Some(bare), 1),
    };
    let number: Option<u64> = number.and_then(|number| number.parse().ok());
    number
        .and_then(|number| number.checked_mul(factor))
        .ok_or_else(|| "500K, 2M, 1G".to_owned())
}
