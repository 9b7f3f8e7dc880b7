//! The nouns of a framework: sections, indicators, questions, offices and the rules they refer
//! to. Plain data as the files carry it; the few methods only read it.

use super::ids::{Code, Guess, Id, OfIndicator, OfPart, OfQuestion, QuestionNumber, Url};
use crate::lexicon::form::{self, Text};
use crate::model::{
    Bilingual, CategoryId, DocTypeId, ExclusionId, IndicatorId, LevelId, OfficeId,
    PartCode, PeriodId, QuestionId, SectionCode, SourceKey, ThresholdId,
};
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

/// A group of indicators (`klaster`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its code.
    #[serde(deserialize_with = "form::word::<Code, _, _>")]
    pub code: SectionCode,
    /// Its name.
    pub name: Bilingual,
    /// The most points it can bring.
    #[serde(deserialize_with = "form::points")]
    pub max: f64,
    /// The sources it was read from.
    #[serde(default, deserialize_with = "form::words::<Code, _, _>")]
    pub sources: Vec<SourceKey>,
    /// A remark for readers.
    #[serde(default, deserialize_with = "form::present")]
    pub note: Option<Bilingual>,
}

/// A numbered topic of the evaluation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its id, kept over editions.
    #[serde(deserialize_with = "form::word::<OfIndicator, _, _>")]
    pub id: IndicatorId,
    /// The printed number; another edition may give it to another topic.
    #[serde(deserialize_with = "form::count")]
    pub number: u32,
    /// Whether it is counted among the numbered indicators.
    #[serde(default = "yes")]
    pub counted: bool,
    /// The section it belongs to.
    #[serde(deserialize_with = "form::word::<Code, _, _>")]
    pub section: SectionCode,
    /// Its full name.
    pub name: Bilingual,
    /// A short name for tables.
    pub short: Bilingual,
    /// The most points it can bring.
    #[serde(deserialize_with = "form::points")]
    pub max: f64,
    /// The offices that own its data.
    #[serde(deserialize_with = "form::distinct::<Id, _, _>")]
    pub offices: Vec<OfficeId>,
    /// Its lettered parts, if it has any.
    #[serde(default, deserialize_with = "form::some")]
    pub parts: Vec<Part>,
    /// The sources it was read from.
    #[serde(default, deserialize_with = "form::words::<Code, _, _>")]
    pub sources: Vec<SourceKey>,
    /// A remark for readers.
    #[serde(default, deserialize_with = "form::present")]
    pub note: Option<Bilingual>,
    /// What is not sure about it.
    #[serde(default, deserialize_with = "form::present")]
    pub doubt: Option<Bilingual>,
    /// The phrases that tell its topic from the others'.
    #[serde(deserialize_with = "form::some")]
    pub terms: Vec<Term>,
    /// The phrases that make a match false here.
    #[serde(
        default,
        rename = "against",
        deserialize_with = "form::distinct::<Text, _, _>"
    )]
    pub negative_phrases: Vec<String>,
    /// The names of the fields that are guesses.
    #[serde(deserialize_with = "form::distinct::<Guess, _, _>")]
    pub inferred: Vec<String>,
}

/// A lettered part of an indicator, such as `21A`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its code.
    #[serde(deserialize_with = "form::word::<OfPart, _, _>")]
    pub code: PartCode,
    /// Its name.
    pub name: Bilingual,
    /// The most points it can bring.
    #[serde(deserialize_with = "form::points")]
    pub max: f64,
    /// What is not sure about it.
    #[serde(default, deserialize_with = "form::present")]
    pub doubt: Option<Bilingual>,
}

