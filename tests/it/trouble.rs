//! Nothing silent: an archive that lost its search index, is damaged, empty, locked,
//! write-protected or on a full disk says so; a filter that names nothing is a mistake, and a
//! place can be let go.

use super::support::{archive, bukti, json_lines, papers, run, said, taken_in, text};
use serde_json::Value;
use std::{fs, path::Path};

fn json(archive: &Path, arguments: &[&str], schema: &str) -> (i32, Value) {
    let mut command = bukti();
    command.env("BUKTI_AUTHOR", "Sri").args(arguments);
    said(command.arg("--archive").arg(archive), schema)
}

fn names(count: usize) -> Vec<String> {
    let text = |n| format!("Surat Edaran nomor {n} tentang hak anak\n");
    (0..count).map(text).collect()
}

#[test]
fn a_search_that_lost_its_index_mends_it_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path(), &names(5));
    let index = archive.join("index");
    let segment = |index: &Path| {
        let files = fs::read_dir(index)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let stores = files.filter(|path| path.extension().is_some_and(|e| e == "store"));
        stores
            .max_by_key(|path| fs::metadata(path).unwrap().len())
            .unwrap()
    };
    let losses: [(&str, &dyn Fn()); 4] = [
        ("the folder", &|| fs::remove_dir_all(&index).unwrap()),
        ("what it is", &|| {
            fs::remove_file(index.join("meta.json")).unwrap();
        }),
        ("a part", &|| fs::remove_file(segment(&index)).unwrap()),
        ("half a part", &|| {
            let part = segment(&index);
            let bytes = fs::read(&part).unwrap();
            fs::write(part, &bytes[..bytes.len() / 2]).unwrap();
        }),
    ];
    for (what, lose) in losses {
        lose();
        let (_, status) = json(&archive, &["status"], "status.schema.json");
        assert_eq!(status["search_index"]["found"], Value::Null, "{what}");
        assert_eq!(status["search_index"]["expected"], 5, "{what}");
        let shown = text(&run(&archive, &["status"]).stdout);
        assert!(shown.contains("doctor --repair"), "{what}: {shown}");
        let (code, found) = json(&archive, &["search", "anak"], "search.schema.json");
        assert_eq!(
            (code, &found["total"]),
            (0, &Value::from(5)),
            "{what}: {found}"
        );
        assert_eq!(found["index"]["mended"], 5, "{what}");
        let (_, found) = json(&archive, &["search", "anak"], "search.schema.json");
        assert_eq!(found["index"]["mended"], 0, "{what}");
    }
}

#[test]
fn doctor_sees_a_lost_index_and_makes_it_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path(), &names(4));
    let index = archive.join("index");
    let doctor = |arguments: &[&str]| {
        json(
            &archive,
            &[&["doctor"], arguments].concat(),
            "custody.schema.json",
        )
    };
    let well = |arguments: &[&str]| {
        let (code, told) = doctor(arguments);
        assert_eq!((code, &told["well"]), (0, &Value::Bool(true)), "{told}");
        told
    };
    assert_eq!(well(&[])["index"]["found"], 4);
    fs::remove_dir_all(&index).unwrap();
    let (code, told) = doctor(&[]);
    assert_eq!((code, &told["well"]), (1, &Value::Bool(false)), "{told}");
    assert!(!index.exists(), "who looks makes nothing");
    let told = well(&["--repair"]);
    assert_eq!(told["repaired"]["index"], true);
    assert_eq!(well(&[])["index"]["found"], 4);
    // Bytes that changed behind an index that opens.
    let files = fs::read_dir(&index)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let positions = files.filter(|path| path.extension().is_some_and(|e| e == "pos"));
    for file in positions {
        let mut bytes = fs::read(&file).unwrap();
        bytes[0] ^= 0xff;
        fs::write(file, bytes).unwrap();
    }
    assert_eq!(doctor(&[]).0, 1);
    assert_eq!(well(&["--repair"])["repaired"]["index"], true);
    // Emptied by a search of an older version, which told the catalog that none is in it.
    let catalog = rusqlite::Connection::open(archive.join("bukti.sqlite")).unwrap();
    catalog
        .execute("UPDATE content SET searchable = 0", [])
        .unwrap();
    drop(catalog);
    fs::remove_dir_all(&index).unwrap();
    assert_eq!(doctor(&[]).0, 1);
    let told = run(&archive, &["index", share.to_str().unwrap()]);
    assert_eq!(told.status.code(), Some(0));
    assert_eq!(well(&[])["index"]["found"], 4);
    let (_, found) = json(&archive, &["search", "anak"], "search.schema.json");
    assert_eq!(
        (&found["total"], &found["index"]["mended"]),
        (&4.into(), &0.into())
    );
}

