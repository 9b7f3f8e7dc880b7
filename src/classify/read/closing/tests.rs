use super::*;
use crate::classify::text::stream::tests::page;
use crate::lexicon::doctype::DocTypes;

fn day(text: &str) -> Option<(String, Beside, Where)> {
    let types = DocTypes::builtin().unwrap();
    let regions = Regions::builtin().unwrap();
    let page = page(text);
    let stream = Stream::new([&page]);
    let found = find(&stream, types.grammar(), &regions)?;
    let Evidence { beside, place, .. } = found.evidence;
    Some((found.date.to_string(), beside, place))
}

#[test]
fn a_letter_bears_its_day_in_its_head() {
    let head = "DINAS CONTOH\nNomor : 5/A/2020 Sukamaju, 4 Agustus 2020\nHal : Rapat\n\
        Kepada Yth. Camat\nmenindaklanjuti surat tanggal, 03 Agustus 2020 perihal rapat\n\
        Tanggal : 7 Agustus 2020";
    let own = Some(("2020-08-04".to_owned(), Beside::Place, Where::Head));
    assert_eq!(day(head), own);
    let beside = "KEMENTERIAN CONTOH\nNomor : HK.01/II/104/2020 28 Januari 2020\n\
        Lampiran : 1 berkas\nHal : Usulan\nYth. Kepala Dinas";
    let own = Some(("2020-01-28".to_owned(), Beside::Number, Where::Head));
    assert_eq!(day(beside), own);
}

#[test]
fn a_report_bears_its_day_above_who_signs() {
    let text = "Demikian laporan ini.\nSukamaju, 2 2 November 2019\nKepala Dinas Contoh,";
    let own = Some(("2019-11-22".to_owned(), Beside::Place, Where::Signer));
    assert_eq!(day(text), own);
}

#[test]
fn the_islamic_day_above_has_the_place() {
    let text = "Sukamaju, 26 Rabiul Awwal 1440 H\n20 Januari 2019M\nKetua BAZNAS";
    let own = Some(("2019-01-20".to_owned(), Beside::Place, Where::Signer));
    assert_eq!(day(text), own);
}

#[test]
fn a_day_of_something_else_is_not_the_papers() {
    for text in [
        "Senin, 4 Agustus 2020",
        "rapat di Sukamaju, 4 Agustus 2020 pukul 9",
        "Sukamaju, ... Agustus 2020\nKepala Dinas",
        "Sukamaju, Agustus 2020\nKepala Dinas",
        "yang bertempat di Sukamaju, 4 Agustus 2020",
    ] {
        let day = day(text);
        assert!(day.is_none(), "{text}: {day:?}");
    }
}

#[test]
fn month_and_year_of_the_number_speak() {
    let date = Date::new(2020, 8, 27).unwrap();
    for (before, expected) in [
        ("Nomor : 858/Mts.11/PP.00.5/08/2020", Some(true)),
        ("Nomor : 24/KKN/VIII/2020 Sukamaju,", Some(true)),
        ("Nomor : 24/KKN/VII/2020", None),
        ("Nomor : 24/KKN/07/2020", Some(false)),
        ("Nomor : 24/KKN/2020", None),
        ("Nomor : 24/KKN/2019", Some(false)),
        ("Sukamaju,", None),
    ] {
        assert_eq!(numbered(before, date), expected, "{before}");
    }
}
