//! The event log as a user sees it: it tells the story, whoever tampers with it is found, and
//! neither takes bukti to see.

use super::{
    schemas::hold,
    support::{archive, bukti, json_lines, repository},
};
use rusqlite::Connection;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Makes a small share and an archive that has read it.
fn small(folder: &Path) -> (PathBuf, PathBuf) {
    let share = folder.join("share");
    fs::create_dir_all(&share).unwrap();
    for n in 0..5 {
        let text = format!("Surat Edaran nomor {n} tentang hak anak\n");
        fs::write(share.join(format!("{n}.txt")), text).unwrap();
    }
    let archive = archive(folder);
    index(&archive, &share);
    (archive, share)
}

fn index(archive: &Path, share: &Path) {
    let run = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([archive, share])
        .assert();
    run.success();
}

fn log(archive: &Path, arguments: &[&str]) -> (i32, Vec<Value>) {
    let run = bukti()
        .arg("log")
        .args(arguments)
        .args(["--json", "--archive"])
        .arg(archive)
        .output()
        .unwrap();
    (run.status.code().unwrap(), json_lines(&run.stdout))
}

/// Runs `tests/data/log/check.py` over lines; `None` where there is no Python.
fn python(folder: &Path, lines: &[Value]) -> Option<(bool, String)> {
    let file = folder.join("log.jsonl");
    let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
    fs::write(&file, text.join("\n")).unwrap();
    let script = repository("tests/data/log/check.py");
    let run = Command::new("python3").arg(script).arg(file).output();
    let Ok(run) = run else {
        println!("SKIPPED: there is no python3 here");
        return None;
    };
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    Some((run.status.success(), said))
}

#[test]
fn each_document_has_its_story() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = small(folder.path());
    fs::write(share.join("0.txt"), "Surat Edaran yang diganti\n").unwrap();
    fs::remove_file(share.join("1.txt")).unwrap();
    index(&archive, &share);
    let (code, all) = log(&archive, &["show"]);
    assert_eq!(code, 0);
    hold("log.schema.json", &all);
    assert_eq!(all.len(), 10 + 3, "two each, then a change and a loss");
    let kinds = |name: &str| -> Vec<String> {
        let (_, lines) = log(&archive, &["show", name]);
        let kind = |line: &Value| line["event"]["type"].as_str().unwrap().to_owned();
        lines.iter().map(kind).collect()
    };
    assert_eq!(kinds("2.txt"), ["ingestion", "message digest calculation"]);
    let replaced = all
        .iter()
        .find(|line| !line["event"]["detail"]["replaces"].is_null());
    let before = replaced.unwrap()["event"]["detail"]["replaces"].as_str();
    let story = [
        "ingestion",
        "message digest calculation",
        "message digest calculation",
    ];
    assert_eq!(kinds(before.unwrap()), story);
    if let Some((sound, said)) = python(folder.path(), &all) {
        assert!(sound, "{said}");
    }
    hold("log.schema.json", &log(&archive, &["head"]).1);
    hold("log.schema.json", &log(&archive, &["verify"]).1);
}

/// Ways to tamper with a log of ten records, and the number at which it shows.
const TAMPERINGS: [(&str, u64); 6] = [
    (
        "UPDATE event SET body = replace(body, 'success', 'warning') WHERE number = 4",
        4,
    ),
    (
        "UPDATE event SET digest = randomblob(32) WHERE number = 10",
        10,
    ),
    ("DELETE FROM event WHERE number = 4", 5),
    (
        "DELETE FROM event WHERE number = 4;
         UPDATE event SET number = -number + 1 WHERE number > 4;
         UPDATE event SET number = -number WHERE number < 0",
        4,
    ),
    (
        "UPDATE event SET number = -4 WHERE number = 4;
         UPDATE event SET number = 4 WHERE number = 5;
         UPDATE event SET number = 5 WHERE number = -4",
        4,
    ),
    (
        "INSERT INTO event SELECT 11, previous, digest, body FROM event WHERE number = 10",
        11,
    ),
];

