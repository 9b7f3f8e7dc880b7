//! Puts the parts together: each as a fact with its place, its rule and a confidence that is
//! meant.

pub(super) mod confidence;
mod dates;
mod issuer;
mod number;
mod office;
mod record;
mod whole;

use super::Vocabulary;
use super::doctype::{Kind, Letter};
use super::heading::Heading;
use super::stream::Stream;
use super::{number as value, repeat};
use crate::framework::doctype::NumberStyle;
use crate::model::{
    DocKind, DocumentFacts, Extraction, Fact, Ratio, Reading, RuleId, Unsure,
};
use confidence::{
    BY_SUBJECT, CLEAN, CONFIRMED, DOUBTFUL, FRAME_WEIGHT, LETTER_NUMBER, PHOTO,
    PLAUSIBLE, TITLE, WORDS_ONLY, garbage,
};
use std::ops::Range;

/// What facts are made from.
pub(super) struct Parts<'p> {
    pub(super) extraction: &'p Extraction,
    pub(super) vocabulary: &'p Vocabulary<'p>,
    /// The first page.
    pub(super) head: &'p Stream<'p>,
    /// All pages.
    pub(super) whole: &'p Stream<'p>,
}

impl Parts<'_> {
    /// Makes all facts.
    pub(super) fn facts(&self, kind: Option<&Kind>) -> DocumentFacts {
        let mut facts = DocumentFacts::default();
        match kind {
            Some(Kind::Heading(heading)) => facts = self.by_heading(heading),
            Some(Kind::Letter(letter)) => facts = self.by_letter(letter),
            Some(Kind::Photo {
                kind,
                label,
                has_camera,
            }) => {
                facts.kind = Reading::Known(Fact {
                    value: DocKind {
                        id: kind.id.clone(),
                        label: (*label).to_owned(),
                    },
                    confidence: Ratio::new(if *has_camera { PHOTO } else { DOUBTFUL }),
                    span: None,
                    rule: RuleId::from("kind.photo"),
                });
            }
            Some(Kind::Text { kind, sign, at }) => {
                let value = DocKind {
                    id: kind.id.clone(),
                    label: sign.label().to_owned(),
                };
                let confidence = DOUBTFUL - at.cost;
                facts.kind = self.known(value, confidence, at.range(), "kind.text");
            }
            None => {}
        }
        if facts.issuer == Reading::default() {
            facts.issuer = self.issuer_of_page();
        }
        let name = match kind {
            Some(Kind::Heading(heading)) => {
                Some(heading.at.start..heading.name_end(self.head))
            }
            _ => None,
        };
        self.add_office(&mut facts, name);
        self.add_dates(&mut facts, kind);
        if let Some(Kind::Heading(heading)) = kind {
            self.add_relations(&mut facts, heading);
            self.add_lacks(&mut facts, heading);
        }
        match kind {
            Some(Kind::Photo { .. }) => self.add_place(&mut facts),
            _ => self.add_lists(&mut facts),
        }
        self.add_personal(&mut facts);
        facts
    }

    /// Makes a fact read on the first page.
    fn known<T>(
        &self,
        value: T,
        confidence: f32,
        range: Range<usize>,
        rule: &str,
    ) -> Reading<T> {
        Reading::Known(Fact {
            value,
            confidence: Ratio::new(confidence),
            span: self.head.span(range),
            rule: RuleId::from(rule),
        })
    }

    fn by_heading(&self, heading: &Heading) -> DocumentFacts {
        let mut facts = DocumentFacts {
            kind: self.heading_kind(heading),
            issuer: self.heading_issuer(heading),
            place: self.heading_place(heading),
            draft: heading.draft.map(|draft| Fact {
                value: true,
                confidence: Ratio::new(CLEAN - draft.cost),
                span: self.head.span(draft.range()),
                rule: RuleId::from("draft.heading"),
            }),
            ..DocumentFacts::default()
        };
        if heading.kind.title {
            facts.title = self.title(heading);
            if heading.attachment.is_some() {
                // Nothing parts the parent's title from what the attachment begins with.
                confidence::cap(&mut facts.title, DOUBTFUL);
            }
        }
        if heading.kind.number != NumberStyle::None {
            let repeats =
                repeat::find(self.whole, self.vocabulary.kinds.grammar(), heading);
            self.add_number(&mut facts, heading, &repeats);
        }
        let title = match heading.kind.title {
            true => heading.title.clone(),
            false => {
                let block = self.block(heading);
                self.add_record_title(&mut facts, heading, block.clone());
                Some(block)
            }
        };
        if let Some(title) = title {
            self.add_years(&mut facts, title);
        }
        facts
    }

    fn heading_kind(&self, heading: &Heading) -> Reading<DocKind> {
        let label = heading.sign.label();
        let (kind, label, range) = match (
            &heading.attachment,
            self.vocabulary.kinds.attachment(),
            &heading.draft,
        ) {
            (Some(at), Some(kind), _) => {
                let words = self.head.text(at.clone());
                let words = words.trim_matches(|c: char| !c.is_alphanumeric());
                (
                    kind,
                    format!("{} {label}", sentence_case(words)),
                    at.start..heading.at.end,
                )
            }
            (_, _, Some(draft)) => {
                let words = self.vocabulary.kinds.grammar().draft.first();
                let words = words.map_or("", |phrase| phrase.text());
                (
                    heading.kind,
                    format!("{words} {label}"),
                    draft.start..heading.at.end,
                )
            }
            _ => (heading.kind, label.to_owned(), heading.at.range()),
        };
        let value = DocKind {
            id: kind.id.clone(),
            label: label.trim().to_owned(),
        };

        let confidence = match heading.score {
            0.6.. if heading.has_words_only() => WORDS_ONLY,
            0.75.. => CONFIRMED,
            0.6.. => PLAUSIBLE,
            score => score,
        };
        self.known(
            value,
            confidence - heading.at.cost * FRAME_WEIGHT,
            range,
            "kind.heading",
        )
    }

    fn title(&self, heading: &Heading) -> Reading<String> {
        let Some(range) = heading.title.clone() else {
            return Reading::Unsure(Unsure::NotStated);
        };
        let title = self.printed(range.clone());
        if title.is_empty() {
            return Reading::Unsure(Unsure::Blank);
        }
        let about = heading.about.map_or(0.0, |hit| hit.cost);
        let doubt = about * FRAME_WEIGHT + garbage(&title) * 2.0;
        self.known(title, TITLE - doubt, range, "title.heading")
    }

    /// Returns the words of a title as printed, without what hangs loose at either end.
    fn printed(&self, range: Range<usize>) -> String {
        let words = self.head.between(range.start, range.end);
        let words: Vec<&str> = words.into_iter().map(|(_, text)| text).collect();
        let text = words.join(" ");
        text.trim_matches(|c: char| !c.is_alphanumeric() && !"()\"“”".contains(c))
            .to_owned()
    }

    fn by_letter(&self, letter: &Letter) -> DocumentFacts {
        let confidence = if letter.by_subject {
            BY_SUBJECT
        } else {
            DOUBTFUL
        };
        let value = DocKind {
            id: letter.kind.id.clone(),
            label: letter.sign.label().to_owned(),
        };
        let mut facts = DocumentFacts {
            kind: self.known(value, confidence, letter.at.clone(), "kind.letter"),
            ..DocumentFacts::default()
        };
        let range = letter.number.clone();
        let value = value::number(&self.head.between(range.start, range.end));
        facts.number =
            self.reading(value, LETTER_NUMBER, range.clone(), range, "number.letter");
        number::year_from_number(&mut facts);
        facts
    }
}

/// Writes `LAMPIRAN IV` as `Lampiran IV`.
fn sentence_case(words: &str) -> String {
    let mut words = words.splitn(2, ' ');
    let first = issuer::title_case(words.next().unwrap_or_default());
    match words.next() {
        Some(rest) => format!("{first} {}", rest.trim_matches([' ', ':', '.'])),
        None => first,
    }
}
