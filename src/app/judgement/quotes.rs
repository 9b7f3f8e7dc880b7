//! Quotes of a report that may hold personal data are left out where a report is shown to somebody
//! who has not asked for such data.

use crate::access_copy::is_personal;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::model::{Digest, Link, PersonalMark, QuestionId, Report};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a document that has personal data.
struct Personal {
    marks: Vec<PersonalMark>,
    links: Vec<Link>,
}

impl Personal {
    /// Tells whether the sentence by which the document proves a question touches a mark.
    fn hides(&self, question: &QuestionId, page: Option<u32>) -> bool {
        let is_here = |mark: &PersonalMark| page.is_none_or(|page| mark.page == page);
        if !self.marks.iter().any(is_here) {
            return false;
        }
        let link = self.links.iter().find(|link| link.question == *question);
        let span = link.and_then(|link| link.cue.span.as_ref());
        // Where it cannot be seen where a sentence stands, it is hidden.
        span.is_none_or(|span| {
            page.is_some_and(|page| page != span.page) || is_personal(span, &self.marks)
        })
    }
}

/// Takes the quotes out of a report that may hold personal data.
///
/// # Errors
/// When the catalog cannot be read.
pub fn cover(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    report: &mut Report,
) -> Result<(), Error> {
    let mut known: BTreeMap<Digest, Personal> = BTreeMap::new();
    for digest in quoted(report) {
        let document = workspace.catalog.document(&digest)?;
        let marks = document.map_or_else(Vec::new, |d| d.content.facts.personal);
        if !marks.is_empty() {
            let links = effective.links(workspace, &digest)?;
            known.insert(digest, Personal { marks, links });
        }
    }
    let indicators = report.sections.iter_mut().flat_map(|s| &mut s.indicators);
    for question in indicators.flat_map(|indicator| &mut indicator.questions) {
        let id = question.id.clone();
        let of = |digest: &Digest| known.get(digest);
        for line in &mut question.evidence {
            if of(&line.document.sha256).is_some_and(|p| p.hides(&id, line.page)) {
                line.quote = None;
            }
        }
        for remark in &mut question.remarks {
            let document = remark.document.as_ref();
            let about = document.and_then(|document| of(&document.sha256));
            let is_near = about.is_some_and(|personal| {
                let is_here = |m: &PersonalMark| remark.page.is_none_or(|p| m.page == p);
                personal.marks.iter().any(is_here)
            });
            if is_near {
                remark.quote = None;
            }
        }
    }
    Ok(())
}

/// Returns the documents that a report quotes.
fn quoted(report: &Report) -> BTreeSet<Digest> {
    let mut found = BTreeSet::new();
    for question in report.questions() {
        let lines = question.evidence.iter().filter(|line| line.quote.is_some());
        found.extend(lines.map(|line| line.document.sha256));
        let remarks = question
            .remarks
            .iter()
            .filter(|remark| remark.quote.is_some());
        let documents = remarks.filter_map(|remark| remark.document.as_ref());
        found.extend(documents.map(|document| document.sha256));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_sentence_is_hidden_where_it_touches_a_mark_or_may_do_so() {
        let mark = |page: u32, rect: [f32; 4]| {
            let mark = json!({
                "kind": "nik", "page": page, "box": rect, "confidence": 1.0, "rule": "test",
            });
            serde_json::from_value::<PersonalMark>(mark).unwrap()
        };
        let link = json!({
            "question": "Q1", "indicator": "I1", "confidence": 0.9,
            "cue": { "term": "anak", "page": 2, "box": [10, 10, 90, 20], "quote": "anak" },
        });
        let links = vec![serde_json::from_value::<Link>(link).unwrap()];
        let [question, other] = ["Q1", "Q2"].map(QuestionId::from);
        let hides = |mark: PersonalMark, question: &QuestionId, page| {
            let marks = vec![mark];
            let links = links.clone();
            Personal { marks, links }.hides(question, page)
        };
        let beside = [10.0, 50.0, 90.0, 60.0];
        let over = [80.0, 5.0, 95.0, 25.0];
        assert!(hides(mark(2, over), &question, Some(2)));
        assert!(!hides(mark(2, beside), &question, Some(2)));
        assert!(!hides(mark(3, over), &question, Some(2)));
        // Nobody knows where the sentence stands.
        assert!(hides(mark(2, beside), &other, Some(2)));
        assert!(!hides(mark(2, beside), &question, None));
    }
}
