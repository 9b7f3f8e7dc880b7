//! Shows how an archive grows: made village papers (a regulation, a decision, minutes, a letter,
//! a report of each of many villages, half of them from one office's template), indexed as a user
//! does it, then asked. Each size is one row; `recollindex` and `find` are given the same share.
//!
//! ```text
//! cargo bench --bench growth                      1,000 and 10,000 papers
//! cargo bench --bench growth -- 100000 1000000    sizes of your own
//! cargo bench --bench growth -- make FOLDER 400   only the papers
//! ```
//!
//! CPU seconds are user and system of a program and its workers, the peak is that of the one
//! process that held most (Linux tells both); what is asked is timed by the clock, a process a question.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark: it makes papers, runs programs and prints a table"
)]

#[path = "../tests/measure/cost.rs"]
#[allow(
    dead_code,
    reason = "the bench of the OCR adds costs up and reads what is printed"
)]
mod cost;
#[path = "../tests/measure/village_papers.rs"]
#[allow(dead_code, reason = "the bench of the web face takes them one by one")]
mod village_papers;

use cost::{Cost, cost_of};
use std::{
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, Stdio},
};

const SIZES: [usize; 2] = [1_000, 10_000];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words: Vec<&str> = words
        .into_iter()
        .filter(|word| *word != "--bench")
        .collect();
    if let ["make", folder, count] = words.as_slice() {
        village_papers::make(Path::new(folder), count.parse().unwrap());
        return;
    }
    let asked: Vec<usize> = words.iter().map(|word| word.parse().unwrap()).collect();
    let sizes = if asked.is_empty() {
        SIZES.to_vec()
    } else {
        asked
    };
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        let share = folder.path().join("share");
        let bytes = village_papers::make(&share, size);
        println!("== {size} papers, {} KB", bytes / 1000);
        ours(folder.path(), &share, size);
        recoll(folder.path(), &share, size);
    }
}

/// Runs a program to its end.
fn run<S: AsRef<OsStr>>(program: &str, words: impl IntoIterator<Item = S>) -> Cost {
    cost_of(Command::new(program).args(words)).unwrap()
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .filter(fs::Metadata::is_file)
        .map(|meta| meta.len())
        .sum()
}

/// An archive, and the program that is asked about it.
struct Ours<'a> {
    archive: &'a Path,
}

impl Ours<'_> {
    fn run(&self, words: &[&str], more: &[&OsStr]) -> Cost {
        let words = words.iter().map(OsStr::new);
        let archive = ["--archive".as_ref(), self.archive.as_os_str()];
        let words = words.chain(archive).chain(more.iter().copied());
        run(env!("CARGO_BIN_EXE_bukti"), words)
    }

    fn search(&self) {
        let mut times: Vec<f64> = Vec::new();
        for round in 0..4 {
            for word in village_papers::SEARCHES {
                let run = self.run(&["search"], &[word.as_ref()]);
                if round > 0 {
                    times.push(run.clock.as_secs_f64());
                }
            }
        }
        times.sort_by(f64::total_cmp);
        let p95 = times[times.len() * 95 / 100];
        println!("search    bukti  p95 {p95:.3} s of {}", times.len());
    }

    /// Accepts the first confident link.
    fn decide(&self) {
        let found = self.run(&["search", "--confident", "--json"], &[]);
        let found: serde_json::Value = serde_json::from_str(&found.text).unwrap();
        let first = &found["hits"][0];
        let question = first["links"][0]["question"].as_str().unwrap();
        let words = [first["sha256"].as_str().unwrap(), question, "--by", "Sari"];
        self.run(&["decide", "accept"], &words.map(OsStr::new));
    }

    fn ask(&self) {
        for words in [
            &["search", "--unlinked"] as &[&str],
            &["search", "--state", "weak"],
            &["status"],
            &["check"],
        ] {
            let (first, again) = (self.run(words, &[]), self.run(words, &[]));
            println!(
                "{:<24} {:>7.2} s, again {:>6.2} s {:>6} MiB",
                words.join(" "),
                first.clock.as_secs_f64(),
                again.clock.as_secs_f64(),
                first.peak_bytes.max(again.peak_bytes) >> 20
            );
        }
    }
}

fn ours(folder: &Path, share: &Path, size: usize) {
    let archive = &folder.join("archive");
    let init = ["init".as_ref(), archive.as_os_str()];
    let rest = ["--region", "Kabupaten Bantul", "--year", "2025"].map(OsStr::new);
    run(env!("CARGO_BIN_EXE_bukti"), init.into_iter().chain(rest));
    let ours = Ours { archive };
    let share = share.as_os_str();
    let first = ours.run(&["index"], &[share]);
    indexed("bukti", &first, bytes_below(archive), size);
    let again = ours.run(&["index"], &[share]);
    let find = run("find", [share, "-printf".as_ref(), "%s %T@ %p\n".as_ref()]);
    println!(
        "again     bukti  {:>8.2} CPU s {:>8.2} s {:>5} MiB   find {:.2} CPU s {:.2} s",
        again.processor.as_secs_f64(),
        again.clock.as_secs_f64(),
        again.peak_bytes >> 20,
        find.processor.as_secs_f64(),
        find.clock.as_secs_f64()
    );
    ours.search();
    ours.ask();
    ours.decide();
    println!("after a decision");
    ours.ask();
}

fn indexed(by: &str, run: &Cost, bytes: u64, size: usize) {
    println!(
        "index     {by:<6} {:>8.1} CPU s {:>7.2} ms a paper {:>6} MiB {:>7} KB {:>6.2} KB a paper ({:.1} s by the clock)",
        run.processor.as_secs_f64(),
        run.processor.as_secs_f64() * 1000.0 / size as f64,
        run.peak_bytes >> 20,
        bytes / 1000,
        bytes as f64 / 1000.0 / size as f64,
        run.clock.as_secs_f64()
    );
}

fn recoll(folder: &Path, share: &Path, size: usize) {
    let is_installed = Command::new("recollindex")
        .arg("-h")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if is_installed.is_err() {
        println!("LEFT OUT: `recollindex` is not installed");
        return;
    }
    let config = folder.join("recoll");
    fs::create_dir_all(&config).unwrap();
    let text = format!("topdirs = {}\nloglevel = 1\n", share.display());
    fs::write(config.join("recoll.conf"), text).unwrap();
    let words = ["-c".as_ref(), config.as_os_str()];
    let first = run("recollindex", words);
    indexed("recoll", &first, bytes_below(&config), size);
}
