//! Reads one file's bytes into an [`Extraction`], OCR included. This is what a worker process
//! does; it knows no archive and keeps nothing between files.

use super::recognise::kinds;
use crate::extract::{Limits, OcrInput, Opened};
use crate::io::clock;
use crate::model::{
    Date, Extraction, FileState, Note, NoteCode, OcrPage, Page, PagePart,
    PhotoFingerprint, Raster, Rect, Word,
};
use crate::ocr::OcrEngine;
use crate::{classify, extract, near_duplicate, qr};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Typed pages of a file that are drawn to look for codes: each takes as long as a page of text
/// takes to read a few times over.
const MAX_DRAWN: usize = 4;

/// A file read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFile {
    /// How reading ended.
    pub state: FileState,
    /// What was read.
    pub extraction: Extraction,
    /// Pages left for [`read_pages`], from 1, in order.
    pub waiting: Vec<u32>,
}

/// Some pages of a file read by OCR.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadPages {
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// What went wrong on them.
    pub notes: Vec<Note>,
}

/// Reads a file called `name`. Of the pages that need OCR only the first and last are read
/// where there are many more than `ends`; the rest waits. Calls `on_page` before each page that
/// goes through OCR, with the page and how many the file has.
pub fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    engine: Option<&dyn OcrEngine>,
    ends: Option<u32>,
    on_page: impl FnMut(u32, u32),
) -> ReadFile {
    let media_type = extract::sniff(bytes);
    let mut opened = extract::open(bytes, media_type, limits);
    let state = opened.state();
    read_typed_codes(&mut opened, |_| true);
    let mut pages: Vec<u32> = opened.wanted().iter().map(|wanted| wanted.page).collect();
    if state != FileState::Indexed {
        pages.clear();
    }
    let waiting = match ends {
        Some(ends) if engine.is_some() => take_middle(&mut pages, ends as usize),
        _ => Vec::new(),
    };
    let beside = match engine {
        Some(_) => embedded_photo_fingerprints(&opened),
        None => Vec::new(),
    };
    let mut extraction = recognise(opened, &pages, engine, on_page);
    add_photo_fingerprints(&mut extraction, beside);
    let mut state = state;
    if extract::is_answer_instead(name, media_type, bytes) {
        state = FileState::Unsupported;
        extraction.pages.clear();
        extraction.notes.push(Note::file(NoteCode::WebPageInstead));
    }
    drop_future_capture_date(&mut extraction);
    if extract::wrong_extension(name, media_type) {
        extraction.notes.push(Note::file(NoteCode::WrongExtension));
    }
    let state = final_state(state, &mut extraction, &waiting);
    ReadFile {
        state,
        extraction,
        waiting,
    }
}

/// Reads `pages` of a file by OCR: those that [`read()`] left waiting.
pub fn read_pages(
    bytes: &[u8],
    limits: &Limits,
    engine: Option<&dyn OcrEngine>,
    pages: &[u32],
    on_page: impl FnMut(u32, u32),
) -> ReadPages {
    let mut opened = extract::open(bytes, extract::sniff(bytes), limits);
    read_typed_codes(&mut opened, |page| pages.contains(&page));
    let before = opened.extraction().notes.len();
    let mut extraction = recognise(opened, pages, engine, on_page);
    ReadPages {
        notes: extraction.notes.split_off(before),
        pages: extraction
            .pages
            .into_iter()
            .filter(|page| pages.contains(&page.number))
            .collect(),
    }
}

/// Puts pages that were read later in their place. Returns the state of the file with them.
pub fn add_pages(
    state: FileState,
    extraction: &mut Extraction,
    read: ReadPages,
    waiting: &[u32],
) -> FileState {
    for page in read.pages {
        let place = extraction
            .pages
            .iter_mut()
            .find(|known| known.number == page.number);
        if let Some(place) = place {
            *place = page;
        }
    }
    extraction.notes.extend(read.notes);
    final_state(state, extraction, waiting)
}

/// Removes the pages in the middle from `pages` and returns them; none where the file is only a
/// little longer than `ends`. A regulation has number and title on the first pages, date and
/// signature on the last.
fn take_middle(pages: &mut Vec<u32>, ends: usize) -> Vec<u32> {
    let last = ends / 3;
    let first = ends - last;
    if pages.len() <= ends + last {
        return Vec::new();
    }
    pages.drain(first..pages.len() - last).collect()
}

