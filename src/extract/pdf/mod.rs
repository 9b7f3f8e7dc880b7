//! Takes the bytes of a PDF and gives its text layer with the place of every word, its
//! metadata, the pages that need OCR, and any page as a picture, grey for OCR and in colour for
//! access copies.
//!
//! # One reader
//!
//! Everything rests on `hayro`: it repairs damaged files, decrypts, knows every picture codec
//! and lets us receive the drawing instructions of a page ([`text::device`]). That one pass gives
//! the words ([`text::words`], in the order of [`text::order`]), the verdict whether they can be
//! trusted ([`text::quality`]), and the pixels of a scan without rendering it ([`picture`]). Fields
//! and comments that people added are read, too ([`forms::annots`]), and attached files are listed
//! ([`attached()`]). Pages that would take for ever to draw are detected before ([`bounds`],
//! [`picture::mesh`], [`text::nested`]).
//!
//! Measured on `id_sulut_jdih`, `id_gov_misc` and `pdf_difficult` (`tests/measure/extract.rs`),
//! against `pdftotext` 22.12.0, as words found of its words:
//!
//! | reader | born digital | 46 wordy files of `pdf_difficult` |
//! |---|---|---|
//! | this | 52 of 52 files above 90 %, 99.8 % of 297,615 words, 1.6 ms a page | 43 above 90 %, 98.7 % |
//! | `pdf_oxide` 0.3.78 | 52 above 90 %, 99.8 %, 22 ms a page | 41 above 90 %, 98.9 % |
//! | `lopdf` 0.47, which gives no positions | 48 above 90 %, 94.0 %, 2.6 ms a page | 28 above 90 %, 95.0 % |
//!
//! (The last two were timed while other programs ran.)
//!
//! The three below 90 % carry fonts without meaning; all three are seen as such and read by
//! OCR.

mod forms;
mod text;
mod attached;
mod bounds;
mod meta;
mod picture;
mod repair;

use self::forms::annots::Written;
use self::text::device::Look;
use self::text::quality::Verdict;
use super::beside::Pictured;
use super::embedded::Content;
use super::{Limits, merge};
use crate::model::{
    Extraction, FileState, MediaType, Note, NoteCode, OcrRequest, Page, PagePart, Raster,
    Sheet, TextOrigin,
};
use hayro::hayro_interpret::InterpreterCache;
use hayro::hayro_interpret::hayro_syntax::page::Page as HayroPage;
use hayro::hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::ops::{ControlFlow, RangeInclusive};

/// Bytes from the end in which the end-of-file mark must stand (Adobe PDF Reference 1.7,
/// appendix H, note 18).
const TAIL: usize = 1024;

/// Bytes of drawing instructions that are kept before the document is opened anew. An ordinary
/// page has 20 kB.
const KEPT: usize = 32 << 20;

/// A PDF that could be opened.
pub(super) struct PdfFile {
    pdf: Pdf,
    max_pixels: u64,
}

/// The result of opening a PDF.
pub(super) struct Read {
    pub file: Option<PdfFile>,
    pub state: FileState,
    pub extraction: Extraction,
    pub wanted: Vec<OcrRequest>,
    pub pictured: Vec<u32>,
}

/// Opens a PDF and reads its text layer, page by page.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Read {
    if bounds::has_bomb(bytes) {
        return refused(FileState::TooLarge, NoteCode::RatioTooHigh, "");
    }
    let (pdf, repaired) = match load(bytes) {
        Ok(loaded) => loaded,
        Err(refusal) => return *refusal,
    };
    let mut extraction = Extraction::without_pages(MediaType::Pdf);
    extraction.metadata = super::guard(|| meta::read(&pdf)).unwrap_or_default();
    let mut found = Found::default();
    if !has_end(bytes) {
        extraction.notes.push(Note::file(NoteCode::Truncated));
    }
    if repaired {
        extraction.notes.push(Note::file(NoteCode::Repaired));
    }
    let attached = super::guard(|| attached::notes(&pdf, limits.max_pages));
    extraction.notes.extend(attached.unwrap_or_default());
    let form = super::guard(|| forms::xfa::lines(&pdf)).ok().flatten();
    let is_portfolio = attached::is_portfolio(&pdf);
    let pdf = read_pages(pdf, limits, &mut extraction, &mut found);
    if let Some(lines) = form {
        extraction.notes.push(Note::file(NoteCode::DynamicForm));
        if found.wanted.is_empty() && word_count(&extraction) <= SHELL_WORDS {
            fill_in(lines, &mut extraction);
        }
    }
    let state = match is_portfolio && is_cover(&extraction) {
        true => FileState::Unpacked,
        false => FileState::Indexed,
    };
    let file = Some(PdfFile {
        pdf,
        max_pixels: limits.max_pixels,
    });
    Read {
        file,
        state,
        extraction,
        wanted: found.wanted,
        pictured: found.pictured,
    }
}

