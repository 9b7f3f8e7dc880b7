//! Files that office programs wrote, and files made to hurt, through the public functions of
//! the step.

use crate::extract::{Limits, Opened, open, sniff};
use crate::model::{FileState, MediaType, Note, NoteCode};
use proptest::prelude::*;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const DOCX: &[u8] = include_bytes!("../../../tests/data/office/undangan.docx");
const DOC: &[u8] = include_bytes!("../../../tests/data/office/undangan.doc");
const ODT: &[u8] = include_bytes!("../../../tests/data/office/undangan.odt");
const HTML: &[u8] = include_bytes!("../../../tests/data/office/undangan.html");
const ODP: &[u8] = include_bytes!("../../../tests/data/office/paparan.odp");
const XLSX: &[u8] = include_bytes!("../../../tests/data/office/rekap.xlsx");
const XLS: &[u8] = include_bytes!("../../../tests/data/office/rekap.xls");
const ODS: &[u8] = include_bytes!("../../../tests/data/office/rekap.ods");
const LOCKED: &[u8] = include_bytes!("../../../tests/data/office/terkunci.docx");
const SLIDES: &[u8] = include_bytes!("../../../tests/data/office/paparan.ppt.document");
const USER: &[u8] = include_bytes!("../../../tests/data/office/paparan.ppt.user");
const SCAN: &[u8] = include_bytes!("../../../tests/data/office/scan.png");

fn opened(bytes: &[u8]) -> Opened<'_> {
    open(bytes, sniff(bytes), &Limits::default())
}

/// Returns the text of each page, a line a line.
fn texts(opened: &Opened<'_>) -> Vec<String> {
    let pages = opened.extraction().pages.iter();
    pages.map(crate::model::Page::text).collect()
}

fn codes(opened: &Opened<'_>) -> Vec<NoteCode> {
    opened.extraction().notes.iter().map(|n| n.code).collect()
}

/// Makes a ZIP of parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Makes a compound file of streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (path, content) in streams {
        if let Some((storage, _)) = path.rsplit_once('/').filter(|(s, _)| !s.is_empty()) {
            file.create_storage_all(storage).unwrap();
        }
        file.create_stream(path)
            .unwrap()
            .write_all(content)
            .unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn ppt() -> Vec<u8> {
    compound(&[("PowerPoint Document", SLIDES), ("Current User", USER)])
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap();
    let digits = |byte: &u8| [digit(byte >> 4), digit(byte & 15)];
    bytes.iter().flat_map(digits).collect()
}

#[test]
fn a_letter_reads_the_same_in_every_format() {
    for (bytes, media) in [
        (DOCX, MediaType::Docx),
        (DOC, MediaType::Doc),
        (ODT, MediaType::OpenDocument),
        (HTML, MediaType::Html),
    ] {
        let opened = opened(bytes);
        assert_eq!(opened.extraction().media_type, media);
        assert_eq!(opened.state(), FileState::Indexed);
        let text = texts(&opened).swap_remove(0);
        let mut rest = text.as_str();
        for line in [
            "PEMERINTAH KABUPATEN CONTOH",
            "Nomor 005/14/2024",
            "Rapat Gugus Tugas – “Layak Anak” di Café",
            "No Nama",
            "1 Siti",
            "Demikian disampaikan",
        ] {
            let (_, after) = rest.split_once(line).unwrap_or_else(|| {
                panic!("{media:?}: no {line:?} in order in {text:?}");
            });
            rest = after;
        }
        let title = opened.extraction().metadata.title.as_deref();
        assert_eq!(title, Some("Undangan Rapat"), "{media:?}");
    }
}

#[test]
fn a_scan_inside_is_a_page_once_and_an_emblem_is_none() {
    let rtf = format!(
        r"{{\rtf1 isi\par{{\pict\pngblip {0}}}{{\pict\pngblip\picw1\pich1 {0}}}}}",
        hex(SCAN)
    );
    for bytes in [DOCX, DOC, ODT, rtf.as_bytes()] {
        let opened = opened(bytes);
        let media = opened.extraction().media_type;
        assert_eq!(opened.extraction().page_count, 2, "{media:?}");
        let wanted: Vec<u32> = opened.wanted().iter().map(|w| w.page).collect();
        assert_eq!(wanted, [2], "{media:?}");
        let picture = opened.picture(2).unwrap();
        assert_eq!((picture.width, picture.height), (620, 877), "{media:?}");
        assert!(codes(&opened).contains(&NoteCode::PicturesAsPages));
        let none = opened.picture(1).unwrap_err();
        assert_eq!(none, Note::page(NoteCode::PageUnreadable, 1));
    }
}

