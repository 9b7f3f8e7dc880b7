//! Measures extraction on real and on hostile files, second tier: takes minutes and corpora
//! that are not part of the project (`../shared/corpora`). Nothing is asserted but that no file
//! breaks a reader; the figures are printed.
//!
//! ```text
//! cargo test --test measure_extract                     every part
//! cargo test --test measure_extract -- pages exif       some: pages exif odd memory
//!                                                             regulations words
//! cargo test --test measure_extract -- picture FILE PAGE OUT.png
//! cargo test --test measure_extract -- office FOLDER    FOLDER/a.doc against FOLDER/a.txt
//! ```
#![allow(
    clippy::disallowed_methods,
    reason = "a measurement reads files, time and pdftotext"
)]
#![allow(missing_docs, reason = "a program, not a library")]

use bukti::extract::{self, Limits, container};
use bukti::model::{Extraction, FileState, MediaType, NoteCode, Raster, TextOrigin};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// After this long a file counts as hanging.
const HANG: Duration = Duration::from_secs(60);
/// Files slower than this are named.
const SLOW: Duration = Duration::from_secs(5);
/// Stack of a reading thread: deep nesting shall end in a reader's own limit, not in ours.
const STACK: usize = 256 << 20;

/// Panics in bukti's own code and in the libraries', caught or not.
static OWN_PANICS: AtomicU32 = AtomicU32::new(0);
static THEIR_PANICS: AtomicU32 = AtomicU32::new(0);
static PANIC_PLACES: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    if let [word, file, page, out] = args.as_slice()
        && word == "picture"
    {
        return save_picture(file, page.parse().unwrap_or(1), out);
    }
    if let [word, file] = args.as_slice()
        && word == "one"
    {
        return read_alone(Path::new(file));
    }
    if let [word, folder] = args.as_slice()
        && word == "office"
    {
        count_panics();
        measure_office(Path::new(folder));
        return ExitCode::SUCCESS;
    }
    let Some(corpora) = corpora() else {
        println!("NOT MEASURED: ../shared/corpora is absent (or set BUKTI_CORPORA)");
        return ExitCode::SUCCESS;
    };
    count_panics();
    let parts: [(&str, fn(&Path)); 6] = [
        ("pages", measure_pages),
        ("exif", measure_exif),
        ("odd", measure_odd),
        ("memory", measure_memory),
        ("regulations", measure_regulations),
        ("words", measure_words),
    ];
    for (name, part) in parts {
        if args.is_empty() || args.iter().any(|arg| arg == name) {
            println!("== {name}");
            part(&corpora);
        }
    }
    println!(
        "== panics: own {}, caught in libraries {}",
        count(&OWN_PANICS),
        count(&THEIR_PANICS)
    );
    for (place, n) in PANIC_PLACES.lock().unwrap().iter() {
        println!("   {n:4} {place}");
    }
    if count(&OWN_PANICS) == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn count(counter: &AtomicU32) -> u32 {
    counter.load(Ordering::Relaxed)
}

fn corpora() -> Option<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let given = std::env::var_os("BUKTI_CORPORA").map(PathBuf::from);
    let near = home.join("../shared/corpora");
    given.into_iter().chain([near]).find(|path| path.is_dir())
}

fn count_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or("?".into(), ToString::to_string);
        let own = place.starts_with("src/");
        if own { &OWN_PANICS } else { &THEIR_PANICS }.fetch_add(1, Ordering::Relaxed);
        *PANIC_PLACES.lock().unwrap().entry(place).or_default() += 1;
    }));
}

/// What one file came to.
struct Outcome {
    state: FileState,
    extraction: Extraction,
    wanted: u32,
    pictures: u32,
    refused: Vec<String>,
    open_time: Duration,
    picture_time: Duration,
}

