//! Everything printed with `--json` keeps to its published schema, and the data files to
//! theirs.

use super::{
    json_schema::Schema,
    samples::inspected,
    support::{archive, bukti, json_lines, papers, repository, share},
};
use serde_json::{Value, json};
use std::fs;

fn schema(name: &str) -> Schema {
    let text = fs::read_to_string(repository("schema").join(name)).unwrap();
    Schema::new(serde_json::from_str(&text).unwrap())
}

pub fn hold(name: &str, values: &[Value]) {
    let schema = schema(name);
    assert!(!values.is_empty(), "{name}: nothing to look at");
    for value in values {
        let faults = schema.faults(value);
        assert!(faults.is_empty(), "{name}: {faults:#?}\n{value}");
    }
}

#[test]
fn data_files_keep_to_their_schemas() {
    for name in [
        "framework",
        "offices",
        "doctypes",
        "words",
        "regions",
        "rules",
        "calendar",
    ] {
        let text = fs::read_to_string(repository("schema").join(format!("{name}.json")));
        let value: Value = serde_json::from_str(&text.unwrap()).unwrap();
        hold(&format!("{name}.schema.json"), &[value]);
    }
}

#[test]
fn a_schema_refuses_what_it_should() {
    let schema = schema("inspect.schema.json");
    let mut line = inspected().values().next().unwrap().clone();
    assert!(schema.faults(&line).is_empty());
    line["state"] = "lost".into();
    assert!(!schema.faults(&line).is_empty());
}

#[test]
fn inspect_keeps_to_its_schema() {
    let lines: Vec<Value> = inspected().values().cloned().collect();
    hold("inspect.schema.json", &lines);
}

#[test]
fn a_worker_keeps_to_its_schema_and_looks_twice_at_a_number() {
    let picture = repository("tests/data/ocr/three_lines.png");
    let request = json!({"read": {"path": picture, "name": "three_lines.png"}});
    let mut worker = bukti();
    worker
        .arg("extract-worker")
        .write_stdin(format!("{request}\n"));
    let said = json_lines(&worker.output().unwrap().stdout);
    hold("worker.schema.json", &[request]);
    hold("worker.schema.json", &said);
    let mut answer = said.last().unwrap().clone();
    let line = &mut answer["read"]["extraction"]["pages"][0]["lines"][1];
    assert_eq!(line["second"]["text"], "5 TAHUN 2024");
    assert!(line["words"][1]["ink"].is_object());
    let schema = schema("worker.schema.json");
    line["words"][1]["doubts"] = json!([{"at": 0, "other": "S", "probability": 0.2}]);
    assert!(schema.faults(&answer).is_empty());
    let line = &mut answer["read"]["extraction"]["pages"][0]["lines"][1];
    line["second"]["doubts"] = json!([{"at": -1, "probability": 0.2}]);
    assert!(!schema.faults(&answer).is_empty());
}

fn editions_keep_to_their_schemas(run: &impl Fn(&[&str]) -> Vec<Value>) {
    let builtin = repository("schema/framework.json");
    let builtin = builtin.to_str().unwrap();
    let diff = ["framework", "diff", builtin, builtin];
    hold("framework-diff.schema.json", &run(&diff));
    let migrate = ["framework", "migrate", builtin];
    hold("framework-migrate.schema.json", &run(&migrate));
}

fn decisions_keep_to_their_schema(run: &impl Fn(&[&str]) -> Vec<Value>) {
    let accept = ["decide", "accept", "--indicator", "17", "--yes"];
    for verb in [
        &["decide", "--indicator", "17"][..],
        &accept,
        &["decide", "undo"],
        &accept,
        &["decide", "list"],
        &["decide", "learned"],
    ] {
        hold("decide.schema.json", &run(verb));
    }
    hold(
        "show.schema.json",
        &run(&["show", "Perda 5 Tahun 2022 KTR.pdf", "--text"]),
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "a line or two a verb")]
fn the_verbs_of_an_archive_keep_to_their_schemas() {
    let folder = tempfile::tempdir().unwrap();
    let init = bukti()
        .args([
            "init",
            "--json",
            "--region",
            "Kabupaten Bantul",
            "--year",
            "2025",
        ])
        .arg(folder.path().join("other"))
        .output()
        .unwrap();
    hold("init.schema.json", &json_lines(&init.stdout));
    let archive = archive(folder.path());
    let run = |arguments: &[&str]| {
        let run = bukti()
            .env("BUKTI_AUTHOR", "Sri")
            .args(arguments)
            .args(["--json", "--archive"])
            .arg(&archive)
            .output();
        json_lines(&run.unwrap().stdout)
    };
    let share = share();
    let share = share.to_str().unwrap();
    let papers = papers(folder.path());
    let index = ["index", "--ocr", "none", share, papers.to_str().unwrap()];
    hold("index.schema.json", &run(&index));
    for search in [&["search", "anak"][..], &["search", "--indicator", "17"]] {
        hold("search.schema.json", &run(search));
    }
    let list = folder.path().join("list.txt");
    fs::write(&list, "Perda 5/2022\nPerbup 9/1999\n").unwrap();
    let list = list.to_str().unwrap();
    hold("search-list.schema.json", &run(&["search", "--list", list]));
    hold(
        "show.schema.json",
        &run(&["show", "Perda 5 Tahun 2022 KTR.pdf", "--text"]),
    );
    decisions_keep_to_their_schema(&run);
    hold("activities.schema.json", &run(&["activities"]));
    hold("status.schema.json", &run(&["status"]));
    hold("duplicates.schema.json", &run(&["duplicates"]));
    hold(
        "check.schema.json",
        &run(&["check", "--as-of", "2025-03-01"]),
    );
    let sheet = folder.path().join("answers.xlsx");
    let sheet = sheet.to_str().unwrap();
    hold("answers.schema.json", &run(&["answers", "export", sheet]));
    hold("answers.schema.json", &run(&["answers", "import", sheet]));
    hold(
        "check.schema.json",
        &run(&["check", "--as-of", "2025-04-01", "--since", "2025-03-01"]),
    );
    hold("places.schema.json", &run(&["places"]));
    let list = folder.path().join("wilayah.csv");
    fs::write(
        &list,
        "kecamatan,desa\nSukamaju,Mekar Sari\nSukamaju,Harapan\n",
    )
    .unwrap();
    hold(
        "places.schema.json",
        &run(&["places", list.to_str().unwrap()]),
    );
    hold(
        "check.schema.json",
        &run(&["check", "--as-of", "2025-04-02"]),
    );
    let letters = folder.path().join("letters");
    let letters = letters.to_str().unwrap();
    hold("letter.schema.json", &run(&["letter", "--to", letters]));
    hold(
        "calendar-show.schema.json",
        &run(&["calendar", "--set", "mandiri=2025-03-31"]),
    );
    hold("error.schema.json", &run(&["show", "no such document"]));
    hold("framework-show.schema.json", &run(&["framework", "show"]));
    editions_keep_to_their_schemas(&run);
    let file = repository("schema/offices.json");
    let file = file.to_str().unwrap();
    hold(
        "framework-validate.schema.json",
        &run(&["framework", "validate", file]),
    );
}
