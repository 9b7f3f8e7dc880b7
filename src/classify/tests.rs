//! Whole documents, made by hand after the layouts in the domain report, section 6.

mod mentions;
mod second;

use super::text::stream::tests::page;
use super::*;
use crate::framework::{Framework, OfficeNames};
use crate::lexicon::doctype::DocTypes;
use crate::lexicon::region::Regions;
use crate::model::{CameraFacts, DateRole, MediaType, Reading, Rect, Unsure};
use std::sync::LazyLock;

fn extraction(pages: &[&str]) -> Extraction {
    let numbered = pages.iter().zip(1..).map(|(text, number)| Page {
        number,
        ..page(text)
    });
    Extraction {
        page_count: pages.len() as u32,
        pages: numbered.collect(),
        ..Extraction::without_pages(MediaType::Pdf)
    }
}

/// Gives `read` the words that came with the program.
pub(super) fn with_words<T>(read: impl FnOnce(&Vocabulary) -> T) -> T {
    static WORDS: LazyLock<(DocTypes, Regions, OfficeNames)> = LazyLock::new(|| {
        let framework = Framework::builtin().unwrap();
        (
            DocTypes::builtin().unwrap(),
            Regions::builtin().unwrap(),
            OfficeNames::new(framework.offices()),
        )
    });
    let (kinds, regions, offices) = &*WORDS;
    let vocabulary = Vocabulary {
        kinds,
        regions,
        offices,
    };
    read(&vocabulary)
}

fn facts_of(extraction: &Extraction) -> DocumentFacts {
    with_words(|words| classify(extraction, words))
}

fn facts(text: &str) -> DocumentFacts {
    facts_of(&extraction(&[text]))
}

/// Shows kind, label, number, year and issuer, `-` for what is not confident.
fn summary(facts: &DocumentFacts) -> String {
    let show = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    [
        show(facts.kind.confident().map(|kind| kind.id.to_string())),
        show(facts.kind.confident().map(|kind| kind.label.clone())),
        show(facts.number.confident().cloned()),
        show(facts.year.confident().map(ToString::to_string)),
        show(
            facts
                .issuer
                .confident()
                .map(|issuer| issuer.government.name.clone()),
        ),
    ]
    .join(" | ")
}

#[test]
fn regulations_and_decisions() {
    for (text, expected) in [
        (
            "SALINAN\nBUPATI BANTUL\nDAERAH ISTIMEWA YOGYAKARTA\nPERATURAN DAERAH KABUPATEN \
             BANTUL\nNOMOR 4 TAHUN 2022\nTENTANG\nKABUPATEN LAYAK ANAK\nDENGAN RAHMAT TUHAN \
             YANG MAHA ESA\nBUPATI BANTUL,\nMenimbang : a. bahwa Undang-Undang Nomor 23 Tahun \
             2002",
            "perda | Peraturan Daerah | 4 | 2022 | Kabupaten Bantul",
        ),
        (
            "WALI KOTA BATAM\nPROVINSI KEPULAUAN RIAU\nPERATURAN WALI KOTA BATAM\nNOMOR : 07 \
             TAHUN 2016\nTENTANG :\nFORUM ANAK\nMenimbang : bahwa",
            "perkada | Peraturan Wali Kota | 7 | 2016 | Kota Batam",
        ),
        (
            "QANUN KABUPATEN BIREUEN\nNOMOR 2 TAHUN 2021\nTENTANG\nPERLINDUNGAN ANAK\n\
             BISMILLAHIRRAHMANIRRAHIM\nMenimbang : a. bahwa",
            "perda | Qanun | 2 | 2021 | Kabupaten Bireuen",
        ),
        (
            "BUPATI REMBANG\nKEPUTUSAN BUPATI REMBANG\nNOMOR 100.3.3.2/0132/2025\nTENTANG\n\
             GUGUS TUGAS KABUPATEN LAYAK ANAK\nBUPATI REMBANG,\nMenimbang : bahwa",
            "kepkada | Keputusan Bupati | 100.3.3.2/0132/2025 | 2025 | Kabupaten Rembang",
        ),
        (
            "PEMERINTAH KABUPATEN SLEMAN\nDINAS KESEHATAN\nKEPUTUSAN KEPALA DINAS KESEHATAN\n\
             KABUPATEN SLEMAN\nNOMOR 188/123/2023\nTENTANG\nPUSKESMAS RAMAH ANAK\nMenimbang :",
            "kepkadis | Keputusan Kepala Dinas | 188/123/2023 | 2023 | Kabupaten Sleman",
        ),
        (
            "KEPALA DESA KALIBENING\nKABUPATEN MAGELANG\nPERATURAN DESA KALIBENING\nKECAMATAN \
             DUKUN\nNOMOR 07 TAHUN 2017\nTENTANG\nDESA LAYAK ANAK\nMenimbang :",
            "perdes | Peraturan Desa | 7 | 2017 | -",
        ),
        (
            "INSTRUKSI BUPATI KEPULAUAN SERIBU\nNOMOR 165 TAHUN 2025\nTENTANG\nJAM BELAJAR",
            "inkada | Instruksi Bupati | 165 | 2025 | Kabupaten Administrasi Kepulauan Seribu",
        ),
        (
            "WALI KOTA SURABAYA\nSURAT EDARAN\nNOMOR 400.2.4/12681/436.7.8/2025\nTENTANG\n\
             PEMBATASAN JAM MALAM BAGI ANAK\nKepada Yth. Kepala Dinas",
            "se | Surat Edaran | 400.2.4/12681/436.7.8/2025 | 2025 | Kota Surabaya",
        ),
    ] {
        assert_eq!(summary(&facts(text)), expected);
    }
}

