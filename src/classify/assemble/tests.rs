//! Titles of papers as they are set, made by hand.

use crate::classify::tests::with_words;
use crate::classify::{Vocabulary, classify};
use crate::model::{
    DocumentFacts, Extraction, Line, MediaType, Page, Ratio, Reading, Rect, TextOrigin,
    Unsure, Word,
};

/// Width of a letter, as a share of its height.
const WIDE: f32 = 0.6;

/// A line: left edge, top edge, height, words. Two blanks part columns.
type Set<'t> = (f32, f32, f32, &'t str);

fn line(&(left, y, height, text): &Set) -> Line {
    let mut x = left;
    let mut words = Vec::new();
    for part in text.split(' ') {
        if part.is_empty() {
            x += 5.0 * height; // a column ends
            continue;
        }
        let width = part.chars().count() as f32 * height * WIDE;
        let rect = Rect::from([x, y, x + width, y + height]);
        words.push(Word::new(part, Some(rect), Ratio::ONE));
        x += width + 0.4 * height;
    }
    Line::new(words)
}

fn page(number: u32, lines: &[Set]) -> Page {
    Page {
        origin: TextOrigin::Layer,
        lines: lines.iter().map(line).collect(),
        ..Page::empty(number, Some((600.0, 850.0)))
    }
}

fn read(media_type: MediaType, pages: &[&[Set]]) -> DocumentFacts {
    with_vocabulary(media_type, pages, classify)
}

/// Reads pages; confidences are those of the rules.
fn read_only(media_type: MediaType, pages: &[&[Set]]) -> DocumentFacts {
    with_vocabulary(media_type, pages, crate::classify::read)
}

fn with_vocabulary(
    media_type: MediaType,
    pages: &[&[Set]],
    read: impl Fn(&Extraction, &Vocabulary) -> DocumentFacts,
) -> DocumentFacts {
    let pages: Vec<Page> = (1..).zip(pages).map(|(n, lines)| page(n, lines)).collect();
    let extraction = Extraction {
        page_count: pages.len() as u32,
        pages,
        ..Extraction::without_pages(media_type)
    };
    with_words(|words| read(&extraction, words))
}

fn title(lines: &[Set]) -> Option<String> {
    read(MediaType::Pdf, &[lines]).title.value().cloned()
}

const BODY: Set = (
    60.0,
    300.0,
    12.0,
    "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, kami yang bertanda tangan",
);

#[test]
fn a_cover_is_read_down_to_its_year_in_letters_of_any_size() {
    let cover = title(&[
        (200.0, 100.0, 50.0, "PROFIL"),
        (100.0, 155.0, 30.0, "PERLINDUNGAN ANAK"),
        (110.0, 190.0, 18.0, "KABUPATEN BANTUL TAHUN 2024"),
        (100.0, 700.0, 14.0, "PEMERINTAH KABUPATEN BANTUL"),
    ]);
    let expected = "PROFIL PERLINDUNGAN ANAK KABUPATEN BANTUL TAHUN 2024";
    assert_eq!(cover.as_deref(), Some(expected));
    let office = title(&[
        (200.0, 100.0, 14.0, "LAPORAN KINERJA"),
        (190.0, 118.0, 14.0, "DINAS SOSIAL"),
        (180.0, 136.0, 14.0, "KABUPATEN BANTUL"),
        (200.0, 154.0, 14.0, "TAHUN 2023"),
        (150.0, 600.0, 14.0, "PEMERINTAH KABUPATEN BANTUL"),
        (200.0, 618.0, 14.0, "2023"),
    ]);
    let expected = "LAPORAN KINERJA DINAS SOSIAL KABUPATEN BANTUL TAHUN 2023";
    assert_eq!(office.as_deref(), Some(expected));
}

#[test]
fn a_title_ends_with_its_year_and_before_the_text() {
    let agreed = title(&[
        (180.0, 250.0, 12.0, "PERJANJIAN KINERJA TAHUN 2024"),
        (180.0, 266.0, 12.0, "DINAS SOSIAL KABUPATEN BANTUL"),
        BODY,
    ]);
    assert_eq!(agreed.as_deref(), Some("PERJANJIAN KINERJA TAHUN 2024"));
    let told = title(&[
        (180.0, 250.0, 12.0, "LAPORAN KEGIATAN FORUM ANAK"),
        (
            60.0,
            266.0,
            12.0,
            "Kegiatan ini kami laksanakan pada bulan maret tahun 2024",
        ),
        BODY,
    ]);
    assert_eq!(told.as_deref(), Some("LAPORAN KEGIATAN FORUM ANAK"));
}

