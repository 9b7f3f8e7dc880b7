//! The invariant of reading: in a share of every format, with a word in every place where
//! people put words, each word is found by `search` or its absence is told by `status`; and
//! what a person does not see, deleted or hidden, is not found.
#![allow(
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "a share is made here, a file after the other"
)]

use super::made::{
    Sheet, cell, compound, docx, mail, open_document, package, packed, paragraph, part,
    pdf, picture, pptx, relations, scanned, shape, stream, tnef, wide, xlsx,
};
use super::support::{archive, bukti, repository};
use serde_json::Value;
use std::{fs, path::Path};

/// A file of the share: its name, its bytes, the words to be found, the words not to be.
struct Made {
    name: &'static str,
    bytes: Vec<u8>,
    found: Vec<&'static str>,
    unseen: Vec<&'static str>,
}

fn made(
    name: &'static str,
    bytes: Vec<u8>,
    found: &[&'static str],
    unseen: &[&'static str],
) -> Made {
    Made {
        name,
        bytes,
        found: found.to_vec(),
        unseen: unseen.to_vec(),
    }
}

/// A diagram and a chart, as Word, Excel and `PowerPoint` keep them.
fn diagram(word: &str) -> String {
    format!(
        "<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>{word}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
    )
}

fn chart(word: &str) -> String {
    format!(
        "<c:chartSpace><c:cat><c:strRef><c:f>A1</c:f><c:strCache><c:pt><c:v>{word}</c:v></c:pt></c:strCache></c:strRef></c:cat></c:chartSpace>"
    )
}

fn object(word: &str) -> Vec<u8> {
    let file = format!("Surat {word}\n");
    compound(&[
        (
            "/\u{1}Ole10Native",
            &packed("surat – asli.txt", file.as_bytes()),
        ),
        ("/\u{1}CompObj", b"x"),
    ])
}

fn word_document() -> Made {
    let text_box = "<w:p><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>\
        <w:txbxContent><w:p><w:r><w:t>docxkotak</w:t></w:r></w:p></w:txbxContent></wps:txbx>\
        </w:drawing></mc:Choice><mc:Fallback><w:t>docxganda</w:t></mc:Fallback>\
        </mc:AlternateContent></w:p>";
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>docxtabel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let changes = "<w:p><w:del><w:r><w:delText>docxhapusa</w:delText></w:r></w:del>\
        <w:del><w:r><w:t>docxhapusb</w:t></w:r></w:del>\
        <w:moveFrom><w:r><w:t>docxpindah</w:t></w:r></w:moveFrom>\
        <w:ins><w:r><w:t>docxsisip</w:t></w:r></w:ins>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>docxrahasia</w:t></w:r>\
        <w:r><w:rPr><w:rStyle w:val=\"Gaib\"/></w:rPr><w:t>docxgaib</w:t></w:r></w:p>";
    let body = [
        paragraph("docxbadan").as_str(),
        text_box,
        table,
        changes,
        "<w:p><w:r><a:blip r:embed=\"g\"/></w:r></w:p>",
    ]
    .concat();
    let story =
        |kind: &str, word: &str| format!("<w:{kind}>{}</w:{kind}>", paragraph(word));
    let style = "<w:styles><w:style w:styleId=\"Gaib\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let bytes = docx(
        "word/document2.xml",
        &body,
        &[
            ("h", "header", "header7.xml"),
            ("f", "footer", "footer7.xml"),
            ("n", "footnotes", "footnotes2.xml"),
            ("c", "comments", "comments2.xml"),
            ("d", "diagramData", "diagrams/data1.xml"),
            ("b", "chart", "charts/chart1.xml"),
            ("o", "oleObject", "embeddings/oleObject1.bin"),
            ("p", "package", "embeddings/sisipan.docx"),
            ("g", "image", "media/g.png"),
            ("s", "styles", "styles2.xml"),
        ],
        vec![
            part("word/header7.xml", story("hdr", "docxkepala")),
            part("word/footer7.xml", story("ftr", "docxkaki")),
            part("word/footnotes2.xml", story("footnotes", "docxcatatan")),
            part("word/comments2.xml", story("comments", "docxkomentar")),
            part("word/diagrams/data1.xml", diagram("docxdiagram")),
            part("word/charts/chart1.xml", chart("docxgrafik")),
            relations(
                "word/charts/chart1.xml",
                &[("w", "package", "../embeddings/data.xlsx")],
            ),
            part("word/embeddings/data.xlsx", "bukan dokumen"),
            part("word/embeddings/oleObject1.bin", object("docxobjek")),
            part(
                "word/embeddings/sisipan.docx",
                docx("word/document.xml", &paragraph("docxdalam"), &[], vec![]),
            ),
            part("word/media/g.png", picture(700, 300)),
            part("word/styles2.xml", style),
        ],
    );
    made(
        "surat.docx",
        bytes,
        &[
            "docxbadan",
            "docxkotak",
            "docxtabel",
            "docxsisip",
            "docxkepala",
            "docxkaki",
            "docxcatatan",
            "docxkomentar",
            "docxdiagram",
            "docxgrafik",
            "docxobjek",
            "docxdalam",
        ],
        &[
            "docxganda",
            "docxhapusa",
            "docxhapusb",
            "docxpindah",
            "docxrahasia",
            "docxgaib",
        ],
    )
}

fn workbook() -> Made {
    let sheets = [
        Sheet {
            name: "Rekap",
            state: "visible",
            rows: format!("<row r=\"1\">{}</row>", cell("A1", "xlsxbadan")),
            after: "<headerFooter><oddHeader>&amp;C&amp;\"Arial\"xlsxkepala</oddHeader>\
                <oddFooter>&amp;Lxlsxkaki&amp;R&amp;P</oddFooter></headerFooter>",
        },
        Sheet {
            name: "Sembunyi",
            state: "hidden",
            rows: format!("<row r=\"1\">{}</row>", cell("A1", "xlsxrahasia")),
            after: "",
        },
    ];
    let comments = "<comments><commentList><comment ref=\"A1\"><text><r><t>xlsxkomentar</t></r>\
        </text></comment></commentList></comments>";
    let bytes = xlsx(
        &sheets,
        &[
            ("d", "drawing", "../drawings/drawing1.xml"),
            ("c", "comments", "../comments1.xml"),
            ("o", "oleObject", "../embeddings/oleObject1.bin"),
        ],
        vec![
            part(
                "xl/drawings/drawing1.xml",
                format!("<xdr:wsDr>{}</xdr:wsDr>", shape("xlsxkotak")),
            ),
            relations(
                "xl/drawings/drawing1.xml",
                &[
                    ("g", "image", "../media/g.png"),
                    ("d", "diagramData", "../diagrams/data1.xml"),
                    ("b", "chart", "../charts/chart1.xml"),
                ],
            ),
            part("xl/media/g.png", picture(701, 300)),
            part("xl/diagrams/data1.xml", diagram("xlsxdiagram")),
            part("xl/charts/chart1.xml", chart("xlsxgrafik")),
            part("xl/comments1.xml", comments),
            part("xl/embeddings/oleObject1.bin", object("xlsxobjek")),
        ],
    );
    made(
        "rekap.xlsx",
        bytes,
        &[
            "xlsxbadan",
            "xlsxkepala",
            "xlsxkaki",
            "xlsxkotak",
            "xlsxkomentar",
            "xlsxdiagram",
            "xlsxgrafik",
            "xlsxobjek",
        ],
        &["xlsxrahasia"],
    )
}

fn slides() -> Made {
    let table = "<a:tbl><a:tr><a:tc><a:p><a:r><a:t>pptxtabel</a:t></a:r></a:p></a:tc></a:tr></a:tbl>";
    let slide = [
        shape("pptxbadan").as_str(),
        table,
        "<p:pic><a:blip r:embed=\"g\"/></p:pic>",
    ]
    .concat();
    let bytes = pptx(
        &slide,
        &[
            ("n", "notesSlide", "../notesSlides/n.xml"),
            ("c", "comments", "../comments/c.xml"),
            ("d", "diagramData", "../diagrams/d.xml"),
            ("b", "chart", "../charts/b.xml"),
            ("o", "package", "../embeddings/lampiran.txt"),
            ("g", "image", "../media/g.png"),
        ],
        vec![
            part(
                "ppt/notesSlides/n.xml",
                format!("<p:notes>{}</p:notes>", shape("pptxcatatan")),
            ),
            part(
                "ppt/comments/c.xml",
                "<p:cmLst><p:cm><p:text>pptxkomentar</p:text></p:cm></p:cmLst>",
            ),
            part("ppt/diagrams/d.xml", diagram("pptxdiagram")),
            part("ppt/charts/b.xml", chart("pptxgrafik")),
            part("ppt/embeddings/lampiran.txt", "Surat pptxobjek\n"),
            part("ppt/media/g.png", picture(702, 300)),
        ],
    );
    made(
        "paparan.pptx",
        bytes,
        &[
            "pptxbadan",
            "pptxtabel",
            "pptxcatatan",
            "pptxkomentar",
            "pptxdiagram",
            "pptxgrafik",
            "pptxobjek",
        ],
        &[],
    )
}

const HIDING: &str = "<style:style style:name=\"G\"><style:text-properties text:display=\"none\"/>\
    <style:table-properties table:display=\"false\"/></style:style>";

const HEADER: &str = "<style:master-page><style:header><text:p>Rekap odskepala</text:p>\
    <text:p>Halaman <text:page-number>1</text:page-number></text:p></style:header></style:master-page>";

fn open_text() -> Made {
    let body = "<text:tracked-changes><text:p>odthapus</text:p></text:tracked-changes>\
        <text:p>odtbadan<text:note><text:note-body><text:p>odtcatatan</text:p></text:note-body>\
        </text:note><office:annotation><text:p>odtkomentar</text:p></office:annotation>\
        <text:span text:style-name=\"G\">odtrahasia</text:span></text:p>\
        <text:p><draw:frame><draw:text-box><text:p>odtkotak</text:p></draw:text-box></draw:frame>\
        <draw:frame><draw:object-ole xlink:href=\"./Object 1\"/></draw:frame>\
        <draw:frame><draw:object xlink:href=\"./Object 2\"/></draw:frame>\
        <draw:frame><draw:image xlink:href=\"Pictures/g.png\"/></draw:frame></text:p>\
        <table:table><table:table-row><table:table-cell><text:p>odttabel</text:p>\
        </table:table-cell></table:table-row></table:table>";
    let frame = "<style:master-page><style:header><text:p>odtkepala</text:p></style:header>\
        <style:footer><text:p>odtkaki</text:p></style:footer></style:master-page>";
    let inner = "<office:document-content><office:body><office:text><text:p>odtdalam</text:p>\
        </office:text></office:body></office:document-content>";
    let parts = vec![
        part("Object 1", object("odtobjek")),
        part("Object 2/content.xml", inner),
        part("Pictures/g.png", picture(703, 300)),
    ];
    made(
        "surat.odt",
        open_document("text", HIDING, body, frame, parts),
        &[
            "odtbadan",
            "odtcatatan",
            "odtkomentar",
            "odtkotak",
            "odtobjek",
            "odtdalam",
            "odttabel",
            "odtkepala",
            "odtkaki",
        ],
        &["odthapus", "odtrahasia"],
    )
}

fn open_others() -> Vec<Made> {
    let sheet = |name: &str, style: &str, word: &str| {
        format!(
            "<table:table table:name=\"{name}\" table:style-name=\"{style}\"><table:table-row>\
             <table:table-cell><text:p>{word}</text:p><office:annotation><text:p>{word}komentar\
             </text:p></office:annotation></table:table-cell></table:table-row></table:table>"
        )
    };
    let book = [
        sheet("Rekap", "T", "odsbadan"),
        sheet("Sembunyi", "G", "odsrahasia"),
    ]
    .concat();
    let slide = "<draw:page><draw:frame><draw:text-box><text:p>odpbadan</text:p></draw:text-box>\
        </draw:frame><presentation:notes><text:p>odpcatatan</text:p></presentation:notes></draw:page>";
    vec![
        made(
            "rekap.ods",
            open_document("spreadsheet", HIDING, &book, HEADER, vec![]),
            &["odsbadan", "odsbadankomentar", "odskepala"],
            &["odsrahasia", "odsrahasiakomentar"],
        ),
        made(
            "paparan.odp",
            open_document("presentation", "", slide, "", vec![]),
            &["odpbadan", "odpcatatan"],
            &[],
        ),
    ]
}

fn rich_text() -> Made {
    let number = |n: usize| (n as u32).to_le_bytes().to_vec();
    let native = packed("lampiran.txt", b"Surat rtfobjek\n").split_off(4);
    let header = [
        vec![1, 5, 0, 0, 2, 0, 0, 0],
        number(8),
        b"Package\0".to_vec(),
        number(0),
        number(0),
        number(native.len()),
        native,
    ]
    .concat();
    let hex: String = header.iter().map(|byte| format!("{byte:02x}")).collect();
    let rtf = format!(
        "{{\\rtf1{{\\header rtfkepala\\par}}rtfbadan\\par{{\\v rtfrahasia}}{{\\deleted rtfhapus}}\
         {{\\*\\annotation rtfkomentar}}{{\\footnote rtfcatatan}}\
         \\trowd\\intbl rtftabel\\cell\\row\\pard\
         {{\\shp{{\\*\\shpinst{{\\shptxt rtfkotak\\par}}}}}}\
         {{\\object\\objemb{{\\*\\objdata {hex}}}{{\\result x\\par}}}}{{\\footer rtfkaki\\par}}}}"
    );
    made(
        "surat.rtf",
        rtf.into_bytes(),
        &[
            "rtfkepala",
            "rtfbadan",
            "rtfkomentar",
            "rtfcatatan",
            "rtftabel",
            "rtfkotak",
            "rtfobjek",
            "rtfkaki",
        ],
        &["rtfrahasia", "rtfhapus"],
    )
}

fn mails() -> Vec<Made> {
    let web = "From: <Disimpan oleh peramban>\r\nSubject: Surat\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; boundary=batas\r\n\r\n--batas\r\n\
        Content-Type: text/html\r\nContent-Location: file:///C:/surat.htm\r\n\r\n\
        <p>mhtmlbadan</p>\r\n--batas\r\nContent-Type: text/xml\r\n\
        Content-Location: file:///C:/filelist.xml\r\n\r\n<xml>mhtmldaftar</xml>\r\n--batas--\r\n";
    let inner = [
        ("/__properties_version1.0".to_owned(), b"x".to_vec()),
        ("/__substg1.0_0037001F".to_owned(), wide("Terusan")),
        ("/__substg1.0_1000001F".to_owned(), wide("msgdalam")),
    ];
    let attach = "/__attach_version1.0_#0000000";
    let mut streams = vec![
        ("/__properties_version1.0".to_owned(), b"x".to_vec()),
        ("/__substg1.0_0037001F".to_owned(), wide("Data dukung")),
        ("/__substg1.0_1000001F".to_owned(), wide("msgbadan")),
        (
            format!("{attach}0/__substg1.0_3707001F"),
            wide("Lampiran – satu.txt"),
        ),
        (
            format!("{attach}0/__substg1.0_37010102"),
            b"Surat msglampiran\n".to_vec(),
        ),
    ];
    for (path, content) in inner {
        streams.push((format!("{attach}1/__substg1.0_3701000D{path}"), content));
    }
    let streams: Vec<(&str, &[u8])> = streams
        .iter()
        .map(|(path, content)| (path.as_str(), content.as_slice()))
        .collect();
    let winmail = tnef(
        "tnefbadan",
        &[
            ("SK – satu.txt", b"Surat tneflampiran\n"),
            ("dua.txt", b"Surat tnefkedua\n"),
        ],
    );
    let sent = mail(
        "emlbadan",
        &[
            (
                "winmail.dat",
                &tnef("", &[("tiga.txt", b"Surat emltnef\n")]),
            ),
            ("lampiran.txt", b"Surat emllampiran\n"),
        ],
    );
    vec![
        made(
            "arsip-web.doc",
            web.into(),
            &["mhtmlbadan"],
            &["mhtmldaftar"],
        ),
        made(
            "surel.msg",
            compound(&streams),
            &["msgbadan", "msglampiran", "msgdalam"],
            &[],
        ),
        made(
            "winmail.dat",
            winmail,
            &["tnefbadan", "tneflampiran", "tnefkedua"],
            &[],
        ),
        made(
            "surel.eml",
            sent,
            &["emlbadan", "emltnef", "emllampiran"],
            &[],
        ),
    ]
}

fn documents_in_pdf() -> Vec<Made> {
    let annotations = "/Annots[<</Type/Annot/Subtype/Text/Rect[72 600 90 620]/Contents(pdfkomentar)>>\
        <</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(pdfisian)/Rect[72 500 300 520]>>]";
    let files = [
        b"6 0 obj <</Type/Filespec/UF(lampiran.txt)/EF<</F 7 0 R>>>> endobj\n".to_vec(),
        stream(7, "/Type/EmbeddedFile", b"Surat pdflampiran\n"),
        b"9 0 obj <</Type/OCG/Name(L)>> endobj\n".to_vec(),
    ];
    let catalog = "/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>\
        /OCProperties<</OCGs[9 0 R]/D<</OFF[9 0 R]>>>>";
    let text = "pdfbadan) Tj ET /OC /L BDC BT /F1 12 Tf 72 300 Td (pdfrahasia) Tj ET EMC BT \
        /F1 12 Tf 72 200 Td (akhir";
    let form = "<xdp:xdp><template><subform><field name=\"nama\"><caption><value><text>xfajudul\
        </text></value></caption></field><field name=\"x\" presence=\"hidden\"/></subform></template>\
        <xfa:datasets><xfa:data><f><nama>xfaisian</nama><x>xfarahasia</x></f></xfa:data>\
        </xfa:datasets></xdp:xdp>";
    let photo = image::load_from_memory(&picture(800, 400))
        .unwrap()
        .into_luma8();
    let typed = [(72.0, 700.0, "pdfketikan"), (72.0, 100.0, "pdfkaki")];
    let report = scanned(
        (595.0, 842.0),
        0,
        &photo,
        [100.0, 300.0, 400.0, 200.0],
        &typed,
    );
    vec![
        made("laporan.pdf", report, &["pdfketikan", "pdfkaki"], &[]),
        made(
            "surat.pdf",
            pdf(text, catalog, annotations, &files),
            &["pdfbadan", "pdfkomentar", "pdfisian", "pdflampiran"],
            &["pdfrahasia"],
        ),
        made(
            "formulir.pdf",
            pdf(
                "Please wait...",
                "/NeedsRendering true/AcroForm<</Fields[]/XFA 6 0 R>>",
                "",
                &[stream(6, "", form.as_bytes())],
            ),
            &["xfajudul", "xfaisian"],
            &["xfarahasia"],
        ),
        made(
            "portofolio.pdf",
            pdf(
                "Open this portfolio in another program",
                "/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>",
                "",
                &files[..2],
            ),
            &[],
            &[],
        ),
    ]
}

/// Documents that are one XML file, and plain ones.
fn plain() -> Vec<Made> {
    let word = "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>\
        <w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body>\
        <w:p><w:r><w:t>wordmlbadan</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr>\
        <w:t>wordmlrahasia</w:t></w:r></w:p></w:body></w:wordDocument>";
    let excel = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
        xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Rekap\"><Table>\
        <Row><Cell><Data ss:Type=\"String\">excelbadan</Data><Comment><ss:Data>excelkomentar\
        </ss:Data></Comment></Cell></Row></Table></Worksheet><Worksheet ss:Name=\"Lain\"><Table><Row>\
        <Cell><Data ss:Type=\"String\">excelrahasia</Data></Cell></Row></Table><WorksheetOptions>\
        <Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>";
    let flat = "<?xml version=\"1.0\"?><office:document \
        xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><office:body><office:text>\
        <text:p>fodtbadan</text:p></office:text></office:body></office:document>";
    let package_xml = "<?xml version=\"1.0\"?><pkg:package \
        xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"><pkg:part><pkg:xmlData>\
        <w:document><w:body><w:p><w:r><w:t>opcbadan</w:t></w:r></w:p></w:body></w:document>\
        </pkg:xmlData></pkg:part></pkg:package>";
    let csv = "No;Desa;Catatan\n1;csvbadan;\"baris\ncsvbaris\"\n2;b;c\n";
    vec![
        made(
            "surat-2003.doc",
            word.into(),
            &["wordmlbadan"],
            &["wordmlrahasia"],
        ),
        made(
            "rekap-2003.xls",
            excel.into(),
            &["excelbadan", "excelkomentar"],
            &["excelrahasia"],
        ),
        made("surat.fodt", flat.into(), &["fodtbadan"], &[]),
        made("surat.xml", package_xml.into(), &["opcbadan"], &[]),
        made("rekap.csv", csv.into(), &["csvbadan", "csvbaris"], &[]),
        made(
            "rekap.xls",
            "<table><tr><td>htmlbadan</table>".into(),
            &["htmlbadan"],
            &[],
        ),
        made("catatan.txt", "Surat txtbadan".into(), &["txtbadan"], &[]),
    ]
}

/// Files of before 2007 with another file put into them.
fn old_ones() -> Vec<Made> {
    let with = |file: &str, storage: &str, word: &str| {
        let raw = fs::read(repository(&format!("tests/data/office/{file}"))).unwrap();
        let mut book = cfb::CompoundFile::open(std::io::Cursor::new(raw)).unwrap();
        book.create_storage_all(storage).unwrap();
        let mut stream = book
            .create_stream(format!("{storage}/\u{1}Ole10Native"))
            .unwrap();
        let text = format!("Surat {word}\n");
        std::io::Write::write_all(&mut stream, &packed("a.txt", text.as_bytes()))
            .unwrap();
        drop(stream);
        book.flush().unwrap();
        book.into_inner().into_inner()
    };
    vec![
        made(
            "lama.doc",
            with("undangan.doc", "/ObjectPool/_1234", "docobjek"),
            &["docobjek"],
            &[],
        ),
        made(
            "lama.xls",
            with("rekap.xls", "/MBD0001", "xlsobjek"),
            &["xlsobjek", "Sukamaju"],
            &[],
        ),
    ]
}

fn share() -> Vec<Made> {
    let twins = {
        let mut zip = package(&[
            part("Scan.txt", "Surat zipsatu"),
            part("Scan.tyt", "Surat zipdua"),
        ]);
        // A writer refuses two members of one name; a ZIP does not.
        while let Some(at) = zip.windows(8).position(|bytes| bytes == b"Scan.tyt") {
            zip[at + 6] = b'x';
        }
        made("kembar.zip", zip, &["zipsatu", "zipdua"], &[])
    };
    let mut all = vec![
        word_document(),
        workbook(),
        slides(),
        open_text(),
        rich_text(),
        twins,
    ];
    all.extend(open_others());
    all.extend(mails());
    all.extend(documents_in_pdf());
    all.extend(plain());
    all.extend(old_ones());
    all
}

/// Returns the paths that hold a word.
fn places(archive: &Path, words: &str) -> Vec<String> {
    let run = bukti()
        .args(["search", words, "--json", "--limit", "100", "--archive"])
        .arg(archive)
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
    let hits = answer["hits"].as_array().cloned().unwrap_or_default();
    let paths = hits
        .iter()
        .flat_map(|hit| hit["paths"].as_array().unwrap().clone());
    paths
        .map(|path| path.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_word_is_found_or_its_absence_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    let share = share();
    for file in &share {
        fs::write(files.join(file.name), &file.bytes).unwrap();
    }
    let run = bukti()
        .args(["index", "--archive"])
        .args([&archive, &files])
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    let mut wrong = Vec::new();
    for file in &share {
        let name = format!("{}{}", std::path::MAIN_SEPARATOR, file.name);
        let is_of = |path: &String| path.contains(&name);
        for word in &file.found {
            if !places(&archive, word).iter().any(is_of) {
                wrong.push(format!("{}: {word} is not found", file.name));
            }
        }
        for word in &file.unseen {
            if places(&archive, word).iter().any(is_of) {
                wrong.push(format!("{}: {word} is found", file.name));
            }
        }
    }
    let pictured = places(&archive, "\"NOMOR 5 TAHUN 2024\"");
    for name in [
        "surat.docx",
        "rekap.xlsx",
        "paparan.pptx",
        "surat.odt",
        "laporan.pdf",
    ] {
        if !pictured.iter().any(|path| path.ends_with(name)) {
            wrong.push(format!("{name}: its picture is not read"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}\n{said}");
    // What was left out of files that were read is told, and nothing else is.
    let run = bukti()
        .args(["status", "--json", "--archive"])
        .arg(&archive)
        .output()
        .unwrap();
    let status: Value = serde_json::from_slice(&run.stdout).unwrap();
    let told = |row: &Value| {
        let path = row["path"]
            .as_str()
            .unwrap()
            .rsplit(['/', '\\'])
            .next()
            .unwrap()
            .to_owned();
        let notes = row["notes"].as_array().unwrap();
        let codes = notes.iter().map(|note| note["code"].as_str().unwrap());
        let codes =
            codes.filter(|code| *code != "attached_file" && *code != "pictures_as_pages");
        (path, codes.map(str::to_owned).collect::<Vec<_>>())
    };
    let told: Vec<(String, Vec<String>)> = status["attention"]
        .as_array()
        .unwrap()
        .iter()
        .map(told)
        .collect();
    let hidden = |name: &str| (name.to_owned(), vec!["hidden_part".to_owned()]);
    assert_eq!(
        told,
        [
            ("formulir.pdf".to_owned(), vec!["dynamic_form".to_owned()]),
            hidden("rekap-2003.xls"),
            hidden("rekap.ods"),
            hidden("rekap.xlsx"),
        ],
        "{status:#}"
    );
    for name in ["formulir.pdf", "rekap.ods"] {
        assert!(
            said.contains(name),
            "`index` ends with what needs a person: {said}"
        );
    }
}
