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

mod pages;

use bukti::ocr::{OcrEngine, embedded};
use pages::Score;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

const DEFAULT: &str = "../shared/corpora/ocr_pages/pages";

/// Bounds on all made pages. First measured: 0.44 % and 98.2 %.
const MAX_ERROR_RATE: f64 = 0.005;
const MIN_WORDS: f64 = 0.978;

fn show(name: &str, score: &Score) {
    println!(
        "{name:<16} {:>5} {:>8.2} % {:>8.1} % {:>10.1}",
        score.pages,
        score.error_rate() * 100.0,
        score.word_recall() * 100.0,
        score.pace(),
    );
}

fn measure(folder: &Path) -> Result<Score, Box<dyn Error>> {
    let engine = embedded(1)?;
    let (mut all, mut kinds) = (Score::default(), BTreeMap::<String, Score>::new());
    for page in pages::pages(folder)? {
        let picture = pages::raster(&page.picture)?;
        let start = Instant::now();
        let found = engine.recognise(&picture)?;
        let time = start.elapsed();
        let read = pages::text(&found);
        if std::env::var_os("SHOW").is_some() {
            println!(
                "--- {}: {} {:?}\n{read}",
                page.name,
                found.confidence.get(),
                found.verdict
            );
        }
        all.add(&page.truth, &read, time);
        let kind = kinds.entry(page.degradation).or_default();
        kind.add(&page.truth, &read, time);
    }
    println!("{}", folder.display());
    println!("{:<16} pages  char error  words found  pages/min", "");
    kinds.iter().for_each(|(kind, score)| show(kind, score));
    show("all", &all);
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
