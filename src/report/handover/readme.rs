//! What stands beside the package for whoever opens it without bukti.

use super::{AccessCopyState, Handover};
use crate::framework::Framework;
use crate::model::{ByteLen, Lang, Report};

/// Returns the explanation in one language; `head` is the digest of the log's last record.
pub fn readme(
    handover: &Handover,
    framework: &Framework,
    report: &Report,
    head: &str,
    lang: Lang,
) -> String {
    match lang {
        Lang::Id => indonesian(handover, framework, report, head),
        Lang::En => english(handover, framework, report, head),
    }
}

fn indonesian(
    handover: &Handover,
    framework: &Framework,
    report: &Report,
    head: &str,
) -> String {
    let names = &report.part_names;
    let [section, indicator, question] =
        [&names.section.id, &names.indicator.id, &names.question.id];
    let personal = &framework.personal_data().id;
    let region = report.region.as_deref().unwrap_or_default();
    let (files, bytes) = (handover.placed.len(), ByteLen(handover.bytes()));
    let (held, year) = (handover.held_back.len(), report.year);
    let copies = about_copies(handover, Lang::Id);
    format!(
        "PAKET BUKTI · {region} · verifikasi {year}

Isi: {files} dokumen, {bytes}. Buka indeks.html untuk menelusurinya menurut {section},
{indicator}, dan {question}; indeks.xlsx dan indeks.csv memuat daftar yang sama. Satu
dokumen disimpan satu kali, walau membuktikan beberapa {question}; indeks menyebut
semuanya.

{held} dokumen yang memuat data pribadi ({personal}) tidak
disertakan.
{copies}
MEMERIKSA KEUTUHAN, tanpa program khusus

  Linux, dari folder ini:
      sha256sum -c manifest-sha256.txt
      sha256sum -c tagmanifest-sha256.txt

  Windows (PowerShell), satu berkas:
      Get-FileHash \"data\\...\" -Algorithm SHA256
  lalu bandingkan dengan barisnya di manifest-sha256.txt.

  Alat BagIt mana pun (RFC 8493), misalnya:
      bukti bag validate FOLDER
      bagit.py --validate FOLDER

Setiap baris yang tidak OK adalah berkas yang berubah atau hilang sejak paket ini dibuat.

ISI LAINNYA

  penilaian.json   penilaian bukti atas pertanyaan-pertanyaan ini saat paket dibuat;
                   perkiraan untuk berbenah, bukan nilai resmi
  riwayat.jsonl    riwayat dokumen-dokumen ini sejak pertama terlihat, berantai: tiap
                   catatan memuat sidik catatan sebelumnya. Catatan tentang dokumen lain
                   hanya diwakili sidiknya. Kepala riwayat saat paket dibuat:
                   {head}
  cap-waktu-*.tsr  cap waktu RFC 3161 atas riwayat, bila ada

Kolom \"tanda tangan elektronik\" dalam indeks dan bagian \"esign\" dalam penilaian.json
menyebut putusan bukti atas tanda tangan di berkas PDF, penanda tangannya, dan waktunya.
Untuk memeriksanya sendiri: bukti esign BERKAS, pdfsig BERKAS, atau pembaca PDF mana pun.

This package in English: README.txt
"
    )
}

/// Tells of the smaller copies, where any were asked for: what they are, and what not.
fn about_copies(handover: &Handover, lang: Lang) -> String {
    if !handover.speaks_of_copies() {
        return String::new();
    }
    let made = handover.copies().count();
    let none = handover.placed.iter();
    let none = none
        .filter(|placed| matches!(placed.access_copy, Some(AccessCopyState::None(_))));
    let none = none.count();
    match lang {
        Lang::Id => format!(
            "
SALINAN KECIL UNTUK UNGGAHAN

Di folder salinan-kecil/ ada {made} salinan kecil, dengan susunan yang sama seperti data/,
untuk formulir yang membatasi ukuran berkas. Halamannya gambar yang lebih kasar; teksnya
dapat dicari dan disalin, sebagaimana terbaca oleh bukti. Yang berlaku sebagai bukti adalah
dokumen aslinya di data/: tanda tangan elektronik hanya ada di sana, dan salinan tidak
menggantikannya. Dokumen besar tanpa salinan: {none}; alasannya ada di indeks, kolom
\"keterangan salinan\".
"
        ),
        Lang::En => format!(
            "
SMALLER COPIES FOR UPLOAD

In the folder salinan-kecil/, laid out as data/ is: {made}, for forms that limit the size of
a file. Their pages are coarser pictures; their text can be searched and copied, as bukti
read it. What counts as evidence is the original in data/: electronic signatures are only
there, and a copy does not replace it. Large documents without a copy: {none}; the index says
why, in the column \"keterangan salinan\".
"
        ),
    }
}

fn english(
    handover: &Handover,
    framework: &Framework,
    report: &Report,
    head: &str,
) -> String {
    let names = &report.part_names;
    let [section, indicator, question] =
        [&names.section.en, &names.indicator.en, &names.question.en];
    let personal = &framework.personal_data().en;
    let region = report.region.as_deref().unwrap_or_default();
    let (files, bytes) = (handover.placed.len(), ByteLen(handover.bytes()));
    let (held, year) = (handover.held_back.len(), report.year);
    let copies = about_copies(handover, Lang::En);
    format!(
            "EVIDENCE PACKAGE · {region} · verification {year}

{files} documents, {bytes}. Open indeks.html to walk through them by {section}, {indicator}
and {question}; indeks.xlsx and indeks.csv hold the same list. A document is stored once,
even where it proves several questions; the index names them all.

{held} documents with personal data ({personal}) are left out.
{copies}
TO CHECK IT, without any special program

  Linux, from this folder:
      sha256sum -c manifest-sha256.txt
      sha256sum -c tagmanifest-sha256.txt

  Windows (PowerShell), one file:
      Get-FileHash \"data\\...\" -Algorithm SHA256
  and compare with its line in manifest-sha256.txt.

  Any BagIt tool (RFC 8493), such as:
      bukti bag validate FOLDER
      bagit.py --validate FOLDER

Every line that is not OK is a file that was changed or lost since this package was made.

WHAT ELSE IS HERE

  penilaian.json   how bukti judged the evidence for these questions when the package was
                   made; an estimate to work with, no official score
  riwayat.jsonl    what happened to these documents since they were first seen, chained:
                   each record carries the digest of the one before. Records about other
                   documents are represented by their digest alone. Head of the log when
                   the package was made:
                   {head}
  cap-waktu-*.tsr  RFC 3161 time stamps of the log, if any

The column \"tanda tangan elektronik\" of the index and \"esign\" in penilaian.json give
bukti's verdict on the electronic signatures of a PDF, who signed, and when. To check them
yourself: bukti esign FILE, pdfsig FILE, or any PDF reader.

Paket ini dalam Bahasa Indonesia: BACA-SAYA.txt
"
    )
}
