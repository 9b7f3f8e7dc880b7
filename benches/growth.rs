//! Shows how an archive grows: made village papers (a regulation, a decision, minutes, a letter,
//! a report of each of many villages, half of them from one office's template), indexed as a user
//! does it, then asked. Each size is one row; `recollindex` and `find` are given the same share.
//!
//! ```text
//! cargo bench --bench growth                      1,000 and 10,000 papers
//! cargo bench --bench growth -- 100000 1000000    sizes of your own
//! cargo bench --bench growth -- make FOLDER 400   only the papers
//! ```
//!
//! CPU seconds are user and system of a program and its workers, the peak is that of the one
//! process that held most (Linux tells both); what is asked is timed by the clock, a process a question.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark: it makes papers, runs programs and prints a table"
)]

#[path = "../tests/measure/cost.rs"]
#[allow(
    dead_code,
    reason = "the bench of the OCR adds costs up and reads what is printed"
)]
mod cost;

use cost::{Cost, cost_of};
use std::{
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, Stdio},
};

const SIZES: [usize; 2] = [1_000, 10_000];
/// Papers a village has.
const OF_A_VILLAGE: usize = 12;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words: Vec<&str> = words
        .into_iter()
        .filter(|word| *word != "--bench")
        .collect();
    if let ["make", folder, count] = words.as_slice() {
        make(Path::new(folder), count.parse().unwrap());
        return;
    }
    let asked: Vec<usize> = words.iter().map(|word| word.parse().unwrap()).collect();
    let sizes = if asked.is_empty() {
        SIZES.to_vec()
    } else {
        asked
    };
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        let share = folder.path().join("share");
        let bytes = make(&share, size);
        println!("== {size} papers, {} KB", bytes / 1000);
        ours(folder.path(), &share, size);
        recoll(folder.path(), &share, size);
    }
}

/// Runs a program to its end.
fn run<S: AsRef<OsStr>>(program: &str, words: impl IntoIterator<Item = S>) -> Cost {
    cost_of(Command::new(program).args(words)).unwrap()
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .filter(fs::Metadata::is_file)
        .map(|meta| meta.len())
        .sum()
}

/// An archive, and the program that is asked about it.
struct Ours<'a> {
    archive: &'a Path,
}

impl Ours<'_> {
    fn run(&self, words: &[&str], more: &[&OsStr]) -> Cost {
        let words = words.iter().map(OsStr::new);
        let archive = ["--archive".as_ref(), self.archive.as_os_str()];
        let words = words.chain(archive).chain(more.iter().copied());
        run(env!("CARGO_BIN_EXE_bukti"), words)
    }

    fn search(&self) {
        let words = [
            "kawasan tanpa rokok",
            "forum anak",
            "posyandu",
            "akta kelahiran",
            "balita",
            "stunting",
            "kekerasan",
            "perpustakaan desa",
            "anggaran",
            "musyawarah",
        ];
        let mut times: Vec<f64> = Vec::new();
        for round in 0..4 {
            for word in words {
                let run = self.run(&["search"], &[word.as_ref()]);
                if round > 0 {
                    times.push(run.clock.as_secs_f64());
                }
            }
        }
        times.sort_by(f64::total_cmp);
        let p95 = times[times.len() * 95 / 100];
        println!("search    bukti  p95 {p95:.3} s of {}", times.len());
    }

    /// Accepts the first confident link.
    fn decide(&self) {
        let found = self.run(&["search", "--confident", "--json"], &[]);
        let found: serde_json::Value = serde_json::from_str(&found.text).unwrap();
        let first = &found["hits"][0];
        let question = first["links"][0]["question"].as_str().unwrap();
        let words = [first["sha256"].as_str().unwrap(), question, "--by", "Sari"];
        self.run(&["decide", "accept"], &words.map(OsStr::new));
    }

    fn ask(&self) {
        for words in [
            &["search", "--unlinked"] as &[&str],
            &["search", "--state", "weak"],
            &["status"],
            &["check"],
        ] {
            let (first, again) = (self.run(words, &[]), self.run(words, &[]));
            println!(
                "{:<24} {:>7.2} s, again {:>6.2} s {:>6} MiB",
                words.join(" "),
                first.clock.as_secs_f64(),
                again.clock.as_secs_f64(),
                first.peak_bytes.max(again.peak_bytes) >> 20
            );
        }
    }
}

fn ours(folder: &Path, share: &Path, size: usize) {
    let archive = &folder.join("archive");
    let init = ["init".as_ref(), archive.as_os_str()];
    let rest = ["--region", "Kabupaten Bantul", "--year", "2025"].map(OsStr::new);
    run(env!("CARGO_BIN_EXE_bukti"), init.into_iter().chain(rest));
    let ours = Ours { archive };
    let share = share.as_os_str();
    let first = ours.run(&["index"], &[share]);
    indexed("bukti", &first, bytes_below(archive), size);
    let again = ours.run(&["index"], &[share]);
    let find = run("find", [share, "-printf".as_ref(), "%s %T@ %p\n".as_ref()]);
    println!(
        "again     bukti  {:>8.2} CPU s {:>8.2} s {:>5} MiB   find {:.2} CPU s {:.2} s",
        again.processor.as_secs_f64(),
        again.clock.as_secs_f64(),
        again.peak_bytes >> 20,
        find.processor.as_secs_f64(),
        find.clock.as_secs_f64()
    );
    ours.search();
    ours.ask();
    ours.decide();
    println!("after a decision");
    ours.ask();
}

