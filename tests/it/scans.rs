//! Scans as offices make them: words typed onto them, fed upside down, two pages on the glass.
//! Each is made here of one scanned decree of the samples, so that the right values are known.

use super::made::{jpeg, scanned as page};
use super::support::{bukti, json_lines, share};
use image::{GrayImage, Luma, imageops};
use serde_json::Value;
use std::{fs, sync::LazyLock};

/// The decree: `KEPUTUSAN BUPATI CONTOH NOMOR 100.3.3.2/61/2023`, one page, signed and sealed.
const DECREE: &str = "Data Dukung KLA 2025/klaster iii/Ind.17 KTR/iv. SK Satgas.pdf";
/// A word that only its scan has.
const SCANNED: &str = "mendadak";
/// Its page in points: 1,275 × 1,951 pixels at 150 dpi.
const SIZE: (f32, f32) = (612.0, 936.5);

/// Returns the picture in the decree's PDF.
fn decree() -> GrayImage {
    let file = lopdf::Document::load(share().join(DECREE)).unwrap();
    let is_picture = |object: &&lopdf::Object| {
        let stream = object.as_stream().ok();
        let kind = stream.and_then(|stream| stream.dict.get(b"Subtype").ok());
        kind.is_some_and(|kind| kind.as_name().is_ok_and(|name| name == b"Image"))
    };
    let picture = file.objects.values().find(is_picture).unwrap();
    let jpeg = &picture.as_stream().unwrap().content;
    image::load_from_memory(jpeg).unwrap().into_luma8()
}

fn inspected(name: &str, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let run = bukti()
        .args(["inspect", "--json", "--text"])
        .arg(folder.path())
        .output()
        .unwrap();
    json_lines(&run.stdout).remove(0)
}

fn text(line: &Value) -> String {
    let pages = line["text"].as_array().unwrap().iter();
    let pages: Vec<&str> = pages.map(|page| page.as_str().unwrap()).collect();
    pages.join("\n")
}

/// The decree as it is read where nothing was done to it.
static UPRIGHT: LazyLock<Value> = LazyLock::new(|| {
    let bytes = fs::read(share().join(DECREE)).unwrap();
    inspected("sk.pdf", &bytes)
});

/// Checks that the decree was read as it is read where nothing was done to it.
fn is_the_decree(line: &Value) {
    assert_eq!(UPRIGHT["number"]["value"], "100.3.3.2/61/2023");
    assert!(text(line).contains(SCANNED), "{}", text(line));
    for fact in ["kind", "number", "year", "title"] {
        let (found, upright) = (&line[fact]["value"], &UPRIGHT[fact]["value"]);
        assert_eq!(found, upright, "{fact}: {}", text(line));
    }
}

/// Checks that its signature is seen, too.
fn is_signed(line: &Value) {
    assert_eq!(line["signatory"]["value"], UPRIGHT["signatory"]["value"]);
    assert_eq!(line["signature"]["value"], "hand", "{}", line["signature"]);
    assert_eq!(line["signature"]["stamped"], true, "{}", line["signature"]);
}

/// The footer of an electronic signature and a typed signature block, 54 words in all.
const FOOTER: &[(f32, f32, &str)] = &[
    (300.0, 160.0, "Ditandatangani secara elektronik oleh:"),
    (300.0, 148.0, "BUPATI CONTOH"),
    (300.0, 136.0, "H. ARYO CONTOHWAN"),
    (60.0, 60.0, "UU ITE Nomor 11 Tahun 2008 Pasal 5 Ayat 1"),
    (
        60.0,
        48.0,
        "Informasi Elektronik dan atau Dokumen Elektronik dan atau hasil cetaknya",
    ),
    (
        60.0,
        36.0,
        "merupakan alat bukti hukum yang sah. Dokumen ini telah ditandatangani",
    ),
    (
        60.0,
        24.0,
        "secara elektronik menggunakan sertifikat elektronik yang diterbitkan BSrE",
    ),
];

#[test]
fn a_scan_is_read_under_typed_words_however_many() {
    let whole = [0.0, 0.0, SIZE.0, SIZE.1];
    let scan = decree();
    let line = inspected("kaki.pdf", &page(SIZE, 0, &scan, whole, FOOTER));
    is_the_decree(&line);
    assert!(text(&line).contains("diterbitkan BSrE"));
    assert_eq!(line["text_origin"], serde_json::json!(["mixed"]));

    // Pasted between Word's margins under a caption.
    let pasted = [90.0, 120.0, 432.0, 661.0];
    let caption: &[(f32, f32, &str)] = &[
        (
            90.0,
            800.0,
            "Lampiran 1 Salinan Keputusan Bupati tentang Satuan Tugas",
        ),
        (90.0, 60.0, "Gambar 1"),
    ];
    let line = inspected(
        "tempel.pdf",
        &page((612.0, 936.0), 0, &scan, pasted, caption),
    );
    assert!(text(&line).contains(SCANNED), "{line:#}");
    assert!(text(&line).contains("Salinan Keputusan"), "{line:#}");
    assert_eq!(line["number"]["value"], "100.3.3.2/61/2023", "{line:#}");
}

