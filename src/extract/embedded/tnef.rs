//! What Outlook sends as `winmail.dat`: a list of attributes of the mail and of each file
//! attached, some of which are lists of properties themselves ([MS-OXTNEF]).

use super::{Content, Message, Visit};
use crate::extract::text;
use crate::lexicon::words::words as lexicon;
use encoding_rs::UTF_16LE;
use std::ops::ControlFlow;

const SIGNATURE: [u8; 4] = [0x78, 0x9F, 0x3E, 0x22];
/// Bytes before the first attribute: the signature and a key.
const HEAD: usize = 6;
/// Attributes looked at, and properties of one.
const MAX_ATTRIBUTES: usize = 100_000;
const MAX_PROPERTIES: usize = 10_000;
/// Bytes before the stream of an object: the interface it is read by.
const INTERFACE: usize = 16;

// Attributes ([MS-OXTNEF] 2.1.3.2): type in the upper half, name in the lower.
const SUBJECT: u32 = 0x0001_8004;
const BODY: u32 = 0x0002_800C;
const PROPERTIES: u32 = 0x0006_9003;
const ATTACHMENT: u32 = 0x0006_9002;
const TITLE: u32 = 0x0001_8010;
const DATA: u32 = 0x0006_800F;
const ATTACHMENT_PROPERTIES: u32 = 0x0006_9005;

/// A file attached, as far as it was met.
#[derive(Default)]
struct Attached<'a> {
    title: Option<String>,
    long: Option<String>,
    data: Option<&'a [u8]>,
    object: Option<&'a [u8]>,
}

/// Reads who wrote what.
pub(in crate::extract) fn message(bytes: &[u8]) -> Message {
    let mut message = Message::default();
    for (id, content) in attributes(bytes) {
        match id {
            ATTACHMENT => break,
            SUBJECT => message.subject = words(content),
            BODY => message.plain = words(content),
            PROPERTIES => {
                for property in properties(content) {
                    let as_text = || property.text();
                    match property.id {
                        0x0037 => message.subject = as_text().or(message.subject.take()),
                        0x0C1A => message.sender = as_text(),
                        0x0E04 => message.to = as_text(),
                        0x0E03 => message.cc = as_text(),
                        0x1000 => message.plain = as_text().or(message.plain.take()),
                        0x1009 => message.rich = Some(property.value.to_vec()),
                        0x1013 => message.html = Some(property.value.to_vec()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    message
}

/// Hands over the files attached.
pub(super) fn attached(bytes: &[u8], visit: &mut Visit<'_>) -> ControlFlow<()> {
    let mut open: Option<Attached<'_>> = None;
    let mut number = 0;
    for (id, content) in attributes(bytes) {
        if id == ATTACHMENT {
            if let Some(done) = open.replace(Attached::default()) {
                number += 1;
                done.hand_over(number, visit)?;
            }
            continue;
        }
        let Some(attached) = open.as_mut() else {
            continue;
        };
        match id {
            TITLE => attached.title = words(content),
            DATA => attached.data = Some(content),
            ATTACHMENT_PROPERTIES => attached.describe(content),
            _ => {}
        }
    }
    match open {
        Some(last) => last.hand_over(number + 1, visit),
        None => ControlFlow::Continue(()),
    }
}

impl<'a> Attached<'a> {
    fn describe(&mut self, content: &'a [u8]) {
        for property in properties(content) {
            match property.id {
                0x3707 => self.long = property.text(),
                0x3001 if self.title.is_none() => self.title = property.text(),
                0x3701 => self.object = property.value.get(INTERFACE..),
                _ => {}
            }
        }
    }

    fn hand_over(self, number: usize, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let data = self.data.filter(|data| !data.is_empty()).or(self.object);
        let name = self.long.or(self.title);
        let name = name.unwrap_or_else(|| {
            let stem = format!("{} {number}", lexicon().attachment);
            super::named(&stem, data.unwrap_or_default())
        });
        visit(&name, data.map_or(Content::Elsewhere, Content::Whole))
    }
}

/// Walks the attributes: level, type and name, length, content, checksum.
fn attributes(bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let known = bytes.starts_with(&SIGNATURE);
    let mut rest = bytes.get(HEAD..).filter(|_| known).unwrap_or_default();
    let next = move || {
        let after_level = rest.get(1..)?;
        let (id, after) = after_level.split_first_chunk::<4>()?;
        let (len, after) = after.split_first_chunk::<4>()?;
        let len = u32::from_le_bytes(*len) as usize;
        let content = after.get(..len).unwrap_or(after);
        rest = after.get(len.saturating_add(2)..).unwrap_or_default();
        Some((u32::from_le_bytes(*id), content))
    };
    std::iter::from_fn(next).take(MAX_ATTRIBUTES)
}

/// One property with its first value.
struct Property<'a> {
    kind: u16,
    id: u16,
    value: &'a [u8],
}

impl Property<'_> {
    fn text(&self) -> Option<String> {
        match self.kind {
            0x001F => {
                let text = UTF_16LE.decode_without_bom_handling(self.value).0;
                let text = text.trim_end_matches('\0').trim();
                (!text.is_empty()).then(|| text.to_owned())
            }
            _ => words(self.value),
        }
    }
}

/// Walks a list of properties ([MS-OXTNEF] 2.1.3.4): kind and id, a name where the id is of the
/// file's own making, and values, each filled up to four bytes.
fn properties(content: &[u8]) -> Vec<Property<'_>> {
    let mut found = Vec::new();
    let mut rest = content.get(4..).unwrap_or_default();
    while found.len() < MAX_PROPERTIES {
        let Some(property) = property(&mut rest) else {
            break;
        };
        found.push(property);
    }
    found
}

fn property<'a>(rest: &mut &'a [u8]) -> Option<Property<'a>> {
    let &[a, b, c, d] = take(rest, 4)? else {
        return None;
    };
    let (kind, id) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
    if id >= 0x8000 {
        take(rest, 16)?;
        match number(rest)? {
            0 => take(rest, 4)?,
            _ => {
                let len = number(rest)?;
                padded(rest, len)?
            }
        };
    }
    let is_many = kind & 0x1000 != 0;
    let kind = kind & 0x0FFF;
    let is_sized = matches!(kind, 0x000D | 0x001E | 0x001F | 0x0102);
    let count = match is_many || is_sized {
        true => number(rest)?,
        false => 1,
    };
    let mut first = None;
    for _ in 0..count {
        let len = match (is_sized, kind) {
            (true, _) => number(rest)?,
            (_, 0x0005..=0x0007 | 0x0014 | 0x0040) => 8,
            (_, 0x0048) => 16,
            _ => 4,
        };
        let value = padded(rest, len)?;
        first.get_or_insert(value);
    }
    Some(Property {
        kind,
        id,
        value: first.unwrap_or_default(),
    })
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(len)?;
    *rest = after;
    Some(taken)
}

fn number(rest: &mut &[u8]) -> Option<usize> {
    let raw: &[u8; 4] = take(rest, 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(*raw) as usize)
}

fn padded<'a>(rest: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let value = take(rest, len)?;
    let fill = len.next_multiple_of(4) - len;
    // The last value of all may end without.
    *rest = rest.get(fill..).unwrap_or_default();
    Some(value)
}

fn words(raw: &[u8]) -> Option<String> {
    let text = text::decode(raw);
    let text = text.trim_end_matches('\0').trim();
    (!text.is_empty()).then(|| text.to_owned())
}
