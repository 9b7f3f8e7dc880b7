//! What records and plans are about. They have no `tentang`: the block of capitals that begins
//! with their kind is their title, or a line of their head says it (`Acara : …`).

use super::Parts;
use super::confidence::{DOUBTFUL, word_doubt};
use crate::classify::heading::Heading;
use crate::classify::stream::Token;
use crate::classify::years;
use crate::model::{DocumentFacts, Fact, Ratio, Reading, Rect, RuleId};
use std::ops::Range;

/// A number that a label gives.
const LABELLED: f32 = 0.9;
/// What stands largest on a picture: often, but not always, what it is about.
const DISPLAY: f32 = 0.5;
/// Letters below the title of a record within which `TAHUN ANGGARAN 2019` may stand.
const YEARS_BELOW: usize = 240;
/// OCR is sure of a word from here on.
const CLEAR: f32 = 0.8;
/// A block of capitals goes on while so much of a line is set in them.
const IN_CAPITALS: f32 = 0.7;
/// Words further apart than so many heights are of two columns.
const COLUMN_GAP: f32 = 2.2;
/// Lines of a title are at most so many heights of a line apart; below the kind, on a cover,
/// so many.
const NEXT_LINE: f32 = 1.9;
const COVER_LINE: f32 = 4.0;
/// Lines of a title.
const LINES: usize = 8;
/// Letters of a title; the longest of a report in the corpora has 200.
const LONGEST: usize = 400;
/// The head of minutes is over after so many letters.
const HEAD: usize = 900;
/// A year in the title of a record is that of the record nearly always.
const OF_TITLE: f32 = 0.85;

