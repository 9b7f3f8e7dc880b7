//! One document: what was recognised and where, what it could prove, its pages with the words lit.

mod facts;
mod hits;
mod look;
mod ways;

use self::facts::Lights;
use self::look::{At, Look};
use super::picture::{Lit, Viewing, viewed};
use crate::app::evidence::show;
use crate::app::evidence::show::Shown;
use crate::model::{ByteLen, Digest, Lang, Rect};
use crate::report::esign;
use crate::web::answer::{Failure, go_to};
use crate::web::asked::Asked;
use crate::web::assets;
use crate::web::layout::Page;
use crate::web::pages::parts;
use crate::web::state::personal;
use axum::extract::{Form, Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeSet;
use tower_sessions::Session;

pub(super) async fn page(
    asked: Asked,
    session: Session,
    Path(sha256): Path<String>,
    Query(at): Query<At>,
) -> Response {
    let Ok(digest) = sha256.parse::<Digest>() else {
        return Failure::NotFound.page(asked.page());
    };
    let reveals = personal::is_revealed(&session, &digest).await;
    let find = move |workspace: &mut _| {
        let shown = show::show(&*workspace, &digest.to_string())?;
        Ok(Look::new(shown, at, reveals))
    };
    let show = move |page: Page<'_>, look: Look| Ok(body(page, &look));
    asked.answer(("Dokumen", "Document"), find, show).await
}

/// What a person wants of personal data.
#[derive(Deserialize)]
pub(super) struct Wish {
    /// `1` to see it, else to cover it again.
    shown: String,
    /// The page one comes from.
    back: String,
}

/// Shows or covers the personal data of a document; what is shown is told in the log first.
pub(super) async fn personal(
    asked: Asked,
    session: Session,
    Path(sha256): Path<String>,
    Form(wish): Form<Wish>,
) -> Response {
    let Ok(digest) = sha256.parse::<Digest>() else {
        return Failure::NotFound.page(asked.page());
    };
    let is_done = match wish.shown.as_str() {
        "1" => {
            let author = asked.shared.author.clone();
            let told = asked
                .shared
                .with(move |workspace| show::reveal(workspace, &digest, &author));
            if let Err(error) = told.await {
                return Failure::Failed(error).page(asked.page());
            }
            personal::reveal(&session, &digest).await
        }
        _ => personal::cover(&session, &digest).await,
    };
    match is_done {
        true => go_to(&wish.back),
        false => Failure::BadRequest.page(asked.page()),
    }
}

/// Returns what is lit on the page: facts faintly, hits, and the one that one is at.
fn lit_on(look: &Look, lights: &Lights) -> Vec<Lit> {
    let chosen = look.at.fact.map(|fact| fact as usize);
    let facts = lights.on(look.number).map(|(number, rect)| Lit {
        name: Some(facts::name_of(number)),
        rect,
        look: match Some(number) == chosen {
            true => "lit now",
            false => "fact",
        },
    });
    let lit = |at: usize, rect: Rect| {
        let is_current = Some(at) == look.current;
        Lit {
            name: is_current.then(|| "hit".to_owned()),
            rect,
            look: if is_current { "lit now" } else { "lit" },
        }
    };
    let hits = look.hits.iter().enumerate();
    let here = hits.filter(|(_, hit)| hit.page == look.number);
    let hits = here.filter_map(|(at, hit)| Some(lit(at, hit.rect?)));
    facts.chain(hits).collect()
}

fn body(page: Page<'_>, look: &Look) -> Markup {
    let content = &look.shown.document.content;
    let lights = Lights::new(look.shown_places());
    let lit = lit_on(look, &lights);
    let here = look.hits.iter().filter(|hit| hit.page == look.number);
    let here: Vec<_> = here.map(|hit| hit.part.clone()).collect();
    let viewing = Viewing {
        shown: &look.shown,
        number: look.number,
        lit: &lit,
        hits: &here,
        reveals: look.reveals,
        zoom: look.zoom(),
        ways: ways::ways(page, look),
    };
    html! {
        p.lead {
            (content.state.label(page.lang)) " · " (ByteLen(content.len)) " · " (content.page_count) " "
            (page.lang.noun(content.page_count, "halaman", "page", "pages")) " · SHA-256 " code { (content.digest) }
        }
        (parts::keys(
            page,
            "n dan N sebutan berikutnya dan sebelumnya, [ dan ] halaman, + dan - perbesar dan perkecil, 0 ukuran biasa, t teks, m data pribadi, / cari.",
            "n and N the next hit and the one before, [ and ] pages, + and - larger and smaller, 0 the usual size, t text, m personal data, / search.",
        ))
        ul.plain {
            @for (path, present) in &look.shown.document.paths {
                li { (path) @if !present { " (" (page.pick("tidak ada lagi", "gone")) ")" } }
            }
        }
        (personal_data(page, look))
        div.split {
            div {
                section aria-labelledby="recognised" {
                    h2 id="recognised" { (page.pick("Yang dikenali", "What was recognised")) }
                    (facts::facts(page, look))
                }
                section aria-labelledby="proves" {
                    h2 id="proves" { (page.pick("Dapat membuktikan", "Could prove")) }
                    @if look.shown.links.is_empty() { p { (page.pick("Belum terkait pertanyaan mana pun.", "Tied to no question.")) } }
                    (facts::ties(page, look))
                }
                (beside(page, &look.shown))
            }
            (viewed(page, &viewing))
        }
        script src=(assets::LIGHTS_PATH.as_str()) type="module" {}
    }
}

/// Says where a document holds personal data, with the button that shows or covers it.
fn personal_data(page: Page<'_>, look: &Look) -> Markup {
    let content = &look.shown.document.content;
    let marks = &content.facts.personal;
    let pages: BTreeSet<u32> = marks.iter().map(|mark| mark.page).collect();
    let pages: Vec<String> = pages.iter().map(u32::to_string).collect();
    let minutes = personal::MINUTES;
    html! {
        @if !marks.is_empty() {
            form.personal method="post" action={ "/documents/" (content.digest) "/personal" } {
                input type="hidden" name="back" value=(look.address());
                p {
                    (page.pick("Memuat data pribadi, hal. ", "Holds personal data, p. ")) (pages.join(", ")) ". "
                    @if look.reveals {
                        (page.pick("Sedang ditampilkan untuk Anda; tercatat di riwayat.", "It is shown to you now; the history tells so."))
                    } @else {
                        (page.pick("Ditutup pada gambar dan teks.", "It is covered on the picture and in the text."))
                    }
                }
                @if look.reveals {
                    button name="shown" value="0" data-key="m" { kbd { "m" } " " (page.pick("Tutup lagi", "Cover again")) }
                } @else {
                    button name="shown" value="1" data-key="m" { kbd { "m" } " " (page.pick("Tampilkan", "Show")) }
                    small { " " (page.pick("selama ", "for ")) (minutes) (page.pick(" menit; dicatat di riwayat", " minutes; written into the history")) }
                }
            }
        }
    }
}

/// Returns what is odd about the document, and what is like it.
fn beside(page: Page<'_>, shown: &Shown) -> Markup {
    let content = &shown.document.content;
    let summary = content
        .metadata
        .esign
        .as_ref()
        .and_then(|report| report.summary());
    let lang: Lang = page.lang;
    html! {
        @if let Some(summary) = &summary {
            section { h2 { (page.pick("Tanda tangan elektronik", "Electronic signature")) } p { (esign::summary(summary, lang)) } }
        }
        @if !content.notes.is_empty() || !shown.near_duplicates.is_empty() {
            section {
                h2 { (page.pick("Catatan", "Notes")) }
                ul.plain {
                    @for note in &content.notes { li { (note.explain(lang)) } }
                    @for (near, path) in &shown.near_duplicates {
                        li { (page.pick("mirip: ", "alike: ")) a href=(parts::document_address(&near.second, None)) { (path) } }
                    }
                }
            }
        }
    }
}
