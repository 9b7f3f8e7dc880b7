//! The block that the title of a record or plan is set in: the words of its kind and the lines
//! below that are set like them, down to the year it is for.

use super::Parts;
use crate::classify::kind::footer::begins_footer;
use crate::classify::kind::heading::Heading;
use crate::classify::read::{reference, years};
use crate::model::Rect;
use std::ops::Range;

/// A block of capitals goes on while so much of a line is set in them.
const IN_CAPITALS: f32 = 0.7;
/// A line of a title has so many of its words begin with a capital or a figure.
const TITLED: f32 = 0.6;
/// Lines of a title are at most so many heights of a line apart; below the kind, on a cover,
/// so many.
const NEXT_LINE: f32 = 1.9;
const COVER_LINE: f32 = 4.0;
/// Lines of a title.
const LINES: usize = 8;
/// Lines between a block and the year below that still belongs to it: office, government.
const TO_YEAR: usize = 4;
/// Letters of a title; the longest of a report in the corpora has 200.
pub(super) const LONGEST: usize = 400;
/// Letters beyond those of the kind that make no title.
const BARE: usize = 3;
/// Letters of a word before the kind that is no stroke of a coat of arms.
const WORD: usize = 3;
/// Heights that one line of a title has of the one above: of capitals, of small letters.
const OF_CAPITALS: Range<f32> = 0.45..2.0;
const OF_LETTERS: Range<f32> = 0.8..1.25;

/// A line that may belong to a title.
#[derive(Debug)]
struct TitleLine {
    at: usize,
    end: usize,
    rect: Option<Rect>,
    height: f32,
}

/// The lines of a title, each as far as its column goes.
#[derive(Debug, Clone)]
pub(super) struct Block {
    lines: Vec<Range<usize>>,
    /// Where the words of the kind end.
    name_end: usize,
}

impl Block {
    /// Returns the lines.
    pub(super) fn lines(&self) -> &[Range<usize>] {
        &self.lines
    }

    /// Returns where it begins and ends.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.lines.first().map_or(self.name_end, |line| line.start);
        start..self.lines.last().map_or(start, |line| line.end)
    }

    /// Tells whether it holds hardly more than the words of the kind.
    pub(super) fn is_bare(&self) -> bool {
        self.range().end.saturating_sub(self.name_end) < BARE
    }
}