/// Takes out what is inside a file, and throws it away.
fn take_out(bytes: &[u8], media: MediaType) {
    let caps = container::Caps {
        members: 1_000,
        member_bytes: 64 << 20,
        total_bytes: 256 << 20,
    };
    let mut sink =
        |_| -> std::io::Result<Box<dyn std::io::Write>> { Ok(Box::new(std::io::sink())) };
    let bytes = std::io::Cursor::new(bytes);
    container::unpack(bytes, media, "berkas", None, &caps, &mut sink);
}

/// Reads a file in a thread of its own, with the pictures of its first `pictures` wanted pages.
fn read(path: &Path, pictures: usize) -> Option<Outcome> {
    let bytes = std::fs::read(path).ok()?;
    let (send, receive) = mpsc::channel();
    let work = move || {
        let started = Instant::now();
        let limits = Limits::default();
        let opened = extract::open(&bytes, extract::sniff(&bytes), &limits);
        let open_time = started.elapsed();
        let started = Instant::now();
        let mut refused = Vec::new();
        let mut decoded = 0;
        for request in opened.wanted().iter().take(pictures) {
            match opened.picture(request.page) {
                Ok(raster) => {
                    assert_eq!(
                        raster.luma.len(),
                        (raster.width * raster.height) as usize
                    );
                    decoded += 1;
                }
                Err(note) => {
                    let detail = note.detail.unwrap_or_default();
                    refused.push(format!("p{} {:?} {detail}", request.page, note.code));
                }
            }
        }
        let media = opened.extraction().media_type;
        if media.has_members() || media.may_embed() {
            take_out(&bytes, media);
        }
        let outcome = Outcome {
            state: opened.state(),
            wanted: opened.wanted().len() as u32,
            pictures: decoded,
            refused,
            open_time,
            picture_time: started.elapsed(),
            extraction: opened.into_extraction(),
        };
        let _ = send.send(outcome);
    };
    let handle = thread::Builder::new().stack_size(STACK).spawn(work).ok()?;
    let outcome = receive.recv_timeout(HANG);
    match &outcome {
        Ok(outcome) => {
            let took = outcome.open_time + outcome.picture_time;
            if took > SLOW {
                println!("   slow {took:.1?} {}", path.display());
            }
            let _ = handle.join();
        }
        Err(mpsc::RecvTimeoutError::Timeout) => println!("   HANGS {}", path.display()),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            println!("   DIED {}", path.display())
        }
    }
    outcome.ok()
}

type Row = HashMap<String, String>;

fn manifest(folder: &Path) -> Vec<Row> {
    let Ok(mut reader) = csv::Reader::from_path(folder.join("manifest.csv")) else {
        println!("   NOT MEASURED: {} is absent", folder.display());
        return Vec::new();
    };
    reader.deserialize().filter_map(Result::ok).collect()
}

fn cell<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).map_or("", String::as_str)
}

/// A count of successes, printed as `n of m (p %)`.
#[derive(Default)]
struct Tally(u32, u32);

impl Tally {
    fn add(&mut self, good: bool) -> bool {
        self.0 += u32::from(good);
        self.1 += 1;
        good
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = 100.0 * f64::from(self.0) / f64::from(self.1.max(1));
        write!(f, "{} of {} ({share:.1} %)", self.0, self.1)
    }
}

