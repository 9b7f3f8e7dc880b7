//! A package that bukti writes: sound to bukti, to `sha256sum` and to `bagit.py`, and silent
//! about what is not to be passed on.

use super::{
    schemas::hold,
    support::{archive, bukti, json_lines, repository, said, share},
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Copies the made-up share and reads it into an archive.
fn taken_in(folder: &Path) -> (PathBuf, PathBuf) {
    let copy = folder.join("share");
    copy_folder(&share(), &copy);
    let archive = archive(folder);
    let run = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &copy])
        .output();
    assert_eq!(run.unwrap().status.code(), Some(3));
    (archive, copy)
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy_folder(&path, &to),
            false => drop(fs::copy(path, to).unwrap()),
        }
    }
}

pub fn export(archive: &Path, arguments: &[&str]) -> (i32, Value) {
    let mut run = bukti();
    run.args(["export", "--as-of", "2025-03-01"])
        .args(arguments)
        .arg("--archive")
        .arg(archive);
    said(&mut run, "export.schema.json")
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub fn validates(package: &Path) -> bool {
    let run = bukti().args(["bag", "validate"]).arg(package).output();
    run.unwrap().status.success()
}

/// Runs a checker that others wrote; `None`, said aloud, where it is not here.
pub fn others(program: &str, arguments: &[&str], folder: &Path) -> Option<bool> {
    let run = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output();
    match run {
        Ok(run) if !String::from_utf8_lossy(&run.stderr).contains("No module named") => {
            Some(run.status.success())
        }
        _ => {
            println!("SKIPPED: {program} {arguments:?} is not here");
            None
        }
    }
}

#[test]
fn a_package_is_sound_to_everyone_and_a_plan_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    let bag = folder.path().join("paket");
    let (code, plan) = export(&archive, &["--all", "--plan", "--to", text(&bag)]);
    assert_eq!((code, bag.exists()), (0, false));
    let (code, said) = export(&archive, &["--all", "--to", text(&bag)]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(plan["documents"], said["documents"]);
    let documents = said["documents"].as_array().unwrap();
    assert!(documents.len() >= 10, "{} documents", documents.len());
    for document in documents {
        let path = bag.join(document["name"].as_str().unwrap());
        let digest = bukti::fixity::hash(&fs::read(path).unwrap());
        assert_eq!(document["sha256"], digest.to_string());
    }
    for name in [
        "BACA-SAYA.txt",
        "README.txt",
        "indeks.html",
        "indeks.csv",
        "indeks.xlsx",
        "penilaian.json",
        "riwayat.jsonl",
        "manifest-sha512.txt",
        "tagmanifest-sha256.txt",
    ] {
        assert!(bag.join(name).is_file(), "{name}");
    }
    assert!(validates(&bag));
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let is_sound = others("sha256sum", &["-c", "--quiet", manifest], &bag);
        assert_ne!(is_sound, Some(false), "{manifest}");
    }
    let bagit = ["-m", "bagit", "--validate", "."];
    assert_ne!(others("python3", &bagit, &bag), Some(false));
    let script = repository("tests/data/log/check.py");
    let script = [text(&script), "riwayat.jsonl"];
    assert_ne!(others("python3", &script, &bag), Some(false));
    let verdicts = fs::read_to_string(bag.join("penilaian.json")).unwrap();
    hold(
        "check.schema.json",
        &[serde_json::from_str(&verdicts).unwrap()],
    );
    let again = export(&archive, &["--all", "--to", text(&bag)]);
    assert_eq!(again.0, 2, "nothing is written over");
    // What was said of the export stands in the log.
    let log = bukti()
        .args(["log", "show", "--json", "--archive"])
        .arg(&archive)
        .output();
    let last = json_lines(&log.unwrap().stdout).pop().unwrap();
    assert_eq!(last["event"]["type"], "export");
    assert_eq!(
        last["event"]["objects"].as_array().unwrap().len(),
        documents.len()
    );
}