#[test]
fn words_above_a_kind_make_its_title_doubtful() {
    let prior = |above: &str| {
        let lines = [
            (180.0, 250.0, 12.0, above),
            (180.0, 266.0, 12.0, "RENCANA KERJA TAHUN 2024"),
            BODY,
        ];
        let facts = read_only(MediaType::Pdf, &[&lines]);
        facts.title.known().map(|fact| fact.confidence.get())
    };
    assert!(prior("EVALUASI HASIL") < prior("DINAS SOSIAL"));
}

#[test]
fn a_cover_in_small_letters_is_read_before_the_head_of_the_next_page() {
    let facts = read(
        MediaType::Pdf,
        &[
            &[
                (
                    140.0,
                    90.0,
                    12.0,
                    "Laporan Kinerja Instansi Pemerintah Tahun 2024",
                ),
                (150.0, 108.0, 12.0, "Dinas Sosial"),
            ],
            &[
                (250.0, 40.0, 12.0, "LAPORAN KINERJA DINSOS TAHUN 2024"),
                BODY,
            ],
        ],
    );
    let title = facts.title.value().map(String::as_str);
    assert_eq!(
        title,
        Some("Laporan Kinerja Instansi Pemerintah Tahun 2024")
    );
}

#[test]
fn a_cell_beside_its_label_is_a_title_and_another_column_is_not() {
    let sop = title(&[
        (
            60.0,
            60.0,
            10.0,
            "PEMERINTAH KABUPATEN BANTUL  Nomor SOP  065/12/2023",
        ),
        (
            60.0,
            80.0,
            10.0,
            "DINAS SOSIAL  Tanggal Pembuatan  2 Januari 2023",
        ),
        (
            60.0,
            100.0,
            10.0,
            "BIDANG PERLINDUNGAN  Nama SOP  Penanganan Pengaduan Anak",
        ),
        (60.0, 140.0, 10.0, "Dasar Hukum  Kualifikasi Pelaksana"),
    ]);
    assert_eq!(sop.as_deref(), Some("Penanganan Pengaduan Anak"));
    let standard = title(&[
        (200.0, 60.0, 12.0, "STANDAR PELAYANAN  No. Dokumen : SP-01"),
        (
            60.0,
            110.0,
            10.0,
            "Produk Layanan : Izin Pemakaian Aset (Kursi, Tenda)",
        ),
    ]);
    assert_eq!(standard.as_deref(), Some("Izin Pemakaian Aset"));
    let page_number = title(&[
        (200.0, 60.0, 12.0, "NOTULEN  Hal : 1 dari 3"),
        (60.0, 90.0, 10.0, "Hal : 1 dari 3"),
        (60.0, 110.0, 10.0, "Acara : Rapat Gugus Tugas"),
    ]);
    assert_eq!(page_number.as_deref(), Some("Rapat Gugus Tugas"));
}

#[test]
fn an_agreement_that_names_no_matter_is_called_by_its_parties() {
    let between = title(&[
        (200.0, 60.0, 12.0, "PERJANJIAN KERJA SAMA"),
        (260.0, 76.0, 12.0, "ANTARA"),
        (200.0, 92.0, 12.0, "RUMAH SAKIT UMUM SEHAT"),
        (260.0, 108.0, 12.0, "DENGAN"),
        (240.0, 124.0, 12.0, "CV. MULTI SARANA"),
        (200.0, 150.0, 12.0, "NOMOR : 002/PKS/IV/2020"),
        BODY,
    ]);
    let expected =
        "PERJANJIAN KERJA SAMA ANTARA RUMAH SAKIT UMUM SEHAT DENGAN CV. MULTI SARANA";
    assert_eq!(between.as_deref(), Some(expected));
}

