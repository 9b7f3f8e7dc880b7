//! The check as people and programs get it: forms, files, exit codes, answers, history.

use super::support::{archive, bukti, json_lines, run, share, text};
use std::{fs, path::Path};

/// Puts a report of an activity into a folder, and the folder into an archive.
fn index_report(archive: &Path, files: &Path) {
    let report = "LAPORAN KEGIATAN SOSIALISASI KAWASAN TANPA ROKOK\nBupati Contoh\n\
                  Hari/Tanggal: Rabu, 24 Juli 2024\nKawasan Tanpa Rokok di sekolah\n";
    fs::write(files.join("Laporan KTR.txt"), report).unwrap();
    run(archive, &["index", files.to_str().unwrap()]);
}

/// Makes an archive of the samples, without the slow part.
fn indexed(folder: &Path) -> std::path::PathBuf {
    let archive = archive(folder);
    let share = share();
    let done = run(
        &archive,
        &["index", "--ocr", "none", share.to_str().unwrap()],
    );
    assert_eq!(done.status.code(), Some(3), "{}", text(&done.stderr));
    archive
}

#[test]
fn every_form_comes_out_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let archive = indexed(folder.path());
    for form in ["json", "table", "csv", "xlsx", "html", "sarif", "junit"] {
        let file = folder.path().join("report");
        let ask = |name: &Path| {
            let name = name.to_str().unwrap();
            let asked = [
                "check",
                "--as-of",
                "2025-03-01",
                "--format",
                form,
                "-o",
                name,
            ];
            let done = run(&archive, &asked);
            assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
            assert!(done.stdout.is_empty());
            fs::read(&file).unwrap()
        };
        let first = ask(&file);
        assert!(first.len() > 1000, "{form}");
        assert!(first == ask(&file), "{form}");
    }
    let refused = run(&archive, &["check", "--format", "xlsx"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn the_exit_code_says_how_bad_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let archive = indexed(folder.path());
    let code = |arguments: &[&str]| {
        let all = [&["check", "--as-of", "2025-03-01"], arguments].concat();
        run(&archive, &all).status.code()
    };
    assert_eq!(code(&["--fail-on", "error"]), Some(1));
    assert_eq!(code(&[]), Some(0));
    // One question that is weak.
    let weak = run(&archive, &["check", "--as-of", "2025-03-01", "--json"]);
    let report = &json_lines(&weak.stdout)[0];
    let questions = report["sections"].as_array().unwrap().iter();
    let indicators = questions.flat_map(|s| s["indicators"].as_array().unwrap());
    let mut all = indicators.flat_map(|i| i["questions"].as_array().unwrap());
    let weak = all.find(|q| q["state"] == "weak").unwrap();
    let id = weak["id"].as_str().unwrap();
    assert_eq!(code(&["--question", id, "--fail-on", "error"]), Some(0));
    assert_eq!(code(&["--question", id, "--fail-on", "warning"]), Some(1));
    assert_eq!(code(&["--cluster", "K9"]), Some(2));
    let one = run(
        &archive,
        &[
            "check",
            "--as-of",
            "2025-03-01",
            "--cluster",
            "K3",
            "--json",
        ],
    );
    let sections = json_lines(&one.stdout)[0]["sections"].clone();
    let filled = sections.as_array().unwrap().iter().filter(|section| {
        let indicators = section["indicators"].as_array().unwrap();
        indicators
            .iter()
            .any(|i| !i["questions"].as_array().unwrap().is_empty())
    });
    let codes: Vec<&str> = filled.map(|s| s["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["K3"]);
}

#[test]
fn answers_go_out_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let sheet = folder.path().join("jawaban.csv");
    let sheet = sheet.to_str().unwrap();
    assert!(
        run(&archive, &["answers", "export", sheet])
            .status
            .success()
    );
    let again = run(&archive, &["answers", "export", sheet]);
    assert_eq!(again.status.code(), Some(2), "nothing is overwritten");
    let filled = fs::read_to_string(sheet).unwrap();
    let line = filled
        .lines()
        .find(|l| l.starts_with("KLA24-01-Q1,"))
        .unwrap();
    let answered = format!("{},7.5,SK ada", line.strip_suffix(",,").unwrap());
    fs::write(sheet, filled.replace(line, &answered)).unwrap();
    let done = run(&archive, &["answers", "import", sheet, "--json"]);
    assert_eq!(json_lines(&done.stdout)[0]["answers"], 1, "{answered}");
    assert_eq!(json_lines(&done.stdout)[0]["points"], 7.5);
    // A workbook brings back what it took out.
    let book = folder.path().join("jawaban.xlsx");
    let book = book.to_str().unwrap();
    assert!(run(&archive, &["answers", "export", book]).status.success());
    let done = run(&archive, &["answers", "import", book, "--json"]);
    assert_eq!(json_lines(&done.stdout)[0]["points"], 7.5);
    let check = run(&archive, &["check", "--json"]);
    assert_eq!(json_lines(&check.stdout)[0]["total"]["own"], 7.5);
    fs::write(sheet, "kode,nilai_sendiri\nKLA24-01-Q1,banyak\n").unwrap();
    let refused = run(&archive, &["answers", "import", sheet]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("`banyak`"));
    let check = run(&archive, &["check", "--json"]);
    assert_eq!(
        json_lines(&check.stdout)[0]["total"]["own"],
        7.5,
        "as before"
    );
}

#[test]
fn a_later_check_says_what_moved() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    let check = |more: &[&str]| {
        let all = [&["check", "--json"], more].concat();
        json_lines(&run(&archive, &all).stdout)[0].clone()
    };
    check(&["--as-of", "2025-03-01"]);
    index_report(&archive, &files);
    let now = check(&["--as-of", "2025-03-02", "--since", "2025-03-01"]);
    let changes = now["since"]["changes"].as_array().unwrap();
    assert!(!changes.is_empty());
    assert!(changes.iter().all(|change| change["from"] == "missing"));
    assert_eq!(now["history"][0]["as_of"], "2025-03-01");
    fs::remove_file(files.join("Laporan KTR.txt")).unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    let gone = check(&["--as-of", "2025-03-03", "--since", "2025-03-02"]);
    let said = gone["since"]["changes"].to_string();
    assert!(
        said.contains("\"to\":\"invalid\"") || said.contains("\"to\":\"missing\""),
        "{said}"
    );
    assert_eq!(
        run(&archive, &["check", "--since", "1999-01-01"])
            .status
            .code(),
        Some(1)
    );
}

#[test]
fn a_year_is_held_against_the_year_before() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let before = folder.path().join("2024");
    let before = before.to_str().unwrap();
    let mut init = bukti();
    init.args([
        "init",
        "--region",
        "Kabupaten Contoh",
        "--year",
        "2024",
        before,
    ]);
    assert!(init.output().unwrap().status.success());
    let check = |more: &[&str]| run(&archive, &[&["check", "--json"], more].concat());
    let never = check(&["--since", before]);
    assert_eq!(never.status.code(), Some(1), "{}", text(&never.stderr));
    run(Path::new(before), &["check", "--as-of", "2024-03-01"]);
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    index_report(&archive, &files);
    let now = check(&["--as-of", "2025-03-01", "--since", before]);
    let since = &json_lines(&now.stdout)[0]["since"];
    assert_eq!(
        (&since["year"], &since["as_of"]),
        (&2024.into(), &"2024-03-01".into())
    );
    assert!(!since["changes"].as_array().unwrap().is_empty(), "{since}");
}

