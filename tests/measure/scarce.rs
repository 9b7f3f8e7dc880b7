//! Papers of what real ones have too few of: numbers written by hand, stamped, or left as
//! dots; letterheads of fifty offices; disposition sheets before a letter; a `Hal` of two lines;
//! seals over names. Made at the time of measuring, the same ones each time, and kept apart: no
//! figure counts them together with real papers.
//!
//! Writing wants fonts that look like it. The free ones of Debian's packages `fonts-breip`,
//! `fonts-femkeklaver`, `fonts-kristi`, `fonts-humor-sans` and `fonts-dkg-handwriting` are used
//! where they are installed.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "part of a measuring tool, which makes its own input"
)]

use crate::made::{Hand, Sheet, blurred, faint, turned};
use crate::papers::Paper;
use bukti::model::Raster;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many letterheads; a letter and a decree are made of each.
const LETTERHEADS: usize = 50;
/// Dots a millimetre are for people: offices scan at 200 dpi, some at 150.
const RESOLUTIONS: [f32; 2] = [200.0, 150.0];
const HANDS: [&str; 5] = [
    "breip/Breip.ttf",
    "femkeklaver/femkeklaver.ttf",
    "kristi/Kristi.ttf",
    "humor-sans/Humor-Sans.ttf",
    "fifthhorseman/dkg.ttf",
];
const MONTHS: [(&str, &str); 12] = [
    ("Januari", "I"),
    ("Februari", "II"),
    ("Maret", "III"),
    ("April", "IV"),
    ("Mei", "V"),
    ("Juni", "VI"),
    ("Juli", "VII"),
    ("Agustus", "VIII"),
    ("September", "IX"),
    ("Oktober", "X"),
    ("November", "XI"),
    ("Desember", "XII"),
];
const NAMES: [&str; 6] = [
    "Drs. SUHARDI WIBOWO, M.Si",
    "Ir. MARLINA SIREGAR, MM",
    "H. ABDUL KARIM, S.Sos",
    "dr. NI LUH AYU PRATIWI",
    "YOHANES TEFA, S.Pd",
    "Dra. ROSMIATI HARAHAP",
];
/// Subjects of letters, each over two lines, as they stand.
const SUBJECTS: [[&str; 2]; 6] = [
    ["Undangan Rapat Koordinasi Gugus", "Tugas Kota Layak Anak"],
    ["Permintaan Data Pendukung Forum", "Anak Tingkat Kecamatan"],
    ["Pelaksanaan Sosialisasi Pencegahan", "Perkawinan Usia Anak"],
    [
        "Penyampaian Laporan Kegiatan",
        "Posyandu Terpadu Triwulan II",
    ],
    ["Peserta Bimbingan Teknis Pengelola", "Arsip Dinamis"],
    [
        "Pemeliharaan Jalan Lingkungan dan",
        "Saluran Air Permukiman",
    ],
];
const MATTERS: [[&str; 2]; 5] = [
    [
        "PEMBENTUKAN TIM PELAKSANA FORUM ANAK",
        "KABUPATEN TAHUN ANGGARAN",
    ],
    [
        "PENETAPAN STANDAR PELAYANAN PADA UNIT KERJA",
        "DI LINGKUNGAN DINAS TAHUN",
    ],
    [
        "PENUNJUKAN PENGELOLA INFORMASI DAN DOKUMENTASI",
        "PEMBANTU TAHUN",
    ],
    [
        "TIM PENYUSUN RENCANA KERJA PERANGKAT DAERAH",
        "TAHUN ANGGARAN",
    ],
    [
        "PENETAPAN SEKOLAH RAMAH ANAK SEBAGAI PERCONTOHAN",
        "TAHUN PELAJARAN",
    ],
];

/// How a number came onto the paper.
#[derive(Clone, Copy, PartialEq)]
enum Writing {
    Typed,
    Hand,
    Stamp,
    Dots,
}

impl Writing {
    /// Returns the word of the truth table for it.
    fn name(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Hand => "handwritten",
            Self::Stamp => "stamped",
            Self::Dots => "blank",
        }
    }
}

/// What a paper states.
struct Stated<'a> {
    kind: String,
    title: String,
    office: &'a Office,
    number: String,
    writing: Writing,
    /// Year, month from 0, day.
    date: (usize, usize, usize),
}

