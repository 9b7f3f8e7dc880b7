//! Titles as offices write them, none from the corpora the weights were set on: what must be
//! linked, negative phrases, and what must hold for any document.

use super::*;
use crate::model::{
    DocKind, Fact, Government, IndicatorId, Issuer, Line, MediaType, Page, QuestionId,
    Reading as Read, RuleId,
};
use proptest::prelude::*;
use std::sync::LazyLock;

static FRAMEWORK: LazyLock<Framework> = LazyLock::new(|| Framework::builtin().unwrap());
static LINKER: LazyLock<Linker> = LazyLock::new(|| Linker::new(&FRAMEWORK));

fn known<T>(value: T) -> Read<T> {
    Read::Known(Fact {
        value,
        confidence: Ratio::new(0.95),
        span: None,
        rule: RuleId::from("test"),
    })
}

fn facts(kind: &str, title: &str) -> DocumentFacts {
    let mut facts = DocumentFacts::default();
    if !kind.is_empty() {
        let label = String::new();
        facts.kind = known(DocKind {
            id: kind.into(),
            label,
        });
    }
    if !title.is_empty() {
        facts.title = known(title.to_owned());
    }
    facts
}

fn document(pages: &[&str]) -> Extraction {
    let mut extraction = Extraction::without_pages(MediaType::Pdf);
    for (at, text) in pages.iter().enumerate() {
        let mut page = Page::empty(at as u32 + 1, None);
        page.lines = text.lines().map(Line::plain).collect();
        extraction.pages.push(page);
    }
    extraction
}

fn link(kind: &str, title: &str) -> Vec<Link> {
    LINKER.link(&document(&[title]), &facts(kind, title), "")
}

/// The number of the indicator a link is about.
fn about(link: &Link) -> u32 {
    let question = FRAMEWORK.question(&link.question).unwrap();
    let id: &IndicatorId = question.relates_to.as_ref().unwrap_or(&question.indicator);
    FRAMEWORK.indicator(id).unwrap().number
}

fn summary(links: &[Link]) -> String {
    let summary = links.iter().take(4).map(|l| {
        format!(
            "\n     {} {} `{}` {:?}",
            l.question,
            l.confidence.get(),
            l.cue.term,
            l.reasons
        )
    });
    summary.collect()
}

fn confident(links: &[Link]) -> Vec<&Link> {
    links
        .iter()
        .filter(|link| link.confidence.is_confident())
        .collect()
}