#[test]
fn a_poster_is_called_by_its_largest_words_and_not_by_its_office() {
    let poster: &[Set] = &[
        (100.0, 20.0, 30.0, "DINAS SOSIAL"),
        (60.0, 100.0, 60.0, "CEGAH"),
        (60.0, 165.0, 50.0, "PERKAWINAN ANAK"),
        (
            60.0,
            300.0,
            20.0,
            "Dampak perkawinan pada usia anak bagi kesehatan ibu dan bayi",
        ),
        (
            60.0,
            330.0,
            20.0,
            "Dampak perkawinan pada usia anak bagi pendidikan dan ekonomi",
        ),
        (60.0, 800.0, 20.0, "@dinsos www.dinsos.go.id WhatsApp 08111"),
    ];
    let facts = read(MediaType::Jpeg, &[poster]);
    assert_eq!(
        facts.kind.value().map(|kind| kind.label.as_str()),
        Some("Poster")
    );
    let title = facts.title.value().map(String::as_str);
    assert_eq!(title, Some("CEGAH PERKAWINAN ANAK"));
    assert_eq!(facts.title.confident(), None, "letters are drawn");
}

#[test]
fn a_certificate_is_known_by_whom_it_is_given_to() {
    let facts = read(
        MediaType::Jpeg,
        &[&[
            (100.0, 100.0, 60.0, "PIRGAM PENGHRRGRAN"),
            (200.0, 180.0, 20.0, "DIBERIKAN KEPADA"),
            (150.0, 220.0, 30.0, "Dinas Sosial"),
        ]],
    );
    let kind = facts.kind.value().map(|kind| kind.id.to_string());
    assert_eq!(kind.as_deref(), Some("sertifikat"));
}

#[test]
fn a_subject_goes_on_below_itself_or_its_label() {
    let without_colon = title(&[
        (60.0, 100.0, 12.0, "Nomor  800/12/2023"),
        (60.0, 115.0, 12.0, "Sifat  Segera"),
        (60.0, 130.0, 12.0, "Hal  Penghentian Pengawalan dan"),
        (155.0, 146.0, 12.0, "Pengamanan Proyek Puskesmas"),
        (60.0, 180.0, 12.0, "Kepada Yth. Kepala Dinas Kesehatan"),
        BODY,
    ]);
    let expected = "Penghentian Pengawalan dan Pengamanan Proyek Puskesmas";
    assert_eq!(without_colon.as_deref(), Some(expected));
    let wrapped = title(&[
        (60.0, 100.0, 12.0, "Nomor : 800/12/2023"),
        (60.0, 114.0, 12.0, "Perihal : Laporan Hasil"),
        (60.0, 128.0, 12.0, "Pemantauan Triwulan IV 2023"),
        (60.0, 170.0, 12.0, "Kepada Yth. Kepala Dinas Kesehatan"),
        BODY,
    ]);
    let expected = "Laporan Hasil Pemantauan Triwulan IV 2023";
    assert_eq!(wrapped.as_deref(), Some(expected));
}

#[test]
fn the_line_above_a_table_is_its_title() {
    let facts = read(
        MediaType::Xlsx,
        &[&[
            (0.0, 0.0, 10.0, "Sheet1"),
            (0.0, 20.0, 10.0, "Laporan Harian - Penyakit"),
            (0.0, 40.0, 10.0, "No Kode Jumlah"),
            (0.0, 60.0, 10.0, "1 10 18 98 116"),
            (0.0, 80.0, 10.0, "2 11 24 43 67"),
        ]],
    );
    let title = facts.title.value().map(String::as_str);
    assert_eq!(title, Some("Laporan Harian - Penyakit"));
}

#[test]
fn what_a_template_leaves_open_is_no_title() {
    let facts = read(
        MediaType::Pdf,
        &[&[
            (60.0, 100.0, 12.0, "Nomor : ${nomor}"),
            (60.0, 118.0, 12.0, "Hal : ${judul}"),
            (60.0, 180.0, 12.0, "Kepada Yth. Kepala Dinas Kesehatan"),
            BODY,
        ]],
    );
    assert_eq!(facts.title, Reading::Unsure(Unsure::Blank));
    assert!(facts.draft.is_some());
}

#[test]
fn an_attachment_is_known_by_the_column_it_is_named_in() {
    let facts = read(
        MediaType::Pdf,
        &[&[
            (150.0, 20.0, 10.0, "BAGAN STRUKTUR ORGANISASI"),
            (150.0, 36.0, 10.0, "DINAS SOSIAL"),
            (
                60.0,
                52.0,
                10.0,
                "KABUPATEN BANTUL  LAMPIRAN IV PERATURAN BUPATI BANTUL",
            ),
            (240.0, 68.0, 10.0, "NOMOR 12 TAHUN 2023"),
        ]],
    );
    let label = facts.kind.value().map(|kind| kind.label.clone());
    assert_eq!(label.as_deref(), Some("Lampiran IV Peraturan Bupati"));
}