/// Whose paper: a government and an office of it.
struct Office {
    government: String,
    name: String,
    seat: String,
}

/// Makes all papers below `target/tmp/scarce` and returns them with their truth.
pub fn papers() -> Vec<Paper> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scarce");
    std::fs::create_dir_all(&folder).unwrap();
    let fonts = Path::new("/usr/share/fonts/truetype");
    let hands: Vec<Hand> = HANDS
        .iter()
        .filter_map(|name| Hand::open(&fonts.join(name)))
        .collect();
    println!("{} of {} writing fonts", hands.len(), HANDS.len());
    if hands.is_empty() {
        println!("SKIPPED: numbers by hand, no writing font is installed");
    }
    let mut all = Vec::new();
    for (n, office) in offices().iter().enumerate() {
        let writing = match n % 4 {
            1 if !hands.is_empty() => Writing::Hand,
            2 => Writing::Stamp,
            3 if n % 8 == 7 => Writing::Dots,
            _ => Writing::Typed,
        };
        let hand = (!hands.is_empty()).then(|| &hands[n % hands.len()]);
        all.push(letter(&folder, n, office, writing, hand));
        all.push(decree(&folder, n, office, writing, hand));
    }
    all
}

/// Returns fifty offices of fifty regencies, spread over the country.
fn offices() -> Vec<Office> {
    let data = |name: &str| -> Value {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
        serde_json::from_str(&std::fs::read_to_string(root.join(name)).unwrap()).unwrap()
    };
    let (offices, regions) = (data("offices.json"), data("regions.json"));
    let names: Vec<&str> = offices["offices"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|office| office["name"]["id"].as_str())
        .filter(|name| name.starts_with("Dinas") || name.starts_with("Badan Pe"))
        .collect();
    let regencies: Vec<&str> = regions["provinces"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|province| province["regencies"].as_object())
        .flat_map(|regencies| regencies.values().filter_map(Value::as_str))
        .collect();
    let step = regencies.len() / LETTERHEADS;
    (0..LETTERHEADS)
        .map(|n| {
            let seat = regencies[n * step];
            Office {
                government: format!("Kabupaten {seat}"),
                name: names[n * 7 % names.len()].to_owned(),
                seat: seat.to_owned(),
            }
        })
        .collect()
}

/// Sets the letterhead and returns where the paper goes on.
fn letterhead(sheet: &mut Sheet, office: &Office) -> f32 {
    let mut y = 50.0;
    for (size, text) in [
        (
            13.0,
            format!("PEMERINTAH {}", office.government.to_uppercase()),
        ),
        (15.0, office.name.to_uppercase()),
    ] {
        for line in lines(&text, 44) {
            centred(sheet, y, "F1B", size, &line);
            y += size * 1.25;
        }
    }
    let address = format!("Jalan Merdeka Nomor 17 {} Telp. (0451) 421100", office.seat);
    centred(sheet, y, "F1", 9.0, &address);
    sheet.rule((60.0, y + 6.0), (535.0, y + 6.0));
    sheet.rule((60.0, y + 8.0), (535.0, y + 8.0));
    y + 30.0
}

/// Breaks a text into lines of at most `most` letters.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && last.len() + word.len() >= most {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

/// Sets a line in the middle; a letter of these fonts is a little over half as wide as high.
fn centred(sheet: &mut Sheet, y: f32, font: &str, size: f32, text: &str) {
    let letter = |c: char| match c {
        'A'..='Z' => 0.69,
        ' ' | '.' | ',' | 'i' | 'l' | '/' => 0.27,
        _ => 0.48,
    };
    let wide: f32 = text.chars().map(letter).sum::<f32>() * size;
    sheet.text(((595.0 - wide) / 2.0, y), font, size, text);
}

/// Puts a number onto the paper as `writing` says.
fn put(sheet: &mut Sheet, (x, y): (f32, f32), size: f32, writing: Writing, number: &str) {
    match writing {
        Writing::Typed => sheet.text((x, y), "F1", size, number),
        Writing::Hand => {
            sheet.grey(0.18);
            sheet.text_turned((x + 2.0, y - 1.5), "F4", size * 1.45, 1.5, number);
            sheet.grey(0.0);
        }
        Writing::Stamp => {
            sheet.grey(0.35);
            sheet.text_turned((x + 3.0, y + 2.0), "F2B", size * 1.15, -2.0, number);
            sheet.grey(0.0);
        }
        Writing::Dots => sheet.text((x, y), "F1", size, ".............................."),
    }
}

