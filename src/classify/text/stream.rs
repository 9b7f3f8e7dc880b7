//! Takes pages, gives one stream of their letters that remembers words, lines and places, so
//! that `TENT ANG`, `TAHUN2021` and a phrase broken over two lines are all found.

use super::fuzzy::Ahead;
use crate::lexicon::phrase::{Phrase, fold_letter};
use crate::model::{Page, Rect, SecondReading, Span, TextOrigin, Word};
use std::{cell::RefCell, ops::Range};

/// A line with more letters is running text or a text without lines: words of a heading may
/// stand anywhere in it. Headings are centred; the longest line of one in the corpora has 75.
const LONG_LINE: usize = 90;
/// Words further apart than so many heights are of two columns.
const COLUMN_GAP: f32 = 2.2;

/// A word on its line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    /// The word as read.
    pub(crate) word: &'a Word,
    /// The page, from 1.
    pub(crate) page: u32,
    /// Its first letter.
    start: usize,
}

/// A folded letter.
#[derive(Debug, Clone, Copy)]
struct Letter {
    token: usize,
    /// Where its char begins in the word, in bytes.
    byte: usize,
    /// Where its char ends.
    byte_end: usize,
}

/// A phrase found: letters from `start` to before `end`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Cost by letter; 0 for exact.
    pub(crate) cost: f32,
}

/// The letters of some pages. A position is the index of a letter.
#[derive(Debug, Default)]
pub(crate) struct Stream<'a> {
    tokens: Vec<Token<'a>>,
    letters: Vec<Letter>,
    folded: Vec<u8>,
    /// First letter of each line that has one.
    line_starts: Vec<usize>,
    /// The tokens of each line, those without letters, too.
    lines: Vec<Range<usize>>,
    /// What a second reader read, with the tokens it covers.
    seconds: Vec<(Range<usize>, &'a SecondReading)>,
    /// Whether any page was read by OCR.
    pub(crate) is_ocr: bool,
    /// What stands at the position that was last asked about: many phrases are looked for at
    /// one before the next.
    ahead: RefCell<Option<(usize, Ahead)>>,
}

impl<'a> Stream<'a> {
    /// Strings the pages together, in order.
    pub(crate) fn new(pages: impl IntoIterator<Item = &'a Page>) -> Self {
        let mut stream = Self::default();
        for page in pages {
            stream.is_ocr |= matches!(page.origin, TextOrigin::Ocr | TextOrigin::Mixed);
            for words in &page.lines {
                let start = stream.folded.len();
                let first = stream.tokens.len();
                for word in &words.words {
                    stream.push(word, page.number);
                }
                if let Some(second) = &words.second {
                    let covered =
                        first + usize::from(second.from)..first + usize::from(second.to);
                    stream.seconds.push((covered, second));
                }
                stream.lines.push(first..stream.tokens.len());
                if stream.folded.len() > start {
                    stream.line_starts.push(start);
                }
            }
        }
        stream
    }

    fn push(&mut self, word: &'a Word, page: u32) {
        let token = self.tokens.len();
        self.tokens.push(Token {
            word,
            page,
            start: self.folded.len(),
        });
        for (byte, c) in word.text.char_indices() {
            if let Some(letter) = fold_letter(c) {
                let byte_end = byte + c.len_utf8();
                self.letters.push(Letter {
                    token,
                    byte,
                    byte_end,
                });
                self.folded.push(letter);
            }
        }
    }

    /// Returns the tokens of each line, by their index.
    pub(crate) fn lines(&self) -> &[Range<usize>] {
        &self.lines
    }

