//! What lies below an error, in the user's language. The system and the libraries speak English
//! only; what a disk or a share commonly says is put into Indonesian here, with the system's
//! number for it, by which help is found.

use crate::model::Lang;
use std::error::Error;
use std::io;

/// Returns what a cause says.
pub(super) fn explain(cause: &(dyn Error + 'static), lang: Lang) -> String {
    let said = cause.to_string();
    let Some(error) = cause.downcast_ref::<io::Error>() else {
        return said;
    };
    let Some(words) = indonesian(error).filter(|_| lang == Lang::Id) else {
        return said;
    };
    match (error.raw_os_error(), error.get_ref()) {
        (Some(number), _) => format!("{words} (os error {number})"),
        // What a library says beside the kind is nowhere else.
        (None, Some(_)) => format!("{words} ({said})"),
        (None, None) => words.to_owned(),
    }
}

/// Returns the Indonesian words for what commonly goes wrong; `None` for what is rare.
fn indonesian(error: &io::Error) -> Option<&'static str> {
    use io::ErrorKind as Kind;
    Some(match error.kind() {
        _ if is_in_use(error) => "sedang dipakai program lain",
        Kind::NotFound => "tidak ditemukan",
        Kind::PermissionDenied => "tidak ada izin",
        Kind::StorageFull => "disk penuh",
        Kind::QuotaExceeded => "kuota disk habis",
        Kind::ReadOnlyFilesystem => "disk hanya dapat dibaca",
        Kind::InvalidData => "isinya tidak sah",
        Kind::UnexpectedEof => "isinya terpotong",
        Kind::AlreadyExists => "sudah ada",
        Kind::IsADirectory => "itu folder, bukan berkas",
        Kind::NotADirectory => "itu berkas, bukan folder",
        Kind::DirectoryNotEmpty => "foldernya tidak kosong",
        Kind::InvalidFilename => "namanya tidak sah di disk itu",
        Kind::FileTooLarge => "berkasnya terlalu besar untuk disk itu",
        Kind::OutOfMemory => "memori habis",
        Kind::TimedOut => "tidak ada jawaban terlalu lama",
        Kind::StaleNetworkFileHandle
        | Kind::NetworkUnreachable
        | Kind::NetworkDown
        | Kind::HostUnreachable
        | Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::NotConnected => "jaringan atau share terputus",
        _ => return None,
    })
}

/// Tells whether another program holds the file. Windows says so by numbers that Rust has no
/// kind for: `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`.
fn is_in_use(error: &io::Error) -> bool {
    let held = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    held || matches!(
        error.kind(),
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_told_in_the_users_language() {
        use io::ErrorKind as Kind;
        let custom = |kind| io::Error::new(kind, "bad magic");
        let cases = [
            (Kind::NotFound.into(), "tidak ditemukan"),
            (Kind::PermissionDenied.into(), "tidak ada izin"),
            (Kind::StorageFull.into(), "disk penuh"),
            (Kind::ReadOnlyFilesystem.into(), "disk hanya dapat dibaca"),
            (Kind::ResourceBusy.into(), "sedang dipakai program lain"),
            (custom(Kind::InvalidData), "isinya tidak sah (bad magic)"),
            // What is rare, and what is no kind at all, keeps its words.
            (custom(Kind::Other), "bad magic"),
            (custom(Kind::AddrInUse), "bad magic"),
        ];
        for (error, expected) in cases {
            let error: io::Error = error;
            assert_eq!(explain(&error, Lang::Id), expected);
            assert_eq!(explain(&error, Lang::En), error.to_string());
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_number_of_the_system_stays() {
        let error = io::Error::from_raw_os_error(13);
        assert_eq!(explain(&error, Lang::Id), "tidak ada izin (os error 13)");
        assert_eq!(explain(&error, Lang::En), "Permission denied (os error 13)");
    }

    #[test]
    fn a_cause_of_our_own_keeps_its_words() {
        let own = "x".parse::<u8>().unwrap_err();
        assert_eq!(explain(&own, Lang::Id), own.to_string());
    }
}