#[test]
fn each_place_without_evidence_gets_its_letter() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let none = run(&archive, &["places"]);
    assert!(text(&none.stdout).contains("bukti places"));
    let list = folder.path().join("wilayah.csv");
    let villages =
        "kecamatan;desa\nSukamaju;Mekar Sari\n;Harapan\nBukit Teladan;Suka Mulya\n";
    fs::write(&list, villages).unwrap();
    let taken = run(&archive, &["places", list.to_str().unwrap(), "--json"]);
    let counts = &json_lines(&taken.stdout)[0]["places"];
    assert_eq!(
        (&counts["kecamatan"], &counts["desa"]),
        (&2.into(), &3.into())
    );

    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    let rule = "PERATURAN DESA MEKARSARI\nNOMOR 3 TAHUN 2024\nTENTANG\nPENCEGAHAN PERKAWINAN \
                ANAK\nKEPALA DESA MEKARSARI,\n\nPasal 1\nDesa layak anak.\n\
                Ditetapkan di Mekarsari\npada tanggal 5 Maret 2024\nKEPALA DESA MEKARSARI,\nttd\nBUDI\n";
    fs::write(files.join("Perdes.txt"), rule).unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    let check = run(&archive, &["check", "--as-of", "2025-03-01", "--json"]);
    let report = json_lines(&check.stdout)[0].to_string();
    assert!(report.contains("\"lacking\""), "{report}");

    let to = folder.path().join("surat");
    let named = to.to_str().unwrap();
    let done = run(
        &archive,
        &[
            "letter",
            "--to",
            named,
            "--as-of",
            "2025-03-01",
            "--office",
            "Desa",
            "--json",
        ],
    );
    let letters = &json_lines(&done.stdout)[0]["letters"];
    let asked = |name: &str| {
        let letters = letters.as_array().unwrap().iter();
        let office =
            |l: &&serde_json::Value| l["office"].as_str().unwrap().contains(name);
        letters
            .clone()
            .find(office)
            .map(|l| l["questions"].as_u64().unwrap())
    };
    let (with, without) = (asked("Mekar Sari"), asked("Harapan"));
    assert!(without.is_some() && with < without, "{letters}");
    assert!(
        !to.join("kecamatan").exists(),
        "only villages were asked for"
    );
    let mut letters = letters.as_array().unwrap().iter();
    let of_harapan = letters.find(|l| l["office"].as_str().unwrap().contains("Harapan"));
    let page =
        fs::read_to_string(of_harapan.unwrap()["files"][1].as_str().unwrap()).unwrap();
    assert!(page.contains("No document of Village"), "{page}");
}