#[test]
fn records_are_called_as_their_heads_say() {
    for (text, expected) in [
        (
            "PEMERINTAH KABUPATEN BANTUL\nDINAS SOSIAL\nNOTULEN RAPAT\nHari : Senin\nAcara : \
             Rapat Gugus Tugas\nTempat : Aula",
            "Rapat Gugus Tugas",
        ),
        (
            "DAFTAR HADIR\nRAPAT KOORDINASI GUGUS TUGAS\nHari : Senin",
            "DAFTAR HADIR RAPAT KOORDINASI GUGUS TUGAS",
        ),
        (
            "BERITA ACARA MUSYAWARAH DESA\nNOMOR : 12/BA/2023\nPada hari ini Senin",
            "BERITA ACARA MUSYAWARAH DESA",
        ),
        (
            "SURAT TUGAS\nNomor : 094/12/2023\nDasar : Surat Bupati",
            "SURAT TUGAS",
        ),
        (
            "KERANGKA ACUAN KERJA (KAK)\nSOSIALISASI HAK ANAK\nTAHUN ANGGARAN 2024\nA. Latar \
             Belakang",
            "KERANGKA ACUAN KERJA (KAK) SOSIALISASI HAK ANAK TAHUN ANGGARAN 2024",
        ),
        (
            "LAPORAN PELAKSANAAN KEGIATAN\nPELATIHAN HAK ANAK\nDISUSUN OLEH\nDINAS SOSIAL\n2023",
            "LAPORAN PELAKSANAAN KEGIATAN PELATIHAN HAK ANAK",
        ),
        (
            "DATA ANAK PUTUS SEKOLAH\nKABUPATEN BANTUL TAHUN 2023\nNo Kecamatan L P Jumlah",
            "DATA ANAK PUTUS SEKOLAH KABUPATEN BANTUL TAHUN 2023",
        ),
    ] {
        let lines = (0_u8..).zip(text.split('\n'));
        let set: Vec<Set> = lines
            .map(|(n, line)| (60.0, 100.0 + 17.0 * f32::from(n), 12.0, line))
            .collect();
        assert_eq!(title(&set).as_deref(), Some(expected));
    }
}

/// Reads pages of a scan; confidences are those of the rules.
fn scanned(media_type: MediaType, pages: &[&[Set]]) -> DocumentFacts {
    let pages: Vec<Page> = (1..).zip(pages).map(|(n, lines)| page(n, lines)).collect();
    let pages = pages.into_iter().map(|page| Page {
        origin: TextOrigin::Ocr,
        ..page
    });
    let extraction = Extraction {
        pages: pages.collect(),
        ..Extraction::without_pages(media_type)
    };
    with_words(|words| crate::classify::read(&extraction, words))
}

#[test]
fn a_title_whose_word_the_text_spells_otherwise_is_doubtful() {
    let prior = |word: &str| {
        let line = format!("LAPORAN TAHUNAN {word} I TAHUN 2023");
        let text: Vec<Set> = (0_u8..4)
            .map(|n| {
                (
                    60.0,
                    100.0 + 16.0 * f32::from(n),
                    12.0,
                    "bidang pelayanan ini",
                )
            })
            .collect();
        let facts = scanned(MediaType::Pdf, &[&[(100.0, 300.0, 30.0, &line)], &text]);
        facts.title.known().map(|fact| fact.confidence.get())
    };
    assert!(prior("ELAYANAN") < prior("PERTANIAN"));
    assert!(prior("PERTANIAN").is_some());
}

#[test]
fn many_large_words_are_a_title_and_joined_ones_are_none() {
    let prior = |words: &str| {
        let poster: &[Set] = &[
            (20.0, 100.0, 30.0, words),
            (
                20.0,
                300.0,
                12.0,
                "Dampak pada usia anak bagi kesehatan ibu dan bayi",
            ),
            (
                20.0,
                330.0,
                12.0,
                "Dampak pada usia anak bagi pendidikan dan ekonomi",
            ),
            (20.0, 800.0, 12.0, "@dinsos www.dinsos.go.id WhatsApp 08111"),
        ];
        let facts = read_only(MediaType::Jpeg, &[poster]);
        facts.title.known().map(|fact| fact.confidence.get())
    };
    let sentence = prior("CARA MELAPOR YANG BAIK BENAR");
    assert!(prior("CARA MELAPOR") < sentence);
    assert!(prior("CARA MELAPORYANGBAIKDANBENARSEKALI UNTUK KITA SEMUA") < sentence);
    // A banner behind a speaker: what he hides of it is not known.
    assert!(prior("CARA MELAPOR YANG BAIK (A").is_none());
    assert!(prior("CARA MELAPOR YANG BAIK (AMAN)") >= sentence);
}

