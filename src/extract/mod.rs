//! Step 2: what does a file say, and where? Takes bytes, gives an [`Extraction`]; asks for OCR
//! and never runs it. Nothing here fails and nothing here panics: a bad document is a state
//! with a note.
//!
//! ```text
//! bytes ─sniff─► MediaType ─open─► Opened ─┬─ extraction()    text layer, properties, notes
//!                                          ├─ wanted()        pages that need OCR
//!                                          ├─ ocr_input(page) ─OCR─► merge(input, OcrPage)
//!                                          ├─ photos(page)    photos on a page of text
//!                                          └─ sheet(page)     the page in colour
//! ```

mod bytes;
mod limits;
mod beside;
pub mod container;
mod document;
mod embedded;
mod image;
mod merge;
mod normalize;
mod pdf;
mod sniff;
mod text;

pub use sniff::{
    HEAD_BYTES, is_answer_instead, may_have_members, sniff, wrong_extension,
};

use self::beside::Pictured;
use self::bytes::{find, guard};
pub use self::limits::Limits;
use crate::model::{
    Extraction, FileState, MediaType, Note, NoteCode, OcrPage, OcrRequest, PagePart,
    PrintedCode, Raster, Rect, Sheet,
};
use std::panic::AssertUnwindSafe;

/// A file that was looked into. Whatever the bytes were, there is one.
pub struct Opened<'a> {
    bytes: &'a [u8],
    limits: Limits,
    state: FileState,
    extraction: Extraction,
    wanted: Vec<OcrRequest>,
    pictured: Vec<u32>,
    pictures: Pictures,
}

/// Where the pictures of pages come from.
enum Pictures {
    /// There are none.
    None,
    /// The file is a picture.
    File(image::Picture),
    /// Pages of a PDF.
    Pdf(pdf::PdfFile),
    /// They stand in a document.
    Inside(document::Inside),
}

/// The picture of a page for OCR, or of the part of it that the file does not state.
#[derive(Debug)]
pub struct OcrInput {
    /// The page, from 1.
    pub page: u32,
    /// What OCR is to read: grey, upright, its longest side at most 2,400 pixels, which is A4
    /// at 205 dpi.
    pub picture: Raster,
    /// The part of the page.
    pub part: PagePart,
    /// Where that part stands; `None` for a whole page.
    place: Option<Pictured>,
}

/// Opens `bytes` as `media` and reads everything that needs no OCR.
pub fn open<'a>(bytes: &'a [u8], media: MediaType, limits: &Limits) -> Opened<'a> {
    let mut opened = Opened {
        bytes,
        limits: *limits,
        state: FileState::Indexed,
        extraction: Extraction::without_pages(media),
        wanted: Vec::new(),
        pictured: Vec::new(),
        pictures: Pictures::None,
    };
    if bytes.is_empty() {
        opened.refuse(FileState::Empty, Note::file(NoteCode::EmptyFile));
    } else if bytes.len() as u64 > limits.max_bytes {
        opened.refuse(FileState::TooLarge, Note::file(NoteCode::TooManyBytes));
    } else if let Err(words) = guard(AssertUnwindSafe(|| opened.read(media))) {
        opened.refuse(
            FileState::Damaged,
            Note::file(NoteCode::BrokenStructure).with(words),
        );
    }
    opened
}

