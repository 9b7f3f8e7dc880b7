//! What comes out, read by bukti's own reader of PDF.

use super::*;
use crate::{
    extract::{self, Limits},
    model::{Digest, Extraction, FileState, Line, MediaType, Ratio, Rect, Word},
};
use std::{cell::RefCell, rc::Rc};

/// An output that can be looked at afterwards.
#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Makes a page of A5 at 200 dpi: rows of black strokes like small print, a blue signature.
fn sheet() -> Sheet {
    let (width, height) = (1165, 1654);
    let mut seed = 7_u32;
    let mut strokes = vec![false; (width / 3 * height / 24) as usize + 1000];
    for stroke in &mut strokes {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *stroke = seed >> 31 == 1;
    }
    let pixel = |x: u32, y: u32| {
        let is_row = y % 24 < 14 && x > 100 && x < width - 100;
        let stroke = (y / 24 * (width / 3) + x / 3) as usize % strokes.len();
        match (x, y) {
            (700..900, 1400..1410) => [20, 40, 190],
            _ if is_row && strokes[stroke] => [10, 10, 10],
            _ => [250, 250, 248],
        }
    };
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Sheet {
        points: (419.5, 595.3),
        dpi: 200.0,
        width,
        height,
        rgb: pixels.flat_map(|(x, y)| pixel(x, y)).collect(),
    }
}

fn word(text: &str, rect: [f32; 4]) -> Word {
    Word::new(text, Some(rect.into()), Ratio::ONE)
}

/// Makes what was read of the page, in a unit of which it has `size`.
fn text(size: (f32, f32), scale: f32) -> Page {
    let line = |words: &[(&str, [f32; 4])]| {
        let words = words.iter();
        let words = words.map(|(text, rect)| word(text, rect.map(|side| side * scale)));
        Line::new(words.collect())
    };
    let mut page = Page::empty(1, Some(size));
    page.lines = vec![
        line(&[
            ("PERATURAN", [60.0, 50.0, 150.0, 64.0]),
            ("BUPATI", [156.0, 50.0, 210.0, 64.0]),
        ]),
        line(&[
            ("Kebijakan", [60.0, 90.0, 120.0, 101.0]),
            // Set so closely that only the space tells them apart.
            ("“anak”", [120.2, 90.0, 150.0, 101.0]),
            ("résumé", [156.0, 90.0, 190.0, 101.0]),
            ("兒童𝔸", [196.0, 90.0, 230.0, 101.0]),
        ]),
        line(&[("SALINAN", [380.0, 200.0, 392.0, 280.0])]),
    ];
    page
}

fn about() -> About {
    About {
        original: Digest::new([0xAB; 32]),
        program: "bukti",
    }
}

/// Makes a copy of so many of the pages; returns the bytes with what is said of them.
fn copy(limit: u64, pages: u32, text: &Page) -> Option<(Best, Vec<u8>)> {
    let outputs: Vec<Kept> = LADDER.iter().map(|_| Kept::default()).collect();
    let output = |number: usize| Ok(outputs[number].clone());
    let known = [text.clone()];
    let mut ladder = Ladder::begin(limit, &about(), &known, output).unwrap();
    let sheet = sheet();
    for _ in 0..pages {
        ladder.add(&sheet, Some(text)).unwrap();
    }
    let best = ladder.finish().unwrap()?;
    let bytes = outputs[best.number].0.borrow().clone();
    assert_eq!(best.bytes, bytes.len() as u64);
    Some((best, bytes))
}

fn read(bytes: &[u8]) -> Extraction {
    assert_eq!(extract::sniff(bytes), MediaType::Pdf);
    let opened = extract::open(bytes, MediaType::Pdf, &Limits::default());
    assert_eq!(opened.state(), FileState::Indexed);
    opened.into_extraction()
}

fn near(a: Rect, b: Rect) -> bool {
    let sides = [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1];
    sides.iter().all(|side| side.abs() < 1.0)
}

