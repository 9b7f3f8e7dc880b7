//! TAR containers.

use super::{Out, Refused};
use crate::model::{FileState, Note, NoteCode};
use std::io::Read;
use tar::{Archive, EntryType};

/// One TAR record: what tells a TAR from anything else (POSIX ustar).
pub(super) const RECORD: usize = 512;

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
