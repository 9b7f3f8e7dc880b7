//! What happened, newest first: the event log with its chain.

use crate::app::archive::log;
use crate::fixity::log::to_line;
use crate::model::{Digest, Event, LogBody, LogRecord};
use crate::web::asked::Asked;
use crate::web::layout::Page;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// Records of one page.
const ON_A_PAGE: usize = 100;

/// Up to which record.
#[derive(Deserialize, Default)]
pub(super) struct Until {
    #[serde(default)]
    until: Option<u64>,
}

/// What the page shows.
struct Told {
    records: Vec<LogRecord>,
    head: Option<(u64, Digest)>,
}

pub(super) async fn page(asked: Asked, Query(until): Query<Until>) -> Response {
    let find = move |workspace: &mut _| {
        let workspace = &*workspace;
        let records = log::newest(workspace, until.until, ON_A_PAGE)?;
        let head = log::head(workspace)?.map(|head| (head.number, head.digest));
        Ok(Told { records, head })
    };
    let show = |page: Page<'_>, told: Told| Ok(body(page, &told));
    asked.answer(("Riwayat", "History"), find, show).await
}

fn body(page: Page<'_>, told: &Told) -> Markup {
    let last = told.records.last().map(|record| record.number);
    html! {
        @if let Some((number, digest)) = &told.head {
            p.lead { (number) " " (page.pick("catatan; kepala rantai", "records; head of the chain")) " " code { (digest) } }
        }
        ol.log {
            @for record in &told.records { li value=(record.number) { (one(page, record)) } }
        }
        nav.pages aria-label=(page.pick("Halaman riwayat", "Pages of the history")) {
            @if let Some(older) = last.filter(|last| *last > 1) {
                a href={ "/history?until=" (older - 1) } { (page.pick("Lebih lama", "Older")) }
            }
        }
    }
}

fn one(page: Page<'_>, record: &LogRecord) -> Markup {
    let event: Option<Event> = match &record.body {
        LogBody::Event(body) => serde_json::from_str(body).ok(),
        LogBody::Withheld(_) => None,
    };
    html! {
        @match event {
            Some(event) => {
                time datetime=(event.time) { (event.time) } " · "
                strong { (event.kind.label(page.lang)) } " · " (event.agent) " · " (event.outcome.label(page.lang))
                @if let Some(object) = event.objects.first() {
                    " · " @match &object.path { Some(path) => (path), None => code { (object.sha256.short()) } }
                }
            }
            None => code { (to_line(record)) },
        }
    }
}
