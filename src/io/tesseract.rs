//! The engine of those who have Tesseract installed and trust it: each page is given to the
//! `tesseract` program, a process a page, and its table of words is read back. Slower and
//! worse than the embedded one on the pages measured (see the module above); apart, because a
//! second opinion from outside is worth having.

use crate::io::process::{ChildError, run};
use crate::model::{Line, OcrPage, Raster, Ratio, Rect, Turn, Word};
use crate::ocr::geometry::{Point, Quad};
use crate::ocr::ink::marks;
use crate::ocr::read::recognise::Fragment;
use crate::ocr::{OcrEngine, OcrError, check, legibility};
use std::time::Duration;
use unicode_normalization::UnicodeNormalization;

/// The program, looked for where the system looks for programs; Windows adds `.exe`.
const PROGRAM: &str = "tesseract";

/// Most time a page may take: less than the minute of silence after which a whole worker is
/// replaced. Pages measured took 4 s at most.
const LINE_TIMEOUT: Duration = Duration::from_secs(50);

/// The program uses every processor for one page otherwise, at 6 to 8 times the work; bukti
/// reads as many pages at a time as there are processors.
const ONE_THREAD: [(&str, &str); 1] = [("OMP_THREAD_LIMIT", "1")];

/// Reads pictures with the installed `tesseract` program.
#[derive(Debug, Clone)]
pub struct Tesseract {
    language: String,
}

/// Finds the installed program and the language it is to read: Indonesian, else English, else
/// the first it has.
///
/// # Errors
/// When it is not installed, does not answer, or has no language.
pub fn tesseract() -> Result<Tesseract, OcrError> {
    let output = run(
        PROGRAM,
        &["--list-langs"],
        &ONE_THREAD,
        Vec::new(),
        LINE_TIMEOUT,
    )
    .map_err(|error| match error {
        ChildError::Start(cause) => OcrError::NotInstalled(cause),
        other => OcrError::Program(Box::new(other)),
    })?;
    let language = language(&String::from_utf8_lossy(&output));
    let language = language.ok_or(OcrError::NoLanguage)?;
    Ok(Tesseract { language })
}

/// Chooses from the program's list; its first line is a heading.
fn language(listed: &str) -> Option<String> {
    let names = || listed.lines().skip(1).map(str::trim);
    // `osd` knows directions and no words.
    let is_language = |name: &&str| !name.is_empty() && *name != "osd";
    let named = |wanted: &str| names().find(|name| *name == wanted);
    let found = named("ind").or_else(|| named("eng"));
    found
        .or_else(|| names().find(is_language))
        .map(str::to_owned)
}

impl OcrEngine for Tesseract {
    fn name(&self) -> &'static str {
        PROGRAM
    }

    fn recognise(&self, picture: &Raster) -> Result<OcrPage, OcrError> {
        check(picture)?;
        if picture.luma.is_empty() || legibility::is_blank(picture) {
            return Ok(OcrPage::blank());
        }
        let arguments = ["stdin", "stdout", "-l", &self.language, "--psm", "3", "tsv"];
        let table = run(PROGRAM, &arguments, &ONE_THREAD, pgm(picture), LINE_TIMEOUT)
            .map_err(|cause| OcrError::Program(Box::new(cause)))?;
        let lines = lines(&String::from_utf8_lossy(&table));
        let fragments: Vec<Fragment> = lines.iter().filter_map(fragment).collect();
        // Its confidence is another measure than the embedded engine's, for which bounds are
        // known: only what the boxes say is judged.
        let verdict = legibility::verdict(&fragments, picture.width as f32, 1.0);
        Ok(OcrPage {
            confidence: confidence(&lines),
            marks: marks::find(picture, &lines),
            lines,
            verdict,
            turn: Turn::None,
        })
    }
}

/// Returns the picture as a file of the simplest format the program reads.
fn pgm(picture: &Raster) -> Vec<u8> {
    let mut file = format!("P5 {} {} 255\n", picture.width, picture.height).into_bytes();
    file.extend_from_slice(&picture.luma);
    file
}

