//! From a report to what is kept of it, and from what was kept to what moved.

use super::build::rounded;
use super::sheet::xlsx::to_do;
use crate::framework::rules::Rules;
use crate::model::{
    Bilingual, Change, PastCheck, QuestionReport, Report, RuleId, Since, Stood,
};

/// Less than this is a rounding.
const NOTHING: f64 = 0.005;

/// Returns what is kept of a report.
pub fn stood(report: &Report) -> Vec<Stood> {
    report
        .questions()
        .map(|question| Stood {
            question: question.id.clone(),
            state: question.state,
            likely: question.points.likely,
            faults: faults(question),
        })
        .collect()
}

fn faults(question: &QuestionReport) -> Vec<RuleId> {
    let remarks = to_do(question).into_iter().flatten();
    let mut rules: Vec<RuleId> = remarks.map(|remark| remark.rule.clone()).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// Says what moved since an earlier check.
pub fn since(report: &Report, past: &PastCheck, then: &[Stood], rules: &Rules) -> Since {
    let mut changes: Vec<Change> = report
        .questions()
        .filter_map(|question| {
            let before = then.iter().find(|stood| stood.question == question.id)?;
            change(question, before, rules)
        })
        .collect();
    changes.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
    Since {
        run: past.id,
        as_of: past.as_of,
        year: past.year,
        points: rounded(report.total.points.likely - past.points.likely),
        changes,
    }
}

fn change(question: &QuestionReport, before: &Stood, rules: &Rules) -> Option<Change> {
    let points = rounded(question.points.likely - before.likely);
    if question.state == before.state && points.abs() < NOTHING {
        return None;
    }
    let mut seen: Vec<&RuleId> = Vec::new();
    let mut new_faults: Vec<Bilingual> = Vec::new();
    for remark in to_do(question).into_iter().flatten() {
        if !before.faults.contains(&remark.rule) && !seen.contains(&&remark.rule) {
            seen.push(&remark.rule);
            new_faults.push(remark.text.clone());
        }
    }
    let now = faults(question);
    let gone = before.faults.iter().filter(|rule| !now.contains(rule));
    Some(Change {
        question: question.id.clone(),
        from: before.state,
        to: question.state,
        points,
        new_faults,
        mended: gone
            .filter_map(|rule| rules.get(rule))
            .map(|rule| rule.name.clone())
            .collect(),
    })
}
