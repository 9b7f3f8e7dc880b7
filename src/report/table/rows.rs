//! The report as rows, for whatever has rows: what is said of a question, one row each, with
//! whose it is and where to look.

use crate::model::{IndicatorReport, QuestionReport, Remark, Report, SectionReport};

/// A row: a question, and one thing said of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub section: &'a SectionReport,
    pub indicator: &'a IndicatorReport,
    pub question: &'a QuestionReport,
    /// None where nothing is to be said of the question.
    pub remark: Option<&'a Remark>,
}

/// Returns every row in order of the questions; a question of which nothing is said has one.
pub(crate) fn rows(report: &Report) -> impl Iterator<Item = Row<'_>> {
    report.sections.iter().flat_map(|section| {
        section.indicators.iter().flat_map(move |indicator| {
            indicator.questions.iter().flat_map(move |question| {
                let row = move |remark| Row {
                    section,
                    indicator,
                    question,
                    remark,
                };
                let silent = question.remarks.is_empty().then(|| row(None));
                let said = question.remarks.iter().map(move |r| row(Some(r)));
                silent.into_iter().chain(said)
            })
        })
    })
}

/// Returns the short names of a question's offices.
pub(crate) fn offices(question: &QuestionReport) -> String {
    let names: Vec<&str> = question.offices.iter().map(|o| o.short.as_str()).collect();
    names.join(", ")
}
