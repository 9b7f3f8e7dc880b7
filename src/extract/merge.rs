//! Merges the result of OCR into a page. OCR itself runs elsewhere; only this file knows the
//! units of both.

use crate::model::{
    Extraction, InkMark, Line, Note, NoteCode, OcrPage, Page, PrintedCode, Rect,
    TextOrigin, Turn, Word,
};
use std::collections::HashSet;

/// Agreement below which a layer is bad: every second word that OCR is sure of is another
/// there. The rule is stated in `extract::pdf::text::quality`.
const AGREES: f32 = 0.5;
/// Words that OCR must be sure of before it may judge a layer.
const JUDGED: f32 = 8.0;
/// Confidence from which OCR is sure, and chars from which a word is one.
const SURE: f32 = 0.9;
const LONG: usize = 4;

/// Puts the lines of `ocr` into page `page` (from 1), their boxes brought from pixels of a
/// `picture` of that width and height into the page's unit, and the page into the frame in
/// which it was read. A layer gives way to any text that
/// OCR found and is kept beside it; where OCR found none, the layer stays. What people wrote
/// onto the page stays among the lines where OCR did not read it there.
pub(super) fn merge(
    extraction: &mut Extraction,
    page: u32,
    ocr: OcrPage,
    picture: (u32, u32),
) {
    let Some(target) = extraction.pages.iter_mut().find(|p| p.number == page) else {
        return;
    };
    target.ocr_confidence = Some(ocr.confidence);
    target.verdict = Some(ocr.verdict);
    turn(target, ocr.turn);
    let picture = ocr.turn.size(picture);
    let (width, height) = target.size.unwrap_or((picture.0 as f32, picture.1 as f32));
    let scale = (
        width / picture.0.max(1) as f32,
        height / picture.1.max(1) as f32,
    );
    let place = |rect| stretched(rect, scale);
    let marks = ocr.marks.iter();
    target.marks = marks.map(|mark| marked(mark, place, scale)).collect();
    if ocr.lines.iter().all(|line| line.words.is_empty()) {
        return;
    }
    let layer: HashSet<String> = words(&target.lines).collect();
    if !target.lines.is_empty() {
        target.layer = Some(target.text());
    }
    target.origin = TextOrigin::Ocr;
    target.lines = ocr.lines;
    for line in &mut target.lines {
        move_words(line, place);
    }
    let is_bad = target.layer.is_some() && agreement(&target.lines, &layer) < AGREES;
    let read: HashSet<String> = words(&target.lines).collect();
    for line in std::mem::take(&mut target.written) {
        let said: Vec<String> = words(std::slice::from_ref(&line)).collect();
        let found = said.iter().filter(|word| read.contains(*word)).count();
        if 2 * found < said.len().max(1) {
            insert(&mut target.lines, line);
        }
    }
    let note = Note::page(NoteCode::BadTextLayer, page);
    if is_bad && !extraction.notes.contains(&note) {
        extraction.notes.push(note);
    }
}

/// Puts the codes that were read from a whole `picture` of that width and height onto a page that
/// is not turned yet.
pub(super) fn put_codes(page: &mut Page, codes: Vec<PrintedCode>, picture: (u32, u32)) {
    let picture = (picture.0.max(1) as f32, picture.1.max(1) as f32);
    let (width, height) = page.size.unwrap_or(picture);
    let scale = (width / picture.0, height / picture.1);
    let placed = codes.into_iter().map(|code| PrintedCode {
        rect: stretched(code.rect, scale),
        ..code
    });
    page.codes = placed.collect();
}

/// Turns a page with everything on it.
pub(super) fn turn(page: &mut Page, turn: Turn) {
    page.turn = turn;
    let Some(size) = page.size.filter(|_| !turn.is_none()) else {
        return;
    };
    page.size = Some(turn.size(size));
    for line in page.lines.iter_mut().chain(&mut page.written) {
        move_words(line, |rect| turn.apply(rect, size));
    }
    for mark in &mut page.marks {
        mark.rect = turn.apply(mark.rect, size);
    }
    for code in &mut page.codes {
        code.rect = turn.apply(code.rect, size);
    }
    for photo in &mut page.photos {
        photo.rect = photo.rect.map(|rect| turn.apply(rect, size));
    }
}

