//! RAR containers, read only.

use super::{Out, Refused};
use crate::model::{FileState, Note, NoteCode};
use rars::{
    ArchiveMember, ArchiveReadOptions, ArchiveReader, Error, ErrorKind,
    ExtractionDecision, ExtractionErrorAction,
};
use std::{
    cell::{Cell, RefCell},
    io::Read,
    rc::Rc,
};

/// Bytes of a RAR that are read: its reader wants all of it in memory.
const MAX_BYTES: u64 = 256 << 20;
/// Memory its decoder may take besides, dictionary included; the format allows gigabytes.
const MAX_WORKSPACE: u64 = 256 << 20;

pub(super) fn unpack(
    source: &mut impl Read,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let mut bytes = Vec::new();
    source
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Refused::damaged(error.to_string()))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refused::with_code(
            FileState::TooLarge,
            NoteCode::TooManyBytes,
        ));
    }
    let options = ArchiveReadOptions::new()
        .with_max_reader_workspace_bytes(MAX_WORKSPACE)
        .with_rar50_dictionary_size_limit(MAX_WORKSPACE);
    let archive = ArchiveReader::read_owned_with_options(bytes, options)
        .map_err(|error| refused(&error))?;
    let run = Run {
        out: RefCell::new(out),
        current: Cell::new(None),
        is_solid: archive.members().any(|member| member.is_solid()),
    };
    let result = archive.extract_with_control_and_errors(
        options,
        |member| Ok(run.decide(member)),
        |_, error| {
            run.fail(error);
            Ok(ExtractionErrorAction::Continue)
        },
    );
    match result {
        Ok(_) => {
            run.finish_member();
            Ok(())
        }
        Err(error) => {
            run.fail(&error);
            Err(refused(&error))
        }
    }
}

/// An extraction under way. Its callbacks are called in turn, never one within the other.
struct Run<'r, 'a, 'b> {
    out: RefCell<&'r mut Out<'a, 'b>>,
    /// The number of the member being taken out, and how much of it has come.
    current: Cell<Option<(usize, Rc<Cell<u64>>)>>,
    is_solid: bool,
}

impl Run<'_, '_, '_> {
    fn decide(&self, member: &ArchiveMember) -> ExtractionDecision {
        self.finish_member();
        let out = &mut **self.out.borrow_mut();
        if out.is_full() {
            return ExtractionDecision::Stop;
        }
        let Some(number) = admit(member, out) else {
            let meta = &member.meta;
            return match meta.is_directory || meta.is_redirection {
                true => ExtractionDecision::Skip,
                false => self.pass_over(),
            };
        };
        if !out.wants(number) {
            return self.pass_over();
        }
        match out.open(number) {
            Ok(writer) => {
                self.current.set(Some((number, Rc::clone(&writer.written))));
                ExtractionDecision::Extract(Box::new(writer))
            }
            Err(error) => {
                out.unwritten(number, &error);
                self.pass_over()
            }
        }
    }

    /// Members of a solid archive are decoded one through the other: passing over one means
    /// decoding it for nothing.
    fn pass_over(&self) -> ExtractionDecision {
        match self.is_solid {
            true => ExtractionDecision::Extract(Box::new(std::io::sink())),
            false => ExtractionDecision::Skip,
        }
    }

    /// The member under way has come out whole.
    fn finish_member(&self) {
        if let Some((number, written)) = self.current.take()
            && let Some(member) = self.out.borrow_mut().members.get_mut(number)
        {
            member.len = written.get();
        }
    }

    /// The member under way has not come out.
    fn fail(&self, error: &Error) {
        let Some((number, _)) = self.current.take() else {
            return;
        };
        let out = &mut **self.out.borrow_mut();
        if out.left.get() == 0 {
            let note = Note::file(NoteCode::RatioTooHigh);
            return out.mark(number, FileState::TooLarge, note);
        }
        let note = Note::file(NoteCode::MemberUnreadable).with(error.to_string());
        out.mark(number, refused(error).state, note);
    }
}

/// Lists a member; returns its number if it is to be taken out.
fn admit(member: &ArchiveMember, out: &mut Out<'_, '_>) -> Option<usize> {
    let meta = &member.meta;
    if meta.is_directory {
        return None;
    }
    let name = member
        .decoded_name(None)
        .map_or_else(|_| meta.name.clone(), std::borrow::Cow::into_owned);
    let name = String::from_utf8_lossy(&name).into_owned();
    let (state, code) = if meta.is_redirection {
        (FileState::Link, NoteCode::LinkNotFollowed)
    } else if meta.is_encrypted {
        (FileState::Password, NoteCode::PasswordNeeded)
    } else if meta.is_split_before || meta.is_split_after {
        // The rest lies in another file of the set.
        (FileState::Unsupported, NoteCode::PartOfContainer)
    } else {
        return Some(out.list(&name));
    };
    out.refuse(&name, state, Note::file(code));
    None
}

fn refused(error: &Error) -> Refused {
    match error.kind() {
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => {
            Refused::with_code(FileState::Password, NoteCode::PasswordNeeded)
        }
        ErrorKind::UnsupportedFeature | ErrorKind::UnsupportedFormat => Refused {
            state: FileState::Unsupported,
            note: Note::file(NoteCode::UnknownCompression).with(error.to_string()),
        },
        ErrorKind::ResourceLimit => {
            Refused::with_code(FileState::TooLarge, NoteCode::RatioTooHigh)
        }
        _ => Refused::damaged(error.to_string()),
    }
}