impl Opened<'_> {
    /// Returns how the file stands: `Indexed`, or why nothing was read, with a note to match.
    pub fn state(&self) -> FileState {
        self.state
    }

    /// Returns what was read: text layer, properties, notes.
    pub fn extraction(&self) -> &Extraction {
        &self.extraction
    }

    /// Returns the pages that need OCR, in order: pictures, and text layers not to be believed.
    pub fn wanted(&self) -> &[OcrRequest] {
        &self.wanted
    }

    /// Returns what of page `page` needs OCR, if it does.
    pub fn part(&self, page: u32) -> PagePart {
        let mut wanted = self.wanted.iter();
        let wanted = wanted.find(|wanted| wanted.page == page);
        wanted.map_or(PagePart::Whole, |wanted| wanted.part)
    }

    /// Returns the pages of text that show pictures large enough for a photo, in order.
    pub fn pictured(&self) -> &[u32] {
        &self.pictured
    }

    /// Returns the pictures that stand on a page of text, each grey, upright and with its
    /// place; those that cannot be decoded are left out.
    pub fn photos(&self, page: u32) -> Vec<(Rect, Raster)> {
        match &self.pictures {
            Pictures::Pdf(pdf) => pdf.photos(page),
            _ => Vec::new(),
        }
    }

    /// Returns page `page` (from 1) as a person sees it: grey, upright, its longest side at
    /// most 2,400 pixels, which is A4 at 205 dpi.
    ///
    /// # Errors
    /// A note that says why there is no picture: too many pixels, a codec's error, no such
    /// page, or a format without pictures.
    pub fn picture(&self, page: u32) -> Result<Raster, Note> {
        match &self.pictures {
            Pictures::Pdf(pdf) => pdf.picture(page),
            Pictures::File(picture) => picture.page(self.bytes, page),
            Pictures::Inside(inside) => inside.picture(self.bytes, page, &self.limits),
            Pictures::None => Err(Note::page(NoteCode::PageUnreadable, page)),
        }
    }

    /// Returns what OCR is to read of page `page`, from 1: all of it, or what its pictures show
    /// where the file states the rest.
    ///
    /// # Errors
    /// As [`Opened::picture`].
    pub fn ocr_input(&self, page: u32) -> Result<OcrInput, Note> {
        let part = self.part(page);
        let (picture, place) = match (part, &self.pictures) {
            (PagePart::Whole, _) => (self.picture(page)?, None),
            (PagePart::Scan | PagePart::Pictures, Pictures::Pdf(pdf)) => {
                let (picture, place) = pdf.pictures(page)?;
                (picture, Some(place))
            }
            // Only a page of a PDF has words beside its pictures.
            _ => return Err(Note::page(NoteCode::PageUnreadable, page)),
        };
        Ok(OcrInput {
            page,
            picture,
            part,
            place,
        })
    }

    /// Puts the codes read from `input` onto its page. They stand where the page has not been
    /// turned yet, so this comes before [`Opened::merge`].
    pub fn put_codes(&mut self, input: &OcrInput, codes: Vec<PrintedCode>) {
        let mut pages = self.extraction.pages.iter_mut();
        let Some(page) = pages.find(|page| page.number == input.page) else {
            return;
        };
        match input.place {
            None => {
                let size = (input.picture.width, input.picture.height);
                merge::put_codes(page, codes, size);
            }
            Some(place) => beside::put_codes(page, codes, place),
        }
    }

    /// Puts the codes read from [`Opened::picture`] of page `page` (from 1), which no OCR has
    /// turned, onto it.
    pub fn put_codes_of(&mut self, page: u32, codes: Vec<PrintedCode>, size: (u32, u32)) {
        let mut pages = self.extraction.pages.iter_mut();
        if let Some(page) = pages.find(|known| known.number == page) {
            merge::put_codes(page, codes, size);
        }
    }

    /// Puts what OCR read of `input` into its page.
    pub fn merge(&mut self, input: &OcrInput, read: OcrPage) {
        let (extraction, page) = (&mut self.extraction, input.page);
        match input.place {
            None => {
                let size = (input.picture.width, input.picture.height);
                merge::merge(extraction, page, read, size);
            }
            Some(place) => {
                let is_scan = input.part == PagePart::Scan;
                beside::merge_pictures(extraction, page, &read, place, is_scan);
            }
        }
    }

    /// Returns page `page` (from 1) in colour, upright, with its size on paper, at `dpi` or at
    /// its own resolution where that is less. Scans and photos pasted into a document are no
    /// pages of it here.
    ///
    /// # Errors
    /// As [`Opened::picture`].
    pub fn sheet(&self, page: u32, dpi: f32) -> Result<Sheet, Note> {
        match &self.pictures {
            Pictures::Pdf(pdf) => pdf.sheet(page, dpi),
            Pictures::File(picture) => picture.sheet(self.bytes, page, dpi),
            Pictures::Inside(_) | Pictures::None => {
                Err(Note::page(NoteCode::PageUnreadable, page))
            }
        }
    }

    /// Returns what was read, that of OCR included which was merged.
    pub fn into_extraction(self) -> Extraction {
        self.extraction
    }

    fn read(&mut self, media: MediaType) {
        match media {
            MediaType::Pdf => {
                let read = pdf::read(self.bytes, &self.limits);
                (self.state, self.extraction) = (read.state, read.extraction);
                (self.wanted, self.pictured) = (read.wanted, read.pictured);
                self.pictures = read.file.map_or(Pictures::None, Pictures::Pdf);
            }
            _ if media.is_picture() => {
                let read = image::read(self.bytes, media, &self.limits);
                (self.state, self.extraction) = (read.state, read.extraction);
                (self.wanted, self.pictures) =
                    (read.wanted, Pictures::File(read.picture));
            }
            // What is inside is a matter for `container`, one member at a time.
            _ if media.has_members() && media != MediaType::Mail => {
                self.state = FileState::Unpacked;
            }
            MediaType::Empty => {
                self.refuse(FileState::Empty, Note::file(NoteCode::EmptyFile));
            }
            _ => match document::read(self.bytes, media, &self.limits) {
                Some(read) => {
                    (self.state, self.extraction) = (read.state, read.extraction);
                    self.wanted = read.wanted;
                    self.pictures = Pictures::Inside(read.inside);
                    if self.state == FileState::Indexed && media.may_embed() {
                        let inside = embedded::notes(self.bytes, media);
                        let notes = &mut self.extraction.notes;
                        if !inside.is_empty() {
                            // What is inside is something to read.
                            notes.retain(|note| note.code != NoteCode::NothingToRead);
                        }
                        notes.extend(inside);
                    }
                }
                None => {
                    let note = Note::file(NoteCode::UnknownFormat);
                    self.refuse(FileState::Unsupported, note);
                }
            },
        }
    }

    fn refuse(&mut self, state: FileState, note: Note) {
        self.state = state;
        self.extraction.notes.push(note);
    }
}

#[cfg(test)]
mod tests;
