//! Merges the result of OCR of pictures into a page of typed words: among the typed lines where
//! the pictures are the document, and a typed number, a footer or a signature block was put on
//! a scan; beside them where they only illustrate it.

use super::merge;
use crate::model::{
    Extraction, Line, OcrPage, Page, PrintedCode, Rect, SecondReading, TextOrigin, Turn,
    Word,
};

/// Share of a word of the picture under typed words from which it is left out: the picture
/// shows the typed word, or it is typed over.
const SAME_PLACE: f32 = 0.5;
/// Share of the lower of two lines within which they stand level.
const LEVEL: f32 = 0.5;
/// Distance from the words of a line within which a typed word still belongs to it, in heights
/// of the line: between a label and its value is no more.
const NEAR: f32 = 2.0;
/// Words of a scan that leaves a margin from which it is the document and not a photo, and how
/// many times as many as are typed.
const DOCUMENT: usize = 40;
const PREVAILS: usize = 3;
/// Share of the typed words on words of the scan from which they are its own layer, not typed
/// onto it.
const OWN_LAYER: f32 = 0.5;
/// Typed words above which a picture with hardly a word is the background of a printed page.
const MANY: usize = 40;
/// Letters of a page on which nothing is typed but its number: `xviii`.
const NUMBERED: usize = 5;
/// Words in pictures from which they are judged as a page is: a logo has fewer.
const JUDGED: usize = 8;

/// A part of a page that was read by OCR.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pictured {
    /// Where it stands, in the page's unit.
    pub rect: Rect,
    /// Width and height of its picture in pixels.
    pub picture: (u32, u32),
    /// It fills the page, as a scan laid on paper does.
    pub fills: bool,
}

/// Merges `ocr`, the words of the pictures on page `page` (from 1), into the page: among the typed
/// lines if the pictures are its scan.
pub(super) fn merge_pictures(
    extraction: &mut Extraction,
    page: u32,
    ocr: &OcrPage,
    part: Pictured,
    is_scan: bool,
) {
    let Some(target) = extraction.pages.iter_mut().find(|p| p.number == page) else {
        return;
    };
    let way = Way::from_pages(target, ocr, part);
    let seen = std::mem::take(&mut target.written);
    let is_under =
        !seen.is_empty() && words(&seen).count() < words(&target.lines).count();
    if is_under && !ocr.lines.is_empty() {
        target.layer = Some(target.text());
        target.lines = seen;
    }
    let mut typed: Vec<Rect> =
        words(&target.lines).filter_map(|word| word.rect).collect();
    if is_scan && is_own_layer(&typed, ocr, way) {
        target.layer = Some(target.text());
        target.lines = Vec::new();
        typed.clear();
    }
    let is_new = |word: &Word| {
        let rect = word.rect.map(|rect| way.place(rect));
        rect.is_none_or(|rect| share_under(rect, &typed) < SAME_PLACE)
    };
    let lines = ocr.lines.iter().filter_map(|line| new_words(line, &is_new));
    let mut lines: Vec<Line> = lines.collect();
    for line in &mut lines {
        merge::move_words(line, |rect| way.place(rect));
    }
    let count = words(&lines).count();
    if count == 0 {
        return;
    }
    // A cover that is a picture over the number of its page.
    let letters: usize = words(&target.lines).map(|w| w.text.chars().count()).sum();
    let is_alone = letters <= NUMBERED && count >= JUDGED;
    let is_scan = is_scan || is_alone;
    if is_scan && count >= JUDGED {
        target.ocr_confidence = Some(ocr.confidence);
        target.verdict = Some(ocr.verdict);
    }
    let prevails = count >= DOCUMENT && count >= PREVAILS * typed.len();
    let is_ground = part.fills && count < JUDGED && typed.len() > MANY;
    if !is_scan || is_ground || !(part.fills || prevails || is_alone) {
        target.beside = lines;
        return;
    }
    let place = |rect| way.place(rect);
    let marks = ocr.marks.iter();
    let marks = marks.map(|mark| merge::marked(mark, place, scale(part)));
    target.marks.extend(marks);
    let typed = std::mem::replace(&mut target.lines, lines);
    for line in typed {
        match add_typed_line(&mut target.lines, line) {
            // A caption is not the heading of what it stands over.
            Some(rest) if !part.fills => target.beside.push(rest),
            Some(rest) => merge::insert(&mut target.lines, rest),
            None => {}
        }
    }
    target.origin = TextOrigin::Mixed;
    if target.turn.is_none() {
        merge::turn(target, ocr.turn);
    }
}

/// Puts the codes that were read from the pictures on a page onto it.
pub(super) fn put_codes(page: &mut Page, codes: Vec<PrintedCode>, part: Pictured) {
    let way = Way::from_pages(page, &OcrPage::blank(), part);
    let placed = codes.into_iter().map(|code| PrintedCode {
        rect: way.place(code.rect),
        ..code
    });
    page.codes = placed.collect();
}

