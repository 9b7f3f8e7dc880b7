//! Reasons why an archive cannot be used: a full disk, write protection, another process, a catalog
//! that is damaged, empty or of another version. Each has a message and a remedy.

use super::error::{Error, ErrorKind};
use crate::io::{
    search::SearchError,
    store::{Access, StoreError},
};
use std::io;

/// The reason why an archive cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The archive's own disk has no room left.
    Full,
    /// Folder, file or disk are write-protected.
    Protected,
    /// This user may not write there.
    Denied,
    /// Another process works on it.
    Locked,
    /// The catalog is damaged.
    Damaged,
    /// The catalog's file is empty.
    Empty,
    /// The file in its place is something else.
    Foreign,
    /// It was made by a newer bukti.
    Newer,
    /// It is to be brought up to date first, and is write-protected.
    Older,
    /// It was not closed by who wrote to it last, and is write-protected.
    Unclosed,
}

impl Trouble {
    /// Returns what an error of the disk means; `None` where it is some other mishap.
    pub fn of_io(error: &io::Error) -> Option<Self> {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(Self::Full),
            io::ErrorKind::ReadOnlyFilesystem => Some(Self::Protected),
            io::ErrorKind::PermissionDenied => Some(Self::Denied),
            _ => None,
        }
    }

    /// Returns why an archive that was opened to read only was.
    pub fn of_access(access: Access) -> Self {
        match access {
            Access::Full => Self::Full,
            Access::Write | Access::Protected => Self::Protected,
        }
    }

    fn of_store(error: &StoreError) -> Option<Self> {
        use rusqlite::ErrorCode as Code;
        match error {
            StoreError::Empty { .. } => Some(Self::Empty),
            StoreError::Foreign { .. } => Some(Self::Foreign),
            StoreError::Newer { .. } => Some(Self::Newer),
            StoreError::Older { .. } => Some(Self::Older),
            StoreError::Unclosed { .. } => Some(Self::Unclosed),
            StoreError::Broken { .. } => Some(Self::Damaged),
            StoreError::Sqlite(error) => match error.sqlite_error_code()? {
                Code::DiskFull => Some(Self::Full),
                Code::ReadOnly => Some(Self::Protected),
                Code::PermissionDenied | Code::CannotOpen => Some(Self::Denied),
                Code::DatabaseBusy | Code::DatabaseLocked => Some(Self::Locked),
                Code::DatabaseCorrupt | Code::NotADatabase => Some(Self::Damaged),
                _ => None,
            },
            StoreError::Absent { .. } | StoreError::Lost { .. } => None,
        }
    }

    /// Returns what happened, in both languages.
    fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Full => (
                "disk tempat arsip ini berada penuh",
                "the disk that holds this archive is full",
            ),
            Self::Protected => (
                "arsip ini hanya dapat dibaca: folder, berkas, atau disknya dilindungi dari penulisan",
                "this archive can only be read: its folder, file or disk is write-protected",
            ),
            Self::Denied => (
                "tidak ada izin menulis ke arsip ini",
                "there is no permission to write to this archive",
            ),
            Self::Locked => (
                "katalog arsip sedang dikunci program lain",
                "the archive's catalog is locked by another program",
            ),
            Self::Damaged => ("katalog arsip rusak", "the archive's catalog is damaged"),
            Self::Empty => (
                "katalog arsip kosong (0 bita): disk penuh saat ditulis, atau salinannya terpotong",
                "the archive's catalog is empty (0 bytes): the disk was full, or a copy was cut short",
            ),
            Self::Foreign => (
                "`bukti.sqlite` di folder ini bukan katalog bukti, atau rusak sejak awalnya",
                "`bukti.sqlite` in this folder is no catalog of bukti, or damaged from its start",
            ),
            Self::Newer => (
                "arsip ini dibuat bukti yang lebih baru",
                "this archive was made by a newer bukti",
            ),
            Self::Older => (
                "arsip ini dibuat bukti yang lebih lama dan tidak dapat diperbarui di tempatnya",
                "this archive was made by an older bukti and cannot be brought up to date where it is",
            ),
            Self::Unclosed => (
                "arsip ini belum ditutup oleh yang terakhir menulisnya, dan tempatnya tidak dapat ditulis",
                "this archive was not closed by who wrote to it last, and its place cannot be written",
            ),
        }
    }

    /// Returns what to do about it, in both languages.
    fn remedy(self) -> (&'static str, &'static str) {
        match self {
            Self::Full => (
                "kosongkan ruang di disk itu, lalu ulangi; yang sudah tercatat tetap aman",
                "free space on that disk, then try again; what is recorded is safe",
            ),
            Self::Protected | Self::Denied => (
                "salin arsipnya ke tempat yang dapat ditulis; `search`, `show`, `status`, dan `check` \
                 dapat dipakai tanpa itu",
                "copy the archive to where it can be written; `search`, `show`, `status` and `check` \
                 work without",
            ),
            Self::Locked => (
                "tutup program yang membukanya, atau tunggu sampai selesai, lalu ulangi",
                "close the program that has it open, or wait until it is done, then try again",
            ),
            Self::Damaged | Self::Empty | Self::Foreign => (
                "kembalikan salinan dari `bukti backup`; bila tidak ada, `bukti init` arsip baru lalu \
                 `bukti index` foldernya: berkas aslinya tidak tersentuh",
                "put a copy from `bukti backup` in its place; if there is none, `bukti init` a new \
                 archive and `bukti index` the folders: the originals are untouched",
            ),
            Self::Newer => ("pasang bukti yang terbaru", "install the newest bukti"),
            Self::Older | Self::Unclosed => (
                "salin seluruh folder arsipnya ke tempat yang dapat ditulis, lalu buka di sana",
                "copy the whole folder of the archive to where it can be written, and open it there",
            ),
        }
    }

    /// Returns it as an error.
    pub fn error(self) -> Error {
        let kind = match self {
            Self::Locked => ErrorKind::ArchiveInUse,
            _ => ErrorKind::Archive,
        };
        let ((id, en), (do_id, do_en)) = (self.message(), self.remedy());
        Error::new(kind, id, en).hint(do_id, do_en)
    }
}