/// Kind, title, number of the indicator it is about.
const WINS: &[(&str, &str, u32)] = &[
    ("perda", "PENYELENGGARAAN KOTA LAYAK ANAK", 1),
    ("perkada", "PENGEMBANGAN KABUPATEN/KOTA LAYAK ANAK", 1),
    ("perkada", "PENCEGAHAN PERKAWINAN USIA ANAK", 7),
    ("se", "UPAYA MENCEGAH PERNIKAHAN DINI", 7),
    (
        "perda",
        "PERLINDUNGAN PEREMPUAN DAN ANAK DARI TINDAK KEKERASAN",
        21,
    ),
    (
        "perkada",
        "UNIT PELAKSANA TEKNIS DAERAH PERLINDUNGAN PEREMPUAN DAN ANAK",
        21,
    ),
    ("perda", "PENYELENGGARAAN PERPUSTAKAAN", 5),
    ("perkada", "GERAKAN LITERASI DAERAH", 5),
    ("perda", "PEMBANGUNAN KETAHANAN KELUARGA", 8),
    (
        "perda",
        "PELINDUNGAN DAN PEMENUHAN HAK PENYANDANG DISABILITAS",
        23,
    ),
    ("perkada", "SANITASI TOTAL BERBASIS MASYARAKAT", 16),
    ("perda", "PENGELOLAAN AIR LIMBAH DOMESTIK", 16),
    (
        "perkada",
        "RENCANA AKSI DAERAH AIR MINUM DAN PENYEHATAN LINGKUNGAN",
        16,
    ),
    (
        "perda",
        "KESEHATAN IBU, BAYI BARU LAHIR, BAYI DAN ANAK BALITA",
        12,
    ),
    ("perkada", "JAMINAN PERSALINAN", 12),
    (
        "perkada",
        "INISIASI MENYUSU DINI DAN AIR SUSU IBU EKSKLUSIF",
        14,
    ),
    (
        "perkada",
        "PENYEDIAAN FASILITAS KHUSUS MENYUSUI DAN MEMERAH AIR SUSU IBU",
        14,
    ),
    ("perkada", "PENANGANAN ANAK TIDAK SEKOLAH", 18),
    ("perkada", "PROGRAM WAJIB BELAJAR DUA BELAS TAHUN", 18),
    (
        "perkada",
        "PENCEGAHAN DAN PENANGGULANGAN PERUNDUNGAN DI SATUAN PENDIDIKAN",
        19,
    ),
    ("perkada", "SEKOLAH RAMAH ANAK", 19),
    ("kepkada", "PEMBENTUKAN PENGURUS FORUM ANAK DAERAH", 6),
    (
        "perkada",
        "PELIBATAN ANAK DALAM MUSYAWARAH PERENCANAAN PEMBANGUNAN",
        6,
    ),
    ("perda", "PERLINDUNGAN ANAK DARI EKSPLOITASI SEKSUAL", 21),
    (
        "perkada",
        "PENGHAPUSAN BENTUK-BENTUK PEKERJAAN TERBURUK UNTUK ANAK",
        21,
    ),
    ("perda", "PENCEGAHAN DAN PENANGGULANGAN HIV DAN AIDS", 22),
    (
        "perda",
        "FASILITASI PENCEGAHAN PENYALAHGUNAAN NARKOTIKA",
        22,
    ),
    (
        "perkada",
        "PENYELENGGARAAN SATUAN PENDIDIKAN AMAN BENCANA",
        22,
    ),
    (
        "perkada",
        "PENCEGAHAN DAN PENANGGULANGAN EKSTREMISME BERBASIS KEKERASAN",
        24,
    ),
    (
        "perkada",
        "PENANGANAN ANAK YANG BERHADAPAN DENGAN HUKUM",
        24,
    ),
    ("perkada", "PENYELENGGARAAN TAMAN PENITIPAN ANAK", 10),
    ("perkada", "TATA CARA PENGANGKATAN ANAK", 10),
    ("perkada", "RUANG BERMAIN RAMAH ANAK", 11),
    ("kepkada", "PENETAPAN LOKASI ZONA SELAMAT SEKOLAH", 11),
    ("kepkadis", "PENETAPAN PUSKESMAS RAMAH ANAK", 15),
    ("kepkada", "PENETAPAN RUMAH IBADAH RAMAH ANAK", 20),
    ("perkada", "PERCEPATAN KEPEMILIKAN AKTA KELAHIRAN", 4),
    ("perkada", "PENERBITAN KARTU IDENTITAS ANAK", 4),
    ("kepkada", "GUGUS TUGAS KOTA LAYAK ANAK TAHUN 2024-2028", 2),
    ("kepkada", "TIM PERCEPATAN PENURUNAN STUNTING", 13),
    (
        "kepkada",
        "PENGURUS ASOSIASI PERUSAHAAN SAHABAT ANAK INDONESIA",
        3,
    ),
    (
        "laporan",
        "PELATIHAN KONVENSI HAK ANAK BAGI GURU SEKOLAH RAMAH ANAK",
        19,
    ),
    (
        "sertifikat",
        "PELATIHAN KONVENSI HAK ANAK BAGI PENGASUH LKSA",
        10,
    ),
    (
        "undangan",
        "RAPAT KOORDINASI GUGUS TUGAS KABUPATEN LAYAK ANAK",
        2,
    ),
    (
        "laporan",
        "SOSIALISASI KAWASAN TANPA ROKOK DI LINGKUNGAN SEKOLAH",
        17,
    ),
    (
        "mou",
        "KERJA SAMA PENERBITAN AKTA KELAHIRAN DENGAN RUMAH SAKIT",
        4,
    ),
    (
        "kepcamat",
        "PEMBENTUKAN GUGUS TUGAS KECAMATAN LAYAK ANAK",
        25,
    ),
    ("kepdes", "PEMBENTUKAN GUGUS TUGAS DESA LAYAK ANAK", 26),
    ("perdes", "PERLINDUNGAN ANAK", 26),
    ("sop", "PENANGANAN PEKERJA ANAK", 21),
    (
        "rad",
        "RENCANA AKSI DAERAH KABUPATEN LAYAK ANAK 2025-2029",
        2,
    ),
    (
        "perda",
        "PENYELENGGARAAN PERLINDUNGAN PEREMPUAN DAN ANAK KORBAN KEKERASAN",
        21,
    ),
    (
        "perkada",
        "PUSAT PELAYANAN TERPADU PEMBERDAYAAN PEREMPUAN DAN ANAK",
        21,
    ),
    (
        "perda",
        "PENCEGAHAN DAN PENANGANAN KORBAN PERDAGANGAN ORANG",
        21,
    ),
    (
        "se",
        "PENDISPENSASIAN PERKAWINAN DAN PENCEGAHAN KAWIN ANAK",
        7,
    ),
    (
        "perkada",
        "STRATEGI DAERAH PENCEGAHAN PERKAWINAN ANAK TAHUN 2024-2029",
        7,
    ),
    (
        "laporan",
        "PENYULUHAN PENDEWASAAN USIA PERKAWINAN BAGI REMAJA",
        7,
    ),
    ("matriks", "DATA DISPENSASI KAWIN TAHUN 2023 DAN 2024", 7),
    ("perkada", "PUSAT PEMBELAJARAN KELUARGA", 8),
    ("kepkada", "PEMBENTUKAN PUSPAGA KABUPATEN", 8),
    ("laporan", "KELAS PENGASUHAN ORANG TUA DI PUSPAGA", 8),
    (
        "kepkada",
        "GUGUS TUGAS PENGEMBANGAN ANAK USIA DINI HOLISTIK INTEGRATIF",
        9,
    ),
    ("perkada", "PAUD HOLISTIK INTEGRATIF", 9),
    (
        "data",
        "DAFTAR PANTI ASUHAN DAN LKSA YANG TERAKREDITASI",
        10,
    ),
    ("perkada", "LEMBAGA KESEJAHTERAAN SOSIAL ANAK", 10),
    (
        "sertifikat",
        "SERTIFIKAT STANDARDISASI RUANG BERMAIN RAMAH ANAK",
        11,
    ),
    ("kepkada", "PENETAPAN RUTE AMAN SELAMAT SEKOLAH", 11),
    ("data", "CAKUPAN IMUNISASI DASAR LENGKAP PER PUSKESMAS", 12),
    ("data", "JUMLAH KEMATIAN IBU DAN KEMATIAN BAYI", 12),
    ("data", "PREVALENSI STUNTING DAN GIZI BURUK BALITA", 13),
    ("perkada", "PERCEPATAN PENURUNAN STUNTING", 13),
    ("data", "CAKUPAN ASI EKSKLUSIF BAYI USIA ENAM BULAN", 14),
    ("sertifikat", "PELATIHAN KONSELOR MENYUSUI", 14),
    ("monev", "MONITORING DAN EVALUASI PUSKESMAS RAMAH ANAK", 15),
    (
        "data",
        "PERSENTASE RUMAH TANGGA DENGAN AKSES SANITASI LAYAK",
        16,
    ),
    ("perda", "PENYELENGGARAAN SISTEM PENYEDIAAN AIR MINUM", 16),
    ("kepkada", "SATUAN TUGAS PENEGAKAN KAWASAN TANPA ROKOK", 17),
    ("perda", "KAWASAN BEBAS ASAP ROKOK", 17),
    (
        "keterangan",
        "TIDAK MENERIMA SPONSOR DARI PERUSAHAAN ROKOK",
        17,
    ),
    ("data", "ANGKA PUTUS SEKOLAH JENJANG SMP", 18),
    (
        "sop",
        "GERAKAN KEMBALI BERSEKOLAH BAGI ANAK PUTUS SEKOLAH",
        18,
    ),
    ("kepkada", "PENETAPAN SEKOLAH RAMAH ANAK JENJANG SMP", 19),
    (
        "kepkadis",
        "TIM PENCEGAHAN DAN PENANGANAN KEKERASAN DI SATUAN PENDIDIKAN",
        19,
    ),
    ("kepkadis", "PENETAPAN MASJID RAMAH ANAK", 20),
    ("laporan", "FESTIVAL PERMAINAN TRADISIONAL ANAK", 20),
    ("data", "REKAPITULASI KASUS KEKERASAN TERHADAP ANAK", 21),
    ("laporan", "PENARIKAN PEKERJA ANAK DARI PERKEBUNAN", 21),
    ("laporan", "REHABILITASI ANAK PENYALAHGUNA NARKOBA", 22),
    (
        "laporan",
        "TRAUMA HEALING ANAK KORBAN BANJIR DI PENGUNGSIAN",
        22,
    ),
    ("kepkada", "UNIT LAYANAN DISABILITAS BIDANG PENDIDIKAN", 23),
    (
        "laporan",
        "PEMBINAAN KENAKALAN REMAJA DAN TAWURAN PELAJAR",
        23,
    ),
    ("data", "PENANGANAN ABH MELALUI DIVERSI", 24),
    ("laporan", "PENDAMPINGAN ANAK KORBAN JARINGAN TERORISME", 24),
    ("usulan", "SUARA ANAK DALAM MUSRENBANG", 6),
    ("laporan", "JAMBORE FORUM ANAK", 6),
    ("data", "KEPEMILIKAN AKTA KELAHIRAN ANAK USIA 0-18 TAHUN", 4),
    ("inovasi", "INOVASI LAHIR LANGSUNG DAPAT AKTA", 4),
    ("laporan", "LAYANAN PERPUSTAKAAN KELILING DAN POJOK BACA", 5),
    ("sertifikat", "PUSAT INFORMASI SAHABAT ANAK", 5),
    (
        "mou",
        "PERJANJIAN KERJA SAMA DUNIA USAHA MENDUKUNG KABUPATEN LAYAK ANAK",
        3,
    ),
    ("profil", "PROFIL ANAK TAHUN 2024", 2),
    (
        "anggaran",
        "RENCANA KERJA DAN ANGGARAN PENURUNAN STUNTING",
        13,
    ),
    ("perdes", "PENCEGAHAN PERKAWINAN ANAK DI DESA", 26),
    ("kepdes", "PENGURUS FORUM ANAK DESA", 26),
    ("kepcamat", "FORUM ANAK KECAMATAN", 25),
];

