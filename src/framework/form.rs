//! The form of `framework.json` and `offices.json`, as data for `shape`. It mirrors the two
//! published JSON Schemas; tests hold both to the same verdicts.

use super::shape::{Field, Shape, may, must};
use Shape::{
    Count, Flag, Integer, List, Map, Object, OneOf, Points, Share, Text, True, Word,
};

const ID: Shape = Word(is_id, "a lower-case id");
const INDICATOR_ID: Shape = Word(
    is_indicator_id,
    "an indicator id: edition in capitals and two digits, `-`, two digits",
);
const QUESTION_ID: Shape = Word(
    is_question_id,
    "a question id: indicator, perhaps a part letter, `-Q`, number",
);
const CODE: Shape = Word(is_code, "a code in capitals and digits");
const PART: Shape = Word(is_part_code, "a part code: one or two digits and a capital");
const NUMBER: Shape = Word(
    is_question_number,
    "a question number: one or two digits, perhaps letters",
);
const URL: Shape = Word(is_url, "an http or https address");
const INFERRED_FIELD: Shape = Word(is_inferred, "a field name, or `kinds/x`");
const VERSION: Shape = OneOf(&[1], "1, the version of this form");
const WEIGHT: Shape = OneOf(&[1, 2, 3], "a weight: 1, 2 or 3");

const BILINGUAL: Shape = Object(&[must("id", &Text), must("en", &Text)]);
const TERM: Shape = Object(&[must("t", &Text), must("w", &WEIGHT)]);
const TERMS: Shape = List(&TERM, 1, false);
const PHRASES: Shape = List(&Text, 0, true);
const IDS: Shape = List(&ID, 0, true);
const SOME_IDS: Shape = List(&ID, 1, true);
const SOURCE_KEYS: Shape = List(&CODE, 0, false);
const SOME_SOURCE_KEYS: Shape = List(&CODE, 1, false);
const INFERRED: Shape = List(&INFERRED_FIELD, 0, true);
const NAMED: Shape = Object(&[must("id", &ID), must("name", &BILINGUAL)]);
const NOTES: Shape = List(
    &Object(&[
        must("about", &Text),
        must("inferred", &Flag),
        must("text", &BILINGUAL),
    ]),
    0,
    false,
);
const SOURCE: Shape =
    Object(&[must("title", &Text), may("url", &URL), may("note", &Text)]);
const CATEGORY: Shape = Object(&[
    must("id", &ID),
    must("name", &BILINGUAL),
    must("min", &Points),
    must("max", &Points),
]);
const THRESHOLD: Shape = Object(&[
    must("id", &ID),
    must("name", &BILINGUAL),
    must("points", &Points),
    must("inferred", &Flag),
    may("note", &BILINGUAL),
]);
const PERIOD: Shape = Object(&[
    must("name", &BILINGUAL),
    may("first_year", &Integer),
    may("last_year", &Integer),
    may("in_force", &True),
]);
const RUNG: Shape = Object(&[must("kinds", &SOME_IDS), must("share", &Share)]);
const LADDER: Shape = Object(&[
    must("name", &BILINGUAL),
    must("inferred", &Flag),
    may("note", &BILINGUAL),
    must("rungs", &List(&RUNG, 1, false)),
]);
const EXCLUSION: Shape = Object(&[
    must("id", &ID),
    must("name", &BILINGUAL),
    must("kinds", &IDS),
    must("terms", &PHRASES),
]);
const SECTION: Shape = Object(&[
    must("code", &CODE),
    must("name", &BILINGUAL),
    must("max", &Points),
    may("sources", &SOURCE_KEYS),
    may("note", &BILINGUAL),
]);
const PART_OF_INDICATOR: Shape = Object(&[
    must("code", &PART),
    must("name", &BILINGUAL),
    must("max", &Points),
    may("doubt", &BILINGUAL),
]);
const INDICATOR: Shape = Object(&[
    must("id", &INDICATOR_ID),
    must("number", &Count),
    may("counted", &Flag),
    must("section", &CODE),
    must("name", &BILINGUAL),
    must("short", &BILINGUAL),
    must("max", &Points),
    must("offices", &IDS),
    may("parts", &List(&PART_OF_INDICATOR, 1, false)),
    may("sources", &SOURCE_KEYS),
    may("note", &BILINGUAL),
    may("doubt", &BILINGUAL),
    must("terms", &TERMS),
    may("against", &PHRASES),
    must("inferred", &INFERRED),
]);
const QUESTION: Shape = Object(&[
    must("id", &QUESTION_ID),
    must("indicator", &INDICATOR_ID),
    may("part", &PART),
    must("number", &NUMBER),
    must("ask", &BILINGUAL),
    must("max", &Points),
    must("kinds", &SOME_IDS),
    must("levels", &SOME_IDS),
    must("offices", &SOME_IDS),
    must("period", &ID),
    must("min_count", &Count),
    may("by_ladder", &True),
    may("excludes", &SOME_IDS),
    may("signed_by", &ID),
    may("must_be_numbered", &True),
    may("member_list_required", &True),
    may("decree_required", &True),
    may("matrix_required", &True),
    may("caption_required", &True),
    may("negative", &True),
    may("relates_to", &INDICATOR_ID),
    may("answered_by", &ID),
    may("note", &BILINGUAL),
    may("doubt", &BILINGUAL),
    must("terms", &TERMS),
    may("against", &PHRASES),
    must("inferred", &INFERRED),
]);
const FRAMEWORK_FIELDS: &[Field] = &[
    may("$schema", &Text),
    must("schema_version", &VERSION),
    must("id", &Word(is_framework_id, "a lower-case id")),
    must("edition", &Text),
    must("name", &BILINGUAL),
    must("legal_basis", &List(&Text, 0, false)),
    must("total_max", &Points),
    may("cites", &Map(is_key, "a field name", &SOME_SOURCE_KEYS, 0)),
    may("notes", &NOTES),
    must(
        "sources",
        &Map(is_code, "a code in capitals and digits", &SOURCE, 0),
    ),
    must("categories", &List(&CATEGORY, 1, false)),
    must("thresholds", &List(&THRESHOLD, 0, false)),
    must("periods", &Map(is_id, "a lower-case id", &PERIOD, 1)),
    must("in_force_kinds", &IDS),
    must("levels", &List(&NAMED, 1, false)),
    must("ladder", &LADDER),
    must("exclusions", &List(&EXCLUSION, 0, false)),
    must("gate_terms", &PHRASES),
    must("against", &PHRASES),
    must("sections", &List(&SECTION, 1, false)),
    must("indicators", &List(&INDICATOR, 1, false)),
    must("questions", &List(&QUESTION, 1, false)),
];

