//! What the figures rest on: every office with its questions, every question with its documents,
//! pages and sentences.

use super::badge::{anchor, badge, office_anchor, say};
use super::badge::{document, quote};
use super::{Page, parts};
use crate::model::{EvidenceLine, IndicatorReport, QuestionReport, Standing};
use crate::report::escape::xml;
use crate::report::table::rows;

/// Writes what each office has to do.
pub(super) fn offices(page: &mut Page) {
    let heading = page.pick("Tugas per perangkat daerah", "What each office has to do");
    page.put(format_args!("<section class=\"detail\"><h2>{heading}</h2>"));
    for office in page.report.offices.iter().filter(|o| !o.tasks.is_empty()) {
        page.put(format_args!(
            "<article id=\"{}\"><h4>{}</h4><div class=\"scroll\"><table>",
            office_anchor(office.office.id.as_str()),
            xml(office.name.get(page.lang))
        ));
        for task in &office.tasks {
            let Some(question) = page.report.questions().find(|q| q.id == task.question)
            else {
                continue;
            };
            page.put(format_args!(
                "<tr><td><a href=\"#{}\">{}</a></td><td>{}</td><td class=\"hide\">{}</td>\
                 <td class=\"n\">+{}</td></tr>",
                anchor(question.id.as_str()),
                xml(&question.number),
                badge(question.state, page.lang),
                xml(question.ask.get(page.lang)),
                page.points(task.points)
            ));
        }
        page.put(format_args!("</table></div></article>"));
    }
    page.put(format_args!("</section>"));
}

/// Writes every question, under its indicator.
pub(super) fn questions(page: &mut Page) {
    let question = page.report.part_names.question.get(page.lang);
    let heading = format!("{} {}", page.pick("Rincian tiap", "Every"), xml(question));
    page.put(format_args!(
        "<section class=\"detail\" id=\"rincian\"><h2>{heading}</h2>"
    ));
    for section in &page.report.sections {
        for indicator in &section.indicators {
            one_indicator(page, indicator);
        }
    }
    page.put(format_args!("</section>"));
}

fn one_indicator(page: &mut Page, indicator: &IndicatorReport) {
    let points = indicator.coverage.points;
    page.put(format_args!(
        "<article id=\"{}\"><div class=\"row\"><h3>{}. {}</h3><span class=\"pts\">{} / {}</span>\
         </div>",
        anchor(indicator.id.as_str()),
        indicator.number,
        xml(indicator.name.get(page.lang)),
        page.points(points.likely),
        page.whole(points.max)
    ));
    parts::bar(page, indicator.coverage);
    page.put(format_args!("</article>"));
    for question in &indicator.questions {
        one_question(page, question);
    }
}

fn one_question(page: &mut Page, question: &QuestionReport) {
    let own = question.own.map_or_else(String::new, |own| {
        let own = page.points(own);
        format!(" · {} {own}", page.pick("sendiri", "own"))
    });
    page.put(format_args!(
        "<article id=\"{}\"><div class=\"row\"><h4>{}</h4>{}<span class=\"pts\">{} / {}{own}</span>\
         </div><div>{}</div><div class=\"who\">{}</div>",
        anchor(question.id.as_str()),
        xml(&question.number),
        badge(question.state, page.lang),
        page.points(question.points.likely),
        page.whole(question.points.max),
        xml(question.ask.get(page.lang)),
        xml(&rows::offices(question))
    ));
    say(page, question.remarks.iter());
    if !question.evidence.is_empty() {
        evidence(page, question);
    }
    page.put(format_args!("</article>"));
}

fn evidence(page: &mut Page, question: &QuestionReport) {
    let count = question.evidence.len() + question.further as usize;
    let what = page.pick("dokumen yang ditimbang", "documents weighed");
    page.put(format_args!(
        "<details><summary>{count} {what}</summary><ul class=\"say\">"
    ));
    for line in &question.evidence {
        one_document(page, line);
    }
    page.put(format_args!("</ul></details>"));
}

fn one_document(page: &mut Page, line: &EvidenceLine) {
    let lang = page.lang;
    let (word, class) = match line.standing {
        Standing::Accepted => (lang.pick("diterima", "accepted"), ""),
        Standing::Review => (lang.pick("perlu dilihat", "to review"), ""),
        Standing::Weak => (lang.pick("lemah", "weak"), "warning"),
        Standing::Rejected => (lang.pick("ditolak", "rejected"), "error"),
    };
    let kind = line.kind.as_ref().map_or("–", |kind| kind.get(lang));
    page.put(format_args!(
        "<li class=\"{class}\">{word} · {} · {:.0}%{}{}</li>",
        xml(kind),
        line.confidence.get() * 100.0,
        document(&line.document, line.page, lang),
        quote(line.quote.as_deref())
    ));
}
