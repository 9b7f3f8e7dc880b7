//! Indonesian help of the verbs for keeping, verifying and handing over:
//! of each command by its path, of each argument by its command's path and its own name.

pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "bukti verify",
        "Baca ulang berkas dan sebut yang tidak lagi sama dengan saat masuk arsip",
    ),
    (
        "bukti verify/budget",
        "Berhenti setelah sekian lama, misalnya 30m atau 2h; lain kali dilanjutkan \
         dari yang terlama",
    ),
    (
        "bukti verify/round",
        "Hanya berkas yang belum diperiksa sekian hari",
    ),
    (
        "bukti verify/jobs",
        "Banyaknya berkas yang dibaca bersamaan; satu per inti prosesor bila tidak \
         disebut",
    ),
    (
        "bukti keep",
        "Simpan salinan bukti di dalam arsip, agar tetap ada bila share hilang",
    ),
    (
        "bukti keep/words",
        "Simpan yang ditemukan kata-kata ini; tanpa kata dan saringan, semua bukti \
         yang yakin",
    ),
    ("bukti keep/question", "Bukti untuk pertanyaan ini"),
    (
        "bukti keep/indicator",
        "Bukti untuk indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    (
        "bukti keep/office",
        "Bukti yang diampu perangkat daerah ini",
    ),
    ("bukti keep/all", "Semua dokumen yang terbaca"),
    ("bukti restore", "Kembalikan salinan yang tersimpan"),
    (
        "bukti restore/document",
        "Path, akhir path, atau angka awal SHA-256",
    ),
    ("bukti restore/into", "Folder tujuannya, dengan nama semula"),
    (
        "bukti export",
        "Serahkan bukti sebagai paket yang dapat diperiksa siapa pun",
    ),
    ("bukti export/question", "Bukti untuk pertanyaan ini"),
    (
        "bukti export/indicator",
        "Bukti untuk indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    (
        "bukti export/office",
        "Bukti yang diampu perangkat daerah ini",
    ),
    ("bukti export/all", "Bukti untuk semua pertanyaan"),
    (
        "bukti export/to",
        "Tempat paketnya: folder, atau nama yang berakhir .zip",
    ),
    (
        "bukti export/plan",
        "Hanya tampilkan apa yang akan masuk dan di mana",
    ),
    (
        "bukti export/include_personal",
        "Sertakan juga dokumen yang memuat data pribadi",
    ),
    (
        "bukti export/max_size",
        "Sebut dokumen yang lebih besar dari ini, misalnya 2M",
    ),
    (
        "bukti export/smaller",
        "Di samping tiap dokumen itu, PDF kecil dari halamannya yang dapat dicari, \
         untuk unggahan; aslinya tetap dan itulah yang berlaku",
    ),
    (
        "bukti export/as_of",
        "Nilai per tanggal ini, TTTT-BB-HH; hari ini bila tidak disebut",
    ),
    (
        "bukti import",
        "Terima paket dari pihak lain: periksa, baca, nilai ulang",
    ),
    ("bukti import/package", "Folder atau berkas ZIP paketnya"),
    (
        "bukti import/folder",
        "Arsip yang menerimanya; dibuat bila belum ada",
    ),
    (
        "bukti import/region",
        "Pemerintah daerah pemilik bukti, bila paket tidak menyebutnya",
    ),
    (
        "bukti import/year",
        "Tahun verifikasi, bila paket tidak menyebutnya",
    ),
    (
        "bukti import/jobs",
        "Banyaknya proses pembaca; satu per inti prosesor bila tidak disebut",
    ),
    (
        "bukti import/ocr",
        "Mesin pembaca gambar: bawaan, `tesseract` bila terpasang, atau tanpa OCR",
    ),
    (
        "bukti bag validate",
        "Periksa paket terhadap manifesnya dan sebut semua yang salah",
    ),
    (
        "bukti bag validate/package",
        "Folder atau berkas ZIP paketnya",
    ),
    (
        "bukti bag validate/jobs",
        "Banyaknya berkas yang dibaca bersamaan; satu per inti prosesor bila tidak \
         disebut",
    ),
    ("bukti bag", "Periksa paket bukti (BagIt), dari siapa pun"),
    (
        "bukti esign",
        "Sebut nilai tanda tangan elektronik dalam berkas PDF, dan siapa penanda \
         tangannya",
    ),
    ("bukti esign/paths", "Berkas atau folder yang diperiksa"),
    (
        "bukti esign/anchors",
        "Sertifikat yang dipercayai (PEM, DER), di samping milik arsip",
    ),
    (
        "bukti anchors",
        "Sebut penerbit tanda tangan elektronik mana yang dipercayai arsip",
    ),
    (
        "bukti anchors add",
        "Percayai sertifikat; bandingkan tiap sidik jarinya dengan yang diumumkan \
         pemiliknya",
    ),
    ("bukti anchors add/files", "Berkas sertifikat (PEM, DER)"),
    (
        "bukti anchors add/by",
        "Siapa yang menambahkan; atau `BUKTI_AUTHOR`, atau pengguna komputer ini",
    ),
    (
        "bukti anchors list",
        "Daftar sertifikat yang dipercayai arsip",
    ),
    (
        "bukti anchors remove",
        "Berhenti mempercayai sebuah sertifikat",
    ),
    ("bukti anchors remove/sha256", "Angka pertama SHA-256-nya"),
    (
        "bukti anchors remove/by",
        "Siapa yang menghapusnya; atau `BUKTI_AUTHOR`, atau pengguna komputer ini",
    ),
];
