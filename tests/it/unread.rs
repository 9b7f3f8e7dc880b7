//! Files that hold no document, or hold it where nobody looks: each is told for what it is,
//! with what to do. Situations from public bug reports of other programs; every input is made
//! here.
#![allow(clippy::too_many_lines, reason = "a file after the other is made here")]

use super::made::{
    Field, Sheet, cell, docx, paragraph, part, pdf, photo, picture, relations, stream,
    tiff, xlsx,
};
use super::support::{archive, bukti, json_lines};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// Inspects files of a folder; gives a line a file, in the order of the walk.
fn inspected(files: &[(&str, Vec<u8>)], ocr: bool) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let mut command = bukti();
    command
        .args(["inspect", "--json", "--text"])
        .arg(folder.path());
    if !ocr {
        command.args(["--ocr", "none"]);
    }
    json_lines(&command.output().unwrap().stdout)
}

fn one(name: &str, bytes: Vec<u8>) -> Value {
    inspected(&[(name, bytes)], false).remove(0)
}

fn codes(line: &Value) -> Vec<String> {
    let notes = line["notes"].as_array().unwrap().iter();
    notes
        .map(|note| note["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn word_numbers_paragraphs_as_word_shows_them() {
    let level = |at: u32, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}\
             <w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">\
         <w:startOverride w:val=\"1\"/></w:lvlOverride></w:num></w:numbering>",
        level(0, "upperRoman", "BAB %1", "<w:pStyle w:val=\"Bab\"/>"),
        level(1, "decimal", "Pasal %2", "<w:lvlRestart w:val=\"0\"/>"),
        level(2, "decimal", "(%3)", "<w:suff w:val=\"space\"/>"),
        level(0, "lowerLetter", "%1.", ""),
    );
    let styles = "<w:styles><w:style w:styleId=\"Bab\"><w:pPr><w:numPr><w:numId w:val=\"1\"/>\
        </w:numPr></w:pPr></w:style><w:style w:styleId=\"Anak\"><w:basedOn w:val=\"Bab\"/></w:style>\
        </w:styles>";
    let item = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>\
             <w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let styled = |style: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let deleted = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>\
        <w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>lama</w:delText></w:r></w:del></w:p>";
    let body = [
        styled("Bab", "KETENTUAN UMUM"),
        item(1, 1, ""),
        "<w:p><w:r><w:t>Dalam Peraturan ini:</w:t></w:r></w:p>".to_owned(),
        item(2, 0, "anak"),
        item(2, 0, "forum"),
        styled("Anak", "PELAKSANAAN"),
        deleted.to_owned(),
        item(1, 1, ""),
        item(1, 2, "satu"),
        item(1, 2, "dua"),
        item(3, 0, "mulai lagi"),
        item(1, 1, "penutup"),
    ]
    .concat();
    let bytes = docx(
        "word/document.xml",
        &body,
        &[
            ("n", "numbering", "numbering.xml"),
            ("s", "styles", "styles.xml"),
        ],
        vec![
            part("word/numbering.xml", numbering),
            part("word/styles.xml", styles),
        ],
    );
    let lines = one("perbup.docx", bytes)["text"][0]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        lines.lines().collect::<Vec<_>>(),
        [
            "BAB I KETENTUAN UMUM",
            "Pasal 1",
            "Dalam Peraturan ini:",
            "a. anak",
            "b. forum",
            "BAB II PELAKSANAAN",
            "Pasal 2",
            "(1) satu",
            "(2) dua",
            "a. mulai lagi",
            "Pasal 3 penutup",
        ]
    );
}

