//! Files made by hand, through the public functions of the step.

mod pdf;
mod sheet;

use super::*;
use crate::model::{Line, PageVerdict, Ratio, TextOrigin, Turn, Word};

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
            b"\0\0\0\x18ftypmp42\0\0\0\0",
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
    assert!(opened.ocr_input(2).is_err());
}

#[test]
fn what_ocr_reads_of_a_page_is_put_into_it() {
    let mut bytes = Vec::new();
    let picture = ::image::GrayImage::new(600, 800);
    let mut out = std::io::Cursor::new(&mut bytes);
    picture
        .write_to(&mut out, ::image::ImageFormat::Png)
        .unwrap();
    let mut opened = opened(&bytes);
    let input = opened.ocr_input(1).unwrap();
    assert_eq!((input.page, input.part), (1, PagePart::Whole));
    let word = Word::new("NOMOR", Some([60.0, 80.0, 120.0, 96.0].into()), Ratio::ONE);
    let read = OcrPage {
        lines: vec![Line::new(vec![word])],
        confidence: Ratio::ONE,
        verdict: PageVerdict::Legible,
        marks: Vec::new(),
        turn: Turn::Half,
    };
    opened.merge(&input, read);
    let extraction = opened.into_extraction();
    let page = &extraction.pages[0];
    assert_eq!(
        (page.text().as_str(), page.origin),
        ("NOMOR", TextOrigin::Ocr)
    );
    assert_eq!(page.turn, Turn::Half);
}

#[test]
fn a_picture_cut_short_shows_what_is_there_and_says_so() {
    let picture = ::image::GrayImage::from_fn(64, 64, |x, y| {
        ::image::Luma([(x * 37 + y * 91) as u8 ^ (x * y) as u8])
    });
    for (format, rows) in [
        (::image::ImageFormat::Png, 16..64),
        (::image::ImageFormat::Jpeg, 16..65),
    ] {
        let mut bytes = Vec::new();
        let mut out = std::io::Cursor::new(&mut bytes);
        picture.write_to(&mut out, format).unwrap();
        let notes = |bytes: &[u8]| -> Vec<NoteCode> {
            let read = opened(bytes).into_extraction();
            read.notes.iter().map(|note| note.code).collect()
        };
        assert!(!notes(&bytes).contains(&NoteCode::Truncated), "{format:?}");
        bytes.truncate(bytes.len() * 2 / 3);
        assert!(notes(&bytes).contains(&NoteCode::Truncated), "{format:?}");
        let shown = opened(&bytes).picture(1).unwrap();
        let known = shown.luma.chunks(64).zip(picture.as_raw().chunks(64));
        let near =
            |(a, b): &(&[u8], &[u8])| a.iter().zip(*b).all(|(a, b)| a.abs_diff(*b) < 60);
        let same = known.take_while(near).count();
        assert!(rows.contains(&same), "{format:?}: {same} rows");
    }
}

/// A TIFF of one grey pixel a page, little endian.
fn tiff(pages: &[u8]) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    for (n, value) in pages.iter().enumerate() {
        let at = out.len() as u32;
        // Ten entries of twelve bytes, their count before, the next page's place after.
        let pixel = at + 2 + 10 * 12 + 4;
        let entries: [(u16, u16, u32); 10] = [
            (256, 3, 1),
            (257, 3, 1),
            (258, 3, 8),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, pixel),
            (277, 3, 1),
            (278, 3, 1),
            (279, 4, 1),
            (284, 3, 1),
        ];
        out.extend(10_u16.to_le_bytes());
        for (tag, kind, value) in entries {
            out.extend(tag.to_le_bytes());
            out.extend(kind.to_le_bytes());
            out.extend(1_u32.to_le_bytes());
            out.extend(value.to_le_bytes());
        }
        let next = if n + 1 < pages.len() { pixel + 2 } else { 0 };
        out.extend(next.to_le_bytes());
        out.extend([*value, 0]);
    }
    out
}

#[test]
fn every_page_of_a_tiff_is_read() {
    let bytes = tiff(&[10, 20, 30]);
    let opened = opened(&bytes);
    assert_eq!(opened.extraction().page_count, 3);
    assert_eq!(opened.wanted().len(), 3);
    let values: Vec<u8> = (1..=3)
        .map(|page| opened.picture(page).unwrap().luma[0])
        .collect();
    assert_eq!(values, [10, 20, 30]);
}

/// A container of the given parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_word_document_is_header_body_and_footer() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let bytes = package(&[
        ("word/document.xml", &paragraph("isi")),
        ("word/footer1.xml", &paragraph("kaki")),
        ("word/header1.xml", &paragraph("kepala")),
    ]);
    let opened = opened(&bytes);
    assert_eq!(opened.state(), FileState::Indexed);
    assert_eq!(opened.extraction().pages[0].text(), "kepala\nisi\nkaki");
}

#[test]
fn a_workbook_is_a_page_a_sheet_and_a_line_a_row() {
    let cell = |at: &str, text: &str| {
        format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let sheet = format!(
        "<worksheet><sheetData><row r=\"1\">{}{}</row><row r=\"1048576\">\
        <c r=\"XFD1048576\"><v>5</v></c></row></sheetData></worksheet>",
        cell("A1", "Nama"),
        cell("B1", "Umur")
    );
    let bytes = package(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats\
            .org/officeDocument/2006/relationships/officeDocument\" \
            Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"Anak\" sheetId=\"1\" r:id=\"rId1\"/>\
            </sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats\
            .org/officeDocument/2006/relationships/worksheet\" \
            Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    let opened = opened(&bytes);
    let notes = &opened.extraction().notes;
    assert_eq!(opened.state(), FileState::Indexed, "{notes:?}");
    assert_eq!(opened.extraction().pages[0].text(), "Anak\nNama Umur\n5");
}