/// Returns the share of the words of which OCR is sure that the layer has, too; 1 where OCR is
/// sure of too few to tell.
fn agreement(lines: &[Line], layer: &HashSet<String>) -> f32 {
    let sure = lines.iter().map(|line| {
        let words = line.words.iter().filter(|word| is_sure(word));
        Line::new(words.cloned().collect())
    });
    let sure: Vec<Line> = sure.collect();
    let (mut known, mut all) = (0.0, 0.0);
    for word in words(&sure) {
        all += 1.0;
        known += f32::from(u8::from(layer.contains(&word)));
    }
    if all >= JUDGED { known / all } else { 1.0 }
}

fn is_sure(word: &Word) -> bool {
    word.confidence.get() >= SURE && word.text.chars().count() >= LONG
}

/// Letters and digits of each word, small: a colon more or less is the same word.
fn words(lines: &[Line]) -> impl Iterator<Item = String> {
    let words = lines.iter().flat_map(|line| &line.words);
    let bare = words.map(|word| {
        let letters = word.text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    });
    bare.filter(|word| !word.is_empty())
}

/// Puts a line before the first that stands lower on the page.
pub(super) fn insert(lines: &mut Vec<Line>, line: Line) {
    let middle = |line: &Line| line.rect().map(|r| r.y0.midpoint(r.y1));
    let at = middle(&line).and_then(|y| {
        lines
            .iter()
            .position(|other| middle(other).is_some_and(|other| other > y))
    });
    lines.insert(at.unwrap_or(lines.len()), line);
}

fn stretched(rect: Rect, (sx, sy): (f32, f32)) -> Rect {
    Rect {
        x0: rect.x0 * sx,
        y0: rect.y0 * sy,
        x1: rect.x1 * sx,
        y1: rect.y1 * sy,
    }
}

/// Returns a mark at its `place` on the page, of `scale` units a pixel across and down.
pub(super) fn marked(
    mark: &InkMark,
    place: impl Fn(Rect) -> Rect,
    scale: (f32, f32),
) -> InkMark {
    InkMark {
        rect: place(mark.rect),
        piece: mark.piece * scale.0.midpoint(scale.1),
        ..*mark
    }
}

