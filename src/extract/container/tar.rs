//! TAR containers and gzip, with or without a TAR inside.

use super::{Out, Refused};
use crate::model::{FileState, Note, NoteCode};
use flate2::read::MultiGzDecoder;
use std::io::{Cursor, Read};
use tar::{Archive, EntryType};

/// One TAR record: what tells a TAR from anything else (POSIX ustar).
const RECORD: usize = 512;

pub(super) fn unpack(
    source: &mut impl Read,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let broken = |error: std::io::Error| Refused::damaged(error.to_string());
    let mut archive = Archive::new(source);
    for entry in archive.entries().map_err(broken)? {
        if out.is_full() {
            break;
        }
        let mut entry = entry.map_err(broken)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        match entry.header().entry_type() {
            // Old archives mark a folder by its name alone.
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse
                if !name.ends_with('/') =>
            {
                let size = entry.size();
                out.take(&name, Some(size), &mut entry);
            }
            EntryType::Symlink | EntryType::Link => {
                let note = Note::file(NoteCode::LinkNotFollowed);
                out.refuse(&name, FileState::Link, note);
            }
            EntryType::Char | EntryType::Block | EntryType::Fifo => {
                let note = Note::file(NoteCode::SpecialFile);
                out.refuse(&name, FileState::Ignored, note);
            }
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn unpack_gzip(
    source: &mut impl Read,
    name: &str,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let mut stream = MultiGzDecoder::new(source);
    let inner = stream
        .header()
        .and_then(|header| header.filename())
        .map(|name| String::from_utf8_lossy(name).into_owned());
    let mut head = Vec::with_capacity(RECORD);
    let read = (&mut stream).take(RECORD as u64).read_to_end(&mut head);
    if let Err(error) = read
        && head.is_empty()
    {
        return Err(Refused::damaged(error.to_string()));
    }
    let is_tar = is_record(&head);
    let mut whole = Cursor::new(head).chain(stream);
    if is_tar {
        return unpack(&mut whole, out);
    }
    let inner = inner.unwrap_or_else(|| without_ending(name).to_owned());
    out.take(&inner, None, &mut whole);
    Ok(())
}

/// A TAR record says so by its magic, or, from before POSIX, by its checksum alone.
pub(in crate::extract) fn is_record(head: &[u8]) -> bool {
    let Ok(record) = <&[u8; RECORD]>::try_from(head) else {
        return false;
    };
    let stated = tar::Header::from_byte_slice(record).cksum().ok();
    // The checksum counts its own eight bytes as spaces.
    let counted: u32 = record
        .iter()
        .enumerate()
        .map(|(at, byte)| match at {
            148..156 => u32::from(b' '),
            _ => u32::from(*byte),
        })
        .sum();
    stated == Some(counted)
}

fn without_ending(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit(['/', '\\']).next().unwrap_or(stem)
}
