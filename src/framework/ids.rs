//! The forms of ids, codes and addresses in the files of a framework. The published JSON Schemas
//! say the same in patterns; tests hold both to the same verdicts.

use crate::lexicon::form::Word;

macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $test:ident, $expected:literal) => {
        $(#[$doc])*
        pub(super) struct $name;

        impl Word for $name {
            const EXPECTED: &'static str = $expected;

            fn accepts(text: &str) -> bool {
                $test(text)
            }
        }
    };
}

word!(
    /// An id such as `perda`.
    Id,
    is_id,
    "a lower-case id"
);
word!(
    /// The code of a section or a source, such as `K3`.
    Code,
    is_code,
    "a code in capitals and digits"
);
word!(
    /// The id of an indicator: its edition and number.
    OfIndicator,
    is_indicator_id,
    "an indicator id: edition in capitals and two digits, `-`, two digits"
);
word!(
    /// The id of a question: its indicator, with the part, and its number.
    OfQuestion,
    is_question_id,
    "a question id: indicator, perhaps a part letter, `-Q`, number"
);
word!(
    /// The code of a part of an indicator.
    OfPart,
    is_part_code,
    "a part code: one or two digits and a capital"
);
word!(
    /// The printed number of a question.
    QuestionNumber,
    is_question_number,
    "a question number: one or two digits, perhaps letters"
);
word!(
    /// The name of a field.
    Key,
    is_key,
    "a field name"
);
word!(
    /// The name of a field whose value is a guess, or of one kind in `kinds`.
    Guess,
    is_inferred,
    "a field name, or `kinds/x`"
);
word!(
    /// An address on the web.
    Url,
    is_url,
    "an http or https address"
);

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
