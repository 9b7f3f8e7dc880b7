//! What was recognised in a document and what it could prove, each with the place it was read
//! from: a link to its page with its box lit, which also lights where one points at it.

use super::look::Look;
use crate::model::{Fact, Link, Reading, Rect, Span};
use crate::report::quote;
use crate::web::layout::Page;
use maud::{Markup, html};

/// Places that are referred to by number, in order of the page.
pub(super) struct Lights<'a>(Vec<&'a Span>);

impl<'a> Lights<'a> {
    pub(super) fn new(places: Vec<&'a Span>) -> Self {
        Self(places)
    }

    /// Returns the boxes of those on a page, with their numbers.
    pub(super) fn on(&self, page: u32) -> impl Iterator<Item = (usize, Rect)> {
        let places = self.0.iter().enumerate();
        let here = places.filter(move |(_, span)| span.page == page);
        here.filter_map(|(number, span)| Some((number, span.rect?)))
    }
}

/// Returns the name of the box of a place.
pub(super) fn name_of(number: usize) -> String {
    format!("fact-{number}")
}

/// A fact as it is shown.
struct Row<'a> {
    name: &'static str,
    /// The value, how sure it is, and where it was read; `None` where bukti is unsure.
    value: Option<(String, String, Option<&'a Span>)>,
}

impl Look {
    /// Returns the places that are referred to: of facts, then of links.
    pub(super) fn shown_places(&self) -> Vec<&Span> {
        let rows = rows(self, crate::model::Lang::Id).into_iter();
        let of_facts = rows.filter_map(|row| row.value?.2);
        let of_links = self.shown.links.iter();
        of_facts
            .chain(of_links.filter_map(|link| link.cue.span.as_ref()))
            .collect()
    }
}

fn rows(look: &Look, lang: crate::model::Lang) -> Vec<Row<'_>> {
    let facts = &look.shown.document.content.facts;
    let pick = |id, en| lang.pick(id, en);
    let mut rows = vec![
        row(pick("jenis", "kind"), &facts.kind, |kind| {
            kind.label.clone()
        }),
        row(pick("nomor", "number"), &facts.number, String::clone),
        row(pick("tahun", "year"), &facts.year, ToString::to_string),
        row(pick("tentang", "title"), &facts.title, String::clone),
        row(pick("penerbit", "issuer"), &facts.issuer, |issuer| {
            issuer.government.name.clone()
        }),
        row(
            pick("penanda tangan", "signed by"),
            &facts.signatory,
            |signatory| signatory.name.clone(),
        ),
    ];
    let dates = facts.dates.iter();
    rows.extend(dates.map(|date| Row {
        name: date.role.label(lang),
        value: Some(value(&date.fact, ToString::to_string)),
    }));
    rows
}

fn row<'a, T>(
    name: &'static str,
    reading: &'a Reading<T>,
    text: impl Fn(&T) -> String,
) -> Row<'a> {
    Row {
        name,
        value: reading.known().map(|fact| value(fact, text)),
    }
}

fn value<T>(
    fact: &Fact<T>,
    text: impl Fn(&T) -> String,
) -> (String, String, Option<&Span>) {
    let sure = fact.confidence.percent();
    (text(&fact.value), sure, fact.span.as_ref())
}

/// Returns the facts of a document.
pub(super) fn facts(page: Page<'_>, look: &Look) -> Markup {
    let mut numbers = 0..;
    let mut next = |span: Option<&Span>| span.and_then(|_| numbers.next());
    let unsure = page.pick("tidak pasti", "unsure");
    html! {
        dl.facts {
            @for row in rows(look, page.lang) {
                dt { (row.name) }
                dd {
                    @match row.value {
                        Some((text, sure, span)) => {
                            @let is_open = span.is_none_or(|span| look.shown.readable_quote(span, look.reveals).is_some());
                            @if is_open { (text) } @else { span.soft { (covered(page)) } }
                            " " small { (sure) (place(page, look, span, next(span))) }
                        }
                        None => span.soft { (unsure) },
                    }
                }
            }
        }
    }
}

fn covered(page: Page<'_>) -> &'static str {
    page.pick("data pribadi, ditutup", "personal data, covered")
}

/// Returns the questions that a document could prove.
pub(super) fn ties(page: Page<'_>, look: &Look) -> Markup {
    let of_facts = rows(look, page.lang).into_iter();
    let first = of_facts
        .filter(|row| matches!(&row.value, Some((.., Some(_)))))
        .count();
    let mut numbers = first..;
    let mut next = |span: Option<&Span>| span.and_then(|_| numbers.next());
    html! {
        ul.say {
            @for link in &look.shown.links { (tie(page, look, link, next(link.cue.span.as_ref()))) }
        }
    }
}

fn tie(page: Page<'_>, look: &Look, link: &Link, number: Option<usize>) -> Markup {
    let span = link.cue.span.as_ref();
    html! {
        li {
            @match &link.decided {
                Some(decided) => { "✔ " (page.pick("ditetapkan ", "decided by ")) (decided.author) }
                None => (link.confidence.percent()),
            }
            " " a href={ "/questions/" (link.question) } { (link.question) }
            (place(page, look, span, number))
            @if let Some(span) = span {
                @match look.shown.readable_quote(span, look.reveals) {
                    Some(words) => (quote(Some(words))),
                    None => span.soft { " " (covered(page)) },
                }
            }
        }
    }
}

/// Returns the link to where something was read.
fn place(
    page: Page<'_>,
    look: &Look,
    span: Option<&Span>,
    number: Option<usize>,
) -> Markup {
    html! {
        @if let (Some(span), Some(number)) = (span, number) {
            " · " a href=(look.fact_address(span.page, number)) data-lights=(name_of(number)) {
                (page.pick("hal.", "p.")) " " (span.page)
            }
        }
    }
}
