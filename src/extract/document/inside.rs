//! Takes the pictures that stand in a document and makes pages of those that can be one: large
//! enough for a scan or a photo of a paper, each once. Nothing is kept but where a picture
//! stands; it is decoded when its page is asked for.

use super::super::{Limits, image, sniff};
use super::office::package::Package;
use crate::model::{FileState, Note, NoteCode, Page, Raster};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

/// Longest side, in pixels, from which a picture can be a page: A4 at 50 dpi is 585 pixels
/// high, and below that no letter has the 8 pixels that OCR needs. Emblems and logos in a
/// letterhead have 100 to 400.
const LONG_SIDE: u32 = 600;
/// Shortest side of a page: less is a line, a signature or the strip of a letterhead.
const SHORT_SIDE: u32 = 200;
/// Shortest side of a strip that stands in a header, where letterheads do: one line of print at
/// 200 dpi, and its margins.
const STRIP: u32 = 60;
/// Pictures of a document that become pages: a report on a year's activities has some fifty.
const MAX_PICTURES: usize = 200;
/// Pictures looked at: far more than a document has that a person made.
const MAX_LOOKED_AT: usize = 10_000;
/// Bytes of a packed picture unpacked to learn its size: Exif and colour profile come first.
const HEAD: u64 = 256 << 10;
/// Bytes of one picture unpacked: 108 million pixels as PNG.
const MAX_BYTES: u64 = 128 << 20;

/// Checksum or hash, and length.
type Identity = (u64, u64);

/// Where a picture stands.
#[derive(Debug, Clone)]
pub(super) enum Stored {
    /// In a part of the ZIP that the document is.
    Part(String),
    /// In these bytes of the file, as hexadecimal digits.
    Hex(Range<usize>),
    /// In these bytes of the file.
    Plain(Range<usize>),
    /// Already taken out.
    Bytes(Vec<u8>),
}

/// The pictures of a document that are pages of it.
#[derive(Debug, Default)]
pub(in crate::extract) struct Inside(Vec<(u32, Stored)>);

impl Inside {
    /// Decodes page `page` of the document that `bytes` are.
    pub fn picture(
        &self,
        bytes: &[u8],
        page: u32,
        limits: &Limits,
    ) -> Result<Raster, Note> {
        let missing = || Note::page(NoteCode::PageUnreadable, page);
        let stored = self.0.iter().find(|(number, _)| *number == page);
        let (_, stored) = stored.ok_or_else(missing)?;
        let raw = stored.load(bytes).ok_or_else(missing)?;
        let read = image::read(&raw, sniff(&raw), limits);
        read.picture.page(&raw, 1).map_err(|note| Note {
            page: Some(page),
            ..note
        })
    }
}

impl Stored {
    fn load(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Part(name) => Package::open(bytes).ok()?.take(name, MAX_BYTES),
            Self::Hex(range) => Some(unhex(bytes.get(range.clone())?)),
            Self::Plain(range) => Some(bytes.get(range.clone())?.to_vec()),
            Self::Bytes(raw) => Some(raw.clone()),
        }
    }

    /// Returns something that only equal pictures share.
    fn identity(
        &self,
        bytes: &[u8],
        package: &mut Option<Package<'_>>,
    ) -> Option<Identity> {
        if let Self::Part(name) = self {
            return package.as_mut()?.identity(name);
        }
        let raw = self.load(bytes)?;
        let mut hasher = DefaultHasher::new();
        raw.hash(&mut hasher);
        Some((hasher.finish(), raw.len() as u64))
    }

    /// Returns bytes enough to learn the size, and whether there are more.
    fn head(
        &self,
        bytes: &[u8],
        package: &mut Option<Package<'_>>,
    ) -> Option<(Vec<u8>, bool)> {
        let Self::Part(name) = self else {
            return Some((self.load(bytes)?, false));
        };
        let head = package.as_mut()?.take(name, HEAD)?;
        let is_cut = head.len() as u64 == HEAD;
        Some((head, is_cut))
    }

    /// Measures the picture, as [`measure`] does.
    fn measure(
        &self,
        bytes: &[u8],
        package: &mut Option<Package<'_>>,
        limits: &Limits,
        short_side: u32,
    ) -> Option<Result<(f32, f32), Note>> {
        let (head, is_cut) = self.head(bytes, package)?;
        match measure(&head, limits, short_side) {
            // A head without the size in it: the rest is needed.
            None if is_cut && sniff(&head).is_picture() => {
                measure(&self.load(bytes)?, limits, short_side)
            }
            size => size,
        }
    }
}