fn measure_pages(corpora: &Path) {
    let folder = corpora.join("pdf_difficult");
    let (mut pages, mut password, mut false_password) =
        (Tally::default(), Tally::default(), 0);
    let mut states: BTreeMap<&str, u32> = BTreeMap::new();
    let mut pictures = Tally::default();
    let mut spent = Duration::ZERO;
    let (mut lost, mut bad) = (0, 0);
    for row in manifest(&folder) {
        let name = cell(&row, "path");
        let Some(outcome) = read(&folder.join(name), 3) else {
            lost += 1;
            continue;
        };
        spent += outcome.open_time;
        let notes = outcome.extraction.notes.iter();
        let own_bad = notes
            .filter(|note| note.code == NoteCode::BadTextLayer)
            .count();
        if own_bad > 0 {
            println!("   bad layer on {own_bad} pages: {name}");
        }
        bad += own_bad;
        *states.entry(outcome.state.as_str()).or_default() += 1;
        let is_password = outcome.state == FileState::Password;
        if cell(&row, "consensus") == "password_needed" {
            if !password.add(is_password) {
                println!("   not seen as locked: {name} {:?}", outcome.state);
            }
        } else if is_password {
            false_password += 1;
            println!("   wrongly locked: {name} ({})", cell(&row, "consensus"));
        }
        if let Ok(truth) = cell(&row, "pages_truth").parse::<f64>() {
            let found = outcome.extraction.page_count;
            if !pages.add(f64::from(found) == truth) && !is_password {
                println!("   pages {found} for {truth}: {name} {:?}", outcome.state);
            }
        }
        for why in &outcome.refused {
            println!("   no picture: {name} {why}");
        }
        let asked = outcome.pictures + outcome.refused.len() as u32;
        for n in 0..asked {
            pictures.add(n < outcome.pictures);
        }
    }
    println!("   states {states:?}; lost {lost}; {bad} pages with a bad layer");
    println!("   page counts {pages}; locked told {password}, wrongly {false_password}");
    println!(
        "   pictures of up to 3 wanted pages a file {pictures}; opening took {spent:.1?}"
    );
}

/// Compares each document of a folder with the text of the same name, ending in `.txt`, by the
/// words found of its words, and names what falls short.
fn measure_office(folder: &Path) {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
    files.sort();
    let mut sums: BTreeMap<String, (u32, u32, u32, u32, Duration)> = BTreeMap::new();
    for path in files {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let Ok(truth) = std::fs::read_to_string(path.with_extension("txt")) else {
            continue;
        };
        if ending == "txt" {
            continue;
        }
        let Some(outcome) = read(&path, 1000) else {
            continue;
        };
        let pages: Vec<String> =
            outcome.extraction.pages.iter().map(|p| p.text()).collect();
        let mut counts: HashMap<&str, i32> = HashMap::new();
        let text = pages.join("\n");
        for word in text.split_whitespace() {
            *counts.entry(word).or_default() += 1;
        }
        let (mut found, mut all) = (0, 0);
        let mut missing = Vec::new();
        for word in truth.split_whitespace() {
            all += 1;
            let left = counts.entry(word).or_default();
            if *left > 0 {
                found += 1;
            } else {
                missing.push(word);
            }
            *left -= 1;
        }
        let sum = sums.entry(ending.into_owned()).or_default();
        *sum = (
            sum.0 + 1,
            sum.1 + found,
            sum.2 + all,
            sum.3 + outcome.pictures,
            sum.4 + outcome.open_time,
        );
        if found * 100 < all * 99 || outcome.state != FileState::Indexed {
            missing.truncate(12);
            let notes: Vec<_> = outcome.extraction.notes.iter().map(|n| n.code).collect();
            println!(
                "   {found} of {all} {:?} {notes:?} {} missing {missing:?}",
                outcome.state,
                path.display()
            );
        }
        if outcome.extraction.metadata.title.is_none() {
            println!("   no title: {}", path.display());
        }
    }
    for (ending, (files, found, all, pictures, spent)) in sums {
        println!(
            "   {ending}: {files} files, words {} , pictures {pictures}, opening {spent:.1?}",
            Tally(found, all)
        );
    }
}

