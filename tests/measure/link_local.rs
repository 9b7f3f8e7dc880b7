//! Second tier: links of papers that other governments and offices wrote, as the model is
//! built in and as it would be had it never seen the paper's government (leave one government
//! out); whether a confidence means what it says (reliability); and the fit of the model.
//!
//! ```text
//! cargo test --release --test measure_link_local -- [--show] [--fit] [--filed]
//! ```
//!
//! A question whether there is a rule or a budget on a matter stands under another indicator than
//! the matter's: it counts as right for the matter (`first`, `of three`). `own` counts a link only
//! where the question itself stands under a wanted indicator, as a person reads it.
//!
//! Reads `../shared/corpora`; where a corpus is absent it says so. Paths say nothing: only the
//! pages speak; with `--filed` a paper lies where its office had it, as in a user's share.
//! `--fit` makes `src/link/weigh/fitted.rs` anew, and `tests/data/link.csv`: what was weighed of
//! each paper as numbers, without a word of it. Where the corpora are absent it makes the same
//! weights from that table.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement stops where its truth is broken, and prints"
)]

mod archive;
#[path = "fit_link.rs"]
mod fit;
#[path = "link_papers.rs"]
mod link_papers;
#[path = "papers.rs"]
mod papers;

use bukti::framework::Framework;
use bukti::link::{Linker, Weighed};
use bukti::model::Ratio;
use fit::{Row, Sign};
use link_papers::{Judged, Truth};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Documents made for the fit of questions; another archive than `measure_decide` judges.
const MADE: usize = 1500;
const SEED: u64 = 7_031_977;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let has = |flag: &str| args.iter().any(|arg| arg == flag);
    let framework = Framework::builtin().expect("the built-in framework is valid");
    let linker = Linker::new(&framework);
    let judged = link_papers::judged(&framework, &linker);
    if judged.is_empty() {
        println!("NOT MEASURED: no corpora");
        if has("--fit") {
            write(&table(), &question_rows(&framework, &linker));
        }
        return;
    }
    let show = has("--show");
    let fresh = has("--fit").then(|| {
        keep(&judged);
        write(
            &indicator_rows(&judged, None),
            &question_rows(&framework, &linker),
        )
    });
    // What was just fitted is measured, though the program must be built again to have it.
    let asks = |weighed: &Weighed| match &fresh {
        Some(fitted) => fit::probability(&fitted.question, &weighed.asked, 0.0),
        None => weighed.asks_for_it(),
    };
    let about = |weighed: &Weighed| match &fresh {
        Some(fitted) => {
            fit::probability(&fitted.indicator, &weighed.grounds, weighed.filed)
        }
        None => weighed.about_it(),
    };
    println!("as built in");
    report(&judged, &framework, show, |_, weighed| {
        (about(weighed), asks(weighed))
    });
    println!("\nleave one government out");
    let mut without: BTreeMap<&str, Vec<f32>> = BTreeMap::new();
    for paper in &judged {
        without.entry(&paper.group).or_insert_with(|| {
            fit::fit(
                &indicator_rows(&judged, Some(&paper.group)),
                &indicator_signs(),
            )
        });
    }
    report(&judged, &framework, show, |paper, weighed| {
        let weights = &without[paper.group.as_str()];
        let about = fit::probability(weights, &weighed.grounds, weighed.filed);
        (about, asks(weighed))
    });
}

/// The weights of both models.
struct Fitted {
    indicator: Vec<f32>,
    question: Vec<f32>,
}

fn indicator_signs() -> Vec<Sign> {
    let sign = |name: &&str| match *name {
        "negative" | "other kind" | "not lower" => Sign::Against,
        _ => Sign::For,
    };
    Weighed::GROUNDS.iter().map(sign).collect()
}

fn question_signs() -> Vec<Sign> {
    let sign = |name: &&str| match *name {
        "tied" | "excluded" | "policy of another kind" => Sign::Against,
        _ => Sign::For,
    };
    Weighed::ASKED.iter().map(sign).collect()
}

/// Returns one row for each indicator a paper speaks of; `without` leaves a government out.
fn indicator_rows(judged: &[Judged], without: Option<&str>) -> Vec<Row> {
    let mut rows = Vec::new();
    for paper in judged.iter().filter(|p| without != Some(p.group.as_str())) {
        let Truth::About(wanted) = &paper.truth else {
            continue;
        };
        let mut seen = BTreeSet::new();
        for weighed in &paper.weighed {
            if seen.insert(&weighed.about) {
                rows.push(Row {
                    values: weighed.grounds.map(rounded).to_vec(),
                    right: wanted.contains(&weighed.about),
                    weight: paper.weight,
                });
            }
        }
    }
    rows
}