/// Sets the official, a signature of strokes with a seal beside it, and the name.
fn sign(sheet: &mut Sheet, mut y: f32, office: &Office, n: usize) {
    let x = 320.0;
    for line in lines(&format!("KEPALA {},", office.name.to_uppercase()), 30) {
        y += 14.0;
        sheet.text((x, y), "F1", 11.0, &line);
    }
    sheet.grey(0.45);
    sheet.ring((x + 8.0, y + 40.0), 34.0, 1.6);
    sheet.ring((x + 8.0, y + 40.0), 24.0, 1.0);
    sheet.text((x - 12.0, y + 43.0), "F2B", 7.0, "DINAS");
    sheet.grey(0.1);
    let wave = |i: i16| {
        let along = f32::from(i);
        let turn = (along * 1.7 + n as f32).sin() * (22.0 - along * 0.5);
        (x + 20.0 + along * 4.5, y + 38.0 - turn)
    };
    let points: Vec<(f32, f32)> = (0..24).map(wave).collect();
    sheet.strokes(&points, 1.4);
    sheet.grey(0.0);
    y += 76.0;
    sheet.text((x, y), "F1B", 11.0, NAMES[n % NAMES.len()]);
    y += 14.0;
    let nip = format!("NIP. 19{}0312 199103 1 00{}", 60 + n % 30, 1 + n % 8);
    sheet.text((x, y), "F1", 10.0, &nip);
}

/// Makes a letter, each third behind a disposition sheet.
fn letter(
    folder: &Path,
    n: usize,
    office: &Office,
    writing: Writing,
    hand: Option<&Hand>,
) -> Paper {
    let (year, month) = (2019 + n % 6, n % 12);
    let day = 1 + n * 5 % 28;
    let number = format!(
        "{:03}/{:03}/{}/{year}",
        [5, 94, 460, 800][n % 4],
        17 + n * 13,
        MONTHS[month].1
    );
    let date = format!("{day} {} {year}", MONTHS[month].0);
    let subject = SUBJECTS[n % SUBJECTS.len()];
    let mut sheet = Sheet::written_with(hand);
    let mut y = letterhead(&mut sheet, office);
    let x = 65.0;
    for (label, value) in [
        ("Nomor", number.as_str()),
        ("Sifat", "Biasa"),
        ("Lampiran", "1 (satu) berkas"),
    ] {
        sheet.text((x, y), "F1", 11.0, label);
        sheet.text((x + 62.0, y), "F1", 11.0, ":");
        match label {
            "Nomor" => put(&mut sheet, (x + 72.0, y), 11.0, writing, value),
            _ => sheet.text((x + 72.0, y), "F1", 11.0, value),
        }
        y += 16.0;
    }
    sheet.text((x, y), "F1", 11.0, ["Hal", "Perihal"][n % 2]);
    sheet.text((x + 62.0, y), "F1", 11.0, ":");
    for line in subject {
        sheet.text((x + 72.0, y), "F1", 11.0, line);
        y += 14.0;
    }
    y += 14.0;
    let yth = ["Yth. Kepala Perangkat Daerah", "di -", "      Tempat"];
    y = sheet.lines((x + 255.0, y), "F1", 11.0, yth.into_iter());
    y += 18.0;
    let body = [
        "Dengan hormat, menindaklanjuti hasil pertemuan sebelumnya dan dalam rangka",
        "kelancaran pelaksanaan kegiatan dimaksud, bersama ini kami sampaikan agar",
        "Saudara menugaskan pejabat yang membidangi untuk hadir tepat pada waktunya.",
        "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.",
    ];
    y = sheet.lines((x, y), "F1", 11.0, body.into_iter());
    y += 30.0;
    let place = format!("{}, {date}", office.seat);
    sheet.text((320.0, y), "F1", 11.0, &place);
    sign(&mut sheet, y, office, n);
    let mut sheets = vec![sheet];
    let mut kind =
        ["Surat", "Undangan"][usize::from(subject[0].starts_with("Undangan"))].to_owned();
    if n.is_multiple_of(3) {
        sheets.insert(0, disposition(office, n, &number, &date, hand));
        kind.insert_str(0, "Lembar disposisi + ");
    }
    let stated = Stated {
        kind,
        title: subject.join(" "),
        office,
        number,
        writing,
        date: (year, month, day),
    };
    made(
        &folder.join(format!("letter-{n:02}.pdf")),
        &sheets,
        n,
        stated,
    )
}

