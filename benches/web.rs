//! Times the web face on an archive as large as a regency's: every page there is, searches,
//! pictures of pages and lists of the interface, asked of the real program as a browser asks.
//!
//! ```text
//! cargo bench --bench web                       100,000 documents, 10,000 photos
//! cargo bench --bench web -- 1000 100           of sizes of your own
//! cargo bench --bench web -- make FOLDER        only makes the archive
//! cargo bench --bench web -- archive FOLDER     an archive there is; decides nothing in it
//! cargo bench --bench web -- archive FOLDER decide    a made one; decides once
//! ```
//!
//! A time is from the request to the last byte of its answer, over one connection of this
//! machine. Bytes are those of the answer, which is not compressed. What is beyond its budget is
//! marked by `!`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark: it makes an archive, starts the program and prints a table"
)]

#[path = "../tests/browser/crawl.rs"]
mod crawl;
#[path = "../tests/browser/http.rs"]
mod http;
#[path = "../tests/measure/rows.rs"]
mod rows;
#[path = "../tests/browser/serving.rs"]
mod serving;
#[path = "../tests/measure/village_papers.rs"]
#[allow(dead_code, reason = "another bench writes them as files")]
mod village_papers;

use bukti::app::archive::searchable;
use bukti::app::archive::workspace::Workspace;
use bukti::app::progress::Silent;
use http::{Answer, Client};
use regex::Regex;
use serving::{Serving, run};
use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};
use village_papers::{OF_A_VILLAGE, SEARCHES};

const DOCUMENTS: u32 = 100_000;
const PHOTOS: u32 = 10_000;
/// An address is asked so often, but no longer than so long: a slow one is known soon.
const ROUNDS: usize = 40;
const LONGEST: Duration = Duration::from_secs(8);
/// Requests after which memory is looked at again.
const CLICKS: usize = 3000;

/// Budgets: 95 of 100 requests are answered in so many milliseconds; bytes of answers.
const PAGE_MS: f64 = 50.0;
const SEARCH_MS: f64 = 100.0;
const FIRST_VIEW_BYTES: usize = 60 << 10;
const PICTURE_BYTES: usize = 250 << 10;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words: Vec<&str> = words
        .into_iter()
        .filter(|word| *word != "--bench")
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("archive");
    match words.as_slice() {
        ["make", folder] => make(Path::new(folder), DOCUMENTS, PHOTOS),
        ["archive", folder] => measure(Path::new(folder), false),
        ["archive", folder, "decide"] => measure(Path::new(folder), true),
        [] => {
            make(&made, DOCUMENTS, PHOTOS);
            measure(&made, true);
        }
        [documents, photos] => {
            make(&made, documents.parse().unwrap(), photos.parse().unwrap());
            measure(&made, true);
        }
        _ => println!("give two numbers, `make FOLDER`, `archive FOLDER`, or nothing"),
    }
}

/// Makes an archive: the samples, really read, and beside them made documents and photos.
fn make(archive: &Path, documents: u32, photos: u32) {
    let start = Instant::now();
    rows::init(archive);
    let share = "samples/kabupaten-contoh/share";
    let share = Path::new(env!("CARGO_MANIFEST_DIR")).join(share);
    run(archive, &["index", share.to_str().unwrap()]);
    let papers = (0..).flat_map(|village| {
        let (folder, papers) = village_papers::of_village(village, OF_A_VILLAGE);
        papers
            .into_iter()
            .map(move |(file, text)| (format!("{folder}/{file}"), text))
    });
    rows::add_documents(archive, documents, papers);
    rows::add_photos(archive, photos);
    let workspace = Workspace::open(archive).unwrap();
    let _lock = workspace.lock().unwrap();
    searchable::put_missing(&workspace, &Silent).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    println!("made {documents} documents and {photos} photos in {seconds:.0} s");
}

/// A browser that is in, and keeps count.
struct Visitor<'a> {
    serving: &'a Serving,
    client: Client,
    cookie: String,
}

