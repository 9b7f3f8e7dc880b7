//! A package taken in from others, as a user sees it.

use super::support::{archive, bukti, json_lines, said, share};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Makes a package as a regency would hand it over.
fn package(folder: &Path, name: &str) -> PathBuf {
    let archive = archive(folder);
    let run = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &share()])
        .output();
    assert_eq!(run.unwrap().status.code(), Some(3));
    let to = folder.join(name);
    let run = bukti()
        .args(["export", "--all", "--as-of", "2025-03-01", "--to"])
        .args([to.as_path(), Path::new("--archive"), archive.as_path()])
        .output();
    assert!(run.unwrap().status.success());
    to
}

fn import(package: &Path, archive: &Path) -> (i32, Value) {
    let mut run = bukti();
    run.args(["import", "--ocr", "none"])
        .args([package, archive]);
    said(&mut run, "custody.schema.json")
}

#[test]
fn a_package_is_read_and_judged_anew() {
    let folder = tempfile::tempdir().unwrap();
    let package = package(folder.path(), "paket.zip");
    let province = folder.path().join("provinsi");
    let (code, said) = import(&package, &province);
    assert!(said["folder"].is_string(), "{code} {said}");
    let agreed = said["agreed"].as_u64().unwrap();
    let differ = said["disagreements"].as_array().unwrap().len() as u64;
    assert_eq!(agreed + differ, 274);
    assert_eq!(code == 1, differ > 0);
    let copy = Path::new(said["folder"].as_str().unwrap());
    let sound = bukti().args(["bag", "validate"]).arg(copy).output();
    assert!(sound.unwrap().status.success());
    let status = bukti()
        .args(["status", "--json", "--archive"])
        .arg(&province)
        .output();
    let status = json_lines(&status.unwrap().stdout).remove(0);
    assert_eq!(
        (&status["region"], &status["year"]),
        (&"Kabupaten Contoh".into(), &2025.into())
    );
    let log = bukti()
        .args(["log", "show", "--json", "--archive"])
        .arg(&province)
        .output();
    let first = json_lines(&log.unwrap().stdout).remove(0);
    assert_eq!(first["event"]["type"], "validation");
    let from = &first["event"]["detail"]["bag-info Source-Organization"];
    assert_eq!(from, "Kabupaten Contoh");
    assert_eq!(import(&package, &province).0, 2, "taken in before");
}

#[test]
fn a_verdict_that_was_made_up_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let package = package(folder.path(), "paket");
    // Whoever cheats seals the package anew: the manifests alone do not tell.
    let verdicts = package.join("penilaian.json");
    let text = fs::read_to_string(&verdicts).unwrap();
    let made_up = text.replace("\"state\": \"missing\"", "\"state\": \"valid\"");
    assert_ne!(text, made_up);
    let province = folder.path().join("provinsi");
    fs::write(&verdicts, &made_up).unwrap();
    let (code, said) = import(&package, &province);
    assert_eq!(
        (code, &said["valid"]),
        (1, &false.into()),
        "the manifest tells"
    );
    assert!(!province.exists(), "nothing was taken in");
    for name in ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"] {
        fs::remove_file(package.join(name)).unwrap();
    }
    let (code, said) = import(&package, &province);
    assert_eq!(code, 1);
    let differ = said["disagreements"].as_array().unwrap();
    let made_up = differ
        .iter()
        .filter(|d| d["theirs"] == "valid" && d["ours"] == "missing");
    assert!(made_up.count() > 50, "{said}");
}

#[test]
fn what_could_do_harm_is_refused_whole() {
    let folder = tempfile::tempdir().unwrap();
    let bag = folder.path().join("paket");
    fs::create_dir_all(bag.join("data")).unwrap();
    let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    fs::write(bag.join("bagit.txt"), declaration).unwrap();
    let mut manifest = String::new();
    for name in ["SK.txt", "sk.txt"] {
        fs::write(bag.join("data").join(name), name).unwrap();
        let digest = bukti::fixity::hash(name.as_bytes()).to_string();
        manifest += &bukti::fixity::bag::manifest_line(&digest, &format!("data/{name}"));
    }
    fs::write(bag.join("manifest-sha256.txt"), manifest).unwrap();
    let province = folder.path().join("provinsi");
    if fs::read_dir(bag.join("data")).unwrap().count() == 2 {
        let valid = bukti().args(["bag", "validate"]).arg(&bag).output();
        assert!(valid.unwrap().status.success(), "valid, with a warning");
        let (code, said) = import(&bag, &province);
        assert_eq!((code, &said["valid"]), (1, &false.into()));
        assert_eq!(said["remarks"][0]["fault"], "case_twins");
    }
    fs::remove_file(bag.join("data/sk.txt")).unwrap();
    let (code, said) = import(&bag, &province);
    assert_eq!(
        (code, &said["valid"]),
        (1, &false.into()),
        "a file is missing"
    );
    assert!(!province.exists());
}
