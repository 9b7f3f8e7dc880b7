//! The query language of the search: words, `"a phrase"`, `pref*`, `fuzzy~`, `-not`.
//! All words must be found; there is no syntax that fails on an odd character.

use crate::lexicon::analysis;

/// How one part of the query is to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The word in any of its forms.
    Word(String),
    /// The words in this order, as written.
    Phrase(Vec<String>),
    /// Words that begin so.
    Prefix(String),
    /// Words of similar spelling, as OCR would misread them.
    Fuzzy(String),
}

impl Match {
    /// Returns the spelling distance at which a word still counts as alike: longer words may
    /// differ in more letters. The usual choice of search engines (Elasticsearch `AUTO`).
    pub fn distance(word: &str) -> u8 {
        match word.chars().count() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        }
    }

    /// Tells whether a folded word of a text is one that this part looks for.
    pub fn fits(&self, folded: &str) -> bool {
        match self {
            Self::Word(word) => {
                folded == word || analysis::stem(folded) == analysis::stem(word)
            }
            Self::Phrase(words) => words.iter().any(|word| word == folded),
            Self::Prefix(prefix) => folded.starts_with(prefix.as_str()),
            Self::Fuzzy(word) => {
                let most = usize::from(Self::distance(word));
                folded.len().abs_diff(word.len()) <= most * 2
                    && strsim::levenshtein(folded, word) <= most
            }
        }
    }
}

/// A part of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What to look for.
    pub what: Match,
    /// Whether it must not be there.
    pub not: bool,
}

/// A query as typed, understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchQuery {
    /// Its parts, in order.
    pub clauses: Vec<Clause>,
}

/// The reason why a query cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum QueryError {
    /// Only exclusions: everything else would be a hit.
    #[error("the query only says what must not be there")]
    OnlyExclusions,
}

impl SearchQuery {
    /// Understands what was typed. An empty text is a query without parts: everything fits.
    ///
    /// # Errors
    /// When the query holds nothing but exclusions.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut clauses = Vec::new();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let not = first == '-' && rest.len() > 1;
            rest = if not {
                rest.strip_prefix('-').unwrap_or(rest)
            } else {
                rest
            };
            let (what, after) = match rest.strip_prefix(['"', '“', '”']) {
                Some(quoted) => {
                    let (inside, after) =
                        quoted.split_once(['"', '”', '“']).unwrap_or((quoted, ""));
                    (phrase(inside), after)
                }
                None => {
                    let (word, after) =
                        rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                    (single(word), after)
                }
            };
            clauses.extend(what.map(|what| Clause { what, not }));
            rest = after.trim_start();
        }
        if !clauses.is_empty() && clauses.iter().all(|clause| clause.not) {
            return Err(QueryError::OnlyExclusions);
        }
        Ok(Self { clauses })
    }

    /// Returns the same query for words of like spelling, as an index runs it for words that stand
    /// nowhere.
    #[must_use]
    pub fn in_like_spelling(&self) -> Self {
        let like = |clause: &Clause| Clause {
            what: match &clause.what {
                Match::Word(word) if !clause.not && Match::distance(word) > 0 => {
                    Match::Fuzzy(word.clone())
                }
                other => other.clone(),
            },
            not: clause.not,
        };
        Self {
            clauses: self.clauses.iter().map(like).collect(),
        }
    }
}

fn phrase(text: &str) -> Option<Match> {
    let mut words: Vec<String> = analysis::tokens(text).map(|t| t.folded).collect();
    match words.len() {
        0 => None,
        1 => words.pop().map(Match::Word),
        _ => Some(Match::Phrase(words)),
    }
}

fn single(text: &str) -> Option<Match> {
    let mut words: Vec<String> = analysis::tokens(text).map(|t| t.folded).collect();
    let word = words.pop()?;
    if !words.is_empty() {
        // `188.45/12` and `anak-anak` are several words that stand together.
        words.push(word);
        return Some(Match::Phrase(words));
    }
    Some(if text.ends_with('*') {
        Match::Prefix(word)
    } else if text.ends_with('~') {
        Match::Fuzzy(word)
    } else {
        Match::Word(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Vec<Clause> {
        SearchQuery::parse(text).unwrap().clauses
    }

    #[test]
    fn each_kind_of_part_is_understood() {
        let clause = |what, not| Clause { what, not };
        let phrase = |words: &[&str]| {
            Match::Phrase(words.iter().map(|w| (*w).to_owned()).collect())
        };
        assert_eq!(
            parsed(r#"Rokok "Kawasan Tanpa" imun* puskesmas~ -anggaran 188.45/12"#),
            [
                clause(Match::Word("rokok".into()), false),
                clause(phrase(&["kawasan", "tanpa"]), false),
                clause(Match::Prefix("imun".into()), false),
                clause(Match::Fuzzy("puskesmas".into()), false),
                clause(Match::Word("anggaran".into()), true),
                clause(phrase(&["188", "45", "12"]), false),
            ]
        );
    }

    #[test]
    fn nothing_typed_fails_but_pure_exclusion() {
        for text in [
            "", "  ", "\"", "\"\"", "*", "~", "-", "\"ab", "((", "a:b", "- x",
        ] {
            assert!(SearchQuery::parse(text).is_ok(), "{text}");
        }
        assert_eq!(
            SearchQuery::parse("-rokok"),
            Err(QueryError::OnlyExclusions)
        );
    }

    #[test]
    fn words_fit_in_their_forms_and_misreadings() {
        let word = Match::Word("pencegahan".into());
        assert!(word.fits("pencegahan") && word.fits("mencegah") && !word.fits("cegat"));
        let fuzzy = Match::Fuzzy("puskesmas".into());
        assert!(fuzzy.fits("puskesrnas") && !fuzzy.fits("puskesos12"));
    }
}