impl Visitor<'_> {
    fn get(&mut self, path: &str) -> (Answer, f64) {
        let cookie = [format!("Cookie: {}", self.cookie)];
        let start = Instant::now();
        let answer = self.client.ask("GET", path, &cookie, &[]).unwrap();
        (answer, start.elapsed().as_secs_f64() * 1000.0)
    }

    /// Sends what a form sends.
    fn post(&mut self, path: &str, form: &str) -> (Answer, f64) {
        let headers = [
            format!("Cookie: {}", self.cookie),
            format!("Origin: {}", self.serving.at("")),
            "Content-Type: application/x-www-form-urlencoded".to_owned(),
        ];
        let start = Instant::now();
        let answer = self.client.ask("POST", path, &headers, form.as_bytes());
        (answer.unwrap(), start.elapsed().as_secs_f64() * 1000.0)
    }

    fn memory(&self, when: &str) {
        match self.serving.resident_bytes() {
            Some(bytes) => println!("memory  {when:<24} {:>6} MiB", bytes >> 20),
            None => println!("memory  {when}: not known here"),
        }
    }
}

/// What requests of one kind took.
#[derive(Default)]
struct Times {
    millis: Vec<f64>,
    most_bytes: usize,
}

impl Times {
    fn ask(&mut self, visitor: &mut Visitor<'_>, path: &str) {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            let (answer, millis) = visitor.get(path);
            assert!(answer.status < 500, "{path}: {}", answer.text());
            self.most_bytes = self.most_bytes.max(answer.body.len());
            self.millis.push(millis);
            if start.elapsed() > LONGEST {
                break;
            }
        }
    }

    fn print(&mut self, name: &str, budget: f64) {
        self.millis.sort_by(f64::total_cmp);
        let at = |percent: usize| self.millis[(self.millis.len() - 1) * percent / 100];
        let mark = if at(95) > budget { "!" } else { "" };
        println!(
            "{name:<34} {:>8.1} {:>8.1}{mark:<1} {:>8.1} {:>9} {:>6}",
            at(50),
            at(95),
            at(100),
            self.most_bytes,
            self.millis.len()
        );
    }
}

fn measure(archive: &Path, decides: bool) {
    let serving = Serving::start(archive);
    let mut visitor = Visitor {
        client: Client::new(serving.port),
        cookie: serving.come_in(),
        serving: &serving,
    };
    visitor.memory("at start");
    let (answer, first) = visitor.get("/");
    assert_eq!(answer.status, 200, "{}", answer.text());
    println!("the first page of all: {first:.0} ms");
    first_view(&mut visitor);
    let mut pages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in crawl::pages(&serving, &visitor.cookie) {
        pages.entry(crawl::kind(&path)).or_default().push(path);
    }
    visitor.memory("after each page once");
    heading();
    for (kind, paths) in &pages {
        let mut times = Times::default();
        for path in paths {
            times.ask(&mut visitor, path);
        }
        let is_search = kind.starts_with("/documents?") && kind.contains("words");
        times.print(kind, if is_search { SEARCH_MS } else { PAGE_MS });
    }
    searches(&mut visitor);
    interface(&mut visitor);
    pictures(&mut visitor);
    if decides {
        after_a_decision(&mut visitor, pages.keys());
    }
    clicks(
        &mut visitor,
        &pages.into_values().flatten().collect::<Vec<_>>(),
    );
}

fn heading() {
    println!(
        "\n{:<34} {:>8} {:>8} {:>9} {:>9} {:>6}",
        "page", "p50 ms", "p95 ms", "most ms", "bytes", "asked"
    );
}

/// Weighs what a browser loads before it shows anything.
fn first_view(visitor: &mut Visitor<'_>) {
    let (page, _) = visitor.get("/");
    let text = page.text();
    let parts = Regex::new(r#"(?:<link rel="stylesheet" href|<script src)="([^"]+)""#);
    let mut sum = page.body.len();
    for part in parts.unwrap().captures_iter(&text) {
        sum += visitor.get(&part[1]).0.body.len();
    }
    let mark = if sum > FIRST_VIEW_BYTES { "!" } else { "" };
    println!("first view (page, style, programs): {sum}{mark} bytes");
}

fn searches(visitor: &mut Visitor<'_>) {
    let mut times = Times::default();
    for words in SEARCHES {
        let path = format!("/documents?words={}", words.replace(' ', "+"));
        times.ask(visitor, &path);
    }
    times.print("ten searches", SEARCH_MS);
}

/// Asks the lists that the description of the interface names.
fn interface(visitor: &mut Visitor<'_>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/openapi.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("LEFT OUT: there is no interface yet");
        return;
    };
    let description: serde_json::Value = serde_json::from_str(&text).unwrap();
    let base = description["servers"][0]["url"]
        .as_str()
        .unwrap_or_default();
    for (path, verbs) in description["paths"].as_object().unwrap() {
        // A stream of events has no end.
        if verbs["get"].is_null() || path.contains('{') || path.ends_with("events") {
            continue;
        }
        let path = format!("{}{path}", base.trim_end_matches('/'));
        let mut times = Times::default();
        times.ask(visitor, &path);
        times.print(&path, PAGE_MS);
    }
}