#[test]
fn a_large_archive_asks_before_it_mends_and_never_says_that_nothing_fits() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path(), &names(2));
    fs::remove_dir_all(archive.join("index")).unwrap();
    // More than a search makes anew by itself.
    let catalog = rusqlite::Connection::open(archive.join("bukti.sqlite")).unwrap();
    for number in 0..1_200 {
        let digest = format!("{number:032}").into_bytes();
        let sql = "INSERT INTO content (digest, len, media_type, state, page_count, unclear,
                notes, metadata, facts, reader, searchable)
            SELECT ?1, len, media_type, state, page_count, unclear, notes, metadata, facts,
                reader, 1 FROM content ORDER BY digest LIMIT 1";
        catalog.execute(sql, [&digest]).unwrap();
        let sql = "INSERT INTO location (path, len, mtime_ns, digest, notes, present)
            VALUES (?1, 1, 1, ?2, '[]', 1)";
        catalog
            .execute(sql, rusqlite::params![format!("/made/{number}"), digest])
            .unwrap();
    }
    drop(catalog);
    let run = run(&archive, &["search", "anak"]);
    let said = text(&run.stderr);
    assert_eq!(run.status.code(), Some(70), "{said}");
    assert!(
        said.contains("0 of 1202") && said.contains("doctor --repair"),
        "{said}"
    );
}

#[test]
fn a_catalog_is_told_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path(), &names(3));
    let catalog = archive.join("bukti.sqlite");
    let whole = fs::read(&catalog).unwrap();
    let told = |code: i32, expected: &str| {
        let run = run(&archive, &["search", "anak"]);
        let said = text(&run.stderr);
        assert_eq!(run.status.code(), Some(code), "{said}");
        assert!(said.contains(expected), "{expected}: {said}");
        assert!(said.contains("hint:"), "{said}");
        assert!(said.contains(archive.to_str().unwrap()), "{said}");
    };
    fs::write(&catalog, "").unwrap();
    told(70, "is empty (0 bytes)");
    fs::write(&catalog, "words, not rows. ".repeat(200)).unwrap();
    told(70, "is no catalog of bukti");
    fs::write(&catalog, &whole[..whole.len() / 2]).unwrap();
    told(70, "is damaged");
    fs::write(&catalog, &whole).unwrap();
    let open = rusqlite::Connection::open(&catalog).unwrap();
    open.pragma_update(None, "user_version", 99).unwrap();
    drop(open);
    told(70, "was made by a newer bukti");
}

#[test]
fn a_catalog_that_another_program_holds_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = taken_in(folder.path(), &names(1));
    let other = rusqlite::Connection::open(archive.join("bukti.sqlite")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let run = run(&archive, &["index", share.to_str().unwrap()]);
    let said = text(&run.stderr);
    assert_eq!(run.status.code(), Some(11), "{said}");
    assert!(said.contains("locked by another program"), "{said}");
}

/// Copies the program to where anybody may run it, and returns it as a user who may write
/// nowhere: `nobody` where the tests run as root, whom nothing is forbidden.
#[cfg(unix)]
fn powerless(folder: &Path) -> impl Fn(&Path, &[&str]) -> std::process::Output {
    use std::os::unix::{fs::MetadataExt, fs::PermissionsExt, process::CommandExt};
    /// The user who owns nothing, on every Linux.
    const NOBODY: u32 = 65_534;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    let program = folder.join("bukti");
    fs::copy(env!("CARGO_BIN_EXE_bukti"), &program).unwrap();
    let is_root = fs::metadata(&program).unwrap().uid() == 0;
    move |archive: &Path, arguments: &[&str]| {
        let mut command = std::process::Command::new(&program);
        command
            .env_remove("BUKTI_ARCHIVE")
            .env("BUKTI_LANG", "en")
            .env("BUKTI_AUTHOR", "Sri")
            .current_dir("/")
            .args(arguments)
            .arg("--archive")
            .arg(archive);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap()
    }
}

