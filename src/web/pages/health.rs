//! Whether the archive is whole, and which files need a person.

use crate::app::archive::status;
use crate::app::archive::status::Status;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use axum::response::Response;
use maud::{Markup, html};

/// Files that the page names.
const NAMED: usize = 200;

pub(super) async fn page(asked: Asked) -> Response {
    let find = |workspace: &mut _| status::status(&*workspace);
    let show = |page: Page<'_>, found: Status| Ok(body(page, &found));
    asked.answer(("Kesehatan", "Health"), find, show).await
}

fn body(page: Page<'_>, status: &Status) -> Markup {
    let files: u64 = status.sums.values().sum();
    html! {
        p.lead {
            (files) " " (page.pick("berkas ada", "files present"))
            @if status.gone > 0 { " · " (status.gone) " " (page.pick("tidak ada lagi", "gone")) }
            @if status.waiting > 0 { " · " (status.waiting) " " (page.pick("menunggu dibaca sampai tuntas", "wait to be read to the end")) }
        }
        ul.plain { @for (state, count) in &status.sums { li { strong { (count) } " " (state.label(page.lang)) } } }
        @if let Some((begun, ended)) = &status.last_run {
            p {
                (page.pick("Pembacaan terakhir: ", "Last run: ")) (begun)
                @match ended {
                    Some(ended) => { " – " (ended) },
                    None => { " · " strong { (page.pick("terputus; jalankan lagi `bukti index`", "interrupted; run `bukti index` again")) } },
                }
            }
        }
        @for (root, count) in &status.unreachable {
            p.warning { (root) ": " (page.pick("tidak terjangkau", "cannot be reached")) " (" (count) ")" }
        }
        @if status.index.missing() > 0 {
            p.warning { (status.index.missing()) " " (page.pick("dokumen belum dapat dicari; jalankan `bukti doctor --fix`", "documents cannot be searched; run `bukti doctor --fix`")) }
        }
        section aria-labelledby="attention" {
            h2 id="attention" { (page.pick("Berkas yang perlu perhatian", "Files that need a person")) " (" (status.attention.len()) ")" }
            ul.say {
                @for row in status.attention.iter().take(NAMED) {
                    li.warning {
                        (row.state.label(page.lang)) ": " (row.path)
                        @for note in &row.notes { span.do { (note.explain(page.lang)) } }
                    }
                }
            }
        }
    }
}
