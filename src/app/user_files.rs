//! Reads files that a user names, and writes those that a user asks for, with the same error
//! messages for every verb.

use super::error::{Error, ErrorKind};
use crate::io::files::{atomic, path, source};
use crate::io::sheet;
use crate::io::sheet::Row;
use crate::model::Lang;
use std::path::Path;

/// Returns the bytes of a file of at most `most` bytes.
///
/// # Errors
/// When it cannot be read, or is larger.
pub fn read_bytes(file: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let shown = path::printable(&path::to_text(file));
    source::read(file, most).map_err(|trouble| {
        let why = |lang| format!("`{shown}`: {}", trouble.note.explain(lang));
        Error::new(ErrorKind::Usage, why(Lang::Id), why(Lang::En))
    })
}

/// Returns the rows of a workbook or of a delimited text; `part` finds the delimiter of a text.
///
/// # Errors
/// When it cannot be read as a table.
pub fn read_rows(file: &Path, part: fn(&str) -> u8) -> Result<Vec<Row>, Error> {
    sheet::rows(file, part).map_err(|cause| {
        let shown = path::printable(&path::to_text(file));
        Error::new(
            ErrorKind::Usage,
            format!("`{shown}` tidak dapat dibaca sebagai tabel"),
            format!("`{shown}` cannot be read as a table"),
        )
        .hint("simpan sebagai XLSX atau CSV", "save it as XLSX or CSV")
        .caused_by(cause)
    })
}

/// Writes a file a user asked for, whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn save(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    atomic::write(file, bytes).map_err(|cause| {
        let shown = path::printable(&path::to_text(file));
        Error::new(
            ErrorKind::Usage,
            format!("`{shown}` tidak dapat ditulis"),
            format!("`{shown}` cannot be written"),
        )
        .hint(
            "tutup berkasnya bila sedang terbuka di Excel, dan periksa foldernya",
            "close the file if Excel has it open, and check the folder",
        )
        .caused_by(cause)
    })
}

/// Returns the error that the output of a verb exists already.
pub fn already_exists(to: &Path) -> Error {
    let shown = path::printable(&path::to_text(to));
    Error::new(
        ErrorKind::Usage,
        format!("`{shown}` sudah ada"),
        format!("`{shown}` is there already"),
    )
    .hint("sebut nama lain", "name another place")
}

#[cfg(test)]
mod tests {
    use super::*;

    use super::super::error::ErrorKind as Kind;

    #[test]
    fn a_file_that_is_too_large_or_not_there_is_told_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("daftar.csv");
        assert!(
            read_bytes(&file, 4)
                .unwrap_err()
                .message
                .en
                .contains("daftar.csv")
        );
        std::fs::write(&file, "abcd").unwrap();
        assert_eq!(read_bytes(&file, 4).unwrap(), b"abcd");
        std::fs::write(&file, "abcde").unwrap();
        let error = read_bytes(&file, 4).unwrap_err();
        assert_eq!(error.kind, Kind::Usage);
        assert!(error.message.id.contains("daftar.csv"), "{error}");
    }

    #[test]
    fn what_is_no_table_and_what_cannot_be_written_is_told_with_its_cause() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("daftar.xlsx");
        std::fs::write(&file, "no workbook").unwrap();
        let table = read_rows(&file, sheet::most_frequent).unwrap_err();
        let within = file.join("a.xlsx");
        let saved = save(&within, b"x").unwrap_err();
        for error in [table, saved] {
            assert_eq!((error.kind, error.hints.len()), (Kind::Usage, 1), "{error}");
            assert!(!error.causes(Lang::Id).is_empty(), "{error}");
        }
        save(&folder.path().join("b.txt"), b"x").unwrap();
    }
}