#[test]
fn a_picture_of_figures_is_called_by_the_line_that_names_a_record() {
    let facts = read(
        MediaType::Png,
        &[&[
            (100.0, 20.0, 20.0, "PEMERINTAH KABUPATEN BANTUL"),
            (100.0, 50.0, 20.0, "DINAS SOSIAL"),
            (100.0, 90.0, 14.0, "Laporan Harian Dinas Sosial"),
            (60.0, 200.0, 50.0, "CETAK KARTU 54"),
            (
                60.0,
                300.0,
                12.0,
                "Keluhan dapat diajukan lewat kotak saran di loket",
            ),
            (60.0, 800.0, 12.0, "@dinsos www.dinsos.go.id WhatsApp 08111"),
        ]],
    );
    let title = facts.title.value().map(String::as_str);
    assert_eq!(title, Some("Laporan Harian Dinas Sosial"));
}

#[test]
fn a_bracket_that_is_a_stroke_of_the_pen_is_no_word_of_a_subject() {
    let subject = title(&[
        (60.0, 100.0, 12.0, "Nomor : 800/12/2023"),
        (60.0, 114.0, 12.0, "Perihal : Penataan Halaman dan ]"),
        (60.0, 128.0, 12.0, "Pembangunan Gudang"),
        (60.0, 170.0, 12.0, "Kepada Yth. Kepala Dinas Kesehatan"),
        BODY,
    ]);
    assert_eq!(
        subject.as_deref(),
        Some("Penataan Halaman dan Pembangunan Gudang")
    );
}

#[test]
fn a_number_may_stand_below_its_label_in_the_box_of_a_form() {
    let number = |left: f32, next: &str| {
        let facts = read(
            MediaType::Pdf,
            &[&[
                (
                    60.0,
                    40.0,
                    10.0,
                    "DOKUMEN PELAKSANAAN ANGGARAN  NO DPA SKPD  Formulir",
                ),
                (left, 56.0, 6.0, "1.02.01.012.5.2"),
                (left, 66.0, 6.0, next),
                (60.0, 70.0, 10.0, "TAHUN ANGGARAN 2024"),
                BODY,
            ]],
        );
        facts.number.value().cloned()
    };
    let own = Some("1.02.01.012.5.2");
    assert_eq!(number(300.0, "Belanja").as_deref(), own);
    assert_eq!(number(60.0, "Belanja"), None, "it stands under other words");
    let column = number(300.0, "1.02.01.013.5.2");
    assert_eq!(column, None, "a column of them is a list of other papers");
}

#[test]
fn the_footer_of_an_electronic_signature_is_no_part_of_a_title() {
    // Nothing but the title stands on the page; `Anggaran` hides that its capitals end.
    let lines = |footer: [&'static str; 2]| -> [Set<'static>; 7] {
        [
            (180.0, 100.0, 12.0, "KEPUTUSAN BUPATI BANTUL"),
            (180.0, 120.0, 12.0, "NOMOR 45 TAHUN 2024"),
            (180.0, 140.0, 12.0, "TENTANG"),
            (180.0, 160.0, 12.0, "GUGUS TUGAS KABUPATEN LAYAK ANAK"),
            (180.0, 180.0, 12.0, "Anggaran 2024"),
            (60.0, 800.0, 8.0, footer[0]),
            (60.0, 812.0, 8.0, footer[1]),
        ]
    };
    for footer in [
        [
            "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat",
            "elektronik yang diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE)",
        ],
        [
            "- UU ITE No 11 Tahun 2008 Pasal 5 Ayat 1",
            "Informasi Elektronik dan/atau hasil cetaknya merupakan alat bukti yang sah",
        ],
        [
            "Surat ini dapat dibuktikan keasliannya dengan terdaftar di laman kami",
            "kode OTZHYWVJ",
        ],
    ] {
        let expected = "GUGUS TUGAS KABUPATEN LAYAK ANAK Anggaran 2024";
        assert_eq!(
            title(&lines(footer)).as_deref(),
            Some(expected),
            "{footer:?}"
        );
    }
}