fn recognise(
    mut opened: Opened<'_>,
    pages: &[u32],
    engine: Option<&dyn OcrEngine>,
    mut on_page: impl FnMut(u32, u32),
) -> Extraction {
    let count = opened.extraction().page_count;
    let mut notes = Vec::new();
    let mut photos = Vec::new();
    let mut grounds: HashMap<u64, OcrPage> = HashMap::new();
    for page in pages.iter().copied() {
        on_page(page, count);
        let Some(engine) = engine else {
            // Pictures within a page of text do not make it an unread page.
            if opened.part(page) != PagePart::Pictures {
                notes.push(Note::page(NoteCode::OcrOff, page));
            }
            continue;
        };
        let input = match opened.ocr_input(page) {
            Ok(input) => input,
            Err(note) => {
                notes.push(note);
                continue;
            }
        };
        let is_whole = input.part == PagePart::Whole;
        read_codes(&mut opened, &input);
        // The background of a printed report is the same picture on each page.
        let ground = (!is_whole).then(|| picture_hash(&input.picture));
        let known = ground.and_then(|hash| grounds.get(&hash).cloned());
        match known.map_or_else(|| engine.recognise(&input.picture), Ok) {
            Ok(text) => {
                if let Some(hash) = ground {
                    grounds.entry(hash).or_insert_with(|| text.clone());
                }
                if is_whole {
                    photos.extend(page_photo_fingerprints(&opened, &input, &text));
                }
                opened.merge(&input, text);
            }
            Err(error) => {
                notes.push(Note::page(NoteCode::OcrFailed, page).with(error.to_string()));
            }
        }
    }
    let mut extraction = opened.into_extraction();
    add_photo_fingerprints(&mut extraction, photos);
    extraction.notes.extend(notes);
    extraction
}

/// Reads the codes on a picture that OCR is given, unless the page was drawn for them.
fn read_codes(opened: &mut Opened<'_>, input: &OcrInput) {
    let mut pages = opened.extraction().pages.iter();
    let is_read = pages.any(|page| page.number == input.page && !page.codes.is_empty());
    if !is_read {
        opened.put_codes(input, qr::read(&input.picture));
    }
}

/// Draws those of the typed pages that may hold a code, and reads it: the first of them and the
/// last, because a regulation has the words of a signature at the foot of all its pages.
fn read_typed_codes(opened: &mut Opened<'_>, is_asked: impl Fn(u32) -> bool) {
    // Without a size there is nothing to draw, and a text needs no vocabulary.
    let is_typed = |page: &&Page| {
        let wanted = opened.wanted().iter().find(|w| w.page == page.number);
        page.size.is_some()
            && wanted.is_none_or(|wanted| wanted.part == PagePart::Pictures)
    };
    let mut pages = opened.extraction().pages.iter().filter(is_typed).peekable();
    if pages.peek().is_none() {
        return;
    }
    let Ok(kinds) = kinds() else {
        return;
    };
    let likely = pages.filter(|page| classify::may_hold_code(page, kinds.grammar()));
    let mut likely: Vec<u32> = likely.map(|page| page.number).collect();
    if let Some(middle) = likely.len().checked_sub(MAX_DRAWN) {
        likely.drain(1..=middle);
    }
    for page in likely.into_iter().filter(|page| is_asked(*page)) {
        // A page that cannot be drawn has been read all the same.
        if let Ok(picture) = opened.picture(page) {
            let size = (picture.width, picture.height);
            opened.put_codes_of(page, qr::read(&picture), size);
        }
    }
}

/// Returns a 64-bit hash of a picture.
fn picture_hash(picture: &Raster) -> u64 {
    let mut hasher = DefaultHasher::new();
    (picture.width, picture.height, &picture.luma).hash(&mut hasher);
    hasher.finish()
}

/// Returns the fingerprints of the photos on a whole page, of which OCR read `text`.
fn page_photo_fingerprints(
    opened: &Opened<'_>,
    input: &OcrInput,
    text: &OcrPage,
) -> Vec<PhotoFingerprint> {
    let words = text.lines.iter().flat_map(|line| &line.words);
    // Fingerprints are of the picture as given, not as it was turned for OCR.
    let seen = (input.picture.width as f32, input.picture.height as f32);
    let as_given = |word: &Word| word.rect.map(|rect| text.turn.undo(rect, seen));
    let words: Vec<Rect> = words.filter_map(as_given).collect();
    let mut pages = opened.extraction().pages.iter();
    let page = pages.find(|page| page.number == input.page);
    let size = page.and_then(|page| page.size).unwrap_or(seen);
    near_duplicate::photo::fingerprints(input.page, size, &input.picture, &words)
}

