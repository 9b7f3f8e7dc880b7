//! Measures linking at the level of questions on a made archive with known answers, before and
//! after a person has decided upon 50 suggestions, second tier.
//!
//! ```text
//! cargo test --release --test measure_decide [-- --show]
//! ```
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

use archive::Made;
use bukti::app::reading::recognise::Recogniser;
use bukti::framework::Framework;
use bukti::link::{Learner, Lesson};
use bukti::model::{Government, Link, Recognised};
use std::process::ExitCode;

const DOCUMENTS: usize = 2000;
const SEED: u64 = 20_260_817;
const DECISIONS: usize = 50;
/// Percent of confident links that are right, at least.
const PRECISION: f64 = 95.0;
/// Percent of ties found among the candidates, at least. Was 95 while words that any paper says
/// spoke for an indicator: of the made documents some say no more than `pembentukan satgas` or
/// `sarana publik`, and these are to lead nowhere.
const RECALL: f64 = 90.0;

fn main() -> ExitCode {
    let show = std::env::args().any(|arg| arg == "--show");
    let framework = Framework::builtin().expect("the built-in framework is valid");
    let home = Government {
        code: None,
        name: "Kabupaten Contoh".to_owned(),
    };
    let recogniser = Recogniser::new(&framework, Some(&home)).unwrap();
    let made = archive::make(&framework, DOCUMENTS, SEED);
    let read: Vec<(&Made, Recognised)> = made
        .iter()
        .map(|made| (made, recogniser.recognise(&made.path, &made.extraction())))
        .collect();
    let before = Figures::of(&read, show);
    before.print("as suggested, all documents");
    // Floors: what is wanted of both.
    let mut good = before.precision() >= PRECISION && before.recall() >= RECALL;

    // A person works through what is least certain; what they decide is taken out of both sums.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, (_, recognised)) in read.iter().enumerate() {
        for (n, link) in recognised.links.iter().enumerate() {
            if (0.3..0.95).contains(&link.confidence.get()) {
                open.push((at, n));
            }
        }
    }
    open.sort_by(|a, b| {
        let doubt =
            |(d, l): &(usize, usize)| (read[*d].1.links[*l].confidence.get() - 0.6).abs();
        doubt(a).total_cmp(&doubt(b)).then(a.cmp(b))
    });
    let step = (open.len() / DECISIONS).max(1);
    let decided: Vec<(usize, usize)> =
        open.into_iter().step_by(step).take(DECISIONS).collect();
    let lessons: Vec<Lesson> = decided
        .iter()
        .map(|(d, l)| {
            let (made, recognised) = &read[*d];
            let link = &recognised.links[*l];
            Lesson {
                link,
                traits: &recognised.traits,
                accepted: made.questions.contains(&link.question),
            }
        })
        .collect();
    let learner = Learner::new(&lessons);
    let rest = |learner: &Learner| -> Vec<(&Made, Recognised)> {
        let kept = read.iter().enumerate();
        kept.filter(|(at, _)| decided.iter().all(|(d, _)| d != at))
            .map(|(_, (made, recognised))| {
                let mut recognised = recognised.clone();
                for link in &mut recognised.links {
                    learner.adjust(link, &recognised.traits);
                }
                let by = |a: &Link, b: &Link| {
                    b.confidence.get().total_cmp(&a.confidence.get())
                };
                recognised.links.sort_by(by);
                (*made, recognised)
            })
            .collect()
    };
    let without = Figures::of(&rest(&Learner::default()), false);
    let with = Figures::of(&rest(&learner), false);
    println!();
    without.print("the rest, before the decisions");
    with.print(&format!("the rest, after {} decisions", lessons.len()));
    good &= with.brier() < without.brier()
        && with.sure_right > without.sure_right
        && with.precision() >= PRECISION;
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[derive(Default)]
struct Figures {
    proofs: usize,
    found: usize,
    first: usize,
    sure: usize,
    sure_right: usize,
    sure_found: usize,
    others: usize,
    others_sure: usize,
    links: usize,
    error: f64,
}

impl Figures {
    fn of(read: &[(&Made, Recognised)], show: bool) -> Self {
        let mut sums = Self::default();
        for (made, recognised) in read {
            let right = |link: &Link| made.questions.contains(&link.question);
            let links = &recognised.links;
            if made.questions.is_empty() {
                sums.others += 1;
                sums.others_sure +=
                    usize::from(links.iter().any(|l| l.confidence.is_confident()));
            }
            sums.first += usize::from(links.first().is_some_and(right));
            for question in &made.questions {
                sums.proofs += 1;
                let link = links.iter().find(|l| l.question == *question);
                sums.found += usize::from(link.is_some());
                let sure = link.is_some_and(|l| l.confidence.is_confident());
                sums.sure_found += usize::from(sure);
                if show && link.is_none() {
                    let head = made.text.lines().take(6).collect::<Vec<_>>().join(" / ");
                    println!("missed {question}: {} [{head}]", made.path);
                }
            }
            for link in links {
                let truth = f64::from(u8::from(right(link)));
                sums.links += 1;
                sums.error += (f64::from(link.confidence.get()) - truth).powi(2);
                if link.confidence.is_confident() {
                    sums.sure += 1;
                    sums.sure_right += usize::from(right(link));
                    if show && !right(link) {
                        let head =
                            made.text.lines().take(6).collect::<Vec<_>>().join(" / ");
                        println!(
                            "wrong {} {:.2} «{}», is {:?}: {} [{head}]",
                            link.question,
                            link.confidence.get(),
                            link.cue.term,
                            made.questions
                                .iter()
                                .map(ToString::to_string)
                                .collect::<Vec<_>>(),
                            made.path
                        );
                    }
                }
            }
        }
        sums
    }

    fn precision(&self) -> f64 {
        100.0 * self.sure_right as f64 / self.sure.max(1) as f64
    }

    fn recall(&self) -> f64 {
        100.0 * self.found as f64 / self.proofs.max(1) as f64
    }

    fn brier(&self) -> f64 {
        self.error / self.links.max(1) as f64
    }

    fn print(&self, name: &str) {
        println!("{name}");
        println!(
            "  confident links that are right      {:>5} of {:>5}  {:.1} %",
            self.sure_right,
            self.sure,
            self.precision()
        );
        println!(
            "  ties found among the candidates     {:>5} of {:>5}  {:.1} %",
            self.found,
            self.proofs,
            self.recall()
        );
        println!(
            "  ties found with confidence          {:>5} of {:>5}  {:.1} %",
            self.sure_found,
            self.proofs,
            100.0 * self.sure_found as f64 / self.proofs.max(1) as f64
        );
        println!("  documents whose first link is right {:>5}", self.first);
        println!(
            "  other matters linked with confidence {:>4} of {:>5}",
            self.others_sure, self.others
        );
        println!("  squared error of the confidence     {:.4}", self.brier());
    }
}
