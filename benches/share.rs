//! Times what a share costs besides OCR, each against a named peer in the same run, turn by
//! turn. Prints ratios; a peer that is not installed is said aloud and left out.
//!
//! ```text
//! cargo bench --bench share                   every part
//! cargo bench --bench share -- hash text      some: hash text rescan memory
//! ```
//!
//! | part | peer |
//! |---|---|
//! | hash: one large file, one core | `sha256sum`, `openssl dgst -sha256` |
//! | text: born-digital PDFs of `../shared/corpora/id_sulut_jdih`, only read, and by `inspect` | `pdftotext`, a process a file |
//! | rescan: an unchanged tree, `BENCH_FILES` (100,000) files | `find -printf '%s %T@ %p'` |
//! | memory: the peak of `bukti index` at a hundredth of that tree and at all of it | itself |
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark: it makes files, starts peers and prints a table"
)]

#[path = "../tests/measure/cost.rs"]
mod cost;

use bukti::extract;
use bukti::extract::Limits;
use bukti::io::files::source;
use cost::{Cost, cost_of};
use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const ROUNDS: usize = 5;
const HASHED_BYTES: usize = 512 << 20;
const FILES: usize = 100_000;
const FILES_A_FOLDER: usize = 1000;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let parts: [(&str, fn()); 3] = [("hash", hash), ("text", text), ("rescan", rescan)];
    for (name, part) in parts {
        let wants = |name: &str| asked.iter().any(|word| word == name);
        let any = parts.iter().any(|(name, _)| wants(name)) || wants("memory");
        if !any || wants(name) || (name == "rescan" && wants("memory")) {
            println!("== {name}");
            part();
        }
    }
}

/// Runs the candidates turn by turn; gives the least time of each, which is what the machine
/// can do when nobody else wants it.
fn race(candidates: &mut [(&str, &mut dyn FnMut())]) -> Vec<Duration> {
    let mut best = vec![Duration::MAX; candidates.len()];
    for _ in 0..ROUNDS {
        for (number, (_, run)) in candidates.iter_mut().enumerate() {
            let start = Instant::now();
            run();
            best[number] = best[number].min(start.elapsed());
        }
    }
    for ((name, _), time) in candidates.iter().zip(&best) {
        let ratio = time.as_secs_f64() / best[0].as_secs_f64();
        println!(
            "{name:<12} {:>10.1} ms   {ratio:>6.2} × ours",
            millis(*time)
        );
    }
    best
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn is_installed(program: &str) -> bool {
    let found = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok();
    if !found {
        println!("LEFT OUT: `{program}` is not installed");
    }
    found
}

fn run<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) {
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.unwrap();
}

fn hash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large");
    let chunk: Vec<u8> = (0..1 << 20)
        .map(|n: u32| n.wrapping_mul(2_654_435_761).to_le_bytes()[3])
        .collect();
    let mut file = File::create(&path).unwrap();
    for _ in 0..HASHED_BYTES / chunk.len() {
        file.write_all(&chunk).unwrap();
    }
    drop(file);
    let mut ours = || {
        source::digest(&path, || false).unwrap();
    };
    let mut coreutils = || run("sha256sum", [&path]);
    let mut openssl = || {
        let words = ["dgst".as_ref(), "-sha256".as_ref(), path.as_os_str()];
        run("openssl", words);
    };
    let mut candidates: Vec<(&str, &mut dyn FnMut())> = vec![("bukti", &mut ours)];
    if is_installed("sha256sum") {
        candidates.push(("sha256sum", &mut coreutils));
    }
    if is_installed("openssl") {
        candidates.push(("openssl", &mut openssl));
    }
    let best = race(&mut candidates);
    let rate = HASHED_BYTES as f64 / best[0].as_secs_f64() / 1e9;
    println!("bukti: {rate:.2} GB/s a core");
}

/// Gives the PDFs of the corpus whose pages need no OCR.
fn born_digital() -> Vec<PathBuf> {
    let corpus = Path::new("../shared/corpora/id_sulut_jdih");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(corpus).sort_by_file_name() {
        let Ok(entry) = entry else { continue };
        if entry
            .path()
            .extension()
            .is_none_or(|ending| ending != "pdf")
        {
            continue;
        }
        let bytes = fs::read(entry.path()).unwrap();
        let opened = extract::open(&bytes, extract::sniff(&bytes), &Limits::default());
        if opened.wanted().is_empty() && !opened.extraction().pages.is_empty() {
            files.push(entry.path().to_owned());
        }
    }
    files
}