/// Takes the right to write away from a folder and all in it.
#[cfg(unix)]
fn protect(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry.unwrap();
        let mode = if entry.file_type().is_dir() {
            0o555
        } else {
            0o444
        };
        fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_write_protected_archive_is_searched_shown_and_checked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let papers = papers(folder.path());
    bukti()
        .args(["index", "--archive"])
        .args([&archive, &papers])
        .output()
        .unwrap();
    let run = powerless(folder.path());
    protect(&archive);
    let works: [(&[&str], i32, &str); 5] = [
        (&["search", "rokok"], 0, "KAWASAN TANPA ROKOK"),
        (&["show", "perda ktr.txt"], 0, "KAWASAN TANPA ROKOK"),
        (&["status"], 0, "4 files"),
        (&["check", "--as-of", "2025-03-01"], 0, "4 documents"),
        (&["doctor"], 0, "4 / 4"),
    ];
    for (arguments, code, expected) in works {
        let run = run(&archive, arguments);
        let (out, err) = (text(&run.stdout), text(&run.stderr));
        assert_eq!(run.status.code(), Some(code), "{arguments:?} {out} {err}");
        assert!(out.contains(expected), "{arguments:?} {out} {err}");
    }
    let kept = run(&archive, &["check", "--as-of", "2025-03-01"]);
    assert!(text(&kept.stderr).contains("is not kept"));
    let share = papers.to_str().unwrap();
    let refused: [&[&str]; 4] = [
        &["index", share],
        &["forget", share, "--yes"],
        &["doctor", "--repair"],
        &["decide", "link", "perda ktr.txt", "KLA24-17-Q2"],
    ];
    for arguments in refused {
        let run = run(&archive, arguments);
        let said = text(&run.stderr);
        assert_eq!(run.status.code(), Some(70), "{arguments:?} {said}");
        assert!(said.contains("can only be read"), "{arguments:?} {said}");
    }
    // Lost on top of that: no empty answer, and nothing it could do here.
    fs::set_permissions(&archive, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(archive.join("index"), fs::Permissions::from_mode(0o755))
        .unwrap();
    fs::remove_dir_all(archive.join("index")).unwrap();
    fs::set_permissions(&archive, fs::Permissions::from_mode(0o555)).unwrap();
    let lost = run(&archive, &["search", "rokok"]);
    let said = text(&lost.stderr);
    assert_eq!(lost.status.code(), Some(70), "{said}");
    assert!(said.contains("copy the archive"), "{said}");
    fs::set_permissions(&archive, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_share_under_another_path_is_let_go_and_decisions_stay() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let old = papers(folder.path());
    let new = folder.path().join("share baru");
    let index = |place: &Path| run(&archive, &["index", place.to_str().unwrap()]);
    index(&old);
    let tie = ["decide", "link", "perda ktr.txt", "KLA24-17-Q2"];
    assert_eq!(run(&archive, &tie).status.code(), Some(0));
    fs::rename(&old, &new).unwrap();
    let read = index(&new);
    assert!(
        text(&read.stdout).contains("bukti forget"),
        "{}",
        text(&read.stdout)
    );
    let counts = || {
        let (_, status) = json(&archive, &["status"], "status.schema.json");
        (
            status["files"].clone(),
            status["states"]["duplicate"].clone(),
        )
    };
    assert_eq!(counts(), (8.into(), 4.into()));
    let away = text(&run(&archive, &["verify"]).stdout);
    assert!(away.contains("bukti forget"), "{away}");
    let place = old.to_str().unwrap();
    let plan = json(&archive, &["forget", place, "--plan"], "forget.schema.json");
    assert_eq!(counts(), (8.into(), 4.into()), "a plan changes nothing");
    let done = json(&archive, &["forget", place], "forget.schema.json");
    for ((code, told), is_done) in [(plan, false), (done, true)] {
        assert_eq!((code, &told["forgotten"]), (0, &is_done.into()), "{told}");
        assert_eq!((&told["paths"], &told["elsewhere"]), (&4.into(), &4.into()));
        assert_eq!((&told["lone"], &told["decided"]), (&0.into(), &0.into()));
    }
    assert_eq!(counts(), (4.into(), Value::Null));
    assert_eq!(run(&archive, &["verify"]).status.code(), Some(0));
    let (_, shown) = json(&archive, &["show", "perda ktr.txt"], "show.schema.json");
    assert_eq!(shown["locations"].as_array().unwrap().len(), 1);
    let tied = shown["links"].as_array().unwrap().iter();
    let mut tied = tied.filter(|link| link["question"] == "KLA24-17-Q2");
    assert_eq!(tied.next_back().unwrap()["decided"]["author"], "Sri");
    // By the name of the old folder nothing is found any more, by the new one's all.
    let found = |word: &str| json(&archive, &["search", word], "search.schema.json").1;
    assert_eq!(found("papers")["total"], 0);
    assert_eq!(found("baru")["total"], 4);
    let log = text(&run(&archive, &["log", "show", "perda ktr.txt"]).stdout);
    assert!(log.contains("let go") && log.contains("Sri"), "{log}");
    assert_eq!(run(&archive, &["log", "verify"]).status.code(), Some(0));
    assert_eq!(run(&archive, &["doctor"]).status.code(), Some(0));
    let again = run(&archive, &["forget", place]);
    assert_eq!(again.status.code(), Some(1));
    let said = text(&again.stderr);
    assert!(
        said.contains("nothing was ever read") && said.contains("share baru"),
        "{said}"
    );
}

#[test]
fn what_lies_nowhere_else_is_let_go_only_when_meant() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = papers(folder.path());
    let place = share.to_str().unwrap();
    run(&archive, &["index", place]);
    run(
        &archive,
        &["decide", "link", "perda ktr.txt", "KLA24-17-Q2"],
    );
    let refused = run(&archive, &["forget", place]);
    let said = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(
        said.contains("4 documents") && said.contains("--yes"),
        "{said}"
    );
    // A folder of it, then all.
    let part = share.join("ktr");
    let part = part.to_str().unwrap();
    let (code, told) = json(&archive, &["forget", part, "--yes"], "forget.schema.json");
    assert_eq!((code, &told["lone"]), (0, &2.into()), "{told}");
    assert_eq!(told["there"][0], part, "the files are there still");
    let (_, found) = json(&archive, &["search", "sosialisasi"], "search.schema.json");
    assert_eq!(found["total"], 0);
    let (_, told) = json(&archive, &["forget", place, "--yes"], "forget.schema.json");
    assert_eq!((&told["lone"], &told["decided"]), (&2.into(), &1.into()));
    let (_, status) = json(&archive, &["status"], "status.schema.json");
    assert_eq!((&status["files"], &status["gone"]), (&0.into(), &0.into()));
    assert_eq!(run(&archive, &["doctor"]).status.code(), Some(0));
    // Met again, the decision holds again.
    run(&archive, &["index", place]);
    let (_, shown) = json(&archive, &["show", "perda ktr.txt"], "show.schema.json");
    let mut links = shown["links"].as_array().unwrap().iter();
    assert!(
        links.any(|link| link["decided"]["author"] == "Sri"),
        "{shown}"
    );
}

#[test]
fn a_filter_that_names_nothing_is_a_mistake_with_the_nearest_names() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in(folder.path(), &names(1));
    let cases: [(&[&str], &str); 8] = [
        (&["search", "--kind", "perbup"], "`perkada`"),
        (&["search", "--kind", "undagan"], "`undangan`"),
        (&["search", "--question", "17-Q2"], "`KLA24-17-Q2`"),
        (&["search", "--office", "Dinas Kesehatn"], "Kesehatan"),
        (&["search", "--state", "pasword"], "`password`"),
        (
            &["search", "--issuer", "Kabupaten Bantl"],
            "`Kabupaten Bantul`",
        ),
        (&["check", "--cluster", "K33"], "`K3`"),
        (
            &["decide", "--question", "KLA24-17-Q22", "--list"],
            "`KLA24-17-Q2",
        ),
    ];
    for (arguments, near) in cases {
        let run = run(&archive, arguments);
        let said = text(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{arguments:?} {said}");
        assert!(said.contains(near), "{arguments:?} {said}");
    }
    // What exists and fits nothing is an honest no.
    for arguments in [["--kind", "perda"], ["--issuer", "Kabupaten Bantul"]] {
        let run = run(&archive, &[&["search"], &arguments[..]].concat());
        assert_eq!(run.status.code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn a_list_excludes_by_nothing_that_it_does_not_state() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = papers(folder.path());
    run(&archive, &["index", share.to_str().unwrap()]);
    let list = folder.path().join("daftar.csv");
    let cases = [
        ("judul,nomor,tahun\nKawasan Tanpa Rokok,5,2022\n", "held"),
        ("nomor,tahun,judul\n5,2022,Kawasan Tanpa Rokok\n", "held"),
        ("judul,tahun\nKawasan Tanpa Rokok,2022\n", "perhaps"),
        ("nomor,tahun\n5,2022\n", "perhaps"),
        (
            "judul,nomor,tahun\nKawasan Tanpa Rokok,6,2019\n",
            "other_edition",
        ),
        ("judul,nomor,tahun\nRetribusi Pasar,5,2021\n", "missing"),
    ];
    for (rows, expected) in cases {
        fs::write(&list, rows).unwrap();
        let told = run(
            &archive,
            &["search", "--json", "--list", list.to_str().unwrap()],
        );
        let lines = json_lines(&told.stdout);
        super::schemas::hold("search-list.schema.json", &lines);
        assert_eq!(lines[0]["answer"], expected, "{rows} {}", lines[0]);
    }
    let told = run(&archive, &["search", "--list", list.to_str().unwrap()]);
    let said = text(&told.stderr);
    assert!(
        said.contains("1 title · 2 number · 3 year · not stated: kind"),
        "{said}"
    );
}

#[test]
fn accepting_many_names_the_threshold_and_an_empty_package_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = papers(folder.path());
    run(&archive, &["index", share.to_str().unwrap()]);
    let accept = ["decide", "accept", "--indicator", "17", "--yes"];
    let shown = text(&run(&archive, &accept).stdout);
    assert!(shown.contains("sure to 80 %"), "{shown}");
    let all = [&accept[..], &["--least", "15"]].concat();
    let (_, told) = json(&archive, &all, "decide.schema.json");
    assert!(
        (told["least"].as_f64().unwrap() - 0.15).abs() < 1e-6,
        "{told}"
    );
    let to = folder.path().join("paket");
    let question = ["export", "--question", "KLA24-12-Q4", "--to"];
    let refused = run(&archive, &[&question[..], &[to.to_str().unwrap()]].concat());
    let said = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("an empty package is not written"), "{said}");
    assert!(!to.exists());
}

#[cfg(unix)]
#[test]
fn names_in_other_spellings_and_not_in_utf8_are_found_or_refused() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = folder.path().join("Pertemuan Cafe\u{301}");
    fs::create_dir(&share).unwrap();
    fs::write(
        share.join("re\u{301}sume\u{301}.txt"),
        "Notula rapat hak anak\n",
    )
    .unwrap();
    let odd = OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(share.join(odd), "Undangan rapat hak anak\n").unwrap();
    bukti()
        .args(["index", "--archive"])
        .args([&archive, &share])
        .output()
        .unwrap();
    for name in [
        "r\u{e9}sum\u{e9}.txt",
        "re\u{301}sume\u{301}.txt",
        "Caf\u{e9}/re\u{301}sum\u{e9}.txt",
    ] {
        let run = run(&archive, &["show", name]);
        assert_eq!(run.status.code(), Some(0), "{name}: {}", text(&run.stderr));
    }
    let shown = bukti()
        .args(["show", "--archive"])
        .arg(&archive)
        .arg(odd)
        .output()
        .unwrap();
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown.stderr));
    for lang in ["id", "en"] {
        for verb in ["search", "check", "decide", "forget", "inspect", "keep"] {
            let mut command = bukti();
            command
                .args([verb, "--lang", lang, "--archive"])
                .arg(&archive);
            let run = command
                .arg(OsStr::from_bytes(b"\xff\xfe"))
                .output()
                .unwrap();
            let (code, said) = (run.status.code().unwrap(), text(&run.stderr));
            assert!(matches!(code, 1..=3), "{verb} {code} {said}");
            assert!(!said.contains("panicked"), "{verb}: {said}");
            assert!(code == 3 || !said.trim().is_empty(), "{verb} says nothing");
        }
        let mut command = bukti();
        let run = command
            .args(["search", "--lang", lang])
            .arg(OsStr::from_bytes(b"\xff"));
        let said = text(&run.output().unwrap().stderr);
        assert!(said.contains("UTF-8"), "{said}");
    }
}