/// A scored question: the unit that evidence proves.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an independent condition printed in the instrument"
)]
pub struct Question {
    /// Its id, kept over editions.
    #[serde(deserialize_with = "form::word::<OfQuestion, _, _>")]
    pub id: QuestionId,
    /// The indicator it belongs to.
    #[serde(deserialize_with = "form::word::<OfIndicator, _, _>")]
    pub indicator: IndicatorId,
    /// The lettered part it belongs to.
    #[serde(default, deserialize_with = "form::maybe_word::<OfPart, _, _>")]
    pub part: Option<PartCode>,
    /// The printed number within the indicator or part.
    #[serde(deserialize_with = "form::word::<QuestionNumber, _, _>")]
    pub number: String,
    /// What is asked.
    pub ask: Bilingual,
    /// The most points it can bring.
    #[serde(deserialize_with = "form::points")]
    pub max: f64,
    /// The kinds of document accepted, those named by the source first.
    #[serde(deserialize_with = "form::some_distinct::<Id, _, _>")]
    pub kinds: Vec<DocTypeId>,
    /// The levels of government whose documents count.
    #[serde(deserialize_with = "form::some_distinct::<Id, _, _>")]
    pub levels: Vec<LevelId>,
    /// The offices that own the evidence.
    #[serde(deserialize_with = "form::some_distinct::<Id, _, _>")]
    pub offices: Vec<OfficeId>,
    /// The rule that says from which years evidence counts.
    #[serde(deserialize_with = "form::word::<Id, _, _>")]
    pub period: PeriodId,
    /// How many items it takes.
    #[serde(deserialize_with = "form::count")]
    pub min_count: u32,
    /// Whether the legal form decides the share of the points.
    #[serde(default, deserialize_with = "form::only_true")]
    pub by_ladder: bool,
    /// Documents it does not accept.
    #[serde(default, deserialize_with = "form::some_distinct::<Id, _, _>")]
    pub excludes: Vec<ExclusionId>,
    /// The office that must sign.
    #[serde(default, deserialize_with = "form::maybe_word::<Id, _, _>")]
    pub signed_by: Option<OfficeId>,
    /// Whether only a numbered, promulgated document counts.
    #[serde(default, deserialize_with = "form::only_true")]
    pub must_be_numbered: bool,
    /// Whether the list of members must be attached.
    #[serde(default, deserialize_with = "form::only_true")]
    pub member_list_required: bool,
    /// Whether only a decision (`SK`) shows that what is asked about was established.
    #[serde(default, deserialize_with = "form::only_true")]
    pub decree_required: bool,
    /// Whether a filled table (`matriks`) is asked for.
    #[serde(default, deserialize_with = "form::only_true")]
    pub matrix_required: bool,
    /// Whether photos need caption, date and place.
    #[serde(default, deserialize_with = "form::only_true")]
    pub caption_required: bool,
    /// Whether a "no" is the good answer.
    #[serde(default, deserialize_with = "form::only_true")]
    pub negative: bool,
    /// The indicator whose topic it is about, where that is another one.
    #[serde(default, deserialize_with = "form::maybe_word::<OfIndicator, _, _>")]
    pub relates_to: Option<IndicatorId>,
    /// The level that fills it in, where that is not the regency.
    #[serde(default, deserialize_with = "form::maybe_word::<Id, _, _>")]
    pub answered_by: Option<LevelId>,
    /// A remark for readers.
    #[serde(default, deserialize_with = "form::present")]
    pub note: Option<Bilingual>,
    /// What is not sure about it.
    #[serde(default, deserialize_with = "form::present")]
    pub doubt: Option<Bilingual>,
    /// The phrases that tell it from its siblings.
    #[serde(deserialize_with = "form::some")]
    pub terms: Vec<Term>,
    /// The phrases that make a match false here.
    #[serde(
        default,
        rename = "against",
        deserialize_with = "form::distinct::<Text, _, _>"
    )]
    pub negative_phrases: Vec<String>,
    /// The names of the fields that are guesses; `kinds/x` for one kind.
    #[serde(deserialize_with = "form::distinct::<Guess, _, _>")]
    pub inferred: Vec<String>,
}

impl Question {
    /// Returns whether the value of `field` is a guess; `kinds/x` asks for one kind.
    pub fn is_inferred(&self, field: &str) -> bool {
        let whole = field.split_once('/').map_or(field, |(whole, _)| whole);
        self.inferred
            .iter()
            .any(|name| name == field || name == whole)
    }
}

/// A search term and how much it says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The phrase; all in capitals it is an abbreviation and matches as a whole word.
    #[serde(rename = "t", deserialize_with = "form::word::<Text, _, _>")]
    pub text: String,
    /// 1 supports, 2 is strong, 3 nearly decides.
    #[serde(rename = "w", deserialize_with = "weight")]
    pub weight: u8,
}

/// A category awarded by score.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its id.
    #[serde(deserialize_with = "form::word::<Id, _, _>")]
    pub id: CategoryId,
    /// Its name.
    pub name: Bilingual,
    /// The lowest score, inclusive.
    #[serde(deserialize_with = "form::points")]
    pub min: f64,
    /// The highest whole score, inclusive.
    #[serde(deserialize_with = "form::points")]
    pub max: f64,
}

/// A score that matters by itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Its id.
    #[serde(deserialize_with = "form::word::<Id, _, _>")]
    pub id: ThresholdId,
    /// Its name.
    pub name: Bilingual,
    /// The points.
    #[serde(deserialize_with = "form::points")]
    pub points: f64,
    /// Whether the figure is a guess.
    pub inferred: bool,
    /// Where the figure comes from.
    #[serde(default, deserialize_with = "form::present")]
    pub note: Option<Bilingual>,
}

