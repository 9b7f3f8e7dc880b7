//! Times the built-in OCR against `tesseract`, `ocrmypdf` and `faster-paddle` (a Python package:
//! networks of the same family on ONNX Runtime), in one run and interleaved, and counts the
//! errors of the first on pages with known text.
//!
//! `cargo bench --bench ocr [-- --all]`. Real scans (`../shared/corpora/id_sulut_jdih`, one
//! page of each by default) give pages a minute and memory; made pages (`ocr_pages`) give
//! errors. A program that is not installed is left out, and the table says so.
//!
//! Work is told in processor time, user and system, of a process and all its children, which
//! other work on the machine hardly changes; the clock's time stands beside it. Every peer
//! runs as its own process, on one thread. Page pictures are made by `pdftoppm` beforehand and
//! are the same for all; `ocrmypdf` gets the pages as PDF, as it must, and so does bukti for
//! the comparison with it.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark starts programs, takes the time and prints a table"
)]

#[path = "../tests/measure/made.rs"]
mod made;
#[path = "../tests/measure/pages.rs"]
mod pages;
#[path = "../tests/measure/cost.rs"]
mod cost;

use bukti::extract::{self, Limits};
use bukti::model::Raster;
use bukti::ocr::{OcrEngine, embedded};
use cost::{Cost, cost_of};
use pages::Score;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const CORPORA: &str = "../shared/corpora";
/// Argument that makes this program the one that is timed.
const CHILD: &str = "--child";

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|a| a == CHILD) {
        return read_files(arguments.get(at + 1..).unwrap_or_default());
    }
    let all = arguments.iter().any(|a| a == "--all");
    let corpora = Path::new(CORPORA);
    if !corpora.is_dir() {
        println!("NOT MEASURED: no corpora at `{CORPORA}`");
        return Ok(());
    }
    if cfg!(not(target_os = "linux")) {
        println!("NOT MEASURED: processor time and memory are read from /proc");
        return Ok(());
    }
    errors(corpora)?;
    speed(corpora, all)
}

/// The timed process: reads pictures and whole PDFs, one after the other, as a worker does.
fn read_files(files: &[String]) -> Fallible<()> {
    let engine = embedded(1)?;
    let mut out = std::io::stdout().lock();
    for file in files {
        if Path::new(file).extension().is_some_and(|e| e == "pdf") {
            let bytes = std::fs::read(file)?;
            let opened =
                extract::open(&bytes, extract::sniff(&bytes), &Limits::default());
            for page in 1..=opened.extraction().page_count {
                match opened.picture(page) {
                    Ok(picture) => {
                        writeln!(out, "{}", pages::text(&engine.recognise(&picture)?))?;
                    }
                    Err(note) => writeln!(out, "page {page}: {note:?}")?,
                }
            }
        } else {
            let picture = pages::raster(Path::new(file))?;
            writeln!(out, "{}", pages::text(&engine.recognise(&picture)?))?;
        }
    }
    Ok(())
}

fn ours(files: &[PathBuf]) -> Fallible<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(CHILD).args(files);
    Ok(command)
}

fn tesseract(picture: &Path) -> Command {
    let mut command = Command::new("tesseract");
    command
        .arg(picture)
        .args(["stdout", "-l", "ind", "--psm", "3"]);
    command.env("OMP_THREAD_LIMIT", "1");
    command
}

fn ocrmypdf(from: &Path, to: &Path) -> Command {
    let mut command = Command::new("ocrmypdf");
    command.args(["--force-ocr", "--jobs", "1", "--quiet", "-l", "ind"]);
    command.arg(from).arg(to).env("OMP_THREAD_LIMIT", "1");
    command
}

/// Reads pictures one after the other as a user of `faster-paddle` does, on one thread.
const FASTER_PADDLE: &str = "
import sys
from faster_paddle import OcrEngine
engine = OcrEngine(model_size='tiny', threads=1)
for name in sys.argv[1:]:
    print(engine.ocr(open(name, 'rb').read())['text'])
";

fn faster_paddle(pictures: &[PathBuf]) -> Command {
    let mut command = Command::new("python3");
    command.args(["-c", FASTER_PADDLE]).args(pictures);
    command
}

fn has_faster_paddle() -> bool {
    let mut import = Command::new("python3");
    let run = import.args(["-c", "import faster_paddle"]).output();
    let here = run.is_ok_and(|run| run.status.success());
    if !here {
        println!("SKIPPED: `faster-paddle` is not installed for `python3`");
    }
    here
}