    /// Returns what a second reader read where some words stand.
    pub(crate) fn second_of(&self, tokens: &[usize]) -> Option<&'a SecondReading> {
        let mut seconds = self.seconds.iter();
        let found =
            seconds.find(|(covered, _)| tokens.iter().any(|n| covered.contains(n)))?;
        Some(found.1)
    }

    /// Returns a word by its index.
    pub(crate) fn word(&self, token: usize) -> Option<&Token<'a>> {
        self.tokens.get(token)
    }

    /// Returns the first letter of a word; where it has none, that of the next word that has.
    pub(crate) fn start_of(&self, token: usize) -> usize {
        self.tokens
            .get(token)
            .map_or(self.len(), |token| token.start)
    }

    /// Returns the index of the word a letter belongs to; past the end, how many there are.
    pub(crate) fn token_index(&self, at: usize) -> usize {
        self.letters
            .get(at)
            .map_or(self.tokens.len(), |letter| letter.token)
    }

    /// Returns some words as written, joined by single spaces.
    pub(crate) fn text_of(&self, tokens: &[usize]) -> String {
        let words = tokens.iter().filter_map(|n| self.word(*n));
        let words: Vec<&str> = words.map(|token| token.word.text.as_str()).collect();
        words.join(" ")
    }

    /// Returns the least confidence of some words; 1 for none.
    pub(crate) fn confidence_of(&self, tokens: &[usize]) -> f32 {
        let words = tokens.iter().filter_map(|n| self.word(*n));
        words
            .map(|token| token.word.confidence.get())
            .fold(1.0, f32::min)
    }

    /// Returns the place of some words that need not follow one another.
    pub(crate) fn span_of(&self, tokens: &[usize]) -> Option<Span> {
        let words: Vec<&Token> = tokens.iter().filter_map(|n| self.word(*n)).collect();
        let page = words.first()?.page;
        let on_page = words.iter().filter(|token| token.page == page);
        Some(Span {
            page,
            rect: on_page
                .filter_map(|token| token.word.rect)
                .reduce(Rect::union),
            quote: self.text_of(tokens),
        })
    }

    /// Returns how many letters there are: the position after the last.
    pub(crate) fn len(&self) -> usize {
        self.folded.len()
    }

    /// Returns the folded letters of a range.
    pub(crate) fn folded(&self, range: Range<usize>) -> &[u8] {
        self.folded.get(range).unwrap_or_default()
    }

    /// Returns where the word before the one at this letter begins.
    pub(crate) fn word_before(&self, at: usize) -> Option<usize> {
        let last = at.checked_sub(1)?;
        self.token(last).map(|token| token.start)
    }

    /// Returns the word a letter belongs to.
    pub(crate) fn token(&self, at: usize) -> Option<&Token<'a>> {
        self.letters
            .get(at)
            .and_then(|letter| self.tokens.get(letter.token))
    }

    /// Returns the positions in `range` where a word begins.
    pub(crate) fn word_starts(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        range.filter(|&at| self.begins_word(at))
    }

    /// Returns the positions in `range` where a line begins.
    pub(crate) fn line_starts(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let first = self.line_starts.partition_point(|&at| at < range.start);
        let starts = self.line_starts.get(first..).unwrap_or_default();
        starts.iter().copied().take_while(move |&at| at < range.end)
    }

    /// Tells whether a word begins at this letter.
    pub(crate) fn begins_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.start == at)
    }

    /// Tells whether a line begins at this letter.
    pub(crate) fn begins_line(&self, at: usize) -> bool {
        self.line_starts.binary_search(&at).is_ok()
    }

    /// Tells whether the word at this letter begins with a capital.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        let token = self.token(at);
        token.is_some_and(|token| token.word.text.starts_with(char::is_uppercase))
    }

    /// Tells whether the line that holds this letter is longer than lines of headings are, or
    /// is the only one.
    pub(crate) fn is_long_line(&self, at: usize) -> bool {
        self.line_starts.len() == 1 || self.line_end(at) - self.line_start(at) > LONG_LINE
    }

    /// Tells whether a clause may begin here: at the beginning of a line, or anywhere in a text
    /// without lines.
    pub(crate) fn may_begin(&self, at: usize) -> bool {
        self.begins_line(at) || self.is_long_line(at)
    }

    /// Tells whether a column begins at this letter: the word before stands far to the left, or
    /// over it, as another text does.
    pub(crate) fn begins_column(&self, at: usize) -> bool {
        let rect = |at: usize| self.token(at).and_then(|token| token.word.rect);
        let before = at.checked_sub(1).filter(|_| !self.begins_line(at));
        let before = before.and_then(rect);
        before.zip(rect(at)).is_some_and(|(before, here)| {
            let gap = (here.x0 - before.x1) / before.height().max(1.0);
            !(-1.0..=COLUMN_GAP).contains(&gap)
        })
    }

    /// Returns where the line that holds this letter ends: the next line's first letter.
    pub(crate) fn line_end(&self, at: usize) -> usize {
        let next = self.line_starts.partition_point(|&start| start <= at);
        self.line_starts.get(next).copied().unwrap_or(self.len())
    }

    /// Returns where the line that holds this letter begins.
    pub(crate) fn line_start(&self, at: usize) -> usize {
        let next = self.line_starts.partition_point(|&start| start <= at);
        next.checked_sub(1)
            .and_then(|n| self.line_starts.get(n))
            .copied()
            .unwrap_or(0)
    }

    /// Returns where the word that holds this letter ends.
    pub(crate) fn word_end(&self, at: usize) -> usize {
        let token = self.letters.get(at).map(|letter| letter.token);
        let mut end = at;
        while token.is_some() && self.letters.get(end).map(|letter| letter.token) == token
        {
            end += 1;
        }
        end
    }

    /// Tells whether the word at a position is one of some phrases, letter by letter.
    pub(crate) fn is_word(&self, at: usize, phrases: &[Phrase]) -> bool {
        let word = self.folded(at..self.word_end(at));
        phrases.iter().any(|phrase| phrase.letters() == word)
    }

    /// Reads a phrase at a position.
    pub(crate) fn phrase_at(&self, at: usize, phrase: &Phrase) -> Option<Hit> {
        let letters = phrase.letters();
        if self.begins_word(at + 1) && self.folded.get(at) != letters.first() {
            return None; // a stray stroke: the phrase may begin with the next word
        }
        let rest = self.folded.get(at..)?;
        let mut last = self.ahead.borrow_mut();
        if last.as_ref().is_none_or(|(position, _)| *position != at) {
            *last = Some((at, Ahead::new(rest)));
        }
        let (_, ahead) = last.as_ref()?;
        let found = ahead.prefix(rest, letters)?;
        let cost = found.cost / letters.len().max(1) as f32;
        Some(Hit {
            start: at,
            end: at + found.len,
            cost,
        })
    }

    /// Reads the best of some phrases at a position: the cheapest, of like cost the longest.
    pub(crate) fn any_at(&self, at: usize, phrases: &[Phrase]) -> Option<Hit> {
        let hits = phrases
            .iter()
            .filter_map(|phrase| self.phrase_at(at, phrase));
        hits.reduce(|best, hit| if hit.beats(&best) { hit } else { best })
    }

    /// Reads the best of those phrases whose first letters stand at a position as they should:
    /// for words looked for in every place of a document, where a full comparison costs too
    /// much.
    pub(crate) fn quick_at(&self, at: usize, phrases: &[Phrase]) -> Option<Hit> {
        const FIRST: usize = 3;
        let here = self.folded(at..at + FIRST);
        let hits = phrases
            .iter()
            .filter(|phrase| phrase.letters().starts_with(here))
            .filter_map(|phrase| self.phrase_at(at, phrase));
        hits.reduce(|best, hit| if hit.beats(&best) { hit } else { best })
    }

    /// Reads one of some phrases letter by letter, also inside a word (`12TAHUN2021`).
    pub(crate) fn exact_at(&self, at: usize, phrases: &[Phrase]) -> Option<Hit> {
        phrases.iter().find_map(|phrase| {
            let end = at + phrase.letters().len();
            (self.folded(at..end) == phrase.letters()).then_some(Hit {
                start: at,
                end,
                cost: 0.0,
            })
        })
    }

    /// Finds the first word in `range` at which one of some phrases can be read.
    pub(crate) fn find(&self, range: Range<usize>, phrases: &[Phrase]) -> Option<Hit> {
        self.word_starts(range)
            .find_map(|at| self.any_at(at, phrases))
    }

    /// Returns the words between two positions as written, cut where a position is inside a
    /// word: what stands between the end of one hit and the start of the next.
    pub(crate) fn between(&self, from: usize, to: usize) -> Vec<(&Token<'a>, &'a str)> {
        let Some((first, from_byte)) = self.after(from) else {
            return Vec::new();
        };
        let (last, to_byte) =
            self.letters
                .get(to)
                .map_or((self.tokens.len(), 0), |letter| {
                    let is_start = self.begins_word(to);
                    (letter.token, if is_start { 0 } else { letter.byte })
                });
        let tokens = self
            .tokens
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(n, _)| *n <= last);
        tokens
            .filter_map(|(n, token)| {
                let start = if n == first { from_byte } else { 0 };
                let end = if n == last {
                    to_byte
                } else {
                    token.word.text.len()
                };
                let text = token
                    .word
                    .text
                    .get(start..end)
                    .filter(|text| !text.is_empty())?;
                Some((token, text))
            })
            .collect()
    }

    /// Returns the word and byte just after the letter before `at`.
    fn after(&self, at: usize) -> Option<(usize, usize)> {
        match at.checked_sub(1) {
            Some(before) => self.letters.get(before).map(|l| (l.token, l.byte_end)),
            None => (!self.tokens.is_empty()).then_some((0, 0)),
        }
    }

    /// Returns the whole words that a range touches, joined by single spaces, without what
    /// hangs loose at either end.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        let words: Vec<&str> = self
            .touched(range)
            .iter()
            .map(|token| token.word.text.as_str())
            .collect();
        words.join(" ")
    }

    /// Returns the share of a range's letters that are capitals.
    pub(crate) fn capitals(&self, range: Range<usize>) -> f32 {
        let text = self.text(range);
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        letters().filter(|c| c.is_uppercase()).count() as f32
            / letters().count().max(1) as f32
    }

    /// Returns the place of a range, for a fact.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<Span> {
        let tokens = self.touched(range.clone());
        let page = tokens.first()?.page;
        let on_page = || tokens.iter().filter(|token| token.page == page);
        let rect = on_page()
            .filter_map(|token| token.word.rect)
            .reduce(Rect::union);
        Some(Span {
            page,
            rect,
            quote: self.text(range),
        })
    }

    /// Returns the least confidence of the words a range touches; 1 for none.
    pub(crate) fn confidence(&self, range: Range<usize>) -> f32 {
        let words = self.touched(range);
        words
            .iter()
            .map(|token| token.word.confidence.get())
            .fold(1.0, f32::min)
    }

    /// Returns the words from the one that holds the first letter to the one that holds the last.
    fn touched(&self, range: Range<usize>) -> &[Token<'a>] {
        let token = |at: usize| self.letters.get(at).map(|letter| letter.token);
        let first = token(range.start);
        let last = range.end.checked_sub(1).and_then(token);
        match (first, last) {
            (Some(first), Some(last)) => {
                self.tokens.get(first..=last).unwrap_or_default()
            }
            _ => &[],
        }
    }
}

