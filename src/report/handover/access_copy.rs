//! A smaller copy beside a document of a package, and what is said of it.

use crate::model::{ByteLen, CopyStep, Digest, Lang, NoCopy};

/// What became of the smaller copy of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessCopyState {
    /// It is to be tried when the package is written.
    Wanted,
    /// It is in the package.
    Made(PackagedCopy),
    /// There is none.
    None(NoCopy),
}

/// A smaller copy in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackagedCopy {
    /// Its path in the package, `salinan-kecil/…`, `/` between folders.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its digest.
    pub sha256: Digest,
    /// How its pages are drawn.
    pub step: CopyStep,
    /// Its pages: all of the original's.
    pub pages: u32,
    /// How many of them have words to search.
    pub searchable: u32,
}

impl PackagedCopy {
    /// Says in a few words how large it is and how it was made.
    pub fn describe(&self, lang: Lang) -> String {
        let CopyStep { dpi, quality } = self.step;
        let size = ByteLen(self.bytes);
        let said = match lang {
            Lang::Id => format!("{size} · {dpi} dpi · mutu {quality}"),
            Lang::En => format!("{size} · {dpi} dpi · quality {quality}"),
        };
        if self.searchable == self.pages {
            return said;
        }
        let (some, all) = (self.searchable, self.pages);
        let text = match lang {
            Lang::Id => format!("{some} dari {all} halaman dapat dicari"),
            Lang::En => format!("{some} of {all} pages can be searched"),
        };
        format!("{said} · {text}")
    }
}