fn indexed(by: &str, run: &Cost, bytes: u64, size: usize) {
    println!(
        "index     {by:<6} {:>8.1} CPU s {:>7.2} ms a paper {:>6} MiB {:>7} KB {:>6.2} KB a paper ({:.1} s by the clock)",
        run.processor.as_secs_f64(),
        run.processor.as_secs_f64() * 1000.0 / size as f64,
        run.peak_bytes >> 20,
        bytes / 1000,
        bytes as f64 / 1000.0 / size as f64,
        run.clock.as_secs_f64()
    );
}

fn recoll(folder: &Path, share: &Path, size: usize) {
    let is_installed = Command::new("recollindex")
        .arg("-h")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if is_installed.is_err() {
        println!("LEFT OUT: `recollindex` is not installed");
        return;
    }
    let config = folder.join("recoll");
    fs::create_dir_all(&config).unwrap();
    let text = format!("topdirs = {}\nloglevel = 1\n", share.display());
    fs::write(config.join("recoll.conf"), text).unwrap();
    let words = ["-c".as_ref(), config.as_os_str()];
    let first = run("recollindex", words);
    indexed("recoll", &first, bytes_below(&config), size);
}

/// A run of numbers that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const MATTERS: [&str; 16] = [
    "PEMBENTUKAN FORUM ANAK DESA",
    "KAWASAN TANPA ROKOK",
    "PENCEGAHAN PERKAWINAN ANAK",
    "PENYELENGGARAAN POSYANDU TERPADU",
    "PENCATATAN AKTA KELAHIRAN ANAK",
    "PENGELOLAAN PERPUSTAKAAN DESA",
    "PERCEPATAN PENURUNAN STUNTING",
    "PERLINDUNGAN PEREMPUAN DAN ANAK",
    "GUGUS TUGAS DESA LAYAK ANAK",
    "PENGELOLAAN TAMAN BERMAIN RAMAH ANAK",
    "JAM BELAJAR MASYARAKAT",
    "PENYEDIAAN AIR BERSIH DAN SANITASI",
    "ANGGARAN PENDAPATAN DAN BELANJA DESA",
    "KADER PEMBERDAYAAN MASYARAKAT DESA",
    "PENGELOLAAN SAMPAH RUMAH TANGGA",
    "SATUAN TUGAS PENCEGAHAN KEKERASAN",
];

const SENTENCES: [&str; 20] = [
    "Pemerintah Desa wajib menyediakan ruang bermain yang aman bagi setiap anak",
    "Setiap anak berhak memperoleh akta kelahiran tanpa dipungut biaya",
    "Kader melaporkan hasil penimbangan balita kepada bidan desa setiap bulan",
    "Kepala Dusun mengawasi pelaksanaan jam belajar pada malam hari",
    "Biaya yang timbul dibebankan pada Anggaran Pendapatan dan Belanja Desa",
    "Forum Anak menyampaikan pendapatnya dalam musyawarah perencanaan pembangunan",
    "Dilarang merokok di sekolah, tempat ibadah, posyandu dan kantor desa",
    "Orang tua yang menikahkan anak di bawah umur dikenai teguran tertulis",
    "Satuan tugas menerima laporan kekerasan dan meneruskannya kepada pendamping",
    "Perpustakaan desa buka setiap hari kerja dan melayani anak sekolah",
    "Sampah rumah tangga dipilah sebelum dibawa ke tempat penampungan sementara",
    "Ibu hamil mendapat makanan tambahan dan pemeriksaan paling sedikit enam kali",
    "Air bersih disalurkan ke setiap rumah melalui jaringan pipa desa",
    "Laporan pelaksanaan kegiatan disampaikan kepada Camat pada akhir tahun",
    "Anggota gugus tugas terdiri atas unsur perangkat desa, guru, kader dan wakil anak",
    "Pendataan anak berkebutuhan khusus dilakukan oleh kader bersama guru",
    "Peserta sepakat bahwa kegiatan dilaksanakan pada minggu kedua bulan berikutnya",
    "Dana kegiatan dicairkan setelah rencana kerja disetujui Badan Permusyawaratan Desa",
    "Setiap dusun menunjuk dua orang pendamping bagi keluarga yang membutuhkan",
    "Taman bermain diperiksa setiap tiga bulan agar tidak membahayakan",
];

const SYLLABLES: [&str; 24] = [
    "ba", "ke", "li", "mo", "na", "pa", "ra", "si", "ta", "wa", "gu", "ja", "lo", "ma",
    "nu", "po", "sa", "tu", "wi", "ya", "bu", "da", "ko", "ri",
];
const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

