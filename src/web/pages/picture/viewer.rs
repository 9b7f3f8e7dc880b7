//! A page of a document as a person looks at it: its picture with what is meant lit on it, and the
//! text that was read from it beside it.

use crate::access_copy::STAND_IN;
use crate::app::evidence::show::Shown;
use crate::model::{Line, LinePart, Page as Sheet, Ratio, Rect, TextOrigin};
use crate::web::layout::Page;
use crate::web::pages::parts;
use maud::{Markup, html};
use std::fmt::Write;

/// Around a lit box, in hundredths of the page's width.
const AROUND: f32 = 0.35;
/// Below this confidence a word is dotted, on the picture and in the text.
const DOUBTED: f32 = 0.8;
/// Below this zoom the picture for a screen is fine enough, in percent.
const CLOSE: u16 = 150;

/// A box that is lit, under the name by which something refers to it.
#[derive(Debug, Clone)]
pub(in crate::web::pages) struct Lit {
    /// The name, as in `#hit`; none where nothing refers to it.
    pub(in crate::web::pages) name: Option<String>,
    /// Where.
    pub(in crate::web::pages) rect: Rect,
    /// How it looks, as the style sheet names it.
    pub(in crate::web::pages) look: &'static str,
}

/// How a page of a document is looked at.
pub(in crate::web::pages) struct Viewing<'a> {
    /// The document.
    pub(in crate::web::pages) shown: &'a Shown,
    /// The page, from 1.
    pub(in crate::web::pages) number: u32,
    /// What is lit on the picture.
    pub(in crate::web::pages) lit: &'a [Lit],
    /// The hits that are lit in the text.
    pub(in crate::web::pages) hits: &'a [LinePart],
    /// Whether personal data is shown.
    pub(in crate::web::pages) reveals: bool,
    /// How large the picture is, in percent of the room there is.
    pub(in crate::web::pages) zoom: u16,
    /// The ways to other pages, hits and sizes.
    pub(in crate::web::pages) ways: Markup,
}

/// Returns a page of a document with boxes lit, and the way to its other pages.
pub(in crate::web::pages) fn viewer(
    page: Page<'_>,
    shown: &Shown,
    number: u32,
    lit: &[Rect],
) -> Markup {
    let lit: Vec<Lit> = lit
        .iter()
        .map(|rect| Lit {
            name: None,
            rect: *rect,
            look: "lit",
        })
        .collect();
    let viewing = Viewing {
        shown,
        number,
        lit: &lit,
        hits: &[],
        reveals: false,
        zoom: 100,
        ways: ways(page, shown, number),
    };
    viewed(page, &viewing)
}

/// Returns a page of a document as it is looked at.
pub(in crate::web::pages) fn viewed(page: Page<'_>, viewing: &Viewing<'_>) -> Markup {
    let content = &viewing.shown.document.content;
    let number = viewing.number;
    let readable = viewing.shown.readable(number, viewing.reveals);
    let size = readable.as_ref().and_then(|sheet| sheet.size);
    let size = size.filter(|_| content.media_type.has_sheets());
    let title = page.pick("Halaman ", "Page ");
    html! {
        section.viewer id="page" aria-labelledby="page-title" {
            h2 id="page-title" { (title) (number) " / " (content.page_count) }
            (viewing.ways)
            @match (&readable, size) {
                (Some(sheet), Some(size)) => (drawn(page, viewing, sheet, size)),
                (None, _) if viewing.shown.page(number).is_some() => p { (page.pick(
                    "Halaman ini memuat, atau mungkin memuat, data pribadi yang tempatnya tidak diketahui; seluruhnya ditutup sampai diminta.",
                    "This page holds, or may hold, personal data, nobody knows where; all of it is covered until somebody asks.",
                )) },
                _ => p.soft { (page.pick("Halaman ini tidak punya gambar.", "This page has no picture.")) },
            }
            @if let Some(sheet) = &readable { (text(page, sheet, viewing.hits)) }
        }
    }
}