/// Reads the table: `level page block par line word left top width height conf text`, parted
/// by tabs. Rows of level 5 are words; lines come in reading order.
fn lines(table: &str) -> Vec<Line> {
    let mut lines: Vec<(Vec<&str>, Line)> = Vec::new();
    for row in table.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let (Some(key), Some(word)) = (cells.get(1..5), word(&cells)) else {
            continue;
        };
        match lines.last_mut() {
            Some((last, line)) if last == key => line.words.push(word),
            _ => lines.push((key.to_vec(), Line::new(vec![word]))),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn word(cells: &[&str]) -> Option<Word> {
    let [
        level,
        _,
        _,
        _,
        _,
        _,
        left,
        top,
        width,
        height,
        confidence,
        text,
    ] = cells
    else {
        return None;
    };
    let text: String = text.trim().nfc().collect();
    if *level != "5" || text.is_empty() {
        return None;
    }
    let number = |cell: &str| cell.parse::<f32>().ok();
    let (x0, y0) = (number(left)?, number(top)?);
    let rect = Rect {
        x0,
        y0,
        x1: x0 + number(width)?,
        y1: y0 + number(height)?,
    };
    let confidence = Ratio::new(number(confidence)? / 100.0);
    Some(Word::new(text, Some(rect), confidence))
}

fn fragment(line: &Line) -> Option<Fragment> {
    let Rect { x0, y0, x1, y1 } = line.rect()?;
    let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)];
    Some(Fragment {
        quad: Quad::from_corners(corners.map(|(x, y)| Point::new(x, y))),
        words: line.words.clone(),
        confidence: line.confidence().get(),
    })
}

/// Returns the mean over all characters.
fn confidence(lines: &[Line]) -> Ratio {
    let words = lines.iter().flat_map(|line| line.words.iter().cloned());
    Line::new(words.collect()).confidence()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indonesian_is_wanted_and_what_there_is_taken() {
        let listed = |names: &str| language(&format!("List of languages (3):\n{names}"));
        assert_eq!(listed("eng\nind\nosd\n").as_deref(), Some("ind"));
        assert_eq!(listed("deu\r\neng\r\nosd\r\n").as_deref(), Some("eng"));
        assert_eq!(listed("osd\nmsa\n").as_deref(), Some("msa"));
        assert_eq!(listed("osd\n"), None);
        assert_eq!(language(""), None);
    }

    #[test]
    fn the_table_becomes_lines_with_boxes() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\
            \twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t400\t200\t-1\t\n\
            4\t1\t1\t1\t1\t0\t34\t59\t103\t17\t-1\t\n\
            5\t1\t1\t1\t1\t1\t34\t59\t87\t17\t96.5\tNOMOR\n\
            5\t1\t1\t1\t1\t2\t127\t59\t10\t17\t90\t5\n\
            5\t1\t1\t1\t1\t3\t140\t59\t10\t17\t95\t \n\
            5\t1\t1\t1\t2\t1\t34\t80\t50\t17\t-1\ttentang\n\
            5\tbroken\n";
        let lines = lines(table);
        let text: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(text, ["NOMOR 5", "tentang"]);
        assert_eq!(lines[0].rect(), Some([34., 59., 137., 76.].into()));
        assert_eq!(lines[0].words[0].confidence, Ratio::new(0.965));
        assert_eq!(lines[1].confidence(), Ratio::ZERO);
    }

    /// Runs where the program is installed; says so where it is not.
    #[test]
    fn the_program_reads_a_page() {
        let engine = match tesseract() {
            Ok(engine) => engine,
            Err(error) => {
                assert!(matches!(error, OcrError::NotInstalled(_)), "{error}");
                println!("SKIPPED: {error}");
                return;
            }
        };
        let png = include_bytes!("../../tests/data/ocr/three_lines.png");
        let grey = image::load_from_memory(png).unwrap().into_luma8();
        let page = engine
            .recognise(&Raster {
                width: grey.width(),
                height: grey.height(),
                luma: grey.into_raw(),
            })
            .unwrap();
        let text: Vec<String> = page.lines.iter().map(Line::text).collect();
        assert!(text.join(" ").contains("NOMOR 5 TAHUN 2024"), "{text:?}");
        assert!(page.confidence.get() > 0.5);
        assert!(page.lines.iter().all(|line| line.rect().is_some()));
    }
}
