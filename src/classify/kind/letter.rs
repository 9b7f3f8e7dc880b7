//! Reads the head of a letter: `Nomor`, `Sifat`, `Lampiran`, `Hal` below one another, each with
//! its value, often with the place, the day and the recipient in a second column beside them. Lines of the page run across both columns; boxes part them.

mod number;

use super::footer::begins_footer;
use crate::classify::text::stream::{Stream, Token};
use crate::lexicon::doctype::{Grammar, LetterWords};
use crate::lexicon::phrase::Phrase;
use crate::lexicon::words::words;
use crate::model::Rect;
use std::ops::Range;

/// A head begins within so many lines of the page: letterheads have up to 14.
const FIRST_LINES: usize = 40;
/// Lines from the first label to the last; a list of recipients may stand between.
const BLOCK_LINES: usize = 9;
/// Labels begin below one another, to within so many heights of a line.
const ALIGNED: f32 = 1.6;
/// A second column begins right of this share of the page's width.
const SECOND_COLUMN: f32 = 0.42;
/// Words further apart than so many heights are of two columns.
const COLUMN_GAP: f32 = 2.2;
/// Lines of one value are at most so many heights apart.
const NEXT_LINE: f32 = 2.3;
/// Most lines of a subject.
const SUBJECT_LINES: usize = 6;

/// What a label stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Number,
    Subject,
    /// `Sifat`, `Lampiran`.
    Mark,
}

/// A label with the place of its value.
#[derive(Debug, Clone, Copy)]
struct Label {
    role: Role,
    line: usize,
    /// Its first word.
    token: usize,
    /// The first word of its value.
    value: usize,
    /// Where the value begins inside that word, in bytes: after a glued colon.
    has_colon: bool,
    begins_line: bool,
}

/// The head of a letter. Words go by their index in the stream.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    /// The first word of the label before the number, and after the last word of the label.
    pub(crate) number_label: Range<usize>,
    /// The words of the number's value.
    pub(crate) number: Vec<usize>,
    /// The words of the subject.
    pub(crate) subject: Vec<usize>,
    /// The first letter after the head.
    pub(crate) end: usize,
    /// Whether someone is addressed.
    pub(crate) has_addressee: bool,
}

impl Head {
    /// Tells whether a number was filled in.
    pub(crate) fn has_number(&self, stream: &Stream) -> bool {
        let mut words = self.number.iter().filter_map(|token| stream.word(*token));
        words.any(|token| token.word.text.contains(|c: char| c.is_ascii_digit()))
    }
}

/// Finds the head of a letter on the first page of a stream.
pub(crate) fn head(
    stream: &Stream,
    grammar: &Grammar,
    width: Option<f32>,
) -> Option<Head> {
    let finder = Finder {
        stream,
        grammar,
        words: &grammar.letter,
        width,
    };
    finder.find()
}

struct Finder<'s, 'a> {
    stream: &'s Stream<'a>,
    grammar: &'s Grammar,
    words: &'s LetterWords,
    /// Width of the page, where it has one.
    width: Option<f32>,
}

impl Finder<'_, '_> {
    fn find(&self) -> Option<Head> {
        let labels = self.labels();
        let numbers = labels.iter().filter(|label| label.role == Role::Number);
        numbers
            .filter_map(|number| self.block(number, &labels))
            .find(|block| is_head(block))
            .map(|block| self.read(&block))
    }

    /// Returns every label near the top, in order.
    fn labels(&self) -> Vec<Label> {
        let lines = self.stream.lines().iter().enumerate().take(FIRST_LINES);
        let mut labels: Vec<Label> = Vec::new();
        for (line, tokens) in lines {
            for token in tokens.clone() {
                let is_new = labels.last().is_none_or(|last| last.value <= token);
                if let Some(label) = self.label(line, tokens, token).filter(|_| is_new) {
                    labels.push(label);
                }
            }
        }
        labels
    }

