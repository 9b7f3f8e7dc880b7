//! Who owes what.

use super::parts;
use crate::model::{OfficeReport, Report};
use crate::web::answer::Failure;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::state::judgements::Current;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

pub(super) async fn page(asked: Asked) -> Response {
    let show =
        |page: Page<'_>, current: &Current, ()| Ok(all(page, &current.judged.report));
    let title = ("Perangkat daerah", "Offices");
    asked.answer_judged(title, |_, _| Ok(()), show).await
}

pub(super) async fn one(asked: Asked, Path(id): Path<String>) -> Response {
    let show = move |page: Page<'_>, current: &Current, ()| {
        let report = &current.judged.report;
        let mut offices = report.offices.iter();
        let office = offices.find(|office| office.office.id.as_str() == id);
        Ok(tasks(page, report, office.ok_or(Failure::NotFound)?))
    };
    let title = ("Tugas perangkat daerah", "What an office has to do");
    asked.answer_judged(title, |_, _| Ok(()), show).await
}

fn all(page: Page<'_>, report: &Report) -> Markup {
    html! {
        p.lead { (page.pick(
            "Pertanyaan milik beberapa perangkat daerah dihitung pada masing-masing. Semua poin dugaan.",
            "A question of several offices is counted at each of them. All points are a guess.",
        )) }
        div.scroll tabindex="0" role="region" aria-label=(page.pick("Daftar perangkat daerah", "List of offices")) {
            table {
                thead { tr {
                    th scope="col" { (page.pick("Perangkat daerah", "Office")) }
                    th.n scope="col" { (page.pick("Tugas", "Tasks")) }
                    th.n scope="col" { (page.pick("Bisa diraih", "To be won")) }
                } }
                tbody {
                    @for office in &report.offices {
                        tr {
                            th scope="row" { a href={ "/offices/" (office.office.id) } { (office.office.short) } " " small { (office.name.get(page.lang)) } }
                            td.n data-label=(page.pick("Tugas", "Tasks")) { (office.tasks.len()) }
                            td.n data-label=(page.pick("Bisa diraih", "To be won")) { (page.points(office.coverage.points.gap())) }
                        }
                    }
                }
            }
        }
    }
}

fn tasks(page: Page<'_>, report: &Report, office: &OfficeReport) -> Markup {
    html! {
        p.lead {
            strong { (office.name.get(page.lang)) } " · " (office.tasks.len()) " " (page.pick("tugas", "tasks"))
            " · " (page.points(office.coverage.points.gap())) " " (page.pick("poin bisa diraih (dugaan)", "points to be won (a guess)"))
        }
        ol.tasks {
            @for task in &office.tasks {
                @if let Some(question) = report.questions().find(|question| question.id == task.question) {
                    li {
                        strong { "+" (page.points(task.points)) } " " (parts::question(question)) " " (page.badge(question.state)) br;
                        (question.ask.get(page.lang))
                        (parts::remarks(page, question.remarks.iter().take(3)))
                    }
                }
            }
        }
    }
}