/// Opens a PDF, and tells whether it had to be repaired for it.
fn load(bytes: &[u8]) -> Result<(Pdf, bool), Box<Read>> {
    let loaded = super::guard(|| Pdf::new(bytes.to_vec()));
    let mut repaired = false;
    let loaded = match loaded {
        Ok(Err(LoadPdfError::Invalid)) if !is_encrypted(bytes) => {
            let second = repair::rewritten(bytes).map(Pdf::new);
            repaired = second.is_some();
            Ok(second.unwrap_or(Err(LoadPdfError::Invalid)))
        }
        other => other,
    };
    let pdf = match loaded {
        Ok(Ok(pdf)) if !pdf.pages().is_empty() => pdf,
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
            return Err(Box::new(refused(
                FileState::Password,
                NoteCode::PasswordNeeded,
                "",
            )));
        }
        Ok(Err(LoadPdfError::Decryption(error))) => {
            let detail = format!("{error:?}");
            return Err(Box::new(refused(
                FileState::Unsupported,
                NoteCode::UnknownFormat,
                &detail,
            )));
        }
        Ok(Ok(_)) => {
            return Err(Box::new(refused(
                FileState::Damaged,
                NoteCode::BrokenStructure,
                "no pages",
            )));
        }
        // Where even the catalog is encrypted, nothing tells a lock from damage but the mark.
        Ok(Err(LoadPdfError::Invalid)) if is_encrypted(bytes) => {
            return Err(Box::new(refused(
                FileState::Password,
                NoteCode::PasswordNeeded,
                "",
            )));
        }
        Ok(Err(LoadPdfError::Invalid)) => {
            return Err(Box::new(refused(
                FileState::Damaged,
                NoteCode::BrokenStructure,
                "",
            )));
        }
        Err(words) => {
            return Err(Box::new(refused(
                FileState::Damaged,
                NoteCode::BrokenStructure,
                &words,
            )));
        }
    };
    Ok((pdf, repaired))
}

/// Replaces the placeholder page of a dynamic form by the words of the form.
fn fill_in(lines: Vec<String>, extraction: &mut Extraction) {
    if let Some(first) = extraction.pages.first_mut() {
        let form = super::text::page(first.number, lines);
        // The form has no words: the page stays as it is.
        if !form.lines.is_empty() {
            (first.lines, first.origin) = (form.lines, form.origin);
        }
    }
}

/// Most words of a placeholder page ("please wait"): Adobe's has 80, and half of that more.
const SHELL_WORDS: usize = 120;
/// Words of the longest cover that programs put onto a portfolio, in one language.
const COVER_WORDS: usize = 40;

/// Tells whether a portfolio is no more than its cover: the files inside are the documents.
fn is_cover(extraction: &Extraction) -> bool {
    let is_attached = |note: &Note| note.code == NoteCode::AttachedFile;
    extraction.page_count <= 1
        && word_count(extraction) <= COVER_WORDS
        && extraction.notes.iter().any(is_attached)
}

fn word_count(extraction: &Extraction) -> usize {
    let lines = extraction.pages.iter().flat_map(|page| &page.lines);
    lines.map(|line| line.words.len()).sum()
}

/// Calls `visit` with name and bytes of each file attached to the PDF that `bytes` are.
pub(super) fn attached(
    bytes: &[u8],
    visit: &mut dyn FnMut(&str, Content<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    if bounds::has_bomb(bytes) {
        return ControlFlow::Continue(());
    }
    match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => attached::visit(&pdf, Limits::default().max_pages, visit),
        Err(_) => ControlFlow::Continue(()),
    }
}

/// The pages with something other than text.
#[derive(Default)]
struct Found {
    wanted: Vec<OcrRequest>,
    pictured: Vec<u32>,
}

fn refused(state: FileState, code: NoteCode, detail: &str) -> Read {
    let mut extraction = Extraction::without_pages(MediaType::Pdf);
    let note = Note::file(code);
    extraction.notes.push(if detail.is_empty() {
        note
    } else {
        note.with(detail)
    });
    Read {
        file: None,
        state,
        extraction,
        wanted: Vec::new(),
        pictured: Vec::new(),
    }
}

fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-") && super::find(bytes, b"/Encrypt").is_some()
}

fn has_end(bytes: &[u8]) -> bool {
    let tail = bytes
        .get(bytes.len().saturating_sub(TAIL)..)
        .unwrap_or(bytes);
    super::find(tail, b"%%EOF").is_some()
}

/// Reads all pages, and returns the document opened anew: `hayro` keeps the drawing instructions of
/// every page that was read.
fn read_pages(
    mut pdf: Pdf,
    limits: &Limits,
    extraction: &mut Extraction,
    found: &mut Found,
) -> Pdf {
    extraction.page_count = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    if extraction.page_count > limits.max_pages {
        extraction.notes.push(Note::file(NoteCode::TooManyPages));
    }
    let last = extraction.page_count.min(limits.max_pages);
    let mut next = 1;
    while next <= last {
        next = read_some(&pdf, next..=last, extraction, found);
        match super::guard(|| Pdf::new(pdf.data().clone())) {
            Ok(Ok(fresh)) => pdf = fresh,
            _ => break,
        }
    }
    pdf
}

/// Reads pages until so much is kept that the document should be opened anew; returns the page
/// to go on with.
fn read_some(
    pdf: &Pdf,
    numbers: RangeInclusive<u32>,
    extraction: &mut Extraction,
    found: &mut Found,
) -> u32 {
    let cache = InterpreterCache::new();
    let pages = pdf.pages().iter().skip(*numbers.start() as usize - 1);
    let mut next = *numbers.start();
    let mut kept = 0;
    for (number, page) in numbers.zip(pages) {
        next = number + 1;
        match super::guard(|| text::device::inspect_page(page, &cache, false)) {
            Ok(look) => {
                let is_pictured = picture::photo::has_photos(&look);
                let written =
                    super::guard(|| forms::annots::read(page)).unwrap_or_default();
                let (read, verdict) = read_page(number, look, written);
                let is_typed = matches!(
                    verdict,
                    Verdict::Layer | Verdict::TypedOnScan | Verdict::Pictured
                );
                extraction.pages.push(read);
                if is_typed && is_pictured {
                    found.pictured.push(number);
                }
                ask(number, verdict, extraction, &mut found.wanted);
            }
            Err(words) => {
                let size = Some(page.render_dimensions());
                extraction.pages.push(Page::empty(number, size));
                let note = Note::page(NoteCode::PageUnreadable, number).with(words);
                extraction.notes.push(note);
                found.wanted.push(OcrRequest::whole(number));
            }
        }
        kept += page.page_stream().map_or(0, <[u8]>::len);
        if kept > KEPT {
            break;
        }
    }
    next
}

/// Returns a page with its text layer and the words that people added. Only the layer is judged: a
/// form filled in over a scan is still a scan.
fn read_page(number: u32, mut look: Look, written: Vec<Written>) -> (Page, Verdict) {
    let own = look.glyphs.get(..look.own).unwrap_or_default();
    let layer = text::words::lines(own, look.size, false);
    let seen = text::words::lines(own, look.size, true);
    let count = seen.iter().map(|line| line.words.len()).sum();
    let mut verdict = text::quality::judge(&look, &layer, count);
    let mut page = Page::empty(number, Some(look.size));
    if written.is_empty() && look.own == look.glyphs.len() {
        page.lines = layer;
    } else {
        let comments = forms::annots::into_lines(written, &mut look);
        page.lines = text::words::lines(&look.glyphs, look.size, false);
        page.lines.extend(comments.iter().cloned());
        let marks = look.glyphs.get(look.own..).unwrap_or_default();
        page.written = text::words::lines(marks, look.size, false);
        page.written.extend(comments);
    }
    match verdict {
        Verdict::Blank if !page.lines.is_empty() => verdict = Verdict::Layer,
        Verdict::Scan | Verdict::Garbage => {}
        Verdict::Layer | Verdict::Blank => {
            page.written = Vec::new();
            page.marks = text::marks::marks(&look);
        }
        Verdict::TypedOnScan | Verdict::Pictured => {
            // An unseen layer under the pictures gives way to what is read from them.
            page.written.extend(seen);
            page.marks = text::marks::marks(&look);
        }
    }
    if !page.lines.is_empty() {
        page.origin = TextOrigin::Layer;
    }
    if !matches!(verdict, Verdict::Scan | Verdict::Garbage) {
        merge::turn(&mut page, text::words::turn(&look.glyphs));
    }
    (page, verdict)
}

