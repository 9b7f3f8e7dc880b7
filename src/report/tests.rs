//! The report on a made-up assessment: sums, order, words, and how it looks.

use super::*;
use crate::framework::Framework;
use crate::framework::rules::Rules;
use crate::json_schema::Schema;
use crate::lexicon::doctype::DocTypes;
use crate::model::{
    Assessment, Cue, Date, Digest, DocumentName, Finding, Government, Lang, Level,
    Outcome, Points, QuestionResult, QuestionState, Ratio, Report, RuleId, Span,
    Standing, Subject, Weighed,
};

/// One question in three has evidence; what came of it goes round.
fn assessment(framework: &Framework) -> Assessment {
    let mut documents = std::collections::BTreeMap::new();
    let questions = framework
        .questions()
        .iter()
        .enumerate()
        .map(|(n, question)| {
            let state = QuestionState::ALL[[4, 0, 4, 2, 4, 1, 4, 3][n % 8]];
            let kept = [1.0, 0.75, 0.5, 0.0, 0.0, 0.0][state as usize];
            let claimed = if state == QuestionState::Missing {
                0.0
            } else {
                question.max
            };
            let digest = Digest::new([n as u8; 32]);
            let path =
                format!("Data Dukung KLA 2025/Klaster/Indikator/{n} SK Satgas.pdf");
            let name = DocumentName {
                path,
                locations: 1,
                pages: 3,
            };
            documents.insert(digest, name);
            let kinds: Vec<&str> = question.kinds.iter().map(AsRef::as_ref).collect();
            QuestionResult {
                question: question.id.clone(),
                indicator: question.indicator.clone(),
                state,
                points: Points {
                    max: question.max,
                    likely: question.max * kept,
                    at_risk: claimed - question.max * kept,
                }
                .rounded(),
                offices: question.offices.clone(),
                evidence: match state {
                    QuestionState::Missing => Vec::new(),
                    _ => vec![weighed(digest)],
                },
                further: 0,
                lacking: Vec::new(),
                findings: vec![finding(&question.id, state, digest, &kinds.join(","))],
            }
        })
        .collect();
    Assessment {
        framework: framework.id().to_owned(),
        region: Some(Government {
            code: None,
            name: "Kabupaten Contoh".to_owned(),
        }),
        year: 2025,
        as_of: Date::new(2025, 3, 1).unwrap(),
        documents_seen: 58,
        documents,
        questions,
    }
}

fn weighed(document: Digest) -> Weighed {
    Weighed {
        document,
        kind: Some("kepkada".into()),
        confidence: Ratio::new(0.91),
        cue: Cue {
            term: "satgas anak".to_owned(),
            span: None,
        },
        standing: Standing::Accepted,
        share: Ratio::ONE,
        esign: None,
    }
}

/// A finding that fits the state.
fn finding(
    question: &crate::model::QuestionId,
    state: QuestionState,
    digest: Digest,
    kinds: &str,
) -> Finding {
    let window = ["2019-08-17", "evaluation_window", "2023..2024"];
    let (rule, outcome, level, details): (_, _, _, &[&str]) = match state {
        QuestionState::Missing => (
            "evidence.present",
            Outcome::Fail,
            Level::Error,
            &[kinds][..],
        ),
        QuestionState::Weak => (
            "topic.confident",
            Outcome::Fail,
            Level::Warning,
            &["62%", "satgas", ""],
        ),
        QuestionState::Invalid => {
            ("period.window", Outcome::Fail, Level::Error, &window[..])
        }
        _ => (
            "period.window",
            Outcome::Review,
            Level::Warning,
            &window[..],
        ),
    };
    Finding {
        rule: RuleId::from(rule),
        subject: Subject {
            question: question.clone(),
            document: (state != QuestionState::Missing).then_some(digest),
        },
        outcome,
        level,
        place: Some(Span {
            page: 2,
            rect: None,
            quote: "pada tanggal 17 Agustus 2019".to_owned(),
        }),
        details: details.iter().map(|&detail| detail.to_owned()).collect(),
    }
}

fn report() -> Report {
    let framework = Framework::builtin().unwrap();
    let rules = Rules::builtin().unwrap();
    build(
        &assessment(&framework),
        &framework,
        &rules,
        &DocTypes::builtin().unwrap(),
    )
}

