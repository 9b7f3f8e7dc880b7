//! The web face in a real browser, second tier: the real program serves the samples, and Chromium
//! goes through it as people do, on a phone, a tablet and an office PC, in both languages.
//!
//! ```text
//! .ci/browser                                        installs what it needs, then runs all
//! cargo test --release --test browser [WORD…]        tours whose names hold a word
//! cargo test --release --test browser -- pictures FOLDER    pictures of every page, to look at
//! ```
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests that stop where something is wrong, start programs, and print"
)]

mod accessibility;
mod crawl;
mod driver;
mod http;
mod pictures;
mod serving;
mod tours;
mod visit;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use visit::{Archive, Archives, LANGUAGES, Visit, WIDTHS};

/// What is done in a browser.
struct Tour {
    name: &'static str,
    archive: Archive,
    /// At every width and in both languages, or once.
    everywhere: bool,
    run: fn(&mut Visit),
}

const TOURS: [Tour; 11] = [
    everywhere(
        "find_the_regulation_on_smoking",
        tours::find_the_regulation_on_smoking,
    ),
    everywhere("decide_fifty", tours::decide_fifty),
    everywhere(
        "what_the_health_office_owes",
        tours::what_the_health_office_owes,
    ),
    everywhere("enter_ten_questions", tours::enter_ten_questions),
    Tour {
        archive: Archive::Empty,
        ..everywhere("watch_a_run", tours::watch_a_run)
    },
    everywhere("every_page", accessibility::every_page),
    Tour {
        archive: Archive::Empty,
        ..everywhere("every_page_of_an_empty_archive", accessibility::every_page)
    },
    once("zoomed", accessibility::zoomed),
    once("focus_by_keys", accessibility::focus_by_keys),
    once("reduced_motion", accessibility::reduced_motion),
    once("forced_colours", accessibility::forced_colours),
];

const fn everywhere(name: &'static str, run: fn(&mut Visit)) -> Tour {
    Tour {
        name,
        archive: Archive::Samples,
        everywhere: true,
        run,
    }
}

const fn once(name: &'static str, run: fn(&mut Visit)) -> Tour {
    Tour {
        everywhere: false,
        ..everywhere(name, run)
    }
}

fn main() -> ExitCode {
    let missing = driver::missing();
    if !missing.is_empty() {
        println!(
            "SKIPPED: {} not installed; `.ci/browser` does",
            missing.join(", ")
        );
        return ExitCode::SUCCESS;
    }
    if !accessibility::axe().is_file() {
        println!("LEFT OUT: axe-core is not there; `.ci/browser` fetches it");
    }
    let words: Vec<String> = std::env::args().skip(1).collect();
    let archives = Archives::make();
    if let [word, folder] = words.as_slice()
        && word == "pictures"
    {
        take_pictures(&archives, Path::new(folder));
        return ExitCode::SUCCESS;
    }
    let is_wanted = |tour: &Tour| {
        words.is_empty() || words.iter().any(|word| tour.name.contains(word.as_str()))
    };
    let mut failed = 0;
    for tour in TOURS.iter().filter(|tour| is_wanted(tour)) {
        for (width, lang) in screens() {
            if tour.everywhere || (width, lang) == (WIDTHS[2], LANGUAGES[1]) {
                failed += usize::from(!walk(tour, &archives, width, lang));
            }
        }
    }
    println!("{failed} failed");
    ExitCode::from(u8::from(failed > 0))
}

fn screens() -> impl Iterator<Item = (u32, &'static str)> {
    WIDTHS
        .into_iter()
        .flat_map(|width| LANGUAGES.map(|lang| (width, lang)))
}

/// Takes one tour; where it fails, a picture of the page shows where.
fn walk(tour: &Tour, archives: &Archives, width: u32, lang: &'static str) -> bool {
    let start = Instant::now();
    let mut visit = Visit::begin(archives, tour.archive, width, lang);
    let done = catch_unwind(AssertUnwindSafe(|| (tour.run)(&mut visit)));
    let place = format!("{} at {width} px in {lang}", tour.name);
    let seconds = start.elapsed().as_secs_f64();
    if done.is_ok() {
        println!("ok      {place} ({seconds:.1} s)");
        return true;
    }
    let file = format!("{}-{width}-{lang}.png", tour.name);
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file);
    let shown = catch_unwind(AssertUnwindSafe(|| visit.browser.picture(None)));
    let kept = shown.is_ok_and(|picture| std::fs::write(&file, picture).is_ok());
    let picture = if kept {
        file.display().to_string()
    } else {
        String::new()
    };
    println!("FAILED  {place} ({seconds:.1} s) {picture}");
    false
}

fn take_pictures(archives: &Archives, folder: &Path) {
    for (width, lang) in screens() {
        for (name, archive) in [("samples", Archive::Samples), ("empty", Archive::Empty)]
        {
            let mut visit = Visit::begin(archives, archive, width, lang);
            pictures::take(&mut visit, &folder.join(format!("{name}-{width}-{lang}")));
        }
    }
}