/// Returns a sheet that sends a letter on, filled in by hand.
fn disposition(
    office: &Office,
    n: usize,
    number: &str,
    date: &str,
    hand: Option<&Hand>,
) -> Sheet {
    let mut sheet = Sheet::written_with(hand);
    let pen = if hand.is_some() { "F4" } else { "F1" };
    let mut y = letterhead(&mut sheet, office);
    centred(&mut sheet, y, "F1B", 13.0, "LEMBAR DISPOSISI");
    y += 20.0;
    for (label, value) in [
        ("Surat dari", office.name.as_str()),
        ("No. Surat", number),
        ("Tgl. Surat", date),
        ("Diterima tgl", date),
        ("No. Agenda", &format!("{}", 100 + n)),
    ] {
        sheet.rule((60.0, y - 13.0), (535.0, y - 13.0));
        sheet.text((66.0, y), "F1", 11.0, label);
        sheet.text((150.0, y), "F1", 11.0, ":");
        sheet.text((158.0, y), pen, 13.0, value);
        y += 20.0;
    }
    sheet.rule((60.0, y - 13.0), (535.0, y - 13.0));
    let orders = [
        "Diteruskan kepada Sdr. :",
        "[ ]  Sekretaris",
        "[ ]  Kepala Bidang",
        "Dengan hormat harap :",
        "[ ]  Tanggapan dan saran",
        "[ ]  Proses lebih lanjut",
    ];
    sheet.lines((66.0, y + 6.0), "F1", 11.0, orders.into_iter());
    sheet
}

