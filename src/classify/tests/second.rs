//! What other places and a second reader say of number, issuer and date.

use super::*;
use crate::model::{Line, Ratio, SecondReading};

/// Reads `text`, of which a second reader read the line at `line` from its word `from` on as
/// `again`.
fn read_again(text: &str, line: usize, from: usize, again: &str) -> DocumentFacts {
    let mut read = extraction(&[text]);
    let line: &mut Line = &mut read.pages[0].lines[line];
    line.second = Some(SecondReading {
        from: u16::try_from(from).unwrap(),
        to: u16::try_from(line.words.len()).unwrap(),
        text: again.to_owned(),
        confidence: Ratio::new(0.95),
        doubts: Vec::new(),
    });
    facts_of(&read)
}

const REPORT: &str = "LAPORAN KEGIATAN\nDemikian laporan ini dibuat.\n\
    Sukamaju, 5 Agustus 2020\nKepala Dinas Sosial,";

fn day(facts: &DocumentFacts) -> Option<(String, String)> {
    let date = facts.date(DateRole::Letter)?;
    let rule = date.rule.as_str().rsplit('.').next().unwrap();
    Some((date.value.to_string(), rule.to_owned()))
}

#[test]
fn a_second_reader_confirms_a_day_or_makes_it_doubtful() {
    let pair = |day: &str, rule: &str| Some((day.to_owned(), rule.to_owned()));
    let alone = facts(REPORT);
    assert_eq!(day(&alone), pair("2020-08-05", "only"));
    let agreed = read_again(REPORT, 2, 0, "Sukamaju, 5 Agustus 2020");
    assert_eq!(day(&agreed), pair("2020-08-05", "agreed"));
    let apart = read_again(REPORT, 2, 0, "Sukamaju, 6 Agustus 2020");
    assert_eq!(day(&apart), pair("2020-08-06", "apart"));
    let is_sure = |facts: &DocumentFacts| {
        facts
            .date(DateRole::Letter)
            .unwrap()
            .confidence
            .is_confident()
    };
    assert!(is_sure(&agreed) && !is_sure(&apart));
}

#[test]
fn a_day_that_only_the_second_reader_saw_is_read() {
    let blank = REPORT.replace("5 Agustus", "Agustus");
    let second = read_again(&blank, 2, 1, "5 Agustus 2020");
    let expected = ("2020-08-05".to_owned(), "second".to_owned());
    assert_eq!(day(&second), Some(expected));
}

#[test]
fn a_code_in_the_number_names_the_government_or_speaks_against_it() {
    let letter = |head: &str| {
        facts(&format!(
            "{head}\nNomor : 005/406/34.02.05/2020\nHal : Rapat\nKepada Yth. Lurah"
        ))
    };
    let coded = letter("PANITIA HARI ANAK");
    let issuer = coded.issuer.known().unwrap();
    assert_eq!(issuer.value.government.name, "Kabupaten Bantul");
    assert_eq!(issuer.rule.as_str(), "issuer.code");
    let same = letter("PEMERINTAH KABUPATEN BANTUL");
    assert!(same.issuer.confident().is_some());
    let other = letter("PEMERINTAH KABUPATEN SLEMAN");
    assert_eq!(other.issuer.confident(), None);
}

#[test]
fn a_number_is_named_in_english_too_and_a_source_is_none() {
    let agreement = |label: &str| {
        facts(&format!(
            "MEMORANDUM OF UNDERSTANDING\nBETWEEN\nCITY AND CORPORATION\n{label} : \
             180/3/09/V/NK/2019\nON\nFISHERIES\nToday we"
        ))
    };
    let english = agreement("Number");
    assert_eq!(
        english.number.value().map(String::as_str),
        Some("180/3/09/V/NK/2019")
    );
    assert_eq!(agreement("SUMBER").number.value(), None);
}

#[test]
fn the_number_of_a_form_ends_before_the_next_label() {
    let form =
        "STANDAR PELAYANAN\nNo. Dokumen : SP-01/A Revisi : 02\nUnit Kerja : Bidang";
    let number = facts(form).number;
    assert_eq!(number.value().map(String::as_str), Some("SP-01/A"));
}

#[test]
fn the_head_of_a_radiograms_table_is_no_number() {
    let radiogram = "FORMULIR BERITA\nPANGGILAN JENIS NOMOR DERAJAT\nDARI : GUBERNUR";
    assert_eq!(facts(radiogram).number, Reading::Unsure(Unsure::NotStated));
}

