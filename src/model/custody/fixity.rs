//! The result of a fixity check: are the bytes of a file the same as before?

use crate::model::{Digest, Lang};
use serde::{Deserialize, Serialize};

/// The status of a file after a fixity check.
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
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FixityStatus {
    /// The same bytes.
    Same,
    /// Other bytes.
    Changed,
    /// Not there any more, and nowhere else that was looked at.
    Missing,
    /// Not there any more; the same bytes lie at a path that is new.
    Moved,
    /// There, and not taken in yet.
    New,
    /// There, and cannot be read.
    Unreadable,
    /// Its whole folder is unreachable: a share or a disk that is not connected. Nothing is known
    /// about the file.
    Unreachable,
}

impl FixityStatus {
    /// Every status, in the order sums are printed.
    pub const ALL: [Self; 7] = [
        Self::Same,
        Self::Changed,
        Self::Missing,
        Self::Moved,
        Self::New,
        Self::Unreadable,
        Self::Unreachable,
    ];

    /// Returns the name that JSON and the catalog use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the words a clerk reads.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Same => lang.pick("sama", "same"),
            Self::Changed => lang.pick("berubah", "changed"),
            Self::Missing => lang.pick("hilang", "missing"),
            Self::Moved => lang.pick("berpindah tempat", "moved"),
            Self::New => lang.pick("baru, belum dibaca", "new, not read yet"),
            Self::Unreadable => lang.pick("tak dapat dibuka", "unreadable"),
            Self::Unreachable => lang.pick("tak terjangkau", "unreachable"),
        }
    }

    /// Tells whether evidence is lost or no longer what it was.
    pub fn is_loss(self) -> bool {
        matches!(self, Self::Changed | Self::Missing)
    }

    /// Tells whether nothing can be said about the file.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unreadable | Self::Unreachable)
    }
}

/// The result of looking at one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixityCheck {
    /// The path.
    pub path: String,
    /// The digest it should have.
    pub expected: Digest,
    /// The digest found, where it could be read.
    pub found: Option<Digest>,
    /// How it stands.
    pub status: FixityStatus,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_one_name() {
        for status in FixityStatus::ALL {
            let json = serde_json::to_string(&status).unwrap();
            assert_eq!(json, format!("\"{}\"", status.as_str()));
        }
    }
}
