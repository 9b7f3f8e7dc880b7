//! What people put into a document: attached to it, or inserted as an object.

use super::{Out, Refused};
use crate::extract::embedded::{self, Content};
use crate::model::{FileState, MediaType, Note, NoteCode};
use std::{io::Read, ops::ControlFlow};

/// Bytes of a document that are read: as many as of any file.
const MAX_BYTES: u64 = 256 << 20;

pub(super) fn unpack(
    source: &mut impl Read,
    media: MediaType,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let mut bytes = Vec::new();
    source
        .take(MAX_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| Refused::damaged(error.to_string()))?;
    embedded::find(&bytes, media, &mut |name, content| {
        if out.is_full() {
            return ControlFlow::Break(());
        }
        let (state, code) = match content {
            Content::Whole(mut content) => {
                out.take(name, None, &mut content);
                return ControlFlow::Continue(());
            }
            Content::Elsewhere => (FileState::Unsupported, NoteCode::PointsElsewhere),
            Content::TooLarge => (FileState::TooLarge, NoteCode::TooManyBytes),
            Content::Broken => (FileState::Damaged, NoteCode::MemberUnreadable),
        };
        out.refuse(name, state, Note::file(code));
        ControlFlow::Continue(())
    });
    Ok(())
}
