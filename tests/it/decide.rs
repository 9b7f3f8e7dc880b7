//! A person's word on links: it holds over moves, renames and new runs, and can be taken back.

use super::support::{archive, bukti, json_lines, repository, share};
use rusqlite::Connection;
use serde_json::Value;
use std::{fs, path::Path};

const TEXT: &str = "PEMERINTAH KABUPATEN CONTOH\nLAPORAN KEGIATAN\nPENYULUHAN KAWASAN TANPA \
ROKOK DI SEKOLAH TAHUN 2024\nKegiatan dilaksanakan pada tanggal 5 Mei 2024.\n";

fn run(archive: &Path, arguments: &[&str]) -> Vec<Value> {
    let run = bukti()
        .args(arguments)
        .args(["--json", "--archive"])
        .arg(archive)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{arguments:?}: {said}");
    json_lines(&run.stdout)
}

fn links(archive: &Path, document: &str) -> Vec<Value> {
    let shown = run(archive, &["show", document]).remove(0);
    shown["links"].as_array().unwrap().clone()
}

/// A decision without a name is nobody's: neither the terminal nor the browser takes one.
#[test]
fn nobody_decides_without_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    // A port in use: a server that begins all the same ends at once.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for arguments in [&["decide", "undo"][..], &["serve", "--port", &port]] {
        let run = bukti()
            .args(arguments)
            .arg("--archive")
            .arg(&archive)
            .env_remove("BUKTI_AUTHOR")
            .env_remove("USERNAME")
            .env_remove("USER")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(said.contains("nobody is named"), "{arguments:?}: {said}");
        assert!(said.contains("--by"), "{arguments:?}: {said}");
    }
}

#[test]
fn decisions_hold_wherever_the_file_goes() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    fs::write(files.join("laporan ktr.txt"), TEXT).unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    let before = links(&archive, "laporan ktr.txt");
    let first = before[0]["question"].as_str().unwrap();
    let other = "KLA24-02-Q1";
    assert!(before.iter().all(|link| link["question"] != other));

    run(
        &archive,
        &["decide", "reject", "laporan ktr.txt", first, "--by", "Sri"],
    );
    let tie = ["decide", "link", "laporan ktr.txt", other];
    run(
        &archive,
        &[&tie[..], &["--by", "Sri", "--note", "rapat"]].concat(),
    );
    let decided = |name: &str| {
        let after = links(&archive, name);
        assert!(after.iter().all(|link| link["question"] != first));
        let tied = after.iter().find(|link| link["question"] == other);
        let tied = tied.unwrap_or_else(|| panic!("{name}: {after:?}"));
        assert_eq!(tied["confidence"], 1.0);
        assert_eq!(tied["decided"]["author"], "Sri");
        assert_eq!(tied["decided"]["note"], "rapat");
    };
    decided("laporan ktr.txt");

    fs::create_dir(files.join("baru")).unwrap();
    fs::rename(
        files.join("laporan ktr.txt"),
        files.join("baru/nama lain.txt"),
    )
    .unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    decided("nama lain.txt");

    run(&archive, &["decide", "undo", "--by", "Budi"]);
    run(&archive, &["decide", "undo", "--by", "Budi"]);
    let undone = links(&archive, "nama lain.txt");
    assert_eq!(undone[0]["question"], first);
    assert!(undone.iter().all(|link| link["question"] != other));
    let record = run(&archive, &["decide", "list"]);
    assert_eq!(record.len(), 4);
    assert_eq!(record[0]["undoes"], 1);
    assert_eq!(record[0]["author"], "Budi");
    assert_eq!(record[3]["undone"], true);
}

