//! Which words of a page decide what a document is: its number and year, its dates, the names
//! under its signatures. The reader looks at these twice, so there may be few of them: a cited
//! law, a row of a table and running text are none.

use super::text::fuzzy;
use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::{Phrase, fold_letter};
use crate::model::{Line, LinePart, Rect, Word};
use std::ops::Range;

/// A line with more words is running text, where numbers and dates are other documents'.
/// `KEPUTUSAN BUPATI X NOMOR 188.45/1/DINAS/2025 TAHUN 2025` has eight.
const MAX_WORDS: usize = 10;
/// A white gap of so many heights of a line parts what stands side by side: the number of a
/// letter and its date.
const GAP: f32 = 2.5;
/// Words after `NOMOR` that may belong to a number, spaces around its slashes included.
const MAX_NUMBER: usize = 9;
/// Words of a label that stands by itself, its number behind a gap: `Nomor SOP`.
const MAX_LABEL: usize = 3;
/// Letters of a word that is no part of a number: `Yth`, where offices have `/Kec/`.
const MIN_WORD: usize = 3;
/// Letters of a plain number run together with what stands around it.
const MAX_RUN_ON: usize = 4;
/// A date stands in a line with so few words: `Hari/Tanggal : Sabtu, 14 November 2020`. In
/// longer ones it is part of a sentence, unless they open with words for a date.
const MAX_DATED: usize = 6;
/// Words of a date: day, month, year and a stroke of the pen.
const MAX_DATE: usize = 4;
/// Confidence of a word from which a name is not looked at again.
const SURE_NAME: f32 = 0.97;
/// Words of a name with its titles.
const MAX_NAME: usize = 9;
/// Lines above `NIP` among which the name stands, a rank between them.
const ABOVE: usize = 3;
/// Words in capitals are set as a heading.
const IN_CAPITALS: f32 = 0.8;

/// What a part decides, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Decides {
    Number,
    Date,
    Name,
}

/// Returns the parts of a page that decide, one a line and the most important first: numbers
/// before dates before names, higher lines before lower ones. A letter's number and its date
/// on the same line are one part, with what stands between.
pub fn deciding(lines: &[Line], grammar: &Grammar) -> Vec<LinePart> {
    let mut found: Vec<(Decides, LinePart)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let seen = Seen::new(line);
        let part = |words: Range<usize>| LinePart { line: at, words };
        for segment in segments(&line.words) {
            if let Some(words) = seen.number(segment.clone(), grammar) {
                found.push((Decides::Number, part(words)));
            } else if let Some(words) = seen.date(segment.clone(), grammar) {
                found.push((Decides::Date, part(words)));
            } else if let Some(nip) = seen.id_number(segment, grammar) {
                let name = name_above(lines, at, nip, grammar);
                found.extend(name.map(|name| (Decides::Name, name)));
            }
        }
    }
    found.sort_by_key(|(_, part)| (part.line, part.words.start));
    let mut lines: Vec<(Decides, LinePart)> = Vec::new();
    for (decides, part) in found {
        match lines.last_mut() {
            Some((first, last)) if last.line == part.line => {
                last.words.end = last.words.end.max(part.words.end);
                *first = decides.min(*first);
            }
            _ => lines.push((decides, part)),
        }
    }
    lines.sort_by_key(|(decides, part)| (*decides, part.line));
    lines.into_iter().map(|(_, part)| part).collect()
}

/// Returns the runs of words without a wide gap between them.
fn segments(words: &[Word]) -> Vec<Range<usize>> {
    let height = words.iter().filter_map(|word| word.rect);
    let height = height.map(Rect::height).fold(0.0, f32::max);
    let mut segments = Vec::new();
    let mut start = 0;
    for (n, pair) in words.windows(2).enumerate() {
        if let [Some(left), Some(right)] = [0, 1].map(|i| pair.get(i)?.rect)
            && right.x0 - left.x1 > GAP * height
        {
            segments.push(start..n + 1);
            start = n + 1;
        }
    }
    segments.push(start..words.len());
    segments
}

/// A line and the letters of its words, folded.
struct Seen<'a> {
    words: &'a [Word],
    folded: Vec<Vec<u8>>,
}

impl<'a> Seen<'a> {
    fn new(line: &'a Line) -> Self {
        let folded = |word: &Word| word.text.chars().filter_map(fold_letter).collect();
        Self {
            words: &line.words,
            folded: line.words.iter().map(folded).collect(),
        }
    }

