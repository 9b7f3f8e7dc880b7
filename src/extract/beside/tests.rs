//! What is typed onto scans, and pictures that illustrate.

use super::*;
use crate::model::{MediaType, PageVerdict, Ratio};

fn word(text: &str, x0: f32, y0: f32, width: f32) -> Word {
    let rect = [x0, y0, x0 + width, y0 + 10.0].into();
    Word::new(text, Some(rect), Ratio::new(0.9))
}

fn page(typed: Vec<Line>) -> Extraction {
    let mut extraction = Extraction::without_pages(MediaType::Pdf);
    let mut page = Page::empty(1, Some((600.0, 800.0)));
    page.lines = typed;
    page.origin = TextOrigin::Layer;
    extraction.pages = vec![page];
    extraction
}

fn read(lines: Vec<Line>, turn: Turn) -> OcrPage {
    OcrPage {
        lines,
        confidence: Ratio::new(0.9),
        verdict: PageVerdict::Legible,
        marks: Vec::new(),
        turn,
    }
}

const WHOLE: Pictured = Pictured {
    rect: Rect {
        x0: 0.0,
        y0: 0.0,
        x1: 600.0,
        y1: 800.0,
    },
    picture: (600, 800),
    fills: true,
};

#[test]
fn a_number_typed_into_a_scan_completes_its_line_and_a_footer_stands_below() {
    let typed = vec![
        Line::new(vec![word("845", 160.0, 101.0, 20.0)]),
        Line::new(vec![word("ditandatangani", 100.0, 780.0, 80.0)]),
    ];
    let scanned = vec![
        Line::new(vec![word("KEPUTUSAN", 100.0, 50.0, 90.0)]),
        Line::new(vec![
            word("NOMOR", 100.0, 100.0, 50.0),
            word("TAHUN", 200.0, 100.0, 50.0),
        ]),
        Line::new(vec![word("Membentuk", 100.0, 400.0, 80.0)]),
    ];
    let mut extraction = page(typed);
    merge_pictures(&mut extraction, 1, &read(scanned, Turn::None), WHOLE, true);
    let page = &extraction.pages[0];
    let expected = "KEPUTUSAN\nNOMOR 845 TAHUN\nMembentuk\nditandatangani";
    assert_eq!(page.text(), expected);
    assert_eq!(page.origin, TextOrigin::Mixed);
}

#[test]
fn what_the_picture_shows_under_typed_words_is_theirs() {
    let typed = vec![
        Line::new(vec![word("123", 100.0, 100.0, 30.0)]),
        Line::new(vec![
            word("kaki", 100.0, 780.0, 30.0),
            word("surat", 140.0, 780.0, 30.0),
        ]),
    ];
    let scanned = vec![Line::new(vec![
        word("I23", 101.0, 101.0, 30.0),
        word("TAHUN", 140.0, 100.0, 50.0),
    ])];
    let mut extraction = page(typed);
    merge_pictures(&mut extraction, 1, &read(scanned, Turn::None), WHOLE, true);
    assert_eq!(extraction.pages[0].text(), "123 TAHUN\nkaki surat");
}

#[test]
fn a_cover_that_is_a_picture_over_the_number_of_its_page_is_the_page() {
    let part = Pictured {
        rect: [60.0, 80.0, 540.0, 700.0].into(),
        picture: (480, 620),
        fills: false,
    };
    let cover = |words: usize| {
        let words = (0..words).map(|n| word("LAPORAN", 40.0 * n as f32, 50.0, 35.0));
        let lines = vec![Line::new(words.collect())];
        let mut extraction = page(vec![Line::new(vec![word("i", 300.0, 780.0, 5.0)])]);
        merge_pictures(&mut extraction, 1, &read(lines, Turn::None), part, false);
        extraction.pages.remove(0)
    };
    let page = cover(9);
    assert_eq!(page.lines.len(), 1, "{page:?}");
    assert_eq!(page.lines[0].words.len(), 9);
    assert_eq!((page.origin, page.beside.len()), (TextOrigin::Mixed, 1));
    // The two words of a logo are not.
    let page = cover(2);
    assert_eq!((page.lines[0].text().as_str(), page.beside.len()), ("i", 1));
}

