use super::*;
use crate::lexicon::doctype::DocTypes;
use crate::model::Ratio;

/// Sets lines 20 apart, letters 10 wide and 16 high; `~` is a blank as wide as a column.
fn page(lines: &[&str]) -> Vec<Line> {
    let line = |(row, text): (usize, &&str)| {
        let mut x = 0.0;
        let words = text.split(' ').filter_map(|word| {
            let (from, y) = (x, 20.0 * row as f32);
            x += 10.0 * word.len() as f32 + 8.0;
            if word == "~" {
                x += 100.0;
                return None;
            }
            let rect = [from, y, x - 8.0, y + 16.0].into();
            Some(Word::new(word, Some(rect), Ratio::ONE))
        });
        Line::new(words.collect())
    };
    lines.iter().enumerate().map(line).collect()
}

/// What is chosen on a page.
fn chosen(lines: &[&str]) -> Vec<String> {
    let lines = page(lines);
    let kinds = DocTypes::builtin().unwrap();
    let parts = deciding(&lines, kinds.grammar());
    let text = |part: LinePart| {
        let words = lines[part.line].words[part.words].iter();
        words.map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    parts.into_iter().map(text).collect()
}

#[test]
fn numbers_come_first_and_highest_first() {
    for (line, expected) in [
        ("NOMOR 5 TAHUN 2024", "5 TAHUN 2024"),
        ("NOM0R 5 TAHUN 2024", "5 TAHUN 2024"),
        ("KEPUTUSAN BUPATI CONTOH NOMOR : 188/5/2024", "188/5/2024"),
        ("NOMOR15 TAHUN 2024", "NOMOR15 TAHUN 2024"),
        ("Nomor : 005/ 12 /DINSOS", "005/ 12 /DINSOS"),
        ("Nomor 5 Tahun 2024", "5 Tahun 2024"),
        ("No. : 12/SK/2024", "12/SK/2024"),
        ("Nomor SOP : 393/SOP/2022", "393/SOP/2022"),
        ("Nomor SOP ~ 393/SOP/2022", "393/SOP/2022"),
        ("Nomor surat :005/12 Sifat", ":005/12"),
        ("Nomor ~ : B/10/I/2020 ~ Contoh,", "B/10/I/2020"),
        ("NOMORSSTAHUN 2022", "NOMORSSTAHUN 2022"),
    ] {
        assert_eq!(chosen(&["atas", line, "bawah"]), [expected], "{line}");
    }
    assert_eq!(
        chosen(&[
            "Contoh, 5 Maret 2024",
            "Nomor : 005/12 ~ 6 Maret 2024",
            "Nomor : 7"
        ]),
        ["005/12 6 Maret 2024", "7", "5 Maret 2024"]
    );
}

#[test]
fn cited_laws_tables_and_running_text_are_left_alone() {
    let lines = [
        "1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;",
        "Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah diubah",
        "No Nama Jabatan",
        "3 Siti Kepala Seksi",
        "bahwa rapat yang dilaksanakan pada tanggal 5 Maret 2024 di aula kantor",
        "Nomor Induk Kependudukan wajib dimuat",
        "Nomor 5149);",
        "Usulan Camat Contoh Nomor : 140/16/2025",
        "Watatu pada hari tersebut tanggal 4 serta",
    ];
    assert_eq!(chosen(&lines), [""; 0]);
}

#[test]
fn dates_are_read_from_the_day_to_the_year() {
    for (line, expected) in [
        ("pada tanggal 5 Maret 2024", "5 Maret 2024"),
        ("10 NOVEMBER TAHUN 2025", "10 NOVEMBER TAHUN 2025"),
        ("Contoh, 17Nopember 2024", "17Nopember 2024"),
        ("Tanggal : 17-3-2024", "17-3-2024"),
        ("pada tanggal Maret 2024", "tanggal Maret 2024"),
        (
            "Ditetapkan di Contoh Permai pada tanggal 5 Maret 2024",
            "5 Maret 2024",
        ),
    ] {
        assert_eq!(chosen(&[line]), [expected], "{line}");
    }
}

#[test]
fn a_doubtful_name_stands_above_the_number_of_its_official() {
    let mut lines = page(&[
        "KEPALA DINAS ~ KEPALA BAGIAN",
        "SITI CONTOH ~ BUDI PERMISALAN",
        "Pembna Muda ~ Penata",
        "NIP. 19700101 ~ NIP. 19800101",
    ]);
    let kinds = DocTypes::builtin().unwrap();
    assert_eq!(deciding(&lines, kinds.grammar()), []);
    lines[1].words[3].confidence = Ratio::new(0.9);
    let name = LinePart {
        line: 1,
        words: 2..4,
    };
    assert_eq!(deciding(&lines, kinds.grammar()), [name]);
    // Strokes of the signature, read as a letter before the rank.
    let mut lines = page(&[
        "KEPALA DINAS",
        "BUDI PERMISALAN",
        "S Pembina Utama Muda",
        "NIP. 19800101",
    ]);
    lines[1].words[0].confidence = Ratio::new(0.9);
    let name = LinePart {
        line: 1,
        words: 0..2,
    };
    assert_eq!(deciding(&lines, kinds.grammar()), [name]);
}