/// Kind and title of documents no question asks for.
const TRAPS: &[(&str, &str)] = &[
    ("perda", "BADAN USAHA MILIK DAERAH DAN ANAK PERUSAHAAN"),
    ("perda", "PENGELOLAAN DAERAH ALIRAN SUNGAI DAN ANAK SUNGAI"),
    ("perkada", "PENGGUNAAN DANA BAGI HASIL CUKAI HASIL TEMBAKAU"),
    ("perkada", "BAGI HASIL PAJAK ROKOK KEPADA KABUPATEN/KOTA"),
    ("perkada", "TUNJANGAN ANAK YATIM PEGAWAI NEGERI SIPIL"),
    ("perda", "PENYERTAAN MODAL PADA PERUSAHAAN DAERAH AIR MINUM"),
    ("perkada", "PENGENDALIAN STUNTING TANAMAN JAGUNG"),
    ("perkada", "PEDOMAN PERJALANAN DINAS"),
    ("kepkada", "PEMBENTUKAN TIM PENGELOLA KEUANGAN DAERAH"),
    (
        "perkada",
        "KEDUDUKAN, SUSUNAN ORGANISASI, TUGAS DAN FUNGSI DINAS PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK",
    ),
    (
        "perkada",
        "PEMBENTUKAN UNIT PELAKSANA TEKNIS PADA DINAS KESEHATAN",
    ),
    (
        "perda",
        "PERUBAHAN ATAS PERATURAN DAERAH NOMOR 3 TAHUN 2011 TENTANG RETRIBUSI PELAYANAN PASAR",
    ),
    ("perda", "KOTA LAYAK HUNI"),
    (
        "perkada",
        "PENERIMAAN PESERTA DIDIK BARU PADA TAMAN KANAK-KANAK DAN SEKOLAH DASAR",
    ),
    ("perkada", "BANTUAN OPERASIONAL SEKOLAH"),
    ("laporan", "LAPORAN KINERJA INSTANSI PEMERINTAH"),
    (
        "kepkada",
        "PENETAPAN PEJABAT PENATAUSAHAAN KEUANGAN PADA SEKRETARIAT DAERAH",
    ),
    ("perkada", "TARIF LAYANAN RUMAH SAKIT IBU DAN ANAK"),
    ("perkada", "IZIN MEMPEKERJAKAN TENAGA KERJA ASING"),
    ("mou", "KERJA SAMA PENYEWAAN GEDUNG"),
    ("undangan", "RAPAT PARIPURNA DPRD"),
    ("se", "CUTI BERSAMA DAN HARI LIBUR NASIONAL"),
    ("perda", "PENGELOLAAN SAMPAH"),
    ("perda", "RENCANA TATA RUANG WILAYAH"),
    (
        "kepkada",
        "PEMBENTUKAN TIM SATUAN TUGAS SAPU BERSIH PUNGUTAN LIAR",
    ),
    (
        "perkada",
        "STANDAR PELAYANAN MINIMAL RUMAH SAKIT UMUM DAERAH",
    ),
    (
        "perkada",
        "PEMBERIAN TAMBAHAN PENGHASILAN GURU SEKOLAH DASAR",
    ),
    ("kepkada", "PENGANGKATAN KEPALA SEKOLAH"),
    ("kepkada", "PENETAPAN LOKASI PEMBANGUNAN PUSKESMAS"),
    ("perkada", "POLA TARIF BADAN LAYANAN UMUM DAERAH PUSKESMAS"),
    ("perda", "PEMBERDAYAAN DAN PERLINDUNGAN PETANI TEMBAKAU"),
    ("perda", "PENANGGULANGAN PENYAKIT HEWAN DAN ANAK SAPI"),
    ("sop", "PENGELOLAAN ARSIP DINAMIS"),
    (
        "laporan",
        "EVALUASI PELAKSANAAN RENCANA KERJA PERANGKAT DAERAH",
    ),
    ("sertifikat", "PELATIHAN BENDAHARA PENGELUARAN"),
    ("data", "JUMLAH KENDARAAN DINAS"),
    ("mou", "PENGELOLAAN REKENING KAS UMUM DAERAH"),
    ("undangan", "UPACARA HARI KEMERDEKAAN"),
    ("inovasi", "INOVASI PELAYANAN PERIZINAN BERUSAHA"),
    (
        "anggaran",
        "PENJABARAN ANGGARAN PENDAPATAN DAN BELANJA DAERAH",
    ),
    ("perdes", "PENGELOLAAN KEUANGAN DESA"),
    ("perdes", "ANGGARAN PENDAPATAN DAN BELANJA DESA"),
];

