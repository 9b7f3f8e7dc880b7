//! What the integration tests share.

use assert_cmd::Command;
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::Output,
};

/// Returns the program under test, speaking English, deaf to this machine's settings.
pub fn bukti() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bukti"));
    command
        .env_remove("BUKTI_ARCHIVE")
        .env_remove("BUKTI_LOG")
        .env("BUKTI_LANG", "en");
    command
}

/// Returns a file of this repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns the made-up share.
pub fn share() -> PathBuf {
    repository("samples/kabupaten-contoh/share")
}

/// Makes an archive for the made-up regency.
pub fn archive(folder: &Path) -> PathBuf {
    let archive = folder.join("archive");
    bukti()
        .args(["init", "--region", "Kabupaten Contoh", "--year", "2025"])
        .arg(&archive)
        .assert()
        .success();
    archive
}

/// Runs a verb on an archive, in the name of Sri.
pub fn run(archive: &Path, arguments: &[&str]) -> Output {
    let mut command = bukti();
    command.env("BUKTI_AUTHOR", "Sri").args(arguments);
    command.arg("--archive").arg(archive).output().unwrap()
}

/// Returns what the program printed.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Parses what the program printed as JSON lines.
pub fn json_lines(output: &[u8]) -> Vec<serde_json::Value> {
    let text = std::str::from_utf8(output).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Runs a verb with --json and gives its exit code and what it printed, which keeps to its
/// schema.
pub fn said(command: &mut Command, schema: &str) -> (i32, Value) {
    let run = command.arg("--json").output().unwrap();
    let said = json_lines(&run.stdout).remove(0);
    if said["error"].is_null() {
        super::schemas::hold(schema, std::slice::from_ref(&said));
    }
    (run.status.code().unwrap(), said)
}

/// Makes a share of `texts`, each a file with its number for a name, and an archive that has
/// read it.
pub fn taken_in(folder: &Path, texts: &[String]) -> (PathBuf, PathBuf) {
    let share = folder.join("share");
    std::fs::create_dir_all(&share).unwrap();
    for (number, text) in texts.iter().enumerate() {
        std::fs::write(share.join(format!("{number}.txt")), text).unwrap();
    }
    let archive = archive(folder);
    let run = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &share])
        .assert();
    run.success();
    (archive, share)
}

/// Lets all that lies in a folder, or a file, be removed: not every Windows removes what is
/// write-protected, as copies of evidence are.
#[cfg(windows)]
#[allow(clippy::permissions_set_readonly_false, reason = "Windows only")]
pub fn unprotect(place: &Path) {
    for entry in walkdir::WalkDir::new(place) {
        let entry = entry.unwrap();
        let mut permissions = entry.metadata().unwrap().permissions();
        permissions.set_readonly(false);
        std::fs::set_permissions(entry.path(), permissions).unwrap();
    }
}

/// Elsewhere the right to remove is the folder's.
#[cfg(not(windows))]
pub fn unprotect(_place: &Path) {}

/// Writes a regulation and the papers of one meeting as text, which every build reads.
pub fn papers(folder: &Path) -> PathBuf {
    let share = folder.join("papers");
    std::fs::create_dir_all(share.join("ktr")).unwrap();
    let files = [
        (
            "perda ktr.txt",
            "PERATURAN DAERAH KABUPATEN CONTOH\nNOMOR 5 TAHUN 2022\nTENTANG\n\
             KAWASAN TANPA ROKOK\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nBUPATI CONTOH,\n\
             Menimbang : a. bahwa rokok berbahaya;\n",
        ),
        (
            "ktr/undangan.txt",
            "PEMERINTAH KABUPATEN CONTOH\nDINAS KESEHATAN\nUNDANGAN\n\
             Nomor : 005/12/2024\nPerihal : Sosialisasi Kawasan Tanpa Rokok\n\
             Hari/Tanggal : Minggu, 5 Mei 2024\nPukul : 09.00\n",
        ),
        (
            "ktr/laporan.txt",
            "PEMERINTAH KABUPATEN CONTOH\nDINAS KESEHATAN\nLAPORAN KEGIATAN\n\
             SOSIALISASI KAWASAN TANPA ROKOK\n\
             Kegiatan dilaksanakan pada hari Minggu tanggal 5 Mei 2024 di aula.\n",
        ),
        (
            "catatan.txt",
            "Daftar belanja konsumsi: air mineral, kue, tisu.\n",
        ),
    ];
    for (name, text) in files {
        std::fs::write(share.join(name), text).unwrap();
    }
    share
}
