//! The report as one page that needs nothing else: it opens from a stick, on a phone and on
//! paper, asks no server and runs no script. Every figure leads down to the question, and from
//! there to the document, its page and the sentence.

mod badge;
mod page;
mod chart;
mod detail;
mod parts;

pub use self::badge::{badge, quote};
use self::page::Page;
use super::escape::page_text;
use crate::model::{Lang, Report};
use maud::html as markup;

/// Returns the report as the text of an HTML page in one language.
pub fn html(report: &Report, lang: Lang) -> String {
    let page = Page { report, lang };
    let sections = markup! {
        (parts::score(page))
        (parts::heat_map(page))
        (parts::trend(page))
        (parts::since(page))
        (parts::gaps(page))
        (parts::lift(page))
        (parts::offices(page))
        (detail::offices(page))
        (detail::questions(page))
    };
    page_text(page.around(&sections))
}
