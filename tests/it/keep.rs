//! Copies of evidence, the health of the archive, and a copy of its catalog, as a user sees
//! them.

use super::{
    schemas::hold,
    support::{archive, bukti, json_lines},
};
use rusqlite::Connection;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn taken_in(folder: &Path) -> (PathBuf, PathBuf) {
    let share = folder.join("share");
    fs::create_dir_all(&share).unwrap();
    for n in 0..6 {
        let text = format!("Surat Edaran nomor {n} tentang hak anak\n");
        fs::write(share.join(format!("{n}.txt")), text).unwrap();
    }
    let archive = archive(folder);
    let run = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &share])
        .assert();
    run.success();
    (archive, share)
}

fn run(archive: &Path, arguments: &[&str]) -> (i32, Value) {
    let run = bukti()
        .args(arguments)
        .args(["--json", "--archive"])
        .arg(archive)
        .output()
        .unwrap();
    let said = json_lines(&run.stdout).remove(0);
    if said["error"].is_null() {
        hold("custody.schema.json", std::slice::from_ref(&said));
    }
    (run.status.code().unwrap(), said)
}

fn copies(archive: &Path) -> Vec<PathBuf> {
    let mut copies: Vec<PathBuf> = fs::read_dir(archive.join("kept"))
        .unwrap()
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    copies.sort();
    copies
}

fn replace(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn evidence_outlives_the_share() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path());
    let (code, said) = run(&archive, &["keep", "--all"]);
    assert_eq!((code, &said["new"]), (0, &6.into()));
    let (_, said) = run(&archive, &["keep", "--all"]);
    assert_eq!(
        (&said["new"], &said["already"]),
        (&0.into(), &6.into()),
        "once is enough"
    );
    let original = fs::read(share.join("3.txt")).unwrap();
    let digest = bukti::fixity::hash(&original).to_string();
    fs::remove_dir_all(&share).unwrap();
    let back = folder.path().join("back");
    let into = ["restore", &digest, "--into", back.to_str().unwrap()];
    assert_eq!(run(&archive, &into).0, 0);
    assert_eq!(fs::read(back.join("3.txt")).unwrap(), original);
    assert_ne!(run(&archive, &into).0, 0, "nothing is written over");
}

#[test]
fn a_damaged_copy_is_found_and_healed_while_a_place_still_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path());
    run(&archive, &["keep", "--all"]);
    assert_eq!(run(&archive, &["doctor"]).0, 0);
    let copy = copies(&archive).remove(0);
    let bytes = fs::read(&copy).unwrap();
    replace(&copy, b"damaged");
    let (code, said) = run(&archive, &["doctor"]);
    assert_eq!((code, said["damaged"].as_array().unwrap().len()), (1, 1));
    let verified = bukti()
        .arg("verify")
        .arg("--archive")
        .arg(&archive)
        .output();
    assert_eq!(
        verified.unwrap().status.code(),
        Some(1),
        "it looks at copies, too"
    );
    let (code, said) = run(&archive, &["doctor", "--repair"]);
    assert_eq!(
        (code, said["repaired"]["healed"].as_array().unwrap().len()),
        (0, 1)
    );
    assert_eq!(fs::read(&copy).unwrap(), bytes);
    assert_eq!(run(&archive, &["doctor"]).0, 0);
    // With the share gone nothing can heal it, and that is said.
    fs::remove_dir_all(&share).unwrap();
    replace(&copy, b"damaged");
    let (code, said) = run(&archive, &["doctor", "--repair"]);
    assert_eq!(
        (code, said["repaired"]["lost"].as_array().unwrap().len()),
        (1, 1)
    );
    assert_eq!(
        fs::read(&copy).unwrap(),
        b"damaged",
        "left for a person to look at"
    );
}

#[test]
fn what_is_derived_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    fs::remove_dir_all(archive.join("index")).unwrap();
    let (code, said) = run(&archive, &["doctor"]);
    assert_eq!(code, 1, "{said}");
    let (code, said) = run(&archive, &["doctor", "--repair"]);
    assert_eq!((code, &said["repaired"]["index"]), (0, &true.into()));
    assert_eq!(run(&archive, &["doctor"]).0, 0);
    let found = bukti()
        .args(["search", "edaran", "--json", "--archive"])
        .arg(&archive)
        .output();
    assert!(found.unwrap().status.success());
    let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
    catalog.execute_batch("DELETE FROM event_object").unwrap();
    drop(catalog);
    let (code, said) = run(&archive, &["doctor", "--repair"]);
    assert_eq!((code, &said["repaired"]["loose"]), (0, &true.into()));
    assert_eq!(run(&archive, &["doctor"]).0, 0);
}

#[test]
fn the_copy_of_the_catalog_is_an_archive_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    let copy = other.join("bukti.sqlite");
    let to = ["backup", copy.to_str().unwrap()];
    assert_eq!(run(&archive, &to).0, 0);
    assert_eq!(run(&archive, &to).0, 2, "nothing is written over");
    let head = |archive: &Path| {
        let run = bukti()
            .args(["log", "head", "--json", "--archive"])
            .arg(archive)
            .output();
        json_lines(&run.unwrap().stdout).remove(0)
    };
    assert_eq!(head(&other), head(&archive));
    assert_eq!(run(&other, &["doctor", "--repair"]).0, 0);
}
