//! The Indonesian help. clap makes the help from [`super::args`] in English; here every text
//! a person may meet is laid over it, each by its full path: two verbs may call an argument
//! alike and mean something else by it.

mod archive;
mod custody;
mod evidence;
mod judgement;
mod reading;

use crate::model::Lang;
use clap::Command;
use clap::builder::{PossibleValue, StyledStr};

const TEMPLATE_ID: &str = "\
{about-with-newline}
Pemakaian: {usage}

{all-args}{after-help}";

/// The texts by family of verbs; the first are those of the program itself.
const FAMILIES: [&[(&str, &str)]; 6] = [
    OWN,
    archive::TEXTS,
    reading::TEXTS,
    evidence::TEXTS,
    judgement::TEXTS,
    custody::TEXTS,
];

/// What stands at the top, and the arguments that every verb takes.
const OWN: &[(&str, &str)] = &[
    (
        "bukti",
        "Membaca dokumen perangkat daerah, mengaitkan tiap dokumen dengan pertanyaan \
         yang dibuktikannya, dan menilai apakah ia lolos verifikasi",
    ),
    (
        "bukti/archive",
        "Arsip yang dipakai; atau `BUKTI_ARCHIVE`, atau folder induk terdekat yang \
         memuatnya",
    ),
    (
        "bukti/lang",
        "Bahasa tampilan; atau `BUKTI_LANG`, atau bahasa sistem, atau Indonesia",
    ),
    (
        "bukti/json",
        "Cetak JSON untuk program, bukan teks untuk orang",
    ),
    ("bukti/color", "Kapan memakai warna"),
    (
        "bukti/verbose",
        "Ceritakan yang terjadi di dalam, pada galat standar",
    ),
];

/// The flags that clap adds to every command.
const HELP: &str = "Tampilkan bantuan";
const VERSION: &str = "Tampilkan versi";

/// What an argument's values mean: argument, value, meaning.
const VALUES: &[(&str, &str, &str)] = &[
    ("lang", "id", "Bahasa Indonesia"),
    ("lang", "en", "bahasa Inggris"),
    ("color", "auto", "bila terminal menampilkannya"),
    ("color", "always", "selalu"),
    ("color", "never", "tidak pernah"),
    ("ocr", "embedded", "yang tertanam di program ini"),
    ("ocr", "tesseract", "program `tesseract`, bila terpasang"),
    (
        "ocr",
        "none",
        "tidak ada: halaman yang berupa gambar tidak dibaca",
    ),
    ("format", "table", "teks untuk terminal"),
    ("format", "json", "satu objek JSON"),
    (
        "format",
        "csv",
        "nilai dipisah koma, satu baris tiap temuan",
    ),
    (
        "format",
        "xlsx",
        "buku kerja dengan satu lembar tiap perangkat daerah; perlu --output",
    ),
    (
        "format",
        "html",
        "halaman untuk ponsel dan kertas, dalam satu berkas",
    ),
    ("format", "sarif", "SARIF 2.1.0"),
    ("format", "junit", "XML JUnit"),
    (
        "fail_on",
        "error",
        "ada pertanyaan tanpa bukti, atau semua buktinya gugur",
    ),
    (
        "fail_on",
        "warning",
        "itu, atau ada bukti yang bercela atau masih perlu dilihat orang",
    ),
];

