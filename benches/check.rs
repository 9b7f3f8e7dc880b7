//! Times `check` on an archive as large as a regency's, and how that grows: 1,000, 10,000 and
//! 100,000 documents, each linked to three of the questions, one in a hundred amending or
//! repealing another. Each size runs in a process of its own, the second time with a warm
//! catalog; its peak of memory is the system's word (Linux only).
//!
//! ```text
//! cargo bench --bench check
//! ```
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark: it makes an archive, times and prints"
)]

#[path = "../tests/measure/rows.rs"]
#[allow(dead_code, reason = "the bench of the web face has photos, too")]
mod rows;

use bukti::app::archive::workspace::Workspace;
use bukti::app::judgement::check;
use bukti::app::judgement::check::Options;
use bukti::model::Date;
use std::{path::Path, process::Command, time::Instant};

const SIZES: [u32; 3] = [1_000, 10_000, 100_000];
const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, archive] = arguments.as_slice()
        && word == "measure"
    {
        measure(Path::new(archive));
        return;
    }
    println!("{:>10} {:>12} {:>12}", "documents", "warm", "peak");
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        rows::init(folder.path());
        rows::add_documents(folder.path(), size, std::iter::empty());
        let run = Command::new(std::env::current_exe().unwrap())
            .arg("measure")
            .arg(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8(run.stdout).unwrap();
        println!("{size:>10} {}", told.trim_end());
    }
}

/// Checks a few times; prints the least time and the peak of memory.
fn measure(archive: &Path) {
    let workspace = Workspace::open(archive).unwrap();
    let options = Options::for_day(Date::new(2025, 3, 1).unwrap());
    let mut least = f64::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let report = check::check(&workspace, &options).unwrap();
        least = least.min(start.elapsed().as_secs_f64());
        assert!(report.documents > 0);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.map_or("unknown", str::trim);
    println!("{least:>10.2} s {peak:>14}");
}