#[test]
fn whoever_tampers_is_found_with_the_number() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = small(folder.path());
    let catalog = archive.join("bukti.sqlite");
    let whole = fs::read(&catalog).unwrap();
    assert_eq!(log(&archive, &["verify"]).0, 0);
    let head = log(&archive, &["head"]).1[0]["head"].clone();
    let head = head.as_str().unwrap();
    for (sql, number) in TAMPERINGS {
        let tampered = Connection::open(&catalog).unwrap();
        for name in ["appended", "not_changed", "not_deleted"] {
            tampered
                .execute_batch(&format!("DROP TRIGGER event_is_{name}"))
                .unwrap();
        }
        tampered.execute_batch(sql).unwrap();
        drop(tampered);
        let (code, said) = log(&archive, &["verify"]);
        hold("log.schema.json", &said);
        assert_eq!(code, 1, "{sql}");
        assert_eq!(said[0]["faults"][0]["number"], number, "{sql}\n{said:?}");
        let (_, lines) = log(&archive, &["show"]);
        if let Some((sound, said)) = python(folder.path(), &lines) {
            assert!(
                !sound && said.contains(&format!("record {number}:")),
                "{said}"
            );
        }
        fs::write(&catalog, &whole).unwrap();
    }
    // Cut off at the end: whole by itself, but not with the head that was noted.
    let cut = Connection::open(&catalog).unwrap();
    cut.execute_batch(
        "DROP TRIGGER event_is_not_deleted; DELETE FROM event WHERE number > 8",
    )
    .unwrap();
    drop(cut);
    assert_eq!(log(&archive, &["verify"]).0, 0);
    assert_eq!(log(&archive, &["verify", "--head", head]).0, 1);
}

#[test]
fn an_earlier_head_is_known_again_and_takes_a_stamp() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = small(folder.path());
    let request = folder.path().join("head.tsq");
    let (code, said) = log(&archive, &["stamp", "--request", request.to_str().unwrap()]);
    assert_eq!(code, 0);
    let head = said[0]["head"].as_str().unwrap().to_owned();
    fs::write(share.join("6.txt"), "Surat Edaran yang baru\n").unwrap();
    index(&archive, &share);
    let (code, said) = log(&archive, &["verify", "--head", &head]);
    assert_eq!((code, &said[0]["noted"]["number"]), (0, &Value::from(10)));
    let foreign = repository("tests/data/stamp/abc.tsr");
    let (code, _) = log(&archive, &["stamp", "--attach", foreign.to_str().unwrap()]);
    assert_eq!(code, 1, "a token for something else");
    let (code, _) = log(&archive, &["stamp", "--attach", request.to_str().unwrap()]);
    assert_eq!(code, 2, "a request is no token");
    let Some(token) = stamped(folder.path(), &request) else {
        println!("SKIPPED: there is no openssl here");
        return;
    };
    let (code, said) = log(&archive, &["stamp", "--attach", token.to_str().unwrap()]);
    hold("log.schema.json", &said);
    assert_eq!(
        (code, &said[0]["stamps"][0]["number"]),
        (0, &Value::from(10))
    );
    assert_eq!(said[0]["stamps"][0]["sound"], true);
    assert_eq!(
        said[0]["stamps"][0]["trusted"], false,
        "nobody is trusted yet"
    );
    let certificate = folder.path().join("c.pem");
    let added = bukti()
        .args(["anchors", "add"])
        .arg(&certificate)
        .arg("--archive")
        .arg(&archive)
        .output()
        .unwrap();
    assert_eq!(added.status.code(), Some(0));
    let (_, said) = log(&archive, &["head"]);
    assert_eq!(said[0]["stamps"][0]["trusted"], true);
    let mut broken = fs::read(&token).unwrap();
    *broken.last_mut().unwrap() ^= 1;
    fs::write(&token, broken).unwrap();
    let (code, _) = log(&archive, &["stamp", "--attach", token.to_str().unwrap()]);
    assert_eq!(code, 2, "its signature is broken");
    assert_eq!(log(&archive, &["verify"]).0, 0);
}

/// Answers a request as a time-stamp authority would.
fn stamped(folder: &Path, request: &Path) -> Option<PathBuf> {
    let at = |name: &str| folder.join(name);
    let config = "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_digest = sha256\n\
        default_policy = 1.2.3.4.1\ndigests = sha256\n[req]\ndistinguished_name = dn\n\
        [dn]\n[v3]\nextendedKeyUsage = critical,timeStamping\n";
    fs::write(at("tsa.cnf"), config).unwrap();
    fs::write(at("serial"), "01\n").unwrap();
    let openssl = |arguments: &str| {
        let mut command = Command::new("openssl");
        command.args(arguments.split(' ')).current_dir(folder);
        command.output().is_ok_and(|run| run.status.success())
    };
    let request = request.file_name().unwrap().to_str().unwrap();
    let made = openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout k.pem \
         -out c.pem -subj /CN=Contoh -days 1 -config tsa.cnf -extensions v3",
    ) && openssl(&format!(
        "ts -reply -config tsa.cnf -queryfile {request} -signer c.pem -inkey k.pem -out t.tsr"
    ));
    made.then(|| at("t.tsr"))
}
