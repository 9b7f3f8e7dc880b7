//! An access copy of a document, for forms that take no large files: how it was made, or why there
//! is none. It never replaces the original.

use crate::model::{Lang, Note};
use serde::{Deserialize, Serialize};

/// The resolution and quality of an access copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyStep {
    /// Pixels an inch at most; a page that has fewer keeps its own.
    pub dpi: u16,
    /// Quality of the JPEG pictures, 1 to 100.
    pub quality: u8,
}

/// The reason why a document has no access copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoCopy {
    /// Its format has no pages that can be shown as pictures.
    NoPages,
    /// It has more pages than are read: a copy would lack some.
    TooManyPages,
    /// At the coarsest step that can still be read it is above the limit.
    NothingFits,
    /// It is no longer what the archive read.
    Changed,
    /// A page cannot be shown, or the reader fell over.
    Unreadable(Note),
}

impl NoCopy {
    /// Returns the name that JSON uses.
    pub fn as_str(&self) -> &'static str {
        self.into()
    }

    /// Returns a sentence with the reason, and what a person can do.
    pub fn explain(&self, lang: Lang) -> String {
        let said = match self {
            Self::NoPages => lang.pick(
                "format ini tidak punya halaman yang dapat digambar; simpan sebagai PDF dari program asalnya",
                "this format has no pages to show as pictures; save it as PDF from its own program",
            ),
            Self::TooManyPages => lang.pick(
                "halamannya lebih banyak daripada yang dibaca bukti; pecah dokumennya",
                "it has more pages than bukti reads; split the document",
            ),
            Self::NothingFits => lang.pick(
                "masih di atas batas pada langkah terkasar yang terbaca (100 dpi, mutu 30); pecah dokumennya",
                "still above the limit at the coarsest step that can be read (100 dpi, quality 30); split the document",
            ),
            Self::Changed => lang.pick(
                "isinya bukan lagi yang dibaca arsip",
                "it is no longer what the archive read",
            ),
            Self::Unreadable(note) => {
                let why = note.explain(lang);
                let cannot = lang.pick("tidak dapat digambar", "it cannot be drawn");
                return format!("{cannot}: {why}");
            }
        };
        said.to_owned()
    }
}
