//! Takes `schema/calendar.json`, gives the stages of an evaluation and the days they have in a
//! year: as recorded, or estimated from the last year that is.

use super::types::Remark;
use crate::lexicon::data::read;
use crate::lexicon::error::{DataError, DataFile};
use crate::lexicon::form::{self, Text};
use crate::model::{Bilingual, Date};
use serde::Deserialize;

/// The file `calendar.json` as it stands.
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
    #[serde(deserialize_with = "form::some")]
    stages: Vec<Stage>,
}

/// The stages of an evaluation, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    stages: Vec<Stage>,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// Whether offices can still hand in evidence.
    pub collects: bool,
    #[serde(deserialize_with = "form::some")]
    seen: Vec<Seen>,
}

/// The days a stage had in one year.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    year: i16,
    #[serde(default, deserialize_with = "form::present")]
    from: Option<Date>,
    to: Date,
    source: String,
}

/// The days of a stage in the year asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Days {
    /// The first; `None` where only the last is known.
    pub from: Option<Date>,
    /// The last.
    pub to: Date,
    /// Who said so.
    pub source: String,
    /// The year it is estimated from; `None` where it is recorded.
    pub estimated_from: Option<i16>,
}

impl Calendar {
    /// Reads the calendar that comes with the program.
    ///
    /// # Errors
    /// When it is broken, which a test rules out.
    pub fn builtin() -> Result<Self, DataError> {
        let json = include_str!("../../schema/calendar.json");
        let File { stages, .. } = read(DataFile::Calendar, json)?;
        Ok(Self { stages })
    }

    /// Returns the stages in order.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }
}

impl Stage {
    /// Returns its days in the year of a verification; none where no year is recorded.
    pub fn days(&self, year: i16) -> Option<Days> {
        let recorded = self.seen.iter().find(|seen| seen.year == year);
        let last = || self.seen.iter().max_by_key(|seen| seen.year);
        let seen = recorded.or_else(last)?;
        Some(Days {
            from: seen.from.and_then(|from| moved(from, seen.year, year)),
            to: moved(seen.to, seen.year, year)?,
            source: seen.source.clone(),
            estimated_from: recorded.is_none().then_some(seen.year),
        })
    }
}

/// Returns the same day of another year; 28 February for a 29th that it lacks.
fn moved(date: Date, from: i16, to: i16) -> Option<Date> {
    let year = date.year() + (to - from);
    let (month, day) = (date.month(), date.day());
    Date::new(year, month, day).or_else(|| Date::new(year, month, day - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_recorded_or_estimated_and_say_which() {
        let calendar = Calendar::builtin().unwrap();
        let stage = calendar
            .stages()
            .iter()
            .find(|s| s.id == "mandiri")
            .unwrap();
        let recorded = stage.days(2021).unwrap();
        assert_eq!(recorded.to.to_string(), "2021-04-02");
        assert_eq!(recorded.estimated_from, None);
        let estimated = stage.days(2026).unwrap();
        assert_eq!(estimated.from.unwrap().to_string(), "2026-02-07");
        assert_eq!(estimated.estimated_from, Some(2023));
        let leap = Date::new(2024, 2, 29).unwrap();
        assert_eq!(moved(leap, 2024, 2025), Date::new(2025, 2, 28));
    }

    #[test]
    fn no_stage_ends_before_it_begins() {
        let calendar = Calendar::builtin().unwrap();
        for stage in calendar.stages() {
            for seen in &stage.seen {
                assert!(seen.from.is_none_or(|from| from <= seen.to), "{}", stage.id);
            }
        }
    }
}
