//! The report as one page that needs nothing else: it opens from a stick, on a phone and on
//! paper, asks no server and runs no script. Every figure leads down to the question, and from
//! there to the document, its page and the sentence.

pub(crate) mod badge;
mod page;
mod chart;
mod detail;
mod parts;

use self::page::Page;
use crate::model::{Lang, Report};

/// Returns the report as the text of an HTML page in one language.
pub fn html(report: &Report, lang: Lang) -> String {
    let mut page = Page {
        report,
        lang,
        out: String::with_capacity(1 << 20),
    };
    page.head();
    parts::score(&mut page);
    parts::heat_map(&mut page);
    parts::trend(&mut page);
    parts::since(&mut page);
    parts::gaps(&mut page);
    parts::lift(&mut page);
    parts::offices(&mut page);
    detail::offices(&mut page);
    detail::questions(&mut page);
    page.foot();
    page.out
}