#[test]
fn a_letter_misread_in_a_heads_title_makes_no_other_kind() {
    for (head, kind) in [
        ("KEPUTUSAN BUPAfI BOYOLALI", "kepkada"),
        ("KEPUTUSAN BnPATI BOYOLALI", "kepkada"),
        ("KEPUTUSAN GUBFRNUR JAWA TENGAH", "kepkada"),
        ("KEPUTUSAN CAMAI SAWIT", "kepcamat"),
    ] {
        let text = format!(
            "{head}\nNOMOR 12 TAHUN 2023\nTENTANG\nSATUAN TUGAS ANAK\nMenimbang : a. bahwa"
        );
        let facts = facts(&text);
        let found = facts.kind.value().map(|kind| kind.id.to_string());
        assert_eq!(found.as_deref(), Some(kind), "{head}");
    }
}

#[test]
fn a_cited_law_never_gives_its_number() {
    let facts = facts(
        "BUPATI DEMAK\nPERATURAN BUPATI DEMAK\nNOMOR      TAHUN 2021\nTENTANG\nPERUBAHAN ATAS \
         PERATURAN BUPATI DEMAK\nNOMOR 20 TAHUN 2013\nMenimbang : bahwa\nMengingat : 1. \
         Undang-Undang Nomor 23 Tahun 2014",
    );
    assert_eq!(facts.number, Reading::Unsure(Unsure::Blank));
    assert_eq!(facts.year.confident(), Some(&2021));
    assert!(facts.draft.is_some());
}

#[test]
fn the_field_for_a_number_is_no_number() {
    let facts = facts(
        "KEPUTUSAN BUPATI DEMAK\nNOMOR ${nomor_naskah}\nTENTANG\nRUMAH IBADAH RAMAH ANAK\n\
         Menimbang : bahwa",
    );
    assert_eq!(facts.number, Reading::Unsure(Unsure::Blank));
    assert!(facts.draft.is_some());
}

