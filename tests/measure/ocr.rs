//! Measures the embedded OCR engine on pages with known text: character error rate, share of
//! words found and pages a minute, by kind of degradation.
//!
//! `cargo test --test measure_ocr [-- FOLDER...]`; a folder holds `img/NAME_DPI.EXT` and
//! `gt/NAME.txt`, where the part of NAME after the last `_` is the degradation. Without one,
//! the made pages of `../shared/corpora` are read, where they are present. With `SHOW` set in
//! the environment the text read is printed too.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measuring tool: it reads corpora, takes the time and prints a table"
)]

use bukti::io::ocr::{OcrEngine, embedded};
use bukti::model::Raster;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const DEFAULT: &str = "../shared/corpora/ocr_pages/pages";

/// Bounds on all made pages. First measured: 0.44 % and 98.2 %.
const MAX_ERROR_RATE: f64 = 0.005;
const MIN_WORDS: f64 = 0.978;

#[derive(Default)]
struct Score {
    pages: u32,
    errors: usize,
    chars: usize,
    words_found: usize,
    words: usize,
    time: Duration,
}

impl Score {
    fn add(&mut self, truth: &str, read: &str, time: Duration) {
        let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (truth, read) = (fold(truth), fold(read));
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        self.pages += 1;
        self.errors += distance(&chars(&truth), &chars(&read));
        self.chars += truth.chars().count();
        self.words += truth.split(' ').count();
        self.words_found += words_found(&truth, &read);
        self.time += time;
    }

    fn error_rate(&self) -> f64 {
        self.errors as f64 / self.chars.max(1) as f64
    }

    fn word_recall(&self) -> f64 {
        self.words_found as f64 / self.words.max(1) as f64
    }

    fn show(&self, name: &str) {
        println!(
            "{name:<16} {:>5} {:>8.2} % {:>8.1} % {:>10.1}",
            self.pages,
            self.error_rate() * 100.0,
            self.word_recall() * 100.0,
            f64::from(self.pages) * 60.0 / self.time.as_secs_f64(),
        );
    }
}

/// Returns the Levenshtein distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let best = (diagonal + usize::from(x != y))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}

/// Returns how many words of `truth` were read, wherever they stand.
fn words_found(truth: &str, read: &str) -> usize {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in read.split(' ') {
        *left.entry(word).or_default() += 1;
    }
    let mut found = 0;
    for word in truth.split(' ') {
        if let Some(n) = left.get_mut(word).filter(|n| **n > 0) {
            *n -= 1;
            found += 1;
        }
    }
    found
}

fn raster(path: &Path) -> Result<Raster, Box<dyn Error>> {
    let grey = image::open(path)?.into_luma8();
    Ok(Raster {
        width: grey.width(),
        height: grey.height(),
        luma: grey.into_raw(),
    })
}

fn measure(folder: &Path) -> Result<Score, Box<dyn Error>> {
    let mut pictures: Vec<PathBuf> = std::fs::read_dir(folder.join("img"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    pictures.sort();
    let engine = embedded(1)?;
    let (mut all, mut kinds) = (Score::default(), BTreeMap::<String, Score>::new());
    for path in pictures {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = stem.rsplit_once('_').map_or(&*stem, |(name, _)| name);
        let kind = name
            .rsplit_once('_')
            .map_or(name, |(_, kind)| kind)
            .to_owned();
        let truth =
            std::fs::read_to_string(folder.join("gt").join(format!("{name}.txt")))?;
        let picture = raster(&path)?;
        let start = Instant::now();
        let page = engine.recognise(&picture)?;
        let time = start.elapsed();
        let lines: Vec<String> = page.lines.iter().map(|line| line.text()).collect();
        let read = lines.join("\n");
        if std::env::var_os("SHOW").is_some() {
            println!(
                "--- {name}: {} {:?}\n{read}",
                page.confidence.get(),
                page.verdict
            );
        }
        all.add(&truth, &read, time);
        kinds.entry(kind).or_default().add(&truth, &read, time);
    }
    println!("{}", folder.display());
    println!("{:<16} pages  char error  words found  pages/min", "");
    kinds.iter().for_each(|(kind, score)| score.show(kind));
    all.show("all");
    Ok(all)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folders: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with('-'))
        .collect();
    for folder in &folders {
        measure(Path::new(folder))?;
    }
    if !folders.is_empty() {
        return Ok(());
    }
    if !Path::new(DEFAULT).is_dir() {
        println!("NOT MEASURED: `{DEFAULT}` is not here");
        return Ok(());
    }
    let score = measure(Path::new(DEFAULT))?;
    if score.error_rate() > MAX_ERROR_RATE || score.word_recall() < MIN_WORDS {
        return Err("the engine reads worse than it did".into());
    }
    Ok(())
}
