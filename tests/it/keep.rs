//! Copies of evidence, the health of the archive, and a copy of its catalog, as a user sees
//! them.

use super::support::{self, bukti, json_lines, said, share};
use rusqlite::Connection;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn taken_in(folder: &Path) -> (PathBuf, PathBuf) {
    let text = |n| format!("Surat Edaran nomor {n} tentang hak anak\n");
    support::taken_in(folder, &(0..6).map(text).collect::<Vec<_>>())
}

fn run(archive: &Path, arguments: &[&str]) -> (i32, Value) {
    let mut run = bukti();
    run.args(arguments).arg("--archive").arg(archive);
    said(&mut run, "custody.schema.json")
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
    support::unprotect(path);
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

fn head(archive: &Path) -> Value {
    let run = bukti()
        .args(["log", "head", "--json", "--archive"])
        .arg(archive)
        .output();
    json_lines(&run.unwrap().stdout).remove(0)
}

/// Names what lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn an_archive_comes_back_whole_from_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path());
    // Everything an archive may hold: copies, a package taken in, a framework of its own.
    assert_eq!(run(&archive, &["keep", "--all"]).0, 0);
    let package = packed(folder.path());
    let taken = bukti()
        .args(["import", "--ocr", "none", "--region", "Kabupaten Contoh"])
        .args([&package, &archive])
        .output()
        .unwrap();
    assert!(matches!(taken.status.code(), Some(0 | 1 | 3)), "{taken:?}");
    let framework = framework(folder.path());
    let migrate = bukti()
        .args(["framework", "migrate"])
        .args([framework.as_path(), Path::new("--archive"), &archive])
        .output()
        .unwrap();
    assert!(migrate.status.success(), "{migrate:?}");
    let (before, copies_before) = (head(&archive), copies(&archive).len());

    let backup = folder.path().join("cadangan");
    let to = ["backup", backup.to_str().unwrap()];
    let (code, said) = run(&archive, &to);
    assert_eq!(code, 0, "{said}");
    assert_eq!(said["copies"], copies_before);
    assert_eq!(said["packages"], 1);
    assert_eq!(
        names(&backup),
        ["bukti.sqlite", "framework.json", "imported", "kept"]
    );
    assert_eq!(run(&archive, &to).0, 2, "nothing is written over");

    // By the words of the help: put the folder where the archive was, then repair.
    support::unprotect(&archive);
    fs::remove_dir_all(&archive).unwrap();
    fs::remove_dir_all(&share).unwrap();
    fs::rename(&backup, &archive).unwrap();
    assert_eq!(run(&archive, &["doctor", "--repair"]).0, 0);
    let (code, said) = run(&archive, &["doctor"]);
    assert_eq!((code, &said["well"]), (0, &true.into()), "{said}");
    assert_eq!(said["kept"], copies_before);
    assert_eq!(head(&archive)["number"], before["number"]);
    let status = bukti()
        .args(["status", "--json", "--archive"])
        .arg(&archive)
        .output()
        .unwrap();
    let status = json_lines(&status.stdout).remove(0);
    assert_eq!(status["framework"], "kla-uji", "{status}");
    // The share is away; copies and package are there, and are what they were.
    let verified = bukti()
        .args(["verify", "--json", "--archive"])
        .arg(&archive)
        .output()
        .unwrap();
    let said = json_lines(&verified.stdout).remove(0);
    assert_eq!(verified.status.code(), Some(3), "{said}");
    assert_eq!(said["sums"]["unreachable"], 6);
    assert!(said["sums"]["same"].as_u64().unwrap() > copies_before as u64);
    assert_eq!(said["sums"]["missing"], 0);
    gives_back(&archive, folder.path());
}

/// A kept copy comes back bit for bit.
fn gives_back(archive: &Path, folder: &Path) {
    let digest =
        bukti::fixity::hash(b"Surat Edaran nomor 3 tentang hak anak\n").to_string();
    let back = folder.join("back");
    let into = ["restore", &digest, "--into", back.to_str().unwrap()];
    assert_eq!(run(archive, &into).0, 0);
    let restored = fs::read(back.join("3.txt")).unwrap();
    assert_eq!(restored, b"Surat Edaran nomor 3 tentang hak anak\n");
}

