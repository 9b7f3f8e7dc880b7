//! Events of the log, in the words of PREMIS 3 (`eventType`,
//! `eventOutcome`, linked objects and agent).

use crate::model::{Digest, Lang};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt::Display};

/// A kind of event. The names are those of the PREMIS `eventType` vocabulary where it has
/// one; `decision`, `export` and `time stamping` are plain words beside it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(into = "&'static str", try_from = "String")]
pub enum EventType {
    /// The digest of a file was computed and written down for the first time.
    #[strum(serialize = "message digest calculation")]
    DigestCalculation,
    /// A content was taken into the archive: read, recognised, written down.
    #[strum(serialize = "ingestion")]
    Ingestion,
    /// A content that was known already was read again.
    #[strum(serialize = "metadata extraction")]
    MetadataExtraction,
    /// Files were read again and compared with their digests, or found gone.
    #[strum(serialize = "fixity check")]
    FixityCheck,
    /// A copy was laid into the archive's own store.
    #[strum(serialize = "replication")]
    Replication,
    /// A copy was given back, or a damaged one healed.
    #[strum(serialize = "recovery")]
    Recovery,
    /// A package was looked at against its manifests.
    #[strum(serialize = "validation")]
    Validation,
    /// A package was written for others.
    #[strum(serialize = "export")]
    Export,
    /// A person decided what a document proves.
    #[strum(serialize = "decision")]
    Decision,
    /// Paths were removed from the catalog.
    #[strum(serialize = "deaccession")]
    Deaccession,
    /// A certificate was added to those that the archive trusts, or taken out of them.
    #[strum(serialize = "policy assignment")]
    PolicyAssignment,
    /// A time-stamp token was attached to a record.
    #[strum(serialize = "time stamping")]
    TimeStamping,
    /// What is otherwise covered was shown to a person who asked for it.
    #[strum(serialize = "dissemination")]
    Dissemination,
}

impl TryFrom<String> for EventType {
    type Error = strum::ParseError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        name.parse()
    }
}

impl EventType {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::DigestCalculation,
        Self::Ingestion,
        Self::MetadataExtraction,
        Self::FixityCheck,
        Self::Replication,
        Self::Recovery,
        Self::Validation,
        Self::Export,
        Self::Decision,
        Self::Deaccession,
        Self::PolicyAssignment,
        Self::TimeStamping,
        Self::Dissemination,
    ];

    /// Returns the name that the log uses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the words a clerk reads.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::DigestCalculation => lang.pick("sidik dihitung", "digest computed"),
            Self::Ingestion => lang.pick("masuk arsip", "taken in"),
            Self::MetadataExtraction => lang.pick("dibaca ulang", "read again"),
            Self::FixityCheck => lang.pick("diperiksa", "checked"),
            Self::Replication => lang.pick("disimpan salinannya", "copy kept"),
            Self::Recovery => lang.pick("dipulihkan", "recovered"),
            Self::Validation => lang.pick("paket diperiksa", "package validated"),
            Self::Export => lang.pick("diserahkan", "exported"),
            Self::Decision => lang.pick("ditetapkan", "decided"),
            Self::Deaccession => lang.pick("dilepas", "let go"),
            Self::PolicyAssignment => {
                lang.pick("kepercayaan ditetapkan", "trust assigned")
            }
            Self::TimeStamping => lang.pick("diberi cap waktu", "time-stamped"),
            Self::Dissemination => {
                lang.pick("data pribadi diperlihatkan", "personal data shown")
            }
        }
    }
}

/// How an event ended.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum EventOutcome {
    /// As it should.
    Success,
    /// Done, but a person should look at it.
    Warning,
    /// It showed that something is wrong.
    Fail,
}

impl EventOutcome {
    /// Returns the word a clerk reads.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Success => lang.pick("baik", "success"),
            Self::Warning => lang.pick("perlu dilihat", "warning"),
            Self::Fail => lang.pick("gagal", "fail"),
        }
    }
}

/// A content, or a file with it, that an event is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventObject {
    /// Its length in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Where it lay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its digest.
    pub sha256: Digest,
}

impl EventObject {
    /// Names a content by its digest alone.
    pub fn content(sha256: Digest) -> Self {
        Self {
            bytes: None,
            path: None,
            sha256,
        }
    }
}

/// A thing that happened. Holds texts, whole numbers and lists only, so that its
/// canonical form does not depend on how fractions are printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Who did it: this program with its version, or a person's name.
    pub agent: String,
    /// What else is to be known, by name.
    pub detail: BTreeMap<String, String>,
    /// What it was done to.
    pub objects: Vec<EventObject>,
    /// How it ended.
    pub outcome: EventOutcome,
    /// When, RFC 3339, UTC, whole seconds.
    pub time: String,
    /// What kind it is.
    #[serde(rename = "type")]
    pub kind: EventType,
}

impl Event {
    /// What this program calls itself as an agent.
    pub const PROGRAM: &str = concat!("bukti ", env!("CARGO_PKG_VERSION"));

    /// Makes an event of this program that went as it should, about nothing yet.
    pub fn new(kind: EventType, time: impl Into<String>) -> Self {
        Self {
            agent: Self::PROGRAM.to_owned(),
            detail: BTreeMap::new(),
            objects: Vec::new(),
            outcome: EventOutcome::Success,
            time: time.into(),
            kind,
        }
    }

    /// Sets who did it.
    #[must_use]
    pub fn by(mut self, agent: impl Into<String>) -> Self {
        self.agent = agent.into();
        self
    }

    /// Sets the outcome.
    #[must_use]
    pub fn ended(mut self, outcome: EventOutcome) -> Self {
        self.outcome = outcome;
        self
    }

    /// Adds something to be known.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        self.detail.insert(name.to_owned(), format!("{value}"));
        self
    }

    /// Adds what it was done to.
    #[must_use]
    pub fn about(mut self, object: EventObject) -> Self {
        self.objects.push(object);
        self
    }
}

/// A record of the log: an event, chained to the record before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRecord {
    /// Its number, from 1 without gaps.
    pub number: u64,
    /// The digest of the record before; [`Digest::ZERO`] for the first.
    pub previous: Digest,
    /// Its own digest, see [`crate::fixity::log`].
    pub digest: Digest,
    /// The event in canonical JSON, or the digest of that where it is withheld.
    pub body: LogBody,
}

/// What a record of the log says, or the digest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogBody {
    /// The event as canonical JSON.
    Event(String),
    /// The digest of the event's canonical JSON: an extract withholds the event, and the
    /// chain can still be checked.
    Withheld(Digest),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_name() {
        for kind in EventType::ALL {
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(json, format!("\"{}\"", kind.as_str()));
        }
    }
}
