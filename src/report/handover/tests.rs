//! What goes where, and what the index says of it.

use super::*;
use crate::model::Ratio;
use crate::report::tests::{ATTACK, let_through};
use crate::{
    framework::Framework,
    model::{Assessment, CopyStep, Date, EsignReport, Lang, MediaType, NoCopy, Report},
};
use std::collections::BTreeMap;

fn piece(path: &str, ties: &[(&str, f32)]) -> Piece {
    Piece {
        esign: None,
        digest: Digest::new([path.len() as u8; 32]),
        path: path.to_owned(),
        bytes: 100 * path.len() as u64,
        media: match path.to_lowercase().rsplit('.').next() {
            Some("pdf") => MediaType::Pdf,
            Some("jpg") => MediaType::Jpeg,
            _ => MediaType::Docx,
        },
        kind: "Peraturan Bupati".into(),
        number: "5".into(),
        year: "2023".into(),
        title: "=Kawasan <Tanpa> Rokok, \"KTR\"".into(),
        is_personal: path.contains("rahasia"),
        ties: ties
            .iter()
            .map(|(question, confidence)| Tie {
                question: (*question).into(),
                confidence: Ratio::new(*confidence),
            })
            .collect(),
    }
}

/// Returns the first questions of the framework, and a report over nothing.
fn ground() -> (Framework, Vec<String>, Report) {
    let framework = Framework::builtin().unwrap();
    let questions = framework.questions().iter().map(|q| q.id.to_string());
    let questions = questions.collect();
    let assessment = Assessment {
        framework: framework.id().to_owned(),
        region: None,
        year: 2025,
        as_of: Date::new(2025, 3, 1).unwrap(),
        documents_seen: 0,
        documents: BTreeMap::new(),
        questions: Vec::new(),
    };
    let rules = crate::framework::Rules::builtin().unwrap();
    let kinds = crate::lexicon::doctype::DocTypes::builtin().unwrap();
    let report = crate::report::build(&assessment, &framework, &rules, &kinds);
    (framework, questions, report)
}

#[test]
fn a_document_lies_once_below_the_question_it_proves_best() {
    let (framework, questions, _) = ground();
    let (first, second) = (questions[0].as_str(), questions[40].as_str());
    let pieces = vec![
        piece("/share/b.pdf", &[(second, 0.99), (first, 0.9)]),
        piece("/share/aa.pdf", &[(first, 0.95)]),
        piece("/other/aa.pdf » aa.pdf", &[(first, 0.85)]),
        piece("/share/tidak terkait.pdf", &[]),
    ];
    let handover = arrange(pieces.clone(), &framework, None, false);
    let names: Vec<&str> = handover.placed.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(
        names.iter().any(|name| name.ends_with("/aa (2).pdf")),
        "{names:?}"
    );
    assert!(names.iter().all(|name| name.starts_with("data/")));
    let mut turned = pieces;
    turned.reverse();
    assert_eq!(arrange(turned, &framework, None, false), handover);
}

#[test]
fn only_what_was_asked_for_goes_and_personal_data_stays() {
    let (framework, questions, _) = ground();
    let (first, second) = (questions[0].as_str(), questions[40].as_str());
    let pieces = vec![
        piece("/share/a.pdf", &[(first, 0.99), (second, 0.9)]),
        piece("/share/other.pdf", &[(second, 0.9)]),
        piece("/share/rahasia.pdf", &[(first, 0.9)]),
    ];
    let asked = BTreeSet::from([QuestionId::from(first)]);
    let handover = arrange(pieces.clone(), &framework, Some(&asked), false);
    assert_eq!(handover.placed.len(), 1);
    assert_eq!(handover.placed[0].piece.ties.len(), 1);
    assert_eq!(handover.held_back.len(), 1);
    let handover = arrange(pieces, &framework, Some(&asked), true);
    assert_eq!((handover.placed.len(), handover.held_back.len()), (2, 0));
    assert_eq!(handover.larger_than(1500).count(), 1);
}

#[test]
fn the_index_names_every_question_and_is_no_program() {
    let (framework, questions, report) = ground();
    let (first, second) = (questions[0].as_str(), questions[40].as_str());
    let pieces = vec![piece("/share/a.pdf", &[(first, 0.99), (second, 0.9)])];
    let handover = arrange(pieces, &framework, None, false);
    let text = csv(&handover, &framework, &report);
    let mut reader =
        ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0][3], &rows[1][3]), (first, second));
    assert!(rows[0][9].starts_with("'=Kawasan"), "no formula");
    let page = html(&handover, &framework, &report);
    assert_eq!(page.matches("<li>").count(), 2);
    assert!(page.contains("&lt;Tanpa&gt;") && !page.contains("<Tanpa>"));
    assert!(page.contains("%20"), "links are escaped: {page}");
    let workbook = xlsx(&handover, &framework, &report).unwrap();
    assert!(workbook.starts_with(b"PK"));
    assert_eq!(workbook, xlsx(&handover, &framework, &report).unwrap());
    for lang in [Lang::Id, Lang::En] {
        let text = readme(&handover, &framework, &report, "x", lang);
        assert!(text.contains("sha256sum -c") && !text.contains("salinan-kecil"));
    }
}