impl From<crate::io::files::error::WriteError> for Error {
    fn from(error: crate::io::files::error::WriteError) -> Self {
        let path = crate::io::files::path::printable(&crate::io::files::path::to_text(
            &error.path,
        ));
        if Trouble::of_io(&error.source) == Some(Trouble::Full) {
            return Self::new(
                ErrorKind::Output,
                format!("`{path}` tidak dapat ditulis: disk tujuannya penuh"),
                format!("`{path}` cannot be written: the disk it lies on is full"),
            )
            .hint(
                "kosongkan ruang di disk itu, atau sebut tempat lain",
                "free space on that disk, or name another place",
            )
            .caused_by(error.source);
        }
        Self::new(
            ErrorKind::Output,
            format!("`{path}` tidak dapat ditulis"),
            format!("`{path}` cannot be written"),
        )
        .hint(
            "periksa izin tulis foldernya",
            "check write access to its folder",
        )
        .caused_by(error.source)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let told = match Trouble::of_store(&error) {
            Some(trouble) => trouble.error(),
            None => Self::new(
                ErrorKind::Archive,
                "katalog arsip tidak dapat dipakai",
                "the archive's catalog cannot be used",
            )
            .hint(
                "periksa disk dan izin tulis folder arsip, lalu `bukti doctor`",
                "check the disk and write access to the archive's folder, then `bukti doctor`",
            ),
        };
        told.caused_by(error)
    }
}

impl From<SearchError> for Error {
    fn from(error: SearchError) -> Self {
        let told = match error.io().and_then(Trouble::of_io) {
            Some(trouble) => trouble.error(),
            None if error.is_busy() => Trouble::Locked.error(),
            None => Self::new(
                ErrorKind::Archive,
                "indeks pencarian tidak dapat dipakai",
                "the search index cannot be used",
            )
            .hint(
                "jalankan `bukti doctor --repair`; indeks dibangun ulang dari katalog",
                "run `bukti doctor --repair`; the index is rebuilt from the catalog",
            ),
        };
        told.caused_by(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn what_sqlite_refuses_is_told_for_what_it_is() {
        let cases = [
            (ffi::SQLITE_FULL, "is full", ErrorKind::Archive),
            (ffi::SQLITE_READONLY, "can only be read", ErrorKind::Archive),
            (ffi::SQLITE_BUSY, "is locked", ErrorKind::ArchiveInUse),
            (ffi::SQLITE_CORRUPT, "is damaged", ErrorKind::Archive),
            (ffi::SQLITE_IOERR, "cannot be used", ErrorKind::Archive),
        ];
        for (code, said, kind) in cases {
            let failure = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let error = Error::from(StoreError::from(failure));
            assert!(error.message.en.contains(said), "{said}: {error:?}");
            assert_eq!(error.kind, kind, "{said}");
            assert_eq!(error.hints.len(), 1);
        }
    }

    #[test]
    fn the_disk_is_found_below_what_wraps_it() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let wrapped = SearchError::Tantivy(full.into());
        let error = Error::from(wrapped);
        assert_eq!(error.message.en, "the disk that holds this archive is full");
    }

    #[test]
    fn what_the_disk_says_has_its_own_words() {
        use io::ErrorKind as Kind;
        let cases = [
            (Kind::StorageFull, Some(Trouble::Full)),
            (Kind::QuotaExceeded, Some(Trouble::Full)),
            (Kind::ReadOnlyFilesystem, Some(Trouble::Protected)),
            (Kind::PermissionDenied, Some(Trouble::Denied)),
            (Kind::NotFound, None),
            (Kind::Other, None),
        ];
        for (kind, expected) in cases {
            assert_eq!(Trouble::of_io(&kind.into()), expected, "{kind:?}");
        }
        for access in [Access::Full, Access::Protected] {
            let error = Trouble::of_access(access).error();
            assert_eq!((error.kind, error.hints.len()), (ErrorKind::Archive, 1));
        }
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        use crate::io::files::error::WriteError;
        for (kind, said) in [
            (io::ErrorKind::StorageFull, "the disk it lies on is full"),
            (io::ErrorKind::PermissionDenied, "cannot be written"),
        ] {
            let error = Error::from(WriteError {
                path: "paket.zip".into(),
                source: kind.into(),
            });
            assert_eq!(error.kind, ErrorKind::Output);
            assert!(error.message.en.starts_with("`paket.zip`"), "{error}");
            assert!(error.message.en.ends_with(said), "{error}");
            assert_eq!(error.causes(crate::model::Lang::En).len(), 1);
        }
    }
}