impl Hit {
    /// Tells whether hardly a letter of it is another: `sebagaimana telah diubah` is three
    /// letters from `sebagaimana terlampir`.
    pub(crate) fn is_nearly_exact(&self) -> bool {
        /// Cost by letter, chosen by hand.
        const NEARLY_EXACT: f32 = 0.06;
        self.cost <= NEARLY_EXACT
    }

    /// Tells whether this reading of the same place is better: cheaper, or as cheap and longer.
    pub(crate) fn beats(&self, other: &Self) -> bool {
        /// Below this, a difference in cost by letter tells nothing: half a look-alike in 16.
        const SAME: f32 = 0.0125;
        let difference = self.cost - other.cost;
        difference < -SAME || (difference <= SAME && self.end > other.end)
    }

    /// Returns the range of letters.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::Line;

    /// Makes a page of plain text.
    pub(crate) fn page(text: &str) -> Page {
        let lines = text.lines().map(Line::plain).collect();
        Page {
            origin: TextOrigin::Layer,
            lines,
            ..Page::empty(1, None)
        }
    }

    #[test]
    fn phrases_are_found_over_gaps_and_lines() {
        let page = page("PERATURAN\nBUPATI X\nNOMOR 5 TAHUN2021 TENT ANG");
        let stream = Stream::new([&page]);
        let hit = |words: &str| stream.find(0..stream.len(), &[words.into()]).unwrap();
        assert_eq!(
            stream.text(hit("peraturan bupati").range()),
            "PERATURAN BUPATI"
        );
        assert_eq!(stream.text(hit("tentang").range()), "TENT ANG");
        let between = stream.between(hit("nomor").end, hit("tahun").start);
        assert_eq!(
            between.iter().map(|(_, text)| *text).collect::<Vec<_>>(),
            ["5"]
        );
        let after = stream.between(hit("tahun").end, hit("tentang").start);
        assert_eq!(
            after.iter().map(|(_, text)| *text).collect::<Vec<_>>(),
            ["2021"]
        );
    }

    #[test]
    fn words_without_letters_are_kept_between() {
        let page = page("NOMOR : ..... TAHUN");
        let stream = Stream::new([&page]);
        let year = stream.find(0..stream.len(), &["tahun".into()]).unwrap();
        let text: Vec<&str> = stream
            .between(5, year.start)
            .iter()
            .map(|(_, text)| *text)
            .collect();
        assert_eq!(text, [":", "....."]);
    }

    #[test]
    fn lines_and_words_know_their_ends() {
        let page = page("A B\n...\nCC D");
        let stream = Stream::new([&page]);
        assert_eq!(stream.line_starts(0..9).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(stream.word_starts(0..5).collect::<Vec<_>>(), [0, 1, 2, 4]);
        assert_eq!(
            (stream.line_end(0), stream.line_end(4), stream.word_end(2)),
            (2, 5, 4)
        );
        assert_eq!((stream.line_start(1), stream.line_start(4)), (0, 2));
        assert_eq!(stream.span(2..4).unwrap().quote, "CC");
    }
}