/// Makes a package as a regency would hand it over.
fn packed(folder: &Path) -> PathBuf {
    let regency = folder.join("regency");
    fs::create_dir(&regency).unwrap();
    let archive = support::archive(&regency);
    let indexed = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &share()])
        .output();
    assert_eq!(indexed.unwrap().status.code(), Some(3));
    let package = regency.join("paket.zip");
    let exported = bukti()
        .args(["export", "--all", "--to"])
        .args([package.as_path(), Path::new("--archive"), &archive])
        .output();
    assert!(exported.unwrap().status.success());
    package
}

/// Writes a framework that does not come with the program.
fn framework(folder: &Path) -> PathBuf {
    let text = fs::read_to_string(support::repository("schema/framework.json")).unwrap();
    let mut framework: Value = serde_json::from_str(&text).unwrap();
    framework["id"] = "kla-uji".into();
    let file = folder.join("uji.json");
    fs::write(&file, framework.to_string()).unwrap();
    file
}

#[test]
fn a_backup_says_what_it_could_not_take_along() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    run(&archive, &["keep", "--all"]);
    let damaged = copies(&archive).remove(2);
    replace(&damaged, b"damaged");
    let backup = folder.path().join("cadangan");
    let (code, said) = run(&archive, &["backup", backup.to_str().unwrap()]);
    assert_eq!((code, &said["copies"]), (3, &5.into()), "{said}");
    let name = damaged.file_name().unwrap().to_str().unwrap();
    assert_eq!(said["damaged"], serde_json::json!([name]));
    assert_eq!(copies(&backup).len(), 5, "nothing false is handed on");

    let light = folder.path().join("ringan");
    let without = ["backup", "--without-documents", light.to_str().unwrap()];
    let (code, said) = run(&archive, &without);
    assert_eq!((code, &said["copies"]), (0, &0.into()), "{said}");
    assert_eq!(names(&light), ["bukti.sqlite"]);
}

/// While another process writes, the copy is of one moment.
#[test]
fn a_backup_waits_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    let lock = fs::File::options()
        .write(true)
        .open(archive.join("bukti.lock"))
        .unwrap();
    lock.lock().unwrap();
    let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
    catalog
        .execute_batch("BEGIN IMMEDIATE; DELETE FROM location;")
        .unwrap();
    let backup = folder.path().join("cadangan");
    assert_eq!(run(&archive, &["backup", backup.to_str().unwrap()]).0, 0);
    let copy = Connection::open(backup.join("bukti.sqlite")).unwrap();
    let sql = "SELECT count(*) FROM location";
    let count: i64 = copy.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(count, 6, "what is not written yet is not in it");
}

#[test]
fn what_a_killed_writer_left_is_swept_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
    let sql = "SELECT value FROM archive WHERE key = 'created'";
    let created: String = catalog.query_row(sql, [], |row| row.get(0)).unwrap();
    let home = fs::canonicalize(&archive).unwrap();
    let maker = format!("{}\n{created}\n", bukti::io::files::path::to_text(&home));
    // As a killed export of this archive, a killed one of another, and a living one.
    let leave = |name: &str, maker: &str| {
        let left = out.join(name);
        fs::create_dir_all(left.join("part/data")).unwrap();
        fs::write(left.join("part/data/half"), "half").unwrap();
        fs::write(left.join("bukti-unfinished"), maker).unwrap();
        left
    };
    leave(".bukti-aaaaaa", &maker);
    leave(".bukti-bbbbbb", "another");
    let living = leave(".bukti-cccccc", &maker);
    let held = fs::File::options()
        .write(true)
        .open(living.join("bukti-unfinished"))
        .unwrap();
    held.lock().unwrap();
    let copy = out.join("copy");
    assert_eq!(run(&archive, &["backup", copy.to_str().unwrap()]).0, 0);
    assert_eq!(names(&out), [".bukti-bbbbbb", ".bukti-cccccc", "copy"]);
    drop(held);
    let package = out.join("paket");
    let exported = bukti()
        .args(["export", "--all", "--to"])
        .args([package.as_path(), Path::new("--archive"), &archive])
        .output();
    assert!(exported.unwrap().status.success());
    assert_eq!(names(&out), [".bukti-bbbbbb", "copy", "paket"]);
}
