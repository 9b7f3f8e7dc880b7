//! The Indonesian help. clap makes the help from [`super::args`] in English; here every text
//! a person may meet is laid over it.

use crate::model::Lang;
use clap::{Command, builder::StyledStr};

const TEMPLATE_ID: &str = "\
{about-with-newline}
Pemakaian: {usage}

{all-args}{after-help}";

/// The text of each command, by its path.
const COMMANDS: &[(&str, &str)] = &[
    (
        "bukti",
        "Membaca dokumen perangkat daerah, mengaitkan tiap dokumen dengan pertanyaan yang \
         dibuktikannya, dan menilai apakah ia lolos verifikasi",
    ),
    ("bukti init", "Buat arsip untuk satu daerah dan tahun"),
    (
        "bukti index",
        "Baca folder ke dalam arsip; berkas aslinya tidak pernah disentuh",
    ),
    (
        "bukti search",
        "Cari dokumen menurut kata, pertanyaan, indikator, jenis, tahun, perangkat daerah",
    ),
    ("bukti show", "Tampilkan semua tentang satu dokumen"),
    (
        "bukti decide",
        "Tetapkan dokumen mana membuktikan pertanyaan mana; ditanya satu per satu bila tidak disebut",
    ),
    (
        "bukti decide accept",
        "Nyatakan usulan benar; bila banyak sekaligus, yang keyakinannya 80 % ke atas kecuali --least disebut",
    ),
    ("bukti decide reject", "Nyatakan usulan salah"),
    (
        "bukti decide link",
        "Kaitkan dokumen dengan pertanyaan, diusulkan atau tidak",
    ),
    (
        "bukti decide unlink",
        "Nyatakan dokumen tidak membuktikan pertanyaan, diusulkan atau tidak",
    ),
    ("bukti decide undo", "Urungkan keputusan"),
    ("bukti decide list", "Daftar keputusan, yang terbaru dahulu"),
    (
        "bukti decide learned",
        "Tampilkan yang dipelajari dari keputusan",
    ),
    (
        "bukti activities",
        "Daftar kegiatan beserta dokumen dan fotonya",
    ),
    (
        "bukti check",
        "Nilai tiap pertanyaan seperti verifikator yang ketat",
    ),
    (
        "bukti letter",
        "Tulis surat untuk tiap perangkat daerah yang harus bertindak, DOCX dan HTML",
    ),
    (
        "bukti calendar",
        "Tampilkan tahap evaluasi dan sisa harinya",
    ),
    (
        "bukti answers",
        "Nilai yang diberikan daerah kepada dirinya sendiri, dalam lembar isian",
    ),
    (
        "bukti answers export",
        "Tulis lembar isian XLSX atau CSV, dengan jawaban yang sudah ada",
    ),
    (
        "bukti answers import",
        "Ambil lembar yang sudah diisi; bila satu baris keliru, tidak ada yang diambil",
    ),
    (
        "bukti places",
        "Ambil daftar kecamatan dan desa daerah, atau tampilkan jumlahnya",
    ),
    (
        "bukti duplicates",
        "Tampilkan yang tersimpan ganda: berkas, pindaian satu dokumen, foto",
    ),
    (
        "bukti status",
        "Tampilkan isi arsip dan berkas yang perlu perhatian",
    ),
    (
        "bukti verify",
        "Baca ulang berkas dan sebut yang tidak lagi sama dengan saat masuk arsip",
    ),
    (
        "bukti forget",
        "Lepas tempat yang tidak lagi dicari berkasnya, misalnya share yang pindah; keputusan tetap",
    ),
    (
        "bukti keep",
        "Simpan salinan bukti di dalam arsip, agar tetap ada bila share hilang",
    ),
    ("bukti restore", "Kembalikan salinan yang tersimpan"),
    (
        "bukti doctor",
        "Periksa arsipnya sendiri, dan buat ulang yang dapat dibuat ulang",
    ),
    (
        "bukti backup",
        "Tulis salinan arsip yang juga sebuah arsip, sementara yang lain tetap berjalan",
    ),
    (
        "bukti export",
        "Serahkan bukti sebagai paket yang dapat diperiksa siapa pun",
    ),
    (
        "bukti import",
        "Terima paket dari pihak lain: periksa, baca, nilai ulang",
    ),
    ("bukti bag", "Periksa paket bukti (BagIt), dari siapa pun"),
    (
        "bukti bag validate",
        "Periksa paket terhadap manifesnya dan sebut semua yang salah",
    ),
    (
        "bukti log",
        "Tampilkan riwayat tiap dokumen, dan apakah riwayat itu utuh",
    ),
    (
        "bukti log show",
        "Cetak yang terjadi pada satu dokumen atau semuanya",
    ),
    (
        "bukti log verify",
        "Periksa bahwa tak satu catatan pun diubah, dihapus, disisipkan, atau dipindah",
    ),
    (
        "bukti log head",
        "Cetak sidik yang mewakili seluruh riwayat, untuk dicatat atau ditandatangani",
    ),
    (
        "bukti log stamp",
        "Mintakan cap waktu (RFC 3161) bagi kepala riwayat, lewat berkas",
    ),
    (
        "bukti inspect",
        "Baca berkas tanpa arsip dan tampilkan apa yang ditemukan",
    ),
    (
        "bukti demo",
        "Jalankan seluruh pekerjaan atas contoh buatan di arsip sementara",
    ),
    ("bukti framework", "Lihat kerangka penilaian"),
    (
        "bukti framework validate",
        "Periksa berkas kerangka dan sebut tiap kesalahan di tempatnya",
    ),
    (
        "bukti framework diff",
        "Sebutkan yang terjadi pada tiap pertanyaan dari satu edisi ke edisi lain",
    ),
    (
        "bukti framework migrate",
        "Pindahkan arsip ke edisi lain: keputusan terbawa, dokumen dikaitkan ulang",
    ),
    (
        "bukti framework show",
        "Daftar klaster, indikator, dan pertanyaan",
    ),
    (
        "bukti extract-worker",
        "Baca berkas atas permintaan proses bukti lain",
    ),
];

