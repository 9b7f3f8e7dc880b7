//! The page that the report is written to, with its style.

use crate::model::{Lang, Report};
use crate::report::escape::xml;
use std::fmt::{self, Write};

pub(super) const STYLE: &str = include_str!("style.css");

/// The page being written.
pub(super) struct Page<'a> {
    pub(super) report: &'a Report,
    pub(super) lang: Lang,
    pub(super) out: String,
}

impl Page<'_> {
    /// Writes what is already markup.
    pub(super) fn put(&mut self, markup: fmt::Arguments) {
        // Writing to a string does not fail.
        let _ = self.out.write_fmt(markup);
        self.out.push('\n');
    }

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

    pub(super) fn head(&mut self) {
        let (report, lang) = (self.report, self.lang);
        let region = report.region.as_deref().unwrap_or_default();
        let name = xml(report.name.get(lang));
        let (region, code) = (xml(region), lang.pick("id", "en"));
        let day = crate::report::words::spelled(report.as_of, lang);
        let questions = report.questions().count();
        self.put(format_args!(
            "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{name} · {region} · {day}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"
        ));
        self.put(format_args!(
            "<header><div><h1>{name}<br>{region}</h1><p>{} {} · {} {day} · {} {} · {questions} \
             {}</p></div></header>",
            self.pick("Verifikasi", "Verification"),
            report.year,
            self.pick("per", "as of"),
            report.documents,
            self.pick("dokumen", "documents"),
            self.pick("pertanyaan", "questions"),
        ));
        let links = [
            ("nilai", self.pick("Nilai", "Score")),
            ("peta", self.pick("Peta", "Map")),
            ("celah", self.pick("Celah", "Gaps")),
            ("pengampu", self.pick("Pengampu", "Offices")),
            ("rincian", self.pick("Rincian", "Details")),
        ];
        let links =
            links.map(|(to, name)| format!("<li><a href=\"#{to}\">{name}</a></li>"));
        let links = links.concat();
        self.put(format_args!("<nav><ul>{links}</ul></nav>\n<main>"));
    }

    pub(super) fn foot(&mut self) {
        let method = xml(self.report.method.get(self.lang));
        let made = self.pick(
            "Dibuat dengan bukti; perkiraan untuk berbenah, bukan nilai resmi. Berkas ini memuat \
             kutipan dokumen: bagikan seperlunya.",
            "Made with bukti; an estimate to work with, not an official score. This file quotes \
             documents: pass it on with care.",
        );
        self.put(format_args!(
            "</main>\n<footer><p>{method}</p><p>{made}</p></footer>\n</body>\n</html>"
        ));
    }
}