fn measure_exif(corpora: &Path) {
    let folder = corpora.join("img_exif");
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut states: BTreeMap<&str, u32> = BTreeMap::new();
    let mut decodes = Tally::default();
    for row in manifest(&folder) {
        let name = cell(&row, "path");
        let Some(outcome) = read(&folder.join(name), 3) else {
            continue;
        };
        *states.entry(outcome.state.as_str()).or_default() += 1;
        if cell(&row, "pillow_decode") == "ok" && !decodes.add(outcome.pictures > 0) {
            println!(
                "   no picture: {name} {:?} {:?}",
                outcome.state, outcome.refused
            );
        }
        let Some(camera) = outcome.extraction.metadata.camera else {
            continue;
        };
        let date = cell(&row, "date_original").get(..19).unwrap_or_default();
        let date = date.replacen(':', "-", 2).replace(' ', "T");
        let near = |found: Option<f64>, truth: &str| {
            truth
                .parse::<f64>()
                .is_ok_and(|t| found.is_some_and(|f| (f - t).abs() < 1e-5))
        };
        let number = |text: &str| text.parse::<u32>().ok();
        let checks = [
            (
                "date",
                !date.is_empty() && !date.starts_with("0000"),
                camera.captured.as_deref() == Some(&date),
            ),
            (
                "lat",
                cell(&row, "gps_lat")
                    .parse::<f64>()
                    .is_ok_and(|lat| lat.abs() <= 90.0),
                near(camera.place.map(|p| p.lat), cell(&row, "gps_lat")),
            ),
            (
                "lon",
                !cell(&row, "gps_lon").is_empty(),
                near(camera.place.map(|p| p.lon), cell(&row, "gps_lon")),
            ),
            (
                "orientation",
                !cell(&row, "orientation").is_empty(),
                camera.orientation.map(u32::from) == number(cell(&row, "orientation")),
            ),
            (
                "make",
                !cell(&row, "make").is_empty(),
                camera.make.as_deref() == Some(cell(&row, "make").trim()),
            ),
            (
                "model",
                !cell(&row, "model").is_empty(),
                camera.model.as_deref() == Some(cell(&row, "model").trim()),
            ),
            (
                "offset",
                !cell(&row, "offset").is_empty(),
                camera.offset.as_deref() == Some(cell(&row, "offset")),
            ),
            (
                "pixels",
                cell(&row, "pillow_decode") == "ok"
                    && outcome.state == FileState::Indexed,
                camera.pixels
                    == number(cell(&row, "width")).zip(number(cell(&row, "height"))),
            ),
        ];
        for (what, known, right) in checks {
            if known && !tallies.entry(what).or_default().add(right) {
                println!(
                    "   {what}: {name} {:?}/{:?}/{:?}/{:?} for {date}/{}/{}",
                    camera.captured,
                    camera.place,
                    camera.orientation,
                    camera.pixels,
                    cell(&row, "gps_lat"),
                    cell(&row, "orientation"),
                );
            }
        }
    }
    println!("   states {states:?}");
    println!("   decoded where Pillow does {decodes}");
    for (what, tally) in tallies {
        println!("   {what} {tally}");
    }
}

fn measure_odd(corpora: &Path) {
    let folder = corpora.join("archives_odd");
    let mut states: BTreeMap<&str, u32> = BTreeMap::new();
    let mut lost = 0;
    for row in manifest(&folder) {
        match read(&folder.join(cell(&row, "path")), 1) {
            Some(outcome) => *states.entry(outcome.state.as_str()).or_default() += 1,
            None => lost += 1,
        }
    }
    println!("   states {states:?}; lost {lost}");
}

/// Reads one file, with the pictures of its first three wanted pages, and prints its state and
/// the most memory this process ever had. A parent reads it.
fn read_alone(file: &Path) -> ExitCode {
    let state = read(file, 3).map_or("died", |outcome| outcome.state.as_str());
    println!("{state} {}", peak_kib("self").unwrap_or(0));
    ExitCode::SUCCESS
}

