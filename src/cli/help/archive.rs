//! Indonesian help of the verbs for the archive itself:
//! of each command by its path, of each argument by its command's path and its own name.

pub(super) const TEXTS: &[(&str, &str)] = &[
    ("bukti init", "Buat arsip untuk satu daerah dan tahun"),
    ("bukti init/folder", "Folder arsip; dibuat bila belum ada"),
    (
        "bukti init/region",
        "Pemerintah daerah pemilik bukti, misalnya \"Kabupaten Bantul\"",
    ),
    (
        "bukti init/framework",
        "Kerangka penilaian: berkasnya, atau nama yang bawaan; yang bawaan bila tidak disebut",
    ),
    (
        "bukti init/year",
        "Tahun verifikasi; tahun ini bila tidak disebut",
    ),
    (
        "bukti places",
        "Ambil daftar kecamatan dan desa daerah, atau tampilkan jumlahnya",
    ),
    (
        "bukti places/file",
        "Buku kerja atau CSV berkolom `kecamatan` dan `desa`; menggantikan daftar \
         yang ada",
    ),
    (
        "bukti forget",
        "Lepas tempat yang tidak lagi dicari berkasnya, misalnya share yang pindah; \
         keputusan tetap",
    ),
    (
        "bukti forget/places",
        "Folder atau berkas seperti saat dibaca; boleh sudah tidak ada",
    ),
    ("bukti forget/plan", "Hanya sebut apa yang akan dilepas"),
    (
        "bukti forget/yes",
        "Lepas juga dokumen yang tidak ada di tempat lain",
    ),
    (
        "bukti forget/by",
        "Nama yang dicatat di riwayat; atau `BUKTI_AUTHOR`, atau pengguna komputer \
         ini",
    ),
    (
        "bukti doctor",
        "Periksa arsipnya sendiri, dan buat ulang yang dapat dibuat ulang",
    ),
    (
        "bukti doctor/repair",
        "Buat ulang yang turunan, pulihkan salinan yang rusak, dan sebut apa yang \
         dilakukan",
    ),
    (
        "bukti backup",
        "Tulis salinan arsip yang juga sebuah arsip, sementara yang lain tetap \
         berjalan",
    ),
    (
        "bukti backup/folder",
        "Folder yang ditulis; belum boleh ada",
    ),
    (
        "bukti backup/without_documents",
        "Tanpa dokumen yang tersimpan di arsip (salinan bukti, paket yang diterima); \
         salin sendiri folder `kept` dan `imported`-nya",
    ),
    (
        "bukti log show",
        "Cetak yang terjadi pada satu dokumen atau semuanya",
    ),
    (
        "bukti log show/about",
        "Path, akhir path, atau angka awal SHA-256; semuanya bila tidak disebut",
    ),
    (
        "bukti log verify",
        "Periksa bahwa tak satu catatan pun diubah, dihapus, disisipkan, atau \
         dipindah",
    ),
    (
        "bukti log verify/head",
        "Sidik kepala yang pernah dicatat; harus masih ada di riwayat",
    ),
    (
        "bukti log stamp",
        "Mintakan cap waktu (RFC 3161) bagi kepala riwayat, lewat berkas",
    ),
    (
        "bukti log stamp/request",
        "Tulis permintaan untuk penerbit cap waktu ke berkas ini",
    ),
    (
        "bukti log stamp/attach",
        "Simpan jawaban penerbit cap waktu, setelah terbukti untuk riwayat ini",
    ),
    (
        "bukti demo",
        "Jalankan seluruh pekerjaan atas contoh buatan di arsip sementara",
    ),
    (
        "bukti demo/jobs",
        "Banyaknya proses pembaca; satu per inti prosesor bila tidak disebut",
    ),
    (
        "bukti demo/ocr",
        "Mesin pembaca gambar: bawaan, `tesseract` bila terpasang, atau tanpa OCR",
    ),
    (
        "bukti framework validate",
        "Periksa berkas kerangka dan sebut tiap kesalahan di tempatnya",
    ),
    ("bukti framework validate/file", "Berkasnya"),
    (
        "bukti framework diff",
        "Sebutkan yang terjadi pada tiap pertanyaan dari satu edisi ke edisi lain",
    ),
    (
        "bukti framework diff/old",
        "Edisi lama: berkas, atau nama yang ada di dalam program",
    ),
    ("bukti framework diff/new", "Edisi baru"),
    (
        "bukti framework diff/map",
        "Tulis pemetaan untuk diperiksa dan dibetulkan",
    ),
    ("bukti framework diff/all", "Beserta pertanyaan yang tetap"),
    (
        "bukti framework migrate",
        "Pindahkan arsip ke edisi lain: keputusan terbawa, dokumen dikaitkan ulang",
    ),
    (
        "bukti framework migrate/new",
        "Edisi baru: berkas, atau nama yang ada di dalam program",
    ),
    (
        "bukti framework migrate/map",
        "Pemetaan yang sudah dibetulkan, seperti ditulis `diff --map`",
    ),
    (
        "bukti framework show",
        "Daftar klaster, indikator, dan pertanyaan",
    ),
    (
        "bukti framework show/indicator",
        "Hanya indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    (
        "bukti status",
        "Tampilkan isi arsip dan berkas yang perlu perhatian",
    ),
    (
        "bukti log",
        "Tampilkan riwayat tiap dokumen, dan apakah riwayat itu utuh",
    ),
    (
        "bukti log head",
        "Cetak sidik yang mewakili seluruh riwayat, untuk dicatat atau ditandatangani",
    ),
    ("bukti framework", "Lihat kerangka penilaian"),
    ("bukti serve", "Buka arsip di peramban komputer ini"),
    (
        "bukti serve/port",
        "Port yang didengarkan, hanya di komputer ini; 0 untuk yang mana saja",
    ),
    (
        "bukti serve/by",
        "Nama yang dicatat pada putusan di sana; atau `BUKTI_AUTHOR`, atau pengguna komputer ini",
    ),
    (
        "bukti serve/open",
        "Buka alamatnya di peramban komputer ini",
    ),
    (
        "bukti serve/jobs",
        "Banyaknya proses pembaca bila berkas dibaca dari halaman; satu per inti prosesor bila \
         tidak disebut",
    ),
    (
        "bukti serve/ocr",
        "Mesin pembaca gambar: bawaan, `tesseract` bila terpasang, atau tanpa OCR",
    ),
];
