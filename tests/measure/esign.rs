//! Second tier: verdicts on electronic signatures against files with known truth.
//!
//! `cargo test --release --test measure_esign` reads `../shared/corpora/pdf_signed`; where it is
//! absent it says so and ends. `--show` lists all that is not right, `--only TEXT` takes the files
//! whose path holds it, `--no-peers` leaves the other judges out. Ends with an error where a
//! gate is not met.

#![allow(clippy::print_stdout, reason = "a measurement prints")]
#![allow(
    clippy::disallowed_methods,
    reason = "it reads its own arguments, files and clock"
)]

#[path = "esign_mutate.rs"]
mod esign_mutate;

use bukti::esign::{Anchors, Limits, examine};
use bukti::model::{EsignReport, EsignVerdict, SignatureKind};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// What others know of a file.
#[derive(serde::Deserialize, Clone)]
struct Truth {
    path: String,
    truth: String,
}

/// What a verdict on a file is worth against the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Right,
    /// The signature is of a kind that bukti does not know, and it says so by name.
    Named,
    /// Wrong, and no harm: a person looks.
    Careful,
    /// Called intact what is not.
    Harm,
    /// Nobody knows the truth.
    NotScored,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let only = arguments.iter().skip_while(|one| *one != "--only").nth(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let folder = root.join("pdf_signed");
    if !folder.join("manifest.csv").exists() {
        println!("SKIPPED: no corpus at {}", folder.display());
        return;
    }
    let mut rows =
        csv::Reader::from_path(folder.join("manifest.csv")).expect("the manifest");
    let truths: Vec<Truth> = rows
        .deserialize()
        .map(|row| row.expect("a row"))
        .filter(|truth: &Truth| only.is_none_or(|only| truth.path.contains(only)))
        .collect();
    let mut anchors = Anchors::none();
    for entry in fs::read_dir(root.join("anchors"))
        .into_iter()
        .flatten()
        .flatten()
    {
        if entry.path().extension().is_some_and(|end| end == "pem") {
            anchors
                .add(&fs::read(entry.path()).expect("an anchor"))
                .expect("a certificate");
        }
    }
    let mut table: BTreeMap<(String, String), BTreeMap<String, u32>> = BTreeMap::new();
    let mut causes: BTreeMap<(String, String), BTreeMap<String, u32>> = BTreeMap::new();
    let mut worths: BTreeMap<(String, Worth), u32> = BTreeMap::new();
    let mut times: Vec<(Duration, String)> = Vec::new();
    let mut stamps = BTreeMap::<&str, u32>::new();
    for truth in &truths {
        let bytes = fs::read(folder.join(&truth.path)).expect("a file of the manifest");
        let start = Instant::now();
        let report = examine(&bytes, &anchors, &Limits::default());
        times.push((start.elapsed(), truth.path.clone()));
        let verdict = report.verdict();
        let name: &str = verdict.map_or(
            if report.unread.is_empty() {
                "none"
            } else {
                "unread"
            },
            Into::into,
        );
        let set = truth.path.split('/').next().unwrap_or_default();
        *table
            .entry((truth.truth.clone(), set.to_owned()))
            .or_default()
            .entry(name.to_owned())
            .or_default() += 1;
        *causes
            .entry((truth.truth.clone(), name.to_owned()))
            .or_default()
            .entry(cause(&report).to_owned())
            .or_default() += 1;
        for stamp in report.time_stamps() {
            *stamps.entry(stamp.verdict.into()).or_default() += 1;
        }
        let worth = worth(truth, &report);
        *worths.entry((truth.truth.clone(), worth)).or_default() += 1;
        if has("--show") && matches!(worth, Worth::Careful | Worth::Harm | Worth::Named)
            || only.is_some()
        {
            show(truth, &report, worth);
        }
    }
    print_table(["truth", "set", "verdicts"], &table);
    print_table(["truth", "verdict", "causes"], &causes);
    println!("\ndocument time-stamps, counted apart: {stamps:?}");
    print_times(&mut times);
    if !has("--no-peers") {
        peers(&folder, &truths);
    }
    let mut unmet = gates(&worths);
    if only.is_none() {
        unmet.extend(esign_mutate::run(
            &folder.join("made"),
            &truths_intact(&truths),
        ));
    }
    unmet.extend(esign_mutate::large());
    for gate in &unmet {
        println!("GATE NOT MET: {gate}");
    }
    assert!(unmet.is_empty(), "{} gates not met", unmet.len());
}

