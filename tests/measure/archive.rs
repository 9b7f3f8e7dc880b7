//! Makes an archive of documents with known answers: the text of each, where it lies, and the
//! questions it proves. Made from the framework's own questions with varied wording, letterheads,
//! laws cited in passing, scanner's errors, misleading folders, local names of programmes, and
//! documents on other matters. The same seed gives the same archive.

use bukti::framework::{Framework, Question};
use bukti::model::{Extraction, Line, MediaType, Page, QuestionId, TextOrigin};
use std::collections::BTreeSet;

/// Draws numbers: SplitMix64, so that the archive is the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// A document with its answers.
pub struct Made {
    pub path: String,
    pub text: String,
    pub questions: BTreeSet<QuestionId>,
}

impl Made {
    pub fn extraction(&self) -> Extraction {
        let mut extraction = Extraction::without_pages(MediaType::Pdf);
        for (at, sheet) in self.text.split('\u{c}').enumerate() {
            let mut page = Page::empty(at as u32 + 1, None);
            page.origin = TextOrigin::Ocr;
            let written = sheet.lines().filter(|line| !line.trim().is_empty());
            page.lines = written.map(Line::plain).collect();
            extraction.pages.push(page);
        }
        extraction.page_count = extraction.pages.len() as u32;
        extraction
    }
}

const REGION: &str = "KABUPATEN CONTOH";
const FILES: [&str; 6] = [
    "Scan0012",
    "dokumen final",
    "IMG_2024",
    "CamScanner 03-11-2024",
    "baru",
    "file 1",
];
/// Names that people of one office give their programmes: no framework knows them.
const LOCAL: [&str; 14] = [
    "GEMAR SIAGA",
    "SIKANCIL",
    "LENTERA DESA",
    "PELITA HATI",
    "SAPA WARGA",
    "TUNAS MEKAR",
    "RUMAH CERIA",
    "BINTANG KECIL",
    "JALA KASIH",
    "SELARAS",
    "MENTARI PAGI",
    "CAHAYA IBU",
    "PAGAR BUDI",
    "TAMAN TUMBUH",
];
const OTHER_TITLES: [&str; 40] = [
    "Pajak Daerah dan Retribusi Daerah",
    "Rencana Tata Ruang Wilayah",
    "Penyertaan Modal Daerah pada Perusahaan Umum Daerah Air Minum",
    "Pembentukan Anak Perusahaan Badan Usaha Milik Daerah",
    "Normalisasi Anak Sungai di Wilayah Utara",
    "Tunjangan Anak Yatim Pegawai Negeri Sipil Korban Kecelakaan Kerja",
    "Penggunaan Dana Bagi Hasil Cukai Hasil Tembakau untuk Petani",
    "Susunan Perangkat Daerah",
    "Pengelolaan Barang Milik Daerah",
    "Izin Mendirikan Bangunan",
    "Retribusi Pelayanan Pasar",
    "Hari Jadi Kabupaten",
    "Penyelenggaraan Perizinan Berusaha Berbasis Risiko",
    "Tata Cara Pengisian Jabatan Pimpinan Tinggi",
    "Pencegahan Penyakit Mulut dan Kuku pada Ternak",
    "Bantuan Benih Jagung dan Pupuk bagi Kelompok Tani",
    "Pengendalian Inflasi Daerah",
    "Penetapan Batas Wilayah Administrasi",
    "Pengelolaan Pasar Rakyat",
    "Pembibitan Anak Sapi pada Unit Pelaksana Teknis Peternakan",
    "Penanganan Tanaman Kerdil pada Lahan Padi",
    "Pemeliharaan Jalan dan Jembatan",
    "Pembentukan Kantor Cabang dan Anak Cabang Bank Daerah",
    "Penataan Pedagang Kaki Lima",
    "Standar Harga Satuan Regional",
    "Pengadaan Kendaraan Dinas",
    "Kode Etik Aparatur Sipil Negara",
    "Rencana Umum Penanaman Modal",
    "Lelang Jabatan Sekretaris Daerah",
    "Pembentukan Tim Anggaran Pemerintah Daerah",
    "Penyelesaian Kerugian Daerah",
    "Manajemen Risiko pada Perangkat Daerah",
    "Sistem Pengendalian Intern Pemerintah",
    "Penerapan Sistem Pemerintahan Berbasis Elektronik",
    "Festival Layang-Layang Tingkat Kabupaten",
    "Pembangunan Tempat Pelelangan Ikan",
    "Jadwal Pemeliharaan Saluran Irigasi",
    "Kunjungan Kerja Badan Musyawarah",
    "Penghapusan Aset Kendaraan Roda Dua",
    "Pelatihan Operator Alat Berat",
];
const FILLER: [&str; 8] = [
    "Demikian untuk menjadi perhatian dan dilaksanakan sebagaimana mestinya.",
    "Segala biaya yang timbul dibebankan pada Anggaran Pendapatan dan Belanja Daerah.",
    "Kegiatan diikuti oleh perangkat daerah terkait dan berjalan dengan tertib dan lancar.",
    "Hal-hal yang belum cukup diatur akan ditetapkan kemudian.",
    "Koordinasi lintas sektor perlu ditingkatkan pada tahun berikutnya.",
    "Narasumber menyampaikan materi dilanjutkan dengan tanya jawab.",
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
    "Undang-Undang Nomor 35 Tahun 2014 tentang Perubahan atas Undang-Undang Nomor 23 Tahun \
     2002 tentang Perlindungan Anak",
];