fn text() {
    let files = born_digital();
    if files.is_empty() {
        println!("LEFT OUT: ../shared/corpora/id_sulut_jdih is not there");
        return;
    }
    let mut pages = 0;
    let mut ours = || {
        pages = 0;
        for file in &files {
            let bytes = fs::read(file).unwrap();
            let media = extract::sniff(&bytes);
            let opened = extract::open(&bytes, media, &Limits::default());
            pages += opened.extraction().pages.len();
        }
    };
    let mut pdftotext = || {
        for file in &files {
            run("pdftotext", [file.as_os_str(), "-".as_ref()]);
        }
    };
    let mut candidates: Vec<(&str, &mut dyn FnMut())> = vec![("bukti", &mut ours)];
    if is_installed("pdftotext") {
        candidates.push(("pdftotext", &mut pdftotext));
    }
    let best = race(&mut candidates);
    let each = millis(best[0]) / pages as f64;
    println!("{} files, {pages} pages, {each:.2} ms a page", files.len());
    as_users_run_it(&files);
}

/// Compares the processor time of whole processes: `inspect` reads, recognises and tells.
fn as_users_run_it(files: &[PathBuf]) {
    let mut inspect = Command::new(env!("CARGO_BIN_EXE_bukti"));
    inspect.args(["inspect", "--ocr", "none", "--jobs", "1"]);
    let (mut ours, mut theirs) = (Cost::default(), Cost::default());
    inspect.args(files);
    for _ in 0..ROUNDS {
        let run = cost_of(&mut inspect).unwrap();
        assert!(!run.text.is_empty(), "nothing was read");
        ours.add(&run);
        for file in files {
            let run = cost_of(Command::new("pdftotext").arg(file).arg("-"));
            theirs.add(&run.unwrap_or_default());
        }
    }
    let seconds = |cost: &Cost| cost.processor.as_secs_f64() / ROUNDS as f64;
    println!(
        "bukti inspect {:.2} CPU s, {} MiB; pdftotext {:.2} CPU s: {:.2} × pdftotext",
        seconds(&ours),
        ours.peak_bytes >> 20,
        seconds(&theirs),
        seconds(&ours) / seconds(&theirs)
    );
}

/// Makes a tree of small notes, `FILES_A_FOLDER` a folder.
fn make_tree(root: &Path, files: usize) {
    for number in 0..files {
        let folder = root.join(format!("Dinas {:03}", number / FILES_A_FOLDER));
        if number % FILES_A_FOLDER == 0 {
            fs::create_dir_all(&folder).unwrap();
        }
        let path = folder.join(format!("Berkas {:03}.txt", number % FILES_A_FOLDER));
        fs::write(path, format!("Notula nomor {number} rapat gugus tugas\n")).unwrap();
    }
}

/// Indexes a tree into a new archive; gives the archive and the peak of the indexing process's
/// memory in KiB, where the system tells.
fn index(folder: &Path, tree: &Path) -> (PathBuf, Option<u64>) {
    let program = env!("CARGO_BIN_EXE_bukti");
    let archive = folder.join("archive");
    let region = ["--region", "Kabupaten Contoh", "--year", "2025"];
    let init = ["init".as_ref(), archive.as_os_str()];
    run(program, init.into_iter().chain(region.map(OsStr::new)));
    let mut child = Command::new(program)
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, tree])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        peak = high_water(child.id()).or(peak);
        std::thread::sleep(Duration::from_millis(20));
    }
    (archive, peak)
}

fn high_water(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn rescan() {
    let asked = std::env::var("BENCH_FILES").ok();
    let files: usize = asked.and_then(|n| n.parse().ok()).unwrap_or(FILES);
    let small = tempfile::tempdir().unwrap();
    make_tree(&small.path().join("share"), files / 100);
    let (_, little) = index(small.path(), &small.path().join("share"));
    let folder = tempfile::tempdir().unwrap();
    let tree = folder.path().join("share");
    make_tree(&tree, files);
    let start = Instant::now();
    let (archive, much) = index(folder.path(), &tree);
    let rate = files as f64 / start.elapsed().as_secs_f64();
    println!("first run: {rate:.0} files a second");
    match (little, much) {
        (Some(little), Some(much)) => println!(
            "memory: peak {} MiB at {} files, {} MiB at {files}",
            little / 1024,
            files / 100,
            much / 1024
        ),
        _ => println!("LEFT OUT: this system does not tell a process's peak memory"),
    }
    let mut ours = || {
        let words = ["index", "--ocr", "none", "--archive"].map(OsStr::new);
        let more = [archive.as_os_str(), tree.as_os_str()];
        run(env!("CARGO_BIN_EXE_bukti"), words.into_iter().chain(more));
    };
    let mut find = || {
        let words = [tree.as_os_str(), "-printf".as_ref(), "%s %T@ %p\n".as_ref()];
        run("find", words);
    };
    let mut candidates: Vec<(&str, &mut dyn FnMut())> = vec![("bukti", &mut ours)];
    if is_installed("find") {
        candidates.push(("find", &mut find));
    }
    race(&mut candidates);
}