#[test]
fn a_village_and_a_district_are_named_beside_their_regency() {
    for (text, place, regency) in [
        (
            "KEPALA DESA MEKARSARI\nKABUPATEN BANTUL\nPERATURAN DESA MEKARSARI\nNOMOR 3 TAHUN \
             2024\nTENTANG\nPERLINDUNGAN ANAK",
            "Desa Mekarsari",
            "Kabupaten Bantul",
        ),
        (
            // The district bears the name of a city elsewhere.
            "PEMERINTAH KABUPATEN BANTUL\nKECAMATAN PADANG\nKEPUTUSAN CAMAT PADANG\nNOMOR 14 \
             TAHUN 2023\nTENTANG\nFORUM ANAK",
            "Camat Padang",
            "Kabupaten Bantul",
        ),
    ] {
        let facts = facts(text);
        assert_eq!(facts.place.unwrap().value, place, "{text}");
        assert_eq!(
            facts.issuer.value().unwrap().government.name,
            regency,
            "{text}"
        );
    }
}

#[test]
fn a_template_says_so_and_its_places_are_no_facts() {
    let template = facts(
        "PEMERINTAH KABUPATEN DEMAK\nNomor : [nomor_surat]\nPerihal : [judul_surat]\nKepada Yth.\n\
         ${penerima}\nDengan hormat",
    );
    assert_eq!(template.title, Reading::Unsure(Unsure::Blank));
    assert_eq!(template.number.confident(), None);
    let rule = template.draft.map(|draft| draft.rule.to_string());
    assert_eq!(rule, Some("draft.placeholder".into()));
}

#[test]
fn a_draft_says_so() {
    let facts = facts(
        "RANCANGAN\nPERATURAN DAERAH KABUPATEN MADIUN\nNOMOR_____TAHUN 2023\nTENTANG\nKOTA \
         LAYAK ANAK\nMenimbang :",
    );
    assert_eq!(
        summary(&facts),
        "perda | Rancangan Peraturan Daerah | - | 2023 | Kabupaten Madiun"
    );
    assert_eq!(
        facts.draft.map(|draft| draft.rule.to_string()),
        Some("draft.heading".into())
    );
}

#[test]
fn an_attachment_is_not_the_regulation() {
    let facts = facts(
        "LAMPIRAN IV\nPERATURAN GUBERNUR JAWA BARAT\nNOMOR 74 TAHUN 2014\nTENTANG\nRENCANA AKSI",
    );
    assert_eq!(
        summary(&facts),
        "lampiran | Lampiran IV Peraturan Gubernur | 74 | 2014 | Provinsi Jawa Barat"
    );
}

#[test]
fn letters_and_records() {
    for (text, expected) in [
        (
            "PEMERINTAH KABUPATEN SIKKA\nDINAS SOSIAL\nMaumere, 12 Januari 2024\nNomor : \
             005/17/DINSOS/2024\nSifat : Penting\nLampiran : -\nHal : Undangan Rapat\nKepada\n\
             Yth. Camat",
            "undangan | Undangan | 005/17/DINSOS/2024 | 2024 | Kabupaten Sikka",
        ),
        (
            "PEMERINTAH KOTA BATU\nNOTULA\nHari/Tanggal : Senin, 5 Februari 2024\nTempat : Aula",
            "notula | Notula | - | 2024 | Kota Batu",
        ),
        (
            "NOTULEN RAPAT\nHari/Tanggal : 5 Februari 2024",
            "notula | Notulen | - | 2024 | -",
        ),
        (
            "DAFTAR HADIR\nAcara : Forum Anak\nNo Nama Instansi Tanda tangan",
            "hadir | Daftar Hadir | - | - | -",
        ),
        (
            "BERITA ACARA\nNOMOR 463/21/2023\nTENTANG\nPEMILIHAN FORUM ANAK\nPada hari ini",
            "ba | Berita Acara | 463/21/2023 | 2023 | -",
        ),
        (
            "STANDAR OPERASIONAL PROSEDUR\nPELAYANAN KORBAN",
            "sop | Standar Operasional Prosedur | - | - | -",
        ),
        (
            "PROFIL ANAK\nKABUPATEN GARUT\nTAHUN 2023",
            "profil | Profil Anak | - | 2023 | Kabupaten Garut",
        ),
        (
            "RENCANA AKSI DAERAH\nKABUPATEN LAYAK ANAK",
            "rad | Rencana Aksi Daerah | - | - | -",
        ),
        (
            "LAPORAN KEGIATAN\nPELATIHAN KONVENSI HAK ANAK",
            "laporan | Laporan Kegiatan | - | - | -",
        ),
        (
            "SERTIFIKAT\nDiberikan kepada",
            "sertifikat | Sertifikat | - | - | -",
        ),
    ] {
        assert_eq!(summary(&facts(text)), expected, "{text}");
    }
}

