//! Search: words, narrowed by facets; each hit with the strip of its page, the words lit on it.

mod facets;
mod wanted;

use self::wanted::{ON_A_PAGE, Wanted};
use super::{parts, picture};
use crate::access_copy::is_personal;
use crate::app::archive::workspace::Workspace;
use crate::app::evidence::search;
use crate::app::evidence::search::facets::Facets;
use crate::app::evidence::search::strip::Strip;
use crate::app::evidence::search::{Found, Place, Results};
use crate::io::search::Snippet;
use crate::model::{Bilingual, Digest, Reading};
use crate::report::percent_encoded;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;

/// What was found.
struct Known {
    results: Results,
    facets: Facets,
    section: Bilingual,
}

pub(super) async fn page(asked: Asked, Query(wanted): Query<Wanted>) -> Response {
    let options = wanted.options();
    let shared = Arc::clone(&asked.shared);
    let find = move |workspace: &mut Workspace| {
        let workspace = &*workspace;
        let linked = shared.linked(workspace)?;
        let (results, facets) = search::with_facets(workspace, &options, &linked)?;
        Ok(Known {
            results,
            facets,
            section: workspace.framework.part_names().section,
        })
    };
    let show = move |page: Page<'_>, known: Known| Ok(body(page, &wanted, &known));
    asked.answer(("Dokumen", "Documents"), find, show).await
}

fn body(page: Page<'_>, wanted: &Wanted, known: &Known) -> Markup {
    let results = &known.results;
    let facets = facets::all(page, wanted, &known.facets, &known.section);
    html! {
        (form(page, wanted))
        (facets::chips(page, wanted, &facets))
        (summary(page, wanted, results))
        @if results.total > 0 { p.to-facets { a href="#narrow" { (page.pick("Persempit", "Narrow down")) } } }
        div.narrowed {
            div {
                ol.hits start=(wanted.skip() + 1) {
                    @for found in &results.found { li { (hit(page, wanted, found)) } }
                }
                (ways(page, wanted, results.total))
            }
            (facets::facets(page, wanted, &facets))
        }
    }
}

fn summary(page: Page<'_>, wanted: &Wanted, results: &Results) -> Markup {
    let (total, from) = (results.total, wanted.skip());
    html! {
        p.lead role="status" {
            (total) " " (page.lang.noun(total, "dokumen", "document", "documents"))
            @if from > 0 { " · " (page.pick("dari ke-", "from no. ")) (from + 1) }
            @if !results.respelled.is_empty() {
                " · " (page.pick("dicari juga dengan ejaan serupa: ", "also looked for in like spelling: "))
                (results.respelled.join(", "))
            }
            @if results.missing > 0 {
                " · " (results.missing) (page.pick(" dokumen belum dapat dicari", " documents cannot be searched yet"))
            }
        }
    }
}

fn ways(page: Page<'_>, wanted: &Wanted, total: usize) -> Markup {
    let from = wanted.skip();
    html! {
        nav.pages aria-label=(page.pick("Halaman hasil", "Pages of results")) {
            @if from > 0 {
                a href=(wanted.from(from.saturating_sub(ON_A_PAGE))) data-key="[" { kbd { "[" } " " (page.pick("Sebelumnya", "Before")) }
            }
            @if from + ON_A_PAGE < total {
                a href=(wanted.from(from + ON_A_PAGE)) data-key="]" { kbd { "]" } " " (page.pick("Berikutnya", "After")) }
            }
        }
    }
}

fn form(page: Page<'_>, wanted: &Wanted) -> Markup {
    let kept = wanted.filters().into_iter();
    let kept = kept.filter(|(name, value)| *name != "loose" && !value.is_empty());
    html! {
        form.filter method="get" action="/documents" role="search" {
            label { (page.pick("Kata", "Words")) input type="search" name="words" value=(wanted.words) data-key="/"; }
            @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
            label.check { input type="checkbox" name="loose" value="1" checked[!wanted.loose.is_empty()]; " " (page.pick("tanpa kaitan", "tied to nothing")) }
            button { (page.pick("Cari", "Search")) }
        }
    }
}

fn hit(page: Page<'_>, wanted: &Wanted, found: &Found) -> Markup {
    let content = &found.document.content;
    let facts = &content.facts;
    let address = address(&content.digest, wanted, found.place.as_ref());
    let kind = open(found, &facts.kind).map_or("", |kind| kind.label.as_str());
    let title = open(found, &facts.title);
    let is_hidden = found.place.is_none()
        && !wanted.words.trim().is_empty()
        && !facts.personal.is_empty();
    html! {
        a href=(address) {
            (kind)
            @if let Some(number) = open(found, &facts.number) { " " (page.pick("No.", "No.")) " " (number) }
            @if let Some(year) = open(found, &facts.year) { " · " (year) }
            @if let Some(title) = title { " — " (title) }
            @if kind.is_empty() && title.is_none() { (found.document.path()) }
        }
        small { (found.document.path()) }
        @if let Some(place) = &found.place { (shown(page, &address, &content.digest, place)) }
        @if is_hidden {
            p.soft { (page.pick("Kata itu ada di bagian yang ditutup karena memuat data pribadi.", "The words stand in a part that is covered, since it holds personal data.")) }
        }
        ul.ties {
            @for link in found.links.iter().take(3) {
                li { (link.confidence.percent()) " " a href={ "/questions/" (link.question) } { (link.question) } }
            }
        }
    }
}

/// Returns a value that was read where nothing personal stands.
fn open<'f, T>(found: &Found, reading: &'f Reading<T>) -> Option<&'f T> {
    let fact = reading.known()?;
    let marks = &found.document.content.facts.personal;
    let is_hidden = fact
        .span
        .as_ref()
        .is_some_and(|span| is_personal(span, marks));
    (!is_hidden).then_some(&fact.value)
}

/// Returns the address of a document at the first hit of the page that is shown.
fn address(digest: &Digest, wanted: &Wanted, place: Option<&Place>) -> String {
    let words = percent_encoded(&wanted.words, b"");
    match place {
        Some(place) => {
            // Hits are counted from 1, as `hit` names them.
            let hit = place.before + 1;
            format!("/documents/{digest}?words={words}&hit={hit}#hit")
        }
        None if wanted.words.is_empty() => parts::document_address(digest, None),
        None => format!("/documents/{digest}?words={words}"),
    }
}

/// Returns the strip of the page, whose text alternative is the snippet; the snippet alone where
/// the page has no picture.
fn shown(page: Page<'_>, address: &str, digest: &Digest, place: &Place) -> Markup {
    let snippet = &place.snippet;
    let hits = place.hits;
    html! {
        @match &place.strip {
            Some(strip) => a.strip href=(address) { (cut(digest, strip, snippet)) },
            None => p.snippet { (lit(snippet)) },
        }
        small {
            (page.pick("hal.", "p.")) " " (snippet.page)
            @if hits > 0 { " · " (hits) " " (page.lang.noun(hits, "temuan", "hit", "hits")) }
        }
    }
}

fn cut(digest: &Digest, strip: &Strip, snippet: &Snippet) -> Markup {
    let part = strip.part;
    let (width, height) = (part.width(), part.height());
    html! {
        img loading="lazy" decoding="async" src=(picture::strip_address(digest, strip.page, part))
            width=(width) height=(height) alt=(snippet.text);
        svg viewBox={ (part.x0) " " (part.y0) " " (width) " " (height) } preserveAspectRatio="none" aria-hidden="true" {
            @for rect in &strip.lit {
                rect.lit x=(rect.x0) y=(rect.y0) width=(rect.width()) height=(rect.height()) {}
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
