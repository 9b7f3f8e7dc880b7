//! The letter as a DOCX that any word processor opens and edits: one part, no macros, nothing
//! from outside. The same letter gives the same bytes.

use super::Letter;
use crate::report::escape::xml;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::{DateTime, ZipWriter, result::ZipResult, write::SimpleFileOptions};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Bookman Old Style" w:hAnsi="Bookman Old Style" w:cs="Bookman Old Style"/><w:sz w:val="23"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>"#;
const OPEN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
/// A4 with the margins of official letters, in twentieths of a point.
const CLOSE: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1418" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#;
/// Widths of the attachment's columns, and of the lines about the letter, in the same unit.
const LIST: [u32; 5] = [800, 2700, 2600, 2400, 850];
const ABOUT: [u32; 3] = [1500, 250, 7600];

/// How a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Left,
    Centre,
    Right,
    /// First line set in.
    Set,
    /// Beside a number.
    Point,
    /// In the right half, where letters are signed.
    Signed,
}

/// Returns the letter as the bytes of a DOCX.
pub fn docx(letter: &Letter) -> Vec<u8> {
    // Writing to memory does not fail.
    package(&body(letter)).unwrap_or_default()
}

fn package(body: &str) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/styles.xml", STYLES),
        ("word/document.xml", body),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn body(letter: &Letter) -> String {
    let lang = letter.lang;
    let mut out = OPEN.to_owned();
    let [government, secretariat, address] = &letter.head;
    paragraph(&mut out, Stand::Centre, true, government);
    paragraph(&mut out, Stand::Centre, true, secretariat);
    ruled(&mut out, address);
    paragraph(&mut out, Stand::Right, false, &letter.dated);
    let about = letter.about.iter();
    let about: Vec<[String; 3]> = about
        .map(|(name, value)| [(*name).to_owned(), ":".to_owned(), value.clone()])
        .collect();
    table(&mut out, &ABOUT, false, &about);
    paragraph(&mut out, Stand::Left, false, "");
    for line in &letter.to {
        paragraph(&mut out, Stand::Left, false, line);
    }
    paragraph(&mut out, Stand::Left, false, "");
    paragraph(&mut out, Stand::Set, false, &letter.opening);
    for (n, point) in (1..).zip(&letter.points) {
        paragraph(&mut out, Stand::Point, false, &format!("{n}.\t{point}"));
    }
    paragraph(&mut out, Stand::Set, false, &letter.closing);
    let [office, name, nip] = &letter.signed;
    for line in ["", office, "", "", "", name, nip] {
        paragraph(&mut out, Stand::Signed, false, line);
    }
    let copies = format!("{}:", lang.pick("Tembusan", "Copies"));
    paragraph(&mut out, Stand::Left, false, &copies);
    for (n, copy) in (1..).zip(&letter.copies) {
        paragraph(&mut out, Stand::Point, false, &format!("{n}.\t{copy}"));
    }
    out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    let heading = lang.pick("LAMPIRAN", "ATTACHMENT");
    paragraph(&mut out, Stand::Centre, true, heading);
    paragraph(&mut out, Stand::Centre, true, &letter.attachment);
    let mut rows = vec![letter.columns.clone()];
    rows.extend(letter.rows.iter().cloned());
    table(&mut out, &LIST, true, &rows);
    out.push_str("<w:p/>");
    out.push_str(CLOSE);
    out
}

fn paragraph(out: &mut String, stand: Stand, bold: bool, text: &str) {
    let form = match stand {
        Stand::Left => "",
        Stand::Centre => "<w:jc w:val=\"center\"/>",
        Stand::Right => "<w:jc w:val=\"right\"/>",
        Stand::Set => "<w:ind w:firstLine=\"680\"/><w:jc w:val=\"both\"/>",
        Stand::Point => {
            "<w:tabs><w:tab w:val=\"left\" w:pos=\"454\"/></w:tabs>\
             <w:ind w:left=\"454\" w:hanging=\"454\"/><w:jc w:val=\"both\"/>"
        }
        Stand::Signed => "<w:ind w:left=\"5100\"/>",
    };
    let _ = write!(
        out,
        "<w:p><w:pPr>{form}</w:pPr>{}</w:p>",
        run(text, bold, None)
    );
}

/// Writes the last line of the letterhead, with the double line below it.
fn ruled(out: &mut String, text: &str) {
    let line = "<w:pBdr><w:bottom w:val=\"thinThickSmallGap\" w:sz=\"18\" w:space=\"4\" \
                w:color=\"000000\"/></w:pBdr><w:jc w:val=\"center\"/>";
    let _ = write!(
        out,
        "<w:p><w:pPr>{line}</w:pPr>{}</w:p>",
        run(text, false, None)
    );
}

/// Returns text as a run; a tab and a new line stay what they are.
fn run(text: &str, bold: bool, half_points: Option<u32>) -> String {
    let bold = if bold { "<w:b/>" } else { "" };
    let size = half_points.map_or_else(String::new, |s| format!("<w:sz w:val=\"{s}\"/>"));
    let mut out = format!("<w:r><w:rPr>{bold}{size}</w:rPr>");
    for (n, line) in text.lines().enumerate() {
        if n > 0 {
            out.push_str("<w:br/>");
        }
        for (m, piece) in line.split('\t').enumerate() {
            if m > 0 {
                out.push_str("<w:tab/>");
            }
            let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", xml(piece));
        }
    }
    out.push_str("</w:r>");
    out
}

/// Writes a table; the first row of a ruled one is its head, which stands on every page.
fn table<const N: usize>(
    out: &mut String,
    widths: &[u32; N],
    is_ruled: bool,
    rows: &[[String; N]],
) {
    out.push_str("<w:tbl><w:tblPr>");
    if is_ruled {
        out.push_str("<w:tblBorders>");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\"/>");
        }
        out.push_str("</w:tblBorders>");
    }
    out.push_str("<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    for (n, row) in rows.iter().enumerate() {
        let is_head = is_ruled && n == 0;
        let head = if is_head { "<w:tblHeader/>" } else { "" };
        let _ = write!(out, "<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>");
        for (width, cell) in widths.iter().zip(row) {
            let size = is_ruled.then_some(19);
            let _ = write!(
                out,
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr>\
                 <w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>{}</w:p>\
                 </w:tc>",
                run(cell, is_head, size)
            );
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}
