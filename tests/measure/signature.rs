//! Second tier: how often the state of a signature and the signatory are right, unsure and
//! wrong on real documents, through the program as a user runs it. Files are copied under
//! neutral names first, so that the page speaks and not the file name.
//!
//! `cargo test --release --test measure_signature` reads `tests/data/signature/labels.csv`,
//! which was made by looking at each page, and the documents in `../shared/corpora`; where they
//! are absent it says so and ends. One half of the labels was looked at while tuning. `--show`
//! lists all that is not right.

#![allow(clippy::print_stdout, reason = "a measurement prints")]
#![allow(clippy::disallowed_methods, reason = "it reads its own arguments")]

use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, process::Command};

/// A label: what a person saw.
#[derive(serde::Deserialize)]
struct Label {
    path: String,
    page: u32,
    state: String,
    stamped: String,
    name: String,
    half: String,
    reason: String,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    unsure: u32,
    wrong: u32,
}

impl Tally {
    /// Counts a value that bukti is confident of, or none.
    fn count(&mut self, found: Option<&str>, truth: &str) -> bool {
        let slot = match found {
            Some(found) if found == truth => &mut self.right,
            Some(_) => &mut self.wrong,
            None => &mut self.unsure,
        };
        *slot += 1;
        found == Some(truth)
    }
}

fn main() {
    let show = std::env::args().any(|argument| argument == "--show");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let labels = root.join("tests/data/signature/labels.csv");
    let mut rows = csv::Reader::from_path(labels).expect("the labels");
    let corpora = root.join("../shared/corpora");
    let labels: Vec<Label> = rows
        .deserialize()
        .map(|row| row.expect("a label"))
        .filter(|label: &Label| corpora.join(&label.path).exists())
        .collect();
    if labels.is_empty() {
        println!("SKIPPED: no corpus at {}", corpora.display());
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (at, label) in labels.iter().enumerate() {
        let copy = folder.path().join(format!("{at:04}.pdf"));
        fs::copy(corpora.join(&label.path), copy).expect("a copy");
    }
    let found = inspect(folder.path());
    let mut states: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    let mut seals: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    let mut names: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate() {
        let Some(line) = found.get(&format!("{at:04}")) else {
            println!("NOT READ: {}", label.path);
            continue;
        };
        let state = confident(&line["signature"]);
        let key = (label.half.as_str(), label.state.as_str());
        let right = states.entry(key).or_default().count(state, &label.state);
        let page = line["signature"]["page"].as_u64();
        if show && (!right || page != Some(u64::from(label.page))) {
            println!(
                "{} p. {}: {} ({})",
                label.path, label.page, label.state, label.reason
            );
            println!("    {}", line["signature"]);
            println!("    {}", line["unsure"]["signature"]);
        }
        if label.state == "hand" {
            let stamped = line["signature"]["stamped"].as_bool();
            let stamped = stamped.map(|stamped| if stamped { "yes" } else { "no" });
            let key = (label.half.as_str(), label.stamped.as_str());
            seals.entry(key).or_default().count(stamped, &label.stamped);
        }
        if !label.name.is_empty() {
            let name = confident(&line["signatory"]).map(folded);
            let key = (label.half.as_str(), "");
            let entry = names.entry(key).or_default();
            let right = entry.count(name.as_deref(), &folded(&label.name));
            if show && !right {
                println!("{}: {}\n    {}", label.path, label.name, line["signatory"]);
            }
        }
    }
    print("state", &states);
    print("with a seal", &seals);
    print("name of who signed", &names);
}

/// Runs the program on a folder; its lines by the stem of the file.
fn inspect(folder: &Path) -> BTreeMap<String, Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_bukti"))
        .args(["inspect", "--json"])
        .arg(folder)
        .output()
        .expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    lines
        .filter_map(|line: Value| {
            let path = line["path"].as_str()?.to_owned();
            let stem = Path::new(&path).file_stem()?.to_string_lossy().into_owned();
            Some((stem, line))
        })
        .collect()
}

/// Returns the value of a fact that is confident.
fn confident(fact: &Value) -> Option<&str> {
    let sure = fact["confidence"].as_f64()?;
    (sure >= 0.8).then(|| fact["value"].as_str()).flatten()
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect()
}

fn print(what: &str, tallies: &BTreeMap<(&str, &str), Tally>) {
    println!("\n{what:<26} right unsure wrong");
    for ((half, value), tally) in tallies {
        println!(
            "{half:<10} {value:<15} {:>5} {:>6} {:>5}",
            tally.right, tally.unsure, tally.wrong
        );
    }
}
