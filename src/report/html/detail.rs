//! What the figures rest on: every office with its questions, every question with its documents,
//! pages and sentences.

use super::badge::{anchor, badge, document, office_anchor, quote, say};
use super::{Page, parts};
use crate::model::{
    EvidenceLine, IndicatorReport, OfficeReport, QuestionReport, Standing,
};
use crate::report::esign;
use crate::report::table::rows;
use maud::{Markup, html};

/// Returns what each office has to do.
pub(super) fn offices(page: Page) -> Markup {
    let heading = page.pick("Tugas per perangkat daerah", "What each office has to do");
    html! {
        section.detail {
            h2 { (heading) }
            @for office in page.report.offices.iter().filter(|o| !o.tasks.is_empty()) {
                (one_office(page, office))
            }
        }
    }
}

fn one_office(page: Page, office: &OfficeReport) -> Markup {
    let find = |id| page.report.questions().find(|q| q.id == id);
    html! {
        article id=(office_anchor(office.office.id.as_str())) {
            h4 { (office.name.get(page.lang)) }
            div.scroll {
                table {
                    @for task in &office.tasks {
                        @if let Some(question) = find(task.question.clone()) {
                            tr {
                                td { (parts::jump(question)) }
                                td { (badge(question.state, page.lang)) }
                                td.hide { (question.ask.get(page.lang)) }
                                td.n { "+" (page.points(task.points)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns every question, under its indicator.
pub(super) fn questions(page: Page) -> Markup {
    let question = page.report.part_names.question.get(page.lang);
    html! {
        section.detail id="rincian" {
            h2 { (page.pick("Rincian tiap", "Every")) " " (question) }
            @for section in &page.report.sections {
                @for indicator in &section.indicators {
                    // Of what was not asked for, no heading.
                    @if !indicator.questions.is_empty() { (one_indicator(page, indicator)) }
                }
            }
        }
    }
}

fn one_indicator(page: Page, indicator: &IndicatorReport) -> Markup {
    let points = indicator.coverage.points;
    html! {
        article id=(anchor(indicator.id.as_str())) {
            div.row {
                h3 { (indicator.number) ". " (indicator.name.get(page.lang)) }
                span.pts { (page.points(points.likely)) " / " (page.whole(points.max)) }
            }
            (parts::bar(indicator.coverage))
        }
        @for question in &indicator.questions {
            (one_question(page, question))
        }
    }
}

fn one_question(page: Page, question: &QuestionReport) -> Markup {
    html! {
        article id=(anchor(question.id.as_str())) {
            div.row {
                h4 { (question.number) }
                (badge(question.state, page.lang))
                span.pts {
                    (page.points(question.points.likely)) " / "
                    (page.whole(question.points.max))
                    @if let Some(own) = question.own {
                        " · " (page.pick("sendiri", "own")) " " (page.points(own))
                    }
                }
            }
            div { (question.ask.get(page.lang)) }
            div.who { (rows::offices(question)) }
            (say(page.lang, question.remarks.iter()))
            @if !question.evidence.is_empty() { (evidence(page, question)) }
        }
    }
}

fn evidence(page: Page, question: &QuestionReport) -> Markup {
    let count = question.evidence.len() + question.further as usize;
    html! {
        details {
            summary {
                (count) " " (page.lang.noun(count, "dokumen yang ditimbang",
                    "document weighed", "documents weighed"))
            }
            ul.say {
                @for line in &question.evidence { (one_document(page, line)) }
            }
        }
    }
}

fn one_document(page: Page, line: &EvidenceLine) -> Markup {
    let lang = page.lang;
    let class = match line.standing {
        Standing::Accepted | Standing::Review => "",
        Standing::Weak => "warning",
        Standing::Rejected => "error",
    };
    let kind = line.kind.as_ref().map_or("–", |kind| kind.get(lang));
    html! {
        li class=(class) {
            (line.standing.label(lang)) " · " (kind) " · " (line.confidence.percent())
            (document(&line.document, line.page, lang))
            (quote(line.quote.as_deref()))
            @if let Some(summary) = &line.esign {
                div.who {
                    (lang.pick("tanda tangan elektronik: ", "electronic signature: "))
                    (esign::summary(summary, lang))
                }
            }
        }
    }
}