#[test]
fn slides_are_pages_with_their_notes() {
    let old = ppt();
    for bytes in [ODP, &old] {
        let opened = opened(bytes);
        let pages = texts(&opened);
        let media = opened.extraction().media_type;
        for (page, number) in pages.iter().zip([1, 2]) {
            let title = page.find(&format!("Salindia {number}"));
            let notes = page.find(&format!("catatan {number}"));
            assert!(title.is_some() && title < notes, "{media:?} {page:?}");
        }
    }
    assert_eq!(opened(ODP).extraction().page_count, 3, "with the scan");
    assert_eq!(opened(&old).extraction().page_count, 2);
}

#[test]
fn slides_of_today_are_read_in_their_order() {
    let shape = |kind: &str, text: &str| {
        format!(
            "<p:sp><p:ph type=\"{kind}\"/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp>"
        )
    };
    let slide = format!(
        "<p:sld>{}{}{}<p:pic><a:blip r:embed=\"rId9\"/></p:pic></p:sld>",
        shape("body", "isi"),
        shape("title", "Judul"),
        shape("sldNum", "7"),
    );
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>"
        )
    };
    let notes = shape("body", "catatan");
    let bytes = package(&[
        (
            "ppt/presentation.xml",
            b"<p:sldIdLst><p:sldId id=\"1\" r:id=\"b\"/><p:sldId r:id=\"a\"/></p:sldIdLst>",
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            [
                relation("a", "slide", "slides/slide1.xml"),
                relation("b", "slide", "/ppt/slides/slide2.xml"),
            ]
            .concat()
            .as_bytes(),
        ),
        ("ppt/slides/slide1.xml", shape("title", "Akhir").as_bytes()),
        ("ppt/slides/slide2.xml", slide.as_bytes()),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            [
                relation("rId1", "notesSlide", "../notesSlides/n.xml"),
                relation("rId9", "image", "../media/a.png"),
            ]
            .concat()
            .as_bytes(),
        ),
        ("ppt/notesSlides/n.xml", notes.as_bytes()),
        ("ppt/media/a.png", SCAN),
    ]);
    let opened = opened(&bytes);
    assert_eq!(texts(&opened), ["Judul\nisi\ncatatan", "Akhir", ""]);
    assert_eq!(opened.picture(3).unwrap().width, 620);
}

#[test]
fn sheets_are_pages_and_rows_are_lines() {
    for bytes in [XLSX, XLS, ODS] {
        let opened = opened(bytes);
        let pages = texts(&opened);
        let rows = "Rekap\nNo Desa Tanggal Jumlah\n1 Sukamaju 2024-05-14 1250";
        assert_eq!(
            pages,
            [rows, "Kosong"],
            "{:?}",
            opened.extraction().media_type
        );
        let title = opened.extraction().metadata.title.as_deref();
        assert_eq!(title, Some("Rekap Forum Anak"));
    }
}

#[test]
fn what_is_locked_says_so() {
    let manifest = b"<m><file-entry><encryption-data/></file-entry></m>";
    let odt = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"rahasia"),
    ]);
    // The flag in the head of a Word file ([MS-DOC] 2.5.2, fEncrypted).
    let mut doc = DOC.to_vec();
    let head = doc.windows(2).position(|b| b == [0xEC, 0xA5]).unwrap();
    doc[head + 0x0B] |= 0x01;
    // The record after the first of a workbook becomes FILEPASS ([MS-XLS] 2.4.117).
    let mut xls = XLS.to_vec();
    let first = xls
        .windows(4)
        .position(|b| b == [0x09, 0x08, 0x10, 0])
        .unwrap();
    xls[first + 20] = 0x2F;
    xls[first + 21] = 0;
    for bytes in [LOCKED, &odt, &doc, &xls] {
        let opened = opened(bytes);
        assert_eq!(opened.state(), FileState::Password, "{:?}", sniff(bytes));
        assert_eq!(codes(&opened), [NoteCode::PasswordNeeded]);
    }
}

#[test]
fn compound_files_are_told_apart() {
    let mail = compound(&[
        ("/__properties_version1.0", b"x"),
        ("/__substg1.0_0037001F", &wide("Undangan rakor")),
        ("/__substg1.0_0C1A001F", &wide("Siti")),
        (
            "/__substg1.0_1000001F",
            &wide("Mohon hadir.\r\nTerima kasih."),
        ),
        (
            "/__attach_version1.0_#00000000/__substg1.0_3707001F",
            &wide("surat.pdf"),
        ),
    ]);
    let opened_mail = opened(&mail);
    assert_eq!(opened_mail.extraction().media_type, MediaType::Msg);
    let text = "From: Siti\nSubject: Undangan rakor\nMohon hadir.\nTerima kasih.";
    assert_eq!(texts(&opened_mail), [text]);
    let note = Note::file(NoteCode::AttachedFile).with("surat.pdf");
    assert_eq!(opened_mail.extraction().notes, [note]);

    let thumbnails = compound(&[("Catalog", b"x")]);
    assert_eq!(opened(&thumbnails).state(), FileState::Ignored);
    let other = compound(&[("Lain", b"x")]);
    assert_eq!(opened(&other).state(), FileState::Unsupported);
    let cut = &DOC[..DOC.len() / 3];
    assert_eq!(opened(cut).state(), FileState::Damaged);
}

