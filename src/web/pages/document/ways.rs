//! The ways through a document: to the hit before and behind, to other pages, closer and further.
//! Each is a link that works by itself, with the key that clicks it.

use super::facts::name_of;
use super::look::Look;
use crate::report::percent_encoded;
use crate::web::layout::Page;
use maud::{Markup, html};
use std::fmt::Write;

/// How large the picture can be, in percent of the room there is.
const ZOOMS: [u16; 5] = [100, 150, 200, 300, 400];

/// Where a link leads to.
#[derive(Clone, Copy)]
enum To {
    Page(u32),
    /// A hit, from 0.
    Hit(usize),
    Fact(u32, usize),
    Zoom(u16),
}

impl Look {
    /// Returns how large the picture is, in percent.
    pub(super) fn zoom(&self) -> u16 {
        let asked = self.at.zoom.and_then(|zoom| u16::try_from(zoom).ok());
        asked.filter(|zoom| ZOOMS.contains(zoom)).unwrap_or(100)
    }

    /// Returns the address of what is looked at.
    pub(super) fn address(&self) -> String {
        self.to(To::Zoom(self.zoom()))
    }

    /// Returns the address of a page with the place of a fact lit.
    pub(super) fn fact_address(&self, page: u32, number: usize) -> String {
        self.to(To::Fact(page, number))
    }

    fn to(&self, to: To) -> String {
        let digest = &self.shown.document.content.digest;
        let mut address = format!("/documents/{digest}?");
        let zoom = match to {
            To::Zoom(zoom) => zoom,
            _ => self.zoom(),
        };
        let here = match self.current {
            Some(hit) => To::Hit(hit),
            None => To::Page(self.number),
        };
        // Writing to a string does not fail.
        let place = match if let To::Zoom(_) = to { here } else { to } {
            To::Hit(hit) => {
                let _ = write!(address, "hit={}", hit + 1);
                "hit".to_owned()
            }
            To::Fact(page, fact) => {
                let _ = write!(address, "page={page}&fact={fact}");
                name_of(fact)
            }
            To::Page(page) => {
                let _ = write!(address, "page={page}");
                "page".to_owned()
            }
            To::Zoom(_) => String::new(),
        };
        if !self.at.words.is_empty() {
            let _ = write!(address, "&words={}", percent_encoded(&self.at.words, b""));
        }
        if zoom != 100 {
            let _ = write!(address, "&percent={zoom}");
        }
        let _ = write!(address, "#{place}");
        address
    }

    /// Returns the hits before and behind, from 0: of the one that one is at, or of the page.
    fn neighbours(&self) -> (Option<usize>, Option<usize>) {
        let last = self.hits.len().checked_sub(1);
        match self.current {
            Some(at) => (at.checked_sub(1), (Some(at) != last).then_some(at + 1)),
            None => {
                let before = self.hits.iter().rposition(|hit| hit.page < self.number);
                let behind = self.hits.iter().position(|hit| hit.page >= self.number);
                (before, behind)
            }
        }
    }
}

/// Returns the ways from where one looks.
pub(super) fn ways(page: Page<'_>, look: &Look) -> Markup {
    html! {
        (words(page, look))
        nav.pages aria-label=(page.pick("Halaman dokumen", "Pages of the document")) {
            (pages(page, look))
            (zooms(page, look))
        }
        @if !look.at.words.trim().is_empty() { (hits(page, look)) }
    }
}

/// Returns the field for words to look for in this document.
fn words(page: Page<'_>, look: &Look) -> Markup {
    let digest = &look.shown.document.content.digest;
    html! {
        form.within method="get" action={ "/documents/" (digest) "#hit" } role="search" {
            label { (page.pick("Cari di dokumen ini", "Search in this document")) " "
                input type="search" name="words" value=(look.at.words) data-key="/"; }
            (kept_zoom(look))
            button { (page.pick("Cari", "Search")) }
        }
    }
}

fn kept_zoom(look: &Look) -> Markup {
    html! { @if look.zoom() != 100 { input type="hidden" name="percent" value=(look.zoom()); } }
}

fn hits(page: Page<'_>, look: &Look) -> Markup {
    let (before, behind) = look.neighbours();
    let count = look.hits.len();
    html! {
        nav.pages aria-label=(page.pick("Kata yang dicari", "Words looked for")) {
            @match look.current {
                Some(at) => strong { (page.pick("Temuan ", "Hit ")) (at + 1) " / " (count) },
                None => strong { (count) " " (page.lang.noun(count, "temuan", "hit", "hits")) },
            }
            @if let Some(hit) = before {
                a href=(look.to(To::Hit(hit))) data-key="N" rel="prev" { kbd { "N" } " " (page.pick("temuan sebelumnya", "hit before")) }
            }
            @if let Some(hit) = behind {
                a href=(look.to(To::Hit(hit))) data-key="n Enter" rel="next" { kbd { "n" } " " (page.pick("temuan berikutnya", "next hit")) }
            }
        }
    }
}

fn pages(page: Page<'_>, look: &Look) -> Markup {
    let digest = &look.shown.document.content.digest;
    let (number, last) = (look.number, look.shown.document.content.page_count);
    html! {
        @if number > 1 {
            a href=(look.to(To::Page(number - 1))) data-key="[" { kbd { "[" } " " (page.pick("Sebelumnya", "Before")) }
        }
        @if number < last {
            a href=(look.to(To::Page(number + 1))) data-key="]" { kbd { "]" } " " (page.pick("Berikutnya", "After")) }
        }
        @if last > 1 {
            form.jump method="get" action={ "/documents/" (digest) "#page" } {
                @if !look.at.words.is_empty() { input type="hidden" name="words" value=(look.at.words); }
                (kept_zoom(look))
                label { (page.pick("Ke halaman", "To page")) " "
                    input type="number" name="page" min="1" max=(last) value=(number) inputmode="numeric"; }
                button { (page.pick("Buka", "Go")) }
            }
        }
    }
}

fn zooms(page: Page<'_>, look: &Look) -> Markup {
    let now = look.zoom();
    let closer = ZOOMS.into_iter().find(|zoom| *zoom > now);
    let further = ZOOMS.into_iter().rev().find(|zoom| *zoom < now);
    html! {
        @if let Some(zoom) = closer {
            a href=(look.to(To::Zoom(zoom))) data-key="+ =" { kbd { "+" } " " (page.pick("Perbesar", "Closer")) }
        }
        @if let Some(zoom) = further {
            a href=(look.to(To::Zoom(zoom))) data-key="-" { kbd { "-" } " " (page.pick("Perkecil", "Further")) }
            a href=(look.to(To::Zoom(100))) data-key="0" { kbd { "0" } " " (page.pick("Selebar ruang", "Fit")) }
        }
        @if now != 100 { small { (now) " %" } }
    }
}
