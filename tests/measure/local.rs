//! Second tier: what is recognised of papers that other governments and offices wrote, each
//! fact as right, wrong with confidence, or unsure, by medium and family; and whether a
//! confidence means what it says (reliability).
//!
//! ```text
//! cargo test --release --test measure_local -- [--show FACT] [--corpus local|sulut] [--fit]
//! ```
//!
//! Every figure is *leave one government out*: the confidence of a paper's facts is fitted on
//! the papers of all other governments. `--fit` writes what all of them teach to
//! `tests/data/evidence.csv` (numbers only, no word of any paper) and
//! `schema/confidence.json`; `--shipped` judges by the weights the program carries instead.
//!
//! `--made` judges made papers of what real ones have too few of (`scarce.rs`), and only those,
//! by the weights the program carries.
//!
//! Reads `../shared/corpora`; where a corpus is absent it says so. Of what a page states only:
//! an empty column counts for nothing.

#![allow(missing_docs, reason = "a program, not a library")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement reads its own arguments and prints"
)]

#[path = "fit.rs"]
mod fit;
#[path = "made.rs"]
mod made;
#[path = "papers.rs"]
mod papers;
#[path = "scarce.rs"]
mod scarce;
#[path = "title.rs"]
mod title;

use bukti::app::archive::named::framework_named;
use bukti::app::reading::recognise::Recogniser;
use bukti::classify::{self, Evidence};
use bukti::lexicon::confidence::{Confidence, Weights};
use bukti::model::{DateRole, DocumentFacts, Fact, Reading, SignatureState};
use papers::{Medium, Paper};
use std::collections::BTreeMap;

const FACTS: [&str; 8] = [
    "kind",
    "number",
    "year",
    "title",
    "issuer",
    "date",
    "activity",
    "signature",
];

