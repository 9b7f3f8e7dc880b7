//! Finds the heading: the words that name the kind, and where number, year and title stand
//! after them. Only what stands between the kind and `TENTANG` can be the document's own
//! number; all numbers further down belong to others.

use super::stream::{Hit, Stream};
use crate::framework::doctype::{
    DocType, DocTypes, Grammar, NumberStyle, Phrase, Sign, SignPlace,
};
use std::ops::Range;

/// A heading is over after so many letters at the latest (the longest in the corpora: 620).
const MAX_HEADING: usize = 1600;
/// Letters between the kind and `NOMOR`: the longest name of a ministry has 60.
const MAX_TO_NUMBER: usize = 110;
/// Letters between the kind and `TENTANG`.
const MAX_TO_ABOUT: usize = 200;
/// A title in the corpora has at most 420 letters.
const MAX_TITLE: usize = 700;
/// Words that may stand before the kind on its line: `LAMPIRAN IV :`, `SALINAN`, a stroke of
/// the coat of arms.
const MAX_BEFORE: usize = 3;
/// From this score on the first candidate is the heading; below, the best is.
const GOOD: f32 = 0.6;
/// A phrase this long may run into the next word (`TENTANGPERUBAHAN`); a shorter one may not,
/// or `DATA` would be found in `DATANG`.
const RUNS_ON: usize = 12;

/// Is a heading found, with the places of its parts.
#[derive(Debug, Clone)]
pub(crate) struct Heading<'d> {
    pub(crate) kind: &'d DocType,
    pub(crate) sign: &'d Sign,
    /// The words that name the kind.
    pub(crate) at: Hit,
    /// `RANCANGAN` before it.
    pub(crate) draft: Option<Hit>,
    /// `LAMPIRAN IV` before it.
    pub(crate) attachment: Option<Range<usize>>,
    /// `NOMOR`.
    pub(crate) number: Option<Hit>,
    /// `TAHUN`.
    pub(crate) year: Option<Hit>,
    /// `TENTANG`.
    pub(crate) about: Option<Hit>,
    /// The title's letters.
    pub(crate) title: Option<Range<usize>>,
    /// How much speaks for this being the heading, 0 to 1.
    pub(crate) score: f32,
}

impl Heading<'_> {
    /// Tells whether enough speaks for it.
    pub(crate) fn is_good(&self) -> bool {
        self.score >= GOOD
    }

    /// Returns where the kind's own words are over and a number, title or body begins.
    pub(crate) fn name_end(&self, stream: &Stream) -> usize {
        let next = self
            .number
            .or(self.year)
            .or(self.about)
            .map(|hit| hit.start);
        next.unwrap_or_else(|| stream.line_end(self.at.start))
    }

    /// Returns where the number's value stands.
    pub(crate) fn number_range(&self, stream: &Stream) -> Option<Range<usize>> {
        let number = self.number?;
        let next = self.year.or(self.about).map(|hit| hit.start);
        let line_end = stream.line_end(number.start);
        let end = next.filter(|_| self.year.is_some()).unwrap_or(line_end);
        let end = if end <= number.end {
            stream.line_end(end)
        } else {
            end
        };
        Some(number.end..next.map_or(end, |next| end.min(next)).max(number.end))
    }

    /// Returns where the year's value stands.
    pub(crate) fn year_range(&self, stream: &Stream) -> Option<Range<usize>> {
        let year = self.year?;
        let line_end = stream.line_end(year.end.saturating_sub(1));
        let end = if line_end <= year.end {
            stream.line_end(year.end)
        } else {
            line_end
        };
        let about = self.about.map_or(end, |about| about.start);
        Some(year.end..end.min(about).max(year.end))
    }
}

/// Finds the heading of a document.
pub(crate) fn find<'d>(stream: &Stream, types: &'d DocTypes) -> Option<Heading<'d>> {
    let finder = Finder {
        stream,
        types,
        grammar: types.grammar(),
        end: 0,
    };
    let end = finder.body_start();
    let finder = Finder { end, ..finder };
    let mut best: Option<Heading> = None;
    for at in stream.word_starts(0..end) {
        let Some(heading) = finder.candidate(at) else {
            continue;
        };
        if heading.is_good() {
            return Some(heading);
        }
        if best.as_ref().is_none_or(|best| heading.score > best.score) {
            best = Some(heading);
        }
    }
    best
}

/// What all the steps of one search share.
struct Finder<'s, 'a, 'd> {
    stream: &'s Stream<'a>,
    types: &'d DocTypes,
    grammar: &'d Grammar,
    /// Where the heading is over.
    end: usize,
}