#[test]
fn a_copy_has_the_size_the_words_and_their_places() {
    // In points, and in the pixels of a picture at 200 dpi.
    for scale in [1.0, 200.0 / 72.0] {
        let points = (419.5, 595.3);
        let page = text((points.0 * scale, points.1 * scale), scale);
        let (_, bytes) = copy(u64::MAX, 2, &page).unwrap();
        let found = read(&bytes);
        assert_eq!((found.page_count, found.pages.len()), (2, 2));
        let wanted = text(points, 1.0);
        for copied in &found.pages {
            let (width, height) = copied.size.unwrap();
            assert!((width - 419.5).abs() < 0.1 && (height - 595.3).abs() < 0.1);
            let words = |page: &Page| -> Vec<Word> {
                let words = page.lines.iter().flat_map(|line| line.words.clone());
                words.collect()
            };
            let (copied, wanted) = (words(copied), words(&wanted));
            assert_eq!(copied.len(), wanted.len(), "{copied:?}");
            for word in wanted {
                let same = copied.iter().find(|other| other.text == word.text);
                let same = same.unwrap_or_else(|| panic!("{word:?} in {copied:?}"));
                let (found, put) = (same.rect.unwrap(), word.rect.unwrap());
                assert!(near(found, put), "{} at {found:?}, not {put:?}", word.text);
            }
        }
        let title = found.metadata.title.unwrap();
        assert!(title.contains(&about().original.to_string()), "{title}");
    }
}

#[test]
fn the_page_shows_what_was_there_in_colour_and_no_letters_over_it() {
    let blank = Page::empty(1, Some((419.5, 595.3)));
    let page = text((419.5, 595.3), 1.0);
    let shown = |page: &Page| {
        let (_, bytes) = copy(u64::MAX, 1, page).unwrap();
        let opened = extract::open(&bytes, MediaType::Pdf, &Limits::default());
        opened.sheet(1, 200.0).unwrap()
    };
    let (with, without) = (shown(&page), shown(&blank));
    assert_eq!(with, without, "the words are not seen");
    assert_eq!((with.width, with.height), (1165, 1653));
    let at = 3 * (1405 * with.width + 800) as usize;
    let ink = &with.rgb[at..at + 3];
    assert!(ink[2] > ink[0].saturating_add(80), "blue: {ink:?}");
    let paper = &with.rgb[..3];
    assert!(paper.iter().all(|value| *value > 240), "white: {paper:?}");
}

#[test]
fn the_best_step_within_the_limit_is_taken() {
    let page = text((419.5, 595.3), 1.0);
    let (best, _) = copy(u64::MAX, 3, &page).unwrap();
    assert_eq!((best.number, best.step), (0, LADDER[0]));
    let (mut limit, mut met) = (best.bytes, vec![best]);
    // Each time a little less than what fitted: the next step, until there is none.
    while let Some((next, bytes)) = copy(limit - 1, 3, &page) {
        assert!((bytes.len() as u64) < limit);
        assert!(next.number > met[met.len() - 1].number, "{next:?}");
        assert_eq!(next.step, LADDER[next.number]);
        limit = next.bytes;
        met.push(next);
    }
    assert_eq!(met.last().unwrap().number, LADDER.len() - 1, "{met:?}");
    assert!(met.len() >= 6, "the ladder has steps: {met:?}");
    assert!(met[0].bytes > 3 * limit, "and leads down: {met:?}");
}

#[test]
fn a_page_too_many_is_lost_and_the_same_input_gives_the_same_bytes() {
    let page = text((419.5, 595.3), 1.0);
    let (one, bytes) = copy(u64::MAX, 1, &page).unwrap();
    assert_eq!(copy(u64::MAX, 1, &page).unwrap().1, bytes);
    assert_eq!(copy(1_000, 1, &page), None);
    let known = [page.clone()];
    let output = |_| Ok(Kept::default());
    let limit = one.bytes / 2;
    let mut ladder = Ladder::begin(limit, &about(), &known, output).unwrap();
    let sheet = sheet();
    let mut added = 0;
    while !ladder.is_lost() {
        ladder.add(&sheet, Some(&page)).unwrap();
        added += 1;
        assert!(added < 50, "a ladder that never ends");
    }
    assert!(added > 1, "the first page fits");
    assert_eq!(ladder.finish().unwrap(), None);
}