/// The most memory a process ever had (`VmHWM`, Linux only), in KiB.
fn peak_kib(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Most memory a worker should have, without its OCR models, in KiB.
const GOAL_KIB: u64 = 400 << 10;

/// Reads each file in a process of its own: does every one end in a named state, soon, and how
/// much memory did it take?
fn measure_memory(corpora: &Path) {
    let Ok(own) = std::env::current_exe() else {
        return;
    };
    let mut peaks: Vec<(u64, String)> = Vec::new();
    let mut states: BTreeMap<String, u32> = BTreeMap::new();
    for folder in ["pdf_difficult", "img_exif", "archives_odd"] {
        let folder = corpora.join(folder);
        for row in manifest(&folder) {
            let path = folder.join(cell(&row, "path"));
            let output = Command::new(&own).arg("one").arg(&path).output();
            let text = output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned());
            let text = text.unwrap_or_default();
            let last = text.lines().last().unwrap_or_default();
            let (state, peak) = last.split_once(' ').unwrap_or(("crashed", "0"));
            *states.entry(state.to_owned()).or_default() += 1;
            if matches!(state, "died" | "crashed") {
                println!("   {state}: {}", path.display());
            }
            peaks.push((peak.parse().unwrap_or(0), path.display().to_string()));
        }
    }
    peaks.sort();
    let above = peaks.iter().filter(|(peak, _)| *peak > GOAL_KIB).count();
    let median = peaks.get(peaks.len() / 2).map_or(0, |(peak, _)| *peak);
    println!("   states {states:?}");
    println!(
        "   peak memory: median {} MiB, above 400 MiB {above}",
        median >> 10
    );
    for (peak, path) in peaks.iter().rev().take(15) {
        println!("   {:5} MiB {path}", peak >> 10);
    }
}

fn measure_regulations(corpora: &Path) {
    for folder in ["id_sulut_jdih", "id_gov_misc"].map(|name| corpora.join(name)) {
        let mut kinds: BTreeMap<String, [u32; 5]> = BTreeMap::new();
        let (mut opening, mut drawing, mut drawn) = (Duration::ZERO, Duration::ZERO, 0);
        let mut refused = Vec::new();
        for row in manifest(&folder) {
            let name = cell(&row, "path");
            let Some(outcome) = read(&folder.join(name), usize::MAX) else {
                continue;
            };
            let sums = kinds
                .entry(cell(&row, "kind_of_file").to_owned())
                .or_default();
            let extraction = &outcome.extraction;
            let layers = extraction
                .pages
                .iter()
                .filter(|page| page.origin == TextOrigin::Layer)
                .count();
            let bad = extraction
                .notes
                .iter()
                .filter(|n| n.code == NoteCode::BadTextLayer)
                .count();
            for (sum, n) in sums.iter_mut().zip([
                extraction.page_count,
                outcome.wanted,
                outcome.pictures,
                layers as u32,
                bad as u32,
            ]) {
                *sum += n;
            }
            let empty = extraction
                .pages
                .iter()
                .filter(|p| p.origin == TextOrigin::None);
            if cell(&row, "kind_of_file") == "digital" && empty.clone().count() > 0 {
                let numbers: Vec<u32> = empty.map(|page| page.number).collect();
                println!("   digital, nothing on pages {numbers:?}: {name}");
            }
            if cell(&row, "kind_of_file") == "digital" && outcome.wanted > 0 {
                println!(
                    "   digital, wants {} of {}: {name}",
                    outcome.wanted, extraction.page_count
                );
            }
            if cell(&row, "kind_of_file") != "digital"
                && outcome.wanted < extraction.page_count
            {
                println!(
                    "   scan, wants {} of {}: {name}",
                    outcome.wanted, extraction.page_count
                );
            }
            opening += outcome.open_time;
            drawing += outcome.picture_time;
            drawn += outcome.pictures;
            refused.extend(
                outcome
                    .refused
                    .into_iter()
                    .map(|why| format!("{name} {why}")),
            );
        }
        println!(
            "   kind: pages, wanted, pictures, with a layer, layer judged bad: {kinds:?}"
        );
        println!(
            "   opening {opening:.1?}; {drawn} pictures in {drawing:.1?}; refused {refused:#?}"
        );
    }
}