#[test]
fn sums_meet_from_question_to_total() {
    let report = report();
    let close = |a: f64, b: f64| assert!((a - b).abs() < 0.02, "{a} {b}");
    let framework = Framework::builtin().unwrap();
    close(report.total.points.max, framework.total_max());
    for section in &report.sections {
        let sum: f64 = section
            .indicators
            .iter()
            .map(|i| i.coverage.points.likely)
            .sum();
        close(section.coverage.points.likely, sum);
    }
    let states = report.total.states;
    let counted: u32 = QuestionState::ALL
        .map(|state| states.count_in(state))
        .iter()
        .sum();
    assert_eq!(counted as usize, report.questions().count());
}

#[test]
fn gaps_and_offices_come_most_points_first() {
    let report = report();
    assert!(report.gaps.is_sorted_by(|a, b| a.points >= b.points));
    assert!(
        report
            .offices
            .is_sorted_by(|a, b| { a.coverage.points.gap() >= b.coverage.points.gap() })
    );
    let of = |id| report.questions().find(|q| q.id == id).unwrap();
    assert!(
        report
            .gaps
            .iter()
            .all(|gap| of(gap.question.clone()).state.wants_attention())
    );
}

#[test]
fn the_category_before_and_after_verification_is_told_apart() {
    let framework = Framework::builtin().unwrap();
    let mut assessment = assessment(&framework);
    let share = |points: &mut Points, likely: f64, at_risk: f64| {
        points.likely = points.max * likely;
        points.at_risk = points.max * at_risk;
    };
    // (likely, at risk, how many categories are reached before and after, lacking to the next)
    for (likely, at_risk, before, after, lacking) in [
        (0.45, 0.04, 0, 0, 50.0),
        (0.6, 0.25, 4, 1, 1.0),
        (0.95, 0.05, 5, 5, 0.0),
    ] {
        for question in &mut assessment.questions {
            share(&mut question.points, likely, at_risk);
        }
        let rules = Rules::builtin().unwrap();
        let report = build(
            &assessment,
            &framework,
            &rules,
            &DocTypes::builtin().unwrap(),
        );
        let reached = |name: &Option<crate::model::Bilingual>| {
            let categories = framework.categories().iter();
            let place = categories
                .rev()
                .position(|c| Some(&c.name) == name.as_ref());
            place.map_or(0, |from_top| framework.categories().len() - from_top)
        };
        assert_eq!(reached(&report.standings.claimed), before);
        assert_eq!(reached(&report.standings.likely), after);
        let found = report.standings.next.map_or(0.0, |mark| mark.lacking);
        assert!((found - lacking).abs() < 0.2, "{found} {lacking}");
    }
}

