//! The report as `JUnit`'s XML, so that any dashboard of test results shows which questions hold
//! up: a suite for each indicator, a case for each question.

use crate::model::{
    IndicatorReport, Lang, Level, QuestionReport, QuestionState, Remark, Report,
};
use crate::report::escape::xml;
use crate::report::words::level;
use std::fmt::Write;

/// Returns the report as text in one language.
pub fn junit(report: &Report, lang: Lang) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let sums = Sums::add_up(report.questions());
    let name = xml(report.name.get(lang));
    let _ = writeln!(out, "<testsuites name=\"{name}\"{}>", sums.attributes());
    let indicators = report
        .sections
        .iter()
        .flat_map(|section| &section.indicators);
    for indicator in indicators.filter(|i| !i.questions.is_empty()) {
        suite(&mut out, report, indicator, lang);
    }
    out.push_str("</testsuites>\n");
    out
}

/// Counts cases.
#[derive(Default)]
struct Sums {
    all: usize,
    failed: usize,
    skipped: usize,
}

impl Sums {
    fn add_up<'a>(questions: impl Iterator<Item = &'a QuestionReport>) -> Self {
        let mut sums = Self::default();
        for question in questions {
            sums.all += 1;
            sums.failed += usize::from(is_failure(question.state));
            sums.skipped += usize::from(is_skipped(question.state));
        }
        sums
    }

    fn attributes(&self) -> String {
        format!(
            " tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"",
            self.all, self.failed, self.skipped
        )
    }
}

fn is_failure(state: QuestionState) -> bool {
    matches!(
        state,
        QuestionState::Weak | QuestionState::Invalid | QuestionState::Missing
    )
}

/// "Not checked" is not "passed".
fn is_skipped(state: QuestionState) -> bool {
    matches!(state, QuestionState::Review | QuestionState::NotApplicable)
}

fn suite(out: &mut String, report: &Report, indicator: &IndicatorReport, lang: Lang) {
    let name = format!("{} {}", indicator.number, indicator.name.get(lang));
    let sums = Sums::add_up(indicator.questions.iter());
    let _ = writeln!(
        out,
        "  <testsuite name=\"{}\"{} timestamp=\"{}T00:00:00\">",
        xml(&name),
        sums.attributes(),
        report.as_of
    );
    for question in &indicator.questions {
        case(out, indicator, question, lang);
    }
    out.push_str("  </testsuite>\n");
}

fn case(
    out: &mut String,
    indicator: &IndicatorReport,
    question: &QuestionReport,
    lang: Lang,
) {
    let name = format!("{} {}", question.number, question.ask.get(lang));
    let (class, name) = (xml(indicator.id.as_str()), xml(&name));
    let open = format!("    <testcase classname=\"{class}\" name=\"{name}\"");
    let first = question.remarks.first().map(|r| r.text.get(lang));
    let message = xml(first.unwrap_or(question.state.label(lang)));
    let state = question.state.as_str();
    if is_failure(question.state) {
        let said = question.remarks.iter().filter(|r| r.level > Level::Note);
        let said: Vec<String> = said.map(|remark| line(remark, lang)).collect();
        let _ = writeln!(
            out,
            "{open}>\n      <failure type=\"{state}\" message=\"{message}\">{}</failure>\n    \
             </testcase>",
            xml(&said.join("\n"))
        );
    } else if is_skipped(question.state) {
        let _ = writeln!(
            out,
            "{open}>\n      <skipped message=\"{state}: {message}\"/>\n    </testcase>"
        );
    } else {
        let _ = writeln!(out, "{open}/>");
    }
}

fn line(remark: &Remark, lang: Lang) -> String {
    let mut line = format!("{}: {}", level(remark.level, lang), remark.text.get(lang));
    if let Some(remedy) = &remark.remedy {
        let _ = write!(line, " → {}", remedy.get(lang));
    }
    if let Some(document) = &remark.document {
        let _ = write!(line, " [{}", document.path);
        if let Some(page) = remark.page {
            let _ = write!(line, "#{page}");
        }
        line.push(']');
    }
    line
}
