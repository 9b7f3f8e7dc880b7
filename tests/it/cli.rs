//! The verbs as a user meets them: what stands on standard output and error, exit codes, help.

use super::support::{archive, bukti, json_lines, papers, share, text};
use std::fs;

#[test]
fn help_and_mistakes_come_in_both_languages() {
    let cases = [
        (
            "id",
            "Pemakaian:",
            "Perintah",
            "galat: perintah `indeks` tidak dikenal",
        ),
        (
            "en",
            "Usage:",
            "Commands",
            "error: unrecognized subcommand 'indeks'",
        ),
    ];
    for (lang, usage, commands, mistake) in cases {
        let help = bukti().args(["--help", "--lang", lang]).output().unwrap();
        let help = text(&help.stdout);
        assert!(help.contains(usage) && help.contains(commands), "{help}");
        let wrong = bukti().args(["--lang", lang, "indeks"]).output().unwrap();
        assert_eq!(wrong.status.code(), Some(2));
        assert!(
            text(&wrong.stderr).contains(mistake),
            "{}",
            text(&wrong.stderr)
        );
    }
}

#[test]
fn a_clerk_without_an_archive_is_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let run = bukti()
        .args(["status"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(10));
    let said = text(&run.stderr);
    assert!(
        said.contains("there is no archive at") && said.contains("bukti init"),
        "{said}"
    );
    let run = bukti()
        .args(["status", "--json", "--lang", "id"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let error = &json_lines(&run.stdout)[0]["error"];
    assert_eq!(error["kind"], "no_archive");
    assert_eq!(error["exit_code"], 10);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .starts_with("tidak ada arsip")
    );
}

#[test]
fn an_archive_is_found_from_below_and_made_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let below = archive.join("index/deeper");
    fs::create_dir_all(&below).unwrap();
    bukti().arg("status").current_dir(&below).assert().success();
    let again = bukti()
        .args(["init", "--region", "Kabupaten Contoh", "--year", "2025"])
        .arg(&archive)
        .output()
        .unwrap();
    assert_eq!(again.status.code(), Some(2));
}

#[test]
fn what_does_not_exist_is_named_with_what_does() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let cases: [(&[&str], i32, &str); 6] = [
        (
            &["search", "--indicator", "99"],
            2,
            "there is no indicator `99`",
        ),
        (
            &["search", "--question", "X"],
            2,
            "there is no question `X`",
        ),
        (
            &["search", "--office", "Dinas Angin"],
            2,
            "there is no office `Dinas Angin`",
        ),
        (&["search", "--", "-x"], 2, "only holds words to leave out"),
        (&["show", "abcdef"], 1, "there is no document `abcdef`"),
        (&["index", "no/such/folder"], 2, "cannot be opened"),
    ];
    for (arguments, code, said) in cases {
        let run = bukti()
            .arg("--archive")
            .arg(&archive)
            .args(arguments)
            .output()
            .unwrap();
        let stderr = text(&run.stderr);
        assert_eq!(run.status.code(), Some(code), "{arguments:?} {stderr}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_second_run_reads_nothing_and_finds_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    fs::write(
        files.join("a.txt"),
        "Peraturan Daerah tentang Kawasan Tanpa Rokok",
    )
    .unwrap();
    fs::write(files.join("b.txt"), "Undangan rapat gugus tugas").unwrap();
    let index = || {
        let run = bukti()
            .args(["index", "--json", "--jobs", "2", "--archive"])
            .args([&archive, &files])
            .output()
            .unwrap();
        let lines = json_lines(&run.stdout);
        let pages: u64 = lines.iter().filter_map(|line| line["pages"].as_u64()).sum();
        (pages, lines.last().unwrap()["states"].clone())
    };
    let state = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(index(), (2, state(r#"{"indexed":2}"#)));
    assert_eq!(index(), (0, state(r#"{"indexed":2}"#)));
    fs::write(files.join("b.txt"), "Notulen rapat gugus tugas, diperbaiki").unwrap();
    fs::copy(files.join("a.txt"), files.join("c.txt")).unwrap();
    assert_eq!(index(), (1, state(r#"{"duplicate":1,"indexed":2}"#)));
    fs::remove_file(files.join("a.txt")).unwrap();
    assert_eq!(index(), (0, state(r#"{"indexed":2}"#)));
    let status = bukti()
        .args(["status", "--json", "--archive"])
        .arg(&archive)
        .output();
    assert_eq!(json_lines(&status.unwrap().stdout)[0]["gone"], 1);
}

#[test]
fn originals_are_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let before = snapshot(&share());
    bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &share()])
        .assert()
        .code(3);
    assert_eq!(snapshot(&share()), before);
}

fn snapshot(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            files.push((entry.path().to_owned(), fs::read(entry.path()).unwrap()));
        }
    }
    files
}

#[cfg(unix)]
#[test]
fn odd_names_folders_and_links_all_end_in_a_state() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let files = folder.path().join("share");
    fs::create_dir_all(files.join("sub\nline")).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"caf\xe9 \x1b[2J.txt");
    fs::write(files.join(odd), "rapat koordinasi gugus tugas").unwrap();
    fs::write(files.join("sub\nline").join("x".repeat(250)), "isi").unwrap();
    std::os::unix::fs::symlink("/", files.join("root")).unwrap();
    std::os::unix::fs::symlink("nowhere", files.join("broken")).unwrap();
    let run = bukti()
        .args(["index", "--json", "--archive"])
        .args([&archive, &files])
        .output()
        .unwrap();
    let lines = json_lines(&run.stdout);
    let end = lines.last().unwrap();
    assert_eq!(end["files"], 4);
    assert_eq!(
        end["states"],
        serde_json::json!({ "indexed": 2, "link": 2 })
    );
    let found = bukti()
        .args(["search", "koordinasi", "--archive"])
        .arg(&archive)
        .output()
        .unwrap();
    let shown = text(&found.stdout);
    assert!(
        shown.contains("caf") && !shown.contains('\x1b'),
        "{shown:?}"
    );
}

#[test]
fn a_whole_list_is_looked_up() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    bukti()
        .args(["index", "--archive"])
        .arg(&archive)
        .arg(papers(folder.path()))
        .output()
        .unwrap();
    let list = folder.path().join("daftar.csv");
    let rows = "No;Jenis;Nomor;Tahun;Tentang\n\
        1;Perda;5;2022;Kawasan Tanpa Rokok\n\
        2;Perda;6;2019;Kawasan Tanpa Rokok\n\
        3;Perbup;77;2021;Retribusi Pasar\n";
    fs::write(&list, rows).unwrap();
    let run = bukti()
        .args(["search", "--json", "--archive"])
        .arg(&archive)
        .arg("--list")
        .arg(&list)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    let answers = json_lines(&run.stdout);
    let told: Vec<&str> = answers
        .iter()
        .map(|a| a["answer"].as_str().unwrap())
        .collect();
    assert_eq!(told, ["held", "other_edition", "missing"]);
    assert_eq!(answers[0]["line"], 2);
    let path = answers[0]["found"][0]["path"].as_str().unwrap();
    assert!(path.ends_with("perda ktr.txt"), "{path}");
    let unlinked = bukti()
        .args(["search", "--unlinked", "-n", "100", "--json", "--archive"])
        .arg(&archive)
        .output()
        .unwrap();
    let hits = json_lines(&unlinked.stdout).remove(0);
    let hits = hits["hits"].as_array().unwrap();
    assert!(!hits.is_empty());
    assert!(
        hits.iter()
            .all(|hit| hit["links"].as_array().unwrap().is_empty())
    );
}