/// What a poster, a photo's banner, a letter or a sheet says, line by line, of which nothing
/// else is known, and the number of the indicator it is about.
const PAGES: &[(&str, u32)] = &[
    ("AYO URUS AKTA KELAHIRAN ANAK\nGratis di kantor kami", 4),
    (
        "NO KECAMATAN MEMILIKI_KIA BELUM_MEMILIKI_KIA\nSukamaju 120 14",
        4,
    ),
    ("POJOK BACA\nPerpustakaan ramah anak\nBuka setiap hari", 5),
    ("INTERNET SEHAT UNTUK ANAK\nDampingi anak memakai gawai", 5),
    ("PELANTIKAN PENGURUS FORUM ANAK\nMasa bakti 2024-2026", 6),
    ("STOP\nPERNIKAHAN\nDINI\nGapai cita-citamu dulu", 7),
    ("KELAS ORANG TUA HEBAT\nBina Keluarga Balita", 8),
    ("GEBYAR PAUD\nbersama Bunda PAUD", 9),
    ("PENGUATAN LKSA DAN PANTI ASUHAN\nDinas Sosial", 10),
    ("Peresmian Taman Bermain Anak\nRuang Bermain Ramah Anak", 11),
    ("PEKAN IMUNISASI NASIONAL\nBawa balita Anda ke posyandu", 12),
    (
        "Undangan\nHal : Undangan\nBersama ini kami mengundang Saudara pada rapat rembuk \
      stunting tingkat kabupaten.",
        13,
    ),
    ("Cegahstuntingsejakdini\nKec. Sukamaju", 13),
    ("ASI EKSKLUSIF\nberikan ASI saja sampai usia enam bulan", 14),
    (
        "RUANG LAKTASI\nSilakan gunakan ruang ini untuk menyusui",
        14,
    ),
    ("PUSKESMAS RAMAH ANAK\nruang tunggu anak", 15),
    ("STOP BUANG AIR BESAR SEMBARANGAN\nDeklarasi desa ODF", 16),
    ("KAWASAN TANPA ROKOK\nDilarang merokok di area ini", 17),
    (
        "AYO KEMBALI BERSEKOLAH\nAnak tidak sekolah kami dampingi",
        18,
    ),
    ("STOP BULLYING\nTeman bukan lawan", 19),
    ("LOMBA MEWARNAI ANAK\nFestival permainan tradisional", 20),
    (
        "LAPOR SAPA 129\nLindungi perempuan dan anak korban kekerasan",
        21,
    ),
    ("WASPADA PERDAGANGAN ORANG\nStop TPPO", 21),
    ("STOP NARKOBA\nSelamatkan generasi", 22),
    (
        "Data Penyandang Disabilitas Usia Sekolah\nNo Desa Laki-laki Perempuan",
        23,
    ),
    (
        "DIVERSI BAGI ANAK YANG BERHADAPAN DENGAN HUKUM\nBalai Pemasyarakatan",
        24,
    ),
];

