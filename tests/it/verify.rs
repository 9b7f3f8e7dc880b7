//! Fixity as a user sees it: every way a file can go is named, and a share that is away is
//! not a loss.

use super::support::{self, bukti, json_lines, said};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

const TEXT: &str =
    "PERATURAN BUPATI CONTOH NOMOR 1 TAHUN 2023 TENTANG KABUPATEN LAYAK ANAK\n";

/// Makes a share of eight files, two of them alike, and an archive that has read it.
fn taken_in(folder: &Path) -> (PathBuf, PathBuf) {
    let text = |n| format!("{TEXT}{n}\n");
    support::taken_in(folder, &[0, 1, 2, 3, 4, 5, 6, 6].map(text))
}

fn verify(archive: &Path, arguments: &[&str]) -> (i32, Value) {
    let mut run = bukti();
    run.arg("verify")
        .args(arguments)
        .arg("--archive")
        .arg(archive);
    said(&mut run, "verify.schema.json")
}

fn status(said: &Value, name: &str) -> Option<String> {
    let findings = said["findings"].as_array().unwrap();
    let of = |f: &&Value| f["path"].as_str().unwrap().ends_with(name);
    let found = findings.iter().find(of)?;
    Some(found["status"].as_str().unwrap().to_owned())
}

#[test]
fn every_way_a_file_can_go_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path());
    let (code, said) = verify(&archive, &[]);
    assert_eq!((code, &said["sums"]["same"]), (0, &Value::from(8)));

    fs::write(share.join("0.txt"), format!("{TEXT}x\n")).unwrap();
    fs::remove_file(share.join("1.txt")).unwrap();
    fs::create_dir(share.join("baru")).unwrap();
    fs::rename(share.join("2.txt"), share.join("baru/2.txt")).unwrap();
    fs::write(share.join("new.txt"), "belum dibaca\n").unwrap();
    let (code, said) = verify(&archive, &[]);
    assert_eq!(code, 1, "{said}");
    for (name, expected) in [
        ("/0.txt", "changed"),
        ("/1.txt", "missing"),
        ("/2.txt", "moved"),
        ("/new.txt", "new"),
    ] {
        let name = name.replace('/', std::path::MAIN_SEPARATOR_STR);
        assert_eq!(status(&said, &name).as_deref(), Some(expected), "{said}");
    }
    assert_eq!(said["findings"].as_array().unwrap().len(), 4);
    assert_eq!(said["sums"]["same"], 5);
    let changed = &said["findings"][0];
    assert_eq!(changed["found"].as_str().unwrap().len(), 64);
    assert_ne!(changed["found"], changed["expected"]);

    // The log tells it, and is whole.
    let log = |arguments: &[&str]| {
        let run = bukti()
            .arg("log")
            .args(arguments)
            .args(["--json", "--archive"])
            .arg(&archive)
            .output();
        json_lines(&run.unwrap().stdout)
    };
    let story = log(&["show", changed["expected"].as_str().unwrap()]);
    let last = &story.last().unwrap()["event"];
    assert_eq!(last["type"], "fixity check");
    assert_eq!(last["outcome"], "fail");
    assert_eq!(last["detail"]["found"], changed["found"]);
    assert_eq!(log(&["verify"])[0]["sound"], true);
}

#[test]
fn the_check_hears_what_verify_found() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path());
    let check = || {
        let mut run = bukti();
        run.args(["check", "--as-of", "2025-03-01", "--archive"])
            .arg(&archive);
        said(&mut run, "check.schema.json").1.to_string()
    };
    assert!(!check().contains("file.changed"));
    fs::write(share.join("0.txt"), format!("{TEXT}x\n")).unwrap();
    fs::remove_file(share.join("1.txt")).unwrap();
    assert!(!check().contains("file.changed"), "nobody looked yet");
    verify(&archive, &[]);
    let after = check();
    for rule in ["file.changed", "file.gone"] {
        assert!(after.contains(rule), "{rule}: {after}");
    }
    // Taken in again, it is what it is now.
    let mut index = bukti();
    index
        .arg("index")
        .arg(&share)
        .arg("--archive")
        .arg(&archive);
    assert!(index.output().unwrap().status.success());
    assert!(!check().contains("file.changed"));
}

#[test]
fn a_share_that_is_away_is_no_loss() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path());
    let elsewhere = folder.path().join("unplugged");
    fs::rename(&share, &elsewhere).unwrap();
    for mounted in [false, true] {
        if mounted {
            // The folder of a mount stays behind, empty.
            fs::create_dir(&share).unwrap();
        }
        let (code, said) = verify(&archive, &[]);
        assert_eq!(code, 3, "{said}");
        assert_eq!(said["sums"]["unreachable"], 8);
        assert_eq!(said["sums"]["missing"], 0);
        assert_eq!(said["unreachable"].as_array().unwrap().len(), 1);
    }
    fs::remove_dir(&share).unwrap();
    fs::rename(&elsewhere, &share).unwrap();
    assert_eq!(verify(&archive, &[]).0, 0);
}

