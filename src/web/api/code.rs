//! The kinds of problems: a name that programs may rely on, the status of HTTP, and what it means.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// Where the interface begins, and with it the address of what a code means.
pub(super) const BASE: &str = "/api/v1";

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Code {
    /// Its name; it is never renamed.
    pub(super) name: &'static str,
    pub(super) status: StatusCode,
    /// What it means, in Indonesian and in English.
    pub(super) title: (&'static str, &'static str),
}

const fn code(
    name: &'static str,
    status: StatusCode,
    id: &'static str,
    en: &'static str,
) -> Code {
    Code {
        name,
        status,
        title: (id, en),
    }
}

impl Code {
    /// It cannot be understood at all.
    pub(super) const BAD_REQUEST: Self = code(
        "bad_request",
        StatusCode::BAD_REQUEST,
        "Permintaan ini tidak dipahami",
        "This request is not understood",
    );
    /// A parameter of the query is not known, or has no such value.
    pub(super) const BAD_QUERY: Self = code(
        "bad_query",
        StatusCode::BAD_REQUEST,
        "Saringan ini tidak dipahami",
        "This query is not understood",
    );
    /// A cursor is not one that this list gave.
    pub(super) const BAD_CURSOR: Self = code(
        "bad_cursor",
        StatusCode::BAD_REQUEST,
        "Penanda halaman ini bukan dari daftar yang diminta",
        "This cursor is not from the list that is asked for",
    );
    /// The body is not what the schema says.
    pub(super) const BAD_BODY: Self = code(
        "bad_body",
        StatusCode::BAD_REQUEST,
        "Isi permintaan tidak sesuai skema",
        "The body is not what the schema says",
    );
    /// Something is named that does not exist, such as an office in a filter.
    pub(super) const UNKNOWN_NAME: Self = code(
        "unknown_name",
        StatusCode::BAD_REQUEST,
        "Yang disebut itu tidak ada",
        "Something is named that does not exist",
    );
    /// There is no session.
    pub(super) const NO_SESSION: Self = code(
        "no_session",
        StatusCode::UNAUTHORIZED,
        "Belum masuk",
        "Not in",
    );
    /// It does not come from a page of ours.
    pub(super) const FOREIGN_ORIGIN: Self = code(
        "foreign_origin",
        StatusCode::FORBIDDEN,
        "Permintaan ini bukan dari halaman bukti sendiri",
        "This request does not come from a page of bukti",
    );
    /// A page holds personal data.
    pub(super) const PERSONAL_DATA: Self = code(
        "personal_data",
        StatusCode::FORBIDDEN,
        "Halaman ini memuat data pribadi",
        "This page holds personal data",
    );
    /// There is no such thing.
    pub(super) const NOT_FOUND: Self = code(
        "not_found",
        StatusCode::NOT_FOUND,
        "Tidak ada di sini",
        "There is no such thing",
    );
    /// It cannot be asked this way.
    pub(super) const METHOD_NOT_ALLOWED: Self = code(
        "method_not_allowed",
        StatusCode::METHOD_NOT_ALLOWED,
        "Alamat ini tidak dapat diminta dengan cara itu",
        "This address cannot be asked for in that way",
    );
    /// Another process works on the archive.
    pub(super) const ARCHIVE_IN_USE: Self = code(
        "archive_in_use",
        StatusCode::CONFLICT,
        "Arsip sedang dipakai proses lain",
        "Another process works on the archive",
    );
    /// Somebody decided meanwhile.
    pub(super) const DECIDED_MEANWHILE: Self = code(
        "decided_meanwhile",
        StatusCode::PRECONDITION_FAILED,
        "Sudah ditetapkan orang lain sementara ini",
        "Somebody decided on it meanwhile",
    );
    /// The body is too long.
    pub(super) const TOO_LARGE: Self = code(
        "too_large",
        StatusCode::PAYLOAD_TOO_LARGE,
        "Isi permintaan terlalu besar",
        "The body is too long",
    );
    /// The body is not JSON.
    pub(super) const NOT_JSON: Self = code(
        "not_json",
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "Isi permintaan harus berupa application/json",
        "The body has to be application/json",
    );
    /// The host that is named is not ours.
    pub(super) const WRONG_HOST: Self = code(
        "wrong_host",
        StatusCode::MISDIRECTED_REQUEST,
        "Nama host ini bukan milik server ini",
        "This host is not ours",
    );
    /// It is not said which state was seen.
    pub(super) const NO_PRECONDITION: Self = code(
        "no_precondition",
        StatusCode::PRECONDITION_REQUIRED,
        "Sebut keadaan yang terlihat, dengan If-Match",
        "Say which state was seen, by If-Match",
    );
    /// We could not do our work.
    pub(super) const FAILED: Self = code(
        "failed",
        StatusCode::INTERNAL_SERVER_ERROR,
        "Permintaan ini gagal dikerjakan",
        "This request could not be done",
    );
    /// It took too long, or was stopped.
    pub(super) const TOO_SLOW: Self = code(
        "too_slow",
        StatusCode::SERVICE_UNAVAILABLE,
        "Permintaan ini terlalu lama",
        "This request took too long",
    );
    /// All of them. Of those with one status, the first is what the status alone says.
    pub(super) const ALL: &'static [Self] = &[
        Self::BAD_REQUEST,
        Self::BAD_QUERY,
        Self::BAD_CURSOR,
        Self::BAD_BODY,
        Self::UNKNOWN_NAME,
        Self::NO_SESSION,
        Self::FOREIGN_ORIGIN,
        Self::PERSONAL_DATA,
        Self::NOT_FOUND,
        Self::METHOD_NOT_ALLOWED,
        Self::ARCHIVE_IN_USE,
        Self::DECIDED_MEANWHILE,
        Self::TOO_LARGE,
        Self::NOT_JSON,
        Self::WRONG_HOST,
        Self::NO_PRECONDITION,
        Self::FAILED,
        Self::TOO_SLOW,
    ];

    /// Returns the code of an answer that was given before a function of ours was asked.
    pub(super) fn of_status(status: StatusCode) -> &'static Self {
        let mut codes = Self::ALL.iter();
        let found = codes.find(|code| code.status == status);
        found.unwrap_or(match status.is_client_error() {
            true => &Self::BAD_REQUEST,
            false => &Self::FAILED,
        })
    }

    /// Returns its meaning in both languages.
    pub(super) fn to_json(&self) -> Value {
        let (id, en) = self.title;
        json!({
            "code": self.name,
            "status": self.status.as_u16(),
            "title": { "id": id, "en": en },
        })
    }
}
