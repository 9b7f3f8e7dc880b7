//! Makes an access copy of one file, or draws one page of it. A worker process does it, because
//! drawing pages meets the same hostile bytes as reading them.

use crate::access_copy::{About, FINEST_DPI, Ladder, PageView};
use crate::extract::{Limits, Opened};
use crate::model::{CopyStep, Digest, Event, FileState, NoCopy, Note, NoteCode, Page};
use crate::{access_copy, extract, fixity};
use serde::{Deserialize, Serialize};
use std::io::{Result, Write};

/// A request for an access copy.
#[derive(Debug, Clone, Copy)]
pub struct CopyRequest<'a> {
    /// The digest of the original.
    pub sha256: &'a Digest,
    /// Bytes the copy may have.
    pub limit: u64,
    /// The words of the original's pages; a page that is absent gets no text layer.
    pub pages: &'a [Page],
}

/// The result of making an access copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessCopyResult {
    /// It is made.
    Made(FinishedCopy),
    /// There is none.
    None(NoCopy),
}

/// An access copy that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinishedCopy {
    /// The number its output was asked for by.
    pub number: usize,
    /// How its pages are drawn.
    pub step: CopyStep,
    /// Its pages: all of the original's.
    pub pages: u32,
    /// How many of them have words.
    pub searchable: u32,
}

/// Makes an access copy of a file. `output` opens the output of each number. Calls `on_page` before
/// each page, with its number and the number of pages.
pub fn shrink<W: Write>(
    bytes: &[u8],
    request: &CopyRequest<'_>,
    limits: &Limits,
    output: impl FnMut(usize) -> Result<W>,
    on_page: impl FnMut(u32, u32),
) -> AccessCopyResult {
    if fixity::hash(bytes) != *request.sha256 {
        return AccessCopyResult::None(NoCopy::Changed);
    }
    let opened = extract::open(bytes, extract::sniff(bytes), limits);
    if let Some(why) = refusal(&opened) {
        return AccessCopyResult::None(why);
    }
    match draw(&opened, request, output, on_page) {
        Ok(shrunk) => shrunk,
        Err(error) => {
            let note = Note::disk(&error);
            AccessCopyResult::None(NoCopy::Unreadable(note))
        }
    }
}

/// Draws one page of a file as JPEG, for a person to look at.
///
/// # Errors
/// When the file is another by now, has no such page, or the page cannot be drawn.
pub fn draw_page(
    bytes: &[u8],
    sha256: &Digest,
    number: u32,
    view: &PageView,
    limits: &Limits,
) -> std::result::Result<Vec<u8>, Note> {
    if fixity::hash(bytes) != *sha256 {
        return Err(Note::file(NoteCode::ChangedWhileRead));
    }
    let opened = extract::open(bytes, extract::sniff(bytes), limits);
    let sheet = opened.sheet(number, f32::from(view.step.dpi))?;
    let picture = access_copy::page_picture(sheet, view);
    picture.map_err(|_| Note::page(NoteCode::PageUnreadable, number))
}

/// Returns the reason why no copy can be made, if there is one.
fn refusal(opened: &Opened<'_>) -> Option<NoCopy> {
    let read = opened.extraction();
    let has_pages = read.media_type.has_sheets();
    let is_whole = read.pages.len() as u64 == u64::from(read.page_count);
    match opened.state() {
        FileState::Indexed if !has_pages => Some(NoCopy::NoPages),
        FileState::Indexed if !is_whole => Some(NoCopy::TooManyPages),
        FileState::Indexed => None,
        _ => {
            let note = read.notes.first().cloned();
            let note = note.unwrap_or_else(|| Note::file(NoteCode::BrokenStructure));
            Some(NoCopy::Unreadable(note))
        }
    }
}