impl<'d> Finder<'_, '_, 'd> {
    /// Returns where the body begins: `Menimbang`, a first article, or far enough.
    fn body_start(&self) -> usize {
        let stream = self.stream;
        let reach = stream.len().min(MAX_HEADING);
        let mut starts = stream
            .word_starts(0..reach)
            .filter(|&at| self.stream.may_begin(at));
        starts
            .find(|&at| at > 0 && stream.any_at(at, &self.grammar.body).is_some())
            .unwrap_or(reach)
    }

    /// Reads the heading that would begin with a kind's words here.
    fn candidate(&self, at: usize) -> Option<Heading<'d>> {
        let stream = self.stream;
        let line_start = stream.line_start(at);
        if !self.stream.is_long_line(at)
            && stream.word_starts(line_start..at).count() > MAX_BEFORE
        {
            return None;
        }
        let (kind, sign, hit) = self.sign_at(at, SignPlace::Heading)?;
        if self.is_cited(at) {
            return None;
        }
        let mut heading = Heading {
            kind,
            sign,
            at: hit,
            draft: self.draft_before(at),
            attachment: self.attachment_before(at),
            number: None,
            year: None,
            about: None,
            title: None,
            score: 0.0,
        };
        if kind.number != NumberStyle::None || kind.title {
            self.read_number(&mut heading);
            self.read_title(&mut heading);
        }
        heading.score = self.score(&heading);
        Some(heading)
    }

    /// Returns the kind whose words are read here: the cheapest, of like cost the longest.
    fn sign_at(
        &self,
        at: usize,
        place: SignPlace,
    ) -> Option<(&'d DocType, &'d Sign, Hit)> {
        let hits = self.types.signs(place).filter_map(|(kind, sign)| {
            let hit = self.stream.phrase_at(at, &sign.words)?;
            let is_whole = self.stream.begins_word(hit.end)
                || hit.end == self.stream.len()
                || sign.words.letters().len() >= RUNS_ON;
            is_whole.then_some((kind, sign, hit))
        });
        hits.reduce(|best, next| if next.2.beats(&best.2) { next } else { best })
    }

    /// Tells whether the word before makes this a mention of another document.
    fn is_cited(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let word_start = self.stream.word_starts(0..at).last().unwrap_or(before);
        let word = self.stream.folded(word_start..at);
        self.grammar
            .citing
            .iter()
            .any(|phrase| phrase.letters() == word)
    }

    /// Finds `RANCANGAN` just before the kind, or alone on the line above.
    fn draft_before(&self, at: usize) -> Option<Hit> {
        let from = self.line_above(at);
        let hit = self.stream.find(from..at, &self.grammar.draft)?;
        let is_alone =
            self.stream.begins_line(hit.start) && self.stream.begins_line(hit.end);
        (hit.end == at || is_alone).then_some(hit)
    }

    /// Finds `LAMPIRAN`, with its Roman number, before the kind.
    fn attachment_before(&self, at: usize) -> Option<Range<usize>> {
        let from = self.line_above(at);
        let hit = self.stream.find(from..at, &self.grammar.attachment)?;
        let between = self.stream.folded(hit.end..at);
        let is_numeral = between.iter().all(|c| b"IVXL0123456789T".contains(c));
        (is_numeral && between.len() <= 6 && self.stream.may_begin(hit.start))
            .then_some(hit.start..at)
    }

    fn line_above(&self, at: usize) -> usize {
        let line_start = self.stream.line_start(at);
        let above = self.stream.line_start(line_start.saturating_sub(1));
        if self.stream.is_long_line(at) {
            at.saturating_sub(20)
        } else {
            above
        }
    }

    /// Finds `NOMOR`, `TAHUN` and `TENTANG` after the kind.
    fn read_number(&self, heading: &mut Heading) {
        let stream = self.stream;
        let from = heading.at.end;
        let about_reach = (from + MAX_TO_ABOUT).min(self.end);
        heading.about = stream.find(from..about_reach, &self.grammar.about);
        let about_start = heading.about.map_or(about_reach, |about| about.start);
        let number_reach = (from + MAX_TO_NUMBER).min(about_start);
        heading.number = stream
            .word_starts(from..number_reach)
            .take_while(|&at| !self.is_stop(at))
            .find_map(|at| self.number_word_at(at));
        let from = heading.number.map_or(from, |number| number.end);
        let reach = (from + 40).min(about_start);
        heading.year = self.year_word(from..reach);
    }

    /// Tells whether a word here belongs to a title or to another document: a heading that
    /// lost its `TENTANG` must not take a number from behind it.
    fn is_stop(&self, at: usize) -> bool {
        let word = self.stream.folded(at..self.stream.word_end(at));
        self.grammar
            .citing
            .iter()
            .any(|phrase| phrase.letters() == word)
            || self.stream.any_at(at, &self.grammar.title_ends).is_some()
    }

    /// Reads `NOMOR`, or `No` before a mark or a figure.
    fn number_word_at(&self, at: usize) -> Option<Hit> {
        let grammar = self.grammar;
        if let Some(hit) = self.stream.any_at(at, &grammar.number) {
            return Some(hit);
        }
        let hit = self.stream.any_at(at, &grammar.number_short)?;
        let next = self.stream.between(hit.end, self.stream.line_end(at));
        let next = next.first().and_then(|(_, text)| text.chars().next());
        next.is_some_and(|c| c.is_ascii_digit() || ".:".contains(c))
            .then_some(hit)
    }

    /// Finds `TAHUN`, also glued to the figures before it (`12TAHUN2021`).
    fn year_word(&self, range: Range<usize>) -> Option<Hit> {
        let is_glued = |at: usize, phrase: &Phrase| {
            let end = at + phrase.letters().len();
            (self.stream.folded(at..end) == phrase.letters()).then_some(Hit {
                start: at,
                end,
                cost: 0.0,
            })
        };
        range.into_iter().find_map(|at| {
            if self.stream.begins_word(at) {
                self.stream.any_at(at, &self.grammar.year)
            } else {
                self.grammar
                    .year
                    .iter()
                    .find_map(|phrase| is_glued(at, phrase))
            }
        })
    }

    /// Finds where the title after `TENTANG` is over.
    fn read_title(&self, heading: &mut Heading) {
        let Some(about) = heading.about.filter(|_| heading.kind.title) else {
            return;
        };
        let stream = self.stream;
        let page = stream.token(about.start).map(|token| token.page);
        let reach = (about.end + MAX_TITLE).min(stream.len());
        let end = stream
            .word_starts(about.end..reach)
            .find(|&at| {
                stream.token(at).map(|token| token.page) != page
                    || self.stream.may_begin(at) && self.ends_title(at)
            })
            .unwrap_or(reach);
        heading.title = (end > about.end).then_some(about.end..end);
    }

    /// Tells whether what begins here is no longer the title.
    fn ends_title(&self, at: usize) -> bool {
        self.stream.any_at(at, &self.grammar.title_ends).is_some()
            || self.is_office_line(at)
    }

    /// Tells whether this line is the one who speaks: `BUPATI BANTUL,`.
    fn is_office_line(&self, at: usize) -> bool {
        let stream = self.stream;
        if !stream.begins_line(at) || self.stream.is_long_line(at) {
            return false;
        }
        if stream.any_at(at, &self.grammar.title_ends_office).is_none()
            || self.is_cited(at)
        {
            return false;
        }
        let end = stream.line_end(at);
        let is_closed = |text: &str| text.ends_with([',', ';', ':']);
        is_closed(&stream.text(at..end))
            || stream
                .between(end, end)
                .iter()
                .any(|(_, text)| is_closed(text))
            || stream.any_at(end, &self.grammar.body).is_some()
    }

    /// Weighs what speaks for a candidate.
    fn score(&self, heading: &Heading) -> f32 {
        let stream = self.stream;
        let at = heading.at;
        let begins = f32::from(u8::from(
            stream.may_begin(at.start)
                || heading.attachment.is_some()
                || heading.draft.is_some(),
        ));
        let capitals = capitals(&stream.text(at.range()));
        if heading.kind.number == NumberStyle::None && !heading.kind.title {
            let line = stream.line_end(at.start) - stream.line_start(at.start);
            let cover = (at.end - at.start) as f32 / line.max(1) as f32;
            return 0.25 * begins + 0.3 * capitals + 0.4 * cover.min(1.0) - at.cost;
        }
        let has =
            |hit: Option<Hit>, weight: f32| if hit.is_some() { weight } else { 0.0 };
        0.25 * begins
            + 0.15 * capitals
            + has(heading.number, 0.3)
            + has(heading.about, 0.25)
            - at.cost
    }
}

/// Returns the share of letters that are capitals.
fn capitals(text: &str) -> f32 {
    let (mut upper, mut all) = (0.0_f32, 0.0_f32);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        all += 1.0;
        upper += f32::from(u8::from(c.is_uppercase()));
    }
    upper / all.max(1.0)
}