impl Parts<'_> {
    /// Returns the kind's line and the lines below it that are set like it, in capitals or in
    /// letters of its height, close below one another; down to the year, where one follows.
    pub(super) fn block(&self, heading: &Heading) -> Block {
        let block = self.set_alike(heading, false);
        match self.ends_with_year(&block) {
            true => block,
            false => self.until_year(&block).unwrap_or(block),
        }
    }

    /// Returns the [`block`](Self::block) with the names of offices and governments below that
    /// are set like it; a year closes it before them.
    pub(super) fn block_with_office(&self, heading: &Heading, block: Block) -> Block {
        if self.ends_with_year(&block) {
            return block;
        }
        let more = self.set_alike(heading, true);
        match more.range().end > block.range().end {
            true => more,
            false => block,
        }
    }

    /// Returns where the words of the kind's line begin that belong to it: `BUKU PROFIL ANAK`.
    fn block_start(&self, heading: &Heading) -> usize {
        let stream = self.head;
        let (at, line) = (heading.at.start, stream.line_start(heading.at.start));
        let is_marked = heading.draft.is_some() || heading.attachment.is_some();
        if line == at || stream.is_long_line(at) || is_marked {
            return at;
        }
        let in_capitals = stream.capitals(heading.at.range()) >= IN_CAPITALS;
        let is_word = |start: usize| {
            let range = start..stream.word_end(start);
            let letters = stream.folded(range.clone());
            letters.len() >= WORD
                && letters.iter().all(u8::is_ascii_alphabetic)
                && stream.is_capital(start)
                && (stream.capitals(range) >= IN_CAPITALS) == in_capitals
        };
        let are_words = stream.word_starts(line..at).all(is_word);
        match are_words && self.column_end(line) > at {
            true => line,
            false => at,
        }
    }

    /// Returns the lines that are set like the kind's, with those that name an office or without.
    fn set_alike(&self, heading: &Heading, with_office: bool) -> Block {
        let stream = self.head;
        let start = self.block_start(heading);
        let mut line = self.title_line(start);
        // The words of a long kind may stand on two lines.
        let end = match stream.line_end(start) < heading.at.end {
            true => line.end,
            false => line.end.max(heading.at.end),
        };
        let mut block = Block {
            lines: std::iter::once(start..end).collect(),
            name_end: heading.at.end,
        };
        if stream.is_long_line(start) {
            block.lines = std::iter::once(start..end.min(start + LONGEST)).collect();
            return block;
        }
        let in_capitals = stream.capitals(start..end) >= IN_CAPITALS;
        while block.lines.len() < LINES && !self.ends_with_year(&block) {
            let next = self.title_line(stream.line_end(line.at));
            // The kind's words alone are no title yet: a cover sets them apart.
            let is_bare = block.is_bare();
            let reach = match (is_bare && in_capitals, in_capitals) {
                (true, _) => is_near(&line, &next, COVER_LINE, &OF_CAPITALS),
                (_, true) => is_near(&line, &next, NEXT_LINE, &OF_CAPITALS),
                (_, false) => is_near(&line, &next, NEXT_LINE, &OF_LETTERS),
            };
            let is_same_case =
                !in_capitals || stream.capitals(next.at..next.end) >= IN_CAPITALS;
            let is_office =
                self.is_letterhead(next.at) || self.office_at(next.at).is_some();
            let goes_on = reach.unwrap_or(in_capitals)
                && is_same_case
                && !self.is_over(start, &next)
                && (!is_office || with_office && is_alike(&line, &next));
            if next.at >= stream.len() || !goes_on && next.at >= heading.at.end {
                break;
            }
            block.lines.push(next.at..next.end);
            line = next;
        }
        block
    }

    /// Returns a block down to the year that the lines below lead to: `DINAS SOSIAL`,
    /// `KABUPATEN BANTUL`, `TAHUN 2024`.
    fn until_year(&self, block: &Block) -> Option<Block> {
        let stream = self.head;
        let start = block.range().start;
        let last = block.lines.last().filter(|_| !stream.is_long_line(start))?;
        let mut line = self.title_line(last.start);
        let mut longer = block.clone();
        for _ in 0..TO_YEAR {
            let next = self.title_line(stream.line_end(line.at));
            let is_near = is_near(&line, &next, NEXT_LINE, &OF_CAPITALS);
            if next.at >= stream.len()
                || !is_near.unwrap_or(true)
                || !self.is_titled(&next)
                || self.is_over(start, &next)
            {
                return None;
            }
            longer.lines.push(next.at..next.end);
            if self.ends_with_year(&longer) {
                return Some(longer);
            }
            line = next;
        }
        None
    }

    /// Tells whether a line set like a block stands right above it and names neither an office
    /// nor a government: the title may begin with it (`EVALUASI HASIL` above `RENCANA KERJA`).
    pub(super) fn has_words_above(&self, block: &Block) -> bool {
        let (stream, grammar) = (self.head, self.vocabulary.kinds.grammar());
        let start = block.range().start;
        let line_start = stream.line_start(start);
        let Some(above) = line_start.checked_sub(1).map(|at| stream.line_start(at))
        else {
            return false;
        };
        let (over, first) = (self.title_line(above), self.title_line(start));
        let is_beside = over
            .rect
            .zip(first.rect)
            .is_some_and(|(over, first)| over.x0.max(first.x0) < over.x1.min(first.x1));
        let levels = [&grammar.levels, &grammar.letterheads, &grammar.roles];
        let mut levels = levels.into_iter().flatten();
        let is_of_issuer = self.office_at(above).is_some()
            || levels.any(|level| stream.phrase_at(above, &level.words).is_some())
            || stream.any_at(above, &grammar.units).is_some();
        let case = |range: Range<usize>| stream.capitals(range) >= IN_CAPITALS;
        is_alike(&over, &first)
            && is_beside
            && !is_of_issuer
            && case(over.at..over.end) == case(first.at..first.end)
    }

    /// Tells whether the line right below a block tells the years in a sentence of its own: `untuk
    /// tahun yang berakhir sampai dengan 31 Desember 2023`.
    pub(super) fn has_years_below(&self, block: &Block) -> bool {
        let Some(last) = block.lines.last() else {
            return false;
        };
        let line = self.title_line(last.start);
        let next = self.title_line(self.head.line_end(last.start));
        let is_near = is_near(&line, &next, NEXT_LINE, &OF_CAPITALS);
        let words = self.head.text(next.at..next.end);
        let mut figures = words.split(|c: char| !c.is_ascii_digit());
        let is_year = |figures: &str| {
            let year = figures.parse::<i16>();
            year.is_ok_and(|year| reference::YEARS.contains(&year))
        };
        is_near == Some(true)
            && !self.is_over(block.range().start, &next)
            && figures.any(is_year)
    }

    /// Tells whether a block ends with the year it is for. The year of a day is none.
    pub(super) fn ends_with_year(&self, block: &Block) -> bool {
        let range = block.range();
        let (stream, grammar) = (self.head, self.vocabulary.kinds.grammar());
        let found = years::find(stream, grammar, range.clone())
            .filter(|found| found.range.end >= range.end)
            .or_else(|| years::last(stream, range.clone()));
        found.is_some_and(|found| {
            let before = stream.word_before(found.range.start);
            let is_day = before.filter(|&at| at >= range.start).is_some_and(|at| {
                let mut months = grammar.months.iter();
                months.any(|month| stream.is_word(at, month))
            });
            !is_day && reference::YEARS.contains(&found.years.from)
        })
    }

    fn title_line(&self, at: usize) -> TitleLine {
        let stream = self.head;
        let end = self.column_end(at);
        let words = stream.between(at, end);
        let rects = || words.iter().filter_map(|(token, _)| token.word.rect);
        let mut heights: Vec<f32> = rects().map(Rect::height).collect();
        heights.sort_by(f32::total_cmp);
        let height = heights.get(heights.len() / 2).copied();
        TitleLine {
            at,
            end,
            rect: rects().reduce(Rect::union),
            height: height.unwrap_or_default().max(1.0),
        }
    }

    /// Returns where a line is over, or its first column where a gap parts another one from it.
    pub(super) fn column_end(&self, at: usize) -> usize {
        let stream = self.head;
        let end = stream.line_end(at);
        let mut starts = stream.word_starts(at + 1..end);
        let gap = starts.find(|&word| self.head.begins_column(word));
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

    /// Tells whether the words of a line begin with capitals or figures, as those of a title do,
    /// and no sentence ends with it.
    fn is_titled(&self, line: &TitleLine) -> bool {
        let words = self.head.between(line.at, line.end);
        let begins = |(_, text): &&(_, &str)| {
            let first = text.chars().find(|c| c.is_alphanumeric());
            first.is_none_or(|c| c.is_uppercase() || c.is_ascii_digit())
        };
        let share =
            words.iter().filter(begins).count() as f32 / words.len().max(1) as f32;
        let last = words.last().map_or("", |(_, text)| text);
        share >= TITLED && !last.ends_with(['.', ',', ';'])
    }

    /// Tells whether what is no title any more begins at a line.
    fn is_over(&self, start: usize, line: &TitleLine) -> bool {
        let stream = self.head;
        if begins_footer(stream, line.at, self.vocabulary.kinds.grammar()) {
            return true;
        }
        let grammar = self.vocabulary.kinds.grammar();
        let next = line.at;
        let is_label = stream
            .between(next, line.end)
            .iter()
            .take(3)
            .any(|(_, text)| text.ends_with(':') || *text == ":");
        line.end - start > LONGEST
            || is_label
            || self.names_author(line)
            || stream.is_long_line(next)
            || stream.token(next).map(|t| t.page) != stream.token(start).map(|t| t.page)
            || stream.any_at(next, &grammar.body).is_some()
            || stream.any_at(next, &grammar.number).is_some()
            || stream.any_at(next, &grammar.lists.heads).is_some()
            || stream.is_word(next, &grammar.address)
    }

    /// Tells whether a line of a cover says who made it: `DISUSUN OLEH`, or `OLEH` alone.
    fn names_author(&self, line: &TitleLine) -> bool {
        let stream = self.head;
        let by = stream.any_at(line.at, &self.vocabulary.kinds.grammar().record.by);
        by.filter(|hit| hit.cost == 0.0).is_some_and(|hit| {
            hit.end >= line.end || stream.word_starts(hit.range()).count() > 1
        })
    }

    /// Tells whether the name of a government begins a line here.
    pub(super) fn is_letterhead(&self, at: usize) -> bool {
        let grammar = self.vocabulary.kinds.grammar();
        let mut words = grammar.letterheads.iter();
        words.any(|words| {
            let hit = self.head.phrase_at(at, &words.words);
            hit.is_some_and(|hit| hit.is_nearly_exact())
        })
    }
}

/// Tells whether a line stands within some heights below another and has a height like it;
/// `None` where there are no boxes.
fn is_near(
    above: &TitleLine,
    here: &TitleLine,
    reach: f32,
    heights: &Range<f32>,
) -> Option<bool> {
    let (rect, over) = (here.rect?, above.rect?);
    let height = above
        .height
        .max(here.height.min(above.height * heights.end));
    Some(
        rect.y0 - over.y1 < reach * height
            && heights.contains(&(here.height / above.height)),
    )
}

/// Tells whether a line is set like the one above: of its height, right below.
fn is_alike(above: &TitleLine, here: &TitleLine) -> bool {
    is_near(above, here, NEXT_LINE, &OF_LETTERS).unwrap_or(false)
}