/// What was read for one fact: the value as text, and how sure.
struct Found {
    value: Option<(String, f32)>,
    /// Why not, or what it may be.
    reason: String,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let after = |flag: &str| {
        let at = args.iter().position(|arg| arg == flag)?;
        args.get(at + 1).cloned()
    };
    let show = after("--show");
    let only = match after("--corpus").as_deref() {
        Some("sulut") => Some("id_sulut_jdih"),
        Some("local") => Some("id_local"),
        _ => None,
    };
    let is_made = args.iter().any(|arg| arg == "--made");
    let papers = match is_made {
        true => scarce::papers(),
        false => papers::papers(&["id_local", "id_sulut_jdih", "id_gov_misc"]),
    };
    if papers.is_empty() {
        return;
    }
    let answers = papers::read(&papers);
    let framework = framework_named(None).expect("built in");
    let recogniser = Recogniser::new(&framework, None).expect("built in");
    let mut judged = Vec::new();
    for (paper, answer) in papers.iter().zip(&answers) {
        judge(
            paper,
            &recogniser.read(&answer.extraction),
            &mut judged,
            &papers,
        );
    }
    let rows = |fact: &str, without: Option<&str>| -> Vec<fit::Row> {
        let of_fact = judged.iter().filter(|j| j.fact == fact);
        let others =
            of_fact.filter(|j| Some(papers[j.paper].government.as_str()) != without);
        others.filter_map(|j| j.row(&papers)).collect()
    };
    if !is_made && args.iter().any(|arg| arg == "--fit") {
        let fitted = FITTED.map(|fact| (fact.to_owned(), fit::fit(&rows(fact, None))));
        write(&fitted.into_iter().collect(), &judged, &papers);
    }
    let is_shipped = is_made || args.iter().any(|arg| arg == "--shipped");
    let shipped = Confidence::builtin().expect("built in");
    let mut fitted: BTreeMap<(&str, &str), Weights> = BTreeMap::new();
    let mut tallies: BTreeMap<(&str, String), Tally> = BTreeMap::new();
    let mut bins: BTreeMap<(String, u32), (u32, u32)> = BTreeMap::new();
    for judged in &judged {
        let paper = &papers[judged.paper];
        if only.is_some_and(|only| paper.corpus != only) {
            continue;
        }
        let (fact, government) = (judged.fact, paper.government.as_str());
        let weights = match is_shipped {
            true => shipped.facts.get(fact).cloned().unwrap_or_default(),
            false => fitted
                .entry((fact, government))
                .or_insert_with(|| fit::fit(&rows(fact, Some(government))))
                .clone(),
        };
        let confidence = judged.confidence(&weights);
        let verdict = judged.verdict(confidence);
        if verdict == Verdict::Unsure && !judged.is_stated {
            continue;
        }
        let family = family(paper);
        for group in [
            "all".to_owned(),
            format!("{:?}", paper.medium),
            family.clone(),
        ] {
            tallies.entry((fact, group)).or_default().count(verdict);
        }
        let writing = paper.get("number_writing");
        if fact == "number" && matches!(writing, "typed" | "handwritten" | "stamped") {
            tallies
                .entry((fact, writing.to_owned()))
                .or_default()
                .count(verdict);
        }
        if let Some(confidence) = confidence {
            let bin = ((confidence * 10.0).floor() as u32).min(9);
            let right = u32::from(matches!(verdict, Verdict::Right | Verdict::Timid));
            for group in [fact.to_owned(), format!("{:?}", paper.medium), family] {
                let bin = bins.entry((group, bin)).or_default();
                bin.0 += 1;
                bin.1 += right;
            }
        }
        let asked = show.as_deref().is_some_and(|s| s == fact || s == "all");
        if asked && verdict != Verdict::Right
            || show.is_none() && verdict == Verdict::Wrong
        {
            let confidence = confidence.unwrap_or_default();
            println!(
                "{verdict:?} {fact} {}: {confidence:.2} {} not {:?}",
                paper.name, judged.shown, judged.wanted
            );
        }
    }
    println!("\n{} papers", papers.len());
    println!("fact       group        of  right  wrong  timid unsure   right %  wrong %");
    for ((fact, group), t) in &tallies {
        let of = f64::from(t.of().max(1));
        println!(
            "{fact:<10} {group:<10} {:>4} {:>6} {:>6} {:>6} {:>6} {:>9.1} {:>8.1}",
            t.of(),
            t.right,
            t.wrong,
            t.timid,
            t.unsure,
            100.0 * f64::from(t.right) / of,
            100.0 * f64::from(t.wrong) / of,
        );
    }
    println!("\nfact       confidence  facts  right");
    for ((fact, bin), (all, right)) in bins {
        println!(
            "{fact:<10} {:.1}+ {all:>9} {:>5.0} %",
            f64::from(bin) / 10.0,
            100.0 * f64::from(right) / f64::from(all)
        );
    }
}

/// The facts whose confidence is fitted.
const FITTED: [&str; 7] = [
    "kind",
    "number",
    "year",
    "title",
    "issuer",
    "date",
    "signature",
];

/// One fact of one paper, judged.
struct Judged {
    fact: &'static str,
    paper: usize,
    wanted: String,
    /// What was read, for people.
    shown: String,
    /// The confidence of the rule that read it; none where nothing was read.
    prior: Option<f32>,
    agrees: bool,
    /// Whether nothing was to be read, and nothing was.
    is_rightly_open: bool,
    /// Whether the page says it; the labeller knew it from elsewhere where not. What is not
    /// there and not claimed counts for nothing.
    is_stated: bool,
    evidence: Option<Evidence>,
}

impl Judged {
    fn row(&self, papers: &[Paper]) -> Option<fit::Row> {
        Some(fit::Row {
            group: papers[self.paper].government.clone(),
            evidence: self.evidence.clone()?,
            right: self.agrees,
        })
    }

    fn confidence(&self, weights: &Weights) -> Option<f64> {
        let prior = self.prior?;
        Some(match &self.evidence {
            Some(evidence) if !weights.is_empty() => {
                classify::confidence(weights, evidence)
            }
            _ => f64::from(prior),
        })
    }