    fn label(&self, line: usize, tokens: &Range<usize>, token: usize) -> Option<Label> {
        let stream = self.stream;
        let at = stream.start_of(token);
        if !stream.begins_word(at) || stream.token_index(at) != token {
            return None;
        }
        // A stray stroke of the coat of arms may stand before.
        let begins_line = token == tokens.start
            || token == tokens.start + 1 && self.text(tokens.start).chars().count() < 2;
        let roles = [
            (Role::Number, &self.words.number),
            (Role::Subject, &self.words.subject),
            (Role::Mark, &self.words.marks),
        ];
        let read = |(role, phrases): (Role, &Vec<Phrase>)| {
            let hit = stream.any_at(at, phrases)?;
            let last = stream.token_index(hit.end.checked_sub(1)?);
            let is_whole = stream.word_end(hit.end - 1) <= hit.end + 1;
            is_whole.then_some((role, last, hit))
        };
        let hits = roles.into_iter().filter_map(read);
        let (role, last, hit) =
            hits.reduce(|best, next| if next.2.beats(&best.2) { next } else { best })?;
        let own = self.text(last);
        let next = self.text(last + 1);
        let is_colon = |text: &str| text.starts_with([':', ';']);
        let has_next = last + 1 < tokens.end;
        let glued = own.ends_with([':', ';']);
        let has_colon = glued || has_next && is_colon(next);
        let exact = hit.cost == 0.0 || has_colon;
        (has_colon || begins_line && exact).then_some(Label {
            role,
            line,
            token,
            value: last + 1,
            has_colon,
            begins_line,
        })
    }

    /// Returns the labels of the head that this number stands in.
    fn block(&self, number: &Label, labels: &[Label]) -> Option<Vec<Label>> {
        let same_line = |label: &Label| {
            label.line == number.line && label.has_colon && number.has_colon
        };
        let own = self.rect(number.token);
        let aligned = |label: &Label| match (own, self.rect(label.token)) {
            (Some(own), Some(rect)) => {
                (own.x0 - rect.x0).abs() <= ALIGNED * own.height().max(rect.height())
                    && label.begins_line
            }
            _ => label.has_colon,
        };
        let near = |label: &&Label| {
            label.line.abs_diff(number.line) <= BLOCK_LINES
                && (same_line(label) || aligned(label))
        };
        let mut block: Vec<Label> = Vec::new();
        for label in labels.iter().filter(near) {
            let is_own = label.token == number.token;
            let is_second = label.role != Role::Mark
                && block.iter().any(|known| known.role == label.role);
            if is_own || !is_second && label.role != Role::Number {
                block.push(*label);
            }
        }
        (block.len() >= 2).then_some(block)
    }

    fn read(&self, block: &[Label]) -> Head {
        let value_x = block.iter().filter_map(|label| self.value_x(label));
        let value_x = value_x.min_by(f32::total_cmp);
        let column = self.second_column(block);
        let mut head = Head::default();
        let mut last = 0;
        for label in block {
            let tokens = self.value(label, column);
            match label.role {
                Role::Number => {
                    head.number_label = label.token..label.value;
                    head.number = self.number_only(&tokens);
                }
                Role::Subject => {
                    head.subject = tokens;
                    let more = self.more_lines(label, &head.subject, value_x, column);
                    head.subject.extend(more);
                    self.trim_colon(&mut head.subject);
                }
                Role::Mark => {}
            }
            last = last.max(label.line);
        }
        let after = self.stream.lines().get(last).map_or(0, |line| line.end);
        let end = head
            .subject
            .last()
            .map_or(after, |token| after.max(token + 1));
        head.end = self.stream.start_of(end);
        let reach = (head.end + 160).min(self.stream.len());
        let addressee = self.stream.find(0..reach, &self.words.addressee);
        head.has_addressee = addressee.is_some();
        head
    }