/// Returns a value as the table of rows holds it, so that the same weights come of both.
fn rounded(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

/// Where the rows lie that the program was fitted to.
fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/link.csv")
}

/// Returns the rows as they were kept.
fn table() -> Vec<Row> {
    let mut reader = csv::Reader::from_path(place()).unwrap();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        Row {
            values: row.iter().skip(4).map(|v| v.parse().unwrap()).collect(),
            right: &row[3] == "1",
            weight: row[2].parse().unwrap(),
        }
    });
    rows.collect()
}

/// Keeps the rows beside the tests: numbers, no word of a paper.
fn keep(judged: &[Judged]) {
    let mut table = csv::Writer::from_path(place()).unwrap();
    let names = ["corpus", "government", "weight", "right"];
    table
        .write_record(names.iter().chain(&Weighed::GROUNDS))
        .unwrap();
    for paper in judged {
        for row in indicator_rows(std::slice::from_ref(paper), None) {
            let told = [
                paper.corpus.to_owned(),
                paper.number.to_string(),
                row.weight.to_string(),
                u8::from(row.right).to_string(),
            ];
            let values = row.values.iter().map(|v| format!("{v:.4}"));
            table.write_record(told.into_iter().chain(values)).unwrap();
        }
    }
    table.flush().unwrap();
}

/// Returns one row for each question of an indicator that a made document is about. No real
/// paper's question is known; half of the documents lie under a path that says nothing.
fn question_rows(framework: &Framework, linker: &Linker) -> Vec<Row> {
    let recogniser = bukti::app::reading::recognise::Recogniser::new(framework, None)
        .expect("built in");
    let about = |id: &bukti::model::QuestionId| {
        let question = framework.question(id).unwrap();
        question
            .relates_to
            .as_ref()
            .unwrap_or(&question.indicator)
            .clone()
    };
    let mut rows = Vec::new();
    for (at, made) in archive::make(framework, MADE, SEED).iter().enumerate() {
        let pages = made.extraction();
        let path = if at % 2 == 0 { "" } else { &made.path };
        let facts = recogniser.recognise(path, &pages).facts;
        let wanted: BTreeSet<_> = made.questions.iter().map(about).collect();
        for weighed in linker.weigh(&pages, &facts, path) {
            if wanted.contains(&weighed.about) {
                rows.push(Row {
                    values: weighed.asked.to_vec(),
                    right: made.questions.contains(&weighed.question),
                    weight: 1.0,
                });
            }
        }
    }
    rows
}

/// Writes the weights into the program.
fn write(indicator: &[Row], questions: &[Row]) -> Fitted {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let weights = fit::fit(indicator, &indicator_signs());
    let asked = fit::fit(questions, &question_signs());
    let told = |names: &[&str], weights: &[f32]| -> String {
        let names = std::iter::once("nothing").chain(names.iter().copied());
        let lines = names.zip(weights);
        lines
            .map(|(name, w)| format!("    {w:?}, // {name}\n"))
            .collect()
    };
    let text = format!(
        "//! What the fitted model makes of the evidence: made by\n\
         //! `cargo test --release --test measure_link_local -- --fit`, not by hand.\n\n\
         use super::ground::GROUNDS;\nuse super::score::ASKED;\n\n\
         /// The log-odds that a document is about an indicator: {} rows of `tests/data/link.csv`.\n\
         pub(crate) const INDICATOR: [f32; GROUNDS + 1] = [\n{}];\n\n\
         /// The log-odds that a question of that indicator is the right one: {} questions of\n\
         /// {MADE} made documents.\n\
         pub(crate) const QUESTION: [f32; ASKED + 1] = [\n{}];\n",
        indicator.len(),
        told(&Weighed::GROUNDS, &weights),
        questions.len(),
        told(&Weighed::ASKED, &asked),
    );
    std::fs::write(root.join("src/link/weigh/fitted.rs"), text).expect("written");
    println!(
        "fitted to {} and {} rows\n",
        indicator.len(),
        questions.len()
    );
    Fitted {
        indicator: weights,
        question: asked,
    }
}

