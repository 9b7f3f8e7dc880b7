//! What every page has around its own: head, way through the pages, language.

use super::assets::{KEYS_PATH, PART_PATH, STYLE_PATH};
use super::state::shared::Shared;
use crate::model::{Lang, QuestionState};
use crate::report;
use axum::http::{HeaderMap, Uri, header};
use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

/// A page one can go to from everywhere: path, name in Indonesian, in English.
type Place = (&'static str, &'static str, &'static str);

/// The pages of every day.
const PLACES: [Place; 6] = [
    ("/", "Beranda", "Start"),
    ("/questions", "Pertanyaan", "Questions"),
    ("/decide", "Putuskan", "Decide"),
    ("/documents", "Dokumen", "Documents"),
    ("/offices", "Perangkat daerah", "Offices"),
    ("/entry", "Mode entri", "Data entry"),
];
/// The others, below a word of their own.
const FURTHER: [Place; 5] = [
    ("/places", "Wilayah", "Places"),
    ("/duplicates", "Ganda & foto", "Duplicates & photos"),
    (
        "/papers",
        "Laporan, surat, jadwal",
        "Reports, letters, calendar",
    ),
    ("/history", "Riwayat", "History"),
    ("/health", "Pekerjaan & kesehatan", "Work & health"),
];

/// The page that is asked for: in which language, at which path.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) lang: Lang,
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> Page<'a> {
    pub(super) fn of(shared: &Shared, headers: &HeaderMap, uri: &'a Uri) -> Self {
        Self {
            lang: chosen(headers).unwrap_or(shared.lang),
            path: uri.path(),
            query: uri.query(),
        }
    }

    pub(super) fn pick<'t>(&self, id: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(id, en)
    }

    /// Returns points as people write them.
    pub(super) fn points(&self, points: f64) -> String {
        report::number(points, 1, self.lang)
    }

    /// Returns a state as a coloured word.
    pub(super) fn badge(&self, state: QuestionState) -> Markup {
        report::badge(state, self.lang)
    }

    /// Returns this page's own address.
    pub(super) fn address(&self) -> String {
        match self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.to_owned(),
        }
    }

    /// Returns a whole page.
    pub(super) fn around(&self, title: &str, body: &Markup) -> Html<String> {
        let skip = self.pick("Langsung ke isi", "Skip to the content");
        let places = html! {
            a.skip href="#content" { (skip) }
            header {
                div.bar {
                    a.name href="/" { "bukti" }
                    (self.languages())
                }
                nav aria-label=(self.pick("Halaman", "Pages")) {
                    ul {
                        @for place in PLACES { li { (self.way(place)) } }
                        li {
                            @let is_here = FURTHER.iter().any(|(path, ..)| self.is_at(path));
                            details.more {
                                summary class=[is_here.then_some("here")] { (self.pick("Lainnya", "More")) }
                                ul { @for place in FURTHER { li { (self.way(place)) } } }
                            }
                        }
                    }
                }
            }
        };
        self.whole(title, &places, body)
    }

    /// Returns a page without a way to the others, for who is not in.
    pub(super) fn bare(&self, title: &str, body: &Markup) -> Html<String> {
        self.whole(
            title,
            &html! { header { div.bar { span.name { "bukti" } } } },
            body,
        )
    }

    fn whole(&self, title: &str, places: &Markup, body: &Markup) -> Html<String> {
        let page = html! {
            (DOCTYPE)
            html lang=(self.pick("id", "en")) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width,initial-scale=1";
                    title { (title) " · bukti" }
                    link rel="stylesheet" href=(STYLE_PATH.as_str());
                    script src=(KEYS_PATH.as_str()) type="module" {}
                    script src=(PART_PATH.as_str()) type="module" {}
                }
                body {
                    (places)
                    main id="content" tabindex="-1" { h1 { (title) } (body) }
                }
            }
        };
        Html(report::page_text(page))
    }

    fn way(&self, (path, id, en): Place) -> Markup {
        let is_here = self.is_at(path);
        html! { a href=(path) aria-current=[is_here.then_some("page")] { (self.pick(id, en)) } }
    }

    fn is_at(&self, path: &str) -> bool {
        match path {
            "/" => self.path == "/",
            _ => self
                .path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        }
    }

    fn languages(&self) -> Markup {
        html! {
            form.lang method="post" action="/language" {
                input type="hidden" name="back" value=(self.address());
                @for lang in [Lang::Id, Lang::En] {
                    @let code = lang.pick("id", "en");
                    button name="language" value=(code) lang=(code) aria-pressed=(self.lang == lang) {
                        // Each in its own words.
                        (lang.pick("Bahasa Indonesia", "English"))
                    }
                }
            }
        }
    }
}

/// Returns the language that a browser chose here before.
fn chosen(headers: &HeaderMap) -> Option<Lang> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let cookies = cookies.filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|text| text.split(';')).map(str::trim);
    let value = pairs.find_map(|pair| pair.strip_prefix("language="))?;
    match value {
        "id" => Some(Lang::Id),
        "en" => Some(Lang::En),
        _ => None,
    }
}