#[test]
fn the_json_follows_its_schema() {
    let schema = include_str!("../../schema/check.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    let value = json(&report());
    assert_eq!(Schema::new(schema).faults(&value), []);
    assert_eq!(value["schema_version"], SCHEMA_VERSION);
}

#[test]
fn no_line_is_wider_than_the_terminal_and_no_word_is_left_in_braces() {
    let report = report();
    for lang in [Lang::Id, Lang::En] {
        for width in [64, 80, 100, 120] {
            let text = table(&report, lang, width, false, Detail::Questions);
            for line in text.lines() {
                assert!(
                    super::table::layout::width(line) <= width,
                    "{width}: {line}"
                );
                assert!(!line.contains(['{', '}']), "{line}");
            }
        }
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let report = report();
    let plain = table(&report, Lang::Id, 80, false, Detail::Questions);
    let coloured = table(&report, Lang::Id, 80, true, Detail::Questions);
    assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'));
    let stripped = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let trim = |text: &str| {
        text.lines()
            .map(|l| l.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(trim(&stripped.replace_all(&coloured, "")), trim(&plain));
}

#[test]
fn the_summary_names_what_matters() {
    let text = table(&report(), Lang::Id, 100, false, Detail::Summary);
    for words in [
        "Kabupaten Contoh",
        "1 Maret 2025",
        "/ 1000",
        "Kategori setelah verifikasi",
        "10 CELAH BERNILAI TERBESAR",
        "YANG HARUS BERTINDAK",
        "17 Agustus 2019",
        "hal. 2",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

/// A report with a file whose name is an attack.
fn hostile() -> Report {
    let framework = Framework::builtin().unwrap();
    let mut assessment = assessment(&framework);
    for name in assessment.documents.values_mut() {
        name.path =
            r#"/srv/=cmd|'/c calc'!A0/<script>alert("1")</script>&.pdf"#.to_owned();
    }
    build(
        &assessment,
        &framework,
        &Rules::builtin().unwrap(),
        &DocTypes::builtin().unwrap(),
    )
}

/// What a stranger may write into a file's name or a document: markup, the end of an attribute,
/// an entity, a turn of the writing direction, characters that are none.
pub(super) const ATTACK: &str =
    "</a><script>alert(1)</script>\"' onload=x &lt; \u{202e}fdp.exe\u{2066}\0\u{1b}[31m";

/// Tells what of an attack a page lets through: nothing.
pub(super) fn let_through(page: &str) -> Vec<&'static str> {
    let signs = [
        "<script",
        "\"' onload",
        "&lt; ",
        "\u{202e}",
        "\u{2066}",
        "\0",
        "\u{1b}",
    ];
    signs
        .into_iter()
        .filter(|sign| page.contains(sign))
        .collect()
}

#[test]
fn no_words_of_a_stranger_become_markup_or_deceive() {
    assert_eq!(let_through(ATTACK).len(), 7, "the signs are in the attack");
    let framework = Framework::builtin().unwrap();
    let mut assessment = assessment(&framework);
    assessment.region = Some(Government {
        code: None,
        name: ATTACK.to_owned(),
    });
    for name in assessment.documents.values_mut() {
        name.path = format!("/srv/{ATTACK}/{ATTACK}");
    }
    for question in &mut assessment.questions {
        for finding in &mut question.findings {
            finding.place.as_mut().unwrap().quote = ATTACK.to_owned();
            finding.details = vec![ATTACK.to_owned(); 3];
        }
        for weighed in &mut question.evidence {
            weighed.cue.span = Some(Span {
                page: 1,
                rect: None,
                quote: ATTACK.to_owned(),
            });
        }
    }
    let rules = Rules::builtin().unwrap();
    let report = build(
        &assessment,
        &framework,
        &rules,
        &DocTypes::builtin().unwrap(),
    );
    let deadline = Date::new(2025, 4, 1).unwrap();
    for lang in [Lang::Id, Lang::En] {
        let page = html(&report, lang);
        assert_eq!(let_through(&page), Vec::<&str>::new());
        assert!(
            page.contains("&lt;/a&gt;&lt;script&gt;alert(1)"),
            "it is shown"
        );
        let texts = framework.letter();
        for office in report.offices.iter().filter(|o| !o.tasks.is_empty()) {
            let page = letter_html(&letter(&report, texts, office, deadline, lang));
            assert_eq!(let_through(&page), Vec::<&str>::new());
            assert!(page.contains("&lt;SCRIPT&gt;ALERT(1)"), "it is shown");
        }
    }
}

#[test]
fn no_label_of_the_scale_begins_before_the_drawing() {
    // Half of the size of 14 is what a letter takes in the middle.
    const LETTER: f64 = 7.0;
    for lang in [Lang::Id, Lang::En] {
        let page = html(&report(), lang);
        let drawing = page.split("<svg").nth(1).unwrap();
        let drawing = drawing.split("</svg>").next().unwrap();
        let mut seen = 0;
        for text in drawing.split("<text ").skip(1) {
            let (head, label) = text.split_once('>').unwrap();
            let label = label.split('<').next().unwrap();
            let x = head.split('"').nth(1).unwrap().parse::<f64>().unwrap();
            if head.contains("\"end\"") {
                let wide = LETTER * label.chars().count() as f64;
                assert!(wide <= x, "{label}: {wide} {x}");
                seen += 1;
            }
        }
        assert!(seen > 0, "{drawing}");
    }
}

#[test]
fn the_page_asks_for_nothing_and_every_link_in_it_leads_somewhere() {
    for lang in [Lang::Id, Lang::En] {
        let page = html(&hostile(), lang);
        for forbidden in ["<script", "http:", "https:", "src=", "@import", "url("] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        let ids: std::collections::BTreeSet<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let links = page.split("href=\"#").skip(1);
        let links: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() > 300);
        for link in links {
            assert!(ids.contains(link), "{link}");
        }
        let mut reader = quick_xml::Reader::from_str(&page);
        reader.config_mut().check_end_names = false;
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    }
}

#[test]
fn the_rows_of_csv_are_whole_and_no_formula() {
    let text = csv(&hostile(), Lang::Id);
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() >= 274);
    assert!(rows.iter().all(|row| row.len() == 20));
    let cells = rows.iter().flat_map(|row| row.iter());
    assert!(!cells.clone().any(|cell| cell.starts_with(['=', '+', '@'])));
    assert!(cells.clone().any(|cell| cell.contains("<script>")));
}

#[test]
fn the_workbook_has_a_sheet_for_each_office_that_must_act() {
    use calamine::{Reader, Xlsx};
    let report = hostile();
    let bytes = xlsx(&report, Lang::Id).unwrap();
    let book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(&bytes)).unwrap();
    let acting = report.offices.iter().filter(|o| !o.tasks.is_empty());
    assert_eq!(book.sheet_names().len(), 3 + acting.count());
}

#[test]
fn every_form_is_the_same_each_time() {
    let (one, two) = (hostile(), hostile());
    assert_eq!(html(&one, Lang::Id), html(&two, Lang::Id));
    assert_eq!(csv(&one, Lang::Id), csv(&two, Lang::Id));
    assert_eq!(junit(&one, Lang::Id), junit(&two, Lang::Id));
    assert!(xlsx(&one, Lang::Id).unwrap() == xlsx(&two, Lang::Id).unwrap());
}

#[test]
fn junit_counts_its_cases() {
    let report = hostile();
    let text = junit(&report, Lang::En);
    let count = |what: &str| text.matches(what).count();
    assert_eq!(count("<testcase "), report.questions().count());
    let states = report.total.states;
    assert_eq!(
        count("<failure "),
        (states.weak + states.invalid + states.missing) as usize
    );
    assert_eq!(
        count("<skipped "),
        (states.review + states.not_applicable) as usize
    );
    let mut reader = quick_xml::Reader::from_str(&text);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

#[test]
fn sarif_says_what_failed_and_where() {
    let report = hostile();
    let rules = Rules::builtin().unwrap();
    let log = sarif(&report, &rules, Lang::En);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let remarks: usize = report.questions().map(|q| q.remarks.len()).sum();
    assert_eq!(results.len(), remarks);
    for result in results {
        let is_failure = result["kind"] == "fail";
        assert_eq!(is_failure, result["level"] != "none", "{result}");
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        let rule = &log["runs"][0]["tool"]["driver"]["rules"][index];
        assert_eq!(rule["id"], result["ruleId"]);
    }
    let place = "/locations/0/physicalLocation/artifactLocation/uri";
    let uri = results
        .iter()
        .find_map(|result| result.pointer(place))
        .unwrap();
    assert!(uri.as_str().unwrap().starts_with("file:///srv/%3Dcmd"));
}

#[test]
fn answers_stand_beside_the_evidence() {
    let framework = Framework::builtin().unwrap();
    let rules = Rules::builtin().unwrap();
    let mut report = hostile();
    assert_eq!(report.total.own, None);
    let answers: Vec<crate::model::Answer> = framework
        .questions()
        .iter()
        .map(|question| crate::model::Answer {
            question: question.id.clone(),
            points: question.max,
            note: String::new(),
        })
        .collect();
    with_answers(&mut report, &answers, &framework, &rules);
    // Some indicators' questions add up to more than the indicator brings.
    assert_eq!(report.total.own, Some(framework.total_max()));
    let forecast = report.standings.forecast.unwrap();
    assert!(forecast.is_own && forecast.regions == 7);
    // Batang 2022 fell most, Magelang least; figures in `rules.json`.
    let at = |score: &crate::model::Score| score.points;
    assert!((at(&forecast.low) - 691.23).abs() < 0.01, "{forecast:?}");
    assert!((at(&forecast.middle) - 735.53).abs() < 0.01, "{forecast:?}");
    assert!((at(&forecast.high) - 927.12).abs() < 0.01, "{forecast:?}");
}

#[test]
fn the_way_up_is_just_long_enough() {
    let report = hostile();
    let lift = report.standings.lift.unwrap();
    let next = report.standings.next.unwrap();
    assert!(lift.reaches >= next.points);
    let least = lift.steps.iter().map(|step| step.points);
    let least = least.fold(f64::MAX, f64::min);
    assert!(lift.reaches - least < next.points, "a step too many");
}
