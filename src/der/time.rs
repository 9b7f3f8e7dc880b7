//! Times of certificates and signatures, as seconds.

use super::{Element, tag};
use std::fmt;

/// A moment, in seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// Reads a `UTCTime` or a `GeneralizedTime` (RFC 5280, section 4.1.2.5; fractions of
    /// RFC 3161, section 2.4.2, are dropped).
    pub fn read(element: Element<'_>) -> Option<Self> {
        let text = std::str::from_utf8(element.content).ok()?;
        let (digits, rest) = split_digits(text);
        let full = match element.tag {
            tag::GENERALIZED_TIME => digits.to_owned(),
            // Two digits of the year: 50 to 99 are of the last century.
            tag::UTC_TIME => {
                let century = if digits < "50" { "20" } else { "19" };
                format!("{century}{digits}")
            }
            _ => return None,
        };
        let rest = match rest.strip_prefix(['.', ',']) {
            Some(fraction) => split_digits(fraction).1,
            None => rest,
        };
        Self::from_parts(&full, zone(rest)?)
    }

    /// Makes a moment of `YYYYMMDDhhmmss` or the first of these, and the seconds that the zone
    /// is ahead of UTC.
    fn from_parts(digits: &str, ahead: i64) -> Option<Self> {
        if digits.len() < 4 {
            return None;
        }
        let part = |from: usize, to: usize, default: i16| match digits.get(from..to) {
            Some(text) => text.parse::<i16>().ok(),
            None if digits.len() <= from => Some(default),
            None => None,
        };
        let small = |from: usize, default: i16| {
            part(from, from + 2, default).and_then(|n| i8::try_from(n).ok())
        };
        let date =
            jiff::civil::Date::new(part(0, 4, 0)?, small(4, 1)?, small(6, 1)?).ok()?;
        // A leap second counts as the one before.
        let second = small(12, 0)?.min(59);
        let time = jiff::civil::Time::new(small(8, 0)?, small(10, 0)?, second, 0).ok()?;
        let zoned = date
            .to_datetime(time)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()?;
        Some(Self(zoned.timestamp().as_second().checked_sub(ahead)?))
    }
}

/// RFC 3339, UTC.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(self.0) {
            Ok(time) => write!(f, "{time}"),
            Err(_) => f.write_str("-"),
        }
    }
}

/// Reads a date of PDF, `D:20260131235959+07'00'` (ISO 32000-2, 7.9.4).
pub fn pdf_date(text: &str) -> Option<Moment> {
    let (digits, rest) = split_digits(text.strip_prefix("D:").unwrap_or(text));
    if digits.len() < 4 {
        return None;
    }
    let digits = digits.get(..14).unwrap_or(digits);
    Moment::from_parts(digits, zone(rest).unwrap_or(0))
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

/// Returns the seconds that `Z`, `+0700` or `+07'00'` is ahead of UTC.
fn zone(text: &str) -> Option<i64> {
    let mut chars = text.chars();
    let sign = match chars.next() {
        None | Some('Z') => return Some(0),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return None,
    };
    let digits: String = chars.filter(char::is_ascii_digit).collect();
    let part = |from: usize| match digits.get(from..from + 2) {
        Some(text) => text.parse::<i64>().ok(),
        None => (from == 2).then_some(0),
    };
    Some(sign * (part(0)? * 3600 + part(2)? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: u8, text: &str) -> Option<String> {
        let element = Element {
            tag,
            content: text.as_bytes(),
            whole: &[],
        };
        Moment::read(element).map(|moment| moment.to_string())
    }

    #[test]
    fn times_of_certificates_are_read() {
        for (tag, text, expected) in [
            (tag::UTC_TIME, "260131235959Z", Some("2026-01-31T23:59:59Z")),
            (tag::UTC_TIME, "500101000000Z", Some("1950-01-01T00:00:00Z")),
            (tag::UTC_TIME, "2601312359Z", Some("2026-01-31T23:59:00Z")),
            (
                tag::GENERALIZED_TIME,
                "20260131235959.123Z",
                Some("2026-01-31T23:59:59Z"),
            ),
            (
                tag::GENERALIZED_TIME,
                "20260131235959+0700",
                Some("2026-01-31T16:59:59Z"),
            ),
            (tag::GENERALIZED_TIME, "20261331235959Z", None),
            (tag::GENERALIZED_TIME, "", None),
            (tag::OCTET_STRING, "20260131235959Z", None),
        ] {
            assert_eq!(read(tag, text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dates_of_pdf_are_read() {
        for (text, expected) in [
            ("D:20260131235959+07'00'", Some("2026-01-31T16:59:59Z")),
            ("D:20260131235959Z", Some("2026-01-31T23:59:59Z")),
            ("D:20260131", Some("2026-01-31T00:00:00Z")),
            ("2026", Some("2026-01-01T00:00:00Z")),
            ("yesterday", None),
        ] {
            let read = pdf_date(text).map(|moment| moment.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
