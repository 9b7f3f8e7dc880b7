//! Whether the archive is whole, which files need a person, and runs that read files: started,
//! watched and stopped here.

use super::parts;
use crate::app::archive::status::Status;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::io::clock;
use crate::io::files::path;
use crate::web::answer::{Failure, go_to};
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::state::judgements::Current;
use crate::web::state::runs::{Counted, Run};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use maud::{Markup, html};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use crate::web::state::shared::Shared;

/// Files that the page names.
const NAMED: usize = 200;
/// How often a page that watches is told that something moved.
const TICK: Duration = Duration::from_secs(1);

/// What the page tells.
struct Told {
    /// Folders that were read before.
    folders: Vec<String>,
    run: Option<Arc<Run>>,
    /// Whether another process reads files into this archive.
    is_elsewhere: bool,
}

pub(super) async fn page(asked: Asked) -> Response {
    let shared = Arc::clone(&asked.shared);
    let find = move |workspace: &mut Workspace, _: &Current| {
        let run = shared.runs.last();
        let goes_on = run.as_ref().is_some_and(|run| run.goes_on());
        Ok::<_, Error>(Told {
            folders: workspace.catalog.roots()?,
            run,
            is_elsewhere: !goes_on && workspace.is_in_use(),
        })
    };
    let show = |page: Page<'_>, current: &Current, told: Told| {
        Ok(body(page, &current.judged.status, &told))
    };
    let title = ("Pekerjaan & kesehatan", "Work & health");
    asked.answer_judged(title, find, show).await
}

fn body(page: Page<'_>, status: &Status, told: &Told) -> Markup {
    html! {
        (reading(page, told))
        (kept(page, status))
        (attention(page, status))
    }
}

fn reading(page: Page<'_>, told: &Told) -> Markup {
    let run = told.run.as_deref();
    let goes_on = run.is_some_and(Run::goes_on);
    html! {
        section aria-labelledby="reading" id="run" data-live=[goes_on.then_some("/runs/events")] {
            h2 id="reading" { (page.pick("Membaca berkas", "Read files")) }
            @if let Some(run) = run { (progress(page, run)) }
            @if told.is_elsewhere {
                p.warning { (page.pick(
                    "Program lain sedang bekerja pada arsip ini; tunggu sampai selesai.",
                    "Another program works on this archive; wait until it is done.",
                )) }
            }
            @if !goes_on && !told.is_elsewhere { (start(page, &told.folders)) }
        }
    }
}

fn start(page: Page<'_>, folders: &[String]) -> Markup {
    html! {
        form.start method="post" action="/runs" {
            @if !folders.is_empty() {
                fieldset {
                    legend { (page.pick("Folder yang pernah dibaca", "Folders that were read before")) }
                    @for folder in folders {
                        label.check { input type="checkbox" name="folder" value=(folder) checked; " " (folder) }
                    }
                }
            }
            label {
                (page.pick("Folder lain di komputer ini atau di jaringan", "Another folder of this computer or the network"))
                input name="folder" autocomplete="off" spellcheck="false";
            }
            label.check { input type="checkbox" name="retry" value="1"; " " (page.pick("coba lagi yang dulu gagal", "try again what failed before")) }
            button { (page.pick("Mulai membaca", "Begin to read")) }
        }
    }
}

/// Returns how far a run is, in words, a bar and a sum.
fn progress(page: Page<'_>, run: &Run) -> Markup {
    let counted = run.counted();
    let (done, met) = (counted.done(), counted.met.max(counted.done()));
    let minutes = run.took().as_secs_f64() / 60.0;
    html! {
        p {
            @for (at, folder) in run.folders.iter().enumerate() { @if at > 0 { ", " } code { (path::printable(&path::to_text(folder))) } }
            " · " (page.pick("mulai ", "begun ")) time datetime=(run.begun) { (clock::local(&run.begun)) }
        }
        p role="status" {
            strong { (state(page, run, &counted)) } " · "
            (done) " / " (met) @if !counted.all_met && counted.ended.is_none() { "+" } " " (page.pick("berkas", "files"))
            " · " (counted.pages) " " (page.pick("halaman", "pages"))
            @if counted.pages > 0 && minutes > 0.0 {
                " (" (format!("{:.0}", counted.pages as f64 / minutes)) (page.pick(" per menit", " a minute")) ")"
            }
            @if let Some((done, all)) = counted.again { " · " (done) " / " (all) " " (page.pick("dikenali ulang", "recognised again")) }
        }
        progress max=(met.max(1)) value=(done) aria-label=(page.pick("Berkas yang selesai", "Files that are done")) {}
        @if counted.ended.is_none() {
            p.soft { (path::printable(&counted.last)) }
            form method="post" action="/runs/stop" {
                button disabled[run.is_stopping()] { (page.pick("Hentikan; yang sudah terbaca tersimpan", "Stop; what was read is kept")) }
            }
        }
        @if !counted.sums.is_empty() {
            p { (done) " = " @for (at, (state, count)) in counted.sums.iter().enumerate() {
                @if at > 0 { " + " } (count) " " (state.label(page.lang))
            } }
        }
    }
}

