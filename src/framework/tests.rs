//! The framework that comes with the program, and files broken on purpose: those that break
//! the form fail in the published JSON Schema and here, at the same places.

use super::*;
use crate::json_schema::Schema;
use crate::lexicon::error::{DataFile, Problem};
use crate::model::DocTypeId;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

const FRAMEWORK_SCHEMA: &str = include_str!("../../schema/framework.schema.json");
const OFFICES_SCHEMA: &str = include_str!("../../schema/offices.schema.json");
const FRAMEWORK: &str = include_str!("../../schema/framework.json");
const OFFICES: &str = include_str!("../../schema/offices.json");
const EXPECTED: &str = include_str!("../../tests/frameworks/expected.json");
const SMALL: &str = include_str!("../../tests/frameworks/valid/small.json");
const SMALL_OFFICES: &str = include_str!("../../tests/frameworks/offices.json");

fn builtin() -> Framework {
    Framework::builtin().unwrap_or_else(|invalid| {
        let lines: Vec<String> = invalid.0.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn files(folder: &str) -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/frameworks")
        .join(folder);
    let mut files: Vec<(String, String)> = std::fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect();
    files.sort();
    files
}

/// Returns where the published schema finds fault.
fn schema_pointers(schema: &str, text: &str) -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    let faults = Schema::new(schema).faults(&value).into_iter();
    faults.map(|(pointer, _)| pointer).collect()
}

fn pointers(invalid: &InvalidFramework) -> BTreeSet<String> {
    invalid
        .0
        .iter()
        .map(|error| error.pointer.clone())
        .collect()
}

#[test]
fn the_builtin_framework_is_whole() {
    let framework = builtin();
    assert_eq!(framework.questions().len(), 274); // OI24
    assert_eq!(framework.indicators().len(), 26); // 24, and kecamatan and desa
    let sections: Vec<(&str, f64)> = framework
        .sections()
        .iter()
        .map(|one| (one.code.as_str(), one.max))
        .collect();
    // TSM25
    assert_eq!(
        sections,
        [
            ("KL", 164.0),
            ("K1", 115.0),
            ("K2", 156.0),
            ("K3", 150.0),
            ("K4", 110.0),
            ("K5", 205.0),
            ("KD", 100.0)
        ]
    );
    let matrices = framework
        .questions()
        .iter()
        .filter(|one| one.matrix_required)
        .count();
    assert_eq!(matrices, 74); // OI24
    assert!(framework.questions().iter().all(|one| one.terms.len() >= 5));
}

#[test]
fn the_builtin_files_keep_their_schemas() {
    assert_eq!(
        schema_pointers(FRAMEWORK_SCHEMA, FRAMEWORK),
        BTreeSet::new()
    );
    assert_eq!(schema_pointers(OFFICES_SCHEMA, OFFICES), BTreeSet::new());
}

#[test]
fn asks_are_told_apart_and_translated() {
    let framework = builtin();
    let mut asks = BTreeSet::new();
    for question in framework.questions() {
        assert!(
            asks.insert(&question.ask.id),
            "{} repeats an ask",
            question.id
        );
        assert_ne!(question.ask.id, question.ask.en, "{}", question.id);
    }
}

#[test]
fn lookups_find_what_is_there() {
    let framework = builtin();
    for question in framework.questions() {
        assert_eq!(framework.question(&question.id), Some(question));
        assert!(framework.indicator(&question.indicator).is_some());
        assert!(framework.period(&question.period).is_some());
        assert!(
            question
                .offices
                .iter()
                .all(|id| framework.office(id).is_some())
        );
    }
    let total: usize = framework
        .indicators()
        .iter()
        .map(|one| framework.questions_of(&one.id).count())
        .sum();
    assert_eq!(total, framework.questions().len());
    let total: usize = framework
        .sections()
        .iter()
        .map(|one| framework.indicators_of(&one.code).count())
        .sum();
    assert_eq!(total, framework.indicators().len());
    assert_eq!(framework.question(&"none".into()), None);
}

#[test]
fn offices_are_found_however_written() {
    let framework = builtin();
    for (written, id) in [
        ("Dinas Kesehatan", Some("dinkes")),
        ("DINAS  KESEHATAN", Some("dinkes")),
        ("DP3AP2KB", Some("dp3a")),
        ("CAPIL", Some("disdukcapil")),
        ("Satpol-PP", Some("satpolpp")),
        ("Bappelitbangda", Some("bappeda")),
        ("Dinas Entah", None),
    ] {
        let found = framework
            .office_by_alias(written)
            .map(|office| office.id.as_str());
        assert_eq!(found, id, "{written}");
    }
    for office in framework.offices() {
        for name in office.spellings() {
            assert_eq!(framework.office_by_alias(name), Some(office), "{name}");
        }
    }
}

#[test]
fn periods_count_from_the_verification_year() {
    let framework = builtin();
    // The 2025 verification looks at 2023 and 2024: SERIBU25.
    let cases: &[(&str, &[i32], &[i32])] = &[
        ("evaluation_window", &[2023, 2024], &[2022, 2025]),
        ("last_year", &[2024], &[2023, 2025]),
        ("up_to_evaluation_year", &[1999, 2024], &[2025]),
        ("in_force", &[1999, 2026], &[]),
    ];
    for (id, inside, outside) in cases {
        let period = framework.period(&(*id).into()).unwrap();
        assert!(inside.iter().all(|year| period.covers(*year, 2025)), "{id}");
        assert!(
            !outside.iter().any(|year| period.covers(*year, 2025)),
            "{id}"
        );
    }
}

#[test]
fn scores_fall_into_categories() {
    let framework = builtin();
    // KOMPAS22
    for (points, id) in [
        (499.99, None),
        (500.0, Some("pratama")),
        (600.5, Some("pratama")),
        (601.0, Some("madya")),
        (1000.0, Some("kla")),
    ] {
        let found = framework
            .category_of(points)
            .map(|category| category.id.as_str());
        assert_eq!(found, id, "{points}");
    }
}

#[test]
fn guesses_are_told_by_field_and_by_kind() {
    let framework = parse(SMALL, SMALL_OFFICES).unwrap();
    let question = framework.questions().first().unwrap();
    for (field, inferred) in [
        ("min_count", true),
        ("kinds/se", true),
        ("kinds/perda", false),
        ("kinds", false),
    ] {
        assert_eq!(question.is_inferred(field), inferred, "{field}");
    }
}

#[test]
fn valid_files_load() {
    for (name, text) in files("valid") {
        assert_eq!(
            schema_pointers(FRAMEWORK_SCHEMA, &text),
            BTreeSet::new(),
            "{name}"
        );
        let found = parse(&text, SMALL_OFFICES);
        assert!(found.is_ok(), "{name}: {:?}", found.err());
    }
}

#[test]
fn invalid_files_fail_in_both_at_the_same_place() {
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let mut names = BTreeSet::new();
    for (name, text) in files("invalid") {
        let case = &expected[&name];
        let places: BTreeSet<String> = case["pointers"]
            .as_array()
            .unwrap_or_else(|| panic!("{name} is not expected"))
            .iter()
            .map(|place| place.as_str().unwrap().to_owned())
            .collect();
        let invalid = parse(&text, SMALL_OFFICES).expect_err(&name);
        // serde stops at the first departure from the form; what the form cannot say is told
        // all at once.
        let first = case["first"].as_str().map(ToOwned::to_owned);
        let told = first.map_or_else(|| places.clone(), |first| BTreeSet::from([first]));
        assert_eq!(pointers(&invalid), told, "{name}: {invalid:?}");
        assert!(told.is_subset(&places), "{name}");
        let by_schema = schema_pointers(FRAMEWORK_SCHEMA, &text);
        if case["schema"] == true {
            assert_eq!(by_schema, places, "{name}: JSON Schema");
        } else {
            assert_eq!(by_schema, BTreeSet::new(), "{name}: JSON Schema");
        }
        names.insert(name);
    }
    let listed: BTreeSet<String> =
        expected.as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, listed);
}