#[test]
fn an_agreement_has_a_number_from_each_party() {
    let facts = facts(
        "NOTA KESEPAHAMAN\nANTARA\nPEMERINTAH KABUPATEN TEGAL\nDENGAN\nPENGADILAN AGAMA\n\
         TENTANG\nDISPENSASI KAWIN\nNomor : 180/3/2022\nNomor : W11-A30/99/2022\nPada hari ini \
         Selasa, tanggal sepuluh bulan September tahun dua ribu dua puluh dua",
    );
    assert_eq!(facts.number.value().map(String::as_str), Some("180/3/2022"));
    assert_eq!(also(&facts), ["W11-A30/99/2022"]);
    assert_eq!(
        facts.title.value().map(String::as_str),
        Some("DISPENSASI KAWIN")
    );
    let date = facts
        .date(DateRole::Activity)
        .map(|fact| fact.value.to_string());
    assert_eq!(date.as_deref(), Some("2022-09-10"));
}

#[test]
fn a_picture_with_few_words_is_a_photo() {
    let mut picture = extraction(&["FORUM ANAK"]);
    picture.media_type = MediaType::Jpeg;
    picture.metadata.camera = Some(CameraFacts {
        captured: Some("2024-03-05T10:11:12".into()),
        ..CameraFacts::default()
    });
    let facts = facts_of(&picture);
    assert_eq!(summary(&facts), "foto | Foto | - | 2024 | -");
    let captured = facts
        .date(DateRole::Captured)
        .map(|fact| fact.value.to_string());
    assert_eq!(captured.as_deref(), Some("2024-03-05"));
}

#[test]
fn words_alone_are_no_kind() {
    for text in [
        "",
        "Kabupaten Layak Anak adalah kabupaten yang memiliki sistem pembangunan",
        "Data yang dikumpulkan meliputi jumlah anak",
        "Laporan ini disusun berdasarkan Peraturan Bupati Nomor 5 Tahun 2020 tentang Anak",
        "Jl. Medan Merdeka Barat No. 9 Jakarta",
    ] {
        let facts = facts(text);
        assert_eq!(summary(&facts), "- | - | - | - | -", "{text}");
    }
}

#[test]
fn an_attachment_that_says_otherwise_takes_confidence() {
    let heading = "GUBERNUR BALI\nPERATURAN GUBERNUR BALI\nNOMOR 35 TAHUN 2019\nTENTANG\nANAK\n\
        Menimbang :";
    let number = |attachment: &str| facts_of(&extraction(&[heading, attachment])).number;
    let same =
        number("LAMPIRAN\nPERATURAN GUBERNUR BALI\nNOMOR 35 TAHUN 2019\nTENTANG ANAK");
    let other =
        number("LAMPIRAN\nPERATURAN GUBERNUR BALI\nNOMOR 33 TAHUN 2019\nTENTANG ANAK");
    assert_eq!(same.confident().map(String::as_str), Some("35"));
    assert_eq!(
        (other.confident(), other.value().map(String::as_str)),
        (None, Some("35"))
    );
}