fn name(dice: &mut Dice, parts: usize) -> String {
    let text: String = (0..parts).map(|_| dice.of(&SYLLABLES)).collect();
    let mut letters = text.chars();
    let first = letters.next().unwrap().to_ascii_uppercase();
    std::iter::once(first).chain(letters).collect()
}

/// Makes papers, a folder a village; returns their bytes.
fn make(share: &Path, count: usize) -> u64 {
    let mut bytes = 0;
    for village in 0..count.div_ceil(OF_A_VILLAGE) {
        let mut dice = Dice(village as u64 * 7919 + 17);
        let village_name = format!("{} {}", name(&mut dice, 3), name(&mut dice, 2));
        let district = name(&mut Dice(village as u64 / 20 + 99), 3);
        let folder = share
            .join(format!("Kecamatan {district}"))
            .join(format!("Desa {village_name} {village}"));
        fs::create_dir_all(&folder).unwrap();
        let papers = OF_A_VILLAGE.min(count - village * OF_A_VILLAGE);
        for n in 0..papers {
            let paper = Paper {
                village: &village_name,
                district: &district,
                number: n + 1,
                year: 2021 + dice.below(5),
                matter: MATTERS[(n + village % 3) % MATTERS.len()],
                is_of_template: dice.below(2) == 0,
            };
            let (file, text) = paper.text(&mut dice);
            bytes += text.len() as u64;
            fs::write(folder.join(file), text).unwrap();
        }
    }
    bytes
}

struct Paper<'a> {
    village: &'a str,
    district: &'a str,
    number: usize,
    year: usize,
    matter: &'static str,
    is_of_template: bool,
}

impl Paper<'_> {
    fn text(&self, dice: &mut Dice) -> (String, String) {
        let mut of_matter = Dice(self.matter.len() as u64 * 31);
        let mut sentences: Vec<String> = Vec::new();
        for n in 0..8 {
            let sentence = match self.is_of_template {
                true => of_matter.of(&SENTENCES),
                false => dice.of(&SENTENCES),
            };
            let who = match self.is_of_template {
                true => String::new(),
                false => format!(
                    " oleh {} {} sebanyak {} orang",
                    name(dice, 3),
                    name(dice, 2),
                    dice.below(300) + 2
                ),
            };
            sentences.push(format!("Pasal {}\n{sentence}{who}.\n", n + 1));
        }
        let body = sentences.join("\n");
        let day = dice.below(27) + 1;
        let month = dice.of(&MONTHS);
        let signer = format!("{} {}", name(dice, 3), name(dice, 3));
        let Self {
            village,
            district,
            number,
            year,
            matter,
            ..
        } = self;
        let upper = village.to_uppercase();
        match number % 4 {
            1 => (
                format!("Perdes {number} Tahun {year}.txt"),
                format!(
                    "KEPALA DESA {upper}\nKABUPATEN CONTOH\n\nPERATURAN DESA {upper}\nNOMOR {number} TAHUN {year}\nTENTANG\n{matter}\n\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nKEPALA DESA {upper},\n\nMenimbang : a. bahwa untuk melindungi anak di Desa {village} perlu ditetapkan peraturan;\nMengingat : 1. Undang-Undang Nomor 6 Tahun 2014 tentang Desa;\n\nMEMUTUSKAN:\nMenetapkan : PERATURAN DESA TENTANG {matter}.\n\n{body}\nDitetapkan di {village}\npada tanggal {day} {month} {year}\nKEPALA DESA {upper},\n\nttd\n\n{signer}\n"
                ),
            ),
            2 => (
                format!("SK Kades {number} {year}.txt"),
                format!(
                    "PEMERINTAH KABUPATEN CONTOH\nKECAMATAN {}\nDESA {upper}\n\nKEPUTUSAN KEPALA DESA {upper}\nNOMOR 141/{number}/KEP/{year}\nTENTANG\n{matter}\n\nKEPALA DESA {upper},\n\nMenimbang : bahwa kegiatan perlu didukung semua pihak;\nMEMUTUSKAN:\nMenetapkan :\nKESATU : {matter} di Desa {village}.\nKEDUA : Tugas sebagaimana dimaksud sebagai berikut.\n{body}\nDitetapkan di {village}\npada tanggal {day} {month} {year}\nKEPALA DESA {upper}\n\n{signer}\n",
                    district.to_uppercase()
                ),
            ),
            3 => (
                format!("Notula {number} {year}.txt"),
                format!(
                    "NOTULA RAPAT\n{matter}\nDESA {upper}\n\nHari/Tanggal : Senin, {day} {month} {year}\nTempat : Balai Desa {village}\nPeserta : {} orang\n\n{body}\nPimpinan rapat,\n\n{signer}\n",
                    dice.below(60) + 5
                ),
            ),
            _ => (
                format!("Laporan {number} {year}.txt"),
                format!(
                    "LAPORAN KEGIATAN\n{matter}\nDESA {upper} KECAMATAN {}\nTAHUN {year}\n\nA. Pendahuluan\n{body}\nB. Penutup\nDemikian laporan ini dibuat.\n\n{village}, {day} {month} {year}\nKepala Desa {village}\n\n{signer}\n",
                    district.to_uppercase()
                ),
            ),
        }
    }
}
