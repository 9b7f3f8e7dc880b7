//! Second tier: how much of real documents is recognised, from the bytes to the facts, through
//! the program as a user runs it. Files are copied under neutral names first, so that the page
//! speaks and not the file name.
//!
//! `cargo test --release --test measure_recognition` reads `../shared/corpora/id_sulut_jdih`
//! and `id_gov_misc`; where they are absent it says so and ends.

#![allow(clippy::print_stdout, reason = "a measurement prints")]

#[path = "title.rs"]
mod title;

use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, process::Command};

/// A document with its truth; empty is unknown.
struct Truth {
    original: String,
    scanned: bool,
    kind: String,
    number: String,
    year: String,
    title: String,
    issuer: String,
    date: String,
    blank_number: bool,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    wrong: u32,
    timid: u32,
    unsure: u32,
}

fn main() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let mut documents = Vec::new();
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["id_sulut_jdih", "id_gov_misc"] {
        let root = corpora.join(name);
        match fs::File::open(root.join("manifest.csv")) {
            Ok(manifest) => documents.extend(read(&root, manifest)),
            Err(_) => println!("SKIPPED: no corpus at {}", root.display()),
        }
    }
    if documents.is_empty() {
        return;
    }
    for (at, (source, _)) in documents.iter().enumerate() {
        fs::copy(source, folder.path().join(format!("{at:04}.pdf"))).expect("a copy");
    }
    let lines = inspect(folder.path());
    println!(
        "{} titles were read from the page by eye",
        from_pages().len()
    );
    report(&documents, &lines);
}

/// Returns the titles that were read from the page by eye, because the catalogue has them
/// otherwise: `tests/data/titles.csv` says how.
fn from_pages() -> BTreeMap<String, String> {
    let mut rows = csv::Reader::from_reader(&include_bytes!("../data/titles.csv")[..]);
    let rows = rows.deserialize::<(String, String, String)>();
    rows.map(|row| row.expect("three columns"))
        .map(|(path, title, _)| (path, title))
        .collect()
}

fn read(root: &Path, manifest: fs::File) -> Vec<(std::path::PathBuf, Truth)> {
    let mut from_pages = from_pages();
    let mut rows = csv::Reader::from_reader(manifest);
    let headers = rows.headers().expect("headers").clone();
    let mut documents = Vec::new();
    for row in rows.records().map_while(Result::ok) {
        let get = |name: &str| {
            let at = headers.iter().position(|h| h == name);
            at.and_then(|at| row.get(at))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let either = |a: &str, b: &str| if get(a).is_empty() { get(b) } else { get(a) };
        let truth = Truth {
            original: get("path"),
            scanned: get("kind_of_file").starts_with("scan"),
            kind: get("doc_kind"),
            number: get("number"),
            year: get("year"),
            title: from_pages
                .remove(&get("path"))
                .unwrap_or_else(|| either("tentang_catalogue", "tentang")),
            issuer: get("issuer"),
            date: get("date_printed_auto"),
            blank_number: get("number_on_page") == "blank_on_page",
        };
        documents.push((root.join(get("path")), truth));
    }
    documents
}

fn inspect(folder: &Path) -> Vec<Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_bukti"))
        .args(["inspect", "--json", "--lang", "en"])
        .arg(folder)
        .output()
        .expect("bukti runs");
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// Returns the kind in the words of the manifest, so that both can be compared.
fn same_kind(line: &Value, wanted: &str) -> bool {
    let (id, label) = (&line["kind"]["value"], line["kind"]["label"].as_str());
    match wanted {
        w if w.contains("MoU") => id == "mou",
        w if w.starts_with("Lampiran") => id == "lampiran",
        w => label.is_some_and(|label| label.eq_ignore_ascii_case(w)),
    }
}

fn agrees(fact: &str, line: &Value, truth: &Truth) -> bool {
    let value = &line[fact]["value"];
    let text = value.as_str().unwrap_or_default();
    match fact {
        "kind" => same_kind(line, &truth.kind),
        "number" => !truth.blank_number && text.eq_ignore_ascii_case(&truth.number),
        "year" => value.to_string() == truth.year,
        "title" => title::token_f1(&truth.title, text) >= 0.9,
        _ => text.eq_ignore_ascii_case(&truth.issuer),
    }
}

fn known<'a>(fact: &str, truth: &'a Truth) -> &'a str {
    match fact {
        "kind" => &truth.kind,
        "number" => &truth.number,
        "year" => &truth.year,
        "title" => &truth.title,
        _ => &truth.issuer,
    }
}

fn report(documents: &[(std::path::PathBuf, Truth)], lines: &[Value]) {
    let mut tallies: BTreeMap<(&str, bool), Tally> = BTreeMap::new();
    let mut bins: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for (line, (_, truth)) in lines.iter().zip(documents) {
        for fact in ["kind", "number", "year", "title", "issuer"] {
            if known(fact, truth).is_empty() {
                continue;
            }
            let tally = tallies.entry((fact, truth.scanned)).or_default();
            let confidence = line[fact]["confidence"].as_f64();
            let right = confidence.is_some() && agrees(fact, line, truth);
            if let Some(confidence) = confidence {
                let bin = bins.entry((confidence * 10.0).floor() as u32).or_default();
                bin.0 += 1;
                bin.1 += u32::from(right);
            }
            match confidence {
                None if truth.blank_number && fact == "number" => tally.right += 1,
                None => tally.unsure += 1,
                Some(c) if c >= 0.8 && right => tally.right += 1,
                Some(_) if right => tally.timid += 1,
                Some(c) if c >= 0.8 => {
                    tally.wrong += 1;
                    let value = &line[fact]["value"];
                    let wanted = known(fact, truth);
                    println!(
                        "WRONG {fact} {c}: {value}, not {wanted:?}: {}",
                        truth.original
                    );
                }
                Some(_) => tally.unsure += 1,
            }
        }
        let printed = truth.date.len() == 10;
        if printed {
            let tally = tallies.entry(("date", truth.scanned)).or_default();
            let dates = line["dates"].as_array().map_or(&[][..], Vec::as_slice);
            let enacted = dates.iter().find(|d| d["role"] == "ditetapkan");
            match enacted.and_then(|d| d["value"].as_str()) {
                Some(date) if date == truth.date => tally.right += 1,
                Some(date) => {
                    tally.wrong += 1;
                    println!(
                        "WRONG date: {date}, not {}: {}",
                        truth.date, truth.original
                    );
                }
                None => tally.unsure += 1,
            }
        }
    }
    println!("\n{} files, each under a neutral name", lines.len());
    println!("fact    source   right  right but timid  unsure  wrong with confidence");
    for ((fact, scanned), t) in tallies {
        let source = if scanned { "scan" } else { "digital" };
        println!(
            "{fact:<7} {source:<8} {:>5}  {:>15}  {:>6}  {:>5}",
            t.right, t.timid, t.unsure, t.wrong
        );
    }
    println!("\nconfidence  facts  right");
    for (bin, (all, right)) in bins {
        let from = f64::from(bin) / 10.0;
        println!(
            "{from:>9.1}+  {all:>5}  {:>4.0} %",
            100.0 * f64::from(right) / f64::from(all)
        );
    }
}