/// Requests OCR according to the verdict, and adds a note where a text layer is set aside.
fn ask(
    number: u32,
    verdict: Verdict,
    extraction: &mut Extraction,
    wanted: &mut Vec<OcrRequest>,
) {
    match verdict {
        Verdict::Layer => {}
        Verdict::TypedOnScan => wanted.push(OcrRequest {
            page: number,
            part: PagePart::Scan,
        }),
        Verdict::Pictured => wanted.push(OcrRequest {
            page: number,
            part: PagePart::Pictures,
        }),
        Verdict::Blank => {
            extraction
                .notes
                .push(Note::page(NoteCode::PageWithoutText, number));
        }
        Verdict::Scan => wanted.push(OcrRequest::whole(number)),
        Verdict::Garbage => {
            extraction
                .notes
                .push(Note::page(NoteCode::BadTextLayer, number));
            wanted.push(OcrRequest::whole(number));
        }
    }
}

impl PdfFile {
    /// Returns the pictures on one page of text, counted from 1, each with its place. None
    /// where drawing the page would take for ever: a photo is not worth it.
    pub(super) fn photos(&self, number: u32) -> Vec<(crate::model::Rect, Raster)> {
        let at = (number as usize).checked_sub(1);
        let Some(page) = at.and_then(|at| self.pdf.pages().get(at)) else {
            return Vec::new();
        };
        let draw = || {
            let look = text::device::inspect_page(page, &InterpreterCache::new(), true);
            let is_sane =
                |placed: &text::device::Placed| placed.pixels <= self.max_pixels;
            let drawn =
                !look.nested && !look.endless && look.pictures.iter().all(is_sane);
            if drawn {
                picture::photo::photos(page)
            } else {
                Vec::new()
            }
        };
        super::guard(draw).unwrap_or_default()
    }

    /// Draws one page, counted from 1, grey and upright.
    pub(super) fn picture(&self, number: u32) -> Result<Raster, Note> {
        let (page, look) = self.looked_at(number)?;
        super::guard(|| picture::draw(page, &look))
            .map_err(|words| unreadable(number, words))?
            .ok_or_else(|| Note::page(NoteCode::PictureUnreadable, number))
    }

    /// Draws what the pictures on one page of text show, counted from 1, grey, and says where
    /// that stands.
    pub(super) fn pictures(&self, number: u32) -> Result<(Raster, Pictured), Note> {
        let (page, look) = self.looked_at(number)?;
        let draw = || {
            let own = look.glyphs.get(..look.own).unwrap_or_default();
            let typed = text::words::lines(own, look.size, true);
            let (picture, rect) = picture::pictured::draw(page, &look, &typed)?;
            let part = Pictured {
                rect,
                picture: (picture.width, picture.height),
                fills: text::quality::fills(&look),
            };
            Some((picture, part))
        };
        super::guard(draw)
            .map_err(|words| unreadable(number, words))?
            .ok_or_else(|| Note::page(NoteCode::PictureUnreadable, number))
    }

    /// Draws one page, counted from 1, in colour and upright, at `dpi` at most.
    pub(super) fn sheet(&self, number: u32, dpi: f32) -> Result<Sheet, Note> {
        let (page, look) = self.looked_at(number)?;
        super::guard(|| picture::sheet::draw(page, &look, dpi))
            .map_err(|words| unreadable(number, words))
    }

    /// Returns a page that can be drawn, counted from 1, with what one pass over it showed.
    fn looked_at(&self, number: u32) -> Result<(&HayroPage<'_>, Look), Note> {
        let note = |code| Note::page(code, number);
        let at = (number as usize).checked_sub(1);
        let page = at
            .and_then(|at| self.pdf.pages().get(at))
            .ok_or_else(|| note(NoteCode::PageUnreadable))?;
        let look = super::guard(|| {
            text::device::inspect_page(page, &InterpreterCache::new(), true)
        })
        .map_err(|words| unreadable(number, words))?;
        if look
            .pictures
            .iter()
            .any(|placed| placed.pixels > self.max_pixels)
        {
            return Err(note(NoteCode::TooManyPixels));
        }
        if look.nested {
            return Err(unreadable(number, "a glyph draws another".to_owned()));
        }
        if look.endless {
            return Err(note(NoteCode::TooManyPixels));
        }
        Ok((page, look))
    }
}

fn unreadable(page: u32, words: String) -> Note {
    Note::page(NoteCode::PictureUnreadable, page).with(words)
}
