//! A page of a document as a picture, with what is meant lit on it, and its text beside it. The
//! picture is drawn by a worker: no byte of a document reaches the browser as such.

use super::parts;
use crate::app::evidence::show::Shown;
use crate::app::progress::Silent;
use crate::model::{Digest, Page as Sheet, Rect};
use crate::web::answer::Failure;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::sync::Arc;

/// Around a lit box, in points.
const AROUND: f32 = 2.0;

pub(super) async fn picture(
    asked: Asked,
    Path((sha256, number)): Path<(String, String)>,
) -> Response {
    let number = number
        .strip_suffix(".jpg")
        .and_then(|number| number.parse::<u32>().ok());
    let (Ok(digest), Some(number)) = (sha256.parse::<Digest>(), number) else {
        return Failure::NotFound.page(asked.page());
    };
    // A page of a content is the same for ever.
    let tag = format!("\"{}-{number}\"", digest.short());
    let known = asked.headers.get(header::IF_NONE_MATCH);
    let is_known = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let shared = Arc::clone(&asked.shared);
    let drawn = asked.shared.with(move |workspace| {
        let document = workspace.catalog.document(&digest)?;
        let facts = document.map(|document| document.content.facts);
        let marks = facts.map(|facts| facts.personal).unwrap_or_default();
        if marks.iter().any(|mark| mark.page == number) {
            return Ok(None);
        }
        if is_known {
            return Ok(Some(Vec::new()));
        }
        shared
            .paint(|painter| painter.draw(workspace, &digest, number, &Silent))
            .map(Some)
    });
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=86400".to_owned()),
        (header::ETAG, tag),
    ];
    match drawn.await {
        Ok(Some(picture)) if picture.is_empty() => {
            (StatusCode::NOT_MODIFIED, headers).into_response()
        }
        Ok(Some(picture)) => (headers, picture).into_response(),
        Ok(None) => Failure::NotFound.page(asked.page()),
        Err(error) => Failure::Failed(error).page(asked.page()),
    }
}

/// Returns a page of a document, with boxes lit and the way to its other pages.
pub(super) fn viewer(page: Page<'_>, shown: &Shown, number: u32, lit: &[Rect]) -> Markup {
    let content = &shown.document.content;
    let sheet = shown.pages.iter().find(|sheet| sheet.number == number);
    let is_personal = content
        .facts
        .personal
        .iter()
        .any(|mark| mark.page == number);
    let title = page.pick("Halaman ", "Page ");
    html! {
        section.viewer id="page" aria-labelledby="page-title" {
            h2 id="page-title" { (title) (number) " / " (content.page_count) }
            (ways(page, &content.digest, number, content.page_count))
            @if is_personal {
                p { (page.pick(
                    "Halaman ini memuat data pribadi; gambar dan teksnya tidak ditampilkan di sini. Buka berkas aslinya bila memang perlu.",
                    "This page holds personal data; its picture and text are not shown here. Open the original where there is a need.",
                )) }
            } @else {
                @match sheet.and_then(|sheet| sheet.size) {
                    Some(size) if content.media_type.has_sheets() => (drawn(page, &content.digest, number, size, lit)),
                    _ => p.soft { (page.pick("Halaman ini tidak punya gambar.", "This page has no picture.")) },
                }
                @if let Some(sheet) = sheet { (text(page, sheet)) }
            }
        }
    }
}

fn drawn(
    page: Page<'_>,
    digest: &Digest,
    number: u32,
    (width, height): (f32, f32),
    lit: &[Rect],
) -> Markup {
    let name = format!(
        "{} {number}",
        page.pick("Gambar halaman", "Picture of page")
    );
    html! {
        svg.sheet viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(name) {
            image href={ "/documents/" (digest) "/pages/" (number) ".jpg" } x="0" y="0" width=(width) height=(height) preserveAspectRatio="none" {}
            @for rect in lit.iter().map(|rect| rect.grown(AROUND)) {
                rect.lit x=(rect.x0) y=(rect.y0) width=(rect.width()) height=(rect.height()) {}
            }
        }
    }
}

fn text(page: Page<'_>, sheet: &Sheet) -> Markup {
    html! {
        details {
            summary { (page.pick("Teks halaman ini, sebagaimana terbaca", "The text of this page, as it was read")) }
            pre tabindex="0" { @for line in sheet.all_lines() { (line.text()) "\n" } }
        }
    }
}

fn ways(page: Page<'_>, digest: &Digest, number: u32, count: u32) -> Markup {
    let to = |number: u32| parts::document_address(digest, Some(number));
    html! {
        nav.pages aria-label=(page.pick("Halaman dokumen", "Pages of the document")) {
            @if number > 1 { a href=(to(number - 1)) { (page.pick("Sebelumnya", "Before")) } }
            @if number < count { a href=(to(number + 1)) { (page.pick("Berikutnya", "After")) } }
        }
    }
}
