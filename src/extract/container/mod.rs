//! Files packed inside a file: ZIP, 7z, RAR, TAR, gzip, bzip2, xz, what is attached to a mail
//! and what is inserted into a document. Each
//! member is handed to a sink under a number; its name is only ever a label, so that no name,
//! however made, can lead a write anywhere.
//!
//! ```text
//! Read + Seek ─unpack─► sink(0) sink(1) …    bytes, each within the caps
//!                     └► Unpacked            how it went, one Member a file, in order
//! ```

mod out;
mod inside;
mod mail;
mod rar;
mod seven;
mod split;
mod stream;
mod tar;
mod zip;

pub(super) use split::is_last_disk;
pub(super) use tar::is_record as is_tar_record;

pub use self::out::{Caps, Member, Sink, Unpacked};
use self::out::{Out, Refused, whole};
use crate::model::{FileState, MediaType, NoteCode};
use std::io::{Read, Seek};

/// Takes the members out of a container of format `media`, called `name`; with `only`, just
/// the one of that name, while the others are listed. Bytes go to `sink`; those of a member
/// that ends with a state are worthless.
pub fn unpack(
    mut source: impl Read + Seek,
    media: MediaType,
    name: &str,
    only: Option<&str>,
    caps: &Caps,
    sink: &mut Sink<'_>,
) -> Unpacked {
    let mut out = Out::new(caps, only, sink);
    let result = super::guard(|| match media {
        MediaType::Zip => zip::unpack(&mut source, &mut out),
        MediaType::SevenZip => seven::unpack(&mut source, &mut out),
        MediaType::Rar => rar::unpack(&mut source, &mut out),
        MediaType::Tar => tar::unpack(&mut source, &mut out),
        MediaType::Gzip => stream::gzip(&mut source, name, &mut out),
        MediaType::Bzip2 => stream::bzip2(&mut source, name, &mut out),
        MediaType::Xz => stream::xz(&mut source, name, &mut out),
        MediaType::Mail => mail::unpack(&mut source, &mut out),
        media if media.may_embed() => inside::unpack(&mut source, media, &mut out),
        _ => Err(Refused::with_code(
            FileState::Unsupported,
            NoteCode::UnknownFormat,
        )),
    });
    let refused = match result {
        Ok(Ok(())) => None,
        Ok(Err(refused)) => Some(refused),
        Err(words) => Some(Refused::damaged(words)),
    };
    // A part alone is not damaged: the others are missing.
    let is_password = |refused: &Refused| refused.state == FileState::Password;
    let refused = refused.map(|refused| match is_password(&refused) {
        false if split::is_part(name, &mut source) => {
            Refused::with_code(FileState::Unsupported, NoteCode::PartOfContainer)
        }
        _ => refused,
    });
    out.finish(refused)
}

#[cfg(test)]
mod tests;