    fn verdict(&self, confidence: Option<f64>) -> Verdict {
        match confidence {
            None if self.is_rightly_open => Verdict::Right,
            None => Verdict::Unsure,
            Some(c) if self.agrees && c >= 0.8 => Verdict::Right,
            Some(_) if self.agrees => Verdict::Timid,
            Some(c) if c >= 0.8 => Verdict::Wrong,
            Some(_) => Verdict::Unsure,
        }
    }
}

/// Judges what was read of a paper, fact by fact.
fn judge(
    paper: &Paper,
    (facts, evidence): &(DocumentFacts, Vec<(&'static str, Evidence)>),
    judged: &mut Vec<Judged>,
    papers: &[Paper],
) {
    let at = papers
        .iter()
        .position(|p| std::ptr::eq(p, paper))
        .expect("one of them");
    for fact in FACTS {
        let Some(wanted) = wanted(fact, paper) else {
            continue;
        };
        let found = found(fact, facts);
        let is_blank = wanted == "BLANK";
        let none = fact == "signature" && wanted == "none";
        let shown = found.value.as_ref().map_or_else(
            || format!("– {}", found.reason),
            |(value, prior)| format!("({prior:.2}) {value:?}"),
        );
        let is_read = found.value.is_some();
        let own = evidence.iter().find(|(name, _)| *name == fact);
        judged.push(Judged {
            fact,
            paper: at,
            prior: found.value.as_ref().map(|(_, prior)| *prior),
            agrees: found
                .value
                .as_ref()
                .is_some_and(|(value, _)| !is_blank && agrees(fact, &wanted, value)),
            is_rightly_open: is_blank || none,
            is_stated: !matches!(fact, "issuer" | "title") || is_stated(&wanted),
            evidence: own
                .filter(|_| is_read)
                .map(|(_, evidence)| rounded(evidence)),
            wanted,
            shown,
        });
    }
}

/// Tells whether a label is of what stands on the page: not `Bappeda (not printed)`, not
/// `[nama_kab] (template)`, not `Rapat Zoom (tanpa judul)`.
fn is_stated(wanted: &str) -> bool {
    let is_open = wanted.starts_with('[') || wanted.starts_with("${");
    !wanted.contains("(not printed") && !wanted.contains("(tanpa judul)") && !is_open
}

/// Returns evidence as `tests/data/evidence.csv` keeps it, so that a fit on that file gives the
/// same weights.
fn rounded(evidence: &Evidence) -> Evidence {
    let round = |value: f64| (value * 1e4).round() / 1e4;
    let kept = evidence.iter().filter(|(_, value)| round(*value) != 0.0);
    kept.map(|(name, value)| (name.clone(), round(*value)))
        .collect()
}

/// Writes what was learnt, and from what.
fn write(facts: &BTreeMap<String, Weights>, judged: &[Judged], papers: &[Paper]) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let confidence = Confidence {
        schema: "confidence.schema.json".to_owned(),
        version: 1,
        facts: facts.clone(),
    };
    let json = serde_json::to_string_pretty(&confidence).expect("JSON");
    std::fs::write(root.join("schema/confidence.json"), json + "\n").expect("written");
    let mut governments: Vec<&str> =
        papers.iter().map(|p| p.government.as_str()).collect();
    governments.sort_unstable();
    governments.dedup();
    let mut lines = vec!["fact,group,right,evidence".to_owned()];
    for judged in judged.iter().filter(|j| FITTED.contains(&j.fact)) {
        let Some(row) = judged.row(papers) else {
            continue;
        };
        let group = governments
            .binary_search(&row.group.as_str())
            .expect("known");
        let evidence: Vec<String> = row
            .evidence
            .iter()
            .map(|(name, value)| format!("{name}={value:.4}"))
            .collect();
        let right = u8::from(row.right);
        lines.push(format!(
            "{},{group},{right},{}",
            judged.fact,
            evidence.join(" ")
        ));
    }
    lines.push(String::new());
    std::fs::write(root.join("tests/data/evidence.csv"), lines.join("\n"))
        .expect("written");
    println!("fitted on {} readings", lines.len() - 2);
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Verdict {
    Right,
    /// Right, below the confidence that counts.
    Timid,
    Unsure,
    Wrong,
}

#[derive(Debug, Default)]
struct Tally {
    right: u32,
    timid: u32,
    unsure: u32,
    wrong: u32,
}

impl Tally {
    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Timid => self.timid += 1,
            Verdict::Unsure => self.unsure += 1,
            Verdict::Wrong => self.wrong += 1,
        }
    }

    fn of(&self) -> u32 {
        self.right + self.timid + self.unsure + self.wrong
    }
}