#[test]
fn a_table_of_something_else_is_no_list_of_places() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let list = folder.path().join("wilayah.csv");
    fs::write(&list, "desa\nHarapan\n").unwrap();
    assert!(
        run(&archive, &["places", list.to_str().unwrap()])
            .status
            .success()
    );
    let wrong = folder.path().join("lain.csv");
    fs::write(&wrong, "nama,jumlah\nA,1\n").unwrap();
    let refused = run(&archive, &["places", wrong.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    let kept = run(&archive, &["places", "--json"]);
    assert_eq!(
        json_lines(&kept.stdout)[0]["places"]["desa"],
        1,
        "as before"
    );
}

#[test]
fn each_office_gets_its_letter() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let to = folder.path().join("surat");
    let named = to.to_str().unwrap();
    let write = || {
        run(
            &archive,
            &["letter", "--to", named, "--as-of", "2025-03-01", "--json"],
        )
    };
    let done = write();
    let letters = &json_lines(&done.stdout)[0];
    // Of a year that is not on record the day is estimated from the last one.
    assert_eq!(letters["deadline"], "2025-03-11");
    let letters = letters["letters"].as_array().unwrap();
    assert!(letters.len() > 20);
    let docx = to.join("Surat Dinkes.docx");
    let first = fs::read(&docx).unwrap();
    let inspected = bukti()
        .arg("inspect")
        .args(["--json", "--text"])
        .arg(&docx)
        .output();
    let line = json_lines(&inspected.unwrap().stdout)[0].clone();
    let read = line["text"].to_string();
    for words in ["KABUPATEN CONTOH", "Health Office", "11 March 2025", "17.2"] {
        assert!(read.contains(words), "{words}");
    }
    write();
    assert!(fs::read(&docx).unwrap() == first, "the same bytes");
    let refused = run(&archive, &["letter", "--to", named, "--office", "Dinas X"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn the_calendar_takes_what_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let ask = |more: &[&str]| {
        let all = [&["calendar", "--as-of", "2025-03-01", "--json"], more].concat();
        let done = run(&archive, &all);
        let stages = json_lines(&done.stdout)[0]["stages"].clone();
        let find = |stage: &serde_json::Value| stage["id"] == "mandiri";
        stages
            .as_array()
            .unwrap()
            .iter()
            .find(|s| find(s))
            .unwrap()
            .clone()
    };
    let before = ask(&[]);
    assert_eq!(before["origin"], "estimated");
    assert_eq!(
        (&before["to"], &before["days_left"]),
        (&"2025-03-31".into(), &30.into())
    );
    let after = ask(&["--set", "mandiri=2025-04-10"]);
    assert_eq!(after["origin"], "told");
    assert_eq!(after["days_left"], 40);
    let refused = run(&archive, &["calendar", "--set", "mandiri=besok"]);
    assert_eq!(refused.status.code(), Some(2));
}
