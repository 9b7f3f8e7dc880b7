//! What records and plans are about. They have no `tentang`: the block of capitals that begins
//! with their kind is their title, or a line of their head says it (`Acara : …`).

use super::block::Block;
use super::confidence::{
    BARE_TITLE, CONTRADICTED, DOUBTFUL, PART_OF_TITLE, UNNAMED, YEAR_ENDS, doubt,
    word_doubt,
};
use super::{Parts, trimmed};
use crate::classify::evidence::rule;
use crate::classify::kind::heading::Heading;
use crate::classify::read::number::Value;
use crate::classify::read::years;
use crate::classify::text::stream::{Hit, Token};
use crate::lexicon::doctype::Class;
use crate::model::{DocumentFacts, Fact, Ratio, Reading, RuleId, Unsure};
use std::collections::BTreeMap;
use std::ops::Range;

/// A number that a label gives.
const LABELLED: f32 = 0.9;
/// Letters below the title of a record within which `TAHUN ANGGARAN 2019` may stand.
const YEARS_BELOW: usize = 240;
/// Letters of the shortest words that say what a paper is about: `Hal : 1 dari 3` has fewer.
const SAYING: usize = 5;
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
        block: Block,
    ) {
        // What a covering paper says it is about is the paper below it.
        let may_be_labelled = block.is_bare() && !heading.kind.wraps;
        let from = self.head.line_start(heading.at.start);
        if may_be_labelled && self.add_labelled_title(facts, from) {
            return;
        }
        let is_closed = self.ends_with_year(&block);
        let block = self.block_with_office(heading, block);
        let is_form = block
            .lines()
            .iter()
            .any(|line| self.is_letterhead(line.start));
        let is_part = is_form
            || self.has_words_above(&block)
            || !is_closed && self.has_years_below(&block);
        // A plan is one for something: the words of its kind alone are hardly its title.
        let is_of_something = heading.kind.class == Class::Plan || heading.kind.generic;
        let is_open = block.is_bare() && is_of_something;
        let best = match (is_part, is_open, is_closed) {
            (true, _, _) => PART_OF_TITLE,
            (_, true, _) => CONTRADICTED,
            _ if block.is_bare() => BARE_TITLE,
            (_, _, true) => YEAR_ENDS,
            _ => DOUBTFUL,
        };
        let found = [(is_part, "part"), (is_closed, "closed")];
        let rule = match block.is_bare() {
            true => "title.kind".to_owned(),
            false => rule("title.block", &found),
        };
        self.add_block_title(facts, &block, best, &rule);
    }

    /// Adds the heading of an agreement or of proceedings as its title, where no `TENTANG` says
    /// what it is about.
    pub(super) fn add_unnamed_title(&self, facts: &mut DocumentFacts, heading: &Heading) {
        // `PERJANJIAN ANTARA` alone names no parties.
        let least = match heading.kind.class {
            Class::Agreement => 3,
            Class::Record => 1,
            _ => return,
        };
        let block = self.block(heading);
        let own = heading.at.end..block.range().end;
        if self.head.word_starts(own).count() >= least && !self.says_about(heading) {
            self.add_block_title(facts, &block, UNNAMED, "title.block");
        }
    }

    /// Tells whether `TENTANG` follows below a heading, too far to be tied to it.
    fn says_about(&self, heading: &Heading) -> bool {
        /// Letters of the names of all parties to an agreement.
        const PARTIES: usize = 700;
        let about = &self.vocabulary.kinds.grammar().about;
        let reach = (heading.at.end + PARTIES).min(self.head.len());
        let mut lines = self.head.line_starts(heading.at.end..reach);
        lines.any(|at| self.head.any_at(at, about).is_some())
    }

    /// Adds the words of a block as the title.
    pub(super) fn add_block_title(
        &self,
        facts: &mut DocumentFacts,
        block: &Block,
        best: f32,
        rule: &str,
    ) {
        let stream = self.head;
        let tokens = block.lines().iter().flat_map(|line| {
            stream.token_index(line.start)..stream.token_index(line.end)
        });
        let tokens: Vec<usize> = tokens.collect();
        let text = stream.text_of(&tokens);
        let title = trimmed(&text);
        let doubt = doubt(stream.confidence_of(&tokens));
        let best = match self.is_said_otherwise(title) {
            true => best.min(CONTRADICTED),
            false => best,
        };
        if !title.is_empty() {
            facts.title = Reading::Known(Fact {
                value: title.to_owned(),
                confidence: Ratio::new(best - doubt),
                span: stream.span_of(&tokens),
                rule: RuleId::from(rule),
            });
        }
    }

    /// Tells whether the rest of a scan spells a word of its title otherwise, again and again: a
    /// large or coloured letter of a cover is lost (`elayanan`), those of the text are not.
    pub(super) fn is_said_otherwise(&self, title: &str) -> bool {
        /// Letters of a word that is no other one but for a letter.
        const LONG: usize = 6;
        /// Times that are no slip of their own.
        const AGAIN: usize = 3;
        if !self.whole.is_ocr {
            return false;
        }
        let letters = |text: &str| -> String {
            let kept = text.chars().filter(|c| c.is_alphabetic());
            kept.flat_map(char::to_lowercase).collect()
        };
        let pages = self.extraction.pages.iter();
        let lines = pages.flat_map(|page| &page.lines);
        let words = lines.flat_map(|line| &line.words);
        let mut said: BTreeMap<String, usize> = BTreeMap::new();
        for word in words {
            *said.entry(letters(&word.text)).or_default() += 1;
        }
        let is_slip = |word: &str| {
            let own = letters(word);
            let is_alone = said.get(&own).is_some_and(|times| *times == 1);
            let is_near = |(other, times): (&String, &usize)| {
                *times >= AGAIN && strsim::osa_distance(other, &own) == 1
            };
            own.len() >= LONG && is_alone && said.iter().any(is_near)
        };
        title.split_whitespace().any(is_slip)
    }

    /// Adds what a line in the head of a record says it is about (`Acara : …`), or a cell
    /// beside such words; tells whether one does.
    pub(super) fn add_labelled_title(
        &self,
        facts: &mut DocumentFacts,
        from: usize,
    ) -> bool {
        let reach = (from + HEAD).min(self.head.len());
        let mut labels = self.head.word_starts(from..reach);
        let Some(range) = labels.find_map(|at| self.labelled_at(at)) else {
            return false;
        };
        let title = without_list(&self.printed(range.clone())).to_owned();
        let doubt = word_doubt(self.head, range.clone());
        let is_title = !title.is_empty();
        if is_title {
            facts.title = self.known(title, DOUBTFUL - doubt, range, "title.label");
        }
        is_title
    }

    /// Returns what stands after a label that begins here. Within a line only labels of several
    /// words are one: `Hal` may begin `Hal 1 dari 3`.
    fn labelled_at(&self, at: usize) -> Option<Range<usize>> {
        let stream = self.head;
        let begins_line = stream.begins_line(at);
        if !begins_line && !stream.begins_column(at) {
            return None;
        }
        let words = &self.vocabulary.kinds.grammar().record.subject;
        let label = stream.any_at(at, words)?;
        let line_end = stream.line_end(at);
        let rest = stream.between(label.end, line_end);
        let has_colon = rest.first().is_some_and(|(_, text)| text.starts_with(':'));
        let is_long =
            label.cost == 0.0 && stream.word_starts(label.start..label.end).count() > 1;
        let is_cell = is_long && stream.begins_column(label.end);
        let is_label = is_cell || has_colon && (begins_line || is_long);
        let end = match begins_line && has_colon {
            true => line_end,
            false => self.column_end(label.end),
        };
        let letters = stream.folded(label.end..end.max(label.end));
        let letters = letters.iter().filter(|c| c.is_ascii_alphabetic()).count();
        (is_label && letters >= SAYING).then_some(label.end..end)
    }

    /// Adds the number that a label gives (`No. Dokumen : SP-01`), where a kind has none in its
    /// heading.
    pub(super) fn add_labelled_number(&self, facts: &mut DocumentFacts) {
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
            let value = first_number(&stream.between(label.end, end));
            if is_number(&value) {
                return Some((value, label.end..end, label.start..end));
            }
            let tokens = self.below_label(&label)?;
            let value = stream.text_of(&tokens);
            let range = stream.start_of(*tokens.first()?)
                ..stream.start_of(tokens.last().map_or(0, |last| last + 1));
            is_number(&value).then_some((value, range.clone(), range))
        });
        if let Some((value, range, shown)) = found {
            facts.number = self.labelled_number(value, range, shown);
        }
    }

    /// Makes a fact of a number that a label gives; of one with strokes, where a second reader
    /// looked at it, what both make of it.
    fn labelled_number(
        &self,
        value: String,
        range: Range<usize>,
        shown: Range<usize>,
    ) -> Reading<String> {
        const RULE: &str = "number.label";
        let stream = self.head;
        let pieces = stream.between(range.start, range.end);
        let tokens = stream.token_index(range.start)..stream.token_index(range.end);
        let tokens: Vec<usize> = tokens.collect();
        let is_reference = value.contains('/') && stream.second_of(&tokens).is_some();
        if !is_reference {
            let doubt = word_doubt(stream, range);
            return self.known(value, LABELLED - doubt, shown, RULE);
        }
        let label = stream.text(shown.start..range.start);
        let label = label.split_whitespace().last().unwrap_or_default();
        match self.agreed_behind(label, &pieces, &tokens, RULE, Class::Record) {
            Ok((Value::Read { value, repair }, rule, doubt)) => {
                self.known(value, LABELLED - doubt - repair, shown, &rule)
            }
            Ok((Value::Illegible { candidate }, ..)) => {
                Reading::Unsure(Unsure::Illegible { candidate })
            }
            Ok((Value::Blank, ..)) => Reading::Unsure(Unsure::Blank),
            Err(unsure) => Reading::Unsure(unsure),
        }
    }

    /// Returns the words below a label in its box of a form: those of the first line under it
    /// that stand under its words. Under the head of a column stand the numbers of others.
    fn below_label(&self, label: &Hit) -> Option<Vec<usize>> {
        /// Heights of the label within which the lines of its box stand.
        const NEAR: f32 = 5.0;
        let stream = self.head;
        let area = stream.span(label.range())?.rect?;
        let is_below = |n: &usize| {
            let rect = stream.word(*n).and_then(|token| token.word.rect);
            rect.is_some_and(|rect| {
                let shared = rect.x1.min(area.x1) - rect.x0.max(area.x0);
                let gap = rect.y0 - area.y1;
                (0.0..NEAR * area.height()).contains(&gap)
                    && shared > 0.5 * rect.width().min(area.width())
            })
        };
        let lines = stream.lines().iter();
        let below = lines.map(|line| line.clone().filter(is_below).collect());
        let mut below = below.filter(|words: &Vec<usize>| !words.is_empty());
        let first = below.next()?;
        let is_column = below.any(|words| is_number(&stream.text_of(&words)));
        (!is_column).then_some(first)
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

/// Tells whether a text may be the number that a label gives.
fn is_number(value: &str) -> bool {
    /// Letters of such a number.
    const LONGEST: usize = 30;
    value.len() <= LONGEST
        && value.contains(|c: char| c.is_ascii_digit())
        && value
            .chars()
            .all(|c| c.is_alphanumeric() || "/.-".contains(c))
}

/// Returns what a label says without a list in brackets at its end, which explains it:
/// `Izin Pemakaian Aset (kursi, tenda)`.
fn without_list(text: &str) -> &str {
    let list = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    match list {
        Some((name, list)) if list.contains(',') && !name.trim().is_empty() => {
            name.trim()
        }
        _ => text,
    }
}
