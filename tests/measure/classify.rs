//! Judges the recognition of documents against corpora with known truth, and prints how many
//! of each fact are right, wrong and unsure, and whether confidences mean what they say.
//!
//! ```text
//! cargo test --test measure_classify                     texts of ../shared/corpora
//! BUKTI_PAGES=FOLDER cargo test --test measure_classify  pages of its PDF files too
//! ```
//!
//! `FOLDER` holds one `Extraction` as JSON a file, named `CORPUS@STEM.json`. `BUKTI_SHOW=number`
//! lists what is not right about a fact. A fact is right or wrong where it is confident, else
//! unsure. Absent corpora are said to be absent, never passed over.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for developers"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "reads the corpora and its two settings"
)]

#[path = "title.rs"]
mod title;

use bukti::classify::{Vocabulary, classify};
use bukti::framework::{Framework, OfficeNames};
use bukti::lexicon::doctype::DocTypes;
use bukti::lexicon::phrase::fold_letter;
use bukti::lexicon::region::Regions;
use bukti::model::{
    Cited, DateRole, DocumentFacts, Extraction, Fact, Line, MediaType, Page, Reading,
    TextOrigin, Unsure,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const CORPORA: &str = "../shared/corpora";
/// A title counts as right from this token F1 on (issue 4).
const TITLE_F1: f32 = 0.9;

/// A row of a manifest.
type Row = BTreeMap<String, String>;

/// A document with what is known about it; empty means unknown.
struct Case {
    id: String,
    extraction: Extraction,
    kind: String,
    number: Truth,
    year: Truth,
    title: String,
    issuer: String,
    enacted: String,
}

/// What a number or year should come out as.
enum Truth {
    Unknown,
    /// There is none to be read; being confident of one is wrong.
    Nothing,
    Is(String),
}

fn main() {
    let kinds = DocTypes::builtin().unwrap();
    let regions = Regions::builtin().unwrap();
    let framework = Framework::builtin().unwrap();
    let offices = OfficeNames::new(framework.offices());
    let vocabulary = Vocabulary {
        kinds: &kinds,
        regions: &regions,
        offices: &offices,
    };
    let relations = relations();
    let mut all = Tally::default();
    for (name, cases) in corpora() {
        let mut tally = Tally::default();
        for case in &cases {
            let facts = classify(&case.extraction, &vocabulary);
            tally.judge(case, &facts, &name);
            if name == "id_national_text" {
                tally.judge_relations(case, &facts, &relations);
            }
        }
        println!("\n{name}: {} documents", cases.len());
        tally.print();
        all.add(tally);
    }
    println!("\nall");
    all.print();
    let [right, wrong, missed] = all.relations;
    println!("  relation {right:>6} {wrong:>6} {missed:>7}  (unsure or missed)");
    all.print_confusion();
    all.print_reliability();
}

/// What a text does to older ones, by file: role, kind, number, year.
type Relations = BTreeMap<String, BTreeSet<String>>;

/// Returns the relations of `id_national_text`, read by eye.
fn relations() -> Relations {
    let mut relations = Relations::new();
    let file = include_bytes!("../data/relations.csv");
    let mut rows = csv::Reader::from_reader(file.as_slice());
    for row in rows.deserialize::<Row>().map(Result::unwrap) {
        let key = ["role", "kind", "number", "year"].map(|name| row[name].as_str());
        relations
            .entry(row["file"].clone())
            .or_default()
            .insert(key.join(" "));
    }
    relations
}

/// Returns every corpus that is present, loudly naming those that are not.
fn corpora() -> Vec<(String, Vec<Case>)> {
    let mut found = Vec::new();
    let mut add = |name: &str, make: &dyn Fn(&Row) -> Option<Case>| {
        let path = Path::new(CORPORA).join(name.split(' ').next().unwrap());
        let manifest = path.join("manifest.csv");
        let Ok(mut reader) = csv::Reader::from_path(&manifest) else {
            println!("NOT MEASURED: {} is absent", manifest.display());
            return;
        };
        let rows: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
        let cases: Vec<Case> = rows.iter().filter_map(make).collect();
        let left_out = rows.len() - cases.len();
        if left_out > 0 {
            println!("{name}: {left_out} rows left out, they have no heading");
        }
        found.push((name.to_owned(), cases));
    };
    add("id_reg_titles", &|row| catalogue(row, &row["full_title"]));
    add("id_kla_titles", &|row| {
        // The address of a page in the web is no title.
        if row["title_as_found"].contains("(BPK slug") {
            return None;
        }
        let truth = if row["status"].starts_with("draft") {
            Truth::Nothing
        } else {
            number(row)
        };
        let mut case = text(&row["id"], &row["title_as_found"]);
        case.kind.clone_from(&row["kind"]);
        (case.number, case.year) = (truth, year(row));
        case.title.clone_from(&row["tentang"]);
        case.issuer.clone_from(&row["issuer_words"]);
        Some(case)
    });
    add("id_ocr_heads", &|row| catalogue(row, &row["heading"]));
    add("id_national_text", &|row| {
        let path = Path::new(CORPORA)
            .join("id_national_text")
            .join(&row["path"]);
        let whole = std::fs::read_to_string(path).ok()?;
        if !has_heading(&whole, &row["number"]) {
            return None;
        }
        let mut case = text(&row["path"], &whole);
        case.kind.clone_from(&row["kind"]);
        (case.number, case.year) = (number(row), year(row));
        if row["heading_agrees"] == "yes" {
            case.title.clone_from(&row["tentang_auto"]);
        }
        Some(case)
    });
    let Some(pages) = std::env::var_os("BUKTI_PAGES").map(PathBuf::from) else {
        println!("NOT MEASURED: PDF files (BUKTI_PAGES is not set)");
        return found;
    };
    add("id_sulut_jdih", &|row| {
        scanned("id_sulut_jdih", row, &pages)
    });
    add("id_gov_misc", &|row| scanned("id_gov_misc", row, &pages));
    found
}

/// Tells whether a text begins with a heading that gives the number; some begin with why.
fn has_heading(text: &str, number: &str) -> bool {
    /// Letters; after the name of the law, often twice, and an address.
    const HEADING: usize = 400;
    let head: String = text.chars().take(HEADING).collect();
    let head = head.to_uppercase().replace(['.', ':'], " ");
    let words: Vec<&str> = head.split_whitespace().collect();
    words.windows(2).any(|pair| {
        matches!(pair[0], "NOMOR" | "NO") && pair[1].split('/').next() == Some(number)
    })
}

/// Makes a case of a text.
fn text(id: &str, text: &str) -> Case {
    let lines: Vec<Line> = text.lines().take(4000).map(Line::plain).collect();
    let page = Page {
        origin: TextOrigin::Layer,
        lines,
        ..Page::empty(1, None)
    };
    let mut extraction = Extraction::without_pages(MediaType::Text);
    extraction.page_count = 1;
    extraction.pages = vec![page];
    Case {
        id: id.to_owned(),
        extraction,
        kind: String::new(),
        number: Truth::Unknown,
        year: Truth::Unknown,
        title: String::new(),
        issuer: String::new(),
        enacted: String::new(),
    }
}

/// Makes a case of a title; `None` where the catalogue has no full one.
fn catalogue(row: &Row, title: &str) -> Option<Case> {
    let mut case = text(&row["id"], title);
    case.kind.clone_from(&row["kind"]);
    (case.number, case.year) = (number(row), year(row));
    case.title.clone_from(&row["tentang"]);
    case.issuer.clone_from(&row["issuer"]);
    (!title.is_empty()).then_some(case)
}

/// Makes a case of the pages of a file; `None` where they are not there.
fn scanned(corpus: &str, row: &Row, pages: &Path) -> Option<Case> {
    let stem = Path::new(&row["path"]).file_stem()?.to_str()?;
    let json =
        std::fs::read_to_string(pages.join(format!("{corpus}@{stem}.json"))).ok()?;
    let mut case = text(stem, "");
    case.extraction = serde_json::from_str(&json).unwrap();
    let printed = row.get("doc_kind_printed").filter(|kind| !kind.is_empty());
    let printed = printed.unwrap_or(&row["doc_kind"]);
    printed.split(" (").next()?.clone_into(&mut case.kind);
    (case.number, case.year) = (number(row), year(row));
    let is_blank = row
        .get("number_on_page")
        .is_some_and(|n| n.starts_with("blank"));
    if is_blank || row["doc_kind"].is_empty() {
        case.number = Truth::Nothing;
    }
    let title = row
        .get("tentang_catalogue")
        .or_else(|| row.get("tentang"))?;
    if !title.starts_with('(') {
        case.title.clone_from(title);
    }
    case.issuer.clone_from(&row["issuer"]);
    if let Some(date) = row
        .get("date_printed_auto")
        .filter(|date| date.starts_with("20"))
    {
        case.enacted.clone_from(date);
    }
    Some(case)
}

fn number(row: &Row) -> Truth {
    match row["number"].trim_start_matches('0') {
        "" => Truth::Unknown,
        number => Truth::Is(number.to_owned()),
    }
}

fn year(row: &Row) -> Truth {
    match row["year"].as_str() {
        "" => Truth::Unknown,
        year => Truth::Is(year.to_owned()),
    }
}

/// Right, wrong and unsure by fact, and every value given with its confidence.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<&'static str, [usize; 3]>,
    /// Fact, confidence, right.
    given: Vec<(&'static str, f32, bool)>,
    /// Kind as it is, kind as read, how often.
    kinds: BTreeMap<(String, String), usize>,
    /// Relations right, wrong and missed.
    relations: [usize; 3],
}

impl Tally {
    fn judge(&mut self, case: &Case, facts: &DocumentFacts, corpus: &str) {
        let at = format!("{corpus} {}", case.id);
        if !case.kind.is_empty() {
            let is_right = |id: &str, label: &str| is_kind(&case.kind, id, label);
            let read = match facts.kind.confident() {
                Some(kind) if is_right(kind.id.as_str(), &kind.label) => {
                    case.kind.clone()
                }
                Some(kind) => kind.label.clone(),
                None => "unsure".to_owned(),
            };
            *self.kinds.entry((case.kind.clone(), read)).or_default() += 1;
            self.count(&at, "kind", &case.kind, &facts.kind, |kind| {
                is_right(kind.id.as_str(), &kind.label)
            });
        }
        self.count_truth(&at, "number", &case.number, &facts.number);
        self.count_truth(&at, "year", &case.year, &facts.year);
        if !case.title.is_empty() {
            self.count(&at, "title", &case.title, &facts.title, |title| {
                title::token_f1(&case.title, title) >= TITLE_F1
            });
        }
        let of_ministry = case.kind.starts_with("Peraturan Menteri");
        if !case.issuer.is_empty() && !of_ministry {
            self.count(&at, "issuer", &case.issuer, &facts.issuer, |issuer| {
                let (truth, name) = (fold(&case.issuer), fold(&issuer.government.name));
                name.ends_with(&truth) || truth.ends_with(&name)
            });
        }
        if !case.enacted.is_empty() {
            let enacted = facts.date(DateRole::Enacted).cloned();
            let reading = enacted.map_or_else(Reading::default, Reading::Known);
            self.count(&at, "enacted", &case.enacted, &reading, |date| {
                date.to_string() == case.enacted
            });
        }
    }

    fn count_truth<T: ToString + std::fmt::Debug + PartialEq>(
        &mut self,
        at: &str,
        name: &'static str,
        truth: &Truth,
        reading: &Reading<T>,
    ) {
        match truth {
            Truth::Unknown => {}
            Truth::Nothing if *reading == Reading::Unsure(Unsure::Blank) => {
                self.counts.entry(name).or_default()[0] += 1;
            }
            Truth::Nothing => self.count(at, name, "nothing", reading, |_| false),
            // Catalogues shorten `2/PMK.07/2022` to its first part.
            Truth::Is(truth) => self.count(at, name, truth, reading, |value| {
                let value = value.to_string();
                value.eq_ignore_ascii_case(truth)
                    || value.starts_with(&format!("{truth}/PMK"))
            }),
        }
    }

    fn count<T: std::fmt::Debug>(
        &mut self,
        at: &str,
        name: &'static str,
        truth: &str,
        reading: &Reading<T>,
        is_right: impl Fn(&T) -> bool,
    ) {
        let known: Option<(&Fact<T>, bool)> =
            reading.known().map(|fact| (fact, is_right(&fact.value)));
        let outcome = match known {
            Some((fact, right)) if fact.confidence.is_confident() => usize::from(!right),
            _ => 2,
        };
        if let Some((fact, right)) = known {
            self.given.push((name, fact.confidence.get(), right));
        }
        let counts = self.counts.entry(name).or_default();
        if let Some(count) = counts.get_mut(outcome) {
            *count += 1;
        }
        let shown = std::env::var("BUKTI_SHOW").unwrap_or_default();
        if outcome > 0 && shown.split(',').any(|show| show == name) {
            let word = if outcome == 1 { "WRONG" } else { "unsure" };
            println!("{word} {name} | {at} | {truth} | {reading:?}");
        }
    }

    fn add(&mut self, other: Self) {
        for (name, counts) in other.counts {
            let sums = self.counts.entry(name).or_default();
            sums.iter_mut()
                .zip(counts)
                .for_each(|(sum, count)| *sum += count);
        }
        self.given.extend(other.given);
        for (pair, count) in other.kinds {
            *self.kinds.entry(pair).or_default() += count;
        }
        for (sum, count) in self.relations.iter_mut().zip(other.relations) {
            *sum += count;
        }
    }

    /// Compares what a text does to older ones with the list of what it does.
    fn judge_relations(&mut self, case: &Case, facts: &DocumentFacts, truth: &Relations) {
        let name = case.id.rsplit('/').next().unwrap_or_default();
        let mut expected: BTreeSet<String> = truth.get(name).cloned().unwrap_or_default();
        for relation in &facts.relations {
            let Cited {
                kind, number, year, ..
            } = &relation.fact.value;
            let role = serde_json::to_value(relation.role).unwrap();
            let key = format!("{} {kind} {number} {year}", role.as_str().unwrap());
            let is_right = expected.remove(&key);
            let confidence = relation.fact.confidence;
            self.given.push(("relation", confidence.get(), is_right));
            let at = usize::from(!is_right);
            if confidence.is_confident() {
                self.relations[at] += 1;
            } else if is_right {
                self.relations[2] += 1;
            }
            if !is_right {
                println!(
                    "  WRONG relation | {name} | {key} | {:?}",
                    relation.fact.span
                );
            }
        }
        for missed in &expected {
            println!("  missed relation | {name} | {missed}");
        }
        self.relations[2] += expected.len();
    }

    /// Prints which kinds are taken for which.
    fn print_confusion(&self) {
        println!("\nkinds: as they are, as read");
        for ((truth, read), count) in &self.kinds {
            let mark = if truth == read { ' ' } else { '!' };
            println!("  {mark} {count:>4}  {truth:<40} {read}");
        }
    }

    fn print(&self) {
        println!(
            "  {:<8} {:>6} {:>6} {:>7}",
            "fact", "right", "wrong", "unsure"
        );
        for (name, [right, wrong, unsure]) in &self.counts {
            let share = 100.0 * *right as f32 / (right + wrong + unsure).max(1) as f32;
            println!(
                "  {name:<8} {right:>6} {wrong:>6} {unsure:>7}  {share:5.1} % right"
            );
        }
    }

    /// Prints how often values of like confidence are right.
    fn print_reliability(&self) {
        const BINS: [(f32, f32); 7] = [
            (0.0, 0.5),
            (0.5, 0.7),
            (0.7, 0.8),
            (0.8, 0.9),
            (0.9, 0.95),
            (0.95, 0.98),
            (0.98, 1.01),
        ];
        println!("\nreliability: right of given, by confidence");
        let names: BTreeSet<&str> = self.given.iter().map(|(name, ..)| *name).collect();
        print!("  {:<12}", "confidence");
        names.iter().for_each(|name| print!(" {name:>11}"));
        println!();
        for (from, to) in BINS {
            print!("  {from:.2} – {:.2} ", to.min(1.0));
            for name in &names {
                let here =
                    |(n, c, _): &&(&str, f32, bool)| n == name && *c >= from && *c < to;
                let given = self.given.iter().filter(here).count();
                let right = self
                    .given
                    .iter()
                    .filter(here)
                    .filter(|(.., right)| *right)
                    .count();
                print!(" {right:>5}/{given:<5}");
            }
            println!();
        }
    }
}

/// Tells whether a kind is the one the manifest names.
fn is_kind(truth: &str, id: &str, label: &str) -> bool {
    let (truth, label) = (fold(truth), fold(label));
    truth == label
        || truth.starts_with(&label) && label.starts_with("PERATURANMENTERI")
        || truth.contains("MOU") && id == "mou"
        || truth.starts_with("KESEPAKATANBERSAMA") && id == "mou"
}

/// Returns the folded letters of a text.
fn fold(text: &str) -> String {
    text.chars()
        .filter_map(fold_letter)
        .map(char::from)
        .collect()
}
