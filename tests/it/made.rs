//! Makes documents of every format that people put words into, with the words where the test
//! wants them. Nothing here comes from a file of somebody else.
#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "files are made here piece by piece, in the order of their bytes"
)]

use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A part of a package: its name and its bytes.
pub type Part = (String, Vec<u8>);

/// Makes a part.
pub fn part(name: &str, content: impl AsRef<[u8]>) -> Part {
    (name.to_owned(), content.as_ref().to_vec())
}

/// Packs parts into a ZIP.
pub fn package(parts: &[Part]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Packs streams into a compound file.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (path, content) in streams {
        if let Some((storage, _)) = path.rsplit_once('/').filter(|(s, _)| !s.is_empty()) {
            file.create_storage_all(storage).unwrap();
        }
        let mut stream = file.create_stream(path).unwrap();
        stream.write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// Returns text as UTF-16.
pub fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Returns a picture of three printed lines, `NOMOR 5 TAHUN 2024` the middle one, of this size.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let lines = include_bytes!("../data/ocr/three_lines.png");
    let lines = image::load_from_memory(lines).unwrap().into_luma8();
    let mut page = image::GrayImage::from_pixel(width, height, image::Luma([255]));
    image::imageops::overlay(&mut page, &lines, 40, i64::from(height / 2) - 71);
    let mut png = Cursor::new(Vec::new());
    page.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

/// Wraps a file as the packager of Windows does (Insert > Object > from a file).
pub fn packed(name: &str, content: &[u8]) -> Vec<u8> {
    let number = |n: usize| (n as u32).to_le_bytes().to_vec();
    let ended = |text: &str| [text.as_bytes(), b"\0"].concat();
    let long = |text: &str| [number(text.encode_utf16().count()), wide(text)].concat();
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii() { c } else { '?' })
        .collect();
    let path = format!("C:\\data\\{ascii}");
    let temporary = ended(&path);
    let inner = [
        vec![2, 0],
        ended(&ascii),
        ended(&path),
        vec![0, 0, 3, 0],
        number(temporary.len()),
        temporary,
        number(content.len()),
        content.to_vec(),
        long(&path),
        long(name),
        long(&path),
    ]
    .concat();
    [number(inner.len()), inner].concat()
}

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Makes the list of relations of a part: id, kind, target.
pub fn relations(part: &str, all: &[(&str, &str, &str)]) -> Part {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let mut xml = String::from("<Relationships>");
    for (id, kind, target) in all {
        xml += &format!(
            "<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>"
        );
    }
    (
        format!("{folder}_rels/{file}.rels"),
        (xml + "</Relationships>").into_bytes(),
    )
}

/// Makes the list of types that names the main part.
fn types(main: &str, kind: &str) -> Part {
    let xml = format!(
        "<Types><Override PartName=\"/{main}\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.{kind}.main+xml\"/></Types>"
    );
    part("[Content_Types].xml", xml)
}

/// Makes a DOCX of a body, what the body relates to, and further parts.
pub fn docx(
    main: &str,
    body: &str,
    related: &[(&str, &str, &str)],
    mut parts: Vec<Part>,
) -> Vec<u8> {
    let mut all = vec![
        types(main, "wordprocessingml.document"),
        relations("", &[("r", "officeDocument", main)]),
        part(
            main,
            format!("<w:document><w:body>{body}</w:body></w:document>"),
        ),
        relations(main, related),
    ];
    all.append(&mut parts);
    package(&all)
}

/// Makes a Word paragraph.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Makes a drawing of one shape with text, as slides and sheets have it.
pub fn shape(text: &str) -> String {
    format!("<x:sp><x:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></x:txBody></x:sp>")
}

/// Makes a PPTX of one slide.
pub fn pptx(
    slide: &str,
    related: &[(&str, &str, &str)],
    mut parts: Vec<Part>,
) -> Vec<u8> {
    let main = "ppt/presentation.xml";
    let mut all = vec![
        types(main, "presentationml.presentation"),
        relations("", &[("r", "officeDocument", main)]),
        part(
            main,
            "<p:presentation><p:sldIdLst><p:sldId r:id=\"s\"/></p:sldIdLst></p:presentation>",
        ),
        relations(main, &[("s", "slide", "slides/slide1.xml")]),
        part("ppt/slides/slide1.xml", format!("<p:sld>{slide}</p:sld>")),
        relations("ppt/slides/slide1.xml", related),
    ];
    all.append(&mut parts);
    package(&all)
}

/// A sheet to be made: name, state, rows in XML, and what stands after them.
pub struct Sheet<'a> {
    pub name: &'a str,
    pub state: &'a str,
    pub rows: String,
    pub after: &'a str,
}

