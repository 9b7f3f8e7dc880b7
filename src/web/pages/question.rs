//! One question: what is asked, how each document stands, what is suggested, what was decided.

use super::parts;
use crate::access_copy::is_personal;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::scope::{Scope, question_named};
use crate::app::evidence::{decide, search};
use crate::model::{
    Answer, Bilingual, Decision, Digest, Link, QuestionId, QuestionReport, Report,
};
use crate::report::quote;
use crate::web::answer::Failure;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::state::judgements::Current;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

/// Suggestions that the page shows; the others are on the page that decides.
const SUGGESTED: usize = 25;
/// Decisions that the page shows, newest first.
const DECISIONS: usize = 25;

/// What the page tells beside how the question stands.
struct Known {
    id: QuestionId,
    /// The kinds of document that are accepted.
    kinds: Vec<Bilingual>,
    min_count: u32,
    answer: Option<Answer>,
    suggested: Vec<search::Found>,
    /// Decisions, with the path of the document and whether they were taken back.
    decided: Vec<(Decision, String, bool)>,
}

pub(super) async fn page(asked: Asked, Path(id): Path<String>) -> Response {
    let find = move |workspace: &mut Workspace, _: &Current| known(workspace, &id);
    let show = move |page: Page<'_>, current: &Current, known: Known| {
        let report = &current.judged.report;
        let all: Vec<&QuestionReport> = report.questions().collect();
        let at = all.iter().position(|question| question.id == known.id);
        let at = at.ok_or(Failure::NotFound)?;
        let beside = |at: Option<usize>| at.and_then(|at| all.get(at)).copied();
        let around = (
            beside(at.checked_sub(1)),
            beside(at.checked_add(1).filter(|at| *at < all.len())),
        );
        let question = all.get(at).copied().ok_or(Failure::NotFound)?;
        Ok(body(page, report, question, around, &known))
    };
    asked
        .answer_judged(("Pertanyaan", "Question"), find, show)
        .await
}

fn known(workspace: &Workspace, name: &str) -> Result<Known, Error> {
    let question = question_named(&workspace.framework, name)?;
    let id = question.id.clone();
    let rules = crate::app::reading::recognise::kinds()?;
    let kinds = question.kinds.iter();
    let kinds = kinds.filter_map(|kind| Some(rules.get(kind.as_str())?.name.clone()));
    let options = search::Options {
        scope: Scope {
            question: Some(id.to_string()),
            ..Scope::default()
        },
        limit: SUGGESTED,
        ..search::Options::default()
    };
    let answers = workspace.catalog.answers(workspace.framework.id())?;
    Ok(Known {
        kinds: kinds.collect(),
        min_count: question.min_count,
        answer: answers.into_iter().find(|answer| answer.question == id),
        suggested: search::search(workspace, &options)?.found,
        decided: decided(workspace, &id)?,
        id,
    })
}

fn decided(
    workspace: &Workspace,
    id: &QuestionId,
) -> Result<Vec<(Decision, String, bool)>, Error> {
    let mut found = Vec::new();
    for act in decide::acts(workspace)? {
        for decision in act.decisions {
            if decision.question == *id && found.len() < DECISIONS {
                let document = workspace.catalog.document(&decision.document)?;
                let path = document.map(|document| document.path().to_owned());
                found.push((decision, path.unwrap_or_default(), act.undone));
            }
        }
    }
    Ok(found)
}

fn body(
    page: Page<'_>,
    report: &Report,
    question: &QuestionReport,
    around: (Option<&QuestionReport>, Option<&QuestionReport>),
    known: &Known,
) -> Markup {
    html! {
        (ways(page, around))
        p.lead { strong { (question.number) } " " (page.badge(question.state)) " · "
            (page.points(question.points.likely)) " / " (page.points(question.points.max))
            " " span.guess { (page.pick("dugaan", "a guess")) }
            @if let Some(indicator) = indicator(report, question) { " · " (indicator.get(page.lang)) }
        }
        p.ask { (question.ask.get(page.lang)) }
        (wanted(page, question, known))
        (parts::keys(page, "[ pertanyaan sebelumnya, ] pertanyaan berikutnya.", "[ the question before, ] the question after."))
        div.split {
            div {
                section aria-labelledby="found" {
                    h2 id="found" { (page.pick("Yang perlu diketahui dan dikerjakan", "What to know and to do")) }
                    @if question.remarks.is_empty() { p { (page.pick("Tidak ada temuan.", "Nothing was found.")) } }
                    (parts::remarks(page, question.remarks.iter()))
                }
                (own(page, question, known.answer.as_ref()))
                (history(page, &known.decided))
            }
            div {
                section aria-labelledby="evidence" {
                    h2 id="evidence" { (page.pick("Dokumen yang ditimbang", "Documents weighed")) }
                    ul.say { @for line in &question.evidence { (parts::evidence(page, line)) } }
                    @if question.further > 0 {
                        p { (question.further) (page.pick(" dokumen lagi, yang lebih lemah", " more documents, which are weaker")) }
                    }
                    @if question.evidence.is_empty() { p { (page.pick("Belum ada.", "None yet.")) } }
                }
                (suggestions(page, question, known))
            }
        }
    }
}