#[test]
fn every_fact_says_where_it_was_read() {
    let facts = facts(
        "PERATURAN BUPATI GARUT\nNOMOR 5 TAHUN 2020\nTENTANG\nFORUM ANAK\nMenimbang :\n\
         Ditetapkan di Garut\npada tanggal 4 Mei 2020",
    );
    let quote = |span: Option<&crate::model::Span>| span.map(|span| span.quote.clone());
    assert_eq!(
        quote(facts.number.known().unwrap().span.as_ref()),
        Some("NOMOR 5".into())
    );
    assert_eq!(
        quote(facts.year.known().unwrap().span.as_ref()),
        Some("TAHUN 2020".into())
    );
    let enacted = facts.date(DateRole::Enacted).unwrap();
    assert_eq!(quote(enacted.span.as_ref()), Some("4 Mei 2020".into()));
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// A heading of a made-up regulation with these lines of law cited below.
    fn document(number: u16, year: u16, noise: &[String], cited: &[String]) -> String {
        format!(
            "{}\nBUPATI GARUT\nPERATURAN BUPATI GARUT\nNOMOR {number} TAHUN {year}\nTENTANG\n\
             PERUBAHAN ATAS PERATURAN BUPATI GARUT\nNOMOR 77 TAHUN 1999 TENTANG ANAK\nDENGAN \
             RAHMAT TUHAN YANG MAHA ESA\nBUPATI GARUT,\nMenimbang : a. bahwa\nMengingat :\n{}",
            noise.join("\n"),
            cited.join("\n"),
        )
    }

    fn cited_law() -> impl Strategy<Value = String> {
        let kinds = prop::sample::select(vec![
            "Undang-Undang",
            "UNDANG-UNDANG",
            "Peraturan Bupati Garut",
            "PERATURAN BUPATI GARUT",
            "Peraturan Daerah Kabupaten Garut",
            "KEPUTUSAN BUPATI GARUT",
            "LAMPIRAN PERATURAN MENTERI SOSIAL",
        ]);
        (kinds, 1_u16..600, 1945_u16..2030, 1_u8..9).prop_map(
            |(kind, number, year, n)| {
                format!(
                    "{n}. {kind} Nomor {number} Tahun {year} tentang Perlindungan Anak;"
                )
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn cited_laws_never_change_a_confident_number(
            number in 1_u16..999,
            year in 1999_u16..2030,
            noise in prop::collection::vec("[a-z.,]{1,3}", 0..3),
            cited in prop::collection::vec(cited_law(), 0..8),
        ) {
            let found = facts(&document(number, year, &noise, &cited));
            prop_assert_eq!(found.number.confident(), Some(&number.to_string()));
            prop_assert_eq!(found.year.confident().copied(), i16::try_from(year).ok());
        }

        #[test]
        fn no_order_of_lines_makes_a_confident_wrong_number(
            number in 1_u16..999,
            order in Just((0_usize..16).collect::<Vec<_>>()).prop_shuffle(),
            cited in prop::collection::vec(cited_law(), 1..6),
        ) {
            // What is amended stays with its number: apart, the two numbers are told apart by
            // nothing.
            let text = document(number, 2021, &[], &cited);
            let text = text.replace("GARUT\nNOMOR 77", "GARUT NOMOR 77");
            let lines: Vec<&str> = text.lines().collect();
            let shuffled = order.iter().filter_map(|&at| lines.get(at).copied());
            let found = facts(&shuffled.collect::<Vec<_>>().join("\n"));
            if let Some(confident) = found.number.confident() {
                prop_assert_eq!(confident, &number.to_string());
            }
        }

        #[test]
        fn lost_or_garbled_lines_never_make_a_confident_wrong_number(
            number in 1_u16..999,
            lost in 0_usize..9,
            (line, at, garble) in (0_usize..9, 0_usize..20, "[A-Za-z0-9/ ]"),
            cited in prop::collection::vec(cited_law(), 1..8),
        ) {
            let text = document(number, 2021, &[], &cited);
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            // A digit changed into a digit cannot be seen by anyone: leave the figures alone.
            if !lines[line].contains("NOMOR") && lines[line].is_char_boundary(at) {
                let at = at.min(lines[line].len());
                lines[line].insert_str(at, &garble);
            }
            lines.remove(lost);
            let found = facts(&lines.join("\n"));
            if let Some(confident) = found.number.confident() {
                prop_assert_eq!(confident, &number.to_string());
            }
        }

        #[test]
        fn any_text_is_survived(text in "(?s).{0,400}") {
            facts(&text);
        }
    }
}

fn also(facts: &DocumentFacts) -> Vec<&str> {
    let numbers = facts.also_numbered.iter();
    numbers.map(|fact| fact.value.as_str()).collect()
}

#[test]
fn a_joint_circular_has_several_numbers() {
    let facts = facts(
        "SURAT EDARAN BERSAMA\nMENTERI PENDIDIKAN DAN MENTERI KESEHATAN\n\
         NOMOR 03/KB/2021\nNOMOR 384 TAHUN 2021\nNOMOR HK.01.08/MENKES/4242/2021\n\
         TENTANG\nSEKOLAH AMAN\nMenimbang : bahwa",
    );
    assert_eq!(facts.number.value().map(String::as_str), Some("03/KB/2021"));
    assert_eq!(facts.year.value(), Some(&2021));
    assert_eq!(also(&facts), ["384", "HK.01.08/MENKES/4242/2021"]);
    let title = facts.title.value().map(String::as_str);
    assert_eq!(title, Some("SEKOLAH AMAN"));
}

const AMENDMENT: &str = "BUPATI DEMAK\nPERATURAN BUPATI DEMAK\nNOMOR 15 TAHUN 2021\nTENTANG\n\
    PERUBAHAN KEDUA ATAS PERATURAN BUPATI DEMAK NOMOR 20 TAHUN 2013 TENTANG PENJABARAN APBD \
    TAHUN ANGGARAN 2014\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nMenimbang : a. bahwa\n\
    MEMUTUSKAN\nPasal 7\nPada saat Peraturan Bupati ini mulai berlaku, Peraturan Bupati \
    Demak Nomor 3 Tahun 2010 tentang Pajak dicabut dan dinyatakan tidak berlaku.\n\
    Ditetapkan di Demak\npada tanggal 4 Mei 2021\nBUPATI DEMAK,\nttd";

#[test]
fn relations_go_from_the_new_to_the_old() {
    use crate::model::RelationRole::{Amends, Repeals};
    let facts = facts(AMENDMENT);
    assert_eq!(facts.number.confident().map(String::as_str), Some("15"));
    let relations: Vec<_> = facts
        .relations
        .iter()
        .map(|r| (r.role, r.fact.value.number.as_str(), r.fact.value.year))
        .collect();
    assert_eq!(relations, [(Amends, "20", 2013), (Repeals, "3", 2010)]);
    let sure = |r: &crate::model::Relation| r.fact.confidence.is_confident();
    assert!(facts.relations.iter().all(sure), "{:?}", facts.relations);
    let years = facts.years.map(|years| years.value.to_string());
    assert_eq!(years.as_deref(), Some("2014"));
    assert_eq!(facts.missing_parts, []);
}

#[test]
fn the_office_is_read_in_the_letterhead_and_after_the_kind() {
    for text in [
        "PEMERINTAH KABUPATEN SLEMAN\nDINAS KESEHATAN\nSURAT EDARAN\nNOMOR 440/12/2023\n\
         TENTANG\nASI EKSKLUSIF\nMenindaklanjuti",
        "PEMERINTAH KABUPATEN SLEMAN\nKEPUTUSAN KEPALA DINAS KESEHATAN\nKABUPATEN SLEMAN\n\
         NOMOR 188/123/2023\nTENTANG\nPUSKESMAS RAMAH ANAK\nMenimbang :",
    ] {
        let facts = facts(text);
        let issuer = facts.issuer.value().unwrap();
        assert_eq!(issuer.government.name, "Kabupaten Sleman");
        let office = issuer.office.as_ref().map(ToString::to_string);
        assert_eq!(office.as_deref(), Some("dinkes"), "{text}");
    }
    let without = facts(AMENDMENT).issuer.value().unwrap().office.clone();
    assert_eq!(without, None);
}

#[test]
fn records_and_plans_have_a_title_and_years() {
    for (text, title, years) in [
        (
            "LAPORAN KEGIATAN\nSOSIALISASI KONVENSI HAK ANAK\nTAHUN 2023\nDinas Sosial\nA. \
             Pendahuluan",
            "LAPORAN KEGIATAN SOSIALISASI KONVENSI HAK ANAK TAHUN 2023",
            Some("2023"),
        ),
        (
            "DAFTAR HADIR\nHari/Tanggal : Senin, 4 Maret 2024\nAcara : Rapat Gugus Tugas \
             KLA\nNo Nama Instansi",
            "Rapat Gugus Tugas KLA",
            None,
        ),
        (
            "RENCANA AKSI DAERAH\nKABUPATEN LAYAK ANAK\nTAHUN 2021-2026\nbab satu",
            "RENCANA AKSI DAERAH KABUPATEN LAYAK ANAK TAHUN 2021-2026",
            Some("2021–2026"),
        ),
    ] {
        let facts = facts(text);
        assert_eq!(
            facts.title.value().map(String::as_str),
            Some(title),
            "{text}"
        );
        let found = facts.years.map(|years| years.value.to_string());
        assert_eq!(found.as_deref(), years, "{text}");
    }
}

#[test]
fn an_attachment_that_is_announced_and_absent_is_a_lack() {
    let decision = "BUPATI REMBANG\nKEPUTUSAN BUPATI REMBANG\nNOMOR 100.3.3.2/0132/2025\n\
        TENTANG\nGUGUS TUGAS KABUPATEN LAYAK ANAK\nBUPATI REMBANG,\nMenimbang : bahwa\n\
        MEMUTUSKAN\nKESATU : anggota sebagaimana tercantum dalam Lampiran\nDitetapkan di \
        Rembang\npada tanggal 4 Mei 2025";
    let missing = |pages: &[&str]| -> Vec<crate::model::MissingPart> {
        let facts = facts_of(&extraction(pages));
        facts
            .missing_parts
            .iter()
            .map(|missing| missing.part)
            .collect()
    };
    assert_eq!(
        missing(&[decision]),
        [crate::model::MissingPart::Attachment]
    );
    let attachment = "LAMPIRAN\nKEPUTUSAN BUPATI REMBANG\nNOMOR 100.3.3.2/0132/2025";
    assert_eq!(missing(&[decision, attachment]), []);
}

/// As the attachments of Bali's regulations are laid out: the heading in a column on the right,
/// the attachment's own title below it, centred.
#[test]
fn the_title_of_an_attachment_ends_where_its_own_begins() {
    let mut read =
        extraction(
            &["LAMPIRAN II\nPERATURAN GUBERNUR BALI\nNOMOR 2 TAHUN 2021\n\
         TENTANG\nKELAS JABATAN DI LINGKUNGAN\nPEMERINTAH PROVINSI BALI\n\
         TUGAS, FUNGSI DAN RINCIAN TUGAS\nA. TUGAS SEKRETARIAT DAERAH"],
        );
    let mut lay = |left: [f32; 8]| {
        let mut y = 50.0;
        for (line, left) in read.pages[0].lines.iter_mut().zip(left) {
            // What is centred is set off from the column above.
            y += if left < 200.0 { 40.0 } else { 14.0 };
            let mut x = left;
            for word in &mut line.words {
                let width = 7.0 * word.text.len() as f32;
                word.rect = Some(Rect::from([x, y, x + width, y + 10.0]));
                x += width + 4.0;
            }
        }
        let facts = facts_of(&read);
        facts.title.value().cloned().unwrap_or_default()
    };
    let column = [300.0; 8];
    let mut centred = column;
    centred[6..].fill(120.0);
    let own = "KELAS JABATAN DI LINGKUNGAN PEMERINTAH PROVINSI BALI";
    assert_eq!(lay(centred), own);
    assert!(lay(column).len() > own.len(), "nothing sets it apart");
}