fn truths_intact(truths: &[Truth]) -> Vec<String> {
    let made = truths.iter().filter(|one| one.path.starts_with("made/"));
    made.filter(|one| one.truth == "intact")
        .map(|one| one.path[5..].to_owned())
        .collect()
}

/// Truths of files that must never be called intact.
const NOT_INTACT: [&str; 6] = [
    "altered",
    "digest_broken",
    "signature_broken",
    "not_intact (any named failure)",
    "malformed",
    "intact_junk_tail",
];

/// Truths of files of which 95 in 100 must be right.
const INTACT: [&str; 3] = [
    "intact",
    "intact_then_lta",
    "intact_then_forms_or_signatures",
];

fn worth(truth: &Truth, report: &EsignReport) -> Worth {
    let verdict = report.verdict();
    let is_intact =
        verdict.is_some_and(|one| one.is_intact() || one == EsignVerdict::TimeStampOnly);
    let kind = truth.truth.as_str();
    let has_person = report
        .signatures
        .iter()
        .any(|one| one.kind == SignatureKind::Signature);
    match kind {
        "undecided" | "changed_allowed_by_p3" | "any_but_ends" => Worth::NotScored,
        _ if NOT_INTACT.contains(&kind) => match is_intact {
            true => Worth::Harm,
            false => Worth::Right,
        },
        _ if INTACT.contains(&kind) => match verdict {
            // `intact_then_lta` of one whose title was changed is "then added", too.
            Some(EsignVerdict::TimeStampOnly) if !has_person => Worth::Right,
            _ if is_intact => Worth::Right,
            Some(EsignVerdict::Unsupported) => Worth::Named,
            _ => Worth::Careful,
        },
        "unsupported" => match verdict {
            Some(EsignVerdict::Unsupported) => Worth::Named,
            _ if is_intact => Worth::Careful,
            _ => Worth::Right,
        },
        "empty_field" | "no_signature" => {
            match (is_intact || has_person, kind, verdict) {
                (true, _, _) => Worth::Harm,
                (_, "empty_field", Some(EsignVerdict::Empty)) => Worth::Right,
                (_, "no_signature", None) => Worth::Right,
                (_, "no_signature", Some(EsignVerdict::Empty)) => Worth::Careful,
                _ => Worth::Careful,
            }
        }
        "unreadable" => match is_intact {
            true => Worth::Careful,
            false => Worth::Right,
        },
        _ => Worth::NotScored,
    }
}

fn show(truth: &Truth, report: &EsignReport, worth: Worth) {
    println!("{worth:?} {} [{}]", truth.path, truth.truth);
    for reason in &report.unread {
        println!(
            "    unread: {} {}",
            reason.rule.as_str(),
            reason.detail.as_deref().unwrap_or_default()
        );
    }
    for one in &report.signatures {
        let name: &str = one.verdict.into();
        println!("    {} {:?} {name} {:?}", one.field, one.kind, one.coverage);
        for reason in &one.reasons {
            let (detail, page) =
                (reason.detail.as_deref().unwrap_or_default(), reason.page);
            println!("        {} {detail} {page:?}", reason.rule.as_str());
        }
    }
}

/// Returns the rule that led to the verdict on a document; `-` where nothing is to be said.
fn cause(report: &EsignReport) -> &str {
    let verdict = report.verdict();
    let mut signed = report.signatures.iter();
    let worst = signed.find(|one| Some(one.verdict) == verdict);
    let reasons = worst.map_or(&report.unread, |one| &one.reasons);
    reasons.first().map_or("-", |reason| reason.rule.as_str())
}

fn print_table(
    [first, second, third]: [&str; 3],
    table: &BTreeMap<(String, String), BTreeMap<String, u32>>,
) {
    println!("\n{first:<34} {second:<21} {third}");
    for ((first, second), counts) in table {
        let counts: Vec<String> = counts
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        println!("{first:<34} {second:<21} {}", counts.join(", "));
    }
}

