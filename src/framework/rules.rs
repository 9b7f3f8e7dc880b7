//! Takes `schema/rules.json`, gives the rules a verifier holds evidence against: their words,
//! their levels and their parameters. The judging itself is code, in `check`; apart from the
//! framework's questions, because rules are shared by every framework.

use super::letter::values;
use super::types::Remark;
use crate::lexicon::data::read;
use crate::lexicon::error::{DataError, DataFile, Problem, nearest};
use crate::lexicon::form::{self, Text};
use crate::model::{
    Bilingual, DateRole, DocTypeId, Level, LevelId, NoteCode, Outcome, QuestionState,
    Ratio, RuleId,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The file `rules.json` as it stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(
        rename = "$schema",
        default,
        deserialize_with = "form::word::<Text, _, _>"
    )]
    _schema: String,
    #[serde(rename = "schema_version", deserialize_with = "form::version")]
    _version: u32,
    #[serde(rename = "notes", default)]
    _notes: Vec<Remark>,
    points: PointShares,
    candidate_from: Ratio,
    evidence_per_question: usize,
    issuer_levels: Vec<IssuerLevel>,
    sound: Value,
    rules: Vec<Rule>,
}

/// Every rule, and how what they say becomes points.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    all: Vec<Rule>,
    points: PointShares,
    issuer_levels: Vec<IssuerLevel>,
    candidate_from: Ratio,
    evidence_per_question: usize,
    sound: Value,
}

/// What a rule is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// One document for one question.
    Document,
    /// One question with all its evidence.
    Question,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id, which names the function that judges.
    pub id: RuleId,
    /// What it is held against.
    pub about: About,
    /// Its name.
    pub name: Bilingual,
    /// The framework's source it was read from; none where it is our own.
    #[serde(default, deserialize_with = "form::present")]
    pub source: Option<String>,
    /// Whether it is our own: sensible, but found in no source.
    #[serde(default)]
    pub inferred: bool,
    /// What the function needs to know.
    #[serde(default)]
    pub parameters: Parameters,
    /// The names of the values its words use, in the order of [`Finding::details`].
    ///
    /// [`Finding::details`]: crate::model::Finding::details
    #[serde(default)]
    pub details: Vec<String>,
    /// Its words for each outcome; an outcome without words is not shown.
    pub says: BTreeMap<Outcome, Words>,
    /// Cases with their outcome, for tests.
    vectors: Vec<Value>,
}

impl Rule {
    /// Returns the cases the rule is tested with.
    pub fn vectors(&self) -> &[Value] {
        &self.vectors
    }
}

/// What a rule says about an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// How bad it is.
    pub level: Level,
    /// What is wrong, with `{name}` for a detail.
    pub text: Bilingual,
    /// What to do.
    #[serde(default, deserialize_with = "form::present")]
    pub remedy: Option<Bilingual>,
}

/// What rules need to know; each uses what its function reads.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// The only kinds of document judged.
    #[serde(deserialize_with = "form::present")]
    pub kinds: Option<Vec<DocTypeId>>,
    /// Kinds of document not judged.
    pub except_kinds: Vec<DocTypeId>,
    /// The dates that count, the first that the document has.
    pub roles: Vec<DateRole>,
    /// The least confidence.
    #[serde(deserialize_with = "form::present")]
    pub least: Option<Ratio>,
    /// Remarks of the reader that fail.
    pub fail_notes: Vec<NoteCode>,
    /// Remarks of the reader that a person must look at.
    pub review_notes: Vec<NoteCode>,
    /// Levels of government judged.
    pub at_levels: Vec<LevelId>,
    /// Kinds of document judged by the years in their title before their date.
    pub by_years: Vec<DocTypeId>,
    /// The most days that two dates may lie apart.
    #[serde(deserialize_with = "form::present")]
    pub most_days: Option<u16>,
    /// Domains of governments and of those who certify signatures, in small letters.
    pub hosts: Vec<String>,
    /// Names before the number of a document in a link.
    pub number_keys: Vec<String>,
}