/// Puts the words of a line at their `place` on the page.
pub(super) fn move_words(line: &mut Line, place: impl Fn(Rect) -> Rect) {
    for word in &mut line.words {
        word.rect = word.rect.map(&place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MediaType, Page, PageVerdict, Ratio};

    fn scan() -> Extraction {
        let mut extraction = Extraction::without_pages(MediaType::Pdf);
        extraction.pages = vec![Page::empty(1, Some((600.0, 800.0)))];
        extraction
    }

    fn ocr(lines: Vec<Line>) -> OcrPage {
        OcrPage {
            lines,
            confidence: Ratio::new(0.9),
            verdict: PageVerdict::Legible,
            marks: Vec::new(),
            turn: Turn::None,
        }
    }

    #[test]
    fn boxes_come_into_the_pages_unit() {
        let mut extraction = scan();
        let rect = [300.0, 400.0, 600.0, 480.0].into();
        let word = Word::new("NOMOR", Some(rect), Ratio::new(0.9));
        merge(
            &mut extraction,
            1,
            ocr(vec![Line::new(vec![word])]),
            (1200, 1600),
        );
        let page = &extraction.pages[0];
        assert_eq!(page.origin, TextOrigin::Ocr);
        assert_eq!(
            page.lines[0].rect(),
            Some([150.0, 200.0, 300.0, 240.0].into())
        );
    }

    #[test]
    fn a_page_on_its_side_is_turned_with_all_that_stands_on_it() {
        let mut extraction = scan();
        let page = &mut extraction.pages[0];
        let note = |x0: f32, y0: f32| {
            let rect = [x0, y0, x0 + 10.0, y0 + 60.0].into();
            Line::new(vec![Word::new("catatan", Some(rect), Ratio::ONE)])
        };
        page.written = vec![note(500.0, 100.0)];
        let rect = [800.0, 300.0, 1000.0, 360.0].into();
        let word = Word::new("NOMOR", Some(rect), Ratio::new(0.9));
        let mut read = ocr(vec![Line::new(vec![word])]);
        read.turn = Turn::Right;
        merge(&mut extraction, 1, read, (1200, 1600));
        let page = &extraction.pages[0];
        assert_eq!((page.turn, page.size), (Turn::Right, Some((800.0, 600.0))));
        let places: Vec<Rect> = page.lines.iter().filter_map(Line::rect).collect();
        assert_eq!(
            places,
            [
                [400.0, 150.0, 500.0, 180.0].into(),
                [640.0, 500.0, 700.0, 510.0].into()
            ]
        );
    }

    #[test]
    fn marks_come_into_the_pages_unit_and_take_the_place_of_the_layers() {
        let mark = |x0: f32| InkMark {
            kind: crate::model::InkKind::Strokes,
            rect: [x0, 400.0, x0 + 100.0, 480.0].into(),
            piece: 100.0,
            ink: Ratio::new(0.2),
        };
        let mut extraction = scan();
        extraction.pages[0].marks = vec![mark(7.0)];
        let mut read = ocr(Vec::new());
        read.marks = vec![mark(300.0)];
        merge(&mut extraction, 1, read, (1200, 1600));
        let marks = &extraction.pages[0].marks;
        assert_eq!(marks.len(), 1);
        assert_eq!(marks[0].rect, [150.0, 200.0, 200.0, 240.0].into());
        assert!((marks[0].piece - 50.0).abs() < 0.1);
    }

    #[test]
    fn codes_come_into_the_pages_unit_and_turn_with_it() {
        let mut extraction = scan();
        let codes = vec![PrintedCode {
            text: "https://contoh.go.id/1".to_owned(),
            rect: [300.0, 1200.0, 400.0, 1300.0].into(),
        }];
        put_codes(&mut extraction.pages[0], codes, (1200, 1600));
        let placed = extraction.pages[0].codes[0].rect;
        assert_eq!(placed, [150.0, 600.0, 200.0, 650.0].into());
        let mut read = ocr(Vec::new());
        read.turn = Turn::Half;
        merge(&mut extraction, 1, read, (1200, 1600));
        let turned = extraction.pages[0].codes[0].rect;
        assert_eq!(turned, [400.0, 150.0, 450.0, 200.0].into());
    }

    #[test]
    fn a_layer_that_gives_way_is_kept_and_so_is_what_people_wrote() {
        let mut extraction = scan();
        let page = &mut extraction.pages[0];
        page.origin = TextOrigin::Layer;
        page.lines = vec![Line::plain("N0M0R 5"), Line::plain("Nama: Siti")];
        page.written = vec![Line::plain("Nama: Siti"), Line::plain("NOMOR: 5")];
        let read = vec![Line::plain("NOMOR 5"), Line::plain("TAHUN 2019")];
        merge(&mut extraction, 1, ocr(read), (1200, 1600));
        let page = &extraction.pages[0];
        assert_eq!(page.text(), "NOMOR 5\nTAHUN 2019\nNama: Siti");
        assert_eq!(page.layer.as_deref(), Some("N0M0R 5\nNama: Siti"));
        assert_eq!(page.written, []);
    }

    #[test]
    fn a_layer_that_ocr_contradicts_is_noted_as_bad() {
        let text = "PERATURAN DAERAH TENTANG PERLINDUNGAN ANAK DAN HAK PEREMPUAN DALAM \
            KABUPATEN LAYAK";
        for (layer, bad) in [
            (text, false),
            (
                "PERATURAN DAERAH TENTANG PERLINDUNGAN ANAK lain sama sekali",
                false,
            ),
            (
                "PFRATUBAN DAEBAH TFNTANC PERIINDUNCAN ANAK DAN PFREMPUAN",
                true,
            ),
        ] {
            let mut extraction = scan();
            extraction.pages[0].lines = vec![Line::plain(layer)];
            merge(&mut extraction, 1, ocr(vec![Line::plain(text)]), (1, 1));
            let expected = Note::page(NoteCode::BadTextLayer, 1);
            assert_eq!(extraction.notes.contains(&expected), bad, "{layer}");
        }
    }

    #[test]
    fn a_layer_stays_where_ocr_finds_nothing() {
        let mut extraction = scan();
        extraction.pages[0].origin = TextOrigin::Layer;
        extraction.pages[0].lines = vec![Line::plain("lapisan")];
        merge(&mut extraction, 1, ocr(Vec::new()), (1200, 1600));
        merge(&mut extraction, 7, ocr(vec![Line::plain("hilang")]), (1, 1));
        assert_eq!(extraction.pages[0].text(), "lapisan");
        assert_eq!(extraction.pages[0].origin, TextOrigin::Layer);
    }
}
