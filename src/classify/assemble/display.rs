//! Titles of what is no page: the largest letters of a picture, the line above a table.

use super::Parts;
use super::block::LONGEST;
use super::confidence::{DOUBTFUL, word_doubt};
use crate::classify::evidence::rule;
use crate::classify::kind::heading::sign_at;
use crate::lexicon::doctype::{Class, SignPlace};
use crate::model::{DocumentFacts, Fact, Ratio, Reading, Rect, RuleId, Unsure};
use std::ops::Range;

/// What stands largest on a picture: often, but not always, what it is about.
const DISPLAY: f32 = 0.6;
/// The same of so many words that they are a sentence: two or three may be a mark, a name, a
/// cry, of which the rest stands smaller.
const SENTENCE: f32 = 0.8;
const SENTENCE_WORDS: usize = 5;
/// A longer word is several that the reader joined: `pertanggungjawaban` has 18 letters.
const LONGEST_WORD: usize = 20;
/// OCR is sure of a word from here on.
const CLEAR: f32 = 0.8;
/// Letters so much smaller than the largest are of the text below.
const LARGE: f32 = 0.55;
/// Words further apart than so many heights stand beside one another; lines, below.
const BESIDE: f32 = 1.6;
const BELOW: f32 = 0.8;
/// Letters so much of the largest are as large to the eye.
const AS_LARGE: f32 = 0.75;
/// The largest words that are tried for a title of several.
const ANCHORS: usize = 4;
/// Letters of the shortest word that is one.
const WORD: usize = 3;
/// Figures of a year.
const YEAR: usize = 4;

/// Words of one height on one line.
#[derive(Debug, Clone)]
struct Lettering {
    tokens: Vec<usize>,
    rect: Rect,
    height: f32,
    /// Least confidence of its words.
    confidence: f32,
    letters: usize,
}