/// Tells, loudly, whether a peer can be started.
fn is_here(program: &str) -> bool {
    // Poppler's programs tell their version by `-v`, the others by `--version`.
    let flag = if program.starts_with("pdf") {
        "-v"
    } else {
        "--version"
    };
    let here = Command::new(program).arg(flag).output().is_ok();
    if !here {
        println!("SKIPPED: `{program}` is not installed");
    }
    here
}

/// Compares what is read on pages with known text.
fn errors(corpora: &Path) -> Fallible<()> {
    let peer = is_here("tesseract");
    let corpus = corpora.join("ocr_pages/pages");
    let folder = tempfile::tempdir()?;
    println!("made pages        pages  char error  words found  CPU s/page");
    let mut totals = [Score::default(); 2];
    for (half, pages) in [
        ("ordinary", pages::pages(&corpus)?),
        ("dense", dense(&corpus, folder.path())?),
    ] {
        let (mut own, mut other) = (Score::default(), Score::default());
        for page in &pages {
            let cost = cost_of(&mut ours(std::slice::from_ref(&page.picture))?)?;
            for score in [&mut own, &mut totals[0]] {
                score.add(&page.truth, &cost.text, cost.processor);
            }
            if peer {
                let cost = cost_of(&mut tesseract(&page.picture))?;
                for score in [&mut other, &mut totals[1]] {
                    score.add(&page.truth, &cost.text, cost.processor);
                }
            }
        }
        show_score(&format!("bukti {half}"), &own);
        if peer {
            show_score(&format!("tesseract {half}"), &other);
        }
    }
    let [own, other] = totals;
    show_score("bukti all", &own);
    if peer {
        show_score("tesseract all", &other);
        println!(
            "character errors: bukti makes {:.2} of tesseract's (wanted: at most 0.25)",
            own.error_rate() / other.error_rate()
        );
    }
    Ok(())
}

/// Draws the dense pages, whose text the corpus has but not their pictures.
fn dense(corpus: &Path, folder: &Path) -> Fallible<Vec<pages::Page>> {
    let mut found = Vec::new();
    for made in made::dense(corpus) {
        let Raster {
            width,
            height,
            luma,
        } = made.sheet.picture(200.0);
        let picture = folder.join(&made.name).with_extension("png");
        image::save_buffer(&picture, &luma, width, height, image::ColorType::L8)?;
        found.push(pages::Page {
            picture,
            name: made.name,
            degradation: "dense".to_owned(),
            truth: made.truth,
        });
    }
    Ok(found)
}

fn show_score(name: &str, score: &Score) {
    println!(
        "{name:<17} {:>5} {:>9.2} % {:>10.1} % {:>11.2}",
        score.pages,
        score.error_rate() * 100.0,
        score.word_recall() * 100.0,
        60.0 / score.pace()
    );
}

/// What one contender has spent so far.
struct Contender {
    name: &'static str,
    pages: usize,
    total: Cost,
}

impl Contender {
    fn new(name: &'static str) -> Self {
        let (pages, total) = (0, Cost::default());
        Self { name, pages, total }
    }

    /// Runs it on some pages. One that fails is told and not counted: its other files are.
    fn add(&mut self, pages: usize, command: &mut Command) {
        match cost_of(command) {
            Ok(cost) => {
                self.pages += pages;
                self.total.add(&cost);
            }
            Err(error) => println!("NOT COUNTED: {}: {error}", self.name),
        }
    }

    fn pace(&self) -> f64 {
        self.pages as f64 * 60.0 / self.total.processor.as_secs_f64().max(1e-9)
    }

    /// Prints a line, with how many times faster `own` is.
    fn show(&self, own: &Self, wanted: &str) {
        let clock = self.pages as f64 * 60.0 / self.total.clock.as_secs_f64();
        println!(
            "{:<22} {:>5} {:>12.1} {clock:>12.1} {:>9} {:>9.2} {wanted}",
            self.name,
            self.pages,
            self.pace(),
            self.total.peak_bytes >> 20,
            own.pace() / self.pace(),
        );
    }
}

