//! The attachments of a question as files to download: below the limit of the form, made before
//! they are wanted, and waited for where they are not made yet.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::judgement::data_entry::{
    Attachment, Upload, UploadLimit, attachments, upload_limit,
};
use crate::model::{Digest, MediaType};
use crate::web::answer::{Failure, shown};
use crate::web::asked::Asked;
use crate::web::files::access_copies::{CopyKey, CopyState};
use crate::web::files::download;
use crate::web::layout::Page;
use crate::web::state::shared::Shared;
use axum::extract::{Path, Query};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// Longest time that a download waits for its copy before it says how far that is.
const WAIT: Duration = Duration::from_secs(20);
/// How often it looks whether the copy is made.
const POLL_INTERVAL: Duration = Duration::from_millis(100);
/// Tells a browser to ask again after so many seconds, without a program.
const REFRESH: (HeaderName, HeaderValue) = (
    HeaderName::from_static("refresh"),
    HeaderValue::from_static("3"),
);

/// In which form.
#[derive(Deserialize, Default)]
pub(in crate::web::pages) struct Form {
    /// As a PDF, although the original would fit.
    #[serde(default)]
    pdf: Option<String>,
}

/// Returns the copy by which an attachment is uploaded, where it is not the original.
pub(super) fn copy_key(attachment: &Attachment, limit: UploadLimit) -> Option<CopyKey> {
    let is_copy = attachment.upload == Upload::AccessCopy;
    is_copy.then_some((attachment.digest, limit.bytes))
}

/// Has copies made that somebody may download soon; does not wait for them. Those that somebody
/// waits for come first.
pub(super) fn want(shared: &Arc<Shared>, keys: &[CopyKey], comes_first: bool) {
    if shared.copies.enqueue(keys, comes_first) {
        tokio::spawn(draw_all(Arc::clone(shared)));
    }
}

async fn draw_all(shared: Arc<Shared>) {
    while let Some(key) = shared.copies.take_next() {
        let of_worker = Arc::clone(&shared);
        let drawn = shared.with(move |workspace| of_worker.copies.draw(workspace, key));
        shared.copies.finish(key, drawn.await);
    }
}

/// Waits until a copy is made or known to be impossible, but not for ever.
async fn wait_for(shared: &Arc<Shared>, key: &CopyKey) -> CopyState {
    let mut waited = Duration::ZERO;
    loop {
        let state = shared.copies.state(key);
        let is_under_way = matches!(state, CopyState::Waiting | CopyState::Drawn(..));
        if !is_under_way || waited >= WAIT {
            return state;
        }
        sleep(POLL_INTERVAL).await;
        waited += POLL_INTERVAL;
    }
}

/// What is to be downloaded.
enum Download {
    Original(String, Vec<u8>),
    Copy(String, CopyKey),
}

pub(in crate::web::pages) async fn file(
    asked: Asked,
    Path((question, sha256)): Path<(String, String)>,
    Query(form): Query<Form>,
) -> Response {
    let Ok(digest) = sha256.parse::<Digest>() else {
        return Failure::NotFound.page(asked.page());
    };
    let shared = Arc::clone(&asked.shared);
    let found = asked.shared.with(move |workspace| {
        let is_pdf = form.pdf.is_some();
        find(&shared, workspace, &question, &digest, is_pdf)
    });
    match found.await {
        Ok(Some(Download::Original(name, bytes))) => download::file(&name, bytes),
        Ok(Some(Download::Copy(name, key))) => copy(asked, &name, key).await,
        Ok(None) => Failure::NotFound.page(asked.page()),
        Err(error) => Failure::Failed(error).page(asked.page()),
    }
}

fn find(
    shared: &Shared,
    workspace: &Workspace,
    question: &str,
    digest: &Digest,
    as_pdf: bool,
) -> Result<Option<Download>, Error> {
    let current = shared.judgements.current()?;
    let mut questions = current.judged.report.questions();
    let Some(question) = questions.find(|q| q.id.as_str() == question) else {
        return Ok(None);
    };
    let limit = upload_limit(workspace)?;
    let found = attachments(workspace, question, limit)?;
    let Some(found) = found.into_iter().find(|one| one.digest == *digest) else {
        return Ok(None);
    };
    let key = (*digest, limit.bytes);
    Ok(match found.upload {
        Upload::Original if as_pdf && found.media_type.has_sheets() => {
            Some(Download::Copy(pdf_name(&found), key))
        }
        Upload::Original => {
            let bytes = shared.copies.original(workspace, digest, limit.bytes)?;
            Some(Download::Original(found.path, bytes))
        }
        Upload::AccessCopy => Some(Download::Copy(pdf_name(&found), key)),
        Upload::HeldBack | Upload::None(_) => None,
    })
}

/// Returns the name of a copy: that of its original, and that it is a PDF. A picture keeps its own
/// ending before it, so that it is known which picture it was.
fn pdf_name(attachment: &Attachment) -> String {
    let path = attachment.path.as_str();
    match path.rsplit_once('.') {
        Some((stem, _)) if attachment.media_type == MediaType::Pdf => {
            format!("{stem}.pdf")
        }
        _ => format!("{path}.pdf"),
    }
}

async fn copy(asked: Asked, name: &str, key: CopyKey) -> Response {
    want(&asked.shared, &[key], true);
    let page = asked.page();
    match wait_for(&asked.shared, &key).await {
        CopyState::Made(copy) => {
            let read = tokio::task::spawn_blocking(move || copy.read());
            match read.await {
                Ok(Ok(bytes)) => download::file(name, bytes),
                Ok(Err(error)) => Failure::Failed(error).page(page),
                Err(_) => Failure::NotFound.page(page),
            }
        }
        CopyState::None(why) => refused(page, &why.explain(page.lang)),
        CopyState::Failed(why) => refused(page, why.get(page.lang)),
        CopyState::Drawn(number, of) if of > 0 => under_way(page, Some((number, of))),
        _ => under_way(page, None),
    }
}

fn refused(page: Page<'_>, why: &str) -> Response {
    let title = page.pick("Tidak ada salinan kecil", "No smaller copy");
    let body = html! {
        p.lead { (why) }
        p { (page.pick(
            "Kembali ke halaman sebelumnya dengan tombol Kembali peramban.",
            "Go back to the page before with the Back button of the browser.",
        )) }
    };
    (StatusCode::NOT_FOUND, shown(page, title, Ok(body))).into_response()
}

/// Says how far a copy is, on a page that asks again by itself.
fn under_way(page: Page<'_>, drawn: Option<(u32, u32)>) -> Response {
    let title = page.pick(
        "Salinan kecil sedang dibuat",
        "A smaller copy is being made",
    );
    let body = html! {
        p.lead role="status" {
            @match drawn {
                Some((number, of)) => { (page.pick("halaman ", "page ")) (number) " / " (of) },
                None => (page.pick("menunggu giliran", "others come first")),
            }
        }
        p { (page.pick(
            "Halaman ini memuat ulang sendiri; unduhan mulai begitu salinannya jadi. Sementara itu halaman lain boleh dibuka.",
            "This page loads again by itself; the download begins once the copy is made. Other pages may be opened meanwhile.",
        )) }
    };
    (
        StatusCode::ACCEPTED,
        [REFRESH],
        shown(page, title, Ok(body)),
    )
        .into_response()
}