/// What stands below the arguments.
const AFTER: &[(&str, &str)] = &[
    (
        "bukti esign",
        "Tidak ada yang diunduh: yang disebut ada di dalam berkas itu sendiri. Hanya \
         sertifikat yang Anda percayai membuat penanda tangan dikenal; tanpa itu paling jauh \
         dikatakan \"utuh, penerbit tidak dikenal\". Kode keluar: 0 tidak ada tanda tangan yang \
         rusak atau berubah (berkas boleh tanpa tanda tangan); 1 ada; 3 ada berkas yang tidak \
         terbaca.",
    ),
    (
        "bukti",
        "Kode keluar: 0 beres; 1 tidak ditemukan atau ada yang salah (berkas berubah \
         atau hilang, paket atau riwayat tidak utuh); 2 perintah keliru; 3 sebagian \
         berkas tidak terbaca; 10 tidak ada arsip; 11 arsip sedang dipakai; 130 \
         dihentikan.",
    ),
    (
        "bukti index",
        "Yang dibaca: PDF; JPEG, PNG, TIFF, WebP, BMP, GIF, HEIC; Word, Excel, \
         PowerPoint (lama dan baru, juga XML 2003), OpenDocument, RTF, HTML, CSV dan \
         teks; surel (EML, MSG, MHTML, winmail.dat); berkas yang terlampir atau \
         disisipkan di dalam semuanya; isi ZIP, 7z, RAR, TAR, gzip, bzip2 dan xz. \
         Lainnya tetap tercatat dengan keadaannya.\n\n\
         Keadaan, yang jumlahnya selalu sama dengan berkas yang dilihat: indexed, \
         duplicate (terbaca; isinya sama persis dengan berkas lain); unpacked \
         (wadah: tiap isinya berkas tersendiri, `luar.zip » dalam.pdf`); password, \
         damaged, empty, unsupported, too_large (berkasnya perlu dibenahi); failed, \
         unreadable, changed (ulangi); ignored, link (berkas sementara program; \
         tautan yang tidak diikuti).",
    ),
    (
        "bukti check",
        "Nilai dan pembagian poin sebagian dugaan, maka hasilnya perkiraan untuk \
         berbenah, bukan nilai resmi. Tanda tangan dan cap dinilai bila terlihat \
         pasti; bila tidak, pertanyaannya perlu dilihat orang, bukan lolos. Sah \
         tidaknya tanda tangan digital tidak diperiksa. Kosong tidaknya sel sebuah \
         matriks dinilai dari angkanya saja. Kecamatan dan desa dihitung dari \
         penerbit dokumennya; berapa seluruhnya hanya diketahui dari daftar (`bukti \
         places`).",
    ),
    (
        "bukti verify",
        "Bila semua berkas satu folder (dua atau lebih) hilang sekaligus, foldernya \
         disebut tak terjangkau (kode keluar 3), bukan berkasnya hilang; bila memang \
         dihapus, `bukti index` mencatatnya.",
    ),
    (
        "bukti backup",
        "Untuk memulihkan, taruh foldernya di tempat arsip semula lalu jalankan \
         `bukti doctor --repair` padanya: indeks pencarian dibuat ulang.",
    ),
    (
        "bukti export",
        "Paketnya memuat dokumen yang kaitannya yakin (0,8 ke atas). `sha256sum -c` \
         dan alat BagIt apa pun dapat memeriksanya. Salinan kecil hanya untuk \
         unggahan: gambar halaman 100 sampai 200 dpi dengan teks yang terbaca, tanpa \
         tanda tangan elektronik aslinya. Dokumen yang pada 100 dpi pun melebihi \
         batas (2M: kira-kira 20 halaman pindaian) dan dokumen program kantor tidak \
         mendapat salinan; alasannya disebut.",
    ),
    (
        "bukti log",
        "`log verify` menemukan catatan yang diubah, dihapus, disisipkan, atau \
         dipindah; catatan yang dipotong dari ujungnya hanya ketahuan dengan kepala \
         yang pernah dicatat (`log head`). Cap waktu diperiksa dengan sertifikat yang \
         dipercayai arsip (`bukti anchors`).",
    ),
    (
        "bukti calendar",
        "Jadwal tahun yang belum tercatat adalah perkiraan dari tahun lain.",
    ),
    (
        "bukti bag validate",
        "Dari 54 paket uji Library of Congress yang berlaku di semua sistem, 53 \
         dinilai sama; satu (`special-system-files`) kehilangan berkas `.DS_Store` \
         di tempat asalnya, dan berkas yang hilang adalah kesalahan.",
    ),
];

/// Returns the command line's definition, its help in `lang`.
pub fn localised(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Id => indonesian(command, "bukti"),
    }
}

