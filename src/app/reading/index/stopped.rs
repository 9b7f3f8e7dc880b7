//! The errors that end a run early: a thread that panicked, a user who stopped it.

use crate::app::error::{Error, ErrorKind};

pub(super) fn panicked() -> Error {
    Error::new(
        ErrorKind::Internal,
        "penulis katalog berhenti mendadak",
        "the catalog's writer fell over",
    )
    .hint(
        "jalankan lagi; yang sudah tercatat tetap aman",
        "run again; what is recorded is safe",
    )
}

pub(super) fn stopped() -> Error {
    Error::new(
        ErrorKind::Interrupted,
        "dihentikan; yang sudah dibaca tersimpan",
        "stopped; what has been read is kept",
    )
    .hint("jalankan lagi untuk meneruskan", "run again to go on")
}
