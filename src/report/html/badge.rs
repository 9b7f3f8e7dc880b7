//! The small pieces of the page: marks of a state, anchors, what a document is called.

use super::Page;
use crate::model::{DocumentRef, Lang, Level, QuestionState, Remark};
use crate::report::escape::xml;
use crate::report::place;
use std::fmt::Write;

/// Returns the name a question or an indicator is jumped to by.
pub(super) fn anchor(id: &str) -> String {
    format!("q-{}", xml(id))
}

/// Returns the name an office is jumped to by.
pub(super) fn office_anchor(id: &str) -> String {
    format!("o-{}", xml(id))
}

/// Returns a state as a coloured word.
pub(super) fn badge(state: QuestionState, lang: Lang) -> String {
    format!(
        "<span class=\"state {}\">{}</span>",
        state.as_str(),
        state.label(lang)
    )
}

/// Writes what is said, each with its document, page and sentence.
pub(super) fn say<'r>(page: &mut Page, remarks: impl Iterator<Item = &'r Remark>) {
    let lang = page.lang;
    let mut items = String::new();
    for remark in remarks {
        let class = match remark.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        let remedy = remark.remedy.as_ref();
        let remedy = remedy.map_or_else(String::new, |remedy| {
            format!("<span class=\"do\">{}</span>", xml(remedy.get(lang)))
        });
        let place = remark.document.as_ref();
        let place = place.map_or_else(String::new, |d| document(d, remark.page, lang));
        let _ = writeln!(
            items,
            "<li class=\"{class}\">{}{remedy}{place}{}</li>",
            xml(remark.text.get(lang)),
            quote(remark.quote.as_deref())
        );
    }
    if !items.is_empty() {
        page.put(format_args!("<ul class=\"say\">{items}</ul>"));
    }
}

/// Returns a link to a document at its page, by the name of its file.
pub(super) fn document(document: &DocumentRef, page: Option<u32>, lang: Lang) -> String {
    let number = page.map_or_else(String::new, |page| {
        format!(", {} {page}", lang.pick("hal.", "p."))
    });
    format!(
        "<span class=\"doc\"><a href=\"{}\" title=\"{}\">{}{number}</a></span>",
        xml(&place::link(document, page)),
        xml(place::folder(&document.path)),
        xml(&place::name(&document.path))
    )
}

pub(super) fn quote(quote: Option<&str>) -> String {
    let quote = quote.map(str::trim).filter(|quote| !quote.is_empty());
    quote.map_or_else(String::new, |quote| format!("<q>{}</q>", xml(quote)))
}