/// The text of each argument, by its name; an argument means the same in every command unless
/// its command stands before it.
const ARGUMENTS: &[(&str, &str)] = &[
    (
        "archive",
        "Arsip yang dipakai; atau `BUKTI_ARCHIVE`, atau folder induk terdekat yang memuatnya",
    ),
    (
        "lang",
        "Bahasa tampilan; atau `BUKTI_LANG`, atau bahasa sistem, atau Indonesia",
    ),
    ("json", "Cetak JSON untuk program, bukan teks untuk orang"),
    ("color", "Kapan memakai warna"),
    (
        "verbose",
        "Ceritakan yang terjadi di dalam, pada galat standar",
    ),
    ("help", "Tampilkan bantuan"),
    ("photos", "Hanya foto yang dipakai lebih dari sekali"),
    (
        "duplicates_text",
        "Hanya dokumen yang dipindai atau disimpan lebih dari sekali",
    ),
    ("version", "Tampilkan versi"),
    ("folder", "Folder arsip; dibuat bila belum ada"),
    (
        "region",
        "Pemerintah daerah pemilik bukti, misalnya \"Kabupaten Bantul\"",
    ),
    (
        "inspect/region",
        "Pemerintah pemilik dokumen, bila tidak ada dalam daftar resmi",
    ),
    (
        "framework",
        "Kerangka penilaian; yang bawaan bila tidak disebut",
    ),
    (
        "init/year",
        "Tahun verifikasi; tahun ini bila tidak disebut",
    ),
    (
        "jobs",
        "Banyaknya proses pembaca; satu per inti prosesor bila tidak disebut",
    ),
    (
        "ocr",
        "Mesin pembaca gambar: bawaan, `tesseract` bila terpasang, atau tanpa OCR",
    ),
    ("folders", "Folder atau berkas yang dibaca"),
    (
        "retry_failed",
        "Baca ulang berkas dan halaman yang dulu gagal",
    ),
    (
        "quick",
        "Baca hanya halaman awal dan akhir pindaian panjang; sisanya dibaca lain kali",
    ),
    (
        "words",
        "Kata yang dicari, semuanya; \"frasa\", awal*, mirip~, -tanpa",
    ),
    (
        "search/indicator",
        "Hanya bukti untuk indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    (
        "search/question",
        "Hanya bukti untuk pertanyaan ini, misalnya KLA24-17-Q3a",
    ),
    (
        "search/office",
        "Hanya bukti yang diampu perangkat daerah ini",
    ),
    ("kind", "Hanya jenis dokumen ini, misalnya perda"),
    ("search/year", "Hanya dokumen tahun ini"),
    ("issuer", "Hanya dokumen terbitan pemerintah ini"),
    (
        "state",
        "Hanya berkas atau bukti dalam keadaan ini, misalnya password atau weak",
    ),
    ("confident", "Hanya kaitan yang yakin"),
    (
        "unlinked",
        "Hanya dokumen yang tidak terkait pertanyaan mana pun",
    ),
    (
        "search/list",
        "Cari seluruh daftar, satu dokumen tiap baris: mana yang ada, edisi yang mana",
    ),
    ("limit", "Paling banyak sekian dokumen"),
    ("document", "Path, akhir path, atau angka awal SHA-256"),
    ("text", "Beserta seluruh teksnya"),
    (
        "as_of",
        "Nilai per tanggal ini, TTTT-BB-HH; hari ini bila tidak disebut",
    ),
    (
        "indicator",
        "Hanya indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    ("question", "Hanya pertanyaan ini"),
    (
        "office",
        "Hanya pertanyaan yang diampu perangkat daerah ini",
    ),
    (
        "all",
        "Beserta tiap pertanyaan, bukan hanya jumlah dan celah bernilai terbesar",
    ),
    ("decide/words", "Hanya dokumen yang memuat kata-kata ini"),
    ("accept/words", "Hanya dokumen yang memuat kata-kata ini"),
    ("reject/words", "Hanya dokumen yang memuat kata-kata ini"),
    ("decide/folder", "Hanya dokumen di bawah folder ini"),
    ("accept/folder", "Hanya dokumen di bawah folder ini"),
    ("reject/folder", "Hanya dokumen di bawah folder ini"),
    (
        "least",
        "Hanya usulan yang keyakinannya sedikitnya sekian persen",
    ),
    ("list", "Daftar usulan yang menunggu, tanpa bertanya"),
    (
        "by",
        "Nama yang dicatat bersama keputusan; atau `BUKTI_AUTHOR`, atau pengguna komputer ini",
    ),
    ("note", "Catatan yang disimpan bersama keputusan"),
    ("questions", "Pertanyaan, misalnya KLA24-17-Q3a"),
    ("yes", "Tetapkan semuanya tanpa bertanya"),
    ("number", "Nomornya; yang terakhir bila tidak disebut"),
    (
        "old",
        "Edisi lama: berkas, atau nama yang ada di dalam program",
    ),
    (
        "new",
        "Edisi baru: berkas, atau nama yang ada di dalam program",
    ),
    ("diff/map", "Tulis pemetaan untuk diperiksa dan dibetulkan"),
    (
        "migrate/map",
        "Pemetaan yang sudah dibetulkan, seperti ditulis `diff --map`",
    ),
    ("diff/all", "Beserta pertanyaan yang tetap"),
    ("reset", "Lupakan; keputusannya sendiri tetap berlaku"),
    (
        "budget",
        "Berhenti setelah sekian lama, misalnya 30m atau 2h; lain kali dilanjutkan dari yang terlama",
    ),
    ("round", "Hanya berkas yang belum diperiksa sekian hari"),
    (
        "verify/jobs",
        "Banyaknya berkas yang dibaca bersamaan; satu per inti prosesor bila tidak disebut",
    ),
    (
        "validate/jobs",
        "Banyaknya berkas yang dibaca bersamaan; satu per inti prosesor bila tidak disebut",
    ),
    (
        "import/folder",
        "Arsip yang menerimanya; dibuat bila belum ada",
    ),
    (
        "import/region",
        "Pemerintah daerah pemilik bukti, bila paket tidak menyebutnya",
    ),
    (
        "import/year",
        "Tahun verifikasi, bila paket tidak menyebutnya",
    ),
    (
        "index/keep",
        "Lalu simpan salinan semua bukti yang yakin, seperti `keep`",
    ),
    (
        "forget/places",
        "Folder atau berkas seperti saat dibaca; boleh sudah tidak ada",
    ),
    ("forget/plan", "Hanya sebut apa yang akan dilepas"),
    (
        "forget/yes",
        "Lepas juga dokumen yang tidak ada di tempat lain",
    ),
    (
        "forget/by",
        "Nama yang dicatat di riwayat; atau `BUKTI_AUTHOR`, atau pengguna komputer ini",
    ),
    (
        "keep/words",
        "Simpan yang ditemukan kata-kata ini; tanpa kata dan saringan, semua bukti yang yakin",
    ),
    ("keep/all", "Semua dokumen yang terbaca"),
    ("into", "Folder tujuannya, dengan nama semula"),
    (
        "repair",
        "Buat ulang yang turunan, pulihkan salinan yang rusak, dan sebut apa yang dilakukan",
    ),
    ("backup/folder", "Folder yang ditulis; belum boleh ada"),
    (
        "without_documents",
        "Tanpa dokumen yang tersimpan di arsip (salinan bukti, paket yang diterima); salin sendiri \
         folder `kept` dan `imported`-nya",
    ),
    ("keep/office", "Bukti yang diampu perangkat daerah ini"),
    ("export/question", "Bukti untuk pertanyaan ini"),
    (
        "export/indicator",
        "Bukti untuk indikator ini: nomor, bagian seperti 21A, atau kode",
    ),
    ("export/office", "Bukti yang diampu perangkat daerah ini"),
    ("export/all", "Bukti untuk semua pertanyaan"),
    (
        "to",
        "Tempat paketnya: folder, atau nama yang berakhir .zip",
    ),
    ("plan", "Hanya tampilkan apa yang akan masuk dan di mana"),
    (
        "include_personal",
        "Sertakan juga dokumen yang memuat data pribadi",
    ),
    (
        "max_size",
        "Sebut dokumen yang lebih besar dari ini, misalnya 2M",
    ),
    (
        "smaller",
        "Di samping tiap dokumen itu, PDF kecil dari halamannya yang dapat dicari, untuk unggahan; aslinya tetap dan itulah yang berlaku",
    ),
    ("package", "Folder atau berkas ZIP paketnya"),
    (
        "about",
        "Path, akhir path, atau angka awal SHA-256; semuanya bila tidak disebut",
    ),
    (
        "head",
        "Sidik kepala yang pernah dicatat; harus masih ada di riwayat",
    ),
    (
        "request",
        "Tulis permintaan untuk penerbit cap waktu ke berkas ini",
    ),
    (
        "attach",
        "Simpan jawaban penerbit cap waktu, setelah terbukti untuk riwayat ini",
    ),
    ("letter/to", "Folder tempat surat ditulis"),
    ("letter/office", "Hanya untuk perangkat daerah ini"),
    (
        "deadline",
        "Batas waktu, TTTT-BB-HH; menurut jadwal bila tidak disebut",
    ),
    (
        "set",
        "Ingat hari terakhir satu tahap, misalnya mandiri=2026-03-31",
    ),
    (
        "calendar/as_of",
        "Hitung hari dari tanggal ini, TTTT-BB-HH; hari ini bila tidak disebut",
    ),
    (
        "since",
        "Tunjukkan yang berubah sejak penilaian tanggal ini (TTTT-BB-HH) atau bernomor ini, atau \
         sejak penilaian terakhir arsip lain, misalnya arsip tahun lalu",
    ),
    ("export/file", "Berkas XLSX atau CSV"),
    ("import/file", "Berkas XLSX atau CSV"),
    ("cluster", "Hanya pertanyaan klaster ini, misalnya K3"),
    (
        "format",
        "Bentuk laporan: teks, JSON, CSV, buku kerja XLSX (perlu --output), halaman HTML, SARIF, \
         JUnit",
    ),
    ("output", "Tulis laporan ke berkas ini"),
    (
        "fail_on",
        "Kode keluar 1 bila ada pertanyaan yang gugur atau belum ada buktinya (error), atau juga \
         yang lemah dan perlu dilihat (warning)",
    ),
    ("paths", "Berkas atau folder yang dibaca"),
    ("file", "Berkasnya"),
];

/// What stands below the arguments.
const AFTER: &[(&str, &str)] = &[(
    "bukti backup",
    "Untuk memulihkan, taruh foldernya di tempat arsip semula lalu jalankan `bukti doctor --repair` \
     padanya: indeks pencarian dibuat ulang.",
)];

/// Returns the command line's definition, its help in `lang`.
pub fn localised(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Id => indonesian(command, "bukti"),
    }
}