/// The choice of the pictures that become pages.
pub(super) struct Selection<'a> {
    bytes: &'a [u8],
    limits: &'a Limits,
    package: Option<Package<'a>>,
    seen: HashSet<Identity>,
    looked_at: usize,
    inside: Inside,
    /// The pages, in order.
    pub pages: Vec<Page>,
    notes: Vec<Note>,
}

impl<'a> Selection<'a> {
    /// Begins with the document that `bytes` are.
    pub fn new(bytes: &'a [u8], limits: &'a Limits) -> Self {
        Self {
            bytes,
            limits,
            package: Package::open(bytes).ok(),
            seen: HashSet::new(),
            looked_at: 0,
            inside: Inside::default(),
            pages: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Chooses among the pictures of headers: strips with the name of an office become the
    /// first pages, and what is large enough comes with the other pictures.
    pub fn heads(&mut self, pictures: Vec<Stored>) {
        for stored in pictures {
            self.choose(stored, 1, STRIP);
        }
    }

    /// Chooses the pictures that become pages, numbered from `first`.
    pub fn pictures(&mut self, pictures: Vec<Stored>, first: u32) {
        let before = self.pages.len() as u32;
        for stored in pictures {
            self.choose(stored, first.saturating_sub(before), SHORT_SIDE);
        }
    }

    /// Makes a page of one picture if it is new and large enough; the first has number `first`.
    fn choose(&mut self, stored: Stored, first: u32, short_side: u32) {
        self.looked_at += 1;
        if self.looked_at > MAX_LOOKED_AT {
            return;
        }
        let identity = stored.identity(self.bytes, &mut self.package);
        if !identity.is_some_and(|identity| self.seen.insert(identity)) {
            return;
        }
        let measured =
            stored.measure(self.bytes, &mut self.package, self.limits, short_side);
        let Some(size) = measured else {
            return;
        };
        let number = first.saturating_add(self.pages.len() as u32);
        match size {
            Ok(_)
                if self.pages.len() >= MAX_PICTURES || number > self.limits.max_pages =>
            {
                self.notes.push(Note::file(NoteCode::TooManyPages));
                self.looked_at = MAX_LOOKED_AT;
            }
            Ok(size) => {
                self.pages.push(Page::empty(number, Some(size)));
                self.inside.0.push((number, stored));
            }
            Err(note) => self.notes.push(note),
        }
    }

    /// Returns where the pictures stand, and says that they are pages.
    pub fn finish(mut self) -> (Inside, Vec<Note>) {
        if !self.inside.0.is_empty() {
            self.notes.push(Note::file(NoteCode::PicturesAsPages));
        }
        (self.inside, self.notes)
    }
}

/// Measures a picture as it is shown: `None` if it is none or too small to be a page, a note if
/// it is too large to be decoded.
fn measure(
    raw: &[u8],
    limits: &Limits,
    short_side: u32,
) -> Option<Result<(f32, f32), Note>> {
    let media = sniff(raw);
    if !media.is_picture() {
        return None;
    }
    let read = image::read(raw, media, limits);
    if read.state == FileState::TooLarge {
        let note = read.extraction.notes.into_iter();
        return note
            .filter(|note| note.code == NoteCode::TooManyPixels)
            .map(Err)
            .next();
    }
    let (width, height) = read.extraction.pages.first()?.size?;
    let large = width.max(height) >= LONG_SIDE as f32;
    let broad = width.min(height) >= short_side as f32;
    (large && broad).then_some(Ok((width, height)))
}

/// Reads hexadecimal digits, whatever stands between them.
pub(in crate::extract) fn unhex(text: &[u8]) -> Vec<u8> {
    let mut digits = text
        .iter()
        .filter_map(|c| char::from(*c).to_digit(16).map(|digit| digit as u8));
    let mut out = Vec::with_capacity(text.len() / 2);
    while let (Some(high), Some(low)) = (digits.next(), digits.next()) {
        out.push(high << 4 | low);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_across_lines() {
        assert_eq!(unhex(b"ff d8\r\nFF\tE"), [0xFF, 0xD8, 0xFF]);
    }
}