/// What any paper says: no ground for any indicator.
const GENERIC: &[&str] = &[
    "Perihal : Permohonan Narasumber\nKami mengadakan sosialisasi dan bimbingan teknis.",
    "LEAFLET EDUKASI\nStandar operasional prosedur, alur pelayanan, pengaduan",
    "PEMBENTUKAN TIM TEKNIS\nsusunan keanggotaan, tugas dan tanggung jawab tim",
    "DINAS PEMBERDAYAAN PEREMPUAN,\nPERLINDUNGAN ANAK DAN KELUARGA BERENCANA\n\
     PERJANJIAN KINERJA TAHUN 2025\nKepala Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
];

#[test]
fn pages_lead_to_the_indicator_their_words_name() {
    let mut wrong = Vec::new();
    for (text, number) in PAGES {
        let links = LINKER.link(&document(&[text]), &facts("", ""), "");
        if links.first().map(about) != Some(*number) {
            wrong.push(format!("{text} is about {number}:{}", summary(&links)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_any_paper_says_leads_nowhere() {
    for text in GENERIC {
        let links = LINKER.link(&document(&[text]), &facts("", ""), "");
        let prominent = links
            .iter()
            .any(|link| link.confidence >= Ratio::new(FLOOR));
        assert!(!prominent, "{text}:{}", summary(&links));
    }
}

#[test]
fn titles_lead_to_the_indicator_they_are_about() {
    let mut wrong = Vec::new();
    for (kind, title, number) in WINS {
        let links = link(kind, title);
        if links.first().map(about) != Some(*number) {
            wrong.push(format!(
                "{kind} {title} is about {number}:{}",
                summary(&links)
            ));
        }
        for link in confident(&links)
            .iter()
            .filter(|link| about(link) != *number)
        {
            wrong.push(format!("{kind} {title} is sure of {}", link.question));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn negative_phrases_raise_no_confident_link() {
    let mut wrong = Vec::new();
    for (kind, title) in TRAPS {
        let links = link(kind, title);
        if !confident(&links).is_empty() {
            wrong.push(format!("{kind} {title}:{}", summary(&links)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A body that names every subject, as plans and general regulations do.
fn everything() -> String {
    let names = FRAMEWORK
        .indicators()
        .iter()
        .map(|i| format!("{}.", i.name.id));
    let terms = FRAMEWORK
        .indicators()
        .iter()
        .flat_map(|i| &i.terms)
        .map(|t| t.text.clone());
    names.chain(terms).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_body_that_names_everything_proves_nothing() {
    let body = everything();
    for (kind, title) in TRAPS.iter().take(8) {
        let pages = document(&[title, &body]);
        let links = LINKER.link(&pages, &facts(kind, title), "");
        assert!(confident(&links).is_empty(), "{title}:{}", summary(&links));
        assert!(links.len() <= MOST);
    }
}

#[test]
fn the_general_regulation_answers_its_own_question_only() {
    let title = "PENYELENGGARAAN KABUPATEN LAYAK ANAK";
    let body = everything();
    let links = LINKER.link(&document(&[title, &body]), &facts("perda", title), "");
    let sure = confident(&links);
    assert_eq!(sure.len(), 1, "{}", summary(&links));
    let question = FRAMEWORK.question(&sure[0].question).unwrap();
    assert!(question.excludes.is_empty() && question.number == "1");
}

#[test]
fn negative_phrases_are_told() {
    let links = link(
        "perkada",
        "BAGI HASIL PAJAK ROKOK BAGI PENEGAKAN KAWASAN TANPA ROKOK",
    );
    let first = links.first().unwrap();
    assert!(
        first.reasons.contains(&Reason::NegativePhrase),
        "{}",
        summary(&links)
    );
    assert!(first.negative.is_some());
}

#[test]
fn a_slip_of_the_reader_costs_little() {
    let clean = link("perkada", "PENCEGAHAN PERKAWINAN PADA USIA ANAK");
    let slipped = link("perkada", "PENCEGAHAN PERKAWLNAN PADA USIA ANAK");
    assert_eq!(clean[0].question, slipped[0].question);
    let lost = clean[0].confidence.get() - slipped[0].confidence.get();
    assert!((0.0..0.15).contains(&lost), "{lost}");
}

#[test]
fn a_cue_points_at_its_sentence() {
    let text = "DINAS KESEHATAN\nLAPORAN\nKegiatan diadakan pada hari Selasa.\nPeserta berjanji \
                menjaga\nkawasan tanpa rokok di puskesmas.\nDemikian.";
    let links = LINKER.link(&document(&[text]), &facts("laporan", ""), "");
    let cue = &links.first().unwrap().cue;
    let span = cue.span.as_ref().unwrap();
    assert_eq!((cue.term.as_str(), span.page), ("kawasan tanpa rokok", 1));
    assert_eq!(
        span.quote,
        "Peserta berjanji menjaga kawasan tanpa rokok di puskesmas."
    );
}

#[test]
fn a_path_supports_and_never_decides() {
    let title = "SOSIALISASI KAWASAN TANPA ROKOK";
    let at = |path: &str| {
        let links = LINKER.link(&document(&[title]), &facts("laporan", title), path);
        (links[0].question.to_string(), links[0].confidence.get())
    };
    let (question, alone) = at("");
    for (path, stronger) in [
        ("Klaster III/Indikator 17/17.1 laporan.pdf", true),
        ("Klaster II/7. Perkawinan Anak/laporan.pdf", false),
    ] {
        let (same, filed) = at(path);
        assert_eq!(same, question, "{path}");
        assert_eq!(filed > alone, stronger, "{path}: {filed} against {alone}");
    }
    let bare = LINKER.link(&document(&[]), &facts("foto", ""), "KTR/17.1/IMG_1.jpg");
    assert!(confident(&bare).is_empty(), "{}", summary(&bare));
}

#[test]
fn a_village_paper_is_not_the_regencys() {
    let title = "PEMBENTUKAN FORUM ANAK";
    let mut facts = facts("kepdes", title);
    facts.issuer = known(Issuer {
        government: Government {
            code: None,
            name: "Desa Mekarsari".to_owned(),
        },
        office: None,
    });
    let links = LINKER.link(&document(&[title]), &facts, "");
    let question = FRAMEWORK.question(&links[0].question).unwrap();
    assert_eq!(about(&links[0]), 26);
    assert!(
        question
            .levels
            .iter()
            .all(|level| level != &FRAMEWORK.levels()[0].id)
    );
}

/// Words no question uses.
const UNRELATED: [&str; 8] = [
    "anggrek", "bulan", "kertas", "lampu", "merah", "pagi", "sepeda", "warna",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn unrelated_text_raises_no_link(
        at in 0..WINS.len(),
        words in proptest::collection::vec(0..UNRELATED.len(), 0..200),
    ) {
        let (kind, title, _) = WINS[at];
        let text: Vec<&str> = words.iter().map(|w| UNRELATED[*w]).collect();
        let text = text.chunks(9).map(|c| c.join(" ")).collect::<Vec<_>>().join("\n");
        let alone = LINKER.link(&document(&[title]), &facts(kind, title), "");
        let more = LINKER.link(&document(&[title, &text]), &facts(kind, title), "");
        let sure = |links: &[Link]| -> Vec<(QuestionId, Ratio)> {
            confident(links).iter().map(|l| (l.question.clone(), l.confidence)).collect()
        };
        prop_assert_eq!(sure(&alone), sure(&more));
    }

    #[test]
    fn later_pages_may_come_in_any_order(
        at in 0..WINS.len(),
        pages in Just((0..WINS.len()).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let (kind, title, _) = WINS[at];
        let ordered: Vec<&str> = WINS.iter().map(|(_, text, _)| *text).collect();
        let shuffled: Vec<&str> = pages.iter().map(|p| ordered[*p]).collect();
        let read = |rest: &[&str]| {
            let all: Vec<&str> = std::iter::once(title).chain(rest.iter().copied()).collect();
            let links = LINKER.link(&document(&all), &facts(kind, title), "");
            links.into_iter().map(|l| (l.question, l.confidence)).collect::<Vec<_>>()
        };
        prop_assert_eq!(read(&ordered), read(&shuffled));
    }

    #[test]
    fn any_path_and_text_are_survived(path in ".{0,60}", text in "(.{0,30}\n){0,30}") {
        let links = LINKER.link(&document(&[&text]), &facts("", &path), &path);
        prop_assert!(links.len() <= MOST);
        prop_assert!(links.windows(2).all(|two| two[0].confidence >= two[1].confidence));
    }
}

#[test]
fn a_day_that_two_indicators_keep_counts_alike_for_both() {
    let banner = "PERINGATAN\nHARI ANAK NASIONAL (HAN)\nPROVINSI BALI TAHUN 2023";
    let weighed = LINKER.weigh(&document(&[banner]), &facts("publikasi", ""), "");
    let strongest = |number: u32| {
        let of = |weighed: &&Weighed| {
            FRAMEWORK.indicator(&weighed.about).unwrap().number == number
        };
        let at = Weighed::GROUNDS
            .iter()
            .position(|name| *name == "strongest");
        let found = weighed.iter().find(of).unwrap();
        found.grounds.get(at.unwrap()).copied()
    };
    assert_eq!(strongest(2), strongest(6));
}