#[test]
fn a_decree_with_tracked_changes_is_what_word_shows() {
    let body = "<w:p><w:r><w:t>KEPUTUSAN BUPATI CONTOH</w:t></w:r></w:p><w:p><w:r>\
        <w:t xml:space=\"preserve\">NOMOR </w:t></w:r><w:del><w:r><w:delText>12</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>21</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> TAHUN </w:t></w:r>\
        <w:del><w:r><w:delText>2019</w:delText></w:r></w:del><w:ins><w:r><w:t>2024</w:t></w:r></w:ins>\
        </w:p><w:p><w:moveFrom><w:r><w:t>kalimat pindah</w:t></w:r></w:moveFrom><w:r>\
        <w:rPr><w:vanish/></w:rPr><w:t>NOMOR 999 TAHUN 2001</w:t></w:r></w:p><w:p><w:moveTo><w:r>\
        <w:t>kalimat pindah</w:t></w:r></w:moveTo></w:p>";
    let line = one("sk.docx", docx("word/document2.xml", body, &[], vec![]));
    assert_eq!(
        line["text"][0],
        "KEPUTUSAN BUPATI CONTOH\nNOMOR 21 TAHUN 2024\nkalimat pindah"
    );
    assert_eq!(
        (&line["number"]["value"], &line["year"]["value"]),
        (&json!("21"), &json!(2024))
    );
    assert_eq!(line["notes"], json!([]));
}

#[test]
fn times_of_day_stay_times() {
    let row = |at: u32, style: u32, value: &str| {
        format!("<row r=\"{at}\"><c r=\"A{at}\" s=\"{style}\"><v>{value}</v></c></row>")
    };
    let rows = [
        format!("<row r=\"1\">{}</row>", cell("A1", "Pukul")),
        row(2, 1, "0.354166666666667"),
        row(3, 2, "45496"),
        row(4, 3, "1.10416666666667"),
        row(5, 2, "45496.375"),
    ];
    let sheet = Sheet {
        name: "Rundown",
        state: "visible",
        rows: rows.concat(),
        after: "",
    };
    let line = one("rundown.xlsx", xlsx(&[sheet], &[], vec![]));
    assert_eq!(
        line["text"][0],
        "Rundown\nPukul\n08:30\n2024-07-23\n26:30\n2024-07-23 09:00"
    );
}

#[test]
fn what_holds_no_document_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let link = docx(
        "word/document.xml",
        &paragraph("https://contoh.id/d/1"),
        &[],
        vec![],
    );
    let login =
        "<!DOCTYPE html><title>Masuk</title><form><input type=\"password\"></form>";
    let shortcut = "[InternetShortcut]\r\nURL=https://contoh.id/sk.pdf\r\n";
    let drive = "{\"url\":\"https://docs.google.com/open?id=1\",\"doc_id\":\"1\",\"email\":\"a@b.id\"}";
    let empty = docx("word/document.xml", "", &[], vec![]);
    let files: [(&str, &[u8]); 8] = [
        ("a laporan.gdoc", drive.as_bytes()),
        ("b rekap.gsheet", b"{\"doc_id\":\"2\"}"),
        ("c sk.url", shortcut.as_bytes()),
        ("d tautan.docx", &link),
        ("e sk.pdf", login.as_bytes()),
        ("f kosong.docx", &empty),
        ("g foto.jpg", &photo(&[])),
        (
            "h tautan.txt",
            b"https://contoh.id/a\nhttps://contoh.id/b\n",
        ),
    ];
    for (name, bytes) in files {
        fs::write(share.join(name), bytes).unwrap();
    }
    let run = |lang: &str, words: &[&str]| {
        let mut command = bukti();
        command
            .env("BUKTI_LANG", lang)
            .args(words)
            .arg("--archive")
            .arg(&archive);
        command.output().unwrap()
    };
    let index = run("id", &["index", share.to_str().unwrap()]);
    assert_eq!(index.status.code(), Some(3));
    let index = String::from_utf8(index.stdout).unwrap();
    for (name, words) in [
        ("a laporan.gdoc", "ekspor"),
        ("b rekap.gsheet", "Google Docs"),
        ("c sk.url", "penunjuk"),
        ("d tautan.docx", "penunjuk"),
        ("e sk.pdf", "unduh ulang"),
        ("f kosong.docx", "tidak ada teks"),
        ("h tautan.txt", "penunjuk"),
    ] {
        let (_, after) = index
            .split_once(name)
            .unwrap_or_else(|| panic!("{name}: {index}"));
        assert!(
            after.lines().nth(1).unwrap().contains(words),
            "{name}: {index}"
        );
    }
    assert!(
        !index.contains("g foto.jpg"),
        "a photo has no words to have: {index}"
    );
    let status = run("en", &["status", "--json"]);
    let status: Value = serde_json::from_slice(&status.stdout).unwrap();
    let expected = json!({"indexed": 2, "unsupported": 6});
    assert_eq!(status["states"], expected);
    let reasons: Vec<(&str, &str)> = status["attention"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let name = Path::new(row["path"].as_str().unwrap())
                .file_name()
                .unwrap();
            let code = row["notes"][0]["code"].as_str().unwrap();
            (name.to_str().unwrap(), code)
        })
        .collect();
    assert_eq!(reasons.len(), 7, "{status:#}");
    assert!(reasons.contains(&("a laporan.gdoc", "points_elsewhere")));
    assert!(reasons.contains(&("f kosong.docx", "nothing_to_read")));
}