#[test]
fn a_search_uses_what_was_learnt_before_and_learns_by_itself_where_that_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    for (name, year) in [("a.txt", "2024"), ("b.txt", "2023")] {
        fs::write(files.join(name), TEXT.replace("2024", year)).unwrap();
    }
    run(&archive, &["index", files.to_str().unwrap()]);
    let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
    let learnt = || -> Option<Value> {
        let sql = "SELECT value FROM archive WHERE key = 'learnt'";
        let text = catalog.query_row(sql, [], |row| row.get::<_, String>(0));
        text.ok().map(|text| serde_json::from_str(&text).unwrap())
    };
    let found = || run(&archive, &["search", "rokok"]);
    let (untaught, first) = (found(), links(&archive, "a.txt").remove(0));
    assert_eq!(learnt(), None);
    let question = first["question"].as_str().unwrap();
    run(
        &archive,
        &["decide", "accept", "a.txt", question, "--by", "Sri"],
    );
    assert_eq!(learnt().unwrap()["learner"]["lessons"], 1);
    let taught = found();
    assert_ne!(taught, untaught);
    catalog
        .execute("DELETE FROM archive WHERE key = 'learnt'", [])
        .unwrap();
    assert_eq!(found(), taught, "learnt anew, to the bit");
    assert_eq!(learnt(), None, "a search writes nothing");
    run(&archive, &["index", files.to_str().unwrap()]);
    assert_eq!(learnt().unwrap()["learner"]["lessons"], 1);
    run(&archive, &["decide", "undo", "--by", "Sri"]);
    assert_eq!(learnt().unwrap()["learner"]["lessons"], 0);
    assert_eq!(found(), untaught);
}

#[test]
fn a_tie_that_was_not_suggested_is_not_accepted_by_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let file = folder.path().join("a.txt");
    fs::write(&file, TEXT).unwrap();
    run(&archive, &["index", file.to_str().unwrap()]);
    let refuse = |arguments: &[&str], code: i32, said: &str| {
        let run = bukti()
            .args(arguments)
            .args(["--by", "Sri", "--archive"])
            .arg(&archive)
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(code), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
    };
    let tie = ["decide", "accept", "a.txt", "KLA24-02-Q1"];
    refuse(&tie, 1, "bukti decide link");
    refuse(&["decide", "accept"], 2, "no document and question");
    refuse(&["decide", "undo", "7"], 1, "no decision to take back");
    assert_eq!(run(&archive, &["decide", "list"]).len(), 0);
}

#[test]
fn suggestions_are_answered_one_by_one_and_many_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let share = share();
    bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .arg(&archive)
        .arg(&share)
        .output()
        .unwrap();
    let queue = run(&archive, &["decide"]);
    let stakes: Vec<f64> = queue.iter().map(|q| q["stake"].as_f64().unwrap()).collect();
    assert!(stakes.is_sorted_by(|a, b| a >= b) && stakes[0] > 0.0);
    let asked = bukti()
        .args(["decide", "--by", "Sri", "--archive"])
        .arg(&archive)
        .write_stdin("y\nt\nl\nn\nu\nk\n")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&asked.stdout);
    assert!(said.contains("2 decisions recorded"), "{said}");
    let record = run(&archive, &["decide", "list"]);
    assert_eq!(record.len(), 4);
    let verdict = |at: usize| &record[at]["decisions"][0];
    assert_eq!(verdict(3)["document"], queue[0]["document"]);
    assert_eq!(verdict(3)["question"], queue[0]["link"]["question"]);
    assert_eq!(verdict(3)["verdict"], "accept");
    assert_eq!(verdict(2)["verdict"], "reject");
    assert_eq!(record[1]["undone"], true);

    let indicator = ["--indicator", "17"];
    let all = ["decide", "accept", "--yes", "--by", "Sri"];
    let done = run(&archive, &[&all[..], &indicator].concat()).remove(0);
    let many = done["decisions"].as_array().unwrap().len();
    assert!(many > 1, "{done}");
    let again = run(&archive, &[&all[..], &indicator].concat()).remove(0);
    assert_eq!(again["act"], Value::Null);
    let queue = run(&archive, &[&["decide"][..], &indicator].concat());
    let sure = |q: &Value| q["link"]["confidence"].as_f64().unwrap() >= 0.8;
    assert!(!queue.iter().any(sure), "{queue:?}");
    let learned = run(&archive, &["decide", "learned"]).remove(0);
    assert!(learned["decisions"].as_u64().unwrap() as usize >= many);
    let forgotten = run(&archive, &["decide", "learned", "--reset"]).remove(0);
    assert_eq!(forgotten["decisions"], 0);
}