fn measure_words(corpora: &Path) {
    let mut files: Vec<PathBuf> = Vec::new();
    for name in ["id_sulut_jdih", "id_gov_misc"] {
        let folder = corpora.join(name);
        let digital = manifest(&folder)
            .into_iter()
            .filter(|row| cell(row, "kind_of_file") == "digital");
        files.extend(digital.map(|row| folder.join(cell(&row, "path"))));
    }
    println!("   born digital");
    compare_words(&files);
    let folder = corpora.join("pdf_difficult");
    let wordy = manifest(&folder).into_iter().filter(|row| {
        cell(row, "consensus") == "all_read_clean"
            && cell(row, "text_chars_3p")
                .parse::<f64>()
                .is_ok_and(|n| n >= 500.0)
    });
    let files: Vec<PathBuf> = wordy.map(|row| folder.join(cell(&row, "path"))).collect();
    println!("   pdf_difficult, 500 characters and more");
    compare_words(&files);
}

fn compare_words(files: &[PathBuf]) {
    let mut above = Tally::default();
    let (mut hit, mut all, mut ours_all) = (0, 0, 0);
    let mut spent = Duration::ZERO;
    for file in files {
        let Some(theirs) = pdftotext(file) else {
            println!(
                "   NOT MEASURED: pdftotext is absent or refuses {}",
                file.display()
            );
            continue;
        };
        let Some(outcome) = read(file, 0) else {
            continue;
        };
        spent += outcome.open_time;
        let ours: String = outcome
            .extraction
            .pages
            .iter()
            .map(|p| p.text() + "\n")
            .collect();
        let (found, of) = recall(&theirs, &ours);
        hit += found;
        all += of;
        ours_all += ours.split_whitespace().count();
        let share = found as f64 / of.max(1) as f64;
        if of >= 20 && !above.add(share > 0.9) {
            println!("   {share:.3} of {of}: {}", file.display());
        }
    }
    let share = 100.0 * hit as f64 / all.max(1) as f64;
    println!(
        "   above 90 % of pdftotext's words: {above} files; {share:.2} % of {all} words, ours {ours_all}; {spent:.1?}"
    );
}

fn pdftotext(file: &Path) -> Option<String> {
    let output = Command::new("pdftotext")
        .args(["-enc", "UTF-8"])
        .arg(file)
        .arg("-")
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Counts how many of their words we have too, each as often as they have it.
fn recall(theirs: &str, ours: &str) -> (usize, usize) {
    let mut have: HashMap<&str, usize> = HashMap::new();
    for word in ours.split_whitespace() {
        *have.entry(word).or_default() += 1;
    }
    let (mut found, mut all) = (0, 0);
    for word in theirs.split_whitespace() {
        all += 1;
        if let Some(n) = have.get_mut(word).filter(|n| **n > 0) {
            *n -= 1;
            found += 1;
        }
    }
    (found, all)
}

fn save_picture(file: &str, page: u32, out: &str) -> ExitCode {
    let bytes = std::fs::read(file).unwrap_or_default();
    let media = extract::sniff(&bytes);
    let opened = extract::open(&bytes, media, &Limits::default());
    let started = Instant::now();
    match opened.picture(page) {
        Ok(Raster {
            width,
            height,
            luma,
        }) => {
            println!("{width} x {height} in {:.0?}", started.elapsed());
            let picture =
                image::GrayImage::from_raw(width, height, luma).unwrap_or_default();
            let _ = picture.save(out);
            if media == MediaType::Pdf {
                let text = opened
                    .extraction()
                    .pages
                    .get(page as usize - 1)
                    .map(|p| p.text());
                println!("{}", text.unwrap_or_default());
            }
            ExitCode::SUCCESS
        }
        Err(note) => {
            println!("{note:?}");
            ExitCode::FAILURE
        }
    }
}