/// Makes `count` documents, about a third of them on other matters.
pub fn make(framework: &Framework, count: usize, seed: u64) -> Vec<Made> {
    let mut dice = Dice::new(seed);
    let asked: Vec<&Question> = framework
        .questions()
        .iter()
        .filter(|q| {
            telling(q).next().is_some()
                && q.kinds.iter().any(|k| form(k.as_str()).is_some())
        })
        .collect();
    (0..count)
        .map(|at| {
            if at % 3 == 2 {
                other(&mut dice, at)
            } else {
                let question = asked[(at - at / 3) % asked.len()];
                proof(framework, question, &mut dice, at)
            }
        })
        .collect()
}

/// The phrases that say what a question is about, alone.
fn telling(question: &Question) -> impl Iterator<Item = &str> {
    let terms = question.terms.iter().filter(|t| t.weight >= 3);
    terms
        .map(|t| t.text.as_str())
        .filter(|text| text.len() > 4 && text.contains(' '))
}

/// How a kind of document is headed, and what stands before its subject.
fn form(kind: &str) -> Option<(&'static str, &'static [&'static str])> {
    Some(match kind {
        "perda" => ("PERATURAN DAERAH", &["PENYELENGGARAAN", ""]),
        "perkada" => ("PERATURAN BUPATI", &["PEDOMAN", "TATA CARA", ""]),
        "kepkada" => ("KEPUTUSAN BUPATI", &["PENETAPAN", "PEMBENTUKAN TIM", ""]),
        "inkada" => ("INSTRUKSI BUPATI", &["PELAKSANAAN", ""]),
        "se" => ("SURAT EDARAN", &["PELAKSANAAN", "IMBAUAN"]),
        "laporan" => (
            "LAPORAN KEGIATAN",
            &["SOSIALISASI", "PELAKSANAAN", "PELATIHAN"],
        ),
        "monev" => ("LAPORAN MONITORING DAN EVALUASI", &["PELAKSANAAN", ""]),
        "matriks" => ("MATRIKS KEGIATAN", &["PROGRAM", ""]),
        "sop" => ("STANDAR OPERASIONAL PROSEDUR", &["PELAYANAN", ""]),
        "inovasi" => ("PROPOSAL INOVASI DAERAH", &["", "APLIKASI"]),
        "profil" => ("PROFIL", &[""]),
        "data" => ("REKAPITULASI DATA", &["JUMLAH", ""]),
        "notula" => ("NOTULA RAPAT", &["KOORDINASI", "PEMBAHASAN"]),
        "kepdes" => ("KEPUTUSAN KEPALA DESA SUKAMAJU", &["PEMBENTUKAN", ""]),
        "perdes" => ("PERATURAN DESA SUKAMAJU", &["", "PENYELENGGARAAN"]),
        "kepcamat" => ("KEPUTUSAN CAMAT SUKAJAYA", &["PEMBENTUKAN", ""]),
        _ => return None,
    })
}

fn proof(framework: &Framework, asked: &Question, dice: &mut Dice, at: usize) -> Made {
    let phrases: Vec<&str> = telling(asked).collect();
    let phrase = *dice.pick(&phrases);
    let kinds: Vec<&str> = asked
        .kinds
        .iter()
        .map(|kind| kind.as_str())
        .filter(|kind| form(kind).is_some())
        .collect();
    // The kind that the source names first is what offices mostly hand in.
    let kind = if dice.chance(60) {
        kinds[0]
    } else {
        *dice.pick(&kinds)
    };
    let about = asked.relates_to.as_ref().unwrap_or(&asked.indicator);
    let indicator = framework.indicator(about).unwrap();
    let (heading, verbs) = form(kind).unwrap();
    let verb = *dice.pick(verbs);
    // What many ask about (cooperation, training) is told by its subject as well.
    let subject = match is_shared(framework, asked, phrase) {
        true => own_subject(framework, asked, dice),
        false => None,
    };
    let also = *dice.pick(&phrases);
    let phrase_up = phrase.to_uppercase();
    let mut title = match (subject, dice.below(4)) {
        (Some(subject), 0..=1) => {
            format!("{verb} {phrase_up} {}", subject.to_uppercase())
        }
        (Some(subject), _) => {
            format!("{verb} {phrase_up} DALAM RANGKA {}", subject.to_uppercase())
        }
        (None, 0) => format!("{verb} {phrase_up} DAN {}", also.to_uppercase()),
        (None, 1) => format!("{verb} {phrase_up} DI {REGION}"),
        (None, 2) => format!("PENINGKATAN {phrase_up}"),
        (None, _) => format!("{verb} {phrase_up}"),
    };
    let local =
        LOCAL[(asked.id.as_str().len() * 7 + indicator.number as usize) % LOCAL.len()];
    if dice.chance(20) {
        title = format!("{title} MELALUI {local}");
    }
    let year = 2022 + dice.below(3);
    let level = asked.levels.first().map_or("", |level| level.as_str());
    let mut text = heading_of(heading, kind, level, at, year, title.trim());
    if dice.chance(50) {
        text.push_str(&format!(
            "\nDokumen ini memuat {phrase} di Kabupaten Contoh.\n"
        ));
    }
    for _ in 0..3 + dice.below(5) {
        text.push_str(dice.pick::<&str>(&FILLER));
        text.push('\n');
    }
    if dice.chance(30) {
        let other = dice.pick(framework.indicators());
        text.push_str(&format!(
            "Kegiatan ini juga mendukung {}.\n",
            other.short.id.to_lowercase()
        ));
    }
    let noise = dice.below(4);
    let text = noisy(&text, noise, dice);
    let section = framework.section(&indicator.section).unwrap();
    let lower = match level {
        "kecamatan" => "KECAMATAN/Kec. Sukajaya",
        "desa" => "DESA/Desa Sukamaju",
        _ => "DARI OPD",
    };
    let folder = match dice.below(10) {
        0..=3 => lower.to_owned(),
        4..=6 => format!("{}/{}", section.name.id, indicator.short.id),
        7 => format!("Indikator {}", indicator.number),
        8 => format!(
            "Indikator {}",
            framework.indicators()[dice.below(24)].number
        ),
        _ => local.to_owned(),
    };
    let file = if dice.chance(60) {
        format!("{} {at}", dice.pick(&FILES))
    } else {
        format!("{at} {}", title.to_lowercase())
    };
    Made {
        path: format!("/share/{folder}/{}.pdf", file.replace('/', " ")),
        text,
        questions: proven(framework, asked, phrase, kind),
    }
}

/// Tells whether questions about several indicators share a phrase.
fn is_shared(framework: &Framework, asked: &Question, phrase: &str) -> bool {
    let about = |q: &Question| q.relates_to.clone().unwrap_or(q.indicator.clone());
    framework.questions().iter().any(|q| {
        about(q) != about(asked)
            && q.terms.iter().any(|t| t.text.eq_ignore_ascii_case(phrase))
    })
}

/// A phrase of the question's subject that no other question has for its own.
fn own_subject<'f>(
    framework: &'f Framework,
    asked: &Question,
    dice: &mut Dice,
) -> Option<&'f str> {
    let about = asked.relates_to.as_ref().unwrap_or(&asked.indicator);
    let taken = |text: &str| {
        framework.questions().iter().any(|q| {
            q.id != asked.id && q.terms.iter().any(|t| t.text.eq_ignore_ascii_case(text))
        })
    };
    let own: Vec<&str> = framework
        .indicator(about)?
        .terms
        .iter()
        .filter(|t| t.weight >= 3 && t.text.contains(' ') && !taken(&t.text))
        .map(|t| t.text.as_str())
        .collect();
    (!own.is_empty()).then(|| *dice.pick(&own))
}