#[test]
fn broken_offices_fail_at_the_same_place() {
    let cases: &[(&str, &str, &str, bool)] = &[
        ("\"aliases\":", "\"alias\":", "/offices/0", true),
        (
            "\"id\": \"disdik\"",
            "\"id\": \"Disdik\"",
            "/offices/1/id",
            true,
        ),
        (
            "\"id\": \"disdik\"",
            "\"id\": \"dinkes\"",
            "/offices/1",
            false,
        ),
        ("\"P dan K\"", "\"dinkes\"", "/offices/1/aliases/0", false),
    ];
    for (from, to, place, in_schema) in cases {
        let text = SMALL_OFFICES.replacen(from, to, 1);
        assert_ne!(text, SMALL_OFFICES, "{from} is not there");
        let invalid = parse(SMALL, &text).unwrap_err();
        let found: BTreeSet<String> = invalid
            .0
            .iter()
            .filter(|error| error.file == DataFile::Offices)
            .map(|error| error.pointer.clone())
            .collect();
        assert_eq!(found, BTreeSet::from([(*place).to_owned()]), "{to}");
        assert_eq!(
            schema_pointers(OFFICES_SCHEMA, &text).contains(*place),
            *in_schema,
            "{to}"
        );
    }
}

#[test]
fn text_that_is_not_json_says_where() {
    let invalid = parse("{\n  \"id\": oops\n}", SMALL_OFFICES).unwrap_err();
    let first = invalid.0.first().unwrap();
    assert_eq!(first.pointer, "");
    assert!(
        matches!(first.problem, Problem::NotJson { line: 2, .. }),
        "{first}"
    );
}

#[test]
fn slips_of_the_pen_name_what_was_meant() {
    for (from, to, words) in [
        (
            "\"min_count\": 2",
            "\"min_cuont\": 2",
            "did you mean `min_count`?",
        ),
        (
            "\"signed_by\": \"disdik\"",
            "\"signed_by\": \"disdk\"",
            "did you mean `disdik`?",
        ),
        (
            "\"period\": \"window\"",
            "\"period\": \"windw\"",
            "did you mean `window`?",
        ),
    ] {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL, "{from} is not there");
        let invalid = parse(&text, SMALL_OFFICES).unwrap_err();
        assert!(
            invalid.0.iter().any(|one| one.to_string().contains(words)),
            "{invalid:?}"
        );
    }
}

#[test]
fn kinds_nobody_defines_are_told() {
    let framework = parse(SMALL, SMALL_OFFICES).unwrap();
    let known = ["perda", "se", "data"].map(DocTypeId::from);
    assert_eq!(framework.unknown_kinds(&known), []);
    let found: Vec<String> = framework
        .unknown_kinds(&known[1..])
        .into_iter()
        .map(|error| error.pointer)
        .collect();
    let places = [
        "/in_force_kinds/0",
        "/ladder/rungs/0/kinds/0",
        "/exclusions/0/kinds/0",
        "/questions/0/kinds/0",
    ];
    assert_eq!(found, places);
}

#[test]
fn every_kind_the_builtin_framework_names_is_defined() {
    let known: Vec<DocTypeId> = crate::lexicon::doctype::DocTypes::builtin()
        .unwrap()
        .kinds()
        .iter()
        .map(|kind| kind.id.clone())
        .collect();
    assert_eq!(builtin().unknown_kinds(&known), []);
}
