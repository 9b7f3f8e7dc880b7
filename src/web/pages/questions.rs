//! The board of all questions; filtered, a list. Filters can be kept under a name.

use super::parts;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::io::web_store::SavedView;
use crate::model::{QuestionReport, QuestionState, Report, SectionReport};
use crate::report::{capital, percent_encoded};
use crate::web::answer::{Failure, go_to};
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::state::judgements::Current;
use crate::web::state::lock::held;
use axum::extract::{Form, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use strum::IntoEnumIterator;

/// Questions of one page of the list.
const ON_A_PAGE: usize = 40;
/// Most chars of the name of a view.
const LONGEST_NAME: usize = 60;

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
    /// Only those of which points may be stripped.
    #[serde(default)]
    risk: String,
    #[serde(default)]
    from: usize,
}

pub(super) async fn page(asked: Asked, Query(filter): Query<Filter>) -> Response {
    let shared = Arc::clone(&asked.shared);
    let find = move |_: &mut Workspace, _: &Current| {
        Ok::<_, Error>(held(&shared.store).views(&shared.author)?)
    };
    let show = move |page: Page<'_>, current: &Current, views: Vec<SavedView>| {
        Ok(body(page, &current.judged.report, &filter, &views))
    };
    let title = ("Pertanyaan", "Questions");
    asked.answer_judged(title, find, show).await
}

impl Filter {
    fn is_any(&self) -> bool {
        !self.query().is_empty() || self.from > 0
    }

    /// Returns what is asked for as the query of an address, without the place in the list.
    fn query(&self) -> String {
        let pairs = [
            ("state", &self.state),
            ("section", &self.section),
            ("office", &self.office),
            ("words", &self.words),
            ("risk", &self.risk),
        ];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let said: Vec<String> = said
            .map(|(name, value)| format!("{name}={}", percent_encoded(value, b"")))
            .collect();
        said.join("&")
    }

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
            && (self.risk.is_empty() || question.points.at_risk > 0.0)
            && (self.office.is_empty()
                || question
                    .offices
                    .iter()
                    .any(|office| office.id.as_str() == self.office))
            && words.split_whitespace().all(|word| text.contains(word))
    }
}

fn body(page: Page<'_>, report: &Report, filter: &Filter, views: &[SavedView]) -> Markup {
    html! {
        (saved(page, filter, views))
        (form(page, report, filter))
        @if filter.is_any() { (list(page, report, filter)) } @else { (board(page, report)) }
    }
}

/// Returns all questions as cells, by section and indicator.
fn board(page: Page<'_>, report: &Report) -> Markup {
    html! {
        p.legend {
            @for state in QuestionState::iter() {
                span class={ "cell " (state.as_str()) } { (state.label(page.lang)) } " "
            }
        }
        @for section in &report.sections {
            section.board aria-label=(section.name.get(page.lang)) {
                h2 {
                    (section.name.get(page.lang)) " "
                    small { (page.points(section.coverage.points.likely)) " / " (page.points(section.coverage.points.max)) }
                }
                dl {
                    @for indicator in &section.indicators {
                        dt { (indicator.short.get(page.lang)) }
                        dd { @for question in &indicator.questions { (cell(page, question)) " " } }
                    }
                }
            }
        }
    }
}

fn cell(page: Page<'_>, question: &QuestionReport) -> Markup {
    let (number, state) = (question.number.as_str(), question.state);
    html! {
        a class={ "cell " (state.as_str()) } href={ "/questions/" (question.id) }
            aria-label={ (number) " " (state.label(page.lang)) } { (number) }
    }
}

fn list(page: Page<'_>, report: &Report, filter: &Filter) -> Markup {
    let rows = report.sections.iter().flat_map(|section| {
        let questions = section
            .indicators
            .iter()
            .flat_map(|indicator| &indicator.questions);
        questions.map(move |question| (section, question))
    });
    let rows: Vec<&QuestionReport> = rows
        .filter(|(section, question)| filter.fits(page, section, question))
        .map(|(_, question)| question)
        .collect();
    let sum: f64 = rows.iter().map(|question| question.points.likely).sum();
    html! {
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
                    @for question in rows.iter().skip(filter.from).take(ON_A_PAGE) { (row(page, question)) }
                }
            }
        }
        (ways(page, filter, rows.len()))
    }
}

fn ways(page: Page<'_>, filter: &Filter, count: usize) -> Markup {
    let to = |from: usize| format!("/questions?{}&from={from}", filter.query());
    let before = filter.from.saturating_sub(ON_A_PAGE);
    let after = filter.from.saturating_add(ON_A_PAGE);
    html! {
        nav.pages aria-label=(page.pick("Halaman daftar", "Pages of the list")) {
            @if filter.from > 0 { a href=(to(before)) { (page.pick("Sebelumnya", "Before")) } }
            @if after < count { a href=(to(after)) { (page.pick("Berikutnya", "After")) } }
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
            label.check { input type="checkbox" name="risk" value="1" checked[!filter.risk.is_empty()]; " " (page.pick("berisiko dicoret", "at risk")) }
            button { (page.pick("Saring", "Filter")) }
            @if filter.is_any() { a href="/questions" { (page.pick("Semua (papan)", "All (board)")) } }
        }
    }
}

/// Returns the views that were saved, and the way to save this one.
fn saved(page: Page<'_>, filter: &Filter, views: &[SavedView]) -> Markup {
    let query = filter.query();
    html! {
        @if !views.is_empty() {
            ul.chips aria-label=(page.pick("Tampilan tersimpan", "Saved views")) {
                @for view in views {
                    li {
                        a href={ "/questions?" (view.query) } aria-current=[(view.query == query).then_some("true")] { (view.name) }
                        form method="post" action="/questions/views" {
                            input type="hidden" name="drop" value=(view.id);
                            button aria-label={ (page.pick("Hapus tampilan ", "Drop the view ")) (view.name) } { "×" }
                        }
                    }
                }
            }
        }
        @if !query.is_empty() {
            form.save method="post" action="/questions/views" {
                input type="hidden" name="query" value=(query);
                label { (page.pick("Simpan saringan ini sebagai", "Save this filter as")) " " input name="name" required maxlength=(LONGEST_NAME); }
                " " button { (page.pick("Simpan", "Save")) }
            }
        }
    }
}

/// What a form does with saved views.
#[derive(Deserialize)]
pub(super) struct ViewForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    query: String,
    drop: Option<i64>,
}

pub(super) async fn save(asked: Asked, Form(form): Form<ViewForm>) -> Response {
    let shared = &asked.shared;
    let store = held(&shared.store);
    let name: String = form.name.trim().chars().take(LONGEST_NAME).collect();
    // A query is what this page wrote, and nothing that leads elsewhere.
    let query = written_anew(&form.query);
    let (done, back) = match (form.drop, name.is_empty()) {
        (Some(id), _) => (store.drop_view(&shared.author, id), String::new()),
        (None, false) => (store.save_view(&shared.author, &name, &query), query),
        (None, true) => return Failure::BadRequest.page(asked.page()),
    };
    drop(store);
    match done {
        Ok(()) => go_to(&format!("/questions?{back}")),
        Err(error) => Failure::Failed(error.into()).page(asked.page()),
    }
}

/// Returns the filters that a query states, written anew.
fn written_anew(query: &str) -> String {
    let uri = format!("/?{query}").parse::<axum::http::Uri>();
    let filter = uri.ok().and_then(|uri| Query::try_from_uri(&uri).ok());
    filter.map_or_else(String::new, |Query(filter): Query<Filter>| filter.query())
}
