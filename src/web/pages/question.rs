//! One question: what is asked, how each document stands, what is suggested, what was decided.

use super::parts;
use crate::app::evidence::scope::Scope;
use crate::app::evidence::search;
use crate::model::{Link, QuestionReport, Report};
use crate::report::quote;
use crate::web::answer::Failure;
use crate::web::asked::{Asked, report};
use crate::web::layout::Page;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

/// Suggestions that the page shows; the others are on the page that decides.
const SUGGESTED: usize = 50;

/// What the page tells.
struct Known {
    report: Report,
    /// Links that are not confident: digest, path, link.
    suggested: Vec<search::Found>,
}

pub(super) async fn page(asked: Asked, Path(id): Path<String>) -> Response {
    let name = id.clone();
    let find = move |workspace: &mut _| {
        let workspace = &*workspace;
        let options = search::Options {
            scope: Scope {
                question: Some(name),
                ..Scope::default()
            },
            limit: SUGGESTED,
            ..search::Options::default()
        };
        Ok(Known {
            suggested: search::search(workspace, &options)?.found,
            report: report(workspace)?,
        })
    };
    let show = move |page: Page<'_>, known: Known| {
        let report = &known.report;
        let found = report.questions().find(|q| q.id.as_str().ends_with(&id));
        let question = found.ok_or(Failure::NotFound)?;
        Ok(body(page, question, &known.suggested))
    };
    asked.answer(("Pertanyaan", "Question"), find, show).await
}

fn body(page: Page<'_>, question: &QuestionReport, found: &[search::Found]) -> Markup {
    let unsure = found.iter().filter_map(|found| {
        let link = found
            .links
            .iter()
            .find(|link| link.question == question.id)?;
        (!link.confidence.is_confident() && link.decided.is_none())
            .then_some((found, link))
    });
    html! {
        p.lead { strong { (question.number) } " " (page.badge(question.state)) " · "
            (page.points(question.points.likely)) " / " (page.points(question.points.max))
            " " span.guess { (page.pick("dugaan", "a guess")) }
            @if let Some(own) = question.own { " · " (page.pick("nilai sendiri", "own score")) " " (page.points(own)) }
        }
        p.ask { (question.ask.get(page.lang)) }
        p { (page.pick("Pengampu: ", "Owners: ")) (parts::owners(question)) }
        section aria-labelledby="found" {
            h2 id="found" { (page.pick("Yang perlu diketahui dan dikerjakan", "What to know and to do")) }
            @if question.remarks.is_empty() { p { (page.pick("Tidak ada temuan.", "Nothing was found.")) } }
            (parts::remarks(page, question.remarks.iter()))
        }
        section aria-labelledby="evidence" {
            h2 id="evidence" { (page.pick("Dokumen yang ditimbang", "Documents weighed")) }
            ul.say { @for line in &question.evidence { (parts::evidence(page, line)) } }
            @if question.further > 0 {
                p { (question.further) (page.pick(" dokumen lagi, yang lebih lemah", " more documents, which are weaker")) }
            }
            @if question.evidence.is_empty() { p { (page.pick("Belum ada.", "None yet.")) } }
        }
        section aria-labelledby="suggested" {
            h2 id="suggested" { (page.pick("Usulan yang belum pasti", "Suggestions that are unsure")) }
            ul.say { @for (found, link) in unsure { (suggestion(page, found, link)) } }
            p { a href={ "/decide?question=" (question.id) } { (page.pick("Tetapkan usulan untuk pertanyaan ini", "Decide on the suggestions for this question")) } }
        }
    }
}

fn suggestion(page: Page<'_>, found: &search::Found, link: &Link) -> Markup {
    let span = link.cue.span.as_ref();
    let document = &found.document;
    html! {
        li {
            (link.confidence.percent()) " · " (link.cue.term)
            (parts::named_document(page, &document.content.digest, document.path(), span.map(|s| s.page)))
            (quote(span.map(|span| span.quote.as_str())))
        }
    }
}
