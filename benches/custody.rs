//! Times the validation of a package of `BENCH_FILES` (10,000) files of 100 KB against
//! `sha256sum -c` and `bagit.py --validate`, turn by turn in the same run, and the peak memory
//! of each. A peer that is not installed is said aloud and left out.
//!
//! ```text
//! cargo bench --bench custody
//! ```
//!
//! The package has one manifest, by SHA-256, so that all three do the same work. It is made in
//! `TMPDIR`; after the first round it lies in the system's cache.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark: it makes files, starts peers and prints a table"
)]

use bukti::fixity::{bag::manifest_line, hash};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const ROUNDS: usize = 5;
const FILES: usize = 10_000;
const FILE_BYTES: usize = 100_000;
const FILES_A_FOLDER: usize = 500;

fn main() {
    let files = std::env::var("BENCH_FILES")
        .ok()
        .and_then(|n| n.parse().ok());
    let files = files.unwrap_or(FILES);
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), files);
    println!("{files} files, {} MB", files * FILE_BYTES / 1_000_000);
    let package = folder.path().to_str().unwrap();
    let ours = env!("CARGO_BIN_EXE_bukti");
    let candidates = [
        ("bukti", vec![ours, "bag", "validate", package]),
        (
            "bukti -j1",
            vec![ours, "bag", "validate", "--jobs", "1", package],
        ),
        (
            "sha256sum",
            vec!["sha256sum", "-c", "--quiet", "manifest-sha256.txt"],
        ),
        (
            "bagit.py",
            vec!["python3", "-m", "bagit", "--validate", "--quiet", "."],
        ),
        (
            "bagit.py -2",
            vec![
                "python3",
                "-m",
                "bagit",
                "--validate",
                "--quiet",
                "--processes",
                "2",
                ".",
            ],
        ),
    ];
    race(&candidates, folder.path());
}

/// Runs the candidates turn by turn and prints the least time of each, which is what the
/// machine can do when nobody else wants it.
fn race(candidates: &[(&str, Vec<&str>)], folder: &Path) {
    let mut best = vec![Duration::MAX; candidates.len()];
    let mut works = vec![true; candidates.len()];
    for _ in 0..ROUNDS {
        for (number, (name, command)) in candidates.iter().enumerate() {
            if !works[number] {
                continue;
            }
            let start = Instant::now();
            if run(command, folder) {
                best[number] = best[number].min(start.elapsed());
            } else {
                println!("{name}: not here, or it does not take the package");
                works[number] = false;
            }
        }
    }
    for (number, (name, command)) in candidates.iter().enumerate() {
        if works[number] {
            let ratio = best[number].as_secs_f64() / best[0].as_secs_f64();
            let millis = best[number].as_secs_f64() * 1000.0;
            let peak = peak_kib(command, folder);
            let peak = peak.map_or("?".into(), |kib| format!("{:.0}", kib / 1024.0));
            println!("{name:<12} {millis:>9.0} ms  {ratio:>5.2} × ours  {peak:>5} MiB");
        }
    }
}

fn make(folder: &Path, files: usize) {
    let mut manifest = String::new();
    let mut state: u64 = 1;
    let mut bytes = vec![0u8; FILE_BYTES];
    for number in 0..files {
        for chunk in bytes.chunks_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let random = state.to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
        let name = format!("data/{:03}/{number:05}.bin", number / FILES_A_FOLDER);
        let path = folder.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &bytes).unwrap();
        manifest += &manifest_line(&hash(&bytes).to_string(), &name);
    }
    let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    fs::write(folder.join("bagit.txt"), declaration).unwrap();
    fs::write(folder.join("manifest-sha256.txt"), manifest).unwrap();
}

fn run(command: &[&str], folder: &Path) -> bool {
    let run = Command::new(command[0])
        .args(&command[1..])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    run.is_ok_and(|status| status.success())
}

/// Returns the most memory a command held, as GNU time says it.
fn peak_kib(command: &[&str], folder: &Path) -> Option<f64> {
    let run = Command::new("/usr/bin/time")
        .args(["-f", "%M"])
        .args(command)
        .current_dir(folder)
        .stdout(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    said.lines().last()?.trim().parse().ok()
}