/// Returns what a page states of a fact; `None` where it states none or nobody noted.
fn wanted(fact: &str, paper: &Paper) -> Option<String> {
    let columns: &[&str] = match fact {
        "kind" => &["kind", "doc_kind_printed", "doc_kind"],
        "number" => &["number"],
        "year" => &["year"],
        "title" => &["title", "tentang_catalogue", "tentang"],
        "issuer" => &["issuer"],
        "date" => &["date_enacted", "date_printed_auto"],
        "activity" => &["activity_date"],
        _ => &["signed"],
    };
    let value = paper.either(columns).trim();
    let printed = printed_titles(&paper.name).filter(|_| fact == "title");
    let value = printed.as_deref().unwrap_or(value);
    let is_cut = paper.get("pages_kept").starts_with("first")
        && !paper.get("pages_kept").contains("last");
    if is_cut && matches!(fact, "date" | "signature") {
        return None; // they stood on the last page
    }
    let is_gone = fact == "number" && paper.get("number_on_page") == "blank_on_page";
    let value = if is_gone { "BLANK" } else { value };
    // Remarks in brackets are the labeller's, where nothing else stands there.
    let is_remark = value.starts_with('(') && value.ends_with(')')
        || value.starts_with("(no heading)") && paper.get("scan") == "no";
    (!value.is_empty() && !is_remark).then(|| value.to_owned())
}

/// Returns the title as the page has it, where the catalogue has another
/// (`tests/data/titles.csv` says how that was seen).
fn printed_titles(path: &str) -> Option<String> {
    let mut rows = csv::Reader::from_reader(&include_bytes!("../data/titles.csv")[..]);
    let mut rows = rows.deserialize::<(String, String, String)>();
    rows.find_map(|row| row.ok().filter(|row| row.0 == path).map(|row| row.1))
}

fn found(fact: &str, facts: &DocumentFacts) -> Found {
    match fact {
        "kind" => of(&facts.kind, |kind| format!("{} [{}]", kind.label, kind.id)),
        "number" => of(&facts.number, Clone::clone),
        "year" => of(&facts.year, ToString::to_string),
        "title" => of(&facts.title, Clone::clone),
        "issuer" => of(&facts.issuer, |issuer| issuer.government.name.clone()),
        "date" => dated(
            facts,
            &[DateRole::Enacted, DateRole::Letter, DateRole::Promulgated],
        ),
        "activity" => dated(facts, &[DateRole::Activity]),
        _ => of(&facts.signature, |signed| {
            match signed.state {
                SignatureState::Hand | SignatureState::Stamp => "wet",
                SignatureState::Ttd => "ttd",
                // The truth says what stands on the paper; whether the file holds the signature
                // itself, and whether it is sound, is another question.
                SignatureState::Digital
                | SignatureState::DigitalInvalid
                | SignatureState::DigitalUnchecked
                | SignatureState::DigitalCopy => "tte",
                SignatureState::DigitalEmpty | SignatureState::None => "none",
            }
            .to_owned()
        }),
    }
}

