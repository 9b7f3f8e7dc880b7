//! The day beside a place: `Lubuk Basung, 20 Maret 2017` at the head of a letter or above who
//! signs it; letters of ministries print the day alone, at the end of the line of the number.

mod evidence;

pub(crate) use evidence::{Beside, Evidence, Where};

use super::calendar;
use super::date::Zone;
use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::{Phrase, fold_letter};
use crate::lexicon::region::Regions;
use crate::model::{Date, Rect};
use std::ops::Range;

/// Lines from the top of a page among which a letter's `Nomor`, `Hal` and `Kepada` stand; a
/// letterhead has at most 8, the head 12 more.
const HEAD_LINES: usize = 24;
/// How many of them make a letter's head.
const MARKS: usize = 2;
/// Letters below the day within which the office of who signs begins: two lines.
const TO_OFFICE: usize = 70;
/// Letters from the top of a page that are a letterhead with its address.
const LETTERHEAD: usize = 400;
/// Words of the longest name of a place.
const PLACE_WORDS: usize = 3;
/// Letters of the shortest.
const PLACE_LETTERS: usize = 3;
/// A gap so many times as wide as the words are high parts two blocks of a line.
const GAP: f32 = 1.2;

/// A day found, with its letters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) date: Date,
    pub(crate) range: Range<usize>,
    /// What had to be repaired to read it.
    pub(crate) repair: f32,
    pub(crate) evidence: Evidence,
}

/// Finds the day the paper was made on.
pub(crate) fn find(
    stream: &Stream,
    grammar: &Grammar,
    regions: &Regions,
) -> Option<Found> {
    let reader = Reader {
        stream,
        grammar,
        regions,
    };
    let mut all: Vec<Found> = Vec::new();
    for sheet in sheets(stream) {
        let head = reader.head(sheet.clone());
        for line in stream.line_starts(sheet.clone()) {
            all.extend(reader.on_line(line, &sheet, &head));
        }
    }
    let places = || all.iter().filter(|f| f.evidence.beside == Beside::Place);
    let is_only = places().all(|f| places().all(|other| other.date == f.date));
    let ranks = [
        (Beside::Place, Where::Head),
        (Beside::Number, Where::Head),
        (Beside::Place, Where::Signer),
        (Beside::Label, Where::Head),
        (Beside::Nothing, Where::Head),
        (Beside::Place, Where::Elsewhere),
    ];
    let best = ranks.iter().find_map(|rank| {
        all.iter()
            .find(|f| (f.evidence.beside, f.evidence.place) == *rank)
    })?;
    let mut best = best.clone();
    best.evidence.is_only = is_only;
    Some(best)
}

/// Returns the letters of each page.
fn sheets(stream: &Stream) -> Vec<Range<usize>> {
    let mut sheets: Vec<(u32, Range<usize>)> = Vec::new();
    for line in stream.line_starts(0..stream.len()) {
        let Some(page) = stream.token(line).map(|token| token.page) else {
            continue;
        };
        let end = stream.line_end(line);
        match sheets.last_mut() {
            Some((last, range)) if *last == page => range.end = end,
            _ => sheets.push((page, line..end)),
        }
    }
    sheets.into_iter().map(|(_, range)| range).collect()
}

struct Reader<'s, 'a> {
    stream: &'s Stream<'a>,
    grammar: &'s Grammar,
    regions: &'s Regions,
}

impl Reader<'_, '_> {
    /// Returns the letters of the head of a letter; none where the page is no letter's first.
    fn head(&self, sheet: Range<usize>) -> Range<usize> {
        let words = &self.grammar.letter;
        let lists = [
            &words.number,
            &words.subject,
            &words.addressee,
            &words.marks,
        ];
        let begins = |at: usize, phrases: &[Phrase]| {
            let hit = self.stream.any_at(at, phrases)?;
            self.stream.begins_word(hit.end).then_some(())
        };
        let lines = self.stream.line_starts(sheet.clone()).take(HEAD_LINES);
        let marks: Vec<(usize, usize)> = lines
            .filter_map(|at| {
                let which = lists.iter().position(|list| begins(at, list).is_some())?;
                Some((which, at))
            })
            .collect();
        let mut kinds: Vec<usize> = marks.iter().map(|(which, _)| *which).collect();
        kinds.sort_unstable();
        kinds.dedup();
        match marks.last() {
            Some((_, last)) if kinds.len() >= MARKS => {
                sheet.start..self.stream.line_end(*last)
            }
            _ => sheet.start..sheet.start,
        }
    }