/// Makes a cell with text in it.
pub fn cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// Makes an XLSX; the first sheet relates to `related`. Style 1 shows times of day, 2 dates,
/// 3 lengths of time.
pub fn xlsx(
    sheets: &[Sheet<'_>],
    related: &[(&str, &str, &str)],
    parts: Vec<Part>,
) -> Vec<u8> {
    const MAIN: &str = "xl/workbook.xml";
    const SPACE: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let mut list = String::new();
    let mut of_book = vec![("st".to_owned(), "styles", "styles.xml".to_owned())];
    let mut all = vec![
        types(MAIN, "spreadsheetml.sheet"),
        relations("", &[("r", "officeDocument", MAIN)]),
        part(
            "xl/styles.xml",
            format!(
                "<styleSheet {SPACE}><numFmts count=\"1\"><numFmt numFmtId=\"164\" \
                 formatCode=\"[h]:mm\"/></numFmts><cellXfs count=\"4\"><xf numFmtId=\"0\"/>\
                 <xf numFmtId=\"20\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>\
                 </styleSheet>"
            ),
        ),
    ];
    for (at, sheet) in sheets.iter().enumerate() {
        let file = format!("xl/worksheets/sheet{}.xml", at + 1);
        list += &format!(
            "<sheet name=\"{}\" sheetId=\"{}\" state=\"{}\" r:id=\"s{at}\"/>",
            sheet.name,
            at + 1,
            sheet.state
        );
        of_book.push((
            format!("s{at}"),
            "worksheet",
            format!("worksheets/sheet{}.xml", at + 1),
        ));
        let xml = format!(
            "<worksheet {SPACE}><sheetData>{}</sheetData>{}</worksheet>",
            sheet.rows, sheet.after
        );
        all.push(part(&file, xml));
    }
    let of_book: Vec<(&str, &str, &str)> = of_book
        .iter()
        .map(|(id, kind, target)| (id.as_str(), *kind, target.as_str()))
        .collect();
    all.push(part(
        MAIN,
        format!("<workbook {SPACE}><sheets>{list}</sheets></workbook>"),
    ));
    all.push(relations(MAIN, &of_book));
    all.push(relations("xl/worksheets/sheet1.xml", related));
    all.extend(parts);
    package(&all)
}

/// Makes an `OpenDocument` of what stands in the body, before it (styles), and around it.
pub fn open_document(
    kind: &str,
    styles: &str,
    body: &str,
    frame: &str,
    parts: Vec<Part>,
) -> Vec<u8> {
    let kind_of_file = match kind {
        "spreadsheet" => "spreadsheet",
        "presentation" => "presentation",
        _ => "text",
    };
    let mut all = vec![
        part(
            "mimetype",
            format!("application/vnd.oasis.opendocument.{kind_of_file}"),
        ),
        part("META-INF/manifest.xml", "<manifest:manifest/>"),
        part(
            "content.xml",
            format!(
                "<office:document-content><office:automatic-styles>{styles}\
                 </office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>\
                 </office:body></office:document-content>"
            ),
        ),
        part(
            "styles.xml",
            format!("<office:document-styles>{frame}</office:document-styles>"),
        ),
    ];
    all.extend(parts);
    package(&all)
}

/// Makes a PDF of one page with a line of text; `catalog` and `page` are further entries of
/// theirs, `objects` further objects from number 6 on.
pub fn pdf(text: &str, catalog: &str, page: &str, objects: &[Vec<u8>]) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET");
    let mut out = format!(
        "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R {catalog}>> endobj\n\
         2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
         3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R>>/Properties<</L 9 0 R>>>> {page}>> endobj\n\
         4 0 obj <</Length {}>> stream\n{content}\nendstream endobj\n\
         5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n",
        content.len()
    )
    .into_bytes();
    for object in objects {
        out.extend(object);
    }
    out.extend(b"trailer <</Root 1 0 R>>\n%%EOF\n");
    out
}

/// Packs a picture as a JPEG.
pub fn jpeg(picture: &image::GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85);
    encoder.encode_image(picture).unwrap();
    bytes.into_inner()
}