    /// Returns the words that tell the document's number, for which a segment has the label.
    /// They may stand behind a gap, as in the head of a letter.
    fn number(&self, segment: Range<usize>, grammar: &Grammar) -> Option<Range<usize>> {
        let is_label =
            |at: &usize| self.begins(*at, grammar) || self.is(*at, &grammar.number_short);
        let label = segment.clone().find(is_label)?;
        let is_first = label == segment.start;
        let are_capitals = self.are_capitals(segment.clone());
        let colon = (label..self.words.len().min(label + 3)).find(|n| self.has_colon(*n));
        let is_alone = segment.len() <= MAX_LABEL
            && is_first
            && !segment.clone().skip(1).any(|n| self.has_digit(n));
        let is_short = self.is(label, &grammar.number_short);
        let is_heading = !is_short
            && segment.len() <= MAX_WORDS
            && (are_capitals || is_first && segment.len() < MAX_WORDS / 2);
        let is_labelled = colon.is_some() && (are_capitals || label <= segment.start + 1);
        if !(is_alone || is_heading || is_labelled)
            || !are_capitals && self.is_cited(&segment)
        {
            return None;
        }
        let is_glued = !is_short
            && self
                .after_label(label, grammar)
                .is_none_or(|rest| !rest.is_empty());
        let from = match colon {
            // `NOMOR15`: the label cannot be left out.
            _ if is_glued => label,
            Some(colon) if self.ends_in_colon(colon) => colon + 1,
            Some(colon) => colon,
            None if is_alone => segment.end,
            None => label + 1,
        };
        // In capitals gaps are spacing; elsewhere another matter stands behind them.
        let mut ends = segments(self.words).into_iter().map(|other| other.end);
        let end = match are_capitals {
            true => self.words.len(),
            false => ends.find(|end| *end > from)?,
        };
        let to = self.number_end(from..end, grammar);
        (from < to).then_some(from..to)
    }

    /// Returns where a number that begins some words ends: before a word that can be no part
    /// of one, as `Sifat` in the next column.
    fn number_end(&self, words: Range<usize>, grammar: &Grammar) -> usize {
        let (from, most) = (words.start, words.end.min(words.start + MAX_NUMBER));
        let is_foreign = |at: &usize| {
            let text = self.words.get(*at).map_or("", |word| word.text.as_str());
            let bare = text.trim_end_matches(['.', ',', ':', ';']);
            bare.chars().count() >= MIN_WORD
                && bare.chars().all(char::is_alphabetic)
                && !self.is(*at, &grammar.year)
        };
        let begun = (from..most).find(|at| self.has_digit(*at)).unwrap_or(from);
        (begun..most).find(is_foreign).unwrap_or(most)
    }

    /// Returns the words that tell a date: from the day to the year around a month's name, or
    /// what follows `tanggal`.
    fn date(&self, segment: Range<usize>, grammar: &Grammar) -> Option<Range<usize>> {
        let is_short = segment.len() <= MAX_DATED || self.opens(&segment, grammar);
        if segment.len() > MAX_WORDS || !is_short {
            return None;
        }
        let label = segment
            .clone()
            .find(|at| self.is(*at, &grammar.letter.date));
        let month = segment.clone().find(|at| {
            let letters = self.folded.get(*at).map_or(&[][..], Vec::as_slice);
            grammar
                .months
                .iter()
                .flatten()
                .any(|month| names(letters, month))
        });
        let span = match (month, label) {
            (Some(month), _) => {
                let day = if self.has_digit(month) {
                    month
                } else {
                    month.saturating_sub(1)
                };
                let from = day.max(segment.start);
                let has_label = self.is(month + 1, &grammar.year);
                from..self.words.len().min(month + 2 + usize::from(has_label))
            }
            (None, Some(label)) => {
                let has_letters =
                    |n: &usize| self.folded.get(*n).is_some_and(|f| !f.is_empty());
                let from = (label + 1..self.words.len()).find(has_letters)?;
                from..self.words.len().min(from + MAX_DATE)
            }
            (None, None) => return None,
        };
        span.clone().any(|n| self.has_digit(n)).then_some(span)
    }

    /// Tells whether a segment begins with words that say what a date is for.
    fn opens(&self, segment: &Range<usize>, grammar: &Grammar) -> bool {
        let words = self.folded.get(segment.clone()).unwrap_or_default();
        let letters: Vec<u8> = words.iter().flatten().copied().collect();
        let opens = |words: &Phrase| fuzzy::prefix(&letters, words.letters()).is_some();
        grammar.dates.iter().any(|date| opens(&date.words))
    }

    /// Returns the box of an official's number.
    fn id_number(&self, segment: Range<usize>, grammar: &Grammar) -> Option<Rect> {
        let words = &grammar.signature.id_numbers;
        let first = self.folded.get(segment.start)?;
        let is_one = words.iter().any(|words| first.starts_with(words.letters()));
        rect(self.words.get(segment)?).filter(|_| is_one)
    }

    /// Tells whether a word is the label of a number, with or without something glued to it.
    fn begins(&self, at: usize, grammar: &Grammar) -> bool {
        self.after_label(at, grammar).is_some() || self.is_run_on(at, grammar)
    }

    /// Returns what is glued to the label of a number: nothing, or what begins with a digit.
    fn after_label(&self, at: usize, grammar: &Grammar) -> Option<&[u8]> {
        let letters = self.folded.get(at)?;
        grammar.number.iter().find_map(|label| {
            let hit = fuzzy::prefix(letters, label.letters())?;
            let rest = letters.get(hit.len..)?;
            rest.first().is_none_or(u8::is_ascii_digit).then_some(rest)
        })
    }