fn indicator<'r>(report: &'r Report, question: &QuestionReport) -> Option<&'r Bilingual> {
    let mut indicators = report.sections.iter().flat_map(|s| &s.indicators);
    let holds = |id: &QuestionId| question.id == *id;
    let found = indicators.find(|one| one.questions.iter().any(|q| holds(&q.id)));
    found.map(|indicator| &indicator.name)
}

fn ways(
    page: Page<'_>,
    (before, after): (Option<&QuestionReport>, Option<&QuestionReport>),
) -> Markup {
    html! {
        nav.pages aria-label=(page.pick("Pertanyaan di sebelahnya", "Questions beside it")) {
            @if let Some(question) = before {
                a href={ "/questions/" (question.id) } data-key="[" { kbd { "[" } " " (question.number) }
            }
            @if let Some(question) = after {
                a href={ "/questions/" (question.id) } data-key="]" { kbd { "]" } " " (question.number) }
            }
        }
    }
}

/// Returns what it takes: kinds, number, who owns it.
fn wanted(page: Page<'_>, question: &QuestionReport, known: &Known) -> Markup {
    html! {
        dl.facts {
            dt { (page.pick("diterima", "accepted")) }
            dd { @for (at, kind) in known.kinds.iter().enumerate() { @if at > 0 { ", " } (kind.get(page.lang)) } }
            @if known.min_count > 1 {
                dt { (page.pick("jumlah", "how many")) }
                dd { (page.pick("sedikitnya ", "at least ")) (known.min_count) }
            }
            dt { (page.pick("pengampu", "owners")) }
            dd { (parts::owners(question)) }
        }
    }
}

/// Returns the region's own answer, to be held against the evidence.
fn own(page: Page<'_>, question: &QuestionReport, answer: Option<&Answer>) -> Markup {
    html! {
        @if let Some(answer) = answer {
            section aria-labelledby="own" {
                h2 id="own" { (page.pick("Nilai sendiri", "Own answer")) }
                p {
                    strong { (page.points(answer.points)) } " / " (page.points(question.points.max))
                    (page.pick("; menurut bukti ", "; by the evidence "))
                    (page.points(question.points.likely + question.points.at_risk))
                }
                @if !answer.note.is_empty() { p { (answer.note) } }
            }
        }
    }
}

fn history(page: Page<'_>, decided: &[(Decision, String, bool)]) -> Markup {
    html! {
        @if !decided.is_empty() {
            section aria-labelledby="decided" {
                h2 id="decided" { (page.pick("Yang pernah diputuskan", "What was decided")) }
                ul.plain {
                    @for (decision, path, undone) in decided {
                        li {
                            (decision.verdict.label(page.lang)) " · " (decision.decided.author) " · " (decision.decided.made)
                            @if *undone { " · " (page.pick("diurungkan", "taken back")) }
                            (parts::named_document(page, &decision.document, path, None))
                            @if !decision.decided.note.is_empty() { small { (decision.decided.note) } }
                        }
                    }
                }
            }
        }
    }
}

fn suggestions(page: Page<'_>, question: &QuestionReport, known: &Known) -> Markup {
    let weighed: Vec<&Digest> = question
        .evidence
        .iter()
        .map(|line| &line.document.sha256)
        .collect();
    let unsure: Vec<_> = known
        .suggested
        .iter()
        .filter_map(|found| {
            let link = found
                .links
                .iter()
                .find(|link| link.question == question.id)?;
            (!weighed.contains(&&found.document.content.digest) && link.decided.is_none())
                .then_some((found, link))
        })
        .collect();
    html! {
        section aria-labelledby="suggested" {
            h2 id="suggested" { (page.pick("Usulan yang belum pasti", "Suggestions that are unsure")) }
            @if unsure.is_empty() { p { (page.pick("Tidak ada.", "None.")) } }
            ul.say { @for (found, link) in &unsure { (suggestion(page, found, link)) } }
            p { a href={ "/decide?question=" (question.id) } { (page.pick("Putuskan usulan untuk pertanyaan ini", "Decide on the suggestions for this question")) } }
        }
    }
}

fn suggestion(page: Page<'_>, found: &search::Found, link: &Link) -> Markup {
    let span = link.cue.span.as_ref();
    let document = &found.document;
    let marks = &document.content.facts.personal;
    let open = span.filter(|span| !is_personal(span, marks));
    html! {
        li {
            (link.confidence.percent()) " · " (link.cue.term)
            (parts::named_document(page, &document.content.digest, document.path(), span.map(|s| s.page)))
            (quote(open.map(|span| span.quote.as_str())))
        }
    }
}
