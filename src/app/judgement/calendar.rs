//! The stages of the evaluation and the days left: as set in the archive, as recorded, or
//! estimated.

use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::{
    framework::calendar::{Calendar, Stage},
    model::{Bilingual, Date},
};
use serde_json::{Value, json};

/// Prefix of the catalog's keys for the last days that a user has set.
const KEY: &str = "calendar.";

/// A stage with its days.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// Whether offices can still hand in evidence.
    pub collects: bool,
    /// Its first day; `None` where only the last is known.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Date,
    /// Days until it ends; negative where it is over.
    pub days_left: i32,
    /// Where its days come from.
    pub origin: Origin,
}

/// Where the days of a stage come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A user set it.
    Set,
    /// It is on record for this year.
    Recorded(String),
    /// It is estimated from another year.
    Estimated(i16),
}

/// Returns the stages in order of their last day.
///
/// # Errors
/// When the catalog cannot be read.
pub fn calendar(workspace: &Workspace, today: Date) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for stage in builtin()?.stages() {
        let set_day = workspace.catalog.get(&format!("{KEY}{}", stage.id))?;
        let set_day = set_day.and_then(|text| text.parse().ok());
        entries.extend(entry(stage, set_day, workspace.purpose.year, today));
    }
    entries.sort_by_key(|entry| entry.to);
    Ok(entries)
}

fn entry(stage: &Stage, set_day: Option<Date>, year: i16, today: Date) -> Option<Entry> {
    let days = stage.days(year);
    let (from, to, origin) = match (set_day, days) {
        (Some(to), _) => (None, to, Origin::Set),
        (None, Some(days)) => {
            let origin = match days.estimated_from {
                Some(year) => Origin::Estimated(year),
                None => Origin::Recorded(days.source),
            };
            (days.from, days.to, origin)
        }
        (None, None) => return None,
    };
    Some(Entry {
        id: stage.id.clone(),
        name: stage.name.clone(),
        collects: stage.collects,
        from,
        to,
        days_left: today.days_until(to),
        origin,
    })
}

/// Returns the stages as JSON, for programs (`schema/calendar-show.schema.json`).
pub fn json(entries: &[Entry], year: i16, as_of: Date) -> Value {
    let stages: Vec<Value> = entries.iter().map(stage_json).collect();
    json!({
        "schema_version": SCHEMA_VERSION, "year": year, "as_of": as_of, "stages": stages,
    })
}

fn stage_json(entry: &Entry) -> Value {
    let (origin, source, year): (_, Option<&str>, Option<i16>) = match &entry.origin {
        Origin::Set => ("told", None, None),
        Origin::Recorded(source) => ("recorded", Some(source), None),
        Origin::Estimated(year) => ("estimated", None, Some(*year)),
    };
    json!({
        "id": entry.id, "name": entry.name, "collects": entry.collects,
        "from": entry.from, "to": entry.to, "days_left": entry.days_left,
        "origin": origin, "source": source, "estimated_from": year,
    })
}

/// Sets the last day of a stage, as `STAGE=YYYY-MM-DD`.
///
/// # Errors
/// When there is no such stage or day, or the archive is in use.
pub fn set(workspace: &Workspace, said: &str) -> Result<(), Error> {
    let calendar = builtin()?;
    let (id, day) = said.split_once('=').unwrap_or((said, ""));
    let (id, day) = (id.trim(), day.trim().parse::<Date>());
    let stage = calendar.stages().iter().find(|stage| stage.id == id);
    let (Some(stage), Ok(day)) = (stage, day) else {
        let known: Vec<&str> = calendar.stages().iter().map(|s| s.id.as_str()).collect();
        let known = known.join(", ");
        return Err(Error::new(
            ErrorKind::Usage,
            format!("`{said}` tidak dipahami"),
            format!("`{said}` is not understood"),
        )
        .hint(
            format!("tulis TAHAP=TTTT-BB-HH; tahapnya: {known}"),
            format!("write STAGE=YYYY-MM-DD; the stages: {known}"),
        ));
    };
    let _lock = workspace.lock_record()?;
    let key = format!("{KEY}{}", stage.id);
    Ok(workspace.catalog.set(&key, &day.to_string())?)
}

/// Returns the day by which offices are asked: the end of the next stage in which they can hand
/// in evidence; where all are over, a week from now.
///
/// # Errors
/// When the catalog cannot be read.
pub fn deadline(workspace: &Workspace, today: Date) -> Result<Date, Error> {
    let entries = calendar(workspace, today)?;
    let mut open = entries.iter().filter(|e| e.collects && e.days_left > 0);
    let next = open.next().map(|entry| entry.to);
    Ok(next.unwrap_or_else(|| today.plus_days(7)))
}

fn builtin() -> Result<Calendar, Error> {
    Calendar::builtin().map_err(|cause| {
        Error::new(
            ErrorKind::Internal,
            "jadwal bawaan rusak",
            "the built-in calendar is broken",
        )
        .caused_by(cause)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_was_told_goes_before_the_record_and_the_estimate() {
        let calendar = builtin().unwrap();
        let today: Date = "2025-03-01".parse().unwrap();
        let told: Date = "2025-03-11".parse().unwrap();
        for stage in calendar.stages() {
            let own = entry(stage, Some(told), 2025, today).unwrap();
            assert_eq!((own.to, own.days_left), (told, 10), "{}", stage.id);
            assert_eq!((own.from, own.origin), (None, Origin::Set), "{}", stage.id);
            // Of a year that nobody has on record the days are estimated.
            let Some(far) = entry(stage, None, 2090, today) else {
                continue;
            };
            assert!(matches!(far.origin, Origin::Estimated(_)), "{far:?}");
            assert!(far.days_left > 300, "{far:?}");
        }
    }

    #[test]
    fn days_that_are_over_count_below_nothing() {
        let calendar = builtin().unwrap();
        let stage = calendar.stages().first().unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (today, left) in [("2025-03-11", 0), ("2025-03-12", -1), ("2025-02-28", 11)] {
            let entry = entry(stage, Some(day("2025-03-11")), 2025, day(today)).unwrap();
            assert_eq!(entry.days_left, left, "{today}");
        }
    }
}
