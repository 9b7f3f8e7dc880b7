//! Search: words, narrowed by question, kind, year and state; each hit with its sentence.

use super::parts;
use crate::app::evidence::scope::Scope;
use crate::app::evidence::search;
use crate::app::evidence::search::{Found, Options, Results};
use crate::io::search::Snippet;
use crate::report::percent_encoded;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// Documents of one page of results.
const ON_A_PAGE: usize = 25;

/// What is looked for.
#[derive(Deserialize, Default, Clone)]
pub(super) struct Wanted {
    #[serde(default)]
    words: String,
    #[serde(default)]
    question: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    loose: Option<String>,
    #[serde(default)]
    from: usize,
}

pub(super) async fn page(asked: Asked, Query(wanted): Query<Wanted>) -> Response {
    let options = wanted.options();
    let find = move |workspace: &mut _| search::search(&*workspace, &options);
    let show = move |page: Page<'_>, results: Results| Ok(body(page, &wanted, &results));
    asked.answer(("Dokumen", "Documents"), find, show).await
}

impl Wanted {
    fn options(&self) -> Options {
        Options {
            text: self.words.clone(),
            scope: Scope {
                question: Some(self.question.trim().to_owned())
                    .filter(|name| !name.is_empty()),
                ..Scope::default()
            },
            year: self.year.trim().parse().ok(),
            unlinked: self.loose.is_some(),
            limit: self.from.saturating_add(ON_A_PAGE),
            ..Options::default()
        }
    }

    /// Returns the address of results from another one on.
    fn from(&self, from: usize) -> String {
        let pairs = [
            ("words", self.words.as_str()),
            ("question", self.question.as_str()),
            ("year", self.year.as_str()),
        ];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let said =
            said.map(|(name, value)| format!("&{name}={}", percent_encoded(value, b"")));
        let loose = if self.loose.is_some() { "&loose=1" } else { "" };
        format!("/documents?from={from}{}{loose}", said.collect::<String>())
    }
}

fn body(page: Page<'_>, wanted: &Wanted, results: &Results) -> Markup {
    let shown = results.found.iter().skip(wanted.from);
    let (from, total) = (wanted.from, results.total);
    html! {
        (form(page, wanted))
        p.lead role="status" {
            (total) " " (page.pick("dokumen", "documents"))
            @if from > 0 { " · " (page.pick("dari ke-", "from no. ")) (from + 1) }
            @if !results.respelled.is_empty() {
                " · " (page.pick("dicari juga dengan ejaan serupa: ", "also looked for in like spelling: "))
                (results.respelled.join(", "))
            }
            @if results.missing > 0 {
                " · " (results.missing) (page.pick(" dokumen belum dapat dicari", " documents cannot be searched yet"))
            }
        }
        ol.hits start=(from + 1) { @for found in shown { li { (hit(page, wanted, found)) } } }
        nav.pages aria-label=(page.pick("Halaman hasil", "Pages of results")) {
            @if from > 0 { a href=(wanted.from(from.saturating_sub(ON_A_PAGE))) { (page.pick("Sebelumnya", "Before")) } }
            @if from + ON_A_PAGE < total { a href=(wanted.from(from + ON_A_PAGE)) { (page.pick("Berikutnya", "After")) } }
        }
    }
}

fn form(page: Page<'_>, wanted: &Wanted) -> Markup {
    html! {
        form.filter method="get" action="/documents" role="search" {
            label { (page.pick("Kata", "Words")) input type="search" name="words" value=(wanted.words); }
            label { (page.pick("Pertanyaan (id)", "Question (id)")) input name="question" value=(wanted.question) ; }
            label { (page.pick("Tahun", "Year")) input name="year" inputmode="numeric" size="4" value=(wanted.year); }
            label.check { input type="checkbox" name="loose" value="1" checked[wanted.loose.is_some()]; " " (page.pick("tanpa kaitan", "tied to nothing")) }
            button { (page.pick("Cari", "Search")) }
        }
    }
}

fn hit(page: Page<'_>, wanted: &Wanted, found: &Found) -> Markup {
    let content = &found.document.content;
    let facts = &content.facts;
    let number = found.snippet.as_ref().map(|snippet| snippet.page);
    let place = number.map_or_else(String::new, |number| format!("&page={number}#page"));
    let document = parts::document_address(&content.digest, None);
    let address = format!(
        "{document}?words={}{place}",
        percent_encoded(&wanted.words, b"")
    );
    let kind = facts.kind.value().map_or("", |kind| kind.label.as_str());
    html! {
        a href=(address) {
            (kind)
            @if let Some(number) = facts.number.value() { " " (page.pick("No.", "No.")) " " (number) }
            @if let Some(year) = facts.year.value() { " · " (year) }
            @if let Some(title) = facts.title.value() { " — " (title) }
            @if kind.is_empty() && facts.title.value().is_none() { (found.document.path()) }
        }
        small { (found.document.path()) }
        @if let Some(snippet) = &found.snippet { p.snippet { (page.pick("hal.", "p.")) " " (snippet.page) ": " (lit(snippet)) } }
        ul.ties {
            @for link in found.links.iter().take(3) {
                li { (link.confidence.percent()) " " a href={ "/questions/" (link.question) } { (link.question) } }
            }
        }
    }
}

/// Returns a piece of a page with its hits marked.
fn lit(snippet: &Snippet) -> Markup {
    let mut at = 0;
    let text = |from: usize, to: usize| snippet.text.get(from..to).unwrap_or_default();
    let pieces: Vec<(&str, &str)> = snippet
        .hits
        .iter()
        .map(|hit| {
            let before = text(at, hit.start);
            at = hit.end;
            (before, text(hit.start, hit.end))
        })
        .collect();
    html! {
        @for (before, hit) in pieces { (before) mark { (hit) } }
        (text(at, snippet.text.len()))
    }
}
