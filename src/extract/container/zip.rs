//! ZIP containers.

use super::{Out, Refused};
use crate::model::{FileState, Note, NoteCode};
use std::io::{Read, Seek};
use zip::{
    ZipArchive, ZipReadOptions,
    read::{Config, ZipFile},
    result::{ZipError, ZipResult},
    unstable::read::ZipIterable,
};

pub(super) fn unpack(
    source: &mut (impl Read + Seek),
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let mut archive = ZipArchive::new(&mut *source).map_err(|error| refused(&error))?;
    if archive.has_duplicate_names() {
        // Read so, of two members of one name the first is lost.
        drop(archive);
        return unpack_all(source, out);
    }
    for index in 0..archive.len() {
        if out.is_full() {
            break;
        }
        let entry = archive.by_index_raw(index);
        let seen = entry.as_ref().map(|entry| Seen {
            name: shown(entry.name_raw(), entry.name()),
            is_folder: entry.is_dir(),
            is_link: entry.is_symlink(),
            is_locked: entry.encrypted(),
        });
        let name = wanted(seen, index, out);
        drop(entry);
        if let Some(name) = name {
            take(&name, archive.by_index(index), out);
        }
    }
    Ok(())
}

/// Takes members one by one as they are listed, of one name or not.
fn unpack_all(
    source: &mut (impl Read + Seek),
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let listed = ZipIterable::try_new(source, Config::default());
    let mut listed = listed.map_err(|error| refused(&error))?;
    let entries = listed.files().map_err(|error| refused(&error))?;
    let mut index = 0;
    while let Some(entry) = entries.next() {
        if out.is_full() {
            break;
        }
        let seen = entry.as_ref().map(|entry| Seen {
            name: shown(entry.name_raw(), entry.name()),
            is_folder: entry.is_dir(),
            is_link: entry.is_symlink(),
            is_locked: entry.encrypted(),
        });
        let name = wanted(seen, index, out);
        if let (Some(name), Ok(entry)) = (name, entry) {
            let reader = entries.reader_mut();
            take(&name, entry.with_reader(reader, ZipReadOptions::new()), out);
        }
        index += 1;
    }
    Ok(())
}

/// What the list of a ZIP says of a member.
struct Seen {
    name: String,
    is_folder: bool,
    is_link: bool,
    is_locked: bool,
}

/// Lists a member that is not taken out, and returns the name of one that is.
fn wanted(
    seen: Result<Seen, &ZipError>,
    index: usize,
    out: &mut Out<'_, '_>,
) -> Option<String> {
    match seen {
        Err(error) => {
            let refused = refused(error);
            out.refuse(&format!("#{}", index + 1), refused.state, refused.note);
        }
        Ok(seen) if seen.is_folder => {}
        Ok(seen) if seen.is_link => {
            let note = Note::file(NoteCode::LinkNotFollowed);
            out.refuse(&seen.name, FileState::Link, note);
        }
        Ok(seen) if seen.is_locked => {
            let note = Note::file(NoteCode::PasswordNeeded);
            out.refuse(&seen.name, FileState::Password, note);
        }
        Ok(seen) => return Some(seen.name),
    }
    None
}

fn take<R: Read>(name: &str, opened: ZipResult<ZipFile<'_, R>>, out: &mut Out<'_, '_>) {
    match opened {
        Ok(mut entry) => out.take(name, None, &mut entry),
        Err(error) => {
            let refused = refused(&error);
            out.refuse(name, refused.state, refused.note);
        }
    }
}

/// Names without the UTF-8 mark are UTF-8 all the same on other systems than Windows.
fn shown(raw: &[u8], decoded: ZipResult<std::borrow::Cow<'_, str>>) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => decoded.map_or_else(
            |_| String::from_utf8_lossy(raw).into_owned(),
            std::borrow::Cow::into_owned,
        ),
    }
}

fn refused(error: &ZipError) -> Refused {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
        | ZipError::InvalidPassword => {
            Refused::with_code(FileState::Password, NoteCode::PasswordNeeded)
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
