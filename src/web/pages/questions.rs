//! The board of all questions, with filters.

use super::parts;
use crate::model::{QuestionReport, QuestionState, Report, SectionReport};
use crate::report::capital;
use crate::web::asked::{Asked, report};
use crate::web::layout::Page;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use strum::IntoEnumIterator;

/// Which questions.
#[derive(Deserialize, Default)]
pub(super) struct Filter {
    #[serde(default)]
    state: String,
    #[serde(default)]
    section: String,
    #[serde(default)]
    office: String,
    #[serde(default)]
    words: String,
}

pub(super) async fn page(asked: Asked, Query(filter): Query<Filter>) -> Response {
    let show = move |page: Page<'_>, report: Report| Ok(body(page, &report, &filter));
    asked
        .answer(
            ("Pertanyaan", "Questions"),
            |workspace| report(workspace),
            show,
        )
        .await
}

impl Filter {
    fn fits(
        &self,
        page: Page<'_>,
        section: &SectionReport,
        question: &QuestionReport,
    ) -> bool {
        let words = self.words.to_lowercase();
        let text =
            format!("{} {}", question.number, question.ask.get(page.lang)).to_lowercase();
        let is = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        is(&self.state, question.state.as_str())
            && is(&self.section, section.code.as_str())
            && (self.office.is_empty()
                || question
                    .offices
                    .iter()
                    .any(|office| office.id.as_str() == self.office))
            && words.split_whitespace().all(|word| text.contains(word))
    }
}

fn body(page: Page<'_>, report: &Report, filter: &Filter) -> Markup {
    let rows = report.sections.iter().flat_map(|section| {
        let questions = section
            .indicators
            .iter()
            .flat_map(|indicator| &indicator.questions);
        questions.map(move |question| (section, question))
    });
    let rows: Vec<_> = rows
        .filter(|(section, question)| filter.fits(page, section, question))
        .collect();
    let sum: f64 = rows
        .iter()
        .map(|(_, question)| question.points.likely)
        .sum();
    html! {
        (form(page, report, filter))
        p.lead role="status" {
            (rows.len()) " " (page.pick("pertanyaan", "questions")) " · "
            (page.points(sum)) " " (page.pick("poin (dugaan)", "points (a guess)"))
        }
        div.scroll tabindex="0" role="region" aria-label=(page.pick("Daftar pertanyaan", "List of questions")) {
            table {
                thead { tr {
                    th scope="col" { (page.pick("No.", "No.")) }
                    th scope="col" { (page.pick("Keadaan", "State")) }
                    th scope="col" { (page.pick("Pertanyaan", "Question")) }
                    th scope="col" { (page.pick("Pengampu", "Owners")) }
                    th.n scope="col" { (page.pick("Bukti", "Evidence")) }
                    th.n scope="col" { (page.pick("Nilai", "Points")) }
                } }
                tbody {
                    @for (_, question) in rows { (row(page, question)) }
                }
            }
        }
    }
}

fn row(page: Page<'_>, question: &QuestionReport) -> Markup {
    let weighed = question.evidence.len() + question.further as usize;
    html! {
        tr {
            th scope="row" { (parts::question(question)) }
            td { (page.badge(question.state)) }
            td { (question.ask.get(page.lang)) }
            td { (parts::owners(question)) }
            td.n data-label=(page.pick("Bukti", "Evidence")) { (weighed) }
            td.n data-label=(page.pick("Nilai", "Points")) { (page.points(question.points.likely)) " / " (page.points(question.points.max)) }
        }
    }
}

fn form(page: Page<'_>, report: &Report, filter: &Filter) -> Markup {
    let all = page.pick("semua", "all");
    html! {
        form.filter method="get" action="/questions" role="search" {
            label {
                (page.pick("Keadaan", "State"))
                select name="state" {
                    option value="" { (all) }
                    @for state in QuestionState::iter() {
                        option value=(state.as_str()) selected[filter.state == state.as_str()] { (state.label(page.lang)) }
                    }
                }
            }
            label {
                (capital(report.part_names.section.get(page.lang)))
                select name="section" {
                    option value="" { (all) }
                    @for section in &report.sections {
                        option value=(section.code) selected[filter.section == section.code.as_str()] { (section.name.get(page.lang)) }
                    }
                }
            }
            label {
                (page.pick("Perangkat daerah", "Office"))
                select name="office" {
                    option value="" { (all) }
                    @for office in &report.offices {
                        option value=(office.office.id) selected[filter.office == office.office.id.as_str()] { (office.office.short) }
                    }
                }
            }
            label { (page.pick("Kata", "Words")) input type="search" name="words" value=(filter.words); }
            button { (page.pick("Saring", "Filter")) }
        }
    }
}
