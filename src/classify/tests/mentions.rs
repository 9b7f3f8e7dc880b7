//! What running text, tables and officials around a heading say is not what the paper is.

use super::{facts, summary};

#[test]
fn a_title_ends_before_an_official_over_two_lines() {
    for official in [
        "KEPALA DINAS KOMUNIKASI DAN INFORMATIKA\nKABUPATEN BANTUL,",
        "KEPALA DINAS KOMUNIKASI DAN INFORMATIKA\nKABUPATEN BANTUL",
    ] {
        let text = format!(
            "PEMERINTAH KABUPATEN BANTUL\nDINAS KOMUNIKASI DAN INFORMATIKA\nKEPUTUSAN KEPALA \
             DINAS KOMUNIKASI DAN INFORMATIKA\nKABUPATEN BANTUL\nNOMOR 15 TAHUN \
             2017\nTENTANG\nPENETAPAN INDIKATOR KINERJA UTAMA\nDINAS KOMUNIKASI DAN \
             INFORMATIKA\n{official}\nMenimbang : a. bahwa untuk memperoleh ukuran"
        );
        let title = facts(&text).title;
        let expected =
            "PENETAPAN INDIKATOR KINERJA UTAMA DINAS KOMUNIKASI DAN INFORMATIKA";
        assert_eq!(
            title.value().map(String::as_str),
            Some(expected),
            "{official}"
        );
    }
    // An official whom the title is about, with another who decides.
    let facts = facts(
        "BUPATI BANTUL\nKEPUTUSAN BUPATI BANTUL\nNOMOR 12 TAHUN \
         2024\nTENTANG\nPEMBERHENTIAN\nKEPALA DESA CONTOH\nKECAMATAN KASIHAN\nBUPATI \
         BANTUL,\nMenimbang : a. bahwa",
    );
    let expected = "PEMBERHENTIAN KEPALA DESA CONTOH KECAMATAN KASIHAN";
    assert_eq!(facts.title.value().map(String::as_str), Some(expected));
}

#[test]
fn what_an_announcement_is_based_on_is_not_its_title() {
    let facts = facts(
        "PEMERINTAH KABUPATEN BANTUL\nPENGUMUMAN HASIL SELEKSI\nDIREKTUR PDAM KABUPATEN \
         BANTUL\nNOMOR : 500/005/Pansel/2018\nBerdasarkan Keputusan Bupati Bantul Nomor \
         690/193/2018\ntentang Pembentukan Panitia Seleksi Calon Direksi PDAM, dan\nPermendagri \
         Nomor 37 Tahun 2018",
    );
    assert_eq!(facts.title.confident(), None);
    assert_eq!(
        facts.number.value().map(String::as_str),
        Some("500/005/Pansel/2018")
    );
}

#[test]
fn a_law_named_in_running_text_is_not_the_paper() {
    let publication = facts(
        "PUBLIKASI SEKRETARIAT DAERAH\nPembentukan Kelurahan Contoh\nUndang-undang Republik \
         Indonesia Nomor 23 Tahun 2014 Tentang Pemerintahan\nDaerah memberikan peluang bagi \
         pemerintah daerah untuk memekarkan\nkelurahan.",
    );
    assert_eq!(summary(&publication), "- | - | - | - | -");
    let sop = facts(
        "NOMOR SOP : 441/1475/Kes/2019\nPEMERINTAH KABUPATEN BANTUL NAMA SOP : Sertifikasi\n\
         DASAR HUKUM : KUALIFIKASI PELAKSANA\nUndang-undang Nomor 36 Tahun 2014 tentang Tenaga \
         1. Memiliki kemampuan melaksanakan administrasi surat menyurat\nKesehatan",
    );
    assert!(
        sop.kind.value().is_none_or(|kind| kind.label == "SOP"),
        "{:?}",
        sop.kind
    );
    assert_ne!(sop.number.value().map(String::as_str), Some("36"));
    // The same words set as a heading are one.
    let law = facts(
        "UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 36 TAHUN 2014\nTENTANG\nTENAGA \
         KESEHATAN\nDENGAN RAHMAT TUHAN YANG MAHA ESA",
    );
    assert_eq!(law.number.value().map(String::as_str), Some("36"));
}

#[test]
fn a_word_of_a_table_is_no_kind() {
    for table in [
        "RINCIAN KEBUTUHAN PEGAWAI\nNO JABATAN PENDIDIKAN\nJUMLAH 51 22 17 15 1",
        "INDEKS KEPUASAN MASYARAKAT\nRESPONDEN\nJUMLAH : 20 ORANG",
        "PELAKSANA MUTU BAKU\nRincian Permintaan\ndata)\nDisposisi kepada Kepala Dinas",
    ] {
        let kind = facts(table).kind;
        let is_data = kind
            .value()
            .is_some_and(|kind| ["Data", "Jumlah"].contains(&kind.label.as_str()));
        assert!(!is_data, "{table}: {kind:?}");
    }
    let plan = facts("RENJA 2025\nDINAS SOSIAL\nKABUPATEN BANTUL").kind;
    assert_eq!(
        plan.value().map(|kind| kind.label.as_str()),
        Some("Rencana Kerja")
    );
    // `PERDA` in a cell, `tentang` in the text of another.
    let cell = facts(
        "INDIKATOR KINERJA UTAMA 2016\nBIRO KEUANGAN\nPERDA APBD\n2 Dokumen berdasarkan \
         peraturan daerah tentang Anggaran Pendapatan\ndan Belanja Daerah",
    );
    assert_eq!(cell.kind.confident(), None);
}

#[test]
fn the_title_of_an_attachment_ends_above_its_chart() {
    let chart = facts(
        "LAMPIRAN : PERATURAN BUPATI BANTUL\nNOMOR : 26 TAHUN 2016\nTENTANG : KEDUDUKAN DAN \
         SUSUNAN ORGANISASI\nSEKRETARIAT DAERAH KABUPATEN BANTUL\nBUPATI\nWAKIL \
         BUPATI\nSEKRETARIS DAERAH",
    );
    let expected = "KEDUDUKAN DAN SUSUNAN ORGANISASI SEKRETARIAT DAERAH KABUPATEN BANTUL";
    assert_eq!(chart.title.value().map(String::as_str), Some(expected));
}