/// Tells whether words lie where the scan shows words: a scanner's own reading of it.
fn is_own_layer(typed: &[Rect], ocr: &OcrPage, way: Way) -> bool {
    let read = words(&ocr.lines).filter_map(|word| word.rect);
    let read: Vec<Rect> = read.map(|rect| way.place(rect)).collect();
    let on_read = |rect: &&Rect| share_under(**rect, &read) >= SAME_PLACE;
    let found = typed.iter().filter(on_read).count();
    found as f32 >= OWN_LAYER * typed.len().max(1) as f32
}

fn words(lines: &[Line]) -> impl Iterator<Item = &Word> {
    lines.iter().flat_map(|line| &line.words)
}

/// Returns the page's units a pixel of the picture, across and down.
fn scale(part: Pictured) -> (f32, f32) {
    let (width, height) = part.picture;
    (
        part.rect.width() / width.max(1) as f32,
        part.rect.height() / height.max(1) as f32,
    )
}

/// The way from the boxes of a reading to those of the page.
#[derive(Clone, Copy)]
struct Way {
    part: Pictured,
    /// How the picture was turned to be read.
    read: Turn,
    /// How the page was turned already, and its size before.
    page: Turn,
    size: (f32, f32),
}

impl Way {
    fn from_pages(page: &Page, ocr: &OcrPage, part: Pictured) -> Self {
        let size = page.size.unwrap_or((part.rect.x1, part.rect.y1));
        Self {
            part,
            read: ocr.turn,
            page: page.turn,
            size: page.turn.size(size),
        }
    }

    /// Returns where a box lies on the page.
    fn place(&self, rect: Rect) -> Rect {
        let (width, height) = self.part.picture;
        let rect = self.read.undo(rect, (width as f32, height as f32));
        let (across, down) = scale(self.part);
        let all = self.part.rect;
        let rect = Rect {
            x0: all.x0 + rect.x0 * across,
            y0: all.y0 + rect.y0 * down,
            x1: all.x0 + rect.x1 * across,
            y1: all.y0 + rect.y1 * down,
        };
        self.page.apply(rect, self.size)
    }
}

/// Returns the share of a box under others, which stand apart from one another.
fn share_under(rect: Rect, others: &[Rect]) -> f32 {
    let area = (rect.width() * rect.height()).max(f32::MIN_POSITIVE);
    let shared = others.iter().filter_map(|other| rect.intersection(*other));
    shared.map(|s| s.width() * s.height()).sum::<f32>() / area
}

/// Returns a line with those of its words that are new, `None` where none is. What a second
/// reader read stays where it covers the same words.
fn new_words(line: &Line, is_new: &impl Fn(&Word) -> bool) -> Option<Line> {
    let words: Vec<Word> = line.words.iter().filter(|w| is_new(w)).cloned().collect();
    let is_whole = words.len() == line.words.len();
    (!words.is_empty()).then(|| Line {
        words,
        second: line.second.clone().filter(|_| is_whole),
    })
}

/// Puts typed words into the line of a scan that they complete: a number typed onto its dots.
/// Returns them where there is none.
fn add_typed_line(lines: &mut [Line], typed: Line) -> Option<Line> {
    let rect = typed.rect();
    let found = rect.and_then(|rect| {
        let line = lines.iter_mut().find(|line| completes(rect, line))?;
        Some((line, rect))
    });
    let Some((line, rect)) = found else {
        return Some(typed);
    };
    let before = |word: &Word| word.rect.is_some_and(|own| own.x0 < rect.x0);
    let at = line.words.iter().filter(|word| before(word)).count();
    let count = typed.words.len();
    line.words.splice(at..at, typed.words);
    let second = line.second.take();
    line.second = second.and_then(|second| behind(second, at, count));
    None
}

/// Returns a second reading once `count` words were put before word `at` of its line; `None`
/// where they part its own.
fn behind(second: SecondReading, at: usize, count: usize) -> Option<SecondReading> {
    if at >= usize::from(second.to) {
        return Some(second);
    }
    let shift = u16::try_from(count).ok()?;
    (at <= usize::from(second.from)).then_some(SecondReading {
        from: second.from.checked_add(shift)?,
        to: second.to.checked_add(shift)?,
        ..second
    })
}

/// Tells whether words at `rect` stand level with a line, near its words and on none of them.
fn completes(rect: Rect, line: &Line) -> bool {
    let Some(all) = line.rect() else {
        return false;
    };
    let lower = rect.height().min(all.height());
    let level = rect.y1.min(all.y1) - rect.y0.max(all.y0);
    let near = NEAR * all.height();
    let is_free = |word: &Word| {
        word.rect
            .is_none_or(|own| own.x1 <= rect.x0 + 1.0 || own.x0 >= rect.x1 - 1.0)
    };
    level >= LEVEL * lower
        && rect.x0 - all.x1 <= near
        && all.x0 - rect.x1 <= near
        && line.words.iter().all(is_free)
}

#[cfg(test)]
mod tests;