/// Makes a decree of the head of an office.
fn decree(
    folder: &Path,
    n: usize,
    office: &Office,
    writing: Writing,
    hand: Option<&Hand>,
) -> Paper {
    let (year, month) = (2018 + n % 7, (n + 5) % 12);
    let day = 1 + n * 11 % 28;
    let number = format!("188.4/{}/{}/{year}", 20 + n * 3, MONTHS[month].1);
    let mut sheet = Sheet::written_with(hand);
    let mut y = letterhead(&mut sheet, office) + 6.0;
    let mut middle = |y: &mut f32, text: &str| {
        for line in lines(text, 52) {
            centred(&mut sheet, *y, "F1B", 12.0, &line);
            *y += 16.0;
        }
    };
    middle(
        &mut y,
        &format!("KEPUTUSAN KEPALA {}", office.name.to_uppercase()),
    );
    middle(&mut y, &office.government.to_uppercase());
    y += 4.0;
    let at = y;
    y += 24.0;
    middle(&mut y, "TENTANG");
    y += 6.0;
    let [first, second] = MATTERS[n % MATTERS.len()];
    middle(&mut y, first);
    middle(&mut y, &format!("{second} {year}"));
    y += 8.0;
    middle(&mut y, &format!("KEPALA {},", office.name.to_uppercase()));
    sheet.text((190.0, at), "F1B", 12.0, "NOMOR :");
    put(&mut sheet, (248.0, at), 12.0, writing, &number);
    y += 12.0;
    let body = [
        "Menimbang  :  a.  bahwa untuk kelancaran pelaksanaan tugas perlu menetapkan",
        "                         keputusan kepala dinas;",
        "Mengingat   :  1.  Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;",
        "                     2.  Peraturan Pemerintah Nomor 12 Tahun 2019 tentang Pengelolaan",
        "                          Keuangan Daerah;",
    ];
    y = sheet.lines((65.0, y), "F1", 11.0, body.into_iter()) + 10.0;
    centred(&mut sheet, y, "F1B", 12.0, "MEMUTUSKAN");
    y += 20.0;
    let body = [
        "Menetapkan :",
        "KESATU       :  Menetapkan hal dimaksud sebagaimana tercantum dalam lampiran.",
        "KEDUA         :  Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ];
    y = sheet.lines((65.0, y), "F1", 11.0, body.into_iter()) + 20.0;
    sheet.text(
        (320.0, y),
        "F1",
        11.0,
        &format!("Ditetapkan di {}", office.seat),
    );
    let date = format!("{day} {} {year}", MONTHS[month].0);
    sheet.text(
        (320.0, y + 14.0),
        "F1",
        11.0,
        &format!("pada tanggal {date}"),
    );
    sign(&mut sheet, y + 14.0, office, n);
    let stated = Stated {
        kind: "Keputusan Kepala Dinas".to_owned(),
        title: format!("{first} {second} {year}"),
        office,
        number,
        writing,
        date: (year, month, day),
    };
    made(
        &folder.join(format!("decree-{n:02}.pdf")),
        &[sheet],
        n,
        stated,
    )
}

/// Scans sheets into a file and returns the paper with its truth.
fn made(file: &Path, sheets: &[Sheet], n: usize, stated: Stated) -> Paper {
    let dpi = RESOLUTIONS[usize::from(n % 5 == 4)];
    let pages: Vec<Raster> = sheets
        .iter()
        .map(|sheet| {
            // As a flat-bed does it: a little askew, a little soft, a little noise.
            let askew = (n % 7) as f32 * 0.15 - 0.45;
            faint(
                &blurred(&turned(&sheet.picture(dpi), askew), 0.6),
                0.08,
                6.0,
            )
        })
        .collect();
    let scanned = scan(&pages, dpi);
    // A file that is as it was stays, and what was read of it holds.
    if std::fs::read(file).ok().as_ref() != Some(&scanned) {
        std::fs::write(file, scanned).unwrap();
    }
    let Stated { office, date, .. } = stated;
    let (year, month, day) = date;
    let number = match stated.writing {
        Writing::Dots => "BLANK".to_owned(),
        _ => stated.number,
    };
    let truth = [
        ("kind", stated.kind),
        ("title", stated.title),
        ("issuer", format!("{}, {}", office.government, office.name)),
        ("number", number),
        ("number_writing", stated.writing.name().to_owned()),
        ("year", year.to_string()),
        ("date_enacted", format!("{year}-{:02}-{day:02}", month + 1)),
        ("signed", "wet".to_owned()),
        ("scan", "yes".to_owned()),
    ];
    let truth: BTreeMap<String, String> = truth
        .into_iter()
        .map(|(column, value)| (column.to_owned(), value))
        .collect();
    Paper::made(PathBuf::from(file), "made", truth)
}

/// Returns a PDF with a JPEG a page, as scanners write it.
fn scan(pages: &[Raster], dpi: f32) -> Vec<u8> {
    const PICTURE: Name = Name(b"P");
    let (catalog, tree) = (Ref::new(1), Ref::new(2));
    let page_id = |n: i32| Ref::new(3 + 3 * n);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    let count = i32::try_from(pages.len()).unwrap();
    pdf.pages(tree).kids((0..count).map(page_id)).count(count);
    for (n, page) in (0..).zip(pages) {
        let points = |pixels: u32| pixels as f32 * 72.0 / dpi;
        let (wide, high) = (points(page.width), points(page.height));
        let (content, picture) = (Ref::new(4 + 3 * n), Ref::new(5 + 3 * n));
        let mut sheet = pdf.page(page_id(n));
        sheet.parent(tree).contents(content);
        sheet.media_box(Rect::new(0.0, 0.0, wide, high));
        sheet.resources().x_objects().pair(PICTURE, picture);
        sheet.finish();
        let mut drawn = Content::new();
        drawn.transform([wide, 0.0, 0.0, high, 0.0, 0.0]);
        drawn.x_object(PICTURE);
        pdf.stream(content, &drawn.finish());
        let mut jpeg = Vec::new();
        let size = (page.width, page.height);
        JpegEncoder::new_with_quality(&mut jpeg, 75)
            .encode(&page.luma, size.0, size.1, ExtendedColorType::L8)
            .unwrap();
        let mut image = pdf.image_xobject(picture, &jpeg);
        image.filter(Filter::DctDecode);
        image.width(size.0 as i32).height(size.1 as i32);
        image.bits_per_component(8);
        image.color_space().device_gray();
    }
    pdf.finish()
}