    /// Tells whether a word is a label, a number that was misread and `TAHUN`, run together.
    fn is_run_on(&self, at: usize, grammar: &Grammar) -> bool {
        let letters = self.folded.get(at).map_or(&[][..], Vec::as_slice);
        let mut labels = grammar.number.iter().map(Phrase::letters);
        labels.any(|label| {
            letters.strip_prefix(label).is_some_and(|rest| {
                let years = || grammar.year.iter().map(Phrase::letters);
                (1..=MAX_RUN_ON).any(|n| {
                    let rest = rest.get(n..).unwrap_or_default();
                    years().any(|year| rest.starts_with(year))
                })
            })
        })
    }

    /// Tells whether a word is one of some phrases.
    fn is(&self, at: usize, phrases: &[Phrase]) -> bool {
        let letters = self.folded.get(at);
        letters.is_some_and(|letters| phrases.iter().any(|p| p.letters() == letters))
    }

    fn has_digit(&self, at: usize) -> bool {
        let letters = self.folded.get(at);
        letters.is_some_and(|letters| letters.iter().any(u8::is_ascii_digit))
    }

    fn has_colon(&self, at: usize) -> bool {
        let starts = |word: &Word| word.text.starts_with(':');
        self.ends_in_colon(at) || self.words.get(at).is_some_and(starts)
    }

    fn ends_in_colon(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.text.ends_with(':'))
    }

    /// Tells whether a segment ends as the citation of a gazette in a list of laws does.
    fn is_cited(&self, segment: &Range<usize>) -> bool {
        let last = segment.clone().last().and_then(|n| self.words.get(n));
        last.is_some_and(|word| word.text.ends_with([';', ',', ')']))
    }

    fn are_capitals(&self, segment: Range<usize>) -> bool {
        let words = self.words.get(segment).unwrap_or_default();
        let letters = words.iter().flat_map(|word| word.text.chars());
        let (mut capital, mut all) = (0.0, 0.0);
        for letter in letters.filter(|c| c.is_alphabetic()) {
            all += 1.0;
            capital += f32::from(u8::from(letter.is_uppercase()));
        }
        capital > IN_CAPITALS * all
    }
}

fn rect(words: &[Word]) -> Option<Rect> {
    words
        .iter()
        .filter_map(|word| word.rect)
        .reduce(Rect::union)
}

/// Tells whether letters are a month's name, to which day and year may be glued.
fn names(letters: &[u8], month: &Phrase) -> bool {
    let name = letters.iter().position(|c| !c.is_ascii_digit());
    let name = name.and_then(|at| letters.get(at..)).unwrap_or_default();
    let hit = fuzzy::prefix(name, month.letters());
    hit.is_some_and(|hit| {
        let rest = name.get(hit.len..).unwrap_or_default();
        rest.iter().all(u8::is_ascii_digit)
    })
}

/// Returns the words above an official's number that are the name, if the reader was not sure
/// of one of them: names are print, and a sure reading of print is right.
fn name_above(
    lines: &[Line],
    below: usize,
    nip: Rect,
    grammar: &Grammar,
) -> Option<LinePart> {
    let signature = &grammar.signature;
    for line in (below.saturating_sub(ABOVE)..below).rev() {
        let above = lines.get(line)?;
        let Some(words) = under(above, nip) else {
            continue;
        };
        let seen = Seen::new(above);
        let folded = seen.folded.get(words.clone())?;
        let begins = |letters: &[u8], phrase: &Phrase| {
            fuzzy::prefix(letters, phrase.letters()).map(|hit| hit.len)
        };
        let first = folded.first()?;
        let is_rank = |rank| begins(first, rank) == Some(first.len());
        // Strokes may be read as letters before the rank: its grade tells it then.
        let is_grade = |grade| {
            let from = |at| folded.get(at..).unwrap_or_default().concat();
            (1..folded.len()).any(|at| begins(&from(at), grade).is_some())
        };
        if signature.ranks.iter().any(is_rank) || signature.grades.iter().any(is_grade) {
            continue;
        }
        let named = seen.words.get(words.clone())?;
        let is_doubtful = named.iter().any(|word| word.confidence.get() < SURE_NAME);
        let is_name = is_doubtful && words.len() <= MAX_NAME;
        return is_name.then_some(LinePart { line, words });
    }
    None
}

/// Returns the segment of a line that stands over a box.
fn under(line: &Line, nip: Rect) -> Option<Range<usize>> {
    segments(&line.words).into_iter().find(|segment| {
        let rect = rect(line.words.get(segment.clone()).unwrap_or_default());
        rect.is_some_and(|rect| rect.x0 < nip.x1 && nip.x0 < rect.x1)
    })
}

#[cfg(test)]
mod tests;
