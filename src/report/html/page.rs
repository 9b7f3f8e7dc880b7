//! The page that the report is laid out on, with its style.

use crate::model::{Lang, Report};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// The report, as one page in one language.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) report: &'a Report,
    pub(super) lang: Lang,
}

impl Page<'_> {
    pub(super) fn pick<'t>(&self, id: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(id, en)
    }

    /// Returns points as people write them.
    pub(super) fn points(&self, points: f64) -> String {
        crate::report::table::layout::number(points, 1, self.lang)
    }

    /// Returns a maximum: decimals only where it has some.
    pub(super) fn whole(&self, points: f64) -> String {
        crate::report::table::layout::whole_number(points, self.lang)
    }

    /// Returns the whole page around its sections.
    pub(super) fn around(&self, sections: &Markup) -> Markup {
        let report = self.report;
        let region = report.region.as_deref().unwrap_or_default();
        let name = report.name.get(self.lang);
        let day = crate::report::words::spelled(report.as_of, self.lang);
        html! {
            (DOCTYPE)
            html lang=(self.pick("id", "en")) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width,initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    title { (name) " · " (region) " · " (day) }
                    // Our own file: no text of a document.
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        div {
                            h1 { (name) br; (region) }
                            p { (self.facts(&day)) }
                        }
                    }
                    nav { (self.links()) }
                    main { (sections) }
                    footer {
                        p { (report.method.get(self.lang)) }
                        p { (self.made()) }
                    }
                }
            }
        }
    }

    fn facts(&self, day: &str) -> String {
        let (documents, questions) =
            (self.report.documents, self.report.questions().count());
        format!(
            "{} {} · {} {day} · {documents} {} · {questions} {}",
            self.pick("Verifikasi", "Verification"),
            self.report.year,
            self.pick("per", "as of"),
            self.lang
                .noun(documents, "dokumen", "document", "documents"),
            self.lang
                .noun(questions, "pertanyaan", "question", "questions"),
        )
    }

    fn links(&self) -> Markup {
        let links = [
            ("#nilai", self.pick("Nilai", "Score")),
            ("#peta", self.pick("Peta", "Map")),
            ("#celah", self.pick("Celah", "Gaps")),
            ("#pengampu", self.pick("Pengampu", "Offices")),
            ("#rincian", self.pick("Rincian", "Details")),
        ];
        html! {
            ul {
                @for (to, name) in links {
                    li { a href=(to) { (name) } }
                }
            }
        }
    }

    fn made(&self) -> &'static str {
        self.lang.pick(
            "Dibuat dengan bukti; perkiraan untuk berbenah, bukan nilai resmi. Berkas ini memuat \
             kutipan dokumen: bagikan seperlunya.",
            "Made with bukti; an estimate to work with, not an official score. This file quotes \
             documents: pass it on with care.",
        )
    }
}
