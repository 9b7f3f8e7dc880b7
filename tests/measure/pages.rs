//! Pages with known text, and how well a reading of them agrees. Shared by what measures and
//! what compares, so that every engine is judged by the same arithmetic.

#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "part of several measuring tools, each of which uses some of it"
)]

use bukti::model::{OcrPage, Raster};
use std::{
    collections::HashMap,
    error::Error,
    path::{Path, PathBuf},
    time::Duration,
};

/// A page: its picture, its text, and what was done to it.
pub struct Page {
    pub picture: PathBuf,
    pub name: String,
    pub degradation: String,
    pub truth: String,
}

/// Returns the pages of a folder by name: `img/NAME_DPI.EXT` and `gt/NAME.txt`, where the
/// part of NAME after the last `_` is the degradation.
pub fn pages(folder: &Path) -> Result<Vec<Page>, Box<dyn Error>> {
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder.join("img"))? {
        let picture = entry?.path();
        let stem = picture.file_stem().unwrap_or_default().to_string_lossy();
        let name = stem.rsplit_once('_').map_or(&*stem, |(name, _)| name);
        let degradation = name.rsplit_once('_').map_or(name, |(_, kind)| kind);
        let text = folder.join("gt").join(format!("{name}.txt"));
        pages.push(Page {
            truth: std::fs::read_to_string(text)?,
            name: name.to_owned(),
            degradation: degradation.to_owned(),
            picture,
        });
    }
    pages.sort_by(|a, b| a.picture.cmp(&b.picture));
    Ok(pages)
}

/// Returns a picture file in grey.
pub fn raster(path: &Path) -> Result<Raster, Box<dyn Error>> {
    let grey = image::open(path)?.into_luma8();
    Ok(Raster {
        width: grey.width(),
        height: grey.height(),
        luma: grey.into_raw(),
    })
}

/// Returns the lines read, one a line.
pub fn text(page: &OcrPage) -> String {
    let lines: Vec<String> = page.lines.iter().map(bukti::model::Line::text).collect();
    lines.join("\n")
}

/// How well pages were read.
#[derive(Default, Clone, Copy)]
pub struct Score {
    pub pages: u32,
    pub errors: usize,
    pub chars: usize,
    pub words_found: usize,
    pub words: usize,
    pub time: Duration,
}

impl Score {
    /// Adds a page; white space counts as one space.
    pub fn add(&mut self, truth: &str, read: &str, time: Duration) {
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

    /// Returns character errors for each character of the truth.
    pub fn error_rate(&self) -> f64 {
        self.errors as f64 / self.chars.max(1) as f64
    }

    /// Returns the share of the truth's words that were read.
    pub fn word_recall(&self) -> f64 {
        self.words_found as f64 / self.words.max(1) as f64
    }

    /// Returns pages a minute.
    pub fn pace(&self) -> f64 {
        f64::from(self.pages) * 60.0 / self.time.as_secs_f64().max(1e-9)
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