    /// Reads the last day of a line, if what stands around it makes it the paper's.
    fn on_line(
        &self,
        line: usize,
        sheet: &Range<usize>,
        head: &Range<usize>,
    ) -> Option<Found> {
        let stream = self.stream;
        let zone = Zone::new(stream, line, stream.line_end(line) - line);
        let mut dates = calendar::dates(&zone.text, self.grammar).into_iter().rev();
        dates.find_map(|(date, at, repair)| {
            let range = zone.letters(at.clone());
            let after = zone.text.get(at.end..)?;
            if !is_end(after) && !is_apart(stream, range.end) {
                return None;
            }
            let before = zone.text.get(..at.start)?.trim_end();
            let (beside, place) = self.beside(&zone, line, before)?;
            let place_is_known =
                place.is_some_and(|name| self.is_known(&name, sheet, &range));
            let is_head = head.contains(&line);
            let position = match is_head {
                true => Where::Head,
                false if self.signs(range.end) => Where::Signer,
                false => Where::Elsewhere,
            };
            let evidence = Evidence {
                beside,
                place: position,
                is_known_place: place_is_known,
                number: numbered(before, date),
                is_only: false,
            };
            Some(Found {
                date,
                range,
                repair,
                evidence,
            })
        })
    }

    /// Tells what stands before a day, and the place's letters where it is one.
    fn beside(
        &self,
        zone: &Zone,
        line: usize,
        before: &str,
    ) -> Option<(Beside, Option<Vec<u8>>)> {
        if before.is_empty() {
            return Some(match self.place_above(line) {
                Some(place) => (Beside::Place, Some(place)),
                None => (Beside::Nothing, None),
            });
        }
        if let Some(place) = self.place(zone, before) {
            return Some((Beside::Place, Some(place)));
        }
        let words = &self.grammar.letter;
        let number = self.stream.any_at(line, &words.number);
        let number = number.or_else(|| {
            self.stream
                .exact_at(line, &self.grammar.number_short)
                .filter(|hit| self.stream.begins_word(hit.end))
        });
        let has_value = before.contains('/') && before.ends_with(char::is_alphanumeric);
        if number.is_some() && has_value {
            return Some((Beside::Number, None));
        }
        let label = self.stream.any_at(line, &words.date)?;
        let rest = fold(before).len().saturating_sub(label.end - line);
        (rest == 0).then_some((Beside::Label, None))
    }

    /// Reads the place on the line above where that gives the day of the Islamic calendar:
    /// `Jepara, 26 Rabiul Awwal 1440 H` / `20 Januari 2019 M`.
    fn place_above(&self, line: usize) -> Option<Vec<u8>> {
        let above = self.stream.line_start(line.checked_sub(1)?);
        let zone = Zone::new(self.stream, above, line - above);
        let comma = zone.text.find(',')?;
        let day = zone.text.get(comma + 1..)?.trim();
        let is_islamic = day.ends_with('H') && day.contains(|c: char| c.is_ascii_digit());
        is_islamic.then(|| self.place(&zone, zone.text.get(..=comma)?))?
    }

    /// Reads the name of a place that ends with a comma and is set off from what is before it.
    fn place(&self, zone: &Zone, before: &str) -> Option<Vec<u8>> {
        let named = before.strip_suffix([',', '.', ';'])?.trim_end();
        let words: Vec<&str> = named.split_whitespace().collect();
        let names = words.iter().rev().take_while(|word| self.is_name(word));
        let count = names.take(PLACE_WORDS).count();
        (1..=count).find_map(|count| {
            let (rest, place) = words.split_at_checked(words.len() - count)?;
            let place = place.join(" ");
            let start = named.len().checked_sub(place.len())?;
            let at = zone.letters(start..start).start;
            let is_set_off = match rest.last() {
                None => true,
                Some(last) => {
                    last.contains(|c: char| c.is_ascii_digit() || c == '/')
                        || last.ends_with([':', ')'])
                        || is_apart(self.stream, at)
                }
            };
            is_set_off.then(|| fold(&place))
        })
    }