#[test]
fn the_parties_of_an_agreement_may_be_long() {
    let parties = "DINAS KEPENDUDUKAN, PENCATATAN SIPIL DAN KELUARGA BERENCANA DAERAH\n\
        PROVINSI BALI\nDENGAN\nBADAN PENGELOLA PAJAK DAN RETRIBUSI DAERAH\nPROVINSI BALI";
    let number = facts(&format!(
        "PERJANJIAN KERJA SAMA\nANTARA\n{parties}\nNOMOR : 800/DKP/428/2018\nTENTANG\nDATA"
    ))
    .number;
    assert_eq!(number.value().map(String::as_str), Some("800/DKP/428/2018"));
}

#[test]
fn a_web_page_names_the_government_where_nothing_else_does() {
    let poster = "STOP KEKERASAN\nLaporkan segera\ndp3a.bantulkab.go.id";
    let issuer = facts(poster).issuer;
    let name = issuer.value().map(|issuer| issuer.government.name.as_str());
    assert_eq!(name, Some("Kabupaten Bantul"));
    let street = "DAFTAR HADIR\nJl. Merdeka 5\nKecamatan Sewon\nKabupaten Bantul";
    assert_eq!(facts(street).issuer.confident(), None);
}

#[test]
fn a_day_that_lost_its_tens_is_the_one_the_other_reader_saw_whole() {
    let lost = REPORT.replace("5 Agustus", "8 Agvstus");
    let whole = read_again(&lost, 2, 0, "Sukamaju, 28 Agustus 2020");
    let expected = ("2020-08-28".to_owned(), "second".to_owned());
    assert_eq!(day(&whole), Some(expected));
    // One that was read well is no part of the other's.
    let other = REPORT.replace("5 Agustus", "8 Agustus");
    let other = read_again(&other, 2, 0, "Sukamaju, 28 Agustus 2020");
    let expected = ("2020-08-28".to_owned(), "apart".to_owned());
    assert_eq!(day(&other), Some(expected));
}

#[test]
fn a_number_behind_a_label_is_looked_at_twice_too() {
    let form =
        "STANDAR OPERASIONAL PROSEDUR\nNomor SOP 412/509/2022\nTanggal : 4 Juli 2022";
    let again = |text: &str| read_again(form, 1, 1, text).number;
    let same = again("SOP412/509/2022");
    assert_eq!(same.confident().map(String::as_str), Some("412/509/2022"));
    assert_eq!(again("SOP412/S0P/2022").confident(), None);
}

#[test]
fn a_word_both_readers_read_alike_is_as_sure_as_the_surer_of_them() {
    let letter = |sure: f32, again: &str| {
        let text = "Nomor : 14 /Pan.HUT/Des/VII/2020\nHal : Rapat\nKepada Yth. Lurah\n\
            Sukamaju, 5 Agustus 2020\nKepala Desa,";
        let mut read = extraction(&[text]);
        let line = &mut read.pages[0].lines[0];
        line.words[1].confidence = Ratio::new(0.5);
        line.words[2].confidence = Ratio::new(sure);
        line.second = Some(SecondReading {
            from: 1,
            to: 4,
            text: again.to_owned(),
            confidence: Ratio::new(0.97),
            doubts: Vec::new(),
        });
        let facts = with_words(|words| crate::classify::read(&read, words));
        facts.number.known().map(|fact| fact.confidence.get())
    };
    let alike = letter(0.8, ": 14 /Pan.HUT/Des/VIII/2020");
    assert_eq!(alike, letter(1.0, ": 14 /Pan.HUT/Des/VIII/2020"));
    assert!(letter(0.8, ": I4 /Pan.HUT/Des/VIII/2020") < alike);
}

#[test]
fn a_table_of_its_own_parts_is_the_governments() {
    let sheet = |rows: &str| {
        let mut read = extraction(&[rows]);
        read.media_type = MediaType::Xlsx;
        facts_of(&read).issuer
    };
    let own = "KODE WILAYAH JUMLAH\n3402 KABUPATEN BANTUL 9 8\n3402011001 POJOKSARI 4 3\n\
        3402012002 GADINGREJO 3 3\n3402012003 TIRTOSARI 2 2";
    let name = sheet(own);
    let name = name.confident().map(|issuer| &issuer.government.name);
    assert_eq!(name.map(String::as_str), Some("Kabupaten Bantul"));
    let rule = sheet(own).known().map(|fact| fact.rule.clone());
    assert!(rule.is_some_and(|rule| rule.as_str().rsplit('.').next() == Some("coded")));
    let other = own.replace("3402 KAB", "7 KAB");
    let rule = sheet(&other).known().map(|fact| fact.rule.clone());
    assert!(rule.is_some_and(|rule| !rule.as_str().contains("coded")));
}
