//! 7z containers. Members are packed in blocks; a broken block costs only its own members.

use super::{Out, Refused};
use crate::model::{FileState, Note, NoteCode};
use sevenz_rust2::{Archive, ArchiveEntry, BlockDecoder, Error, Password};
use std::io::{Read, Seek};

/// File type bits of a Unix mode, which 7-Zip keeps in the upper half of the attributes.
const UNIX_MODE_SHIFT: u32 = 16;
/// `S_IFMT` and `S_IFLNK` (POSIX).
const TYPE_MASK: u32 = 0o170_000;
const SYMLINK: u32 = 0o120_000;

pub(super) fn unpack(
    source: &mut (impl Read + Seek),
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let password = Password::empty();
    let archive = Archive::read(source, &password).map_err(|error| refused(&error))?;
    for block in 0..archive.blocks.len() {
        let decoder = BlockDecoder::new(1, block, &archive, &password, source);
        let names: Vec<String> = decoder
            .entries()
            .iter()
            .filter(|entry| !entry.is_directory())
            .map(|entry| entry.name().to_owned())
            .collect();
        let mut done = 0;
        let mut full = false;
        let result = decoder.for_each_entries(&mut |entry, reader| {
            full = out.is_full();
            if full {
                return Ok(false);
            }
            if !entry.is_directory() {
                done += 1;
                take(entry, reader, out);
            }
            Ok(true)
        });
        if full {
            return Ok(());
        }
        let Err(error) = result else {
            continue;
        };
        for name in names.into_iter().skip(done) {
            if out.is_full() {
                return Ok(());
            }
            let refused = refused(&error);
            out.refuse(&name, refused.state, refused.note);
        }
    }
    let empty = |entry: &&ArchiveEntry| !entry.has_stream() && !entry.is_directory();
    for entry in archive.files.iter().filter(empty) {
        if out.is_full() {
            break;
        }
        take(entry, &mut std::io::empty(), out);
    }
    Ok(())
}

fn take(entry: &ArchiveEntry, reader: &mut dyn Read, out: &mut Out<'_, '_>) {
    let mode = entry.windows_attributes() >> UNIX_MODE_SHIFT;
    if mode & TYPE_MASK == SYMLINK {
        let note = Note::file(NoteCode::LinkNotFollowed);
        out.refuse(entry.name(), FileState::Link, note);
    } else {
        out.take(entry.name(), None, reader);
    }
}

fn refused(error: &Error) -> Refused {
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => {
            Refused::with_code(FileState::Password, NoteCode::PasswordNeeded)
        }
        // Decryption is left out of this build: what asks for it has a password.
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => {
            Refused::with_code(FileState::Password, NoteCode::PasswordNeeded)
        }
        Error::UnsupportedCompressionMethod(_) | Error::Unsupported(_) => Refused {
            state: FileState::Unsupported,
            note: Note::file(NoteCode::UnknownCompression).with(error.to_string()),
        },
        Error::MaxMemLimited { .. } => {
            Refused::with_code(FileState::TooLarge, NoteCode::RatioTooHigh)
        }
        _ => Refused::damaged(error.to_string()),
    }
}