fn indonesian(command: Command, path: &str) -> Command {
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
    if let Some(about) = text(path) {
        command = command.about(about);
    }
    if let Some((_, text)) = AFTER.iter().find(|(key, _)| *key == path) {
        command = command.after_help(*text);
    }
    // Under a heading of its own, clap would list them by name.
    let mut places = 0..;
    command = command.mut_args(|argument| {
        let text = argument_text(path, argument.get_id().as_str());
        let heading = if argument.is_positional() {
            "Argumen"
        } else {
            "Opsi"
        };
        let place = places.next().filter(|_| argument.is_positional());
        let argument = match place {
            Some(place) => argument.display_order(place),
            None => argument,
        };
        let argument = argument.help_heading(heading);
        match text {
            Some(text) => with_help(argument, text),
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

/// Gives an argument its Indonesian help. What clap says of values by itself it says in English.
fn with_help(argument: clap::Arg, text: &str) -> clap::Arg {
    let values = argument.get_possible_values();
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let default = argument.get_default_values().iter();
    let default: Vec<String> = default.map(|v| v.to_string_lossy().into()).collect();
    if !argument.get_action().takes_values() || (names.is_empty() && default.is_empty()) {
        return argument.help(text.to_owned());
    }
    let default = match default.is_empty() {
        true => String::new(),
        false => format!("[bawaan: {}]", default.join(", ")),
    };
    let argument = argument.hide_possible_values(true).hide_default_value(true);
    if names.is_empty() {
        return argument.help(format!("{text} {default}"));
    }
    let short = format!("{text} [pilihan: {}] {default}", names.join(", "));
    let id = argument.get_id().to_string();
    let list: Vec<String> = names.iter().map(|name| listed(&id, name)).collect();
    let long = format!("{text}\n\nPilihan:\n{}\n\n{default}", list.join("\n"));
    let trimmed = |text: String| text.trim_end().to_owned();
    argument.help(trimmed(short)).long_help(trimmed(long))
}

fn listed(argument: &str, name: &str) -> String {
    match meaning(argument, name) {
        Some(meaning) => format!("- {name}: {meaning}"),
        None => format!("- {name}"),
    }
}

/// Returns what a value of an argument means.
fn meaning(argument: &str, name: &str) -> Option<&'static str> {
    let mut values = VALUES.iter();
    let found = values.find(|(of, value, _)| (*of, *value) == (argument, name));
    found.map(|(.., meaning)| *meaning)
}

fn flag(name: &'static str, short: char, action: clap::ArgAction) -> clap::Arg {
    clap::Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(StyledStr::new())
}

fn argument_text(path: &str, argument: &str) -> Option<&'static str> {
    match argument {
        "help" => Some(HELP),
        "version" => Some(VERSION),
        _ => text(&format!("{path}/{argument}")),
    }
}

/// Returns the text of a command, or of an argument after a stroke.
fn text(key: &str) -> Option<&'static str> {
    let all = FAMILIES.iter().copied().flatten();
    let mut found = all.filter(|(path, _)| *path == key);
    found.next().map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Args;
    use clap::CommandFactory;

    /// Each argument: its command's path, its own name and its English help.
    fn each_argument(
        command: &Command,
        path: &str,
        seen: &mut Vec<(String, String, String)>,
    ) {
        for argument in command.get_arguments() {
            let english = argument.get_help().map(ToString::to_string);
            let id = argument.get_id().to_string();
            seen.push((path.to_owned(), id, english.unwrap_or_default()));
        }
        for child in command.get_subcommands() {
            each_argument(child, &format!("{path} {}", child.get_name()), seen);
        }
    }

    fn arguments() -> Vec<(String, String, String)> {
        let mut seen = Vec::new();
        each_argument(&Args::command(), "bukti", &mut seen);
        seen.retain(|(path, ..)| !path.ends_with("extract-worker"));
        seen
    }

    #[test]
    fn everything_a_person_meets_has_indonesian_words() {
        let command = Args::command();
        for (path, argument, _) in arguments() {
            assert!(text(&path).is_some(), "{path}");
            assert!(
                argument_text(&path, &argument).is_some(),
                "{path} {argument}"
            );
        }
        let known = FAMILIES.iter().copied().flatten().chain(AFTER);
        for path in known.map(|(key, _)| key.split('/').next().unwrap()) {
            let mut depth = path.split(' ').skip(1);
            let found = depth.try_fold(&command, |c, n| c.find_subcommand(n));
            let found = found.unwrap_or_else(|| panic!("{path} is no command"));
            let is_laid_over = AFTER.iter().any(|(key, _)| *key == path);
            assert_eq!(found.get_after_help().is_some(), is_laid_over, "{path}");
        }
    }

    #[test]
    fn every_text_is_of_something_and_said_once() {
        let arguments = arguments();
        let mut keys: Vec<&str> = FAMILIES
            .iter()
            .copied()
            .flatten()
            .map(|(key, _)| *key)
            .collect();
        for (path, argument) in keys.iter().filter_map(|key| key.split_once('/')) {
            let is_there = arguments.iter().any(|(p, a, _)| p == path && a == argument);
            assert!(is_there, "{path} takes no {argument}");
        }
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }

    #[test]
    fn what_is_one_text_in_indonesian_is_one_in_english() {
        let mut english = std::collections::BTreeMap::new();
        for (path, argument, text) in arguments() {
            let own = argument_text(&path, &argument).unwrap();
            let (first, before) = english
                .entry(own)
                .or_insert_with(|| (format!("{path} {argument}"), text.clone()));
            assert_eq!(*before, text, "{first} and {path} {argument}: {own}");
        }
    }

    #[test]
    fn every_value_that_means_something_is_told() {
        fn each(command: &Command, told: &mut Vec<(String, String)>) {
            for argument in command.get_arguments() {
                let values = argument.get_possible_values().into_iter();
                let meant = values.filter(|value| value.get_help().is_some());
                let id = argument.get_id().to_string();
                told.extend(meant.map(|v| (id.clone(), v.get_name().to_owned())));
            }
            command
                .get_subcommands()
                .for_each(|child| each(child, told));
        }
        let mut meant = Vec::new();
        each(&Args::command(), &mut meant);
        assert!(meant.len() >= VALUES.len());
        for (argument, value) in &meant {
            assert!(meaning(argument, value).is_some(), "{argument} {value}");
        }
        for (argument, value, _) in VALUES {
            let own = ((*argument).to_owned(), (*value).to_owned());
            assert!(meant.contains(&own), "{argument} takes no {value}");
        }
        let help = localised(Args::command(), Lang::Id)
            .render_long_help()
            .to_string();
        for english in ["Possible values", "[default"] {
            assert!(!help.contains(english), "{help}");
        }
    }

    #[test]
    fn the_indonesian_command_line_is_sound() {
        localised(Args::command(), Lang::Id).debug_assert();
        localised(Args::command(), Lang::En).debug_assert();
    }
}
