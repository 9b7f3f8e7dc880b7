//! What can be wrong with the files in `schema/`: the place as a JSON Pointer (RFC 6901), what
//! stands there, what was expected. Apart, so that a face can show all of them at once.

use crate::model::Bilingual;
use std::fmt;

/// One of the data files in `schema/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataFile {
    /// What an evaluation asks.
    Framework,
    /// Who owns the evidence.
    Offices,
    /// How evidence is judged.
    Rules,
    /// When an evaluation takes place.
    Calendar,
    /// Kinds of document and the words of the law.
    DocTypes,
    /// Governments and their codes.
    Regions,
    /// Words that steps go by.
    Words,
    /// Fitted weights of evidence.
    Confidence,
}

impl fmt::Display for DataFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Framework => "framework.json",
            Self::Offices => "offices.json",
            Self::Rules => "rules.json",
            Self::Calendar => "calendar.json",
            Self::DocTypes => "doctypes.json",
            Self::Regions => "regions.json",
            Self::Words => "words.json",
            Self::Confidence => "confidence.json",
        })
    }
}

/// A thing wrong at one place of a data file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{file}#{pointer}: {problem}")]
pub struct DataError {
    /// The file.
    pub file: DataFile,
    /// The place in it, as a JSON Pointer; empty for the whole file. A missing or unknown key
    /// is reported at the object that lacks or has it, as JSON Schema does.
    pub pointer: String,
    /// What is wrong there.
    pub problem: Problem,
}

impl DataError {
    /// Makes an error at a place.
    pub(crate) fn new(
        file: DataFile,
        pointer: impl Into<String>,
        problem: Problem,
    ) -> Self {
        Self {
            file,
            pointer: pointer.into(),
            problem,
        }
    }

    /// Returns what to do about it.
    pub fn remedy(&self) -> Bilingual {
        let (id, en) = match &self.problem {
            Problem::NotJson { .. } => (
                "betulkan tanda baca JSON di sekitar baris itu".to_owned(),
                "mend the JSON around that line".to_owned(),
            ),
            Problem::Form { .. } => {
                let stem = self.file.to_string().replace(".json", "");
                (
                    format!("sesuaikan dengan `{stem}.schema.json`"),
                    format!("follow `{stem}.schema.json`"),
                )
            }
            Problem::UnknownKey { nearest: None, .. } => (
                "hapus kunci itu".to_owned(),
                "take the key out".to_owned(),
            ),
            Problem::MissingKey { key } => {
                (format!("tambahkan `{key}`"), format!("add `{key}`"))
            }
            Problem::Duplicate { .. } => (
                "beri nama lain atau hapus salah satunya".to_owned(),
                "rename one of them or take it out".to_owned(),
            ),
            Problem::UnknownKey {
                nearest: Some(near), ..
            }
            | Problem::Unresolved {
                nearest: Some(near), ..
            } => (format!("tulis `{near}`"), format!("write `{near}`")),
            Problem::Unresolved { what, .. } => (
                format!("tambahkan yang ditunjuk ({what}), atau hapus rujukannya"),
                format!("add the {what}, or take the reference out"),
            ),
            Problem::Sum { .. } => (
                "betulkan nilainya; pada indikator atau bagiannya boleh dijelaskan dalam \
                 `doubt`"
                    .to_owned(),
                "mend the figures; an indicator or its part may say why in `doubt`"
                    .to_owned(),
            ),
            Problem::Order { .. } => (
                "urutkan dari yang terendah".to_owned(),
                "put them in order, the lowest first".to_owned(),
            ),
        };
        Bilingual { id, en }
    }
}

/// Every error found in the files of a framework, in file order; never empty.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("the framework has {} error{}", .0.len(), if .0.len() == 1 { "" } else { "s" })]
pub struct InvalidFramework(pub Vec<DataError>);

/// What is wrong at one place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// The text is not JSON.
    #[error("not JSON at line {line}, column {column}: {message}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// The reader's own words.
        message: String,
    },
    /// Another type of value, another value or another number of them was expected.
    #[error("{message}")]
    Form {
        /// What stands there and what was expected, in serde's words.
        message: String,
    },
    /// A key this form does not have.
    #[error("unknown key `{key}`{}", did_you_mean(.nearest.as_deref()))]
    UnknownKey {
        /// The key.
        key: String,
        /// The known key that looks most like it.
        nearest: Option<String>,
    },
    /// A key that must be there.
    #[error("missing key `{key}`")]
    MissingKey {
        /// The key.
        key: String,
    },
    /// An id, an alias or an item stands there twice.
    #[error("`{value}` is already at `{first}`")]
    Duplicate {
        /// What is there twice.
        value: String,
        /// The JSON Pointer of the first.
        first: String,
    },
    /// A reference that leads nowhere.
    #[error("no {what} `{value}`{}", did_you_mean(.nearest.as_deref()))]
    Unresolved {
        /// What kind of thing was looked for.
        what: &'static str,
        /// The name that leads nowhere.
        value: String,
        /// The known name that looks most like it.
        nearest: Option<String>,
    },
    /// Parts that do not add up to their whole, without a `doubt` that says so.
    #[error("{parts} add up to {found}, expected {expected}")]
    Sum {
        /// What was added.
        parts: &'static str,
        /// The maximum stated.
        expected: f64,
        /// The sum of the parts.
        found: f64,
    },
    /// Values that must rise do not.
    #[error("{what} must rise, found {found} after {before}")]
    Order {
        /// What must rise.
        what: &'static str,
        /// The value before.
        before: f64,
        /// The value at this place.
        found: f64,
    },
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!(", did you mean `{name}`?"))
}

/// Appends one reference token to a JSON Pointer, escaped (RFC 6901 §3).
pub(crate) fn push_token(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// Returns the candidate nearest to `name` by edit distance, if it is near enough to be a
/// slip of the pen: at most a third of the name's characters, and at least one.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// Counts the insertions, deletions and substitutions between two words, case aside.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        let mut next = vec![before];
        for (right, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = (diagonal + usize::from(left != *right))
                .min(above + 1)
                .min(before + 1);
            diagonal = *above;
            before = cost;
            next.push(cost);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        for (a, b, edits) in [
            ("", "", 0),
            ("", "abc", 3),
            ("kitten", "sitting", 3), // Levenshtein's textbook pair
            ("Dinkes", "dinkes", 0),
            ("dinkes", "dinks", 1),
            ("ab", "ba", 2),
        ] {
            assert_eq!(distance(a, b), edits, "{a} {b}");
            assert_eq!(distance(b, a), edits, "{b} {a}");
        }
    }

    #[test]
    fn nearest_is_silent_when_nothing_is_near() {
        assert_eq!(
            nearest("offics", ["offices", "period"]).as_deref(),
            Some("offices")
        );
        assert_eq!(nearest("colour", ["offices", "period"]), None);
    }

    #[test]
    fn pointer_tokens_are_escaped() {
        assert_eq!(push_token("/a", "b/c~d"), "/a/b~1c~0d");
    }
}
