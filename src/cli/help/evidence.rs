//! Indonesian help of the verbs for what the archive holds:
//! of each command by its path, of each argument by its command's path and its own name.

pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "bukti search",
        "Cari dokumen menurut kata, pertanyaan, indikator, jenis, tahun, perangkat \
         daerah",
    ),
    (
        "bukti search/words",
        "Kata yang dicari, semuanya; \"frasa\", awal*, mirip~, -tanpa",
    ),
    (
        "bukti search/indicator",
        "Hanya bukti untuk indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    (
        "bukti search/question",
        "Hanya bukti untuk pertanyaan ini, misalnya KLA24-17-Q3a",
    ),
    (
        "bukti search/office",
        "Hanya bukti yang diampu perangkat daerah ini",
    ),
    (
        "bukti search/kind",
        "Hanya jenis dokumen ini, misalnya perda",
    ),
    ("bukti search/year", "Hanya dokumen tahun ini"),
    (
        "bukti search/issuer",
        "Hanya dokumen terbitan pemerintah ini",
    ),
    (
        "bukti search/state",
        "Hanya berkas atau bukti dalam keadaan ini, misalnya password atau weak",
    ),
    ("bukti search/confident", "Hanya kaitan yang yakin"),
    (
        "bukti search/unlinked",
        "Hanya dokumen yang tidak terkait pertanyaan mana pun",
    ),
    (
        "bukti search/list",
        "Cari seluruh daftar, satu dokumen tiap baris: mana yang ada, edisi yang mana",
    ),
    ("bukti search/limit", "Paling banyak sekian dokumen"),
    ("bukti show", "Tampilkan semua tentang satu dokumen"),
    (
        "bukti show/document",
        "Path, akhir path, atau angka awal SHA-256",
    ),
    ("bukti show/text", "Beserta seluruh teksnya"),
    (
        "bukti decide",
        "Tetapkan dokumen mana membuktikan pertanyaan mana; ditanya satu per satu \
         bila tidak disebut",
    ),
    (
        "bukti decide/words",
        "Hanya dokumen yang memuat kata-kata ini",
    ),
    (
        "bukti decide/indicator",
        "Hanya untuk indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    (
        "bukti decide/question",
        "Hanya untuk pertanyaan ini, misalnya KLA24-17-Q3a",
    ),
    (
        "bukti decide/office",
        "Hanya untuk pertanyaan yang diampu perangkat daerah ini",
    ),
    ("bukti decide/folder", "Hanya dokumen di bawah folder ini"),
    (
        "bukti decide/least",
        "Hanya usulan yang keyakinannya sedikitnya sekian persen",
    ),
    (
        "bukti decide/list",
        "Daftar usulan yang menunggu, tanpa bertanya",
    ),
    (
        "bukti decide/by",
        "Nama yang dicatat bersama keputusan; atau `BUKTI_AUTHOR`, atau pengguna \
         komputer ini",
    ),
    (
        "bukti decide/note",
        "Catatan yang disimpan bersama keputusan",
    ),
    (
        "bukti decide accept",
        "Nyatakan usulan benar; bila banyak sekaligus, yang keyakinannya 80 % ke atas \
         kecuali --least disebut",
    ),
    (
        "bukti decide accept/document",
        "Path, akhir path, atau angka awal SHA-256",
    ),
    (
        "bukti decide accept/questions",
        "Pertanyaan, misalnya KLA24-17-Q3a",
    ),
    (
        "bukti decide accept/words",
        "Hanya dokumen yang memuat kata-kata ini",
    ),
    (
        "bukti decide accept/indicator",
        "Hanya untuk indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    (
        "bukti decide accept/question",
        "Hanya untuk pertanyaan ini, misalnya KLA24-17-Q3a",
    ),
    (
        "bukti decide accept/office",
        "Hanya untuk pertanyaan yang diampu perangkat daerah ini",
    ),
    (
        "bukti decide accept/folder",
        "Hanya dokumen di bawah folder ini",
    ),
    (
        "bukti decide accept/least",
        "Hanya usulan yang keyakinannya sedikitnya sekian persen",
    ),
    (
        "bukti decide accept/yes",
        "Tetapkan semuanya tanpa bertanya",
    ),
    (
        "bukti decide accept/by",
        "Nama yang dicatat bersama keputusan; atau `BUKTI_AUTHOR`, atau pengguna \
         komputer ini",
    ),
    (
        "bukti decide accept/note",
        "Catatan yang disimpan bersama keputusan",
    ),
    ("bukti decide reject", "Nyatakan usulan salah"),
    (
        "bukti decide reject/document",
        "Path, akhir path, atau angka awal SHA-256",
    ),
    (
        "bukti decide reject/questions",
        "Pertanyaan, misalnya KLA24-17-Q3a",
    ),
    (
        "bukti decide reject/words",
        "Hanya dokumen yang memuat kata-kata ini",
    ),
    (
        "bukti decide reject/indicator",
        "Hanya untuk indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    (
        "bukti decide reject/question",
        "Hanya untuk pertanyaan ini, misalnya KLA24-17-Q3a",
    ),
    (
        "bukti decide reject/office",
        "Hanya untuk pertanyaan yang diampu perangkat daerah ini",
    ),
    (
        "bukti decide reject/folder",
        "Hanya dokumen di bawah folder ini",
    ),
    (
        "bukti decide reject/least",
        "Hanya usulan yang keyakinannya sedikitnya sekian persen",
    ),
    (
        "bukti decide reject/yes",
        "Tetapkan semuanya tanpa bertanya",
    ),
    (
        "bukti decide reject/by",
        "Nama yang dicatat bersama keputusan; atau `BUKTI_AUTHOR`, atau pengguna \
         komputer ini",
    ),
    (
        "bukti decide reject/note",
        "Catatan yang disimpan bersama keputusan",
    ),
    (
        "bukti decide link",
        "Kaitkan dokumen dengan pertanyaan, diusulkan atau tidak",
    ),
    (
        "bukti decide link/document",
        "Path, akhir path, atau angka awal SHA-256",
    ),
    (
        "bukti decide link/questions",
        "Pertanyaan, misalnya KLA24-17-Q3a",
    ),
    (
        "bukti decide link/by",
        "Nama yang dicatat bersama keputusan; atau `BUKTI_AUTHOR`, atau pengguna \
         komputer ini",
    ),
    (
        "bukti decide link/note",
        "Catatan yang disimpan bersama keputusan",
    ),
    (
        "bukti decide unlink",
        "Nyatakan dokumen tidak membuktikan pertanyaan, diusulkan atau tidak",
    ),
    (
        "bukti decide unlink/document",
        "Path, akhir path, atau angka awal SHA-256",
    ),
    (
        "bukti decide unlink/questions",
        "Pertanyaan, misalnya KLA24-17-Q3a",
    ),
    (
        "bukti decide unlink/by",
        "Nama yang dicatat bersama keputusan; atau `BUKTI_AUTHOR`, atau pengguna \
         komputer ini",
    ),
    (
        "bukti decide unlink/note",
        "Catatan yang disimpan bersama keputusan",
    ),
    ("bukti decide undo", "Urungkan keputusan"),
    (
        "bukti decide undo/number",
        "Nomornya; yang terakhir bila tidak disebut",
    ),
    (
        "bukti decide undo/by",
        "Nama yang dicatat bersama keputusan; atau `BUKTI_AUTHOR`, atau pengguna \
         komputer ini",
    ),
    (
        "bukti decide undo/note",
        "Catatan yang disimpan bersama keputusan",
    ),
    ("bukti decide list", "Daftar keputusan, yang terbaru dahulu"),
    ("bukti decide list/limit", "Paling banyak sekian keputusan"),
    (
        "bukti decide learned",
        "Tampilkan yang dipelajari dari keputusan",
    ),
    (
        "bukti decide learned/reset",
        "Lupakan; keputusannya sendiri tetap berlaku",
    ),
    (
        "bukti duplicates",
        "Tampilkan yang tersimpan ganda: berkas, pindaian satu dokumen, foto",
    ),
    (
        "bukti duplicates/photos",
        "Hanya foto yang dipakai lebih dari sekali",
    ),
    (
        "bukti duplicates/duplicates_text",
        "Hanya dokumen yang dipindai atau disimpan lebih dari sekali",
    ),
    (
        "bukti activities",
        "Daftar kegiatan beserta dokumen dan fotonya",
    ),
];
