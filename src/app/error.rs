//! The only error the faces see: what kind, in both languages, with hints where the cause is
//! known. The kind decides the exit code, in one table.

use super::cause;
use crate::model::{Bilingual, Lang, Note};
use std::fmt::Write;

/// The kind of an error, as far as a caller can react to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ErrorKind {
    /// Arguments, settings or a framework file are wrong: nothing was begun.
    Usage,
    /// There is no archive here.
    NoArchive,
    /// Another process works on the archive.
    ArchiveInUse,
    /// What was asked for does not exist.
    NotFound,
    /// The archive's own files cannot be read or written.
    Archive,
    /// A file asked for cannot be written where it should go.
    Output,
    /// The user stopped it.
    Interrupted,
    /// Our mistake.
    Internal,
}

impl ErrorKind {
    /// Returns the exit code of the process.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::NotFound => 1,
            Self::Usage => 2,
            Self::NoArchive => 10,
            Self::ArchiveInUse => 11,
            Self::Archive | Self::Output | Self::Internal => 70,
            Self::Interrupted => 130,
        }
    }

    /// Returns the name that JSON uses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// An error of a use case, in both languages.
#[derive(Debug)]
pub struct Error {
    /// What kind it is.
    pub kind: ErrorKind,
    /// What happened.
    pub message: Bilingual,
    /// What to do about it.
    pub hints: Vec<Bilingual>,
    /// The cause below.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Makes an error from what happened, in both languages.
    pub fn new(kind: ErrorKind, id: impl Into<String>, en: impl Into<String>) -> Self {
        let message = Bilingual {
            id: id.into(),
            en: en.into(),
        };
        Self {
            kind,
            message,
            hints: Vec::new(),
            source: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, id: impl Into<String>, en: impl Into<String>) -> Self {
        self.hints.push(Bilingual {
            id: id.into(),
            en: en.into(),
        });
        self
    }

    /// Adds what was noted of a file as the reason, where something was.
    #[must_use]
    pub fn because(mut self, note: Option<&Note>) -> Self {
        if let Some(note) = note {
            let _ = write!(self.message.id, ": {}", note.explain(Lang::Id));
            let _ = write!(self.message.en, ": {}", note.explain(Lang::En));
        }
        self
    }

    /// Adds the path of the archive.
    #[must_use]
    pub fn in_archive(mut self, root: &str) -> Self {
        self.message = Bilingual {
            id: format!("{} (arsip: `{root}`)", self.message.id),
            en: format!("{} (archive: `{root}`)", self.message.en),
        };
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the causes below, from the nearest to the root, as a person reads them.
    pub fn causes(&self, lang: Lang) -> Vec<String> {
        let mut causes = Vec::new();
        let mut next: Option<&dyn std::error::Error> = match &self.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        };
        while let Some(cause) = next {
            causes.push(cause::explain(cause, lang));
            next = cause.source();
        }
        causes
    }

    /// Returns the error as a person reads it.
    pub fn explain(&self, lang: Lang) -> String {
        let mut text = format!(
            "{}: {}",
            lang.pick("galat", "error"),
            self.message.get(lang)
        );
        for cause in self.causes(lang) {
            let label = lang.pick("sebab", "caused by");
            let _ = write!(text, "\n  {label}: {cause}");
        }
        for hint in &self.hints {
            let label = lang.pick("saran", "hint");
            let _ = write!(text, "\n  {label}: {}", hint.get(lang));
        }
        text
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_from_what_to_why_to_remedy() {
        let cause = std::io::Error::other("disk on fire");
        let error = Error::new(ErrorKind::Archive, "rusak", "broken")
            .hint("ganti", "replace it")
            .caused_by(cause);
        assert_eq!(
            error.explain(Lang::En),
            "error: broken\n  caused by: disk on fire\n  hint: replace it"
        );
        assert_eq!(
            error.explain(Lang::Id),
            "galat: rusak\n  sebab: disk on fire\n  saran: ganti"
        );
    }

    #[test]
    fn causes_come_down_to_the_root_in_the_users_language() {
        #[derive(Debug, thiserror::Error)]
        #[error("the package cannot be opened")]
        struct Outer(#[source] std::io::Error);
        let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let error = Error::new(ErrorKind::Usage, "x", "x").caused_by(Outer(denied));
        assert_eq!(error.causes(Lang::Id)[1], "tidak ada izin");
        assert_eq!(
            error.causes(Lang::En),
            ["the package cannot be opened", "permission denied"]
        );
        let bare = Error::new(ErrorKind::Usage, "x", "x");
        assert!(bare.causes(Lang::Id).is_empty());
    }

    #[test]
    fn an_archive_is_named_in_both_languages() {
        let error = Error::new(ErrorKind::Archive, "rusak", "broken").in_archive("/a");
        assert_eq!(error.message.en, "broken (archive: `/a`)");
        assert_eq!(error.message.id, "rusak (arsip: `/a`)");
    }
}
