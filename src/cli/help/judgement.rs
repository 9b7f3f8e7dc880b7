//! Indonesian help of the verbs for judging and telling:
//! of each command by its path, of each argument by its command's path and its own name.

pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "bukti check",
        "Nilai tiap pertanyaan seperti verifikator yang ketat",
    ),
    (
        "bukti check/as_of",
        "Nilai per tanggal ini, TTTT-BB-HH; hari ini bila tidak disebut",
    ),
    (
        "bukti check/indicator",
        "Hanya indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    ("bukti check/question", "Hanya pertanyaan ini"),
    (
        "bukti check/office",
        "Hanya pertanyaan yang diampu perangkat daerah ini",
    ),
    (
        "bukti check/cluster",
        "Hanya pertanyaan klaster ini, misalnya K3",
    ),
    (
        "bukti check/since",
        "Tunjukkan yang berubah sejak penilaian tanggal ini (TTTT-BB-HH) atau \
         bernomor ini, atau sejak penilaian terakhir arsip lain, misalnya arsip tahun \
         lalu",
    ),
    (
        "bukti check/all",
        "Beserta tiap pertanyaan, bukan hanya jumlah dan celah bernilai terbesar",
    ),
    (
        "bukti check/format",
        "Bentuk laporan: teks, JSON, CSV, buku kerja XLSX (perlu --output), halaman \
         HTML, SARIF, JUnit",
    ),
    ("bukti check/output", "Tulis laporan ke berkas ini"),
    (
        "bukti check/fail_on",
        "Kode keluar 1 bila ada pertanyaan yang gugur atau belum ada buktinya \
         (error), atau juga yang lemah dan perlu dilihat (warning)",
    ),
    (
        "bukti letter",
        "Tulis surat untuk tiap perangkat daerah yang harus bertindak, DOCX dan HTML",
    ),
    ("bukti letter/to", "Folder tempat surat ditulis"),
    ("bukti letter/office", "Hanya untuk perangkat daerah ini"),
    (
        "bukti letter/deadline",
        "Batas waktu, TTTT-BB-HH; menurut jadwal bila tidak disebut",
    ),
    (
        "bukti letter/as_of",
        "Nilai per tanggal ini, TTTT-BB-HH; hari ini bila tidak disebut",
    ),
    (
        "bukti calendar",
        "Tampilkan tahap evaluasi dan sisa harinya",
    ),
    (
        "bukti calendar/set",
        "Ingat hari terakhir satu tahap, misalnya mandiri=2026-03-31",
    ),
    (
        "bukti calendar/as_of",
        "Hitung hari dari tanggal ini, TTTT-BB-HH; hari ini bila tidak disebut",
    ),
    (
        "bukti answers export",
        "Tulis lembar isian XLSX atau CSV, dengan jawaban yang sudah ada",
    ),
    ("bukti answers export/file", "Berkas XLSX atau CSV"),
    (
        "bukti answers import",
        "Ambil lembar yang sudah diisi; bila satu baris keliru, tidak ada yang \
         diambil",
    ),
    ("bukti answers import/file", "Berkas XLSX atau CSV"),
    (
        "bukti answers",
        "Nilai yang diberikan daerah kepada dirinya sendiri, dalam lembar isian",
    ),
];