impl Parameters {
    /// Returns whether documents of this kind are judged; one of no known kind is judged
    /// where no kinds are named.
    pub fn covers(&self, kind: Option<&DocTypeId>) -> bool {
        match kind {
            Some(kind) => {
                self.kinds.as_ref().is_none_or(|kinds| kinds.contains(kind))
                    && !self.except_kinds.contains(kind)
            }
            None => self.kinds.is_none(),
        }
    }
}

/// Which share of its points evidence likely keeps.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointShares {
    /// Where something is open.
    pub review: Ratio,
    /// Where it is weak.
    pub weak: Ratio,
    /// How much work it is to win a question's points.
    pub efforts: Effort,
    /// What became of self-assessed scores in verifications of the past.
    pub drops: Vec<PastDrop>,
    /// Whether these are guesses.
    pub inferred: bool,
    /// Where they come from.
    pub text: Bilingual,
}

/// The effort to win the points of a question, by its state; only the proportions count.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// To look at what a person must see.
    pub review: f64,
    /// To mend a fault.
    pub weak: f64,
    /// To replace what is void.
    pub invalid: f64,
    /// To find or make what is missing.
    pub missing: f64,
}

impl Effort {
    /// Returns the effort for a question in this state; `None` where nothing is left to do.
    pub fn for_state(&self, state: QuestionState) -> Option<f64> {
        match state {
            QuestionState::Review => Some(self.review),
            QuestionState::Weak => Some(self.weak),
            QuestionState::Invalid => Some(self.invalid),
            QuestionState::Missing => Some(self.missing),
            QuestionState::Valid | QuestionState::NotApplicable => None,
        }
    }
}

/// A drop of the past: a region's score before and after a verification.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastDrop {
    /// Whose.
    pub region: String,
    /// The year of the verification.
    pub year: i16,
    /// As it assessed itself.
    pub before: f64,
    /// What remained.
    pub after: f64,
    /// Who said so.
    pub source: String,
}

/// A level of government, told from the first words of a government's name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerLevel {
    /// The level; those a framework knows have the same id there.
    pub id: LevelId,
    /// The first words of its governments' names, in small letters.
    pub begins: Vec<String>,
}

impl Rules {
    /// Reads the rules that come with the program.
    pub fn builtin() -> Result<Self, DataError> {
        Self::parse(include_str!("../../schema/rules.json"))
    }

    /// Reads the text of a `rules.json`.
    pub fn parse(json: &str) -> Result<Self, DataError> {
        let file: File = read(DataFile::Rules, json)?;
        let read = Self {
            all: file.rules,
            points: file.points,
            issuer_levels: folded(file.issuer_levels),
            candidate_from: file.candidate_from,
            evidence_per_question: file.evidence_per_question,
            sound: file.sound,
        };
        read.validate()?;
        Ok(read)
    }

