//! The hash chain of the event log: how a record is chained to the one before, and how a chain is
//! verified. This page is enough to verify it without bukti.
//!
//! # Form
//!
//! The log is a list of records numbered 1, 2, 3 … without gaps. As lines of JSON
//! (`bukti log show --json`, and `riwayat.jsonl` in every export) one record reads
//!
//! ```text
//! {"digest":"9f0c…","event":{"agent":"bukti 0.1.0",…},"number":7,"previous":"41aa…"}
//! ```
//!
//! 1. *Canonical JSON*: names sorted by code point, nothing between the tokens, texts in UTF-8
//!    with only `"`, `\` and characters below U+0020 escaped, whole numbers only
//!    (a subset of RFC 8785).
//! 2. `e` = SHA-256 of the event in canonical JSON, as 64 lower-case hexadecimal digits.
//! 3. `digest` = SHA-256 of `{"event":"` `e` `","number":` number `,"previous":"` `previous` `"}`.
//! 4. `previous` is the `digest` of the record before; for the first record 64 zeros.
//!
//! The *head* is the digest of the last record. It stands for the whole log: printed on paper,
//! signed or time-stamped (RFC 3161, the head is the message imprint), it proves that every
//! record up to it was there. A chain cannot show that records were cut off its end, or
//! that all of it was rewritten: that needs a head noted elsewhere.
//!
//! An extract for others has `"withheld":"e"` in place of the `event` of records that do not
//! concern them: rules 3 and 4 hold all the same, so that an extract is checked up to the head
//! without telling what it leaves out.
//!
//! # A check in Python
//!
//! `tests/data/log/check.py` is this whole page in fewer than fifty lines.

use super::{canonical, hash};
use crate::model::{Digest, Event, LogBody, LogRecord};
use serde_json::{Value, json};

/// A marker that an event has no canonical form; [`Event`] cannot hold such a thing but for a
/// length beyond 2^53 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event has no canonical form")]
pub struct NotCanonical;

/// Seals an event as the record after `number - 1`.
///
/// # Errors
/// When it has no canonical form.
pub fn seal(
    number: u64,
    previous: Digest,
    event: &Event,
) -> Result<LogRecord, NotCanonical> {
    let value = serde_json::to_value(event).map_err(|_| NotCanonical)?;
    let body = canonical(&value).ok_or(NotCanonical)?;
    Ok(LogRecord {
        number,
        previous,
        digest: link(hash(body.as_bytes()), number, previous),
        body: LogBody::Event(body),
    })
}

