//! Indonesian help of the verbs for reading files:
//! of each command by its path, of each argument by its command's path and its own name.

pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "bukti index",
        "Baca folder ke dalam arsip; berkas aslinya tidak pernah disentuh",
    ),
    ("bukti index/folders", "Folder atau berkas yang dibaca"),
    (
        "bukti index/jobs",
        "Banyaknya proses pembaca; satu per inti prosesor bila tidak disebut",
    ),
    (
        "bukti index/ocr",
        "Mesin pembaca gambar: bawaan, `tesseract` bila terpasang, atau tanpa OCR",
    ),
    (
        "bukti index/retry_failed",
        "Baca ulang berkas dan halaman yang dulu gagal",
    ),
    (
        "bukti index/quick",
        "Baca hanya halaman awal dan akhir pindaian panjang; sisanya dibaca lain kali",
    ),
    (
        "bukti index/keep",
        "Lalu simpan salinan semua bukti yang yakin, seperti `keep`",
    ),
    (
        "bukti inspect",
        "Baca berkas tanpa arsip dan tampilkan apa yang ditemukan",
    ),
    ("bukti inspect/paths", "Berkas atau folder yang dibaca"),
    (
        "bukti inspect/jobs",
        "Banyaknya proses pembaca; satu per inti prosesor bila tidak disebut",
    ),
    (
        "bukti inspect/ocr",
        "Mesin pembaca gambar: bawaan, `tesseract` bila terpasang, atau tanpa OCR",
    ),
    ("bukti inspect/text", "Beserta seluruh teksnya"),
    (
        "bukti inspect/region",
        "Pemerintah pemilik dokumen, bila tidak ada dalam daftar resmi",
    ),
    (
        "bukti inspect/framework",
        "Kerangka untuk mengaitkan; yang bawaan bila tidak disebut",
    ),
    (
        "bukti extract-worker",
        "Baca berkas atas permintaan proses bukti lain",
    ),
];