    /// Tells whether a word may be one of a place's name.
    fn is_name(&self, word: &str) -> bool {
        let folded = fold(word);
        let is_other = |phrases: &[Phrase]| phrases.iter().any(|p| p.letters() == folded);
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || "-'’.".contains(c))
            && folded.len() >= PLACE_LETTERS
            && !is_other(&self.grammar.weekdays)
            && !is_other(&self.grammar.letter.date)
            && !self.grammar.months.iter().any(|month| is_other(month))
    }

    /// Tells whether a place is in the list of governments, or stands in the letterhead, too.
    fn is_known(&self, name: &[u8], sheet: &Range<usize>, own: &Range<usize>) -> bool {
        let listed = self.regions.names().iter();
        if listed
            .map(|region| region.words.letters())
            .any(|l| l == name)
        {
            return true;
        }
        let top = sheet.start..(sheet.start + LETTERHEAD).min(sheet.end);
        let own_name = own.start.saturating_sub(name.len());
        let before = self.stream.folded(top.start..top.end.min(own_name));
        let after = self.stream.folded(own.end.min(top.end)..top.end);
        let holds = |letters: &[u8]| letters.windows(name.len()).any(|part| part == name);
        holds(before) || holds(after)
    }

    /// Tells whether the office of one who signs begins just below.
    fn signs(&self, end: usize) -> bool {
        let words = &self.grammar.signature;
        let reach = (end + TO_OFFICE).min(self.stream.len());
        self.stream.word_starts(end..reach).any(|at| {
            let is_acting = words.acting.iter().any(|acting| {
                let is_word = |letters: &[u8]| {
                    self.stream.folded(at..at + letters.len()) == letters
                        && self.stream.begins_word(at + letters.len())
                };
                is_word(acting.words.letters())
            });
            let office = || {
                [&words.offices, &words.parties].into_iter().any(|list| {
                    let hit = self.stream.any_at(at, list);
                    hit.is_some_and(|hit| hit.is_nearly_exact())
                })
            };
            self.stream.is_capital(at) && (is_acting || office())
        })
    }
}

/// Tells whether nothing follows a day that belongs to it: the end of the line, or the letter
/// for its calendar (`20 Januari 2019 M`).
fn is_end(after: &str) -> bool {
    after.chars().filter(|c| c.is_alphanumeric()).count() <= 1
}

/// Tells whether a wide gap parts the word at a letter from the one before it.
fn is_apart(stream: &Stream, at: usize) -> bool {
    let place = |at: Option<usize>| stream.token(at?).and_then(|token| token.word.rect);
    let (Some(left), Some(right)) = (place(at.checked_sub(1)), place(Some(at))) else {
        return stream.begins_line(at);
    };
    let (low, high) = (Rect::height(left), Rect::height(right));
    stream.begins_line(at) || right.x0 - left.x1 > GAP * low.min(high)
}

/// Tells whether the month and the year that a number ends with (`/08/2020`, `/VIII/2020`) are
/// those of a day. A Roman month of another length says nothing: OCR loses strokes.
fn numbered(before: &str, date: Date) -> Option<bool> {
    let parts: Vec<&str> = before
        .split('/')
        .map(|part| part.split_whitespace().next().unwrap_or_default())
        .collect();
    let [.., month, year] = parts.as_slice() else {
        return None;
    };
    let year: i16 = year.get(..4).unwrap_or(year).parse().ok()?;
    let is_own_year = year == date.year();
    let month = match month.trim_start_matches('0').parse::<i8>() {
        Ok(month) => Some(month),
        Err(_) => calendar::roman(month).filter(|m| *m == date.month() || !is_own_year),
    };
    if !(1945..=2100).contains(&year) {
        return None;
    }
    match month.filter(|month| (1..=12).contains(month)) {
        Some(month) => Some(is_own_year && month == date.month()),
        None => (!is_own_year).then_some(false),
    }
}

fn fold(text: &str) -> Vec<u8> {
    text.chars().filter_map(fold_letter).collect()
}

#[cfg(test)]
mod tests;