#[test]
fn decisions_move_to_a_new_edition_or_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let file = folder.path().join("laporan ktr.txt");
    fs::write(&file, TEXT).unwrap();
    run(&archive, &["index", file.to_str().unwrap()]);
    for question in ["KLA24-17-Q2", "KLA24-06-Q7"] {
        let tie = ["decide", "link", "laporan ktr.txt", question, "--by", "Sri"];
        run(&archive, &tie);
    }
    let old = fs::read_to_string(repository("schema/framework.json")).unwrap();
    let id = old.split("\"id\"").nth(1).unwrap();
    let id = id.split('"').nth(1).unwrap();
    let new = old
        .replacen(id, "kla-baru", 1)
        .replace("KLA24-17-Q2\"", "KLA26-17-Q1\"")
        .replace("\"KLA24-06-Q7\"", "\"KLA26-06-Q9\"");
    let edition = folder.path().join("baru.json");
    fs::write(&edition, new).unwrap();
    let edition = edition.to_str().unwrap();
    let map = folder.path().join("peta.csv");
    let diff = bukti()
        .args(["framework", "diff", id, edition, "--map"])
        .arg(&map)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&diff.stdout);
    assert!(said.contains("KLA26-17-Q1"), "{said}");
    let rows = fs::read_to_string(&map).unwrap();
    let open = rows.replace("KLA24-06-Q7,KLA26-06-Q9,", "KLA24-06-Q7,,");
    fs::write(&map, open).unwrap();
    let moved = bukti()
        .args(["framework", "migrate", edition, "--json", "--map"])
        .arg(&map)
        .arg("--archive")
        .arg(&archive)
        .output()
        .unwrap();
    assert_eq!(moved.status.code(), Some(1), "one is left");
    let moved = json_lines(&moved.stdout).remove(0);
    assert_eq!(moved["carried"], 1);
    assert_eq!(moved["left"]["KLA24-06-Q7"], 1);
    let after = links(&archive, "laporan ktr.txt");
    let kept = after.iter().find(|link| link["question"] == "KLA26-17-Q1");
    assert_eq!(kept.unwrap()["decided"]["author"], "Sri");
    assert!(after.iter().all(|link| link["question"] != "KLA24-06-Q7"));
    let record = run(&archive, &["decide", "list"]);
    assert_eq!(record.len(), 3);
}

/// Returns the names of what a search without words finds.
fn found(archive: &Path, asked: &[&str]) -> Vec<String> {
    let run = bukti()
        .arg("search")
        .args(asked)
        .args(["--json", "--archive"])
        .arg(archive)
        .output()
        .unwrap();
    let found = json_lines(&run.stdout).remove(0);
    let name = |one: &Value| {
        let path = one["paths"][0].as_str().unwrap();
        Path::new(path)
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned()
    };
    found["hits"].as_array().unwrap().iter().map(name).collect()
}

#[test]
fn what_is_kept_of_links_follows_every_decision() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    fs::write(files.join("ktr.txt"), TEXT).unwrap();
    fs::write(
        files.join("lain.txt"),
        "Resep kue lapis dari tepung dan gula.",
    )
    .unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    let of = links(&archive, "ktr.txt");
    let questions: Vec<&str> =
        of.iter().map(|l| l["question"].as_str().unwrap()).collect();
    let first = ["--question", questions[0]];
    let kept = || {
        let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
        let sql = "SELECT count(*) FROM archive WHERE key = 'effective'";
        catalog
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(found(&archive, &first), ["ktr.txt"]);
    assert_eq!(found(&archive, &["--unlinked"]), ["lain.txt"]);
    assert_eq!(kept(), 0, "nobody has decided anything");
    for (place, question) in questions.iter().enumerate() {
        run(
            &archive,
            &["decide", "reject", "ktr.txt", question, "--by", "Sri"],
        );
        assert_eq!(kept(), 0);
        if place == 0 {
            // While another process writes the answer is the same, and not kept.
            let writer = Connection::open(archive.join("bukti.sqlite")).unwrap();
            writer.execute_batch("BEGIN IMMEDIATE").unwrap();
            assert_eq!(found(&archive, &first), [""; 0]);
            assert_eq!(kept(), 0);
        }
        for _ in 0..2 {
            assert_eq!(found(&archive, &first), [""; 0]);
            assert_eq!(kept(), 1);
        }
    }
    assert_eq!(found(&archive, &["--unlinked"]), ["ktr.txt", "lain.txt"]);
    run(
        &archive,
        &["decide", "link", "lain.txt", questions[0], "--by", "Sri"],
    );
    for _ in 0..2 {
        assert_eq!(found(&archive, &first), ["lain.txt"]);
        assert_eq!(found(&archive, &["--unlinked"]), ["ktr.txt"]);
    }
}
