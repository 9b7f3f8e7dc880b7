//! What only Windows has: two separators, drive letters, servers, names that stand for devices,
//! a limit of 260 characters, files that another program holds, files that are write-protected.

use super::support::{archive, bukti, json_lines, papers, run, said, text};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::Write,
    os::windows::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::Output,
};
use zip::{ZipWriter, write::SimpleFileOptions};

fn status(archive: &Path) -> Value {
    let mut command = bukti();
    said(
        command.arg("status").arg("--archive").arg(archive),
        "status.schema.json",
    )
    .1
}

/// Returns a path as the system itself names it, which is the way to names of every kind.
fn verbatim(folder: &Path) -> PathBuf {
    let path = fs::canonicalize(folder).unwrap();
    assert!(path.to_str().unwrap().starts_with(r"\\?\"), "{path:?}");
    path
}

/// Fails with what a program said where its exit code is another.
fn ended(run: &Output, code: i32) {
    let (out, err) = (text(&run.stdout), text(&run.stderr));
    assert_eq!(run.status.code(), Some(code), "{out}\n{err}");
}

#[test]
fn a_share_is_one_place_however_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = papers(folder.path());
    let plain = share.to_str().unwrap();
    assert!(
        plain.as_bytes()[1] == b':' && plain.contains('\\'),
        "{plain}"
    );
    ended(&run(&archive, &["index", plain]), 0);
    let other_ways = [
        plain.replace('\\', "/"),
        format!("{plain}\\"),
        format!("{plain}\\ktr\\.."),
        plain.to_ascii_uppercase(),
        plain.to_ascii_lowercase(),
        format!(r"\\?\{plain}"),
        // The same drive as a share of this very PC is another place and is not tried here.
    ];
    for typed in other_ways {
        let again = run(&archive, &["index", "--json", &typed]);
        ended(&again, 0);
        let lines = json_lines(&again.stdout);
        let pages = lines.iter().filter_map(|line| line["pages"].as_u64());
        assert_eq!(pages.sum::<u64>(), 0, "{typed} is read anew");
        assert_eq!(status(&archive)["files"], 4, "{typed} is another place");
    }
    let from_here = bukti()
        .current_dir(folder.path())
        .args(["index", r".\papers", "--archive", "archive"])
        .output()
        .unwrap();
    ended(&from_here, 0);
    assert_eq!(status(&archive)["files"], 4);
    for named in [
        format!(r"{plain}\ktr\undangan.txt"),
        format!("{plain}/ktr/undangan.txt"),
        r"ktr\undangan.txt".to_owned(),
        "ktr/undangan.txt".to_owned(),
        "undangan.txt".to_owned(),
    ] {
        ended(&run(&archive, &["show", &named]), 0);
    }
    // People see what they know, not what the system writes before it.
    let shown = text(&run(&archive, &["show", "undangan.txt"]).stdout);
    assert!(shown.contains(plain) && !shown.contains(r"\\?\"), "{shown}");
    ended(
        &run(&archive, &["forget", &plain.replace('\\', "/"), "--yes"]),
        0,
    );
    assert_eq!(status(&archive)["files"], 0);
}

#[test]
fn a_server_that_is_not_there_is_a_mistake_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    for place in [
        r"\\server-tidak-ada\kla",
        r"\\?\UNC\server-tidak-ada\kla",
        r"\\?\Q:\kla",
        r"Q:\kla",
    ] {
        let refused = run(&archive, &["index", place]);
        ended(&refused, 2);
        let shown = place.replace(r"\\?\UNC\", r"\\").replace(r"\\?\Q", "Q");
        let said = text(&refused.stderr);
        assert!(said.contains(&format!("`{shown}`")), "{said}");
    }
    assert_eq!(status(&archive)["files"], 0);
}

#[test]
fn names_that_windows_reads_otherwise_are_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let inner = verbatim(&share);
    let names = [
        "laporan",
        "laporan.",
        "laporan ",
        "con.txt",
        "NUL",
        "aux.pdf.txt",
        "Notulen Café – Ñandú 北京 😀.txt",
        "re\u{301}sume\u{301}.txt",
    ];
    for name in names {
        fs::write(inner.join(name), format!("Surat rapat hak anak, {name}\n")).unwrap();
    }
    // Written by the name they have: a system that took two for one would not test anything.
    let there: BTreeSet<_> = fs::read_dir(&inner)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, names.map(str::to_owned).into());
    let read = run(&archive, &["index", "--json", share.to_str().unwrap()]);
    ended(&read, 0);
    let lines = json_lines(&read.stdout);
    let expected = serde_json::json!({ "indexed": names.len() });
    assert_eq!(lines.last().unwrap()["states"], expected, "{lines:#?}");
    let verified = run(&archive, &["verify", "--json"]);
    ended(&verified, 0);
    let sums = json_lines(&verified.stdout)[0]["sums"].clone();
    assert_eq!(sums["same"], names.len(), "{sums}");
    ended(&run(&archive, &["keep", "--all"]), 0);
    for name in ["laporan.", "con.txt", "NUL", "r\u{e9}sum\u{e9}.txt"] {
        let path = format!(r"{}\{name}", share.display());
        let shown = run(&archive, &["show", "--json", &path]);
        ended(&shown, 0);
        let kept = fs::read(inner.join(name).as_path())
            .or_else(|_| fs::read(inner.join("re\u{301}sume\u{301}.txt")))
            .unwrap();
        let digest = bukti::fixity::hash(&kept).to_string();
        assert_eq!(json_lines(&shown.stdout)[0]["sha256"], digest, "{name}");
    }
    // A package gives them names that everyone can open.
    let package = folder.path().join("paket");
    ended(
        &run(&archive, &["decide", "link", "con.txt", "KLA24-01-Q1"]),
        0,
    );
    ended(&run(&archive, &["decide", "link", "NUL", "KLA24-01-Q1"]), 0);
    let to = package.to_str().unwrap();
    ended(&run(&archive, &["export", "--all", "--to", to]), 0);
    ended(&bukti().args(["bag", "validate", to]).output().unwrap(), 0);
    let names = walkdir::WalkDir::new(&package).into_iter().map(|entry| {
        let name = entry.unwrap().file_name().to_str().unwrap().to_owned();
        name.to_ascii_lowercase()
    });
    let names: Vec<String> = names.collect();
    assert!(names.iter().any(|name| name == "_con.txt"), "{names:?}");
    assert!(names.iter().any(|name| name == "_nul"), "{names:?}");
}

/// A folder below `folder` whose path is longer than 400 characters, as people write it.
fn deep(folder: &Path) -> String {
    let name = "Dokumen Pendukung Evaluasi Kabupaten Layak Anak Tahun 2024 - 2025";
    let deep = (0..6).fold(verbatim(folder), |path, _| path.join(name));
    fs::create_dir_all(&deep).unwrap();
    let typed = deep.to_str().unwrap().replace(r"\\?\", "");
    assert!(typed.len() > 400);
    typed
}

/// The job on a share at `share`, whose papers lie in or below it, with all that is written in
/// the folder `out`.
fn whole_job(archive: &Path, share: &str, out: &str) {
    ended(&run(archive, &["index", share]), 0);
    assert_eq!(status(archive)["states"]["indexed"], 4);
    let found = run(archive, &["search", "rokok", "--json"]);
    ended(&found, 0);
    let path = json_lines(&found.stdout)[0]["hits"][0]["paths"][0].clone();
    let path = path.as_str().unwrap();
    assert!(path.starts_with(share) && path.len() > 400, "{path}");
    let to = |name: &str| format!(r"{out}\{name}");
    ended(&run(archive, &["show", path]), 0);
    ended(&run(archive, &["keep", "--all"]), 0);
    ended(&run(archive, &["verify"]), 0);
    ended(&run(archive, &["check", "--as-of", "2025-03-01"]), 0);
    for package in ["paket", "paket.zip"] {
        ended(&run(archive, &["export", "--all", "--to", &to(package)]), 0);
        let run = bukti().args(["bag", "validate", &to(package)]).output();
        ended(&run.unwrap(), 0);
    }
    ended(&run(archive, &["backup", &to("cadangan")]), 0);
    ended(&run(archive, &["doctor", "--repair"]), 0);
}

#[test]
fn a_share_deeper_than_260_characters_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let deepest = deep(&share);
    papers(Path::new(&deepest));
    let out = deep(folder.path());
    whole_job(&archive, share.to_str().unwrap(), &out);
    // Named by the folder in the depth, it is read, too.
    ended(&run(&archive, &["index", &deepest]), 0);
    assert_eq!(status(&archive)["files"], 4);
}

#[test]
fn an_archive_deeper_than_260_characters_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let deep = deep(folder.path());
    if fs::canonicalize(&deep).is_err() {
        println!("SKIPPED: this system cannot tell the name of a folder that deep");
        return;
    }
    let share = papers(Path::new(&deep));
    let archive = PathBuf::from(format!(r"{deep}\arsip"));
    bukti()
        .args(["init", "--region", "Kabupaten Contoh", "--year", "2025"])
        .arg(&archive)
        .assert()
        .success();
    whole_job(&archive, share.to_str().unwrap(), &deep);
    let backup = PathBuf::from(format!(r"{deep}\cadangan"));
    ended(&run(&backup, &["doctor"]), 0);
}

