//! Where the members of a container go: one after another, within caps, with names that lead
//! nowhere else.

use crate::extract::Limits;
use crate::model::{FileState, Note, NoteCode};
use serde::{Deserialize, Serialize};
use std::{
    cell::Cell,
    collections::BTreeSet,
    io::{Error, ErrorKind, Read, Write},
    rc::Rc,
};

/// Bytes copied at a time.
pub(super) const CHUNK_BYTES: usize = 64 * 1024;

/// Characters of the longest ending of a file's name: `.gsheet`, `.webloc`.
pub(super) const MAX_ENDING: usize = 7;

/// Characters of a member's name that are kept; file systems allow 255 a part.
pub(super) const MAX_NAME_CHARS: usize = 1000;

/// How much is taken out of one container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// Members listed; those beyond are not.
    pub members: u32,
    /// Bytes of one member.
    pub member_bytes: u64,
    /// Bytes of all members together.
    pub total_bytes: u64,
}

/// A file in a container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its path inside, parted by `/`, made unique; a label, never a path to write to.
    pub name: String,
    /// Its length in bytes as taken out.
    pub len: u64,
    /// Why it was not taken out; `None` where it was, whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<FileState>,
    /// What is odd about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What came out of a container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unpacked {
    /// `Unpacked`, or why nothing could be taken out.
    pub state: FileState,
    /// Remarks about the container.
    pub notes: Vec<Note>,
    /// Its members, in its own order; folders are not listed.
    pub members: Vec<Member>,
}

/// Opens the place for the bytes of the member with this number.
pub type Sink<'a> = dyn FnMut(usize) -> std::io::Result<Box<dyn Write>> + 'a;

/// The reason why a container, or the rest of it, could not be unpacked.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) state: FileState,
    pub(super) note: Note,
}

impl Refused {
    pub(super) fn with_code(state: FileState, code: NoteCode) -> Self {
        Self {
            state,
            note: Note::file(code),
        }
    }

    pub(super) fn damaged(words: impl Into<String>) -> Self {
        Self {
            state: FileState::Damaged,
            note: Note::file(NoteCode::BrokenStructure).with(words),
        }
    }
}

/// Reads a mail or a document into memory: as many bytes as of any file. What is longer is
/// refused, since what its end holds would be missed.
pub(super) fn whole(source: &mut impl Read) -> Result<Vec<u8>, Refused> {
    let max = Limits::default().max_bytes;
    let mut bytes = Vec::new();
    source
        .take(max + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Refused::damaged(error.to_string()))?;
    if bytes.len() as u64 > max {
        return Err(Refused::with_code(
            FileState::TooLarge,
            NoteCode::TooManyBytes,
        ));
    }
    Ok(bytes)
}

/// The way out: counts, caps and names what is taken.
pub(super) struct Out<'a, 'b> {
    pub(super) caps: Caps,
    /// The one member wanted; all where `None`.
    pub(super) only: Option<&'a str>,
    pub(super) sink: &'a mut Sink<'b>,
    /// Bytes that may still be taken.
    pub(super) left: Rc<Cell<u64>>,
    pub(super) members: Vec<Member>,
    pub(super) names: BTreeSet<String>,
    pub(super) notes: Vec<Note>,
}

impl<'a, 'b> Out<'a, 'b> {
    pub(super) fn new(
        caps: &Caps,
        only: Option<&'a str>,
        sink: &'a mut Sink<'b>,
    ) -> Self {
        Self {
            caps: *caps,
            only,
            sink,
            left: Rc::new(Cell::new(caps.total_bytes)),
            members: Vec::new(),
            names: BTreeSet::new(),
            notes: Vec::new(),
        }
    }

    /// Tells whether no more members are taken, and leaves a note.
    pub(super) fn is_full(&mut self) -> bool {
        let full = self.members.len() >= self.caps.members as usize;
        let is_told = |note: &Note| note.code == NoteCode::TooManyMembers;
        if full && !self.notes.iter().any(is_told) {
            self.notes.push(Note::file(NoteCode::TooManyMembers));
        }
        full
    }

    /// Lists a member; returns its number.
    pub(super) fn list(&mut self, raw_name: &str) -> usize {
        let (name, unsafe_name) = label(raw_name);
        let name = self.unique(&name);
        let notes = unsafe_name.then(|| Note::file(NoteCode::UnsafePath));
        self.members.push(Member {
            name,
            len: 0,
            state: None,
            notes: notes.into_iter().collect(),
        });
        self.members.len() - 1
    }