#[test]
fn a_package_may_be_a_zip_and_hold_one_indicator() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    let zip = folder.path().join("indikator 17.zip");
    let (code, said) = export(&archive, &["--indicator", "17", "--to", text(&zip)]);
    assert_eq!(code, 0, "{said}");
    let documents = said["documents"].as_array().unwrap();
    assert!(!documents.is_empty());
    for document in documents {
        for tie in document["questions"].as_array().unwrap() {
            let question = tie["question"].as_str().unwrap();
            // Or a question on regulations and budgets for this very indicator.
            let is_asked =
                question.starts_with("KLA24-17-") || question.starts_with("KLA24-01-");
            assert!(is_asked, "{question}");
        }
    }
    assert!(validates(&zip));
    let mut bytes = fs::read(&zip).unwrap();
    let at = bytes.len() / 3;
    bytes[at] ^= 1;
    fs::write(&zip, bytes).unwrap();
    assert!(!validates(&zip), "a flipped bit");
}

#[test]
fn a_changed_original_is_named_and_not_handed_over() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    let (_, plan) = export(&archive, &["--all", "--plan"]);
    let documents = plan["documents"].as_array().unwrap();
    // One that lies in one place only, so that no copy answers for it.
    let alone = documents.iter().find(|document| {
        let shown = bukti()
            .args(["show", "--json", document["sha256"].as_str().unwrap()])
            .arg("--archive")
            .arg(&archive)
            .output();
        let shown = json_lines(&shown.unwrap().stdout).remove(0);
        shown["locations"].as_array().unwrap().len() == 1
            && !document["from"].as_str().unwrap().contains(" » ")
    });
    let alone = alone.unwrap();
    let path = alone["from"].as_str().unwrap();
    let mut bytes = fs::read(path).unwrap();
    bytes[0] ^= 1;
    fs::write(path, bytes).unwrap();
    for to in ["paket", "paket.zip"] {
        let to = folder.path().join(to);
        let (code, said) = export(&archive, &["--all", "--to", text(&to)]);
        assert_eq!(code, 1, "{said}");
        assert_eq!(said["left_out"][0]["from"], alone["from"]);
        assert_eq!(said["left_out"][0]["expected"], alone["sha256"]);
        assert_eq!(
            said["documents"].as_array().unwrap().len(),
            documents.len() - 1
        );
        assert!(validates(&to));
    }
}

#[test]
fn personal_data_is_held_back_unless_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    let (_, careful) = export(&archive, &["--all", "--plan"]);
    let (_, open) = export(&archive, &["--all", "--plan", "--include-personal"]);
    let count = |said: &Value, list: &str| said[list].as_array().unwrap().len();
    let held = count(&careful, "held_back");
    assert_eq!(count(&open, "held_back"), 0);
    assert_eq!(
        count(&open, "documents"),
        count(&careful, "documents") + held
    );
    let documents = open["documents"].as_array().unwrap();
    let personal = documents.iter().filter(|d| d["personal"] == true).count();
    assert_eq!(personal, held);
    // Nor do the index, the verdicts or the log tell of what stays here.
    let bag = folder.path().join("paket");
    assert_eq!(export(&archive, &["--all", "--to", text(&bag)]).0, 0);
    let stays = careful["held_back"][0]["from"].as_str().unwrap();
    let name = Path::new(stays).file_name().unwrap().to_str().unwrap();
    for file in fs::read_dir(&bag).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = fs::read(&path).unwrap();
            let told = String::from_utf8_lossy(&bytes).contains(name);
            assert!(!told, "{}: {name}", path.display());
        }
    }
    let (_, small) = export(&archive, &["--all", "--plan", "--max-size", "10K"]);
    let documents = small["documents"].as_array().unwrap();
    for document in documents {
        let is_large = document["bytes"].as_u64().unwrap() > 10 << 10;
        assert_eq!(document["too_large"], is_large);
    }
}
