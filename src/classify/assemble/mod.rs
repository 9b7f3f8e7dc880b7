//! Puts the parts together: each as a fact with its place, its rule and a confidence that is
//! meant.

mod block;
pub(super) mod confidence;
mod dates;
mod display;
mod issuer;
mod number;
mod parts;
mod record;
mod second;
mod whole;

#[cfg(test)]
mod tests;

use super::condition::repeat;
use super::kind::doctype::{By, Kind, Letter};
use super::kind::heading::Heading;
use super::kind::letter::Head;
use super::read::number::Value;
use super::text::stream::Token;
use crate::lexicon::doctype::{Class, NumberStyle};
use crate::model::{DocKind, DocumentFacts, Fact, Ratio, Reading, RuleId, Unsure};
use confidence::{
    BY_HEAD, BY_SUBJECT, BY_TEXT, CLEAN, CONFIRMED, DOUBTFUL, FRAME_WEIGHT,
    LETTER_NUMBER, PICTURE, PICTURE_MARGIN, PLAUSIBLE, REPAIR_WEIGHT, TITLE, WORDS_ONLY,
    doubt, garbage,
};
pub(super) use parts::Parts;
use parts::trimmed;

impl Parts<'_> {
    /// Makes all facts.
    pub(super) fn facts(&self, kind: Option<&Kind>) -> DocumentFacts {
        let mut facts = DocumentFacts::default();
        match kind {
            Some(Kind::Heading(heading)) => facts = self.by_heading(heading),
            Some(Kind::Letter(letter)) => facts = self.by_letter(letter),
            Some(Kind::Picture(picture)) => {
                facts.kind = Reading::Known(Fact {
                    value: DocKind {
                        id: picture.kind.id.clone(),
                        label: picture.label.to_owned(),
                    },
                    confidence: Ratio::new(PICTURE + picture.margin * PICTURE_MARGIN),
                    span: None,
                    rule: RuleId::from(picture.rule),
                });
            }
            Some(Kind::Text { kind, sign, at }) => {
                let value = DocKind {
                    id: kind.id.clone(),
                    label: sign.label().to_owned(),
                };
                let confidence = DOUBTFUL - at.cost;
                facts.kind = self.known(value, confidence, at.range(), "kind.text");
                self.add_labelled_title(&mut facts, 0);
            }
            None => {}
        }
        if facts.issuer == Reading::default() {
            facts.issuer = self.issuer_of_page();
        }
        self.compare_code(&mut facts);
        if let Some(Kind::Heading(heading)) = kind {
            confidence::cap(&mut facts.issuer, issuer::most_for(heading.sign.level));
        }
        let name = match kind {
            Some(Kind::Heading(heading)) => {
                Some(heading.at.start..heading.name_end(self.head))
            }
            _ => None,
        };
        self.add_office(&mut facts, name);
        self.add_dates(&mut facts, kind);
        number::year_from_dates(&mut facts, kind.map(Kind::class));
        if let Some(Kind::Heading(heading)) = kind {
            self.add_relations(&mut facts, heading);
            self.add_missing_parts(&mut facts, heading);
        }
        match kind {
            Some(Kind::Picture(picture)) => {
                self.add_sheet_title(&mut facts);
                // The largest words of a window are those of the program.
                if picture.kind.class == Class::Media && picture.rule != "kind.screen" {
                    self.add_display_title(&mut facts);
                }
                self.add_place(&mut facts);
            }
            _ => self.add_lists(&mut facts),
        }
        self.add_personal(&mut facts);
        facts
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
            if heading.about.is_none() {
                self.add_unnamed_title(&mut facts, heading);
            }
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
        if heading.kind.number == NumberStyle::None {
            self.add_labelled_number(&mut facts);
        }
        let title = match heading.kind.title {
            true => heading.title.clone(),
            false => {
                let block = self.block(heading);
                let range = block.range();
                self.add_record_title(&mut facts, heading, block);
                Some(range)
            }
        };
        if let Some(title) = title {
            self.add_years(&mut facts, title, !heading.kind.title);
        }
        facts
    }

    fn heading_kind(&self, heading: &Heading) -> Reading<DocKind> {
        if let Some((kind, sign)) = heading.of {
            let value = DocKind {
                id: kind.id.clone(),
                label: sign.label().to_owned(),
            };
            return self.known(value, CLEAN, heading.at.range(), "kind.label");
        }
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

    fn by_letter(&self, letter: &Letter) -> DocumentFacts {
        let (confidence, rule) = match letter.by {
            By::Subject => (BY_SUBJECT, "kind.subject"),
            By::Text => (BY_TEXT, "kind.invitation"),
            By::Head => (BY_HEAD, "kind.letter"),
        };
        let value = DocKind {
            id: letter.kind.id.clone(),
            label: letter.sign.label().to_owned(),
        };
        let mut facts = DocumentFacts {
            kind: self.known(value, confidence, letter.at.clone(), rule),
            title: self.subject(&letter.head.subject),
            ..DocumentFacts::default()
        };
        facts.number = self.letter_number(&letter.head);
        let place = self.head.span_of(&shown_number(&letter.head));
        number::year_from_number(&mut facts, place);
        facts
    }

    /// Returns the number in the head of a letter.
    fn letter_number(&self, head: &Head) -> Reading<String> {
        let tokens = &head.number;
        let words: Vec<(&Token, &str)> = tokens
            .iter()
            .filter_map(|n| self.head.word(*n))
            .map(|token| (token, token.word.text.as_str()))
            .collect();
        let read = self.agreed(&words, tokens, "number.letter", Class::Letter);
        let (read, rule, doubt) = match read {
            Ok(read) => read,
            Err(unsure) => return Reading::Unsure(unsure),
        };
        match read {
            Value::Blank => Reading::Unsure(Unsure::Blank),
            Value::Illegible { candidate } => {
                Reading::Unsure(Unsure::Illegible { candidate })
            }
            Value::Read { value, repair } => {
                let doubt = doubt + repair * REPAIR_WEIGHT;
                Reading::Known(Fact {
                    value,
                    confidence: Ratio::new(LETTER_NUMBER - doubt),
                    span: self.head.span_of(&shown_number(head)),
                    rule: RuleId::from(rule.as_str()),
                })
            }
        }
    }

    /// Returns the subject of a letter as its title.
    fn subject(&self, tokens: &[usize]) -> Reading<String> {
        let is_stray =
            |n: &usize| self.head.word(*n).is_some_and(|t| is_stray(&t.word.text));
        let words: Vec<usize> = tokens.iter().copied().filter(|n| !is_stray(n)).collect();
        let text = self.head.text_of(&words);
        let title = trimmed(&text);
        if title.is_empty() {
            return Reading::Unsure(Unsure::NotStated);
        }
        let least = self.head.confidence_of(&words);
        let title = title.trim_start_matches(['"', '“']).to_owned();
        Reading::Known(Fact {
            confidence: Ratio::new(TITLE - doubt(least) - garbage(&title) * 2.0),
            value: title,
            span: self.head.span_of(tokens),
            rule: RuleId::from("title.subject"),
        })
    }
}

/// Returns the words that show a letter's number: the label and what stands behind it.
fn shown_number(head: &Head) -> Vec<usize> {
    let label = head.number_label.clone();
    label.chain(head.number.iter().copied()).collect()
}

/// Tells whether a word is a stroke of the pen or a fold of the paper: a bracket or a bar alone.
fn is_stray(word: &str) -> bool {
    word.chars().all(|c| "[]{}|\\_~^".contains(c))
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
