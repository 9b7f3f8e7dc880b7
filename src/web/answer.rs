//! Answers that are no page of the archive: what is not there, what failed, what is refused. None
//! tells a stranger where the archive lies.

use super::layout::Page;
use crate::app::error::{Error, ErrorKind};
use crate::model::Bilingual;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

/// Why a request has no page.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no such thing.
    NotFound,
    /// It was asked for in a way that cannot be understood.
    BadRequest,
    /// The use case failed.
    Failed(Error),
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Failed(error) => match error.kind {
                ErrorKind::NotFound => StatusCode::NOT_FOUND,
                ErrorKind::Usage => StatusCode::BAD_REQUEST,
                ErrorKind::ArchiveInUse => StatusCode::CONFLICT,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// Returns the page that says so.
    pub(super) fn page(&self, page: Page<'_>) -> Response {
        let (said, hints): (Bilingual, &[Bilingual]) = match self {
            Self::NotFound => (said("Tidak ada di sini", "There is no such page"), &[]),
            Self::BadRequest => (
                said(
                    "Permintaan ini tidak dipahami",
                    "This request is not understood",
                ),
                &[],
            ),
            Self::Failed(error) => (error.message.clone(), &error.hints),
        };
        let body = html! {
            p.lead { (said.get(page.lang)) }
            @if !hints.is_empty() {
                ul { @for hint in hints { li { (hint.get(page.lang)) } } }
            }
            p { a href="/" { (page.pick("Ke beranda", "To the start")) } }
        };
        let title = page.pick("Tidak dapat ditampilkan", "Cannot be shown");
        (self.status(), page.around(title, &body)).into_response()
    }
}

fn said(id: &str, en: &str) -> Bilingual {
    Bilingual {
        id: id.to_owned(),
        en: en.to_owned(),
    }
}

/// Returns a page, or the one that says why there is none.
pub(super) fn shown(
    page: Page<'_>,
    title: &str,
    body: Result<Markup, Failure>,
) -> Response {
    match body {
        Ok(body) => page.around(title, &body).into_response(),
        Err(failure) => failure.page(page),
    }
}

/// Returns the answer that sends a browser on, to a page of ours.
pub(super) fn go_to(place: &str) -> Response {
    let place = if is_own(place) { place } else { "/" };
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, place.to_owned())],
    )
        .into_response()
}

/// Tells whether a place is a path on this server: not another host, however it is written.
fn is_own(place: &str) -> bool {
    let mut chars = place.chars();
    chars.next() == Some('/')
        && !matches!(chars.next(), Some('/' | '\\'))
        && place.chars().all(|c| c.is_ascii_graphic() && c != '\\')
}