    /// Returns the words of a value on its label's line, left of the second column.
    fn value(&self, label: &Label, column: Option<f32>) -> Vec<usize> {
        let Some(line) = self.stream.lines().get(label.line) else {
            return Vec::new();
        };
        let mut tokens = Vec::new();
        for token in label.value..line.end {
            let is_label = self.label(label.line, line, token);
            let begins_other = is_label.is_some_and(|label| label.has_colon);
            if self.is_in_column(token, column) || token > label.value && begins_other {
                break;
            }
            tokens.push(token);
        }
        tokens
    }

    fn is_in_column(&self, token: usize, column: Option<f32>) -> bool {
        match (self.rect(token), column) {
            (Some(rect), Some(column)) => rect.x0 >= column - 0.4 * rect.height(),
            _ => false,
        }
    }

    /// Returns where the value of a label begins that a colon or a gap sets apart.
    fn value_x(&self, label: &Label) -> Option<f32> {
        /// Heights between a label and a value, where OCR lost the colon.
        const APART: f32 = 1.5;
        let line = self.stream.lines().get(label.line)?;
        let mut tokens = label.value..line.end;
        let first =
            tokens.find(|token| self.text(*token).contains(char::is_alphanumeric))?;
        let (own, first) = (self.rect(label.token)?, self.rect(first)?);
        let is_near = first.x0 - own.x0 < 12.0 * own.height();
        let is_apart = first.x0 - own.x1 > APART * own.height();
        (is_near && (label.has_colon || is_apart)).then_some(first.x0)
    }

    /// Finds where a second column begins: at who is addressed, or at place and day.
    fn second_column(&self, block: &[Label]) -> Option<f32> {
        let from = SECOND_COLUMN * self.width?;
        let first = block.first()?.line.saturating_sub(5);
        let to = block.last()?.line + SUBJECT_LINES;
        let lines = self
            .stream
            .lines()
            .get(first..)?
            .iter()
            .take(to - first + 1);
        let mut starts: Vec<f32> = Vec::new();
        let mut named: Vec<f32> = Vec::new();
        for line in lines {
            for token in line.clone() {
                let Some(rect) = self.rect(token).filter(|rect| rect.x0 >= from) else {
                    continue;
                };
                let before = token.checked_sub(1).filter(|_| token > line.start);
                let gap = before.and_then(|before| self.rect(before));
                let is_start = gap.is_none_or(|gap| {
                    rect.x0 - gap.x1 > COLUMN_GAP * rect.height() * 0.5
                });
                let at = self.stream.start_of(token);
                let is_named = self.stream.token_index(at) == token
                    && self.stream.any_at(at, &self.words.addressee).is_some();
                if is_named {
                    named.push(rect.x0);
                } else if is_start {
                    starts.push(rect.x0);
                }
            }
        }
        let least = |list: &[f32]| list.iter().copied().min_by(f32::total_cmp);
        let named = least(&named);
        let near = |x: &f32| named.is_some_and(|named| (named - x).abs() < from * 0.25);
        let beside: Vec<f32> = starts.iter().copied().filter(near).collect();
        match named {
            Some(named) => Some(least(&beside).map_or(named, |x| x.min(named))),
            // Two lines that begin together far to the right are a column, too.
            None => {
                let pair = |x: &f32| {
                    starts
                        .iter()
                        .filter(|other| (*other - x).abs() < 6.0)
                        .count()
                        >= 2
                };
                let paired: Vec<f32> = starts.iter().copied().filter(pair).collect();
                least(&paired)
            }
        }
    }

