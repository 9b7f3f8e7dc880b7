//! Facts that need the whole document: what it does to others, which parts are missing, what personal
//! data it holds.

use super::Parts;
use super::confidence::{
    CLEAN, DOUBTFUL, FRAME_WEIGHT, PLAUSIBLE, REPAIR_WEIGHT, doubt, word_doubt,
};
use crate::classify::condition::{completeness, members, personal};
use crate::classify::kind::heading::Heading;
use crate::classify::read::{place, relation, table};
use crate::classify::text::stream::Stream;
use crate::model::{
    Cited, DocumentFacts, Fact, MissingPart, MissingPartFact, Ratio, Relation, RuleId,
    Span,
};
use std::ops::Range;

impl Parts<'_> {
    /// Adds what the document does to older ones.
    pub(super) fn add_relations(&self, facts: &mut DocumentFacts, heading: &Heading) {
        let types = self.vocabulary.kinds;
        if heading.attachment.is_some() || heading.kind.title && heading.title.is_none() {
            return;
        }
        let mut relations: Vec<Relation> = Vec::new();
        let title = heading.title.clone();
        for found in title
            .iter()
            .flat_map(|title| relation::of_title(self.head, types, title.clone()))
        {
            relations.push(related(self.head, found, "relation.title"));
        }
        let from = title.map_or(heading.at.end, |title| title.end);
        for found in relation::of_body(self.whole, types, from) {
            relations.push(related(self.whole, found, "relation.clause"));
        }
        let is_own = |cited: &Cited| {
            facts.number.value() == Some(&cited.number)
                && facts.year.value() == Some(&cited.year)
                && cited.kind == heading.kind.id
        };
        let mut seen = Vec::new();
        relations.retain(|relation| {
            let Cited {
                kind, number, year, ..
            } = &relation.fact.value;
            let key = (relation.role, kind.clone(), number.clone(), *year);
            let is_new = !is_own(&relation.fact.value) && !seen.contains(&key);
            seen.push(key);
            is_new
        });
        facts.relations = relations;
    }

    /// Adds the parts that the document says it has and does not have.
    pub(super) fn add_missing_parts(&self, facts: &mut DocumentFacts, heading: &Heading) {
        if heading.attachment.is_some() || facts.draft.is_some() {
            return;
        }
        let found = completeness::find(
            self.extraction,
            self.whole,
            self.vocabulary.kinds.grammar(),
            heading.kind,
            heading.at.end,
        );
        facts.missing_parts = found
            .into_iter()
            .map(|found| self.missing_part(found))
            .collect();
    }

    fn missing_part(&self, found: completeness::Missing) -> MissingPartFact {
        let (rule, best) = match found.part {
            MissingPart::Attachment => ("lack.attachment", PLAUSIBLE),
            MissingPart::Pages => ("lack.pages", PLAUSIBLE),
            // In a scan the closing lines may be there and unread.
            MissingPart::Closing if self.whole.is_ocr => ("lack.closing", DOUBTFUL),
            MissingPart::Closing => ("lack.closing", PLAUSIBLE),
        };
        let doubt = found
            .range
            .clone()
            .map_or(0.0, |range| word_doubt(self.whole, range));
        MissingPartFact {
            part: found.part,
            fact: Fact {
                value: found.what,
                confidence: Ratio::new(best - doubt),
                span: found.range.and_then(|range| self.whole.span(range)),
                rule: RuleId::from(rule),
            },
        }
    }

    /// Adds what it lists: members, and the rows of tables.
    pub(super) fn add_lists(&self, facts: &mut DocumentFacts) {
        let words = &self.vocabulary.kinds.grammar().lists;
        if let Some(found) = members::find(self.whole, words) {
            let rule = "members.list";
            facts.members =
                Some(self.whole_fact(found.count, PLAUSIBLE, found.range, rule));
        }
        if let Some(found) = table::find(&self.extraction.pages, &words.heads) {
            // In a scan a column may be lost, or a line.
            let best = if self.whole.is_ocr {
                DOUBTFUL
            } else {
                PLAUSIBLE
            };
            let (page, head) = found.head;
            facts.rows = Some(Fact {
                value: found.rows,
                confidence: Ratio::new(best - doubt(head.confidence().get())),
                span: Some(Span {
                    page,
                    rect: head.rect(),
                    quote: head.text(),
                }),
                rule: RuleId::from("rows.table"),
            });
        }
    }

    /// Makes a fact read on any page.
    fn whole_fact<T>(
        &self,
        value: T,
        best: f32,
        range: Range<usize>,
        rule: &str,
    ) -> Fact<T> {
        Fact {
            value,
            confidence: Ratio::new(best - word_doubt(self.whole, range.clone())),
            span: self.whole.span(range),
            rule: RuleId::from(rule),
        }
    }

    /// Adds the place written on a photo.
    pub(super) fn add_place(&self, facts: &mut DocumentFacts) {
        let words = &self.vocabulary.kinds.grammar().lists;
        facts.place = place::find(self.whole, words).map(|range| {
            let value = self.whole.text(range.clone());
            self.whole_fact(value, PLAUSIBLE, range, "place.photo")
        });
    }

    /// Marks personal data, whatever the document is.
    pub(super) fn add_personal(&self, facts: &mut DocumentFacts) {
        let grammar = self.vocabulary.kinds.grammar();
        facts.personal = personal::find(self.extraction, grammar);
    }
}

/// Makes a relation of one found.
fn related(stream: &Stream, found: relation::Found, rule: &str) -> Relation {
    let cite = found.cite;
    let doubt = word_doubt(stream, cite.range.clone())
        + cite.repair * REPAIR_WEIGHT
        + (cite.cost + found.doubt) * FRAME_WEIGHT;
    Relation {
        role: found.role,
        fact: Fact {
            value: cite.cited,
            confidence: Ratio::new(CLEAN - doubt),
            span: stream.span(cite.range),
            rule: RuleId::from(rule),
        },
    }
}
