//! An archive of made-up documents, written row by row without reading any: as large as a
//! regency's in a minute. What benches ask about.
#![allow(
    clippy::indexing_slicing,
    reason = "part of benches, which stop where something is wrong"
)]

use bukti::app::archive::named::framework_named;
use bukti::app::archive::workspace::{Purpose, Workspace};
use bukti::model::{
    Cited, Corner, Cue, Date, DateRole, DatedFact, Digest, DocKind, DocumentFacts, Fact,
    Government, Issuer, Line, Link, MAX_CORNERS, NearDuplicate, Page, Part,
    PhotoFingerprint, Raster, Ratio, Reading, Relation, RelationRole, RuleId, SamePhoto,
    Signature, SignatureState, Similarity, Span, THUMB_SIDE, TextOrigin,
};
use flate2::{Compression, write::DeflateEncoder};
use rusqlite::{Connection, Transaction, params};
use std::{io::Write, path::Path};

/// Photos that one activity has.
const OF_AN_ACTIVITY: u32 = 20;

/// Makes an empty archive.
pub fn init(folder: &Path) {
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
}

/// Returns the digest of a made document of a kind.
fn digest(kind: u8, n: u32) -> [u8; 32] {
    let mut digest = [0_u8; 32];
    digest[..4].copy_from_slice(&n.wrapping_mul(2_654_435_761).to_be_bytes());
    digest[4] = kind;
    digest[28..].copy_from_slice(&n.to_be_bytes());
    digest
}