/// Says from which years evidence counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Its name, as part of a sentence.
    pub name: Bilingual,
    /// First year as an offset from the verification year; none: no lower bound.
    #[serde(default, deserialize_with = "form::present")]
    pub first_year: Option<i32>,
    /// Last year as an offset from the verification year; none: no upper bound.
    #[serde(default, deserialize_with = "form::present")]
    pub last_year: Option<i32>,
    /// Whether a document counts while in force, whatever its year.
    #[serde(default, deserialize_with = "form::only_true")]
    pub in_force: bool,
}

impl Period {
    /// Returns whether a document of `year` counts in the verification of
    /// `verification_year`. One that asks for documents in force says nothing about years.
    pub fn covers(&self, year: i32, verification_year: i32) -> bool {
        let offset = year.saturating_sub(verification_year);
        self.first_year.is_none_or(|first| offset >= first)
            && self.last_year.is_none_or(|last| offset <= last)
    }

    /// Returns the first year that counts, where there is one.
    pub fn first_year_of(&self, verification_year: i32) -> Option<i32> {
        self.first_year
            .map(|offset| verification_year.saturating_add(offset))
    }

    /// Returns the last year that counts, where there is one.
    pub fn last_year_of(&self, verification_year: i32) -> Option<i32> {
        self.last_year
            .map(|offset| verification_year.saturating_add(offset))
    }
}

/// A level of government.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GovernmentLevel {
    /// Its id.
    #[serde(deserialize_with = "form::word::<Id, _, _>")]
    pub id: LevelId,
    /// Its name.
    pub name: Bilingual,
}

/// The share of the points each legal form brings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Its name.
    pub name: Bilingual,
    /// Whether the steps are a guess.
    pub inferred: bool,
    /// Where the steps come from.
    #[serde(default, deserialize_with = "form::present")]
    pub note: Option<Bilingual>,
    /// The rungs from high to low.
    #[serde(deserialize_with = "form::some")]
    pub rungs: Vec<Rung>,
}

impl Ladder {
    /// Returns the share (0 to 1) of the points that a document of this kind brings.
    pub fn share(&self, kind: &DocTypeId) -> Option<f64> {
        self.rungs
            .iter()
            .find(|rung| rung.kinds.contains(kind))
            .map(|rung| rung.share)
    }
}

/// A rung of the ladder.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// The kinds of document on it.
    #[serde(deserialize_with = "form::some_distinct::<Id, _, _>")]
    pub kinds: Vec<DocTypeId>,
    /// The share of the points, 0 to 1.
    #[serde(deserialize_with = "form::share")]
    pub share: f64,
}

/// A document that some questions do not accept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Its id.
    #[serde(deserialize_with = "form::word::<Id, _, _>")]
    pub id: ExclusionId,
    /// Its name.
    pub name: Bilingual,
    /// The kinds it can have.
    #[serde(deserialize_with = "form::distinct::<Id, _, _>")]
    pub kinds: Vec<DocTypeId>,
    /// The phrases in a title that tell it.
    #[serde(deserialize_with = "form::distinct::<Text, _, _>")]
    pub terms: Vec<String>,
}

/// Where a fact of the framework was read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is.
    #[serde(deserialize_with = "form::word::<Text, _, _>")]
    pub title: String,
    /// Where it is.
    #[serde(default, deserialize_with = "form::maybe_word::<Url, _, _>")]
    pub url: Option<String>,
    /// How far to trust it.
    #[serde(default, deserialize_with = "form::maybe_word::<Text, _, _>")]
    pub note: Option<String>,
}

/// A remark on a whole file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// What it is about, mostly a field.
    #[serde(deserialize_with = "form::word::<Text, _, _>")]
    pub about: String,
    /// Whether what it speaks of is a guess.
    pub inferred: bool,
    /// The words.
    pub text: Bilingual,
}

/// An office that owns evidence (`OPD`), with the spellings that occur.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its id.
    #[serde(deserialize_with = "form::word::<Id, _, _>")]
    pub id: OfficeId,
    /// Its full name.
    pub name: Bilingual,
    /// The usual abbreviation.
    #[serde(deserialize_with = "form::word::<Text, _, _>")]
    pub short: String,
    /// Other spellings.
    #[serde(deserialize_with = "form::distinct::<Text, _, _>")]
    pub aliases: Vec<String>,
    /// What is not sure about it.
    #[serde(default, deserialize_with = "form::maybe_word::<Text, _, _>")]
    pub note: Option<String>,
}

impl Office {
    /// Returns every spelling: full name, abbreviation, aliases.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        [self.name.id.as_str(), self.short.as_str()]
            .into_iter()
            .chain(self.aliases.iter().map(String::as_str))
    }
}

fn yes() -> bool {
    true
}

/// Reads the weight of a term.
fn weight<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    match u8::deserialize(deserializer)? {
        weight @ 1..=3 => Ok(weight),
        other => Err(D::Error::invalid_value(
            Unexpected::Unsigned(other.into()),
            &"a weight: 1, 2 or 3",
        )),
    }
}