/// Weighs the pictures of pages of the samples: drawn for the first time, and asked again.
fn pictures(visitor: &mut Visitor<'_>) {
    let picture =
        Regex::new(r#"href="(/documents/[0-9a-f]{64}/pages/\d+\.jpg)""#).unwrap();
    let hit = Regex::new(r#"href="(/documents/[0-9a-f]{64}[^"]*)""#).unwrap();
    let mut addresses = Vec::new();
    // Words that only the samples say.
    for words in ["nondiskriminasi", "kurungan", "kabupaten+contoh+kesehatan"] {
        let (found, _) = visitor.get(&format!("/documents?words={words}"));
        for hit in hit.captures_iter(&found.text()) {
            let (page, _) = visitor.get(&hit[1].replace("&amp;", "&"));
            let found = picture.captures(&page.text()).map(|one| one[1].to_owned());
            addresses.extend(found.filter(|one| !addresses.contains(one)));
        }
    }
    let (mut drawn, mut again, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
    for address in &addresses {
        let (answer, millis) = visitor.get(address);
        // Its original may lie elsewhere than here.
        if answer.status == 200 {
            drawn.push(millis);
            again.push(visitor.get(address).1);
            bytes.push(answer.body.len());
        }
    }
    if bytes.is_empty() {
        println!("LEFT OUT: no picture of a page can be drawn here");
        return;
    }
    drawn.sort_by(f64::total_cmp);
    again.sort_by(f64::total_cmp);
    bytes.sort_unstable();
    let (middle, last) = (bytes.len() / 2, bytes.len() - 1);
    let mark = if bytes[last] > PICTURE_BYTES { "!" } else { "" };
    println!(
        "{} pictures: {} bytes in the middle, {}{mark} at most; drawn in {:.0} ms, at most {:.0}; \
         again in {:.0} ms",
        bytes.len(),
        bytes[middle],
        bytes[last],
        drawn[middle],
        drawn[last],
        again[middle]
    );
}

/// Decides once, then asks for each page once: what was judged is out of date.
fn after_a_decision<'k>(
    visitor: &mut Visitor<'_>,
    kinds: impl Iterator<Item = &'k String>,
) {
    let (page, _) = visitor.get("/decide");
    let text = page.text();
    let field = |name: &str| {
        let field = Regex::new(&format!(r#"name="{name}" value="([^"]*)""#)).unwrap();
        field.captures(&text).map(|one| one[1].to_owned())
    };
    let (Some(document), Some(question)) = (field("document"), field("proves")) else {
        println!("LEFT OUT: nothing waits for a decision");
        return;
    };
    let form = format!("document={document}&proves={question}&verdict=accept");
    let (answer, millis) = visitor.post("/decide", &form);
    assert_eq!(answer.status, 303, "{}", answer.text());
    println!("\na decision: {millis:.0} ms; then, each asked once:");
    for kind in kinds.filter(|kind| !kind.contains('*') && kind.ends_with('?')) {
        let (_, millis) = visitor.get(kind.trim_end_matches('?'));
        println!("{kind:<34} {millis:>8.1}");
    }
}

/// Clicks on, as people do, and looks at the memory.
fn clicks(visitor: &mut Visitor<'_>, paths: &[String]) {
    println!();
    visitor.memory("before clicking");
    let start = Instant::now();
    let mut count = 0;
    for path in paths.iter().cycle().take(CLICKS) {
        visitor.get(path);
        count += 1;
        if count % (CLICKS / 3) == 0 {
            visitor.memory(&format!("after {count} requests"));
        }
        // A face that is too slow for so many says it by its times above.
        if start.elapsed() > Duration::from_mins(5) {
            break;
        }
    }
    visitor.memory("at the end");
}
