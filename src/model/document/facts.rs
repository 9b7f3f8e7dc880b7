//! The facts of a document, each with its place, the rule that read it and its confidence. A fact
//! that cannot be read is *unsure* with a reason, never a guess.

use super::fact::Fact;
use crate::model::{
    CodeFact, DocTypeId, Lang, MissingPartFact, OfficeId, PersonalMark, RegionCode,
    Relation, Signatory, Signature,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The reason why there is no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Unsure {
    /// The document has no place where such a value would stand.
    NotStated,
    /// The place is there, but left blank (a draft, or filled in by hand and lost).
    Blank,
    /// The place is there, but its words cannot be read with confidence.
    Illegible {
        /// A possible value, for a person to look at.
        candidate: String,
    },
    /// Several places contradict one another.
    Contradicting {
        /// Their values, best first.
        candidates: Vec<String>,
    },
}

/// A fact, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading<T> {
    /// It was read.
    Known(Fact<T>),
    /// It was not.
    Unsure(Unsure),
}

impl<T> Reading<T> {
    /// Returns the fact, where there is one.
    pub fn known(&self) -> Option<&Fact<T>> {
        match self {
            Self::Known(fact) => Some(fact),
            Self::Unsure(_) => None,
        }
    }

    /// Returns the value, where there is one.
    pub fn value(&self) -> Option<&T> {
        self.known().map(|fact| &fact.value)
    }

    /// Returns the value, where bukti is confident of it.
    pub fn confident(&self) -> Option<&T> {
        self.known()
            .filter(|f| f.confidence.is_confident())
            .map(|f| &f.value)
    }
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self::Unsure(Unsure::NotStated)
    }
}