#[test]
fn a_number_typed_onto_a_scan_is_the_number() {
    let mut scan = decree();
    // The number is blank on the scan: white where it stands, 1,275 pixels for 612 points.
    let blank = imageops::crop_imm(&scan, 580, 800, 120, 1).to_image();
    let paper = blank.pixels().map(|p| u32::from(p.0[0])).max().unwrap() as u8;
    for y in 362..392 {
        for x in 594..820 {
            scan.put_pixel(x, y, Luma([paper]));
        }
    }
    let whole = [0.0, 0.0, SIZE.0, SIZE.1];
    let mut typed = vec![(288.0, 752.0, "100.3.3.2/845/2023")];
    typed.extend_from_slice(FOOTER);
    let line = inspected("nomor.pdf", &page(SIZE, 0, &scan, whole, &typed));
    assert!(
        text(&line).contains("NOMOR 100.3.3.2/845/2023"),
        "{}",
        text(&line)
    );
    assert_eq!(line["number"]["value"], "100.3.3.2/845/2023", "{line:#}");
    assert!(text(&line).contains(SCANNED));
}

#[test]
fn a_picture_in_a_report_is_found_and_does_not_make_it_a_decree() {
    let at = [150.0, 200.0, 300.0, 459.0];
    let typed: &[(f32, f32, &str)] = &[
        (
            72.0,
            860.0,
            "LAPORAN PELAKSANAAN KAWASAN TANPA ROKOK TAHUN 2024",
        ),
        (
            72.0,
            840.0,
            "Satuan tugas telah dibentuk dengan keputusan sebagaimana gambar berikut.",
        ),
        (
            72.0,
            826.0,
            "Keputusan tersebut menjadi dasar kerja seluruh perangkat daerah pada tahun",
        ),
        (
            72.0,
            812.0,
            "berjalan, dan pelaksanaannya dilaporkan setiap tiga bulan kepada Bupati.",
        ),
        (
            72.0,
            150.0,
            "Gambar 1. Keputusan Bupati tentang Satuan Tugas",
        ),
    ];
    let line = inspected("laporan.pdf", &page(SIZE, 0, &decree(), at, typed));
    assert!(text(&line).contains(SCANNED), "{line:#}");
    assert_ne!(line["kind"]["value"], "kepkada", "{line:#}");
    assert_ne!(line["number"]["value"], "100.3.3.2/61/2023", "{line:#}");
    assert_eq!(line["text_origin"], serde_json::json!(["layer"]));
}

#[test]
fn a_page_fed_upside_down_or_sideways_is_read_as_the_upright_one() {
    let scan = decree();
    let whole = [0.0, 0.0, SIZE.0, SIZE.1];
    let lying = [0.0, 0.0, SIZE.1, SIZE.0];
    let half = imageops::rotate180(&scan);
    let right = imageops::rotate90(&scan);
    let left = imageops::rotate270(&scan);
    let turned = (SIZE.1, SIZE.0);
    for (name, bytes) in [
        ("half.pdf", page(SIZE, 0, &half, whole, &[])),
        // The file asks for a turn that the scan did not need.
        ("rotate.pdf", page(SIZE, 180, &scan, whole, &[])),
        ("right.pdf", page(turned, 0, &right, lying, &[])),
        ("left.pdf", page(turned, 0, &left, lying, &[])),
        ("photo.jpg", jpeg(&half)),
    ] {
        let line = inspected(name, &bytes);
        is_the_decree(&line);
        is_signed(&line);
    }
}

#[test]
fn a_stamp_that_runs_up_the_margin_is_text() {
    let mut scan = decree();
    let lines = image::load_from_memory(include_bytes!("../data/ocr/three_lines.png"));
    let stamp = imageops::rotate270(&lines.unwrap().into_luma8());
    imageops::overlay(&mut scan, &stamp, 4, 600);
    for scan in [imageops::rotate180(&scan), scan] {
        let line = inspected("cap.jpg", &jpeg(&scan));
        is_the_decree(&line);
        assert!(
            text(&line).contains("NOMOR 5 TAHUN 2024"),
            "{}",
            text(&line)
        );
    }
}

#[test]
fn two_pages_on_the_glass_are_read_one_after_the_other() {
    let scan = decree();
    let (width, height) = scan.dimensions();
    let mut both = GrayImage::from_pixel(2 * width, height, Luma([235]));
    imageops::overlay(&mut both, &scan, 0, 0);
    imageops::overlay(&mut both, &scan, i64::from(width), 0);
    // The shadow of the fold.
    for y in 0..height {
        for x in width - 6..width + 6 {
            both.put_pixel(x, y, Luma([120]));
        }
    }
    let size = (2.0 * SIZE.0, SIZE.1);
    let at = [0.0, 0.0, size.0, size.1];
    let line = inspected("buku.pdf", &page(size, 0, &both, at, &[]));
    let read = text(&line);
    let (one, two) = (read.find("KETIGA"), read.rfind("Menimbang"));
    assert!(one < two && one.is_some(), "{read}");
    assert!(
        read.contains("melakukan inspeksi mendadak paling sedikit 4 (empat)\nkali"),
        "{read}"
    );
    assert_eq!(line["number"]["value"], "100.3.3.2/61/2023", "{line:#}");
    let title = line["title"]["value"].as_str().unwrap_or_default();
    assert_eq!(
        title, "SATUAN TUGAS PENGAWASAN KAWASAN TANPA ROKOK",
        "{line:#}"
    );
}