/// Adds documents, each linked to three of the questions, one in a hundred amending or repealing
/// another. A paper (path, text) gives one its path and its one page.
pub fn add_documents(
    folder: &Path,
    size: u32,
    mut papers: impl Iterator<Item = (String, String)>,
) {
    let framework = framework_named(None).unwrap();
    let questions = framework.questions();
    let mut catalog = Connection::open(folder.join("bukti.sqlite")).unwrap();
    let batch = catalog.transaction().unwrap();
    for n in 0..size {
        let digest = digest(0, n);
        let asked = questions[n as usize % questions.len()].kinds[0].as_str();
        let facts = serde_json::to_string(&facts(n, asked)).unwrap();
        let other = || format!("Klaster {}/Dokumen {n}.pdf", n % 6);
        let (path, text) = papers.next().unwrap_or_else(|| (other(), String::new()));
        let pages = if text.is_empty() { 4 } else { 1 };
        batch
            .prepare_cached(
                "INSERT INTO content (digest, len, media_type, state, page_count, unclear,
                    notes, metadata, facts, reader) VALUES
                 (?1, 1000, 'application/pdf', 'indexed', ?3, '[]', '[]', '{}', ?2, 'bench')",
            )
            .unwrap()
            .execute(params![digest.as_slice(), facts, pages])
            .unwrap();
        add_location(&batch, digest, &path);
        if !text.is_empty() {
            add_page(&batch, digest, &text);
        }
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

fn add_location(batch: &Transaction<'_>, digest: [u8; 32], path: &str) {
    batch
        .prepare_cached(
            "INSERT INTO location (path, len, mtime_ns, digest, notes, present, read_by, outcome)
             VALUES (?1, 1000, 0, ?2, '[]', 1, 'bench', 'indexed')",
        )
        .unwrap()
        .execute(params![format!("/srv/kla/{path}"), digest.as_slice()])
        .unwrap();
}

fn add_page(batch: &Transaction<'_>, digest: [u8; 32], text: &str) {
    let page = Page {
        origin: TextOrigin::Layer,
        lines: text.lines().map(Line::plain).collect(),
        ..Page::empty(1, None)
    };
    let mut body = DeflateEncoder::new(Vec::new(), Compression::fast());
    let json = serde_json::to_vec(&page).unwrap();
    body.write_all(&json).unwrap();
    batch
        .prepare_cached("INSERT INTO page (digest, number, body) VALUES (?1, 1, ?2)")
        .unwrap()
        .execute(params![digest.as_slice(), body.finish().unwrap()])
        .unwrap();
}

/// Adds photos with fingerprints as long as those of a camera's; each ten times one is the same as
/// the one before, and twenty of them and a document are an activity.
pub fn add_photos(folder: &Path, size: u32) {
    let mut catalog = Connection::open(folder.join("bukti.sqlite")).unwrap();
    let batch = catalog.transaction().unwrap();
    for n in 0..size {
        let own = digest(1, n);
        let day = format!("2024-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1);
        batch
            .prepare_cached(
                "INSERT INTO content (digest, len, media_type, state, page_count, unclear,
                    notes, metadata, facts, reader, compared) VALUES
                 (?1, 2000000, 'image/jpeg', 'indexed', 1, '[]', '[]', ?2, '{}', 'bench', 1)",
            )
            .unwrap()
            .execute(params![
                own.as_slice(),
                format!(r#"{{"camera":{{"captured":"{day}T09:00:00","make":"Contoh"}}}}"#)
            ])
            .unwrap();
        add_location(&batch, own, &format!("Foto/{day}/IMG_{n:05}.jpg"));
        batch
            .prepare_cached(
                "INSERT INTO photo (digest, number, page, body) VALUES (?1, 0, 1, ?2)",
            )
            .unwrap()
            .execute(params![own.as_slice(), fingerprint(n).to_bytes()])
            .unwrap();
        if n % 10 == 1 {
            add_pair(&batch, digest(1, n - 1), own);
        }
        let activity = n / OF_AN_ACTIVITY;
        add_to_activity(&batch, own, activity, true, &day);
        if n.is_multiple_of(OF_AN_ACTIVITY) {
            add_to_activity(&batch, digest(0, activity), activity, false, &day);
        }
    }
    batch.commit().unwrap();
}

fn add_to_activity(
    batch: &Transaction<'_>,
    digest: [u8; 32],
    activity: u32,
    is_photo: bool,
    day: &str,
) {
    batch
        .prepare_cached(
            "INSERT INTO activity (digest, activity, photo, day) VALUES (?1, ?2, ?3, ?4)",
        )
        .unwrap()
        .execute(params![digest.as_slice(), activity, is_photo, day])
        .unwrap();
}

fn add_pair(batch: &Transaction<'_>, one: [u8; 32], other: [u8; 32]) {
    let (first, second) = (one.min(other), one.max(other));
    let pair = NearDuplicate {
        first: Digest::new(first),
        second: Digest::new(second),
        how: Similarity::Photo {
            first_page: 1,
            second_page: 1,
            same: SamePhoto {
                part: Part::Whole,
                mirrored: false,
                quarters: 0,
                likeness: Ratio::new(0.98),
                corners: 120,
            },
        },
    };
    batch
        .prepare_cached("INSERT INTO alike (first, second, body) VALUES (?1, ?2, ?3)")
        .unwrap()
        .execute(params![
            first.as_slice(),
            second.as_slice(),
            serde_json::to_string(&pair).unwrap()
        ])
        .unwrap();
}

fn fingerprint(n: u32) -> PhotoFingerprint {
    let mixed = |k: u32| u64::from(n * 256 + k).wrapping_mul(6_364_136_223_846_793_005);
    let corner = |k: u32| Corner {
        x: (mixed(k) >> 50) as u16,
        y: (mixed(k + 1) >> 50) as u16,
        orientation: (mixed(k) >> 40) as u8,
        level: 0,
        descriptor: [0, 1, 2, 3].map(|part| mixed(k) ^ part),
    };
    let (width, height) = (THUMB_SIDE, THUMB_SIDE * 3 / 4);
    PhotoFingerprint {
        page: 1,
        rect: None,
        size: (4000, 3000),
        phash: mixed(0),
        dhash: [mixed(1), mixed(2)],
        thumb: Raster {
            width,
            height,
            luma: (0..width * height).map(|at| (at ^ n) as u8).collect(),
        },
        corners: (0..MAX_CORNERS as u32).map(corner).collect(),
    }
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
