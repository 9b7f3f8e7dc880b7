//! Second tier: what is recognised of papers that other governments and offices wrote, each
//! fact as right, wrong with confidence, or unsure, by medium and family; and whether a
//! confidence means what it says (reliability).
//!
//! ```text
//! cargo test --release --test measure_local -- [--show FACT] [--corpus NAME]
//! ```
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

#[path = "papers.rs"]
mod papers;
#[path = "title.rs"]
mod title;

use bukti::app::recognise::Recogniser;
use bukti::app::workspace::framework_named;
use bukti::model::{DateRole, DocumentFacts, Fact, Reading, SignatureState, Unsure};
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
    is_blank: bool,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let after = |flag: &str| {
        let at = args.iter().position(|arg| arg == flag)?;
        args.get(at + 1).cloned()
    };
    let show = after("--show");
    let corpora = match after("--corpus").as_deref() {
        Some("sulut") => vec!["id_sulut_jdih", "id_gov_misc"],
        Some("all") => vec!["id_local", "id_sulut_jdih", "id_gov_misc"],
        _ => vec!["id_local"],
    };
    let papers = papers::papers(&corpora);
    if papers.is_empty() {
        return;
    }
    let answers = papers::read(&papers);
    let framework = framework_named(None).expect("built in");
    let recogniser = Recogniser::new(&framework, None).expect("built in");
    let mut tallies: BTreeMap<(&str, String), Tally> = BTreeMap::new();
    let mut bins: BTreeMap<(&str, u32), (u32, u32)> = BTreeMap::new();
    for (at, (paper, answer)) in papers.iter().zip(&answers).enumerate() {
        let facts = recogniser
            .recognise(&format!("{at:04}"), &answer.extraction)
            .facts;
        for fact in FACTS {
            let Some(wanted) = wanted(fact, paper) else {
                continue;
            };
            let found = found(fact, &facts);
            let verdict = verdict(fact, &wanted, &found);
            for group in [
                "all".to_owned(),
                format!("{:?}", paper.medium),
                family(paper),
            ] {
                tallies.entry((fact, group)).or_default().count(verdict);
            }
            if let Some((_, confidence)) = &found.value {
                let bin = ((confidence * 20.0).floor() as u32).min(19);
                let bin = bins.entry((fact, bin)).or_default();
                bin.0 += 1;
                bin.1 += u32::from(matches!(verdict, Verdict::Right | Verdict::Timid));
            }
            let asked = show.as_deref().is_some_and(|s| s == fact || s == "all");
            if asked && verdict != Verdict::Right
                || show.is_none() && verdict == Verdict::Wrong
            {
                let value = found.value.as_ref().map_or_else(
                    || format!("– {}", found.reason),
                    |(value, c)| format!("{c:.2} {value:?}"),
                );
                println!("{verdict:?} {fact} {}: {value} not {wanted:?}", paper.name);
            }
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
            "{fact:<10} {:.2}+ {all:>9} {:>5.0} %",
            f64::from(bin) / 20.0,
            100.0 * f64::from(right) / f64::from(all)
        );
    }
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
    let is_gone = fact == "number" && paper.get("number_on_page") == "blank_on_page";
    let value = if is_gone { "BLANK" } else { value };
    // Remarks in brackets are the labeller's, where nothing else stands there.
    let is_remark = value.starts_with('(') && value.ends_with(')');
    (!value.is_empty() && !is_remark).then(|| value.to_owned())
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
                SignatureState::Digital => "tte",
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
        is_blank: false,
    }
}

fn of<T>(reading: &Reading<T>, text: impl Fn(&T) -> String) -> Found {
    match reading {
        Reading::Known(Fact {
            value, confidence, ..
        }) => Found {
            value: Some((text(value), confidence.get())),
            reason: String::new(),
            is_blank: false,
        },
        Reading::Unsure(reason) => Found {
            value: None,
            reason: format!("{reason:?}"),
            is_blank: *reason == Unsure::Blank,
        },
    }
}

fn verdict(fact: &str, wanted: &str, found: &Found) -> Verdict {
    let is_blank = wanted == "BLANK";
    if is_blank && found.value.is_none() {
        return Verdict::Right; // nothing is there to be read, and nothing was
    }
    let Some((value, confidence)) = &found.value else {
        // No signature on a photo or poster, and none told.
        return match (fact, wanted) {
            ("signature", "none") => Verdict::Right,
            _ => Verdict::Unsure,
        };
    };
    let right = !is_blank && agrees(fact, wanted, value);
    match (right, *confidence >= 0.8) {
        (true, true) => Verdict::Right,
        (true, false) => Verdict::Timid,
        (false, true) => Verdict::Wrong,
        (false, false) => Verdict::Unsure,
    }
}

fn folded(text: &str) -> String {
    let text = text.to_lowercase().replace("walikota", "wali kota");
    let text = text.replace("propinsi", "provinsi");
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn agrees(fact: &str, wanted: &str, value: &str) -> bool {
    match fact {
        "kind" => same_kind(wanted, value),
        "number" => same_number(wanted, value),
        "year" | "date" | "activity" | "signature" => wanted == value,
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