impl Parts<'_> {
    /// Adds what stands in the largest letters of a picture as its title; where some of it was
    /// hardly read, as what it may be.
    pub(super) fn add_display_title(&self, facts: &mut DocumentFacts) {
        if let Some(title) = self.heading_of_picture() {
            facts.title = title;
            return;
        }
        let all: Vec<Lettering> = self
            .head
            .lines()
            .iter()
            .flat_map(|line| self.letterings(line.clone()))
            .filter(|lettering| {
                !self.is_of_office(lettering) && !self.is_figures(lettering)
            })
            .collect();
        let lines = self.largest(&all);
        let tokens: Vec<usize> = lines.iter().flat_map(|l| l.tokens.clone()).collect();
        let title = self.head.text_of(&tokens);
        let title =
            title.trim_matches(|c: char| !c.is_alphanumeric() && !"()".contains(c));
        if tokens.len() < 2 || title.len() > LONGEST {
            return;
        }
        // A bracket that never closes was cut off: by an edge, by somebody who stands before it.
        let count = |bracket| title.matches(bracket).count();
        let is_whole = count('(') == count(')');
        let is_clear = is_whole && lines.iter().all(|line| line.confidence >= CLEAR);
        let is_sentence = is_sentence(title);
        facts.title = match is_clear {
            true => Reading::Known(Fact {
                value: title.to_owned(),
                confidence: Ratio::new(if is_sentence { SENTENCE } else { DISPLAY }),
                span: self.head.span_of(&tokens),
                rule: RuleId::from(
                    rule("title.display", &[(is_sentence, "sentence")]).as_str(),
                ),
            }),
            false => Reading::Unsure(Unsure::Illegible {
                candidate: title.to_owned(),
            }),
        };
    }

    /// Returns the line near the top that names a kind of record and of what, as the title: on a
    /// picture of figures the largest letters are those of the figures.
    fn heading_of_picture(&self) -> Option<Reading<String>> {
        let range = self.record_line()?;
        let doubt = word_doubt(self.head, range.clone());
        let title = self.printed(range.clone());
        Some(self.known(title, DOUBTFUL - doubt, range, "title.sheet"))
    }

    /// Returns the largest lettering with the lines close above and below it that are large,
    /// too; one word alone is a mark or a name.
    fn largest(&self, all: &[Lettering]) -> Vec<Lettering> {
        let words = all
            .iter()
            .filter(|l| l.letters >= WORD && l.confidence >= CLEAR);
        let mut anchors: Vec<&Lettering> = words.collect();
        let most = anchors.iter().map(|l| l.height).fold(0.0, f32::max);
        // Of those hardly smaller than the largest the first one read.
        let rank = |l: &Lettering| match l.height >= AS_LARGE * most {
            true => (0, l.rect.y0),
            false => (1, -l.height),
        };
        anchors.sort_by(|a, b| {
            let (a, b) = (rank(a), rank(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let is_title = |l: &&Lettering| !self.is_dated(l) && !self.is_label(l);
        let large: Vec<&Lettering> = all.iter().filter(is_title).collect();
        let mut blocks = anchors
            .iter()
            .take(ANCHORS)
            .map(|anchor| around(anchor, &large));
        let found = blocks.find(|block| {
            let words: usize = block.iter().map(|line| line.tokens.len()).sum();
            words > 1
        });
        found.unwrap_or_default()
    }

    /// Parts the words of a line where they stand apart or are of another height.
    fn letterings(&self, line: Range<usize>) -> Vec<Lettering> {
        let mut all: Vec<Lettering> = Vec::new();
        for n in line {
            let Some((word, rect)) = self
                .head
                .word(n)
                .and_then(|token| Some((token.word, token.word.rect?)))
            else {
                continue;
            };
            let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
            let height = rect.height().max(1.0);
            let next = Lettering {
                tokens: vec![n],
                rect,
                height,
                confidence: word.confidence.get(),
                letters,
            };
            match all.last_mut() {
                Some(last) if is_beside(last, &next) => {
                    last.tokens.push(n);
                    last.rect = last.rect.union(rect);
                    last.height = last.height.max(height);
                    last.confidence = last.confidence.min(next.confidence);
                    last.letters += letters;
                }
                _ => all.push(next),
            }
        }
        all
    }

    /// Adds the first line of a sheet that names a kind of record as its title: `Laporan Harian`
    /// above a table that is known by its figures.
    pub(super) fn add_sheet_title(&self, facts: &mut DocumentFacts) {
        if !self.extraction.media_type.is_sheet() {
            return;
        }
        if let Some(range) = self.record_line() {
            let title = self.printed(range.clone());
            facts.title = self.known(title, DOUBTFUL, range, "title.sheet");
        }
    }

    /// Returns the line near the top that names a kind of record or plan, and more.
    fn record_line(&self) -> Option<Range<usize>> {
        /// Lines above a table or the figures of a picture: a letterhead and a title.
        const LINES: usize = 6;
        let stream = self.head;
        let kinds = || self.vocabulary.kinds.signs(SignPlace::Heading);
        let mut lines = stream.line_starts(0..stream.len()).take(LINES);
        lines.find_map(|at| {
            let (kind, _, hit) = sign_at(stream, kinds(), at)?;
            let end = stream.line_end(at);
            let is_title = hit.cost == 0.0
                && matches!(kind.class, Class::Record | Class::Plan)
                && !stream.is_long_line(at)
                && end > hit.end
                && stream.is_capital(at);
            is_title.then_some(at..end)
        })
    }

    /// Tells whether lettering is a letterhead: whose it is, not what it is about.
    fn is_of_office(&self, lettering: &Lettering) -> bool {
        let grammar = self.vocabulary.kinds.grammar();
        let Some(at) = lettering.tokens.first().map(|n| self.head.start_of(*n)) else {
            return true;
        };
        self.is_letterhead(at)
            || self.office_at(at).is_some()
            || self.head.is_word(at, &grammar.units)
            || self.head.is_word(at, &grammar.address)
    }

    /// Tells whether lettering begins with a label: `TEMA : …` is below the title.
    fn is_label(&self, lettering: &Lettering) -> bool {
        let mut words = lettering
            .tokens
            .iter()
            .take(3)
            .filter_map(|n| self.head.word(*n));
        words.any(|token| token.word.text.ends_with(':'))
    }

    /// Tells whether lettering is more figures than letters: a day, an hour, a place on earth.
    fn is_figures(&self, lettering: &Lettering) -> bool {
        let text = self.head.text_of(&lettering.tokens);
        text.chars().filter(char::is_ascii_digit).count() > lettering.letters
    }

    /// Tells whether lettering names a month: when it is, not what it is about.
    fn is_dated(&self, lettering: &Lettering) -> bool {
        let months = &self.vocabulary.kinds.grammar().months;
        let figures = self.head.text_of(&lettering.tokens);
        let figures = figures.chars().filter(char::is_ascii_digit).count();
        lettering.tokens.iter().any(|n| {
            let at = self.head.start_of(*n);
            months.iter().any(|month| self.head.is_word(at, month))
        }) && figures > 0
            && figures <= YEAR + 4
    }
}

/// Tells whether words are so many, each one word, that they say what a picture is about.
fn is_sentence(text: &str) -> bool {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let words: Vec<usize> = text.split_whitespace().map(letters).collect();
    words.iter().filter(|letters| **letters > 0).count() >= SENTENCE_WORDS
        && words.iter().all(|letters| *letters <= LONGEST_WORD)
}

/// Tells whether a word stands beside others, in letters like theirs.
fn is_beside(last: &Lettering, next: &Lettering) -> bool {
    let gap = next.rect.x0 - last.rect.x1;
    let lower = last.height.min(next.height);
    // A bracket or a figure is higher or lower than the letters beside it.
    let is_like = lower > LARGE * last.height.max(next.height);
    gap < BESIDE * lower && is_like
}

/// Returns lettering and the lines close above and below it that are hardly smaller, from top to
/// bottom.
fn around(anchor: &Lettering, all: &[&Lettering]) -> Vec<Lettering> {
    let is_large =
        |line: &&&Lettering| line.height >= LARGE * anchor.height && line.letters > 0;
    let mut lines = vec![anchor.clone()];
    let mut area = anchor.rect;
    loop {
        let next = all.iter().filter(is_large).find(|line| {
            let is_new = !lines.iter().any(|known| known.tokens == line.tokens);
            let gap = (line.rect.y0 - area.y1).max(area.y0 - line.rect.y1);
            let overlap = line.rect.x1.min(area.x1) - line.rect.x0.max(area.x0);
            is_new
                && gap < BELOW * line.height.min(anchor.height)
                && overlap > 0.5 * line.rect.width().min(area.width())
        });
        let Some(next) = next else {
            break;
        };
        area = area.union(next.rect);
        lines.push((*next).clone());
    }
    let middle = |line: &Lettering| line.rect.y0.midpoint(line.rect.y1);
    lines.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    lines
}
