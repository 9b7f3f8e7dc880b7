//! ZIP containers.

use super::{Out, Refused};
use crate::model::{FileState, Note, NoteCode};
use std::io::{Read, Seek};
use zip::{ZipArchive, read::ZipFile, result::ZipError};

pub(super) fn unpack(
    source: &mut (impl Read + Seek),
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let mut archive = ZipArchive::new(source).map_err(|error| refused(&error))?;
    for index in 0..archive.len() {
        if out.is_full() {
            break;
        }
        let entry = match archive.by_index_raw(index) {
            Ok(entry) => entry,
            Err(error) => {
                let name = format!("#{}", index + 1);
                let refused = refused(&error);
                out.refuse(&name, refused.state, refused.note);
                continue;
            }
        };
        if entry.is_dir() {
            continue;
        }
        let name = name(&entry);
        if entry.is_symlink() {
            let note = Note::file(NoteCode::LinkNotFollowed);
            out.refuse(&name, FileState::Link, note);
        } else if entry.encrypted() {
            let note = Note::file(NoteCode::PasswordNeeded);
            out.refuse(&name, FileState::Password, note);
        } else {
            drop(entry);
            match archive.by_index(index) {
                Ok(mut entry) => out.take(&name, None, &mut entry),
                Err(error) => {
                    let refused = refused(&error);
                    out.refuse(&name, refused.state, refused.note);
                }
            }
        }
    }
    Ok(())
}

/// Names without the UTF-8 mark are UTF-8 all the same on other systems than Windows.
fn name<R: Read>(entry: &ZipFile<'_, R>) -> String {
    match std::str::from_utf8(entry.name_raw()) {
        Ok(name) => name.to_owned(),
        Err(_) => entry.name().map_or_else(
            |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
            std::borrow::Cow::into_owned,
        ),
    }
}

fn refused(error: &ZipError) -> Refused {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
        | ZipError::InvalidPassword => {
            Refused::of(FileState::Password, NoteCode::PasswordNeeded)
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Refused {
                state: FileState::Unsupported,
                note: Note::file(NoteCode::UnknownCompression).with(error.to_string()),
            }
        }
        _ => Refused::damaged(error.to_string()),
    }
}