    /// Checks what a JSON Schema cannot say: ids are there once, words name only details.
    fn validate(&self) -> Result<(), DataError> {
        let wrong = |at: String, problem| DataError::new(DataFile::Rules, at, problem);
        for (n, rule) in self.all.iter().enumerate() {
            if let Some(first) = self
                .all
                .iter()
                .take(n)
                .position(|other| other.id == rule.id)
            {
                let problem = Problem::Duplicate {
                    value: rule.id.to_string(),
                    first: format!("/rules/{first}/id"),
                };
                return Err(wrong(format!("/rules/{n}/id"), problem));
            }
            let known = || rule.details.iter().map(String::as_str);
            for words in rule.says.values() {
                let texts = [Some(&words.text), words.remedy.as_ref()];
                for text in texts.into_iter().flatten() {
                    for name in [&text.id, &text.en].into_iter().flat_map(|t| values(t)) {
                        if !known().any(|detail| detail == name) {
                            let problem = Problem::Unresolved {
                                what: "detail",
                                value: name.to_owned(),
                                nearest: nearest(name, known()),
                            };
                            return Err(wrong(format!("/rules/{n}/says"), problem));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns every rule, in file order.
    pub fn all(&self) -> &[Rule] {
        &self.all
    }

    /// Returns a rule.
    pub fn get(&self, id: &RuleId) -> Option<&Rule> {
        self.all.iter().find(|rule| rule.id == *id)
    }

    /// Returns which share of its points evidence likely keeps.
    pub fn points(&self) -> &PointShares {
        &self.points
    }

    /// Returns the place of a government's level, 0 for the highest; none where its name does
    /// not tell.
    pub fn issuer_level(&self, name: &str) -> Option<(usize, &LevelId)> {
        let name = fold(name);
        let begins = |words: &String| {
            let rest = name.strip_prefix(words.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.issuer_levels
            .iter()
            .enumerate()
            .find(|(_, level)| level.begins.iter().any(begins))
            .map(|(rank, level)| (rank, &level.id))
    }

    /// Returns the place of a level, 0 for the highest.
    pub fn level_rank(&self, id: &LevelId) -> Option<usize> {
        self.issuer_levels.iter().position(|level| level.id == *id)
    }

    /// Returns the least confidence of a link for its document to be weighed at all.
    pub fn candidate_from(&self) -> Ratio {
        self.candidate_from
    }

    /// Returns how many pieces of evidence a question keeps for show.
    pub fn evidence_per_question(&self) -> usize {
        self.evidence_per_question
    }

    /// Returns the case that no rule speaks against; every vector says how it differs.
    pub fn sound(&self) -> &Value {
        &self.sound
    }
}

/// Folds the first words of each level once: names are held against them over and over.
fn folded(levels: Vec<IssuerLevel>) -> Vec<IssuerLevel> {
    let fold_all = |level: IssuerLevel| IssuerLevel {
        begins: level.begins.iter().map(|words| fold(words)).collect(),
        ..level
    };
    levels.into_iter().map(fold_all).collect()
}

fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_schema::Schema;

    const BUILTIN: &str = include_str!("../../schema/rules.json");

    #[test]
    fn the_builtin_rules_follow_their_schema() {
        let schema = include_str!("../../schema/rules.schema.json");
        let schema: Value = serde_json::from_str(schema).unwrap();
        let data: Value = serde_json::from_str(BUILTIN).unwrap();
        assert_eq!(Schema::new(schema).faults(&data), []);
    }

    #[test]
    fn an_error_says_where() {
        let cases = [
            ("{", "", "EOF"),
            ("{}", "", "missing key"),
            (
                &BUILTIN.replacen("\"document.copies\"", "\"draft\"", 1),
                "/rules/",
                "already at",
            ),
            (
                &BUILTIN.replacen("Unggah salah satu: {kinds}", "{kind}", 1),
                "/rules/0/says",
                "no detail `kind`",
            ),
            (
                &BUILTIN.replacen("\"about\": \"question\"", "\"about\": \"x\"", 1),
                "/rules/0/about",
                "unknown variant",
            ),
        ];
        for (json, pointer, message) in cases {
            let error = Rules::parse(json).unwrap_err();
            assert!(error.pointer.starts_with(pointer), "{error}");
            assert!(error.problem.to_string().contains(message), "{error}");
        }
    }

    #[test]
    fn the_level_of_a_government_is_told_from_its_name() {
        let rules = Rules::builtin().unwrap();
        let level = |name: &str| rules.issuer_level(name).map(|(rank, _)| rank);
        let (nation, province) = (level("Republik Indonesia"), level("PROVINSI BALI"));
        let (regency, city) = (level("Kabupaten  Bantul"), level("Kota Manado"));
        assert!(nation < province && province < regency && regency == city);
        assert_eq!(level("Kotamobagu"), None);
        assert_eq!(level("Kepolisian Resor Bantul"), None);
    }
}