/// Makes a PDF of a page of that size with a picture at `[x, y, width, height]` (points, from the lower
/// left) and lines typed over it, each at x and y.
pub fn scanned(
    size: (f32, f32),
    rotate: u16,
    picture: &image::GrayImage,
    [x, y, width, height]: [f32; 4],
    typed: &[(f32, f32, &str)],
) -> Vec<u8> {
    let lines = typed
        .iter()
        .map(|(x, y, text)| format!("BT /F1 9 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"));
    let lines: String = lines.collect();
    let content = format!("q {width} 0 0 {height} {x} {y} cm /Im Do Q\n{lines}");
    let data = jpeg(picture);
    let mut out = format!(
        "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
         2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
         3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]/Rotate {rotate}\
         /Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</Im 6 0 R>>>>>> endobj\n\
         4 0 obj <</Length {}>> stream\n{content}\nendstream endobj\n\
         5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n\
         6 0 obj <</Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray\
         /BitsPerComponent 8/Filter/DCTDecode/Length {}>> stream\n",
        size.0,
        size.1,
        content.len(),
        picture.width(),
        picture.height(),
        data.len()
    )
    .into_bytes();
    out.extend(data);
    out.extend(b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");
    out
}

/// Makes a PDF object that is a stream; in digits, so that a PDF can stand in it.
pub fn stream(number: u32, entries: &str, content: &[u8]) -> Vec<u8> {
    let hex: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{number} 0 obj <<{entries}/Filter/ASCIIHexDecode/Length {}>> stream\n{hex}\n\
         endstream endobj\n",
        hex.len()
    )
    .into_bytes()
}

/// Makes what Outlook sends as `winmail.dat`: a body and files.
pub fn tnef(body: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    fn attribute(level: u8, id: u32, content: &[u8]) -> Vec<u8> {
        let sum = content
            .iter()
            .fold(0_u16, |sum, b| sum.wrapping_add((*b).into()));
        let len = (content.len() as u32).to_le_bytes();
        [
            &[level][..],
            &id.to_le_bytes(),
            &len,
            content,
            &sum.to_le_bytes(),
        ]
        .concat()
    }
    fn property(kind: u16, id: u16, content: &[u8]) -> Vec<u8> {
        let fill = vec![0; content.len().next_multiple_of(4) - content.len()];
        let head = [kind.to_le_bytes(), id.to_le_bytes()].concat();
        let len = (content.len() as u32).to_le_bytes();
        [&head[..], &1_u32.to_le_bytes(), &len, content, &fill].concat()
    }
    let mut out = [&[0x78, 0x9F, 0x3E, 0x22][..], &[1, 0]].concat();
    // A property of the program's own comes first, with a name and no words.
    let named = [
        &[0x03, 0, 0x01, 0x80][..],
        &[7; 16],
        &[1, 0, 0, 0, 6, 0, 0, 0],
        &wide("abc"),
        &[0, 0],
        &[9, 0, 0, 0],
    ]
    .concat();
    let body = property(0x001E, 0x1000, format!("{body}\0").as_bytes());
    let list = [&2_u32.to_le_bytes()[..], &named, &body].concat();
    out.extend(attribute(1, 0x0006_9003, &list));
    for (name, content) in files {
        out.extend(attribute(2, 0x0006_9002, &[1; 14]));
        out.extend(attribute(2, 0x0001_8010, b"SHORT~1.DAT\0"));
        out.extend(attribute(2, 0x0006_800F, content));
        let long = property(0x001F, 0x3707, &wide(&format!("{name}\0")));
        let list = [&1_u32.to_le_bytes()[..], &long].concat();
        out.extend(attribute(2, 0x0006_9005, &list));
    }
    out
}