/// Puts fingerprints onto their pages.
fn add_photo_fingerprints(extraction: &mut Extraction, photos: Vec<PhotoFingerprint>) {
    for photo in photos {
        let mut pages = extraction.pages.iter_mut();
        if let Some(page) = pages.find(|page| page.number == photo.page) {
            // Their places are those of the page before it was turned for OCR.
            let size = page.size.map(|size| page.turn.size(size));
            let place = |rect| size.map_or(rect, |size| page.turn.apply(rect, size));
            let rect = photo.rect.map(place);
            page.photos.push(PhotoFingerprint { rect, ..photo });
        }
    }
}

/// Returns the fingerprints of the photos on pages of text.
fn embedded_photo_fingerprints(opened: &Opened<'_>) -> Vec<PhotoFingerprint> {
    let shown = opened.pictured().iter().flat_map(|page| {
        let photos = opened.photos(*page).into_iter();
        photos.map(|(rect, picture)| (*page, rect, picture))
    });
    let fingerprints = shown.flat_map(|(page, rect, picture)| {
        near_duplicate::photo::embedded_fingerprints(page, rect, &picture)
    });
    fingerprints.collect()
}

/// Replaces the note of how many pages wait.
pub fn note_waiting_pages(notes: &mut Vec<Note>, waiting: &[u32]) {
    notes.retain(|note| note.code != NoteCode::PagesWaiting);
    if !waiting.is_empty() {
        let note = Note::file(NoteCode::PagesWaiting);
        notes.push(note.with(waiting.len().to_string()));
    }
    notes.sort_by_key(|note| (note.page, note.code));
}

/// Removes a capture date that lies in the future: the camera's clock was wrong.
fn drop_future_capture_date(extraction: &mut Extraction) {
    let Some(camera) = extraction.metadata.camera.as_mut() else {
        return;
    };
    let taken = camera.captured.as_deref().and_then(|stamp| stamp.get(..10));
    let taken: Option<Date> = taken.and_then(|day| day.parse().ok());
    // One day later may be today in another time zone.
    let is_future = |(taken, today): (Date, Date)| today.days_until(taken) > 1;
    if taken.zip(clock::today()).is_some_and(is_future) {
        camera.captured = None;
        extraction.notes.push(Note::file(NoteCode::NoCaptureDate));
    }
}

/// Adds a note where no page of a document has a word, except for a photo.
fn note_nothing_to_read(state: FileState, extraction: &mut Extraction, waiting: &[u32]) {
    let said = |note: &Note| {
        use NoteCode as N;
        // It has members, or another note says why nothing was read.
        matches!(note.code, N::AttachedFile | N::OcrOff | N::NothingToRead)
    };
    let is_photo = extraction.media_type.is_picture()
        || extraction.pages.iter().any(|page| !page.photos.is_empty());
    let is_silent = extraction.pages.iter().all(|page| page.lines.is_empty());
    let told = extraction.notes.iter().any(said);
    if state == FileState::Indexed
        && is_silent
        && !is_photo
        && !told
        && waiting.is_empty()
    {
        extraction.notes.push(Note::file(NoteCode::NothingToRead));
    }
}

/// Sorts the notes and returns the final state of the file.
fn final_state(
    state: FileState,
    extraction: &mut Extraction,
    waiting: &[u32],
) -> FileState {
    note_waiting_pages(&mut extraction.notes, waiting);
    let state = if is_unreadable(state, extraction) {
        FileState::Damaged
    } else {
        state
    };
    note_nothing_to_read(state, extraction, waiting);
    let notes = &mut extraction.notes;
    if state == FileState::Damaged && notes.iter().all(|note| note.page.is_some()) {
        notes.push(Note::file(NoteCode::BrokenStructure));
    }
    notes.sort_by_key(|note| (note.page, note.code));
    notes.dedup();
    state
}

/// Tells whether no page of a file could be read because its pages or pictures are broken.
fn is_unreadable(state: FileState, extraction: &Extraction) -> bool {
    let broken = |note: &Note| {
        match note.code {
            NoteCode::PictureUnreadable | NoteCode::PageUnreadable => true,
            // A photo cut short still shows something; a document does not.
            NoteCode::Truncated => !extraction.media_type.is_picture(),
            _ => false,
        }
    };
    let silent = extraction.pages.iter().all(|page| page.lines.is_empty());
    let waits = |note: &Note| note.code == NoteCode::PagesWaiting;
    state == FileState::Indexed
        && silent
        && !extraction.notes.iter().any(waits)
        && extraction.notes.iter().any(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_long_scan_waits() {
        let take = |count: u32| {
            let mut pages: Vec<u32> = (1..=count).collect();
            let waiting = take_middle(&mut pages, 6);
            (pages, waiting)
        };
        assert_eq!(take(8), ((1..=8).collect(), vec![]));
        assert_eq!(take(9), (vec![1, 2, 3, 4, 8, 9], vec![5, 6, 7]));
    }
}