fn dated(facts: &DocumentFacts, roles: &[DateRole]) -> Found {
    let date = roles.iter().find_map(|role| facts.date(*role));
    Found {
        value: date.map(|fact| (fact.value.to_string(), fact.confidence.get())),
        reason: String::new(),
    }
}

fn of<T>(reading: &Reading<T>, text: impl Fn(&T) -> String) -> Found {
    match reading {
        Reading::Known(Fact {
            value, confidence, ..
        }) => Found {
            value: Some((text(value), confidence.get())),
            reason: String::new(),
        },
        Reading::Unsure(reason) => Found {
            value: None,
            reason: format!("{reason:?}"),
        },
    }
}

fn folded(text: &str) -> String {
    let text = text.to_lowercase().replace("walikota", "wali kota");
    let text = text.replace("propinsi", "provinsi");
    let text = text.replace("badan pusat statistik", "bps");
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn agrees(fact: &str, wanted: &str, value: &str) -> bool {
    match fact {
        "kind" => same_kind(wanted, value),
        "number" => same_number(wanted, value),
        // An activity of several days is written with both ends.
        "activity" => wanted.split('/').next() == Some(value),
        "year" | "date" | "signature" => wanted == value,
        "title" => same_title(wanted, value),
        _ => folded(wanted).contains(&folded(value)),
    }
}

/// Compares a kind with the truth's: by its label, by one part of a file that holds several
/// papers, or by the table of other names for the same thing.
fn same_kind(wanted: &str, value: &str) -> bool {
    let (label, id) = value.split_once(" [").unwrap_or((value, ""));
    let id = id.trim_end_matches(']');
    let wanted = wanted.split('(').next().unwrap_or_default().trim();
    let table = include_str!("../data/kinds.csv");
    let same = |wanted: &str| {
        folded(label) == folded(wanted)
            || table.lines().skip(1).any(|line| {
                let mut columns = line.split(',');
                columns
                    .next()
                    .is_some_and(|kind| folded(kind) == folded(wanted))
                    && columns.any(|other| other == id)
            })
    };
    let draft = label.strip_prefix("Rancangan ").unwrap_or_default();
    wanted.split('+').any(|part| same(part.trim()))
        || !draft.is_empty() && folded(draft) == folded(wanted)
}

fn same_number(wanted: &str, value: &str) -> bool {
    let bare = |text: &str| {
        let text: String = text.to_lowercase().split_whitespace().collect();
        let text = text.trim_matches(['.', '-', '/']).to_owned();
        match text.bytes().all(|b| b.is_ascii_digit()) {
            true => text.trim_start_matches('0').to_owned(),
            false => text,
        }
    };
    wanted.split(';').any(|one| bare(one.trim()) == bare(value))
}

/// Compares titles; what the labeller put in brackets may be there or not.
fn same_title(wanted: &str, value: &str) -> bool {
    let mut bare = wanted.to_owned();
    while let (Some(from), Some(to)) = (bare.find('('), bare.rfind(')')) {
        if from > to {
            break;
        }
        bare.replace_range(from..=to, "");
    }
    [wanted, bare.as_str()]
        .iter()
        .any(|wanted| title::token_f1(wanted, value) >= 0.9)
}

/// Returns the family a paper belongs to, by its kind.
fn family(paper: &Paper) -> String {
    let kind = paper.either(&["kind", "doc_kind"]).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    let family = if has(&[
        "poster",
        "foto",
        "leaflet",
        "spanduk",
        "infografis",
        "layar",
    ]) {
        "media"
    } else if has(&["surat", "undangan", "pengumuman", "disposisi", "radiogram"]) {
        "letter"
    } else if has(&["peraturan", "lampiran", "abstrak", "perda"]) {
        "regulation"
    } else if has(&["keputusan", "instruksi", "maklumat"]) {
        "decree"
    } else {
        "report"
    };
    match paper.medium {
        Medium::Photo | Medium::Scan | Medium::Digital => family.to_owned(),
    }
}