#[test]
fn a_document_without_text_is_indexed_with_a_note() {
    let bytes = package(&[("word/document.xml", b"<w:document/>")]);
    let opened = opened(&bytes);
    assert_eq!(opened.state(), FileState::Indexed);
    assert_eq!(codes(&opened), [NoteCode::NothingToRead]);
}

#[test]
fn a_bomb_in_a_package_is_cut() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(b"<w:t>").unwrap();
    for _ in 0..200 {
        zip.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    let opened = opened(&bomb);
    assert_eq!(opened.state(), FileState::Indexed);
    assert!(codes(&opened).contains(&NoteCode::TooManyPages));
}

#[test]
fn strings_without_end_are_not_read_at_all() {
    let strings = vec![b' '; 40 << 20];
    let bytes = package(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", &strings),
    ]);
    let opened = opened(&bytes);
    let note = Note::file(NoteCode::RatioTooHigh).with("xl/sharedStrings.xml");
    assert_eq!(opened.extraction().notes, [note]);
    assert_eq!(opened.state(), FileState::TooLarge);
}

#[test]
fn one_emblem_on_a_thousand_pages_is_looked_at_once() {
    let blips = "<a:blip r:embed=\"a\"/><a:blip r:embed=\"b\"/>".repeat(1_000);
    let relation = |id: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"x/image\" Target=\"media/{id}.png\"/>")
    };
    let bytes = package(&[
        ("word/document.xml", blips.as_bytes()),
        (
            "word/_rels/document.xml.rels",
            [relation("a"), relation("b")].concat().as_bytes(),
        ),
        ("word/media/a.png", SCAN),
        ("word/media/b.png", SCAN),
    ]);
    let opened = opened(&bytes);
    assert_eq!(opened.extraction().page_count, 2);
    assert_eq!(opened.wanted().len(), 1);
}

/// Opens bytes as whatever they are, and as what they were, and asks for every picture.
fn exercise(bytes: &[u8], media: MediaType) {
    for media in [media, sniff(bytes)] {
        let opened = open(bytes, media, &Limits::default());
        for wanted in opened.wanted() {
            let _ = opened.picture(wanted.page);
        }
        let pages = opened.extraction().pages.len();
        assert!(pages as u32 <= opened.extraction().page_count);
    }
}

const FORMATS: [MediaType; 13] = [
    MediaType::Docx,
    MediaType::Xlsx,
    MediaType::Pptx,
    MediaType::OpenDocument,
    MediaType::Doc,
    MediaType::Xls,
    MediaType::Ppt,
    MediaType::Msg,
    MediaType::Ole,
    MediaType::Rtf,
    MediaType::Html,
    MediaType::Mail,
    MediaType::Text,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_end_in_a_state(
        bytes in prop::collection::vec(any::<u8>(), 1..2048),
        format in 0..FORMATS.len(),
    ) {
        exercise(&bytes, FORMATS[format]);
    }

    #[test]
    fn marks_in_any_order_end_in_a_state(
        marks in prop::collection::vec(
            prop::sample::select(vec![
                "{", "}", "\\pict", "\\pngblip ", "\\bin99", "\\u-10179", "\\'e", "\\footnote",
                "\\row", "\\cell", "\\f1", "{\\fonttbl", "\\fcharset134", "\u{e9}", "ab ",
                "<tr>", "<td", ">", "</table>", "<script>", "</", "&#x110000;", "&amp", "'", "\"",
                "<pre>", "\n", "From: a\n", "Content-Type: multipart/mixed; boundary=b\n", "\n--b\n",
            ]),
            0..200,
        ),
        format in 9..FORMATS.len(),
    ) {
        exercise(marks.concat().as_bytes(), FORMATS[format]);
    }

    #[test]
    fn broken_files_end_in_a_state(
        which in 0..10_usize,
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24),
        cut in any::<prop::sample::Index>(),
        is_cut in prop::bool::weighted(0.2),
    ) {
        let old = ppt();
        let files = [DOCX, DOC, ODT, HTML, ODP, XLSX, XLS, ODS, LOCKED, &old];
        let mut bytes = files[which].to_vec();
        let media = sniff(&bytes);
        for (place, value) in places {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()).max(1));
        }
        exercise(&bytes, media);
    }
}