/// Places five documents of which four are too large, and makes copies of two.
fn with_copies() -> (Handover, Framework, Report) {
    let (framework, questions, report) = ground();
    let first = questions[0].as_str();
    let paths = [
        "/share/besar/a.pdf",
        "/share/besar/a.jpg",
        "/share/besar/a.jpg.PDF",
        "/share/besar/laporan.docx",
        "/b.pdf",
    ];
    let pieces = paths.map(|path| piece(path, &[(first, 0.99)])).to_vec();
    let mut handover = arrange(pieces, &framework, None, false);
    assert!(!handover.speaks_of_copies());
    handover.want_copies(1_000);
    let names = handover.copy_names();
    let placed = handover.placed.iter_mut().zip(names);
    for (placed, name) in placed.filter(|(p, _)| p.is_copy_wanted()) {
        placed.access_copy = Some(match placed.piece.media {
            MediaType::Pdf => AccessCopyState::Made(PackagedCopy {
                name,
                bytes: 900,
                sha256: Digest::new([7; 32]),
                step: CopyStep {
                    dpi: 150,
                    quality: 45,
                },
                pages: 4,
                searchable: 3,
            }),
            _ => AccessCopyState::None(NoCopy::NothingFits),
        });
    }
    (handover, framework, report)
}

#[test]
fn a_smaller_copy_lies_beside_under_a_name_of_its_own() {
    let (mut handover, _, _) = with_copies();
    for placed in &mut handover.placed {
        placed.access_copy = None;
    }
    handover.want_copies(1_000);
    let wanted = handover.placed.iter().filter(|p| p.is_copy_wanted());
    assert_eq!(
        wanted.count(),
        3,
        "neither the small one nor the one without pages"
    );
    let names = handover.copy_names();
    let each: BTreeSet<String> = names.iter().map(|n| n.to_lowercase()).collect();
    assert_eq!(each.len(), names.len(), "{names:?}");
    for (placed, name) in handover.placed.iter().zip(&names) {
        let folder = placed.name.rsplit_once('/').unwrap().0;
        let folder = folder.replacen("data/", "salinan-kecil/", 1);
        assert!(name.starts_with(&folder), "{name}");
        assert!(name.ends_with("pdf"), "{name}");
    }
}

#[test]
fn the_index_tells_of_a_smaller_copy_or_why_there_is_none() {
    let (handover, framework, report) = with_copies();
    assert_eq!(handover.copies().count(), 2);
    let text = csv(&handover, &framework, &report);
    let mut reader =
        ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for row in reader.records().map(Result::unwrap) {
        let (path, copy, said) = (&row[13], &row[14], &row[15]);
        let is_made = path.to_lowercase().ends_with(".pdf") && path != "/b.pdf";
        assert_eq!(copy.starts_with("salinan-kecil/"), is_made, "{row:?}");
        assert_eq!(said.is_empty(), path == "/b.pdf", "{row:?}");
        assert_eq!(said.contains("3 dari 4 halaman"), is_made, "{said}");
    }
    let page = html(&handover, &framework, &report);
    assert_eq!(page.matches("href=\"salinan-kecil/").count(), 2);
    assert_eq!(page.matches("tanpa salinan kecil").count(), 2);
    assert!(page.contains("dokumen aslinya"), "which one counts is said");
    for (lang, said) in [
        (Lang::Id, "ada 2 salinan kecil"),
        (Lang::En, "is: 2, for forms"),
    ] {
        let text = readme(&handover, &framework, &report, "x", lang);
        assert!(
            text.contains(said) && text.contains("salinan-kecil/"),
            "{text}"
        );
    }
}

#[test]
fn no_words_of_a_stranger_become_markup_in_the_index() {
    let (framework, questions, mut report) = ground();
    let mut piece = piece(
        &format!("/share/{ATTACK}"),
        &[(questions[0].as_str(), 0.99)],
    );
    for text in [
        &mut piece.kind,
        &mut piece.number,
        &mut piece.year,
        &mut piece.title,
    ] {
        ATTACK.clone_into(text);
    }
    report.region = Some(ATTACK.to_owned());
    let mut handover = arrange(vec![piece], &framework, None, false);
    // The name in the package has been made harmless already; the page does not rely on it.
    handover.placed[0].name = format!("data/{ATTACK}");
    let page = html(&handover, &framework, &report);
    assert_eq!(let_through(&page), Vec::<&str>::new());
    // Region, kind, number, year, title; of the file what comes after its last slash.
    assert_eq!(page.matches("&lt;script&gt;alert(1)").count(), 5);
    assert!(
        page.contains("script&gt;&quot;' onload=x &amp;lt; "),
        "{page}"
    );
}

#[test]
fn the_verdict_on_a_signature_travels_with_the_document() {
    let (framework, questions, report) = ground();
    let first = questions[0].as_str();
    let mut piece = piece("/share/a.pdf", &[(first, 0.99)]);
    piece.esign = EsignReport::made("intact_unknown_issuer").summary();
    let mut handover = arrange(vec![piece], &framework, None, false);
    handover.placed[0].access_copy = Some(AccessCopyState::Made(PackagedCopy {
        name: "salinan-kecil/a.pdf".into(),
        bytes: 1,
        sha256: Digest::new([1; 32]),
        step: CopyStep {
            dpi: 150,
            quality: 60,
        },
        pages: 1,
        searchable: 1,
    }));
    let said = "utuh, penerbit tidak dikenal: Sari";
    let original = "tanda tangan elektronik hanya ada di aslinya";
    for text in [
        csv(&handover, &framework, &report),
        html(&handover, &framework, &report),
    ] {
        assert!(text.contains(said), "{text}");
        assert!(text.contains(original), "{text}");
    }
}