/// Makes a mail with a body and files attached.
pub fn mail(body: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = format!(
        "From: Siti <siti@contoh.go.id>\r\nTo: Budi <budi@contoh.go.id>\r\n\
         Subject: Data dukung\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=batas\r\n\r\n--batas\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    );
    for (name, content) in files {
        let hex: Vec<String> =
            content.iter().map(|byte| format!("={byte:02X}")).collect();
        let lines: Vec<String> =
            hex.chunks(20).map(|line| line.concat() + "=\r\n").collect();
        out += &format!(
            "--batas\r\nContent-Type: application/octet-stream\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{}\r\n",
            lines.concat()
        );
    }
    (out + "--batas--\r\n").into_bytes()
}

/// Makes a TIFF of a grey picture whose pixels have these dots an inch across and down.
pub fn tiff(grey: &image::GrayImage, across: u32, down: u32) -> Vec<u8> {
    let (width, height) = grey.dimensions();
    let mut out = b"II*\0".to_vec();
    let pixels_at = 8;
    let rational_at = pixels_at + grey.as_raw().len().next_multiple_of(2) as u32;
    let directory_at = rational_at + 16;
    out.extend(directory_at.to_le_bytes());
    out.extend(grey.as_raw());
    out.resize(rational_at as usize, 0);
    for number in [across, 1, down, 1] {
        out.extend(number.to_le_bytes());
    }
    let entries: [(u16, u16, u32); 11] = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, pixels_at),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, grey.as_raw().len() as u32),
        (282, 5, rational_at),
        (283, 5, rational_at + 8),
    ];
    out.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, value) in entries {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out.extend([0; 4]);
    out
}

/// Makes a photo, a JPEG without words on it, with Exif fields: directory, tag, kind, values.
pub fn photo(fields: &[Field<'_>]) -> Vec<u8> {
    let shades = image::RgbImage::from_fn(640, 480, |x, y| {
        let wave = (f64::from(x) / 37.0).sin() * (f64::from(y) / 53.0).cos();
        let value = (128.0 + 80.0 * wave) as u8;
        image::Rgb([value, value / 2 + 60, 200 - value / 2])
    });
    let mut jpeg = Cursor::new(Vec::new());
    shades
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let jpeg = jpeg.into_inner();
    let block = [b"Exif\0\0".as_slice(), &exif(fields)].concat();
    let len = (block.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &len, &block, &jpeg[2..]].concat()
}

/// One Exif field.
pub enum Field<'a> {
    /// Text in the camera's directory.
    Camera(u16, &'a str),
    /// Text in the directory of the place.
    Place(u16, &'a str),
    /// Three fractions in the directory of the place.
    Angle(u16, [(u32, u32); 3]),
}

/// Makes an Exif block: a directory that leads to the camera's and to that of the place.
fn exif(fields: &[Field<'_>]) -> Vec<u8> {
    let camera: Vec<(u16, u16, Vec<u8>)> = fields
        .iter()
        .filter_map(|field| match field {
            Field::Camera(tag, text) => Some((*tag, 2, format!("{text}\0").into_bytes())),
            _ => None,
        })
        .collect();
    let place: Vec<(u16, u16, Vec<u8>)> = fields
        .iter()
        .filter_map(|field| match field {
            Field::Place(tag, text) => Some((*tag, 2, format!("{text}\0").into_bytes())),
            Field::Angle(tag, parts) => {
                let numbers = parts.iter().flat_map(|(a, b)| [*a, *b]);
                Some((*tag, 5, numbers.flat_map(u32::to_be_bytes).collect()))
            }
            Field::Camera(..) => None,
        })
        .collect();
    let size = |entries: &[(u16, u16, Vec<u8>)]| {
        let beside: usize = entries.iter().map(|(_, _, raw)| raw.len().max(4)).sum();
        6 + 12 * entries.len() + beside
    };
    let camera_at = 8 + 6 + 24;
    let place_at = camera_at + size(&camera);
    let mut out = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    for (tag, at) in [(0x8769_u16, camera_at), (0x8825, place_at)] {
        out.extend(tag.to_be_bytes());
        out.extend([0, 4, 0, 0, 0, 1]);
        out.extend((at as u32).to_be_bytes());
    }
    out.extend([0; 4]);
    for (entries, at) in [(&camera, camera_at), (&place, place_at)] {
        let mut beside = Vec::new();
        out.extend((entries.len() as u16).to_be_bytes());
        for (tag, kind, raw) in entries {
            let unit = if *kind == 5 { 8 } else { 1 };
            out.extend(tag.to_be_bytes());
            out.extend(kind.to_be_bytes());
            out.extend(((raw.len() / unit) as u32).to_be_bytes());
            if raw.len() <= 4 {
                let mut short = raw.clone();
                short.resize(4, 0);
                out.extend(short);
            } else {
                let place = at + 6 + 12 * entries.len() + beside.len();
                out.extend((place as u32).to_be_bytes());
            }
            let mut kept = raw.clone();
            kept.resize(raw.len().max(4), 0);
            beside.extend(kept);
        }
        out.extend([0; 4]);
        out.extend(beside);
    }
    out
}