/// Returns the digest of a record (rule 3).
fn link(event: Digest, number: u64, previous: Digest) -> Digest {
    let text =
        format!(r#"{{"event":"{event}","number":{number},"previous":"{previous}"}}"#);
    hash(text.as_bytes())
}

/// Returns a record as a line of an extract or a listing.
pub fn to_line(record: &LogRecord) -> String {
    let (name, body) = match &record.body {
        LogBody::Event(text) => ("event", text.clone()),
        LogBody::Withheld(digest) => ("withheld", format!("\"{digest}\"")),
    };
    let LogRecord {
        number,
        previous,
        digest,
        ..
    } = record;
    match name {
        "event" => format!(
            r#"{{"digest":"{digest}","event":{body},"number":{number},"previous":"{previous}"}}"#
        ),
        _ => format!(
            r#"{{"digest":"{digest}","number":{number},"previous":"{previous}","withheld":{body}}}"#
        ),
    }
}

/// Returns the record with its event replaced by the digest of it.
#[must_use]
pub fn withhold(record: LogRecord) -> LogRecord {
    match record.body {
        LogBody::Event(text) => LogRecord {
            body: LogBody::Withheld(hash(text.as_bytes())),
            ..record
        },
        LogBody::Withheld(_) => record,
    }
}

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum LogFault {
    /// Records before this one are missing.
    Gap {
        /// The number that should stand here.
        expected: u64,
    },
    /// It does not carry the digest of the record before: something was dropped, put in or
    /// reordered here.
    Unchained,
    /// Its digest is not that of what it says: it was changed.
    Changed,
    /// What it says is no event in canonical form.
    Unreadable,
}

/// Checks a chain record by record, in the order of their numbers.
#[derive(Debug, Clone)]
pub struct Checker {
    number: u64,
    head: Digest,
}

impl Default for Checker {
    fn default() -> Self {
        Self::new()
    }
}

impl Checker {
    /// Begins at the first record.
    pub fn new() -> Self {
        Self {
            number: 0,
            head: Digest::ZERO,
        }
    }

    /// Checks the next record; returns its faults. The records after it are checked against
    /// what the record says of itself, so that one fault is told once.
    pub fn take(&mut self, record: &LogRecord) -> Vec<LogFault> {
        let mut faults = Vec::new();
        let expected = self.number + 1;
        let is_next = record.number == expected;
        if !is_next {
            faults.push(LogFault::Gap { expected });
        } else if record.previous != self.head {
            faults.push(LogFault::Unchained);
        }
        let event = match &record.body {
            LogBody::Event(text) if is_canonical(text) => hash(text.as_bytes()),
            LogBody::Event(text) => {
                faults.push(LogFault::Unreadable);
                hash(text.as_bytes())
            }
            LogBody::Withheld(digest) => *digest,
        };
        if link(event, record.number, record.previous) != record.digest {
            faults.push(LogFault::Changed);
        }
        self.number = record.number;
        self.head = record.digest;
        faults
    }

    /// Returns how many records there should be by now.
    pub fn count(&self) -> u64 {
        self.number
    }

    /// Returns the digest of the last record taken.
    pub fn head(&self) -> Digest {
        self.head
    }
}

fn is_canonical(text: &str) -> bool {
    let value: Option<Value> = serde_json::from_str(text).ok();
    let is_event = serde_json::from_str::<Event>(text).is_ok();
    is_event && value.and_then(|value| canonical(&value)).as_deref() == Some(text)
}

/// The reason why a line is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the line is no record of a log")]
pub struct NotARecord;

/// Reads a line that [`to_line`] wrote.
///
/// # Errors
/// When it is none.
pub fn from_line(line: &str) -> Result<LogRecord, NotARecord> {
    let value: Value = serde_json::from_str(line).map_err(|_| NotARecord)?;
    let digest_of = |name: &str| {
        let text = value.get(name).and_then(Value::as_str).ok_or(NotARecord)?;
        text.parse::<Digest>().map_err(|_| NotARecord)
    };
    let number = value.get("number").and_then(Value::as_u64);
    let body = match value.get("event") {
        Some(event) => LogBody::Event(canonical(event).ok_or(NotARecord)?),
        None => LogBody::Withheld(digest_of("withheld")?),
    };
    Ok(LogRecord {
        number: number.ok_or(NotARecord)?,
        previous: digest_of("previous")?,
        digest: digest_of("digest")?,
        body,
    })
}

/// Returns a record as JSON for programs.
pub fn to_json(record: &LogRecord) -> Value {
    serde_json::from_str(&to_line(record)).unwrap_or_else(|_| {
        json!({
            "digest": record.digest,
            "event": null,
            "number": record.number,
            "previous": record.previous,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventObject, EventType};
    use proptest::prelude::*;

    fn chain(events: u64) -> Vec<LogRecord> {
        let mut records: Vec<LogRecord> = Vec::new();
        for number in 1..=events {
            let previous = records.last().map_or(Digest::ZERO, |last| last.digest);
            let event = Event::new(EventType::Ingestion, "2026-01-01T00:00:00Z")
                .with("n", number)
                .about(EventObject::content(hash(&number.to_be_bytes())));
            records.push(seal(number, previous, &event).unwrap());
        }
        records
    }

    fn faults(records: &[LogRecord]) -> Vec<(u64, LogFault)> {
        let mut checker = Checker::new();
        let mut found = Vec::new();
        for record in records {
            let faults = checker.take(record);
            found.extend(faults.into_iter().map(|fault| (record.number, fault)));
        }
        found
    }

    #[test]
    fn a_record_is_what_the_page_says() {
        let event = Event::new(EventType::Export, "2026-01-01T00:00:00Z").by("x");
        let record = seal(1, Digest::ZERO, &event).unwrap();
        let body = r#"{"agent":"x","detail":{},"objects":[],"outcome":"success","time":"2026-01-01T00:00:00Z","type":"export"}"#;
        assert_eq!(record.body, LogBody::Event(body.to_owned()));
        // printf %s BODY | sha256sum, then printf %s '{"event":…}' | sha256sum.
        assert_eq!(
            hash(body.as_bytes()).to_string(),
            "8112b28fcb4d029c1ce929a8d25d88200690e294d9642eb7f93a116aed7a64ab"
        );
        assert_eq!(
            record.digest.to_string(),
            "34ce582ad8260372f8dd0417000a52d86554973feb37891212fe7155a1cc75f6"
        );
        assert_eq!(from_line(&to_line(&record)), Ok(record));
    }

    #[test]
    fn a_sound_chain_has_no_faults_and_neither_has_its_extract() {
        let mut records = chain(9);
        assert_eq!(faults(&records), []);
        let head = records[8].digest;
        for at in [0, 3, 8] {
            records[at] = withhold(records[at].clone());
        }
        assert_eq!(faults(&records), []);
        let lines: Vec<String> = records.iter().map(to_line).collect();
        let read: Vec<LogRecord> =
            lines.iter().map(|line| from_line(line).unwrap()).collect();
        assert_eq!(read, records);
        assert_eq!(records[8].digest, head);
    }

    #[test]
    fn each_way_to_tamper_is_found_with_its_number() {
        let mut changed = chain(9);
        let LogBody::Event(text) = &changed[3].body else {
            panic!()
        };
        changed[3].body = LogBody::Event(text.replace("success", "warning"));
        assert_eq!(faults(&changed), [(4, LogFault::Changed)]);

        let mut dropped = chain(9);
        dropped.remove(3);
        assert_eq!(faults(&dropped), [(5, LogFault::Gap { expected: 4 })]);

        let mut renumbered = dropped;
        for (record, number) in renumbered.iter_mut().zip(1..) {
            record.number = number;
        }
        assert_eq!(
            faults(&renumbered)[..2],
            [(4, LogFault::Unchained), (4, LogFault::Changed)]
        );

        let mut inserted = chain(9);
        let event = Event::new(EventType::Decision, "2026-01-01T00:00:00Z");
        let new = seal(4, inserted[2].digest, &event).unwrap();
        inserted.insert(3, new);
        assert_eq!(faults(&inserted)[0], (4, LogFault::Gap { expected: 5 }));

        let mut reordered = chain(9);
        reordered.swap(3, 4);
        assert_eq!(faults(&reordered)[0], (5, LogFault::Gap { expected: 4 }));
    }

    proptest! {
        #[test]
        fn any_single_change_is_found(at in 0usize..9, byte in 0usize..200, with in 1u8..128) {
            let mut records = chain(9);
            let LogBody::Event(text) = &records[at].body else { panic!() };
            let mut bytes = text.clone().into_bytes();
            let byte = byte % bytes.len();
            bytes[byte] = (bytes[byte] ^ with) & 0x7f;
            prop_assume!(bytes != text.as_bytes());
            records[at].body = LogBody::Event(String::from_utf8(bytes).unwrap());
            let found = faults(&records);
            prop_assert!(found.contains(&(at as u64 + 1, LogFault::Changed)));
        }
    }
}
