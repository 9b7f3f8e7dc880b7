//! The nouns of a framework: sections, indicators, questions, offices and the rules they refer
//! to. Plain data as the files carry it; the few methods only read it.

use crate::model::{
    Bilingual, CategoryId, DocTypeId, ExclusionId, IndicatorId, LevelId, OfficeId,
    PartCode, PeriodId, QuestionId, SectionCode, SourceKey, ThresholdId,
};
use serde::Deserialize;

/// A group of indicators (`klaster`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Section {
    /// Its code.
    pub code: SectionCode,
    /// Its name.
    pub name: Bilingual,
    /// The most points it can bring.
    pub max: f64,
    /// The sources it was read from.
    #[serde(default)]
    pub sources: Vec<SourceKey>,
    /// A remark for readers.
    pub note: Option<Bilingual>,
}

/// A numbered topic of the evaluation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Indicator {
    /// Its id, kept over editions.
    pub id: IndicatorId,
    /// The printed number; another edition may give it to another topic.
    pub number: u32,
    /// Whether it is counted among the numbered indicators.
    #[serde(default = "yes")]
    pub counted: bool,
    /// The section it belongs to.
    pub section: SectionCode,
    /// Its full name.
    pub name: Bilingual,
    /// A short name for tables.
    pub short: Bilingual,
    /// The most points it can bring.
    pub max: f64,
    /// The offices that own its data.
    pub offices: Vec<OfficeId>,
    /// Its lettered parts, if it has any.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// The sources it was read from.
    #[serde(default)]
    pub sources: Vec<SourceKey>,
    /// A remark for readers.
    pub note: Option<Bilingual>,
    /// What is not sure about it.
    pub doubt: Option<Bilingual>,
    /// The phrases that tell its topic from the others'.
    pub terms: Vec<Term>,
    /// The phrases that make a match false here.
    #[serde(default, rename = "against")]
    pub negative_phrases: Vec<String>,
    /// The names of the fields that are guesses.
    pub inferred: Vec<String>,
}

/// A lettered part of an indicator, such as `21A`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Part {
    /// Its code.
    pub code: PartCode,
    /// Its name.
    pub name: Bilingual,
    /// The most points it can bring.
    pub max: f64,
    /// What is not sure about it.
    pub doubt: Option<Bilingual>,
}

/// A scored question: the unit that evidence proves.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an independent condition printed in the instrument"
)]
pub struct Question {
    /// Its id, kept over editions.
    pub id: QuestionId,
    /// The indicator it belongs to.
    pub indicator: IndicatorId,
    /// The lettered part it belongs to.
    pub part: Option<PartCode>,
    /// The printed number within the indicator or part.
    pub number: String,
    /// What is asked.
    pub ask: Bilingual,
    /// The most points it can bring.
    pub max: f64,
    /// The kinds of document accepted, those named by the source first.
    pub kinds: Vec<DocTypeId>,
    /// The levels of government whose documents count.
    pub levels: Vec<LevelId>,
    /// The offices that own the evidence.
    pub offices: Vec<OfficeId>,
    /// The rule that says from which years evidence counts.
    pub period: PeriodId,
    /// How many items it takes.
    pub min_count: u32,
    /// Whether the legal form decides the share of the points.
    #[serde(default)]
    pub by_ladder: bool,
    /// Documents it does not accept.
    #[serde(default)]
    pub excludes: Vec<ExclusionId>,
    /// The office that must sign.
    pub signed_by: Option<OfficeId>,
    /// Whether only a numbered, promulgated document counts.
    #[serde(default)]
    pub must_be_numbered: bool,
    /// Whether the list of members must be attached.
    #[serde(default)]
    pub member_list_required: bool,
    /// Whether only a decision (`SK`) shows that what is asked about was established.
    #[serde(default)]
    pub decree_required: bool,
    /// Whether a filled table (`matriks`) is asked for.
    #[serde(default)]
    pub matrix_required: bool,
    /// Whether photos need caption, date and place.
    #[serde(default)]
    pub caption_required: bool,
    /// Whether a "no" is the good answer.
    #[serde(default)]
    pub negative: bool,
    /// The indicator whose topic it is about, where that is another one.
    pub relates_to: Option<IndicatorId>,
    /// The level that fills it in, where that is not the regency.
    pub answered_by: Option<LevelId>,
    /// A remark for readers.
    pub note: Option<Bilingual>,
    /// What is not sure about it.
    pub doubt: Option<Bilingual>,
    /// The phrases that tell it from its siblings.
    pub terms: Vec<Term>,
    /// The phrases that make a match false here.
    #[serde(default, rename = "against")]
    pub negative_phrases: Vec<String>,
    /// The names of the fields that are guesses; `kinds/x` for one kind.
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
pub struct Term {
    /// The phrase; all in capitals it is an abbreviation and matches as a whole word.
    #[serde(rename = "t")]
    pub text: String,
    /// 1 supports, 2 is strong, 3 nearly decides.
    #[serde(rename = "w")]
    pub weight: u8,
}

/// A category awarded by score.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its name.
    pub name: Bilingual,
    /// The lowest score, inclusive.
    pub min: f64,
    /// The highest whole score, inclusive.
    pub max: f64,
}

/// A score that matters by itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Threshold {
    /// Its id.
    pub id: ThresholdId,
    /// Its name.
    pub name: Bilingual,
    /// The points.
    pub points: f64,
    /// Whether the figure is a guess.
    pub inferred: bool,
    /// Where the figure comes from.
    pub note: Option<Bilingual>,
}

/// Says from which years evidence counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Period {
    /// Its name, as part of a sentence.
    pub name: Bilingual,
    /// First year as an offset from the verification year; none: no lower bound.
    pub first_year: Option<i32>,
    /// Last year as an offset from the verification year; none: no upper bound.
    pub last_year: Option<i32>,
    /// Whether a document counts while in force, whatever its year.
    #[serde(default)]
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
pub struct GovernmentLevel {
    /// Its id.
    pub id: LevelId,
    /// Its name.
    pub name: Bilingual,
}

/// The share of the points each legal form brings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Ladder {
    /// Its name.
    pub name: Bilingual,
    /// Whether the steps are a guess.
    pub inferred: bool,
    /// Where the steps come from.
    pub note: Option<Bilingual>,
    /// The rungs from high to low.
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
pub struct Rung {
    /// The kinds of document on it.
    pub kinds: Vec<DocTypeId>,
    /// The share of the points, 0 to 1.
    pub share: f64,
}

/// A document that some questions do not accept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Exclusion {
    /// Its id.
    pub id: ExclusionId,
    /// Its name.
    pub name: Bilingual,
    /// The kinds it can have.
    pub kinds: Vec<DocTypeId>,
    /// The phrases in a title that tell it.
    pub terms: Vec<String>,
}

/// Where a fact of the framework was read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Where it is.
    pub url: Option<String>,
    /// How far to trust it.
    pub note: Option<String>,
}

/// A remark on a whole file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Remark {
    /// What it is about, mostly a field.
    pub about: String,
    /// Whether what it speaks of is a guess.
    pub inferred: bool,
    /// The words.
    pub text: Bilingual,
}

/// An office that owns evidence (`OPD`), with the spellings that occur.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// Its full name.
    pub name: Bilingual,
    /// The usual abbreviation.
    pub short: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// What is not sure about it.
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