/// Compares pages a minute and memory on real scans.
fn speed(corpora: &Path, all: bool) -> Fallible<()> {
    let tools = ["pdftoppm", "pdfseparate", "pdfunite"];
    if !tools.into_iter().all(is_here) {
        println!("NOT MEASURED: page pictures are made by Poppler");
        return Ok(());
    }
    let (tesseract_here, ocrmypdf_here) = (is_here("tesseract"), is_here("ocrmypdf"));
    let faster_paddle_here = has_faster_paddle();
    let mut faster_paddle_cost = Contender::new("faster-paddle tiny");
    let mut by_picture = Contender::new("bukti, page pictures");
    let mut by_pdf = Contender::new("bukti, pages as PDF");
    let mut as_run = Contender::new("bukti inspect --jobs 1");
    let mut cuts = Vec::new();
    let mut tesseract_cost = Contender::new("tesseract");
    let mut ocrmypdf_cost = Contender::new("ocrmypdf --force-ocr");
    for (nth, (file, count)) in scans(&corpora.join("id_sulut_jdih"))?.iter().enumerate()
    {
        let folder = tempfile::tempdir()?;
        let wanted: Vec<u32> = match all {
            true => (1..=*count).collect(),
            // A different page of each file, so that covers do not decide.
            false => vec![nth as u32 % count + 1],
        };
        let (pictures, pdf) = cut(file, &wanted, folder.path())?;
        by_picture.add(wanted.len(), &mut ours(&pictures)?);
        if tesseract_here {
            for picture in &pictures {
                tesseract_cost.add(1, &mut tesseract(picture));
            }
        }
        if faster_paddle_here {
            faster_paddle_cost.add(wanted.len(), &mut faster_paddle(&pictures));
        }
        by_pdf.add(wanted.len(), &mut ours(std::slice::from_ref(&pdf))?);
        cuts.push((wanted.len(), pdf.clone(), folder));
        if ocrmypdf_here {
            let to = pdf.with_file_name("out.pdf");
            ocrmypdf_cost.add(wanted.len(), &mut ocrmypdf(&pdf, &to));
        }
    }
    let pages = cuts.iter().map(|(pages, ..)| pages).sum();
    let mut inspect = Command::new(env!("CARGO_BIN_EXE_bukti"));
    inspect.args(["inspect", "--jobs", "1"]);
    as_run.add(pages, inspect.args(cuts.iter().map(|(_, pdf, _)| pdf)));
    println!(
        "\nreal scans             pages  /min CPU core   /min clock  peak MiB    ratio"
    );
    by_picture.show(&by_picture, "");
    if tesseract_here {
        tesseract_cost.show(&by_picture, "(wanted: at least 2)");
    }
    if faster_paddle_here {
        faster_paddle_cost.show(&by_picture, "(wanted: at least 1.5)");
    }
    as_run.show(&by_picture, "(with all that is recognised)");
    by_pdf.show(&by_pdf, "");
    if ocrmypdf_here {
        ocrmypdf_cost.show(&by_pdf, "(wanted: at least 4)");
    }
    Ok(())
}

/// Returns the scanned files of a corpus with their pages.
fn scans(folder: &Path) -> Fallible<Vec<(PathBuf, u32)>> {
    let mut rows = csv::Reader::from_path(folder.join("manifest.csv"))?;
    let headers = rows.headers()?.clone();
    let mut files = Vec::new();
    for row in rows.records() {
        let row = row?;
        let get = |name: &str| {
            let at = headers.iter().position(|h| h == name);
            at.and_then(|at| row.get(at)).unwrap_or_default()
        };
        if get("kind_of_file").starts_with("scan") {
            files.push((folder.join(get("path")), get("pages").parse()?));
        }
    }
    Ok(files)
}

/// Cuts pages out of a PDF: a picture at 200 dpi of each, and one PDF of all.
fn cut(file: &Path, wanted: &[u32], to: &Path) -> Fallible<(Vec<PathBuf>, PathBuf)> {
    let (mut pictures, mut parts) = (Vec::new(), Vec::new());
    for page in wanted {
        let number = page.to_string();
        let (picture, part) = (to.join(&number), to.join(format!("part{page}.pdf")));
        let range = ["-f", &number, "-l", &number];
        let mut draw = Command::new("pdftoppm");
        draw.args(range)
            .args(["-r", "200", "-gray", "-png", "-singlefile"]);
        cost_of(draw.arg(file).arg(&picture))?;
        cost_of(Command::new("pdfseparate").args(range).arg(file).arg(&part))?;
        pictures.push(picture.with_extension("png"));
        parts.push(part);
    }
    let pdf = to.join("in.pdf");
    match parts.as_slice() {
        [one] => std::fs::rename(one, &pdf)?,
        many => {
            cost_of(Command::new("pdfunite").args(many).arg(&pdf))?;
        }
    }
    Ok((pictures, pdf))
}