/// A calendar date, checked: there is no 31 February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Makes a date; `None` where the calendar has no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Returns the month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Returns the day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Returns the day so many days later.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        let span = jiff::SignedDuration::from_hours(i64::from(days) * 24);
        Self(self.0.saturating_add(span))
    }

    /// Returns how many days lie between this date and a later one; negative where
    /// the other is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        other.0.duration_since(self.0).as_hours() as i32 / 24
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The reason why a text is not a date.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{found}` is not a date: `YYYY-MM-DD` expected")]
pub struct ParseDateError {
    /// The text as found.
    pub found: String,
}

impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| ParseDateError {
            found: text.to_owned(),
        })
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The role of a date in a document; the check must never mix them up.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum DateRole {
    /// `ditetapkan`: signed by the one who decides.
    #[serde(rename = "ditetapkan")]
    Enacted,
    /// `diundangkan`: promulgated in the gazette.
    #[serde(rename = "diundangkan")]
    Promulgated,
    /// Date of a letter.
    Letter,
    /// First day of an activity.
    Activity,
    /// Last day of an activity of several days.
    ActivityEnd,
    /// First day of validity.
    ValidFrom,
    /// Last day of validity.
    ValidUntil,
    /// When a photo was taken.
    Captured,
}

impl DateRole {
    /// Returns the words a clerk reads.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Enacted => lang.pick("ditetapkan", "enacted"),
            Self::Promulgated => lang.pick("diundangkan", "promulgated"),
            Self::Letter => lang.pick("tanggal surat", "letter date"),
            Self::Activity => lang.pick("kegiatan", "activity"),
            Self::ActivityEnd => lang.pick("kegiatan s.d.", "activity until"),
            Self::ValidFrom => lang.pick("berlaku sejak", "valid from"),
            Self::ValidUntil => lang.pick("berlaku s.d.", "valid until"),
            Self::Captured => lang.pick("foto diambil", "photo taken"),
        }
    }
}

/// A date with what it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DatedFact {
    /// What the date is for.
    pub role: DateRole,
    /// The date.
    #[serde(flatten)]
    pub fact: Fact<Date>,
}

/// A kind of document, with the words of the law for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocKind {
    /// The kind, as `schema/doctypes.json` names it.
    pub id: DocTypeId,
    /// The kind in the words of the law, such as `Peraturan Gubernur`.
    pub label: String,
}

/// A government of the list of provinces, regencies and cities.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Government {
    /// Official code; `None` for the national level and for governments not in the list.
    pub code: Option<RegionCode>,
    /// Full name, such as `Kabupaten Bantul` or `Provinsi Bali`.
    pub name: String,
}

/// Who issued a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// The government.
    pub government: Government,
    /// The office within it, where the heading names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
}

/// The years a document is for, as its title says (`Tahun Anggaran 2023`, `2021-2026`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Years {
    /// The first.
    pub from: i16,
    /// The last; the same for one year.
    pub to: i16,
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from == self.to {
            true => write!(f, "{}", self.from),
            false => write!(f, "{}–{}", self.from, self.to),
        }
    }
}

/// The numbered rows of a document's tables, told by their figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Rows with as many figures as the fullest of their table.
    pub full: u32,
    /// Rows with fewer, and rows of words alone, of which nobody can tell.
    pub open: u32,
    /// Rows with nothing but their number.
    pub empty: u32,
}

impl Rows {
    /// Returns how many there are.
    pub fn total(self) -> u32 {
        self.full + self.open + self.empty
    }
}

/// One of several papers that lie in one file: a disposition sheet, and the letter behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What it is.
    pub kind: DocKind,
    /// Its first page, from 1.
    pub from: u32,
    /// Its last page.
    pub to: u32,
}

/// All that was recognised about one document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// What kind of document it is.
    #[serde(default)]
    pub kind: Reading<DocKind>,
    /// Its own number, normalised: no leading zeros, no white space, letters kept (`15a`).
    #[serde(default)]
    pub number: Reading<String>,
    /// Its other numbers, where several offices issued it together and each gave its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_numbered: Vec<Fact<String>>,
    /// The year that belongs to the number.
    #[serde(default)]
    pub year: Reading<i16>,
    /// What it is about (`tentang`), white space folded.
    #[serde(default)]
    pub title: Reading<String>,
    /// Who issued it.
    #[serde(default)]
    pub issuer: Reading<Issuer>,
    /// Dates, in order of role, then place.
    #[serde(default)]
    pub dates: Vec<DatedFact>,
    /// Set where the document is a draft (`rancangan`), lacks its number on purpose, or is a
    /// template with places for a program to fill.
    #[serde(default)]
    pub draft: Option<Fact<bool>>,
    /// The years it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<Fact<Years>>,
    /// What it does to older documents, in order of place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// What seems to be missing from it.
    #[serde(default, rename = "lacks", skip_serializing_if = "Vec::is_empty")]
    pub missing_parts: Vec<MissingPartFact>,
    /// Where it holds personal data, in order of page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub personal: Vec<PersonalMark>,
    /// How many lines of a list of members name one with a post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Fact<u32>>,
    /// The rows of its tables; none where no table has a head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Fact<Rows>>,
    /// The place that is written on a photo; the village or district that a heading names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Fact<String>>,
    /// The papers in the file, in order, where there are several; all other facts are those of
    /// the one that the others lie upon.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Paper>,
    /// The codes printed on it, each text once, in order of page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeFact>,
    /// What stands in the place of the signature.
    #[serde(default)]
    pub signature: Reading<Signature>,
    /// Who signed.
    #[serde(default)]
    pub signatory: Reading<Signatory>,
}

impl DocumentFacts {
    /// Returns the first date of a role.
    pub fn date(&self, role: DateRole) -> Option<&Fact<Date>> {
        self.dates.iter().find(|d| d.role == role).map(|d| &d.fact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Ratio, RuleId, Span};

    #[test]
    fn the_calendar_is_checked() {
        assert_eq!(Date::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(
            "2024-13-01".parse::<Date>(),
            Err(ParseDateError {
                found: "2024-13-01".into()
            })
        );
    }

    #[test]
    fn days_are_counted_both_ways() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (one, other, days) in [
            ("2024-02-28", "2024-02-28", 0),
            ("2024-02-28", "2024-03-01", 2),
            ("2023-02-28", "2023-03-01", 1),
            ("2024-12-31", "2025-01-01", 1),
            ("2024-01-01", "2025-01-01", 366),
        ] {
            let (one, other) = (day(one), day(other));
            assert_eq!(
                (one.days_until(other), other.days_until(one)),
                (days, -days)
            );
            assert_eq!(one.plus_days(days), other);
        }
    }

    #[test]
    fn a_fact_survives_json() {
        let fact = Fact {
            value: "5".to_owned(),
            confidence: Ratio::new(0.93),
            span: Some(Span {
                page: 1,
                rect: None,
                quote: "NOMOR 5".into(),
            }),
            rule: RuleId::from("number.heading"),
        };
        let json = serde_json::to_string(&Reading::Known(fact.clone())).unwrap();
        let back: Reading<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(back, Reading::Known(fact));
    }
}