/// The questions that a document of this kind with this subject proves: those about the same
/// indicator, at the same level, that accept the kind and are told by the same phrase, or by
/// a shorter one inside it that says it all.
fn proven(
    framework: &Framework,
    asked: &Question,
    phrase: &str,
    kind: &str,
) -> BTreeSet<QuestionId> {
    let about = |q: &Question| q.relates_to.clone().unwrap_or(q.indicator.clone());
    // A regulation on smoke-free areas is one for every question that asks for such a one.
    let whole = format!(" {} ", phrase.to_lowercase());
    let told = |text: &str, weight: u8| {
        weight >= 2 && text.eq_ignore_ascii_case(phrase)
            || weight >= 3
                && text.contains(' ')
                && whole.contains(&format!(" {} ", text.to_lowercase()))
    };
    let also = framework.questions().iter().filter(|q| {
        about(q) == about(asked)
            && q.levels == asked.levels
            && q.kinds.iter().any(|k| k.as_str() == kind)
            && q.terms.iter().any(|t| told(&t.text, t.weight))
    });
    also.map(|q| q.id.clone())
        .chain([asked.id.clone()])
        .collect()
}

fn heading_of(
    heading: &str,
    kind: &str,
    level: &str,
    at: usize,
    year: usize,
    title: &str,
) -> String {
    let office = match level {
        "kecamatan" => "\nKECAMATAN SUKAJAYA",
        "desa" => "\nKECAMATAN SUKAJAYA\nDESA SUKAMAJU",
        _ => "",
    };
    let law = matches!(
        kind,
        "perda" | "perkada" | "kepkada" | "inkada" | "perdes" | "kepdes" | "kepcamat"
    );
    let number = match kind {
        "kepkada" | "kepcamat" | "kepdes" => format!("188.45/{at}/KEP/{year}"),
        _ => format!("{at} TAHUN {year}"),
    };
    match kind {
        _ if law => format!(
            "{heading}{}\nNOMOR {number}\n\nTENTANG\n\n{title}\n\nDENGAN RAHMAT TUHAN YANG MAHA ESA\n",
            if heading.ends_with("DAERAH") {
                format!(" {REGION}")
            } else {
                " CONTOH".to_owned()
            }
        ),
        "se" => format!(
            "BUPATI CONTOH\n{heading}\nNOMOR 400/{at}/SE/{year}\nTENTANG\n{title}\n"
        ),
        _ => format!("PEMERINTAH {REGION}{office}\n{heading}\n{title}\nTAHUN {year}\n"),
    }
}

