//! The small pieces of the page: marks of a state, anchors, what a document is called.

use crate::model::{DocumentRef, Lang, QuestionState, Remark};
use crate::report::place;
use maud::{Markup, html};

/// Returns the name a question or an indicator is jumped to by.
pub(super) fn anchor(id: &str) -> String {
    format!("q-{id}")
}

/// Returns the name an office is jumped to by.
pub(super) fn office_anchor(id: &str) -> String {
    format!("o-{id}")
}

/// Returns a state as a coloured word.
pub fn badge(state: QuestionState, lang: Lang) -> Markup {
    html! {
        span class={ "state " (state.as_str()) } { (state.label(lang)) }
    }
}

/// Returns what is said, each with its document, page and sentence; nothing where nothing is.
pub(super) fn say<'r>(lang: Lang, remarks: impl Iterator<Item = &'r Remark>) -> Markup {
    let mut remarks = remarks.peekable();
    let is_said = remarks.peek().is_some();
    html! {
        @if is_said {
            ul.say {
                @for remark in remarks {
                    li class=(remark.level.as_str()) {
                        (remark.text.get(lang))
                        @if let Some(remedy) = &remark.remedy {
                            span class="do" { (remedy.get(lang)) }
                        }
                        @if let Some(place) = &remark.document {
                            (document(place, remark.page, lang))
                        }
                        (quote(remark.quote.as_deref()))
                    }
                }
            }
        }
    }
}

/// Returns a link to a document at its page, by the name of its file.
pub(super) fn document(document: &DocumentRef, page: Option<u32>, lang: Lang) -> Markup {
    html! {
        span.doc {
            a href=(place::link(document, page)) title=(place::folder(&document.path)) {
                (place::name(&document.path))
                @if let Some(page) = page {
                    ", " (lang.pick("hal.", "p.")) " " (page)
                }
            }
        }
    }
}

/// Returns a sentence of a document; nothing where there is none.
pub fn quote(quote: Option<&str>) -> Markup {
    let quote = quote.map(str::trim).filter(|quote| !quote.is_empty());
    html! {
        @if let Some(quote) = quote { q { (quote) } }
    }
}