#[test]
fn a_scanners_own_layer_gives_way() {
    let typed = vec![Line::new(vec![word("K3PUTU5AN", 100.0, 50.0, 90.0)])];
    let scanned = vec![Line::new(vec![word("KEPUTUSAN", 101.0, 50.0, 88.0)])];
    let mut extraction = page(typed);
    merge_pictures(&mut extraction, 1, &read(scanned, Turn::None), WHOLE, true);
    let page = &extraction.pages[0];
    assert_eq!(page.text(), "KEPUTUSAN");
    assert_eq!(page.layer.as_deref(), Some("K3PUTU5AN"));
}

#[test]
fn a_scan_with_a_margin_is_the_document_if_it_says_more_than_its_caption() {
    let part = Pictured {
        rect: [50.0, 100.0, 550.0, 700.0].into(),
        picture: (500, 600),
        fills: false,
    };
    let said = |lines: u8| {
        let line = |at: u8| {
            let y = 20.0 * f32::from(at);
            let words = (0..5u8).map(|n| word("bahwa", 60.0 * f32::from(n), y, 50.0));
            Line::new(words.collect())
        };
        (0..lines).map(line).collect::<Vec<_>>()
    };
    let caption = || vec![Line::new(vec![word("Lampiran", 100.0, 50.0, 60.0)])];
    let mut scan = page(caption());
    merge_pictures(&mut scan, 1, &read(said(10), Turn::None), part, true);
    assert_eq!(scan.pages[0].lines.len(), 10);
    assert_eq!(scan.pages[0].beside[0].text(), "Lampiran");
    let mut photo = page(caption());
    merge_pictures(&mut photo, 1, &read(said(2), Turn::None), part, true);
    assert_eq!(photo.pages[0].lines[0].text(), "Lampiran");
    assert_eq!(photo.pages[0].beside.len(), 2);
}

#[test]
fn pictures_that_illustrate_are_found_and_judge_nothing() {
    let typed = vec![Line::new(vec![word("LAPORAN", 100.0, 50.0, 60.0)])];
    let scanned = vec![Line::new(vec![word("KEPUTUSAN", 50.0, 20.0, 90.0)])];
    let mut extraction = page(typed);
    let part = Pictured {
        rect: [100.0, 400.0, 400.0, 600.0].into(),
        picture: (600, 400),
        fills: false,
    };
    merge_pictures(&mut extraction, 1, &read(scanned, Turn::None), part, false);
    let page = &extraction.pages[0];
    assert_eq!(page.lines.len(), 1);
    assert_eq!(page.text(), "LAPORAN\nKEPUTUSAN");
    let place = page.beside[0].rect();
    assert_eq!(place, Some([125.0, 410.0, 170.0, 415.0].into()));
    assert_eq!((page.origin, page.verdict), (TextOrigin::Layer, None));
}

#[test]
fn a_scan_on_its_head_turns_the_page() {
    let typed = vec![Line::new(vec![word("kaki", 100.0, 780.0, 40.0)])];
    let scanned = vec![Line::new(vec![word("NOMOR", 100.0, 50.0, 50.0)])];
    let mut extraction = page(typed);
    merge_pictures(&mut extraction, 1, &read(scanned, Turn::Half), WHOLE, true);
    let page = &extraction.pages[0];
    assert_eq!(page.turn, Turn::Half);
    let first = page.lines.iter().find(|line| line.text() == "NOMOR");
    let place = first.and_then(Line::rect);
    assert_eq!(place, Some([100.0, 50.0, 150.0, 60.0].into()));
}

#[test]
fn a_second_reading_follows_its_words() {
    let mut line = Line::new(vec![
        word("NOMOR", 100.0, 100.0, 50.0),
        word("TAHUN", 200.0, 100.0, 50.0),
        word("2024", 260.0, 100.0, 30.0),
    ]);
    line.second = Some(SecondReading {
        from: 2,
        to: 3,
        text: "2024".into(),
        confidence: Ratio::ONE,
        doubts: Vec::new(),
    });
    let mut lines = vec![line];
    let seven = Line::new(vec![word("7", 170.0, 100.0, 10.0)]);
    assert_eq!(add_typed_line(&mut lines, seven), None);
    assert_eq!(lines[0].text(), "NOMOR 7 TAHUN 2024");
    let second = lines[0]
        .second
        .as_ref()
        .map(|second| (second.from, second.to));
    assert_eq!(second, Some((3, 4)));
}