fn has_letter(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Returns the words of a number up to those of the next label, if a colon or nothing parts it
/// from its own: `: SP-01` of `: SP-01 Revisi : 02`.
fn first_number(text: &[(&Token, &str)]) -> String {
    /// Letters of a word that is none of a number's.
    const WORD: usize = 3;
    let is_word = |text: &str| text.len() > WORD && text.chars().all(char::is_alphabetic);
    let mut value = String::new();
    for (_, text) in text {
        if is_word(text.trim_end_matches(':'))
            && value.contains(|c: char| c.is_ascii_digit())
        {
            break;
        }
        value.push_str(text);
    }
    let value = value.trim_matches(|c: char| !c.is_alphanumeric());
    value.to_owned()
}

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

    /// Adds the number that a label gives (`No. Dokumen : SP-01`), where a kind has none in its
    /// heading.
    pub(super) fn add_labelled_number(&self, facts: &mut DocumentFacts) {
        /// Letters of such a number.
        const LONGEST: usize = 30;
        let stream = self.head;
        let words = &self.vocabulary.kinds.grammar().record.number;
        let reach = HEAD.min(stream.len());
        let mut starts = stream.word_starts(0..reach);
        let found = starts.find_map(|at| {
            let label = stream.any_at(at, words).filter(|hit| {
                // `Nomor : DPA/A.1/…` is no `Nomor DPA`.
                let inside = stream.between(hit.start, hit.end);
                let last = inside.iter().rposition(|(_, text)| has_letter(text));
                let own = inside.get(..last.unwrap_or(0)).unwrap_or_default();
                let is_one = !own.iter().any(|(_, text)| text.contains([':', '/']));
                hit.cost == 0.0 && is_one && stream.begins_word(hit.end)
            })?;
            let end = self.column_end(label.end).min(stream.line_end(at));
            let text = stream.between(label.end, end);
            let value = first_number(&text);
            let is_number = value.len() <= LONGEST
                && value.contains(|c: char| c.is_ascii_digit())
                && value
                    .chars()
                    .all(|c| c.is_alphanumeric() || "/.-".contains(c));
            is_number.then_some((value, label.end..end, label.start..end))
        });
        if let Some((value, range, shown)) = found {
            let doubt = word_doubt(stream, range);
            facts.number = self.known(value, LABELLED - doubt, shown, "number.label");
        }
    }

    /// Adds what stands in the largest letters of a picture as its title.
    pub(super) fn add_display_title(&self, facts: &mut DocumentFacts) {
        /// Letters so much smaller than the largest are of the text below.
        const LARGE: f32 = 0.6;
        let stream = self.head;
        let height = |tokens: &Range<usize>| {
            let words = tokens.clone().filter_map(|n| stream.word(n));
            let words = words.filter(|token| {
                token.word.confidence.get() >= CLEAR
                    && token
                        .word
                        .text
                        .chars()
                        .filter(|c| c.is_alphabetic())
                        .count()
                        >= 3
            });
            let heights = words.filter_map(|token| token.word.rect).map(Rect::height);
            heights.fold(0.0, f32::max)
        };
        let largest = stream.lines().iter().map(height).fold(0.0, f32::max);
        let large: Vec<&Range<usize>> = stream
            .lines()
            .iter()
            .skip_while(|line| height(line) < LARGE * largest)
            .take_while(|line| height(line) >= LARGE * largest)
            .collect();
        let tokens: Vec<usize> = large.into_iter().flat_map(Clone::clone).collect();
        let title = stream.text_of(&tokens);
        if largest > 0.0 && tokens.len() >= 2 && title.len() <= LONGEST {
            let title = title
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_owned();
            facts.title = Reading::Known(Fact {
                value: title,
                confidence: Ratio::new(DISPLAY),
                span: stream.span_of(&tokens),
                rule: RuleId::from("title.display"),
            });
        }
    }

    /// Returns the kind's line and the lines below it that are set like it: in capitals, or in
    /// letters of its height, close below one another.
    pub(super) fn block(&self, heading: &Heading) -> Range<usize> {
        let stream = self.head;
        let start = heading.at.start;
        let mut end = self.column_end(start).max(heading.at.end);
        let in_capitals = stream.capitals(start..end) >= IN_CAPITALS;
        if stream.is_long_line(start) {
            return start..end.min(start + LONGEST);
        }
        let mut line = start;
        for _ in 1..LINES {
            let next = stream.line_end(line);
            if next >= stream.len() || !self.goes_on(start, line, next, in_capitals) {
                break;
            }
            line = next;
            end = self.column_end(next);
        }
        start..end
    }

    /// Returns where a line is over, or its first column where a gap parts another one from it.
    fn column_end(&self, at: usize) -> usize {
        let stream = self.head;
        let end = stream.line_end(at);
        let rect = |at: usize| stream.token(at).and_then(|token| token.word.rect);
        let mut starts = stream.word_starts(at + 1..end);
        let gap = starts.find(|&word| {
            let before = word.checked_sub(1).and_then(rect);
            before.zip(rect(word)).is_some_and(|(before, here)| {
                here.x0 - before.x1 > COLUMN_GAP * before.height()
            })
        });
        let words = &self.vocabulary.kinds.grammar().record.number;
        let mut starts = stream.word_starts(at + 1..end);
        let label = starts.find(|&word| {
            stream
                .any_at(word, words)
                .is_some_and(|hit| hit.cost == 0.0)
        });
        let end = gap.unwrap_or(end);
        label.map_or(end, |label| label.min(end))
    }

    /// Tells whether the line at `next` belongs to the title that began at `start`.
    fn goes_on(&self, start: usize, line: usize, next: usize, in_capitals: bool) -> bool {
        let stream = self.head;
        let grammar = self.vocabulary.kinds.grammar();
        let end = stream.line_end(next);
        let rect = |at: usize| stream.token(at).and_then(|token| token.word.rect);
        let is_near = match (rect(start), rect(line), rect(next)) {
            (Some(first), Some(above), Some(here)) => {
                let height = first.height().max(1.0);
                let ratio = here.height() / height;
                // The kind's words alone are no title yet: a cover sets them apart.
                let is_bare = line == start && in_capitals;
                let reach = if is_bare { COVER_LINE } else { NEXT_LINE };
                here.y0 - above.y1 < reach * height
                    && (in_capitals || (0.8..1.25).contains(&ratio))
                    && (is_bare || (0.6..1.7).contains(&ratio))
            }
            _ => in_capitals,
        };
        let is_label = stream
            .between(next, end)
            .iter()
            .take(3)
            .any(|(_, text)| text.ends_with(':') || *text == ":");
        let same_case = !in_capitals || stream.capitals(next..end) >= IN_CAPITALS;
        end - start <= LONGEST
            && is_near
            && same_case
            && !is_label
            && !stream.is_long_line(next)
            && stream.token(next).map(|t| t.page) == stream.token(start).map(|t| t.page)
            && stream.any_at(next, &grammar.body).is_none()
            && stream.any_at(next, &grammar.number).is_none()
            && stream.any_at(next, &grammar.lists.heads).is_none()
            && !self.is_letterhead(next)
            && self.office_at(next).is_none()
    }

    /// Tells whether the name of a government begins a line here.
    fn is_letterhead(&self, at: usize) -> bool {
        let grammar = self.vocabulary.kinds.grammar();
        let mut words = grammar.letterheads.iter();
        words.any(|words| {
            let hit = self.head.phrase_at(at, &words.words);
            hit.is_some_and(|hit| hit.is_nearly_exact())
        })
    }

    /// Adds the years a title speaks of; a document without a year of its own takes them.
    pub(super) fn add_years(
        &self,
        facts: &mut DocumentFacts,
        title: Range<usize>,
        is_record: bool,
    ) {
        let grammar = self.vocabulary.kinds.grammar();
        let below = title.start..(title.end + YEARS_BELOW).min(self.head.len());
        let found = years::find(self.head, grammar, title.clone())
            .map(|found| (found, "year.title"))
            .or_else(|| years::last(self.head, title).map(|found| (found, "year.end")))
            .or_else(|| {
                let is_open = is_record && facts.year == Reading::default();
                let found = years::find(self.head, grammar, below).filter(|_| is_open);
                found.map(|found| (found, "year.below"))
            });
        let Some((found, rule)) = found else {
            return;
        };
        let doubt = word_doubt(self.head, found.range.clone()) + found.repair;
        let fact = Fact {
            value: found.years,
            confidence: Ratio::new(OF_TITLE - doubt),
            span: self.head.span(found.range.clone()),
            rule: RuleId::from("years.title"),
        };
        let is_one = found.years.from == found.years.to || is_record;
        if facts.year == Reading::default() && is_one {
            // A plan made in one year may be for the next: never enough to judge by.
            let year = Fact {
                value: found.years.from,
                confidence: Ratio::new(DOUBTFUL - doubt),
                span: fact.span.clone(),
                rule: RuleId::from(rule),
            };
            facts.year = Reading::Known(year);
        }
        facts.years = Some(fact);
    }
}