fn indonesian(command: Command, path: &str) -> Command {
    let name = path.rsplit(' ').next().unwrap_or(path).to_owned();
    let about = COMMANDS
        .iter()
        .find(|(key, _)| *key == path)
        .map(|(_, text)| *text);
    let mut command = command
        .help_template(TEMPLATE_ID)
        .subcommand_help_heading("Perintah")
        .subcommand_value_name("PERINTAH")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', clap::ArgAction::Help));
    if path == "bukti" {
        command = command.arg(flag("version", 'V', clap::ArgAction::Version));
    }
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some((_, text)) = AFTER.iter().find(|(key, _)| *key == path) {
        command = command.after_help(*text);
    }
    command = command.mut_args(|argument| {
        let text = argument_text(&name, argument.get_id().as_str());
        let heading = if argument.is_positional() {
            "Argumen"
        } else {
            "Opsi"
        };
        let argument = argument.help_heading(heading);
        match text {
            Some(text) => argument.help(text).hide_possible_values(false),
            None => argument,
        }
    });
    let children: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    for child in children {
        let path = format!("{path} {child}");
        command = command.mut_subcommand(&child, |c| indonesian(c, &path));
    }
    command
}

fn flag(name: &'static str, short: char, action: clap::ArgAction) -> clap::Arg {
    clap::Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(StyledStr::new())
}