#[test]
fn a_portfolio_is_a_container_and_a_dynamic_form_is_read() {
    let inner = pdf("KEPUTUSAN BUPATI CONTOH NOMOR 77 TAHUN 2024", "", "", &[]);
    let cover = pdf(
        "For the best experience, open this PDF portfolio in another program",
        "/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>",
        "",
        &[
            b"6 0 obj <</Type/Filespec/UF(SK.pdf)/EF<</F 7 0 R>>>> endobj\n".to_vec(),
            stream(7, "/Type/EmbeddedFile", &inner),
        ],
    );
    let lines = inspected(&[("porto.pdf", cover)], false);
    assert_eq!(lines[0]["state"], "unpacked");
    assert!(
        lines[1]["path"]
            .as_str()
            .unwrap()
            .ends_with("porto.pdf » SK.pdf")
    );
    assert_eq!(
        lines[1]["text"][0],
        "KEPUTUSAN BUPATI CONTOH NOMOR 77 TAHUN 2024"
    );

    // A letter with a file attached stays a letter.
    let long = "kata kata kata kata kata) Tj 0 -14 Td (".repeat(12);
    let letter = pdf(
        &long,
        "/Collection<<>>/AF[6 0 R]",
        "",
        &[
            b"6 0 obj <</Type/Filespec/UF(a.txt)/EF<</F 7 0 R>>>> endobj\n".to_vec(),
            stream(7, "/Type/EmbeddedFile", b"lampiran"),
        ],
    );
    let lines = inspected(&[("surat.pdf", letter)], false);
    assert_eq!((&lines[0]["state"], lines.len()), (&json!("indexed"), 2));

    // A form whose fields are drawn shows what they hold.
    let form = "<xdp><template><field name=\"a\"/></template><datasets><data><a>dua kali</a></data>\
        </datasets></xdp>";
    let drawn = pdf(
        "FORMULIR",
        "/AcroForm<</Fields[7 0 R]/XFA 6 0 R>>",
        "/Annots[7 0 R]",
        &[
            stream(6, "", form.as_bytes()),
            b"7 0 obj <</Subtype/Widget/FT/Tx/T(a)/V(dua kali)/Rect[72 500 300 520]>> endobj\n".to_vec(),
        ],
    );
    let line = one("statis.pdf", drawn);
    assert_eq!(line["text"][0], "FORMULIR\ndua kali");
    assert_eq!(line["notes"], json!([]));
}

#[test]
fn the_letterhead_in_a_header_is_read_before_the_letter() {
    let bytes = docx(
        "word/document.xml",
        &paragraph("Perihal : Undangan rapat"),
        &[("h", "header", "header1.xml")],
        vec![
            part(
                "word/header1.xml",
                "<w:hdr><w:p><w:r><a:blip r:embed=\"g\"/></w:r></w:p></w:hdr>",
            ),
            relations("word/header1.xml", &[("g", "image", "media/kop.png")]),
            part("word/media/kop.png", picture(1500, 170)),
        ],
    );
    let line = inspected(&[("surat.docx", bytes)], true).remove(0);
    assert!(
        line["text"][0]
            .as_str()
            .unwrap()
            .contains("NOMOR 5 TAHUN 2024"),
        "{line:#}"
    );
    assert_eq!(line["text"][1], "Perihal : Undangan rapat");
}