#[test]
fn a_package_with_names_that_windows_has_not_is_not_taken_in_by_half() {
    let folder = tempfile::tempdir().unwrap();
    for (number, odd) in ["data/nul.txt", "data/a.txt:b", "data/a.txt."]
        .iter()
        .enumerate()
    {
        let texts = [("data/a.txt", "satu\n"), (*odd, "dua\n")];
        let lines = texts.map(|(name, text)| {
            let digest = bukti::fixity::hash(text.as_bytes()).to_string();
            bukti::fixity::bag::manifest_line(&digest, name)
        });
        let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        let manifest = lines.concat();
        let files = [
            ("bagit.txt", declaration),
            ("manifest-sha256.txt", &manifest),
        ];
        let package = folder.path().join(format!("paket {number}.zip"));
        let mut zip = ZipWriter::new(File::create(&package).unwrap());
        for (name, text) in files.into_iter().chain(texts) {
            let name = format!("paket/{name}");
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        let into = folder.path().join(format!("provinsi {number}"));
        let run = bukti()
            .args(["import", "--region", "Kabupaten Contoh", "--year", "2025"])
            .args([&package, &into])
            .output()
            .unwrap();
        let said = text(&run.stderr);
        assert!(!matches!(run.status.code(), Some(0)), "{odd}: {said}");
        assert!(!said.contains("panicked"), "{odd}: {said}");
        let files = walkdir::WalkDir::new(&into)
            .into_iter()
            .filter_map(Result::ok);
        let texts: Vec<_> = files
            .filter(|entry| entry.path().to_string_lossy().contains("data"))
            .collect();
        assert!(texts.is_empty(), "{odd}: {texts:?}");
    }
}

#[test]
fn a_file_that_another_program_holds_is_told_and_read_later() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = papers(folder.path());
    let place = share.to_str().unwrap();
    let held = share.join("catatan.txt");
    // As Word holds what is open in it: nobody else may even read.
    let open = || {
        File::options()
            .read(true)
            .write(true)
            .share_mode(0)
            .open(&held)
    };
    let word = open().unwrap();
    if fs::read(&held).is_ok() {
        println!("SKIPPED: this system does not keep others from an open file");
        return;
    }
    let read = run(&archive, &["index", place]);
    ended(&read, 3);
    let told = status(&archive);
    assert_eq!(told["states"]["unreadable"], 1, "{told}");
    let note = &told["attention"][0]["notes"][0];
    assert_eq!(note["code"], "locked", "{told}");
    drop(word);
    ended(&run(&archive, &["index", place]), 0);
    assert_eq!(status(&archive)["states"]["indexed"], 4);
    let word = open().unwrap();
    let verified = run(&archive, &["verify", "--json"]);
    ended(&verified, 3);
    let findings = json_lines(&verified.stdout)[0]["findings"].clone();
    assert_eq!(findings[0]["status"], "unreadable", "{findings}");
    drop(word);
    ended(&run(&archive, &["verify"]), 0);
}