fn other(dice: &mut Dice, at: usize) -> Made {
    let title = dice.pick(&OTHER_TITLES).to_uppercase();
    let kinds = ["perda", "perkada", "kepkada", "laporan", "se", "matriks"];
    let kind = *dice.pick(&kinds);
    let (heading, _) = form(kind).unwrap();
    let year = 2020 + dice.below(5);
    let mut text = heading_of(heading, kind, "kabupaten", at, year, &title);
    for _ in 0..4 + dice.below(6) {
        text.push_str(dice.pick::<&str>(&FILLER));
        text.push('\n');
    }
    let noise = dice.below(4);
    Made {
        path: format!("/share/DARI OPD/{} {at}.pdf", dice.pick(&FILES)),
        text: noisy(&text, noise, dice),
        questions: BTreeSet::new(),
    }
}

/// Garbles letters as scanners do, `percent` of them.
fn noisy(text: &str, percent: usize, dice: &mut Dice) -> String {
    let mut noisy = String::with_capacity(text.len());
    for c in text.chars() {
        if percent > 0 && c.is_alphanumeric() && dice.below(100) < percent {
            let wrong = match c {
                'O' => "0",
                'I' => "l",
                'l' => "1",
                'm' => "rn",
                'E' => "F",
                'a' => "e",
                'n' => "u",
                'S' => "5",
                'B' => "8",
                _ => "",
            };
            noisy.push_str(wrong);
        } else {
            noisy.push(c);
        }
    }
    noisy
}
