//! The only reader of the time. Everything below takes time as an argument.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the clock"
)]

use crate::model::Date;
use std::time::{Duration, Instant};

/// Returns now as an RFC 3339 text in UTC, whole seconds.
pub fn timestamp() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .to_string()
}

/// Returns the seconds since 1970, UTC.
pub fn seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Returns a moment, as [`timestamp`] writes it, as people here write it: `2025-03-02 14:05`; as
/// it is where it is none.
pub fn local(timestamp: &str) -> String {
    let Ok(moment) = timestamp.parse::<jiff::Timestamp>() else {
        return timestamp.to_owned();
    };
    let here = moment.to_zoned(jiff::tz::TimeZone::system());
    here.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Returns the moment so many days ago, as [`timestamp`] writes it.
pub fn days_ago(days: u32) -> String {
    let seconds = jiff::Timestamp::now().as_second() - i64::from(days) * 86_400;
    jiff::Timestamp::from_second(seconds).map_or_else(|_| timestamp(), |t| t.to_string())
}

/// Returns today's date where this computer is.
pub fn today() -> Option<Date> {
    let date = jiff::Zoned::now().date();
    Date::new(date.year(), date.month(), date.day())
}

/// Measures how long something takes.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts to measure.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Returns the time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
