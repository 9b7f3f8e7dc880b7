//! PDF files made by hand.

use super::opened;
use crate::extract::*;
use crate::model::{Line, TextOrigin, Turn};

/// Makes a PDF of one page from its content stream and further objects, without a
/// cross-reference table: readers rebuild it.
pub(super) fn pdf(page: &str, content: &[u8], objects: &[&[u8]]) -> Vec<u8> {
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
fn curves_and_pictures_over_text_are_marks_and_rules_are_none() {
    use crate::model::InkKind;
    let page = "/MediaBox [0 0 600 800] /Resources <</XObject <</Im 5 0 R>> \
        /Font <</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
    let picture = image("/ColorSpace/DeviceGray", 8, &[255, 0, 0, 0, 0, 0, 0, 0]);
    let content = b"BT /F1 10 Tf 100 700 Td (BUPATI CONTOH, SITI AMINAH) Tj ET \
        100 690 m 300 690 l S \
        100 500 m 130 560 160 440 200 500 c S \
        q 60 0 0 30 300 600 cm /Im Do Q";
    let bytes = pdf(page, content, &[&picture]);
    let opened = opened(&bytes);
    let page = &opened.extraction().pages[0];
    let kinds: Vec<InkKind> = page.marks.iter().map(|mark| mark.kind).collect();
    assert_eq!(kinds, [InkKind::Strokes, InkKind::Picture]);
    assert_eq!(page.marks[1].rect, [300.0, 170.0, 360.0, 200.0].into());
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

/// A form on a page of 600 × 800: the page's own text and objects from 5 on.
fn form(catalog: &str, annots: &str, text: &str, objects: &[&[u8]]) -> Vec<u8> {
    let page = format!("/MediaBox [0 0 600 800] {FONT} /Annots [{annots}]");
    let bytes = pdf(&page, text.as_bytes(), objects);
    let text = String::from_utf8(bytes).unwrap();
    let place = "1 0 obj <</Type/Catalog";
    text.replacen(place, &format!("{place} {catalog}"), 1)
        .into_bytes()
}

fn lines_of(bytes: &[u8]) -> Vec<String> {
    let opened = opened(bytes);
    let page = &opened.extraction().pages[0];
    page.lines.iter().map(Line::text).collect()
}

#[test]
fn what_is_filled_in_stands_beside_its_label() {
    let label = "BT /F1 10 Tf 50 700 Td (Nama :) Tj 0 -20 Td (Jenis kelamin) Tj ET";
    let fields = "5 0 R null 6 0 R 7 0 R 8 0 R 9 0 R";
    let objects: [&[u8]; 5] = [
        b"5 0 obj <</Subtype/Widget/FT/Tx/T(nama)/V(Siti Aminah)\
            /Rect [100 696 300 710]>> endobj\n",
        b"6 0 obj <</Subtype/Widget/FT/Ch/T(jk)/V(P)/Opt[[(L)(Laki-laki)][(P)(Perempuan)]]\
            /Rect [130 676 300 690]>> endobj\n",
        b"7 0 obj <</Subtype/Widget/Parent 10 0 R/AS/Setuju/Rect [50 656 60 666]>> endobj\n",
        b"8 0 obj <</Subtype/Widget/FT/Tx/F 2/V(tersembunyi)/Rect [50 600 90 610]>> endobj\n",
        b"9 0 obj <</Subtype/Widget/FT/Tx/Ff 8192/V(rahasia)/Rect [50 500 90 510]>> endobj\n\
            10 0 obj <</FT/Btn/T(setuju)>> endobj\n",
    ];
    let bytes = form("", fields, label, &objects);
    assert_eq!(
        lines_of(&bytes),
        [
            "Nama : Siti Aminah",
            "Jenis kelamin Perempuan",
            "\u{2611} Setuju"
        ]
    );
}

/// Object 6: how a field is drawn, as a form of 200 × 14 points.
fn drawn(text: &str) -> Vec<u8> {
    let content = format!("BT /F1 10 Tf 2 4 Td ({text}) Tj ET");
    let len = content.len();
    format!(
        "6 0 obj <</Subtype/Form/BBox [0 0 200 14]{FONT}/Length {len}>> stream\n\
        {content}\nendstream endobj\n"
    )
    .into_bytes()
}

#[test]
fn a_field_is_read_once_whatever_its_drawing_says() {
    let field = b"5 0 obj <</Subtype/Widget/FT/Tx/V(Rp1000000 untuk anak)\
        /Rect [100 696 300 710]/AP<</N 6 0 R>>>> endobj\n";
    for (drawing, form_says, expected) in [
        // The same, otherwise spelt: what a person sees.
        ("Rp1.000.000 untuk anak", "", "Rp1.000.000 untuk anak"),
        // Cut short by its box: the value.
        ("Rp1000000 unt", "", "Rp1000000 untuk anak"),
        // Something else: what a person sees, unless the form says that it is stale.
        ("sejuta", "", "sejuta"),
        (
            "sejuta",
            "/AcroForm<</NeedAppearances true>>",
            "Rp1000000 untuk anak",
        ),
    ] {
        let bytes = form(form_says, "5 0 R", "", &[field, &drawn(drawing)]);
        assert_eq!(lines_of(&bytes), [expected], "{drawing}");
    }
}

#[test]
fn comments_follow_the_text_and_typed_boxes_stand_in_it() {
    let text = "BT /F1 10 Tf 50 700 Td (Pasal 1) Tj 0 -40 Td (Pasal 2) Tj ET";
    let objects: [&[u8]; 3] = [
        b"5 0 obj <</Subtype/Highlight/Contents(keliru:\\nlihat lampiran)\
            /Rect [50 698 90 710]>> endobj\n",
        b"6 0 obj <</Subtype/FreeText/DA(/Helv 9 Tf)/Contents(disisipkan)\
            /Rect [50 676 200 690]>> endobj\n",
        b"7 0 obj <</Subtype/Underline/Contents(Pasal 2)/Rect [50 658 90 670]>> endobj\n",
    ];
    let bytes = form("", "5 0 R 6 0 R 7 0 R", text, &objects);
    assert_eq!(
        lines_of(&bytes),
        [
            "Pasal 1",
            "disisipkan",
            "Pasal 2",
            "keliru:",
            "lihat lampiran"
        ]
    );
}

#[test]
fn attached_files_are_named_once_each() {
    let tree = "/Names <</EmbeddedFiles <</Kids [5 0 R]>>>>";
    let objects: [&[u8]; 3] = [
        b"5 0 obj <</Names [(a) 6 0 R (b) null (c) <</F(daftar hadir.xlsx)>>]>> endobj\n",
        b"6 0 obj <</UF(\xFE\xFF\0S\0K)/F(lama)>> endobj\n",
        b"7 0 obj <</Subtype/FileAttachment/FS <</F(foto.jpg)>>/Rect [0 0 9 9]>> endobj\n\
            8 0 obj <</Subtype/FileAttachment/FS 6 0 R/Rect [0 0 9 9]>> endobj\n",
    ];
    let page = format!("/MediaBox [0 0 600 800] {FONT} /Annots [7 0 R 8 0 R]");
    let bytes = pdf(&page, b"", &objects);
    let place = find(&bytes, b"/Catalog").unwrap() + 8;
    let bytes = [&bytes[..place], tree.as_bytes(), &bytes[place..]].concat();
    let opened = opened(&bytes);
    let names: Vec<_> = opened
        .extraction()
        .notes
        .iter()
        .filter(|note| note.code == NoteCode::AttachedFile)
        .map(|note| (note.page, note.detail.clone().unwrap()))
        .collect();
    let named = |page, name: &str| (page, name.to_owned());
    assert_eq!(
        names,
        [
            named(None, "SK"),
            named(None, "daftar hadir.xlsx"),
            named(Some(1), "foto.jpg")
        ]
    );
}

#[test]
fn a_form_over_a_scan_is_a_scan_and_its_values_outlive_the_ocr() {
    let page = "/MediaBox [0 0 400 200] /Annots [6 0 R] \
        /Resources <</XObject <</Im 5 0 R>>>>";
    let field = b"6 0 obj <</Subtype/Widget/FT/Tx/V(Siti)/Rect [10 10 90 22]>> endobj\n";
    let image = image("/ColorSpace/DeviceGray", 8, &[255, 0, 0, 0, 0, 0, 0, 0]);
    let bytes = pdf(page, b"q 400 0 0 200 0 0 cm /Im Do Q", &[&image, field]);
    let mut opened = opened(&bytes);
    assert_eq!(opened.wanted(), [OcrRequest::whole(1)]);
    let input = opened.ocr_input(1).unwrap();
    let read = crate::model::OcrPage {
        lines: vec![Line::plain("FORMULIR")],
        confidence: crate::model::Ratio::ONE,
        verdict: crate::model::PageVerdict::Legible,
        marks: Vec::new(),
        turn: Turn::None,
    };
    opened.merge(&input, read);
    let extraction = opened.into_extraction();
    assert_eq!(extraction.pages[0].text(), "FORMULIR\nSiti");
}

/// A 4 × 2 picture, black but for the top left pixel, drawn over the whole page, with
/// `more` drawn after it.
fn scan_with(rotate: u16, more: &str) -> Vec<u8> {
    let page = format!(
        "/MediaBox [0 0 4 2] /Rotate {rotate} /Resources <</XObject <</Im 5 0 R>>\
        /Font <</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    );
    let image = image("/ColorSpace/DeviceGray", 8, &[255, 0, 0, 0, 0, 0, 0, 0]);
    let content = format!("q 4 0 0 2 0 0 cm /Im Do Q {more}");
    pdf(&page, content.as_bytes(), &[&image])
}

/// Object 5: a picture of 4 × 2 pixels.
fn image(kind: &str, bits: u8, data: &[u8]) -> Vec<u8> {
    let len = data.len();
    let mut object = format!(
        "5 0 obj <</Type/XObject/Subtype/Image/Width 4/Height 2{kind}\
        /BitsPerComponent {bits}/Length {len}>> stream\n"
    )
    .into_bytes();
    object.extend(data);
    object.extend(b"\nendstream endobj\n");
    object
}

fn scan(rotate: u16) -> Vec<u8> {
    scan_with(rotate, "")
}

#[test]
fn a_scanners_own_layer_is_kept_and_the_page_read_again() {
    let bytes = scan_with(0, "BT 3 Tr /F1 0.5 Tf 0 1 Td (NOMOR) Tj ET");
    let opened = opened(&bytes);
    assert_eq!(opened.extraction().pages[0].text(), "NOMOR");
    assert_eq!(opened.wanted(), [OcrRequest::whole(1)]);
    let notes = &opened.extraction().notes;
    assert!(notes.is_empty(), "a sound layer is no oddity: {notes:?}");
}

#[test]
fn bits_are_black_or_white_as_the_file_says() {
    // Top row: white, then black; bottom row black. Said in four ways.
    for (kind, data, white) in [
        ("/ColorSpace/DeviceGray", [0x80, 0x00], 255),
        ("/ColorSpace/DeviceGray/Decode [1 0]", [0x70, 0xF0], 255),
        ("/ImageMask true", [0x80, 0x00], 255),
        ("/ImageMask true/Decode [1 0]", [0x70, 0xF0], 255),
    ] {
        let page = "/MediaBox [0 0 4 2] /Resources <</XObject <</Im 5 0 R>>>>";
        let bytes = pdf(
            page,
            b"q 4 0 0 2 0 0 cm /Im Do Q",
            &[&image(kind, 1, &data)],
        );
        let picture = opened(&bytes).picture(1).unwrap();
        assert_eq!(picture.luma, [white, 0, 0, 0, 0, 0, 0, 0], "{kind}");
    }
}

#[test]
fn a_picture_inside_the_content_is_a_scan_too() {
    let mut content = b"q 4 0 0 2 0 0 cm BI /W 4 /H 2 /CS /G /BPC 8 ID ".to_vec();
    content.extend([255, 0, 9, 0, 7, 0, 0, 5]);
    content.extend(b" EI Q");
    let bytes = pdf("/MediaBox [0 0 4 2]", &content, &[]);
    let opened = opened(&bytes);
    assert_eq!(opened.wanted(), [OcrRequest::whole(1)]);
    assert_eq!(opened.picture(1).unwrap().luma, [255, 0, 9, 0, 7, 0, 0, 5]);
}

/// Objects 1 to 4 with a cross-reference table, the page's text in object 4.
fn sound(text: &str) -> Vec<u8> {
    let content = format!("BT /F1 10 Tf 100 700 Td ({text}) Tj ET");
    let len = content.len();
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R {FONT}>>"
        ),
        format!("<</Length {len}>> stream\n{content}\nendstream"),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(&objects) {
        table.extend(format!("{:010} 00000 n \n", out.len()).chars());
        out.extend(format!("{number} 0 obj {object} endobj\n").bytes());
    }
    let xref = out.len();
    out.extend(format!("xref\n0 5\n{table}trailer <</Size 5/Root 1 0 R>>\n").bytes());
    out.extend(format!("startxref\n{xref}\n%%EOF\n").bytes());
    out
}

#[test]
fn the_last_of_several_versions_in_a_file_counts() {
    let mut bytes = sound("lama");
    let before = find(&bytes, b"xref\n0").unwrap();
    let content = "BT /F1 10 Tf 100 700 Td (baru) Tj ET";
    let at = bytes.len();
    let len = content.len();
    bytes.extend(
        format!("4 0 obj <</Length {len}>> stream\n{content}\nendstream endobj\n")
            .bytes(),
    );
    let xref = bytes.len();
    bytes.extend(
        format!(
            "xref\n4 1\n{at:010} 00000 n \ntrailer <</Size 5/Root 1 0 R/Prev {before}>>\n\
            startxref\n{xref}\n%%EOF\n"
        )
        .bytes(),
    );
    assert_eq!(lines_of(&bytes), ["baru"]);
}

#[test]
fn a_damaged_cross_reference_table_is_rebuilt() {
    let sound = sound("tetap");
    let place = find(&sound, b"startxref\n").unwrap();
    let misled = [&sound[..place], b"startxref\n7\n%%EOF\n"].concat();
    let shifted = [b"%PDF-1.4\n% tambahan\n", &sound[9..]].concat();
    for bytes in [misled, shifted, sound[..place].to_vec()] {
        assert_eq!(lines_of(&bytes), ["tetap"]);
    }
    let cut = opened(&sound[..place]).into_extraction();
    assert_eq!(cut.notes, [Note::file(NoteCode::Truncated)]);
}

#[test]
fn a_page_of_text_that_is_shown_sideways_is_turned_to_be_read() {
    let content = b"BT /F1 10 Tf 20 50 Td (Keputusan Bupati Contoh) Tj ET";
    let read = |rotate: u16| {
        let page = format!("/MediaBox [0 0 200 100] /Rotate {rotate} {FONT}");
        let bytes = pdf(&page, content, &[]);
        opened(&bytes).into_extraction().pages.remove(0)
    };
    let upright = read(0);
    assert_eq!(upright.turn, Turn::None);
    for (rotate, turn) in [(90, Turn::Left), (180, Turn::Half), (270, Turn::Right)] {
        let page = read(rotate);
        assert_eq!((page.turn, page.size), (turn, upright.size), "{rotate}");
        let (found, expected) = (page.lines[0].rect(), upright.lines[0].rect());
        let (found, expected) = (found.unwrap(), expected.unwrap());
        assert!((found.x0 - expected.x0).abs() < 1.0, "{rotate}: {found:?}");
        assert!((found.y1 - expected.y1).abs() < 3.0, "{rotate}: {found:?}");
    }
}

#[test]
fn strips_are_put_together() {
    let page = "/MediaBox [0 0 4 4] /Resources <</XObject <</Im 5 0 R>>>>";
    let strip = image("/ColorSpace/DeviceGray", 8, &[9, 9, 9, 9, 7, 7, 7, 7]);
    let content = b"q 4 0 0 2 0 0 cm /Im Do Q q 4 0 0 2 0 2 cm /Im Do Q";
    let bytes = pdf(page, content, &[&strip]);
    let picture = opened(&bytes).picture(1).unwrap();
    assert_eq!(
        picture.luma,
        [9, 9, 9, 9, 7, 7, 7, 7, 9, 9, 9, 9, 7, 7, 7, 7]
    );
}

#[test]
fn a_word_typed_onto_a_scan_is_not_on_its_picture() {
    let bytes = scan_with(0, "1 g 2 0 2 2 re f BT /F1 2 Tf 0 g 2 0 Td (I) Tj ET");
    let opened = opened(&bytes);
    let expected = OcrRequest {
        page: 1,
        part: crate::model::PagePart::Scan,
    };
    assert_eq!(opened.wanted(), [expected]);
    let input = opened.ocr_input(1).unwrap();
    assert_eq!(input.picture.luma, [255, 0, 0, 0, 0, 0, 0, 0]);
    let place = input.place.unwrap();
    assert_eq!(place.rect, [0.0, 0.0, 4.0, 2.0].into());
    assert!(place.fills);
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
        assert_eq!(opened.wanted(), [OcrRequest::whole(1)]);
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
fn a_mesh_of_giant_triangles_is_not_drawn() {
    let page = "/MediaBox [0 0 600 800] /Resources <</Shading <</Sh 5 0 R>>>>";
    // Flag, x, y, colour: one triangle.
    let triangle = [0, 0, 0, 0, 0, 255, 0, 0, 0, 128, 255, 0];
    let mesh = |size: &str| {
        let mut object = format!(
            "5 0 obj <</ShadingType 4/ColorSpace/DeviceGray/BitsPerCoordinate 8\
             /BitsPerComponent 8/BitsPerFlag 8/Decode[0 {size} 0 {size} 0 1]/Length 12>> stream\n"
        )
        .into_bytes();
        object.extend(triangle);
        object.extend(b"\nendstream endobj\n");
        object
    };
    let picture = |size| {
        let bytes = pdf(page, b"/Sh sh", &[&mesh(size)]);
        opened(&bytes)
            .picture(1)
            .map(|_| ())
            .map_err(|note| note.code)
    };
    assert_eq!(picture("16000"), Err(NoteCode::TooManyPixels));
    assert_eq!(picture("500"), Ok(()));
}

#[test]
fn a_glyph_that_draws_itself_is_not_drawn() {
    let page = "/MediaBox [0 0 600 800] /Resources <</Font <</F1 5 0 R>>>>";
    let font = b"5 0 obj <</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]\
        /FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</a 6 0 R>>\
        /Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97\
        /Widths[1000]>> endobj\n";
    let glyph = |program: &str| {
        format!(
            "6 0 obj <</Length {}>> stream\n{program}\nendstream endobj\n",
            program.len()
        )
    };
    let picture = |program| {
        let glyph = glyph(program);
        let content = b"BT /F1 100 Tf 100 400 Td (a) Tj ET";
        let bytes = pdf(page, content, &[font, glyph.as_bytes()]);
        opened(&bytes)
            .picture(1)
            .map(|picture| picture.luma.iter().any(|luma| *luma < 128))
            .map_err(|note| note.code)
    };
    assert_eq!(picture("1000 0 d0 0 0 500 500 re f"), Ok(true));
    for itself in [
        "1000 0 d0 BT /F1 1 Tf (a) Tj ET",
        "1000 0 0 0 1000 1000 d1 BT /F1 1 Tf (a) Tj ET",
    ] {
        assert_eq!(
            picture(itself),
            Err(NoteCode::PictureUnreadable),
            "{itself}"
        );
    }
}

/// Found by fuzzing: the page shows 120 by 44 pixels, its JPEG 2000 data has two billion.
#[test]
fn a_picture_is_measured_by_its_own_data_too() {
    let page = "/MediaBox [0 0 90 33] /Resources <</XObject <</Im0 5 0 R>>>>";
    let mut code = b"\xff\x4f\xff\x51\0\x2f\0\0".to_vec();
    for field in [120_u32, 16_777_004, 0, 0] {
        code.extend(field.to_be_bytes());
    }
    let mut object = format!(
        "5 0 obj <</Type/XObject/Subtype/Image/Width 120/Height 44/BitsPerComponent 8\
         /ColorSpace/DeviceRGB/Filter/JPXDecode/Length {}>> stream\n",
        code.len()
    )
    .into_bytes();
    object.extend(code);
    object.extend(b"\nendstream endobj\n");
    let bytes = pdf(page, b"90 0 0 33 0 0 cm /Im0 Do", &[&object]);
    let error = opened(&bytes).picture(1).unwrap_err();
    assert_eq!(error.code, NoteCode::TooManyPixels);
}
