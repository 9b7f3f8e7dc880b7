//! Made papers of villages: a regulation, a decision, minutes, a letter, a report of each of many
//! villages, half of them from one office's template. What benches feed to programs.
#![allow(
    clippy::disallowed_methods,
    reason = "part of benches, which write files of their own"
)]

use std::{fs, path::Path};

/// Papers a village has.
pub const OF_A_VILLAGE: usize = 12;

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

/// What people look for.
pub const SEARCHES: [&str; 10] = [
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

/// Writes papers, a folder a village; returns their bytes.
pub fn make(share: &Path, count: usize) -> u64 {
    let mut bytes = 0;
    for village in 0..count.div_ceil(OF_A_VILLAGE) {
        let papers = OF_A_VILLAGE.min(count - village * OF_A_VILLAGE);
        let (folder, papers) = of_village(village, papers);
        let folder = share.join(folder);
        fs::create_dir_all(&folder).unwrap();
        for (file, text) in papers {
            bytes += text.len() as u64;
            fs::write(folder.join(file), text).unwrap();
        }
    }
    bytes
}

/// Returns the folder of a village, and its papers: the name of each file and what it says.
pub fn of_village(village: usize, count: usize) -> (String, Vec<(String, String)>) {
    let mut dice = Dice(village as u64 * 7919 + 17);
    let village_name = format!("{} {}", name(&mut dice, 3), name(&mut dice, 2));
    let district = name(&mut Dice(village as u64 / 20 + 99), 3);
    let papers = (0..count).map(|n| {
        let paper = Paper {
            village: &village_name,
            district: &district,
            number: n + 1,
            year: 2021 + dice.below(5),
            matter: MATTERS[(n + village % 3) % MATTERS.len()],
            is_of_template: dice.below(2) == 0,
        };
        paper.text(&mut dice)
    });
    let papers = papers.collect();
    let folder = format!("Kecamatan {district}/Desa {village_name} {village}");
    (folder, papers)
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