fn drawn(
    page: Page<'_>,
    viewing: &Viewing<'_>,
    sheet: &Sheet,
    (width, height): (f32, f32),
) -> Markup {
    let number = viewing.number;
    let name = format!(
        "{} {number}",
        page.pick("Gambar halaman", "Picture of page")
    );
    let around = width * AROUND / 100.0;
    html! {
        div.pane tabindex="0" role="region" aria-label=(name) {
            svg class={ "sheet z" (viewing.zoom) } viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(name) {
                image href=(address(viewing)) x="0" y="0" width=(width) height=(height) preserveAspectRatio="none" {}
                @if let Some(path) = dots(sheet) { path.doubt d=(path) {} }
                @for lit in viewing.lit {
                    @let rect = lit.rect.grown(around);
                    rect class=(lit.look) id=[lit.name.as_deref()] x=(rect.x0) y=(rect.y0) width=(rect.width()) height=(rect.height()) {}
                }
            }
        }
    }
}

/// Returns the address of the picture.
fn address(viewing: &Viewing<'_>) -> String {
    let digest = &viewing.shown.document.content.digest;
    let mut address = format!("/documents/{digest}/pages/{}.jpg", viewing.number);
    let size = (viewing.zoom >= CLOSE).then_some("size=close");
    let shown = viewing.reveals.then_some("shown=1");
    for (mark, part) in ['?', '&']
        .into_iter()
        .zip([size, shown].into_iter().flatten())
    {
        // Writing to a string does not fail.
        let _ = write!(address, "{mark}{part}");
    }
    address
}

fn is_doubted(sheet: &Sheet, confidence: Ratio) -> bool {
    let is_read = matches!(sheet.origin, TextOrigin::Ocr | TextOrigin::Mixed);
    is_read && confidence.get() < DOUBTED
}

/// Returns a line under each word in doubt, as the path of an SVG; `None` where there is none.
fn dots(sheet: &Sheet) -> Option<String> {
    let words = sheet.all_lines().flat_map(|line| &line.words);
    let doubted = words.filter(|word| is_doubted(sheet, word.confidence));
    let mut path = String::new();
    for rect in doubted.filter_map(|word| word.rect) {
        let _ = write!(path, "M{:.1} {:.1}H{:.1}", rect.x0, rect.y1, rect.x1);
    }
    (!path.is_empty()).then_some(path)
}

fn text(page: Page<'_>, sheet: &Sheet, hits: &[LinePart]) -> Markup {
    let words = || sheet.all_lines().flat_map(|line| &line.words);
    let has_doubts = words().any(|word| is_doubted(sheet, word.confidence));
    let has_hidden = words().any(|word| word.text == STAND_IN);
    html! {
        details open[!hits.is_empty()] {
            summary data-key="t" { (page.pick("Teks halaman ini, sebagaimana terbaca", "The text of this page, as it was read")) }
            @if has_doubts {
                p.soft { (page.pick("Bergaris titik-titik: kata yang bacaannya di bawah 80 %.", "Dotted: words that were read with less than 80 % confidence.")) }
            }
            @if has_hidden {
                p.soft { (STAND_IN) ": " (page.pick("data pribadi yang ditutup.", "personal data that is covered.")) }
            }
            pre.text tabindex="0" {
                @for (at, line) in sheet.all_lines().enumerate() { (words_of(sheet, line, at, hits)) "\n" }
            }
        }
    }
}

fn words_of(sheet: &Sheet, line: &Line, at: usize, hits: &[LinePart]) -> Markup {
    let is_hit = |word: usize| {
        let mut here = hits.iter().filter(|hit| hit.line == at);
        here.any(|hit| hit.words.contains(&word))
    };
    html! {
        @for (number, word) in line.words.iter().enumerate() {
            @if number > 0 { " " }
            @match (is_hit(number), is_doubted(sheet, word.confidence)) {
                (true, false) => mark { (word.text) },
                (true, true) => mark { u { (word.text) } },
                (false, true) => u { (word.text) },
                (false, false) => (word.text),
            }
        }
    }
}

fn ways(page: Page<'_>, shown: &Shown, number: u32) -> Markup {
    let content = &shown.document.content;
    let to = |number: u32| parts::document_address(&content.digest, Some(number));
    html! {
        nav.pages aria-label=(page.pick("Halaman dokumen", "Pages of the document")) {
            @if number > 1 { a href=(to(number - 1)) { (page.pick("Sebelumnya", "Before")) } }
            @if number < content.page_count { a href=(to(number + 1)) { (page.pick("Berikutnya", "After")) } }
        }
    }
}
