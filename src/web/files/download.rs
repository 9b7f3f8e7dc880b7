//! Answers that a browser saves as a file, and never shows or runs.

use crate::report::handover::plain_name;
use crate::report::percent_encoded;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Returns the answer with which a browser saves bytes under a name. What stands before the last
/// `/` or `\` is no part of the name, nor is anything a system or a header would take for more.
pub(in crate::web) fn file(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        // Whatever the bytes are, a browser has nothing to guess at.
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(name)),
    ];
    (headers, bytes).into_response()
}

/// Returns the value of `Content-Disposition` (RFC 6266): the name in letters that every browser
/// takes, and as it is (RFC 8187).
fn disposition(name: &str) -> String {
    let name = plain_name(name);
    let plain: String = name
        .chars()
        .map(|c| match c {
            ' ' | '(' | ')' | '-' | '.' | '_' | ',' => c,
            c if c.is_ascii_alphanumeric() => c,
            _ => '_',
        })
        .collect();
    let whole = percent_encoded(&name, b"");
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_name_and_no_header() {
        for (name, expected) in [
            (
                "SK 5.pdf",
                "filename=\"SK 5.pdf\"; filename*=UTF-8''SK%205.pdf",
            ),
            (
                "/share/a.zip » b/Forum \"Anak\"\r\nX-Evil: 1.pdf",
                "filename=\"Forum _Anak___X-Evil_ 1.pdf\"; \
                 filename*=UTF-8''Forum%20_Anak___X-Evil_%201.pdf",
            ),
            (
                "..\\..\\CON.pdf",
                "filename=\"_CON.pdf\"; filename*=UTF-8''_CON.pdf",
            ),
            (
                "kec\u{e9} \u{202E}fdp.exe",
                "filename=\"kec_ _fdp.exe\"; filename*=UTF-8''kec%C3%A9%20_fdp.exe",
            ),
            ("", "filename=\"_\"; filename*=UTF-8''_"),
        ] {
            let found = disposition(name);
            assert_eq!(found, format!("attachment; {expected}"), "{name:?}");
        }
        let long = disposition(&format!("{}.pdf", "é".repeat(300)));
        assert!(long.len() < 800, "{long}");
    }
}