/// Makes a share with a folder of its own in it, as a disk is mounted below a share.
fn with_disk(folder: &Path) -> (PathBuf, PathBuf, PathBuf) {
    let (archive, share) = taken_in(folder);
    let disk = share.join("disk");
    for inner in ["", "2023"] {
        fs::create_dir_all(disk.join(inner)).unwrap();
        for n in 0..2 {
            let text = format!("{TEXT}{inner}{n} di disk\n");
            fs::write(disk.join(inner).join(format!("{n}.txt")), text).unwrap();
        }
    }
    let alone = share.join("sendiri");
    fs::create_dir(&alone).unwrap();
    fs::write(alone.join("satu.txt"), format!("{TEXT}sendiri\n")).unwrap();
    let run = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &share])
        .assert();
    run.success();
    (archive, share, disk)
}

#[test]
fn a_disk_below_the_share_that_is_away_is_no_loss() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _, disk) = with_disk(folder.path());
    let elsewhere = folder.path().join("unplugged");
    fs::rename(&disk, &elsewhere).unwrap();
    for mounted in [false, true] {
        if mounted {
            fs::create_dir(&disk).unwrap();
        }
        let (code, said) = verify(&archive, &[]);
        assert_eq!(code, 3, "{said}");
        assert_eq!(said["sums"]["unreachable"], 4);
        assert_eq!(said["sums"]["missing"], 0);
        assert_eq!(said["sums"]["same"], 9);
        let path = bukti::io::files::path::to_text(
            &fs::canonicalize(disk.parent().unwrap())
                .unwrap()
                .join("disk"),
        );
        let unreachable = serde_json::json!([{ "path": path, "files": 4 }]);
        assert_eq!(said["away"], unreachable, "named once, with what is in it");
    }
    fs::remove_dir(&disk).unwrap();
    fs::rename(&elsewhere, &disk).unwrap();
    assert_eq!(verify(&archive, &[]).0, 0);
}

#[test]
fn files_that_a_person_took_away_are_still_called_missing() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share, disk) = with_disk(folder.path());
    // The only file of its folder.
    fs::remove_file(share.join("sendiri/satu.txt")).unwrap();
    let (code, said) = verify(&archive, &[]);
    assert_eq!((code, &said["sums"]["missing"]), (1, &1.into()), "{said}");
    // One of several; the others follow later, and that does not take it back.
    fs::remove_file(disk.join("2023/0.txt")).unwrap();
    let (code, said) = verify(&archive, &[]);
    assert_eq!((code, &said["sums"]["missing"]), (1, &2.into()), "{said}");
    fs::remove_dir_all(disk.join("2023")).unwrap();
    let (code, said) = verify(&archive, &[]);
    assert_eq!((code, &said["sums"]["missing"]), (1, &2.into()), "{said}");
    assert_eq!(said["sums"]["unreachable"], 1);
    // A folder of which a file turns up elsewhere was cleared by somebody.
    fs::rename(disk.join("0.txt"), share.join("pindah.txt")).unwrap();
    fs::remove_dir_all(&disk).unwrap();
    let (_, said) = verify(&archive, &[]);
    assert_eq!(said["sums"]["moved"], 1, "{said}");
    assert_eq!(said["sums"]["missing"], 4);
    assert_eq!(said["away"], Value::Array(Vec::new()));
    // Where it was meant, reading the share anew takes note of it.
    let run = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &share])
        .assert();
    run.success();
    assert_eq!(verify(&archive, &[]).0, 0);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_not_called_lost() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path());
    let locked = share.join("3.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_ok() {
        println!("SKIPPED: this user may read everything");
        return;
    }
    let (code, said) = verify(&archive, &[]);
    assert_eq!(
        (code, status(&said, "3.txt").as_deref()),
        (3, Some("unreadable"))
    );
}

#[test]
fn a_budget_is_kept_and_the_next_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path());
    let (code, said) = verify(&archive, &["--budget", "0s"]);
    assert_eq!((code, &said["left"]), (0, &Value::from(8)), "not begun");
    let (_, said) = verify(&archive, &["--budget", "10m"]);
    assert_eq!(
        (&said["left"], &said["sums"]["same"]),
        (&0.into(), &8.into())
    );
    let (_, said) = verify(&archive, &["--round", "30"]);
    assert_eq!(said["sums"]["same"], 0, "all were checked just now");
}

#[test]
fn a_copy_elsewhere_still_answers_the_question() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path());
    fs::remove_file(share.join("6.txt")).unwrap();
    let (code, said) = verify(&archive, &[]);
    assert_eq!(code, 1);
    let lost = &said["findings"][0];
    assert_eq!(
        lost["questions"],
        Value::Array(Vec::new()),
        "7.txt is the same"
    );
    assert!(lost["now_at"].as_str().unwrap().ends_with("7.txt"));
}
