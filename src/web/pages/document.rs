//! One document: what was recognised and where, what it could prove, its pages with the words lit.

use super::{parts, picture};
use crate::app::evidence::show;
use crate::app::evidence::show::Shown;
use crate::lexicon::analysis;
use crate::model::{ByteLen, Digest, Fact, Lang, Link, Page as Sheet, Reading, Rect};
use crate::report::{esign, quote};
use crate::web::answer::Failure;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// Which page, and which words on it.
#[derive(Deserialize, Default)]
pub(super) struct At {
    #[serde(default)]
    page: Option<u32>,
    #[serde(default)]
    words: String,
}

pub(super) async fn page(
    asked: Asked,
    Path(sha256): Path<String>,
    Query(at): Query<At>,
) -> Response {
    let Ok(digest) = sha256.parse::<Digest>() else {
        return Failure::NotFound.page(asked.page());
    };
    let find = move |workspace: &mut _| show::show(&*workspace, &digest.to_string());
    let show = move |page: Page<'_>, shown: Shown| Ok(body(page, &shown, &at));
    asked.answer(("Dokumen", "Document"), find, show).await
}

fn body(page: Page<'_>, shown: &Shown, at: &At) -> Markup {
    let content = &shown.document.content;
    let number = at.page.unwrap_or(1);
    let sheet = shown.pages.iter().find(|sheet| sheet.number == number);
    let lit = sheet.map_or_else(Vec::new, |sheet| words(sheet, &at.words));
    html! {
        p.lead {
            (content.state.label(page.lang)) " · " (ByteLen(content.len)) " · " (content.page_count) " "
            (page.pick("halaman", "pages")) " · SHA-256 " code { (content.digest) }
        }
        ul.plain {
            @for (path, present) in &shown.document.paths {
                li { (path) @if !present { " (" (page.pick("tidak ada lagi", "gone")) ")" } }
            }
        }
        div.split {
            div {
                section aria-labelledby="recognised" {
                    h2 id="recognised" { (page.pick("Yang dikenali", "What was recognised")) }
                    (facts(page, shown))
                }
                section aria-labelledby="proves" {
                    h2 id="proves" { (page.pick("Dapat membuktikan", "Could prove")) }
                    @if shown.links.is_empty() { p { (page.pick("Belum terkait pertanyaan mana pun.", "Tied to no question.")) } }
                    ul.say { @for link in &shown.links { (tie(page, &content.digest, link)) } }
                }
                (beside(page, shown))
            }
            (picture::viewer(page, shown, number, &lit))
        }
    }
}

/// Returns the boxes of the words on a page that were looked for.
fn words(sheet: &Sheet, wanted: &str) -> Vec<Rect> {
    let wanted: Vec<String> = wanted.split_whitespace().map(analysis::fold).collect();
    let is_wanted = |text: &str| {
        let text = analysis::fold(text);
        wanted
            .iter()
            .any(|word| !word.is_empty() && text.contains(word.as_str()))
    };
    let all = sheet.lines.iter().flat_map(|line| &line.words);
    all.filter(|word| is_wanted(&word.text))
        .filter_map(|word| word.rect)
        .collect()
}

fn facts(page: Page<'_>, shown: &Shown) -> Markup {
    let facts = &shown.document.content.facts;
    let sha256 = &shown.document.content.digest;
    let row = |name: &str, value: Option<(String, Markup)>| {
        let unsure = page.pick("tidak pasti", "unsure");
        html! {
            dt { (name) }
            dd { @match value { Some((text, place)) => { (text) " " (place) }, None => span.soft { (unsure) } } }
        }
    };
    html! {
        dl.facts {
            (row(page.pick("jenis", "kind"), told(page, sha256, &facts.kind, |kind| kind.label.clone())))
            (row(page.pick("nomor", "number"), told(page, sha256, &facts.number, String::clone)))
            (row(page.pick("tahun", "year"), told(page, sha256, &facts.year, ToString::to_string)))
            (row(page.pick("tentang", "title"), told(page, sha256, &facts.title, String::clone)))
            (row(page.pick("penerbit", "issuer"), told(page, sha256, &facts.issuer, |issuer| issuer.government.name.clone())))
            (row(page.pick("penanda tangan", "signed by"), told(page, sha256, &facts.signatory, |signatory| signatory.name.clone())))
            @for date in &facts.dates {
                (row(page.pick("tanggal", "date"), Some((date.fact.value.to_string(), place(page, sha256, &date.fact)))))
            }
        }
    }
}

fn told<T>(
    page: Page<'_>,
    sha256: &Digest,
    reading: &Reading<T>,
    text: impl Fn(&T) -> String,
) -> Option<(String, Markup)> {
    let fact = reading.known()?;
    Some((text(&fact.value), place(page, sha256, fact)))
}

/// Returns how sure a fact is and where it stands.
fn place<T>(page: Page<'_>, sha256: &Digest, fact: &Fact<T>) -> Markup {
    html! {
        small {
            (fact.confidence.percent())
            @if let Some(span) = &fact.span {
                " · " a href=(parts::document_address(sha256, Some(span.page))) { (page.pick("hal.", "p.")) " " (span.page) }
            }
        }
    }
}

fn tie(page: Page<'_>, sha256: &Digest, link: &Link) -> Markup {
    let span = link.cue.span.as_ref();
    html! {
        li {
            @match &link.decided {
                Some(decided) => { "✔ " (page.pick("ditetapkan ", "decided by ")) (decided.author) }
                None => (link.confidence.percent()),
            }
            " " a href={ "/questions/" (link.question) } { (link.question) }
            @if let Some(span) = span {
                " · " a href=(parts::document_address(sha256, Some(span.page))) { (page.pick("hal.", "p.")) " " (span.page) }
                (quote(Some(&span.quote)))
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
