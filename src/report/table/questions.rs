//! One question for a terminal: as a gap to be closed, or in full.

use super::Page;
use super::layout::{cut, cut_start, number, tame, whole_number, width};
use crate::model::{
    DocumentRef, EvidenceLine, Gap, Lang, Level, OfficeRef, QuestionReport, Remark,
};
use crate::report::esign;

/// How many remarks a gap shows: enough to act on, few enough to read.
const REMARKS_SHOWN: usize = 3;

/// Writes a gap: what it is worth, whose it is, what is wrong and what to do.
pub(crate) fn gap(page: &mut Page, place: usize, gap: &Gap, question: &QuestionReport) {
    let points = number(gap.points, 1, page.lang);
    page.line("");
    title(page, &format!("{place:>2}. +{points}  "), question);
    let indent = "    ";
    page.paragraph(indent, question.ask.get(page.lang), str::to_owned);
    let best = question.evidence.first().map(|evidence| &evidence.document);
    let speaks = |remark: &&Remark| {
        remark.level > Level::Note
            && (remark.document.is_none() || remark.document.as_ref() == best)
    };
    let remarks = question.remarks.iter().filter(speaks).take(REMARKS_SHOWN);
    write_remarks(page, indent, remarks);
}

/// Writes all there is to say about a question.
pub(crate) fn full(page: &mut Page, question: &QuestionReport) {
    page.line("");
    title(page, "", question);
    page.paragraph("  ", question.ask.get(page.lang), str::to_owned);
    for evidence in &question.evidence {
        line_of_evidence(page, evidence);
    }
    if question.further > 0 {
        let more = page.lang.noun(
            question.further,
            "dokumen lain yang lebih lemah",
            "more, weaker document",
            "more, weaker documents",
        );
        let text = page.paint.dim(&format!("  + {} {more}", question.further));
        page.line(&text);
    }
    write_remarks(page, "  ", question.remarks.iter());
}

/// Writes the number, the state, the points and the offices of a question behind `lead`.
fn title(page: &mut Page, lead: &str, question: &QuestionReport) {
    let (lang, paint) = (page.lang, page.paint);
    let state = question.state.label(lang);
    let likely = number(question.points.likely, 1, lang);
    let max = whole_number(question.points.max, lang);
    let points = format!(" · {likely} / {max} · ");
    let taken = [lead, &question.number, "  ", state, &points].map(width);
    let room = page.width.saturating_sub(taken.iter().sum());
    let offices = cut(&offices(&question.offices), room);
    let number = paint.heading(&question.number);
    let state = paint.state(question.state, state);
    page.line(&format!("{lead}{number}  {state}{points}{offices}"));
}

fn offices(offices: &[OfficeRef]) -> String {
    let names: Vec<&str> = offices.iter().map(|office| office.short.as_str()).collect();
    names.join(", ")
}

fn line_of_evidence(page: &mut Page, evidence: &EvidenceLine) {
    let lang = page.lang;
    let mark = evidence.standing.label(lang);
    let kind = evidence.kind.as_ref().map_or("–", |kind| kind.get(lang));
    let confidence = evidence.confidence.percent();
    let text = format!("{mark} · {kind} · {confidence} “{}”", tame(&evidence.term));
    page.paragraph("  • ", &text, str::to_owned);
    let room = page.width.saturating_sub(4);
    let path = place(&evidence.document, evidence.page, lang, room);
    let path = page.paint.dim(&path);
    page.line(&format!("    {path}"));
    if let Some(summary) = &evidence.esign {
        let name = lang.pick("tanda tangan elektronik: ", "electronic signature: ");
        let text = format!("{name}{}", tame(&esign::summary(summary, lang)));
        page.paragraph("    ", &text, str::to_owned);
    }
}

/// Writes remarks, each document named once above what is said of it.
fn write_remarks<'a>(
    page: &mut Page,
    indent: &str,
    remarks: impl Iterator<Item = &'a Remark>,
) {
    let paint = page.paint;
    let mut named: Option<(&DocumentRef, Option<u32>)> = None;
    for remark in remarks {
        if let Some(document) = &remark.document {
            if named != Some((document, remark.page)) {
                let room = page.width.saturating_sub(width(indent));
                let path = place(document, remark.page, page.lang, room);
                page.line(&format!("{indent}{}", paint.dim(&path)));
            }
            named = Some((document, remark.page));
        }
        let text = tame(remark.text.get(page.lang));
        let wear = |line: &str| paint.level(remark.level, line);
        page.paragraph(&format!("{indent}- "), &text, wear);
        if let Some(remedy) = &remark.remedy {
            let text = tame(remedy.get(page.lang));
            page.paragraph(&format!("{indent}  → "), &text, str::to_owned);
        }
    }
}

/// Returns where to look, cut to `room` cells: the end of the path, and the page.
fn place(document: &DocumentRef, page: Option<u32>, lang: Lang, room: usize) -> String {
    let page = page.map_or_else(String::new, |page| {
        format!(", {} {page}", lang.pick("hal.", "p."))
    });
    let room = room.saturating_sub(width(&page));
    cut_start(&tame(&document.path), room) + &page
}
