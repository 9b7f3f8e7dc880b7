//! What goes where, and what the index says of it.

use super::*;
use crate::{
    framework::Framework,
    model::{Assessment, Date, Report},
};
use std::collections::BTreeMap;

fn piece(path: &str, ties: &[(&str, f32)]) -> Piece {
    Piece {
        digest: Digest::new([path.len() as u8; 32]),
        path: path.to_owned(),
        bytes: 100 * path.len() as u64,
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
    let kinds = crate::framework::DocTypes::builtin().unwrap();
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
    for lang in [crate::model::Lang::Id, crate::model::Lang::En] {
        assert!(readme(&handover, &report, "x", lang).contains("sha256sum -c"));
    }
}
