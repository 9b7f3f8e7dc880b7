//! Files made by hand, through the step's one door.

use super::*;
use crate::model::TextOrigin;

fn opened(bytes: &[u8]) -> Opened<'_> {
    open(bytes, sniff(bytes), &Limits::default())
}

#[test]
fn nothing_and_nonsense_have_a_state_and_a_note() {
    for (bytes, state, code) in [
        (&b""[..], FileState::Empty, NoteCode::EmptyFile),
        (
            b"\x01\x02\x03",
            FileState::Unsupported,
            NoteCode::UnknownFormat,
        ),
        (
            b"%PDF-1.4\n%%EOF",
            FileState::Damaged,
            NoteCode::BrokenStructure,
        ),
        (
            b"\xFF\xD8\xFF\xE0 rusak",
            FileState::Damaged,
            NoteCode::NoCaptureDate,
        ),
        (
            b"PK\x03\x04word/document.xml",
            FileState::Damaged,
            NoteCode::BrokenStructure,
        ),
        (
            b"7z\xBC\xAF\x27\x1C",
            FileState::Unsupported,
            NoteCode::UnknownFormat,
        ),
    ] {
        let opened = opened(bytes);
        assert_eq!(opened.state(), state, "{bytes:?}");
        assert_eq!(
            opened.extraction().notes.first().map(|n| n.code),
            Some(code)
        );
        assert!(opened.picture(1).is_err());
        assert!(opened.wanted().is_empty());
    }
}

#[test]
fn a_file_above_the_limit_is_not_read() {
    let limits = Limits {
        max_bytes: 4,
        ..Limits::default()
    };
    assert_eq!(
        open(b"teks saja", MediaType::Text, &limits).state(),
        FileState::TooLarge
    );
}

/// Makes a PDF of one page from its content stream and further objects, without a
/// cross-reference table: readers rebuild it.
fn pdf(page: &str, content: &[u8], objects: &[&[u8]]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 9999999999>> endobj\n"
        .to_vec();
    out.extend(
        format!("3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R {page}>> endobj\n")
            .bytes(),
    );
    out.extend(format!("4 0 obj <</Length {}>> stream\n", content.len()).bytes());
    out.extend(content);
    out.extend(b"\nendstream endobj\n");
    for object in objects {
        out.extend(*object);
    }
    out.extend(b"trailer <</Root 1 0 R>>\n%%EOF\n");
    out
}

const FONT: &str =
    "/Resources <</Font <</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";

#[test]
fn a_text_layer_has_words_with_boxes_from_the_top_left() {
    let page = format!("/MediaBox [0 0 600 800] {FONT}");
    let bytes = pdf(&page, b"BT /F1 10 Tf 100 700 Td (NOMOR 5) Tj ET", &[]);
    let opened = opened(&bytes);
    let page = &opened.extraction().pages[0];
    assert_eq!(
        (opened.extraction().page_count, page.text().as_str()),
        (1, "NOMOR 5")
    );
    assert_eq!(page.origin, TextOrigin::Layer);
    let rect = page.lines[0].words[0].rect.unwrap();
    assert!(
        (rect.x0 - 100.0).abs() < 0.1 && (rect.y1 - 102.0).abs() < 0.1,
        "{rect:?}"
    );
    assert!(opened.wanted().is_empty());
}

#[test]
fn a_turned_page_has_its_words_where_a_person_sees_them() {
    // Shown turned a quarter to the right: what ran up the page now runs along it.
    let page = format!("/MediaBox [0 0 600 800] /Rotate 90 {FONT}");
    let bytes = pdf(&page, b"BT /F1 10 Tf 0 1 -1 0 50 100 Tm (TEGAK) Tj ET", &[]);
    let opened = opened(&bytes);
    let page = &opened.extraction().pages[0];
    assert_eq!(page.size, Some((800.0, 600.0)));
    let rect = page.lines[0].rect().unwrap();
    assert!(
        (rect.x0 - 100.0).abs() < 0.1 && rect.width() > rect.height(),
        "{rect:?}"
    );
}

/// A 4 × 2 picture, black but for the top left pixel, drawn over the whole page.
fn scan(rotate: u16) -> Vec<u8> {
    let page = format!(
        "/MediaBox [0 0 4 2] /Rotate {rotate} /Resources <</XObject <</Im 5 0 R>>>>"
    );
    let mut image = b"5 0 obj <</Type/XObject/Subtype/Image/Width 4/Height 2\
        /ColorSpace/DeviceGray/BitsPerComponent 8/Length 8>> stream\n"
        .to_vec();
    image.extend([255, 0, 0, 0, 0, 0, 0, 0]);
    image.extend(b"\nendstream endobj\n");
    pdf(&page, b"q 4 0 0 2 0 0 cm /Im Do Q", &[&image])
}

#[test]
fn a_scan_asks_for_ocr_and_its_picture_is_upright() {
    for (rotate, size, white) in [
        (0, (4, 2), 0),
        (90, (2, 4), 1),
        (180, (4, 2), 7),
        (270, (2, 4), 6),
    ] {
        let bytes = scan(rotate);
        let opened = opened(&bytes);
        assert_eq!(opened.wanted(), [OcrRequest { page: 1 }]);
        let picture = opened.picture(1).unwrap();
        assert_eq!((picture.width, picture.height), size, "rotated by {rotate}");
        let brightest = picture.luma.iter().position(|v| *v == 255);
        assert_eq!(
            brightest,
            Some(white),
            "rotated by {rotate}: {:?}",
            picture.luma
        );
    }
}

#[test]
fn declared_pixels_are_counted_before_any_is_decoded() {
    let bytes = scan(0);
    let limits = Limits {
        max_pixels: 7,
        ..Limits::default()
    };
    let opened = open(&bytes, MediaType::Pdf, &limits);
    assert_eq!(opened.picture(1).unwrap_err().code, NoteCode::TooManyPixels);
}

#[test]
fn a_picture_file_is_one_page_to_read() {
    let mut bytes = Vec::new();
    let picture =
        ::image::GrayImage::from_fn(3, 2, |x, _| ::image::Luma([x as u8 * 100]));
    let mut out = std::io::Cursor::new(&mut bytes);
    picture
        .write_to(&mut out, ::image::ImageFormat::Png)
        .unwrap();
    let opened = opened(&bytes);
    assert_eq!(opened.state(), FileState::Indexed);
    assert_eq!(opened.extraction().pages[0].size, Some((3.0, 2.0)));
    assert_eq!(opened.picture(1).unwrap().luma, [0, 100, 200, 0, 100, 200]);
    assert!(opened.picture(2).is_err());
}
