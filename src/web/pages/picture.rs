//! Pictures of pages and of strips of them. A picture is drawn by a worker: no byte of a document
//! reaches the browser as such. What is personal is covered in the picture itself, unless this
//! session asked for it.

mod viewer;

pub(super) use viewer::{Lit, Viewing, viewed, viewer};

use crate::app::evidence::page_picture::{Drawable, Size, Wanted, drawable};
use crate::model::{Digest, Rect};
use crate::web::answer::Failure;
use crate::web::asked::Asked;
use crate::web::state::personal;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use tower_sessions::Session;

/// How a page is asked for.
#[derive(Deserialize, Default)]
pub(in crate::web) struct How {
    /// `close` for one twice as fine.
    #[serde(default)]
    size: String,
    /// Set where personal data is asked for, too; only who may see it gets it.
    #[serde(default)]
    shown: Option<String>,
}

/// Answers with the picture of a page.
pub(in crate::web) async fn page(
    asked: Asked,
    session: Session,
    Path((sha256, number)): Path<(String, String)>,
    Query(how): Query<How>,
) -> Response {
    let Some((digest, page)) = named(&sha256, &number) else {
        return Failure::NotFound.page(asked.page());
    };
    let is_revealed =
        how.shown.is_some() && personal::is_revealed(&session, &digest).await;
    let wanted = Wanted {
        digest,
        page,
        size: match how.size.as_str() {
            "close" => Size::Close,
            _ => Size::Screen,
        },
        part: None,
        is_revealed,
    };
    drawn(asked, wanted).await
}

/// Reads the name of a picture: `3.jpg` is that of page 3.
fn named(sha256: &str, number: &str) -> Option<(Digest, u32)> {
    let number = number.strip_suffix(".jpg")?;
    Some((sha256.parse().ok()?, number.parse().ok()?))
}

/// Returns the address of a strip.
pub(super) fn strip_address(digest: &Digest, page: u32, part: Rect) -> String {
    let Rect { x0, y0, x1, y1 } = part;
    format!("/documents/{digest}/strips/{page}/{x0}-{y0}-{x1}-{y1}.jpg")
}

/// Answers with a strip of a page; what is personal is always covered.
pub(super) async fn strip(
    asked: Asked,
    Path((sha256, page, part)): Path<(String, String, String)>,
) -> Response {
    let part = part.strip_suffix(".jpg").and_then(part_of);
    let parsed = (sha256.parse::<Digest>(), page.parse::<u32>(), part);
    let (Ok(digest), Ok(page), Some(part)) = parsed else {
        return Failure::NotFound.page(asked.page());
    };
    let wanted = Wanted {
        digest,
        page,
        size: Size::Strip,
        part: Some(part),
        is_revealed: false,
    };
    drawn(asked, wanted).await
}

/// Reads the edges of a part: whole units, left, top, right, bottom.
fn part_of(text: &str) -> Option<Rect> {
    let edge = |text: &str| text.parse::<u16>().ok().map(f32::from);
    let edges: Option<Vec<f32>> = text.split('-').map(edge).collect();
    let edges: [f32; 4] = edges?.try_into().ok()?;
    Some(Rect::from(edges))
}

async fn drawn(asked: Asked, wanted: Wanted) -> Response {
    let found = asked
        .shared
        .with(move |workspace| drawable(workspace, &wanted))
        .await;
    let drawable = match found {
        Ok(Some(drawable)) => drawable,
        Ok(None) => return Failure::NotFound.page(asked.page()),
        Err(error) => return Failure::Failed(error).page(asked.page()),
    };
    // The same name is the same picture for ever.
    let tag = format!("\"{}\"", drawable.name);
    let known = asked.headers.get(header::IF_NONE_MATCH);
    let is_known = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    // What is personal, covered or not, leaves no trace in the browser.
    let kept = match drawable.is_personal {
        true => "no-store",
        false => "private, max-age=86400",
    };
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        (header::CACHE_CONTROL, kept.to_owned()),
        (header::ETAG, tag),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    match drawn_once(&asked, &wanted, drawable).await {
        Ok(picture) => (headers, picture).into_response(),
        Err(failure) => failure.page(asked.page()),
    }
}

/// Returns a picture: one that was drawn before, or drawn in turn.
async fn drawn_once(
    asked: &Asked,
    wanted: &Wanted,
    drawable: Drawable,
) -> Result<Bytes, Failure> {
    let shared = &asked.shared;
    let name = drawable.name;
    if let Some(picture) = shared.pictures.kept(&name) {
        return Ok(picture);
    }
    let turn = shared.pictures.turn().await;
    let _turn = turn.ok_or(Failure::NotFound)?;
    // Whoever waited for the same may have it by now.
    if let Some(picture) = shared.pictures.kept(&name) {
        return Ok(picture);
    }
    let (digest, page) = (wanted.digest, wanted.page);
    let painter = Arc::clone(shared);
    let drawn = shared.with(move |workspace| {
        let pictures = &painter.pictures;
        pictures.draw(workspace, (&digest, page), &drawable.view)
    });
    let picture = drawn.await.map_err(Failure::Failed)?;
    // What was uncovered for one person is drawn anew for the next.
    if !wanted.is_revealed {
        shared.pictures.keep(name, &picture);
    }
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_four_whole_edges() {
        let part = Rect::from([1.0, 20.0, 300.0, 65535.0]);
        assert_eq!(part_of("1-20-300-65535"), Some(part));
        let digest = Digest::ZERO;
        let address = strip_address(&digest, 3, part);
        assert!(
            address.ends_with("/strips/3/1-20-300-65535.jpg"),
            "{address}"
        );
        for text in [
            "",
            "1-2-3",
            "1-2-3-4-5",
            "1-2-3-65536",
            "1-2-3--4",
            "1-2-3-x",
            "NaN-1-2-3",
        ] {
            assert_eq!(part_of(text), None, "{text}");
        }
    }
}