fn draw<W: Write>(
    opened: &Opened<'_>,
    request: &CopyRequest<'_>,
    output: impl FnMut(usize) -> Result<W>,
    mut on_page: impl FnMut(u32, u32),
) -> Result<AccessCopyResult> {
    let about = About {
        original: *request.sha256,
        program: Event::PROGRAM,
    };
    let mut ladder = Ladder::begin(request.limit, &about, request.pages, output)?;
    let count = opened.extraction().page_count;
    let mut searchable = 0;
    for number in 1..=count {
        on_page(number, count);
        let sheet = match opened.sheet(number, FINEST_DPI) {
            Ok(sheet) => sheet,
            Err(note) => return Ok(AccessCopyResult::None(NoCopy::Unreadable(note))),
        };
        let text = request.pages.iter().find(|page| page.number == number);
        searchable += u32::from(text.is_some_and(|page| !page.lines.is_empty()));
        ladder.add(&sheet, text)?;
        if ladder.is_lost() {
            break;
        }
    }
    Ok(match ladder.finish()? {
        Some(best) => AccessCopyResult::Made(FinishedCopy {
            number: best.number,
            step: best.step,
            pages: count,
            searchable,
        }),
        None => AccessCopyResult::None(NoCopy::NothingFits),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Line, Ratio, Word};
    use std::io::Cursor;

    fn png() -> Vec<u8> {
        let picture = image::RgbImage::from_fn(600, 800, |x, y| {
            image::Rgb([(x ^ y) as u8, (x / 3) as u8, (y / 5) as u8])
        });
        let mut bytes = Vec::new();
        let mut out = Cursor::new(&mut bytes);
        picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
        bytes
    }

    fn request<'a>(sha256: &'a Digest, limit: u64, pages: &'a [Page]) -> CopyRequest<'a> {
        CopyRequest {
            sha256,
            limit,
            pages,
        }
    }

    fn tried(bytes: &[u8], limit: u64, pages: &[Page]) -> AccessCopyResult {
        let digest = fixity::hash(bytes);
        let output = |_| Ok(std::io::sink());
        let request = request(&digest, limit, pages);
        shrink(bytes, &request, &Limits::default(), output, |_, _| {})
    }

    #[test]
    fn a_picture_becomes_a_page_to_search() {
        let mut page = Page::empty(1, Some((600.0, 800.0)));
        let rect = [60.0, 80.0, 300.0, 120.0].into();
        let word = Word::new("SEKOLAH", Some(rect), Ratio::ONE);
        page.lines = vec![Line::new(vec![word])];
        let bytes = png();
        let folder = tempfile::tempdir().unwrap();
        let place = |number| crate::io::files::private::place(folder.path(), number);
        let digest = fixity::hash(&bytes);
        let pages = [page];
        let request = request(&digest, 1 << 20, &pages);
        let mut met = Vec::new();
        let create = |number| crate::io::files::private::create(folder.path(), number);
        let limits = Limits::default();
        let alive = |page, of| met.push((page, of));
        let shrunk = shrink(&bytes, &request, &limits, create, alive);
        let AccessCopyResult::Made(made) = shrunk else {
            panic!("{shrunk:?}");
        };
        assert_eq!((made.pages, made.searchable, met), (1, 1, vec![(1, 1)]));
        let copy = std::fs::read(place(made.number)).unwrap();
        let read = extract::open(&copy, extract::sniff(&copy), &limits);
        let page = &read.extraction().pages[0];
        assert_eq!(page.text(), "SEKOLAH");
        // A4 holds 600 by 800 pixels as 595.3 by 793.7 points.
        let rect = page.lines[0].rect().unwrap();
        assert!((rect.x0 - 59.5).abs() < 1.0 && (rect.y1 - 119.1).abs() < 1.0);
    }

    #[test]
    fn each_reason_is_told() {
        let none = |shrunk| match shrunk {
            AccessCopyResult::None(why) => why,
            AccessCopyResult::Made(made) => panic!("{made:?}"),
        };
        let bytes = png();
        let other = Digest::ZERO;
        let output = |_| Ok(std::io::sink());
        let limits = Limits::default();
        let wrong = request(&other, u64::MAX, &[]);
        let changed = shrink(&bytes, &wrong, &limits, output, |_, _| {});
        assert_eq!(none(changed), NoCopy::Changed);
        assert_eq!(none(tried(b"teks saja\n", u64::MAX, &[])), NoCopy::NoPages);
        assert_eq!(none(tried(&bytes, 100, &[])), NoCopy::NothingFits);
        let broken = none(tried(b"%PDF-1.4\n%%EOF", u64::MAX, &[]));
        assert!(matches!(broken, NoCopy::Unreadable(_)), "{broken:?}");
        let digest = fixity::hash(&bytes);
        let full = |_| Err::<std::io::Sink, _>(std::io::ErrorKind::StorageFull.into());
        let request = request(&digest, u64::MAX, &[]);
        let why = none(shrink(&bytes, &request, &limits, full, |_, _| {}));
        let NoCopy::Unreadable(note) = why else {
            panic!("{why:?}");
        };
        assert_eq!(note.code, NoteCode::NoRoom);
    }
}