    /// Containers may hold one name twice; an archive of evidence may not lose either. The
    /// number goes before the ending, which still says what the file is.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let is_ending = |ending: &str| {
            ending.len() <= MAX_ENDING
                && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && is_ending(ending) => {
                (stem, format!(".{ending}"))
            }
            _ => (name, String::new()),
        };
        let mut candidate = name.to_owned();
        let mut count = 1;
        while !self.names.insert(candidate.clone()) {
            count += 1;
            candidate = format!("{stem} ({count}){ending}");
        }
        candidate
    }

    /// Lists a member that is not taken out.
    pub(super) fn refuse(&mut self, raw_name: &str, state: FileState, note: Note) {
        let number = self.list(raw_name);
        self.mark(number, state, note);
    }

    pub(super) fn mark(&mut self, number: usize, state: FileState, note: Note) {
        if let Some(member) = self.members.get_mut(number) {
            member.state = Some(state);
            member.notes.push(note);
        }
    }

    /// Tells whether the bytes of a listed member are wanted.
    pub(super) fn wants(&self, number: usize) -> bool {
        let name = self.members.get(number).map(|member| member.name.as_str());
        self.only.is_none_or(|only| name == Some(only))
    }

    /// Lists a member and copies its bytes, of which there should be `size`, where the container
    /// says so and its reader does not see to it.
    pub(super) fn take(
        &mut self,
        raw_name: &str,
        size: Option<u64>,
        reader: &mut dyn Read,
    ) {
        let number = self.list(raw_name);
        if !self.wants(number) {
            return;
        }
        let mut writer = match self.open(number) {
            Ok(writer) => writer,
            Err(error) => return self.unwritten(number, &error),
        };
        let mut chunk = vec![0; CHUNK_BYTES];
        loop {
            let read = match reader.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    let note = Note::file(NoteCode::MemberUnreadable);
                    self.mark(number, FileState::Damaged, note.with(error.to_string()));
                    break;
                }
            };
            if let Err(error) = writer.write_all(chunk.get(..read).unwrap_or_default()) {
                self.close(number, &writer);
                return self.unwritten(number, &error);
            }
        }
        if let Err(error) = writer.flush() {
            self.unwritten(number, &error);
        }
        self.close(number, &writer);
        let whole = size.is_none_or(|size| size == writer.written.get());
        let is_marked = self.members.get(number).is_some_and(|m| m.state.is_some());
        if !whole && !is_marked {
            let note = Note::file(NoteCode::Truncated);
            self.mark(number, FileState::Damaged, note);
        }
    }

    /// Opens the place of a listed member, within the caps.
    pub(super) fn open(&mut self, number: usize) -> std::io::Result<Capped> {
        Ok(Capped {
            inner: (self.sink)(number)?,
            written: Rc::new(Cell::new(0)),
            most: self.caps.member_bytes,
            left: Rc::clone(&self.left),
        })
    }

    pub(super) fn close(&mut self, number: usize, writer: &Capped) {
        if let Some(member) = self.members.get_mut(number) {
            member.len = writer.written.get();
        }
    }

    /// Marks a member whose bytes did not arrive: above a cap, or the disk refused.
    pub(super) fn unwritten(&mut self, number: usize, error: &Error) {
        let over = error.get_ref().and_then(|e| e.downcast_ref::<Over>());
        let (state, note) = match over {
            Some(Over::Member) => (FileState::TooLarge, NoteCode::TooManyBytes),
            Some(Over::Total) => (FileState::TooLarge, NoteCode::RatioTooHigh),
            None => (FileState::Unreadable, NoteCode::InputOutput),
        };
        let note = match over {
            Some(_) => Note::file(note),
            None => Note::disk(error),
        };
        self.mark(number, state, note);
    }

    pub(super) fn finish(self, refused: Option<Refused>) -> Unpacked {
        let mut notes = self.notes;
        let state = match refused {
            None => FileState::Unpacked,
            Some(refused) => {
                notes.push(refused.note);
                // What came out before the damage counts.
                if self.members.is_empty() {
                    refused.state
                } else {
                    FileState::Unpacked
                }
            }
        };
        Unpacked {
            state,
            notes,
            members: self.members,
        }
    }
}

/// Says which cap a member ran into.
#[derive(Debug, thiserror::Error)]
pub(super) enum Over {
    #[error("the member is above the size limit")]
    Member,
    #[error("the container unpacks to more than its size allows for")]
    Total,
}

/// Writes within the caps.
pub(super) struct Capped {
    pub(super) inner: Box<dyn Write>,
    pub(super) written: Rc<Cell<u64>>,
    pub(super) most: u64,
    pub(super) left: Rc<Cell<u64>>,
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let more = bytes.len() as u64;
        if self.written.get() + more > self.most {
            return Err(Error::other(Over::Member));
        }
        if more > self.left.get() {
            self.left.set(0);
            return Err(Error::other(Over::Total));
        }
        let written = self.inner.write(bytes)?;
        self.written.set(self.written.get() + written as u64);
        self.left.set(self.left.get() - written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// Makes a label of a member's name, and tells whether the name leads outside.
pub(super) fn label(raw: &str) -> (String, bool) {
    let slashed = raw.replace('\\', "/").replace('»', ">");
    let has_drive = slashed.as_bytes().get(1) == Some(&b':');
    let parts = || slashed.split('/').filter(|p| !matches!(*p, "" | "."));
    let is_unsafe = has_drive || slashed.starts_with('/') || parts().any(|p| p == "..");
    let joined = parts().collect::<Vec<_>>().join("/");
    let shown: String = joined
        .chars()
        .take(MAX_NAME_CHARS)
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect();
    match shown.is_empty() {
        true => ("?".to_owned(), is_unsafe),
        false => (shown, is_unsafe),
    }
}
