//! Real papers of many governments with their truth, and what the program reads of each.
//! Reading goes through `bukti extract-worker`, as a run does; what it answered is kept below
//! `target/tmp/papers`, by the reader's name, so that a second measurement costs no OCR.
//!
//! Papers go by numbers: recognising is not to hear what their files are called.

#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "part of several measuring tools, each of which uses some of it"
)]

use bukti::app::reading::version;
use bukti::app::reading::worker::{Answer, Request, Response};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a paper came into the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    Digital,
    Scan,
    Photo,
}

/// A paper with its truth.
#[derive(Debug, Clone)]
pub struct Paper {
    pub corpus: &'static str,
    /// Its file.
    pub file: PathBuf,
    /// Its path in the corpus.
    pub name: String,
    /// Whose paper it is: the group that leave-one-government-out leaves out.
    pub government: String,
    pub medium: Medium,
    truth: BTreeMap<String, String>,
}

impl Paper {
    /// Returns a paper that was made, with its truth by column.
    pub fn made(file: PathBuf, maker: &str, truth: BTreeMap<String, String>) -> Self {
        Self {
            corpus: "made",
            name: file.file_name().unwrap().to_string_lossy().into_owned(),
            file,
            government: maker.to_owned(),
            medium: Medium::Scan,
            truth,
        }
    }

    /// Returns a column of the truth; empty where the page does not state it or nobody noted.
    pub fn get(&self, column: &str) -> &str {
        self.truth.get(column).map_or("", String::as_str)
    }

    /// Returns the first of some columns that is not empty.
    pub fn either(&self, columns: &[&str]) -> &str {
        let mut values = columns.iter().map(|column| self.get(column));
        values.find(|value| !value.is_empty()).unwrap_or_default()
    }
}

/// Labels of `id_local` that are not what the page prints, looked at on the page: paper, column,
/// what stands there. `--as-labelled` measures without them.
const CORRECTED: [(&str, &str, &str); 4] = [
    // Written by hand, its seven with a stroke; the label has a one.
    ("d0058.pdf", "number", "47.a/kdh.KKA.800/06.2020"),
    // The label is a summary of the cover.
    (
        "d0099.pdf",
        "title",
        "STANDAR OPERASIONAL PROSEDUR (SOP) PENGELOLAAN PELAYANAN INFORMASI DAN DOKUMENTASI",
    ),
    // The label puts `Foto rapat, caption` before it.
    ("d0127.jpg", "title", "Ramah Tamah dengan SEMERU Institute"),
    // As the label's own note says of the cover.
    (
        "s0108.pdf",
        "title",
        "Laporan Tahunan PPID Tingkat I DJPK 2023",
    ),
];

/// Returns the papers of some corpora by name, `id_local`, `id_sulut_jdih` and `id_gov_misc`
/// being known; says aloud which are not there.
pub fn papers(corpora: &[&'static str]) -> Vec<Paper> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let mut all = Vec::new();
    let is_as_labelled = std::env::args().any(|arg| arg == "--as-labelled");
    for &corpus in corpora {
        let (table, files) = match corpus {
            "id_local" => ("truth.csv", "files"),
            _ => ("manifest.csv", ""),
        };
        let table = root.join(corpus).join(table);
        let Ok(mut rows) = csv::Reader::from_path(&table) else {
            println!("SKIPPED: no corpus at {}", table.display());
            continue;
        };
        for row in rows.deserialize::<BTreeMap<String, String>>() {
            let mut truth = row.expect("rows as wide as their head");
            let name = truth["path"].clone();
            let of_paper = CORRECTED.iter().filter(|(paper, ..)| *paper == name);
            if corpus == "id_local" && !is_as_labelled {
                truth.extend(of_paper.map(|(_, column, value)| {
                    ((*column).to_owned(), (*value).to_owned())
                }));
            }
            all.push(Paper {
                corpus,
                file: root.join(corpus).join(files).join(&name),
                government: government(corpus, &truth),
                medium: medium(&truth),
                name,
                truth,
            });
        }
    }
    all
}

fn government(corpus: &str, truth: &BTreeMap<String, String>) -> String {
    match (truth.get("government"), truth.get("issuer")) {
        (Some(government), _) => government.clone(),
        (None, Some(issuer)) => format!("{corpus}: {issuer}"),
        (None, None) => corpus.to_owned(),
    }
}

fn medium(truth: &BTreeMap<String, String>) -> Medium {
    let get = |column: &str| truth.get(column).map_or("", String::as_str);
    match (get("scan"), get("kind_of_file")) {
        ("photo", _) => Medium::Photo,
        ("yes", _) => Medium::Scan,
        (_, kind) if kind.starts_with("scan") => Medium::Scan,
        _ => Medium::Digital,
    }
}

/// Returns what the program reads of each paper, in order.
pub fn read(papers: &[Paper]) -> Vec<Answer> {
    let slug: String = version::reader()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("papers")
        .join(slug);
    let place = |paper: &Paper| {
        let name = paper.name.replace('/', "-");
        kept.join(paper.corpus).join(format!("{name}.json"))
    };
    let changed = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    let is_read = |paper: &&Paper| {
        let answered = changed(&place(paper));
        answered.is_some() && answered >= changed(&paper.file)
    };
    let missing: Vec<&Paper> = papers.iter().filter(|p| !is_read(p)).collect();
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for share in missing.chunks(missing.len().div_ceil(jobs).max(1)) {
            scope.spawn(move || {
                let mut worker = Worker::new();
                for paper in share {
                    let answer = worker.read(&paper.file);
                    let place = place(paper);
                    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
                    let json = serde_json::to_string(&answer).unwrap();
                    std::fs::write(place, json).unwrap();
                }
            });
        }
    });
    let answer = |paper: &Paper| {
        let text = std::fs::read_to_string(place(paper)).expect("just written");
        serde_json::from_str(&text).expect("an answer as this program writes it")
    };
    papers.iter().map(answer).collect()
}

/// A worker process that is asked for one file after another.
struct Worker {
    child: std::process::Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Worker {
    fn new() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bukti"))
            .arg("extract-worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("bukti runs");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, answers }
    }

    fn read(&mut self, file: &Path) -> Answer {
        let request = Request::Read {
            path: file.to_string_lossy().into_owned(),
            name: "x".to_owned(),
            ends: None,
            anchors: Vec::new(),
        };
        let line = serde_json::to_string(&request).expect("JSON");
        let input = self.child.stdin.as_mut().expect("a pipe");
        writeln!(input, "{line}").expect("the worker listens");
        let mut line = String::new();
        loop {
            line.clear();
            self.answers.read_line(&mut line).expect("UTF-8");
            match serde_json::from_str(&line) {
                Ok(Response::Read(answer)) => return *answer,
                Ok(_) => {}
                Err(error) => panic!("{}: {error}", file.display()),
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