fn argument_text(command: &str, argument: &str) -> Option<&'static str> {
    let own = format!("{command}/{argument}");
    let find = |key: &str| {
        ARGUMENTS
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, text)| *text)
    };
    find(&own).or_else(|| find(argument))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Args;
    use clap::CommandFactory;

    fn each(command: &Command, path: &str, seen: &mut Vec<(String, String)>) {
        for argument in command.get_arguments() {
            seen.push((path.to_owned(), argument.get_id().to_string()));
        }
        for child in command.get_subcommands() {
            each(child, &format!("{path} {}", child.get_name()), seen);
        }
    }

    #[test]
    fn everything_a_person_meets_has_indonesian_words() {
        let command = Args::command();
        let mut seen = Vec::new();
        each(&command, "bukti", &mut seen);
        for (path, argument) in &seen {
            assert!(COMMANDS.iter().any(|(key, _)| key == path), "{path}");
            let hidden = path.ends_with("extract-worker");
            let name = path.rsplit(' ').next().unwrap();
            assert!(
                hidden || argument_text(name, argument).is_some(),
                "{path} {argument}"
            );
        }
        for (path, _) in COMMANDS.iter().chain(AFTER) {
            let mut depth = path.split(' ').skip(1);
            let found = depth.try_fold(&command, |c, n| c.find_subcommand(n));
            let found = found.unwrap_or_else(|| panic!("{path} is no command"));
            let is_laid_over = AFTER.iter().any(|(key, _)| key == path);
            assert_eq!(found.get_after_help().is_some(), is_laid_over, "{path}");
        }
    }

    #[test]
    fn the_indonesian_command_line_is_sound() {
        localised(Args::command(), Lang::Id).debug_assert();
        localised(Args::command(), Lang::En).debug_assert();
    }
}
