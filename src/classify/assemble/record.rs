//! What records and plans are about. They have no `tentang`: the block of capitals that begins
//! with their kind is their title, or a line of their head says it (`Acara : …`).

use super::Parts;
use super::confidence::{DOUBTFUL, word_doubt};
use crate::classify::heading::Heading;
use crate::classify::years;
use crate::model::{DocumentFacts, Fact, Ratio, Reading, RuleId};
use std::ops::Range;

/// A block of capitals goes on while so much of a line is set in them.
const IN_CAPITALS: f32 = 0.7;
/// Lines of a title.
const LINES: usize = 8;
/// Letters of a title; the longest of a report in the corpora has 200.
const LONGEST: usize = 400;
/// The head of minutes is over after so many letters.
const HEAD: usize = 900;
/// A year in the title of a record is that of the record nearly always.
const OF_TITLE: f32 = 0.85;

impl Parts<'_> {
    /// Adds the title of a kind that has no `tentang`, whose [`block`](Self::block) is known.
    pub(super) fn add_record_title(
        &self,
        facts: &mut DocumentFacts,
        heading: &Heading,
        block: Range<usize>,
    ) {
        let grammar = self.vocabulary.kinds.grammar();
        let kind_only = block.end.saturating_sub(heading.at.end) < 3;
        let labelled = || {
            let reach = (heading.at.end + HEAD).min(self.head.len());
            let mut lines = self.head.line_starts(heading.at.end..reach);
            lines.find_map(|at| {
                let label = self.head.any_at(at, &grammar.record.subject)?;
                let end = self.head.line_end(at);
                let rest = self.head.between(label.end, end);
                let has_colon =
                    rest.first().is_some_and(|(_, text)| text.starts_with(':'));
                (has_colon && end > label.end).then_some(label.end..end)
            })
        };
        let (range, rule) = match kind_only {
            true => match labelled() {
                Some(range) => (range, "title.label"),
                None => (block, "title.kind"),
            },
            false => (block, "title.block"),
        };
        let title = self.printed(range.clone());
        if !title.is_empty() {
            let doubt = word_doubt(self.head, range.clone());
            // Where such a title ends is for a person to say.
            facts.title = self.known(title, DOUBTFUL - doubt, range, rule);
        }
    }

    /// Returns the kind's line and the lines of capitals below it.
    pub(super) fn block(&self, heading: &Heading) -> Range<usize> {
        let stream = self.head;
        let start = heading.at.start;
        let grammar = self.vocabulary.kinds.grammar();
        let mut end = stream.line_end(start).max(heading.at.end);
        if stream.is_long_line(start) || stream.capitals(start..end) < IN_CAPITALS {
            return start..end.min(start + LONGEST);
        }
        for _ in 1..LINES {
            let next = stream.line_end(end);
            let goes_on = next > end
                && next - start <= LONGEST
                && stream.capitals(end..next) >= IN_CAPITALS
                && !stream.is_long_line(end)
                && stream.token(end).map(|t| t.page)
                    == stream.token(start).map(|t| t.page)
                && stream.any_at(end, &grammar.body).is_none()
                && stream.any_at(end, &grammar.number).is_none()
                && self.office_at(end).is_none();
            if !goes_on {
                break;
            }
            end = next;
        }
        start..end
    }

    /// Adds the years a title speaks of; a document without a year of its own takes them.
    pub(super) fn add_years(&self, facts: &mut DocumentFacts, title: Range<usize>) {
        let grammar = self.vocabulary.kinds.grammar();
        let Some(found) = years::find(self.head, grammar, title) else {
            return;
        };
        let doubt = word_doubt(self.head, found.range.clone()) + found.repair;
        let fact = Fact {
            value: found.years,
            confidence: Ratio::new(OF_TITLE - doubt),
            span: self.head.span(found.range.clone()),
            rule: RuleId::from("years.title"),
        };
        if facts.year == Reading::default() && found.years.from == found.years.to {
            // A plan made in one year may be for the next: never enough to judge by.
            let year = Fact {
                value: found.years.from,
                confidence: Ratio::new(DOUBTFUL - doubt),
                span: fact.span.clone(),
                rule: RuleId::from("year.title"),
            };
            facts.year = Reading::Known(year);
        }
        facts.years = Some(fact);
    }
}
