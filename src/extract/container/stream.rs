//! Packed streams: gzip, bzip2 and xz, each with a TAR inside or a single file.

use super::{Out, Refused, tar};
use crate::model::{FileState, NoteCode};
use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;
use std::io::{Cursor, ErrorKind, Read};

/// Memory for an xz stream's dictionary, in KiB; `xz -9` takes 64 MiB, the format allows 4 GiB.
const MAX_XZ_KIB: u32 = 256 << 10;

pub(super) fn gzip(
    source: &mut impl Read,
    name: &str,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let stream = MultiGzDecoder::new(source);
    let named = stream.header().and_then(|header| header.filename());
    let inner = named.map(|name| String::from_utf8_lossy(name).into_owned());
    unpack(stream, inner, name, out)
}

pub(super) fn bzip2(
    source: &mut impl Read,
    name: &str,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    unpack(MultiBzDecoder::new(source), None, name, out)
}

pub(super) fn xz(
    source: &mut impl Read,
    name: &str,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let stream = XzReader::new_mem_limit(source, true, MAX_XZ_KIB);
    unpack(stream, None, name, out)
}

/// Takes out the members of a TAR, or the one file that is there, called `inner` where the
/// stream says so.
fn unpack(
    mut stream: impl Read,
    inner: Option<String>,
    name: &str,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let mut head = Vec::with_capacity(tar::RECORD);
    let read = (&mut stream)
        .take(tar::RECORD as u64)
        .read_to_end(&mut head);
    if let Err(error) = read
        && head.is_empty()
    {
        return Err(match error.kind() {
            ErrorKind::OutOfMemory => {
                Refused::with_code(FileState::TooLarge, NoteCode::RatioTooHigh)
            }
            _ => Refused::damaged(error.to_string()),
        });
    }
    let is_tar = tar::is_record(&head);
    let mut whole = Cursor::new(head).chain(stream);
    if is_tar {
        return tar::unpack(&mut whole, out);
    }
    let inner = inner.unwrap_or_else(|| without_ending(name));
    out.take(&inner, None, &mut whole);
    Ok(())
}

/// Names what is inside by the name outside: `a.txt.gz` holds `a.txt`, `b.tbz2` holds `b.tar`.
fn without_ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, "tgz" | "tbz" | "tbz2" | "txz")) => format!("{stem}.tar"),
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => file.to_owned(),
    }
}