#[derive(Default)]
struct Sums {
    papers: usize,
    first: usize,
    three: usize,
    first_own: usize,
    three_own: usize,
    sure: usize,
    right: usize,
    unrelated: usize,
    confident: usize,
}

fn report(
    judged: &[Judged],
    framework: &Framework,
    show: bool,
    confidence: impl Fn(&Judged, &Weighed) -> (f32, f32),
) {
    let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
    let (mut bins, mut about) = (Bins::new(), Bins::new());
    for paper in judged {
        let Truth::About(wanted) = &paper.truth else {
            continue;
        };
        let linked = paper.weighed.iter().map(|w| {
            let (about, asks) = confidence(paper, w);
            (w, w.joined(about, asks), about)
        });
        let mut links: Vec<(&Weighed, f32, f32)> = linked.collect();
        links.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.question.cmp(&b.0.question)));
        let own = |weighed: &Weighed| {
            let question = framework.question(&weighed.question).unwrap();
            wanted.contains(&question.indicator)
        };
        let is_right =
            |weighed: &Weighed| wanted.contains(&weighed.about) || own(weighed);
        let sums = sums.entry(paper.corpus).or_default();
        let hit = |n: usize| links.iter().take(n).any(|(w, _, _)| is_right(w));
        if wanted.is_empty() {
            sums.unrelated += 1;
            let confident = links.iter().any(|(_, p, _)| Ratio::new(*p).is_confident());
            sums.confident += usize::from(confident);
        } else {
            sums.papers += 1;
            sums.first += usize::from(hit(1));
            sums.three += usize::from(hit(3));
            let hit = |n: usize| links.iter().take(n).any(|(w, _, _)| own(w));
            sums.first_own += usize::from(hit(1));
            sums.three_own += usize::from(hit(3));
        }
        let mut seen = BTreeSet::new();
        for (weighed, _, p) in &links {
            if seen.insert(&weighed.about) {
                count(&mut about, *p, is_right(weighed));
            }
        }
        for (weighed, p, _) in links.iter().take(12) {
            let right = is_right(weighed);
            count(&mut bins, *p, right);
            if Ratio::new(*p).is_confident() {
                sums.sure += 1;
                sums.right += usize::from(right);
                if !right {
                    println!(
                        "   confident and wrong: {} {} {p:.2}",
                        paper.name, weighed.question
                    );
                }
            }
        }
        if show && !wanted.is_empty() && (!hit(1) || paper.corpus == "id_local") {
            println!(
                "   {} {} wants {wanted:?}",
                if hit(1) { "+" } else { "?" },
                paper.name
            );
            for (weighed, p, about) in links.iter().take(4) {
                let grounds = Weighed::GROUNDS.iter().zip(weighed.grounds);
                let grounds: Vec<String> = grounds
                    .filter(|(_, value)| *value != 0.0)
                    .map(|(name, value)| format!("{name} {value:.2}"))
                    .collect();
                println!(
                    "       {} about {} {p:.2} of {about:.2}  {}",
                    weighed.question,
                    weighed.about,
                    grounds.join(", ")
                );
            }
        }
    }
    println!(
        "corpus            papers  first  of three   own first  three   sure  right   others  sure of one"
    );
    for (corpus, s) in &sums {
        println!(
            "{corpus:<18} {:>5} {:>6} {:>9} {:>11} {:>6} {:>6} {:>6} {:>8} {:>12}",
            s.papers,
            s.first,
            s.three,
            s.first_own,
            s.three_own,
            s.sure,
            s.right,
            s.unrelated,
            s.confident
        );
    }
    reliability("links, and whether their indicator is right", &bins);
    reliability("indicators, and whether the paper is about them", &about);
}

type Bins = BTreeMap<usize, (usize, usize, f32)>;

fn count(bins: &mut Bins, p: f32, right: bool) {
    let bin = bins.entry(((p * 10.0) as usize).min(9)).or_default();
    *bin = (bin.0 + 1, bin.1 + usize::from(right), bin.2 + p);
}

fn reliability(name: &str, bins: &Bins) {
    println!("{name}\nconfidence    all   right   said   is");
    for (bin, (all, right, said)) in bins {
        println!(
            "{:.1}+ {all:>12} {right:>7} {:>6.2} {:>5.2}",
            *bin as f32 / 10.0,
            said / *all as f32,
            *right as f32 / *all as f32
        );
    }
}