#[test]
fn a_write_protected_archive_is_searched_shown_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = papers(folder.path());
    let place = share.to_str().unwrap();
    ended(&run(&archive, &["index", place]), 0);
    let protect = |is_readonly: bool| {
        for entry in walkdir::WalkDir::new(&archive) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let mut permissions = entry.metadata().unwrap().permissions();
                permissions.set_readonly(is_readonly);
                fs::set_permissions(entry.path(), permissions).unwrap();
            }
        }
    };
    protect(true);
    if File::options()
        .write(true)
        .open(archive.join("bukti.sqlite"))
        .is_ok()
    {
        println!("SKIPPED: this user may write everything");
        return;
    }
    let works: [(&[&str], &str); 5] = [
        (&["search", "rokok"], "KAWASAN TANPA ROKOK"),
        (&["show", "perda ktr.txt"], "KAWASAN TANPA ROKOK"),
        (&["status"], "4 files"),
        (&["check", "--as-of", "2025-03-01"], "4 documents"),
        (&["doctor"], "4 / 4"),
    ];
    for (arguments, expected) in works {
        let run = run(&archive, arguments);
        ended(&run, 0);
        let out = text(&run.stdout);
        assert!(out.contains(expected), "{arguments:?} {out}");
    }
    let refused: [&[&str]; 3] = [
        &["index", place],
        &["forget", place, "--yes"],
        &["decide", "link", "perda ktr.txt", "KLA24-17-Q2"],
    ];
    for arguments in refused {
        let run = run(&archive, arguments);
        ended(&run, 70);
        let said = text(&run.stderr);
        assert!(said.contains("can only be read"), "{arguments:?} {said}");
    }
    protect(false);
    ended(&run(&archive, &["index", place]), 0);
}