fn state(page: Page<'_>, run: &Run, counted: &Counted) -> String {
    match &counted.ended {
        None if run.is_stopping() => {
            page.pick("sedang dihentikan", "stopping").to_owned()
        }
        None => page.pick("sedang membaca", "reading").to_owned(),
        Some((Ok(outcome), _)) if outcome.waiting > 0 => format!(
            "{}; {} {}",
            page.pick("selesai", "done"),
            outcome.waiting,
            page.pick("dokumen menunggu sisanya", "documents wait for the rest")
        ),
        Some((Ok(_), _)) => page.pick("selesai", "done").to_owned(),
        Some((Err(error), _)) => error.message.get(page.lang).to_owned(),
    }
}

fn kept(page: Page<'_>, status: &Status) -> Markup {
    let files: u64 = status.sums.values().sum();
    html! {
        section aria-labelledby="kept" {
            h2 id="kept" { (page.pick("Isi arsip", "What the archive holds")) }
            p {
                strong { (files) } " " (page.pick("berkas ada", "files present")) " = "
                @for (at, (state, count)) in status.sums.iter().enumerate() {
                    @if at > 0 { " + " } (count) " " (state.label(page.lang))
                }
            }
            @if status.gone > 0 { p { (status.gone) " " (page.pick("tidak ada lagi", "gone")) } }
            @if status.waiting > 0 { p { (status.waiting) " " (page.pick("dokumen menunggu dibaca sampai tuntas", "documents wait to be read to the end")) } }
            @if let Some((begun, ended)) = &status.last_run {
                p {
                    (page.pick("Pembacaan terakhir: ", "Last run: ")) (clock::local(begun))
                    @match ended {
                        Some(ended) => { " – " (clock::local(ended)) },
                        None => { " · " strong { (page.pick("terputus atau sedang berjalan; baca lagi untuk meneruskan", "interrupted or going on; read again to continue")) } },
                    }
                }
            }
            @for (root, count) in &status.unreachable {
                p.warning { (root) ": " (page.pick("tidak terjangkau", "cannot be reached")) " (" (count) ")" }
            }
            @if status.index.missing() > 0 {
                p.warning { (status.index.missing()) " " (page.pick("dokumen belum dapat dicari; jalankan `bukti doctor --repair`", "documents cannot be searched; run `bukti doctor --repair`")) }
            }
        }
    }
}

fn attention(page: Page<'_>, status: &Status) -> Markup {
    html! {
        section aria-labelledby="attention" {
            h2 id="attention" { (page.pick("Berkas yang perlu perhatian", "Files that need a person")) " (" (status.attention.len()) ")" }
            ul.say {
                @for row in status.attention.iter().take(NAMED) {
                    li.warning {
                        (row.state.label(page.lang)) ": "
                        @match &row.digest {
                            Some(digest) => (parts::named_document(page, digest, &row.path, None)),
                            None => (row.path),
                        }
                        @for note in &row.notes { span.do { (note.explain(page.lang)) } }
                    }
                }
            }
        }
    }
}

/// Which folders to read, and how. A form sends a name more than once, which makes no struct.
pub(super) async fn begin(
    asked: Asked,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let folders = pairs.iter().filter(|(name, _)| name == "folder");
    let folders = folders
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty());
    let folders: Vec<_> = folders.map(path::from_text).collect();
    if folders.is_empty() {
        return Failure::BadRequest.page(asked.page());
    }
    let retry = pairs.iter().any(|(name, _)| name == "retry");
    let shared = Arc::clone(&asked.shared);
    let begun = tokio::task::spawn_blocking(move || shared.runs.start(folders, retry));
    match begun.await {
        Ok(Ok(())) => go_to("/health#run"),
        Ok(Err(error)) => Failure::Failed(error).page(asked.page()),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Asks the run to stop.
pub(super) async fn stop(State(shared): State<Arc<Shared>>) -> Response {
    if let Some(run) = shared.runs.last() {
        run.stop();
    }
    go_to("/health#run")
}

/// Tells a page that watches whenever the run has moved, and that it has ended.
pub(super) async fn events(State(shared): State<Arc<Shared>>) -> Response {
    let Some(watching) = shared.runs.watch() else {
        // A page that is told nothing asks by itself.
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let begun = (watching, None, false);
    let told = stream::unfold(begun, |(watching, seen, ended)| async move {
        if ended {
            return None;
        }
        loop {
            tokio::time::sleep(TICK).await;
            let counted = watching.run.counted();
            if seen != Some(counted.events) {
                let is_end = counted.ended.is_some();
                let name = if is_end { "end" } else { "moved" };
                let event = Event::default()
                    .event(name)
                    .data(counted.events.to_string());
                let next = (watching, Some(counted.events), is_end);
                return Some((Ok::<_, Infallible>(event), next));
            }
        }
    });
    Sse::new(told)
        .keep_alive(KeepAlive::default())
        .into_response()
}
