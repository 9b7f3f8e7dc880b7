//! What people put into a document: attached to it, or inserted as an object.

use super::{Out, Refused, whole};
use crate::extract::embedded::{self, Content};
use crate::model::{FileState, MediaType, Note, NoteCode};
use std::{io::Read, ops::ControlFlow};

pub(super) fn unpack(
    source: &mut impl Read,
    media: MediaType,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let bytes = whole(source)?;
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