    /// Returns the words of the lines that go on with a subject.
    fn more_lines(
        &self,
        label: &Label,
        first: &[usize],
        value_x: Option<f32>,
        column: Option<f32>,
    ) -> Vec<usize> {
        let (Some(own), Some(value_x)) = (self.rect(label.token), value_x) else {
            return Vec::new();
        };
        let mut bottom = first
            .iter()
            .filter_map(|token| self.rect(*token))
            .fold(own.y1, |bottom, rect| bottom.max(rect.y1));
        let mut more = Vec::new();
        let lines = self.stream.lines();
        let below = lines.iter().enumerate().skip(label.line + 1);
        for (n, line) in below.take(SUBJECT_LINES + 2) {
            let left: Vec<usize> = line
                .clone()
                .filter(|token| !self.is_in_column(*token, column))
                .collect();
            let Some((start, rect)) =
                left.first().and_then(|t| Some((*t, self.rect(*t)?)))
            else {
                continue; // the other column goes on
            };
            let height = own.height().max(rect.height());
            if self.runs_across(line, &left) {
                break;
            }
            let is_below =
                rect.y0 - bottom < NEXT_LINE * height * 0.6 && rect.y0 > own.y0;
            let is_indented = rect.x0 >= value_x - 1.6 * height
                && rect.x0 <= value_x + 4.0 * height
                && rect.x0 > own.x0 + 1.2 * height;
            let is_wrapped = more.is_empty()
                && (rect.x0 - own.x0).abs() <= 1.2 * height
                && self.is_last_of_head(n, rect, bottom);
            let goes_on = is_below && is_indented || is_wrapped;
            if !goes_on || self.ends_subject(start) {
                break;
            }
            bottom = rect.y1;
            more.extend(left);
        }
        more
    }

    /// Tells whether a line at the margin, without a label, still belongs to the head: as close to
    /// the line above as those of the head, and set off from what follows.
    fn is_last_of_head(&self, line: usize, rect: Rect, above: f32) -> bool {
        /// Heights to the line above, at most, and to the one below, at least.
        const CLOSE: f32 = 0.35;
        const OFF: f32 = 1.0;
        let words = self.stream.lines().get(line).cloned().unwrap_or_default();
        let has_label = words.clone().any(|token| self.text(token).ends_with(':'));
        let next = self
            .stream
            .lines()
            .get(line + 1)
            .cloned()
            .unwrap_or_default();
        let next = next.clone().find_map(|token| self.rect(token));
        !has_label
            && rect.y0 - above < CLOSE * rect.height()
            && next.is_some_and(|next| next.y0 - rect.y1 > OFF * rect.height())
    }

    /// Tells whether a line goes from one column into the other without a gap: running text.
    fn runs_across(&self, line: &Range<usize>, left: &[usize]) -> bool {
        let last = left.last().copied();
        let next = last.map(|last| last + 1).filter(|next| *next < line.end);
        match (
            last.and_then(|t| self.rect(t)),
            next.and_then(|t| self.rect(t)),
        ) {
            (Some(last), Some(next)) => next.x0 - last.x1 < last.height(),
            _ => false,
        }
    }

    /// Tells whether a line that begins here is no longer the subject.
    fn ends_subject(&self, token: usize) -> bool {
        let at = self.stream.start_of(token);
        let text = self
            .text(token)
            .trim_matches(|c: char| !c.is_alphanumeric());
        self.stream.any_at(at, &self.words.addressee).is_some()
            || self.stream.any_at(at, &self.grammar.title_ends).is_some()
            || begins_footer(self.stream, at, self.grammar)
            || words().addressed.contains(&text.to_ascii_lowercase())
    }

    /// Drops a colon before a value.
    fn trim_colon(&self, tokens: &mut Vec<usize>) {
        while let Some(first) = tokens.first() {
            if self.text(*first).contains(char::is_alphanumeric) {
                break;
            }
            tokens.remove(0);
        }
    }

    fn text(&self, token: usize) -> &str {
        self.stream.word(token).map_or("", text_of)
    }

    fn rect(&self, token: usize) -> Option<Rect> {
        self.stream.word(token)?.word.rect
    }
}

fn text_of<'t>(token: &'t Token<'_>) -> &'t str {
    &token.word.text
}

/// Tells whether some labels are the head of a letter: two kinds of them, one with a colon.
fn is_head(block: &[Label]) -> bool {
    let has = |role: Role| block.iter().any(|label| label.role == role);
    let colons = block.iter().filter(|label| label.has_colon).count();
    let labels = block.len();
    has(Role::Number)
        && (has(Role::Subject) && (colons >= 1 || labels >= 3)
            || colons >= 2 && labels >= 3)
}