fn print_times(times: &mut [(Duration, String)]) {
    times.sort();
    let middle = times
        .get(times.len() / 2)
        .map_or(Duration::ZERO, |one| one.0);
    println!("\ntime a file: median {middle:?}");
    for (time, path) in times.iter().rev().take(3) {
        println!("    {time:?} {path}");
    }
}

fn gates(worths: &BTreeMap<(String, Worth), u32>) -> Vec<String> {
    let count = |truths: &[&str], worth: &[Worth]| -> u32 {
        let those = worths.iter().filter(|((truth, one), _)| {
            truths.contains(&truth.as_str()) && worth.contains(one)
        });
        those.map(|(_, count)| count).sum()
    };
    let every = [Worth::Right, Worth::Named, Worth::Careful, Worth::Harm];
    println!("\n{:<34} right named careful harm", "truth");
    let truths: std::collections::BTreeSet<&str> =
        worths.keys().map(|(truth, _)| truth.as_str()).collect();
    for truth in truths {
        let of = |worth: Worth| count(&[truth], &[worth]);
        println!(
            "{truth:<34} {:>5} {:>5} {:>7} {:>4}",
            of(Worth::Right),
            of(Worth::Named),
            of(Worth::Careful),
            of(Worth::Harm)
        );
    }
    let mut unmet = Vec::new();
    let harm = count(&NOT_INTACT, &[Worth::Harm]);
    if harm > 0 {
        unmet.push(format!("{harm} files that are not intact are called so"));
    }
    let unsigned = count(&["empty_field", "no_signature"], &[Worth::Harm]);
    if unsigned > 0 {
        unmet.push(format!(
            "{unsigned} files that nobody signed are called signed"
        ));
    }
    let (good, all) = (
        count(&INTACT, &[Worth::Right, Worth::Named]),
        count(&INTACT, &every),
    );
    println!("\nintact and named so: {good} of {all}");
    if good * 100 < all * 95 {
        unmet.push(format!("only {good} of {all} intact files are named so"));
    }
    unmet
}

/// Lets other judges speak of the same files, where they are installed: `pdfsig` of poppler, and
/// `pyhanko` in `target/peers`.
fn peers(folder: &Path, truths: &[Truth]) {
    let judges: [(&str, PathBuf, fn(&Path, &Path) -> Option<bool>); 2] = [
        ("pdfsig", PathBuf::from("pdfsig"), pdfsig),
        (
            "pyhanko",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/bin/pyhanko"),
            pyhanko,
        ),
    ];
    for (name, program, ask) in judges {
        if Command::new(&program).arg("--version").output().is_err()
            && Command::new(&program).arg("-v").output().is_err()
        {
            println!("\nSKIPPED: the judge {name} is not installed");
            continue;
        }
        let mut said: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for truth in truths {
            let verdict = match ask(&program, &folder.join(&truth.path)) {
                Some(true) => "valid",
                Some(false) => "not valid",
                None => "nothing",
            };
            *said.entry((&truth.truth, verdict)).or_default() += 1;
        }
        println!("\n{name}:");
        for ((truth, verdict), count) in said {
            println!("    {truth:<34} {verdict:<10} {count}");
        }
    }
}

/// Whether all signatures are valid by `pdfsig`; `None` where it sees none.
fn pdfsig(program: &Path, file: &Path) -> Option<bool> {
    let output = Command::new(program)
        .arg("-nocert")
        .arg(file)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut lines = text
        .lines()
        .filter(|line| line.contains("Signature Validation:"))
        .peekable();
    lines.peek()?;
    Some(lines.all(|line| line.contains("Signature is Valid")))
}

/// Whether all signatures are intact by pyHanko, whoever vouches for them, and what came later is
/// permitted; `None` where it sees none.
fn pyhanko(program: &Path, file: &Path) -> Option<bool> {
    let mut command = Command::new(program);
    command.args([
        "sign",
        "validate",
        "--no-revocation-check",
        "--pretty-print",
    ]);
    let output = command.arg(file).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = |words: &str| text.matches(words).count();
    let fields = count("\nField ") + usize::from(text.starts_with("Field "));
    (fields > 0).then(|| {
        count("is cryptographically sound") >= fields
            && count("incompatible with the current") == 0
    })
}