#[test]
fn a_fax_is_read_with_square_pixels() {
    let page = image::load_from_memory(&picture(700, 400))
        .unwrap()
        .into_luma8();
    // Standard mode keeps every second line.
    let squashed =
        image::imageops::resize(&page, 700, 200, image::imageops::FilterType::Triangle);
    let files = [
        ("faks.tif", tiff(&squashed, 204, 102)),
        ("biasa.tif", tiff(&page, 200, 200)),
    ];
    for line in inspected(&files, true) {
        let text = line["text"][0].as_str().unwrap();
        assert!(
            text.contains("NOMOR 5 TAHUN 2024"),
            "{}: {text}",
            line["path"]
        );
    }
}

#[test]
fn what_a_camera_writes_is_a_date_or_why_not() {
    const TAKEN: u16 = 0x9003;
    let [north, east] = [
        [(7, 1), (533_333, 10_000), (0, 0)],
        [(110, 1), (20, 1), (0, 1)],
    ];
    let place = || {
        vec![
            Field::Place(1, "S"),
            Field::Angle(2, north),
            Field::Place(3, "E"),
            Field::Angle(4, east),
        ]
    };
    let with = |more: Vec<Field<'static>>| {
        let mut fields = more;
        fields.extend(place());
        photo(&fields)
    };
    let zeros = [
        // Without a fix, the date is no satellite's.
        Field::Place(0x1D, "2024:07:23"),
        Field::Camera(TAKEN, "0000:00:00 00:00:00"),
        Field::Angle(2, [(0, 0); 3]),
    ];
    let night = [(17, 1), (30, 1), (0, 1)];
    let files = [
        (
            "a jam 24.jpg",
            with(vec![Field::Camera(TAKEN, "2024:07:23 24:28:33")]),
        ),
        (
            "b tanpa detik.jpg",
            photo(&[Field::Camera(TAKEN, "2024-07-23 09:15")]),
        ),
        ("c nol.jpg", photo(&zeros)),
        (
            "d masa depan.jpg",
            photo(&[Field::Camera(TAKEN, "2190:12:31 10:00:00")]),
        ),
        (
            "e satelit.jpg",
            with(vec![
                Field::Place(0x1D, "2024:07:23"),
                Field::Angle(7, night),
            ]),
        ),
        (
            "f bertentangan.jpg",
            with(vec![
                Field::Camera(TAKEN, "2015:01:01 00:00:10"),
                Field::Place(0x1D, "2024:07:23"),
            ]),
        ),
        (
            "g kedua.jpg",
            photo(&[
                Field::Camera(TAKEN, "0000:00:00 00:00:00"),
                Field::Camera(0x9004, "2024:07:23 10:00:00"),
            ]),
        ),
        ("IMG-20240723-WA0012.jpg", photo(&[])),
    ];
    let lines = inspected(&files, false);
    let seen: Vec<Option<&str>> = lines
        .iter()
        .map(|line| line["metadata"]["camera"]["captured"].as_str())
        .collect();
    let mut expected = vec![
        Some("2024-07-23T00:28:33"),
        Some("2024-07-23T09:15:00"),
        None,
        None,
        // Half past seven in the evening in Greenwich is the next day in Java.
        Some("2024-07-24T00:30:00"),
        None,
        Some("2024-07-23T10:00:00"),
    ];
    // In the order of the walk, capitals come first.
    expected.insert(0, None);
    assert_eq!(seen, expected);
    for (line, expected) in lines.iter().zip(&expected) {
        let told = codes(line).contains(&"no_capture_date".to_owned());
        assert_eq!(told, expected.is_none(), "{}", line["path"]);
        let text = line.to_string();
        assert!(
            !text.contains("WhatsApp") && !text.contains("messenger"),
            "{text}"
        );
    }
    let place = &lines[1]["metadata"]["camera"]["place"];
    assert!(
        (place["lat"].as_f64().unwrap() + 7.888_89).abs() < 1e-4,
        "{place}"
    );
}