/// The form of `framework.json`.
pub(super) const FRAMEWORK: Shape = Object(FRAMEWORK_FIELDS);

/// The form of `offices.json`.
pub(super) const OFFICES: Shape = Object(&[
    may("$schema", &Text),
    must("schema_version", &VERSION),
    may("notes", &NOTES),
    must("offices", &List(&OFFICE, 1, false)),
]);
const OFFICE: Shape = Object(&[
    must("id", &ID),
    must("name", &BILINGUAL),
    must("short", &Text),
    must("aliases", &PHRASES),
    may("note", &Text),
]);

fn lower_or_digit(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

fn digits(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split(['_', '-']).all(lower_or_digit)
}

fn is_framework_id(text: &str) -> bool {
    is_id(text)
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Accepts the edition and the number of an indicator, such as `KLA24` and `17`.
fn is_edition_and_number(edition: &str, number: &str) -> bool {
    let letters = edition.trim_end_matches(|c: char| c.is_ascii_digit());
    !letters.is_empty()
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && edition.len() == letters.len() + 2
        && digits(number, 2, 2)
}

fn is_indicator_id(text: &str) -> bool {
    text.split_once('-')
        .is_some_and(|(edition, number)| is_edition_and_number(edition, number))
}

fn is_question_id(text: &str) -> bool {
    let mut pieces = text.split('-');
    let (Some(edition), Some(number), Some(question), None) =
        (pieces.next(), pieces.next(), pieces.next(), pieces.next())
    else {
        return false;
    };
    let bare = number
        .strip_suffix(|c: char| c.is_ascii_uppercase())
        .unwrap_or(number);
    is_edition_and_number(edition, bare)
        && question.strip_prefix('Q').is_some_and(is_question_number)
}

fn is_question_number(text: &str) -> bool {
    let number = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits(number, 1, 2) && text.len() <= number.len() + 2
}

fn is_part_code(text: &str) -> bool {
    text.strip_suffix(|c: char| c.is_ascii_uppercase())
        .is_some_and(|number| digits(number, 1, 2))
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn is_inferred(text: &str) -> bool {
    match text.split_once('/') {
        Some((field, item)) => is_key(field) && is_key(item),
        None => is_key(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told() {
        type Case = (
            fn(&str) -> bool,
            &'static [&'static str],
            &'static [&'static str],
        );
        let cases: &[Case] = &[
            (
                is_id,
                &["perda", "kla-2022", "up_to_x", "a1"],
                &["", "Perda", "1a", "a--b", "a_"],
            ),
            (is_code, &["K3", "OI24", "KL"], &["", "k3", "3K", "K-3"]),
            (
                is_indicator_id,
                &["KLA24-17"],
                &["", "KLA24-1", "KLA4-17", "KLA24-017", "24-17"],
            ),
            (
                is_question_id,
                &[
                    "KLA24-17-Q3a",
                    "KLA24-21A-Q4b",
                    "KLA24-01-Q2zb",
                    "KLA24-14-Q10",
                ],
                &[
                    "KLA24-17",
                    "KLA24-17-3a",
                    "KLA24-17-Q3a-x",
                    "KLA24-17-Q3abc",
                    "KLA24-17-Q",
                ],
            ),
            (
                is_question_number,
                &["1", "10", "2zb"],
                &["", "a", "100", "1A", "1abc"],
            ),
            (is_part_code, &["21A", "9B"], &["A", "21", "21a", "211A"]),
            (
                is_inferred,
                &["kinds", "kinds/mou", "min_count"],
                &["", "Kinds", "kinds/"],
            ),
            (is_url, &["https://x", "http://x"], &["ftp://x", "x"]),
        ];
        for (test, good, bad) in cases {
            for text in *good {
                assert!(test(text), "{text}");
            }
            for text in *bad {
                assert!(!test(text), "{text}");
            }
        }
    }
}
