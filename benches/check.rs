//! Times `check` on an archive as large as a regency's, and how that grows: 1,000, 10,000 and
//! 100,000 documents, each linked to three of the questions, one in a hundred amending or
//! repealing another. Each size runs in a process of its own, the second time with a warm
//! catalog; its peak of memory is the system's word (Linux only).
//!
//! ```text
//! cargo bench --bench check
//! ```
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    missing_docs,
    reason = "a benchmark: it makes an archive, times and prints"
)]

use bukti::app::archive::named::framework_named;
use bukti::app::archive::workspace::{Purpose, Workspace};
use bukti::app::judgement::check;
use bukti::app::judgement::check::Options;
use bukti::model::{
    Cited, Cue, Date, DateRole, DatedFact, DocKind, DocumentFacts, Fact, Government,
    Issuer, Link, Ratio, Reading, Relation, RelationRole, RuleId, Signature,
    SignatureState, Span,
};
use rusqlite::{Connection, params};
use std::{path::Path, process::Command, time::Instant};

const SIZES: [u32; 3] = [1_000, 10_000, 100_000];
const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, archive] = arguments.as_slice()
        && word == "measure"
    {
        measure(Path::new(archive));
        return;
    }
    println!("{:>10} {:>12} {:>12}", "documents", "warm", "peak");
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), size);
        let run = Command::new(std::env::current_exe().unwrap())
            .arg("measure")
            .arg(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8(run.stdout).unwrap();
        println!("{size:>10} {}", told.trim_end());
    }
}

/// Checks a few times; prints the least time and the peak of memory.
fn measure(archive: &Path) {
    let workspace = Workspace::open(archive).unwrap();
    let options = Options::for_day(Date::new(2025, 3, 1).unwrap());
    let mut least = f64::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let report = check::check(&workspace, &options).unwrap();
        least = least.min(start.elapsed().as_secs_f64());
        assert!(report.documents > 0);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.map_or("unknown", str::trim);
    println!("{least:>10.2} s {peak:>14}");
}

/// Makes an archive of made-up documents, without reading any.
fn make(folder: &Path, size: u32) {
    let framework = framework_named(None).unwrap();
    let purpose = Purpose {
        region: Government {
            code: None,
            name: "Kabupaten Contoh".to_owned(),
        },
        framework: framework.id().to_owned(),
        year: 2025,
    };
    drop(Workspace::init(folder, &purpose, "2025-01-01T00:00:00Z").unwrap());
    let mut catalog = Connection::open(folder.join("bukti.sqlite")).unwrap();
    let batch = catalog.transaction().unwrap();
    let questions = framework.questions();
    for n in 0..size {
        let mut digest = [0_u8; 32];
        digest[..4].copy_from_slice(&n.wrapping_mul(2_654_435_761).to_be_bytes());
        digest[28..].copy_from_slice(&n.to_be_bytes());
        let asked = questions[n as usize % questions.len()].kinds[0].as_str();
        let facts = serde_json::to_string(&facts(n, asked)).unwrap();
        batch
            .prepare_cached(
                "INSERT INTO content (digest, len, media_type, state, page_count, unclear,
                    notes, metadata, facts, reader) VALUES
                 (?1, 1000, 'application/pdf', 'indexed', 4, '[]', '[]', '{}', ?2, 'bench')",
            )
            .unwrap()
            .execute(params![digest.as_slice(), facts])
            .unwrap();
        batch
            .prepare_cached(
                "INSERT INTO location (path, len, mtime_ns, digest, notes, present)
                 VALUES (?1, 1000, 0, ?2, '[]', 1)",
            )
            .unwrap()
            .execute(params![
                format!("/srv/kla/Klaster {}/Dokumen {n}.pdf", n % 6),
                digest.as_slice()
            ])
            .unwrap();
        for k in 0..3 {
            let at = (n + k * 97) as usize % questions.len();
            let question = &questions[at];
            let link = Link {
                question: question.id.clone(),
                indicator: question.indicator.clone(),
                confidence: Ratio::new(if k == 2 { 0.6 } else { 0.9 }),
                cue: cue(),
                negative: None,
                reasons: Vec::new(),
                decided: None,
            };
            batch
                .prepare_cached(
                    "INSERT INTO link (digest, question, confidence, body)
                     VALUES (?1, ?2, ?3, ?4)",
                )
                .unwrap()
                .execute(params![
                    digest.as_slice(),
                    question.id.as_str(),
                    f64::from(link.confidence.get()),
                    serde_json::to_string(&link).unwrap()
                ])
                .unwrap();
        }
    }
    batch.commit().unwrap();
}

fn cue() -> Cue {
    Cue {
        term: "kawasan tanpa rokok".to_owned(),
        span: Some(span(
            "Kawasan Tanpa Rokok adalah ruangan atau area yang dinyatakan",
        )),
    }
}

fn span(quote: &str) -> Span {
    Span {
        page: 1,
        rect: None,
        quote: quote.to_owned(),
    }
}

fn facts(n: u32, kind: &str) -> DocumentFacts {
    let relation = Relation {
        role: match n % 200 {
            0 => RelationRole::Repeals,
            _ => RelationRole::Amends,
        },
        fact: fact(Cited {
            kind: kind.into(),
            label: "Peraturan Daerah Kabupaten Contoh".to_owned(),
            number: (n / 7).to_string(),
            year: 2023,
        }),
    };
    DocumentFacts {
        kind: Reading::Known(fact(DocKind {
            id: kind.into(),
            label: "Peraturan Daerah".to_owned(),
        })),
        number: Reading::Known(fact(n.to_string())),
        year: Reading::Known(fact(2023)),
        title: Reading::Known(fact(format!("KAWASAN TANPA ROKOK BAGIAN {n}"))),
        issuer: Reading::Known(fact(Issuer {
            government: Government {
                code: None,
                name: "Kabupaten Contoh".to_owned(),
            },
            office: None,
        })),
        dates: vec![DatedFact {
            role: DateRole::Enacted,
            fact: fact(Date::new(2023, 3, 1).unwrap()),
        }],
        relations: if n.is_multiple_of(100) {
            vec![relation]
        } else {
            Vec::new()
        },
        signature: Reading::Known(fact(Signature {
            state: SignatureState::Hand,
            stamped: Some(true),
        })),
        ..DocumentFacts::default()
    }
}

fn fact<T>(value: T) -> Fact<T> {
    Fact {
        value,
        confidence: Ratio::new(0.97),
        span: Some(span("NOMOR 5 TAHUN 2023 TENTANG KAWASAN TANPA ROKOK")),
        rule: RuleId::from("bench"),
    }
}
